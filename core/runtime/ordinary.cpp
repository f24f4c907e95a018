// https://tc39.es/ecma262/#sec-ordinary-object-internal-methods-and-internal-slots
#include "core/runtime/elements.h"
#include "core/runtime/operations.h"

namespace skein {

namespace {

Completion<Object*> ordinary_get_prototype_of(Agent&, Object* object, bool* is_null) {
  Object* prototype = object->prototype();
  *is_null = prototype == nullptr;
  return prototype == nullptr ? object : prototype;
}

Completion<bool> ordinary_is_extensible(Agent&, Object* object) { return !object->has_flag(Object::kNotExtensible); }

// The value and attributes of a property that is kept as ordinary objects keep theirs.
struct OwnProperty {
  Value value;  // an Accessor cell for accessor properties
  PropertyAttributes attributes = kNone;
  bool found = false;
  uint32_t slot = 0;
};

OwnProperty find_own(Object* object, PropertyKey key) {
  if (key.is_index()) {
    ElementLocation element = get_own_element(object, key.as_index());
    return {element.value, element.attributes, element.found, 0};
  }
  PropertyLocation location = object->lookup(key);
  if (!location) return {};
  return {object->slot(location.slot), location.attributes, true, location.slot};
}

void fill_descriptor(const OwnProperty& property, PropertyDescriptor& out) {
  if (property.attributes & kAccessorProperty) {
    Accessor* accessor = property.value.as<Accessor>();
    out = PropertyDescriptor::accessor(accessor->getter, accessor->setter, property.attributes);
  } else {
    out = PropertyDescriptor::data(property.value, property.attributes);
  }
}

// Whether this own property is looked up as ordinary objects do.
bool has_plain_lookup(Agent& agent, Object* object, PropertyKey key) {
  if (object->methods().get_own_property == ordinary_get_own_property) return true;
  return object->kind() == CellKind::kArray && key != PropertyKey(agent.names().length);
}

}  // namespace

// https://tc39.es/ecma262/#sec-ordinarysetprototypeof
Completion<bool> ordinary_set_prototype_of(Agent& agent, Object* object, Object* prototype) {
  if (prototype == object->prototype()) return true;
  if (object->has_flag(Object::kNotExtensible) || object->has_immutable_prototype()) return false;
  for (Object* p = prototype; p != nullptr; p = p->prototype()) {
    if (p == object) return false;
    if (p->methods().get_prototype_of != ordinary_get_prototype_of) break;
  }
  object->set_prototype_directly(agent, prototype);
  return true;
}

Completion<bool> ordinary_prevent_extensions(Agent& agent, Object* object) {
  object->set_flag(Object::kNotExtensible);
  // Inline caches know only shapes: one that no extensible object has keeps add-transitions away.
  Shape* shape = object->shape();
  object->set_shape(shape->is_owned() ? shape->owned_copy()
                                      : shape->inextensible_copy([](PropertyKey, PropertyAttributes attributes) { return attributes; }));
  return true;
}

// https://tc39.es/ecma262/#sec-ordinarygetownproperty
Completion<bool> ordinary_get_own_property(Agent& agent, Object* object, PropertyKey key, PropertyDescriptor& out) {
  OwnProperty property = find_own(object, key);
  if (!property.found) return false;
  fill_descriptor(property, out);
  return true;
}

// https://tc39.es/ecma262/#sec-ordinarydefineownproperty
Completion<bool> ordinary_define_own_property(Agent& agent, Object* object, PropertyKey key, const PropertyDescriptor& descriptor) {
  PropertyDescriptor current;
  OwnProperty property = find_own(object, key);
  if (property.found) fill_descriptor(property, current);
  return validate_and_apply_property_descriptor(agent, object, key, !object->has_flag(Object::kNotExtensible), descriptor,
                                                property.found, current);
}

// https://tc39.es/ecma262/#sec-validateandapplypropertydescriptor, steps 2 to 5: what does not touch the object
// https://tc39.es/ecma262/#sec-iscompatiblepropertydescriptor
bool is_compatible_property_descriptor(bool extensible, const PropertyDescriptor& descriptor, bool has_current,
                                       const PropertyDescriptor& current) {
  if (!has_current) return extensible;
  // 4. to 5.
  if (current.configurable) return true;
  if (descriptor.has_configurable && descriptor.configurable) return false;
  if (descriptor.has_enumerable && descriptor.enumerable != current.enumerable) return false;
  if (!descriptor.is_generic() && descriptor.is_accessor() != current.is_accessor()) return false;
  if (current.is_accessor()) {
    if (descriptor.has_get && !(descriptor.getter == current.getter)) return false;
    if (descriptor.has_set && !(descriptor.setter == current.setter)) return false;
  } else if (!current.writable) {
    if (descriptor.has_writable && descriptor.writable) return false;
    if (descriptor.has_value && !same_value(descriptor.value, current.value)) return false;
  }
  return true;
}

namespace {

// Once more after a collection, if the heap's limit said no.
Completion<void> put_element(Agent& agent, Object* object, uint32_t index, Value value, PropertyAttributes attributes) {
  if (put_own_element(agent, object, index, value, attributes)) [[likely]] return {};
  Root<Object*> kept(agent, object);
  Root<Value> kept_value(agent, value);
  TRY(agent.poll());
  if (!put_own_element(agent, object, index, value, attributes)) return throw_out_of_memory(agent);
  return {};
}

}  // namespace

// https://tc39.es/ecma262/#sec-validateandapplypropertydescriptor
Completion<bool> validate_and_apply_property_descriptor(Agent& agent, Object* object, PropertyKey key, bool extensible,
                                                        const PropertyDescriptor& descriptor, bool has_current,
                                                        const PropertyDescriptor& current) {
  if (!is_compatible_property_descriptor(extensible, descriptor, has_current, current)) return false;
  if (!has_current) {
    // 2.
    Value stored = descriptor.value;
    int bits = (descriptor.enumerable ? kEnumerable : 0) | (descriptor.configurable ? kConfigurable : 0);
    if (descriptor.is_accessor()) {
      stored = Value::cell(agent.heap().make<Accessor>(descriptor.getter, descriptor.setter));
      bits |= kAccessorProperty;
    } else if (descriptor.writable) {
      bits |= kWritable;
    }
    PropertyAttributes attributes = static_cast<PropertyAttributes>(bits);
    if (key.is_index()) {
      TRY(put_element(agent, object, key.as_index(), stored, attributes));
    } else {
      TRY(object->try_add_property(agent, key, stored, attributes));
    }
    return true;
  }
  // 6.
  bool configurable = descriptor.has_configurable ? descriptor.configurable : current.configurable;
  bool enumerable = descriptor.has_enumerable ? descriptor.enumerable : current.enumerable;
  int bits = (enumerable ? kEnumerable : 0) | (configurable ? kConfigurable : 0);
  Value stored;
  if (descriptor.is_accessor() || (current.is_accessor() && !descriptor.is_data())) {
    Value getter = descriptor.has_get ? descriptor.getter : current.is_accessor() ? current.getter : Value::undefined();
    Value setter = descriptor.has_set ? descriptor.setter : current.is_accessor() ? current.setter : Value::undefined();
    stored = Value::cell(agent.heap().make<Accessor>(getter, setter));
    bits |= kAccessorProperty;
  } else {
    stored = descriptor.has_value ? descriptor.value : current.is_data() ? current.value : Value::undefined();
    bool writable = descriptor.has_writable ? descriptor.writable : current.is_data() && current.writable;
    if (writable) bits |= kWritable;
  }
  PropertyAttributes attributes = static_cast<PropertyAttributes>(bits);
  if (key.is_index()) {
    TRY(put_element(agent, object, key.as_index(), stored, attributes));
    return true;
  }
  if (attributes != current.attributes()) object->reconfigure_property(agent, key, attributes);
  object->set_slot(object->lookup(key).slot, stored);
  // An accessor replaced by another under the same attributes: cached getters must not survive.
  if ((attributes & kAccessorProperty) && object->has_flag(Object::kUsedAsPrototype)) agent.bump_prototype_epoch();
  return true;
}

// https://tc39.es/ecma262/#sec-ordinaryhasproperty
Completion<bool> ordinary_has_property(Agent& agent, Object* object, PropertyKey key) {
  for (Object* o = object;;) {
    if (o != object && o->methods().has_property != ordinary_has_property) {
      TRY(agent.check_stack());
      return o->methods().has_property(agent, o, key);
    }
    if (has_plain_lookup(agent, o, key)) {
      if (find_own(o, key).found) return true;
    } else {
      PropertyDescriptor descriptor;
      Root<Object*> rooted(agent, o);
      if (TRY(o->methods().get_own_property(agent, o, key, descriptor))) return true;
    }
    o = o->prototype();
    if (o == nullptr) return false;
  }
}

// https://tc39.es/ecma262/#sec-ordinaryget
Completion<Value> ordinary_get(Agent& agent, Object* object, PropertyKey key, Value receiver) {
  for (Object* o = object;;) {
    if (o != object && o->methods().get != ordinary_get) {
      TRY(agent.check_stack());
      return o->methods().get(agent, o, key, receiver);
    }
    if (has_plain_lookup(agent, o, key)) {
      OwnProperty property = find_own(o, key);
      if (property.found) {
        if (!(property.attributes & kAccessorProperty)) return property.value;
        Value getter = property.value.as<Accessor>()->getter;
        if (getter.is_undefined()) return Value::undefined();
        return call(agent, getter, receiver);
      }
    } else {
      PropertyDescriptor descriptor;  // these lookups run no script (arrays, strings, arguments)
      if (TRY(o->methods().get_own_property(agent, o, key, descriptor))) {
        if (!descriptor.is_accessor()) return descriptor.value;
        if (descriptor.getter.is_undefined()) return Value::undefined();
        return call(agent, descriptor.getter, receiver);
      }
    }
    o = o->prototype();
    if (o == nullptr) return Value::undefined();
  }
}

namespace {

// https://tc39.es/ecma262/#sec-ordinarysetwithowndescriptor, from step 2.b on: the data property goes
// to the receiver.
Completion<bool> set_on_receiver(Agent& agent, PropertyKey key, Value value, Value receiver) {
  if (!receiver.is_object()) return false;
  Object* object = receiver.as_object();
  if (object->methods().get_own_property == ordinary_get_own_property && object->methods().define_own_property == ordinary_define_own_property) {
    // No script can run: straight to the storage.
    OwnProperty existing = find_own(object, key);
    if (existing.found) {
      if ((existing.attributes & kAccessorProperty) || !(existing.attributes & kWritable)) return false;
      if (key.is_index()) set_own_element(object, key.as_index(), value);
      else object->set_slot(existing.slot, value);
      return true;
    }
    if (object->has_flag(Object::kNotExtensible)) return false;
    if (key.is_index()) {
      TRY(put_element(agent, object, key.as_index(), value, kDefaultAttributes));
    } else {
      TRY(object->try_add_property(agent, key, value, kDefaultAttributes));
    }
    return true;
  }
  Root<Object*> rooted(agent, object);
  Root<Value> rooted_value(agent, value);
  Root<PropertyKey> rooted_key(agent, key);
  RootedDescriptor existing(agent);
  if (TRY(object->methods().get_own_property(agent, object, key, existing))) {
    if (existing.is_accessor() || !existing.writable) return false;
    return rooted->methods().define_own_property(agent, rooted, key, PropertyDescriptor::value_only(value));
  }
  return create_data_property(agent, rooted, key, value);
}

}  // namespace

Completion<bool> ordinary_set_with_own_descriptor(Agent& agent, Object* object, PropertyKey key, Value value, Value receiver,
                                                  bool has_own, const PropertyDescriptor& own) {
  if (!has_own) {
    Object* parent = object->prototype();
    if (parent != nullptr) return set_with_receiver(agent, parent, key, value, receiver);
    return set_on_receiver(agent, key, value, receiver);
  }
  if (!own.is_accessor()) {
    if (!own.writable) return false;
    return set_on_receiver(agent, key, value, receiver);
  }
  if (own.setter.is_undefined()) return false;
  TRY(call(agent, own.setter, receiver, {value}));
  return true;
}

// https://tc39.es/ecma262/#sec-ordinaryset
Completion<bool> ordinary_set(Agent& agent, Object* object, PropertyKey key, Value value, Value receiver) {
  for (Object* o = object;;) {
    if (o != object && o->methods().set != ordinary_set) {
      TRY(agent.check_stack());
      return o->methods().set(agent, o, key, value, receiver);
    }
    if (has_plain_lookup(agent, o, key)) {
      OwnProperty property = find_own(o, key);
      if (property.found) {
        if (property.attributes & kAccessorProperty) {
          Value setter = property.value.as<Accessor>()->setter;
          if (setter.is_undefined()) return false;
          TRY(call(agent, setter, receiver, {value}));
          return true;
        }
        if (!(property.attributes & kWritable)) return false;
        if (receiver == Value(o)) {
          if (key.is_index()) set_own_element(o, key.as_index(), value);
          else o->set_slot(property.slot, value);
          return true;
        }
        return set_on_receiver(agent, key, value, receiver);
      }
    } else {
      PropertyDescriptor descriptor;
      bool found = TRY(o->methods().get_own_property(agent, o, key, descriptor));
      if (found) return ordinary_set_with_own_descriptor(agent, o, key, value, receiver, true, descriptor);
    }
    o = o->prototype();
    if (o == nullptr) return set_on_receiver(agent, key, value, receiver);
  }
}

// https://tc39.es/ecma262/#sec-ordinarydelete
Completion<bool> ordinary_delete(Agent& agent, Object* object, PropertyKey key) {
  if (!has_plain_lookup(agent, object, key)) {
    PropertyDescriptor descriptor;
    if (!TRY(object->methods().get_own_property(agent, object, key, descriptor))) return true;
    if (!descriptor.configurable) return false;
    // Exotic own properties that are configurable live in the ordinary storage.
  }
  OwnProperty property = find_own(object, key);
  if (!property.found) return true;
  if (!(property.attributes & kConfigurable)) return false;
  if (key.is_index()) remove_own_element(agent, object, key.as_index());
  else object->remove_property(agent, key);
  return true;
}

// https://tc39.es/ecma262/#sec-ordinaryownpropertykeys
Completion<void> ordinary_own_property_keys(Agent& agent, Object* object, RootVector& keys) {
  Root<Object*> kept(agent, object);
  TRY(append_index_keys(agent, object, keys));
  append_name_keys(object, keys);
  return {};
}

const InternalMethods kOrdinaryInternalMethods = {
    .get_prototype_of = ordinary_get_prototype_of,
    .set_prototype_of = ordinary_set_prototype_of,
    .is_extensible = ordinary_is_extensible,
    .prevent_extensions = ordinary_prevent_extensions,
    .get_own_property = ordinary_get_own_property,
    .define_own_property = ordinary_define_own_property,
    .has_property = ordinary_has_property,
    .get = ordinary_get,
    .set = ordinary_set,
    .delete_property = ordinary_delete,
    .own_property_keys = ordinary_own_property_keys,
};

}  // namespace skein
