// Visitor: how tracing code reports the references that a cell or a root set holds.
#pragma once

#include <utility>

#include "core/gc/cell.h"
#include "core/gc/heap.h"

namespace skein::gc {

// Whether a cell is marked stands in its header, which in a large heap is in no cache. What is visited waits in a
// short queue while the header is fetched.
class Visitor {
 public:
  explicit Visitor(Heap& heap) : heap_(heap) {}
  ~Visitor() { flush(); }
  Visitor(const Visitor&) = delete;
  Visitor& operator=(const Visitor&) = delete;

  void visit(Cell* cell) {
    if (cell == nullptr) return;
    __builtin_prefetch(cell);
    Cell* due = std::exchange(queue_[next_++ % kQueueLength], cell);
    if (due != nullptr && !heap_.is_marked(due)) heap_.mark(due);
  }
  // Marks what is in the queue. To be called before marking is called done; once is enough.
  void flush() {
    for (Cell*& entry : queue_) {
      Cell* due = std::exchange(entry, nullptr);
      if (due != nullptr && !heap_.is_marked(due)) heap_.mark(due);
    }
  }
  template <typename T>
  void visit(const Member<T>& member) {
    visit(const_cast<Cell*>(static_cast<const Cell*>(member.get())));
  }

  // From trace_ephemerons: visits `value` now or, if `key` is not marked yet, when it is. (That it is in the queue does
  // no harm: it is marked later.)
  void visit_when_marked(Cell* key, Cell* value) {
    if (heap_.is_marked(key)) return visit(value);
    if (!heap_.is_marked(value)) heap_.wait_for(key, value);
  }

  Heap& heap() { return heap_; }

 private:
  static constexpr unsigned kQueueLength = 8;
  Heap& heap_;
  unsigned next_ = 0;
  Cell* queue_[kQueueLength] = {};
};

}  // namespace skein::gc
