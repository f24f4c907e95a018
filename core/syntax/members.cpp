// Left-hand-side expressions: member access, calls, new, super, import.
// https://tc39.es/ecma262/#sec-left-hand-side-expressions
#include "core/syntax/parser_impl.h"

namespace skein::syntax {

Expression* Parser::parse_left_hand_side() {
  uint32_t start = token_.start;
  Expression* left = nullptr;
  switch (token_.kind) {
    case TokenKind::kNew:
      left = parse_new();
      break;
    case TokenKind::kSuper:
      left = parse_super();
      break;
    case TokenKind::kImport:
      left = parse_import_expression();
      break;
    default:
      left = parse_primary();
      break;
  }
  return parse_member_tail(left, start, true);
}

namespace {

// Whether `callee` is the bare word async, whose call may turn out to be an arrow function's head.
bool is_async_word(const Expression* callee) {
  return callee->is<Identifier>() && !callee->is_parenthesized &&
         callee->as<Identifier>()->name->is(WellKnownName::async) && callee->end - callee->start == 5;
}

}  // namespace

// Everything that may follow: .name [index] (arguments) `template` ?.
Expression* Parser::parse_member_tail(Expression* left, uint32_t start, bool allow_calls) {
  bool in_chain = false;
  while (true) {
    switch (token_.kind) {
      case TokenKind::kDot:
        report_pending();
        next();
        left = parse_property_access(left, start, false);
        break;
      case TokenKind::kLeftBracket:
        report_pending();
        left = parse_index_access(left, start, false);
        break;
      case TokenKind::kTemplate:
        report_pending();
        if (in_chain) fail_here("Invalid tagged template on optional chain");
        left = parse_tagged(left, start);
        break;
      case TokenKind::kQuestionDot:
        report_pending();
        if (!allow_calls) fail_here("Invalid optional chain from new expression");
        in_chain = true;
        left = parse_optional_link(left, start);
        break;
      case TokenKind::kLeftParen:
        if (allow_calls) {
          report_pending();
          bool may_be_arrow = !in_chain && !token_.newline_before && is_async_word(left);
          left = may_be_arrow ? parse_async_call(left, start) : parse_call(left, start, false);
          break;
        }
        [[fallthrough]];
      default:
        if (!in_chain) return left;
        auto* chain = make<OptionalChain>(start);
        chain->expression = left;
        return chain;
    }
    if (depth_ + ++height_ > chain_limit()) stop(ParseStatus::kTooDeep);
  }
}

// https://tc39.es/ecma262/#prod-OptionalChain
Expression* Parser::parse_optional_link(Expression* left, uint32_t start) {
  next();
  switch (token_.kind) {
    case TokenKind::kLeftParen:
      return parse_call(left, start, true);
    case TokenKind::kLeftBracket:
      return parse_index_access(left, start, true);
    case TokenKind::kTemplate:
      fail_here("Invalid tagged template on optional chain");
      return left;
    default:
      return parse_property_access(left, start, true);
  }
}

namespace {

// Reading a property of `arguments` lets it not escape; see FunctionNode::needs_mapped_arguments.
void note_property_base(Expression* object) {
  if (object->is<Identifier>()) object->as<Identifier>()->reference.is_property_base = true;
}

}  // namespace

void Parser::forget_property_base(Expression* expression) {
  Expression* object = nullptr;
  if (expression->is<OptionalChain>()) expression = expression->as<OptionalChain>()->expression;
  if (expression->is<Member>()) object = expression->as<Member>()->object;
  if (expression->is<Index>()) object = expression->as<Index>()->object;
  if (object != nullptr && object->is<Identifier>()) {
    object->as<Identifier>()->reference.is_property_base = false;
  }
}

// Behind the dot.
Expression* Parser::parse_property_access(Expression* left, uint32_t start, bool is_optional) {
  uint32_t name_start = token_.start;
  const Name* name = token_.name;
  if (at(TokenKind::kPrivateName)) {
    next();
    auto* node = make<PrivateMember>(start);
    node->is_optional = is_optional;
    node->name_start = name_start;
    node->object = left;
    node->name = name;
    refer(node->reference, name, name_start);
    return node;
  }
  if (!is_identifier_name(token_.kind)) {
    unexpected();
    return left;
  }
  next();
  note_property_base(left);
  auto* node = make<Member>(start);
  node->is_optional = is_optional;
  node->name_start = name_start;
  node->object = left;
  node->name = name;
  return node;
}

Expression* Parser::parse_index_access(Expression* left, uint32_t start, bool is_optional) {
  next();
  bool allow_in = std::exchange(allow_in_, true);
  Expression* index = parse_expression();
  allow_in_ = allow_in;
  expect(TokenKind::kRightBracket);
  note_property_base(left);
  auto* node = make<Index>(start);
  node->is_optional = is_optional;
  node->object = left;
  node->index = index;
  return node;
}

// At the parenthesis. With `cover`, the arguments may be an async arrow function's parameters.
std::vector<Expression*> Parser::parse_arguments(bool& has_spread, bool& comma_after_spread, bool cover) {
  std::vector<Expression*> list;
  next();
  bool allow_in = std::exchange(allow_in_, true);
  while (!at(TokenKind::kRightParen) && !failed_) {
    uint32_t start = token_.start;
    bool is_spread = take(TokenKind::kEllipsis);
    Expression* argument = cover ? parse_assignment_cover() : parse_assignment();
    if (is_spread) {
      auto* spread = make<Spread>(start);
      spread->argument = argument;
      argument = spread;
      has_spread = true;
    }
    list.push_back(argument);
    if (at(TokenKind::kRightParen)) break;
    if (!at(TokenKind::kComma)) {
      if (!fail_misplaced_await()) fail_here("missing ) after argument list");
      break;
    }
    comma_after_spread |= is_spread;
    next();
  }
  allow_in_ = allow_in;
  expect(TokenKind::kRightParen);
  return list;
}

Expression* Parser::parse_call(Expression* callee, uint32_t start, bool is_optional) {
  uint32_t arguments_start = token_.start;
  bool has_spread = false;
  bool comma_after_spread = false;
  std::vector<Expression*> arguments = parse_arguments(has_spread, comma_after_spread, false);
  forget_property_base(callee);
  auto* node = make<Call>(start);
  node->callee = callee;
  node->arguments = to_span(arguments);
  node->is_optional = is_optional;
  node->has_spread = has_spread;
  node->arguments_start = arguments_start;
  // https://tc39.es/ecma262/#sec-function-calls-runtime-semantics-evaluation step 6: a direct eval
  if (!is_optional && callee->is<Identifier>() && callee->as<Identifier>()->name->is(WellKnownName::eval)) {
    builder_.evals.push_back({node, scope_});
  }
  return node;
}

// https://tc39.es/ecma262/#prod-CoverCallExpressionAndAsyncArrowHead
Expression* Parser::parse_async_call(Expression* callee, uint32_t start) {
  uint32_t arguments_start = token_.start;
  bool has_spread = false;
  bool comma_after_spread = false;
  Pending outer = std::exchange(pending_, {});
  std::vector<Expression*> arguments = parse_arguments(has_spread, comma_after_spread, true);
  auto* node = make<Call>(start);
  node->callee = callee;
  node->arguments = to_span(arguments);
  node->has_spread = has_spread;
  node->arguments_start = arguments_start;
  if (at(TokenKind::kArrow) && !token_.newline_before) {
    if (comma_after_spread) fail_at("Rest parameter must be last formal parameter", *node);
    arrow_head_.node = node;
    arrow_head_.elements = std::move(arguments);
    arrow_head_.rest = nullptr;
    arrow_head_.is_async = true;
  } else {
    report_pending();
  }
  pending_ = outer;
  return node;
}

Expression* Parser::parse_tagged(Expression* tag, uint32_t start) {
  forget_property_base(tag);
  TemplateLiteral* quasi = parse_template(true);
  auto* node = make<TaggedTemplate>(start);
  node->tag = tag;
  node->quasi = quasi;
  return node;
}

// https://tc39.es/ecma262/#sec-new-operator and new.target
Expression* Parser::parse_new() {
  DepthGuard guard(*this);
  uint32_t start = token_.start;
  next();
  if (take(TokenKind::kDot)) {
    bool is_target = at_word(WellKnownName::target);
    if (!is_target) unexpected();
    next();
    auto* node = make<NewTarget>(start);
    if (!function_->allows_new_target) fail_at("new.target expression is not allowed here", *node);
    refer(node->reference, WellKnownName::pseudo_new_target, start);
    return node;
  }
  uint32_t callee_start = token_.start;
  Expression* callee = nullptr;
  switch (token_.kind) {
    case TokenKind::kNew:
      callee = parse_new();
      break;
    case TokenKind::kSuper:
      callee = parse_super();
      break;
    case TokenKind::kImport:
      callee = parse_import_expression();
      if (callee->is<ImportCall>()) fail_at("Cannot use new with import", *callee);
      break;
    default:
      callee = parse_primary();
      break;
  }
  if (callee->is<SuperCall>()) fail_at("'super' keyword unexpected here", *callee);
  callee = parse_member_tail(callee, callee_start, false);
  bool has_spread = false;
  bool comma_after_spread = false;
  std::vector<Expression*> arguments;
  if (at(TokenKind::kLeftParen)) arguments = parse_arguments(has_spread, comma_after_spread, false);
  if (at(TokenKind::kQuestionDot) && arguments.empty() && previous_end_ == callee->end) {
    fail_here("Invalid optional chain from new expression");
  }
  auto* node = make<New>(start);
  node->callee = callee;
  node->arguments = to_span(arguments);
  node->has_spread = has_spread;
  return node;
}

// https://tc39.es/ecma262/#sec-super-keyword
Expression* Parser::parse_super() {
  constexpr const char* kUnexpected = "'super' keyword unexpected here";
  uint32_t start = token_.start;
  next();
  if (at(TokenKind::kLeftParen)) {
    if (!function_->allows_super_call) fail(kUnexpected, start, previous_end_);
    bool has_spread = false;
    bool comma_after_spread = false;
    std::vector<Expression*> arguments = parse_arguments(has_spread, comma_after_spread, false);
    auto* node = make<SuperCall>(start);
    node->arguments = to_span(arguments);
    node->has_spread = has_spread;
    node->this_reference.is_initialization = true;
    refer(node->this_reference, WellKnownName::pseudo_this, start);
    refer(node->new_target, WellKnownName::pseudo_new_target, start);
    refer(node->active_function, WellKnownName::pseudo_function, start);
    return node;
  }
  if (!function_->allows_super_property) fail(kUnexpected, start, previous_end_);
  if (take(TokenKind::kDot)) {
    uint32_t name_start = token_.start;
    const Name* name = token_.name;
    if (at(TokenKind::kPrivateName)) fail_here("Unexpected private field");
    if (!is_identifier_name(token_.kind)) unexpected();
    next();
    auto* node = make<SuperMember>(start);
    node->name_start = name_start;
    node->name = name;
    refer(node->home_object, WellKnownName::pseudo_home_object, start);
    refer(node->this_reference, WellKnownName::pseudo_this, start);
    return node;
  }
  if (!at(TokenKind::kLeftBracket)) fail(kUnexpected, start, previous_end_);
  next();
  bool allow_in = std::exchange(allow_in_, true);
  Expression* index = parse_expression();
  allow_in_ = allow_in;
  expect(TokenKind::kRightBracket);
  auto* node = make<SuperIndex>(start);
  node->index = index;
  refer(node->home_object, WellKnownName::pseudo_home_object, start);
  refer(node->this_reference, WellKnownName::pseudo_this, start);
  return node;
}

// import.meta, import(...), import.defer(...), import.source(...)
// https://tc39.es/ecma262/#sec-import-calls
Expression* Parser::parse_import_expression() {
  uint32_t start = token_.start;
  ImportPhase phase = ImportPhase::kEvaluation;
  next();
  if (take(TokenKind::kDot)) {
    if (at_word(WellKnownName::meta)) {
      next();
      auto* node = make<ImportMeta>(start);
      if (program_.kind != ProgramKind::kModule) fail_at("Cannot use 'import.meta' outside a module", *node);
      return node;
    }
    if (at_word(WellKnownName::defer)) {
      phase = ImportPhase::kDefer;
    } else if (at_word(WellKnownName::source)) {
      phase = ImportPhase::kSource;
    } else {
      unexpected();
    }
    next();
  } else if (!at(TokenKind::kLeftParen)) {
    if (program_.kind != ProgramKind::kModule)
      fail("Cannot use import statement outside a module", start, previous_end_);
  }
  expect(TokenKind::kLeftParen);
  if (at(TokenKind::kRightParen)) fail_here("import() requires a specifier");
  bool allow_in = std::exchange(allow_in_, true);
  Expression* specifier = parse_assignment();
  Expression* options = nullptr;
  if (take(TokenKind::kComma) && !at(TokenKind::kRightParen)) {
    options = parse_assignment();
    take(TokenKind::kComma);
  }
  allow_in_ = allow_in;
  expect(TokenKind::kRightParen);
  auto* node = make<ImportCall>(start);
  node->phase = phase;
  node->specifier = specifier;
  node->options = options;
  return node;
}

}  // namespace skein::syntax
