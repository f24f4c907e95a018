// Methods of %TypedArray.prototype% that do not write into it.
// https://tc39.es/ecma262/#sec-properties-of-the-%typedarrayprototype%-object
#include "core/builtins/typed_array_reading.h"

#include <algorithm>
#include <cmath>

#include "core/builtins/typed_array_kernels.h"
#include "core/runtime/array_iterator.h"

namespace skein {

namespace {

// Get(array, index) while `array` may have shrunk.
Value element(Agent& agent, TypedArray* array, size_t index) {
  return index < array->length() ? typed_array_get(agent, array, index) : Value::undefined();
}

Completion<TypedArray*> validated(Agent& agent, const CallInfo& info, std::string_view method) {
  return validate_typed_array(agent, info.this_value(), method);
}

// Calls the callback with each element in turn; `body(element, index, result)` says whether to go on.
template <typename F>
Completion<void> for_each_element(Agent& agent, const CallInfo& info, TypedArray* array, bool backwards, F&& body) {
  const size_t length = array->length();
  if (!is_callable(info[0])) return throw_not_callable(agent, info[0]);
  Root<Value> value(agent);
  for (size_t i = 0; i < length; ++i) {
    size_t index = backwards ? length - 1 - i : i;
    value = element(agent, array, index);
    Value result = TRY(call(agent, info[0], info[1], {value, Value::number(static_cast<double>(index)), info.this_value()}));
    if (!TRY(body(value.get(), index, result))) break;
  }
  return {};
}

}  // namespace

Completion<Value> typed_array_at(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validated(agent, info, "TypedArray.prototype.at"));
  double length = static_cast<double>(array->length());
  double relative = TRY(to_integer_or_infinity(agent, info[0]));
  double index = relative < 0 ? length + relative : relative;
  if (index < 0 || index >= length) return Value::undefined();
  return element(agent, array, static_cast<size_t>(index));
}

Completion<Value> typed_array_entries(Agent& agent, const CallInfo& info) {
  return Value(create_array_iterator(agent, TRY(validated(agent, info, "TypedArray.prototype.entries")), PropertyKind::kEntries));
}
Completion<Value> typed_array_keys(Agent& agent, const CallInfo& info) {
  return Value(create_array_iterator(agent, TRY(validated(agent, info, "TypedArray.prototype.keys")), PropertyKind::kKeys));
}
Completion<Value> typed_array_values(Agent& agent, const CallInfo& info) {
  return Value(create_array_iterator(agent, TRY(validated(agent, info, "TypedArray.prototype.values")), PropertyKind::kValues));
}

Completion<Value> typed_array_every(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validated(agent, info, "TypedArray.prototype.every"));
  bool all = true;
  TRY(for_each_element(agent, info, array, false, [&](Value, size_t, Value result) -> Completion<bool> { return all = to_boolean(result); }));
  return Value::boolean(all);
}

Completion<Value> typed_array_some(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validated(agent, info, "TypedArray.prototype.some"));
  bool none = true;
  TRY(for_each_element(agent, info, array, false, [&](Value, size_t, Value result) -> Completion<bool> { return none = !to_boolean(result); }));
  return Value::boolean(!none);
}

Completion<Value> typed_array_for_each(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validated(agent, info, "TypedArray.prototype.forEach"));
  TRY(for_each_element(agent, info, array, false, [](Value, size_t, Value) -> Completion<bool> { return true; }));
  return Value::undefined();
}

Completion<Value> typed_array_filter(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validated(agent, info, "TypedArray.prototype.filter"));
  RootVector kept(agent);
  TRY(for_each_element(agent, info, array, false, [&](Value value, size_t, Value result) -> Completion<bool> {
    if (to_boolean(result)) kept.push_back(value);
    return true;
  }));
  Value arguments[] = {Value::number(static_cast<double>(kept.size()))};
  TypedArray* result = TRY(typed_array_species_create(agent, array, arguments));
  Root<TypedArray*> target(agent, result);
  for (size_t i = 0; i < kept.size(); ++i) TRY(set(agent, target, to_property_key(agent, static_cast<uint64_t>(i)), kept[i]));
  return Value(target.get());
}

namespace {

// https://tc39.es/ecma262/#sec-findviapredicate
Completion<Value> find(Agent& agent, const CallInfo& info, bool backwards, bool wants_index, std::string_view method) {
  TypedArray* array = TRY(validated(agent, info, method));
  Root<Value> found(agent, wants_index ? Value::int32(-1) : Value::undefined());
  TRY(for_each_element(agent, info, array, backwards, [&](Value value, size_t index, Value result) -> Completion<bool> {
    if (!to_boolean(result)) return true;
    found = wants_index ? Value::number(static_cast<double>(index)) : value;
    return false;
  }));
  return found.get();
}

}  // namespace

Completion<Value> typed_array_find(Agent& agent, const CallInfo& info) { return find(agent, info, false, false, "TypedArray.prototype.find"); }
Completion<Value> typed_array_find_index(Agent& agent, const CallInfo& info) { return find(agent, info, false, true, "TypedArray.prototype.findIndex"); }
Completion<Value> typed_array_find_last(Agent& agent, const CallInfo& info) { return find(agent, info, true, false, "TypedArray.prototype.findLast"); }
Completion<Value> typed_array_find_last_index(Agent& agent, const CallInfo& info) {
  return find(agent, info, true, true, "TypedArray.prototype.findLastIndex");
}

Completion<Value> typed_array_includes(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validated(agent, info, "TypedArray.prototype.includes"));
  size_t length = array->length();
  if (length == 0) return Value::boolean(false);
  auto start = static_cast<size_t>(TRY(relative_index(agent, info[1], static_cast<double>(length), 0)));
  // What the array has lost since is undefined.
  if (info[0].is_undefined()) return Value::boolean(std::max(start, array->length()) < length);
  return Value::boolean(TRY(find_element(agent, array, start, length, info[0], Equality::kSameValueZero)) != kNoElement);
}

namespace {
Value found_index(size_t index) { return index == kNoElement ? Value::int32(-1) : Value::number(static_cast<double>(index)); }
}  // namespace

Completion<Value> typed_array_index_of(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validated(agent, info, "TypedArray.prototype.indexOf"));
  size_t length = array->length();
  if (length == 0) return Value::int32(-1);
  auto start = static_cast<size_t>(TRY(relative_index(agent, info[1], static_cast<double>(length), 0)));
  return found_index(TRY(find_element(agent, array, start, length, info[0], Equality::kStrict)));
}

Completion<Value> typed_array_last_index_of(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validated(agent, info, "TypedArray.prototype.lastIndexOf"));
  double length = static_cast<double>(array->length());
  if (length == 0) return Value::int32(-1);
  double from = info.count() > 1 ? TRY(to_integer_or_infinity(agent, info[1])) : length - 1;
  double last = from < 0 ? length + from : std::min(from, length - 1);
  if (last < 0) return Value::int32(-1);
  return found_index(TRY(find_element(agent, array, 0, static_cast<size_t>(last) + 1, info[0], Equality::kStrict, Direction::kBackward)));
}

Completion<Value> typed_array_join(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validated(agent, info, "TypedArray.prototype.join"));
  size_t length = array->length();
  Root<Value> separator(agent, Value(agent.atoms().single(',')));
  if (!info[0].is_undefined()) separator = Value(TRY(to_string(agent, info[0])));
  StringBuilder builder(agent.heap());
  LoopPoll poll(agent);
  for (size_t i = 0; i < length && !builder.overflowed(); ++i) {
    if (i != 0) builder.append(separator.get().as_string());
    Value value = element(agent, array, i);
    if (!value.is_undefined()) builder.append(TRY(to_string(agent, value)));  // primitives: no script
    TRY(poll.tick());
  }
  return Value(TRY(finish_string(agent, builder)));
}

Completion<Value> typed_array_to_locale_string(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validated(agent, info, "TypedArray.prototype.toLocaleString"));
  size_t length = array->length();
  StringBuilder builder(agent.heap());
  for (size_t i = 0; i < length && !builder.overflowed(); ++i) {
    if (i != 0) builder.append(u',');
    Value value = element(agent, array, i);
    if (value.is_undefined()) continue;
    Value text = TRY(invoke(agent, value, agent.names().toLocaleString));
    builder.append(TRY(to_string(agent, text)));
  }
  return Value(TRY(finish_string(agent, builder)));
}

Completion<Value> typed_array_map(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validated(agent, info, "TypedArray.prototype.map"));
  if (!is_callable(info[0])) return throw_not_callable(agent, info[0]);
  Value arguments[] = {Value::number(static_cast<double>(array->length()))};
  const size_t length = array->length();
  Root<TypedArray*> target(agent, TRY(typed_array_species_create(agent, array, arguments)));
  for (size_t i = 0; i < length; ++i) {
    Value value = element(agent, array, i);
    Value mapped = TRY(call(agent, info[0], info[1], {value, Value::number(static_cast<double>(i)), info.this_value()}));
    TRY(set(agent, target, to_property_key(agent, static_cast<uint64_t>(i)), mapped));
  }
  return Value(target.get());
}

namespace {

Completion<Value> reduce(Agent& agent, const CallInfo& info, bool backwards, std::string_view method) {
  TypedArray* array = TRY(validated(agent, info, method));
  const size_t length = array->length();
  if (!is_callable(info[0])) return throw_not_callable(agent, info[0]);
  size_t i = 0;
  Root<Value> accumulator(agent);
  if (info.count() > 1) {
    accumulator = info[1];
  } else {
    if (length == 0) return throw_type_error(agent, "Reduce of empty array with no initial value");
    accumulator = element(agent, array, backwards ? length - 1 : 0);
    i = 1;
  }
  for (; i < length; ++i) {
    size_t index = backwards ? length - 1 - i : i;
    Value value = element(agent, array, index);
    accumulator = TRY(call(agent, info[0], Value::undefined(), {accumulator, value, Value::number(static_cast<double>(index)), info.this_value()}));
  }
  return accumulator.get();
}

}  // namespace

Completion<Value> typed_array_reduce(Agent& agent, const CallInfo& info) { return reduce(agent, info, false, "TypedArray.prototype.reduce"); }
Completion<Value> typed_array_reduce_right(Agent& agent, const CallInfo& info) { return reduce(agent, info, true, "TypedArray.prototype.reduceRight"); }

}  // namespace skein
