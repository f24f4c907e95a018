// https://tc39.es/ecma262/#sec-operations-on-objects
#include <algorithm>

#include "core/numeric/conversions.h"
#include "core/runtime/elements.h"
#include "core/runtime/operations.h"
#include "core/runtime/plain_objects.h"
#include "core/runtime/primitive_object.h"

namespace skein {

// --- The essential internal methods, dispatched --------------------------------------------------------------
// Each is a point where a collection may happen: proxies run script.

Completion<Value> get(Agent& agent, Object* object, PropertyKey key, Value receiver) {
  agent.collection_point(object, key, receiver);
  return object->methods().get(agent, object, key, receiver);
}

Completion<bool> set_with_receiver(Agent& agent, Object* object, PropertyKey key, Value value, Value receiver) {
  agent.collection_point(object, key, value, receiver);
  return object->methods().set(agent, object, key, value, receiver);
}

Completion<bool> has_property(Agent& agent, Object* object, PropertyKey key) {
  agent.collection_point(object, key);
  return object->methods().has_property(agent, object, key);
}

Completion<Object*> get_prototype_of(Agent& agent, Object* object, bool* is_null) {
  agent.collection_point(object);
  return object->methods().get_prototype_of(agent, object, is_null);
}

Completion<bool> set_prototype_of(Agent& agent, Object* object, Object* prototype_or_null) {
  agent.collection_point(object, prototype_or_null);
  return object->methods().set_prototype_of(agent, object, prototype_or_null);
}

Completion<bool> is_extensible(Agent& agent, Object* object) {
  agent.collection_point(object);
  return object->methods().is_extensible(agent, object);
}

Completion<bool> prevent_extensions(Agent& agent, Object* object) {
  agent.collection_point(object);
  return object->methods().prevent_extensions(agent, object);
}

Completion<bool> get_own_property(Agent& agent, Object* object, PropertyKey key, PropertyDescriptor& out) {
  agent.collection_point(object, key);
  return object->methods().get_own_property(agent, object, key, out);
}

Completion<bool> define_own_property(Agent& agent, Object* object, PropertyKey key, const PropertyDescriptor& descriptor) {
  agent.collection_point(object, key, descriptor.value, descriptor.getter, descriptor.setter);
  return object->methods().define_own_property(agent, object, key, descriptor);
}

Completion<bool> delete_property(Agent& agent, Object* object, PropertyKey key) {
  agent.collection_point(object, key);
  return object->methods().delete_property(agent, object, key);
}

Completion<void> own_property_keys(Agent& agent, Object* object, RootVector& keys) {
  agent.collection_point(object);
  return object->methods().own_property_keys(agent, object, keys);
}

// --- Making objects ---------------------------------------------------------------------------------------

namespace {
Object* make_with_shape(Agent& agent, Shape* shape) {
  return agent.heap().make_with_extra<Object>(shape->inline_capacity() * sizeof(Value), shape);
}
constexpr uint8_t kDefaultInlineCapacity = 4;
}  // namespace

Object* make_object(Agent& agent) { return make_with_shape(agent, agent.realm()->shape(RealmShape::kObject)); }

Object* make_object_with_prototype(Agent& agent, Object* prototype) {
  return make_with_shape(agent, shape_for_prototype(agent, prototype, CellKind::kObject, sizeof(Object), kDefaultInlineCapacity));
}

// --- https://tc39.es/ecma262/#sec-operations-on-objects -------------------------------------------------------

Completion<Value> get_v(Agent& agent, Value value, PropertyKey key) {
  if (value.is_object()) return get(agent, value.as_object(), key, value);
  if (value.is_string()) {
    String* string = value.as_string();
    if (key.is_index() && key.as_index() < string->length()) {
      char16_t unit = string->unit_at(key.as_index());
      if (unit < 256) return agent.atoms().single(static_cast<uint8_t>(unit));
      return new_string(agent.heap(), StringView(&unit, 1));
    }
    if (key == PropertyKey(agent.names().length)) return Value::number(string->length());
  }
  Intrinsic prototype;
  if (value.is_string()) prototype = Intrinsic::kStringPrototype;
  else if (value.is_number()) prototype = Intrinsic::kNumberPrototype;
  else if (value.is_boolean()) prototype = Intrinsic::kBooleanPrototype;
  else if (value.is_symbol()) prototype = Intrinsic::kSymbolPrototype;
  else if (value.is_bigint()) prototype = Intrinsic::kBigIntPrototype;
  else
    return throw_type_error(agent, {"Cannot read properties of ", value.is_null() ? "null" : "undefined", " (reading '", key.to_display(), "')"});
  return get(agent, agent.realm()->intrinsic(prototype), key, value);
}

Completion<void> set(Agent& agent, Object* object, PropertyKey key, Value value, bool should_throw) {
  Root<Object*> kept(agent, object);
  Root<PropertyKey> kept_key(agent, key);
  bool success = TRY(set_with_receiver(agent, object, key, value, object));
  if (!success && should_throw) return throw_assignment_error(agent, kept, kept_key);
  return {};
}

namespace {

// "'trap' on proxy: trap returned falsish", and for which property, when there is one.
Thrown throw_refused_by_trap(Agent& agent, std::string_view trap, const std::string& property) {
  if (property.empty()) return throw_type_error(agent, {"'", trap, "' on proxy: trap returned falsish"});
  return throw_type_error(agent, {"'", trap, "' on proxy: trap returned falsish for property '", property, "'"});
}

// The own property, as far as it can be told without running script.
bool find_silently(Agent& agent, Object* object, PropertyKey key, RootedDescriptor& descriptor) {
  if (object->kind() == CellKind::kProxy) return false;
  auto found = get_own_property(agent, object, key, descriptor);
  if (!found.is_thrown()) return found.value();
  if (!agent.is_terminating()) agent.take_exception();
  return false;
}

Thrown throw_array_length_error(Agent& agent, Array* array) {
  RootedDescriptor descriptor(agent);
  if (find_silently(agent, array, agent.names().length, descriptor) && descriptor.writable)
    return throw_type_error(agent, {"Cannot delete property '", std::to_string(array->length() - 1), "' of [object Array]"});
  return throw_type_error(agent, "Cannot assign to read only property 'length' of object '[object Array]'");
}

// After [[DefineOwnProperty]] returned false.
Thrown throw_definition_error(Agent& agent, Object* object, PropertyKey key) {
  const std::string name = key.to_display();
  if (object->kind() == CellKind::kProxy) return throw_refused_by_trap(agent, "defineProperty", name);
  RootedDescriptor existing(agent);
  if (find_silently(agent, object, key, existing)) return throw_type_error(agent, {"Cannot redefine property: ", name});
  if (object->kind() == CellKind::kTypedArray) return throw_type_error(agent, {"Invalid typed array index: ", name});
  if (object->kind() == CellKind::kArray && !object->has_flag(Object::kNotExtensible))
    return throw_type_error(agent, {"Cannot define property ", name, ", the array's length is not writable"});
  return throw_type_error(agent, {"Cannot define property ", name, ", object is not extensible"});
}

}  // namespace

Thrown throw_assignment_error(Agent& agent, Object* object, PropertyKey key) {
  Root<Object*> receiver(agent, object), holder(agent, object);
  Root<PropertyKey> kept(agent, key);
  const std::string name = key.to_display();
  if (object->kind() == CellKind::kProxy) return throw_refused_by_trap(agent, "set", name);
  // Not even looked at: that would evaluate a deferred module.
  if (object->kind() == CellKind::kModuleNamespace)
    return throw_type_error(agent, {"Cannot assign to read only property '", name, "' of object '[object Module]'"});
  RootedDescriptor descriptor(agent);
  bool found = false;
  while (holder.get() != nullptr && holder->kind() != CellKind::kProxy) {
    found = find_silently(agent, holder, kept, descriptor);
    if (found) break;
    holder = holder->prototype();
  }
  if (found && descriptor.is_accessor())
    return throw_type_error(agent, {"Cannot set property ", name, " of ", to_display_string(agent, receiver.get()), " which has only a getter"});
  auto* array = receiver->as_if<Array>();
  if (array != nullptr && key == PropertyKey(agent.names().length)) return throw_array_length_error(agent, array);
  if (!found || (descriptor.writable && holder.get() != receiver.get())) {
    if (receiver->has_flag(Object::kNotExtensible))
      return throw_type_error(agent, {"Cannot add property ", name, ", object is not extensible"});
    if (array != nullptr && key.is_index()) return throw_array_length_error(agent, array);
  }
  return throw_type_error(agent, {"Cannot assign to read only property '", name, "' of object '", to_display_string(agent, receiver.get()), "'"});
}

Thrown throw_deletion_error(Agent& agent, Object* object, PropertyKey key) {
  if (object->kind() == CellKind::kProxy) return throw_refused_by_trap(agent, "deleteProperty", key.to_display());
  return throw_type_error(agent, {"Cannot delete property '", key.to_display(), "' of ", to_display_string(agent, object)});
}

Thrown throw_extensions_error(Agent& agent, Object* object) {
  if (object->kind() == CellKind::kProxy) return throw_refused_by_trap(agent, "preventExtensions", {});
  return throw_type_error(agent, {"Cannot prevent extensions of ", to_display_string(agent, object), ", whose length may change"});
}

// https://tc39.es/ecma262/#sec-isarray
Completion<bool> is_array(Agent& agent, Value value) {
  if (!value.is_object()) return false;
  Object* object = value.as_object();
  while (object->kind() == CellKind::kProxy) object = TRY(g_call_methods[static_cast<int>(CellKind::kProxy)].proxy_target(agent, object));
  return object->kind() == CellKind::kArray;
}

// https://tc39.es/ecma262/#sec-createdataproperty
Completion<bool> create_data_property(Agent& agent, Object* object, PropertyKey key, Value value) {
  return define_own_property(agent, object, key, PropertyDescriptor::data(value, kDefaultAttributes));
}

Completion<void> create_data_property_or_throw(Agent& agent, Object* object, PropertyKey key, Value value) {
  return define_property_or_throw(agent, object, key, PropertyDescriptor::data(value, kDefaultAttributes));
}

Completion<void> define_property_or_throw(Agent& agent, Object* object, PropertyKey key, const PropertyDescriptor& descriptor) {
  Root<PropertyKey> kept(agent, key);
  Root<Object*> kept_object(agent, object);
  if (TRY(define_own_property(agent, object, key, descriptor))) return {};
  return throw_definition_error(agent, kept_object, kept);
}

Completion<void> delete_property_or_throw(Agent& agent, Object* object, PropertyKey key) {
  Root<PropertyKey> kept(agent, key);
  Root<Object*> kept_object(agent, object);
  if (TRY(delete_property(agent, object, key))) return {};
  return throw_deletion_error(agent, kept_object, kept);
}

Thrown throw_not_a_method(Agent& agent, Value function, Value object, PropertyKey key) {
  return throw_type_error(agent, {"'", to_display_string(agent, function), "' returned for property '", key.to_display(), "' of object '",
                                  to_display_string(agent, object), "' is not a function"});
}

// https://tc39.es/ecma262/#sec-getmethod
Completion<Value> get_method(Agent& agent, Value value, PropertyKey key) {
  Root<PropertyKey> kept(agent, key);
  Root<Value> kept_value(agent, value);
  Value function = TRY(get_v(agent, value, key));
  if (function.is_nullish()) return Value::undefined();
  if (!is_callable(function)) return throw_not_a_method(agent, function, kept_value, kept);
  return function;
}

Completion<bool> has_own_property(Agent& agent, Object* object, PropertyKey key) {
  if (object->methods().get_own_property == ordinary_get_own_property && !key.is_index()) return bool(object->lookup(key));
  PropertyDescriptor descriptor;
  return get_own_property(agent, object, key, descriptor);
}

Completion<Value> invoke(Agent& agent, Value value, PropertyKey key, Passed<std::span<const Value>> arguments) {
  Root<Value> this_value(agent, value);
  Root<PropertyKey> kept_key(agent, key);
  RootVector kept(agent);
  for (Value argument : arguments) kept.push_back(argument);
  Value function = TRY(get_v(agent, value, key));
  if (!is_callable(function)) return throw_not_a_method(agent, function, this_value, kept_key);
  return call(agent, function, this_value, std::span<const Value>(kept.data(), kept.size()));
}

// https://tc39.es/ecma262/#sec-setintegritylevel
Completion<bool> set_integrity_level(Agent& agent, Object* object, IntegrityLevel level) {
  if (set_plain_integrity_level(agent, object, level)) return true;
  Root<Object*> kept(agent, object);
  if (!TRY(prevent_extensions(agent, object))) return false;
  RootVector keys(agent);
  TRY(own_property_keys(agent, kept, keys));
  for (size_t i = 0; i < keys.size(); ++i) {
    PropertyKey key = MUST(to_property_key(agent, keys[i]));
    PropertyDescriptor change;
    change.has_configurable = true;
    if (level == IntegrityLevel::kFrozen) {
      RootedDescriptor current(agent);
      if (!TRY(get_own_property(agent, kept, key, current))) continue;
      if (!current.is_accessor()) change.has_writable = true;
    }
    if (!TRY(define_own_property(agent, kept, key, change))) {
      if (kept->kind() == CellKind::kTypedArray) return throw_type_error(agent, "Cannot freeze array buffer views with elements");
      return throw_definition_error(agent, kept, key);
    }
    if (i % 4096 == 4095) TRY(agent.poll());
  }
  return true;
}

// https://tc39.es/ecma262/#sec-testintegritylevel
Completion<bool> test_integrity_level(Agent& agent, Object* object, IntegrityLevel level) {
  bool result = false;
  if (test_plain_integrity_level(object, level, result)) return result;
  Root<Object*> kept(agent, object);
  if (TRY(is_extensible(agent, object))) return false;
  RootVector keys(agent);
  TRY(own_property_keys(agent, kept, keys));
  for (size_t i = 0; i < keys.size(); ++i) {
    if (i % 4096 == 4095) TRY(agent.poll());
    RootedDescriptor current(agent);
    if (!TRY(get_own_property(agent, kept, MUST(to_property_key(agent, keys[i])), current))) continue;
    if (current.configurable) return false;
    if (level == IntegrityLevel::kFrozen && current.is_data() && current.writable) return false;
  }
  return true;
}

Completion<double> length_of_array_like(Agent& agent, Object* object) {
  if (Array* array = object->as_if<Array>()) return static_cast<double>(array->length());
  return to_length(agent, TRY(get(agent, object, agent.names().length)));
}

// https://tc39.es/ecma262/#sec-createlistfromarraylike
Completion<void> create_list_from_array_like(Agent& agent, Value value, RootVector& list) {
  if (!value.is_object()) return throw_type_error(agent, "CreateListFromArrayLike called on non-object");
  Root<Object*> object(agent, value.as_object());
  double length = TRY(length_of_array_like(agent, object));
  constexpr double kMaxArguments = 1 << 22;
  if (length > kMaxArguments) return throw_range_error(agent, "Too many arguments in function call");
  for (uint32_t i = 0; i < length; ++i) {
    Value element = object->is_sparse() || object->has_flag(Object::kExoticIndices) ? Value::empty() : object->dense_element_or_empty(i);
    if (element.is_empty()) element = TRY(get(agent, object, PropertyKey::index(i)));
    list.push_back(element);
    if (i % 4096 == 4095) TRY(agent.poll());
  }
  return {};
}

// https://tc39.es/ecma262/#sec-speciesconstructor
Completion<Object*> species_constructor(Agent& agent, Object* object, Object* default_constructor) {
  Root<Object*> fallback(agent, default_constructor);
  Value constructor = TRY(get(agent, object, agent.names().constructor));
  if (constructor.is_undefined()) return fallback.get();
  if (!constructor.is_object()) return throw_type_error(agent, "object.constructor is not an object");
  Value species = TRY(get(agent, constructor.as_object(), agent.well_known(WellKnownSymbol::kSpecies)));
  if (species.is_nullish()) return fallback.get();
  if (!is_constructor(species)) return throw_type_error(agent, "object.constructor[Symbol.species] is not a constructor");
  return species.as_object();
}

// https://tc39.es/ecma262/#sec-enumerableownproperties
Completion<void> enumerable_own_properties(Agent& agent, Object* object, PropertyKind kind, RootVector& result) {
  if (list_plain_properties(agent, object, kind, result)) return {};
  Root<Object*> kept(agent, object);
  RootVector keys(agent);
  TRY(own_property_keys(agent, object, keys));
  for (size_t i = 0; i < keys.size(); ++i) {
    if (i % 4096 == 4095) TRY(agent.poll());
    if (!keys[i].is_string()) continue;
    PropertyKey key = to_property_key(agent, keys[i].as_string());
    PropertyDescriptor descriptor;
    if (!TRY(get_own_property(agent, kept, key, descriptor)) || !descriptor.enumerable) continue;
    if (kind == PropertyKind::kKeys) {
      result.push_back(keys[i]);
      continue;
    }
    Value value = TRY(get(agent, kept, key));
    if (kind == PropertyKind::kEntries) value = make_array(agent, std::initializer_list<Value>{keys[i], value});
    result.push_back(value);
  }
  return {};
}

// https://tc39.es/ecma262/#sec-copydataproperties
Completion<void> copy_data_properties(Agent& agent, Object* target, Value source, std::span<const PropertyKey> excluded) {
  if (source.is_nullish()) return {};
  Root<Object*> to(agent, target);
  if (source.is_object() && copy_plain_properties(agent, target, source.as_object(), excluded, CopyMode::kDefine)) return {};
  Root<Object*> from(agent, TRY(to_object(agent, source)));
  RootVector keys(agent);
  TRY(own_property_keys(agent, from, keys));
  for (size_t i = 0; i < keys.size(); ++i) {
    if (i % 4096 == 4095) TRY(agent.poll());
    PropertyKey key = MUST(to_property_key(agent, keys[i]));
    if (std::find(excluded.begin(), excluded.end(), key) != excluded.end()) continue;
    PropertyDescriptor descriptor;
    if (!TRY(get_own_property(agent, from, key, descriptor)) || !descriptor.enumerable) continue;
    Value value = TRY(get(agent, from, key));
    TRY(create_data_property_or_throw(agent, to, key, value));
  }
  return {};
}

// https://tc39.es/ecma262/#sec-getprototypefromconstructor
Completion<Object*> get_prototype_from_constructor(Agent& agent, Object* constructor, Intrinsic fallback) {
  Root<Object*> kept(agent, constructor);
  Value prototype = TRY(get(agent, constructor, agent.names().prototype));
  if (prototype.is_object()) return prototype.as_object();
  Realm* realm = TRY(get_function_realm(agent, kept));
  return realm->intrinsic(fallback);
}

// https://tc39.es/ecma262/#sec-setfunctionname
Completion<void> set_function_name(Agent& agent, Object* function, PropertyKey name, std::string_view prefix) {
  String* text = function_name_string(agent, name, prefix);
  return define_property_or_throw(agent, function, agent.names().name, PropertyDescriptor::data(text, kConfigurable));
}

// https://tc39.es/ecma262/#sec-frompropertydescriptor
Completion<void> from_property_descriptor(Agent& agent, bool found, const PropertyDescriptor& d, Root<Value>& result) {
  if (!found) {
    result = Value::undefined();
    return {};
  }
  const Names& names = agent.names();
  Object* object = make_object(agent);
  result = object;
  auto put = [&](FlatString* name, Value value) { object->add_property(agent, name, value, kDefaultAttributes); };
  if (d.has_value) put(names.value, d.value);
  if (d.has_writable) put(names.writable, Value::boolean(d.writable));
  if (d.has_get) put(names.get, d.getter);
  if (d.has_set) put(names.set, d.setter);
  if (d.has_enumerable) put(names.enumerable, Value::boolean(d.enumerable));
  if (d.has_configurable) put(names.configurable, Value::boolean(d.configurable));
  return {};
}

// https://tc39.es/ecma262/#sec-topropertydescriptor
Completion<void> to_property_descriptor(Agent& agent, Value value, RootedDescriptor& descriptor) {
  if (!value.is_object()) return throw_type_error(agent, {"Property description must be an object: ", to_display_string(agent, value)});
  Root<Object*> object(agent, value.as_object());
  const Names& names = agent.names();
  // False: there is no such field.
  auto read_field = [&](FlatString* name, Value& field) -> Completion<bool> {
    // OPTIMIZATION: data of the object's own.
    if (object->kind() == CellKind::kObject) {
      PropertyLocation location = object->lookup(name);
      if (location && !(location.attributes & kAccessorProperty)) {
        field = object->slot(location.slot);
        return true;
      }
    }
    if (!TRY(has_property(agent, object, name))) return false;
    field = TRY(get(agent, object, name));
    return true;
  };
  auto read_flag = [&](FlatString* name, bool& has, bool& flag) -> Completion<void> {
    Value field;
    has = TRY(read_field(name, field));
    if (has) flag = to_boolean(field);
    return {};
  };
  auto read_function = [&](FlatString* name, bool& has, Value& function, std::string_view label) -> Completion<void> {
    if (!TRY(read_field(name, function))) return {};
    if (!is_callable(function) && !function.is_undefined())
      return throw_type_error(agent, {label, " must be a function: ", to_display_string(agent, function)});
    has = true;
    return {};
  };
  TRY(read_flag(names.enumerable, descriptor.has_enumerable, descriptor.enumerable));
  TRY(read_flag(names.configurable, descriptor.has_configurable, descriptor.configurable));
  descriptor.has_value = TRY(read_field(names.value, descriptor.value));
  TRY(read_flag(names.writable, descriptor.has_writable, descriptor.writable));
  TRY(read_function(names.get, descriptor.has_get, descriptor.getter, "Getter"));
  TRY(read_function(names.set, descriptor.has_set, descriptor.setter, "Setter"));
  if (descriptor.is_accessor() && descriptor.is_data())
    return throw_type_error(agent, {"Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, ", to_display_string(agent, object.get())});
  return {};
}

// --- Private elements -----------------------------------------------------------------------------------------

bool private_has(Object* object, Symbol* name) { return object->lookup(PropertyKey(name)).found; }

Completion<Value> private_get(Agent& agent, Object* object, Symbol* name) {
  PropertyLocation location = object->lookup(PropertyKey(name));
  if (!location) return throw_type_error(agent, {"Cannot read private member ", PropertyKey(name).to_display(), " from an object whose class did not declare it"});
  Value value = object->slot(location.slot);
  if (!(location.attributes & kAccessorProperty)) return value;
  Value getter = value.as<Accessor>()->getter;
  if (getter.is_undefined()) return throw_type_error(agent, {"'", PropertyKey(name).to_display(), "' was defined without a getter"});
  return call(agent, getter, Value(object));
}

Completion<void> private_set(Agent& agent, Object* object, Symbol* name, Value value) {
  PropertyLocation location = object->lookup(PropertyKey(name));
  if (!location) return throw_type_error(agent, {"Cannot write private member ", PropertyKey(name).to_display(), " to an object whose class did not declare it"});
  if (location.attributes & kAccessorProperty) {
    Value setter = object->slot(location.slot).as<Accessor>()->setter;
    if (setter.is_undefined()) return throw_type_error(agent, {"'", PropertyKey(name).to_display(), "' was defined without a setter"});
    TRY(call(agent, setter, Value(object), {value}));
    return {};
  }
  if (!(location.attributes & kWritable)) return throw_type_error(agent, {"Private method '", PropertyKey(name).to_display(), "' is not writable"});
  object->set_slot(location.slot, value);
  return {};
}

Completion<void> private_field_add(Agent& agent, Object* object, Symbol* name, Value value) {
  return private_method_or_accessor_add(agent, object, name, value, kWritable);
}

Completion<void> private_method_or_accessor_add(Agent& agent, Object* object, Symbol* name, Value value, PropertyAttributes attributes) {
  if (private_has(object, name)) return throw_type_error(agent, "Cannot initialize private elements twice on the same object");
  if (object->has_flag(Object::kNotExtensible)) return throw_type_error(agent, "Cannot define private elements on a non-extensible object");
  object->add_property(agent, PropertyKey(name), value, attributes);
  return {};
}

// https://tc39.es/ecma262/#sec-isregexp
Completion<bool> is_reg_exp(Agent& agent, Value value) {
  if (!value.is_object()) return false;
  Root<Value> kept(agent, value);
  Value matcher = TRY(get(agent, value.as_object(), PropertyKey(agent.well_known(WellKnownSymbol::kMatch))));
  if (!matcher.is_undefined()) return to_boolean(matcher);
  return kept->is_kind(CellKind::kRegExp);
}

}  // namespace skein
