// WeakMap, WeakSet, WeakRef and FinalizationRegistry:
// https://tc39.es/ecma262/#sec-weakmap-objects, #sec-weakset-objects, #sec-weak-ref-objects,
// #sec-finalization-registry-objects
#include <algorithm>
#include <unordered_map>
#include <vector>

#include "core/builtins/builtins.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

// https://tc39.es/ecma262/#sec-canbeheldweakly
bool can_be_held_weakly(Value value) {
  if (value.is_object()) return true;
  return value.is_symbol() && !value.as_symbol()->is_registered();
}

// [[WeakMapData]] and [[WeakSetData]]: an ephemeron table outside the heap. A minor collection looks only at what has
// been put into it since the last collection; the rest is old, keys and values.
class WeakCollection final : public Object {
 public:
  static constexpr const char* kKindName = "WeakCollection";
  WeakCollection(Shape* shape, CellKind kind) : Object(shape, kind), table_(new Table) {}

  // Empty when absent.
  Value find(gc::Cell* key) const {
    auto at = table_->find(key);
    return at == table_->end() ? Value::empty() : at->second;
  }
  void put(gc::Heap& heap, gc::Cell* key, Value value) {
    if (table_->insert_or_assign(key, value).second) heap.charge_external_regardless(kEntryBytes);
    table_->recent.push_back(key);
    write_barrier();
  }
  bool remove(gc::Heap& heap, gc::Cell* key) {
    if (table_->erase(key) == 0) return false;
    heap.discharge_external(kEntryBytes);
    return true;
  }

  size_t cell_size() const { return sizeof(WeakCollection); }
  void trace(gc::Visitor& visitor) { trace_properties(visitor); }
  void trace_ephemerons(gc::Visitor& visitor) {
    const auto visit = [&](gc::Cell* key, Value value) {
      if (value.is_cell()) visitor.visit_when_marked(key, value.as_cell());
    };
    if (looks_at_all(visitor.heap())) {
      for (auto& [key, value] : *table_) visit(key, value);
    } else {
      for (gc::Cell* key : table_->recent) visit(key, find(key));
    }
  }
  void sweep_weak(gc::Heap& heap) {
    size_t dead = 0;
    if (looks_at_all(heap)) {
      for (auto at = table_->begin(); at != table_->end();) {
        const bool is_dead = !heap.is_marked(at->first);
        dead += is_dead;
        at = is_dead ? table_->erase(at) : std::next(at);
      }
    } else {
      for (gc::Cell* key : table_->recent)
        if (!heap.is_marked(key)) dead += table_->erase(key);
    }
    heap.discharge_external(dead * kEntryBytes);
    std::vector<gc::Cell*>().swap(table_->recent);
  }
  void finalize(gc::Heap& heap) {
    heap.discharge_external(table_->size() * kEntryBytes);
    delete table_;
  }

 private:
  struct Table : std::unordered_map<gc::Cell*, Value> {
    std::vector<gc::Cell*> recent;  // keys, some of them twice or removed again
  };
  static constexpr size_t kEntryBytes = 48;  // a node and its bucket
  bool looks_at_all(gc::Heap& heap) const { return heap.is_full_collection() || table_->recent.size() >= table_->size(); }
  Table* table_;
};

// https://tc39.es/ecma262/#sec-weak-ref-objects
class WeakRef final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kWeakRef;
  static constexpr const char* kKindName = "WeakRef";
  WeakRef(Shape* shape, Value target) : Object(shape, kKind), target_(target) {}
  Value target() const { return target_; }
  size_t cell_size() const { return sizeof(WeakRef); }
  void trace(gc::Visitor& visitor) { trace_properties(visitor); }
  void sweep_weak(gc::Heap& heap) {
    if (target_.is_cell() && !heap.is_marked(target_.as_cell())) target_ = Value::undefined();
  }

 private:
  Value target_;  // weak
};

// https://tc39.es/ecma262/#sec-finalization-registry-objects
class FinalizationRegistry final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kFinalizationRegistry;
  static constexpr const char* kKindName = "FinalizationRegistry";
  struct Entry {
    Value target;  // weak; empty once it is gone
    Value held;
    Value token;   // weak; empty: none
  };
  FinalizationRegistry(Shape* shape, Agent* agent, Realm* realm, Value cleanup)
      : Object(shape, kKind), agent_(agent), realm_(realm), cleanup_(cleanup), entries_(new std::vector<Entry>) {}
  std::vector<Entry>& entries() { return *entries_; }
  // After entries have come or gone: what they take counts against the heap's limit.
  void recount(gc::Heap& heap) {
    const size_t bytes = entries_->capacity() * sizeof(Entry);
    if (bytes > charged_) heap.charge_external_regardless(bytes - charged_);
    else heap.discharge_external(charged_ - bytes);
    charged_ = bytes;
  }
  Value cleanup() const { return cleanup_; }
  bool is_job_pending = false;

  size_t cell_size() const { return sizeof(FinalizationRegistry); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visitor.visit(realm_);
    visit_value(visitor, cleanup_);
  }
  // Held values are strong, but live outside the heap: seen as ephemerons are.
  void trace_ephemerons(gc::Visitor& visitor) {
    for (Entry& entry : *entries_) visit_value(visitor, entry.held);
  }
  void sweep_weak(gc::Heap& heap) {
    bool found = false;
    for (Entry& entry : *entries_) {
      if (entry.token.is_cell() && !heap.is_marked(entry.token.as_cell())) entry.token = Value::empty();
      if (!entry.target.is_cell() || heap.is_marked(entry.target.as_cell())) continue;
      entry.target = Value::empty();
      found = true;
    }
    if (found && !is_job_pending) enqueue_cleanup();
  }
  void finalize(gc::Heap& heap) {
    heap.discharge_external(charged_);
    delete entries_;
  }

 private:
  // https://tc39.es/ecma262/#sec-host-cleanup-finalization-registry
  void enqueue_cleanup();

  Agent* agent_;
  gc::Member<Realm> realm_;
  ValueSlot cleanup_;
  std::vector<Entry>* entries_;
  size_t charged_ = 0;
};

// https://tc39.es/ecma262/#sec-cleanup-finalization-registry
Completion<Value> run_cleanup(Agent& agent, const Value* data) {
  Root<FinalizationRegistry*> registry(agent, data[0].as<FinalizationRegistry>());
  registry->is_job_pending = false;
  for (;;) {
    auto& entries = registry->entries();
    auto at = std::find_if(entries.begin(), entries.end(), [](auto& entry) { return entry.target.is_empty(); });
    if (at == entries.end()) return Value::undefined();
    Root<Value> held(agent, at->held);
    entries.erase(at);
    TRY(call(agent, registry->cleanup(), Value::undefined(), {held}));
  }
}

void FinalizationRegistry::enqueue_cleanup() {
  is_job_pending = true;
  Job job{};
  job.run = run_cleanup;
  job.realm = realm_;
  job.data[0] = Value(this);
  agent_->enqueue_job(job);
}

Completion<WeakCollection*> this_collection(Agent& agent, const CallInfo& info, CellKind kind, std::string_view method) {
  if (info.this_value().is_kind(kind)) return static_cast<WeakCollection*>(info.this_value().as_object());
  return throw_incompatible_receiver(agent, method, info.this_value());
}

Value find(WeakCollection* collection, Value key) {
  if (!can_be_held_weakly(key)) return Value::empty();
  return collection->find(key.as_cell());
}

Thrown throw_invalid_key(Agent& agent, std::string_view what, Value value) {
  return throw_type_error(agent, {"Invalid value used ", what, ": ", to_display_string(agent, value)});
}

WeakCollection* make_collection(Agent& agent, Object* prototype, CellKind kind) {
  Shape* shape = shape_for_prototype(agent, prototype, kind, sizeof(WeakCollection), 0);
  return agent.heap().make<WeakCollection>(shape, kind);
}

// https://tc39.es/ecma262/#sec-weakmap-iterable
Completion<Value> weak_map_constructor(Agent& agent, const CallInfo& info) {
  if (!info.is_construct()) return throw_requires_new(agent, "WeakMap");
  Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), Intrinsic::kWeakMapPrototype));
  Root<Object*> map(agent, make_collection(agent, prototype, CellKind::kWeakMap));
  if (info[0].is_nullish()) return Value(map.get());
  Root<Value> adder(agent, TRY(get(agent, map, agent.names().set)));
  if (!is_callable(adder)) return throw_not_a_method(agent, adder, map.get(), agent.names().set);
  IteratorRecord record(agent);
  TRY(get_iterator(agent, info[0], IteratorKind::kSync, record));
  Root<Value> next(agent), key(agent);
  while (TRY(iterator_step_value(agent, record, next))) {
    auto add_entry = [&]() -> Completion<void> {
      if (!next.get().is_object()) return throw_type_error(agent, {"Iterator value ", to_display_string(agent, next), " is not an entry object"});
      key = TRY(get(agent, next.get().as_object(), PropertyKey::index(0)));
      Value value = TRY(get(agent, next.get().as_object(), PropertyKey::index(1)));
      TRY(call(agent, adder, Value(map.get()), {key, value}));
      return {};
    };
    if (add_entry().is_thrown()) return iterator_close_throwing(agent, record);
  }
  return Value(map.get());
}

Completion<Value> weak_map_delete(Agent& agent, const CallInfo& info) {
  WeakCollection* map = TRY(this_collection(agent, info, CellKind::kWeakMap, "WeakMap.prototype.delete"));
  return Value::boolean(can_be_held_weakly(info[0]) && map->remove(agent.heap(), info[0].as_cell()));
}
Completion<Value> weak_map_get(Agent& agent, const CallInfo& info) {
  Value value = find(TRY(this_collection(agent, info, CellKind::kWeakMap, "WeakMap.prototype.get")), info[0]);
  return value.is_empty() ? Value::undefined() : value;
}
Completion<Value> weak_map_has(Agent& agent, const CallInfo& info) {
  return Value::boolean(!find(TRY(this_collection(agent, info, CellKind::kWeakMap, "WeakMap.prototype.has")), info[0]).is_empty());
}
Completion<Value> weak_map_set(Agent& agent, const CallInfo& info) {
  WeakCollection* map = TRY(this_collection(agent, info, CellKind::kWeakMap, "WeakMap.prototype.set"));
  if (!can_be_held_weakly(info[0])) return throw_invalid_key(agent, "as weak map key", info[0]);
  map->put(agent.heap(), info[0].as_cell(), info[1]);
  return info.this_value();
}
Completion<Value> weak_map_get_or_insert(Agent& agent, const CallInfo& info) {
  WeakCollection* map = TRY(this_collection(agent, info, CellKind::kWeakMap, "WeakMap.prototype.getOrInsert"));
  if (!can_be_held_weakly(info[0])) return throw_invalid_key(agent, "as weak map key", info[0]);
  Value present = map->find(info[0].as_cell());
  if (!present.is_empty()) return present;
  map->put(agent.heap(), info[0].as_cell(), info[1]);
  return info[1];
}
Completion<Value> weak_map_get_or_insert_computed(Agent& agent, const CallInfo& info) {
  WeakCollection* map = TRY(this_collection(agent, info, CellKind::kWeakMap, "WeakMap.prototype.getOrInsertComputed"));
  if (!can_be_held_weakly(info[0])) return throw_invalid_key(agent, "as weak map key", info[0]);
  if (!is_callable(info[1])) return throw_not_callable(agent, info[1]);
  Value value = find(map, info[0]);
  if (!value.is_empty()) return value;
  value = TRY(call(agent, info[1], Value::undefined(), {info[0]}));
  map->put(agent.heap(), info[0].as_cell(), value);
  return value;
}

// https://tc39.es/ecma262/#sec-weakset-iterable
Completion<Value> weak_set_constructor(Agent& agent, const CallInfo& info) {
  if (!info.is_construct()) return throw_requires_new(agent, "WeakSet");
  Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), Intrinsic::kWeakSetPrototype));
  Root<Object*> set(agent, make_collection(agent, prototype, CellKind::kWeakSet));
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

Completion<Value> weak_set_add(Agent& agent, const CallInfo& info) {
  WeakCollection* set = TRY(this_collection(agent, info, CellKind::kWeakSet, "WeakSet.prototype.add"));
  if (!can_be_held_weakly(info[0])) return throw_invalid_key(agent, "in weak set", info[0]);
  set->put(agent.heap(), info[0].as_cell(), Value::boolean(true));
  return info.this_value();
}
Completion<Value> weak_set_delete(Agent& agent, const CallInfo& info) {
  WeakCollection* set = TRY(this_collection(agent, info, CellKind::kWeakSet, "WeakSet.prototype.delete"));
  return Value::boolean(can_be_held_weakly(info[0]) && set->remove(agent.heap(), info[0].as_cell()));
}
Completion<Value> weak_set_has(Agent& agent, const CallInfo& info) {
  return Value::boolean(!find(TRY(this_collection(agent, info, CellKind::kWeakSet, "WeakSet.prototype.has")), info[0]).is_empty());
}

// https://tc39.es/ecma262/#sec-weak-ref-target
Completion<Value> weak_ref_constructor(Agent& agent, const CallInfo& info) {
  if (!info.is_construct()) return throw_requires_new(agent, "WeakRef");
  if (!can_be_held_weakly(info[0])) return throw_type_error(agent, "WeakRef: target must be an object or a non-registered symbol");
  Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), Intrinsic::kWeakRefPrototype));
  WeakRef* reference = make_builtin<WeakRef>(agent, prototype, info[0]);
  agent.add_to_kept_objects(info[0]);
  return Value(reference);
}
Completion<Value> weak_ref_deref(Agent& agent, const CallInfo& info) {
  if (!info.this_value().is_kind(CellKind::kWeakRef)) return throw_incompatible_receiver(agent, "WeakRef.prototype.deref", info.this_value());
  Value target = info.this_value().as<WeakRef>()->target();
  if (!target.is_undefined()) agent.add_to_kept_objects(target);
  return target;
}

// https://tc39.es/ecma262/#sec-finalization-registry-cleanup-callback
Completion<Value> registry_constructor(Agent& agent, const CallInfo& info) {
  if (!info.is_construct()) return throw_requires_new(agent, "FinalizationRegistry");
  if (!is_callable(info[0])) return throw_type_error(agent, "FinalizationRegistry: cleanup must be callable");
  Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), Intrinsic::kFinalizationRegistryPrototype));
  return Value(make_builtin<FinalizationRegistry>(agent, prototype, &agent, agent.realm(), info[0]));
}
Completion<FinalizationRegistry*> this_registry(Agent& agent, const CallInfo& info, std::string_view method) {
  if (info.this_value().is_kind(CellKind::kFinalizationRegistry)) return info.this_value().as<FinalizationRegistry>();
  return throw_incompatible_receiver(agent, method, info.this_value());
}
Completion<Value> registry_register(Agent& agent, const CallInfo& info) {
  FinalizationRegistry* registry = TRY(this_registry(agent, info, "FinalizationRegistry.prototype.register"));
  if (!can_be_held_weakly(info[0])) return throw_type_error(agent, "FinalizationRegistry.prototype.register: invalid target");
  if (same_value(info[0], info[1])) return throw_type_error(agent, "FinalizationRegistry.prototype.register: target and holdings must not be same");
  if (!can_be_held_weakly(info[2]) && !info[2].is_undefined())
    return throw_type_error(agent, {"Invalid unregisterToken ('", to_display_string(agent, info[2]), "')"});
  auto& entries = registry->entries();
  if (entries.size() == entries.capacity()) {
    const size_t growth = 2 * entries.capacity() * sizeof(FinalizationRegistry::Entry);
    TRY(make_room(agent, growth));
    if (growth > agent.heap().room()) return throw_out_of_memory(agent);
  }
  registry->entries().push_back({info[0], info[1], info[2].is_undefined() ? Value::empty() : info[2]});
  registry->recount(agent.heap());
  registry->write_barrier();
  return Value::undefined();
}
Completion<Value> registry_unregister(Agent& agent, const CallInfo& info) {
  FinalizationRegistry* registry = TRY(this_registry(agent, info, "FinalizationRegistry.prototype.unregister"));
  if (!can_be_held_weakly(info[0])) return throw_type_error(agent, {"Invalid unregisterToken ('", to_display_string(agent, info[0]), "')"});
  size_t removed = std::erase_if(registry->entries(), [&](auto& entry) { return entry.token == info[0]; });
  return Value::boolean(removed != 0);
}

constexpr PropertySpec kWeakMapPrototype[] = {
    PropertySpec::function("delete", weak_map_delete, 1),
    PropertySpec::function("get", weak_map_get, 1),
    PropertySpec::function("getOrInsert", weak_map_get_or_insert, 2),
    PropertySpec::function("getOrInsertComputed", weak_map_get_or_insert_computed, 2),
    PropertySpec::function("has", weak_map_has, 1),
    PropertySpec::function("set", weak_map_set, 2),
    PropertySpec::tag("WeakMap"),
};
constexpr PropertySpec kWeakSetPrototype[] = {
    PropertySpec::function("add", weak_set_add, 1),
    PropertySpec::function("delete", weak_set_delete, 1),
    PropertySpec::function("has", weak_set_has, 1),
    PropertySpec::tag("WeakSet"),
};
constexpr PropertySpec kWeakRefPrototype[] = {
    PropertySpec::function("deref", weak_ref_deref, 0),
    PropertySpec::tag("WeakRef"),
};
constexpr PropertySpec kRegistryPrototype[] = {
    PropertySpec::function("register", registry_register, 2),
    PropertySpec::function("unregister", registry_unregister, 1),
    PropertySpec::tag("FinalizationRegistry"),
};

void define(Agent& agent, Realm& realm, const char* name, uint8_t length, NativeFunctionPointer code, Intrinsic constructor,
            Intrinsic prototype, std::span<const PropertySpec> properties) {
  define_constructor(agent, realm, {
                                       .name = name,
                                       .length = length,
                                       .function = code,
                                       .constructor = constructor,
                                       .prototype = prototype,
                                       .prototype_properties = properties,
                                   });
}

}  // namespace

void register_weak_collections_kinds() {
  gc::register_kind<WeakCollection>(static_cast<uint8_t>(CellKind::kWeakMap));
  gc::register_kind<WeakCollection>(static_cast<uint8_t>(CellKind::kWeakSet));
  gc::register_kind<WeakRef>();
  gc::register_kind<FinalizationRegistry>();
}

void initialize_weak_collections(Agent& agent, Realm& realm) {
  define(agent, realm, "WeakMap", 0, weak_map_constructor, Intrinsic::kWeakMap, Intrinsic::kWeakMapPrototype, kWeakMapPrototype);
  define(agent, realm, "WeakSet", 0, weak_set_constructor, Intrinsic::kWeakSet, Intrinsic::kWeakSetPrototype, kWeakSetPrototype);
  define(agent, realm, "WeakRef", 1, weak_ref_constructor, Intrinsic::kWeakRef, Intrinsic::kWeakRefPrototype, kWeakRefPrototype);
  define(agent, realm, "FinalizationRegistry", 1, registry_constructor, Intrinsic::kFinalizationRegistry,
         Intrinsic::kFinalizationRegistryPrototype, kRegistryPrototype);
}

}  // namespace skein
