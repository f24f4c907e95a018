// AtomTable: the unique strings of one heap, weakly held.
#pragma once

#include <cstdint>
#include <vector>

#include "core/strings/string.h"

namespace skein {

class AtomTable {
 public:
  explicit AtomTable(gc::Heap& heap);

  // The atom with these units; made when there is none.
  FlatString* atomize(StringView view);
  FlatString* atomize(String* string);
  FlatString* atomize_index(uint32_t index);
  // The atom if there is one, else null.
  FlatString* find(StringView view) const;

  FlatString* empty() const { return empty_; }
  FlatString* single(uint8_t unit) const { return singles_[unit]; }

  void trace_roots(gc::Visitor& visitor);  // the permanent ones
  void sweep(gc::Heap& heap, bool full);
  size_t size() const { return count_; }

 private:
  size_t probe(StringView view, uint32_t hash) const;
  FlatString* insert(FlatString* string, uint32_t hash, size_t slot);
  void rehash(size_t capacity);
  void remove(size_t slot);
  void keep_marked(gc::Heap& heap);

  gc::Heap& heap_;
  std::vector<FlatString*> slots_;  // open addressing, power of two, null = free
  size_t count_ = 0;
  std::vector<FlatString*> young_;  // made since the last collection
  FlatString* empty_ = nullptr;
  FlatString* singles_[256];
};

}  // namespace skein
