#include "core/builtins/object_prototype.h"

#include "core/builtins/support.h"

namespace skein {

Completion<void> set_prototype_or_throw(Agent& agent, Object* object, Value prototype) {
  Root<Object*> target(agent, object);
  bool done = TRY(set_prototype_of(agent, object, prototype.is_null() ? nullptr : prototype.as_object()));
  if (done) return {};
  if (!TRY(is_extensible(agent, target))) return throw_type_error(agent, {to_display_string(agent, target.get()), " is not extensible"});
  if (target->kind() == CellKind::kProxy)
    return throw_type_error(agent, "'setPrototypeOf' on proxy: trap returned falsish");
  if (target->has_immutable_prototype())
    return throw_type_error(agent, "Immutable prototype object 'Object.prototype' cannot have their prototype set");
  return throw_type_error(agent, "Cyclic __proto__ value");
}

namespace {

// https://tc39.es/ecma262/#sec-object.prototype.hasownproperty
Completion<Value> object_prototype_has_own_property(Agent& agent, const CallInfo& info) {
  // 1. - 2., in this order
  Root<PropertyKey> key(agent, TRY(to_property_key(agent, info[0])));
  Object* object = TRY(this_to_object(agent, info, "Object.prototype"));
  // 3.
  return Value::boolean(TRY(has_own_property(agent, object, key)));
}

// https://tc39.es/ecma262/#sec-object.prototype.isprototypeof
Completion<Value> object_prototype_is_prototype_of(Agent& agent, const CallInfo& info) {
  // 1.
  if (!info[0].is_object()) return Value::boolean(false);
  // 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Object.prototype")));
  // 3.
  Root<Object*> current(agent, info[0].as_object());
  for (;;) {
    bool is_null = false;
    current = TRY(get_prototype_of(agent, current, &is_null));
    if (is_null) return Value::boolean(false);
    if (current.get() == object.get()) return Value::boolean(true);
    TRY(agent.poll());
  }
}

// https://tc39.es/ecma262/#sec-object.prototype.propertyisenumerable
Completion<Value> object_prototype_property_is_enumerable(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<PropertyKey> key(agent, TRY(to_property_key(agent, info[0])));
  Object* object = TRY(this_to_object(agent, info, "Object.prototype"));
  // 3. - 5.
  PropertyDescriptor descriptor;
  bool found = TRY(get_own_property(agent, object, key, descriptor));
  return Value::boolean(found && descriptor.enumerable);
}

// https://tc39.es/ecma262/#sec-object.prototype.tolocalestring
Completion<Value> object_prototype_to_locale_string(Agent& agent, const CallInfo& info) {
  return invoke(agent, info.this_value(), PropertyKey(agent.names().toString));
}

// https://tc39.es/ecma262/#sec-object.prototype.tostring, steps 5. - 14.
std::string_view builtin_tag(Object* object, bool is_array) {
  if (is_array) return "Array";
  if (object->is_callable()) return "Function";
  switch (object->kind()) {
    case CellKind::kArguments: return "Arguments";
    case CellKind::kError: return "Error";
    case CellKind::kBooleanObject: return "Boolean";
    case CellKind::kNumberObject: return "Number";
    case CellKind::kStringObject: return "String";
    case CellKind::kDate: return "Date";
    case CellKind::kRegExp: return "RegExp";
    default: return "Object";
  }
}

}  // namespace

// https://tc39.es/ecma262/#sec-object.prototype.tostring
Completion<Value> object_prototype_to_string(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Value value = info.this_value();
  if (value.is_undefined()) return new_string(agent.heap(), std::string_view("[object Undefined]"));
  if (value.is_null()) return new_string(agent.heap(), std::string_view("[object Null]"));
  // 3. - 14.
  Root<Object*> object(agent, TRY(to_object(agent, value)));
  std::string_view fallback = builtin_tag(object, TRY(is_array(agent, object.get())));
  // 15.
  Value tag = TRY(get(agent, object, PropertyKey(agent.well_known(WellKnownSymbol::kToStringTag))));
  // 16. - 17.
  StringBuilder builder(agent.heap());
  builder.append_ascii("[object ");
  if (tag.is_string()) builder.append(tag.as_string());
  else builder.append_ascii(fallback);
  builder.append_ascii("]");
  return TRY(finish_string(agent, builder));
}

namespace {

// https://tc39.es/ecma262/#sec-object.prototype.valueof
Completion<Value> object_prototype_value_of(Agent& agent, const CallInfo& info) { return TRY(this_to_object(agent, info, "Object.prototype")); }

// https://tc39.es/ecma262/#sec-get-object.prototype.__proto__
Completion<Value> object_prototype_get_proto(Agent& agent, const CallInfo& info) {
  Object* object = TRY(this_to_object(agent, info, "Object.prototype"));
  bool is_null = false;
  Object* prototype = TRY(get_prototype_of(agent, object, &is_null));
  return is_null ? Value::null() : Value(prototype);
}

// https://tc39.es/ecma262/#sec-set-object.prototype.__proto__
Completion<Value> object_prototype_set_proto(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  if (info.this_value().is_nullish()) return throw_type_error(agent, "set Object.prototype.__proto__ called on null or undefined");
  // 3.
  if (!info[0].is_object() && !info[0].is_null()) return Value::undefined();
  // 4.
  if (!info.this_value().is_object()) return Value::undefined();
  // 5. - 7.
  TRY(set_prototype_or_throw(agent, info.this_value().as_object(), info[0]));
  return Value::undefined();
}

enum class AccessorHalf : uint8_t { kGetter, kSetter };

Completion<Value> define_accessor_half(Agent& agent, const CallInfo& info, AccessorHalf half) {
  // 1.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Object.prototype")));
  // 2.
  if (!is_callable(info[1])) {
    return throw_type_error(agent, {"Object.prototype.", half == AccessorHalf::kGetter ? "__defineGetter__" : "__defineSetter__",
                                    ": Expecting function"});
  }
  // 3.
  PropertyDescriptor descriptor;
  (half == AccessorHalf::kGetter ? descriptor.getter : descriptor.setter) = info[1];
  (half == AccessorHalf::kGetter ? descriptor.has_get : descriptor.has_set) = true;
  descriptor.has_enumerable = descriptor.enumerable = true;
  descriptor.has_configurable = descriptor.configurable = true;
  // 4. - 6.
  Root<PropertyKey> key(agent, TRY(to_property_key(agent, info[0])));
  TRY(define_property_or_throw(agent, object, key, descriptor));
  return Value::undefined();
}
// https://tc39.es/ecma262/#sec-object.prototype.__defineGetter__
Completion<Value> object_prototype_define_getter(Agent& agent, const CallInfo& info) { return define_accessor_half(agent, info, AccessorHalf::kGetter); }
// https://tc39.es/ecma262/#sec-object.prototype.__defineSetter__
Completion<Value> object_prototype_define_setter(Agent& agent, const CallInfo& info) { return define_accessor_half(agent, info, AccessorHalf::kSetter); }

Completion<Value> lookup_accessor_half(Agent& agent, const CallInfo& info, AccessorHalf half) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Object.prototype")));
  Root<PropertyKey> key(agent, TRY(to_property_key(agent, info[0])));
  // 3.
  for (;;) {
    PropertyDescriptor descriptor;
    if (TRY(get_own_property(agent, object, key, descriptor))) {
      if (!descriptor.is_accessor()) return Value::undefined();
      return half == AccessorHalf::kGetter ? descriptor.getter : descriptor.setter;
    }
    bool is_null = false;
    object = TRY(get_prototype_of(agent, object, &is_null));
    if (is_null) return Value::undefined();
    TRY(agent.poll());
  }
}
// https://tc39.es/ecma262/#sec-object.prototype.__lookupGetter__
Completion<Value> object_prototype_lookup_getter(Agent& agent, const CallInfo& info) { return lookup_accessor_half(agent, info, AccessorHalf::kGetter); }
// https://tc39.es/ecma262/#sec-object.prototype.__lookupSetter__
Completion<Value> object_prototype_lookup_setter(Agent& agent, const CallInfo& info) { return lookup_accessor_half(agent, info, AccessorHalf::kSetter); }

constexpr PropertySpec kObjectPrototype[] = {
    PropertySpec::function("hasOwnProperty", object_prototype_has_own_property, 1),
    PropertySpec::function("isPrototypeOf", object_prototype_is_prototype_of, 1),
    PropertySpec::function("propertyIsEnumerable", object_prototype_property_is_enumerable, 1),
    PropertySpec::function("toLocaleString", object_prototype_to_locale_string, 0),
    PropertySpec::function("toString", object_prototype_to_string, 0),
    PropertySpec::function("valueOf", object_prototype_value_of, 0),
    PropertySpec::accessor("__proto__", object_prototype_get_proto, object_prototype_set_proto),
    PropertySpec::function("__defineGetter__", object_prototype_define_getter, 2),
    PropertySpec::function("__defineSetter__", object_prototype_define_setter, 2),
    PropertySpec::function("__lookupGetter__", object_prototype_lookup_getter, 1),
    PropertySpec::function("__lookupSetter__", object_prototype_lookup_setter, 1),
};

}  // namespace

std::span<const PropertySpec> object_prototype_properties() { return kObjectPrototype; }

}  // namespace skein
