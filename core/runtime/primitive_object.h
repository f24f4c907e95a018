// Wrapper objects: https://tc39.es/ecma262/#sec-string-exotic-objects and the Boolean, Number, Symbol
// and BigInt objects of their clauses.
#pragma once

#include "core/runtime/object.h"
#include "core/runtime/realm.h"

namespace skein {

// One class for five kinds: [[BooleanData]], [[NumberData]], [[StringData]], [[SymbolData]], [[BigIntData]].
class PrimitiveObject final : public Object {
 public:
  static constexpr const char* kKindName = "PrimitiveObject";
  PrimitiveObject(Shape* shape, CellKind kind, Value value)
      : Object(shape, kind, kind == CellKind::kStringObject ? static_cast<uint8_t>(kExoticIndices) : uint8_t{0}), value_(value) {}
  Value primitive_value() const { return value_; }
  // Boolean.prototype and its like are themselves wrapper objects.
  size_t cell_size() const { return sizeof(PrimitiveObject); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visit_value(visitor, value_);
  }

 private:
  ValueSlot value_;
};

// REQUIRES: value is a boolean, number, string, symbol or BigInt. The prototype is the realm's.
PrimitiveObject* make_primitive_object(Agent& agent, Value value);
PrimitiveObject* make_primitive_object(Agent& agent, Value value, Object* prototype);
// The wrapper's value if `value` is a wrapper of that kind, else empty.
Value primitive_data(Value value, CellKind kind);

extern const InternalMethods kStringObjectInternalMethods;

}  // namespace skein
