// Constexpr property tables of builtin objects, in spec order beside the functions they name.
//
//   constexpr PropertySpec kMapPrototype[] = {
//     PropertySpec::function("get", map_prototype_get, 1),
//     PropertySpec::getter("size", map_prototype_size),
//     PropertySpec::tag("Map"),
//   };
#pragma once

#include <span>

#include "core/runtime/call.h"
#include "core/runtime/names.h"
#include "core/runtime/realm.h"

namespace skein {

// A property name: text, or a well-known symbol.
struct SpecKey {
  constexpr SpecKey(const char* text) : text(text) {}
  constexpr SpecKey(WellKnownSymbol symbol) : symbol(symbol) {}
  const char* text = nullptr;
  WellKnownSymbol symbol = WellKnownSymbol::kNone;
};

struct PropertySpec {
  enum class Kind : uint8_t { kFunction, kAccessor, kNumber, kString, kAlias };
  SpecKey key;
  Kind kind;
  PropertyAttributes attributes;
  uint8_t length = 0;
  NativeFunctionPointer code = nullptr;  // the function, or the getter
  NativeFunctionPointer setter_code = nullptr;
  double number = 0;
  const char* text = nullptr;                // kString's value; kAlias's other name
  Intrinsic intrinsic = Intrinsic::kCount;   // kFunction: also becomes this intrinsic

  static constexpr PropertySpec function_(SpecKey key, NativeFunctionPointer fn, uint8_t length,
                                          PropertyAttributes attributes, Intrinsic intrinsic) {
    PropertySpec spec{key, Kind::kFunction, attributes};
    spec.code = fn;
    spec.length = length;
    spec.intrinsic = intrinsic;
    return spec;
  }
  static constexpr PropertySpec function(SpecKey key, NativeFunctionPointer fn, uint8_t length, Intrinsic intrinsic = Intrinsic::kCount) {
    return function_(key, fn, length, kBuiltinAttributes, intrinsic);
  }
  static constexpr PropertySpec function_with(SpecKey key, NativeFunctionPointer fn, uint8_t length, PropertyAttributes attributes) {
    return function_(key, fn, length, attributes, Intrinsic::kCount);
  }
  static constexpr PropertySpec accessor(SpecKey key, NativeFunctionPointer getter, NativeFunctionPointer setter) {
    PropertySpec spec{key, Kind::kAccessor, kConfigurable};
    spec.code = getter;
    spec.setter_code = setter;
    return spec;
  }
  static constexpr PropertySpec getter(SpecKey key, NativeFunctionPointer getter) { return accessor(key, getter, nullptr); }
  static constexpr PropertySpec constant(SpecKey key, double value) {  // Math.PI: no attributes
    PropertySpec spec{key, Kind::kNumber, kNone};
    spec.number = value;
    return spec;
  }
  static constexpr PropertySpec string(SpecKey key, const char* value, PropertyAttributes attributes = kBuiltinAttributes) {
    PropertySpec spec{key, Kind::kString, attributes};
    spec.text = value;
    return spec;
  }
  static constexpr PropertySpec tag(const char* value) {  // @@toStringTag
    return string(WellKnownSymbol::kToStringTag, value, kConfigurable);
  }
  // The same function object as an earlier entry of the table, under another name.
  static constexpr PropertySpec alias(SpecKey key, const char* other) {
    PropertySpec spec{key, Kind::kAlias, kBuiltinAttributes};
    spec.text = other;
    return spec;
  }
};

PropertyKey resolve_key(Agent& agent, SpecKey key);
void define_properties(Agent& agent, Realm& realm, Object* target, std::span<const PropertySpec> specs);
// A builtin attribute (writable, configurable) data property.
void define_value(Agent& agent, Object* target, SpecKey key, Value value, PropertyAttributes attributes = kBuiltinAttributes);

struct ConstructorSpec {
  const char* name;
  uint8_t length;
  NativeFunctionPointer function;                  // serves [[Call]] and [[Construct]]
  Intrinsic constructor;
  Intrinsic prototype;                             // kCount: none
  std::span<const PropertySpec> statics = {};
  std::span<const PropertySpec> prototype_properties = {};
  Intrinsic parent_constructor = Intrinsic::kFunctionPrototype;  // [[Prototype]] of the constructor
  Intrinsic parent_prototype = Intrinsic::kObjectPrototype;      // [[Prototype]] of the prototype object
  bool is_global = true;  // clauses.def names it among its globals
};
// Makes the constructor and – unless the intrinsic exists already – an ordinary prototype object,
// links `prototype` and `constructor`, and defines the properties.
NativeFunction* define_constructor(Agent& agent, Realm& realm, const ConstructorSpec& spec);
// A namespace object such as Math or Reflect, which clauses.def names among its globals.
Object* define_namespace(Agent& agent, Realm& realm, const char* name, Intrinsic intrinsic, std::span<const PropertySpec> specs);

}  // namespace skein
