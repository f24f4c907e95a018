// https://tc39.es/ecma262/#sec-set-objects
#include <cmath>

#include "core/builtins/builtins.h"
#include "core/builtins/collection_iterator.h"
#include "core/builtins/support.h"
#include "core/numeric/conversions.h"
#include "core/runtime/builtin_spec.h"

namespace skein {

namespace {

Completion<Collection*> this_set(Agent& agent, const CallInfo& info, std::string_view method) {
  if (info.this_value().is_kind(CellKind::kSet)) return static_cast<Collection*>(info.this_value().as_object());
  return throw_incompatible_receiver(agent, method, info.this_value());
}

Completion<void> insert(Agent& agent, Collection* set, Value value) {
  if (!set->put(agent, value, Value::undefined())) return throw_out_of_memory(agent);
  return {};
}

// https://tc39.es/ecma262/#sec-set-iterable
Completion<Value> set_constructor(Agent& agent, const CallInfo& info) {
  if (!info.is_construct()) return throw_requires_new(agent, "Set");
  Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), Intrinsic::kSetPrototype));
  Root<Collection*> set(agent, make_set_with_prototype(agent, prototype));
  if (info[0].is_nullish()) return Value(set.get());
  Root<Value> adder(agent, TRY(get(agent, set, agent.names().add)));
  if (!is_callable(adder)) return throw_not_a_method(agent, adder, set.get(), agent.names().add);
  IteratorRecord record(agent);
  TRY(get_iterator(agent, info[0], IteratorKind::kSync, record));
  Root<Value> next(agent);
  while (TRY(iterator_step_value(agent, record, next)))
    if (call(agent, adder, Value(set.get()), {next}).is_thrown()) return iterator_close_throwing(agent, record);
  return Value(set.get());
}

// https://tc39.es/ecma262/#sec-set.prototype.add
Completion<Value> set_add(Agent& agent, const CallInfo& info) {
  TRY(insert(agent, TRY(this_set(agent, info, "Set.prototype.add")), info[0]));
  return info.this_value();
}

// https://tc39.es/ecma262/#sec-set.prototype.clear
Completion<Value> set_clear(Agent& agent, const CallInfo& info) {
  TRY(this_set(agent, info, "Set.prototype.clear"))->clear(agent);
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-set.prototype.delete
Completion<Value> set_delete(Agent& agent, const CallInfo& info) {
  return Value::boolean(TRY(this_set(agent, info, "Set.prototype.delete"))->remove(agent, info[0]));
}

// https://tc39.es/ecma262/#sec-set.prototype.has
Completion<Value> set_has(Agent& agent, const CallInfo& info) {
  return Value::boolean(TRY(this_set(agent, info, "Set.prototype.has"))->has(info[0]));
}

// https://tc39.es/ecma262/#sec-get-set.prototype.size
Completion<Value> set_size(Agent& agent, const CallInfo& info) {
  return Value::number(TRY(this_set(agent, info, "get Set.prototype.size"))->size());
}

// https://tc39.es/ecma262/#sec-set.prototype.foreach
Completion<Value> set_for_each(Agent& agent, const CallInfo& info) {
  Collection* set = TRY(this_set(agent, info, "Set.prototype.forEach"));
  if (!is_callable(info[0])) return throw_not_callable(agent, info[0]);
  Root<HashTable*> table(agent, set->table());
  CollectionCursor cursor{table};
  while (HashTable::Entry* entry = cursor.next()) {
    table = cursor.table;
    TRY(call(agent, info[0], info[1], {entry->key, entry->key, info.this_value()}));
  }
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-createsetiterator
Completion<Value> make_iterator(Agent& agent, const CallInfo& info, PropertyKind shows, std::string_view method) {
  Collection* set = TRY(this_set(agent, info, method));
  Shape* shape = shape_for_prototype(agent, intrinsic(agent, Intrinsic::kSetIteratorPrototype), CellKind::kSetIterator, sizeof(CollectionIterator), 0);
  return Value(agent.heap().make<CollectionIterator>(shape, CellKind::kSetIterator, set->table(), shows));
}
Completion<Value> set_entries(Agent& agent, const CallInfo& info) { return make_iterator(agent, info, PropertyKind::kEntries, "Set.prototype.entries"); }
Completion<Value> set_values(Agent& agent, const CallInfo& info) { return make_iterator(agent, info, PropertyKind::kValues, "Set.prototype.values"); }

}  // namespace

// https://tc39.es/ecma262/#sec-%setiteratorprototype%.next
Completion<Value> set_iterator_next(Agent& agent, const CallInfo& info) {
  if (!info.this_value().is_kind(CellKind::kSetIterator)) return throw_incompatible_receiver(agent, "Set Iterator.prototype.next", info.this_value());
  Value value;
  bool more = step_collection_iterator(agent, static_cast<CollectionIterator*>(info.this_value().as_object()), value);
  return Value(create_iter_result_object(agent, value, !more));
}

namespace {

// --- Set records: https://tc39.es/ecma262/#sec-set-records ---

struct SetRecord {
  explicit SetRecord(Agent& agent) : object(agent), has(agent), keys(agent) {}
  Root<Value> object;
  double size = 0;
  Root<Value> has;
  Root<Value> keys;
};

// https://tc39.es/ecma262/#sec-getsetrecord
Completion<void> get_set_record(Agent& agent, Value value, SetRecord& record) {
  if (!value.is_object()) return throw_not_object(agent, value);
  record.object = value;
  double number = TRY(to_number(agent, TRY(get(agent, value.as_object(), agent.names().size))));
  if (std::isnan(number)) return throw_type_error(agent, "The 'size' property must be a number");
  record.size = numeric::to_integer_or_infinity(number);
  if (record.size < 0) return throw_range_error(agent, {"'", number_to_string(agent, record.size)->to_utf8(), "' is an invalid size"});
  record.has = TRY(get(agent, value.as_object(), agent.names().has));
  if (!is_callable(record.has)) return throw_type_error(agent, "The 'has' property must be a function");
  record.keys = TRY(get(agent, record.object.get().as_object(), agent.names().keys));
  if (!is_callable(record.keys)) return throw_type_error(agent, "The 'keys' property must be a function");
  return {};
}

// SetDataHas of the other set
Completion<bool> record_has(Agent& agent, SetRecord& record, Value value) {
  return to_boolean(TRY(call(agent, record.has, record.object, {value})));
}

// https://tc39.es/ecma262/#sec-getiteratorfromsetrecord… keys() must give an iterator object.
Completion<void> record_keys(Agent& agent, SetRecord& record, IteratorRecord& iterator) {
  Value keys = TRY(call(agent, record.keys, record.object));
  if (!keys.is_object()) return throw_not_object(agent, keys);
  return get_iterator_direct(agent, keys.as_object(), iterator);
}

Completion<Collection*> copy_of(Agent& agent, Collection* set) {
  Collection* copy = make_set(agent);
  CollectionCursor cursor{set->table()};
  while (HashTable::Entry* entry = cursor.next()) TRY(insert(agent, copy, entry->key));
  return copy;
}

// Calls `body(key)` for each element of the set, as it changes meanwhile; false from the body ends it.
template <typename F>
Completion<void> for_each_element(Agent& agent, Collection* set, F&& body) {
  Root<HashTable*> table(agent, set->table());
  CollectionCursor cursor{table};
  Root<Value> key(agent);
  while (HashTable::Entry* entry = cursor.next()) {
    table = cursor.table;
    key = entry->key;
    if (!TRY(body(key))) break;
  }
  return {};
}

// Calls `body(key)` for each key of the other set.
template <typename F>
Completion<void> for_each_key(Agent& agent, SetRecord& record, F&& body) {
  IteratorRecord iterator(agent);
  TRY(record_keys(agent, record, iterator));
  Root<Value> next(agent);
  while (TRY(iterator_step_value(agent, iterator, next))) {
    if (!TRY(body(next))) return iterator_close(agent, iterator);
  }
  return {};
}

// https://tc39.es/ecma262/#sec-set.prototype.union
Completion<Value> set_union(Agent& agent, const CallInfo& info) {
  Collection* set = TRY(this_set(agent, info, "Set.prototype.union"));
  SetRecord other(agent);
  TRY(get_set_record(agent, info[0], other));
  IteratorRecord iterator(agent);
  TRY(record_keys(agent, other, iterator));
  Root<Collection*> result(agent, TRY(copy_of(agent, set)));
  Root<Value> next(agent);
  while (TRY(iterator_step_value(agent, iterator, next))) TRY(insert(agent, result, next));
  return Value(result.get());
}

// https://tc39.es/ecma262/#sec-set.prototype.intersection
Completion<Value> set_intersection(Agent& agent, const CallInfo& info) {
  Collection* set = TRY(this_set(agent, info, "Set.prototype.intersection"));
  SetRecord other(agent);
  TRY(get_set_record(agent, info[0], other));
  Root<Collection*> result(agent, make_set(agent));
  if (set->size() <= other.size) {
    TRY(for_each_element(agent, set, [&](Value key) -> Completion<bool> {
      if (TRY(record_has(agent, other, key))) TRY(insert(agent, result, key));
      return true;
    }));
  } else {
    TRY(for_each_key(agent, other, [&](Value key) -> Completion<bool> {
      if (set->has(key)) TRY(insert(agent, result, key));
      return true;
    }));
  }
  return Value(result.get());
}

// https://tc39.es/ecma262/#sec-set.prototype.difference
Completion<Value> set_difference(Agent& agent, const CallInfo& info) {
  Collection* set = TRY(this_set(agent, info, "Set.prototype.difference"));
  SetRecord other(agent);
  TRY(get_set_record(agent, info[0], other));
  Root<Collection*> result(agent, TRY(copy_of(agent, set)));
  if (set->size() <= other.size) {
    TRY(for_each_element(agent, result.get(), [&](Value key) -> Completion<bool> {
      if (TRY(record_has(agent, other, key))) result->remove(agent, key);
      return true;
    }));
  } else {
    TRY(for_each_key(agent, other, [&](Value key) -> Completion<bool> {
      result->remove(agent, key);
      return true;
    }));
  }
  return Value(result.get());
}

// https://tc39.es/ecma262/#sec-set.prototype.symmetricdifference
Completion<Value> set_symmetric_difference(Agent& agent, const CallInfo& info) {
  Collection* set = TRY(this_set(agent, info, "Set.prototype.symmetricDifference"));
  SetRecord other(agent);
  TRY(get_set_record(agent, info[0], other));
  IteratorRecord iterator(agent);
  TRY(record_keys(agent, other, iterator));
  Root<Collection*> result(agent, TRY(copy_of(agent, set)));
  Root<Value> next(agent);
  while (TRY(iterator_step_value(agent, iterator, next))) {
    if (set->has(next)) result->remove(agent, next);
    else TRY(insert(agent, result, next));
  }
  return Value(result.get());
}

// https://tc39.es/ecma262/#sec-set.prototype.issubsetof
Completion<Value> set_is_subset_of(Agent& agent, const CallInfo& info) {
  Collection* set = TRY(this_set(agent, info, "Set.prototype.isSubsetOf"));
  SetRecord other(agent);
  TRY(get_set_record(agent, info[0], other));
  if (set->size() > other.size) return Value::boolean(false);
  bool all = true;
  TRY(for_each_element(agent, set, [&](Value key) -> Completion<bool> {
    all = TRY(record_has(agent, other, key));
    return all;
  }));
  return Value::boolean(all);
}

// https://tc39.es/ecma262/#sec-set.prototype.issupersetof
Completion<Value> set_is_superset_of(Agent& agent, const CallInfo& info) {
  Collection* set = TRY(this_set(agent, info, "Set.prototype.isSupersetOf"));
  SetRecord other(agent);
  TRY(get_set_record(agent, info[0], other));
  if (set->size() < other.size) return Value::boolean(false);
  bool all = true;
  TRY(for_each_key(agent, other, [&](Value key) -> Completion<bool> { return all = set->has(key); }));
  return Value::boolean(all);
}

// https://tc39.es/ecma262/#sec-set.prototype.isdisjointfrom
Completion<Value> set_is_disjoint_from(Agent& agent, const CallInfo& info) {
  Collection* set = TRY(this_set(agent, info, "Set.prototype.isDisjointFrom"));
  SetRecord other(agent);
  TRY(get_set_record(agent, info[0], other));
  bool disjoint = true;
  if (set->size() <= other.size) {
    TRY(for_each_element(agent, set, [&](Value key) -> Completion<bool> {
      disjoint = !TRY(record_has(agent, other, key));
      return disjoint;
    }));
  } else {
    TRY(for_each_key(agent, other, [&](Value key) -> Completion<bool> { return disjoint = !set->has(key); }));
  }
  return Value::boolean(disjoint);
}

constexpr PropertySpec kSetStatics[] = {
    PropertySpec::getter(WellKnownSymbol::kSpecies, return_this),
};

constexpr PropertySpec kSetPrototype[] = {
    PropertySpec::function("add", set_add, 1),
    PropertySpec::function("clear", set_clear, 0),
    PropertySpec::function("delete", set_delete, 1),
    PropertySpec::function("difference", set_difference, 1),
    PropertySpec::function("entries", set_entries, 0),
    PropertySpec::function("forEach", set_for_each, 1),
    PropertySpec::function("has", set_has, 1),
    PropertySpec::function("intersection", set_intersection, 1),
    PropertySpec::function("isDisjointFrom", set_is_disjoint_from, 1),
    PropertySpec::function("isSubsetOf", set_is_subset_of, 1),
    PropertySpec::function("isSupersetOf", set_is_superset_of, 1),
    PropertySpec::getter("size", set_size),
    PropertySpec::function("symmetricDifference", set_symmetric_difference, 1),
    PropertySpec::function("union", set_union, 1),
    PropertySpec::function("values", set_values, 0),
    PropertySpec::alias("keys", "values"),
    PropertySpec::alias(WellKnownSymbol::kIterator, "values"),
    PropertySpec::tag("Set"),
};

constexpr PropertySpec kSetIteratorPrototype[] = {
    PropertySpec::function("next", set_iterator_next, 0),
    PropertySpec::tag("Set Iterator"),
};

}  // namespace

void initialize_set(Agent& agent, Realm& realm) {
  define_constructor(agent, realm, {
                                       .name = "Set",
                                       .length = 0,
                                       .function = set_constructor,
                                       .constructor = Intrinsic::kSet,
                                       .prototype = Intrinsic::kSetPrototype,
                                       .statics = kSetStatics,
                                       .prototype_properties = kSetPrototype,
                                   });
  Object* iterator_prototype = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kIteratorPrototype));
  realm.set_intrinsic(Intrinsic::kSetIteratorPrototype, iterator_prototype);
  define_properties(agent, realm, iterator_prototype, kSetIteratorPrototype);
}

}  // namespace skein
