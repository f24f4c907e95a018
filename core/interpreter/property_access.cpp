// Property access beyond what the caches in the loop answer: filling them, and the general case.
#include <utility>

#include "core/interpreter/slow_paths.h"
#include "core/runtime/elements.h"
#include "core/runtime/errors.h"

namespace skein {

namespace {

// Whether [[Get]] and [[Set]] of this object treat `key` as ordinary objects do. Materialises what is lazy.
bool is_plain_for(Agent& agent, Object* object, PropertyKey key) {
  switch (object->kind()) {
    case CellKind::kObject:
    case CellKind::kGlobalObject:
      return true;
    case CellKind::kArray:
    case CellKind::kStringObject:
      return key != PropertyKey(agent.names().length);
    case CellKind::kClosure: {
      auto* closure = static_cast<Closure*>(object);
      if (closure->has_lazy_prototype() && key == PropertyKey(agent.names().prototype)) closure->materialize_prototype(agent);
      // See legacy_functions.cpp; what is found further on must not be cached for these.
      return key != PropertyKey(agent.names().caller) && key != PropertyKey(agent.names().arguments);
    }
    case CellKind::kArguments:
      return true;
    case CellKind::kTypedArray:
      return key.is_symbol() || !canonical_numeric_index(key).has_value();
    default: {
      const InternalMethods& methods = object->methods();
      return methods.get == kOrdinaryInternalMethods.get && methods.set == kOrdinaryInternalMethods.set &&
             methods.get_own_property == kOrdinaryInternalMethods.get_own_property &&
             methods.define_own_property == kOrdinaryInternalMethods.define_own_property &&
             methods.has_property == kOrdinaryInternalMethods.has_property &&
             methods.get_prototype_of == kOrdinaryInternalMethods.get_prototype_of;
    }
  }
}

struct NamedLookup {
  bool is_plain = true;  // else some object on the way has its own idea, and nothing below is said
  Object* holder = nullptr;  // null: absent
  PropertyLocation location;
};

NamedLookup look_up(Agent& agent, Object* start, PropertyKey key) {
  NamedLookup result;
  for (Object* object = start; object != nullptr; object = object->prototype()) {
    if (!is_plain_for(agent, object, key)) {
      result.is_plain = false;
      return result;
    }
    if (PropertyLocation location = object->lookup(key)) {
      result.holder = object;
      result.location = location;
      return result;
    }
  }
  return result;
}

// Whether what was found beyond the start object may be cached under its shape.
bool can_cache_beyond(Object* start) { return !start->shape()->is_owned() || start->has_flag(Object::kUsedAsPrototype); }

CacheEntry make_entry(Agent& agent, Object* start, const NamedLookup& found) {
  CacheEntry entry;
  if (found.holder != start && !can_cache_beyond(start)) return entry;
  entry.epoch = agent.prototype_epoch();
  if (found.holder == nullptr) {
    entry.kind = CacheKind::kAbsent;
  } else {
    bool out_of_line;
    entry.offset = cached_offset(found.holder->shape(), found.location.slot, &out_of_line);
    int kind = (out_of_line ? kCacheOutOfLine : 0) | (found.holder == start ? 0 : kCacheHolder) |
               (found.location.attributes & kAccessorProperty ? kCacheAccessor : 0);
    entry.kind = static_cast<CacheKind>(kind);
    entry.holder = found.holder;
  }
  entry.shape = start->shape_reference();
  return entry;
}

CacheEntry make_add_entry(Agent& agent, Shape* before, Shape* after) {
  CacheEntry entry;
  entry.shape = before->reference();
  entry.epoch = agent.prototype_epoch();
  bool out_of_line;
  entry.offset = cached_offset(after, after->slot_count() - 1, &out_of_line);
  entry.kind = out_of_line ? CacheKind::kAddOutOfLine : CacheKind::kAddInline;
  entry.next_shape = after;
  return entry;
}

bool is_valid(Agent& agent, const CacheEntry& entry) {
  const int kind = static_cast<int>(entry.kind);
  return (kind < 8 && !(kind & kCacheHolder)) || entry.epoch == agent.prototype_epoch();
}

// `shared` takes what the cache has no room for; null: forget it.
void remember(Interpreter& vm, InlineCache& cache, MegamorphicCache* shared, PropertyKey key, const CacheEntry& entry) {
  if (entry.shape == 0) return;
  vm.frame->code->write_barrier();
  if (cache.is_megamorphic) {
    if (shared != nullptr) shared->remember(key, entry);
    return;
  }
  if (cache.entry.shape == 0 || cache.entry.shape == entry.shape) {
    cache.entry = entry;
    return;
  }
  if (cache.more == nullptr) cache.more = new CacheEntry[InlineCache::kMoreEntries];
  for (int i = 0; i < InlineCache::kMoreEntries; ++i) {
    if (cache.more[i].shape == 0 || cache.more[i].shape == entry.shape) {
      cache.more[i] = entry;
      return;
    }
  }
  cache.is_megamorphic = true;
  if (shared != nullptr) shared->remember(key, entry);
}

// A valid entry for the shape beside the cache's first, or null. What is found here again and again
// takes the first place: objects made early in a program often have shapes that never come back.
[[gnu::always_inline]] inline const CacheEntry* probe(Interpreter& vm, InlineCache& cache, MegamorphicCache* shared, uint32_t shape,
                                                      PropertyKey key) {
  constexpr uint8_t kHitsToMove = 16;
  if (cache.more != nullptr) {
    for (int i = 0; i < InlineCache::kMoreEntries; ++i) {
      if (cache.more[i].shape != shape || !is_valid(vm.agent, cache.more[i])) continue;
      if (++cache.hits_beside < kHitsToMove) return &cache.more[i];
      cache.hits_beside = 0;
      std::swap(cache.entry, cache.more[i]);
      return &cache.entry;
    }
  }
  if (cache.is_megamorphic && shared != nullptr) {
    const CacheEntry* entry = shared->find(shape, key);
    if (entry != nullptr && is_valid(vm.agent, *entry)) return entry;
  }
  return nullptr;
}

// The object that lookup in a primitive starts at; null for undefined and null.
Object* prototype_of_primitive(Agent& agent, Value value) {
  Realm* realm = agent.realm();
  if (value.is_string()) return realm->intrinsic(Intrinsic::kStringPrototype);
  if (value.is_number()) return realm->intrinsic(Intrinsic::kNumberPrototype);
  if (value.is_boolean()) return realm->intrinsic(Intrinsic::kBooleanPrototype);
  if (value.is_symbol()) return realm->intrinsic(Intrinsic::kSymbolPrototype);
  if (value.is_bigint()) return realm->intrinsic(Intrinsic::kBigIntPrototype);
  return nullptr;
}

Completion<Value> call_getter(Interpreter& vm, Value accessor, Value receiver) {
  Value getter = accessor.as<Accessor>()->getter;
  if (getter.is_undefined()) return Value::undefined();
  return call(vm.agent, getter, receiver);
}

Completion<Value> value_of(Interpreter& vm, Object* holder, const PropertyLocation& location, Value receiver) {
  Value value = holder->slot(location.slot);
  if (location.attributes & kAccessorProperty) [[unlikely]] return call_getter(vm, value, receiver);
  return value;
}

// The key as a PropertyKey if that takes no script and no object: integers, strings, symbols.
PropertyKey simple_key(Agent& agent, Value key) {
  if (key.is_int32()) {
    if (key.as_int32() >= 0) return PropertyKey::index(static_cast<uint32_t>(key.as_int32()));
  } else if (key.is_string()) {
    return to_property_key(agent, key.as_string());
  } else if (key.is_symbol()) {
    return key.as_symbol();
  } else if (key.is_double()) {
    double number = key.as_double();
    if (number >= 0 && number < 4294967295.0 && number == static_cast<uint32_t>(number))
      return PropertyKey::index(static_cast<uint32_t>(number));
  }
  return PropertyKey();
}

Completion<PropertyKey> any_key(Agent& agent, Value value) {
  PropertyKey key = simple_key(agent, value);
  if (!key.is_none()) return key;
  return to_property_key(agent, value);
}

[[gnu::always_inline]] inline Completion<Value> read_entry(Interpreter& vm, const CacheEntry& entry, Object* start, Value receiver) {
  if (entry.kind == CacheKind::kAbsent) return Value::undefined();
  const int kind = static_cast<int>(entry.kind);
  Value value = *cached_slot(kind & kCacheHolder ? entry.holder : start, entry);
  if (kind & kCacheAccessor) return call_getter(vm, value, receiver);
  return value;
}

}  // namespace

Completion<Value> read_cached(Interpreter& vm, const CacheEntry& entry, Object* start, Value receiver) {
  return read_entry(vm, entry, start, receiver);
}

Completion<Value> get_property_slow(Interpreter& vm, Value object, PropertyKey key, InlineCache& cache) {
  Agent& agent = vm.agent;
  Object* start;
  if (object.is_object()) [[likely]] {
    start = object.as_object();
    // What its trap answers is never cached.
    if (start->kind() == CellKind::kProxy) return get(agent, start, key, object);
  } else {
    start = prototype_of_primitive(agent, object);
    if (start == nullptr) return throw_cannot_read(vm, object, key);
    if (object.is_string() && key == PropertyKey(agent.names().length))
      return Value::int32(static_cast<int32_t>(object.as_string()->length()));
    const CacheEntry& entry = cache.entry;
    if (entry.shape == start->shape_reference() && is_valid(agent, entry)) return read_cached(vm, entry, start, object);
  }
  if (const CacheEntry* entry = probe(vm, cache, &vm.megamorphic_gets, start->shape_reference(), key)) return read_entry(vm, *entry, start, object);
  NamedLookup found = look_up(agent, start, key);
  if (!found.is_plain) return get(agent, start, key, object);
  remember(vm, cache, &vm.megamorphic_gets, key, make_entry(agent, start, found));
  if (found.holder == nullptr) return Value::undefined();
  return value_of(vm, found.holder, found.location, object);
}

Completion<Value> get_element_slow(Interpreter& vm, Value object, Value key) {
  Agent& agent = vm.agent;
  Object* start;
  if (object.is_object()) [[likely]] {
    start = object.as_object();
  } else {
    if (object.is_string() && key.is_int32()) {
      String* string = object.as_string();
      uint32_t index = static_cast<uint32_t>(key.as_int32());
      if (index < string->length()) {
        char16_t unit = string->unit_at(index);
        if (unit < 256) return agent.atoms().single(static_cast<uint8_t>(unit));
        return new_string(agent.heap(), StringView(&unit, 1));
      }
    }
    start = prototype_of_primitive(agent, object);
    if (start == nullptr) return throw_cannot_read(vm, object, key);
  }
  PropertyKey property = simple_key(agent, key);
  if (property.is_none()) {
    property = TRY(to_property_key(agent, key));
    if (!object.is_object()) start = prototype_of_primitive(agent, object);
  }
  if (property.is_index()) {
    if (!object.is_object()) return get_v(agent, object, property);
    return get(agent, start, property, object);
  }
  if (object.is_string() && property == PropertyKey(agent.names().length))
    return Value::int32(static_cast<int32_t>(object.as_string()->length()));
  // Computed names share the megamorphic cache.
  const CacheEntry* entry = vm.megamorphic_gets.find(start->shape_reference(), property);
  if (entry != nullptr && is_valid(agent, *entry)) return read_cached(vm, *entry, start, object);
  NamedLookup found = look_up(agent, start, property);
  if (!found.is_plain) return get(agent, start, property, object);
  CacheEntry fresh = make_entry(agent, start, found);
  if (fresh.shape != 0) vm.megamorphic_gets.remember(property, fresh);
  if (found.holder == nullptr) return Value::undefined();
  return value_of(vm, found.holder, found.location, object);
}

namespace {

Completion<void> put_on_primitive(Interpreter& vm, Value object, PropertyKey key, Value value, bool strict) {
  Agent& agent = vm.agent;
  Object* start = prototype_of_primitive(agent, object);
  if (start == nullptr) return throw_cannot_set(vm, object, key);
  Root<PropertyKey> kept_key(agent, key);
  bool done = false;
  if (object.is_string()) {
    // A String object has own properties that refuse.
    done = TRY(set_with_receiver(agent, TRY(to_object(agent, object)), key, value, object));
  } else {
    done = TRY(set_with_receiver(agent, start, key, value, object));
  }
  if (!done && strict) {
    if (object.is_string() && (key == PropertyKey(agent.names().length) || (key.is_index() && key.as_index() < object.as_string()->length())))
      return throw_type_error(agent, {"Cannot assign to read only property '", key.to_display(), "' of string '", plain_text(agent, object), "'"});
    return throw_type_error(agent, {"Cannot create property '", key.to_display(), "' on ", type_of(agent, object)->to_utf8(),
                                    " '", plain_text(agent, object), "'"});
  }
  return {};
}

Completion<void> set_generic(Interpreter& vm, Object* object, PropertyKey key, Value value, bool strict) {
  Root<PropertyKey> kept_key(vm.agent, key);
  bool done = TRY(set_with_receiver(vm.agent, object, key, value, object));
  if (!done && strict) return throw_assignment_error(vm.agent, object, key);
  return {};
}

Completion<void> call_setter(Interpreter& vm, Object* object, PropertyKey key, Value accessor, Value value, bool strict) {
  Value setter = accessor.as<Accessor>()->setter;
  if (setter.is_undefined()) {
    if (strict)
      return throw_type_error(vm.agent, {"Cannot set property ", key.to_display(), " of ", to_display_string(vm.agent, object),
                                         " which has only a getter"});
    return {};
  }
  TRY(call(vm.agent, setter, object, {value}));
  return {};
}

// Stores through a valid entry of a put; true when it has.
bool store_cached(Interpreter& vm, const CacheEntry& entry, Object* object, Value value) {
  switch (entry.kind) {
    case CacheKind::kOwnInline:
    case CacheKind::kOwnOutOfLine:
      *cached_slot(object, entry) = value;
      if (entry.kind == CacheKind::kOwnInline) object->write_barrier(cell_or_null(value));
      else object->out_of_line_slots()->write_barrier_at(cached_slot(object, entry), cell_or_null(value));
      return true;
    case CacheKind::kAddInline:
    case CacheKind::kAddOutOfLine:
      if (object->has_flag(Object::kNotExtensible)) return false;
      object->add_by_transition(vm.agent, entry.next_shape, value);
      return true;
    default:
      return false;
  }
}

bool is_setter(const CacheEntry& entry) {
  return entry.kind >= CacheKind::kOwnInlineAccessor && entry.kind <= CacheKind::kHolderOutOfLineAccessor;
}

bool put_entry_is_valid(Agent& agent, const CacheEntry& entry) {
  return entry.kind <= CacheKind::kOwnOutOfLine || entry.epoch == agent.prototype_epoch();
}

}  // namespace

Completion<void> put_property_slow(Interpreter& vm, Value base, PropertyKey key, Value value, bool strict, InlineCache& cache) {
  Agent& agent = vm.agent;
  if (!base.is_object()) return put_on_primitive(vm, base, key, value, strict);
  Object* object = base.as_object();
  // The loop itself knows no setters.
  const CacheEntry* cached = is_setter(cache.entry) && cache.entry.shape == object->shape_reference() && is_valid(agent, cache.entry)
                                 ? &cache.entry
                                 : probe(vm, cache, &vm.megamorphic_puts, object->shape_reference(), key);
  if (cached != nullptr) {
    if (is_setter(*cached)) {
      Object* holder = static_cast<int>(cached->kind) & kCacheHolder ? cached->holder : object;
      return call_setter(vm, object, key, *cached_slot(holder, *cached), value, strict);
    }
    if (put_entry_is_valid(agent, *cached) && store_cached(vm, *cached, object, value)) return {};
  }
  if (auto* closure = object->as_if<Closure>(); closure != nullptr && closure->has_lazy_prototype())
    closure->materialize_prototype(agent);

  NamedLookup found = look_up(agent, object, key);
  if (!found.is_plain) return set_generic(vm, object, key, value, strict);
  if (found.holder != nullptr) {
    if (found.location.attributes & kAccessorProperty) {
      remember(vm, cache, &vm.megamorphic_puts, key, make_entry(agent, object, found));
      return call_setter(vm, object, key, found.holder->slot(found.location.slot), value, strict);
    }
    if (!(found.location.attributes & kWritable)) {
      if (strict) return throw_assignment_error(agent, object, key);
      return {};
    }
    if (found.holder == object) {
      remember(vm, cache, &vm.megamorphic_puts, key, make_entry(agent, object, found));
      object->set_slot(found.location.slot, value);
      return {};
    }
  }
  // https://tc39.es/ecma262/#sec-ordinarysetwithowndescriptor, step 3.d: a new own property.
  if (object->has_flag(Object::kNotExtensible)) {
    if (strict)
      return throw_type_error(agent, {"Cannot add property ", key.to_display(), ", object is not extensible"});
    return {};
  }
  Shape* before = object->shape();
  TRY(object->try_add_property(agent, key, value, kDefaultAttributes));
  Shape* after = object->shape();
  if (!before->is_owned() && !after->is_owned()) {
    remember(vm, cache, &vm.megamorphic_puts, key, make_add_entry(agent, before, after));
  }
  return {};
}

Completion<void> put_element_slow(Interpreter& vm, Value base, Value key_value, Value value, bool strict) {
  Agent& agent = vm.agent;
  if (base.is_nullish()) return throw_cannot_set(vm, base, key_value);
  PropertyKey key = TRY(any_key(agent, key_value));
  if (!base.is_object()) return put_on_primitive(vm, base, key, value, strict);
  Object* object = base.as_object();
  if (key.is_index()) {
    if (auto* array = object->as_if<Array>(); array != nullptr && !agent.prototypes_have_indices && array->is_simple()) {
      if (key.as_index() == array->length() && append_to_array(agent, array, value)) return {};
    }
    return set_generic(vm, object, key, value, strict);
  }
  NamedLookup found = look_up(agent, object, key);
  if (found.is_plain && found.holder == object && (found.location.attributes & (kWritable | kAccessorProperty)) == kWritable) {
    object->set_slot(found.location.slot, value);
    return {};
  }
  return set_generic(vm, object, key, value, strict);
}

// --- The rest --------------------------------------------------------------------------------------------

Completion<Value> delete_property_slow(Interpreter& vm, Value base, Value key_value, bool strict) {
  Agent& agent = vm.agent;
  if (base.is_nullish())
    return throw_type_error(agent, {"Cannot convert undefined or null to object"});
  Root<Object*> object(agent, TRY(to_object(agent, base)));
  Root<PropertyKey> key(agent, TRY(any_key(agent, key_value)));
  bool deleted = TRY(delete_property(agent, object, key));
  if (!deleted && strict)
    return throw_deletion_error(agent, object, key);
  return Value::boolean(deleted);
}

// https://tc39.es/ecma262/#sec-relational-operators-runtime-semantics-evaluation, `in`
Completion<Value> has_property_slow(Interpreter& vm, Value key_value, Value base) {
  Agent& agent = vm.agent;
  if (!base.is_object()) {
    return throw_type_error(agent, {"Cannot use 'in' operator to search for '", plain_text(agent, key_value), "' in ",
                                    plain_text(agent, base)});
  }
  PropertyKey key = TRY(any_key(agent, key_value));
  Object* object = base.as_object();
  if (key.is_index()) {
    const bool is_present = !object->has_flag(Object::kExoticIndices) && !object->dense_element_or_empty(key.as_index()).is_empty();
    const bool is_all = object->kind() == CellKind::kArray && !object->is_sparse() && !agent.prototypes_have_indices;
    return Value::boolean(is_present || (!is_all && TRY(has_property(agent, object, key))));
  }
  // OPTIMIZATION: as computed names are read.
  const CacheEntry* entry = vm.megamorphic_gets.find(object->shape_reference(), key);
  if (entry != nullptr && is_valid(agent, *entry)) return Value::boolean(entry->kind != CacheKind::kAbsent);
  NamedLookup found = look_up(agent, object, key);
  if (!found.is_plain) return Value::boolean(TRY(has_property(agent, object, key)));
  CacheEntry fresh = make_entry(agent, object, found);
  if (fresh.shape != 0) vm.megamorphic_gets.remember(key, fresh);
  return Value::boolean(found.holder != nullptr);
}

namespace {

// Whether target[@@hasInstance] is that of %Function.prototype%, which cannot be changed.
bool has_ordinary_instances(Interpreter& vm, Object* target, Realm* realm) {
  Agent& agent = vm.agent;
  const PropertyKey key(agent.well_known(WellKnownSymbol::kHasInstance));
  Object* function_prototype = realm->intrinsic(Intrinsic::kFunctionPrototype);
  const CacheEntry* entry = vm.megamorphic_gets.find(target->shape_reference(), key);
  if (entry != nullptr && is_valid(agent, *entry)) {
    return (entry->kind == CacheKind::kHolderInline || entry->kind == CacheKind::kHolderOutOfLine) && entry->holder == function_prototype;
  }
  NamedLookup found = look_up(agent, target, key);
  if (!found.is_plain) return false;
  CacheEntry fresh = make_entry(agent, target, found);
  if (fresh.shape != 0) vm.megamorphic_gets.remember(key, fresh);
  return found.holder == function_prototype;
}

// The `prototype` of a constructor without ideas of its own about instances; undefined where that is not plain.
Value prototype_for_instances(Interpreter& vm, Value target) {
  if (auto* closure = target.as_if<Closure>()) {
    if (closure->code()->construct_kind() == Code::ConstructKind::kNone || !has_ordinary_instances(vm, closure, closure->code()->realm()))
      return Value::undefined();
    if (closure->has_lazy_prototype()) closure->materialize_prototype(vm.agent);
    return closure->prototype_property();
  }
  auto* native = target.as_if<NativeFunction>();
  if (native == nullptr || !has_ordinary_instances(vm, native, native->realm())) return Value::undefined();
  PropertyLocation location = native->lookup(vm.agent.names().prototype);
  if (!location || (location.attributes & kAccessorProperty)) return Value::undefined();
  return native->slot(location.slot);
}

}  // namespace

// https://tc39.es/ecma262/#sec-instanceofoperator
Completion<bool> instance_of_cached(Interpreter& vm, Value value, Value target) {
  // OPTIMIZATION: OrdinaryHasInstance of a function whose `prototype` is an object, along ordinary objects.
  const Value prototype = value.is_object() ? prototype_for_instances(vm, target) : Value::undefined();
  if (!prototype.is_object()) return instance_of(vm.agent, value, target);
  for (Object* object = value.as_object();;) {
    if (object->methods().get_prototype_of != kOrdinaryInternalMethods.get_prototype_of) return instance_of(vm.agent, value, target);
    object = object->prototype();
    if (object == nullptr) return false;
    if (object == prototype.as_object()) return true;
  }
}

Completion<Value> get_method_or_undefined_slow(Interpreter& vm, Value object, PropertyKey key) {
  return get_method(vm.agent, object, key);
}

Completion<Value> get_super_base(Interpreter& vm, Value home) {
  if (!home.is_object()) return Value::undefined();
  bool is_null = false;
  Object* prototype = TRY(get_prototype_of(vm.agent, home.as_object(), &is_null));
  return is_null ? Value::null() : Value(prototype);
}

Completion<Value> get_super(Interpreter& vm, Value base, Value key_value, Value receiver) {
  Agent& agent = vm.agent;
  PropertyKey key = TRY(any_key(agent, key_value));
  if (base.is_nullish()) return throw_cannot_read(vm, base, key);
  return get(agent, base.as_object(), key, receiver);
}

Completion<void> put_super(Interpreter& vm, Value base, Value key_value, Value value, Value receiver, bool strict) {
  Agent& agent = vm.agent;
  Root<PropertyKey> key(agent, TRY(any_key(agent, key_value)));
  if (base.is_nullish()) return throw_cannot_set(vm, base, key.get());
  bool done = TRY(set_with_receiver(agent, base.as_object(), key, value, receiver));
  if (!done && strict) {
    if (receiver.is_object()) return throw_assignment_error(agent, receiver.as_object(), key);
    return throw_cannot_set(vm, receiver, key.get());
  }
  return {};
}

Completion<Value> to_property_key_value(Interpreter& vm, Value key) {
  if (!key.is_object()) return key;
  return TRY(to_property_key(vm.agent, key)).to_value(vm.agent);
}

Completion<Value> prepare_element(Interpreter& vm, Value object, Value key) {
  if (object.is_nullish()) return throw_cannot_read(vm, object, key);
  return to_property_key_value(vm, key);
}

// https://tc39.es/ecma262/#sec-createdatapropertyorthrow
Completion<void> define_field(Interpreter& vm, Value base, PropertyKey key, Value value, InlineCache& cache) {
  Agent& agent = vm.agent;
  Object* object = base.as_object();
  const bool is_fresh = object->kind() == CellKind::kObject && !object->has_flag(Object::kNotExtensible);
  if (!is_fresh) return create_data_property_or_throw(agent, object, key, value);
  const CacheEntry* cached = probe(vm, cache, nullptr, object->shape_reference(), key);
  if (cached != nullptr && cached->kind >= CacheKind::kAddInline && store_cached(vm, *cached, object, value)) return {};
  if (object->lookup(key)) return create_data_property_or_throw(agent, object, key, value);
  Shape* before = object->shape();
  TRY(object->try_add_property(agent, key, value, kDefaultAttributes));
  Shape* after = object->shape();
  if (!before->is_owned() && !after->is_owned()) {
    // Not for the shared table: definitions do not look at prototypes, puts do.
    remember(vm, cache, nullptr, key, make_add_entry(agent, before, after));
  }
  return {};
}

}  // namespace skein
