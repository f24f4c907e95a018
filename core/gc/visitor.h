// Visitor: how tracing code reports the references that a cell or a root set holds.
#pragma once

#include "core/gc/cell.h"
#include "core/gc/heap.h"

namespace skein::gc {

class Visitor {
 public:
  explicit Visitor(Heap& heap) : heap_(heap) {}

  void visit(Cell* cell) {
    if (cell == nullptr || heap_.is_marked(cell)) return;
    heap_.mark(cell);
  }
  template <typename T>
  void visit(const Member<T>& member) {
    visit(const_cast<Cell*>(static_cast<const Cell*>(member.get())));
  }

  // From trace_ephemerons: visits `value` now or, if `key` is not marked yet, when it is.
  void visit_when_marked(Cell* key, Cell* value) {
    if (heap_.is_marked(key)) return visit(value);
    if (!heap_.is_marked(value)) heap_.wait_for(key, value);
  }

  Heap& heap() { return heap_; }

 private:
  Heap& heap_;
};

}  // namespace skein::gc
