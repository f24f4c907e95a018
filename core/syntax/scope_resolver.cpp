#include "core/syntax/scope_resolver.h"

#include <algorithm>

namespace skein::syntax {

bool ScopeResolver::resolve() {
  link_functions();
  adopt_arguments_vars();
  hoist_block_functions();
  mark_direct_evals();
  bind_body_variables();
  if (!resolve_references()) return false;
  settle_mapped_arguments();
  place_function_names();
  for (Scope* scope : builder_.scopes) allocate_scope(scope);
  for (const ReferenceRecord& record : builder_.references) {
    finish_reference(*record.reference, record.scope);
  }
  for (const HoistedFunction& each : hoisted_) finish_hoisted(each);
  finish_functions();
  describe_program();
  return true;
}

// Resolving may add variables (pseudo-variables, arguments) but no references.
bool ScopeResolver::resolve_references() {
  constexpr size_t kReferencesBetweenPolls = 4096;
  for (size_t i = 0; i < builder_.references.size(); ++i) {
    const ReferenceRecord& record = builder_.references[i];
    if (!resolve_reference(record)) {
      unresolved_private_name_ = &record;
      return false;
    }
    bool polls = options_.interrupt != nullptr && i % kReferencesBetweenPolls == kReferencesBetweenPolls - 1;
    if (polls && options_.interrupt(options_.interrupt_context)) return false;
  }
  return true;
}

// ---------------------------------------------------------------- preparation

// Scopes of arrow parameters may have changed place while the parser ran: only now is it clear
// whose code runs where.
void ScopeResolver::link_functions() {
  for (Scope* scope : builder_.scopes) {
    const Scope* holder = scope;
    while (holder->function == nullptr) holder = holder->outer;
    scope->function = holder->function;
  }
  builder_.functions.push_back(program_.root);
  for (size_t i = 0; i < builder_.functions.size(); ++i) {
    FunctionNode* function = builder_.functions[i];
    function->id = static_cast<uint32_t>(i);
    const Scope* outermost = function->name_scope != nullptr ? function->name_scope : function->scope;
    if (outermost->outer != nullptr) function->outer = outermost->outer->function;
  }
}

namespace {

bool has_own_arguments(const FunctionNode& function) {
  return !function.is_arrow() && !function.is_initializer() && function.kind != FunctionKind::kProgram;
}

}  // namespace

// A `var arguments` is the arguments object's own variable.
// https://tc39.es/ecma262/#sec-functiondeclarationinstantiation steps 15 to 22
void ScopeResolver::adopt_arguments_vars() {
  const Name* name = program_.names.get(WellKnownName::arguments);
  for (FunctionNode* function : builder_.functions) {
    if (!has_own_arguments(*function)) continue;
    Variable* variable = function->scope->find(name);
    if (variable == nullptr || variable->kind != VariableKind::kVar) continue;
    variable->kind = VariableKind::kArguments;
    function->arguments_variable = variable;
  }
}

// The variable `arguments` of a function's scope that declares none of that name; null where the
// function has no arguments object.
Variable* ScopeResolver::arguments_of(Scope* scope) {
  if (scope->kind != ScopeKind::kFunction || !has_own_arguments(*scope->function)) return nullptr;
  const Name* name = program_.names.get(WellKnownName::arguments);
  if (Variable* existing = scope->find(name)) return existing;
  Variable* variable = builder_.add_variable(scope, name, VariableKind::kArguments, scope->function->start);
  scope->function->arguments_variable = variable;
  return variable;
}

// https://tc39.es/ecma262/#sec-block-level-function-declarations-web-legacy-compatibility-semantics
// Whether replacing the declaration by a var of its name would be no early error.
bool ScopeResolver::can_hoist(const BlockFunctionRecord& record) const {
  const Name* name = record.declaration->binding->name;
  const Scope* scope = record.scope->outer;
  for (; !scope->is_variable_scope(); scope = scope->outer) {
    const Variable* variable = scope->find(name);
    if (variable != nullptr && variable->kind != VariableKind::kCatchParameter) return false;
  }
  auto allows = [](const Variable* variable) {
    return variable == nullptr || variable->kind == VariableKind::kVar ||
           variable->kind == VariableKind::kFunction || variable->kind == VariableKind::kArguments;
  };
  if (!allows(scope->find(name))) return false;
  // The arguments object counts as a parameter.
  bool is_in_function = scope->kind == ScopeKind::kFunction || scope->kind == ScopeKind::kFunctionBody;
  if (is_in_function && name->is(WellKnownName::arguments) && has_own_arguments(*scope->function)) return false;
  if (scope->kind != ScopeKind::kFunctionBody) return true;
  const Variable* parameter = scope->outer->find(name);
  return parameter == nullptr || parameter->kind != VariableKind::kParameter;
}

void ScopeResolver::hoist_block_functions() {
  for (const BlockFunctionRecord& record : builder_.block_functions) {
    if (!can_hoist(record)) continue;
    FunctionDeclaration* declaration = record.declaration;
    const Name* name = declaration->binding->name;
    Scope* target = record.scope->outer;
    while (!target->is_variable_scope()) target = target->outer;
    declaration->hoists_to_var = true;
    builder_.add_reference(record.scope, &declaration->annex_b_value, name, declaration->start);
    Variable* variable = target->find(name);
    if (target->kind == ScopeKind::kScript || target->kind == ScopeKind::kEval) {
      // Whether the var comes into being is for the global object or the eval's caller to say.
      if (variable == nullptr) annex_b_names_.push_back(name);
    } else if (variable == nullptr) {
      variable = builder_.add_variable(target, name, VariableKind::kVar, declaration->start);
    }
    if (variable != nullptr) variable->is_assigned = true;
    hoisted_.push_back({declaration, record.scope, target, variable});
  }
}

void ScopeResolver::mark_direct_evals() {
  for (const EvalRecord& record : builder_.evals) {
    record.call->eval_scope = record.scope;
    for (Scope* scope = record.scope; scope != nullptr; scope = scope->outer)
      scope->contains_direct_eval = true;
    const Scope* scope = record.scope;
    while (!scope->is_variable_scope()) scope = scope->outer;
    bool grows = scope->kind == ScopeKind::kFunction || scope->kind == ScopeKind::kFunctionBody;
    if (grows && !record.scope->is_strict) const_cast<Scope*>(scope)->is_extensible = true;
    FunctionNode* function = record.scope->function;
    function->contains_direct_eval = true;
    for (; function->is_arrow(); function = function->outer) function->outer->contains_direct_eval = true;
    declare_for_eval(function);
  }
}

// An eval may ask for anything that its function has.
void ScopeResolver::declare_for_eval(FunctionNode* function) {
  if (function->kind == FunctionKind::kProgram) return;
  pseudo_variable(function, VariableKind::kThis);
  pseudo_variable(function, VariableKind::kNewTarget);
  if (function->kind != FunctionKind::kNormal) pseudo_variable(function, VariableKind::kHomeObject);
  if (function->kind == FunctionKind::kDerivedConstructor)
    pseudo_variable(function, VariableKind::kActiveFunction);
  if (Variable* arguments = arguments_of(function->scope)) arguments->escapes = true;
}

// Vars of a body with a scope of its own start with the values of the parameters they shadow.
void ScopeResolver::bind_body_variables() {
  for (FunctionNode* function : builder_.functions) {
    if (function->body_scope == function->scope) continue;
    for (Variable* variable : function->body_scope->variables()) {
      if (variable->kind != VariableKind::kVar) continue;
      Variable* source = function->scope->find(variable->name);
      if (source == nullptr && variable->name->is(WellKnownName::arguments))
        source = arguments_of(function->scope);
      if (source == nullptr) continue;
      variable->initial_value = source;
      source->is_referenced = true;
      if (source->kind == VariableKind::kArguments) source->escapes = true;
    }
  }
}

// ---------------------------------------------------------------- pseudo-variables

namespace {

struct PseudoVariable {
  WellKnownName name;
  VariableKind kind;
  Variable* FunctionNode::*member;
};

constexpr PseudoVariable kPseudoVariables[] = {
    {WellKnownName::pseudo_this, VariableKind::kThis, &FunctionNode::this_variable},
    {WellKnownName::pseudo_new_target, VariableKind::kNewTarget, &FunctionNode::new_target_variable},
    {WellKnownName::pseudo_home_object, VariableKind::kHomeObject, &FunctionNode::home_object_variable},
    {WellKnownName::pseudo_function, VariableKind::kActiveFunction, &FunctionNode::active_function_variable},
};

bool is_pseudo(const Name* name) {
  return name->id() >= static_cast<uint32_t>(WellKnownName::pseudo_this) &&
         name->id() <= static_cast<uint32_t>(WellKnownName::pseudo_function);
}

const PseudoVariable& pseudo_of(const Name* name) {
  return kPseudoVariables[name->id() - static_cast<uint32_t>(WellKnownName::pseudo_this)];
}

}  // namespace

Variable* ScopeResolver::pseudo_variable(FunctionNode* function, VariableKind kind) {
  for (const PseudoVariable& pseudo : kPseudoVariables) {
    if (pseudo.kind != kind) continue;
    Variable*& variable = function->*pseudo.member;
    if (variable == nullptr) {
      variable =
          builder_.add_variable(function->scope, program_.names.get(pseudo.name), kind, function->start);
      variable->needs_tdz =
          kind == VariableKind::kThis && function->kind == FunctionKind::kDerivedConstructor;
    }
    return variable;
  }
  SKEIN_UNREACHABLE();
}

void ScopeResolver::resolve_pseudo(const ReferenceRecord& record) {
  VariableKind kind = pseudo_of(record.name).kind;
  Reference& reference = *record.reference;
  reference.variable_kind = kind;
  FunctionNode* function = record.scope->function;
  while (function->is_arrow()) function = function->outer;
  if (function->kind == FunctionKind::kProgram) return resolve_pseudo_outside(reference, kind);
  Variable* variable = pseudo_variable(function, kind);
  variable->is_referenced = true;
  if (record.scope->function != function) variable->is_captured = true;
  reference.variable = variable;
  reference.needs_tdz_check = variable->needs_tdz && !reference.is_initialization;
}

// At the top level of the program.
void ScopeResolver::resolve_pseudo_outside(Reference& reference, VariableKind kind) {
  uint32_t hops = 0;
  const ScopeInfo* info = program_.outer_scope.get();
  bool is_module = program_.kind == ProgramKind::kModule;
  for (; info != nullptr; info = info->outer.get()) {
    for (const ScopeInfo::Binding& binding : info->bindings) {
      if (binding.kind != kind) continue;
      reference.kind = ReferenceKind::kEnvironment;
      reference.hops = static_cast<uint16_t>(hops);
      reference.slot = binding.index;
      reference.needs_tdz_check = binding.needs_tdz && !reference.is_initialization;
      return;
    }
    if (info->kind == ScopeKind::kModule) is_module = true;
    if (info->needs_environment) ++hops;
  }
  bool is_global_this = kind == VariableKind::kThis && !is_module;
  reference.kind = is_global_this ? ReferenceKind::kGlobalThis : ReferenceKind::kUndefined;
}

// ---------------------------------------------------------------- look-up

namespace {

bool is_private_name(const Name* name) {
  return name->length() > 0 && (*name)[0] == '#';
}

}  // namespace

ScopeResolver::Lookup ScopeResolver::look_up(const ReferenceRecord& record) {
  Lookup lookup;
  bool is_arguments = record.name->is(WellKnownName::arguments);
  bool is_private = is_private_name(record.name);
  for (Scope* scope = record.scope; scope != nullptr; scope = scope->outer) {
    Variable* variable = scope->find(record.name);
    if (is_private && record.position < scope->class_body_start) variable = nullptr;
    if (variable == nullptr && is_arguments) variable = arguments_of(scope);
    if (variable != nullptr) {
      lookup.variable = variable;
      return lookup;
    }
    if (scope->kind == ScopeKind::kWith || scope->is_extensible) lookup.is_dynamic = true;
    if (scope->outer != nullptr && scope->outer->function != scope->function)
      lookup.entered = scope->function;
  }
  look_up_outside(record.name, lookup);
  return lookup;
}

void ScopeResolver::look_up_outside(const Name* name, Lookup& lookup) const {
  if (program_.outer_scope == nullptr) return;
  std::u16string text = name->to_utf16();
  for (const ScopeInfo* info = program_.outer_scope.get(); info != nullptr; info = info->outer.get()) {
    for (const ScopeInfo::Binding& binding : info->bindings) {
      if (binding.name != text) continue;
      lookup.outer = &binding;
      return;
    }
    if (info->kind == ScopeKind::kWith || info->is_extensible) lookup.is_dynamic = true;
    if (info->needs_environment) ++lookup.outer_hops;
  }
}

bool ScopeResolver::resolve_reference(const ReferenceRecord& record) {
  if (is_pseudo(record.name)) {
    resolve_pseudo(record);
    return true;
  }
  Lookup lookup = look_up(record);
  if (is_private_name(record.name)) {
    if (lookup.variable == nullptr && lookup.outer == nullptr) return false;
    lookup.is_dynamic = false;
  }
  settle(record, lookup);
  return true;
}

void ScopeResolver::settle(const ReferenceRecord& record, const Lookup& lookup) {
  Reference& reference = *record.reference;
  if (Variable* variable = lookup.variable) {
    if (!reference.is_initialization) variable->is_referenced = true;
    if (reference.is_write) variable->is_assigned = true;
    if (record.scope->function != variable->scope->function || lookup.is_dynamic)
      variable->is_captured = true;
    bool reads_property = reference.is_property_base && !lookup.is_dynamic;
    if (variable->kind == VariableKind::kArguments && !reads_property) variable->escapes = true;
    reference.variable_kind = variable->kind;
    if (lookup.is_dynamic) {
      variable->scope->exposes_names = true;
      variable->needs_tdz |= variable->is_lexical();
      reference.kind = ReferenceKind::kDynamic;
      return;
    }
    reference.variable = variable;
    reference.needs_tdz_check = needs_tdz_check(record, *variable, lookup.entered);
    variable->needs_tdz |= reference.needs_tdz_check && variable->kind != VariableKind::kImport;
    return;
  }
  if (lookup.is_dynamic) {
    reference.kind = ReferenceKind::kDynamic;
    return;
  }
  if (lookup.outer == nullptr) {
    reference.kind = ReferenceKind::kGlobal;
    return;
  }
  const ScopeInfo::Binding& binding = *lookup.outer;
  reference.variable_kind = binding.kind;
  reference.needs_tdz_check = binding.needs_tdz && !reference.is_initialization;
  reference.slot = binding.index;
  reference.hops = static_cast<uint16_t>(lookup.outer_hops);
  switch (binding.storage) {
    case VariableStorage::kEnvironment:
      reference.kind = ReferenceKind::kEnvironment;
      break;
    case VariableStorage::kImport:
      reference.kind = ReferenceKind::kImport;
      break;
    case VariableStorage::kGlobal:
      reference.kind = ReferenceKind::kGlobal;
      break;
    default:
      reference.kind = ReferenceKind::kDynamic;
      break;
  }
}

// Whether the variable may still be uninitialised where the reference is evaluated.
bool ScopeResolver::needs_tdz_check(const ReferenceRecord& record, const Variable& variable,
                                    FunctionNode* entered) const {
  if (record.reference->is_initialization) return false;
  const FunctionNode* function = variable.scope->function;
  switch (variable.kind) {
    case VariableKind::kImport:
      return true;
    case VariableKind::kParameter:
      // All parameters are there before the body or anything made in it runs.
      if (!function->has_parameter_expressions || record.position >= function->body_start) return false;
      break;
    case VariableKind::kClassName:
      // No element of the class can run before its name is bound.
      if (entered != nullptr && entered->class_node != nullptr &&
          entered->class_node->scope == variable.scope) {
        return false;
      }
      break;
    default:
      if (!variable.is_lexical()) return false;
      break;
  }
  if (variable.scope->kind == ScopeKind::kSwitch) return true;
  if (entered == nullptr) return record.position < variable.initialized_at;
  // A closure that is made behind the initialisation, in straight-line code, finds it done.
  return entered->is_declaration || entered->start < variable.initialized_at;
}

}  // namespace skein::syntax
