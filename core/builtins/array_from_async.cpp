// https://tc39.es/ecma262/#sec-array.fromasync
#include "core/builtins/array_methods.h"
#include "core/builtins/support.h"

namespace skein {

Completion<Value> array_from_async(Agent& agent, const CallInfo&) {
  return throw_type_error(agent, "Array.fromAsync is not implemented");
}

}  // namespace skein
