#include "core/interpreter/arguments_object.h"

#include "core/interpreter/slow_paths.h"
#include "core/runtime/array.h"

namespace skein {

void ArgumentsObject::map(Agent& agent, Environment* environment, std::span<const int32_t> slots) {
  environment_.set(this, environment);
  ValueArray* map = ValueArray::make(agent.heap(), static_cast<uint32_t>(slots.size()), Value::int32(kUnmapped));
  for (size_t i = 0; i < slots.size(); ++i) map->set(static_cast<uint32_t>(i), Value::int32(slots[i]));
  map_.set(this, map);
  set_flag(kExoticIndices);
}

void ArgumentsObject::trace(gc::Visitor& visitor) {
  trace_properties(visitor);
  visitor.visit(environment_);
  visitor.visit(map_);
}

// --- Internal methods ------------------------------------------------------------------------------------

namespace {

bool is_mapped(Object* object, PropertyKey key) {
  return key.is_index() && static_cast<ArgumentsObject*>(object)->is_mapped(key.as_index());
}

// https://tc39.es/ecma262/#sec-arguments-exotic-objects-getownproperty-p
Completion<bool> arguments_get_own_property(Agent& agent, Object* object, PropertyKey key, PropertyDescriptor& out) {
  if (!TRY(ordinary_get_own_property(agent, object, key, out))) return false;
  if (is_mapped(object, key)) out.value = static_cast<ArgumentsObject*>(object)->mapped_value(key.as_index());
  return true;
}

// https://tc39.es/ecma262/#sec-arguments-exotic-objects-defineownproperty-p-desc
Completion<bool> arguments_define_own_property(Agent& agent, Object* object, PropertyKey key, const PropertyDescriptor& descriptor) {
  if (!is_mapped(object, key)) return ordinary_define_own_property(agent, object, key, descriptor);
  Root<Object*> kept(agent, object);
  auto* arguments = static_cast<ArgumentsObject*>(object);
  const uint32_t index = key.as_index();
  RootedDescriptor changed(agent, descriptor);
  if (descriptor.is_data() && !descriptor.has_value && descriptor.has_writable && !descriptor.writable) {
    changed.value = arguments->mapped_value(index);
    changed.has_value = true;
  }
  if (!TRY(ordinary_define_own_property(agent, object, key, changed))) return false;
  if (descriptor.is_accessor()) {
    arguments->unmap(index);
    return true;
  }
  if (descriptor.has_value) arguments->set_mapped_value(index, changed.value);
  if (descriptor.has_writable && !descriptor.writable) arguments->unmap(index);
  return true;
}

// https://tc39.es/ecma262/#sec-arguments-exotic-objects-get-p-receiver
Completion<Value> arguments_get(Agent& agent, Object* object, PropertyKey key, Value receiver) {
  if (is_mapped(object, key)) return static_cast<ArgumentsObject*>(object)->mapped_value(key.as_index());
  return ordinary_get(agent, object, key, receiver);
}

// https://tc39.es/ecma262/#sec-arguments-exotic-objects-set-p-v-receiver
Completion<bool> arguments_set(Agent& agent, Object* object, PropertyKey key, Value value, Value receiver) {
  if (receiver == Value(object) && is_mapped(object, key))
    static_cast<ArgumentsObject*>(object)->set_mapped_value(key.as_index(), value);
  return ordinary_set(agent, object, key, value, receiver);
}

// https://tc39.es/ecma262/#sec-arguments-exotic-objects-delete-p
Completion<bool> arguments_delete_property(Agent& agent, Object* object, PropertyKey key) {
  const bool was_mapped = is_mapped(object, key);
  Root<Object*> kept(agent, object);
  if (!TRY(ordinary_delete(agent, object, key))) return false;
  if (was_mapped) static_cast<ArgumentsObject*>(object)->unmap(key.as_index());
  return true;
}

}  // namespace

void register_arguments_kind() {
  static const InternalMethods kMethods = [] {
    InternalMethods methods = kOrdinaryInternalMethods;
    methods.get_own_property = arguments_get_own_property;
    methods.define_own_property = arguments_define_own_property;
    methods.get = arguments_get;
    methods.set = arguments_set;
    methods.delete_property = arguments_delete_property;
    return methods;
  }();
  g_internal_methods[static_cast<int>(ArgumentsObject::kKind)] = &kMethods;
  gc::register_kind<ArgumentsObject>();
}

// --- Making them -------------------------------------------------------------------------------------------

namespace {

constexpr uint8_t kSlots = 3;  // length, @@iterator, callee

Shape* make_shape(Agent& agent, Realm* realm, bool is_mapped) {
  Shape* shape = agent.root_shape(realm->intrinsic(Intrinsic::kObjectPrototype), CellKind::kArguments, sizeof(ArgumentsObject), kSlots);
  shape = shape->add_transition(agent.names().length, kBuiltinAttributes);
  shape = shape->add_transition(agent.well_known(WellKnownSymbol::kIterator), kBuiltinAttributes);
  return shape->add_transition(agent.names().callee, is_mapped ? kBuiltinAttributes : kAccessorProperty);
}

ArgumentsObject* allocate(Agent& agent, std::span<const Value> arguments, bool is_mapped) {
  Realm* realm = agent.realm();
  Shape*& shape = agent.interpreter->arguments_shapes[is_mapped];
  if (shape == nullptr || shape->prototype() != realm->intrinsic(Intrinsic::kObjectPrototype)) shape = make_shape(agent, realm, is_mapped);
  auto* object = agent.heap().make_with_extra<ArgumentsObject>(kSlots * sizeof(Value), shape);
  if (!arguments.empty()) {
    ValueArray* elements = ValueArray::make(agent.heap(), static_cast<uint32_t>(arguments.size()));
    std::copy(arguments.begin(), arguments.end(), elements->data());
    object->set_elements(elements);
  }
  object->set_slot(0, Value::int32(static_cast<int32_t>(arguments.size())));
  object->set_slot(1, realm->intrinsic(Intrinsic::kArrayPrototypeValues));
  return object;
}

std::span<const Value> frame_arguments(const Frame& frame) { return {frame.arguments(), frame.argument_count}; }

}  // namespace

// https://tc39.es/ecma262/#sec-createunmappedargumentsobject
Value create_arguments(Interpreter& vm) {
  Agent& agent = vm.agent;
  ArgumentsObject* object = allocate(agent, frame_arguments(*vm.frame), false);
  Object* thrower = agent.realm()->intrinsic(Intrinsic::kThrowTypeError);
  object->set_slot(2, Value::cell(agent.heap().make<Accessor>(Value(thrower), Value(thrower))));
  return object;
}

// https://tc39.es/ecma262/#sec-createmappedargumentsobject
Value create_mapped_arguments(Interpreter& vm, Value environment, uint32_t map) {
  Agent& agent = vm.agent;
  const Frame& frame = *vm.frame;
  ArgumentsObject* object = allocate(agent, frame_arguments(frame), true);
  object->set_slot(2, frame.registers[bytecode::kCalleeRegister]);
  std::span<const int32_t> slots = frame.code->executable().argument_maps[map];
  if (!slots.empty()) object->map(agent, as_environment(environment), slots.first(std::min<size_t>(slots.size(), frame.argument_count)));
  return object;
}

Value create_arguments_of(Interpreter& vm, Passed<std::span<const Value>> arguments, Value callee) {
  ArgumentsObject* object = allocate(vm.agent, arguments, true);
  object->set_slot(2, callee);
  return object;
}

Completion<Value> create_rest(Interpreter& vm, uint32_t first) {
  std::span<const Value> arguments = frame_arguments(*vm.frame);
  return create_array(vm, arguments.data() + std::min<size_t>(first, arguments.size()),
                      first < arguments.size() ? static_cast<uint32_t>(arguments.size() - first) : 0);
}

}  // namespace skein
