// The ports of an agent: which MessagePort object shows which endpoint.
#pragma once

#include <map>

#include "core/concurrency/structured_clone.h"
#include "core/host/agent_host.h"
#include "core/host/host_object.h"

namespace skein {

class PortRegistry final : public HostAttachment {
 public:
  explicit PortRegistry(AgentHost& host) : host_(host) {}
  static PortRegistry& of(Agent& agent);
  // Once per process.
  static void install_hooks();

  // --- what the script side sets ---
  // Called with (port, "message" | "messageerror" | "close", value, ports).
  void set_dispatcher(Value function) { dispatcher_ = function; }
  void set_prototype(Object* prototype) { prototype_ = prototype; }

  HostObject* make_port(Agent& agent, Ref<PortEndpoint> endpoint);
  // Null for other objects and for ports that are closed or were transferred.
  static PortEndpoint* endpoint_of(Object* object);
  void start(HostObject* port);
  void close(HostObject* port);
  void set_referenced(HostObject* port, bool referenced);
  bool is_referenced(HostObject* port) const;

  void trace(gc::Visitor& visitor) override;
  void close(Agent& agent) override;

 private:
  friend class PortData;
  void deliver(Agent& agent, PortEndpoint& endpoint);
  Completion<void> dispatch(Agent& agent, HostObject* port, const char* kind, Value value, std::span<const Value> ports);

  AgentHost& host_;
  Value dispatcher_;
  Object* prototype_ = nullptr;
  std::map<const PortEndpoint*, HostObject*> ports_;  // those that are started are kept alive
};

}  // namespace skein
