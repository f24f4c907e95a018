#include "core/builtins/proxy.h"

#include <unordered_set>

#include "core/builtins/builtins.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

// One use of a trap: what each internal method begins with. Holds the target, the handler and the
// trap alive; the target does not change when a trap revokes the proxy.
class Trap {
 public:
  Trap(Agent& agent, FlatString* name) : agent_(agent), name_(name), target_(agent), handler_(agent), function_(agent) {}

  // The steps up to GetMethod(handler, name). `object` is the proxy.
  Completion<void> find(Object* object) {
    TRY(agent_.check_stack());
    Proxy* proxy = static_cast<Proxy*>(object);
    // https://tc39.es/ecma262/#sec-validatenonrevokedproxy
    if (proxy->is_revoked())
      return throw_type_error(agent_, {"Cannot perform '", name_->to_utf8(), "' on a proxy that has been revoked"});
    target_ = proxy->target();
    handler_ = Value(proxy->handler());
    if (!find_plainly(proxy->handler())) function_ = TRY(get_method(agent_, handler_, PropertyKey(name_)));
    return {};
  }
  bool exists() const { return !function_->is_undefined(); }
  Object* target() const { return target_; }
  // Call(trap, handler, « target, … »)
  Completion<Value> call_with(std::initializer_list<Value> arguments) {
    Value values[4];
    size_t count = 0;
    values[count++] = target_.get();
    for (Value argument : arguments) values[count++] = argument;
    return call(agent_, function_, handler_, std::span<const Value>(values, count));
  }
  // "'get' on proxy: …"
  Thrown violated(std::initializer_list<std::string_view> what) {
    std::string message;
    for (std::string_view piece : what) message += piece;
    return throw_type_error(agent_, {"'", name_->to_utf8(), "' on proxy: ", message});
  }
  Thrown violated(std::string_view what) { return violated({what}); }

 private:
  // OPTIMIZATION: a function among the properties of ordinary objects is found, or found missing, without [[Get]].
  bool find_plainly(Object* handler) {
    for (Object* object = handler; object != nullptr; object = object->prototype()) {
      if (object->kind() != CellKind::kObject) return false;
      const PropertyLocation location = object->lookup(PropertyKey(name_));
      if (!location) continue;
      if ((location.attributes & kAccessorProperty) || !is_callable(object->slot(location.slot))) return false;
      function_ = object->slot(location.slot);
      return true;
    }
    return true;
  }

  Agent& agent_;
  FlatString* name_;  // one of Names: permanent
  Root<Object*> target_;
  Root<Value> handler_;
  Root<Value> function_;
};

// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-getprototypeof
Completion<Object*> proxy_get_prototype_of(Agent& agent, Object* object, bool* is_null) {
  // 1. - 5.
  Trap trap(agent, agent.names().getPrototypeOf);
  TRY(trap.find(object));
  // 6.
  if (!trap.exists()) return get_prototype_of(agent, trap.target(), is_null);
  // 7. - 8.
  Root<Value> prototype(agent, TRY(trap.call_with({})));
  if (!prototype->is_object() && !prototype->is_null()) return trap.violated("trap returned neither object nor null");
  *is_null = prototype->is_null();
  Object* result = prototype->is_null() ? trap.target() : prototype->as_object();
  // 9. - 10.
  if (TRY(is_extensible(agent, trap.target()))) return result;
  // 11. - 13.
  bool target_is_null = false;
  Object* target_prototype = TRY(get_prototype_of(agent, trap.target(), &target_is_null));
  bool same = prototype->is_null() ? target_is_null : !target_is_null && target_prototype == result;
  if (!same) return trap.violated("proxy target is non-extensible but the trap did not return its actual prototype");
  *is_null = prototype->is_null();
  return result;
}

// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-setprototypeof-v
Completion<bool> proxy_set_prototype_of(Agent& agent, Object* object, Object* prototype_or_null) {
  Root<Object*> prototype(agent, prototype_or_null);
  // 1. - 5.
  Trap trap(agent, agent.names().setPrototypeOf);
  TRY(trap.find(object));
  // 6.
  if (!trap.exists()) return set_prototype_of(agent, trap.target(), prototype);
  // 7. - 8.
  Value argument = prototype.get() == nullptr ? Value::null() : Value(prototype.get());
  if (!to_boolean(TRY(trap.call_with({argument})))) return false;
  // 9. - 10.
  if (TRY(is_extensible(agent, trap.target()))) return true;
  // 11. - 13.
  bool is_null = false;
  Object* target_prototype = TRY(get_prototype_of(agent, trap.target(), &is_null));
  if ((is_null ? nullptr : target_prototype) != prototype.get())
    return trap.violated("trap returned truish for setting a new prototype on the non-extensible proxy target");
  return true;
}

// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-isextensible
Completion<bool> proxy_is_extensible(Agent& agent, Object* object) {
  // 1. - 5.
  Trap trap(agent, agent.names().isExtensible);
  TRY(trap.find(object));
  // 6.
  if (!trap.exists()) return is_extensible(agent, trap.target());
  // 7. - 10.
  bool result = to_boolean(TRY(trap.call_with({})));
  if (result != TRY(is_extensible(agent, trap.target())))
    return trap.violated({"trap result does not reflect extensibility of proxy target (which is '", result ? "false" : "true", "')"});
  return result;
}

// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-preventextensions
Completion<bool> proxy_prevent_extensions(Agent& agent, Object* object) {
  // 1. - 5.
  Trap trap(agent, agent.names().preventExtensions);
  TRY(trap.find(object));
  // 6.
  if (!trap.exists()) return prevent_extensions(agent, trap.target());
  // 7. - 9.
  bool result = to_boolean(TRY(trap.call_with({})));
  if (result && TRY(is_extensible(agent, trap.target()))) return trap.violated("the proxy target is extensible");
  return result;
}

// https://tc39.es/ecma262/#sec-completepropertydescriptor
void complete_property_descriptor(PropertyDescriptor& descriptor) {
  if (descriptor.is_accessor()) descriptor.has_get = descriptor.has_set = true;
  else descriptor.has_value = descriptor.has_writable = true;
  descriptor.has_enumerable = descriptor.has_configurable = true;
}

// [[GetOwnProperty]], steps 9. and 10.: the trap says that there is none.
Completion<bool> check_absent(Agent& agent, Trap& trap, std::string_view name, bool has_current, const PropertyDescriptor& current) {
  if (!has_current) return false;
  if (!current.configurable)
    return trap.violated({"trap returned undefined for property '", name, "' which is non-configurable in the proxy target"});
  if (!TRY(is_extensible(agent, trap.target())))
    return trap.violated({"trap returned undefined for property '", name, "' which exists in the non-extensible proxy target"});
  return false;
}

// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-getownproperty-p
Completion<bool> proxy_get_own_property(Agent& agent, Object* object, PropertyKey property_key, PropertyDescriptor& out) {
  Root<PropertyKey> key(agent, property_key);
  // 1. - 5.
  Trap trap(agent, agent.names().getOwnPropertyDescriptor);
  TRY(trap.find(object));
  // 6.
  if (!trap.exists()) return get_own_property(agent, trap.target(), key, out);
  // 7. - 8.
  Root<Value> result(agent, TRY(trap.call_with({key->to_value(agent)})));
  if (!result->is_object() && !result->is_undefined())
    return trap.violated({"trap returned neither object nor undefined for property '", key->to_display(), "'"});
  // 9. - 10.
  RootedDescriptor current(agent);
  bool has_current = TRY(get_own_property(agent, trap.target(), key, current));
  if (result->is_undefined()) return check_absent(agent, trap, key->to_display(), has_current, current);
  // 11. - 13.
  bool extensible = TRY(is_extensible(agent, trap.target()));
  RootedDescriptor descriptor(agent);
  TRY(to_property_descriptor(agent, result, descriptor));
  complete_property_descriptor(descriptor);
  // 14. - 15.
  if (!is_compatible_property_descriptor(extensible, descriptor, has_current, current))
    return trap.violated({"trap returned descriptor for property '", key->to_display(), "' that is incompatible with the existing property in the proxy target"});
  // 16.
  if (!descriptor.configurable) {
    bool target_allows = has_current && !current.configurable;
    if (target_allows && descriptor.has_writable && !descriptor.writable && current.writable) target_allows = false;
    if (!target_allows)
      return trap.violated({"trap reported non-configurability for property '", key->to_display(),
                            "' which is either non-existent or configurable in the proxy target"});
  }
  // 17.
  out = descriptor;
  return true;
}

// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-defineownproperty-p-desc
Completion<bool> proxy_define_own_property(Agent& agent, Object* object, PropertyKey property_key, const PropertyDescriptor& wanted) {
  Root<PropertyKey> key(agent, property_key);
  RootedDescriptor descriptor(agent, wanted);
  // 1. - 5.
  Trap trap(agent, agent.names().defineProperty);
  TRY(trap.find(object));
  // 6.
  if (!trap.exists()) return define_own_property(agent, trap.target(), key, descriptor);
  // 7. - 9.
  Root<Value> description(agent);
  TRY(from_property_descriptor(agent, true, descriptor, description));
  if (!to_boolean(TRY(trap.call_with({key->to_value(agent), description})))) return false;
  // 10. - 13.
  RootedDescriptor current(agent);
  bool has_current = TRY(get_own_property(agent, trap.target(), key, current));
  bool extensible = TRY(is_extensible(agent, trap.target()));
  bool setting_not_configurable = descriptor.has_configurable && !descriptor.configurable;
  // 14.
  if (!has_current) {
    if (!extensible) return trap.violated({"trap returned truish for adding property '", key->to_display(), "' to the non-extensible proxy target"});
    if (setting_not_configurable)
      return trap.violated({"trap returned truish for defining non-configurable property '", key->to_display(),
                            "' which is either non-existent or configurable in the proxy target"});
    return true;
  }
  // 15.
  if (!is_compatible_property_descriptor(extensible, descriptor, true, current))
    return trap.violated({"trap returned truish for adding property '", key->to_display(),
                          "' that is incompatible with the existing property in the proxy target"});
  if (setting_not_configurable && current.configurable)
    return trap.violated({"trap returned truish for defining non-configurable property '", key->to_display(),
                          "' which is either non-existent or configurable in the proxy target"});
  if (current.is_data() && !current.configurable && current.writable && descriptor.has_writable && !descriptor.writable)
    return trap.violated({"trap returned truish for defining non-configurable property '", key->to_display(),
                          "' which cannot be non-writable, unless there exists a corresponding non-configurable, non-writable own "
                          "property of the target object."});
  // 16.
  return true;
}

// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-hasproperty-p
Completion<bool> proxy_has_property(Agent& agent, Object* object, PropertyKey property_key) {
  Root<PropertyKey> key(agent, property_key);
  // 1. - 5.
  Trap trap(agent, agent.names().has);
  TRY(trap.find(object));
  // 6.
  if (!trap.exists()) return has_property(agent, trap.target(), key);
  // 7. - 8.
  if (to_boolean(TRY(trap.call_with({key->to_value(agent)})))) return true;
  PropertyDescriptor current;
  if (!TRY(get_own_property(agent, trap.target(), key, current))) return false;
  if (!current.configurable)
    return trap.violated({"trap returned falsish for property '", key->to_display(), "' which exists in the proxy target as non-configurable"});
  if (!TRY(is_extensible(agent, trap.target())))
    return trap.violated({"trap returned falsish for property '", key->to_display(), "' but the proxy target is not extensible"});
  // 9.
  return false;
}

// OPTIMIZATION: whether the target says nothing about what a `get` or `set` trap may answer: an ordinary object
// without such a property, or with a configurable one.
bool is_unrestricted(Object* target, PropertyKey key) {
  if (target->kind() != CellKind::kObject || key.is_index()) return false;
  const PropertyLocation location = target->lookup(key);
  return !location || (location.attributes & kConfigurable);
}

// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-get-p-receiver
Completion<Value> proxy_get(Agent& agent, Object* object, PropertyKey property_key, Value receiver_value) {
  Root<PropertyKey> key(agent, property_key);
  Root<Value> receiver(agent, receiver_value);
  // 1. - 5.
  Trap trap(agent, agent.names().get);
  TRY(trap.find(object));
  // 6.
  if (!trap.exists()) return get(agent, trap.target(), key, receiver);
  // 7. - 9.
  Root<Value> value(agent, TRY(trap.call_with({key->to_value(agent), receiver})));
  if (is_unrestricted(trap.target(), key)) return value.get();
  PropertyDescriptor current;
  bool has_current = TRY(get_own_property(agent, trap.target(), key, current));
  if (has_current && !current.configurable) {
    if (current.is_data() && !current.writable && !same_value(value, current.value))
      return trap.violated({"property '", key->to_display(),
                            "' is a read-only and non-configurable data property on the proxy target but the proxy did not return its "
                            "actual value (expected '", to_display_string(agent, current.value), "' but got '",
                            to_display_string(agent, value), "')"});
    if (current.is_accessor() && current.getter.is_undefined() && !value->is_undefined())
      return trap.violated({"property '", key->to_display(),
                            "' is a non-configurable accessor property on the proxy target and does not have a getter function, but the "
                            "trap did not return 'undefined' (got '", to_display_string(agent, value), "')"});
  }
  // 10.
  return value.get();
}

// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-set-p-v-receiver
Completion<bool> proxy_set(Agent& agent, Object* object, PropertyKey property_key, Value new_value, Value receiver_value) {
  Root<PropertyKey> key(agent, property_key);
  Root<Value> value(agent, new_value);
  Root<Value> receiver(agent, receiver_value);
  // 1. - 5.
  Trap trap(agent, agent.names().set);
  TRY(trap.find(object));
  // 6.
  if (!trap.exists()) return set_with_receiver(agent, trap.target(), key, value, receiver);
  // 7. - 8.
  if (!to_boolean(TRY(trap.call_with({key->to_value(agent), value, receiver})))) return false;
  // 9. - 10.
  if (is_unrestricted(trap.target(), key)) return true;
  PropertyDescriptor current;
  bool has_current = TRY(get_own_property(agent, trap.target(), key, current));
  if (has_current && !current.configurable) {
    if (current.is_data() && !current.writable && !same_value(value, current.value))
      return trap.violated({"trap returned truish for property '", key->to_display(),
                            "' which exists in the proxy target as a non-configurable and non-writable data property with a different value"});
    if (current.is_accessor() && current.setter.is_undefined())
      return trap.violated({"trap returned truish for property '", key->to_display(),
                            "' which exists in the proxy target as a non-configurable and non-writable accessor property without a setter"});
  }
  // 11.
  return true;
}

// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-delete-p
Completion<bool> proxy_delete(Agent& agent, Object* object, PropertyKey property_key) {
  Root<PropertyKey> key(agent, property_key);
  // 1. - 5.
  Trap trap(agent, agent.names().deleteProperty);
  TRY(trap.find(object));
  // 6.
  if (!trap.exists()) return delete_property(agent, trap.target(), key);
  // 7. - 8.
  if (!to_boolean(TRY(trap.call_with({key->to_value(agent)})))) return false;
  // 9. - 13.
  PropertyDescriptor current;
  if (!TRY(get_own_property(agent, trap.target(), key, current))) return true;
  if (!current.configurable)
    return trap.violated({"trap returned truish for property '", key->to_display(), "' which is non-configurable in the proxy target"});
  if (!TRY(is_extensible(agent, trap.target())))
    return trap.violated({"trap returned truish for property '", key->to_display(), "' but the proxy target is non-extensible"});
  // 14.
  return true;
}

// Steps 7. to 9. of [[OwnPropertyKeys]]: the trap's list, each key canonical, without duplicates.
Completion<void> collect_trap_keys(Agent& agent, Trap& trap, Value trap_result, RootVector& keys, std::unordered_set<uint64_t>& seen) {
  if (!trap_result.is_object()) return throw_type_error(agent, "CreateListFromArrayLike called on non-object");
  Root<Object*> list(agent, trap_result.as_object());
  double length = TRY(length_of_array_like(agent, list));
  LoopPoll poll(agent);
  bool has_duplicates = false;
  for (double i = 0; i < length; ++i) {
    TRY(poll.tick());
    Value element = TRY(get_element(agent, list, i));
    if (!element.is_string() && !element.is_symbol())
      return throw_type_error(agent, {to_display_string(agent, element), " is not a valid property name"});
    PropertyKey key = key_of_value(agent, element);
    keys.push_back(key.to_value(agent));
    has_duplicates |= !seen.insert(key.bits()).second;
  }
  if (has_duplicates) return trap.violated("trap returned duplicate entries");
  return {};
}

// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-ownpropertykeys
Completion<void> proxy_own_property_keys(Agent& agent, Object* object, RootVector& result) {
  // 1. - 5.
  Trap trap(agent, agent.names().ownKeys);
  TRY(trap.find(object));
  // 6.
  if (!trap.exists()) return own_property_keys(agent, trap.target(), result);
  // 7. - 9.
  Value trap_result = TRY(trap.call_with({}));
  RootVector keys(agent);
  std::unordered_set<uint64_t> unchecked;
  TRY(collect_trap_keys(agent, trap, trap_result, keys, unchecked));
  // 10. - 16.
  bool extensible = TRY(is_extensible(agent, trap.target()));
  RootVector target_keys(agent);
  TRY(own_property_keys(agent, trap.target(), target_keys));
  RootVector configurable_keys(agent);
  LoopPoll poll(agent);
  for (size_t i = 0; i < target_keys.size(); ++i) {
    TRY(poll.tick());
    Root<PropertyKey> key(agent, key_of_value(agent, target_keys[i]));
    PropertyDescriptor descriptor;
    bool found = TRY(get_own_property(agent, trap.target(), key, descriptor));
    if (!found || descriptor.configurable) {
      configurable_keys.push_back(key->to_value(agent));
      continue;
    }
    // 19.
    if (unchecked.erase(key->bits()) == 0) return trap.violated({"trap result did not include '", key->to_display(), "'"});
  }
  // 17. - 20.
  if (!extensible) {
    // 21. - 22.
    for (Value value : configurable_keys) {
      PropertyKey key = key_of_value(agent, value);
      if (unchecked.erase(key.bits()) == 0) return trap.violated({"trap result did not include '", key.to_display(), "'"});
    }
    if (!unchecked.empty()) return trap.violated("trap returned extra keys but proxy target is non-extensible");
  }
  // 23.
  for (Value key : keys) result.push_back(key);
  return {};
}

// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-call-thisargument-argumentslist
Completion<Value> proxy_call(Agent& agent, Object* callee, Value this_argument, Passed<std::span<const Value>> arguments) {
  Root<Value> this_value(agent, this_argument);
  Root<Object*> list(agent, make_array(agent, arguments));
  RootVector values(agent);
  values.values().assign(arguments.begin(), arguments.end());
  // 1. - 5.
  Trap trap(agent, agent.names().apply);
  TRY(trap.find(callee));
  // 6.
  if (!trap.exists()) return call(agent, trap.target(), this_value, values.values());
  // 7. - 8.
  return trap.call_with({this_value, list.get()});
}

// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-construct-argumentslist-newtarget
Completion<Object*> proxy_construct(Agent& agent, Object* callee, Passed<std::span<const Value>> arguments, Object* new_target_object) {
  Root<Object*> new_target(agent, new_target_object);
  Root<Object*> list(agent, make_array(agent, arguments));
  RootVector values(agent);
  values.values().assign(arguments.begin(), arguments.end());
  // 1. - 6.
  Trap trap(agent, agent.names().construct);
  TRY(trap.find(callee));
  // 7.
  if (!trap.exists()) return construct(agent, trap.target(), values.values(), new_target);
  // 8. - 10.
  Value result = TRY(trap.call_with({list.get(), new_target.get()}));
  if (!result.is_object()) return throw_type_error(agent, {"'construct' on proxy: trap returned non-object ('", to_display_string(agent, result), "')"});
  return result.as_object();
}

// For IsArray and GetFunctionRealm.
Completion<Object*> proxy_target(Agent& agent, Object* object) {
  Proxy* proxy = static_cast<Proxy*>(object);
  if (proxy->is_revoked()) return throw_type_error(agent, "Cannot perform 'IsArray' on a proxy that has been revoked");
  return proxy->target();
}

constexpr InternalMethods kProxyInternalMethods = {
    .get_prototype_of = proxy_get_prototype_of,
    .set_prototype_of = proxy_set_prototype_of,
    .is_extensible = proxy_is_extensible,
    .prevent_extensions = proxy_prevent_extensions,
    .get_own_property = proxy_get_own_property,
    .define_own_property = proxy_define_own_property,
    .has_property = proxy_has_property,
    .get = proxy_get,
    .set = proxy_set,
    .delete_property = proxy_delete,
    .own_property_keys = proxy_own_property_keys,
};

}  // namespace

Completion<Proxy*> proxy_create(Agent& agent, Value target, Value handler) {
  // 1. - 2.
  if (!target.is_object() || !handler.is_object()) return throw_type_error(agent, "Cannot create proxy with a non-object as target or handler");
  // 3. - 7.
  uint8_t flags = Object::kExoticIndices;
  if (target.as_object()->is_callable()) flags |= Object::kCallable;
  if (target.as_object()->is_constructor()) flags |= Object::kConstructor;
  Shape* shape = shape_for_prototype(agent, nullptr, CellKind::kProxy, sizeof(Proxy), 0);
  return agent.heap().make<Proxy>(shape, target.as_object(), handler.as_object(), flags);
}

namespace {

// https://tc39.es/ecma262/#sec-proxy-target-handler
Completion<Value> proxy_constructor(Agent& agent, const CallInfo& info) {
  if (!info.is_construct()) return throw_requires_new(agent, "Proxy");
  return TRY(proxy_create(agent, info[0], info[1]));
}

// https://tc39.es/ecma262/#sec-proxy.revocable, step 2.
Completion<Value> revoke_proxy(Agent&, const CallInfo& info) {
  Value proxy = info.callee()->internal_slot(0);  // [[RevocableProxy]]
  if (proxy.is_undefined()) return Value::undefined();
  info.callee()->set_internal_slot(0, Value::undefined());
  proxy.as<Proxy>()->revoke();
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-proxy.revocable
Completion<Value> proxy_revocable(Agent& agent, const CallInfo& info) {
  // 1.
  Root<Value> proxy(agent, Value(TRY(proxy_create(agent, info[0], info[1]))));
  // 2. - 4.
  Root<Object*> revoker(agent, make_native_closure(agent, revoke_proxy, 0));
  static_cast<NativeFunction*>(revoker.get())->set_internal_slot(0, proxy);
  // 5. - 8.
  Root<Object*> result(agent, make_object(agent));
  MUST(create_data_property_or_throw(agent, result, PropertyKey(agent.names().proxy), proxy));
  MUST(create_data_property_or_throw(agent, result, PropertyKey(agent.names().revoke), revoker.get()));
  return result.get();
}

constexpr PropertySpec kProxyStatics[] = {
    PropertySpec::function("revocable", proxy_revocable, 2),
};

}  // namespace

void initialize_proxy(Agent& agent, Realm& realm) {
  define_constructor(agent, realm, {
                                       .name = "Proxy",
                                       .length = 2,
                                       .function = proxy_constructor,
                                       .constructor = Intrinsic::kProxy,
                                       .prototype = Intrinsic::kCount,
                                       .statics = kProxyStatics,
                                   });
}

void register_proxy_kinds() {
  gc::register_kind<Proxy>();
  g_internal_methods[static_cast<int>(CellKind::kProxy)] = &kProxyInternalMethods;
  g_call_methods[static_cast<int>(CellKind::kProxy)] = {proxy_call, proxy_construct, proxy_target};
}

}  // namespace skein
