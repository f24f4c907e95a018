// https://tc39.es/ecma262/#sec-ecmascript-function-objects
//
// The own properties begin with length and name; functions that have a `prototype` property get it –
// always in slot kPrototypeSlot – when something first looks: until then the shape lacks it, and every
// path that could tell (the internal methods of the kind, the inline caches' slow paths) materialises
// it first.
#pragma once

#include "core/interpreter/code.h"
#include "core/interpreter/environment.h"
#include "core/runtime/object.h"

namespace skein {

class Closure final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kClosure;
  static constexpr const char* kKindName = "Closure";
  static constexpr uint32_t kLengthSlot = 0;
  static constexpr uint32_t kNameSlot = 1;
  static constexpr uint32_t kPrototypeSlot = 2;
  // By shape: those without a `prototype` property, and those with. The layouts differ, so that a
  // cache filled by an arrow function never serves a function whose `prototype` is still to come.
  static constexpr uint8_t kPlainSlots = 2;
  static constexpr uint8_t kConstructorSlots = 3;

  Closure(Shape* shape, Code* code, Environment* environment, Object* home_object, uint8_t flags)
      : Object(shape, kKind, flags), code_(code), environment_(environment), home_object_(home_object) {
    for (uint32_t i = 0; i < shape->inline_capacity(); ++i) slots()[i] = Value::undefined();
  }

  Code* code() const { return code_; }
  Environment* environment() const { return environment_; }  // [[Environment]]
  Object* home_object() const { return home_object_; }       // [[HomeObject]] or null
  void set_home_object(Object* object) { home_object_.set(this, object); }
  // The function that runs field initializers and adds private methods; null for most.
  Closure* initializer() const { return initializer_; }
  void set_initializer(Closure* closure) { initializer_.set(this, closure); }

  bool has_lazy_prototype() const { return aux_ & kLazyPrototype; }
  void set_lazy_prototype() { aux_ |= kLazyPrototype; }
  // Defines `prototype`. REQUIRES: has_lazy_prototype()
  void materialize_prototype(Agent& agent);
  // The value of `prototype`. REQUIRES: the kind has one, !has_lazy_prototype().
  Value prototype_property() { return slots()[kPrototypeSlot]; }

  // The shape of objects that `new` makes when new.target is this function; null until known.
  Shape* instance_shape() const { return instance_shape_; }
  void set_instance_shape(Shape* shape) { instance_shape_.set(this, shape); }

  // Only for `length` and `name` of a function just made, and the class's `prototype`.
  void initialize_slot(uint32_t slot, Value value) { slots()[slot] = value; }

  size_t cell_size() const { return sizeof(Closure) + shape()->inline_capacity() * sizeof(Value); }
  void trace(gc::Visitor& visitor);

 private:
  enum Aux : uint8_t { kLazyPrototype = 1 };
  Value* slots() { return reinterpret_cast<Value*>(this + 1); }

  gc::Member<Code> code_;
  gc::Member<Environment> environment_;
  gc::Member<Object> home_object_;
  gc::Member<Closure> initializer_;
  gc::Member<Shape> instance_shape_;
};

// https://tc39.es/ecma262/#sec-instantiatefunctionobject and its siblings.
Closure* make_closure(Agent& agent, Code* code, Environment* environment, Object* home_object);
// https://tc39.es/ecma262/#sec-runtime-semantics-classdefinitionevaluation, steps 14 and 15: the constructor with
// [[Prototype]] `parent` and its property `prototype`.
Closure* make_class_constructor(Agent& agent, Code* code, Environment* environment, Object* parent, Object* prototype,
                                Value name);
// The internal methods of the kind, and its entry in the call table.
void register_closure_kind();

}  // namespace skein
