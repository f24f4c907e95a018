// https://tc39.es/ecma262/#sec-abstract-module-records
//
// One cell for source text modules and for synthetic ones (JSON, text). A module's environment exists
// from the start, with every binding uninitialised, so that modules of a cycle can refer to each
// other's slots; linking fills the slots of imports with ImportReferences.
//
// Loading is the host's: HostHooks::load_imported_module(agent, referrer, specifier, attributes,
// payload) is called for each import, and the host – at once or later – answers with
// finish_loading_imported_module. `referrer` is the Module (as a value), or the host_defined cell of the script, or the
// Realm. `attributes` is undefined, or a ValueArray of keys and values in turn. The host must give the
// same Module for the same resolved specifier and attributes.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/interpreter/code.h"
#include "core/interpreter/environment.h"
#include "core/runtime/operations.h"

namespace skein {

class ModuleNamespace;

class Module final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kModule;
  static constexpr const char* kKindName = "Module";

  // [[Status]]; the order is the life's.
  enum class Status : uint8_t { kUnlinked, kLinking, kLinked, kEvaluating, kEvaluatingAsync, kEvaluated };

  Module(Realm* realm, Code* code, Environment* environment, Value host_defined)
      : gc::Cell(static_cast<uint8_t>(kKind)), realm(realm), code(code), environment(environment), host_defined(host_defined) {}

  bool is_synthetic() const { return code.get() == nullptr; }
  // REQUIRES: !is_synthetic()
  const bytecode::ModuleMetadata& metadata() const { return *code->executable().module; }
  FlatString* atom(uint32_t index) const { return code->atom(index); }
  uint32_t request_count() const { return is_synthetic() ? 0 : static_cast<uint32_t>(metadata().requests.size()); }
  // GetImportedModule; null while it is not loaded.
  Module* imported_module(uint32_t request) const;
  void set_imported_module(Agent& agent, uint32_t request, Module* module);
  bool has_evaluation_error() const { return has_error; }
  void set_evaluation_error(Value error) {
    has_error = true;
    evaluation_error.set(this, error);
  }
  void add_async_parent(Agent& agent, Module* parent);
  uint32_t async_parent_count() const { return async_parent_count_; }
  Module* async_parent(uint32_t index) const { return static_cast<Module*>(async_parents_->get(index).as_cell()); }

  gc::Member<Realm> realm;
  gc::Member<Code> code;  // null: synthetic
  gc::Member<Environment> environment;
  ValueSlot host_defined;  // [[HostDefined]]
  gc::Member<Object> namespace_object;  // [[Namespace]]
  gc::Member<Object> import_meta;       // [[ImportMeta]]
  gc::Member<ValueArray> synthetic_names;  // export names; the values are the environment's slots
  // https://tc39.es/ecma262/#sec-cyclic-module-records
  Status status = Status::kUnlinked;
  bool has_error = false;
  bool has_top_level_await = false;  // [[HasTLA]]
  bool is_async_evaluation_done = false;
  ValueSlot evaluation_error;
  uint32_t dfs_index = 0;
  uint32_t dfs_ancestor_index = 0;
  uint32_t pending_async_dependencies = 0;
  uint64_t async_evaluation_order = 0;  // 0: unset
  gc::Member<Module> cycle_root;
  gc::Member<Object> top_level_promise;  // [[TopLevelCapability]]

  size_t cell_size() const { return sizeof(Module); }
  void trace(gc::Visitor& visitor);

 private:
  gc::Member<ValueArray> imported_;
  gc::Member<ValueArray> async_parents_;  // [[AsyncParentModules]]
  uint32_t async_parent_count_ = 0;
};

// https://tc39.es/ecma262/#sec-parsemodule
Completion<Module*> parse_module(Agent& agent, Realm* realm, std::shared_ptr<const syntax::SourceText> source, Value host_defined);
// https://tc39.es/ecma262/#sec-createdefaultexportsyntheticmodule and #sec-parse-json-module, generalised: a module
// whose exports have these values. REQUIRES: names are atoms.
Module* make_synthetic_module(Agent& agent, Realm* realm, std::span<FlatString* const> names, std::span<const Value> values);

// https://tc39.es/ecma262/#sec-LoadRequestedModules: the promise is fulfilled when the whole graph is loaded.
Completion<Object*> load_requested_modules(Agent& agent, Module* module, Value host_defined);
// https://tc39.es/ecma262/#sec-FinishLoadingImportedModule. A thrown `result` leaves its exception pending in the agent.
Completion<void> finish_loading_imported_module(Agent& agent, Value referrer, String* specifier, Value attributes, Value payload,
                                                Completion<Module*> result);
// https://tc39.es/ecma262/#sec-moduledeclarationlinking
Completion<void> link_module(Agent& agent, Module* module);
// https://tc39.es/ecma262/#sec-moduleevaluation: the promise of the evaluation.
Completion<Object*> evaluate_module(Agent& agent, Module* module);
// https://tc39.es/ecma262/#sec-getmodulenamespace. REQUIRES: loaded.
Completion<Object*> get_module_namespace(Agent& agent, Module* module);

// https://tc39.es/ecma262/#resolvedbinding-record
struct ResolvedBinding {
  enum class Kind : uint8_t { kNone, kAmbiguous, kSlot, kNamespace };
  Kind kind = Kind::kNone;
  Module* module = nullptr;
  uint32_t slot = 0;
};
// https://tc39.es/ecma262/#sec-resolveexport
ResolvedBinding resolve_export(Module* module, FlatString* name);
// https://tc39.es/ecma262/#sec-getexportednames
std::vector<FlatString*> exported_names(Module* module);

// https://tc39.es/ecma262/#sec-module-namespace-exotic-objects
class ModuleNamespace final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kModuleNamespace;
  static constexpr const char* kKindName = "ModuleNamespace";
  ModuleNamespace(Shape* shape, Module* module) : Object(shape, kKind), module_(module) {}

  struct Export {
    FlatString* name;
    // The namespace of `module`, or the slot of its environment.
    bool is_namespace;
    uint32_t slot;
    Module* module;
  };
  Module* module() const { return module_; }
  std::vector<Export>& exports() { return *exports_; }  // [[Exports]], in code unit order
  void set_exports(std::vector<Export> exports) {
    exports_ = new std::vector<Export>(std::move(exports));
    write_barrier();
  }
  const Export* find(PropertyKey key) const;

  size_t cell_size() const { return sizeof(ModuleNamespace); }
  void trace(gc::Visitor& visitor);
  void finalize(gc::Heap&) { delete exports_; }

 private:
  gc::Member<Module> module_;
  std::vector<Export>* exports_ = nullptr;
};

}  // namespace skein
