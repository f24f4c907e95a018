// Statements and declarations, without loops.
// https://tc39.es/ecma262/#sec-ecmascript-language-statements-and-declarations
#include "core/syntax/parser_impl.h"

namespace skein::syntax {

StatementList Parser::parse_statement_list(TokenKind end) {
  std::vector<Statement*> statements;
  while (!at(end) && !at(TokenKind::kEnd)) statements.push_back(parse_statement_list_item());
  return to_span(statements);
}

// Whether `let` starts a lexical declaration here.
bool Parser::at_lexical_let() {
  if (!at_word(WellKnownName::let)) return false;
  const Token& after = peek();
  return after.kind == TokenKind::kIdentifier || after.kind == TokenKind::kLeftBracket ||
         after.kind == TokenKind::kLeftBrace || after.kind == TokenKind::kEscapedReservedWord;
}

// Whether `using` or `await using` starts a declaration here; leaves the cursor alone.
// https://tc39.es/ecma262/#prod-UsingDeclaration
DeclarationKind Parser::at_using(bool& found) {
  found = false;
  if (at_word(WellKnownName::using_)) {
    const Token& after = peek();
    found = after.kind == TokenKind::kIdentifier && !after.newline_before;
    return DeclarationKind::kUsing;
  }
  if (is_await_keyword(token_) && is_word(peek(), WellKnownName::using_) && !peek().newline_before) {
    Snapshot before = save();
    next();
    const Token& after = peek();
    found = after.kind == TokenKind::kIdentifier && !after.newline_before;
    restore(before);
  }
  return DeclarationKind::kAwaitUsing;
}

Statement* Parser::parse_statement_list_item(ClauseStatements clause) {
  uint32_t start = token_.start;
  switch (token_.kind) {
    case TokenKind::kFunction:
      return parse_function_declaration(start, false, false);
    case TokenKind::kAt:
    case TokenKind::kClass:
      return parse_class_declaration(false);
    case TokenKind::kConst:
      return parse_lexical_declaration(DeclarationKind::kConst);
    case TokenKind::kIdentifier: {
      if (at_word(WellKnownName::async) && peek().kind == TokenKind::kFunction && !peek().newline_before) {
        next();
        return parse_function_declaration(start, true, false);
      }
      if (at_lexical_let()) return parse_lexical_declaration(DeclarationKind::kLet);
      bool is_using = false;
      DeclarationKind kind = at_using(is_using);
      if (!is_using) break;
      check_using_allowed(start, clause);
      return parse_lexical_declaration(kind);
    }
    default:
      break;
  }
  return parse_statement(LabelledFunctions::kAllow);
}

void Parser::check_using_allowed(uint32_t position, ClauseStatements clause) {
  if (clause == ClauseStatements::kSwitchClause) {
    fail("Using declarations are not allowed directly in switch clauses", position, position + 5);
  } else if (scope_->kind == ScopeKind::kScript || scope_->kind == ScopeKind::kEval) {
    fail("Using declarations are not allowed at the top level of scripts", position, position + 5);
  }
}

// A statement that is no declaration, in a place of its own (the body of a loop, an if, ...).
Statement* Parser::parse_substatement() {
  return parse_statement(LabelledFunctions::kRefuse);
}

Statement* Parser::parse_statement(LabelledFunctions functions) {
  DepthGuard guard(*this);
  uint32_t direct_labels = std::exchange(direct_labels_, 0);
  uint32_t start = token_.start;
  switch (token_.kind) {
    case TokenKind::kLeftBrace:
      return parse_block();
    case TokenKind::kSemicolon:
      next();
      return make<EmptyStatement>(start);
    case TokenKind::kVar:
      return parse_variable_statement();
    case TokenKind::kIf:
      return parse_if();
    case TokenKind::kFor:
      return parse_for(direct_labels);
    case TokenKind::kWhile:
      return parse_while(direct_labels);
    case TokenKind::kDo:
      return parse_do_while(direct_labels);
    case TokenKind::kContinue:
    case TokenKind::kBreak:
      return parse_jump();
    case TokenKind::kReturn:
      return parse_return();
    case TokenKind::kWith:
      return parse_with();
    case TokenKind::kSwitch:
      return parse_switch();
    case TokenKind::kThrow:
      return parse_throw();
    case TokenKind::kTry:
      return parse_try();
    case TokenKind::kDebugger: {
      next();
      expect_semicolon();
      return make<DebuggerStatement>(start);
    }
    case TokenKind::kFunction:
      return parse_function_statement(functions);
    case TokenKind::kClass:
    case TokenKind::kConst:
      unexpected();
      return make<EmptyStatement>(start);
    default:
      return parse_expression_or_labelled(direct_labels, functions);
  }
}

// A function where only statements may stand: an error, but for the label of a sloppy one.
Statement* Parser::parse_function_statement(LabelledFunctions functions) {
  bool is_labelled = functions == LabelledFunctions::kAllow;
  if (is_strict_ || !is_labelled) {
    fail_here(is_strict_
                  ? "In strict mode code, functions can only be declared at top level or inside a block."
                  : "In non-strict mode code, functions can only be declared at top level, inside a block, "
                    "or as the body of an if statement.");
  }
  if (peek().kind == TokenKind::kMultiply)
    fail_here("Generators can only be declared at the top level or inside a block.");
  return parse_function_declaration(token_.start, false, false);
}

Statement* Parser::parse_expression_or_labelled(uint32_t direct_labels, LabelledFunctions functions) {
  uint32_t start = token_.start;
  if (at_identifier()) {
    const Token& after = peek();
    // https://tc39.es/ecma262/#prod-ExpressionStatement: the lookahead restrictions
    if (at_word(WellKnownName::async) && after.kind == TokenKind::kFunction && !after.newline_before) {
      fail_here("Async functions can only be declared at the top level or inside a block.");
    }
    bool starts_let = at_word(WellKnownName::let) &&
                      (after.kind == TokenKind::kLeftBracket ||
                       (!after.newline_before &&
                        (after.kind == TokenKind::kLeftBrace || after.kind == TokenKind::kIdentifier)));
    if (starts_let) fail_here("Lexical declaration cannot appear in a single-statement context");
    if (after.kind == TokenKind::kColon && !is_yield_keyword(token_) && !is_await_keyword(token_)) {
      Token label = token_;
      check_identifier(label.name, label.start, label.end);
      next();
      next();
      auto* name = make<Identifier>(label.start);
      name->name = label.name;
      return parse_labelled(name, direct_labels, functions);
    }
  }
  Expression* expression = parse_expression();
  expect_semicolon();
  auto* node = make<ExpressionStatement>(start);
  node->expression = expression;
  return node;
}

// Behind the colon. https://tc39.es/ecma262/#sec-labelled-statements
Statement* Parser::parse_labelled(Identifier* label, uint32_t direct_labels, LabelledFunctions functions) {
  if (find_label(label->name) != nullptr) {
    fail("Label '" + label->name->to_utf8() + "' has already been declared", label->start,
         label->start + label->name->length());
  }
  JumpTarget* target = arena_.make<JumpTarget>();
  labels_.push_back({label->name, target, nullptr});
  direct_labels_ = direct_labels + 1;
  bool is_function = at(TokenKind::kFunction);
  Statement* body = parse_statement(functions);
  if (is_function && is_strict_) unexpected();
  direct_labels_ = 0;
  labels_.pop_back();
  auto* node = make<Labelled>(label->start);
  node->label = label->name;
  node->target = target;
  node->body = body;
  return node;
}

const Parser::Label* Parser::find_label(const Name* name) const {
  for (size_t i = labels_.size(); i > function_->first_label; --i) {
    if (labels_[i - 1].name == name) return &labels_[i - 1];
  }
  return nullptr;
}

// ---------------------------------------------------------------- blocks and declarations

Block* Parser::parse_block() {
  return parse_block_in_scope(push_scope(ScopeKind::kBlock));
}

// REQUIRES: `scope` is the current scope; leaves it.
Block* Parser::parse_block_in_scope(Scope* scope) {
  uint32_t start = token_.start;
  expect(TokenKind::kLeftBrace);
  StatementList statements = parse_statement_list(TokenKind::kRightBrace);
  expect(TokenKind::kRightBrace);
  pop_scope();
  auto* node = make<Block>(start);
  node->scope = used(scope);
  node->statements = statements;
  return node;
}

Statement* Parser::parse_variable_statement() {
  uint32_t start = token_.start;
  next();
  VariableDeclaration* node = parse_declarators(DeclarationKind::kVar, start, false);
  expect_semicolon();
  node->end = previous_end_;
  return node;
}

// At let, const, using, or the await of await using.
Statement* Parser::parse_lexical_declaration(DeclarationKind kind) {
  uint32_t start = token_.start;
  if (kind == DeclarationKind::kAwaitUsing) next();
  next();
  VariableDeclaration* node = parse_declarators(kind, start, false);
  expect_semicolon();
  node->end = previous_end_;
  return node;
}

VariableDeclaration* Parser::parse_declarators(DeclarationKind kind, uint32_t start, bool in_for) {
  if (kind == DeclarationKind::kAwaitUsing) {
    if (function_->in_parameters)
      fail_here("Illegal await-expression in formal parameters of async function");
    if (function_->node->kind == FunctionKind::kProgram) function_->node->is_async = true;
  }
  std::vector<Declarator> declarators;
  do {
    declarators.push_back(parse_declarator(kind, in_for));
  } while (take(TokenKind::kComma));
  auto* node = make<VariableDeclaration>(start);
  node->declaration_kind = kind;
  node->declarators = to_span(declarators);
  return node;
}

Declarator Parser::parse_declarator(DeclarationKind kind, bool in_for) {
  static constexpr BindingKind kBindings[] = {BindingKind::kVar, BindingKind::kLet, BindingKind::kConst,
                                              BindingKind::kUsing, BindingKind::kAwaitUsing};
  size_t first_variable = scope_->variables().size();
  Declarator declarator;
  bool is_using = kind == DeclarationKind::kUsing || kind == DeclarationKind::kAwaitUsing;
  BindingKind binding = kBindings[static_cast<size_t>(kind)];
  declarator.target = is_using ? parse_binding_identifier(binding) : parse_binding_target(binding);
  if (take(TokenKind::kAssign)) {
    declarator.initializer = parse_assignment();
    if (kind == DeclarationKind::kVar) mark_written(declarator.target);
  } else if (!(in_for && (at(TokenKind::kIn) || at_word(WellKnownName::of)))) {
    if (!declarator.target->is<Identifier>()) {
      fail_at("Missing initializer in destructuring declaration", *declarator.target);
    } else if (kind == DeclarationKind::kConst) {
      fail_at("Missing initializer in const declaration", *declarator.target);
    } else if (is_using) {
      fail_at("Missing initializer in using declaration", *declarator.target);
    }
  }
  if (kind != DeclarationKind::kVar) set_initialized(first_variable, previous_end_);
  return declarator;
}

// ---------------------------------------------------------------- simple statements

// https://tc39.es/ecma262/#sec-if-statement; chains of else if are read in a loop.
Statement* Parser::parse_if() {
  If* first = nullptr;
  If* last = nullptr;
  do {
    uint32_t start = token_.start;
    next();
    expect(TokenKind::kLeftParen);
    Expression* test = parse_expression();
    expect(TokenKind::kRightParen);
    Statement* consequent = parse_embedded_function();
    auto* node = make<If>(start);
    node->test = test;
    node->consequent = consequent;
    if (last != nullptr) last->alternate = node;
    if (first == nullptr) first = node;
    last = node;
    if (!take(TokenKind::kElse)) return first;
  } while (at(TokenKind::kIf));
  last->alternate = parse_embedded_function();
  first->end = previous_end_;
  return first;
}

// A branch of an if: in sloppy code also a function, as if in a block of its own.
// https://tc39.es/ecma262/#sec-functiondeclarations-in-ifstatement-statement-clauses
Statement* Parser::parse_embedded_function() {
  if (!at(TokenKind::kFunction) || is_strict_) return parse_substatement();
  uint32_t start = token_.start;
  if (peek().kind == TokenKind::kMultiply) return parse_function_statement(LabelledFunctions::kRefuse);
  Scope* scope = push_scope(ScopeKind::kBlock);
  std::vector<Statement*> statements{parse_function_declaration(start, false, false)};
  pop_scope();
  auto* node = make<Block>(start);
  node->scope = used(scope);
  node->statements = to_span(statements);
  return node;
}

Statement* Parser::parse_return() {
  uint32_t start = token_.start;
  if (!function_->allows_return) fail_here("Illegal return statement");
  next();
  Expression* argument = can_end_statement() ? nullptr : parse_expression();
  expect_semicolon();
  auto* node = make<Return>(start);
  node->argument = argument;
  return node;
}

// break and continue
Statement* Parser::parse_jump() {
  uint32_t start = token_.start;
  bool is_break = at(TokenKind::kBreak);
  next();
  JumpTarget* target = is_break ? break_target_ : continue_target_;
  if (at_identifier() && !token_.newline_before) {
    std::string name = token_.name->to_utf8();
    check_identifier(token_.name, token_.start, token_.end);
    const Label* label = find_label(token_.name);
    if (label == nullptr) {
      fail_here("Undefined label '" + name + "'");
    } else if (!is_break && label->loop == nullptr) {
      fail_here("Illegal continue statement: '" + name + "' does not denote an iteration statement");
    } else {
      target = is_break ? label->target : label->loop;
    }
    next();
  } else if (target == nullptr) {
    fail(is_break ? "Illegal break statement"
                  : "Illegal continue statement: no surrounding iteration statement",
         start, previous_end_);
  }
  expect_semicolon();
  if (is_break) {
    if (target != nullptr) target->has_break = true;
    auto* node = make<Break>(start);
    node->target = target;
    return node;
  }
  if (target != nullptr) target->has_continue = true;
  auto* node = make<Continue>(start);
  node->target = target;
  return node;
}

Statement* Parser::parse_with() {
  uint32_t start = token_.start;
  if (is_strict_) fail_here("Strict mode code may not include a with statement");
  next();
  expect(TokenKind::kLeftParen);
  Expression* object = parse_expression();
  expect(TokenKind::kRightParen);
  Scope* scope = push_scope(ScopeKind::kWith);
  Statement* body = parse_substatement();
  pop_scope();
  auto* node = make<With>(start);
  node->object = object;
  node->scope = scope;
  node->body = body;
  return node;
}

// https://tc39.es/ecma262/#sec-switch-statement
Statement* Parser::parse_switch() {
  uint32_t start = token_.start;
  next();
  expect(TokenKind::kLeftParen);
  Expression* discriminant = parse_expression();
  expect(TokenKind::kRightParen);
  expect(TokenKind::kLeftBrace);
  Scope* scope = push_scope(ScopeKind::kSwitch);
  JumpTarget* target = arena_.make<JumpTarget>();
  JumpTarget* outer_break = std::exchange(break_target_, target);
  std::vector<SwitchCase> cases;
  bool has_default = false;
  while (!at(TokenKind::kRightBrace) && !failed_) {
    SwitchCase clause;
    clause.start = token_.start;
    if (take(TokenKind::kCase)) {
      clause.test = parse_expression();
    } else {
      if (at(TokenKind::kDefault) && has_default)
        fail_here("More than one default clause in switch statement");
      has_default = true;
      expect(TokenKind::kDefault);
    }
    expect(TokenKind::kColon);
    std::vector<Statement*> statements;
    while (!at(TokenKind::kCase) && !at(TokenKind::kDefault) && !at(TokenKind::kRightBrace) && !failed_) {
      if (at(TokenKind::kEnd)) unexpected();
      statements.push_back(parse_statement_list_item(ClauseStatements::kSwitchClause));
    }
    clause.statements = to_span(statements);
    cases.push_back(clause);
  }
  break_target_ = outer_break;
  expect(TokenKind::kRightBrace);
  pop_scope();
  auto* node = make<Switch>(start);
  node->discriminant = discriminant;
  node->scope = used(scope);
  node->cases = to_span(cases);
  node->target = target;
  return node;
}

Statement* Parser::parse_throw() {
  uint32_t start = token_.start;
  next();
  if (token_.newline_before) fail("Illegal newline after throw", start, previous_end_);
  Expression* argument = parse_expression();
  expect_semicolon();
  auto* node = make<Throw>(start);
  node->argument = argument;
  return node;
}

Statement* Parser::parse_try() {
  uint32_t start = token_.start;
  next();
  auto* node = make<Try>(start);
  node->block = parse_block();
  if (at(TokenKind::kCatch)) parse_catch(node);
  if (take(TokenKind::kFinally)) node->finalizer = parse_block();
  if (node->handler == nullptr && node->finalizer == nullptr) fail("Missing catch or finally after try", previous_end_ - 1, previous_end_);
  node->end = previous_end_;
  return node;
}

void Parser::parse_catch(Try* node) {
  next();
  Scope* scope = push_scope(ScopeKind::kCatch);
  if (take(TokenKind::kLeftParen)) {
    node->catch_scope = scope;
    BindingKind kind = at_identifier() ? BindingKind::kCatch : BindingKind::kCatchPattern;
    node->parameter = parse_binding_target(kind);
    set_initialized(0, previous_end_);
    expect(TokenKind::kRightParen);
  }
  Scope* block = push_scope(ScopeKind::kBlock);
  block->is_handler_block = true;
  node->handler = parse_block_in_scope(block);
  pop_scope();
}

}  // namespace skein::syntax
