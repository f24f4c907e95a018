#include "core/runtime/builtin_spec.h"

#include <cstring>

#include "core/runtime/lazy_properties.h"
#include "core/runtime/operations.h"

namespace skein {

PropertyKey resolve_key(Agent& agent, SpecKey key) {
  if (key.text == nullptr) return PropertyKey(agent.well_known(key.symbol));
  return PropertyKey(agent.atoms().atomize_shared(StringView(std::string_view(key.text))));
}

namespace {

using Kind = PropertySpec::Kind;

void define(Agent& agent, Object* target, PropertyKey key, Value value, PropertyAttributes attributes) {
  PropertyLocation location = target->lookup(key);
  if (!location) {
    target->add_property(agent, key, value, attributes);
    return;
  }
  if (location.attributes != attributes) target->reconfigure_property(agent, key, attributes);
  target->set_slot(target->lookup(key).slot, value);
}

PropertyAttributes attributes_of(const PropertySpec& spec) {
  return spec.kind == Kind::kAccessor ? spec.attributes | kAccessorProperty : spec.attributes;
}

// REQUIRES: not an alias
Value make_value(Agent& agent, Realm& realm, const PropertySpec& spec, PropertyKey key) {
  switch (spec.kind) {
    case Kind::kFunction: {
      NativeFunction* function = make_native_function(agent, &realm, spec.code, spec.length, key);
      if (spec.intrinsic != Intrinsic::kCount) realm.set_intrinsic(spec.intrinsic, function);
      return function;
    }
    case Kind::kAccessor: {
      Value getter, setter;
      if (spec.code != nullptr) getter = make_native_function(agent, &realm, spec.code, 0, key, "get");
      if (spec.setter_code != nullptr) setter = make_native_function(agent, &realm, spec.setter_code, 1, key, "set");
      return Value::cell(agent.heap().make<Accessor>(getter, setter));
    }
    case Kind::kNumber: return Value::number(spec.number);
    case Kind::kString: return shared_atoms::add(StringView(std::string_view(spec.text)));
    case Kind::kAlias: break;
  }
  SKEIN_UNREACHABLE();
}

bool same_text(const char* a, const char* b) { return a != nullptr && b != nullptr && std::strcmp(a, b) == 0; }

// An intrinsic is asked for without a look at the property.
bool may_be_lazy(const PropertySpec& spec) {
  return (spec.kind == Kind::kFunction && spec.intrinsic == Intrinsic::kCount) || spec.kind == Kind::kAccessor;
}

const PropertySpec& original_of(std::span<const PropertySpec> specs, const PropertySpec& alias) {
  for (const PropertySpec& spec : specs)
    if (spec.kind != Kind::kAlias && same_text(spec.key.text, alias.text)) return spec;
  SKEIN_UNREACHABLE();
}

// LazyProperties::Fill
void fill_from_specs(Agent& agent, const LazyProperties& properties, Object* target, PropertyKey key) {
  const auto specs = properties.table<PropertySpec>();
  for (const PropertySpec& named : specs) {
    if (resolve_key(agent, named.key) != key) continue;
    const PropertySpec& spec = named.kind == Kind::kAlias ? original_of(specs, named) : named;
    const PropertyKey original = resolve_key(agent, spec.key);
    const Value value = make_value(agent, *properties.realm(), spec, original);
    // All its names at once: afterwards, script may change one of them.
    target->fill_lazy_property(original, value);
    for (const PropertySpec& alias : specs)
      if (alias.kind == Kind::kAlias && same_text(alias.text, spec.key.text))
        target->fill_lazy_property(resolve_key(agent, alias.key), value);
    return;
  }
  SKEIN_UNREACHABLE();
}

// LazyProperties::Fill
void fill_from_values(Agent& agent, const LazyProperties& properties, Object* target, PropertyKey key) {
  for (const LazyValue& value : properties.table<LazyValue>())
    if (resolve_key(agent, value.name) == key) target->fill_lazy_property(key, value.make(agent, *properties.realm(), value));
}

}  // namespace

PropertyLocation Object::make_lazy_property(PropertyKey key) {
  gc::Cell* maker = slot(shape()->lookup(key).slot).as_cell();
  const bool is_global = maker->kind_byte() == static_cast<uint8_t>(CellKind::kRealm);
  Realm* realm = is_global ? static_cast<Realm*>(maker) : static_cast<LazyProperties*>(maker)->realm();
  Agent& agent = realm->agent();
  Realm* current = agent.realm();
  agent.set_realm(realm);
  if (is_global) g_realm_hooks.make_global(agent, *realm, key);
  else static_cast<LazyProperties*>(maker)->fill(agent, this, key);
  agent.set_realm(current);
  PropertyLocation location = shape()->lookup(key);
  SKEIN_CHECK(!(location.attributes & kLazyProperty));
  return location;
}

void define_properties(Agent& agent, Realm& realm, Object* target, std::span<const PropertySpec> specs) {
  target->reserve_properties(agent, static_cast<uint32_t>(specs.size()));
  // Lookups that go on beyond an object that owns its shape are cached for prototypes only.
  target->become_prototype(agent);
  LazyProperties* lazy = nullptr;
  for (const PropertySpec& named : specs) {
    const PropertySpec& spec = named.kind == Kind::kAlias ? original_of(specs, named) : named;
    const PropertyKey key = resolve_key(agent, named.key);
    if (may_be_lazy(spec) && !target->shape()->lookup(key)) {
      if (lazy == nullptr) lazy = agent.heap().make<LazyProperties>(realm, fill_from_specs, specs);
      target->add_property(agent, key, Value::cell(lazy), attributes_of(spec) | kLazyProperty);
    } else if (&spec == &named) {
      define(agent, target, key, make_value(agent, realm, spec, key), attributes_of(spec));
    } else {
      define(agent, target, key, target->slot(target->lookup(resolve_key(agent, spec.key)).slot), attributes_of(spec));
    }
  }
}

void define_lazy_values(Agent& agent, Realm& realm, Object* target, std::span<const LazyValue> values) {
  target->reserve_properties(agent, static_cast<uint32_t>(values.size()));
  auto* lazy = agent.heap().make<LazyProperties>(realm, fill_from_values, values);
  for (const LazyValue& value : values)
    target->add_property(agent, resolve_key(agent, value.name), Value::cell(lazy), value.attributes | kLazyProperty);
}

void define_value(Agent& agent, Object* target, SpecKey key, Value value, PropertyAttributes attributes) {
  define(agent, target, resolve_key(agent, key), value, attributes);
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
  // Clauses add one or two properties by themselves.
  constexpr uint32_t kMore = 3;
  constructor->reserve_properties(agent, static_cast<uint32_t>(spec.statics.size()) + kMore);
  if (prototype != nullptr) {
    prototype->reserve_properties(agent, static_cast<uint32_t>(spec.prototype_properties.size()) + kMore);
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
