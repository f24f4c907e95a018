// https://tc39.es/ecma262/#sec-array-iterator-objects, as the interpreter and the abstract operations on
// iterators want them: stepping without a result object, and `next` known by its address.
#pragma once

#include "core/runtime/operations.h"

namespace skein {

class ArrayIterator final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kArrayIterator;
  static constexpr const char* kKindName = "ArrayIterator";
  ArrayIterator(Shape* shape, Object* iterated, PropertyKind kind)
      : Object(shape, kKind), iterated_(Value(iterated)), kind_(kind) {}

  Value iterated() const { return iterated_; }  // undefined once exhausted
  void finish() { iterated_.set(this, Value::undefined()); }
  PropertyKind iteration_kind() const { return kind_; }
  double next_index() const { return next_index_; }
  void set_next_index(double index) { next_index_ = index; }

  size_t cell_size() const { return sizeof(ArrayIterator); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visit_value(visitor, iterated_);
  }

 private:
  ValueSlot iterated_;
  double next_index_ = 0;
  PropertyKind kind_;
};

// https://tc39.es/ecma262/#sec-createarrayiterator
ArrayIterator* create_array_iterator(Agent& agent, Object* array_like, PropertyKind kind);
// One step: false when exhausted, else the value (or key, or [key, value] array) is in `value`.
Completion<bool> array_iterator_step(Agent& agent, ArrayIterator* iterator, Root<Value>& value);
// %ArrayIteratorPrototype%.next. A NativeFunction with this code, called on an ArrayIterator, may be
// replaced by array_iterator_step().
Completion<Value> array_iterator_next(Agent& agent, const CallInfo& info);
inline bool is_array_iterator_step(Value iterator, Value next_method) {
  return iterator.is_kind(CellKind::kArrayIterator) && next_method.is_kind(CellKind::kNativeFunction) &&
         next_method.as<NativeFunction>()->function() == array_iterator_next;
}

// The length of a typed array that is being iterated; a TypeError when it is out of bounds. Set by
// the clause of typed arrays.

}  // namespace skein
