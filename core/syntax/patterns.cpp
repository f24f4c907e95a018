// Binding patterns, and the conversion of expressions to assignment and binding patterns.
// https://tc39.es/ecma262/#sec-destructuring-assignment
// https://tc39.es/ecma262/#sec-destructuring-binding-patterns
#include "core/syntax/parser_impl.h"

namespace skein::syntax {

// ---------------------------------------------------------------- binding patterns

Expression* Parser::parse_binding_target(BindingKind kind) {
  if (at(TokenKind::kLeftBracket)) return parse_binding_array(kind);
  if (at(TokenKind::kLeftBrace)) return parse_binding_object(kind);
  return parse_binding_identifier(kind);
}

// A BindingIdentifier that nothing is declared for yet.
Identifier* Parser::parse_binding_name() {
  uint32_t start = token_.start;
  const Name* name = token_.name;
  if (!at_identifier()) {
    unexpected();
    name = names_.get(WellKnownName::empty);
  } else {
    check_binding_name(name, start, token_.end);
  }
  next();
  auto* node = make<Identifier>(start);
  node->name = name;
  return node;
}

Identifier* Parser::parse_binding_identifier(BindingKind kind) {
  bool is_lexical = kind == BindingKind::kLet || kind == BindingKind::kConst || kind == BindingKind::kUsing ||
                    kind == BindingKind::kAwaitUsing;
  if (is_lexical && at_identifier() && token_.name->is(WellKnownName::let)) {
    fail_here("let is disallowed as a lexically bound name");
  }
  Identifier* identifier = parse_binding_name();
  bind(identifier, kind);
  refer(identifier->reference, identifier->name, identifier->start);
  return identifier;
}

void Parser::bind(Identifier* identifier, BindingKind kind) {
  if (failed_) return;
  identifier->reference.is_initialization = kind != BindingKind::kVar;
  identifier->reference.is_write = false;
  declare(identifier->name, kind, identifier->start);
}

PatternElement Parser::parse_binding_element(BindingKind kind) {
  PatternElement element;
  element.target = parse_binding_target(kind);
  if (take(TokenKind::kAssign)) {
    bool allow_in = std::exchange(allow_in_, true);
    element.initializer = parse_assignment();
    allow_in_ = allow_in;
  }
  return element;
}

Expression* Parser::parse_binding_array(BindingKind kind) {
  DepthGuard guard(*this);
  uint32_t start = token_.start;
  std::vector<PatternElement> elements;
  Expression* rest = nullptr;
  next();
  while (!at(TokenKind::kRightBracket) && !failed_) {
    if (take(TokenKind::kComma)) {
      elements.push_back({});
      continue;
    }
    if (take(TokenKind::kEllipsis)) {
      rest = parse_binding_target(kind);
      if (at(TokenKind::kComma)) fail_here("Rest element must be last element");
      break;
    }
    elements.push_back(parse_binding_element(kind));
    if (at(TokenKind::kRightBracket)) break;
    expect(TokenKind::kComma);
  }
  expect(TokenKind::kRightBracket);
  auto* node = make<ArrayPattern>(start);
  node->elements = to_span(elements);
  node->rest = rest;
  return node;
}

Expression* Parser::parse_binding_object(BindingKind kind) {
  DepthGuard guard(*this);
  uint32_t start = token_.start;
  std::vector<PatternProperty> properties;
  Expression* rest = nullptr;
  next();
  while (!at(TokenKind::kRightBrace) && !failed_) {
    if (take(TokenKind::kEllipsis)) {
      if (at(TokenKind::kLeftBrace) || at(TokenKind::kLeftBracket))
        fail_here("`...` must be followed by an identifier in declaration contexts");
      rest = parse_binding_identifier(kind);
      if (at(TokenKind::kComma)) fail_here("Rest element must be last element");
      break;
    }
    PatternProperty property;
    bool may_be_shorthand = at_identifier() && peek().kind != TokenKind::kColon;
    if (may_be_shorthand) {
      property.key = make_string(token_.name, token_.start, token_.end);
      property.value = parse_binding_element(kind);
    } else {
      PropertyName name = parse_property_name(false);
      property.key = name.key;
      property.is_computed = name.is_computed;
      if (!at(TokenKind::kColon)) fail_unnamed_shorthand(name);
      expect(TokenKind::kColon);
      property.value = parse_binding_element(kind);
    }
    properties.push_back(property);
    if (at(TokenKind::kRightBrace)) break;
    expect(TokenKind::kComma);
  }
  expect(TokenKind::kRightBrace);
  auto* node = make<ObjectPattern>(start);
  node->properties = to_span(properties);
  node->rest = rest;
  return node;
}

namespace {

// Calls `visit` with each Identifier that the pattern assigns or binds, in source order.
template <typename Visit>
void for_each_identifier(Expression* target, Visit visit) {
  switch (target->kind) {
    case NodeKind::kIdentifier:
      visit(target->as<Identifier>());
      break;
    case NodeKind::kArrayPattern: {
      auto* pattern = target->as<ArrayPattern>();
      for (const PatternElement& element : pattern->elements) {
        if (element.target != nullptr) for_each_identifier(element.target, visit);
      }
      if (pattern->rest != nullptr) for_each_identifier(pattern->rest, visit);
      break;
    }
    case NodeKind::kObjectPattern: {
      auto* pattern = target->as<ObjectPattern>();
      for (const PatternProperty& property : pattern->properties)
        for_each_identifier(property.value.target, visit);
      if (pattern->rest != nullptr) for_each_identifier(pattern->rest, visit);
      break;
    }
    default:
      break;
  }
}

}  // namespace

void Parser::mark_written(Expression* target) {
  for_each_identifier(target, [](Identifier* identifier) { identifier->reference.is_write = true; });
}

// ---------------------------------------------------------------- assignment targets

Expression* Parser::to_target(Expression* expression, TargetUse use) {
  switch (expression->kind) {
    case NodeKind::kIdentifier: {
      auto* identifier = expression->as<Identifier>();
      const Name* name = identifier->name;
      if (is_strict_ && (name->is(WellKnownName::eval) || name->is(WellKnownName::arguments))) {
        fail_at("Unexpected eval or arguments in strict mode", *expression);
      }
      identifier->reference.is_write = true;
      return expression;
    }
    case NodeKind::kMember:
    case NodeKind::kIndex:
      forget_property_base(expression);
      return expression;
    case NodeKind::kPrivateMember:
    case NodeKind::kSuperMember:
    case NodeKind::kSuperIndex:
      return expression;
    case NodeKind::kArrayLiteral:
    case NodeKind::kObjectLiteral:
      if (use == TargetUse::kForLoop && !expression->is_parenthesized)
        return to_assignment_pattern(expression);
      break;
    case NodeKind::kCall:
      // https://tc39.es/ecma262/#sec-static-semantics-assignmenttargettype: web-compat in sloppy code
      if (!is_strict_ && use != TargetUse::kLogicalAssignment && use != TargetUse::kPattern)
        return expression;
      break;
    default:
      break;
  }
  static constexpr const char* kMessages[] = {
      "Invalid left-hand side in assignment",
      "Invalid left-hand side in assignment",
      "Invalid left-hand side expression in prefix operation",
      "Invalid left-hand side expression in postfix operation",
      "Invalid left-hand side in for-loop",
      "Invalid destructuring assignment target",
  };
  fail_at(kMessages[static_cast<size_t>(use)], *expression);
  return expression;
}

// What a pattern assigns to: a nested pattern or a plain target.
Expression* Parser::to_pattern_target(Expression* expression) {
  if (!expression->is_parenthesized) {
    if (expression->is<ArrayLiteral>() || expression->is<ObjectLiteral>())
      return to_assignment_pattern(expression);
    if (expression->is<ArrayPattern>() || expression->is<ObjectPattern>()) return expression;
  }
  return to_target(expression, TargetUse::kPattern);
}

PatternElement Parser::to_pattern_element(Expression* expression) {
  if (!expression->is<Assignment>() || expression->is_parenthesized) {
    return {to_pattern_target(expression), nullptr};
  }
  auto* assignment = expression->as<Assignment>();
  return {to_pattern_target(assignment->target), assignment->value};
}

// REQUIRES: an ArrayLiteral or ObjectLiteral.
Expression* Parser::to_assignment_pattern(Expression* literal) {
  if (literal->is<ArrayLiteral>()) return to_array_pattern(literal->as<ArrayLiteral>());
  return to_object_pattern(literal->as<ObjectLiteral>());
}

Expression* Parser::to_array_pattern(ArrayLiteral* literal) {
  std::vector<PatternElement> elements;
  Expression* rest = nullptr;
  for (Expression* element : literal->elements) {
    if (rest != nullptr) fail_at("Rest element must be last element", *rest);
    if (element == nullptr) {
      elements.push_back({});
    } else if (element->is<Spread>()) {
      rest = to_pattern_target(element->as<Spread>()->argument);
    } else {
      elements.push_back(to_pattern_element(element));
    }
  }
  if (literal->has_comma_after_spread) fail_at("Rest element must be last element", *literal);
  auto* pattern = make<ArrayPattern>(literal->start);
  pattern->end = literal->end;
  pattern->elements = to_span(elements);
  pattern->rest = rest;
  return pattern;
}

Expression* Parser::to_object_pattern(ObjectLiteral* literal) {
  std::vector<PatternProperty> properties;
  Expression* rest = nullptr;
  for (const Property& property : literal->properties) {
    if (rest != nullptr) fail_at("Rest element must be last element", *rest);
    switch (property.kind) {
      case PropertyKind::kValue:
      case PropertyKind::kPrototype: {
        PatternElement element = to_pattern_element(property.value);
        if (property.cover_initializer != nullptr) element.initializer = property.cover_initializer;
        properties.push_back({property.is_computed, property.key, element});
        break;
      }
      case PropertyKind::kSpread:
        if (property.value->is<ArrayLiteral>() || property.value->is<ObjectLiteral>()) {
          fail_at("`...` must be followed by an assignable reference in assignment contexts",
                  *property.value);
        }
        rest = to_target(property.value, TargetUse::kPattern);
        break;
      default:
        fail_at("Invalid destructuring assignment target", *property.value);
        break;
    }
  }
  if (literal->has_comma_after_spread) fail_at("Rest element must be last element", *literal);
  auto* pattern = make<ObjectPattern>(literal->start);
  pattern->end = literal->end;
  pattern->properties = to_span(properties);
  pattern->rest = rest;
  return pattern;
}

// ---------------------------------------------------------------- arrow parameters

PatternElement Parser::to_parameter(Expression* expression) {
  PatternElement element{expression, nullptr};
  if (expression->is<Assignment>() && !expression->is_parenthesized) {
    element = {expression->as<Assignment>()->target, expression->as<Assignment>()->value};
  }
  element.target = to_binding(element.target);
  return element;
}

// Refuses everything but names and patterns of names.
Expression* Parser::to_binding(Expression* expression) {
  bool is_literal = expression->is<ArrayLiteral>() || expression->is<ObjectLiteral>();
  if (is_literal && !expression->is_parenthesized) expression = to_assignment_pattern(expression);
  check_binding(expression);
  return expression;
}

void Parser::check_binding(const Expression* target) {
  if (target->is_parenthesized) return fail_at("Invalid destructuring assignment target", *target);
  switch (target->kind) {
    case NodeKind::kIdentifier:
      return;
    case NodeKind::kArrayPattern: {
      const auto* pattern = target->as<ArrayPattern>();
      for (const PatternElement& element : pattern->elements) {
        if (element.target != nullptr) check_binding(element.target);
      }
      if (pattern->rest != nullptr) check_binding(pattern->rest);
      return;
    }
    case NodeKind::kObjectPattern: {
      const auto* pattern = target->as<ObjectPattern>();
      for (const PatternProperty& property : pattern->properties) check_binding(property.value.target);
      if (pattern->rest != nullptr) check_binding(pattern->rest);
      return;
    }
    default:
      return fail_at("Invalid destructuring assignment target", *target);
  }
}

// Declares the names of an arrow function's parameter, which have their references already.
void Parser::bind_pattern(Expression* target) {
  for_each_identifier(target, [this](Identifier* identifier) {
    check_binding_name(identifier->name, identifier->start, identifier->end);
    bind(identifier, BindingKind::kParameter);
  });
}

}  // namespace skein::syntax
