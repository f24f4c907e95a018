// Array.prototype.at, includes, indexOf and lastIndexOf.
#include <algorithm>
#include <cmath>

#include "core/builtins/array_methods.h"
#include "core/builtins/support.h"

namespace skein {

// https://tc39.es/ecma262/#sec-array.prototype.at
Completion<Value> array_prototype_at(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
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
enum class Direction : uint8_t { kForwards, kBackwards };

// Where to look: the present elements in [from, to) of a plain array.
struct Range {
  const Value* values;
  uint32_t from;
  uint32_t to;
  Direction direction;
};

// The index of the first (or last) element for which `matches`, or -1.
template <typename Matches>
double find_where(const Range& range, Matches matches) {
  if (range.direction == Direction::kForwards) {
    for (uint32_t i = range.from; i < range.to; ++i)
      if (matches(range.values[i])) return i;
  } else {
    for (uint32_t i = range.to; i-- > range.from;)
      if (matches(range.values[i])) return i;
  }
  return -1;
}

// A number has up to three representations: as int32, as double, and as the other zero.
double find_number(const Range& range, double number, Equality equality) {
  if (std::isnan(number)) {
    if (equality == Equality::kStrict) return -1;
    const Value nan = Value::double_value(number);
    return find_where(range, [=](Value value) { return value == nan; });
  }
  const Value as_double = Value::double_value(number);
  if (number == 0) {
    const Value other_zero = Value::double_value(-number);
    return find_where(range, [=](Value value) { return value == Value::int32(0) || value == as_double || value == other_zero; });
  }
  const Value canonical = Value::number(number);
  return find_where(range, [=](Value value) { return value == canonical || value == as_double; });
}

double find_string(const Range& range, String* string) {
  const Value target(string);
  const StringView text = string->view();
  const uint32_t length = text.length();
  return find_where(range, [=](Value value) {
    if (value == target) return true;
    if (!value.is_string() || value.as_string()->length() != length) return false;
    // Texts that are made alike differ at their end.
    const StringView other = value.as_string()->view();
    return length == 0 || (other[length - 1] == text[length - 1] && other == text);
  });
}

// OPTIMIZATION: a loop for each kind of value that is sought.
double find_in_elements(const Range& range, Value target, Equality equality) {
  if (target.is_number()) return find_number(range, target.as_number(), equality);
  if (target.is_string()) return find_string(range, target.as_string());
  if (target.is_bigint())
    return find_where(range, [=](Value value) { return value.is_bigint() && bigint_equals(value.as_bigint(), target.as_bigint()); });
  return find_where(range, [=](Value value) { return value == target; });
}

// Holes of a plain array read as undefined.
bool includes_undefined(const Range& range) {
  return find_where(range, [](Value value) { return value.is_undefined() || value.is_empty(); }) >= 0;
}

Range range_of(Array* array, double from, double to, Direction direction) {
  ValueArray* elements = array->dense_elements();
  if (elements == nullptr) return {nullptr, 0, 0, direction};
  const double end = std::min({to, static_cast<double>(array->length()), static_cast<double>(elements->capacity())});
  return {elements->data(), static_cast<uint32_t>(std::min(from, end)), static_cast<uint32_t>(end), direction};
}

}  // namespace

// https://tc39.es/ecma262/#sec-array.prototype.includes
Completion<Value> array_prototype_includes(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  if (length == 0) return Value::boolean(false);
  // 4. - 9.
  double k = TRY(relative_index(agent, info[1], length, 0));
  // 10.
  LoopPoll poll(agent);
  for (; k < length; ++k) {
    Array* array = plain_array(agent, object);
    if (array != nullptr && length <= array->length()) {
      const Range range = range_of(array, k, length, Direction::kForwards);
      if (info[0].is_undefined()) return Value::boolean(range.to < length || includes_undefined(range));
      return Value::boolean(find_in_elements(range, info[0], Equality::kSameValueZero) >= 0);
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
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  if (length == 0) return Value::int32(-1);
  // 4. - 9.
  double k = TRY(relative_index(agent, info[1], length, 0));
  // 10.
  LoopPoll poll(agent);
  for (; k < length; ++k) {
    if (Array* array = plain_array(agent, object))
      return Value::number(find_in_elements(range_of(array, k, length, Direction::kForwards), info[0], Equality::kStrict));
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
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  if (length == 0) return Value::int32(-1);
  // 4. - 7.
  double from = length - 1;
  if (info.count() > 1) from = TRY(to_integer_or_infinity(agent, info[1]));
  double k = from >= 0 ? std::min(from, length - 1) : length + from;
  // 8.
  LoopPoll poll(agent);
  for (; k >= 0; --k) {
    if (Array* array = plain_array(agent, object))
      return Value::number(find_in_elements(range_of(array, 0, k + 1, Direction::kBackwards), info[0], Equality::kStrict));
    Value element = TRY(get_element_if_present(agent, object, k));
    if (!element.is_empty() && is_strictly_equal(element, info[0])) return Value::number(k);
    TRY(poll.tick());
  }
  // 9.
  return Value::int32(-1);
}

}  // namespace skein
