// https://tc39.es/ecma262/#sec-array-constructor, the table of %Array.prototype% and the array iterators.
#include "core/builtins/array_methods.h"
#include "core/builtins/builtins.h"
#include "core/builtins/support.h"
#include "core/runtime/array_iterator.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

// https://tc39.es/ecma262/#sec-array
Completion<Value> array_constructor(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Object* new_target = info.is_construct() ? info.new_target().as_object() : static_cast<Object*>(info.callee());
  Object* prototype = TRY(get_prototype_from_constructor(agent, new_target, Intrinsic::kArrayPrototype));
  // 4. - 5.
  if (info.count() == 1 && info[0].is_number()) {
    double length = info[0].as_number();
    if (!(length >= 0 && length <= 4294967295.0 && length == static_cast<uint32_t>(length)))
      return throw_range_error(agent, "Invalid array length");
    return TRY(array_create(agent, length, prototype));
  }
  // 6.
  Array* array = TRY(array_create(agent, 0, prototype));
  for (Value item : info.arguments()) MUST(create_element(agent, array, array->length(), item));
  return array;
}

// Construct(constructor, « length »), or ArrayCreate(length) where `constructor` is none.
Completion<Object*> construct_array(Agent& agent, Value constructor, double length) {
  if (is_constructor(constructor)) return construct(agent, constructor.as_object(), {Value::number(length)});
  return TRY(array_create(agent, length));
}

// Set(object, "length", length, true), which does nothing where an array has that length.
Completion<void> set_final_length(Agent& agent, Object* object, double length) {
  if (auto* array = object->as_if<Array>(); array != nullptr && array->is_simple() && array->length() == length) return {};
  return set(agent, object, PropertyKey(agent.names().length), Value::number(length));
}

// OPTIMIZATION: an object like { length: 5 }, of which every element is undefined.
bool has_no_elements(Agent& agent, Object* object) {
  return object->kind() == CellKind::kObject && !object->is_sparse() && object->dense_elements() == nullptr && !agent.prototypes_have_indices;
}

// https://tc39.es/ecma262/#sec-array.from, step 5.
Completion<Value> array_from_iterable(Agent& agent, const CallInfo& info, Value iterator_method) {
  Root<Value> method(agent, iterator_method);
  Value map_function = info[1];
  Value this_arg = info[2];
  // a. - b.
  Root<Object*> result(agent);
  if (is_constructor(info.this_value())) result = TRY(construct(agent, info.this_value().as_object()));
  else result = make_array(agent);
  // c.
  IteratorRecord record(agent);
  TRY(get_iterator_from_method(agent, info[0], method, record));
  // d. - e.
  Root<Value> value(agent);
  LoopPoll poll(agent);
  double k = 0;
  for (;; ++k) {
    TRY(poll.tick());
    if (!TRY(iterator_step_value(agent, record, value))) break;
    if (!map_function.is_undefined()) {
      Completion<Value> mapped = call(agent, map_function, this_arg, {value, Value::number(k)});
      if (mapped.is_thrown()) return iterator_close_throwing(agent, record);
      value = mapped.value();
    }
    if (create_element(agent, result, k, value).is_thrown()) return iterator_close_throwing(agent, record);
  }
  TRY(set_final_length(agent, result, k));
  return result.get();
}

// https://tc39.es/ecma262/#sec-array.from
Completion<Value> array_from(Agent& agent, const CallInfo& info) {
  Value map_function = info[1];
  Value this_arg = info[2];
  // 2. - 3.
  if (!map_function.is_undefined() && !is_callable(map_function)) return throw_not_callable(agent, map_function);
  // 4. - 5.
  Value iterator_method = TRY(get_method(agent, info[0], PropertyKey(agent.well_known(WellKnownSymbol::kIterator))));
  if (!iterator_method.is_undefined()) return array_from_iterable(agent, info, iterator_method);
  // 6. - 8.
  Root<Object*> array_like(agent, TRY(to_object(agent, info[0])));
  double length = TRY(length_of_array_like(agent, array_like));
  // 9. - 10.
  Root<Object*> result(agent, TRY(construct_array(agent, info.this_value(), length)));
  // 11. - 12.
  LoopPoll poll(agent);
  for (double k = 0; k < length; ++k) {
    Value value = Value::undefined();
    if (!has_no_elements(agent, array_like)) value = TRY(get_element(agent, array_like, k));
    if (!map_function.is_undefined()) value = TRY(call(agent, map_function, this_arg, {value, Value::number(k)}));
    TRY(create_element(agent, result, k, value));
    TRY(poll.tick());
  }
  // 13. - 14.
  TRY(set_final_length(agent, result, length));
  return result.get();
}

// https://tc39.es/ecma262/#sec-array.isarray
Completion<Value> array_is_array(Agent& agent, const CallInfo& info) { return Value::boolean(TRY(is_array(agent, info[0]))); }

// https://tc39.es/ecma262/#sec-array.of
Completion<Value> array_of(Agent& agent, const CallInfo& info) {
  // 1. - 5.
  Root<Object*> result(agent, TRY(construct_array(agent, info.this_value(), info.count())));
  // 6. - 7.
  for (uint32_t k = 0; k < info.count(); ++k) TRY(create_element(agent, result, k, info[k]));
  // 8. - 9.
  TRY(set(agent, result, PropertyKey(agent.names().length), Value::number(info.count())));
  return result.get();
}

// https://tc39.es/ecma262/#sec-array.prototype.entries
Completion<Value> array_prototype_entries(Agent& agent, const CallInfo& info) {
  return create_array_iterator(agent, TRY(this_to_object(agent, info, "Array.prototype")), PropertyKind::kEntries);
}
// https://tc39.es/ecma262/#sec-array.prototype.keys
Completion<Value> array_prototype_keys(Agent& agent, const CallInfo& info) {
  return create_array_iterator(agent, TRY(this_to_object(agent, info, "Array.prototype")), PropertyKind::kKeys);
}
// https://tc39.es/ecma262/#sec-array.prototype.values
Completion<Value> array_prototype_values(Agent& agent, const CallInfo& info) {
  return create_array_iterator(agent, TRY(this_to_object(agent, info, "Array.prototype")), PropertyKind::kValues);
}

constexpr PropertySpec kArrayStatics[] = {
    PropertySpec::function("from", array_from, 1),
    PropertySpec::function("fromAsync", array_from_async, 1),
    PropertySpec::function("isArray", array_is_array, 1),
    PropertySpec::function("of", array_of, 0),
    PropertySpec::getter(WellKnownSymbol::kSpecies, return_this),
};

constexpr PropertySpec kArrayPrototype[] = {
    PropertySpec::function("at", array_prototype_at, 1),
    PropertySpec::function("concat", array_prototype_concat, 1),
    PropertySpec::function("copyWithin", array_prototype_copy_within, 2),
    PropertySpec::function("entries", array_prototype_entries, 0),
    PropertySpec::function("every", array_prototype_every, 1),
    PropertySpec::function("fill", array_prototype_fill, 1),
    PropertySpec::function("filter", array_prototype_filter, 1),
    PropertySpec::function("find", array_prototype_find, 1),
    PropertySpec::function("findIndex", array_prototype_find_index, 1),
    PropertySpec::function("findLast", array_prototype_find_last, 1),
    PropertySpec::function("findLastIndex", array_prototype_find_last_index, 1),
    PropertySpec::function("flat", array_prototype_flat, 0),
    PropertySpec::function("flatMap", array_prototype_flat_map, 1),
    PropertySpec::function("forEach", array_prototype_for_each, 1),
    PropertySpec::function("includes", array_prototype_includes, 1),
    PropertySpec::function("indexOf", array_prototype_index_of, 1),
    PropertySpec::function("join", array_prototype_join, 1),
    PropertySpec::function("keys", array_prototype_keys, 0),
    PropertySpec::function("lastIndexOf", array_prototype_last_index_of, 1),
    PropertySpec::function("map", array_prototype_map, 1),
    PropertySpec::function("pop", array_prototype_pop, 0),
    PropertySpec::function("push", array_prototype_push, 1),
    PropertySpec::function("reduce", array_prototype_reduce, 1),
    PropertySpec::function("reduceRight", array_prototype_reduce_right, 1),
    PropertySpec::function("reverse", array_prototype_reverse, 0),
    PropertySpec::function("shift", array_prototype_shift, 0),
    PropertySpec::function("slice", array_prototype_slice, 2),
    PropertySpec::function("some", array_prototype_some, 1),
    PropertySpec::function("sort", array_prototype_sort, 1),
    PropertySpec::function("splice", array_prototype_splice, 2),
    PropertySpec::function("toLocaleString", array_prototype_to_locale_string, 0),
    PropertySpec::function("toReversed", array_prototype_to_reversed, 0),
    PropertySpec::function("toSorted", array_prototype_to_sorted, 1),
    PropertySpec::function("toSpliced", array_prototype_to_spliced, 2),
    PropertySpec::function("toString", array_prototype_to_string, 0, Intrinsic::kArrayPrototypeToString),
    PropertySpec::function("unshift", array_prototype_unshift, 1),
    PropertySpec::function("values", array_prototype_values, 0, Intrinsic::kArrayPrototypeValues),
    PropertySpec::function("with", array_prototype_with, 2),
    PropertySpec::alias(WellKnownSymbol::kIterator, "values"),
};

constexpr const char* kUnscopableNames[] = {
    "at",       "copyWithin", "entries", "fill", "find",       "findIndex", "findLast",  "findLastIndex",
    "flat",     "flatMap",    "includes", "keys", "toReversed", "toSorted",  "toSpliced", "values",
};

// https://tc39.es/ecma262/#sec-array.prototype-%symbol.unscopables%
void define_unscopables(Agent& agent, Object* prototype) {
  Object* list = make_object_with_prototype(agent, nullptr);
  list->reserve_properties(agent, std::size(kUnscopableNames));
  for (const char* name : kUnscopableNames) define_value(agent, list, name, Value::boolean(true), kDefaultAttributes);
  define_value(agent, prototype, WellKnownSymbol::kUnscopables, list, kConfigurable);
}

constexpr PropertySpec kArrayIteratorPrototype[] = {
    PropertySpec::function("next", array_iterator_next, 0),
    PropertySpec::tag("Array Iterator"),
};

}  // namespace

void initialize_array(Agent& agent, Realm& realm) {
  if (realm.intrinsic_if_made(Intrinsic::kArrayPrototype) == nullptr) {
    Shape* shape = shape_for_prototype(agent, realm.intrinsic(Intrinsic::kObjectPrototype), Array::kKind, sizeof(Array), 0);
    realm.set_intrinsic(Intrinsic::kArrayPrototype, agent.heap().make<Array>(shape));
  }
  define_constructor(agent, realm, {
                                       .name = "Array",
                                       .length = 1,
                                       .function = array_constructor,
                                       .constructor = Intrinsic::kArray,
                                       .prototype = Intrinsic::kArrayPrototype,
                                       .statics = kArrayStatics,
                                       .prototype_properties = kArrayPrototype,
                                   });
  define_unscopables(agent, realm.intrinsic(Intrinsic::kArrayPrototype));
}

// https://tc39.es/ecma262/#sec-%arrayiteratorprototype%-object
void initialize_array_iterator(Agent& agent, Realm& realm) {
  Object* iterator_prototype = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kIteratorPrototype));
  define_properties(agent, realm, iterator_prototype, kArrayIteratorPrototype);
  realm.set_intrinsic(Intrinsic::kArrayIteratorPrototype, iterator_prototype);
}

}  // namespace skein
