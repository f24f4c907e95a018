#include "core/runtime/object.h"

#include <algorithm>

#include "core/runtime/operations.h"
#include "core/runtime/primitive_object.h"
#include "core/runtime/root.h"

namespace skein {

const InternalMethods* g_internal_methods[256];

// --- ValueArray -----------------------------------------------------------------------------------------

ValueArray::ValueArray(uint32_t capacity, Value fill) : gc::Cell(static_cast<uint8_t>(kKind), capacity) {
  std::fill_n(data(), capacity, fill);
}

ValueArray* ValueArray::try_make(gc::Heap& heap, uint32_t capacity, Value fill) {
  constexpr uint32_t kMaxCapacity = UINT32_MAX / sizeof(Value) / 2;
  if (capacity > kMaxCapacity) return nullptr;
  return heap.try_make<ValueArray>(size_t{capacity} * sizeof(Value), capacity, fill);
}

ValueArray* ValueArray::make(gc::Heap& heap, uint32_t capacity, Value fill) {
  return heap.make_with_extra<ValueArray>(size_t{capacity} * sizeof(Value), capacity, fill);
}

void ValueArray::trace(gc::Visitor& visitor) {
  for (Value *value = data(), *end = value + capacity(); value != end; ++value) visit_value(visitor, *value);
}

void ValueArray::trace_part(gc::Visitor& visitor, size_t begin, size_t end) {
  char* base = reinterpret_cast<char*>(this);
  for (auto* value = reinterpret_cast<Value*>(base + std::max(begin, sizeof(ValueArray))); value < reinterpret_cast<Value*>(base + end); ++value)
    visit_value(visitor, *value);
}

// --- SparseElements -------------------------------------------------------------------------------------

SparseElements::SparseElements(uint32_t capacity) : gc::Cell(static_cast<uint8_t>(kKind), capacity) {
  std::fill_n(entries(), capacity, Entry{Value::empty(), 0, kNone, false});
}

SparseElements* SparseElements::make(gc::Heap& heap, uint32_t capacity) {
  return heap.make_with_extra<SparseElements>(size_t{capacity} * sizeof(Entry), capacity);
}

// The slot of `index`, or the free slot where it would go. A removed entry stays `used` with an
// empty value, so that probes go on past it.
size_t SparseElements::probe(uint32_t index) {
  const size_t mask = capacity() - 1;
  size_t slot = (index * 0x9E3779B1u >> 7) & mask;
  while (entries()[slot].used && entries()[slot].index != index) slot = (slot + 1) & mask;
  return slot;
}

SparseElements::Entry* SparseElements::find(uint32_t index) {
  Entry& entry = entries()[probe(index)];
  return entry.used && !entry.value.is_empty() ? &entry : nullptr;
}

size_t SparseElements::growth() const {
  if ((used_ + 1) * 4 <= capacity() * 3) return 0;
  return size_t{live_ * 4 > capacity() * 2 ? capacity() * 2 : capacity()} * sizeof(Entry);
}

SparseElements* SparseElements::insert(gc::Heap& heap, uint32_t index, Value value, PropertyAttributes attributes) {
  if ((used_ + 1) * 4 > capacity() * 3) {
    SparseElements* grown = make(heap, std::max<uint32_t>(8, live_ * 4 > capacity() * 2 ? capacity() * 2 : capacity()));
    for (uint32_t i = 0; i < capacity(); ++i)
      if (entries()[i].used && !entries()[i].value.is_empty())
        grown->insert(heap, entries()[i].index, entries()[i].value, entries()[i].attributes);
    return grown->insert(heap, index, value, attributes);
  }
  Entry& entry = entries()[probe(index)];
  if (!entry.used) ++used_;
  if (!entry.used || entry.value.is_empty()) ++live_;
  entry = {value, index, attributes, true};
  write_barrier();
  return this;
}

void SparseElements::remove(uint32_t index) {
  Entry& entry = entries()[probe(index)];
  if (!entry.used || entry.value.is_empty()) return;
  entry.value = Value::empty();
  --live_;
}

std::vector<uint32_t> SparseElements::sorted_indices() {
  std::vector<uint32_t> indices;
  indices.reserve(live_);
  for (uint32_t i = 0; i < capacity(); ++i)
    if (entries()[i].used && !entries()[i].value.is_empty()) indices.push_back(entries()[i].index);
  std::sort(indices.begin(), indices.end());
  return indices;
}

void SparseElements::trace(gc::Visitor& visitor) {
  for (uint32_t i = 0; i < capacity(); ++i) visit_value(visitor, entries()[i].value);
}

// --- Object: named properties -----------------------------------------------------------------------------

Object::Object(Shape* shape, CellKind kind, uint8_t flags) : gc::Cell(static_cast<uint8_t>(kind), shape->reference(), flags) {
  std::fill_n(inline_slots(shape), shape->inline_capacity(), Value::undefined());
}

void Object::trace_properties(gc::Visitor& visitor) {
  Shape* s = shape();
  visitor.visit(s);
  visitor.visit(slots_);
  visitor.visit(elements_);
  Value* slots = inline_slots(s);
  for (int i = 0; i < s->inline_capacity(); ++i) visit_value(visitor, slots[i]);
}

void Object::trace(gc::Visitor& visitor) { trace_properties(visitor); }

void Object::set_slot(uint32_t slot, Value value) {
  Shape* s = shape();
  if (slot < s->inline_capacity()) {
    inline_slots(s)[slot] = value;
    write_barrier(cell_or_null(value));
  } else {
    slots_->set(slot - s->inline_capacity(), value);
  }
}

// Makes room for slot number `slot` of a shape with this inline capacity.
static ValueArray* room_for_slot(gc::Heap& heap, ValueArray* slots, uint32_t index) {
  uint32_t capacity = slots == nullptr ? 0 : slots->capacity();
  if (index < capacity) return slots;
  ValueArray* grown = ValueArray::make(heap, capacity == 0 ? 4 : capacity * 2);
  if (slots == nullptr) return grown;
  std::copy_n(slots->data(), capacity, grown->data());
  heap.take_after(grown, slots);
  return grown;
}

void Object::add_by_transition(Agent& agent, Shape* shape, Value value) {
  uint32_t slot = shape->slot_count() - 1;
  if (slot < shape->inline_capacity()) {
    inline_slots(shape)[slot] = value;
  } else {
    uint32_t index = slot - shape->inline_capacity();
    ValueArray* slots = room_for_slot(agent.heap(), slots_, index);
    if (slots != slots_) slots_.set(this, slots);
    slots->set(index, value);
  }
  set_shape(shape);
}

void Object::add_slots_of(Agent& agent, Shape* to, Object* source) {
  const uint32_t first = shape()->slot_count(), end = to->slot_count(), inline_end = to->inline_capacity();
  while (end > inline_end && (slots_.get() == nullptr || slots_->capacity() < end - inline_end))
    slots_.set(this, room_for_slot(agent.heap(), slots_, slots_.get() == nullptr ? 0 : slots_->capacity()));
  for (uint32_t i = first; i < std::min(end, inline_end); ++i) inline_slots(to)[i] = source->slot(i - first);
  for (uint32_t i = std::max(first, inline_end); i < end; ++i) slots_->set(i - inline_end, source->slot(i - first));
  set_shape(to);
}

void Object::add_property(Agent& agent, PropertyKey key, Value value, PropertyAttributes attributes) {
  Shape* s = shape();
  if (!s->is_owned()) {
    if (s->property_count() < Shape::kMaxSharedProperties) {
      add_by_transition(agent, s->add_transition(key, attributes), value);
      return;
    }
    own_shape(agent);
    s = shape();
  }
  PropertyTable* table = s->table();
  uint32_t reuse = table->free_slot;
  if (reuse != PropertyTable::kNoSlot) {
    Value next = slot(reuse);
    table->free_slot = next.is_int32() ? static_cast<uint32_t>(next.as_int32()) : PropertyTable::kNoSlot;
  }
  uint32_t slot = s->owned_add(key, attributes, reuse);
  if (slot >= s->inline_capacity()) {
    ValueArray* slots = room_for_slot(agent.heap(), slots_, slot - s->inline_capacity());
    if (slots != slots_) slots_.set(this, slots);
  }
  set_slot(slot, value);
  if (has_flag(kUsedAsPrototype)) agent.bump_prototype_epoch();
}

bool Object::fill_lazy_property(PropertyKey key, Value value) {
  PropertyTable* table = shape()->table();
  PropertyTable::Entry* entry = table == nullptr ? nullptr : table->find(key);
  if (entry == nullptr || !(entry->attributes & kLazyProperty)) return false;
  entry->attributes = static_cast<PropertyAttributes>(entry->attributes & ~kLazyProperty);
  set_slot(entry->slot, value);
  return true;
}

Completion<void> Object::try_add_property(Agent& agent, PropertyKey key, Value value, PropertyAttributes attributes) {
  size_t growth = shape()->table_growth();
  ValueArray* slots = out_of_line_slots();
  if (slots != nullptr && shape()->slot_count() - shape()->inline_capacity() >= slots->capacity())
    growth += slots->capacity() * 2 * sizeof(Value);
  if (growth > gc::kMaxSmallCell && growth > agent.heap().room()) [[unlikely]] {
    Root<Object*> kept(agent, this);
    Root<PropertyKey> kept_key(agent, key);
    Root<Value> kept_value(agent, value);
    TRY(make_room(agent, growth));
    if (growth > agent.heap().room()) return throw_out_of_memory(agent);
  }
  add_property(agent, key, value, attributes);
  return {};
}

void Object::reserve_properties(Agent& agent, uint32_t more) {
  Shape* s = shape()->owned_with_room(more);
  if (s != shape()) set_shape(s);
  const uint32_t slots = s->slot_count() + more;
  if (slots <= s->inline_capacity()) return;
  const uint32_t wanted = slots - s->inline_capacity();
  const uint32_t present = slots_.get() == nullptr ? 0 : slots_->capacity();
  if (wanted <= present) return;
  ValueArray* grown = ValueArray::make(agent.heap(), wanted);
  if (present != 0) {
    std::copy_n(slots_->data(), present, grown->data());
    agent.heap().take_after(grown, slots_);
  }
  slots_.set(this, grown);
}

void Object::own_shape(Agent&) {
  if (!shape()->is_owned()) set_shape(shape()->owned_copy());
}

void Object::reconfigure_property(Agent& agent, PropertyKey key, PropertyAttributes attributes) {
  set_shape(shape()->owned_copy());
  shape()->table()->find(key)->attributes = attributes;
  if (has_flag(kUsedAsPrototype)) agent.bump_prototype_epoch();
}

void Object::remove_property(Agent& agent, PropertyKey key) {
  set_shape(shape()->owned_copy());
  PropertyTable* table = shape()->table();
  PropertyTable::Entry* entry = table->find(key);
  set_slot(entry->slot, table->free_slot == PropertyTable::kNoSlot ? Value::undefined()
                                                                  : Value::int32(static_cast<int32_t>(table->free_slot)));
  table->free_slot = entry->slot;
  table->remove(entry);
  shape()->note_removed();
  if (has_flag(kUsedAsPrototype)) agent.bump_prototype_epoch();
}

// Such as String.prototype: exotic about indices, but there are none.
static bool is_empty_string_object(Object* object) {
  if (object->kind() != CellKind::kStringObject) return false;
  return static_cast<PrimitiveObject*>(object)->primitive_value().as_string()->is_empty();
}

void Object::become_prototype(Agent& agent) {
  if (has_flag(kUsedAsPrototype)) return;
  set_flag(kUsedAsPrototype);
  own_shape(agent);
  // Its own prototypes are reached through it.
  if (elements_.get() != nullptr || (has_flag(kExoticIndices) && !is_empty_string_object(this))) agent.prototypes_have_indices = true;
  if (Object* parent = prototype()) parent->become_prototype(agent);
}

void Object::set_prototype_directly(Agent& agent, Object* prototype) {
  if (prototype != nullptr) prototype->become_prototype(agent);
  if (Shape* s = shape()->is_owned() ? nullptr : shape()->prototype_transition(prototype)) {
    set_shape(s);
  } else {
    set_shape(shape()->owned_copy());
    shape()->set_prototype(prototype);
  }
  if (has_flag(kUsedAsPrototype)) agent.bump_prototype_epoch();
}

// --- Object: elements -------------------------------------------------------------------------------------

bool Object::reserve_elements(Agent& agent, uint32_t capacity) {
  ValueArray* old = dense_elements();
  uint32_t old_capacity = old == nullptr ? 0 : old->capacity();
  if (capacity <= old_capacity) return true;
  ValueArray* grown = ValueArray::try_make(agent.heap(), capacity, Value::empty());
  if (grown == nullptr) return false;
  if (old != nullptr) {
    std::copy_n(old->data(), old_capacity, grown->data());
    agent.heap().take_after(grown, old);
  }
  elements_.set(this, grown);
  if (has_flag(kUsedAsPrototype)) agent.prototypes_have_indices = true;
  return true;
}

void Object::make_sparse(Agent& agent) {
  if (is_sparse()) return;
  SparseElements* sparse = SparseElements::make(agent.heap(), 8);
  if (ValueArray* dense = dense_elements()) {
    for (uint32_t i = 0; i < dense->capacity(); ++i)
      if (!dense->get(i).is_empty()) sparse = sparse->insert(agent.heap(), i, dense->get(i), kDefaultAttributes);
  }
  elements_.set(this, sparse);
  set_flag(kSparse);
  if (has_flag(kUsedAsPrototype)) agent.prototypes_have_indices = true;
}

}  // namespace skein
