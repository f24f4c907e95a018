#include "core/runtime/builtin_spec.h"

#include "core/runtime/operations.h"

namespace skein {

PropertyKey resolve_key(Agent& agent, SpecKey key) {
  if (key.text == nullptr) return PropertyKey(agent.well_known(key.symbol));
  return PropertyKey(agent.atoms().atomize(StringView(std::string_view(key.text))));
}

namespace {
void define(Agent& agent, Object* target, PropertyKey key, Value value, PropertyAttributes attributes) {
  PropertyLocation location = target->lookup(key);
  if (!location) {
    target->add_property(agent, key, value, attributes);
    return;
  }
  if (location.attributes != attributes) target->reconfigure_property(agent, key, attributes);
  target->set_slot(target->lookup(key).slot, value);
}
}  // namespace

void define_value(Agent& agent, Object* target, SpecKey key, Value value, PropertyAttributes attributes) {
  define(agent, target, resolve_key(agent, key), value, attributes);
}

void define_properties(Agent& agent, Realm& realm, Object* target, std::span<const PropertySpec> specs) {
  for (const PropertySpec& spec : specs) {
    PropertyKey key = resolve_key(agent, spec.key);
    switch (spec.kind) {
      case PropertySpec::Kind::kFunction: {
        NativeFunction* function = make_native_function(agent, &realm, spec.code, spec.length, key);
        define(agent, target, key, function, spec.attributes);
        if (spec.intrinsic != Intrinsic::kCount) realm.set_intrinsic(spec.intrinsic, function);
        break;
      }
      case PropertySpec::Kind::kAccessor: {
        Value getter, setter;
        if (spec.code != nullptr) getter = make_native_function(agent, &realm, spec.code, 0, key, "get");
        if (spec.setter_code != nullptr) setter = make_native_function(agent, &realm, spec.setter_code, 1, key, "set");
        define(agent, target, key, Value::cell(agent.heap().make<Accessor>(getter, setter)), spec.attributes | kAccessorProperty);
        break;
      }
      case PropertySpec::Kind::kNumber: define(agent, target, key, Value::number(spec.number), spec.attributes); break;
      case PropertySpec::Kind::kString:
        define(agent, target, key, new_string(agent.heap(), StringView(std::string_view(spec.text))), spec.attributes);
        break;
      case PropertySpec::Kind::kAlias: {
        PropertyLocation location = target->lookup(resolve_key(agent, spec.text));
        SKEIN_CHECK(location.found);
        define(agent, target, key, target->slot(location.slot), spec.attributes);
        break;
      }
    }
  }
}

NativeFunction* define_constructor(Agent& agent, Realm& realm, const ConstructorSpec& spec) {
  Object* prototype = nullptr;
  if (spec.prototype != Intrinsic::kCount) {
    prototype = realm.intrinsic_if_made(spec.prototype);
    if (prototype == nullptr) {
      prototype = make_object_with_prototype(agent, realm.intrinsic(spec.parent_prototype));
      realm.set_intrinsic(spec.prototype, prototype);
    }
  }
  PropertyKey name = resolve_key(agent, spec.name);
  NativeFunction* constructor = make_native_function(agent, &realm, spec.function, spec.length, name, {},
                                                     realm.intrinsic(spec.parent_constructor), true);
  realm.set_intrinsic(spec.constructor, constructor);
  if (prototype != nullptr) {
    define(agent, constructor, agent.names().prototype, prototype, kNone);
    define(agent, prototype, agent.names().constructor, constructor, kBuiltinAttributes);
  }
  define_properties(agent, realm, constructor, spec.statics);
  if (prototype != nullptr) define_properties(agent, realm, prototype, spec.prototype_properties);
  if (spec.is_global) realm.global_object()->fill_lazy_property(name, constructor);
  return constructor;
}

Object* define_namespace(Agent& agent, Realm& realm, const char* name, Intrinsic intrinsic, std::span<const PropertySpec> specs) {
  Object* object = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kObjectPrototype));
  realm.set_intrinsic(intrinsic, object);
  define_properties(agent, realm, object, specs);
  realm.global_object()->fill_lazy_property(resolve_key(agent, name), object);
  return object;
}

}  // namespace skein
