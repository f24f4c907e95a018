// Iterators that no script sees.
#pragma once

#include "core/runtime/object.h"

namespace skein {

// Stands in a register pair for the ArrayIterator of an array while nobody could tell.
class FastIterator final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kFastIterator;
  static constexpr const char* kKindName = "FastIterator";
  explicit FastIterator(Array* array) : gc::Cell(static_cast<uint8_t>(kKind)), array_(array) {}

  Array* array() const { return array_; }  // null once exhausted
  void finish() { array_.set(this, nullptr); }
  uint32_t next_index() const { return word_; }
  void advance() { ++word_; }

  size_t cell_size() const { return sizeof(FastIterator); }
  void trace(gc::Visitor& visitor) { visitor.visit(array_); }

 private:
  gc::Member<Array> array_;
};

// https://tc39.es/ecma262/#sec-enumerate-object-properties
class Enumerator final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kEnumerator;
  static constexpr const char* kKindName = "Enumerator";
  explicit Enumerator(Object* object) : gc::Cell(static_cast<uint8_t>(kKind)), object(object) {}

  gc::Member<Object> object;  // whose keys are being visited; null at the end
  gc::Member<ValueArray> keys;  // its own string keys, when they were listed
  // If the keys are what a cache knows of a plain object: its shape then. They are not written to.
  gc::Member<Shape> listed_shape;
  uint32_t next = 0;
  uint32_t key_count = 0;
  // The names of objects already visited, as properties of an object that no script sees; null while
  // there are none.
  gc::Member<Object> visited;

  size_t cell_size() const { return sizeof(Enumerator); }
  void trace(gc::Visitor& visitor) {
    visitor.visit(object);
    visitor.visit(keys);
    visitor.visit(listed_shape);
    visitor.visit(visited);
  }
};

}  // namespace skein
