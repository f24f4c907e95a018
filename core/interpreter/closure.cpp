#include "core/interpreter/closure.h"

#include "core/interpreter/constants.h"
#include "core/interpreter/slow_paths.h"
#include "core/runtime/operations.h"

namespace skein {

using bytecode::Executable;
using bytecode::kNoIndex;

namespace {

Intrinsic closure_prototype(const Executable& e) {
  if (e.is_generator) return e.is_async ? Intrinsic::kAsyncGeneratorFunctionPrototype : Intrinsic::kGeneratorFunctionPrototype;
  return e.is_async ? Intrinsic::kAsyncFunctionPrototype : Intrinsic::kFunctionPrototype;
}

bool has_prototype_property(const Executable& e) { return e.is_constructor() || e.is_generator; }

// length and name, under the given [[Prototype]].
Shape* function_shape(Agent& agent, Object* prototype, uint8_t slots) {
  Shape* shape = agent.root_shape(prototype, CellKind::kClosure, sizeof(Closure), slots);
  shape = shape->add_transition(agent.names().length, kConfigurable);
  return shape->add_transition(agent.names().name, kConfigurable);
}

void prepare(Agent& agent, Code* code) {
  const Executable& e = code->executable();
  const uint8_t slots = has_prototype_property(e) ? Closure::kConstructorSlots : Closure::kPlainSlots;
  code->closure_shape.set(code, function_shape(agent, code->realm()->intrinsic(closure_prototype(e)), slots));
  code->closure_name.set(code, e.name == kNoIndex ? agent.atoms().empty() : agent.atoms().atomize(string_view(e, e.name)));
}

Closure* allocate(Agent& agent, Shape* shape, Code* code, Environment* environment, Object* home_object) {
  uint8_t flags = Object::kCallable;
  if (code->construct_kind() != Code::ConstructKind::kNone) flags |= Object::kConstructor;
  return agent.heap().make_with_extra<Closure>(shape->inline_capacity() * sizeof(Value), shape, code, environment, home_object, flags);
}

}  // namespace

Closure* make_closure(Agent& agent, Code* code, Environment* environment, Object* home_object) {
  if (code->closure_shape.get() == nullptr) [[unlikely]] prepare(agent, code);
  Closure* closure = allocate(agent, code->closure_shape, code, environment, home_object);
  closure->initialize_slot(Closure::kLengthSlot, Value::int32(static_cast<int32_t>(code->executable().length)));
  closure->initialize_slot(Closure::kNameSlot, code->closure_name.get());
  if (closure->shape()->inline_capacity() == Closure::kConstructorSlots) closure->set_lazy_prototype();
  return closure;
}

Closure* make_class_constructor(Agent& agent, Code* code, Environment* environment, Object* parent, Object* prototype,
                                Value name) {
  Shape* shape = function_shape(agent, parent, Closure::kConstructorSlots)->add_transition(agent.names().prototype, kNone);
  Closure* closure = allocate(agent, shape, code, environment, prototype);
  closure->initialize_slot(Closure::kLengthSlot, Value::int32(static_cast<int32_t>(code->executable().length)));
  closure->initialize_slot(Closure::kNameSlot, name);
  closure->initialize_slot(Closure::kPrototypeSlot, prototype);
  return closure;
}

// https://tc39.es/ecma262/#sec-makeconstructor, and the steps of the generator kinds.
void Closure::materialize_prototype(Agent& agent) {
  SKEIN_DCHECK(has_lazy_prototype());
  aux_ &= ~kLazyPrototype;
  const Executable& e = code_->executable();
  Realm* realm = code_->realm();
  Object* prototype;
  if (e.is_generator) {
    prototype = make_object_with_prototype(
        agent, realm->intrinsic(e.is_async ? Intrinsic::kAsyncGeneratorPrototype : Intrinsic::kGeneratorPrototype));
  } else {
    prototype = make_object_with_prototype(agent, realm->intrinsic(Intrinsic::kObjectPrototype));
    prototype->own_shape(agent);
    prototype->add_property(agent, agent.names().constructor, this, kBuiltinAttributes);
  }
  add_property(agent, agent.names().prototype, prototype, kWritable);
  SKEIN_DCHECK(lookup(agent.names().prototype).slot == kPrototypeSlot);
}

void Closure::trace(gc::Visitor& visitor) {
  trace_properties(visitor);
  visitor.visit(code_);
  visitor.visit(environment_);
  visitor.visit(home_object_);
  visitor.visit(initializer_);
  visitor.visit(instance_shape_);
}

// --- Internal methods: the ordinary ones, once `prototype` is there -------------------------------------

namespace {

void materialize(Agent& agent, Object* object) {
  Closure* closure = static_cast<Closure*>(object);
  if (closure->has_lazy_prototype()) closure->materialize_prototype(agent);
}
void materialize_for(Agent& agent, Object* object, PropertyKey key) {
  if (key == PropertyKey(agent.names().prototype)) materialize(agent, object);
}

Completion<bool> closure_prevent_extensions(Agent& agent, Object* object) {
  materialize(agent, object);
  return ordinary_prevent_extensions(agent, object);
}
Completion<bool> closure_get_own_property(Agent& agent, Object* object, PropertyKey key, PropertyDescriptor& out) {
  materialize_for(agent, object, key);
  return ordinary_get_own_property(agent, object, key, out);
}
Completion<bool> closure_define_own_property(Agent& agent, Object* object, PropertyKey key, const PropertyDescriptor& descriptor) {
  materialize(agent, object);
  return ordinary_define_own_property(agent, object, key, descriptor);
}
Completion<bool> closure_has_property(Agent& agent, Object* object, PropertyKey key) {
  materialize_for(agent, object, key);
  return ordinary_has_property(agent, object, key);
}
Completion<Value> closure_get(Agent& agent, Object* object, PropertyKey key, Value receiver) {
  materialize_for(agent, object, key);
  const bool is_caller = key == PropertyKey(agent.names().caller);
  if ((is_caller || key == PropertyKey(agent.names().arguments)) && receiver == Value(object)) {
    auto* closure = static_cast<Closure*>(object);
    if (has_legacy_properties(closure) && !closure->lookup(key)) return legacy_function_property(agent, closure, is_caller);
  }
  return ordinary_get(agent, object, key, receiver);
}
Completion<bool> closure_set(Agent& agent, Object* object, PropertyKey key, Value value, Value receiver) {
  materialize(agent, object);
  return ordinary_set(agent, object, key, value, receiver);
}
Completion<bool> closure_delete(Agent& agent, Object* object, PropertyKey key) {
  materialize(agent, object);
  return ordinary_delete(agent, object, key);
}
Completion<void> closure_own_property_keys(Agent& agent, Object* object, RootVector& keys) {
  materialize(agent, object);
  return ordinary_own_property_keys(agent, object, keys);
}

}  // namespace

void register_closure_kind() {
  static const InternalMethods kMethods = [] {
    InternalMethods methods = kOrdinaryInternalMethods;
    methods.prevent_extensions = closure_prevent_extensions;
    methods.get_own_property = closure_get_own_property;
    methods.define_own_property = closure_define_own_property;
    methods.has_property = closure_has_property;
    methods.get = closure_get;
    methods.set = closure_set;
    methods.delete_property = closure_delete;
    methods.own_property_keys = closure_own_property_keys;
    return methods;
  }();
  g_internal_methods[static_cast<int>(Closure::kKind)] = &kMethods;
  gc::register_kind<Closure>();
}

}  // namespace skein
