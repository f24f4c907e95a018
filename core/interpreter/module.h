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

#include "core/interpreter/code_cache.h"
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
  bytecode::ModuleMetadata::Phase request_phase(uint32_t request) const { return metadata().requests[request].phase; }
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
  gc::Member<Object> namespace_object;           // [[Namespace]]
  gc::Member<Object> deferred_namespace_object;  // [[DeferredNamespace]]
  gc::Member<Object> module_source;              // [[ModuleSource]]; null: empty
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
Completion<Module*> parse_module(Agent& agent, Realm* realm, std::shared_ptr<const syntax::SourceText> source, Value host_defined,
                                 CodeSharing sharing = CodeSharing::kNone);
// https://tc39.es/ecma262/#sec-createdefaultexportsyntheticmodule and #sec-parse-json-module, generalised: a module
// whose exports have these values. REQUIRES: names are atoms.
Module* make_synthetic_module(Agent& agent, Realm* realm, std::span<FlatString* const> names, std::span<const Value> values);

// https://tc39.es/ecma262/#sec-LoadRequestedModules: the promise is fulfilled when the whole graph is loaded.
Completion<Object*> load_requested_modules(Agent& agent, Module* module, Value host_defined);
// https://tc39.es/ecma262/#sec-FinishLoadingImportedModule. A thrown `result` leaves its exception pending in the agent.
Completion<void> finish_loading_imported_module(Agent& agent, Value referrer, String* specifier, Value attributes, Value payload,
                                                Completion<Module*> result);
// Whether the payload of a request to load a module is that of an import(), not of a declaration of the referrer.
bool is_import_call(Value payload);
// https://tc39.es/ecma262/#sec-moduledeclarationlinking
Completion<void> link_module(Agent& agent, Module* module);
// https://tc39.es/ecma262/#sec-moduleevaluation: the promise of the evaluation.
Completion<Object*> evaluate_module(Agent& agent, Module* module);
// https://tc39.es/proposal-defer-import-eval/#sec-EvaluateModuleSync: TypeError when it cannot be done now.
Completion<void> evaluate_module_sync(Agent& agent, Module* module);
// https://tc39.es/proposal-defer-import-eval/#sec-GatherAsynchronousTransitiveDependencies
std::vector<Module*> gather_asynchronous_dependencies(Module* module);
// https://tc39.es/ecma262/#sec-getmodulenamespace. REQUIRES: loaded, phase is not kSource.
Object* get_module_namespace(Agent& agent, Module* module,
                             bytecode::ModuleMetadata::Phase phase = bytecode::ModuleMetadata::Phase::kEvaluation);

// https://tc39.es/ecma262/#resolvedbinding-record
struct ResolvedBinding {
  // From kSlot on: resolved. The last three are the module as a whole.
  enum class Kind : uint8_t { kNone, kAmbiguous, kSlot, kNamespace, kDeferredNamespace, kSource };
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
  ModuleNamespace(Shape* shape, Module* module, bool is_deferred) : Object(shape, kKind), module_(module) {
    aux_ = is_deferred ? kDeferred : 0;
  }

  struct Export {
    FlatString* name;
    ResolvedBinding binding;
  };
  Module* module() const { return module_; }
  bool is_deferred() const { return aux_ & kDeferred; }  // [[Deferred]]
  const std::vector<Export>& exports() const { return *exports_; }  // [[Exports]], in code unit order
  void set_exports(std::vector<Export> exports);
  const Export* find(PropertyKey key) const;

  size_t cell_size() const { return sizeof(ModuleNamespace); }
  void trace(gc::Visitor& visitor);
  void finalize(gc::Heap&) {
    delete exports_;
    delete[] table_;
  }

 private:
  enum Aux : uint8_t { kDeferred = 1 };
  gc::Member<Module> module_;
  std::vector<Export>* exports_ = nullptr;
  // Open addressing over the keys' hashes: indexes into exports_ plus one, 0 for nothing.
  uint32_t* table_ = nullptr;
  uint32_t table_mask_ = 0;
};

}  // namespace skein
