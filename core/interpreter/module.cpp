// Module records: parsing, exports, linking.
#include "core/interpreter/module.h"

#include <algorithm>

#include "core/compiler/compiler.h"
#include "core/interpreter/eval.h"
#include "core/interpreter/slow_paths.h"
#include "core/runtime/errors.h"
#include "core/syntax/source_text.h"

namespace skein {

using bytecode::kNoIndex;
using bytecode::ModuleMetadata;
using Kind = ResolvedBinding::Kind;
using Status = Module::Status;

void Module::trace(gc::Visitor& visitor) {
  visitor.visit(realm);
  visitor.visit(code);
  visitor.visit(environment);
  visit_value(visitor, host_defined);
  visitor.visit(namespace_object);
  visitor.visit(deferred_namespace_object);
  visitor.visit(module_source);
  visitor.visit(import_meta);
  visitor.visit(synthetic_names);
  visit_value(visitor, evaluation_error);
  visitor.visit(cycle_root);
  visitor.visit(top_level_promise);
  visitor.visit(imported_);
  visitor.visit(async_parents_);
}

Module* Module::imported_module(uint32_t request) const {
  if (imported_.get() == nullptr) return nullptr;
  Value value = imported_->get(request);
  return value.is_cell() ? static_cast<Module*>(value.as_cell()) : nullptr;
}

void Module::set_imported_module(Agent& agent, uint32_t request, Module* module) {
  if (imported_.get() == nullptr) imported_.set(this, ValueArray::make(agent.heap(), request_count()));
  imported_->set(request, Value::cell(module));
}

void Module::add_async_parent(Agent& agent, Module* parent) {
  const uint32_t capacity = async_parents_.get() == nullptr ? 0 : async_parents_->capacity();
  if (async_parent_count_ == capacity) {
    ValueArray* grown = ValueArray::make(agent.heap(), (capacity + 1) * 2);
    for (uint32_t i = 0; i < async_parent_count_; ++i) grown->set(i, async_parents_->get(i));
    async_parents_.set(this, grown);
  }
  async_parents_->set(async_parent_count_++, Value::cell(parent));
}

Completion<Module*> parse_module(Agent& agent, Realm* realm, std::shared_ptr<const syntax::SourceText> source, Value host_defined,
                                 CodeSharing sharing) {
  Ref<const bytecode::Executable> program;
  if (sharing == CodeSharing::kShared) program = code_cache::find(ProgramGoal::kModule, *source);
  if (!program) {
    syntax::ParseResult result = syntax::parse_module(source, parse_options(agent));
    if (!result.ok()) return throw_parse_error(agent, result, *source);
    program = compiler::compile(*result.program);
    if (sharing == CodeSharing::kShared) code_cache::remember(ProgramGoal::kModule, program);
  }
  Code* code = agent.heap().make<Code>(std::move(program), realm, nullptr);
  code->link(agent);
  const ModuleMetadata& metadata = *code->executable().module;
  const bytecode::ScopeDescriptor& scope = code->executable().scopes[metadata.scope];
  uint32_t slots = scope.slot_count;
  for (const auto& import : metadata.imports)
    if (import.slot != kNoIndex) slots = std::max(slots, import.slot + 1);
  auto* names = agent.heap().make<EnvironmentNames>(code, &scope);
  Environment* environment = Environment::make(agent.heap(), nullptr, names, slots);
  auto* module = agent.heap().make<Module>(realm, code, environment, host_defined);
  module->has_top_level_await = metadata.has_top_level_await;
  code->set_script_or_module(module);
  return module;
}

Module* make_synthetic_module(Agent& agent, Realm* realm, std::span<FlatString* const> names, std::span<const Value> values) {
  const auto count = static_cast<uint32_t>(names.size());
  Environment* environment = Environment::make(agent.heap(), nullptr, nullptr, count);
  ValueArray* exports = ValueArray::make(agent.heap(), count);
  for (uint32_t i = 0; i < count; ++i) {
    environment->set(i, values[i]);
    exports->set(i, names[i]);
  }
  auto* module = agent.heap().make<Module>(realm, nullptr, environment, Value::undefined());
  module->synthetic_names.set(module, exports);
  return module;
}

// --- Exports -------------------------------------------------------------------------------------------

namespace {

// What an import or export of a module as a whole stands for.
Kind whole_module(ModuleMetadata::Phase phase) {
  switch (phase) {
    case ModuleMetadata::Phase::kEvaluation: return Kind::kNamespace;
    case ModuleMetadata::Phase::kDefer: return Kind::kDeferredNamespace;
    case ModuleMetadata::Phase::kSource: return Kind::kSource;
  }
  SKEIN_UNREACHABLE();
}

void add_exported_names(Module* module, std::vector<Module*>& visited, std::vector<FlatString*>& names) {
  if (std::find(visited.begin(), visited.end(), module) != visited.end()) return;
  visited.push_back(module);
  if (module->is_synthetic()) {
    for (uint32_t i = 0; i < module->synthetic_names->capacity(); ++i)
      names.push_back(static_cast<FlatString*>(module->synthetic_names->get(i).as_string()));
    return;
  }
  const ModuleMetadata& metadata = module->metadata();
  for (const auto& entry : metadata.local_exports) names.push_back(module->atom(entry.export_name));
  for (const auto& entry : metadata.indirect_exports) names.push_back(module->atom(entry.export_name));
  for (const auto& entry : metadata.star_exports) {
    std::vector<FlatString*> starred;
    add_exported_names(module->imported_module(entry.request), visited, starred);
    for (FlatString* name : starred) {
      if (name->view() == StringView("default")) continue;
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
}

using ResolveSet = std::vector<std::pair<Module*, FlatString*>>;

ResolvedBinding resolve(Module* module, FlatString* name, ResolveSet& set);

ResolvedBinding resolve_star(Module* module, FlatString* name, ResolveSet& set) {
  // A default export cannot be given by an export *.
  if (name->view() == StringView("default")) return {};
  ResolvedBinding found;
  for (const auto& entry : module->metadata().star_exports) {
    ResolvedBinding resolution = resolve(module->imported_module(entry.request), name, set);
    if (resolution.kind == Kind::kAmbiguous) return resolution;
    if (resolution.kind == Kind::kNone) continue;
    if (found.kind == Kind::kNone) {
      found = resolution;
    } else if (resolution.module != found.module || resolution.kind != found.kind || resolution.slot != found.slot) {
      return {Kind::kAmbiguous};
    }
  }
  return found;
}

ResolvedBinding resolve(Module* module, FlatString* name, ResolveSet& set) {
  const std::pair<Module*, FlatString*> request{module, name};
  if (std::find(set.begin(), set.end(), request) != set.end()) return {};  // a circular request
  set.push_back(request);
  if (module->is_synthetic()) {
    for (uint32_t i = 0; i < module->synthetic_names->capacity(); ++i)
      if (module->synthetic_names->get(i) == Value(name)) return {Kind::kSlot, module, i};
    return {};
  }
  const ModuleMetadata& metadata = module->metadata();
  for (const auto& entry : metadata.local_exports) {
    if (module->atom(entry.export_name) == name) return {Kind::kSlot, module, entry.slot};
  }
  for (const auto& entry : metadata.indirect_exports) {
    if (module->atom(entry.export_name) != name) continue;
    Module* imported = module->imported_module(entry.request);
    if (entry.import_name == kNoIndex) return {whole_module(metadata.requests[entry.request].phase), imported};
    return resolve(imported, module->atom(entry.import_name), set);
  }
  return resolve_star(module, name, set);
}

}  // namespace

std::vector<FlatString*> exported_names(Module* module) {
  std::vector<Module*> visited;
  std::vector<FlatString*> names;
  add_exported_names(module, visited, names);
  return names;
}

ResolvedBinding resolve_export(Module* module, FlatString* name) {
  ResolveSet set;
  return resolve(module, name, set);
}

// --- Linking -------------------------------------------------------------------------------------------

namespace {

// "The requested module 'x<middle>name<end>", at a place in the importing module.
Thrown throw_link_error(Agent& agent, Module* module, uint32_t request, uint32_t position, const std::string& middle,
                        const std::string& end) {
  std::string specifier = module->atom(module->metadata().requests[request].specifier)->to_utf8();
  syntax::ParseResult result;
  result.status = syntax::ParseStatus::kSyntaxError;
  result.error.message = "The requested module '" + specifier + middle + end;
  const syntax::SourceText& source = *module->code->executable().source;
  result.error.offset = position;
  result.error.position = source.line_column(position);
  return throw_parse_error(agent, result, source);
}

Thrown throw_unresolved(Agent& agent, Module* module, const ResolvedBinding& resolution, FlatString* name, uint32_t request,
                        uint32_t position) {
  const char* middle = resolution.kind == Kind::kAmbiguous ? "' contains conflicting star exports for name '"
                                                           : "' does not provide an export named '";
  return throw_link_error(agent, module, request, position, middle, name->to_utf8() + "'");
}

bool is_resolved(const ResolvedBinding& resolution) { return resolution.kind >= Kind::kSlot; }

Completion<Value> import_value(Agent& agent, Module* module, const ModuleMetadata::Import& entry, const ResolvedBinding& resolution) {
  switch (resolution.kind) {
    case Kind::kNamespace:
      return Value(get_module_namespace(agent, resolution.module));
    case Kind::kDeferredNamespace:
      return Value(get_module_namespace(agent, resolution.module, ModuleMetadata::Phase::kDefer));
    case Kind::kSource:
      if (resolution.module->module_source.get() != nullptr) return Value(resolution.module->module_source.get());
      return throw_link_error(agent, module, entry.request, entry.position, "' has no source representation", "");
    default:
      return Value::cell(agent.heap().make<ImportReference>(resolution.module->environment.get(), resolution.slot));
  }
}

Completion<void> bind_import(Agent& agent, Module* module, const ModuleMetadata::Import& entry) {
  Module* imported = module->imported_module(entry.request);
  ResolvedBinding resolution;
  if (entry.import_name == kNoIndex) {
    resolution = {whole_module(module->request_phase(entry.request)), imported};
  } else {
    FlatString* name = module->atom(entry.import_name);
    resolution = resolve_export(imported, name);
    if (!is_resolved(resolution)) return throw_unresolved(agent, module, resolution, name, entry.request, entry.position);
  }
  Value value = TRY(import_value(agent, module, entry, resolution));
  if (entry.slot != kNoIndex) module->environment->set(entry.slot, value);
  return {};
}

// https://tc39.es/ecma262/#sec-source-text-module-record-initialize-environment
Completion<void> initialize_environment(Agent& agent, Module* module) {
  const ModuleMetadata& metadata = module->metadata();
  for (const auto& entry : metadata.indirect_exports) {
    FlatString* name = module->atom(entry.export_name);
    ResolvedBinding resolution = resolve_export(module, name);
    if (!is_resolved(resolution)) {
      FlatString* wanted = entry.import_name == kNoIndex ? name : module->atom(entry.import_name);
      return throw_unresolved(agent, module, resolution, wanted, entry.request, entry.position);
    }
  }
  for (const auto& entry : metadata.imports) TRY(bind_import(agent, module, entry));
  Environment* environment = module->environment;
  for (uint32_t slot : metadata.var_slots) environment->set(slot, Value::undefined());
  for (const auto& function : metadata.functions)
    environment->set(function.slot, make_closure(agent, module->code->function(agent, function.function), environment, nullptr));
  return {};
}

// https://tc39.es/ecma262/#sec-InnerModuleLinking; returns the next index.
Completion<uint32_t> inner_link(Agent& agent, Module* module, std::vector<Module*>& stack, uint32_t index) {
  if (module->is_synthetic()) {
    if (module->status == Status::kUnlinked) module->status = Status::kLinked;
    return index;
  }
  if (module->status != Status::kUnlinked) return index;
  TRY(agent.check_stack());
  module->status = Status::kLinking;
  module->dfs_index = module->dfs_ancestor_index = index++;
  stack.push_back(module);
  for (uint32_t i = 0; i < module->request_count(); ++i) {
    if (module->request_phase(i) == ModuleMetadata::Phase::kSource) continue;
    Module* required = module->imported_module(i);
    if (required == nullptr) return throw_type_error(agent, "A requested module has not been loaded");
    index = TRY(inner_link(agent, required, stack, index));
    if (!required->is_synthetic() && required->status == Status::kLinking)
      module->dfs_ancestor_index = std::min(module->dfs_ancestor_index, required->dfs_ancestor_index);
  }
  TRY(initialize_environment(agent, module));
  if (module->dfs_ancestor_index == module->dfs_index) {
    for (Module* popped = nullptr; popped != module;) {
      popped = stack.back();
      stack.pop_back();
      popped->status = Status::kLinked;
    }
  }
  return index;
}

}  // namespace

Completion<void> link_module(Agent& agent, Module* module) {
  Root<Module*> kept(agent, module);
  std::vector<Module*> stack;
  if (inner_link(agent, module, stack, 0).is_thrown()) {
    for (Module* unfinished : stack) unfinished->status = Status::kUnlinked;
    return Thrown{};
  }
  return {};
}

}  // namespace skein
