// Expressions from the comma operator down to unary operators.
// https://tc39.es/ecma262/#sec-ecmascript-language-expressions
#include "core/syntax/parser_impl.h"

namespace skein::syntax {

Expression* Parser::parse_expression() {
  Pending outer = std::exchange(pending_, {});
  Expression* expression = parse_expression_cover();
  report_pending();
  pending_ = outer;
  return expression;
}

// The single expression may turn out to be a pattern (in the head of a for).
Expression* Parser::parse_expression_cover() {
  uint32_t start = token_.start;
  Expression* first = parse_assignment_cover();
  if (!at(TokenKind::kComma)) return first;
  report_pending();
  std::vector<Expression*> expressions{first};
  while (take(TokenKind::kComma)) expressions.push_back(parse_assignment());
  auto* sequence = make<Sequence>(start);
  sequence->expressions = to_span(expressions);
  return sequence;
}

void Parser::report_pending() {
  if (pending_.position == kNowhere) return;
  fail(pending_.message, pending_.position, pending_.position + 1);
  pending_ = {};
}

Expression* Parser::parse_assignment() {
  Pending outer = std::exchange(pending_, {});
  Expression* expression = parse_assignment_cover();
  report_pending();
  pending_ = outer;
  return expression;
}

// https://tc39.es/ecma262/#prod-AssignmentExpression
// Leaves in pending_ what is wrong with the expression unless it becomes a pattern.
Expression* Parser::parse_assignment_cover() {
  DepthGuard guard(*this);
  if (is_yield_keyword(token_)) return parse_yield();
  Pending outer = std::exchange(pending_, {});
  ScopeBuilder::Mark mark = builder_.mark();
  uint32_t start = token_.start;
  Expression* left = parse_conditional();
  if (at(TokenKind::kArrow)) {
    pending_ = outer;
    return parse_arrow(left, start, mark);
  }
  if (is_assignment_operator(token_.kind)) {
    left = finish_assignment(left, start);
  } else if (pending_.position != kNowhere) {
    bool may_be_pattern = !left->is_parenthesized && (left->is<ObjectLiteral>() || left->is<ArrayLiteral>());
    if (!may_be_pattern) report_pending();
  }
  if (outer.position != kNowhere) pending_ = outer;
  return left;
}

// At the assignment operator.
Expression* Parser::finish_assignment(Expression* left, uint32_t start) {
  TokenKind op = token_.kind;
  bool logical = op >= TokenKind::kAssignLogicalAnd;
  Expression* target = nullptr;
  if (op == TokenKind::kAssign && !left->is_parenthesized &&
      (left->is<ObjectLiteral>() || left->is<ArrayLiteral>())) {
    target = to_assignment_pattern(left);
    pending_ = {};
  } else {
    report_pending();
    target = to_target(left, logical ? TargetUse::kLogicalAssignment : TargetUse::kAssignment);
  }
  next();
  Expression* value = parse_assignment();
  if (op == TokenKind::kAssign) {
    auto* node = make<Assignment>(start);
    node->target = target;
    node->value = value;
    return node;
  }
  if (logical) {
    auto* node = make<LogicalAssignment>(start);
    node->op =
        static_cast<LogicalOperator>(static_cast<int>(op) - static_cast<int>(TokenKind::kAssignLogicalAnd));
    node->target = target;
    node->value = value;
    return node;
  }
  auto* node = make<CompoundAssignment>(start);
  node->op = static_cast<BinaryOperator>(static_cast<int>(op) - static_cast<int>(TokenKind::kAssignAdd));
  node->target = target;
  node->value = value;
  return node;
}

// https://tc39.es/ecma262/#prod-YieldExpression
Expression* Parser::parse_yield() {
  uint32_t start = token_.start;
  if (function_->in_parameters) fail_here("Yield expression not allowed in formal parameter");
  function_->yield_or_await_at = start;
  next();
  bool is_delegate = false;
  Expression* argument = nullptr;
  if (!token_.newline_before) {
    is_delegate = take(TokenKind::kMultiply);
    switch (token_.kind) {
      case TokenKind::kEnd:
      case TokenKind::kSemicolon:
      case TokenKind::kRightBrace:
      case TokenKind::kRightBracket:
      case TokenKind::kRightParen:
      case TokenKind::kColon:
      case TokenKind::kComma:
      case TokenKind::kIn:
        if (is_delegate) unexpected();
        break;
      default:
        argument = parse_assignment();
        break;
    }
  }
  auto* node = make<Yield>(start);
  node->is_delegate = is_delegate;
  node->argument = argument;
  return node;
}

Expression* Parser::parse_conditional() {
  uint32_t start = token_.start;
  Expression* test = parse_binary(1);
  if (!at(TokenKind::kQuestion)) return test;
  report_pending();
  next();
  bool allow_in = std::exchange(allow_in_, true);
  Expression* consequent = parse_assignment();
  allow_in_ = allow_in;
  expect(TokenKind::kColon);
  Expression* alternate = parse_assignment();
  auto* node = make<Conditional>(start);
  node->test = test;
  node->consequent = consequent;
  node->alternate = alternate;
  return node;
}

namespace {

// https://tc39.es/ecma262/#prod-ShortCircuitExpression: ?? and || or && do not mix without parentheses.
bool mixes_nullish(LogicalOperator op, const Expression* operand) {
  if (!operand->is<Logical>() || operand->is_parenthesized) return false;
  bool nullish = op == LogicalOperator::kNullish;
  return nullish != (operand->as<Logical>()->op == LogicalOperator::kNullish);
}

BinaryOperator binary_operator(TokenKind kind) {
  if (kind == TokenKind::kIn) return BinaryOperator::kIn;
  if (kind == TokenKind::kInstanceof) return BinaryOperator::kInstanceof;
  return static_cast<BinaryOperator>(static_cast<int>(kind) - static_cast<int>(TokenKind::kAdd));
}

}  // namespace

// Operators of at least the precedence `minimum`, by precedence climbing.
Expression* Parser::parse_binary(int minimum) {
  uint32_t start = token_.start;
  Expression* left = at(TokenKind::kPrivateName) ? parse_private_in(minimum) : parse_unary();
  while (true) {
    TokenKind op = token_.kind;
    int precedence = binary_precedence(op);
    if (precedence == 0 || precedence < minimum || (op == TokenKind::kIn && !allow_in_)) return left;
    report_pending();
    uint32_t operator_start = token_.start;
    if (op == TokenKind::kExponentiate && !left->is_parenthesized &&
        (left->is<Unary>() || left->is<Await>())) {
      fail_here(
          "Unary operator used immediately before exponentiation expression. Parenthesis must be used to "
          "disambiguate operator precedence");
    }
    next();
    Expression* right = nullptr;
    if (op == TokenKind::kExponentiate) {
      DepthGuard guard(*this);
      right = parse_binary(precedence);
    } else {
      right = parse_binary(precedence + 1);
    }
    report_pending();
    if (op >= TokenKind::kLogicalAnd && op <= TokenKind::kNullish) {
      auto* node = make<Logical>(start);
      node->op =
          static_cast<LogicalOperator>(static_cast<int>(op) - static_cast<int>(TokenKind::kLogicalAnd));
      if (mixes_nullish(node->op, left) || mixes_nullish(node->op, right)) {
        fail(std::string("Unexpected token '") + token_text(op) + "'", operator_start, operator_start + 2);
      }
      node->left = left;
      node->right = right;
      left = node;
    } else {
      auto* node = make<Binary>(start);
      node->op = binary_operator(op);
      node->operator_start = operator_start;
      node->left = left;
      node->right = right;
      left = node;
    }
  }
}

// https://tc39.es/ecma262/#prod-RelationalExpression: #name in object
Expression* Parser::parse_private_in(int minimum) {
  int precedence = binary_precedence(TokenKind::kIn);
  uint32_t start = token_.start;
  const Name* name = token_.name;
  Token private_token = token_;
  next();
  if (!at(TokenKind::kIn) || !allow_in_ || minimum > precedence) {
    unexpected(failed_ ? token_ : private_token);
    return make<NullLiteral>(start);
  }
  next();
  Expression* right = parse_binary(precedence + 1);
  auto* node = make<PrivateIn>(start);
  node->name = name;
  node->right = right;
  refer(node->reference, name, start);
  return node;
}

Expression* Parser::parse_unary() {
  switch (token_.kind) {
    case TokenKind::kNot:
    case TokenKind::kBitNot:
    case TokenKind::kAdd:
    case TokenKind::kSubtract:
    case TokenKind::kTypeof:
    case TokenKind::kVoid:
    case TokenKind::kDelete:
      return parse_delete_or_unary();
    case TokenKind::kIdentifier:
      if (is_await_keyword(token_)) return parse_await();
      return parse_update();
    default:
      return parse_update();
  }
}

namespace {

UnaryOperator unary_operator(TokenKind kind) {
  switch (kind) {
    case TokenKind::kNot:
      return UnaryOperator::kNot;
    case TokenKind::kBitNot:
      return UnaryOperator::kBitNot;
    case TokenKind::kAdd:
      return UnaryOperator::kPlus;
    case TokenKind::kSubtract:
      return UnaryOperator::kMinus;
    case TokenKind::kTypeof:
      return UnaryOperator::kTypeof;
    case TokenKind::kVoid:
      return UnaryOperator::kVoid;
    default:
      return UnaryOperator::kDelete;
  }
}

}  // namespace

Expression* Parser::parse_delete_or_unary() {
  DepthGuard guard(*this);
  uint32_t start = token_.start;
  UnaryOperator op = unary_operator(token_.kind);
  next();
  Expression* operand = parse_unary();
  report_pending();
  if (op == UnaryOperator::kDelete) {
    // https://tc39.es/ecma262/#sec-delete-operator-static-semantics-early-errors
    if (is_strict_ && operand->is<Identifier>()) {
      fail_at("Delete of an unqualified identifier in strict mode.", *operand);
    }
    const Expression* property = operand;
    if (property->is<OptionalChain>()) property = property->as<OptionalChain>()->expression;
    if (property->is<PrivateMember>()) fail_at("Private fields can not be deleted", *operand);
    forget_property_base(operand);
  }
  auto* node = make<Unary>(start);
  node->op = op;
  node->operand = operand;
  return node;
}

// https://tc39.es/ecma262/#prod-AwaitExpression
Expression* Parser::parse_await() {
  DepthGuard guard(*this);
  uint32_t start = token_.start;
  if (function_->in_parameters) {
    fail_here("Illegal await-expression in formal parameters of async function");
  }
  function_->yield_or_await_at = start;
  if (function_->node->kind == FunctionKind::kProgram) function_->node->is_async = true;
  next();
  Expression* argument = parse_unary();
  report_pending();
  auto* node = make<Await>(start);
  node->argument = argument;
  return node;
}

// https://tc39.es/ecma262/#prod-UpdateExpression
Expression* Parser::parse_update() {
  uint32_t start = token_.start;
  if (at(TokenKind::kIncrement) || at(TokenKind::kDecrement)) {
    DepthGuard guard(*this);
    bool is_increment = at(TokenKind::kIncrement);
    next();
    Expression* operand = parse_unary();
    report_pending();
    Expression* target = to_target(operand, TargetUse::kPrefix);
    auto* node = make<Update>(start);
    node->is_increment = is_increment;
    node->is_prefix = true;
    node->target = target;
    return node;
  }
  Expression* operand = parse_left_hand_side();
  bool is_postfix = (at(TokenKind::kIncrement) || at(TokenKind::kDecrement)) && !token_.newline_before;
  if (!is_postfix) return operand;
  report_pending();
  Expression* target = to_target(operand, TargetUse::kPostfix);
  bool is_increment = at(TokenKind::kIncrement);
  next();
  auto* node = make<Update>(start);
  node->is_increment = is_increment;
  node->is_prefix = false;
  node->target = target;
  return node;
}

}  // namespace skein::syntax
