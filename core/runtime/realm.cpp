#include "core/runtime/realm.h"

#include <algorithm>

#include "core/runtime/array.h"
#include "core/runtime/operations.h"

namespace skein {

RealmHooks g_realm_hooks;

namespace {
// Those of the specification, and as many as a host may add.
constexpr uint32_t kGlobalProperties = 144;
}  // namespace

void Realm::trace(gc::Visitor& visitor) {
  for (const auto& intrinsic : intrinsics_) visitor.visit(intrinsic);
  for (const auto& shape : shapes_) visitor.visit(shape);
  visitor.visit(global_object_);
  visitor.visit(global_this_);
  visitor.visit(global_lexical_names_);
  visitor.visit(global_lexical_values_);
  visitor.visit(interpreter_data);
  visit_value(visitor, host_defined);
}

Realm* Realm::create(Agent& agent) {
  auto* realm = agent.heap().make<Realm>(agent);
  Root<Realm*> kept(agent, realm);
  Realm* saved = agent.realm();
  agent.set_realm(realm);
  // Everything hangs off the two objects that exist first.
  Object* object_prototype = make_object_with_prototype(agent, nullptr);
  object_prototype->make_prototype_immutable();
  realm->set_intrinsic(Intrinsic::kObjectPrototype, object_prototype);
  realm->make_shapes(agent);

  Shape* global_shape = shape_for_prototype(agent, object_prototype, CellKind::kGlobalObject, sizeof(Object), 0);
  Object* global = agent.heap().make<Object>(global_shape, CellKind::kGlobalObject);
  // Inline caches rely on it as they do on prototypes (see shape.h).
  global->reserve_properties(agent, kGlobalProperties);
  global->become_prototype(agent);
  realm->set_global_object(global, global);
  realm->global_lexical_names_.set(realm, PropertyTable::make(agent.heap(), 8));
  realm->global_lexical_values_.set(realm, ValueArray::make(agent.heap(), 8, Value::empty()));
  g_realm_hooks.initialize(agent, *realm);
  agent.set_realm(saved == nullptr ? realm : saved);
  return realm;
}

Object* Realm::make_intrinsic(Intrinsic which) {
  Realm* current = agent_->realm();
  agent_->set_realm(this);
  g_realm_hooks.make_intrinsic(*agent_, *this, which);
  agent_->set_realm(current);
  return intrinsic_if_made(which);
}

void Realm::make_shapes(Agent& agent) {
  const Names& names = agent.names();
  Object* object_prototype = intrinsic(Intrinsic::kObjectPrototype);
  auto root = [&](Object* prototype, CellKind kind, size_t size, uint8_t inline_capacity) {
    return shape_for_prototype(agent, prototype, kind, static_cast<uint16_t>(size), inline_capacity);
  };
  set_shape(RealmShape::kObject, root(object_prototype, CellKind::kObject, sizeof(Object), 4));

  // %Function.prototype% is itself a builtin function.
  Shape* function_root = root(object_prototype, CellKind::kNativeFunction, sizeof(NativeFunction), 2);
  set_shape(RealmShape::kNativeFunction,
            function_root->add_transition(names.length, kConfigurable)->add_transition(names.name, kConfigurable));
  NativeFunction* function_prototype = make_native_function(
      agent, this, [](Agent&, const CallInfo&) -> Completion<Value> { return Value::undefined(); }, 0, names.empty_string);
  set_intrinsic(Intrinsic::kFunctionPrototype, function_prototype);
  Shape* native = root(function_prototype, CellKind::kNativeFunction, sizeof(NativeFunction), 2);
  set_shape(RealmShape::kNativeFunction, native->add_transition(names.length, kConfigurable)->add_transition(names.name, kConfigurable));
  set_shape(RealmShape::kBoundFunction, root(function_prototype, CellKind::kBoundFunction, sizeof(BoundFunction), 0));

  // %Array.prototype% is an array.
  Shape* array_root = root(object_prototype, CellKind::kArray, sizeof(Array), 0);
  Object* array_prototype = agent.heap().make<Array>(array_root);
  set_intrinsic(Intrinsic::kArrayPrototype, array_prototype);
  set_shape(RealmShape::kArray, root(array_prototype, CellKind::kArray, sizeof(Array), 0));

  auto with = [](Shape* shape, std::initializer_list<FlatString*> keys) {
    for (FlatString* key : keys) shape = shape->add_transition(key, kDefaultAttributes);
    return shape;
  };
  set_shape(RealmShape::kIteratorResult, with(root(object_prototype, CellKind::kObject, sizeof(Object), 2), {names.value, names.done}));
  Shape* four = root(object_prototype, CellKind::kObject, sizeof(Object), 4);
  set_shape(RealmShape::kPropertyDescriptorData, with(four, {names.value, names.writable, names.enumerable, names.configurable}));
  set_shape(RealmShape::kPropertyDescriptorAccessor, with(four, {names.get, names.set, names.enumerable, names.configurable}));
}

uint32_t Realm::declare_global_lexical(Agent& agent, FlatString* name, bool is_const) {
  PropertyTable* table = global_lexical_names_;
  if (table->is_full()) {
    table = table->grown_copy(agent.heap(), table->used());
    global_lexical_names_.set(this, table);
  }
  uint32_t slot = table->used();
  table->append(PropertyKey(name), slot, is_const ? kNone : kWritable);
  ValueArray* values = global_lexical_values_;
  if (slot >= values->capacity()) {
    ValueArray* grown = ValueArray::make(agent.heap(), values->capacity() * 2, Value::empty());
    std::copy_n(values->data(), values->capacity(), grown->data());
    global_lexical_values_.set(this, grown);
    values = grown;
  }
  // Cached lookups on the global object must not hide the new binding.
  agent.bump_prototype_epoch();
  return slot;
}

}  // namespace skein
