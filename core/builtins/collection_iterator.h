// Map and Set iterators: https://tc39.es/ecma262/#sec-map-iterator-objects and #sec-set-iterator-objects
#pragma once

#include "core/builtins/hash_table.h"

namespace skein {

class CollectionIterator final : public Object {
 public:
  static constexpr const char* kKindName = "CollectionIterator";
  CollectionIterator(Shape* shape, CellKind kind, HashTable* table, PropertyKind shows)
      : Object(shape, kind), table_(table), shows_(shows) {}
  PropertyKind shows() const { return shows_; }
  // The next entry, or null at the end (for good).
  HashTable::Entry* next();
  // A cursor at the same place, for looking ahead.
  CollectionCursor cursor() const { return {table_, position_}; }
  bool is_done() const { return table_.get() == nullptr; }

  size_t cell_size() const { return sizeof(CollectionIterator); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visitor.visit(table_);
  }

 private:
  gc::Member<HashTable> table_;  // null once done
  uint32_t position_ = 0;
  PropertyKind shows_;
};

// %MapIteratorPrototype%.next / %SetIteratorPrototype%.next without a result object: false when done.
bool step_collection_iterator(Agent& agent, CollectionIterator* iterator, Value& value);
Completion<Value> map_iterator_next(Agent& agent, const CallInfo& info);
Completion<Value> set_iterator_next(Agent& agent, const CallInfo& info);

}  // namespace skein
