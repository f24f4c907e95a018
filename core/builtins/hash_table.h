// The ordered hash table behind Map and Set.
//
// Entries stand in insertion order; deleting leaves a gap, and a table with many gaps is replaced by a
// compact copy. An iterator remembers a table and a position; when the table has been replaced, it walks
// the chain of successors and moves its position back by the gaps that were before it.
#pragma once

#include "core/runtime/operations.h"

namespace skein {

class HashTable final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kHashTable;
  static constexpr const char* kKindName = "HashTable";
  struct Entry {
    Value key;    // normalised (-0 is +0); empty: deleted
    Value value;
    uint32_t next;  // in the bucket's chain
    uint32_t hash;
  };
  static constexpr uint32_t kNone = UINT32_MAX;

  explicit HashTable(uint32_t capacity);  // of entries; a power of two
  // Null when memory or the limit says no.
  static HashTable* try_make(gc::Heap& heap, uint32_t capacity);

  uint32_t size() const { return live_; }
  uint32_t used() const { return used_; }  // positions in use, gaps included
  uint32_t capacity() const { return word_; }
  bool is_full() const { return used_ == capacity(); }
  Entry& at(uint32_t position) { return entries()[position]; }

  static uint32_t hash_of(Value key);
  static Value normalize(Value key) {
    return key.is_double() && key.as_double() == 0 ? Value::int32(0) : key;
  }
  // The position, or kNone. REQUIRES: key is normalised
  uint32_t find(Value key, uint32_t hash);
  // REQUIRES: absent and !is_full()
  void append(Value key, Value value, uint32_t hash);
  void set_value(uint32_t position, Value value) {
    Value& stored = at(position).value = value;
    write_barrier_at(&stored, cell_or_null(value));
  }
  void remove(uint32_t position);

  // The table that took this one's place; null while it is current.
  HashTable* successor() const { return successor_; }
  void replace_with(HashTable* successor, bool cleared) {
    successor_ = successor;
    write_barrier_at(&successor_, successor);
    cleared_ = cleared;
  }
  // Where a position of this table is in its successor.
  uint32_t position_in_successor(uint32_t position);

  size_t cell_size() const { return sizeof(HashTable) + capacity() * (sizeof(Entry) + sizeof(uint32_t)); }
  void trace(gc::Visitor& visitor);
  void trace_part(gc::Visitor& visitor, size_t begin, size_t end);

 private:
  Entry* entries() { return reinterpret_cast<Entry*>(this + 1); }
  uint32_t* buckets() { return reinterpret_cast<uint32_t*>(entries() + capacity()); }

  HashTable* successor_ = nullptr;
  uint32_t used_ = 0;
  uint32_t live_ = 0;
  bool cleared_ = false;
  [[maybe_unused]] uint32_t padding_ = 0;
};

// Map and Set: an object with [[MapData]] or [[SetData]].
class Collection : public Object {
 public:
  static constexpr const char* kKindName = "Collection";
  Collection(Shape* shape, CellKind kind, HashTable* table) : Object(shape, kind), table_(table) {}
  HashTable* table() const { return table_; }
  uint32_t size() const { return table_->size(); }

  bool has(Value key) const;
  Value get(Value key) const;  // empty when absent
  // Adds or overwrites; false when memory or the limit says no.
  [[nodiscard]] bool put(Agent& agent, Value key, Value value);
  bool remove(Agent& agent, Value key);
  void clear(Agent& agent);

  size_t cell_size() const { return sizeof(Collection); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visitor.visit(table_);
  }

 private:
  bool resize(Agent& agent, uint32_t capacity);
  gc::Member<HashTable> table_;
};

// A place between entries that stays right while the collection changes. Root it by keeping the
// table in a Root, or inside a traced cell.
struct CollectionCursor {
  HashTable* table;
  uint32_t position = 0;

  // The next entry, or null at the end. The pointer is good until the collection changes.
  HashTable::Entry* next();
};

Collection* make_map(Agent& agent);
Collection* make_map_with_prototype(Agent& agent, Object* prototype);
Collection* make_set_with_prototype(Agent& agent, Object* prototype);
Collection* make_set(Agent& agent);

}  // namespace skein
