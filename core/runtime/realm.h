// https://tc39.es/ecma262/#sec-code-realms
#pragma once

#include "core/runtime/object.h"

namespace skein {

enum class Intrinsic : uint16_t {
#define SKEIN_INTRINSIC(name, clause) k##name,
#include "core/runtime/intrinsics.def"
#undef SKEIN_INTRINSIC
  kCount
};

// Root shapes that the engine makes objects from without a lookup.
enum class RealmShape : uint8_t {
  kObject,             // {} with room for 4 properties
  kArray,
  kNativeFunction,     // length, name
  kBoundFunction,
  kIteratorResult,     // value, done
  kPropertyDescriptorData,      // value, writable, enumerable, configurable
  kPropertyDescriptorAccessor,  // get, set, enumerable, configurable
  // Closures of script functions, by kind: own properties length, name and, where the kind has one, prototype.
  kFunction,           // sloppy and strict functions: length, name, prototype
  kMethod,             // arrows, methods, async functions: length, name
  kClassConstructor,   // length, name, prototype (not writable)
  kGeneratorFunction,  // length, name, prototype
  kAsyncFunction,
  kAsyncGeneratorFunction,
  kCount
};

class Realm final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kRealm;
  static constexpr const char* kKindName = "Realm";

  // https://tc39.es/ecma262/#sec-initializehostdefinedrealm: intrinsics, global object and its
  // standard properties, by way of g_realm_hooks. Most come into being when they are first asked for:
  // a realm costs what its scripts use.
  static Realm* create(Agent& agent);
  Agent& agent() const { return *agent_; }

  // Made on demand. Null: nobody makes it.
  Object* intrinsic(Intrinsic which) const {
    Object* object = intrinsics_[static_cast<int>(which)];
    if (object == nullptr) [[unlikely]] return const_cast<Realm*>(this)->make_intrinsic(which);
    return object;
  }
  Object* intrinsic_if_made(Intrinsic which) const { return intrinsics_[static_cast<int>(which)]; }
  void set_intrinsic(Intrinsic which, Object* object) { intrinsics_[static_cast<int>(which)].set(this, object); }
  Shape* shape(RealmShape which) const { return shapes_[static_cast<int>(which)]; }
  void set_shape(RealmShape which, Shape* shape) { shapes_[static_cast<int>(which)].set(this, shape); }

  Object* global_object() const { return global_object_; }  // [[GlobalObject]]
  Object* global_this() const { return global_this_; }      // [[GlobalEnv]].[[GlobalThisValue]]
  void set_global_object(Object* object, Object* this_value) {
    global_object_.set(this, object);
    global_this_.set(this, this_value);
  }
  // The declarative record of the global environment: script-level let, const and class. Slots live
  // in a ValueArray; names map to them in a PropertyTable. Value::empty() is "not initialised".
  PropertyTable* global_lexical_names() const { return global_lexical_names_; }
  ValueArray* global_lexical_values() const { return global_lexical_values_; }
  // REQUIRES: not declared yet.
  uint32_t declare_global_lexical(Agent& agent, FlatString* name, bool is_const);

  // [[TemplateMap]] and what else the interpreter keeps per realm.
  gc::Member<gc::Cell> interpreter_data;
  // What import() in code without a script or module of its own is relative to, as host_defined of a
  // script; the host's.
  ValueSlot host_defined;
  // Which clauses have made their intrinsics, or are at it: a bit for each, as builtins/ numbers them.
  uint64_t clauses_made = 0;
  // The realm of a ShadowRealm: no object of another realm may be seen in it.
  bool is_shadow_realm = false;

  size_t cell_size() const { return sizeof(Realm); }
  void trace(gc::Visitor& visitor);

 private:
  friend class gc::Heap;
  explicit Realm(Agent& agent) : gc::Cell(static_cast<uint8_t>(kKind)), agent_(&agent) {}
  void make_shapes(Agent& agent);
  Object* make_intrinsic(Intrinsic which);

  Agent* agent_;
  gc::Member<Object> intrinsics_[static_cast<int>(Intrinsic::kCount)];
  gc::Member<Shape> shapes_[static_cast<int>(RealmShape::kCount)];
  gc::Member<Object> global_object_;
  gc::Member<Object> global_this_;
  gc::Member<PropertyTable> global_lexical_names_;
  gc::Member<ValueArray> global_lexical_values_;
};

// Set by builtins/ before the first realm.
struct RealmHooks {
  // The global object's properties, most of them lazy, and the intrinsics that all scripts use.
  void (*initialize)(Agent&, Realm&);
  // The intrinsic and those that are made with it.
  void (*make_intrinsic)(Agent&, Realm&, Intrinsic);
  // Fills the lazy property of the global object.
  void (*make_global)(Agent&, Realm&, PropertyKey);
};
extern RealmHooks g_realm_hooks;

}  // namespace skein
