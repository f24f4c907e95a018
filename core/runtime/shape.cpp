#include "core/runtime/shape.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "core/runtime/object.h"

namespace skein {

// --- PropertyTable ------------------------------------------------------------------------------------

namespace {
template <typename Bucket>
constexpr Bucket kFreeBucket = std::numeric_limits<Bucket>::max();
constexpr uint32_t kSmallestTable = 8;
// Chains shorter than this are searched without a table.
constexpr uint32_t kMaxChainSearch = 6;

uint32_t capacity_for(uint32_t entries) {
  uint32_t capacity = kSmallestTable;
  while (capacity < entries) capacity *= 2;
  return capacity;
}
}  // namespace

PropertyTable::PropertyTable(uint32_t capacity)
    : gc::Cell(static_cast<uint8_t>(kKind), capacity), bucket_mask_(buckets_for(capacity) - 1) {
  std::memset(buckets<uint8_t>(), 0xFF, buckets_for(capacity) * bucket_width(capacity));
}

PropertyTable* PropertyTable::make(gc::Heap& heap, uint32_t capacity) {
  return heap.make_with_extra<PropertyTable>(bytes_for(capacity), capacity);
}

template <typename Bucket>
PropertyTable::Entry* PropertyTable::find_with(PropertyKey key) {
  const uint32_t mask = bucket_mask_;
  const Bucket* places = buckets<Bucket>();
  for (uint32_t bucket = key.hash() & mask;; bucket = (bucket + 1) & mask) {
    const Bucket index = places[bucket];
    if (index == kFreeBucket<Bucket>) return nullptr;
    if (entries()[index].key == key) return &entries()[index];
  }
}

PropertyTable::Entry* PropertyTable::find(PropertyKey key) {
  return has_small_buckets(capacity()) ? find_with<uint8_t>(key) : find_with<uint32_t>(key);
}

template <typename Bucket>
void PropertyTable::link(PropertyKey key, uint32_t place) {
  const uint32_t mask = bucket_mask_;
  Bucket* places = buckets<Bucket>();
  uint32_t bucket = key.hash() & mask;
  while (places[bucket] != kFreeBucket<Bucket>) bucket = (bucket + 1) & mask;
  places[bucket] = static_cast<Bucket>(place);
}

void PropertyTable::append(PropertyKey key, uint32_t slot, PropertyAttributes attributes) {
  SKEIN_DCHECK(!is_full());
  if (has_small_buckets(capacity())) link<uint8_t>(key, used_);
  else link<uint32_t>(key, used_);
  Entry& entry = entries()[used_++] = {key, slot, attributes};
  ++live_;
  write_barrier_at(&entry, key.is_cell() ? key.as_cell() : nullptr);
}

// The bucket stays taken, so that probes go on past it.
void PropertyTable::remove(Entry* entry) {
  entry->key = PropertyKey();
  --live_;
}

PropertyTable* PropertyTable::grown_copy(gc::Heap& heap, uint32_t count) {
  const uint32_t live = live_among(count);
  return copy(heap, count, capacity_for(live + live / 2 + 1));
}

PropertyTable* PropertyTable::copy_with_room(gc::Heap& heap, uint32_t count, uint32_t more) {
  return copy(heap, count, live_among(count) + more);
}

uint32_t PropertyTable::live_among(uint32_t count) {
  uint32_t live = 0;
  for (uint32_t i = 0; i < count; ++i)
    if (!entries()[i].key.is_none()) ++live;
  return live;
}

PropertyTable* PropertyTable::copy(gc::Heap& heap, uint32_t count, uint32_t capacity) {
  PropertyTable* copy = make(heap, capacity);
  for (uint32_t i = 0; i < count; ++i) {
    const Entry& entry = entries()[i];
    if (!entry.key.is_none()) copy->append(entry.key, entry.slot, entry.attributes);
  }
  copy->free_slot = free_slot;
  if (live_among(count) == count) heap.take_after(copy, this);
  return copy;
}

void PropertyTable::trace(gc::Visitor& visitor) { trace_part(visitor, 0, cell_size()); }

// The entries whose beginning, where the key is, lies there.
void PropertyTable::trace_part(gc::Visitor& visitor, size_t begin, size_t end) {
  const auto entries_before = [this](size_t offset) {
    return offset <= sizeof(PropertyTable) ? 0 : std::min<size_t>(used_, (offset - sizeof(PropertyTable) + sizeof(Entry) - 1) / sizeof(Entry));
  };
  for (size_t i = entries_before(begin), last = entries_before(end); i < last; ++i) visit_key(visitor, entries()[i].key);
}

// --- Shape ----------------------------------------------------------------------------------------------

Shape::Shape(Object* prototype, uint16_t inline_offset, uint8_t inline_capacity)
    : gc::Cell(static_cast<uint8_t>(kKind)), prototype_(prototype), inline_offset_(inline_offset), inline_capacity_(inline_capacity) {}

Shape* Shape::make_root(gc::Heap& heap, Object* prototype, uint16_t inline_offset, uint8_t inline_capacity) {
  return heap.make<Shape>(prototype, inline_offset, inline_capacity);
}

void Shape::trace(gc::Visitor& visitor) {
  visitor.visit(prototype_);
  visitor.visit(parent_);
  visit_key(visitor, key_);
  visitor.visit(table_);
  TransitionTable* several = transitions();
  if (several != nullptr) visitor.visit(several);
  // Children are held weakly, and dropped only by full collections.
  if (visitor.heap().is_full_collection()) return;
  visitor.visit(only_child());
  if (several != nullptr)
    for (uint32_t i = 0; i < several->count; ++i) visitor.visit(several->entries()[i]);
}

void Shape::sweep_weak(gc::Heap& heap) {
  if (!heap.is_full_collection()) return;
  TransitionTable* several = transitions();
  if (several == nullptr) {
    if (children_ != nullptr && !heap.is_marked(children_)) children_ = nullptr;
    return;
  }
  uint32_t kept = 0;
  for (uint32_t i = 0; i < several->count; ++i)
    if (heap.is_marked(several->entries()[i])) several->entries()[kept++] = several->entries()[i];
  several->count = kept;
}

PropertyTable* Shape::ensure_table() {
  if (table_.get() == nullptr) table_.set(this, make_table(capacity_for(property_count() + 1)));
  return table_;
}

// From the ancestors, oldest first.
PropertyTable* Shape::make_table(uint32_t capacity) {
  std::vector<Shape*> chain;
  for (Shape* shape = this; shape != nullptr; shape = shape->parent_)
    if (!shape->key_.is_none()) chain.push_back(shape);
  PropertyTable* table = PropertyTable::make(gc::Heap::of(this), capacity);
  for (size_t i = chain.size(); i-- > 0;)
    table->append(chain[i]->key_, chain[i]->slot_count_ - 1, chain[i]->attributes_);
  return table;
}

PropertyLocation Shape::lookup(PropertyKey key) {
  if (table_.get() == nullptr) {
    if (property_count() <= kMaxChainSearch) {
      for (Shape* shape = this; shape != nullptr; shape = shape->parent_)
        if (shape->key_ == key && !key.is_none()) return {shape->slot_count_ - 1, shape->attributes_, true};
      return {};
    }
    ensure_table();
  }
  PropertyTable::Entry* entry = table_->find(key);
  if (entry == nullptr) return {};
  return {entry->slot, entry->attributes, true};
}

Shape* Shape::find_child(PropertyKey key, PropertyAttributes attributes, Object* prototype) {
  auto matches = [&](Shape* child) {
    if (prototype != nullptr || (child->flags_ & kPrototypeTransition))
      return (child->flags_ & kPrototypeTransition) && key.is_none() && child->prototype_ == prototype;
    return child->key_ == key && child->attributes_ == attributes;
  };
  if (children_ == nullptr) return nullptr;
  if (Shape* child = only_child()) return matches(child) ? child : nullptr;
  TransitionTable* several = transitions();
  for (uint32_t i = 0; i < several->count; ++i)
    if (matches(several->entries()[i])) return several->entries()[i];
  return nullptr;
}

void Shape::add_child(Shape* child) {
  write_barrier();
  if (children_ == nullptr) {
    children_ = child;
    return;
  }
  TransitionTable* several = transitions();
  if (several == nullptr || several->count == several->capacity()) {
    const uint32_t count = several == nullptr ? 0 : several->count;
    const uint32_t capacity = count == 0 ? 4 : count * 2;
    auto* table = gc::Heap::of(this).make_with_extra<TransitionTable>(capacity * sizeof(Shape*), capacity);
    if (several != nullptr) std::copy_n(several->entries(), count, table->entries());
    table->count = count;
    if (several == nullptr) table->entries()[table->count++] = only_child();
    children_ = several = table;
  }
  several->entries()[several->count++] = child;
}

Shape* Shape::make_child() {
  Shape* child = gc::Heap::of(this).make<Shape>(prototype_, inline_offset_, inline_capacity_);
  child->parent_.set(child, this);
  child->flags_ |= flags_ & kInextensible;
  child->set_property_count(property_count());
  child->slot_count_ = slot_count_;
  return child;
}

Shape* Shape::add_transition(PropertyKey key, PropertyAttributes attributes) {
  SKEIN_DCHECK(!is_owned());
  if (Shape* child = find_child(key, attributes, nullptr)) return child;
  Shape* child = make_child();
  child->key_ = key;
  child->attributes_ = attributes;
  child->set_property_count(property_count() + 1);
  child->slot_count_ = slot_count_ + 1;
  // The table goes along to the newest leaf.
  if (PropertyTable* table = table_) {
    if (table->is_full()) table = table->grown_copy(gc::Heap::of(this), table->used());
    table->append(key, slot_count_, attributes);
    child->table_.set(child, table);
    table_.set(this, nullptr);
  }
  add_child(child);
  return child;
}

Shape* Shape::prototype_transition(Object* prototype) {
  SKEIN_DCHECK(!is_owned());
  if (property_count() == 0 && prototype != nullptr) {
    if (Shape* child = find_child(PropertyKey(), kNone, prototype)) return child;
    Shape* child = make_child();
    child->flags_ |= kPrototypeTransition;
    child->prototype_.set(child, prototype);
    add_child(child);
    return child;
  }
  return nullptr;
}

// REQUIRES: property_count() == 0
Shape* Shape::inextensible_root() {
  if (flags_ & kInextensible) return this;
  if (Shape* child = only_child(); child != nullptr && (child->flags_ & kInextensible)) return child;
  if (TransitionTable* several = transitions()) {
    for (uint32_t i = 0; i < several->count; ++i)
      if (several->entries()[i]->flags_ & kInextensible) return several->entries()[i];
  }
  Shape* child = make_child();
  child->flags_ |= kInextensible;
  add_child(child);
  return child;
}

Shape* Shape::inextensible_copy(PropertyAttributes (*kept)(PropertyKey, PropertyAttributes)) {
  SKEIN_DCHECK(!is_owned());
  std::vector<Shape*> chain;
  Shape* root = this;
  for (; root->property_count() != 0; root = root->parent_) chain.push_back(root);
  Shape* copy = root->inextensible_root();
  for (size_t i = chain.size(); i-- > 0;) copy = copy->add_transition(chain[i]->key_, kept(chain[i]->key_, chain[i]->attributes_));
  SKEIN_DCHECK(copy->slot_count() == slot_count());
  return copy;
}

Shape* Shape::owned_copy() {
  PropertyTable* table = table_;
  if (is_owned()) table_.set(this, nullptr);  // a replaced owned shape hands its table on; a shared one keeps it
  else if (table == nullptr) table = make_table(capacity_for(property_count() + property_count() / 2 + 1));
  else table = table->grown_copy(gc::Heap::of(this), table->used());
  return owned_with_table(table);
}

Shape* Shape::owned_with_room(uint32_t more) {
  gc::Heap& heap = gc::Heap::of(this);
  if (is_owned()) {
    if (table_->capacity() - table_->used() < more) table_.set(this, table_->copy_with_room(heap, table_->used(), more));
    return this;
  }
  PropertyTable* table = table_;
  return owned_with_table(table == nullptr ? make_table(property_count() + more) : table->copy_with_room(heap, table->used(), more));
}

Shape* Shape::owned_with_table(PropertyTable* table) {
  Shape* copy = gc::Heap::of(this).make<Shape>(prototype_, inline_offset_, inline_capacity_);
  copy->flags_ |= kOwned;
  copy->table_.set(copy, table);
  copy->set_property_count(table->live());
  copy->slot_count_ = slot_count_;
  return copy;
}

uint32_t Shape::owned_add(PropertyKey key, PropertyAttributes attributes, uint32_t reuse_slot) {
  SKEIN_DCHECK(is_owned());
  if (table_->is_full()) table_.set(this, table_->grown_copy(gc::Heap::of(this), table_->used()));
  uint32_t slot = reuse_slot == PropertyTable::kNoSlot ? slot_count_++ : reuse_slot;
  table_->append(key, slot, attributes);
  set_property_count(table_->live());
  return slot;
}

size_t Shape::table_growth() const {
  if (!is_owned() || !table_->is_full()) return 0;
  return PropertyTable::bytes_for(capacity_for(table_->live() + table_->live() / 2 + 1));
}

void Shape::collect_properties(std::vector<PropertyTable::Entry>& out) {
  PropertyTable* table = ensure_table();
  for (uint32_t i = 0; i < table->used(); ++i)
    if (!table->entries()[i].key.is_none()) out.push_back(table->entries()[i]);
}

void Shape::note_removed() { set_property_count(table_->live()); }

}  // namespace skein
