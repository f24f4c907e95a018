// Object: ordinary objects, and the base of all others.
//
// https://tc39.es/ecma262/#sec-ordinary-and-exotic-objects-behaviours
// Named properties live in slots laid out by the shape: the first few inline, the rest in one
// out-of-line array. Properties with index keys live in elements: a dense array of values (a hole is
// Value::empty(); all attributes are the default ones) or, once sparse or with other attributes, a
// map. Exotic kinds replace essential internal methods through a table indexed by kind.
#pragma once

#include <vector>

#include "core/runtime/property_key.h"
#include "core/runtime/shape.h"
#include "core/runtime/value.h"

namespace skein {

class Agent;
class Realm;
struct PropertyDescriptor;
class RootVector;

// Out-of-line slots, dense elements, and plain arrays of values inside the engine.
class ValueArray final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kValueArray;
  static constexpr const char* kKindName = "ValueArray";
  ValueArray(uint32_t capacity, Value fill);
  // Null when the heap's limit does not allow it.
  static ValueArray* try_make(gc::Heap& heap, uint32_t capacity, Value fill);
  static ValueArray* make(gc::Heap& heap, uint32_t capacity, Value fill = Value::undefined());

  uint32_t capacity() const { return word_; }
  Value* data() { return reinterpret_cast<Value*>(this + 1); }
  Value get(uint32_t index) const { return reinterpret_cast<const Value*>(this + 1)[index]; }
  void set(uint32_t index, Value value) {
    data()[index] = value;
    write_barrier_at(data() + index, cell_or_null(value));
  }
  size_t cell_size() const { return sizeof(ValueArray) + capacity() * sizeof(Value); }
  void trace(gc::Visitor& visitor);
  void trace_part(gc::Visitor& visitor, size_t begin, size_t end);
};

// https://tc39.es/ecma262/#sec-property-attributes – the two functions of an accessor property.
class Accessor final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kAccessor;
  static constexpr const char* kKindName = "Accessor";
  Accessor(Value getter, Value setter) : gc::Cell(static_cast<uint8_t>(kKind)), getter(getter), setter(setter) {}
  ValueSlot getter;  // an object or undefined
  ValueSlot setter;
  size_t cell_size() const { return sizeof(Accessor); }
  void trace(gc::Visitor& visitor) {
    visit_value(visitor, getter);
    visit_value(visitor, setter);
  }
};

class SparseElements;

// The essential internal methods. Entries of kinds that do not replace one are the ordinary ones.
// https://tc39.es/ecma262/#sec-object-internal-methods-and-internal-slots
struct InternalMethods {
  Completion<Object*> (*get_prototype_of)(Agent&, Object*, bool* is_null);
  Completion<bool> (*set_prototype_of)(Agent&, Object*, Object* prototype_or_null);
  Completion<bool> (*is_extensible)(Agent&, Object*);
  Completion<bool> (*prevent_extensions)(Agent&, Object*);
  Completion<bool> (*get_own_property)(Agent&, Object*, PropertyKey, PropertyDescriptor& out);  // false: absent
  Completion<bool> (*define_own_property)(Agent&, Object*, PropertyKey, const PropertyDescriptor&);
  Completion<bool> (*has_property)(Agent&, Object*, PropertyKey);
  Completion<Value> (*get)(Agent&, Object*, PropertyKey, Value receiver);
  Completion<bool> (*set)(Agent&, Object*, PropertyKey, Value, Value receiver);
  Completion<bool> (*delete_property)(Agent&, Object*, PropertyKey);
  Completion<void> (*own_property_keys)(Agent&, Object*, RootVector& keys);  // strings and symbols, as values
};
extern const InternalMethods kOrdinaryInternalMethods;
extern const InternalMethods* g_internal_methods[256];  // by kind; filled before the first agent

class Object : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kObject;
  static constexpr const char* kKindName = "Object";

  enum Flags : uint8_t {
    kNotExtensible = 1,
    kUsedAsPrototype = 2,
    kCallable = 4,
    kConstructor = 8,
    kExoticIndices = 16,     // index keys do not live in plain elements (typed arrays, strings, proxies, mapped arguments)
    kSparse = 32,            // elements are SparseElements
    kLengthNotWritable = 64, // arrays
    kHtmlDda = 128,          // [[IsHTMLDDA]] (test262 host)
  };

  // For plain objects: `shape->inline_capacity()` values follow.
  explicit Object(Shape* shape, CellKind kind = CellKind::kObject, uint8_t flags = 0);

  CellKind kind() const { return static_cast<CellKind>(kind_byte()); }
  template <typename T>
  T* as_if() {
    return kind() == T::kKind ? static_cast<T*>(this) : nullptr;
  }
  Shape* shape() const { return Shape::from_reference(word_); }
  uint32_t shape_reference() const { return word_; }
  void set_shape(Shape* shape) {
    word_ = shape->reference();
    write_barrier();
  }
  bool has_flag(Flags flag) const { return flags_ & flag; }
  void set_flag(Flags flag) { flags_ |= flag; }
  void clear_flag(Flags flag) { flags_ = static_cast<uint8_t>(flags_ & ~flag); }
  // https://tc39.es/ecma262/#sec-immutable-prototype-exotic-objects
  // Other kinds use the bits of aux_ for themselves.
  bool has_immutable_prototype() const { return kind() == CellKind::kObject && (aux_ & kImmutablePrototype); }
  void make_prototype_immutable() { aux_ |= kImmutablePrototype; }
  bool is_callable() const { return flags_ & kCallable; }
  bool is_constructor() const { return flags_ & kConstructor; }
  // No internal method of this kind is exotic.
  bool is_ordinary() const { return &methods() == &kOrdinaryInternalMethods; }
  const InternalMethods& methods() const { return *g_internal_methods[kind_byte()]; }
  // The prototype of an object whose [[GetPrototypeOf]] is ordinary.
  Object* prototype() const { return shape()->prototype(); }

  // --- Named properties, no script is run, nothing is checked beyond what is said. ---
  // REQUIRES: !key.is_index()
  PropertyLocation lookup(PropertyKey key) const {
    PropertyLocation location = shape()->lookup(key);
    if (location.attributes & kLazyProperty) [[unlikely]] return const_cast<Object*>(this)->make_lazy_property(key);
    return location;
  }
  Value* slot_address(uint32_t slot) {
    Shape* s = shape();
    return slot < s->inline_capacity() ? inline_slots(s) + slot : slots_->data() + (slot - s->inline_capacity());
  }
  Value slot(uint32_t slot) const { return *const_cast<Object*>(this)->slot_address(slot); }
  void set_slot(uint32_t slot, Value value);
  // REQUIRES: the key is absent and not an index.
  void add_property(Agent& agent, PropertyKey key, Value value, PropertyAttributes attributes);
  // The same, but RangeError where a large table would have to grow past the heap's limit. May collect.
  Completion<void> try_add_property(Agent& agent, PropertyKey key, Value value, PropertyAttributes attributes);
  void reconfigure_property(Agent& agent, PropertyKey key, PropertyAttributes attributes);
  void remove_property(Agent& agent, PropertyKey key);
  // Puts the value into a property that is still lazy; false when there is none (any more).
  bool fill_lazy_property(PropertyKey key, Value value);
  // For objects that get many properties at once: owns its shape, and has room for exactly so many more.
  void reserve_properties(Agent& agent, uint32_t more);
  // Takes an owned shape (see shape.h).
  void own_shape(Agent& agent);
  // Marks as prototype of other objects; owns its shape from then on.
  void become_prototype(Agent& agent);
  // Without checks of extensibility or cycles.
  void set_prototype_directly(Agent& agent, Object* prototype);

  Value* inline_slots(Shape* shape) {
    return reinterpret_cast<Value*>(reinterpret_cast<char*>(this) + shape->inline_offset());
  }
  ValueArray* out_of_line_slots() const { return slots_; }
  // Moves to `shape`, which adds one property in slot shape->slot_count() - 1, and stores it.
  void add_by_transition(Agent& agent, Shape* shape, Value value);
  // Moves to `shape`, which adds as many properties as `source` has; they take the values of its slots, in order.
  void add_slots_of(Agent& agent, Shape* shape, Object* source);

  // --- Elements ---
  bool is_sparse() const { return flags_ & kSparse; }
  // Null when there are none. REQUIRES: !is_sparse()
  ValueArray* dense_elements() const { return static_cast<ValueArray*>(elements_.get()); }
  SparseElements* sparse_elements() const;
  void set_elements(gc::Cell* elements) { elements_.set(this, elements); }
  // A present dense element: plain data, default attributes.
  Value dense_element_or_empty(uint32_t index) const {
    if (is_sparse() || elements_.get() == nullptr) return Value::empty();
    ValueArray* array = dense_elements();
    return index < array->capacity() ? array->get(index) : Value::empty();
  }
  // Makes room for `capacity` dense elements; false when memory or the limit says no.
  // REQUIRES: !is_sparse()
  [[nodiscard]] bool reserve_elements(Agent& agent, uint32_t capacity);
  void make_sparse(Agent& agent);

  size_t cell_size() const { return sizeof(Object) + shape()->inline_capacity() * sizeof(Value); }
  void trace(gc::Visitor& visitor);

 protected:
  // Traces the shape, slots and elements, and `inline_slots` of kinds that have them.
  void trace_properties(gc::Visitor& visitor);

 private:
  PropertyLocation make_lazy_property(PropertyKey key);
  static constexpr uint8_t kImmutablePrototype = 0x80;  // in aux_, whose other bits are the kinds'

  gc::Member<ValueArray> slots_;
  gc::Member<gc::Cell> elements_;
};

// A map from index to value and attributes, ordered on demand.
class SparseElements final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kSparseElements;
  static constexpr const char* kKindName = "SparseElements";
  struct Entry {
    Value value;
    uint32_t index;
    PropertyAttributes attributes;
    bool used;
  };
  explicit SparseElements(uint32_t capacity);
  static SparseElements* make(gc::Heap& heap, uint32_t capacity);

  Entry* find(uint32_t index);
  // Returns the table to use from now on (this, or a grown copy).
  SparseElements* insert(gc::Heap& heap, uint32_t index, Value value, PropertyAttributes attributes);
  size_t growth() const;  // bytes that the next insert may take at once
  void remove(uint32_t index);
  std::vector<uint32_t> sorted_indices();
  uint32_t live() const { return live_; }
  uint32_t capacity() const { return word_; }
  Entry* entries() { return reinterpret_cast<Entry*>(this + 1); }

  size_t cell_size() const { return sizeof(SparseElements) + capacity() * sizeof(Entry); }
  void trace(gc::Visitor& visitor);

 private:
  size_t probe(uint32_t index);
  uint32_t live_ = 0;
  uint32_t used_ = 0;  // deleted entries included
};

inline SparseElements* Object::sparse_elements() const { return static_cast<SparseElements*>(elements_.get()); }

// https://tc39.es/ecma262/#sec-array-exotic-objects
class Array final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kArray;
  static constexpr const char* kKindName = "Array";
  explicit Array(Shape* shape) : Object(shape, kKind) {}
  uint32_t length() const { return length_; }
  // Sets the number alone; the caller keeps elements in step.
  void set_length_field(uint32_t length) { length_ = length; }
  static constexpr size_t length_offset();
  bool is_length_writable() const { return !has_flag(kLengthNotWritable); }
  // Dense, extensible, writable length: element `length()` may be appended without further checks,
  // if no prototype has index properties (Agent::prototypes_have_indices).
  bool is_simple() const { return !(flags_ & (kSparse | kNotExtensible | kLengthNotWritable)); }
  size_t cell_size() const { return sizeof(Array); }
  void trace(gc::Visitor& visitor) { trace_properties(visitor); }

 private:
  uint32_t length_ = 0;
};

inline Value::Value(const String* string) : Value(cell(reinterpret_cast<const gc::Cell*>(string))) {}
inline Value::Value(const Symbol* symbol) : Value(cell(symbol)) {}
inline Value::Value(const Object* object) : Value(cell(object)) {}
inline Value::Value(const BigInt* bigint) : Value(cell(reinterpret_cast<const gc::Cell*>(bigint))) {}
inline String* Value::as_string() const { return static_cast<String*>(as_cell()); }
inline Symbol* Value::as_symbol() const { return static_cast<Symbol*>(as_cell()); }
inline Object* Value::as_object() const { return static_cast<Object*>(as_cell()); }
inline BigInt* Value::as_bigint() const { return reinterpret_cast<BigInt*>(as_cell()); }

}  // namespace skein
