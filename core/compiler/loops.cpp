// Loops. https://tc39.es/ecma262/#sec-iteration-statements
//
// A loop with a simple condition is inverted: tested once before it is entered and then at its end, by a
// back-edge that compares. The header of every loop is where its back-edge jumps.
#include "core/compiler/function_compiler.h"
#include "core/compiler/inspect.h"

namespace skein::compiler {

namespace {

Control jump_target(ExitKind kind, const JumpTarget* target, Label& label) {
  Control control{ControlKind::kTarget};
  control.exit = {kind, target};
  control.label = &label;
  return control;
}

}  // namespace

void FunctionCompiler::loop_body(const Loop& node, Label& continue_label) {
  Control target = jump_target(ExitKind::kContinue, node.target, continue_label);
  push(target);
  statement(*node.body);
  pop(target);
  code_.bind(continue_label);
}

// A back-edge to top if the test holds.
void FunctionCompiler::close_loop(const Expression* test, Label& top) {
  Temporaries temporaries(*this);
  if (test == nullptr) return code_.jump_loop_(top);
  if (test->is<BooleanLiteral>()) {
    if (test->as<BooleanLiteral>()->value) code_.jump_loop_(top);
    return;
  }
  if (compare_and_loop(*test, top)) return;
  bool is_condition = test->is<Binary>() || test->is<Logical>() || test->is<Unary>();
  if (is_condition) {
    Label exit;
    branch(*test, false, exit);
    code_.jump_loop_(top);
    return code_.bind(exit);
  }
  code_.jump_loop_if_true_(evaluate(*test), top);
}

bool FunctionCompiler::compare_and_loop(const Expression& test, Label& top) {
  if (!test.is<Binary>()) return false;
  const auto& comparison = *test.as<Binary>();
  bytecode::Opcode opcode;
  switch (comparison.op) {
    case BinaryOperator::kLess:
      opcode = bytecode::Opcode::jump_loop_if_less_;
      break;
    case BinaryOperator::kLessEqual:
      opcode = bytecode::Opcode::jump_loop_if_less_equal_;
      break;
    case BinaryOperator::kGreater:
      opcode = bytecode::Opcode::jump_loop_if_greater_;
      break;
    case BinaryOperator::kGreaterEqual:
      opcode = bytecode::Opcode::jump_loop_if_greater_equal_;
      break;
    default:
      return false;
  }
  Register left = evaluate_before(*comparison.left, {comparison.right});
  std::optional<int> value = small_integer(*comparison.right);
  if (value && comparison.op == BinaryOperator::kLess) {
    mark(comparison.operator_start, comparison);
    code_.jump_loop_if_less_int_(left, *value, top);
    return true;
  }
  Register right = evaluate(*comparison.right);
  mark(comparison.operator_start, comparison);
  code_.emit(opcode, {left, right, top});
  return true;
}

void FunctionCompiler::execute(const While& node) {
  reset_completion();
  Label top, again, end;
  Control target = jump_target(ExitKind::kBreak, node.target, end);
  push(target);
  bool inverts = is_duplicable(*node.test);
  if (inverts) {
    branch(*node.test, false, end);
    code_.bind(top);
  } else {
    code_.bind(top);
    branch(*node.test, false, end);
  }
  loop_body(node, again);
  close_loop(inverts ? node.test : nullptr, top);
  pop(target);
  code_.bind(end);
}

void FunctionCompiler::execute(const DoWhile& node) {
  reset_completion();
  Label top, again, end;
  Control target = jump_target(ExitKind::kBreak, node.target, end);
  push(target);
  code_.bind(top);
  loop_body(node, again);
  close_loop(node.test, top);
  pop(target);
  code_.bind(end);
}

// https://tc39.es/ecma262/#sec-createperiterationenvironment
void FunctionCompiler::per_iteration_copy(const Scope* scope) {
  if (scope == nullptr || !scope->copies_per_iteration || !scope->needs_environment) return;
  Register environment = environments_.back().reg;
  code_.copy_environment_(environment, environment);
}

// https://tc39.es/ecma262/#sec-forbodyevaluation
void FunctionCompiler::execute(const For& node) {
  reset_completion();
  Label end;
  Control target = jump_target(ExitKind::kBreak, node.target, end);
  push(target);
  with_scope(node.scope, [&] {
    if (node.initializer != nullptr) {
      Temporaries temporaries(*this);
      if (node.initializer->is<VariableDeclaration>()) {
        execute(*node.initializer->as<VariableDeclaration>());
      } else {
        evaluate_for_effect(static_cast<const Expression&>(*node.initializer));
      }
    }
    per_iteration_copy(node.scope);
    Label top, again, exit;
    bool inverts = node.test != nullptr && is_duplicable(*node.test);
    if (inverts) branch(*node.test, false, exit);
    code_.bind(top);
    if (!inverts && node.test != nullptr) branch(*node.test, false, exit);
    loop_body(node, again);
    per_iteration_copy(node.scope);
    if (node.update != nullptr) evaluate_for_effect(*node.update);
    close_loop(inverts ? node.test : nullptr, top);
    code_.bind(exit);
  });
  pop(target);
  code_.bind(end);
}

// ---- for-in and for-of ---------------------------------------------------------------------------

// https://tc39.es/ecma262/#sec-runtime-semantics-forinofheadevaluation
// The expression sees the declared names, uninitialised.
Register FunctionCompiler::for_each_subject(const ForEach& node) {
  if (node.scope != nullptr) enter_scope(node.scope);
  Register subject = evaluate(*node.right);
  if (node.scope != nullptr) leave_scope(node.scope);
  return subject;
}

// The loop's variable itself, where each iteration may write it at once; 0 where it may not. A var must
// keep its value when the loop ends.
Register FunctionCompiler::for_each_local(const ForEach& node) {
  if (!node.head->is<VariableDeclaration>()) return 0;
  const auto& declaration = *node.head->as<VariableDeclaration>();
  bool is_lexical = declaration.declaration_kind == DeclarationKind::kLet ||
                    declaration.declaration_kind == DeclarationKind::kConst;
  const Expression& target = *declaration.declarators[0].target;
  if (!is_lexical || !target.is<Identifier>()) return 0;
  const Reference& reference = target.as<Identifier>()->reference;
  bool is_usable = reference.kind == ReferenceKind::kRegister && !reference.variable->needs_tdz;
  return is_usable ? own_register(reference) : 0;
}

void FunctionCompiler::for_each_binding(const ForEach& node, Register value) {
  if (value == for_each_local(node)) return;
  if (!node.head->is<VariableDeclaration>()) {
    return assign_target(static_cast<const Expression&>(*node.head), value);
  }
  const auto& declaration = *node.head->as<VariableDeclaration>();
  bool is_async = declaration.declaration_kind == DeclarationKind::kAwaitUsing;
  if (is_async || declaration.declaration_kind == DeclarationKind::kUsing) {
    code_.add_disposable_resource_(disposable_stacks_.back(), value, is_async);
  }
  assign_target(*declaration.declarators[0].target, value);
}

void FunctionCompiler::for_each_iteration(const ForEach& node, Register value, Label& continue_label) {
  Control target = jump_target(ExitKind::kContinue, node.target, continue_label);
  push(target);
  with_scope(node.scope, [&] {
    for_each_binding(node, value);
    statement(*node.body);
  });
  pop(target);
  code_.bind(continue_label);
}

void FunctionCompiler::execute(const ForIn& node) {
  if (node.head->is<VariableDeclaration>()) {
    const auto& declaration = *node.head->as<VariableDeclaration>();
    if (declaration.declarators[0].initializer != nullptr) execute(declaration);
  }
  reset_completion();
  Register enumerator = code_.take();
  Label top, again, end;
  Control target = jump_target(ExitKind::kBreak, node.target, end);
  push(target);
  {
    Temporaries temporaries(*this);
    Register subject = for_each_subject(node);
    code_.jump_if_nullish_(subject, end);
    mark(*node.right);
    code_.for_in_enumerate_(enumerator, subject);
  }
  Register key = for_each_local(node);
  if (key == 0) key = code_.take();
  code_.bind(top);
  mark(*node.right);
  code_.for_in_next_(key, enumerator, end);
  mark(*node.head);
  for_each_iteration(node, key, again);
  code_.jump_loop_(top);
  pop(target);
  code_.bind(end);
}

void FunctionCompiler::execute(const ForOf& node) {
  reset_completion();
  Control iteration{ControlKind::kIterator};
  iteration.iterator = code_.take(2);
  iteration.is_async = node.is_await;
  {
    Temporaries temporaries(*this);
    Register subject = for_each_subject(node);
    mark(*node.right);
    if (node.is_await) {
      code_.get_async_iterator_(iteration.iterator, subject);
    } else {
      code_.get_iterator_(iteration.iterator, subject);
    }
  }
  for_of_loop(node, iteration);
}

// https://tc39.es/ecma262/#sec-runtime-semantics-forin-div-ofbodyevaluation-lhs-stmt-iterator-lhskind-labelset
void FunctionCompiler::for_of_loop(const ForOf& node, Control& iteration) {
  Register value = for_each_local(node);
  if (value == 0) value = code_.take();
  Register exception = code_.take();
  Label top, again, handler, end;
  Control target = jump_target(ExitKind::kBreak, node.target, end);
  push(target);
  code_.bind(top);
  mark(*node.right);
  if (node.is_await) {
    code_.iterator_next_(value, iteration.iterator);
    await(value, value);
    code_.iterator_unwrap_(value, value, end);
  } else {
    code_.iterator_step_(value, iteration.iterator, end);
  }
  push(iteration);
  open_range(iteration, handler, exception);
  mark(*node.head);
  for_each_iteration(node, value, again);
  pop(iteration);
  code_.jump_loop_(top);
  code_.bind(handler);
  close_iterator_silently(iteration);
  code_.rethrow_(exception);
  pop(target);
  code_.bind(end);
}

}  // namespace skein::compiler
