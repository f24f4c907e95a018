#include "core/builtins/hash_table.h"

#include <cstring>

#include "core/base/hash.h"
#include "core/builtins/support.h"

namespace skein {

namespace {
constexpr uint32_t kSmallestCapacity = 8;
}

HashTable::HashTable(uint32_t capacity) : gc::Cell(static_cast<uint8_t>(kKind), capacity) {
  std::memset(static_cast<void*>(buckets()), 0xFF, capacity * sizeof(uint32_t));
}

HashTable* HashTable::try_make(gc::Heap& heap, uint32_t capacity) {
  constexpr uint32_t kMaxCapacity = 1u << 26;
  if (capacity > kMaxCapacity) return nullptr;
  return heap.try_make<HashTable>(capacity * (sizeof(Entry) + sizeof(uint32_t)), capacity);
}

// Equal by SameValueZero means equal here. Cells do not move: an object's address is its hash.
uint32_t HashTable::hash_of(Value key) {
  if (key.is_string()) return key.as_string()->hash();
  if (key.is_bigint()) {
    uint64_t hash = key.as_bigint()->is_negative();
    for (uint64_t digit : key.as_bigint()->digits()) hash = combine_hashes(hash, digit);
    return hash_integer(hash);
  }
  if (key.is_number()) return hash_integer(std::bit_cast<uint64_t>(key.as_number()));
  return hash_integer(key.bits());
}

uint32_t HashTable::find(Value key, uint32_t hash) {
  for (uint32_t position = buckets()[hash & (capacity() - 1)]; position != kNone; position = entries()[position].next) {
    const Entry& entry = entries()[position];
    if (entry.hash == hash && !entry.key.is_empty() && same_value_zero(entry.key, key)) return position;
  }
  return kNone;
}

void HashTable::append(Value key, Value value, uint32_t hash) {
  uint32_t& bucket = buckets()[hash & (capacity() - 1)];
  Entry& entry = entries()[used_] = {key, value, bucket, hash};
  bucket = used_++;
  ++live_;
  write_barrier_at(&entry.key, cell_or_null(key));
  write_barrier_at(&entry.value, cell_or_null(value));
}

void HashTable::remove(uint32_t position) {
  entries()[position].key = Value::empty();
  entries()[position].value = Value::undefined();
  --live_;
}

uint32_t HashTable::position_in_successor(uint32_t position) {
  if (cleared_) return 0;
  uint32_t gaps = 0;
  for (uint32_t i = 0; i < position && i < used_; ++i)
    if (entries()[i].key.is_empty()) ++gaps;
  return position - gaps;
}

void HashTable::trace(gc::Visitor& visitor) { trace_part(visitor, 0, cell_size()); }

// The entries that lie there at least in part.
void HashTable::trace_part(gc::Visitor& visitor, size_t begin, size_t end) {
  if (begin < sizeof(HashTable)) visitor.visit(successor_);
  if (end <= sizeof(HashTable)) return;
  const size_t first = begin > sizeof(HashTable) ? (begin - sizeof(HashTable)) / sizeof(Entry) : 0;
  const size_t last = std::min<size_t>(used_, (end - sizeof(HashTable) + sizeof(Entry) - 1) / sizeof(Entry));
  for (size_t i = first; i < last; ++i) {
    visit_value(visitor, entries()[i].key);
    visit_value(visitor, entries()[i].value);
  }
}

bool Collection::has(Value key) const {
  key = HashTable::normalize(key);
  return table_->find(key, HashTable::hash_of(key)) != HashTable::kNone;
}

Value Collection::get(Value key) const {
  key = HashTable::normalize(key);
  uint32_t position = table_->find(key, HashTable::hash_of(key));
  return position == HashTable::kNone ? Value::empty() : table_->at(position).value;
}

bool Collection::put(Agent& agent, Value key, Value value) {
  key = HashTable::normalize(key);
  uint32_t hash = HashTable::hash_of(key);
  uint32_t position = table_->find(key, hash);
  if (position != HashTable::kNone) {
    table_->set_value(position, value);
    return true;
  }
  if (table_->is_full()) {
    // Grow only when gaps are not what fills it.
    uint32_t capacity = table_->size() * 2 > table_->capacity() ? table_->capacity() * 2 : table_->capacity();
    if (!resize(agent, capacity)) return false;
  }
  table_->append(key, value, hash);
  return true;
}

bool Collection::remove(Agent& agent, Value key) {
  key = HashTable::normalize(key);
  uint32_t position = table_->find(key, HashTable::hash_of(key));
  if (position == HashTable::kNone) return false;
  table_->remove(position);
  if (table_->size() * 4 < table_->used() && table_->capacity() > kSmallestCapacity)
    (void)resize(agent, std::max(kSmallestCapacity, table_->capacity() / 2));  // without memory: stay as it is
  return true;
}

bool Collection::resize(Agent& agent, uint32_t capacity) {
  HashTable* old = table_;
  HashTable* table = HashTable::try_make(agent.heap(), capacity);
  if (table == nullptr) return false;
  for (uint32_t i = 0; i < old->used(); ++i) {
    const HashTable::Entry& entry = old->at(i);
    if (!entry.key.is_empty()) table->append(entry.key, entry.value, entry.hash);
  }
  if (old->size() == old->used()) agent.heap().take_after(table, old);
  old->replace_with(table, false);
  table_.set(this, table);
  return true;
}

void Collection::clear(Agent& agent) {
  HashTable* old = table_;
  if (old->used() == 0) return;
  HashTable* table = HashTable::try_make(agent.heap(), kSmallestCapacity);
  old->replace_with(table, true);
  table_.set(this, table);
}

HashTable::Entry* CollectionCursor::next() {
  while (HashTable* successor = table->successor()) {
    position = table->position_in_successor(position);
    table = successor;
  }
  while (position < table->used()) {
    HashTable::Entry& entry = table->at(position++);
    if (!entry.key.is_empty()) return &entry;
  }
  return nullptr;
}

namespace {
Collection* make_collection(Agent& agent, CellKind kind, Object* prototype) {
  Shape* shape = shape_for_prototype(agent, prototype, kind, sizeof(Collection), 0);
  return agent.heap().make<Collection>(shape, kind, HashTable::try_make(agent.heap(), kSmallestCapacity));
}
}  // namespace

Collection* make_map_with_prototype(Agent& agent, Object* prototype) { return make_collection(agent, CellKind::kMap, prototype); }
Collection* make_set_with_prototype(Agent& agent, Object* prototype) { return make_collection(agent, CellKind::kSet, prototype); }
Collection* make_map(Agent& agent) { return make_map_with_prototype(agent, intrinsic(agent, Intrinsic::kMapPrototype)); }
Collection* make_set(Agent& agent) { return make_set_with_prototype(agent, intrinsic(agent, Intrinsic::kSetPrototype)); }

}  // namespace skein
