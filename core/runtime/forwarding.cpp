#include "core/runtime/forwarding.h"

#include <algorithm>

#include "core/runtime/array.h"
#include "core/runtime/errors.h"
#include "core/runtime/operations.h"

namespace skein {

namespace {

// Whether [[Call]] copies its arguments before anything can change them where they come from.
bool copies_arguments(Value function) { return function.is_kind(CellKind::kClosure) || function.is_kind(CellKind::kNativeFunction); }

// An array without holes, of no more elements than a call may have.
bool is_packed_array(Value value) {
  constexpr uint32_t kMaxPacked = 1024;
  auto* array = value.as_if<Array>();
  if (array == nullptr || array->is_sparse() || array->dense_elements() == nullptr) return false;
  const uint32_t length = array->length();
  if (length > kMaxPacked || length > array->dense_elements()->capacity()) return false;
  const Value* elements = array->dense_elements()->data();
  return std::none_of(elements, elements + length, [](Value element) { return element.is_empty(); });
}

}  // namespace

Thrown throw_not_function(Agent& agent, std::string_view method, Value value) {
  const std::string type = value.is_null() ? "null" : type_of(agent, value)->to_utf8();
  const char* article = value.is_nullish() ? "" : value.is_object() ? "an " : "a ";
  return throw_type_error(agent, {method, " was called on ", to_display_string(agent, value), ", which is ", article, type, " and not a function"});
}

// https://tc39.es/ecma262/#sec-function.prototype.apply
Completion<Value> function_prototype_apply(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Value function = info.this_value();
  if (!is_callable(function)) return throw_not_function(agent, "Function.prototype.apply", function);
  // 3.
  if (info[1].is_nullish()) return call(agent, function, info[0]);
  // 4.
  if (copies_arguments(function) && is_packed_array(info[1])) {
    auto* array = info[1].as<Array>();
    return call(agent, function, info[0], {array->dense_elements()->data(), array->length()});
  }
  RootVector arguments(agent);
  TRY(create_list_from_array_like(agent, info[1], arguments));
  // 6.
  return call(agent, function, info[0], arguments.values());
}

// https://tc39.es/ecma262/#sec-function.prototype.call
Completion<Value> function_prototype_call(Agent& agent, const CallInfo& info) {
  if (!is_callable(info.this_value())) return throw_not_function(agent, "Function.prototype.call", info.this_value());
  return call(agent, info.this_value(), info[0], info.arguments_from(1));
}

// https://tc39.es/ecma262/#sec-reflect.apply
Completion<Value> reflect_apply(Agent& agent, const CallInfo& info) {
  // 1.
  if (!is_callable(info[0])) return throw_type_error(agent, {to_display_string(agent, info[0]), " is not a function"});
  // 2.
  RootVector arguments(agent);
  TRY(create_list_from_array_like(agent, info[2], arguments));
  // 4.
  return call(agent, info[0], info[1], arguments.values());
}

}  // namespace skein
