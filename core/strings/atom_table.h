// AtomTable: the unique strings of one heap, weakly held. Those that all agents share (shared_atoms.h)
// are among them, without being in the table.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/strings/shared_atoms.h"
#include "core/strings/string.h"

namespace skein {

class Arena;

class AtomTable {
 public:
  explicit AtomTable(gc::Heap& heap);

  // The atom with these units; made when there is none.
  FlatString* atomize(StringView view);
  FlatString* atomize(String* string);
  FlatString* atomize_index(uint32_t index) {
    if (index < kSmallIndices && small_indices_ != nullptr && small_indices_[index] != nullptr) [[likely]] return small_indices_[index];
    return atomize_index_slow(index);
  }
  // Those below are found again without a look at their text.
  static constexpr uint32_t kSmallIndices = 256;
  // For texts of the engine itself: an atom that is not there yet will be one of all agents.
  FlatString* atomize_shared(StringView view);
  // The atom if there is one, else null.
  FlatString* find(StringView view) const;

  FlatString* empty() const { return empty_; }
  FlatString* single(uint8_t unit) const { return singles_[unit]; }

  void sweep(gc::Heap& heap, bool full);
  size_t size() const { return count_; }

  // For shared_atoms.
  static size_t home_of(uint32_t hash);
  static bool is_atom_of(FlatString* atom, StringView view, uint32_t hash) { return atom->hash_ == hash && atom->flat_view() == view; }
  static StringView text_of(FlatString* atom) { return atom->flat_view(); }
  static uint32_t hash_of(FlatString* atom) { return atom->hash_; }
  static FlatString* make_permanent(Arena& arena, StringView view, uint32_t hash);

 private:
  FlatString* atomize_index_slow(uint32_t index);
  static bool fits_latin1(StringView view);
  static void copy_units(FlatString* atom, StringView view);
  static void mark_as_atom(FlatString* string, uint32_t hash);
  size_t probe(StringView view, uint32_t hash) const;
  FlatString* insert(FlatString* string, size_t slot);
  void rehash(size_t capacity);
  void remove(size_t slot);
  void keep_marked(gc::Heap& heap);

  gc::Heap& heap_;
  std::vector<FlatString*> slots_;  // open addressing, power of two, null = free
  size_t count_ = 0;
  std::vector<FlatString*> young_;  // made since the last collection
  FlatString* const empty_;
  FlatString* const* const singles_;  // by unit
  std::unique_ptr<FlatString*[]> small_indices_;  // by number: those asked for since the last collection; null as long as none was
};

}  // namespace skein
