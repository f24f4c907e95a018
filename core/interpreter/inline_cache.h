// Inline caches: what a property access has learned about the objects that come by.
//
// An entry says: an object of this shape finds the name here. Own slots hold as long as the shape
// exists; what was found (or not found) along the prototype chain holds while the agent's prototype
// epoch stands. A cache keeps one entry in place, up to three more beside it, and then gives up and
// shares the agent's megamorphic table. Shapes are held weakly: full collections clear dead entries.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>

#include "core/runtime/object.h"

namespace skein {

enum class CacheKind : uint8_t {
  // The bits say: 1 the slot is out of line; 2 it is the holder's; 4 it holds an Accessor.
  kOwnInline = 0,
  kOwnOutOfLine = 1,
  kHolderInline = 2,
  kHolderOutOfLine = 3,
  kOwnInlineAccessor = 4,
  kOwnOutOfLineAccessor = 5,
  kHolderInlineAccessor = 6,
  kHolderOutOfLineAccessor = 7,
  kAbsent = 8,         // nowhere on the chain
  kAddInline = 9,      // put: move to next_shape and store
  kAddOutOfLine = 10,
  kGlobalLexical = 11,  // slot of the realm's global_lexical_values; `epoch` is the interpreter's
};
inline constexpr int kCacheOutOfLine = 1;
inline constexpr int kCacheHolder = 2;
inline constexpr int kCacheAccessor = 4;

struct CacheEntry {
  uint32_t shape = 0;  // a shape reference; 0: free
  uint32_t epoch = 0;
  uint32_t offset = 0;  // in bytes: from the object for inline slots, from the out-of-line array's start otherwise
  CacheKind kind = CacheKind::kOwnInline;
  union {
    Object* holder = nullptr;
    Shape* next_shape;
    uint64_t key;  // private names: the name that the entry is for
  };
};

struct InlineCache {
  static constexpr int kMoreEntries = 3;
  CacheEntry entry;
  CacheEntry* more = nullptr;  // kMoreEntries of them
  bool is_megamorphic = false;
  uint8_t hits_beside = 0;  // since an entry was last moved to the front
};

// The location of a slot as caches keep it.
inline uint32_t cached_offset(Shape* shape, uint32_t slot, bool* out_of_line) {
  *out_of_line = slot >= shape->inline_capacity();
  return *out_of_line ? static_cast<uint32_t>(sizeof(ValueArray) + (slot - shape->inline_capacity()) * sizeof(Value))
                      : static_cast<uint32_t>(shape->inline_offset() + slot * sizeof(Value));
}
inline Value* cached_slot(Object* object, const CacheEntry& entry) {
  char* base = static_cast<int>(entry.kind) & kCacheOutOfLine ? reinterpret_cast<char*>(object->out_of_line_slots())
                                                              : reinterpret_cast<char*>(object);
  return reinterpret_cast<Value*>(base + entry.offset);
}

// The caches of all megamorphic sites of an agent. Small at first: most agents have few such sites.
class MegamorphicCache {
 public:
  struct Slot {
    PropertyKey key;
    CacheEntry entry;
  };
  const CacheEntry* find(uint32_t shape, PropertyKey key) const {
    if (slots_ == nullptr) return nullptr;
    const Slot& s = slots_[index(shape, key)];
    return s.entry.shape == shape && s.key == key ? &s.entry : nullptr;
  }
  void remember(PropertyKey key, const CacheEntry& entry) {
    if (slots_ == nullptr) resize(kFirstBits);
    Slot* slot = &slots_[index(entry.shape, key)];
    if (slot->entry.shape != 0 && (slot->entry.shape != entry.shape || slot->key != key) && ++evictions_ > size() / 4 && bits_ < kMostBits) {
      resize(bits_ + 2);
      slot = &slots_[index(entry.shape, key)];
    }
    *slot = {key, entry};
    is_clear_ = false;
  }
  void clear() {
    if (is_clear_) return;
    std::fill_n(slots_.get(), size(), Slot{});
    is_clear_ = true;
  }

 private:
  static constexpr int kFirstBits = 6, kMostBits = 10;
  uint32_t size() const { return 1u << bits_; }
  uint32_t index(uint32_t shape, PropertyKey key) const {
    uint32_t hash = (shape >> 3) * 0x9E3779B1u ^ static_cast<uint32_t>(key.bits() >> 4) * 0x85EBCA6Bu;
    return hash >> (32 - bits_);
  }
  // Forgets all: sites fill it again.
  void resize(int bits) {
    bits_ = bits;
    evictions_ = 0;
    slots_ = std::make_unique<Slot[]>(size());
  }
  std::unique_ptr<Slot[]> slots_;  // made when the first site has seen too many shapes
  int bits_ = 0;
  uint32_t evictions_ = 0;
  bool is_clear_ = true;
};

}  // namespace skein
