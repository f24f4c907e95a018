// Loading of module graphs, import() and import.meta.
#include <utility>

#include "core/interpreter/eval.h"
#include "core/interpreter/module.h"
#include "core/interpreter/slow_paths.h"
#include "core/runtime/errors.h"

namespace skein {

using bytecode::ModuleMetadata;
using Phase = ModuleMetadata::Phase;
using Status = Module::Status;

namespace {

// https://tc39.es/ecma262/#graphloadingstate-record, or an import() that waits for its module.
class ModuleLoad final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kModuleLoad;
  static constexpr const char* kKindName = "ModuleLoad";
  enum class Purpose : uint8_t { kGraph, kImportCall };
  ModuleLoad(Purpose purpose, Object* promise, Value host_defined)
      : gc::Cell(static_cast<uint8_t>(kKind)), purpose(purpose), promise(promise), host_defined(host_defined) {}

  Purpose purpose;
  Phase phase = Phase::kEvaluation;  // of an import()
  bool is_loading = true;
  uint32_t pending = 0;  // [[PendingModulesCount]]
  gc::Member<Object> promise;
  ValueSlot host_defined;
  gc::Member<Module> module;             // the one that an import() evaluates
  gc::Member<Object> all_dependencies;   // of import.defer(): the promise that all asynchronous ones have been evaluated

  // [[Visited]]
  bool visit_once(Agent& agent, Module* visited) {
    for (uint32_t i = 0; i < visited_count_; ++i)
      if (visited_->get(i) == Value::cell(visited)) return false;
    const uint32_t capacity = visited_.get() == nullptr ? 0 : visited_->capacity();
    if (visited_count_ == capacity) {
      ValueArray* grown = ValueArray::make(agent.heap(), (capacity + 2) * 2);
      for (uint32_t i = 0; i < visited_count_; ++i) grown->set(i, visited_->get(i));
      visited_.set(this, grown);
    }
    visited_->set(visited_count_++, Value::cell(visited));
    return true;
  }

  size_t cell_size() const { return sizeof(ModuleLoad); }
  void trace(gc::Visitor& visitor) {
    visitor.visit(promise);
    visit_value(visitor, host_defined);
    visitor.visit(module);
    visitor.visit(all_dependencies);
    visitor.visit(visited_);
  }

 private:
  gc::Member<ValueArray> visited_;
  uint32_t visited_count_ = 0;
};

Value attributes_of(Agent& agent, Module* module, const ModuleMetadata::Request& request) {
  if (request.attributes.empty()) return Value::undefined();
  ValueArray* attributes = ValueArray::make(agent.heap(), static_cast<uint32_t>(request.attributes.size() * 2));
  uint32_t next = 0;
  for (const auto& [key, value] : request.attributes) {
    attributes->set(next++, module->atom(key));
    attributes->set(next++, module->atom(value));
  }
  return Value::cell(attributes);
}

Completion<void> host_load(Agent& agent, Value referrer, String* specifier, Value attributes, ModuleLoad* load) {
  if (agent.host().load_imported_module == nullptr) {
    throw_type_error(agent, {"Cannot load module '", specifier->to_utf8(), "': this host has no modules"});
    return finish_loading_imported_module(agent, referrer, specifier, attributes, Value::cell(load), Thrown{});
  }
  return agent.host().load_imported_module(agent, referrer, specifier, attributes, Value::cell(load));
}

// A module whose source alone is wanted is loaded without its dependencies.
enum class LoadType : uint8_t { kSingle, kRecursive };
LoadType load_type(Phase phase) { return phase == Phase::kSource ? LoadType::kSingle : LoadType::kRecursive; }

// https://tc39.es/ecma262/#sec-InnerModuleLoading
Completion<void> inner_load(Agent& agent, ModuleLoad* load, Module* module, LoadType type) {
  Root<ModuleLoad*> kept(agent, load);
  Root<Module*> kept_module(agent, module);
  if (type == LoadType::kRecursive && !module->is_synthetic() && module->status == Status::kUnlinked && load->visit_once(agent, module)) {
    load->pending += module->request_count();
    for (uint32_t i = 0; i < module->request_count(); ++i) {
      if (Module* loaded = module->imported_module(i)) {
        TRY(inner_load(agent, load, loaded, load_type(module->request_phase(i))));
      } else {
        const ModuleMetadata::Request& request = module->metadata().requests[i];
        TRY(host_load(agent, Value::cell(module), module->atom(request.specifier), attributes_of(agent, module, request), load));
      }
      if (!load->is_loading) return {};
    }
  }
  if (--load->pending != 0) return {};
  load->is_loading = false;
  g_promise_hooks.resolve(agent, load->promise, Value::undefined());
  return {};
}

// https://tc39.es/ecma262/#sec-ContinueModuleLoading
Completion<void> continue_loading(Agent& agent, ModuleLoad* load, Completion<Module*> result, LoadType type) {
  if (!load->is_loading) {
    if (result.is_thrown() && !agent.is_terminating()) agent.take_exception();
    return {};
  }
  if (!result.is_thrown()) return inner_load(agent, load, result.value(), type);
  if (agent.is_terminating()) return Thrown{};
  load->is_loading = false;
  Root<Value> error(agent, agent.take_exception());
  g_promise_hooks.reject(agent, load->promise, error);
  return {};
}

// An error that the host has made of a static import, while none of its script ran, gets the place of the import.
void place_error(Agent& agent, Module* module, uint32_t request) {
  auto* error = agent.pending_exception().as_if<ErrorObject>();
  if (error == nullptr) return;
  std::vector<StackFrame> frames;
  capture_stack(agent, error->frames == nullptr ? 0 : error->frames->size() + 1, nullptr, frames);
  if (error->frames != nullptr && error->frames->size() != frames.size()) return;
  const syntax::SourceText& source = *module->code->executable().source;
  put_frame_first(agent, error, source, source.line_column(module->metadata().requests[request].position));
}

bool same_attributes(Value a, Value b) {
  if (a.is_undefined() || b.is_undefined()) return a.is_undefined() && b.is_undefined();
  auto* left = a.as<ValueArray>();
  auto* right = b.as<ValueArray>();
  if (left->capacity() != right->capacity()) return false;
  for (uint32_t i = 0; i < left->capacity(); i += 2) {
    bool found = false;
    for (uint32_t j = 0; j < right->capacity() && !found; j += 2)
      found = is_strictly_equal(left->get(i), right->get(j)) && is_strictly_equal(left->get(i + 1), right->get(j + 1));
    if (!found) return false;
  }
  return true;
}

// --- import() ------------------------------------------------------------------------------------------

ModuleLoad* context_of(const CallInfo& info) { return info.this_value().as<ModuleLoad>(); }

Completion<Value> import_rejected(Agent& agent, const CallInfo& info) {
  g_promise_hooks.reject(agent, context_of(info)->promise, info[0]);
  return Value::undefined();
}

Completion<Value> reject_with_exception(Agent& agent, ModuleLoad* load) {
  if (agent.is_terminating()) return Thrown{};
  Root<ModuleLoad*> kept(agent, load);
  Root<Value> error(agent, agent.take_exception());
  g_promise_hooks.reject(agent, load->promise, error);
  return Value::undefined();
}

void finish_import(Agent& agent, ModuleLoad* load) {
  g_promise_hooks.resolve(agent, load->promise, get_module_namespace(agent, load->module, load->phase));
}

Completion<Value> import_evaluated(Agent& agent, const CallInfo& info) {
  finish_import(agent, context_of(info));
  return Value::undefined();
}

// One of the asynchronous dependencies of a deferred import has been evaluated.
Completion<Value> dependency_evaluated(Agent& agent, const CallInfo& info) {
  ModuleLoad* load = context_of(info);
  if (--load->pending == 0) g_promise_hooks.resolve(agent, load->all_dependencies, Value::undefined());
  return Value::undefined();
}

Completion<Value> dependency_failed(Agent& agent, const CallInfo& info) {
  ModuleLoad* load = context_of(info);
  if (std::exchange(load->is_loading, false)) g_promise_hooks.reject(agent, load->all_dependencies, info[0]);
  return Value::undefined();
}

// https://tc39.es/proposal-defer-import-eval/#sec-ContinueDynamicImport, for import.defer() of a linked module.
Completion<void> evaluate_deferred(Agent& agent, ModuleLoad* load) {
  std::vector<Module*> dependencies = gather_asynchronous_dependencies(load->module);
  if (dependencies.empty()) {
    finish_import(agent, load);
    return {};
  }
  RootVector promises(agent);
  for (Module* dependency : dependencies) promises.push_back(TRY(evaluate_module(agent, dependency)));
  // SafePerformPromiseAll
  load->all_dependencies.set(load, TRY(g_promise_hooks.new_promise(agent)));
  load->pending = static_cast<uint32_t>(promises.size());
  for (Value promise : promises)
    g_promise_hooks.then(agent, promise.as_object(), dependency_evaluated, dependency_failed, Value::cell(load));
  g_promise_hooks.then(agent, load->all_dependencies, import_evaluated, import_rejected, Value::cell(load));
  return {};
}

Completion<Value> import_loaded(Agent& agent, const CallInfo& info) {
  ModuleLoad* load = context_of(info);
  if (link_module(agent, load->module).is_thrown()) return reject_with_exception(agent, load);
  if (load->phase == Phase::kDefer) {
    TRY(evaluate_deferred(agent, load));
    return Value::undefined();
  }
  Object* promise = TRY(evaluate_module(agent, load->module));
  g_promise_hooks.then(agent, promise, import_evaluated, import_rejected, Value::cell(load));
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-ContinueDynamicImport
Completion<void> continue_import(Agent& agent, ModuleLoad* load, Completion<Module*> result) {
  Root<ModuleLoad*> kept(agent, load);
  if (result.is_thrown()) {
    TRY(reject_with_exception(agent, load));
    return {};
  }
  Module* module = result.value();
  load->module.set(load, module);
  if (load->phase == Phase::kSource) {
    if (module->module_source.get() != nullptr) {
      g_promise_hooks.resolve(agent, load->promise, module->module_source.get());
    } else {
      throw_syntax_error(agent, {"The imported module has no source representation"});
      TRY(reject_with_exception(agent, load));
    }
    return {};
  }
  Object* promise = TRY(load_requested_modules(agent, load->module, load->host_defined));
  g_promise_hooks.then(agent, promise, import_loaded, import_rejected, Value::cell(load));
  return {};
}

// https://tc39.es/ecma262/#sec-evaluate-import-call, from the options to the attributes; thrown for bad ones.
Completion<Value> read_attributes(Agent& agent, Value options) {
  if (options.is_undefined()) return Value::undefined();
  if (!options.is_object()) return throw_type_error(agent, "The second argument of import() must be an object");
  Value with = TRY(get(agent, options.as_object(), agent.names().with_));
  if (with.is_undefined()) return Value::undefined();
  if (!with.is_object()) return throw_type_error(agent, "The 'with' option of import() must be an object");
  Root<Object*> object(agent, with.as_object());
  RootVector entries(agent);
  TRY(enumerable_own_properties(agent, object, PropertyKind::kEntries, entries));
  if (entries.empty()) return Value::undefined();
  ValueArray* attributes = ValueArray::make(agent.heap(), static_cast<uint32_t>(entries.size() * 2));
  for (uint32_t i = 0; i < entries.size(); ++i) {
    auto* entry = entries[i].as<Array>();
    if (!entry->dense_element_or_empty(1).is_string()) return throw_type_error(agent, "Import attribute values must be strings");
    attributes->set(2 * i, entry->dense_element_or_empty(0));
    attributes->set(2 * i + 1, entry->dense_element_or_empty(1));
  }
  return Value::cell(attributes);
}

Completion<void> start_import(Agent& agent, Code* code, Value specifier_value, Value options, ModuleLoad* load) {
  Root<String*> specifier(agent, TRY(to_string(agent, specifier_value)));
  Root<Value> attributes(agent, TRY(read_attributes(agent, options)));
  gc::Cell* referrer = code->script_or_module();
  return host_load(agent, Value::cell(referrer == nullptr ? code->realm() : referrer), specifier, attributes, load);
}

}  // namespace

Completion<Object*> load_requested_modules(Agent& agent, Module* module, Value host_defined) {
  Root<Module*> kept(agent, module);
  Root<Object*> promise(agent, TRY(g_promise_hooks.new_promise(agent)));
  auto* load = agent.heap().make<ModuleLoad>(ModuleLoad::Purpose::kGraph, promise.get(), host_defined);
  load->pending = 1;
  TRY(inner_load(agent, load, module, LoadType::kRecursive));
  return promise.get();
}

bool is_import_call(Value payload) { return payload.as<ModuleLoad>()->purpose == ModuleLoad::Purpose::kImportCall; }

Completion<void> finish_loading_imported_module(Agent& agent, Value referrer, String* specifier, Value attributes, Value payload,
                                                Completion<Module*> result) {
  auto* load = payload.as<ModuleLoad>();
  if (load->purpose == ModuleLoad::Purpose::kImportCall) return continue_import(agent, load, result);
  // Requests of one module in several phases are one entry of [[LoadedModules]]. NOTE: the host is not told
  // the phase, so dependencies are followed unless all of them want the source.
  auto* module = referrer.as<Module>();
  FlatString* atom = agent.atoms().atomize(specifier);
  LoadType type = LoadType::kSingle;
  for (uint32_t i = 0; i < module->request_count(); ++i) {
    const ModuleMetadata::Request& request = module->metadata().requests[i];
    if (module->atom(request.specifier) != atom || !same_attributes(attributes_of(agent, module, request), attributes)) continue;
    if (request.phase != Phase::kSource) type = LoadType::kRecursive;
    if (result.is_thrown()) {
      if (load->is_loading && !agent.is_terminating()) place_error(agent, module, i);
      break;
    }
    if (module->imported_module(i) == nullptr) module->set_imported_module(agent, i, result.value());
  }
  return continue_loading(agent, load, result, type);
}

Completion<Value> import_call(Interpreter& vm, Value specifier, Value options, int phase) {
  Agent& agent = vm.agent;
  Root<Object*> promise(agent, TRY(g_promise_hooks.new_promise(agent)));
  Root<ModuleLoad*> load(agent, agent.heap().make<ModuleLoad>(ModuleLoad::Purpose::kImportCall, promise.get(), Value::undefined()));
  load->phase = phase == 0 ? Phase::kEvaluation : phase == 1 ? Phase::kSource : Phase::kDefer;
  if (start_import(agent, vm.frame->code, specifier, options, load).is_thrown()) TRY(reject_with_exception(agent, load));
  return Value(promise.get());
}

// https://tc39.es/proposal-shadowrealm/#sec-shadowrealmimportvalue, steps 2. - 9.
Completion<Object*> import_into_realm(Agent& agent, Realm* realm, String* specifier) {
  Root<Object*> promise(agent, TRY(g_promise_hooks.new_promise(agent)));
  Root<ModuleLoad*> load(agent, agent.heap().make<ModuleLoad>(ModuleLoad::Purpose::kImportCall, promise.get(), Value::undefined()));
  if (host_load(agent, Value::cell(realm), specifier, Value::undefined(), load).is_thrown()) TRY(reject_with_exception(agent, load));
  return promise.get();
}

// https://tc39.es/ecma262/#sec-meta-properties-runtime-semantics-evaluation
Completion<Value> import_meta(Interpreter& vm) {
  Agent& agent = vm.agent;
  auto* module = static_cast<Module*>(vm.frame->code->script_or_module());
  if (module->import_meta.get() == nullptr) {
    Root<Object*> meta(agent, make_object_with_prototype(agent, nullptr));
    if (agent.host().import_meta != nullptr) TRY(agent.host().import_meta(agent, meta, module));
    module->import_meta.set(module, meta);
  }
  return Value(module->import_meta.get());
}

void register_module_load_kind() { gc::register_kind<ModuleLoad>(); }

}  // namespace skein
