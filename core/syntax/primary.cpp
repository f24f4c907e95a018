// Primary expressions: literals, names, parentheses, templates, array and object literals.
// https://tc39.es/ecma262/#sec-primary-expression
#include "core/syntax/parser_impl.h"

namespace skein::syntax {

Expression* Parser::parse_primary() {
  uint32_t start = token_.start;
  switch (token_.kind) {
    case TokenKind::kIdentifier:
      return parse_identifier_or_arrow();
    case TokenKind::kNumber:
    case TokenKind::kBigInt:
      return parse_number();
    case TokenKind::kString:
      return parse_string();
    case TokenKind::kTemplate:
      return parse_template(false);
    case TokenKind::kDivide:
    case TokenKind::kAssignDivide:
      return parse_regexp();
    case TokenKind::kLeftParen:
      return parse_parenthesized();
    case TokenKind::kLeftBracket:
      return parse_array_literal();
    case TokenKind::kLeftBrace:
      return parse_object_literal();
    case TokenKind::kFunction:
      return parse_function_expression(start, false);
    case TokenKind::kAt:
    case TokenKind::kClass:
      return parse_class_expression();
    case TokenKind::kThis: {
      next();
      auto* node = make<This>(start);
      refer(node->reference, WellKnownName::pseudo_this, start);
      return node;
    }
    case TokenKind::kNull:
      next();
      return make<NullLiteral>(start);
    case TokenKind::kTrue:
    case TokenKind::kFalse: {
      bool value = at(TokenKind::kTrue);
      next();
      auto* node = make<BooleanLiteral>(start);
      node->value = value;
      return node;
    }
    default:
      unexpected();
      return make<NullLiteral>(start);
  }
}

Identifier* Parser::make_reference(const Name* name, uint32_t start) {
  auto* node = make<Identifier>(start);
  node->name = name;
  refer(node->reference, name, start);
  return node;
}

// REQUIRES: at_identifier()
Identifier* Parser::parse_identifier_reference() {
  uint32_t start = token_.start;
  const Name* name = token_.name;
  check_identifier(name, start, token_.end);
  next();
  return make_reference(name, start);
}

// A name, `async function`, or `async name` before an arrow.
Expression* Parser::parse_identifier_or_arrow() {
  if (!at_word(WellKnownName::async)) return parse_identifier_reference();
  uint32_t start = token_.start;
  const Token& after = peek();
  if (after.newline_before) return parse_identifier_reference();
  if (after.kind == TokenKind::kFunction) {
    next();
    return parse_function_expression(start, true);
  }
  if (after.kind != TokenKind::kIdentifier) return parse_identifier_reference();
  Snapshot before = save();
  next();
  // `for (async of => {};;)` against `for (async of ...)`
  if (at_word(WellKnownName::of) && peek().kind != TokenKind::kArrow) {
    restore(before);
    return parse_identifier_reference();
  }
  if (at_word(WellKnownName::await)) fail_here("Unexpected reserved word");
  const Token parameter_token = token_;
  Identifier* parameter = parse_identifier_reference();
  if (!at(TokenKind::kArrow)) unexpected(parameter_token);
  arrow_head_.node = parameter;
  arrow_head_.elements.assign(1, parameter);
  arrow_head_.rest = nullptr;
  arrow_head_.is_async = true;
  return parameter;
}

// https://tc39.es/ecma262/#prod-CoverParenthesizedExpressionAndArrowParameterList
Expression* Parser::parse_parenthesized() {
  uint32_t start = token_.start;
  next();
  bool allow_in = std::exchange(allow_in_, true);
  Pending outer = std::exchange(pending_, {});
  std::vector<Expression*> elements;
  Expression* rest = nullptr;
  bool must_be_arrow = at(TokenKind::kRightParen);
  while (!at(TokenKind::kRightParen) && !failed_) {
    if (take(TokenKind::kEllipsis)) {
      rest = parse_binding_target(BindingKind::kArrowRest);
      if (at(TokenKind::kAssign)) fail_here("Rest parameter may not have a default initializer");
      if (at(TokenKind::kComma)) fail_here("Rest parameter must be last formal parameter");
      must_be_arrow = true;
      break;
    }
    elements.push_back(parse_assignment_cover());
    if (!take(TokenKind::kComma)) break;
    must_be_arrow = at(TokenKind::kRightParen);
  }
  allow_in_ = allow_in;
  if (must_be_arrow && at(TokenKind::kRightParen) && peek().kind != TokenKind::kArrow) unexpected();
  expect(TokenKind::kRightParen);
  if (at(TokenKind::kArrow) && !token_.newline_before) {
    pending_ = outer;
    auto* placeholder = make<Sequence>(start);
    arrow_head_.node = placeholder;
    arrow_head_.elements = std::move(elements);
    arrow_head_.rest = rest;
    arrow_head_.is_async = false;
    return placeholder;
  }
  report_pending();
  pending_ = outer;
  if (failed_ || elements.empty()) return make<NullLiteral>(start);
  Expression* result = elements[0];
  if (elements.size() > 1) {
    auto* sequence = make<Sequence>(elements[0]->start);
    sequence->expressions = to_span(elements);
    sequence->end = elements.back()->end;
    result = sequence;
  }
  result->is_parenthesized = true;
  return result;
}

// ---------------------------------------------------------------- literals

Expression* Parser::parse_number() {
  uint32_t start = token_.start;
  if (token_.is_legacy_octal && is_strict_) {
    const bool is_decimal = program_.source->slice_utf8(start, token_.end).find_first_of("89") != std::string::npos;
    fail_here(is_decimal ? "Decimals with leading zeros are not allowed in strict mode."
                         : "Octal literals are not allowed in strict mode.");
  }
  if (at(TokenKind::kBigInt)) {
    const Name* text = token_.name;
    next();
    auto* node = make<BigIntLiteral>(start);
    node->text = text;
    return node;
  }
  double value = token_.number;
  next();
  auto* node = make<NumericLiteral>(start);
  node->value = value;
  return node;
}

StringLiteral* Parser::make_string(const Name* value, uint32_t start, uint32_t end) {
  auto* node = make<StringLiteral>(start);
  node->end = end;
  node->value = value;
  return node;
}

// At the first \\1 to \\9 of a string. REQUIRES: it has one.
void Parser::fail_legacy_escape(const Token& string) {
  auto unit = [&](uint32_t at) { return program_.source->slice_utf8(at, at + 1); };
  uint32_t at = string.start + 1;
  auto is_legacy = [&](uint32_t digit) {
    const std::string text = unit(digit), after = unit(digit + 1);
    return text >= "0" && text <= "9" && (text != "0" || (after >= "0" && after <= "9"));
  };
  while (at + 2 < string.end && !(unit(at) == "\\" && is_legacy(at + 1))) at += unit(at) == "\\" ? 2 : 1;
  const std::string digit = unit(at + 1);
  fail(digit == "8" || digit == "9" ? "\\8 and \\9 are not allowed in strict mode."
                                    : "Octal escape sequences are not allowed in strict mode.",
       at, at + 2);
}

StringLiteral* Parser::parse_string() {
  if (token_.is_legacy_octal && is_strict_) fail_legacy_escape(token_);
  StringLiteral* node = make_string(token_.name, token_.start, token_.end);
  next();
  return node;
}

namespace {

// https://tc39.es/ecma262/#sec-primary-expression-regular-expression-literals-static-semantics-early-errors
bool are_valid_flags(const Name* flags) {
  constexpr std::string_view kFlags = "dgimsuvy";
  uint32_t seen = 0;
  for (uint32_t i = 0; i < flags->length(); ++i) {
    char16_t flag = (*flags)[i];
    size_t index = flag < 128 ? kFlags.find(static_cast<char>(flag)) : std::string_view::npos;
    if (index == std::string_view::npos || (seen & (1u << index)) != 0) return false;
    seen |= 1u << index;
  }
  constexpr uint32_t kUnicode = 1u << 5;
  constexpr uint32_t kUnicodeSets = 1u << 6;
  return (seen & (kUnicode | kUnicodeSets)) != (kUnicode | kUnicodeSets);
}

}  // namespace

Expression* Parser::parse_regexp() {
  uint32_t start = token_.start;
  has_peeked_ = false;
  lexer_.rescan_as_regexp(token_);
  if (at(TokenKind::kIllegal)) {
    unexpected();
    return make<NullLiteral>(start);
  }
  const Name* pattern = token_.name;
  const Name* flags = token_.raw;
  if (!are_valid_flags(flags)) {
    fail_here("Invalid regular expression flags");
  } else if (options_.validate_regexp != nullptr) {
    std::string message;
    if (!options_.validate_regexp(pattern->view(), flags->view(), &message)) {
      fail_here("Invalid regular expression: /" + pattern->to_utf8() + "/" + flags->to_utf8() + ": " + message);
    }
  }
  next();
  auto* node = make<RegExpLiteral>(start);
  node->pattern = pattern;
  node->flags = flags;
  return node;
}

// https://tc39.es/ecma262/#sec-template-literals
TemplateLiteral* Parser::parse_template(bool is_tagged) {
  uint32_t start = token_.start;
  std::vector<TemplateElement> strings;
  std::vector<Expression*> expressions;
  while (at(TokenKind::kTemplate)) {
    if (token_.name == nullptr && !is_tagged) {
      fail(token_.escape_error, token_.escape_error_offset, token_.escape_error_offset + 2);
      break;
    }
    strings.push_back({token_.name, token_.raw});
    bool is_tail = token_.is_template_tail;
    next();
    if (is_tail) break;
    bool allow_in = std::exchange(allow_in_, true);
    expressions.push_back(parse_expression());
    allow_in_ = allow_in;
    if (!at(TokenKind::kRightBrace)) {
      fail_here(at(TokenKind::kEnd) ? "Unterminated template literal" : "Missing } in template expression");
      break;
    }
    lexer_.rescan_as_template(token_);
    if (at(TokenKind::kIllegal)) unexpected();
  }
  auto* node = make<TemplateLiteral>(start);
  node->strings = to_span(strings);
  node->expressions = to_span(expressions);
  return node;
}

// https://tc39.es/ecma262/#sec-array-initializer
Expression* Parser::parse_array_literal() {
  uint32_t start = token_.start;
  next();
  bool allow_in = std::exchange(allow_in_, true);
  std::vector<Expression*> elements;
  bool has_comma_after_spread = false;
  while (!at(TokenKind::kRightBracket) && !failed_) {
    if (take(TokenKind::kComma)) {
      elements.push_back(nullptr);
      continue;
    }
    uint32_t element_start = token_.start;
    bool is_spread = take(TokenKind::kEllipsis);
    Expression* element = parse_assignment_cover();
    if (is_spread) {
      auto* spread = make<Spread>(element_start);
      spread->argument = element;
      element = spread;
    }
    elements.push_back(element);
    if (at(TokenKind::kRightBracket)) break;
    expect(TokenKind::kComma);
    has_comma_after_spread |= is_spread;
  }
  allow_in_ = allow_in;
  expect(TokenKind::kRightBracket);
  auto* node = make<ArrayLiteral>(start);
  node->elements = to_span(elements);
  node->has_comma_after_spread = has_comma_after_spread;
  return node;
}

// ---------------------------------------------------------------- object literals

// https://tc39.es/ecma262/#sec-object-initializer
Expression* Parser::parse_object_literal() {
  uint32_t start = token_.start;
  next();
  bool allow_in = std::exchange(allow_in_, true);
  std::vector<Property> properties;
  bool has_prototype = false;
  bool has_comma_after_spread = false;
  while (!at(TokenKind::kRightBrace) && !failed_) {
    properties.push_back(parse_property(has_prototype));
    if (at(TokenKind::kRightBrace)) break;
    expect(TokenKind::kComma);
    has_comma_after_spread |= properties.back().kind == PropertyKind::kSpread;
  }
  allow_in_ = allow_in;
  expect(TokenKind::kRightBrace);
  auto* node = make<ObjectLiteral>(start);
  node->has_comma_after_spread = has_comma_after_spread;
  node->properties = to_span(properties);
  return node;
}

// The name that an identifier-like token spells when it is a property name.
Parser::PropertyName Parser::property_name_of(const Token& token) {
  PropertyName result;
  result.token = token.kind;
  result.has_escape = token.has_escape;
  result.start = token.start;
  result.end = token.end;
  result.name = token.name;
  result.key = make_string(token.name, token.start, token.end);
  return result;
}

// https://tc39.es/ecma262/#prod-ClassElementName, or PropertyName without private ones
Parser::PropertyName Parser::parse_property_name(bool allow_private) {
  if (is_identifier_name(token_.kind)) {
    PropertyName result = property_name_of(token_);
    next();
    return result;
  }
  PropertyName result;
  result.token = token_.kind;
  result.start = token_.start;
  switch (token_.kind) {
    case TokenKind::kString:
      result.name = token_.name;
      result.key = parse_string();
      break;
    case TokenKind::kNumber:
    case TokenKind::kBigInt:
      result.key = parse_number();
      break;
    case TokenKind::kLeftBracket: {
      next();
      bool allow_in = std::exchange(allow_in_, true);
      result.key = parse_assignment();
      allow_in_ = allow_in;
      expect(TokenKind::kRightBracket);
      result.is_computed = true;
      break;
    }
    case TokenKind::kPrivateName:
      if (allow_private) {
        result.name = token_.name;
        result.is_private = true;
        next();
        break;
      }
      [[fallthrough]];
    default:
      unexpected();
      result.name = names_.get(WellKnownName::empty);
      result.key = make_string(result.name, result.start, result.start);
      break;
  }
  result.end = previous_end_;
  return result;
}

namespace {

// Whether a token behind get, set or async shows that the word was the property's own name.
bool ends_property_name(TokenKind kind) {
  return kind == TokenKind::kComma || kind == TokenKind::kColon || kind == TokenKind::kLeftParen ||
         kind == TokenKind::kRightBrace || kind == TokenKind::kAssign || kind == TokenKind::kEnd;
}

}  // namespace

// https://tc39.es/ecma262/#prod-PropertyDefinition
Property Parser::parse_property(bool& has_prototype) {
  uint32_t start = token_.start;
  if (take(TokenKind::kEllipsis)) {
    Property property{.kind = PropertyKind::kSpread};
    property.value = parse_assignment_cover();
    property.start = start;
    return property;
  }
  PropertyKind kind = PropertyKind::kMethod;
  bool is_async = false;
  if (at_word(WellKnownName::async) && !ends_property_name(peek().kind) && !peek().newline_before) {
    is_async = true;
    next();
  } else if (at_word(WellKnownName::get) && !ends_property_name(peek().kind)) {
    kind = PropertyKind::kGetter;
    next();
  } else if (at_word(WellKnownName::set) && !ends_property_name(peek().kind)) {
    kind = PropertyKind::kSetter;
    next();
  }
  bool is_generator = kind == PropertyKind::kMethod && take(TokenKind::kMultiply);
  PropertyName name = parse_property_name(false);
  if (is_async || is_generator || kind != PropertyKind::kMethod || at(TokenKind::kLeftParen)) {
    return parse_method_property(name, start, kind, is_async, is_generator);
  }
  if (!take(TokenKind::kColon)) return parse_shorthand(name);
  Property property;
  property.start = start;
  property.key = name.key;
  property.is_computed = name.is_computed;
  if (!name.is_computed && name.name != nullptr && name.name->is(WellKnownName::proto)) {
    property.kind = PropertyKind::kPrototype;
    if (has_prototype && pending_.position == kNowhere) {
      pending_ = {start, "Duplicate __proto__ fields are not allowed in object literals"};
    }
    has_prototype = true;
  }
  property.value = parse_assignment_cover();
  return property;
}

// A key that cannot be a shorthand stands alone: it is to blame, not what follows.
void Parser::fail_unnamed_shorthand(const PropertyName& name) {
  if (is_reserved_word(name.token)) fail(std::string("Unexpected token '") + token_text(name.token) + "'", name.start, name.end);
  if (!at(TokenKind::kComma) && !at(TokenKind::kRightBrace)) return;
  if (name.token == TokenKind::kString) fail("Unexpected string", name.start, name.end);
  if (name.token == TokenKind::kNumber || name.token == TokenKind::kBigInt) fail("Unexpected number", name.start, name.end);
}

// { name } or, in what must become a pattern, { name = initializer }.
Property Parser::parse_shorthand(const PropertyName& name) {
  Property property;
  property.start = name.start;
  property.key = name.key;
  property.is_shorthand = true;
  if (name.token != TokenKind::kIdentifier) {
    fail_unnamed_shorthand(name);
    unexpected();
  } else {
    check_identifier(name.name, name.start, name.end);
  }
  Identifier* value = make_reference(name.name, name.start);
  value->end = name.end;
  property.value = value;
  if (at(TokenKind::kAssign)) {
    Pending shorthand{token_.start, "Invalid shorthand property initializer"};
    next();
    property.cover_initializer = parse_assignment();
    if (pending_.position == kNowhere) pending_ = shorthand;
  }
  return property;
}

Property Parser::parse_method_property(const PropertyName& name, uint32_t start, PropertyKind kind,
                                       bool is_async, bool is_generator) {
  FunctionSpec spec;
  spec.kind = kind == PropertyKind::kGetter   ? FunctionKind::kGetter
              : kind == PropertyKind::kSetter ? FunctionKind::kSetter
                                              : FunctionKind::kMethod;
  spec.is_async = is_async;
  spec.is_generator = is_generator;
  spec.start = start;
  FunctionNode* function = parse_method(spec);
  auto* value = make<FunctionExpression>(start);
  value->function = function;
  Property property;
  property.kind = kind;
  property.key = name.key;
  property.is_computed = name.is_computed;
  property.value = value;
  property.start = start;
  return property;
}

}  // namespace skein::syntax
