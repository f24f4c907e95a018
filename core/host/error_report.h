// The text that people see on stderr when nothing caught an error.
#pragma once

#include <memory>
#include <string>

#include "core/runtime/agent.h"

namespace skein {

// "file.js:3:7\n  source line\n      ^\n\nTypeError: …\n    at f (file.js:3:7)\n…" with a final newline.
std::string describe_uncaught(Agent& agent, Value exception, bool is_rejection, bool colors);

// The result of a rejected promise (builtins/promise).
Value rejection_reason(Object* promise);

}  // namespace skein
