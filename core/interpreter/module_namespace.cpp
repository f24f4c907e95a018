// https://tc39.es/ecma262/#sec-module-namespace-exotic-objects
#include <algorithm>

#include "core/interpreter/module.h"
#include "core/interpreter/slow_paths.h"
#include "core/runtime/errors.h"

namespace skein {

using Kind = ResolvedBinding::Kind;

const ModuleNamespace::Export* ModuleNamespace::find(PropertyKey key) const {
  if (!key.is_string()) return nullptr;
  for (const Export& entry : *exports_)
    if (PropertyKey(entry.name) == key) return &entry;
  return nullptr;
}

void ModuleNamespace::trace(gc::Visitor& visitor) {
  trace_properties(visitor);
  visitor.visit(module_);
  if (exports_ == nullptr) return;
  for (const Export& entry : *exports_) {
    visitor.visit(reinterpret_cast<gc::Cell*>(entry.name));
    visitor.visit(entry.module);
  }
}

Completion<Object*> get_module_namespace(Agent& agent, Module* module) {
  if (module->namespace_object.get() != nullptr) return module->namespace_object.get();
  std::vector<ModuleNamespace::Export> exports;
  for (FlatString* name : exported_names(module)) {
    ResolvedBinding resolution = resolve_export(module, name);
    if (resolution.kind == Kind::kSlot || resolution.kind == Kind::kNamespace)
      exports.push_back({name, resolution.kind == Kind::kNamespace, resolution.slot, resolution.module});
  }
  std::sort(exports.begin(), exports.end(), [](const auto& a, const auto& b) { return compare(a.name->view(), b.name->view()) < 0; });
  Shape* shape = agent.root_shape(nullptr, CellKind::kModuleNamespace, sizeof(ModuleNamespace), 0);
  auto* object = agent.heap().make<ModuleNamespace>(shape, module);
  object->set_exports(std::move(exports));
  object->add_property(agent, agent.well_known(WellKnownSymbol::kToStringTag), new_string(agent.heap(), StringView("Module")), kNone);
  object->set_flag(Object::kNotExtensible);
  object->set_flag(Object::kExoticIndices);
  module->namespace_object.set(module, object);
  return static_cast<Object*>(object);
}

namespace {

ModuleNamespace* as_namespace(Object* object) { return static_cast<ModuleNamespace*>(object); }

Completion<Value> value_of(Agent& agent, const ModuleNamespace::Export& entry) {
  if (entry.is_namespace) return Value(TRY(get_module_namespace(agent, entry.module)));
  Value value = entry.module->environment->get(entry.slot);
  if (value.is_kind(CellKind::kImportReference)) value = value.as<ImportReference>()->get();
  if (value.is_empty())
    return throw_reference_error(agent, {"Cannot access '", entry.name->to_utf8(), "' before initialization"});
  return value;
}

Completion<bool> namespace_set_prototype_of(Agent&, Object*, Object* prototype) { return prototype == nullptr; }
Completion<bool> namespace_is_extensible(Agent&, Object*) { return false; }
Completion<bool> namespace_prevent_extensions(Agent&, Object*) { return true; }

Completion<bool> namespace_get_own_property(Agent& agent, Object* object, PropertyKey key, PropertyDescriptor& out) {
  if (key.is_symbol()) return ordinary_get_own_property(agent, object, key, out);
  const ModuleNamespace::Export* entry = as_namespace(object)->find(key);
  if (entry == nullptr) return false;
  out = PropertyDescriptor::data(TRY(value_of(agent, *entry)), kWritable | kEnumerable);
  return true;
}

Completion<bool> namespace_define_own_property(Agent& agent, Object* object, PropertyKey key, const PropertyDescriptor& descriptor) {
  if (key.is_symbol()) return ordinary_define_own_property(agent, object, key, descriptor);
  RootedDescriptor wanted(agent, descriptor), current(agent);
  if (!TRY(namespace_get_own_property(agent, object, key, current))) return false;
  if (wanted.has_configurable && wanted.configurable) return false;
  if (wanted.has_enumerable && !wanted.enumerable) return false;
  if (wanted.is_accessor()) return false;
  if (wanted.has_writable && !wanted.writable) return false;
  return !wanted.has_value || same_value(wanted.value, current.value);
}

Completion<bool> namespace_has_property(Agent& agent, Object* object, PropertyKey key) {
  if (key.is_symbol()) return ordinary_has_property(agent, object, key);
  return as_namespace(object)->find(key) != nullptr;
}

Completion<Value> namespace_get(Agent& agent, Object* object, PropertyKey key, Value receiver) {
  if (key.is_symbol()) return ordinary_get(agent, object, key, receiver);
  const ModuleNamespace::Export* entry = as_namespace(object)->find(key);
  if (entry == nullptr) return Value::undefined();
  return value_of(agent, *entry);
}

Completion<bool> namespace_set(Agent&, Object*, PropertyKey, Value, Value) { return false; }

Completion<bool> namespace_delete_property(Agent& agent, Object* object, PropertyKey key) {
  if (key.is_symbol()) return ordinary_delete(agent, object, key);
  return as_namespace(object)->find(key) == nullptr;
}

Completion<void> namespace_own_property_keys(Agent& agent, Object* object, RootVector& keys) {
  for (const auto& entry : as_namespace(object)->exports()) keys.push_back(entry.name);
  RootVector symbols(agent);
  TRY(ordinary_own_property_keys(agent, object, symbols));
  for (Value symbol : symbols) keys.push_back(symbol);
  return {};
}

}  // namespace

void register_module_load_kind();

void register_module_kinds() {
  static const InternalMethods kMethods = [] {
    InternalMethods methods = kOrdinaryInternalMethods;
    methods.set_prototype_of = namespace_set_prototype_of;
    methods.is_extensible = namespace_is_extensible;
    methods.prevent_extensions = namespace_prevent_extensions;
    methods.get_own_property = namespace_get_own_property;
    methods.define_own_property = namespace_define_own_property;
    methods.has_property = namespace_has_property;
    methods.get = namespace_get;
    methods.set = namespace_set;
    methods.delete_property = namespace_delete_property;
    methods.own_property_keys = namespace_own_property_keys;
    return methods;
  }();
  g_internal_methods[static_cast<int>(ModuleNamespace::kKind)] = &kMethods;
  gc::register_kind<Module>();
  gc::register_kind<ModuleNamespace>();
  register_module_load_kind();
}

}  // namespace skein
