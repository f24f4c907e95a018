// The second half of scope analysis: homes for variables, and what the compiler reads off scopes,
// functions and the program. Everything is known by now about who uses what.
#include <algorithm>

#include "core/syntax/scope_resolver.h"

namespace skein::syntax {

// Whether `arguments` and the parameters must be seen to alias: some parameter is assigned to, or the
// object gets out of sight.
void ScopeResolver::settle_mapped_arguments() {
  for (FunctionNode* function : builder_.functions) {
    const Variable* arguments = function->arguments_variable;
    if (arguments == nullptr) continue;
    bool is_used = arguments->is_referenced || arguments->scope->contains_direct_eval;
    if (!is_used || function->is_strict || !function->has_simple_parameters || function->parameters.empty())
      continue;
    bool needed = arguments->escapes;
    for (const Variable* variable : function->scope->variables()) {
      needed |= variable->kind == VariableKind::kParameter && variable->is_assigned;
    }
    function->needs_mapped_arguments = needed;
  }
}

// Most functions that name themselves need no scope for that: the name joins the other variables
// unless one of them has it, or an eval could make one.
void ScopeResolver::place_function_names() {
  for (FunctionNode* function : builder_.functions) {
    Scope* scope = function->name_scope;
    if (scope == nullptr) continue;
    Variable* variable = scope->variables_[0];
    if (!variable->is_referenced && !scope->contains_direct_eval) {
      function->name_scope = nullptr;
      continue;
    }
    function->name_variable = variable;
    bool may_join = !scope->contains_direct_eval && !scope->exposes_names &&
                    function->scope->find(variable->name) == nullptr;
    if (!may_join) continue;
    scope->variables_.clear();
    variable->scope = function->scope;
    function->scope->add(program_.arena, variable);
    function->name_scope = nullptr;
  }
}

namespace {

// Whether vars of a sloppy eval in that place are plain globals.
bool eval_vars_are_global(const ScopeInfo* info) {
  for (; info != nullptr; info = info->outer.get()) {
    switch (info->kind) {
      case ScopeKind::kScript:
        return true;
      case ScopeKind::kEval:
        if (info->is_strict) return false;
        break;
      case ScopeKind::kBlock:
      case ScopeKind::kSwitch:
      case ScopeKind::kFor:
      case ScopeKind::kForEach:
        break;
      // A with may have the name, a catch parameter is it.
      default:
        return false;
    }
  }
  return true;
}

bool is_var_like(const Variable& variable) {
  return variable.kind == VariableKind::kVar || variable.kind == VariableKind::kFunction;
}

}  // namespace

VariableStorage ScopeResolver::storage_of(const Scope& scope, const Variable& variable) const {
  if (variable.kind == VariableKind::kImport) return VariableStorage::kImport;
  if (scope.kind == ScopeKind::kScript) return VariableStorage::kGlobal;
  if (scope.kind == ScopeKind::kEval && !scope.is_strict && is_var_like(variable)) {
    bool is_global = eval_vars_are_global(program_.outer_scope.get());
    return is_global ? VariableStorage::kGlobal : VariableStorage::kDynamicVar;
  }
  bool is_shared = variable.is_captured || variable.is_exported || scope.contains_direct_eval;
  // Functions of modules are made before the module's code runs.
  if (scope.kind == ScopeKind::kModule && variable.kind == VariableKind::kFunction) is_shared = true;
  if (variable.kind == VariableKind::kParameter && scope.function->needs_mapped_arguments) is_shared = true;
  if (is_shared) return VariableStorage::kEnvironment;
  return variable.is_referenced ? VariableStorage::kRegister : VariableStorage::kUnused;
}

void ScopeResolver::allocate_scope(Scope* scope) {
  for (Variable* variable : scope->variables_) {
    variable->storage = storage_of(*scope, *variable);
    if (variable->storage == VariableStorage::kEnvironment) {
      variable->index = scope->environment_size++;
      bool may_be_early = scope->contains_direct_eval || variable->is_exported;
      bool has_dead_zone =
          variable->is_lexical() || variable->kind == VariableKind::kClassName ||
          (variable->kind == VariableKind::kParameter && scope->function->has_parameter_expressions);
      variable->needs_tdz |= may_be_early && has_dead_zone;
      if (scope->kind == ScopeKind::kFor && variable->kind == VariableKind::kLet)
        scope->copies_per_iteration = true;
    } else if (variable->storage == VariableStorage::kRegister) {
      variable->index = scope->function->register_count++;
    }
  }
  if (scope->contains_direct_eval) scope->exposes_names = true;
  scope->needs_environment = scope->environment_size > 0 || scope->kind == ScopeKind::kWith ||
                             scope->kind == ScopeKind::kModule || scope->is_extensible;
  if (scope->outer == nullptr) scope->outer_info = program_.outer_scope.get();
  drop_shadowed_functions(scope);
}

// Of several function declarations of one name the last counts.
void ScopeResolver::drop_shadowed_functions(Scope* scope) {
  auto& functions = scope->functions_;
  size_t kept = functions.size();
  for (size_t i = functions.size(); i > 0; --i) {
    Variable* variable = scope->find(functions[i - 1]->binding->name);
    if (variable->has_function) continue;
    variable->has_function = true;
    functions[--kept] = functions[i - 1];
  }
  for (size_t i = kept; i < functions.size(); ++i) functions[i - kept] = functions[i];
  functions.shrink(functions.size() - kept);
}

uint32_t ScopeResolver::count_hops(const Scope* from, const Scope* to) const {
  uint32_t hops = 0;
  for (; from != to; from = from->outer) hops += from->needs_environment ? 1 : 0;
  return hops;
}

void ScopeResolver::finish_reference(Reference& reference, const Scope* scope) {
  if (reference.kind == ReferenceKind::kEnvironment && reference.variable == nullptr) {
    reference.hops = static_cast<uint16_t>(reference.hops + count_hops(scope, nullptr));
    return;
  }
  if (reference.kind != ReferenceKind::kUnresolved) return;
  const Variable& variable = *reference.variable;
  reference.slot = variable.index;
  switch (variable.storage) {
    case VariableStorage::kUnused:
      reference.kind = ReferenceKind::kUnused;
      break;
    case VariableStorage::kRegister:
      reference.kind = ReferenceKind::kRegister;
      break;
    case VariableStorage::kEnvironment:
      reference.kind = ReferenceKind::kEnvironment;
      reference.hops = static_cast<uint16_t>(count_hops(scope, variable.scope));
      break;
    case VariableStorage::kGlobal:
      reference.kind = ReferenceKind::kGlobal;
      reference.needs_tdz_check = false;
      break;
    case VariableStorage::kDynamicVar:
      reference.kind = ReferenceKind::kDynamic;
      break;
    case VariableStorage::kImport:
      reference.kind = ReferenceKind::kImport;
      reference.hops = static_cast<uint16_t>(count_hops(scope, variable.scope));
      break;
  }
}

void ScopeResolver::finish_hoisted(const HoistedFunction& hoisted) {
  Reference& reference = hoisted.declaration->annex_b_var;
  reference.is_write = true;
  reference.variable_kind = VariableKind::kVar;
  if (hoisted.target->kind == ScopeKind::kScript || hoisted.target->kind == ScopeKind::kEval) {
    bool is_global =
        hoisted.target->kind == ScopeKind::kScript || eval_vars_are_global(program_.outer_scope.get());
    reference.kind = is_global ? ReferenceKind::kGlobal : ReferenceKind::kDynamicVar;
    if (hoisted.target->is_strict) reference.kind = ReferenceKind::kUnused;
    return;
  }
  reference.variable = hoisted.variable;
  reference.variable_kind = hoisted.variable->kind;
  finish_reference(reference, hoisted.scope);
}

void ScopeResolver::finish_functions() {
  for (FunctionNode* function : builder_.functions) {
    function->uses_this = function->this_variable != nullptr;
    function->uses_new_target = function->new_target_variable != nullptr;
    function->needs_home_object = function->home_object_variable != nullptr;
    function->uses_active_function = function->active_function_variable != nullptr;
    const Variable* arguments = function->arguments_variable;
    function->uses_arguments = arguments != nullptr && arguments->storage != VariableStorage::kUnused;
    if (!function->uses_arguments) function->arguments_variable = nullptr;
  }
}

void ScopeResolver::describe_program() {
  Arena& arena = program_.arena;
  const Scope& scope = *program_.root->scope;
  ArenaVector<const Name*> var_names;
  ArenaVector<Variable*> lexical;
  for (Variable* variable : scope.variables()) {
    if (variable->kind == VariableKind::kVar) var_names.push_back(arena, variable->name);
    if (variable->is_lexical()) lexical.push_back(arena, variable);
  }
  std::sort(annex_b_names_.begin(), annex_b_names_.end(),
            [](const Name* left, const Name* right) { return left->id() < right->id(); });
  annex_b_names_.erase(std::unique(annex_b_names_.begin(), annex_b_names_.end()), annex_b_names_.end());
  program_.var_names = var_names.span();
  program_.lexical_declarations = lexical.span();
  program_.var_functions = scope.functions();
  program_.annex_b_names = arena.copy(std::span<const Name* const>(annex_b_names_));
  program_.functions = arena.copy(std::span<FunctionNode* const>(builder_.functions));
}

// ---------------------------------------------------------------- descriptions for direct evals

namespace {

std::shared_ptr<ScopeInfo> describe(const Scope& scope) {
  auto info = std::make_shared<ScopeInfo>();
  info->kind = scope.kind;
  info->is_strict = scope.is_strict;
  info->needs_environment = scope.needs_environment;
  info->is_extensible = scope.is_extensible;
  const FunctionNode& function = *scope.function;
  if (scope.kind == ScopeKind::kFunction) {
    info->is_arrow_function = function.is_arrow();
    info->allows_super_property = function.kind != FunctionKind::kNormal && !function.is_arrow();
    info->allows_super_call = function.kind == FunctionKind::kDerivedConstructor;
    info->is_class_initializer = function.is_initializer();
  }
  // The top level of a script is looked up by name at run time.
  if (scope.kind == ScopeKind::kScript) return info;
  for (const Variable* variable : scope.variables()) {
    if (variable->storage == VariableStorage::kUnused) continue;
    ScopeInfo::Binding binding;
    binding.name = variable->name->to_utf16();
    binding.kind = variable->kind;
    binding.storage = variable->storage;
    binding.private_kind = variable->private_kind;
    binding.is_static = variable->is_static;
    binding.needs_tdz = variable->needs_tdz || variable->kind == VariableKind::kImport;
    binding.index = variable->index;
    info->bindings.push_back(std::move(binding));
  }
  return info;
}

}  // namespace

std::shared_ptr<const ScopeInfo> make_scope_info(const Scope& scope,
                                                 std::shared_ptr<const ScopeInfo> eval_outer) {
  std::shared_ptr<ScopeInfo> first;
  std::shared_ptr<ScopeInfo> last;
  for (const Scope* each = &scope; each != nullptr; each = each->outer) {
    std::shared_ptr<ScopeInfo> info = describe(*each);
    if (last != nullptr) last->outer = info;
    if (first == nullptr) first = info;
    last = std::move(info);
  }
  last->outer = std::move(eval_outer);
  return first;
}

}  // namespace skein::syntax
