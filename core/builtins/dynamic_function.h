// https://tc39.es/ecma262/#sec-createdynamicfunction – behind the constructors of all four kinds of functions.
#pragma once

#include "core/runtime/call.h"
#include "core/runtime/realm.h"

namespace skein {

// From the native constructor's own call: parameters, then the body, are its arguments.
Completion<Object*> create_dynamic_function(Agent& agent, const CallInfo& info, DynamicFunctionKind kind, Intrinsic fallback_prototype);

}  // namespace skein
