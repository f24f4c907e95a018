// Methods of %TypedArray.prototype% that write, or that make arrays from ranges of elements.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/builtins/array_methods.h"
#include "core/builtins/typed_array_kernels.h"
#include "core/numeric/conversions.h"

namespace skein {

namespace {

// The numeric value that a typed array of this type stores.
Completion<Value> to_numeric_of(Agent& agent, TypedArray* array, Value value) {
  if (is_bigint_type(array->element_type())) return Value(TRY(to_bigint(agent, value)));
  return Value::number(TRY(to_number(agent, value)));
}

// Whether an element of the one type has the bits that its value has as the other type.
bool is_stored_alike(ElementType target, ElementType source) {
  auto is_integer = [](ElementType type) { return type <= ElementType::kBigUint64; };
  if (target == source) return true;
  if (target == ElementType::kUint8Clamped) return source == ElementType::kUint8;
  return is_integer(target) && is_integer(source) && element_size(target) == element_size(source);
}

double length_of(TypedArray* array) { return static_cast<double>(array->length()); }

// https://tc39.es/ecma262/#sec-settypedarrayfromtypedarray
Completion<void> set_from_typed_array(Agent& agent, TypedArray* target, double offset, TypedArray* source) {
  if (target->is_out_of_bounds()) return throw_detached(agent, "TypedArray.prototype.set");
  if (source->is_out_of_bounds()) return throw_detached(agent, "TypedArray.prototype.set");
  if (is_bigint_type(target->element_type()) != is_bigint_type(source->element_type()))
    return throw_type_error(agent, "Cannot mix BigInt and other types, use explicit conversions");
  size_t count = source->length();
  if (offset + static_cast<double>(count) > length_of(target)) return throw_range_error(agent, "offset is out of bounds");
  size_t start = static_cast<size_t>(offset);
  const uint32_t size = element_size(target->element_type());
  if (is_stored_alike(target->element_type(), source->element_type()))
    return copy_bytes_polling(agent, target->buffer(), target->byte_offset_slot() + start * size, source->buffer(), source->byte_offset_slot(), count * size);
  bool same_memory = target->buffer() == source->buffer() ||
                     (target->buffer()->is_shared() && target->buffer()->block().get() == source->buffer()->block().get());
  Root<TypedArray*> from(agent, source);
  if (same_memory) {
    // The source's elements as they were before the first store.
    ArrayBuffer* copy = make_array_buffer(agent, count * element_size(source->element_type()));
    if (copy == nullptr) return throw_out_of_memory(agent);
    Root<ArrayBuffer*> kept(agent, copy);
    TRY(copy_bytes_polling(agent, copy, 0, source->buffer(), source->byte_offset_slot(), count * element_size(source->element_type())));
    from = make_typed_array(agent, source->element_type(), copy, 0, count);
  }
  LoopPoll poll(agent);
  for (size_t i = 0; i < count; ++i) {
    typed_array_set(target, start + i, typed_array_get(agent, from, i));
    TRY(poll.tick());
    // The host's interrupt callback may have run script.
    count = std::min({count, from->length(), std::max(target->length(), start) - start});
  }
  return {};
}

// https://tc39.es/ecma262/#sec-settypedarrayfromarraylike
Completion<void> set_from_array_like(Agent& agent, TypedArray* target, double offset, Value source) {
  if (target->is_out_of_bounds()) return throw_detached(agent, "TypedArray.prototype.set");
  double target_length = length_of(target);
  Root<Object*> object(agent, TRY(to_object(agent, source)));
  double count = TRY(length_of_array_like(agent, object));
  if (offset + count > target_length) return throw_range_error(agent, "offset is out of bounds");
  LoopPoll poll(agent);
  for (double i = 0; i < count; ++i) {
    Value value = TRY(get_element(agent, object, i));
    Value numeric = TRY(to_numeric_of(agent, target, value));
    size_t index = static_cast<size_t>(offset + i);
    if (index < target->length()) typed_array_set(target, index, numeric);
    TRY(poll.tick());
  }
  return {};
}

}  // namespace

// https://tc39.es/ecma262/#sec-%typedarray%.prototype.set
Completion<Value> typed_array_set_method(Agent& agent, const CallInfo& info) {
  if (!info.this_value().is_kind(CellKind::kTypedArray)) return throw_incompatible_receiver(agent, "TypedArray.prototype.set", info.this_value());
  auto* target = static_cast<TypedArray*>(info.this_value().as_object());
  if (target->buffer()->is_immutable()) return throw_type_error(agent, "Cannot write to an immutable ArrayBuffer");
  double offset = TRY(to_integer_or_infinity(agent, info[1]));
  if (offset < 0 || offset > numeric::kMaxSafeInteger) return throw_range_error(agent, "offset is out of bounds");
  if (info[0].is_kind(CellKind::kTypedArray)) TRY(set_from_typed_array(agent, target, offset, static_cast<TypedArray*>(info[0].as_object())));
  else TRY(set_from_array_like(agent, target, offset, info[0]));
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-%typedarray%.prototype.slice
Completion<Value> typed_array_slice(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validate_typed_array(agent, info.this_value(), "TypedArray.prototype.slice"));
  double length = length_of(array);
  double start = TRY(relative_index(agent, info[0], length, 0));
  double end = TRY(relative_index(agent, info[1], length, length));
  double count = std::max(end - start, 0.0);
  Value arguments[] = {Value::number(count)};
  Root<TypedArray*> target(agent, TRY(typed_array_species_create(agent, array, arguments)));
  if (count == 0) return Value(target.get());
  if (array->is_out_of_bounds()) return throw_detached(agent, "TypedArray.prototype.slice");
  end = std::min(end, length_of(array));
  count = std::max(end - start, 0.0);
  const uint32_t size = element_size(array->element_type());
  if (target->element_type() == array->element_type()) {
    size_t available = target->length();
    size_t elements = std::min(static_cast<size_t>(count), available);
    size_t from = array->byte_offset_slot() + static_cast<size_t>(start) * size, to = target->byte_offset_slot();
    if (target->buffer() == array->buffer() && to > from && to < from + elements * size) {
      // The specification copies bytes from the front, also into itself.
      LoopPoll poll(agent);
      for (size_t i = 0; i < elements * size && to + i < array->buffer()->byte_length(); ++i) {
        copy_bytes(target->buffer(), to + i, array->buffer(), from + i, 1);
        TRY(poll.tick());
      }
    } else {
      TRY(copy_bytes_polling(agent, target->buffer(), to, array->buffer(), from, elements * size));
    }
    return Value(target.get());
  }
  LoopPoll poll(agent);
  for (double i = 0; i < count; ++i) {
    TRY(poll.tick());
    size_t index = static_cast<size_t>(start + i);
    Value value = index < array->length() ? typed_array_get(agent, array, index) : Value::undefined();
    TRY(set(agent, target, index_key(agent, i), value));
  }
  return Value(target.get());
}

// https://tc39.es/ecma262/#sec-%typedarray%.prototype.subarray
Completion<Value> typed_array_subarray(Agent& agent, const CallInfo& info) {
  if (!info.this_value().is_kind(CellKind::kTypedArray)) return throw_incompatible_receiver(agent, "TypedArray.prototype.subarray", info.this_value());
  auto* array = static_cast<TypedArray*>(info.this_value().as_object());
  double length = length_of(array);
  double begin = TRY(relative_index(agent, info[0], length, 0));
  bool tracks = array->is_length_tracking() && info[1].is_undefined();
  double new_length = 0;
  if (!tracks) new_length = std::max(TRY(relative_index(agent, info[1], length, length)) - begin, 0.0);
  double offset = static_cast<double>(array->byte_offset_slot()) + begin * element_size(array->element_type());
  Value arguments[] = {Value(array->buffer()), Value::number(offset), Value::number(new_length)};
  return Value(TRY(typed_array_species_create(agent, array, std::span<const Value>(arguments, tracks ? 2 : 3), Access::kRead)));
}

// https://tc39.es/ecma262/#sec-%typedarray%.prototype.fill
Completion<Value> typed_array_fill(Agent& agent, const CallInfo& info) {
  constexpr std::string_view kMethod = "TypedArray.prototype.fill";
  TypedArray* array = TRY(validate_typed_array(agent, info.this_value(), kMethod, Access::kWrite));
  double length = length_of(array);
  Root<Value> value(agent, TRY(to_numeric_of(agent, array, info[0])));
  double start = TRY(relative_index(agent, info[1], length, 0));
  double end = TRY(relative_index(agent, info[2], length, length));
  if (array->is_out_of_bounds()) return throw_detached(agent, kMethod);
  end = std::min(end, length_of(array));
  if (start >= end) return info.this_value();
  size_t first = static_cast<size_t>(start), last = static_cast<size_t>(end);
  typed_array_set(array, first, value);
  TRY(repeat_element(agent, array, first, last));
  return info.this_value();
}

// https://tc39.es/ecma262/#sec-%typedarray%.prototype.copywithin
Completion<Value> typed_array_copy_within(Agent& agent, const CallInfo& info) {
  constexpr std::string_view kMethod = "TypedArray.prototype.copyWithin";
  TypedArray* array = TRY(validate_typed_array(agent, info.this_value(), kMethod, Access::kWrite));
  double length = length_of(array);
  double to = TRY(relative_index(agent, info[0], length, 0));
  double from = TRY(relative_index(agent, info[1], length, 0));
  double end = TRY(relative_index(agent, info[2], length, length));
  double count = std::min(end - from, length - to);
  if (!(count > 0)) return info.this_value();
  if (array->is_out_of_bounds()) return throw_detached(agent, kMethod);
  // The array may have shrunk: what is outside takes no part.
  length = length_of(array);
  count = std::min({count, length - from, length - to});
  if (!(count > 0)) return info.this_value();
  const size_t size = element_size(array->element_type());
  size_t offset = array->byte_offset_slot();
  TRY(copy_bytes_polling(agent, array->buffer(), offset + static_cast<size_t>(to) * size, array->buffer(), offset + static_cast<size_t>(from) * size,
                         static_cast<size_t>(count) * size));
  return info.this_value();
}

// https://tc39.es/ecma262/#sec-%typedarray%.prototype.reverse
Completion<Value> typed_array_reverse(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validate_typed_array(agent, info.this_value(), "TypedArray.prototype.reverse", Access::kWrite));
  TRY(reverse_elements(agent, array));
  return info.this_value();
}

Completion<Value> typed_array_to_reversed(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validate_typed_array(agent, info.this_value(), "TypedArray.prototype.toReversed"));
  Root<TypedArray*> target(agent, TRY(typed_array_create_same_type(agent, array, length_of(array))));
  TRY(copy_reversed(agent, target, array));
  return Value(target.get());
}

namespace {

Completion<void> sort_into(Agent& agent, TypedArray* source, size_t length, Value compare, TypedArray* target) {
  if (length < 2 && source == target) return {};
  if (compare.is_undefined()) return sort_elements(agent, target, source, length);
  Root<TypedArray*> kept(agent, target);
  RootVector values(agent);
  LoopPoll poll(agent);
  for (size_t i = 0; i < std::min(length, source->length()); ++i) {
    values.push_back(typed_array_get(agent, source, i));
    TRY(poll.tick());
  }
  length = values.size();
  TRY(merge_sort(agent, values, length, compare, [](Agent& agent, Value compare, Value x, Value y) -> Completion<bool> {
    return TRY(call_comparator(agent, compare, x, y)) < 0;
  }));
  for (size_t i = 0; i < std::min(length, kept->length()); ++i) {
    typed_array_set(kept, i, values[i]);
    TRY(poll.tick());
  }
  return {};
}

Completion<void> check_comparator(Agent& agent, Value compare) {
  if (compare.is_undefined() || is_callable(compare)) return {};
  return throw_type_error(agent, "The comparison function must be either a function or undefined");
}

}  // namespace

// https://tc39.es/ecma262/#sec-%typedarray%.prototype.sort
Completion<Value> typed_array_sort(Agent& agent, const CallInfo& info) {
  TRY(check_comparator(agent, info[0]));
  TypedArray* array = TRY(validate_typed_array(agent, info.this_value(), "TypedArray.prototype.sort", Access::kWrite));
  TRY(sort_into(agent, array, array->length(), info[0], array));
  return info.this_value();
}

Completion<Value> typed_array_to_sorted(Agent& agent, const CallInfo& info) {
  TRY(check_comparator(agent, info[0]));
  TypedArray* array = TRY(validate_typed_array(agent, info.this_value(), "TypedArray.prototype.toSorted"));
  size_t length = array->length();
  Root<TypedArray*> target(agent, TRY(typed_array_create_same_type(agent, array, static_cast<double>(length))));
  TRY(sort_into(agent, array, length, info[0], target));
  return Value(target.get());
}

// https://tc39.es/ecma262/#sec-%typedarray%.prototype.with
Completion<Value> typed_array_with(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validate_typed_array(agent, info.this_value(), "TypedArray.prototype.with"));
  double length = length_of(array);
  double relative = TRY(to_integer_or_infinity(agent, info[0]));
  double index = relative < 0 ? length + relative : relative;
  Root<Value> value(agent, TRY(to_numeric_of(agent, array, info[1])));
  if (!(index >= 0 && index < length_of(array))) return throw_range_error(agent, {"Invalid typed array index: ", number_to_string(agent, relative)->to_utf8()});
  Root<TypedArray*> target(agent, TRY(typed_array_create_same_type(agent, array, length)));
  size_t common = std::min(static_cast<size_t>(length), array->length());
  TRY(copy_bytes_polling(agent, target->buffer(), 0, array->buffer(), array->byte_offset_slot(), common * element_size(array->element_type())));
  // An array that has shrunk in between gives undefined, which becomes NaN or 0.
  if (!is_bigint_type(target->element_type()))
    for (size_t i = common; i < target->length(); ++i) typed_array_set(target, i, Value::number(std::nan("")));
  // An array that has grown in between has more elements than the result.
  if (index < length) typed_array_set(target, static_cast<size_t>(index), value);
  return Value(target.get());
}

}  // namespace skein
