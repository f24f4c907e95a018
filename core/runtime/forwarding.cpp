#include "core/runtime/forwarding.h"

#include <algorithm>

#include "core/runtime/array.h"
#include "core/runtime/errors.h"
#include "core/runtime/operations.h"

namespace skein {

namespace {

// Whether [[Call]] copies its arguments before anything can change them where they come from.
bool copies_arguments(Value function) { return function.is_kind(CellKind::kClosure) || function.is_kind(CellKind::kNativeFunction); }

// The length of an array or of an arguments object that says it by a plain property; -1 for others.
int64_t plain_length(Agent& agent, Object* object) {
  if (auto* array = object->as_if<Array>()) return array->length();
  if (object->kind() != CellKind::kArguments || object->has_flag(Object::kExoticIndices)) return -1;
  PropertyLocation location = object->lookup(agent.names().length);
  if (!location || (location.attributes & kAccessorProperty)) return -1;
  const Value length = object->slot(location.slot);
  return length.is_int32() ? length.as_int32() : -1;
}

// The elements of an array or an arguments object without holes, of no more than a call may have; has no data where the
// object is not that simple.
std::span<const Value> packed_elements(Agent& agent, Value value) {
  constexpr int64_t kMaxPacked = 1024;
  if (!value.is_object()) return {};
  Object* object = value.as_object();
  if (object->is_sparse()) return {};
  const int64_t length = plain_length(agent, object);
  ValueArray* elements = object->dense_elements();
  if (length < 0 || length > kMaxPacked || elements == nullptr || length > elements->capacity()) return {};
  if (std::any_of(elements->data(), elements->data() + length, [](Value element) { return element.is_empty(); })) return {};
  return {elements->data(), static_cast<size_t>(length)};
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
  if (copies_arguments(function)) {
    const std::span<const Value> packed = packed_elements(agent, info[1]);
    if (packed.data() != nullptr) return call(agent, function, info[0], packed);
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
  if (copies_arguments(info[0])) {
    const std::span<const Value> packed = packed_elements(agent, info[2]);
    if (packed.data() != nullptr) return call(agent, info[0], info[1], packed);
  }
  RootVector arguments(agent);
  TRY(create_list_from_array_like(agent, info[2], arguments));
  // 4.
  return call(agent, info[0], info[1], arguments.values());
}

}  // namespace skein
