// https://console.spec.whatwg.org/
#pragma once

#include <map>
#include <string>

#include "core/host/agent_host.h"

namespace skein {

// Counters, timers and indentation of one agent's console.
class ConsoleState final : public HostAttachment {
 public:
  static ConsoleState& of(Agent& agent);
  void trace(gc::Visitor&) override {}

  std::map<std::string, uint64_t> counts;
  std::map<std::string, double> timers;
  size_t indentation = 0;
};

}  // namespace skein
