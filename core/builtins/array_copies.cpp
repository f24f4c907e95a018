// The methods of Array.prototype that make another array from this one.
#include <algorithm>

#include "core/builtins/array_methods.h"
#include "core/builtins/support.h"

namespace skein {
namespace {

// OPTIMIZATION: appends elements [from, to) of `source` to `target`, both plain arrays, holes included.
// The target's length becomes `at` + (to - from). False: not done.
bool append_elements(Agent& agent, Object* target_object, double at, Object* source_object, double from, double to) {
  Array* source = plain_array(agent, source_object);
  Array* target = plain_array(agent, target_object);
  if (source == nullptr || target == nullptr || source == target) return false;
  double end = at + (to - from);
  if (to > source->length() || target->length() > at || end > 4294967295.0) return false;
  ValueArray* elements = source->dense_elements();
  double present = elements == nullptr ? 0 : std::min(to, static_cast<double>(elements->capacity())) - from;
  if (present > 0) {
    if (!grow_elements(agent, target, at + present)) return false;
    Value* begin = elements->data() + static_cast<size_t>(from);
    std::copy(begin, begin + static_cast<size_t>(present), target->dense_elements()->data() + static_cast<size_t>(at));
    target->dense_elements()->write_barrier();
  }
  target->set_length_field(static_cast<uint32_t>(end));
  return true;
}

}  // namespace

// https://tc39.es/ecma262/#sec-arrayspeciescreate
Completion<Object*> array_species_create(Agent& agent, Object* original, double length) {
  if (original->kind() == CellKind::kArray && length <= 4294967295.0 && has_original_species(agent, original, intrinsic(agent, Intrinsic::kArray)))
    return TRY(array_create(agent, length));
  // 1. - 2.
  if (!TRY(is_array(agent, original))) return TRY(array_create(agent, length));
  // 3.
  Root<Value> constructor(agent, TRY(get(agent, original, PropertyKey(agent.names().constructor))));
  // 4. An Array constructor of another realm counts as none.
  if (is_constructor(constructor)) {
    Realm* realm = TRY(get_function_realm(agent, constructor->as_object()));
    if (realm != agent.realm() && constructor->as_object() == realm->intrinsic(Intrinsic::kArray)) constructor = Value::undefined();
  }
  // 5.
  if (constructor->is_object()) {
    constructor = TRY(get(agent, constructor->as_object(), PropertyKey(agent.well_known(WellKnownSymbol::kSpecies))));
    if (constructor->is_null()) constructor = Value::undefined();
  }
  // 6. OPTIMIZATION: this realm's Array makes what ArrayCreate makes.
  if (constructor->is_undefined() || constructor.get() == Value(intrinsic(agent, Intrinsic::kArray))) {
    if (length <= 4294967295.0) return TRY(array_create(agent, length));
    return throw_range_error(agent, "Invalid array length");
  }
  // 7.
  if (!is_constructor(constructor)) return throw_type_error(agent, "object.constructor[Symbol.species] is not a constructor");
  // 8.
  return construct(agent, constructor->as_object(), {Value::number(length)});
}

namespace {

// https://tc39.es/ecma262/#sec-isconcatspreadable
Completion<bool> is_concat_spreadable(Agent& agent, Value value) {
  // 1.
  if (!value.is_object()) return false;
  Root<Value> kept(agent, value);
  // 2. - 3.
  Value spreadable = TRY(get(agent, value.as_object(), PropertyKey(agent.well_known(WellKnownSymbol::kIsConcatSpreadable))));
  if (!spreadable.is_undefined()) return to_boolean(spreadable);
  // 4.
  return is_array(agent, kept);
}

// Step 5.b. of concat: appends the elements of `source`; returns the next index.
Completion<double> concat_elements(Agent& agent, Root<Object*>& target, double n, Object* source_object) {
  Root<Object*> source(agent, source_object);
  // i. - ii.
  double length = TRY(length_of_array_like(agent, source));
  if (n + length > kMaxArrayLikeLength) return throw_type_error(agent, "Invalid array length");
  if (append_elements(agent, target, n, source, 0, length)) return n + length;
  // iii. - iv.
  LoopPoll poll(agent);
  for (double k = 0; k < length; ++k) {
    Value value = TRY(get_element_if_present(agent, source, k));
    if (!value.is_empty()) TRY(create_element(agent, target, n + k, value));
    TRY(poll.tick());
  }
  return n + length;
}

}  // namespace

// https://tc39.es/ecma262/#sec-array.prototype.concat
Completion<Value> array_prototype_concat(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  Root<Object*> result(agent, TRY(array_species_create(agent, object, 0)));
  // 3. - 5.
  double n = 0;
  for (uint32_t i = 0; i <= info.count(); ++i) {
    Value item = i == 0 ? Value(object.get()) : info[i - 1];
    if (TRY(is_concat_spreadable(agent, item))) {
      n = TRY(concat_elements(agent, result, n, item.as_object()));
    } else {
      if (n >= kMaxArrayLikeLength) return throw_type_error(agent, "Invalid array length");
      TRY(create_element(agent, result, n++, item));
    }
  }
  // 6.
  TRY(set_length(agent, result, n));
  // 7.
  return result.get();
}

// https://tc39.es/ecma262/#sec-array.prototype.slice
Completion<Value> array_prototype_slice(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  // 3. - 10.
  double k = TRY(relative_index(agent, info[0], length, 0));
  double final = TRY(relative_index(agent, info[1], length, length));
  double count = std::max(final - k, 0.0);
  // 11.
  Root<Object*> result(agent, TRY(array_species_create(agent, object, count)));
  // 12. - 14. A new plain array of length `count` has no elements yet: it may be filled from the start.
  if (Array* array = plain_array(agent, result); array != nullptr && array->length() == count && array->dense_elements() == nullptr) {
    array->set_length_field(0);
    if (append_elements(agent, result, 0, object, k, k + count)) return result.get();
    array->set_length_field(static_cast<uint32_t>(count));
  }
  LoopPoll poll(agent);
  double n = 0;
  for (; k < final; ++k, ++n) {
    Value value = TRY(get_element_if_present(agent, object, k));
    if (!value.is_empty()) TRY(create_element(agent, result, n, value));
    TRY(poll.tick());
  }
  // 15.
  TRY(set_length(agent, result, n));
  // 16.
  return result.get();
}

// https://tc39.es/ecma262/#sec-array.prototype.toreversed
Completion<Value> array_prototype_to_reversed(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  Root<Object*> result(agent, TRY(array_create(agent, length)));
  // 4. - 5.
  LoopPoll poll(agent);
  for (double k = 0; k < length; ++k) {
    Value value = TRY(get_element(agent, object, length - k - 1));
    TRY(create_element(agent, result, k, value));
    TRY(poll.tick());
  }
  // 6.
  return result.get();
}

namespace {

// Copies elements [from, to) of `source`, read with Get, to `target` from index `at` on.
Completion<double> copy_range(Agent& agent, Root<Object*>& source, double from, double to, Root<Object*>& target, double at) {
  LoopPoll poll(agent);
  for (; from < to; ++from, ++at) {
    Value value = TRY(get_element(agent, source, from));
    TRY(create_element(agent, target, at, value));
    TRY(poll.tick());
  }
  return at;
}

}  // namespace

// https://tc39.es/ecma262/#sec-array.prototype.tospliced
Completion<Value> array_prototype_to_spliced(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  // 3. - 6.
  double start = TRY(relative_index(agent, info[0], length, 0));
  std::span<const Value> items = info.arguments_from(2);
  // 7. - 10.
  double skip_count = 0;
  if (info.count() == 1) {
    skip_count = length - start;
  } else if (info.count() > 1) {
    double wanted = TRY(to_integer_or_infinity(agent, info[1]));
    skip_count = std::min(std::max(wanted, 0.0), length - start);
  }
  // 11. - 12.
  double new_length = length + static_cast<double>(items.size()) - skip_count;
  if (new_length > kMaxArrayLikeLength) return throw_type_error(agent, "Invalid array length");
  // 13.
  Root<Object*> result(agent, TRY(array_create(agent, new_length)));
  // 14. - 18.
  double i = TRY(copy_range(agent, object, 0, start, result, 0));
  for (Value item : items) TRY(create_element(agent, result, i++, item));
  TRY(copy_range(agent, object, start + skip_count, length, result, i));
  // 19.
  return result.get();
}

// https://tc39.es/ecma262/#sec-array.prototype.with
Completion<Value> array_prototype_with(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  // 3. - 6.
  double relative = TRY(to_integer_or_infinity(agent, info[0]));
  double index = relative >= 0 ? relative : length + relative;
  if (index >= length || index < 0) return throw_range_error(agent, {"Invalid index : ", number_to_string(agent, relative)->to_utf8()});
  // 7.
  Root<Object*> result(agent, TRY(array_create(agent, length)));
  // 8. - 9.
  LoopPoll poll(agent);
  for (double k = 0; k < length; ++k) {
    Value value = k == index ? info[1] : TRY(get_element(agent, object, k));
    TRY(create_element(agent, result, k, value));
    TRY(poll.tick());
  }
  // 10.
  return result.get();
}

}  // namespace skein
