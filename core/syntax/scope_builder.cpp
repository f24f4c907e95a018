#include "core/syntax/scope_builder.h"

namespace skein::syntax {

namespace {

constexpr uint32_t kLinearLimit = 8;

// Whether a var of the same name may not pass through or into the scope of `variable`.
bool blocks_var(const Variable& variable) {
  switch (variable.kind) {
    case VariableKind::kVar:
    case VariableKind::kParameter:
    case VariableKind::kArguments:
    case VariableKind::kFunctionName:
      return false;
    case VariableKind::kCatchParameter:
      // https://tc39.es/ecma262/#sec-variablestatements-in-catch-blocks: only a plain `catch (e)`
      // lets them through; patterns declare kLet instead.
      return false;
    case VariableKind::kFunction:
      return !variable.scope->is_variable_scope() || variable.scope->kind == ScopeKind::kModule;
    default:
      return true;
  }
}

}  // namespace

Scope* ScopeBuilder::make_scope(ScopeKind kind, Scope* outer, bool is_strict) {
  Scope* scope = arena_.make<Scope>();
  scope->kind = kind;
  scope->outer = outer;
  scope->is_strict = is_strict;
  scopes.push_back(scope);
  return scope;
}

Variable* Scope::find(const Name* name) const {
  if (table_ != nullptr) {
    for (uint32_t slot = name->hash() & table_mask_;; slot = (slot + 1) & table_mask_) {
      Variable* variable = table_[slot];
      if (variable == nullptr || variable->name == name) return variable;
    }
  }
  // Of duplicate parameters the last one counts.
  for (size_t i = variables_.size(); i > 0; --i) {
    if (variables_[i - 1]->name == name) return variables_[i - 1];
  }
  return nullptr;
}

Variable* ScopeBuilder::add_variable(Scope* scope, const Name* name, VariableKind kind, uint32_t position) {
  Variable* variable = arena_.make<Variable>();
  variable->name = name;
  variable->scope = scope;
  variable->kind = kind;
  variable->declared_at = position;
  scope->add(arena_, variable);
  return variable;
}

void Scope::add(Arena& arena, Variable* variable) {
  variables_.push_back(arena, variable);
  if (variables_.size() <= kLinearLimit) return;
  if (table_ == nullptr || variables_.size() * 2 > table_mask_) {
    uint32_t count = table_ == nullptr ? kLinearLimit * 4 : (table_mask_ + 1) * 4;
    table_ = arena.allocate_array<Variable*>(count);
    std::memset(table_, 0, count * sizeof(*table_));
    table_mask_ = count - 1;
    for (Variable* each : variables_) insert(each);
  } else {
    insert(variable);
  }
}

void Scope::insert(Variable* variable) {
  uint32_t slot = variable->name->hash() & table_mask_;
  while (table_[slot] != nullptr && table_[slot]->name != variable->name) slot = (slot + 1) & table_mask_;
  table_[slot] = variable;
}

Variable* ScopeBuilder::declare_lexical(Scope* scope, const Name* name, VariableKind kind,
                                        uint32_t position) {
  if (scope->find(name) != nullptr) return nullptr;
  // Parameters of a body with its own scope, and the parameter of a catch clause.
  bool sees_outer = scope->kind == ScopeKind::kFunctionBody ||
                    (scope->kind == ScopeKind::kBlock && scope->outer != nullptr &&
                     scope->outer->kind == ScopeKind::kCatch && scope->is_handler_block);
  if (sees_outer && scope->outer->find(name) != nullptr) return nullptr;
  return add_variable(scope, name, kind, position);
}

Variable* ScopeBuilder::declare_var(Scope* scope, const Name* name, uint32_t position) {
  Scope* target = scope;
  while (!target->is_variable_scope()) {
    Variable* existing = target->find(name);
    if (existing != nullptr && blocks_var(*existing)) return nullptr;
    target = target->outer;
  }
  Variable* existing = target->find(name);
  if (existing != nullptr && blocks_var(*existing)) return nullptr;
  if (target != scope) nested_vars.push_back({name, scope, position});
  if (existing != nullptr) return existing;
  return add_variable(target, name, VariableKind::kVar, position);
}

Variable* ScopeBuilder::declare_top_level_function(Scope* scope, const Name* name, uint32_t position) {
  Variable* variable = declare_var(scope, name, position);
  if (variable != nullptr && variable->kind == VariableKind::kVar) variable->kind = VariableKind::kFunction;
  return variable;
}

Variable* ScopeBuilder::declare_block_function(Scope* scope, const Name* name, uint32_t position,
                                               bool plain) {
  Variable* existing = scope->find(name);
  if (existing != nullptr) {
    // https://tc39.es/ecma262/#sec-block-duplicates-allowed-static-semantics
    bool allowed = plain && !scope->is_strict && existing->kind == VariableKind::kFunction &&
                   existing->is_plain_function;
    return allowed ? existing : nullptr;
  }
  Variable* variable = declare_lexical(scope, name, VariableKind::kFunction, position);
  if (variable != nullptr) variable->is_plain_function = plain;
  return variable;
}

Variable* ScopeBuilder::declare_private_name(Scope* scope, const Name* name, PrivateNameKind kind,
                                             bool is_static, uint32_t position) {
  if (Variable* existing = scope->find(name)) {
    bool pair = (existing->private_kind == PrivateNameKind::kGetter && kind == PrivateNameKind::kSetter) ||
                (existing->private_kind == PrivateNameKind::kSetter && kind == PrivateNameKind::kGetter);
    if (!pair || existing->is_static != is_static) return nullptr;
    existing->private_kind = PrivateNameKind::kAccessor;
    return existing;
  }
  Variable* variable = add_variable(scope, name, VariableKind::kPrivateName, position);
  variable->private_kind = kind;
  variable->is_static = is_static;
  return variable;
}

const Variable* ScopeBuilder::find_var_conflict() const {
  for (const VarRecord& record : nested_vars) {
    for (const Scope* scope = record.scope;; scope = scope->outer) {
      const Variable* variable = scope->find(record.name);
      if (variable != nullptr && blocks_var(*variable)) return variable;
      if (scope->is_variable_scope()) break;
    }
  }
  return nullptr;
}

size_t ScopeBuilder::adopt(Mark mark, Scope* from, Scope* to) {
  for (size_t i = mark.references; i < references.size(); ++i) {
    if (references[i].scope == from) references[i].scope = to;
  }
  for (size_t i = mark.scopes; i < scopes.size(); ++i) {
    if (scopes[i] != to && scopes[i]->outer == from) scopes[i]->outer = to;
  }
  for (size_t i = mark.evals; i < evals.size(); ++i) {
    if (evals[i].scope == from) evals[i].scope = to;
  }
  return references.size() - mark.references + scopes.size() - mark.scopes;
}

}  // namespace skein::syntax
