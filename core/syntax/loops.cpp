// Iteration statements. https://tc39.es/ecma262/#sec-iteration-statements
#include "core/syntax/parser_impl.h"

namespace skein::syntax {

// The jump target of a loop that starts here, also for `continue label` of its own labels.
JumpTarget* Parser::begin_loop(uint32_t direct_labels) {
  JumpTarget* target = arena_.make<JumpTarget>();
  for (size_t i = labels_.size() - direct_labels; i < labels_.size(); ++i) labels_[i].loop = target;
  return target;
}

Statement* Parser::parse_loop_body(JumpTarget* target) {
  JumpTarget* outer_break = std::exchange(break_target_, target);
  JumpTarget* outer_continue = std::exchange(continue_target_, target);
  Statement* body = parse_substatement();
  break_target_ = outer_break;
  continue_target_ = outer_continue;
  return body;
}

Statement* Parser::parse_while(uint32_t direct_labels) {
  uint32_t start = token_.start;
  JumpTarget* target = begin_loop(direct_labels);
  next();
  expect(TokenKind::kLeftParen);
  Expression* test = parse_expression();
  expect(TokenKind::kRightParen);
  Statement* body = parse_loop_body(target);
  auto* node = make<While>(start);
  node->target = target;
  node->test = test;
  node->body = body;
  return node;
}

Statement* Parser::parse_do_while(uint32_t direct_labels) {
  uint32_t start = token_.start;
  JumpTarget* target = begin_loop(direct_labels);
  next();
  Statement* body = parse_loop_body(target);
  expect(TokenKind::kWhile);
  expect(TokenKind::kLeftParen);
  Expression* test = parse_expression();
  expect(TokenKind::kRightParen);
  take(TokenKind::kSemicolon);  // inserted even without a line break
  auto* node = make<DoWhile>(start);
  node->target = target;
  node->test = test;
  node->body = body;
  return node;
}

Statement* Parser::parse_for(uint32_t direct_labels) {
  uint32_t start = token_.start;
  JumpTarget* target = begin_loop(direct_labels);
  next();
  bool is_await = false;
  if (is_await_keyword(token_)) {
    is_await = true;
    if (function_->node->kind == FunctionKind::kProgram) function_->node->is_async = true;
    next();
  } else if (at_word(WellKnownName::await)) {
    fail_here("for await is only valid in async functions and the top level bodies of modules");
  }
  expect(TokenKind::kLeftParen);
  switch (token_.kind) {
    case TokenKind::kSemicolon:
      if (is_await) unexpected();
      return parse_for_rest(start, nullptr, nullptr, target);
    case TokenKind::kVar:
      return parse_for_declaration(DeclarationKind::kVar, start, is_await, target);
    case TokenKind::kConst:
      return parse_for_declaration(DeclarationKind::kConst, start, is_await, target);
    case TokenKind::kIdentifier: {
      if (at_lexical_let()) return parse_for_declaration(DeclarationKind::kLet, start, is_await, target);
      bool is_using = false;
      DeclarationKind kind = at_using(is_using);
      // [lookahead ≠ using of]: the word is the loop's variable.
      if (is_using && kind == DeclarationKind::kUsing && is_word(peek(), WellKnownName::of)) {
        Snapshot before = save();
        next();
        is_using = peek().kind == TokenKind::kAssign || peek().kind == TokenKind::kSemicolon ||
                   peek().kind == TokenKind::kColon;
        restore(before);
      }
      if (is_using) return parse_for_declaration(kind, start, is_await, target);
      break;
    }
    default:
      break;
  }
  return parse_for_expression(start, is_await, target);
}

// At var, let, const, using or await using.
Statement* Parser::parse_for_declaration(DeclarationKind kind, uint32_t start, bool is_await,
                                         JumpTarget* target) {
  Scope* scope = kind == DeclarationKind::kVar ? nullptr : push_scope(ScopeKind::kFor);
  uint32_t declaration_start = token_.start;
  if (kind == DeclarationKind::kAwaitUsing) next();
  next();
  allow_in_ = false;
  VariableDeclaration* declaration = parse_declarators(kind, declaration_start, true);
  allow_in_ = true;
  Statement* result = nullptr;
  bool is_of = at_word(WellKnownName::of);
  if (is_of || at(TokenKind::kIn)) {
    check_for_each_declaration(declaration, is_of);
    if (kind == DeclarationKind::kVar) mark_written(declaration->declarators[0].target);
    if (scope != nullptr) scope->kind = ScopeKind::kForEach;
    result = parse_for_each(start, declaration, scope, is_await, target);
  } else {
    if (is_await) unexpected();
    result = parse_for_rest(start, declaration, scope, target);
  }
  if (scope != nullptr) pop_scope();
  return result;
}

// https://tc39.es/ecma262/#sec-for-in-and-for-of-statements-static-semantics-early-errors
void Parser::check_for_each_declaration(VariableDeclaration* declaration, bool is_of) {
  const char* loop = is_of ? "for-of" : "for-in";
  if (declaration->declarators.size() != 1) {
    return fail_at(std::string("Invalid left-hand side in ") + loop + " loop: Must have a single binding.",
                   *declaration);
  }
  bool is_using = declaration->declaration_kind == DeclarationKind::kUsing ||
                  declaration->declaration_kind == DeclarationKind::kAwaitUsing;
  if (is_using && !is_of) return fail_at("Using declarations are not allowed in for-in loops", *declaration);
  const Declarator& declarator = declaration->declarators[0];
  if (declarator.initializer == nullptr) return;
  // https://tc39.es/ecma262/#sec-initializers-in-forin-statement-heads
  bool is_allowed = !is_of && !is_strict_ && declaration->declaration_kind == DeclarationKind::kVar &&
                    declarator.target->is<Identifier>();
  if (!is_allowed) {
    fail_at(std::string(loop) + " loop variable declaration may not have an initializer.", *declaration);
  }
}

Statement* Parser::parse_for_expression(uint32_t start, bool is_await, JumpTarget* target) {
  Token first = token_;
  Snapshot before = save();
  bool starts_with_let = at_word(WellKnownName::let);
  allow_in_ = false;
  Pending outer = std::exchange(pending_, {});
  Expression* expression = parse_expression_cover();
  allow_in_ = true;
  bool is_of = at_word(WellKnownName::of);
  if (!is_of && !at(TokenKind::kIn)) {
    report_pending();
    pending_ = outer;
    if (is_await) unexpected();
    return parse_for_rest(start, expression, nullptr, target);
  }
  bool is_pattern =
      !expression->is_parenthesized && (expression->is<ArrayLiteral>() || expression->is<ObjectLiteral>());
  if (is_pattern) pending_ = {};
  report_pending();
  pending_ = outer;
  if (is_of && starts_with_let)
    fail("The left-hand side of a for-of loop may not be 'let'.", first.start, first.end);
  bool is_async_word = expression->is<Identifier>() && !expression->is_parenthesized && !is_await &&
                       is_word(before.token, WellKnownName::async);
  if (is_of && is_async_word) fail_at("The left-hand side of a for-of loop may not be 'async'.", *expression);
  Expression* head = to_target(expression, TargetUse::kForLoop);
  return parse_for_each(start, head, nullptr, is_await, target);
}

// At the first semicolon.
Statement* Parser::parse_for_rest(uint32_t start, Node* initializer, Scope* scope, JumpTarget* target) {
  expect(TokenKind::kSemicolon);
  Expression* test = at(TokenKind::kSemicolon) ? nullptr : parse_expression();
  expect(TokenKind::kSemicolon);
  Expression* update = at(TokenKind::kRightParen) ? nullptr : parse_expression();
  expect(TokenKind::kRightParen);
  Statement* body = parse_loop_body(target);
  auto* node = make<For>(start);
  node->target = target;
  node->scope = scope;
  node->initializer = initializer;
  node->test = test;
  node->update = update;
  node->body = body;
  return node;
}

// At `in` or `of`.
Statement* Parser::parse_for_each(uint32_t start, Node* head, Scope* scope, bool is_await,
                                  JumpTarget* target) {
  bool is_of = !at(TokenKind::kIn);
  if (is_await && !is_of) unexpected();
  next();
  Expression* right = is_of ? parse_assignment() : parse_expression();
  expect(TokenKind::kRightParen);
  // The right-hand side sees the variables uninitialised, the body does not.
  if (scope != nullptr) set_initialized(0, previous_end_);
  Statement* body = parse_loop_body(target);
  ForEach* node = nullptr;
  if (is_of) {
    auto* for_of = make<ForOf>(start);
    for_of->is_await = is_await;
    node = for_of;
  } else {
    node = make<ForIn>(start);
  }
  node->target = target;
  node->scope = scope;
  node->head = head;
  node->right = right;
  node->body = body;
  return node;
}

}  // namespace skein::syntax
