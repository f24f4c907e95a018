// https://tc39.es/ecma262/#sec-reflect-object
#include "core/builtins/builtins.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"
#include "core/runtime/forwarding.h"

namespace skein {
namespace {

// The first argument of every function but apply and construct.
Completion<Object*> reflect_target(Agent& agent, const CallInfo& info, std::string_view function) {
  if (!info[0].is_object()) return throw_type_error(agent, {"Reflect.", function, " called on non-object"});
  return info[0].as_object();
}

// https://tc39.es/ecma262/#sec-reflect.construct
Completion<Value> reflect_construct(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  if (!is_constructor(info[0])) return throw_not_constructor(agent, info[0]);
  Value new_target = info.count() > 2 ? info[2] : info[0];
  if (!is_constructor(new_target)) return throw_not_constructor(agent, new_target);
  // 4.
  RootVector arguments(agent);
  TRY(create_list_from_array_like(agent, info[1], arguments));
  // 5.
  return TRY(construct(agent, info[0].as_object(), arguments.values(), new_target.as_object()));
}

// https://tc39.es/ecma262/#sec-reflect.defineproperty
Completion<Value> reflect_define_property(Agent& agent, const CallInfo& info) {
  Object* target = TRY(reflect_target(agent, info, "defineProperty"));
  Root<PropertyKey> key(agent, TRY(to_property_key(agent, info[1])));
  RootedDescriptor descriptor(agent);
  TRY(to_property_descriptor(agent, info[2], descriptor));
  return Value::boolean(TRY(define_own_property(agent, target, key, descriptor)));
}

// https://tc39.es/ecma262/#sec-reflect.deleteproperty
Completion<Value> reflect_delete_property(Agent& agent, const CallInfo& info) {
  Object* target = TRY(reflect_target(agent, info, "deleteProperty"));
  PropertyKey key = TRY(to_property_key(agent, info[1]));
  return Value::boolean(TRY(delete_property(agent, target, key)));
}

// https://tc39.es/ecma262/#sec-reflect.get
Completion<Value> reflect_get(Agent& agent, const CallInfo& info) {
  Object* target = TRY(reflect_target(agent, info, "get"));
  PropertyKey key = TRY(to_property_key(agent, info[1]));
  return get(agent, target, key, info.count() > 2 ? info[2] : Value(target));
}

// https://tc39.es/ecma262/#sec-reflect.getownpropertydescriptor
Completion<Value> reflect_get_own_property_descriptor(Agent& agent, const CallInfo& info) {
  Object* target = TRY(reflect_target(agent, info, "getOwnPropertyDescriptor"));
  PropertyKey key = TRY(to_property_key(agent, info[1]));
  PropertyDescriptor descriptor;
  bool found = TRY(get_own_property(agent, target, key, descriptor));
  Root<Value> result(agent);
  TRY(from_property_descriptor(agent, found, descriptor, result));
  return result.get();
}

// https://tc39.es/ecma262/#sec-reflect.getprototypeof
Completion<Value> reflect_get_prototype_of(Agent& agent, const CallInfo& info) {
  Object* target = TRY(reflect_target(agent, info, "getPrototypeOf"));
  bool is_null = false;
  Object* prototype = TRY(get_prototype_of(agent, target, &is_null));
  return is_null ? Value::null() : Value(prototype);
}

// https://tc39.es/ecma262/#sec-reflect.has
Completion<Value> reflect_has(Agent& agent, const CallInfo& info) {
  Object* target = TRY(reflect_target(agent, info, "has"));
  PropertyKey key = TRY(to_property_key(agent, info[1]));
  return Value::boolean(TRY(has_property(agent, target, key)));
}

// https://tc39.es/ecma262/#sec-reflect.isextensible
Completion<Value> reflect_is_extensible(Agent& agent, const CallInfo& info) {
  Object* target = TRY(reflect_target(agent, info, "isExtensible"));
  return Value::boolean(TRY(is_extensible(agent, target)));
}

// https://tc39.es/ecma262/#sec-reflect.ownkeys
Completion<Value> reflect_own_keys(Agent& agent, const CallInfo& info) {
  Object* target = TRY(reflect_target(agent, info, "ownKeys"));
  RootVector keys(agent);
  TRY(own_property_keys(agent, target, keys));
  return make_array(agent, keys.values());
}

// https://tc39.es/ecma262/#sec-reflect.preventextensions
Completion<Value> reflect_prevent_extensions(Agent& agent, const CallInfo& info) {
  Object* target = TRY(reflect_target(agent, info, "preventExtensions"));
  return Value::boolean(TRY(prevent_extensions(agent, target)));
}

// https://tc39.es/ecma262/#sec-reflect.set
Completion<Value> reflect_set(Agent& agent, const CallInfo& info) {
  Object* target = TRY(reflect_target(agent, info, "set"));
  PropertyKey key = TRY(to_property_key(agent, info[1]));
  return Value::boolean(TRY(set_with_receiver(agent, target, key, info[2], info.count() > 3 ? info[3] : Value(target))));
}

// https://tc39.es/ecma262/#sec-reflect.setprototypeof
Completion<Value> reflect_set_prototype_of(Agent& agent, const CallInfo& info) {
  Object* target = TRY(reflect_target(agent, info, "setPrototypeOf"));
  if (!info[1].is_object() && !info[1].is_null())
    return throw_type_error(agent, {"Object prototype may only be an Object or null: ", to_display_string(agent, info[1])});
  return Value::boolean(TRY(set_prototype_of(agent, target, info[1].is_null() ? nullptr : info[1].as_object())));
}

constexpr PropertySpec kReflect[] = {
    PropertySpec::function("apply", reflect_apply, 3),
    PropertySpec::function("construct", reflect_construct, 2),
    PropertySpec::function("defineProperty", reflect_define_property, 3),
    PropertySpec::function("deleteProperty", reflect_delete_property, 2),
    PropertySpec::function("get", reflect_get, 2),
    PropertySpec::function("getOwnPropertyDescriptor", reflect_get_own_property_descriptor, 2),
    PropertySpec::function("getPrototypeOf", reflect_get_prototype_of, 1),
    PropertySpec::function("has", reflect_has, 2),
    PropertySpec::function("isExtensible", reflect_is_extensible, 1),
    PropertySpec::function("ownKeys", reflect_own_keys, 1),
    PropertySpec::function("preventExtensions", reflect_prevent_extensions, 1),
    PropertySpec::function("set", reflect_set, 3),
    PropertySpec::function("setPrototypeOf", reflect_set_prototype_of, 2),
    PropertySpec::tag("Reflect"),
};

}  // namespace

void initialize_reflect(Agent& agent, Realm& realm) { define_namespace(agent, realm, "Reflect", Intrinsic::kReflect, kReflect); }

}  // namespace skein
