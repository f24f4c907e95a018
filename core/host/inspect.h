// Readable rendering of values, for the console and for messages about uncaught errors.
//
// The output follows Node's util.inspect with its default options (depth 2, 80 columns, 100 array
// items, 10,000 characters of a string), which is what people compare with. Nothing here runs script:
// getters show as [Getter], proxies as their target.
#pragma once

#include <string>

#include "core/runtime/agent.h"

namespace skein {

struct InspectOptions {
  int depth = 2;
  bool colors = false;
  int break_length = 80;
};

// UTF-8. A string value at top level is quoted, as in util.inspect.
std::string inspect(Agent& agent, Value value, const InspectOptions& options = {});

// util.format: the text of console.log(...values), with %s %d %i %f %j %o %O %c %%.
Completion<std::string> format_log(Agent& agent, std::span<const Value> values, const InspectOptions& options = {});

}  // namespace skein
