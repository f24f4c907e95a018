// Shapes: what objects of the same history have in common – prototype, keys, attributes, layout.
//
// An ordinary object walks a tree of shared shapes: adding a property takes the transition for
// (key, attributes) to a child. An object whose properties are deleted or reconfigured, which has
// very many, or which serves as a prototype or global object, owns its shape: no tree, one hash
// table, mutated in place. Objects that cannot be extended any more have trees of their own, beside those of
// the others, so that an inline cache never adds a property to them. What inline caches may assume:
//   - shape S, key K at slot N: true of every object with shape S, for as long as S exists. An owned
//     shape that loses or reconfigures a property is replaced by a fresh one.
//   - K is absent from shape S: true for shared shapes. For owned shapes only as long as
//     Agent::prototype_epoch stands (adding to a prototype or global object raises it).
//   - an object's prototype is shape()->prototype(); changing it changes the shape.
#pragma once

#include <bit>
#include <vector>

#include "core/runtime/property_key.h"
#include "core/runtime/value.h"

namespace skein {

class Object;
class Shape;

// https://tc39.es/ecma262/#sec-property-attributes, and whether the slot holds an Accessor.
enum PropertyAttributes : uint8_t {
  kNone = 0,
  kWritable = 1,
  kEnumerable = 2,
  kConfigurable = 4,
  kAccessorProperty = 8,
  // The value is made by Object::lookup: the slot holds a Realm, whose global of this name it is, or LazyProperties
  // (builtin_spec.cpp).
  kLazyProperty = 16,
  kDefaultAttributes = kWritable | kEnumerable | kConfigurable,
  kBuiltinAttributes = kWritable | kConfigurable,
};
constexpr PropertyAttributes operator|(PropertyAttributes a, PropertyAttributes b) {
  return static_cast<PropertyAttributes>(static_cast<int>(a) | static_cast<int>(b));
}

struct PropertyLocation {
  uint32_t slot = 0;
  PropertyAttributes attributes = kNone;
  bool found = false;
  explicit operator bool() const { return found; }
};

// An insertion-ordered hash table from key to slot and attributes.
class alignas(8) PropertyTable final : public gc::Cell {  // as its entries, which lie behind it
 public:
  static constexpr CellKind kKind = CellKind::kPropertyTable;
  static constexpr const char* kKindName = "PropertyTable";
  struct Entry {
    PropertyKey key;  // none: deleted
    uint32_t slot;
    PropertyAttributes attributes;
  };
  static constexpr uint32_t kNoSlot = UINT32_MAX;

  explicit PropertyTable(uint32_t capacity);  // in entries. Extra bytes: bytes_for(capacity)
  static size_t bytes_for(uint32_t capacity) { return capacity * sizeof(Entry) + buckets_for(capacity) * bucket_width(capacity); }
  static PropertyTable* make(gc::Heap& heap, uint32_t capacity);

  Entry* find(PropertyKey key);
  bool is_full() const { return used_ == capacity(); }
  // REQUIRES: !is_full(), key absent.
  void append(PropertyKey key, uint32_t slot, PropertyAttributes attributes);
  void remove(Entry* entry);
  // A copy with room for more; deleted entries are dropped. The first `count` entries only.
  PropertyTable* grown_copy(gc::Heap& heap, uint32_t count);
  // The same with room for exactly `more` further ones.
  PropertyTable* copy_with_room(gc::Heap& heap, uint32_t count, uint32_t more);

  uint32_t capacity() const { return word_; }
  uint32_t used() const { return used_; }  // entries to look at, deleted ones included
  uint32_t live() const { return live_; }
  Entry* entries() { return reinterpret_cast<Entry*>(this + 1); }
  // A chain of slots that deleted properties left, threaded through the object's slots as int32.
  uint32_t free_slot = kNoSlot;

  size_t cell_size() const { return sizeof(PropertyTable) + bytes_for(capacity()); }
  void trace(gc::Visitor& visitor);
  void trace_part(gc::Visitor& visitor, size_t begin, size_t end);

 private:
  // A power of two, of which at most two thirds get used, and never all.
  static uint32_t buckets_for(uint32_t capacity) { return std::bit_ceil(capacity + capacity / 2 + 1); }
  // A bucket holds the place of an entry, or the greatest number there is; of a small table it is a byte.
  static bool has_small_buckets(uint32_t capacity) { return capacity < UINT8_MAX; }
  static size_t bucket_width(uint32_t capacity) { return has_small_buckets(capacity) ? sizeof(uint8_t) : sizeof(uint32_t); }
  template <typename Bucket>
  Bucket* buckets() { return reinterpret_cast<Bucket*>(entries() + capacity()); }
  template <typename Bucket>
  Entry* find_with(PropertyKey key);
  template <typename Bucket>
  void link(PropertyKey key, uint32_t place);
  uint32_t live_among(uint32_t count);
  PropertyTable* copy(gc::Heap& heap, uint32_t count, uint32_t capacity);
  uint32_t used_ = 0;
  uint32_t live_ = 0;
  const uint32_t bucket_mask_;
};

// The children of a shape, weakly held except by minor collections.
class TransitionTable final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kTransitionTable;
  static constexpr const char* kKindName = "TransitionTable";
  explicit TransitionTable(uint32_t capacity) : gc::Cell(static_cast<uint8_t>(kKind), capacity) {}
  Shape** entries() { return reinterpret_cast<Shape**>(this + 1); }
  uint32_t capacity() const { return word_; }
  uint32_t count = 0;
  size_t cell_size() const { return sizeof(TransitionTable) + capacity() * sizeof(Shape*); }

 private:
  [[maybe_unused]] uint32_t padding_ = 0;
};

class Shape final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kShape;
  static constexpr const char* kKindName = "Shape";
  static constexpr gc::BlockSpace kBlockSpace = gc::BlockSpace::kCage;
  static constexpr uint32_t kMaxSharedProperties = 128;
  // What the next property takes of the heap at once; 0 as long as the table of an owned shape has room.
  size_t table_growth() const;

  // The root of a tree. `inline_offset` is in bytes from the object's start.
  static Shape* make_root(gc::Heap& heap, Object* prototype, uint16_t inline_offset, uint8_t inline_capacity);

  uint32_t reference() const { return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(this) - gc::g_cage_base); }
  static Shape* from_reference(uint32_t reference) { return reinterpret_cast<Shape*>(gc::g_cage_base + reference); }

  Object* prototype() const { return prototype_; }
  bool is_owned() const { return flags_ & kOwned; }
  uint32_t property_count() const { return word_; }
  uint32_t slot_count() const { return slot_count_; }  // slots in use, inline ones first
  uint8_t inline_capacity() const { return inline_capacity_; }
  uint16_t inline_offset() const { return inline_offset_; }

  PropertyLocation lookup(PropertyKey key);

  // Shared shapes: the child with one more property, in slot slot_count(). Never an owned shape.
  Shape* add_transition(PropertyKey key, PropertyAttributes attributes);
  // That child if there is one already, else null. Of a shared shape: the key is not in this shape then.
  Shape* find_transition(PropertyKey key, PropertyAttributes attributes) { return find_child(key, attributes, nullptr); }
  // The same under another prototype, by transition; null when this shape has properties already (the
  // caller then owns the shape).
  Shape* prototype_transition(Object* prototype);
  // Of a shared shape: the one that objects take when they can no longer be extended, in a tree for such objects alone;
  // `kept` says what is left of each property's attributes.
  Shape* inextensible_copy(PropertyAttributes (*kept)(PropertyKey, PropertyAttributes));
  // A fresh owned shape with the same properties (any attributes change is made on the result).
  Shape* owned_copy();
  // The same with room for `more` properties in the table. Also of an owned shape, which it changes.
  Shape* owned_with_room(uint32_t more);

  // Owned shapes only; the caller replaces the shape where the contract above asks for it.
  uint32_t owned_add(PropertyKey key, PropertyAttributes attributes, uint32_t reuse_slot);
  PropertyTable* table() const { return table_; }
  // Of a shared shape, a copy in one place of what its ancestors say.
  PropertyTable* ensure_table();
  void set_prototype(Object* prototype) { prototype_.set(this, prototype); }

  void note_removed();  // after PropertyTable::remove
  // In insertion order.
  void collect_properties(std::vector<PropertyTable::Entry>& out);

  size_t cell_size() const { return sizeof(Shape); }
  void trace(gc::Visitor& visitor);
  void sweep_weak(gc::Heap& heap);

 private:
  friend class gc::Heap;
  // Those in the tree of an inextensible root are inextensible themselves.
  enum Flags : uint8_t { kOwned = 1, kPrototypeTransition = 2, kInextensible = 4 };
  Shape(Object* prototype, uint16_t inline_offset, uint8_t inline_capacity);
  PropertyTable* make_table(uint32_t capacity);
  Shape* owned_with_table(PropertyTable* table);
  Shape* find_child(PropertyKey key, PropertyAttributes attributes, Object* prototype);
  void add_child(Shape* child);
  Shape* only_child() const { return children_ != nullptr && children_->kind_byte() == static_cast<uint8_t>(kKind) ? static_cast<Shape*>(children_) : nullptr; }
  TransitionTable* transitions() const {
    return children_ != nullptr && only_child() == nullptr ? static_cast<TransitionTable*>(children_) : nullptr;
  }
  void set_property_count(uint32_t count) { word_ = count; }
  Shape* make_child();
  Shape* inextensible_root();

  gc::Member<Object> prototype_;
  gc::Member<Shape> parent_;          // null for roots and owned shapes
  PropertyKey key_;                   // the property that this shape adds to its parent
  gc::Member<PropertyTable> table_;   // authoritative if owned; else a cache that may move to a child
  gc::Cell* children_ = nullptr;      // weakly: one Shape, or a TransitionTable, or none
  uint32_t slot_count_ = 0;
  uint16_t inline_offset_;
  uint8_t inline_capacity_;
  PropertyAttributes attributes_ = kNone;
};

}  // namespace skein
