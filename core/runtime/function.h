// https://tc39.es/ecma262/#sec-built-in-function-objects and bound functions. Closures of script code
// are in interpreter/closure.h.
#pragma once

#include "core/runtime/call.h"
#include "core/runtime/object.h"
#include "core/runtime/realm.h"

namespace skein {

class NativeFunction final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kNativeFunction;
  static constexpr const char* kKindName = "NativeFunction";
  static constexpr int kSlotCount = 3;

  NativeFunction(Shape* shape, Realm* realm, NativeFunctionPointer function, uint8_t flags)
      : Object(shape, kKind, flags), realm_(realm), function_(function) {}

  Realm* realm() const { return realm_; }
  NativeFunctionPointer function() const { return function_; }
  // Internal slots of the function object ([[Promise]], [[AlreadyResolved]], …), undefined at first.
  Value internal_slot(int index) const { return internal_[index]; }
  void set_internal_slot(int index, Value value) { internal_[index].set(this, value); }

  size_t cell_size() const { return sizeof(NativeFunction) + shape()->inline_capacity() * sizeof(Value); }
  void trace(gc::Visitor& visitor);

 private:
  gc::Member<Realm> realm_;
  NativeFunctionPointer function_;
  ValueSlot internal_[kSlotCount];
};

// https://tc39.es/ecma262/#sec-createbuiltinfunction. With own properties `length` and `name`.
// `prefix` is "get" or "set" or empty. The prototype is %Function.prototype% of `realm` when null.
NativeFunction* make_native_function(Agent& agent, Realm* realm, NativeFunctionPointer function, double length,
                                     PropertyKey name, std::string_view prefix = {}, Object* prototype = nullptr,
                                     bool is_constructor = false);
// In the current realm, anonymous (name ""): closures of abstract operations.
NativeFunction* make_native_closure(Agent& agent, NativeFunctionPointer function, double length);

// https://tc39.es/ecma262/#sec-bound-function-exotic-objects
class BoundFunction final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kBoundFunction;
  static constexpr const char* kKindName = "BoundFunction";
  BoundFunction(Shape* shape, Object* target, Value bound_this, ValueArray* arguments, uint8_t flags)
      : Object(shape, kKind, flags), target_(target), bound_this_(bound_this), arguments_(arguments) {}
  Object* target() const { return target_; }           // [[BoundTargetFunction]]
  Value bound_this() const { return bound_this_; }     // [[BoundThis]]
  ValueArray* arguments() const { return arguments_; }  // [[BoundArguments]]; exactly sized, null when none
  size_t cell_size() const { return sizeof(BoundFunction); }
  void trace(gc::Visitor& visitor);

 private:
  gc::Member<Object> target_;
  ValueSlot bound_this_;
  gc::Member<ValueArray> arguments_;
};

// https://tc39.es/proposal-shadowrealm/#sec-wrapped-function-exotic-objects; builtins/ gives it its [[Call]].
class WrappedFunction final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kWrappedFunction;
  static constexpr const char* kKindName = "WrappedFunction";
  WrappedFunction(Shape* shape, Realm* realm, Object* target) : Object(shape, kKind, kCallable), realm_(realm), target_(target) {}
  Realm* realm() const { return realm_; }
  Object* target() const { return target_; }  // [[WrappedTargetFunction]]
  size_t cell_size() const { return sizeof(WrappedFunction); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visitor.visit(realm_);
    visitor.visit(target_);
  }

 private:
  gc::Member<Realm> realm_;
  gc::Member<Object> target_;
};

}  // namespace skein
