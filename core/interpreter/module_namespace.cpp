// https://tc39.es/ecma262/#sec-module-namespace-exotic-objects
#include <algorithm>
#include <bit>

#include "core/interpreter/module.h"
#include "core/interpreter/slow_paths.h"
#include "core/runtime/errors.h"

namespace skein {

using Kind = ResolvedBinding::Kind;
using Phase = bytecode::ModuleMetadata::Phase;

void ModuleNamespace::set_exports(std::vector<Export> exports) {
  exports_ = new std::vector<Export>(std::move(exports));
  const uint32_t size = std::bit_ceil(static_cast<uint32_t>(exports_->size()) * 2 + 1);
  table_ = new uint32_t[size]();
  table_mask_ = size - 1;
  for (uint32_t i = 0; i < exports_->size(); ++i) {
    uint32_t slot = PropertyKey((*exports_)[i].name).hash() & table_mask_;
    while (table_[slot] != 0) slot = (slot + 1) & table_mask_;
    table_[slot] = i + 1;
  }
  write_barrier();
}

const ModuleNamespace::Export* ModuleNamespace::find(PropertyKey key) const {
  for (uint32_t slot = key.hash() & table_mask_; table_[slot] != 0; slot = (slot + 1) & table_mask_) {
    const Export& entry = (*exports_)[table_[slot] - 1];
    if (PropertyKey(entry.name) == key) return &entry;
  }
  return nullptr;
}

void ModuleNamespace::trace(gc::Visitor& visitor) {
  trace_properties(visitor);
  visitor.visit(module_);
  if (exports_ == nullptr) return;
  for (const Export& entry : *exports_) {
    visitor.visit(reinterpret_cast<gc::Cell*>(entry.name));
    visitor.visit(entry.binding.module);
  }
}

Object* get_module_namespace(Agent& agent, Module* module, Phase phase) {
  const bool is_deferred = phase == Phase::kDefer;
  gc::Member<Object>& known = is_deferred ? module->deferred_namespace_object : module->namespace_object;
  if (known.get() != nullptr) return known;
  std::vector<ModuleNamespace::Export> exports;
  for (FlatString* name : exported_names(module)) {
    if (is_deferred && name == agent.names().then) continue;
    ResolvedBinding resolution = resolve_export(module, name);
    if (resolution.kind >= Kind::kSlot) exports.push_back({name, resolution});
  }
  std::sort(exports.begin(), exports.end(), [](const auto& a, const auto& b) { return compare(a.name->view(), b.name->view()) < 0; });
  // https://tc39.es/ecma262/#sec-modulenamespacecreate
  Shape* shape = agent.root_shape(nullptr, CellKind::kModuleNamespace, sizeof(ModuleNamespace), 0);
  auto* object = agent.heap().make<ModuleNamespace>(shape, module, is_deferred);
  object->set_exports(std::move(exports));
  const StringView tag(is_deferred ? "Deferred Module" : "Module");
  object->add_property(agent, agent.well_known(WellKnownSymbol::kToStringTag), new_string(agent.heap(), tag), kNone);
  object->set_flag(Object::kNotExtensible);
  object->set_flag(Object::kExoticIndices);
  known.set(module, object);
  return object;
}

namespace {

ModuleNamespace* as_namespace(Object* object) { return static_cast<ModuleNamespace*>(object); }

// https://tc39.es/proposal-defer-import-eval/#sec-IsSymbolLikeNamespaceKey
bool is_symbol_like(Agent& agent, Object* object, PropertyKey key) {
  return key.is_symbol() || (as_namespace(object)->is_deferred() && key == PropertyKey(agent.names().then));
}

// https://tc39.es/proposal-defer-import-eval/#sec-GetModuleExportsList: evaluates what is deferred. Afterwards
// the exports may be looked at.
Completion<void> prepare_exports(Agent& agent, Object* object) {
  if (as_namespace(object)->is_deferred()) TRY(evaluate_module_sync(agent, as_namespace(object)->module()));
  return {};
}

// https://tc39.es/ecma262/#sec-module-namespace-exotic-objects-get-p-receiver, from step 5
Completion<Value> value_of(Agent& agent, const ModuleNamespace::Export& entry) {
  Module* module = entry.binding.module;
  switch (entry.binding.kind) {
    case Kind::kNamespace:
      return Value(get_module_namespace(agent, module));
    case Kind::kDeferredNamespace:
      return Value(get_module_namespace(agent, module, Phase::kDefer));
    case Kind::kSource:
      if (module->module_source.get() != nullptr) return Value(module->module_source.get());
      return throw_reference_error(agent, {"The module of '", entry.name->to_utf8(), "' has no source representation"});
    default: {
      Value value = module->environment->get(entry.binding.slot);
      if (value.is_kind(CellKind::kImportReference)) value = value.as<ImportReference>()->get();
      if (value.is_empty())
        return throw_reference_error(agent, {"Cannot access '", entry.name->to_utf8(), "' before initialization"});
      return value;
    }
  }
}

Completion<bool> namespace_set_prototype_of(Agent&, Object*, Object* prototype) { return prototype == nullptr; }
Completion<bool> namespace_is_extensible(Agent&, Object*) { return false; }
Completion<bool> namespace_prevent_extensions(Agent&, Object*) { return true; }

Completion<bool> namespace_get_own_property(Agent& agent, Object* object, PropertyKey key, PropertyDescriptor& out) {
  if (is_symbol_like(agent, object, key)) return ordinary_get_own_property(agent, object, key, out);
  TRY(prepare_exports(agent, object));
  const ModuleNamespace::Export* entry = as_namespace(object)->find(key);
  if (entry == nullptr) return false;
  out = PropertyDescriptor::data(TRY(value_of(agent, *entry)), kWritable | kEnumerable);
  return true;
}

Completion<bool> namespace_define_own_property(Agent& agent, Object* object, PropertyKey key, const PropertyDescriptor& descriptor) {
  if (is_symbol_like(agent, object, key)) return ordinary_define_own_property(agent, object, key, descriptor);
  RootedDescriptor wanted(agent, descriptor), current(agent);
  if (!TRY(namespace_get_own_property(agent, object, key, current))) return false;
  if (wanted.has_configurable && wanted.configurable) return false;
  if (wanted.has_enumerable && !wanted.enumerable) return false;
  if (wanted.is_accessor()) return false;
  if (wanted.has_writable && !wanted.writable) return false;
  return !wanted.has_value || same_value(wanted.value, current.value);
}

Completion<bool> namespace_has_property(Agent& agent, Object* object, PropertyKey key) {
  if (is_symbol_like(agent, object, key)) return ordinary_has_property(agent, object, key);
  TRY(prepare_exports(agent, object));
  return as_namespace(object)->find(key) != nullptr;
}

Completion<Value> namespace_get(Agent& agent, Object* object, PropertyKey key, Value receiver) {
  if (is_symbol_like(agent, object, key)) return ordinary_get(agent, object, key, receiver);
  TRY(prepare_exports(agent, object));
  const ModuleNamespace::Export* entry = as_namespace(object)->find(key);
  if (entry == nullptr) return Value::undefined();
  return value_of(agent, *entry);
}

Completion<bool> namespace_set(Agent&, Object*, PropertyKey, Value, Value) { return false; }

Completion<bool> namespace_delete_property(Agent& agent, Object* object, PropertyKey key) {
  if (is_symbol_like(agent, object, key)) return ordinary_delete(agent, object, key);
  TRY(prepare_exports(agent, object));
  return as_namespace(object)->find(key) == nullptr;
}

Completion<void> namespace_own_property_keys(Agent& agent, Object* object, RootVector& keys) {
  TRY(prepare_exports(agent, object));
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
