#include "core/strings/atom_table.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/base/arena.h"

namespace skein {

namespace {

constexpr uint32_t kMaxArrayIndex = 4294967294u;
constexpr size_t kFirstCapacity = 64;

// The value of a canonical array index, or -1.
int64_t parse_array_index(StringView view) {
  const uint32_t length = view.length();
  if (length == 0 || length > 10) return -1;
  if (view[0] == '0') return length == 1 ? 0 : -1;
  uint64_t value = 0;
  for (uint32_t i = 0; i < length; ++i) {
    char16_t unit = view[i];
    if (unit < '0' || unit > '9') return -1;
    value = value * 10 + (unit - '0');
  }
  return value <= kMaxArrayIndex ? static_cast<int64_t>(value) : -1;
}

}  // namespace

AtomTable::AtomTable(gc::Heap& heap)
    : heap_(heap), slots_(kFirstCapacity, nullptr), empty_(shared_atoms::empty()), singles_(shared_atoms::singles()) {}

// The texts of neighbouring numbers have neighbouring hashes: mixed, they do not pile up.
size_t AtomTable::home_of(uint32_t hash) {
  hash = (hash ^ hash >> 15) * 0x2C1B3C6Du;
  return hash ^ hash >> 12;
}

size_t AtomTable::probe(StringView view, uint32_t hash) const {
  const size_t mask = slots_.size() - 1;
  size_t slot = home_of(hash) & mask;
  while (FlatString* atom = slots_[slot]) {
    if (is_atom_of(atom, view, hash)) break;
    slot = (slot + 1) & mask;
  }
  return slot;
}

FlatString* AtomTable::find(StringView view) const {
  const uint32_t hash = view.hash();
  FlatString* atom = slots_[probe(view, hash)];
  return atom != nullptr ? atom : shared_atoms::find(view, hash);
}

FlatString* AtomTable::atomize(StringView view) {
  const uint32_t hash = view.hash();
  const size_t slot = probe(view, hash);
  if (slots_[slot] != nullptr) return slots_[slot];
  if (FlatString* shared = shared_atoms::find(view, hash)) return shared;
  const bool latin1 = fits_latin1(view);
  auto* atom = heap_.make_with_extra<FlatString>(size_t{view.length()} << (latin1 ? 0 : 1), view.length(), latin1);
  copy_units(atom, view);
  mark_as_atom(atom, hash);
  return insert(atom, slot);
}

FlatString* AtomTable::atomize(String* string) {
  if (string->is_atom()) return static_cast<FlatString*>(string);
  StringView view = string->view();
  const uint32_t hash = string->hash();
  const size_t slot = probe(view, hash);
  if (slots_[slot] != nullptr) return slots_[slot];
  if (FlatString* shared = shared_atoms::find(view, hash)) return shared;
  if (!string->is_flat()) return atomize(view);
  mark_as_atom(static_cast<FlatString*>(string), hash);
  return insert(static_cast<FlatString*>(string), slot);
}

FlatString* AtomTable::atomize_shared(StringView view) {
  FlatString* own = slots_[probe(view, view.hash())];
  return own != nullptr ? own : shared_atoms::add(view);
}

FlatString* AtomTable::atomize_index_slow(uint32_t index) {
  char buffer[16];
  auto result = std::to_chars(buffer, buffer + sizeof buffer, index);
  FlatString* atom = atomize(StringView(std::string_view(buffer, result.ptr - buffer)));
  if (index >= kSmallIndices) return atom;
  if (small_indices_ == nullptr) small_indices_ = std::make_unique<FlatString*[]>(kSmallIndices);
  return small_indices_[index] = atom;
}

bool AtomTable::fits_latin1(StringView view) {
  if (view.is_latin1()) return true;
  for (char16_t unit : view.utf16_span())
    if (unit > 255) return false;
  return true;
}

void AtomTable::copy_units(FlatString* atom, StringView view) {
  for (uint32_t i = 0; i < view.length(); ++i) {
    if (atom->is_latin1()) atom->latin1()[i] = static_cast<uint8_t>(view[i]);
    else atom->utf16()[i] = view[i];
  }
}

void AtomTable::mark_as_atom(FlatString* string, uint32_t hash) {
  string->hash_ = hash;
  string->flags_ |= String::kAtom | String::kHashed;
  int64_t index = parse_array_index(string->flat_view());
  if (index >= 0) {
    string->flags_ |= String::kArrayIndex;
    string->array_index_ = static_cast<uint32_t>(index);
  }
}

FlatString* AtomTable::make_permanent(Arena& arena, StringView view, uint32_t hash) {
  const bool latin1 = fits_latin1(view);
  void* memory = arena.allocate(sizeof(FlatString) + (size_t{view.length()} << (latin1 ? 0 : 1)), alignof(FlatString));
  auto* atom = gc::Heap::make_permanent<FlatString>(memory, view.length(), latin1);
  copy_units(atom, view);
  mark_as_atom(atom, hash);
  return atom;
}

FlatString* AtomTable::insert(FlatString* string, size_t slot) {
  slots_[slot] = string;
  young_.push_back(string);
  // Small tables are sparse, large ones save memory.
  constexpr size_t kLarge = 64 * 1024;
  if (++count_ > (slots_.size() < kLarge ? slots_.size() / 2 : slots_.size() / 4 * 3)) rehash(slots_.size() * 2);
  return string;
}

void AtomTable::rehash(size_t capacity) {
  // What the table has grown by counts against the heap's limit.
  if (capacity > slots_.size()) heap_.charge_external_regardless((capacity - slots_.size()) * sizeof(FlatString*));
  else heap_.discharge_external((slots_.size() - capacity) * sizeof(FlatString*));
  std::vector<FlatString*> old(capacity, nullptr);
  old.swap(slots_);
  const size_t mask = capacity - 1;
  for (FlatString* atom : old) {
    if (atom == nullptr) continue;
    size_t slot = home_of(atom->hash_) & mask;
    while (slots_[slot] != nullptr) slot = (slot + 1) & mask;
    slots_[slot] = atom;
  }
}

void AtomTable::sweep(gc::Heap& heap, bool full) {
  if (small_indices_ != nullptr) std::fill_n(small_indices_.get(), kSmallIndices, nullptr);
  if (full) {
    keep_marked(heap);
    size_t capacity = slots_.size();
    while (capacity > kFirstCapacity && count_ * 8 < capacity) capacity /= 2;
    if (capacity < slots_.size()) rehash(capacity);
  } else {
    const size_t mask = slots_.size() - 1;
    for (FlatString* dead : young_) {
      if (heap.is_marked(dead)) continue;
      size_t slot = home_of(dead->hash_) & mask;
      while (slots_[slot] != dead) slot = (slot + 1) & mask;
      remove(slot);
    }
  }
  young_.clear();
}

// In place, as there may be no memory for a second table, from the start of a run on: what closes a gap comes from behind it,
// and is looked at in its turn.
void AtomTable::keep_marked(gc::Heap& heap) {
  const size_t mask = slots_.size() - 1;
  size_t start = 0;
  while (slots_[start] != nullptr) ++start;
  constexpr size_t kPrefetched = 12;
  for (size_t i = 1; i <= mask; ++i) {
    __builtin_prefetch(slots_[(start + i + kPrefetched) & mask]);
    const size_t slot = (start + i) & mask;
    while (slots_[slot] != nullptr && !heap.is_marked(slots_[slot])) remove(slot);
  }
}

void AtomTable::remove(size_t hole) {
  const size_t mask = slots_.size() - 1;
  // Close the gap, so that later entries of the same run stay reachable.
  for (size_t next = (hole + 1) & mask; slots_[next] != nullptr; next = (next + 1) & mask) {
    size_t home = home_of(slots_[next]->hash_) & mask;
    if (((next - home) & mask) >= ((next - hole) & mask)) {
      slots_[hole] = slots_[next];
      hole = next;
    }
  }
  slots_[hole] = nullptr;
  --count_;
}

}  // namespace skein
