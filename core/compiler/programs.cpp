// The code of scripts, modules and evals, and the instantiation of their declarations.
#include "core/compiler/compiler.h"
#include "core/compiler/function_compiler.h"

namespace skein::compiler {

using bytecode::CodeKind;
using bytecode::kNoIndex;
using bytecode::ModuleMetadata;

Ref<const Executable> compile(const Program& program) {
  FunctionCompiler compiler(program, *program.root);
  if (program.kind == ProgramKind::kFunction) return compiler.compile_function({program.root->name});
  return compiler.compile_program();
}

Ref<const Executable> FunctionCompiler::compile_program() {
  describe({});
  assign_registers();
  wants_completion_ = program_.kind == ProgramKind::kScript || program_.kind == ProgramKind::kEval;
  if (wants_completion_) completion_ = code_.add_local();
  for (const Name* name : program_.annex_b_names) annex_b_allowed_[name] = code_.add_local();
  if (is_async()) code_.async_start_();
  switch (program_.kind) {
    case ProgramKind::kScript:
      code_.executable().code_kind = CodeKind::kScript;
      script_prologue();
      break;
    case ProgramKind::kEval:
      code_.executable().code_kind = CodeKind::kEval;
      eval_prologue();
      break;
    default:
      code_.executable().code_kind = CodeKind::kModule;
      module_prologue();
      break;
  }
  with_disposal(function_.scope, [&] { statements(function_.body); });
  if (wants_completion_) {
    return_from_function(completion_);
  } else {
    return_undefined();
  }
  return code_.finish();
}

uint32_t FunctionCompiler::declarations() {
  bytecode::Declarations declarations;
  if (program_.kind == ProgramKind::kScript) {
    for (const Variable* variable : program_.lexical_declarations) {
      declarations.lexical.push_back({string(variable->name), variable->is_constant()});
    }
  }
  for (const FunctionDeclaration* function : program_.var_functions) {
    declarations.functions.push_back(string(function->binding->name));
  }
  for (const Name* name : program_.var_names) declarations.vars.push_back(string(name));
  auto& all = code_.executable().declarations;
  all.push_back(std::move(declarations));
  return static_cast<uint32_t>(all.size() - 1);
}

// https://tc39.es/ecma262/#sec-globaldeclarationinstantiation
void FunctionCompiler::script_prologue() {
  Temporaries temporaries(*this);
  code_.set_position({function_.start, function_.start, function_.start});
  bool is_empty =
      program_.lexical_declarations.empty() && program_.var_functions.empty() && program_.var_names.empty();
  if (!is_empty) code_.declare_globals_(declarations());
  for (const Name* name : program_.annex_b_names) {
    code_.declare_global_annex_b_(annex_b_allowed_[name], 0, string(name));
  }
  for (const FunctionDeclaration* declaration : program_.var_functions) {
    Temporaries inner(*this);
    Register value = code_.take();
    closure(*declaration->function, {declaration->function->name}, value);
    code_.declare_global_function_(value, 0, string(declaration->binding->name));
  }
  for (const Name* name : program_.var_names) code_.declare_global_var_(0, string(name));
}

// https://tc39.es/ecma262/#sec-evaldeclarationinstantiation
// The variables of strict code are its own. Those of sloppy code go, by name, to the variable
// environment of the caller.
void FunctionCompiler::eval_prologue() {
  if (function_.is_strict) {
    enter_scope(function_.scope);
    initialize_vars(*function_.scope);
    return instantiate_functions(*function_.scope);
  }
  enter_scope(function_.scope);
  Temporaries temporaries(*this);
  Register outer = code_.take();
  code_.load_environment_(outer);
  bool is_empty = program_.var_functions.empty() && program_.var_names.empty();
  if (!is_empty) code_.declare_eval_(outer, declarations());
  for (const Name* name : program_.annex_b_names) {
    code_.declare_eval_annex_b_(annex_b_allowed_[name], outer, string(name));
  }
  for (const FunctionDeclaration* declaration : program_.var_functions) {
    Temporaries inner(*this);
    Register value = code_.take();
    closure(*declaration->function, {declaration->function->name}, value);
    code_.declare_eval_function_(value, outer, string(declaration->binding->name));
  }
  for (const Name* name : program_.var_names) code_.declare_eval_var_(outer, string(name));
}

// ---- Modules -------------------------------------------------------------------------------------

// The module's environment exists since it was linked, with its functions and vars. What lives in
// registers is made here. https://tc39.es/ecma262/#sec-source-text-module-record-initialize-environment
void FunctionCompiler::module_prologue() {
  code_.executable().module = describe_module();
  for (const Variable* variable : function_.scope->variables()) {
    if (variable->storage == VariableStorage::kRegister && variable->needs_tdz) {
      code_.load_empty_(variable_register(variable));
    }
  }
  for (const FunctionDeclaration* declaration : function_.scope->functions()) {
    const Variable* variable = declaration->binding->reference.variable;
    if (variable->storage != VariableStorage::kRegister) continue;
    closure(*declaration->function, {declaration->function->name}, variable_register(variable));
  }
}

uint32_t FunctionCompiler::module_slot(const Variable* variable) const {
  if (variable == nullptr) return kNoIndex;
  if (variable->storage == VariableStorage::kEnvironment) return variable->index;
  if (variable->storage == VariableStorage::kImport)
    return function_.scope->environment_size + variable->index;
  return kNoIndex;
}

std::unique_ptr<ModuleMetadata> FunctionCompiler::describe_module() {
  auto metadata = std::make_unique<ModuleMetadata>();
  metadata->has_top_level_await = program_.module->has_top_level_await;
  metadata->scope = scope_descriptor(*function_.scope);
  describe_entries(*metadata);
  for (const Variable* variable : function_.scope->variables()) {
    if (variable->kind == VariableKind::kVar && variable->storage == VariableStorage::kEnvironment) {
      metadata->var_slots.push_back(variable->index);
    }
  }
  for (const FunctionDeclaration* declaration : function_.scope->functions()) {
    const Variable* variable = declaration->binding->reference.variable;
    if (variable->storage != VariableStorage::kEnvironment) continue;
    FunctionCompiler compiler(program_, *declaration->function);
    uint32_t function = code_.add_function(compiler.compile_function({declaration->function->name}));
    metadata->functions.push_back({function, variable->index});
  }
  return metadata;
}

void FunctionCompiler::describe_entries(ModuleMetadata& metadata) {
  const Module& module = *program_.module;
  auto optional = [&](const Name* name) { return name != nullptr ? string(name) : kNoIndex; };
  for (const ModuleRequest& request : module.requests) {
    ModuleMetadata::Phase phase = request.phase == ImportPhase::kEvaluation
                                      ? ModuleMetadata::Phase::kEvaluation
                                  : request.phase == ImportPhase::kDefer ? ModuleMetadata::Phase::kDefer
                                                                         : ModuleMetadata::Phase::kSource;
    auto& entry = metadata.requests.emplace_back(
        ModuleMetadata::Request{string(request.specifier), phase, {}, request.position});
    for (const ImportAttribute& attribute : request.attributes) {
      entry.attributes.emplace_back(string(attribute.key), string(attribute.value));
    }
  }
  uint32_t slot = function_.scope->environment_size;
  for (const ImportEntry& entry : module.imports) {
    metadata.imports.push_back(
        {entry.request, optional(entry.import_name), string(entry.local_name), slot++, entry.position});
  }
  for (const LocalExport& entry : module.local_exports) {
    metadata.local_exports.push_back(
        {string(entry.export_name), string(entry.local_name), module_slot(entry.variable)});
  }
  for (const IndirectExport& entry : module.indirect_exports) {
    metadata.indirect_exports.push_back(
        {entry.request, optional(entry.import_name), string(entry.export_name), entry.position});
  }
  for (const StarExport& entry : module.star_exports) metadata.star_exports.push_back({entry.request});
}

}  // namespace skein::compiler
