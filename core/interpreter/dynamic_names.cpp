// Names that only run time can resolve: inside `with`, near a sloppy direct eval, in eval code.
//
// Environments are reachable from the register that a walk starts at, so they need no other root.
#include "core/interpreter/slow_paths.h"
#include "core/runtime/errors.h"

namespace skein {

using bytecode::BindingKind;
using Binding = bytecode::ScopeDescriptor::Binding;

namespace {

bool is_strict(Interpreter& vm) { return vm.frame->code->executable().is_strict; }

// https://tc39.es/ecma262/#sec-object-environment-records-hasbinding-n
Completion<bool> with_has_binding(Agent& agent, Object* object, FlatString* name) {
  if (!TRY(has_property(agent, object, name))) return false;
  Root<Value> unscopables(agent, TRY(get(agent, object, agent.well_known(WellKnownSymbol::kUnscopables))));
  if (!unscopables->is_object()) return true;
  return !to_boolean(TRY(get(agent, unscopables->as_object(), name)));
}

PropertyLocation find_dynamic_var(EnvironmentNames* names, FlatString* name) {
  return names->dynamic_vars.get() == nullptr ? PropertyLocation{} : names->dynamic_vars->lookup(name);
}

bool is_visible(const Binding* binding) {
  return binding != nullptr && binding->kind != BindingKind::kPrivateName && binding->kind != BindingKind::kInternal;
}

Completion<bool> has_binding(Agent& agent, Environment* environment, FlatString* name) {
  if (environment->is_with()) return with_has_binding(agent, environment->with_object(), name);
  EnvironmentNames* names = environment->names();
  if (names == nullptr) return false;
  return is_visible(names->find(name)) || find_dynamic_var(names, name);
}

// The environment that has the binding, or null: then it is the global one's, if any.
Completion<bool> find_environment(Agent& agent, Environment* start, FlatString* name, Environment** found) {
  for (Environment* environment = start; environment != nullptr; environment = environment->parent()) {
    if (!TRY(has_binding(agent, environment, name))) continue;
    *found = environment;
    return true;
  }
  *found = nullptr;
  return false;
}

// GetBindingValue of a record that is not the global one.
Completion<Value> get_binding(Interpreter& vm, Environment* environment, FlatString* name) {
  Agent& agent = vm.agent;
  if (environment->is_with()) {
    Object* object = environment->with_object();
    if (!TRY(has_property(agent, object, name))) {
      if (is_strict(vm)) return throw_not_defined(vm, name);
      return Value::undefined();
    }
    return get(agent, object, name);
  }
  EnvironmentNames* names = environment->names();
  if (const Binding* binding = names->find(name); is_visible(binding)) {
    Value value = environment->get(binding->slot);
    if (value.is_kind(CellKind::kImportReference)) value = value.as<ImportReference>()->get();
    if (value.is_empty()) return throw_uninitialized(vm, name);
    return value;
  }
  PropertyLocation location = find_dynamic_var(names, name);
  if (!location) return throw_not_defined(vm, name);
  return names->dynamic_vars->slot(location.slot);
}

void add_dynamic_var(Agent& agent, EnvironmentNames* names, FlatString* name, Value value) {
  if (names->dynamic_vars.get() == nullptr) names->dynamic_vars.set(names, make_object_with_prototype(agent, nullptr));
  names->dynamic_vars->add_property(agent, name, value, kDefaultAttributes);
}

// SetMutableBinding of a record that is not the global one.
Completion<void> set_binding(Interpreter& vm, Environment* environment, FlatString* name, Value value, bool strict) {
  Agent& agent = vm.agent;
  if (environment->is_with()) {
    Object* object = environment->with_object();
    if (!TRY(has_property(agent, object, name)) && strict) return throw_not_defined(vm, name);
    return set(agent, object, name, value, strict);
  }
  EnvironmentNames* names = environment->names();
  if (const Binding* binding = names->find(name); is_visible(binding)) {
    if (environment->get(binding->slot).is_empty()) return throw_uninitialized(vm, name);
    switch (binding->kind) {
      case BindingKind::kConst:
      case BindingKind::kImport:
        return throw_const_assignment(vm);
      case BindingKind::kFunctionName:
        if (strict || binding->is_strict) return throw_const_assignment(vm);
        return {};
      default:
        environment->set(binding->slot, value);
        return {};
    }
  }
  if (PropertyLocation location = find_dynamic_var(names, name)) {
    names->dynamic_vars->set_slot(location.slot, value);
  } else if (strict) {
    return throw_not_defined(vm, name);
  } else {
    add_dynamic_var(agent, names, name, value);
  }
  return {};
}

}  // namespace

Value create_environment(Interpreter& vm, Value parent, uint32_t scope_index) {
  Code* code = vm.frame->code;
  const bytecode::ScopeDescriptor& scope = code->executable().scopes[scope_index];
  gc::Heap& heap = vm.agent.heap();
  EnvironmentNames* names = nullptr;
  if (scope.exposes_names || scope.is_extensible) names = heap.make<EnvironmentNames>(code, &scope);
  return Value::cell(Environment::make(heap, as_environment(parent), names, scope.slot_count));
}

Value copy_environment(Interpreter& vm, Value value) {
  Environment* source = as_environment(value);
  Environment* copy = Environment::make(vm.agent.heap(), source->parent(), source->names(), source->slot_count());
  for (uint32_t i = 0; i < source->slot_count(); ++i) copy->set(i, source->get(i));
  return Value::cell(copy);
}

Completion<Value> get_name(Interpreter& vm, Value start, FlatString* name, Unresolvable unresolvable) {
  Environment* found;
  if (TRY(find_environment(vm.agent, as_environment(start), name, &found))) return get_binding(vm, found, name);
  return get_global_slow(vm, name, nullptr, unresolvable);
}

Completion<void> get_name_callee(Interpreter& vm, Value* result, Value start, FlatString* name) {
  Environment* found;
  if (!TRY(find_environment(vm.agent, as_environment(start), name, &found))) {
    result[0] = TRY(get_global_slow(vm, name, nullptr, Unresolvable::kThrow));
    result[1] = Value::undefined();
    return {};
  }
  // `result` may be the very register that keeps the environment alive.
  Root<Value> kept(vm.agent, Value::cell(found));
  Value value = TRY(get_binding(vm, found, name));
  result[0] = value;
  result[1] = found->is_with() ? Value(found->with_object()) : Value::undefined();
  return {};
}

// An environment; null for the global environment record; undefined when unresolvable.
Completion<Value> resolve_name(Interpreter& vm, Value start, FlatString* name) {
  Environment* found;
  if (TRY(find_environment(vm.agent, as_environment(start), name, &found))) return Value::cell(found);
  Value is_global = TRY(has_global(vm, name));
  return is_global.is_true() ? Value::null() : Value::undefined();
}

Completion<Value> get_resolved(Interpreter& vm, Value reference, FlatString* name) {
  if (reference.is_undefined()) return throw_not_defined(vm, name);
  if (reference.is_null())
    return get_global_slow(vm, name, nullptr, is_strict(vm) ? Unresolvable::kThrow : Unresolvable::kUndefined);
  return get_binding(vm, as_environment(reference), name);
}

Completion<void> put_resolved(Interpreter& vm, Value reference, FlatString* name, Value value, bool strict) {
  if (reference.is_undefined()) {
    if (strict) return throw_not_defined(vm, name);
    return set(vm.agent, vm.frame->code->realm()->global_object(), name, value, false);
  }
  if (reference.is_null()) return put_global_slow(vm, name, value, strict, nullptr);
  return set_binding(vm, as_environment(reference), name, value, strict);
}

Completion<Value> delete_name(Interpreter& vm, Value start, FlatString* name) {
  Agent& agent = vm.agent;
  Environment* found;
  if (!TRY(find_environment(agent, as_environment(start), name, &found))) return delete_global(vm, name);
  if (found->is_with()) return Value::boolean(TRY(delete_property(agent, found->with_object(), name)));
  EnvironmentNames* names = found->names();
  if (is_visible(names->find(name))) return Value::boolean(false);
  names->dynamic_vars->remove_property(agent, name);
  return Value::boolean(true);
}

// --- https://tc39.es/ecma262/#sec-evaldeclarationinstantiation -------------------------------------------

namespace {

// Null: the global environment.
Environment* variable_environment(Environment* environment) {
  for (; environment != nullptr; environment = environment->parent())
    if (environment->names() != nullptr && environment->names()->scope->is_variable_scope) return environment;
  return nullptr;
}

// Whether a var of that name would cross a lexical binding on its way out to `variables`.
bool crosses_binding(Environment* start, Environment* variables, FlatString* name) {
  for (Environment* environment = start; environment != nullptr; environment = environment->parent()) {
    EnvironmentNames* names = environment->names();
    const Binding* binding = names == nullptr ? nullptr : names->find(name);
    const bool conflicts = is_visible(binding) && binding->kind != BindingKind::kCatchParameter;
    if (environment == variables) {
      // Top-level let and const of a function share the environment of its vars.
      const bool is_lexical = conflicts && (binding->kind == BindingKind::kLet || binding->kind == BindingKind::kConst);
      return is_lexical || (conflicts && names->scope->is_parameter_scope);
    }
    if (conflicts) return true;
  }
  return false;
}

bool has_var(EnvironmentNames* names, FlatString* name) { return is_visible(names->find(name)) || find_dynamic_var(names, name); }

}  // namespace

Completion<void> declare_eval(Interpreter& vm, Value start, uint32_t index) {
  Agent& agent = vm.agent;
  Code* code = vm.frame->code;
  const bytecode::Declarations& declarations = code->executable().declarations[index];
  Environment* environment = as_environment(start);
  Environment* variables = variable_environment(environment);
  Realm* realm = code->realm();
  for (const auto* names : {&declarations.functions, &declarations.vars}) {
    for (uint32_t string : *names) {
      FlatString* name = code->atom(string);
      if (crosses_binding(environment, variables, name) || (variables == nullptr && has_lexical_declaration(realm, name)))
        return throw_syntax_error(agent, {"Identifier '", name->to_utf8(), "' has already been declared"});
    }
  }
  if (variables != nullptr) return {};
  Object* global = realm->global_object();
  for (size_t i = declarations.functions.size(); i-- > 0;) {
    FlatString* name = code->atom(declarations.functions[i]);
    if (!TRY(can_declare_global_function(agent, global, name)))
      return throw_type_error(agent, {"Cannot declare global function '", name->to_utf8(), "'"});
  }
  for (uint32_t string : declarations.vars) {
    FlatString* name = code->atom(string);
    if (!TRY(can_declare_global_var(agent, global, name)))
      return throw_type_error(agent, {"Cannot declare global variable '", name->to_utf8(), "'"});
  }
  return {};
}

Completion<void> declare_eval_function(Interpreter& vm, Value start, FlatString* name, Value function) {
  Environment* variables = variable_environment(as_environment(start));
  if (variables == nullptr) return declare_global_function(vm, name, function, true);
  if (has_var(variables->names(), name)) return set_binding(vm, variables, name, function, false);
  add_dynamic_var(vm.agent, variables->names(), name, function);
  return {};
}

Completion<void> declare_eval_var(Interpreter& vm, Value start, FlatString* name) {
  Environment* variables = variable_environment(as_environment(start));
  if (variables == nullptr) return declare_global_var(vm, name, true);
  if (!has_var(variables->names(), name)) add_dynamic_var(vm.agent, variables->names(), name, Value::undefined());
  return {};
}

// https://tc39.es/ecma262/#sec-web-compat-evaldeclarationinstantiation
Completion<bool> declare_eval_annex_b(Interpreter& vm, Value start, FlatString* name) {
  Environment* environment = as_environment(start);
  Environment* variables = variable_environment(environment);
  if (crosses_binding(environment, variables, name)) return false;
  if (variables == nullptr) return declare_global_annex_b(vm, name, true);
  TRY(declare_eval_var(vm, start, name));
  return true;
}

Completion<void> put_eval_var(Interpreter& vm, Value start, FlatString* name, Value value) {
  Environment* variables = variable_environment(as_environment(start));
  if (variables == nullptr) return put_global_slow(vm, name, value, false, nullptr);
  return set_binding(vm, variables, name, value, false);
}

}  // namespace skein
