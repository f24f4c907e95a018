// Statements and declarations. https://tc39.es/ecma262/#sec-ecmascript-language-statements-and-declarations
//
// Completion values. Scripts and evals keep theirs in a register: expression statements write it, and
// statements whose value is never empty (UpdateEmpty with undefined) reset it when they start.
#include "core/compiler/function_compiler.h"
#include "core/compiler/inspect.h"

namespace skein::compiler {

void FunctionCompiler::statement(const Statement& statement) {
  Temporaries temporaries(*this);
  switch (statement.kind) {
#define V(name)           \
  case NodeKind::k##name: \
    return execute(*statement.as<name>());
    SKEIN_STATEMENT_NODES(V)
#undef V
    default:
      SKEIN_UNREACHABLE();
  }
}

void FunctionCompiler::statements(StatementList list) {
  for (const Statement* node : list) statement(*node);
}

void FunctionCompiler::reset_completion() {
  if (wants_completion_) code_.load_undefined_(completion_);
}

// ---- Declarations --------------------------------------------------------------------------------

void FunctionCompiler::execute(const VariableDeclaration& node) {
  for (const Declarator& declarator : node.declarators) {
    Temporaries temporaries(*this);
    bind_declarator(node, declarator);
  }
}

void FunctionCompiler::bind_declarator(const VariableDeclaration& node, const Declarator& declarator) {
  const Expression& target = *declarator.target;
  if (!target.is<Identifier>()) return destructure(target, evaluate(*declarator.initializer), declarator.initializer);
  const auto& identifier = *target.as<Identifier>();
  bool is_using = node.declaration_kind == DeclarationKind::kUsing ||
                  node.declaration_kind == DeclarationKind::kAwaitUsing;
  if (declarator.initializer == nullptr) {
    if (node.declaration_kind == DeclarationKind::kVar) return;
    Register local = own_register(identifier.reference);
    Register value = local != 0 ? local : code_.take();
    code_.load_undefined_(value);
    if (local == 0) store(identifier.reference, identifier.name, value);
    return;
  }
  Register local = own_register(identifier.reference);
  if (local != 0 && !is_using) return evaluate_named_into(*declarator.initializer, identifier.name, local);
  Place place = prepare(target, declarator.initializer);
  Register value;
  if (is_anonymous_function(*declarator.initializer)) {
    evaluate_named_into(*declarator.initializer, identifier.name, value = code_.take());
  } else {
    value = evaluate(*declarator.initializer);
  }
  if (is_using) {
    mark(*declarator.initializer);
    code_.add_disposable_resource_(disposable_stacks_.back(), value,
                                   node.declaration_kind == DeclarationKind::kAwaitUsing);
  }
  write(place, value);
}

void FunctionCompiler::execute(const FunctionDeclaration& node) {
  if (node.hoists_to_var) copy_to_var(node);
}

// Annex B.3.3: evaluating the declaration assigns the block's function to the var of its name.
void FunctionCompiler::copy_to_var(const FunctionDeclaration& node) {
  const Name* name = node.binding->name;
  Label end;
  bool is_top_level = function_.kind == FunctionKind::kProgram;
  if (is_top_level) {
    auto allowed = annex_b_allowed_.find(name);
    if (allowed != annex_b_allowed_.end()) code_.jump_if_false_(allowed->second, end);
  }
  Register value = load(node.annex_b_value, name);
  if (is_top_level && node.annex_b_var.kind == ReferenceKind::kDynamicVar) {
    code_.put_eval_var_(value, environment_register(), string(name));
  } else {
    store(node.annex_b_var, name, value);
  }
  code_.bind(end);
}

void FunctionCompiler::execute(const ClassDeclaration& node) {
  const Identifier& binding = *node.node->binding;
  Register value = code_.take();
  bool is_default = node.node->name == nullptr;
  class_into(*node.node, is_default ? program_.names.get(WellKnownName::default_) : node.node->name, nullptr,
             value);
  store(binding.reference, binding.name, value);
}

void FunctionCompiler::execute(const ImportDeclaration&) {}

void FunctionCompiler::execute(const ExportDeclaration& node) {
  if (node.declaration != nullptr) statement(*node.declaration);
}

void FunctionCompiler::execute(const ExportDefault& node) {
  if (node.declaration != nullptr) return statement(*node.declaration);
  Register value = code_.take();
  evaluate_named_into(*node.expression, program_.names.get(WellKnownName::default_), value);
  Reference binding = node.binding;
  binding.is_initialization = true;
  store(binding, program_.names.get(WellKnownName::default_export), value);
}

// ---- Simple statements ---------------------------------------------------------------------------

void FunctionCompiler::execute(const EmptyStatement&) {}

void FunctionCompiler::execute(const DebuggerStatement&) {
  code_.nop_();
}

void FunctionCompiler::execute(const ExpressionStatement& node) {
  if (wants_completion_) return evaluate_into(*node.expression, completion_);
  evaluate_for_effect(*node.expression);
}

void FunctionCompiler::execute(const Block& node) {
  if (node.scope == nullptr) return statements(node.statements);
  with_scope(node.scope, [&] {
    if (node.scope->kind == ScopeKind::kStaticBlock) initialize_vars(*node.scope);
    instantiate_functions(*node.scope);
    statements(node.statements);
  });
}

// else-if chains can be of any length, so they are walked.
void FunctionCompiler::execute(const If& node) {
  reset_completion();
  Label end;
  const If* link = &node;
  while (true) {
    Label otherwise;
    branch(*link->test, false, otherwise);
    statement(*link->consequent);
    if (link->alternate != nullptr) code_.jump_(end);
    code_.bind(otherwise);
    if (link->alternate == nullptr) break;
    if (!link->alternate->is<If>()) {
      statement(*link->alternate);
      break;
    }
    link = link->alternate->as<If>();
  }
  code_.bind(end);
}

void FunctionCompiler::execute(const Throw& node) {
  Register value = evaluate(*node.argument);
  mark(node);
  code_.throw_(value);
}

void FunctionCompiler::execute(const Return& node) {
  Register value;
  if (node.argument == nullptr) {
    code_.load_undefined_(value = code_.take());
  } else if (is_generator() && is_async()) {
    value = evaluate_to_temporary(*node.argument);
    mark(node);
    await(value, value);
  } else {
    value = evaluate(*node.argument);
  }
  mark(node);
  return_value(value);
}

void FunctionCompiler::execute(const Break& node) {
  mark(node);
  leave({ExitKind::kBreak, node.target}, 0);
}

void FunctionCompiler::execute(const Continue& node) {
  mark(node);
  leave({ExitKind::kContinue, node.target}, 0);
}

void FunctionCompiler::execute(const Labelled& node) {
  Label end;
  Control target{ControlKind::kTarget};
  target.exit = {ExitKind::kBreak, node.target};
  target.label = &end;
  push(target);
  statement(*node.body);
  pop(target);
  code_.bind(end);
}

// https://tc39.es/ecma262/#sec-with-statement
void FunctionCompiler::execute(const With& node) {
  Register environment = code_.take();
  evaluate_into(*node.object, environment);
  reset_completion();
  mark(*node.object);
  code_.to_object_(environment, environment);
  {
    Temporaries temporaries(*this);
    code_.create_with_environment_(environment, environment_register(), environment);
  }
  environments_.push_back({node.scope, environment});
  statement(*node.body);
  environments_.pop_back();
}

// https://tc39.es/ecma262/#sec-switch-statement
void FunctionCompiler::execute(const Switch& node) {
  Register value = evaluate_to_temporary(*node.discriminant);
  reset_completion();
  Label end;
  Control target{ControlKind::kTarget};
  target.exit = {ExitKind::kBreak, node.target};
  target.label = &end;
  push(target);
  with_scope(node.scope, [&] {
    if (node.scope != nullptr) instantiate_functions(*node.scope);
    std::vector<Label> labels(node.cases.size());
    Label* otherwise = nullptr;
    Label nothing;
    for (size_t i = 0; i < labels.size(); ++i) {
      const Expression* test = node.cases[i].test;
      if (test == nullptr) {
        otherwise = &labels[i];
        continue;
      }
      Temporaries temporaries(*this);
      if (std::optional<int> number = small_integer(*test)) {
        code_.jump_if_strict_equal_int_(value, *number, labels[i]);
      } else {
        code_.jump_if_strict_equal_(value, evaluate(*test), labels[i]);
      }
    }
    code_.jump_(otherwise != nullptr ? *otherwise : nothing);
    for (size_t i = 0; i < labels.size(); ++i) {
      code_.bind(labels[i]);
      statements(node.cases[i].statements);
    }
    code_.bind(nothing);
  });
  pop(target);
  code_.bind(end);
}

// ---- try -----------------------------------------------------------------------------------------

// https://tc39.es/ecma262/#sec-try-statement
void FunctionCompiler::execute(const Try& node) {
  reset_completion();
  if (node.finalizer == nullptr) return try_catch(node);
  auto body = [&] {
    if (node.handler != nullptr) {
      try_catch(node);
    } else {
      statement(*node.block);
    }
  };
  with_finally(body, [&](Control&) {
    if (!wants_completion_) return statement(*node.finalizer);
    // The value of a finally block that completes normally is dropped.
    Temporaries temporaries(*this);
    Register saved = code_.take();
    code_.move_(saved, completion_);
    reset_completion();
    statement(*node.finalizer);
    code_.move_(completion_, saved);
  });
}

void FunctionCompiler::try_catch(const Try& node) {
  Temporaries temporaries(*this);
  Register exception = code_.take();
  Label handler, end;
  Control control{ControlKind::kHandler};
  push(control);
  open_range(control, handler, exception);
  statement(*node.block);
  pop(control);
  code_.jump_(end);
  code_.bind(handler);
  reset_completion();
  with_scope(node.catch_scope, [&] {
    if (node.parameter != nullptr) assign_target(*node.parameter, exception);
    statement(*node.handler);
  });
  code_.bind(end);
}

}  // namespace skein::compiler
