// Scopes, environments and the reading and writing of names.
#include "core/compiler/function_compiler.h"

namespace skein::compiler {

using bytecode::BindingKind;
using bytecode::ScopeDescriptor;

namespace {
constexpr Register kNoRegister = UINT32_MAX;
}

StringIndex FunctionCompiler::string(const Name* name) {
  auto [found, is_new] = strings_.try_emplace(name, 0);
  if (is_new) {
    found->second = name->is_latin1() ? code_.add_string(std::span(name->latin1(), name->length()))
                                      : code_.add_string(std::span(name->utf16(), name->length()));
  }
  return found->second;
}

// ---- Registers of variables ----------------------------------------------------------------------

// Parameters stay where the caller put them, `this` and the function itself are r1 and r0; every other
// register variable gets a local.
void FunctionCompiler::assign_registers() {
  variable_registers_.assign(function_.register_count, kNoRegister);
  auto place = [&](const Variable* variable, Register reg) {
    if (variable != nullptr && variable->storage == VariableStorage::kRegister) {
      variable_registers_[variable->index] = reg;
    }
  };
  uint32_t count = 0;
  for (const Parameter& parameter : function_.parameters) {
    if (parameter.is_rest) break;
    Register reg = bytecode::kFirstParameterRegister + count++;
    const PatternElement& element = parameter.element;
    if (!element.target->is<Identifier>()) continue;
    const Variable* variable = element.target->as<Identifier>()->reference.variable;
    if (variable != nullptr && !variable->needs_tdz) place(variable, reg);
  }
  code_.set_parameter_count(count);
  place(function_.this_variable, bytecode::kThisRegister);
  place(function_.active_function_variable, bytecode::kCalleeRegister);
  place(function_.name_variable, bytecode::kCalleeRegister);
  for (Register& reg : variable_registers_) {
    if (reg == kNoRegister) reg = code_.add_local();
  }
}

Register FunctionCompiler::variable_register(const Variable* variable) {
  return variable_registers_[variable->index];
}

// ---- Environments --------------------------------------------------------------------------------

Register FunctionCompiler::environment_register() {
  if (!environments_.empty()) return environments_.back().reg;
  Register reg = code_.take();
  code_.load_environment_(reg);
  return reg;
}

Register FunctionCompiler::own_environment(const Scope* scope) const {
  for (size_t i = environments_.size(); i-- > 0;) {
    if (environments_[i].scope == scope) return environments_[i].reg;
  }
  SKEIN_UNREACHABLE();
}

uint16_t FunctionCompiler::hops_to(const Scope* from, const Scope* to) const {
  uint16_t hops = 0;
  for (const Scope* scope = from; scope != to; scope = scope->outer) {
    if (scope->needs_environment) ++hops;
  }
  return hops;
}

namespace {

BindingKind binding_kind(VariableKind kind) {
  switch (kind) {
    case VariableKind::kVar:
    case VariableKind::kFunction:
    case VariableKind::kParameter:
    case VariableKind::kArguments:
      return BindingKind::kVar;
    case VariableKind::kLet:
    case VariableKind::kClass:
      return BindingKind::kLet;
    case VariableKind::kConst:
    case VariableKind::kUsing:
    case VariableKind::kAwaitUsing:
    case VariableKind::kClassName:
      return BindingKind::kConst;
    case VariableKind::kCatchParameter:
      return BindingKind::kCatchParameter;
    case VariableKind::kFunctionName:
      return BindingKind::kFunctionName;
    case VariableKind::kImport:
      return BindingKind::kImport;
    case VariableKind::kPrivateName:
      return BindingKind::kPrivateName;
    default:
      return BindingKind::kInternal;
  }
}

// A function declared in a block is a lexical binding, at function level a var.
BindingKind binding_kind(const Variable& variable, const Scope& scope) {
  if (variable.kind == VariableKind::kFunction && !scope.is_variable_scope()) return BindingKind::kLet;
  return binding_kind(variable.kind);
}

}  // namespace

uint32_t FunctionCompiler::scope_descriptor(const Scope& scope) {
  ScopeDescriptor descriptor;
  bool is_module = scope.kind == ScopeKind::kModule;
  descriptor.slot_count = scope.environment_size;
  descriptor.exposes_names = scope.exposes_names || scope.contains_direct_eval || scope.is_extensible;
  bool is_sloppy_eval = scope.kind == ScopeKind::kEval && !scope.is_strict;
  descriptor.is_variable_scope = scope.is_variable_scope() && !is_sloppy_eval;
  descriptor.is_extensible = scope.is_extensible;
  descriptor.is_parameter_scope =
      scope.kind == ScopeKind::kFunction && scope.function->has_parameter_expressions;
  if (is_module) descriptor.slot_count += static_cast<uint32_t>(program_.module->imports.size());
  for (const Variable* variable : scope.variables()) {
    if (!descriptor.exposes_names && !is_module) break;
    uint32_t slot = variable->index;
    if (variable->storage == VariableStorage::kImport) {
      slot += scope.environment_size;
    } else if (variable->storage != VariableStorage::kEnvironment) {
      continue;
    }
    descriptor.bindings.push_back(
        {string(variable->name), slot, binding_kind(*variable, scope), scope.is_strict});
  }
  auto& scopes = code_.executable().scopes;
  scopes.push_back(std::move(descriptor));
  return static_cast<uint32_t>(scopes.size() - 1);
}

void FunctionCompiler::create_environment(const Scope& scope, Register dst) {
  Register parent = dst;
  if (environments_.empty()) {
    code_.load_environment_(dst);
  } else {
    parent = environments_.back().reg;
  }
  code_.create_environment_(dst, parent, scope_descriptor(scope));
}

// Makes the scope's environment and puts its variables in their first state. The environment's
// register is a temporary of the caller's.
void FunctionCompiler::enter_scope(const Scope* scope) {
  if (scope->needs_environment) {
    Register reg = code_.take();
    create_environment(*scope, reg);
    environments_.push_back({scope, reg});
  }
  for (const Variable* variable : scope->variables()) {
    bool is_empty_already = variable->kind == VariableKind::kThis;
    if (variable->storage == VariableStorage::kRegister && variable->needs_tdz && !is_empty_already) {
      code_.load_empty_(variable_register(variable));
    }
  }
}

void FunctionCompiler::leave_scope(const Scope* scope) {
  if (scope->needs_environment) environments_.pop_back();
}

// Slots start empty; a var is undefined, or takes over the value of the parameter of its name.
void FunctionCompiler::initialize_vars(const Scope& scope) {
  Temporaries temporaries(*this);
  Register undefined = 0;
  for (const Variable* variable : scope.variables()) {
    if (variable->storage == VariableStorage::kUnused) continue;
    if (variable->initial_value != nullptr) {
      Temporaries inner(*this);
      Register value = code_.take();
      load_variable(*variable->initial_value, value);
      store_variable(*variable, value);
    } else if (variable->kind == VariableKind::kVar && variable->storage == VariableStorage::kEnvironment) {
      if (undefined == 0) code_.load_undefined_(undefined = code_.take());
      store_variable(*variable, undefined);
    }
  }
}

void FunctionCompiler::instantiate_functions(const Scope& scope) {
  for (const FunctionDeclaration* declaration : scope.functions()) {
    const Variable* variable = declaration->binding->reference.variable;
    if (variable != nullptr && variable->storage == VariableStorage::kUnused) continue;
    Temporaries temporaries(*this);
    Reference binding = declaration->binding->reference;
    binding.is_initialization = true;
    Register local = own_register(binding);
    Register value = local != 0 ? local : code_.take();
    closure(*declaration->function, {declaration->function->name}, value);
    if (local == 0) store(binding, declaration->binding->name, value);
  }
}

// ---- Variables of this function, by declaration --------------------------------------------------

void FunctionCompiler::store_variable(const Variable& variable, Register value) {
  if (variable.storage == VariableStorage::kRegister) {
    Register reg = variable_register(&variable);
    if (reg != value) code_.move_(reg, value);
  } else if (variable.storage == VariableStorage::kEnvironment) {
    code_.put_slot_(value, own_environment(variable.scope), variable.index);
  }
}

void FunctionCompiler::load_variable(const Variable& variable, Register dst) {
  if (variable.storage == VariableStorage::kRegister) {
    code_.move_(dst, variable_register(&variable));
  } else if (variable.storage == VariableStorage::kEnvironment) {
    code_.get_slot_(dst, own_environment(variable.scope), variable.index);
  } else {
    code_.load_undefined_(dst);
  }
}

// ---- References ----------------------------------------------------------------------------------

// The register of a local that can be written without any check, or 0 (which is never one).
Register FunctionCompiler::own_register(const Reference& reference) {
  if (reference.kind != ReferenceKind::kRegister) return 0;
  if (!reference.is_initialization && (reference.needs_tdz_check || reference.variable->is_constant() ||
                                       reference.variable->kind == VariableKind::kFunctionName)) {
    return 0;
  }
  return variable_register(reference.variable);
}

void FunctionCompiler::load_slot(const Reference& reference, const Name* name, Register dst) {
  size_t own = environments_.size();
  bool is_checked = reference.needs_tdz_check;
  if (reference.hops < own) {
    Register environment = environments_[own - 1 - reference.hops].reg;
    if (is_checked) return code_.get_slot_checked_(dst, environment, reference.slot, string(name));
    return code_.get_slot_(dst, environment, reference.slot);
  }
  auto hops = static_cast<uint32_t>(reference.hops - own);
  if (is_checked) return code_.get_outer_checked_(dst, hops, reference.slot, string(name));
  code_.get_outer_(dst, hops, reference.slot);
}

void FunctionCompiler::store_slot(const Reference& reference, const Name* name, Register value) {
  size_t own = environments_.size();
  bool is_checked = reference.needs_tdz_check && !reference.is_initialization;
  if (reference.hops < own) {
    Register environment = environments_[own - 1 - reference.hops].reg;
    if (is_checked) return code_.put_slot_checked_(value, environment, reference.slot, string(name));
    return code_.put_slot_(value, environment, reference.slot);
  }
  auto hops = static_cast<uint32_t>(reference.hops - own);
  if (is_checked) return code_.put_outer_checked_(value, hops, reference.slot, string(name));
  code_.put_outer_(value, hops, reference.slot);
}

// The variable's own register, or a new temporary with its value.
Register FunctionCompiler::load(const Reference& reference, const Name* name) {
  if (reference.kind == ReferenceKind::kRegister) {
    Register reg = variable_register(reference.variable);
    if (reference.needs_tdz_check) code_.check_tdz_(reg, string(name));
    return reg;
  }
  Register dst = code_.take();
  load(reference, name, dst);
  return dst;
}

void FunctionCompiler::load(const Reference& reference, const Name* name, Register dst) {
  switch (reference.kind) {
    case ReferenceKind::kRegister: {
      Register reg = load(reference, name);
      if (reg != dst) code_.move_(dst, reg);
      return;
    }
    case ReferenceKind::kEnvironment:
      return load_slot(reference, name, dst);
    case ReferenceKind::kGlobal:
      return code_.get_global_(dst, string(name), feedback(FeedbackKind::kGetGlobal));
    case ReferenceKind::kDynamic:
    case ReferenceKind::kDynamicVar: {
      Temporaries temporaries(*this);
      return code_.get_name_(dst, environment_register(), string(name));
    }
    case ReferenceKind::kImport:
      return load_import(reference, name, dst);
    case ReferenceKind::kGlobalThis:
      return code_.load_global_this_(dst);
    case ReferenceKind::kUndefined:
    case ReferenceKind::kUnresolved:
    case ReferenceKind::kUnused:
      return code_.load_undefined_(dst);
  }
}

// The slots of a module's imports follow those of its own variables.
void FunctionCompiler::load_import(const Reference& reference, const Name* name, Register dst) {
  if (program_.module == nullptr) {  // an eval inside the module
    Temporaries temporaries(*this);
    return code_.get_name_(dst, environment_register(), string(name));
  }
  auto hops = static_cast<uint32_t>(reference.hops - environments_.size());
  uint32_t slot = program_.root->scope->environment_size + reference.slot;
  bool is_namespace = program_.module->imports[reference.slot].import_name == nullptr;
  if (is_namespace) return code_.get_outer_(dst, hops, slot);
  code_.get_import_(dst, hops, slot, string(name));
}

// A write to something that cannot be written: what happens instead. False if it can.
bool FunctionCompiler::store_constant(const Reference& reference, const Name* name) {
  bool has_kind = reference.kind == ReferenceKind::kRegister ||
                  reference.kind == ReferenceKind::kEnvironment || reference.kind == ReferenceKind::kImport;
  if (reference.is_initialization || !has_kind) return false;
  switch (reference.variable_kind) {
    case VariableKind::kFunctionName:
      if (is_strict()) code_.throw_const_assignment_(string(name));
      return true;
    case VariableKind::kConst:
    case VariableKind::kUsing:
    case VariableKind::kAwaitUsing:
    case VariableKind::kClassName:
    case VariableKind::kImport: {
      Temporaries temporaries(*this);
      if (reference.needs_tdz_check) load(reference, name);
      code_.throw_const_assignment_(string(name));
      return true;
    }
    default:
      return false;
  }
}

// InitializeReferencedBinding or PutValue. A dynamic name is resolved here: where a right-hand side runs
// in between, prepare() resolves it before.
void FunctionCompiler::store(const Reference& reference, const Name* name, Register value) {
  if (store_constant(reference, name)) return;
  switch (reference.kind) {
    case ReferenceKind::kRegister: {
      Register reg = variable_register(reference.variable);
      if (reference.needs_tdz_check && !reference.is_initialization) code_.check_tdz_(reg, string(name));
      if (reg != value) code_.move_(reg, value);
      return;
    }
    case ReferenceKind::kEnvironment:
      return store_slot(reference, name, value);
    case ReferenceKind::kGlobal:
      if (reference.is_initialization) return code_.initialize_global_(value, string(name));
      return code_.put_global_(value, is_strict(), string(name), feedback(FeedbackKind::kPutGlobal));
    case ReferenceKind::kDynamic:
    case ReferenceKind::kDynamicVar: {
      Temporaries temporaries(*this);
      Register resolved = code_.take();
      code_.resolve_name_(resolved, environment_register(), string(name));
      return code_.put_resolved_(value, resolved, is_strict(), string(name));
    }
    default:
      return;  // a variable that nobody ever reads
  }
}

// ---- this ----------------------------------------------------------------------------------------

Register FunctionCompiler::load_this(const Reference& reference) {
  if (reference.kind == ReferenceKind::kRegister) {
    Register reg = variable_register(reference.variable);
    if (reference.needs_tdz_check && !is_this_bound_) code_.check_this_(reg);
    return reg;
  }
  Register dst = code_.take();
  load_this(reference, dst);
  return dst;
}

void FunctionCompiler::load_this(const Reference& reference, Register dst) {
  Reference unchecked = reference;
  unchecked.needs_tdz_check = false;
  if (reference.kind == ReferenceKind::kRegister) {
    Register reg = load_this(reference);
    if (reg != dst) code_.move_(dst, reg);
    return;
  }
  if (!reference.needs_tdz_check) return load(unchecked, nullptr, dst);
  // dst must not see the uninitialised value.
  Temporaries temporaries(*this);
  Register value = code_.is_local(dst) ? code_.take() : dst;
  load(unchecked, nullptr, value);
  code_.check_this_(value);
  if (value != dst) code_.move_(dst, value);
}

}  // namespace skein::compiler
