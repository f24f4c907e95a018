// The methods of Array.prototype that change the array.
//
// Each has its steps for any object, and in front of them one that moves the elements of a plain
// array (support.h) in one piece. Holes of a plain array move like values: nothing lies behind them.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

#include "core/builtins/array_methods.h"
#include "core/builtins/support.h"

namespace skein {
namespace {

// The array if its whole length lies in its store, so that elements can be moved about there.
Array* stored_array(Agent& agent, Object* object, double length) {
  Array* array = plain_array(agent, object);
  if (array == nullptr || array->length() != length) return nullptr;
  ValueArray* elements = array->dense_elements();
  return elements != nullptr && elements->capacity() >= length ? array : nullptr;
}

void move_elements(ValueArray* elements, uint32_t to, uint32_t from, uint32_t count) {
  std::memmove(static_cast<void*>(elements->data() + to), elements->data() + from, size_t{count} * sizeof(Value));
  elements->write_barrier();
}

// The store is copied into a smaller one once it is mostly unused.
void shrink_elements(Agent& agent, Array* array) {
  ValueArray* elements = array->dense_elements();
  uint32_t length = array->length();
  if (elements->capacity() < 1024 || length > elements->capacity() / 4) return;
  ValueArray* smaller = ValueArray::try_make(agent.heap(), std::max(length + length / 2, 16u), Value::empty());
  if (smaller == nullptr) return;
  std::copy_n(elements->data(), length, smaller->data());
  smaller->write_barrier();
  array->set_elements(smaller);
}

// Moves one property as copyWithin, reverse, shift, splice and unshift do: Set or Delete.
Completion<void> move_property(Agent& agent, Root<Object*>& object, double from, double to) {
  Value value = TRY(get_element_if_present(agent, object, from));
  if (value.is_empty()) return delete_property_or_throw(agent, object, index_key(agent, to));
  return set(agent, object, index_key(agent, to), value);
}

}  // namespace

Completion<void> set_length(Agent& agent, Object* object, double length) {
  if (Array* array = object->as_if<Array>()) {
    // OPTIMIZATION: nothing to cut off.
    if (array->is_length_writable() && length >= array->length() && length <= 4294967295.0) {
      array->set_length_field(static_cast<uint32_t>(length));
      return {};
    }
  }
  return set(agent, object, PropertyKey(agent.names().length), Value::number(length));
}

// https://tc39.es/ecma262/#sec-array.prototype.copywithin
Completion<Value> array_prototype_copy_within(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  // 3. - 14.
  double to = TRY(relative_index(agent, info[0], length, 0));
  double from = TRY(relative_index(agent, info[1], length, 0));
  double final = TRY(relative_index(agent, info[2], length, length));
  double count = std::min(final - from, length - to);
  if (count <= 0) return object.get();
  if (Array* array = stored_array(agent, object, length)) {
    move_elements(array->dense_elements(), static_cast<uint32_t>(to), static_cast<uint32_t>(from), static_cast<uint32_t>(count));
    return object.get();
  }
  // 15. - 16.
  double direction = 1;
  if (from < to && to < from + count) {
    direction = -1;
    from += count - 1;
    to += count - 1;
  }
  // 17.
  LoopPoll poll(agent);
  for (; count > 0; --count, from += direction, to += direction) {
    TRY(move_property(agent, object, from, to));
    TRY(poll.tick());
  }
  // 18.
  return object.get();
}

// https://tc39.es/ecma262/#sec-array.prototype.fill
Completion<Value> array_prototype_fill(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  // 3. - 10.
  double k = TRY(relative_index(agent, info[1], length, 0));
  double final = TRY(relative_index(agent, info[2], length, length));
  if (Array* array = plain_array(agent, object); array != nullptr && array->length() == length && k < final) {
    if (!grow_elements(agent, array, final)) return throw_out_of_memory(agent);
    ValueArray* elements = array->dense_elements();
    std::fill(elements->data() + static_cast<uint32_t>(k), elements->data() + static_cast<uint32_t>(final), info[0]);
    elements->write_barrier();
    return object.get();
  }
  // 11.
  LoopPoll poll(agent);
  for (; k < final; ++k) {
    TRY(set(agent, object, index_key(agent, k), info[0]));
    TRY(poll.tick());
  }
  // 12.
  return object.get();
}

// https://tc39.es/ecma262/#sec-array.prototype.pop
Completion<Value> array_prototype_pop(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  if (Array* array = stored_array(agent, object, length); array != nullptr && length > 0) {
    uint32_t last = array->length() - 1;
    Value value = array->dense_elements()->get(last);
    array->dense_elements()->set(last, Value::empty());
    array->set_length_field(last);
    shrink_elements(agent, array);
    return value.is_empty() ? Value::undefined() : value;
  }
  // 3.
  if (length == 0) {
    TRY(set_length(agent, object, 0));
    return Value::undefined();
  }
  // 4.
  double new_length = length - 1;
  Root<Value> element(agent, TRY(get_element(agent, object, new_length)));
  TRY(delete_property_or_throw(agent, object, index_key(agent, new_length)));
  TRY(set(agent, object, PropertyKey(agent.names().length), Value::number(new_length)));
  return element.get();
}

// https://tc39.es/ecma262/#sec-array.prototype.push
Completion<Value> array_prototype_push(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  double count = info.count();
  Array* array = plain_array(agent, object);
  if (array != nullptr && length + count <= 4294967295.0 && (length == 0 || stored_array(agent, object, length) != nullptr)) {
    if (!grow_elements(agent, array, length + count)) return throw_out_of_memory(agent);
    for (Value value : info.arguments()) {
      uint32_t index = array->length();
      array->dense_elements()->set(index, value);
      array->set_length_field(index + 1);
    }
    return Value::number(array->length());
  }
  // 3. - 4.
  if (length + count > kMaxArrayLikeLength) {
    return throw_type_error(agent, {"Pushing ", std::to_string(info.count()), " elements on an array-like of length ",
                                    std::to_string(static_cast<uint64_t>(length)),
                                    " is disallowed by ECMA-262, as the total length exceeds 2^53 - 1"});
  }
  // 5.
  for (Value value : info.arguments()) TRY(set(agent, object, index_key(agent, length++), value));
  // 6. - 7.
  TRY(set(agent, object, PropertyKey(agent.names().length), Value::number(length)));
  return Value::number(length);
}

// https://tc39.es/ecma262/#sec-array.prototype.reverse
Completion<Value> array_prototype_reverse(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  if (Array* array = stored_array(agent, object, length)) {
    Value* values = array->dense_elements()->data();
    std::reverse(values, values + array->length());
    return object.get();
  }
  // 3. - 5.
  double middle = std::floor(length / 2);
  LoopPoll poll(agent);
  Root<Value> lower_value(agent);
  Root<Value> upper_value(agent);
  for (double lower = 0; lower < middle; ++lower) {
    double upper = length - lower - 1;
    lower_value = TRY(get_element_if_present(agent, object, lower));
    upper_value = TRY(get_element_if_present(agent, object, upper));
    if (!upper_value->is_empty()) TRY(set(agent, object, index_key(agent, lower), upper_value));
    else if (!lower_value->is_empty()) TRY(delete_property_or_throw(agent, object, index_key(agent, lower)));
    if (!lower_value->is_empty()) TRY(set(agent, object, index_key(agent, upper), lower_value));
    else if (!upper_value->is_empty()) TRY(delete_property_or_throw(agent, object, index_key(agent, upper)));
    TRY(poll.tick());
  }
  // 6.
  return object.get();
}

// https://tc39.es/ecma262/#sec-array.prototype.shift
Completion<Value> array_prototype_shift(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  if (Array* array = stored_array(agent, object, length); array != nullptr && length > 0) {
    ValueArray* elements = array->dense_elements();
    uint32_t rest = array->length() - 1;
    Value first = elements->get(0);
    move_elements(elements, 0, 1, rest);
    elements->set(rest, Value::empty());
    array->set_length_field(rest);
    shrink_elements(agent, array);
    return first.is_empty() ? Value::undefined() : first;
  }
  // 3.
  if (length == 0) {
    TRY(set_length(agent, object, 0));
    return Value::undefined();
  }
  // 4. - 6.
  Root<Value> first(agent, TRY(get_element(agent, object, 0)));
  LoopPoll poll(agent);
  for (double k = 1; k < length; ++k) {
    TRY(move_property(agent, object, k, k - 1));
    TRY(poll.tick());
  }
  // 7. - 9.
  TRY(delete_property_or_throw(agent, object, index_key(agent, length - 1)));
  TRY(set(agent, object, PropertyKey(agent.names().length), Value::number(length - 1)));
  return first.get();
}

// https://tc39.es/ecma262/#sec-array.prototype.unshift
Completion<Value> array_prototype_unshift(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  double count = info.count();
  if (Array* array = stored_array(agent, object, length); array != nullptr && length + count <= 4294967295.0) {
    if (!grow_elements(agent, array, length + count)) return throw_out_of_memory(agent);
    ValueArray* elements = array->dense_elements();
    move_elements(elements, info.count(), 0, array->length());
    std::copy(info.arguments().begin(), info.arguments().end(), elements->data());
    elements->write_barrier();
    array->set_length_field(static_cast<uint32_t>(length + count));
    return Value::number(array->length());
  }
  // 4.
  if (count > 0) {
    if (length + count > kMaxArrayLikeLength) return throw_type_error(agent, "Invalid array length");
    LoopPoll poll(agent);
    for (double k = length; k > 0; --k) {
      TRY(move_property(agent, object, k - 1, k + count - 1));
      TRY(poll.tick());
    }
    for (uint32_t j = 0; j < info.count(); ++j) TRY(set(agent, object, PropertyKey::index(j), info[j]));
  }
  // 5. - 6.
  TRY(set(agent, object, PropertyKey(agent.names().length), Value::number(length + count)));
  return Value::number(length + count);
}

namespace {

// Steps 10. to 17. of splice, for objects of any kind.
Completion<void> splice_properties(Agent& agent, Root<Object*>& object, double length, double start, double delete_count,
                                   std::span<const Value> items, Root<Object*>& removed) {
  LoopPoll poll(agent);
  double item_count = static_cast<double>(items.size());
  // 11.
  for (double k = 0; k < delete_count; ++k) {
    Value value = TRY(get_element_if_present(agent, object, start + k));
    if (!value.is_empty()) TRY(create_element(agent, removed, k, value));
    TRY(poll.tick());
  }
  // 12.
  TRY(set_length(agent, removed, delete_count));
  if (item_count < delete_count) {
    // 15.
    for (double k = start; k < length - delete_count; ++k) {
      TRY(move_property(agent, object, k + delete_count, k + item_count));
      TRY(poll.tick());
    }
    for (double k = length; k > length - delete_count + item_count; --k) {
      TRY(delete_property_or_throw(agent, object, index_key(agent, k - 1)));
      TRY(poll.tick());
    }
  } else if (item_count > delete_count) {
    // 16.
    for (double k = length - delete_count; k > start; --k) {
      TRY(move_property(agent, object, k + delete_count - 1, k + item_count - 1));
      TRY(poll.tick());
    }
  }
  // 17. - 18.
  for (size_t i = 0; i < items.size(); ++i) TRY(set(agent, object, index_key(agent, start + static_cast<double>(i)), items[i]));
  return {};
}

// OPTIMIZATION: the same where both are arrays with their elements in a store. False: not done.
bool splice_elements(Agent& agent, Object* object, double length, double start_index, double delete_count_number,
                     std::span<const Value> items, Object* removed_object) {
  Array* array = stored_array(agent, object, length);
  Array* removed = plain_array(agent, removed_object);
  double new_length = length + static_cast<double>(items.size()) - delete_count_number;
  if (array == nullptr || removed == nullptr || removed == array || new_length > 4294967295.0) return false;
  uint32_t start = static_cast<uint32_t>(start_index);
  uint32_t delete_count = static_cast<uint32_t>(delete_count_number);
  uint32_t item_count = static_cast<uint32_t>(items.size());
  if (!grow_elements(agent, removed, delete_count) || !grow_elements(agent, array, new_length)) return false;
  ValueArray* elements = array->dense_elements();
  if (delete_count > 0) {
    std::copy_n(elements->data() + start, delete_count, removed->dense_elements()->data());
    removed->dense_elements()->write_barrier();
  }
  removed->set_length_field(delete_count);
  move_elements(elements, start + item_count, start + delete_count, array->length() - start - delete_count);
  std::copy(items.begin(), items.end(), elements->data() + start);
  uint32_t end = static_cast<uint32_t>(new_length);
  for (uint32_t i = end; i < array->length(); ++i) elements->data()[i] = Value::empty();
  array->set_length_field(end);
  return true;
}

}  // namespace

// https://tc39.es/ecma262/#sec-array.prototype.splice
Completion<Value> array_prototype_splice(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  // 3. - 6.
  double start = TRY(relative_index(agent, info[0], length, 0));
  std::span<const Value> items = info.arguments_from(2);
  // 7. - 9.
  double delete_count = 0;
  if (info.count() == 1) {
    delete_count = length - start;
  } else if (info.count() > 1) {
    double wanted = TRY(to_integer_or_infinity(agent, info[1]));
    delete_count = std::min(std::max(wanted, 0.0), length - start);
  }
  // 10.
  double new_length = length + static_cast<double>(items.size()) - delete_count;
  if (new_length > kMaxArrayLikeLength) return throw_type_error(agent, "Invalid array length");
  // 11.
  Root<Object*> removed(agent, TRY(array_species_create(agent, object, delete_count)));
  if (splice_elements(agent, object, length, start, delete_count, items, removed)) return removed.get();
  // 12. - 18.
  TRY(splice_properties(agent, object, length, start, delete_count, items, removed));
  // 19. - 20.
  TRY(set(agent, object, PropertyKey(agent.names().length), Value::number(new_length)));
  return removed.get();
}

}  // namespace skein
