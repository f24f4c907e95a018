#include "core/runtime/plain_objects.h"

#include <algorithm>

namespace skein {

// --- ShapeKeysCache ---------------------------------------------------------------------------------------

namespace {

void list_properties(ShapeKeys& keys, Shape* shape) {
  std::vector<PropertyTable::Entry> all;
  shape->collect_properties(all);
  keys.is_record = true;
  for (const auto& entry : all) {
    if (!entry.key.is_atom() || entry.attributes != kDefaultAttributes) keys.is_record = false;
    if (!entry.key.is_atom()) continue;
    if (entry.attributes & kEnumerable) keys.properties.push_back(entry);
    else keys.has_hidden_names = true;
  }
  const size_t name_count = keys.properties.size();
  for (const auto& entry : all)
    if (entry.key.is_symbol() && !entry.key.is_private() && (entry.attributes & kEnumerable)) keys.properties.push_back(entry);
  for (const auto& entry : keys.properties) keys.has_accessors |= (entry.attributes & kAccessorProperty) != 0;

  keys.names = ValueArray::make(gc::Heap::of(shape), static_cast<uint32_t>(name_count));
  for (size_t i = 0; i < name_count; ++i) keys.names->set(static_cast<uint32_t>(i), keys.properties[i].key.as_atom());
}

}  // namespace

ShapeKeys& ShapeKeysCache::keys_of(Shape* shape) {
  SKEIN_DCHECK(!shape->is_owned());
  ShapeKeys& keys = entries_[slot_of(shape, entries_.size())];
  if (keys.shape == shape) return keys;
  keys = ShapeKeys{};
  keys.shape = shape;
  list_properties(keys, shape);
  return keys;
}

bool ShapeKeysCache::is_known_barren(Shape* shape, uint32_t epoch) const {
  const Barren& barren = barren_[slot_of(shape, barren_.size())];
  return barren.shape == shape && barren.epoch == epoch;
}

void ShapeKeysCache::remember_barren(Shape* shape, uint32_t epoch) { barren_[slot_of(shape, barren_.size())] = {shape, epoch}; }

void ShapeKeysCache::clear() {
  for (ShapeKeys& keys : entries_)
    if (keys.shape != nullptr) keys = ShapeKeys{};
  barren_ = {};
  integrity_ = {};
}

// --- Lists of keys -----------------------------------------------------------------------------------------

namespace {

bool has_elements(Object* object) { return object->is_sparse() || object->dense_elements() != nullptr; }

bool is_plain(Object* object) { return object->kind() == CellKind::kObject && !has_elements(object) && !object->shape()->is_owned(); }

}  // namespace

ShapeKeys* plain_keys(Agent& agent, Object* object) {
  if (!is_plain(object)) return nullptr;
  return &agent.shape_keys().keys_of(object->shape());
}

namespace {

void add_listed(Agent& agent, PropertyKind kind, Value name, Value value, RootVector& result) {
  switch (kind) {
    case PropertyKind::kKeys: result.push_back(name); break;
    case PropertyKind::kValues: result.push_back(value); break;
    case PropertyKind::kEntries: result.push_back(make_array(agent, std::initializer_list<Value>{name, value})); break;
  }
}

// The elements of an array that has no properties beside them.
bool list_elements(Agent& agent, Object* object, PropertyKind kind, RootVector& result) {
  constexpr uint32_t kMost = 4096;  // there is no poll
  if (object->kind() != CellKind::kArray || object->is_sparse() || object->shape()->property_count() != 0) return false;
  ValueArray* elements = object->dense_elements();
  const uint32_t count = elements == nullptr ? 0 : std::min(elements->capacity(), static_cast<Array*>(object)->length());
  if (count > kMost) return false;
  for (uint32_t i = 0; i < count; ++i) {
    const Value value = elements->get(i);
    if (value.is_empty()) continue;
    add_listed(agent, kind, kind == PropertyKind::kValues ? Value::undefined() : Value(agent.atoms().atomize_index(i)), value, result);
  }
  return true;
}

}  // namespace

bool list_plain_properties(Agent& agent, Object* object, PropertyKind kind, RootVector& result) {
  if (list_elements(agent, object, kind, result)) return true;
  ShapeKeys* keys = plain_keys(agent, object);
  if (keys == nullptr || (keys->has_accessors && kind != PropertyKind::kKeys)) return false;
  result.reserve(keys->names->capacity());
  for (uint32_t i = 0; i < keys->names->capacity(); ++i)
    add_listed(agent, kind, keys->names->get(i), object->slot(keys->properties[i].slot), result);
  return true;
}

bool is_barren(Agent& agent, Object* object) {
  if (agent.prototypes_have_indices) return false;
  Shape* shape = object->shape();
  const uint32_t epoch = agent.prototype_epoch();
  // Prototypes own their shapes, and every change to one raises the epoch.
  if (!object->has_flag(Object::kUsedAsPrototype)) return false;
  if (agent.shape_keys().is_known_barren(shape, epoch)) return true;
  for (Object* o = object; o != nullptr; o = o->prototype()) {
    // The own `length` of an array is not enumerable.
    const bool is_simple = o->kind() == CellKind::kObject || o->kind() == CellKind::kArray;
    if (!is_simple || has_elements(o)) return false;
    PropertyTable* table = o->shape()->table();
    if (table == nullptr) return false;
    for (uint32_t i = 0; i < table->used(); ++i) {
      const PropertyTable::Entry& entry = table->entries()[i];
      if (entry.key.is_atom() && (entry.attributes & kEnumerable)) return false;
    }
  }
  agent.shape_keys().remember_barren(shape, epoch);
  return true;
}

// --- Copies ----------------------------------------------------------------------------------------------

namespace {

// Whether Set(target, key, …) makes a property of the target's own, as far as its prototypes have a say.
bool is_settable_beyond(Object* target, PropertyKey key) {
  for (Object* o = target->prototype(); o != nullptr; o = o->prototype()) {
    if (o->kind() != CellKind::kObject) return false;
    PropertyLocation location = o->shape()->lookup(key);
    if (location) return (location.attributes & (kWritable | kAccessorProperty | kLazyProperty)) == kWritable;
  }
  return true;
}

bool can_take(Object* target, PropertyKey key, CopyMode mode) {
  if (PropertyLocation location = target->shape()->lookup(key)) return location.attributes == kDefaultAttributes;
  return mode == CopyMode::kDefine || is_settable_beyond(target, key);
}

void copy_property(Agent& agent, Object* target, PropertyKey key, Value value) {
  if (PropertyLocation location = target->shape()->lookup(key)) target->set_slot(location.slot, value);
  else target->add_property(agent, key, value, kDefaultAttributes);
}

bool is_known_copy(Agent& agent, const ShapeKeys& keys, Object* target, CopyMode mode) {
  return keys.copied_to == target->shape() && (mode == CopyMode::kDefine || keys.epoch == agent.prototype_epoch());
}

void remember_copy(Agent& agent, ShapeKeys& keys, Shape* before, Shape* after, CopyMode mode) {
  if (!keys.is_record || after->is_owned() || after->slot_count() != before->slot_count() + keys.properties.size()) return;
  keys.copied_to = before;
  keys.copy = after;
  keys.epoch = mode == CopyMode::kSet ? agent.prototype_epoch() : 0;
}

}  // namespace

bool copy_plain_properties(Agent& agent, Object* target, Object* source, std::span<const PropertyKey> excluded, CopyMode mode) {
  if (!is_plain(target) || target->has_flag(Object::kNotExtensible)) return false;
  ShapeKeys* keys = plain_keys(agent, source);
  if (keys == nullptr || keys->has_accessors) return false;
  if (excluded.empty() && is_known_copy(agent, *keys, target, mode)) {
    target->add_slots_of(agent, keys->copy, source);
    return true;
  }
  auto is_excluded = [&](PropertyKey key) { return std::find(excluded.begin(), excluded.end(), key) != excluded.end(); };
  for (const auto& property : keys->properties)
    if (!is_excluded(property.key) && !can_take(target, property.key, mode)) return false;
  Shape* const before = target->shape();
  for (const auto& property : keys->properties)
    if (!is_excluded(property.key)) copy_property(agent, target, property.key, source->slot(property.slot));
  if (excluded.empty()) remember_copy(agent, *keys, before, target->shape(), mode);
  return true;
}

// --- Integrity levels --------------------------------------------------------------------------------------

namespace {

// What each level leaves of the attributes.
PropertyAttributes attributes_at(PropertyAttributes attributes, IntegrityLevel level) {
  int kept = attributes & ~kConfigurable;
  if (level == IntegrityLevel::kFrozen && !(attributes & kAccessorProperty)) kept &= ~kWritable;
  return static_cast<PropertyAttributes>(kept);
}

bool is_integral(PropertyKey key) { return !key.is_none() && !(key.is_symbol() && key.is_private()); }

template <IntegrityLevel kLevel>
PropertyAttributes kept_at(PropertyKey key, PropertyAttributes attributes) {
  return is_integral(key) ? attributes_at(attributes, kLevel) : attributes;
}

// There is no poll: of arrays with more elements than this, each is defined by itself.
constexpr uint32_t kMostElementsAtOnce = 1024;

bool set_elements_integrity_level(Agent& agent, Array* array, IntegrityLevel level) {
  if (!array->is_sparse()) {
    ValueArray* dense = array->dense_elements();
    if (dense == nullptr) return true;
    if (dense->capacity() > kMostElementsAtOnce) return false;
    array->make_sparse(agent);
  }
  SparseElements* elements = array->sparse_elements();
  if (elements->capacity() > 2 * kMostElementsAtOnce) return false;
  for (uint32_t i = 0; i < elements->capacity(); ++i) {
    SparseElements::Entry& entry = elements->entries()[i];
    if (entry.used) entry.attributes = attributes_at(entry.attributes, level);
  }
  return true;
}

}  // namespace

Shape* ShapeKeysCache::shape_at(Shape* shape, IntegrityLevel level) {
  Integrity& known = integrity_[slot_of(shape, integrity_.size())];
  if (known.before != shape || known.level != level)
    known = {shape, shape->inextensible_copy(level == IntegrityLevel::kFrozen ? kept_at<IntegrityLevel::kFrozen> : kept_at<IntegrityLevel::kSealed>), level};
  return known.after;
}

bool set_plain_integrity_level(Agent& agent, Object* object, IntegrityLevel level) {
  auto* array = object->as_if<Array>();
  if (array == nullptr && (object->kind() != CellKind::kObject || has_elements(object))) return false;
  if (array != nullptr) {
    if (object->shape()->is_owned() || !set_elements_integrity_level(agent, array, level)) return false;
    if (level == IntegrityLevel::kFrozen) array->set_flag(Object::kLengthNotWritable);
  }
  if (!object->shape()->is_owned()) {
    object->set_flag(Object::kNotExtensible);
    object->set_shape(agent.shape_keys().shape_at(object->shape(), level));
    return true;
  }
  MUST(ordinary_prevent_extensions(agent, object));
  // That has given the object a shape that nobody else has seen.
  PropertyTable* table = object->shape()->table();
  for (uint32_t i = 0; i < table->used(); ++i) {
    PropertyTable::Entry& entry = table->entries()[i];
    if (is_integral(entry.key)) entry.attributes = attributes_at(entry.attributes, level);
  }
  if (object->has_flag(Object::kUsedAsPrototype)) agent.bump_prototype_epoch();
  return true;
}

bool test_plain_integrity_level(Object* object, IntegrityLevel level, bool& result) {
  if (object->kind() != CellKind::kObject || has_elements(object)) return false;
  result = false;
  if (!object->has_flag(Object::kNotExtensible)) return true;
  PropertyTable* table = object->shape()->ensure_table();
  result = std::all_of(table->entries(), table->entries() + table->used(), [=](const PropertyTable::Entry& entry) {
    return !is_integral(entry.key) || entry.attributes == attributes_at(entry.attributes, level);
  });
  return true;
}

}  // namespace skein
