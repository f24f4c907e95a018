// https://tc39.es/ecma262/#sec-map-objects
#include "core/builtins/builtins.h"
#include "core/builtins/collection_iterator.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"
#include "core/runtime/native_iteration.h"

namespace skein {


HashTable::Entry* CollectionIterator::next() {
  if (is_done()) return nullptr;
  CollectionCursor cursor{table_, position_};
  HashTable::Entry* entry = cursor.next();
  position_ = cursor.position;
  table_.set(this, entry == nullptr ? nullptr : cursor.table);
  return entry;
}

bool step_collection_iterator(Agent& agent, CollectionIterator* iterator, Value& value) {
  HashTable::Entry* entry = iterator->next();
  if (entry == nullptr) return false;
  const bool is_set = iterator->kind() == CellKind::kSetIterator;
  switch (iterator->shows()) {
    case PropertyKind::kKeys: value = entry->key; break;
    case PropertyKind::kValues: value = is_set ? entry->key : entry->value; break;
    case PropertyKind::kEntries:
      value = make_array(agent, std::initializer_list<Value>{entry->key, is_set ? entry->key : entry->value});
      break;
  }
  return true;
}

namespace {

Completion<Collection*> this_map(Agent& agent, const CallInfo& info, std::string_view method) {
  if (info.this_value().is_kind(CellKind::kMap)) return static_cast<Collection*>(info.this_value().as_object());
  return throw_incompatible_receiver(agent, method, info.this_value());
}

Completion<void> put(Agent& agent, Collection* map, Value key, Value value) {
  if (!map->put(agent, key, value)) return throw_out_of_memory(agent);
  return {};
}

// https://tc39.es/ecma262/#sec-add-entries-from-iterable
Completion<void> add_entries(Agent& agent, Collection* map, Value iterable, Value adder) {
  Root<Value> target(agent, map), add(agent, adder);
  IteratorRecord record(agent);
  TRY(get_iterator(agent, iterable, IteratorKind::kSync, record));
  Root<Value> next(agent), key(agent);
  while (TRY(iterator_step_value(agent, record, next))) {
    auto add_entry = [&]() -> Completion<void> {
      if (!next.get().is_object()) return throw_type_error(agent, {"Iterator value ", to_display_string(agent, next), " is not an entry object"});
      key = TRY(get(agent, next.get().as_object(), PropertyKey::index(0)));
      Value value = TRY(get(agent, next.get().as_object(), PropertyKey::index(1)));
      TRY(call(agent, add, target, {key, value}));
      return {};
    };
    if (add_entry().is_thrown()) return iterator_close_throwing(agent, record);
  }
  return {};
}

// https://tc39.es/ecma262/#sec-map-iterable
Completion<Value> map_constructor(Agent& agent, const CallInfo& info) {
  if (!info.is_construct()) return throw_requires_new(agent, "Map");
  Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), Intrinsic::kMapPrototype));
  Root<Collection*> map(agent, make_map_with_prototype(agent, prototype));
  if (info[0].is_nullish()) return Value(map.get());
  Value adder = TRY(get(agent, map, agent.names().set));
  if (!is_callable(adder)) return throw_not_a_method(agent, adder, map.get(), agent.names().set);
  TRY(add_entries(agent, map, info[0], adder));
  return Value(map.get());
}

// https://tc39.es/ecma262/#sec-map.groupby
Completion<Value> map_group_by(Agent& agent, const CallInfo& info) {
  if (info[0].is_nullish()) return throw_type_error(agent, {to_display_string(agent, info[0]), " is not iterable"});
  if (!is_callable(info[1])) return throw_not_callable(agent, info[1]);
  Root<Collection*> map(agent, make_map(agent));
  IteratorRecord record(agent);
  TRY(get_iterator(agent, info[0], IteratorKind::kSync, record));
  Root<Value> next(agent);
  for (double index = 0; TRY(iterator_step_value(agent, record, next)); ++index) {
    auto key = call(agent, info[1], Value::undefined(), {next, Value::number(index)});
    if (key.is_thrown()) return iterator_close_throwing(agent, record);
    Value group = map->get(key.value());
    if (group.is_empty()) {
      group = make_array(agent);
      TRY(put(agent, map, key.value(), group));
    }
    TRY(create_element(agent, group.as_object(), group.as<Array>()->length(), next));
  }
  return Value(map.get());
}

// https://tc39.es/ecma262/#sec-map.prototype.clear
Completion<Value> map_clear(Agent& agent, const CallInfo& info) {
  TRY(this_map(agent, info, "Map.prototype.clear"))->clear(agent);
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-map.prototype.delete
Completion<Value> map_delete(Agent& agent, const CallInfo& info) {
  return Value::boolean(TRY(this_map(agent, info, "Map.prototype.delete"))->remove(agent, info[0]));
}

// https://tc39.es/ecma262/#sec-map.prototype.foreach
Completion<Value> map_for_each(Agent& agent, const CallInfo& info) {
  Collection* map = TRY(this_map(agent, info, "Map.prototype.forEach"));
  if (!is_callable(info[0])) return throw_not_callable(agent, info[0]);
  Root<HashTable*> table(agent, map->table());
  CollectionCursor cursor{table};
  while (HashTable::Entry* entry = cursor.next()) {
    table = cursor.table;
    TRY(call(agent, info[0], info[1], {entry->value, entry->key, info.this_value()}));
  }
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-map.prototype.get
Completion<Value> map_get(Agent& agent, const CallInfo& info) {
  Value value = TRY(this_map(agent, info, "Map.prototype.get"))->get(info[0]);
  return value.is_empty() ? Value::undefined() : value;
}

// https://tc39.es/ecma262/#sec-map.prototype.getorinsert
Completion<Value> map_get_or_insert(Agent& agent, const CallInfo& info) {
  Collection* map = TRY(this_map(agent, info, "Map.prototype.getOrInsert"));
  Value value = map->get(info[0]);
  if (!value.is_empty()) return value;
  TRY(put(agent, map, info[0], info[1]));
  return info[1];
}

// https://tc39.es/ecma262/#sec-map.prototype.getorinsertcomputed
Completion<Value> map_get_or_insert_computed(Agent& agent, const CallInfo& info) {
  Collection* map = TRY(this_map(agent, info, "Map.prototype.getOrInsertComputed"));
  if (!is_callable(info[1])) return throw_not_callable(agent, info[1]);
  Value value = map->get(info[0]);
  if (!value.is_empty()) return value;
  value = TRY(call(agent, info[1], Value::undefined(), {HashTable::normalize(info[0])}));
  TRY(put(agent, map, info[0], value));
  return value;
}

// https://tc39.es/ecma262/#sec-map.prototype.has
Completion<Value> map_has(Agent& agent, const CallInfo& info) {
  return Value::boolean(TRY(this_map(agent, info, "Map.prototype.has"))->has(info[0]));
}

// https://tc39.es/ecma262/#sec-map.prototype.set
Completion<Value> map_set(Agent& agent, const CallInfo& info) {
  TRY(put(agent, TRY(this_map(agent, info, "Map.prototype.set")), info[0], info[1]));
  return info.this_value();
}

// https://tc39.es/ecma262/#sec-get-map.prototype.size
Completion<Value> map_size(Agent& agent, const CallInfo& info) {
  return Value::number(TRY(this_map(agent, info, "get Map.prototype.size"))->size());
}

// https://tc39.es/ecma262/#sec-createmapiterator
Completion<Value> make_iterator(Agent& agent, const CallInfo& info, PropertyKind shows, std::string_view method) {
  Collection* map = TRY(this_map(agent, info, method));
  Shape* shape = shape_for_prototype(agent, intrinsic(agent, Intrinsic::kMapIteratorPrototype), CellKind::kMapIterator, sizeof(CollectionIterator), 0);
  return Value(agent.heap().make<CollectionIterator>(shape, CellKind::kMapIterator, map->table(), shows));
}
Completion<Value> map_entries(Agent& agent, const CallInfo& info) { return make_iterator(agent, info, PropertyKind::kEntries, "Map.prototype.entries"); }
Completion<Value> map_keys(Agent& agent, const CallInfo& info) { return make_iterator(agent, info, PropertyKind::kKeys, "Map.prototype.keys"); }
Completion<Value> map_values(Agent& agent, const CallInfo& info) { return make_iterator(agent, info, PropertyKind::kValues, "Map.prototype.values"); }

}  // namespace

// https://tc39.es/ecma262/#sec-%mapiteratorprototype%.next
Completion<Value> map_iterator_next(Agent& agent, const CallInfo& info) {
  if (!info.this_value().is_kind(CellKind::kMapIterator)) return throw_incompatible_receiver(agent, "Map Iterator.prototype.next", info.this_value());
  Value value;
  bool more = step_collection_iterator(agent, static_cast<CollectionIterator*>(info.this_value().as_object()), value);
  return Value(create_iter_result_object(agent, value, !more));
}

namespace {

Completion<bool> iterator_step(Agent& agent, Object* iterator, Root<Value>& value) {
  Value next;
  const bool more = step_collection_iterator(agent, static_cast<CollectionIterator*>(iterator), next);
  value = next;
  return more;
}

constexpr PropertySpec kMapStatics[] = {
    PropertySpec::function("groupBy", map_group_by, 2),
    PropertySpec::getter(WellKnownSymbol::kSpecies, return_this),
};

constexpr PropertySpec kMapPrototype[] = {
    PropertySpec::function("clear", map_clear, 0),
    PropertySpec::function("delete", map_delete, 1),
    PropertySpec::function("entries", map_entries, 0),
    PropertySpec::function("forEach", map_for_each, 1),
    PropertySpec::function("get", map_get, 1),
    PropertySpec::function("getOrInsert", map_get_or_insert, 2),
    PropertySpec::function("getOrInsertComputed", map_get_or_insert_computed, 2),
    PropertySpec::function("has", map_has, 1),
    PropertySpec::function("keys", map_keys, 0),
    PropertySpec::function("set", map_set, 2),
    PropertySpec::getter("size", map_size),
    PropertySpec::function("values", map_values, 0),
    PropertySpec::alias(WellKnownSymbol::kIterator, "entries"),
    PropertySpec::tag("Map"),
};

constexpr PropertySpec kMapIteratorPrototype[] = {
    PropertySpec::function("next", map_iterator_next, 0),
    PropertySpec::tag("Map Iterator"),
};

}  // namespace

void register_map_kinds() {
  gc::register_kind<HashTable>();
  for (CellKind kind : {CellKind::kMap, CellKind::kSet}) gc::register_kind<Collection>(static_cast<uint8_t>(kind));
  for (CellKind kind : {CellKind::kMapIterator, CellKind::kSetIterator}) gc::register_kind<CollectionIterator>(static_cast<uint8_t>(kind));
  g_native_iterations[static_cast<int>(CellKind::kMapIterator)] = {map_iterator_next, iterator_step};
  g_native_iterations[static_cast<int>(CellKind::kSetIterator)] = {set_iterator_next, iterator_step};
}

void initialize_map(Agent& agent, Realm& realm) {
  define_constructor(agent, realm, {
                                       .name = "Map",
                                       .length = 0,
                                       .function = map_constructor,
                                       .constructor = Intrinsic::kMap,
                                       .prototype = Intrinsic::kMapPrototype,
                                       .statics = kMapStatics,
                                       .prototype_properties = kMapPrototype,
                                   });
  Object* iterator_prototype = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kIteratorPrototype));
  realm.set_intrinsic(Intrinsic::kMapIteratorPrototype, iterator_prototype);
  define_properties(agent, realm, iterator_prototype, kMapIteratorPrototype);
}

}  // namespace skein
