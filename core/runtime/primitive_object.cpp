#include "core/runtime/primitive_object.h"

#include "core/runtime/elements.h"
#include "core/runtime/operations.h"

namespace skein {

namespace {

struct WrapperKind {
  CellKind kind;
  Intrinsic prototype;
};

WrapperKind wrapper_kind(Value value) {
  if (value.is_boolean()) return {CellKind::kBooleanObject, Intrinsic::kBooleanPrototype};
  if (value.is_number()) return {CellKind::kNumberObject, Intrinsic::kNumberPrototype};
  if (value.is_string()) return {CellKind::kStringObject, Intrinsic::kStringPrototype};
  if (value.is_symbol()) return {CellKind::kSymbolObject, Intrinsic::kSymbolPrototype};
  return {CellKind::kBigIntObject, Intrinsic::kBigIntPrototype};
}

// --- https://tc39.es/ecma262/#sec-string-exotic-objects -----------------------------------------------------

String* string_data(Object* object) { return static_cast<PrimitiveObject*>(object)->primitive_value().as_string(); }

// https://tc39.es/ecma262/#sec-stringgetownproperty, with `length`
bool string_own_property(Agent& agent, Object* object, PropertyKey key, PropertyDescriptor& out) {
  String* string = string_data(object);
  if (key.is_index() && key.as_index() < string->length()) {
    char16_t unit = string->unit_at(key.as_index());
    out = PropertyDescriptor::data(new_string(agent.heap(), StringView(&unit, 1)), kEnumerable);
    return true;
  }
  if (key == PropertyKey(agent.names().length)) {
    out = PropertyDescriptor::data(Value::number(string->length()), kNone);
    return true;
  }
  return false;
}

Completion<bool> get_own(Agent& agent, Object* object, PropertyKey key, PropertyDescriptor& out) {
  if (string_own_property(agent, object, key, out)) return true;
  return ordinary_get_own_property(agent, object, key, out);
}

Completion<bool> define_own(Agent& agent, Object* object, PropertyKey key, const PropertyDescriptor& descriptor) {
  PropertyDescriptor current;
  if (string_own_property(agent, object, key, current))
    return is_compatible_property_descriptor(!object->has_flag(Object::kNotExtensible), descriptor, true, current);
  return ordinary_define_own_property(agent, object, key, descriptor);
}

// https://tc39.es/ecma262/#sec-string-exotic-objects-ownpropertykeys
Completion<void> own_keys(Agent& agent, Object* object, RootVector& keys) {
  uint32_t length = string_data(object)->length();
  Root<Object*> kept(agent, object);
  for (uint32_t i = 0; i < length; ++i) {
    keys.push_back(agent.atoms().atomize_index(i));
    if (i % 4096 == 4095) TRY(agent.poll());
  }
  TRY(append_index_keys(agent, object, keys));
  keys.push_back(agent.names().length);
  append_name_keys(object, keys);
  return {};
}

InternalMethods make_string_methods() {
  InternalMethods methods = kOrdinaryInternalMethods;
  methods.get_own_property = get_own;
  methods.define_own_property = define_own;
  methods.own_property_keys = own_keys;
  return methods;
}

}  // namespace

const InternalMethods kStringObjectInternalMethods = make_string_methods();

PrimitiveObject* make_primitive_object(Agent& agent, Value value, Object* prototype) {
  CellKind kind = wrapper_kind(value).kind;
  Shape* shape = shape_for_prototype(agent, prototype, kind, sizeof(PrimitiveObject), 0);
  return agent.heap().make<PrimitiveObject>(shape, kind, value);
}

PrimitiveObject* make_primitive_object(Agent& agent, Value value) {
  return make_primitive_object(agent, value, agent.realm()->intrinsic(wrapper_kind(value).prototype));
}

Value primitive_data(Value value, CellKind kind) {
  return value.is_kind(kind) ? static_cast<PrimitiveObject*>(value.as_cell())->primitive_value() : Value::empty();
}

}  // namespace skein
