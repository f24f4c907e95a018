// Array.prototype.at, includes, indexOf and lastIndexOf.
#include <algorithm>

#include "core/builtins/array_methods.h"
#include "core/builtins/support.h"

namespace skein {

// https://tc39.es/ecma262/#sec-array.prototype.at
Completion<Value> array_prototype_at(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(to_object(agent, info.this_value())));
  double length = TRY(length_of_array_like(agent, object));
  // 3. - 5.
  double relative = TRY(to_integer_or_infinity(agent, info[0]));
  double index = relative >= 0 ? relative : length + relative;
  // 6. - 7.
  if (index < 0 || index >= length) return Value::undefined();
  return get_element(agent, object, index);
}

namespace {

enum class Equality : uint8_t { kStrict, kSameValueZero };

bool is_equal(Value a, Value b, Equality equality) {
  return equality == Equality::kStrict ? is_strictly_equal(a, b) : same_value_zero(a, b);
}

// Whether equality with `value` is identity of representation: not so for numbers, strings, BigInts.
bool is_compared_by_identity(Value value) {
  return !value.is_number() && !value.is_string() && !value.is_bigint();
}

// OPTIMIZATION: the first index in [from, to) of a plain array's present elements, or -1.
double find_in_elements(Array* array, Value target, uint32_t from, uint32_t to, Equality equality) {
  ValueArray* elements = array->dense_elements();
  if (elements == nullptr) return -1;
  const Value* values = elements->data();
  to = std::min(to, elements->capacity());
  if (is_compared_by_identity(target)) {
    for (uint32_t i = from; i < to; ++i)
      if (values[i] == target) return i;
    return -1;
  }
  for (uint32_t i = from; i < to; ++i)
    if (values[i] == target ? (equality == Equality::kSameValueZero || is_strictly_equal(target, target))
                            : (!values[i].is_empty() && is_equal(values[i], target, equality)))
      return i;
  return -1;
}

}  // namespace

// https://tc39.es/ecma262/#sec-array.prototype.includes
Completion<Value> array_prototype_includes(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  Root<Object*> object(agent, TRY(to_object(agent, info.this_value())));
  double length = TRY(length_of_array_like(agent, object));
  if (length == 0) return Value::boolean(false);
  // 4. - 9.
  double k = TRY(relative_index(agent, info[1], length, 0));
  // 10.
  LoopPoll poll(agent);
  for (; k < length; ++k) {
    Array* array = plain_array(agent, object);
    if (array != nullptr && !info[0].is_undefined() && length <= array->length()) {
      double found = find_in_elements(array, info[0], static_cast<uint32_t>(k), static_cast<uint32_t>(length), Equality::kSameValueZero);
      return Value::boolean(found >= 0);
    }
    Value element = TRY(get_element(agent, object, k));
    if (same_value_zero(element, info[0])) return Value::boolean(true);
    TRY(poll.tick());
  }
  // 11.
  return Value::boolean(false);
}

// https://tc39.es/ecma262/#sec-array.prototype.indexof
Completion<Value> array_prototype_index_of(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  Root<Object*> object(agent, TRY(to_object(agent, info.this_value())));
  double length = TRY(length_of_array_like(agent, object));
  if (length == 0) return Value::int32(-1);
  // 4. - 9.
  double k = TRY(relative_index(agent, info[1], length, 0));
  // 10.
  LoopPoll poll(agent);
  for (; k < length; ++k) {
    if (Array* array = plain_array(agent, object)) {
      uint32_t end = std::min(static_cast<uint32_t>(std::min(length, 4294967295.0)), array->length());
      return Value::number(find_in_elements(array, info[0], static_cast<uint32_t>(k), end, Equality::kStrict));
    }
    Value element = TRY(get_element_if_present(agent, object, k));
    if (!element.is_empty() && is_strictly_equal(element, info[0])) return Value::number(k);
    TRY(poll.tick());
  }
  // 11.
  return Value::int32(-1);
}

// https://tc39.es/ecma262/#sec-array.prototype.lastindexof
Completion<Value> array_prototype_last_index_of(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  Root<Object*> object(agent, TRY(to_object(agent, info.this_value())));
  double length = TRY(length_of_array_like(agent, object));
  if (length == 0) return Value::int32(-1);
  // 4. - 7.
  double from = length - 1;
  if (info.count() > 1) from = TRY(to_integer_or_infinity(agent, info[1]));
  double k = from >= 0 ? std::min(from, length - 1) : length + from;
  // 8.
  LoopPoll poll(agent);
  for (; k >= 0; --k) {
    // OPTIMIZATION: nothing lies beyond a plain array's store.
    if (Array* array = plain_array(agent, object)) {
      double capacity = array->dense_elements() == nullptr ? 0 : array->dense_elements()->capacity();
      if (k >= capacity) {
        k = capacity;
        continue;
      }
    }
    Value element = TRY(get_element_if_present(agent, object, k));
    if (!element.is_empty() && is_strictly_equal(element, info[0])) return Value::number(k);
    TRY(poll.tick());
  }
  // 9.
  return Value::int32(-1);
}

}  // namespace skein
