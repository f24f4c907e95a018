// https://tc39.es/ecma262/#sec-object-constructor
#include <unordered_map>

#include "core/builtins/builtins.h"
#include "core/builtins/object_prototype.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"
#include "core/runtime/plain_objects.h"

namespace skein {
namespace {

// https://tc39.es/ecma262/#sec-object-value
Completion<Value> object_constructor(Agent& agent, const CallInfo& info) {
  // 1.
  if (info.is_construct() && info.new_target() != Value(info.callee())) {
    Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), Intrinsic::kObjectPrototype));
    return make_object_with_prototype(agent, prototype);
  }
  // 2.
  if (info[0].is_nullish()) return make_object(agent);
  // 3.
  return TRY(to_object(agent, info[0]));
}

// https://tc39.es/ecma262/#sec-object.assign
Completion<Value> object_assign(Agent& agent, const CallInfo& info) {
  // 1.
  Root<Object*> to(agent, TRY(to_object(agent, info[0])));
  // 3.
  LoopPoll poll(agent);
  for (Value source : info.arguments_from(1)) {
    // a.
    if (source.is_nullish()) continue;
    // i.
    Root<Object*> from(agent, TRY(to_object(agent, source)));
    if (copy_plain_properties(agent, to, from, {}, CopyMode::kSet)) continue;
    // ii.
    RootVector keys(agent);
    TRY(own_property_keys(agent, from, keys));
    // iii.
    for (size_t i = 0; i < keys.size(); ++i) {
      Root<PropertyKey> key(agent, key_of_value(agent, keys[i]));
      PropertyDescriptor descriptor;
      if (!TRY(get_own_property(agent, from, key, descriptor)) || !descriptor.enumerable) continue;
      Value value = TRY(get(agent, from, key));
      TRY(set(agent, to, key, value));
      TRY(poll.tick());
    }
  }
  // 4.
  return to.get();
}

// https://tc39.es/ecma262/#sec-objectdefineproperties
Completion<Value> define_properties_from(Agent& agent, Object* object, Value properties) {
  Root<Object*> target(agent, object);
  // 1.
  Root<Object*> props(agent, TRY(to_object(agent, properties)));
  // 2.
  RootVector keys(agent);
  TRY(own_property_keys(agent, props, keys));
  // 3. - 4.; each descriptor's values lie in `parts` until all have been read.
  std::vector<PropertyDescriptor> descriptors;
  RootVector parts(agent);
  for (size_t i = 0; i < keys.size(); ++i) {
    Root<PropertyKey> key(agent, key_of_value(agent, keys[i]));
    PropertyDescriptor own;
    if (!TRY(get_own_property(agent, props, key, own)) || !own.enumerable) continue;
    Value description = TRY(get(agent, props, key));
    RootedDescriptor descriptor(agent);
    TRY(to_property_descriptor(agent, description, descriptor));
    descriptors.push_back(descriptor);
    for (Value part : {key->to_value(agent), descriptor.value, descriptor.getter, descriptor.setter}) parts.push_back(part);
    TRY(agent.poll());
  }
  // 5.
  for (size_t i = 0; i < descriptors.size(); ++i) {
    Root<PropertyKey> key(agent, key_of_value(agent, parts[i * 4]));
    TRY(define_property_or_throw(agent, target, key, descriptors[i]));
  }
  // 6.
  return target.get();
}

// https://tc39.es/ecma262/#sec-object.create
Completion<Value> object_create(Agent& agent, const CallInfo& info) {
  // 1.
  if (!info[0].is_object() && !info[0].is_null())
    return throw_type_error(agent, {"Object prototype may only be an Object or null: ", to_display_string(agent, info[0])});
  // 2.
  Object* object = make_object_with_prototype(agent, info[0].is_null() ? nullptr : info[0].as_object());
  // 3.
  if (!info[1].is_undefined()) return define_properties_from(agent, object, info[1]);
  // 4.
  return object;
}

// https://tc39.es/ecma262/#sec-object.defineproperties
Completion<Value> object_define_properties(Agent& agent, const CallInfo& info) {
  if (!info[0].is_object()) return throw_type_error(agent, "Object.defineProperties called on non-object");
  return define_properties_from(agent, info[0].as_object(), info[1]);
}

// https://tc39.es/ecma262/#sec-object.defineproperty
Completion<Value> object_define_property(Agent& agent, const CallInfo& info) {
  // 1.
  if (!info[0].is_object()) return throw_type_error(agent, "Object.defineProperty called on non-object");
  // 2.
  Root<PropertyKey> key(agent, TRY(to_property_key(agent, info[1])));
  // 3.
  RootedDescriptor descriptor(agent);
  TRY(to_property_descriptor(agent, info[2], descriptor));
  // 4.
  TRY(define_property_or_throw(agent, info[0].as_object(), key, descriptor));
  // 5.
  return info[0];
}

Completion<Value> own_properties_as_array(Agent& agent, const CallInfo& info, PropertyKind kind) {
  // 1.
  Root<Object*> object(agent, TRY(to_object(agent, info[0])));
  // OPTIMIZATION: the names of a plain object are at hand.
  if (ShapeKeys* keys = kind == PropertyKind::kKeys ? plain_keys(agent, object) : nullptr)
    return make_array(agent, {keys->names->data(), keys->names->capacity()});
  // 2.
  RootVector list(agent);
  TRY(enumerable_own_properties(agent, object, kind, list));
  // 3.
  return make_array(agent, list.values());
}
// https://tc39.es/ecma262/#sec-object.entries
Completion<Value> object_entries(Agent& agent, const CallInfo& info) { return own_properties_as_array(agent, info, PropertyKind::kEntries); }
// https://tc39.es/ecma262/#sec-object.keys
Completion<Value> object_keys(Agent& agent, const CallInfo& info) { return own_properties_as_array(agent, info, PropertyKind::kKeys); }
// https://tc39.es/ecma262/#sec-object.values
Completion<Value> object_values(Agent& agent, const CallInfo& info) { return own_properties_as_array(agent, info, PropertyKind::kValues); }

// https://tc39.es/ecma262/#sec-object.freeze and #sec-object.seal
Completion<Value> set_integrity(Agent& agent, const CallInfo& info, IntegrityLevel level) {
  // 1.
  if (!info[0].is_object()) return info[0];
  // 2. - 3.
  if (!TRY(set_integrity_level(agent, info[0].as_object(), level)))
    return throw_extensions_error(agent, info[0].as_object());
  // 4.
  return info[0];
}
Completion<Value> object_freeze(Agent& agent, const CallInfo& info) { return set_integrity(agent, info, IntegrityLevel::kFrozen); }
Completion<Value> object_seal(Agent& agent, const CallInfo& info) { return set_integrity(agent, info, IntegrityLevel::kSealed); }

// https://tc39.es/ecma262/#sec-object.fromentries
Completion<Value> object_from_entries(Agent& agent, const CallInfo& info) {
  // 1.
  if (info[0].is_nullish()) return throw_type_error(agent, {to_display_string(agent, info[0]), " is not iterable"});
  // 2.
  Root<Object*> object(agent, make_object(agent));
  // 4. - 6., https://tc39.es/ecma262/#sec-add-entries-from-iterable
  IteratorRecord record(agent);
  TRY(get_iterator(agent, info[0], IteratorKind::kSync, record));
  Root<Value> entry(agent);
  while (TRY(iterator_step_value(agent, record, entry))) {
    if (!entry->is_object()) {
      (void)throw_type_error(agent, {"Iterator value ", to_display_string(agent, entry), " is not an entry object"});
      return iterator_close_throwing(agent, record);
    }
    auto add_entry = [&]() -> Completion<void> {
      Root<Value> name(agent, TRY(get_element(agent, entry->as_object(), 0)));
      Root<Value> value(agent, TRY(get_element(agent, entry->as_object(), 1)));
      Root<PropertyKey> key(agent, TRY(to_property_key(agent, name)));
      return create_data_property_or_throw(agent, object, key, value);
    };
    if (add_entry().is_thrown()) return iterator_close_throwing(agent, record);
  }
  return object.get();
}

// https://tc39.es/ecma262/#sec-object.getownpropertydescriptor
Completion<Value> object_get_own_property_descriptor(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(to_object(agent, info[0])));
  Root<PropertyKey> key(agent, TRY(to_property_key(agent, info[1])));
  // 3. - 4.
  PropertyDescriptor descriptor;
  bool found = TRY(get_own_property(agent, object, key, descriptor));
  Root<Value> result(agent);
  TRY(from_property_descriptor(agent, found, descriptor, result));
  return result.get();
}

// https://tc39.es/ecma262/#sec-object.getownpropertydescriptors
Completion<Value> object_get_own_property_descriptors(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(to_object(agent, info[0])));
  RootVector keys(agent);
  TRY(own_property_keys(agent, object, keys));
  // 3. - 4.
  Root<Object*> descriptors(agent, make_object(agent));
  LoopPoll poll(agent);
  for (size_t i = 0; i < keys.size(); ++i) {
    Root<PropertyKey> key(agent, key_of_value(agent, keys[i]));
    PropertyDescriptor descriptor;
    if (!TRY(get_own_property(agent, object, key, descriptor))) continue;
    Root<Value> description(agent);
    TRY(from_property_descriptor(agent, true, descriptor, description));
    TRY(create_data_property_or_throw(agent, descriptors, key, description));
    TRY(poll.tick());
  }
  // 5.
  return descriptors.get();
}

// https://tc39.es/ecma262/#sec-getownpropertykeys
Completion<Value> get_own_property_keys(Agent& agent, Value value, bool symbols) {
  Root<Object*> object(agent, TRY(to_object(agent, value)));
  RootVector keys(agent);
  TRY(own_property_keys(agent, object, keys));
  RootVector names(agent);
  for (Value key : keys) {
    if (key.is_symbol() == symbols) names.push_back(key);
  }
  return make_array(agent, names.values());
}
// https://tc39.es/ecma262/#sec-object.getownpropertynames
Completion<Value> object_get_own_property_names(Agent& agent, const CallInfo& info) { return get_own_property_keys(agent, info[0], false); }
// https://tc39.es/ecma262/#sec-object.getownpropertysymbols
Completion<Value> object_get_own_property_symbols(Agent& agent, const CallInfo& info) { return get_own_property_keys(agent, info[0], true); }

// https://tc39.es/ecma262/#sec-object.getprototypeof
Completion<Value> object_get_prototype_of(Agent& agent, const CallInfo& info) {
  Object* object = TRY(to_object(agent, info[0]));
  bool is_null = false;
  Object* prototype = TRY(get_prototype_of(agent, object, &is_null));
  return is_null ? Value::null() : Value(prototype);
}

// https://tc39.es/ecma262/#sec-object.groupby
Completion<Value> object_group_by(Agent& agent, const CallInfo& info) {
  // 1., https://tc39.es/ecma262/#sec-groupby
  Value items = info[0];
  Value callback = info[1];
  if (items.is_nullish()) return throw_type_error(agent, {to_display_string(agent, items), " is not iterable"});
  if (!is_callable(callback)) return throw_not_callable(agent, callback);
  RootVector keys(agent);
  RootVector groups(agent);  // arrays that script has not seen
  std::unordered_map<uint64_t, size_t> positions;
  constexpr size_t kPositionBytes = 48;
  ExternalCharge charge(agent);
  IteratorRecord record(agent);
  TRY(get_iterator(agent, items, IteratorKind::kSync, record));
  Root<Value> value(agent);
  for (double k = 0; TRY(iterator_step_value(agent, record, value)); ++k) {
    auto key_of_item = [&]() -> Completion<PropertyKey> {
      Value name = TRY(call(agent, callback, Value::undefined(), {value, Value::number(k)}));
      return to_property_key(agent, name);
    };
    Completion<PropertyKey> completion = key_of_item();
    if (completion.is_thrown()) return iterator_close_throwing(agent, record);
    PropertyKey key = completion.value();
    auto [position, is_new] = positions.try_emplace(key.bits(), groups.size());
    if (is_new) {
      charge.add(kPositionBytes);
      keys.push_back(key.to_value(agent));
      groups.push_back(make_array(agent));
    }
    Object* group = groups[position->second].as_object();
    TRY(create_element(agent, group, static_cast<Array*>(group)->length(), value));
  }
  // 2. - 4.
  Root<Object*> object(agent, make_object_with_prototype(agent, nullptr));
  for (size_t i = 0; i < keys.size(); ++i)
    TRY(create_data_property_or_throw(agent, object, key_of_value(agent, keys[i]), groups[i]));
  return object.get();
}

// https://tc39.es/ecma262/#sec-object.hasown
Completion<Value> object_has_own(Agent& agent, const CallInfo& info) {
  Root<Object*> object(agent, TRY(to_object(agent, info[0])));
  Root<PropertyKey> key(agent, TRY(to_property_key(agent, info[1])));
  return Value::boolean(TRY(has_own_property(agent, object, key)));
}

// https://tc39.es/ecma262/#sec-object.is
Completion<Value> object_is(Agent&, const CallInfo& info) { return Value::boolean(same_value(info[0], info[1])); }

// https://tc39.es/ecma262/#sec-object.isextensible
Completion<Value> object_is_extensible(Agent& agent, const CallInfo& info) {
  if (!info[0].is_object()) return Value::boolean(false);
  return Value::boolean(TRY(is_extensible(agent, info[0].as_object())));
}

// https://tc39.es/ecma262/#sec-object.isfrozen and #sec-object.issealed
Completion<Value> test_integrity(Agent& agent, const CallInfo& info, IntegrityLevel level) {
  if (!info[0].is_object()) return Value::boolean(true);
  return Value::boolean(TRY(test_integrity_level(agent, info[0].as_object(), level)));
}
Completion<Value> object_is_frozen(Agent& agent, const CallInfo& info) { return test_integrity(agent, info, IntegrityLevel::kFrozen); }
Completion<Value> object_is_sealed(Agent& agent, const CallInfo& info) { return test_integrity(agent, info, IntegrityLevel::kSealed); }

// https://tc39.es/ecma262/#sec-object.preventextensions
Completion<Value> object_prevent_extensions(Agent& agent, const CallInfo& info) {
  if (!info[0].is_object()) return info[0];
  if (!TRY(prevent_extensions(agent, info[0].as_object()))) return throw_extensions_error(agent, info[0].as_object());
  return info[0];
}

// https://tc39.es/ecma262/#sec-object.setprototypeof
Completion<Value> object_set_prototype_of(Agent& agent, const CallInfo& info) {
  // 1.
  Value object = info[0];
  if (object.is_nullish()) return throw_type_error(agent, "Object.setPrototypeOf called on null or undefined");
  // 2.
  if (!info[1].is_object() && !info[1].is_null())
    return throw_type_error(agent, {"Object prototype may only be an Object or null: ", to_display_string(agent, info[1])});
  // 3.
  if (!object.is_object()) return object;
  // 4. - 5.
  TRY(set_prototype_or_throw(agent, object.as_object(), info[1]));
  // 6.
  return object;
}

constexpr PropertySpec kObjectStatics[] = {
    PropertySpec::function("assign", object_assign, 2),
    PropertySpec::function("create", object_create, 2),
    PropertySpec::function("defineProperties", object_define_properties, 2),
    PropertySpec::function("defineProperty", object_define_property, 3),
    PropertySpec::function("entries", object_entries, 1),
    PropertySpec::function("freeze", object_freeze, 1),
    PropertySpec::function("fromEntries", object_from_entries, 1),
    PropertySpec::function("getOwnPropertyDescriptor", object_get_own_property_descriptor, 2),
    PropertySpec::function("getOwnPropertyDescriptors", object_get_own_property_descriptors, 1),
    PropertySpec::function("getOwnPropertyNames", object_get_own_property_names, 1),
    PropertySpec::function("getOwnPropertySymbols", object_get_own_property_symbols, 1),
    PropertySpec::function("getPrototypeOf", object_get_prototype_of, 1),
    PropertySpec::function("groupBy", object_group_by, 2),
    PropertySpec::function("hasOwn", object_has_own, 2),
    PropertySpec::function("is", object_is, 2),
    PropertySpec::function("isExtensible", object_is_extensible, 1),
    PropertySpec::function("isFrozen", object_is_frozen, 1),
    PropertySpec::function("isSealed", object_is_sealed, 1),
    PropertySpec::function("keys", object_keys, 1),
    PropertySpec::function("preventExtensions", object_prevent_extensions, 1),
    PropertySpec::function("seal", object_seal, 1),
    PropertySpec::function("setPrototypeOf", object_set_prototype_of, 2),
    PropertySpec::function("values", object_values, 1),
};

}  // namespace

void initialize_object(Agent& agent, Realm& realm) {
  define_constructor(agent, realm, {
                                       .name = "Object",
                                       .length = 1,
                                       .function = object_constructor,
                                       .constructor = Intrinsic::kObject,
                                       .prototype = Intrinsic::kObjectPrototype,
                                       .statics = kObjectStatics,
                                       .prototype_properties = object_prototype_properties(),
                                   });
}

}  // namespace skein
