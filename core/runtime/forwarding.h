// The native functions that do nothing but call another, in tail position: the interpreter makes that call in their
// stead where a frame is to go.
//
// https://tc39.es/ecma262/#sec-preparefortailcall
#pragma once

#include <string_view>

#include "core/runtime/call.h"

namespace skein {

// https://tc39.es/ecma262/#sec-function.prototype.apply
Completion<Value> function_prototype_apply(Agent& agent, const CallInfo& info);
// https://tc39.es/ecma262/#sec-function.prototype.call
Completion<Value> function_prototype_call(Agent& agent, const CallInfo& info);
// https://tc39.es/ecma262/#sec-reflect.apply
Completion<Value> reflect_apply(Agent& agent, const CallInfo& info);

// "M was called on x, which is a y and not a function"
Thrown throw_not_function(Agent& agent, std::string_view method, Value value);

}  // namespace skein
