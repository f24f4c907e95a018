// Functions, methods, accessors and arrow functions.
// https://tc39.es/ecma262/#sec-ecmascript-language-functions-and-classes
#include "core/syntax/parser_impl.h"

namespace skein::syntax {

namespace {
constexpr size_t kAdoptionsPerToken = 32;  // roughly, by the time they take
}  // namespace

// ---------------------------------------------------------------- contexts

FunctionNode* Parser::make_function(const FunctionSpec& spec) {
  FunctionNode* function = arena_.make<FunctionNode>();
  function->kind = spec.kind;
  function->is_async = spec.is_async;
  function->is_generator = spec.is_generator;
  function->is_class_static = spec.is_static;
  function->is_strict = is_strict_;
  function->name = spec.name;
  function->start = spec.start;
  function->class_node = spec.class_node;
  return function;
}

Parser::FunctionContext Parser::context_for(FunctionNode* function) {
  FunctionContext context;
  context.node = function;
  context.outer = function_;
  context.yield_is_keyword = function->is_generator;
  context.await_is_keyword = function->is_async;
  context.first_label = static_cast<uint32_t>(labels_.size());
  if (function->is_arrow()) {
    context.allows_return = true;
    context.in_class_initializer = function_->in_class_initializer;
    context.allows_new_target = function_->allows_new_target;
    context.allows_super_property = function_->allows_super_property;
    context.allows_super_call = function_->allows_super_call;
    return context;
  }
  if (function->kind == FunctionKind::kProgram) return context;
  context.allows_return = !function->is_initializer();
  context.allows_new_target = true;
  context.allows_super_property = function->kind != FunctionKind::kNormal;
  context.allows_super_call = function->kind == FunctionKind::kDerivedConstructor;
  context.in_class_initializer = function->is_initializer();
  return context;
}

Parser::FunctionState::FunctionState(Parser& parser, FunctionNode* function, Scope* scope)
    : context(parser.context_for(function)),
      parser_(parser),
      scope_(parser.scope_),
      is_strict_(parser.is_strict_),
      allow_in_(parser.allow_in_),
      pending_(parser.pending_),
      break_target_(parser.break_target_),
      continue_target_(parser.continue_target_),
      direct_labels_(parser.direct_labels_) {
  parser.function_ = &context;
  parser.scope_ = scope;
  parser.allow_in_ = true;
  parser.pending_ = {};
  parser.break_target_ = nullptr;
  parser.continue_target_ = nullptr;
  parser.direct_labels_ = 0;
}

Parser::FunctionState::~FunctionState() {
  parser_.labels_.resize(context.first_label);
  parser_.function_ = context.outer;
  parser_.scope_ = scope_;
  parser_.is_strict_ = is_strict_;
  parser_.allow_in_ = allow_in_;
  parser_.pending_ = pending_;
  parser_.break_target_ = break_target_;
  parser_.continue_target_ = continue_target_;
  parser_.direct_labels_ = direct_labels_;
}

// ---------------------------------------------------------------- declarations and expressions

// At `function`; `start` is that of `async` if any.
Expression* Parser::parse_function_expression(uint32_t start, bool is_async) {
  next();
  FunctionSpec spec;
  spec.start = start;
  spec.is_async = is_async;
  spec.is_generator = take(TokenKind::kMultiply);
  Scope* name_scope = nullptr;
  if (at_identifier()) {
    spec.name = token_.name;
    spec.name_position = token_.start;
    // The name obeys the function's own [Yield] and [Await].
    if ((spec.is_generator && token_.name->is(WellKnownName::yield)) ||
        (spec.is_async && token_.name->is(WellKnownName::await))) {
      unexpected();
    }
    bool outer_yield = std::exchange(function_->yield_is_keyword, spec.is_generator);
    bool outer_await = std::exchange(function_->await_is_keyword, spec.is_async);
    bool outer_static_block = std::exchange(function_->in_static_block, false);
    check_binding_name(token_.name, token_.start, token_.end);
    function_->yield_is_keyword = outer_yield;
    function_->await_is_keyword = outer_await;
    function_->in_static_block = outer_static_block;
    next();
    name_scope = builder_.make_scope(ScopeKind::kFunctionName, scope_, is_strict_);
    builder_.add_variable(name_scope, spec.name, VariableKind::kFunctionName, spec.name_position);
  } else if (!at(TokenKind::kLeftParen)) {
    unexpected();
  }
  FunctionNode* function = parse_function(spec, name_scope);
  auto* node = make<FunctionExpression>(start);
  node->function = function;
  return node;
}

// At `function`. https://tc39.es/ecma262/#prod-HoistableDeclaration
Statement* Parser::parse_function_declaration(uint32_t start, bool is_async, bool is_default_export) {
  next();
  FunctionSpec spec;
  spec.start = start;
  spec.is_async = is_async;
  spec.is_generator = take(TokenKind::kMultiply);
  Identifier* binding = nullptr;
  if (is_default_export && at(TokenKind::kLeftParen)) {
    binding = make<Identifier>(start);
    binding->name = names_.get(WellKnownName::default_export);
    spec.name = names_.get(WellKnownName::default_);
  } else {
    spec.name_position = token_.start;
    binding = parse_binding_name();
    spec.name = binding->name;
  }
  binding->reference.is_initialization = true;
  auto* node = make<FunctionDeclaration>(start);
  node->binding = binding;
  if (!failed_) declare_function(node, spec);
  refer(binding->reference, binding->name, binding->start);
  node->function = parse_function(spec, nullptr);
  node->function->is_declaration = true;
  node->end = previous_end_;
  return node;
}

void Parser::declare_function(FunctionDeclaration* node, const FunctionSpec& spec) {
  const Name* name = node->binding->name;
  uint32_t position = node->binding->start;
  bool plain = !spec.is_async && !spec.is_generator;
  Variable* variable = nullptr;
  if (scope_->is_variable_scope() && scope_->kind != ScopeKind::kModule) {
    variable = builder_.declare_top_level_function(scope_, name, position);
  } else {
    variable = builder_.declare_block_function(scope_, name, position, plain);
    if (plain && !is_strict_) builder_.block_functions.push_back({node, scope_});
  }
  if (variable == nullptr) return fail_redeclared(name, position);
  builder_.add_function(scope_, node);
}

// At the parenthesis of the parameters.
FunctionNode* Parser::parse_function(const FunctionSpec& spec, Scope* name_scope) {
  DepthGuard guard(*this);
  FunctionNode* function = make_function(spec);
  Scope* outer = name_scope != nullptr ? name_scope : scope_;
  Scope* scope = builder_.make_scope(ScopeKind::kFunction, outer, is_strict_);
  scope->function = function;
  function->scope = scope;
  function->name_scope = name_scope;
  if (name_scope != nullptr) name_scope->function = function;
  FunctionState state(*this, function, scope);
  parse_parameters(function);
  check_accessor_arity(function);
  parse_function_body(function, spec);
  function->end = previous_end_;
  builder_.functions.push_back(function);
  return function;
}

// ---------------------------------------------------------------- parameters

// https://tc39.es/ecma262/#prod-FormalParameters
void Parser::parse_parameters(FunctionNode* function) {
  expect(TokenKind::kLeftParen);
  parse_parameter_list(function, TokenKind::kRightParen);
  expect(TokenKind::kRightParen);
}

void Parser::parse_parameter_list(FunctionNode* function, TokenKind end) {
  std::vector<Parameter> parameters;
  function_->in_parameters = true;
  while (!at(end) && !failed_) {
    size_t first_variable = scope_->variables().size();
    Parameter parameter;
    if (take(TokenKind::kEllipsis)) {
      parameter.is_rest = true;
      parameter.element.target = parse_binding_target(BindingKind::kParameter);
      if (at(TokenKind::kAssign)) fail_here("Rest parameter may not have a default initializer");
      if (at(TokenKind::kComma)) fail_here("Rest parameter must be last formal parameter");
    } else {
      parameter.element = parse_binding_element(BindingKind::kParameter);
    }
    set_initialized(first_variable, previous_end_);
    parameters.push_back(parameter);
    if (parameter.is_rest || at(end)) break;
    if (!at(TokenKind::kComma)) {
      if (at(TokenKind::kEnd) || end == TokenKind::kEnd) {
        unexpected();
      } else {
        fail_here("missing ) after formal parameters");
      }
      break;
    }
    next();
  }
  function_->in_parameters = false;
  finish_parameters(function, parameters);
}

namespace {

// ContainsExpression of a binding pattern: a default or a computed key.
bool has_expression(const Expression* target) {
  if (target->is<ArrayPattern>()) {
    const auto* pattern = target->as<ArrayPattern>();
    for (const PatternElement& element : pattern->elements) {
      if (element.target == nullptr) continue;
      if (element.initializer != nullptr || has_expression(element.target)) return true;
    }
    return pattern->rest != nullptr && has_expression(pattern->rest);
  }
  if (!target->is<ObjectPattern>()) return false;
  for (const PatternProperty& property : target->as<ObjectPattern>()->properties) {
    if (property.is_computed || property.value.initializer != nullptr) return true;
    if (has_expression(property.value.target)) return true;
  }
  return false;
}

}  // namespace

void Parser::finish_parameters(FunctionNode* function, const std::vector<Parameter>& parameters) {
  function->parameters = to_span(parameters);
  bool counting = true;
  for (const Parameter& parameter : parameters) {
    const PatternElement& element = parameter.element;
    bool is_plain = !parameter.is_rest && element.initializer == nullptr;
    if (!is_plain || !element.target->is<Identifier>()) function->has_simple_parameters = false;
    if (element.initializer != nullptr || has_expression(element.target)) {
      function->has_parameter_expressions = true;
    }
    if (parameter.is_rest) function->has_rest_parameter = true;
    counting = counting && is_plain;
    if (counting) ++function->expected_argument_count;
  }
  function->has_duplicate_parameters = function_->duplicate_parameter_at != kNowhere;
  function->body_start = previous_end_;
}

void Parser::check_accessor_arity(FunctionNode* function) {
  if (function->kind == FunctionKind::kGetter && !function->parameters.empty()) {
    fail("Getter must not have any formal parameters.", function->start, previous_end_);
  }
  if (function->kind != FunctionKind::kSetter) return;
  if (function->parameters.size() != 1) {
    fail("Setter must have exactly one formal parameter.", function->start, previous_end_);
  } else if (function->has_rest_parameter) {
    fail("Setter function argument must not be a rest parameter", function->start, previous_end_);
  }
}

// What can only be judged when the body has said whether it is strict.
void Parser::check_parameters(FunctionNode* function, const FunctionSpec& spec, bool became_strict) {
  if (function->has_duplicate_parameters) {
    bool allowed = !is_strict_ && function->has_simple_parameters && function->kind == FunctionKind::kNormal;
    if (!allowed) {
      uint32_t position = function_->duplicate_parameter_at;
      fail("Duplicate parameter name not allowed in this context", position, position + 1);
    }
  }
  if (!became_strict) return;
  auto check = [this](const Name* name, uint32_t position) {
    uint32_t end = position + name->length();
    if (is_strict_reserved(name)) {
      fail("Unexpected strict mode reserved word", position, end);
    } else if (name->is(WellKnownName::eval) || name->is(WellKnownName::arguments)) {
      fail("Unexpected eval or arguments in strict mode", position, end);
    }
  };
  // Methods take any name: theirs is a property name.
  if (spec.name != nullptr && function->kind == FunctionKind::kNormal) check(spec.name, spec.name_position);
  for (const Variable* variable : function->scope->variables()) {
    if (variable->kind == VariableKind::kParameter) check(variable->name, variable->declared_at);
  }
}

// ---------------------------------------------------------------- bodies

// At the brace.
void Parser::parse_function_body(FunctionNode* function, const FunctionSpec& spec) {
  function->body_start = token_.start;
  expect(TokenKind::kLeftBrace);
  parse_body_statements(function, spec, TokenKind::kRightBrace);
  expect(TokenKind::kRightBrace);
}

// Directives, then statements. Opens the body's own scope where it has one.
void Parser::parse_body_statements(FunctionNode* function, const FunctionSpec& spec, TokenKind end) {
  if (function->has_parameter_expressions) push_scope(ScopeKind::kFunctionBody)->function = function;
  function->body_scope = scope_;
  bool was_strict = is_strict_;
  std::vector<Statement*> statements;
  uint32_t octal_at = kNowhere;
  while (at(TokenKind::kString) && !failed_) {
    Token token = token_;
    // A directive's escapes are not read, and it fills the statement.
    bool is_use_strict = token.name->is(WellKnownName::use_strict) && !token.has_escape;
    if (token.is_legacy_octal && octal_at == kNowhere) octal_at = token.start;
    Statement* statement = parse_statement_list_item();
    statements.push_back(statement);
    const Expression* expression =
        statement->is<ExpressionStatement>() ? statement->as<ExpressionStatement>()->expression : nullptr;
    if (expression == nullptr || !expression->is<StringLiteral>() || expression->is_parenthesized) break;
    if (!is_use_strict) continue;
    if (!function->has_simple_parameters) {
      fail("Illegal 'use strict' directive in function with non-simple parameter list", token.start,
           token.end);
    }
    is_strict_ = true;
    function->is_strict = function->scope->is_strict = scope_->is_strict = true;
  }
  if (is_strict_ && !was_strict && octal_at != kNowhere) {
    fail("Octal escape sequences are not allowed in strict mode.", octal_at, octal_at + 1);
  }
  check_parameters(function, spec, is_strict_ && !was_strict);
  while (!at(end) && !at(TokenKind::kEnd)) statements.push_back(parse_statement_list_item());
  if (at(TokenKind::kEnd) && end != TokenKind::kEnd) unexpected();
  function->body = to_span(statements);
}

// ---------------------------------------------------------------- arrow functions

// At the =>, behind what parsed as the expression `head`. Everything since `mark` is inside of it.
Expression* Parser::parse_arrow(Expression* head, uint32_t start, ScopeBuilder::Mark mark) {
  ArrowHead arrow;
  if (arrow_head_.node == head) {
    arrow = std::exchange(arrow_head_, {});
  } else if (head->is<Identifier>() && !head->is_parenthesized && head->start == start) {
    arrow.elements.assign(1, head);
  } else {
    fail("Malformed arrow function parameter list", start, previous_end_);
    return head;
  }
  if (token_.newline_before) {
    unexpected();
    return head;
  }
  // The word async itself was taken for a reference.
  if (arrow.is_async && head->is<Call>())
    builder_.references.erase(builder_.references.begin() + mark.references);

  FunctionSpec spec;
  spec.kind = FunctionKind::kArrow;
  spec.is_async = arrow.is_async;
  spec.start = start;
  FunctionNode* function = make_function(spec);
  function->has_simple_parameters = true;
  Scope* scope = builder_.make_scope(ScopeKind::kFunction, scope_, is_strict_);
  scope->function = function;
  function->scope = scope;
  charge(builder_.adopt(mark, scope_, scope) / kAdoptionsPerToken);
  check_arrow_head(start, arrow.is_async);
  bool allow_in = allow_in_;
  {
    FunctionState state(*this, function, scope);
    convert_arrow_parameters(function, arrow);
    next();
    allow_in_ = allow_in;  // [?In] for the body that is an expression
    parse_arrow_body(function, spec);
    function->end = previous_end_;
    builder_.functions.push_back(function);
  }
  auto* node = make<FunctionExpression>(start);
  node->function = function;
  return node;
}

// https://tc39.es/ecma262/#sec-arrow-function-definitions-static-semantics-early-errors
void Parser::check_arrow_head(uint32_t start, bool is_async) {
  if (function_->yield_or_await_at != kNowhere && function_->yield_or_await_at >= start) {
    uint32_t position = function_->yield_or_await_at;
    bool is_yield = function_->yield_is_keyword && program_.source->at(position) == 'y';
    fail(is_yield ? "Yield expression not allowed in formal parameter"
                  : "Illegal await-expression in formal parameters of async function",
         position, position + 5);
  }
  if (is_async && function_->await_name_at != kNowhere && function_->await_name_at >= start) {
    fail("Unexpected reserved word", function_->await_name_at, function_->await_name_at + 5);
  }
}

void Parser::convert_arrow_parameters(FunctionNode* function, const ArrowHead& head) {
  std::vector<Parameter> parameters;
  auto add = [&](PatternElement element, bool is_rest) {
    size_t first_variable = scope_->variables().size();
    bind_pattern(element.target);
    set_initialized(first_variable,
                    element.initializer != nullptr ? element.initializer->end : element.target->end);
    parameters.push_back({element, is_rest});
  };
  for (Expression* element : head.elements) {
    if (!element->is<Spread>()) {
      add(to_parameter(element), false);
      continue;
    }
    if (element != head.elements.back()) fail_at("Rest parameter must be last formal parameter", *element);
    Expression* argument = element->as<Spread>()->argument;
    if (argument->is<Assignment>()) fail_at("Rest parameter may not have a default initializer", *argument);
    add({to_binding(argument), nullptr}, true);
  }
  if (head.rest != nullptr) add({head.rest, nullptr}, true);
  finish_parameters(function, parameters);
}

void Parser::parse_arrow_body(FunctionNode* function, const FunctionSpec& spec) {
  if (at(TokenKind::kLeftBrace)) {
    allow_in_ = true;
    return parse_function_body(function, spec);
  }
  function->is_expression_body = true;
  function->body_start = token_.start;
  if (function->has_parameter_expressions) push_scope(ScopeKind::kFunctionBody)->function = function;
  function->body_scope = scope_;
  check_parameters(function, spec, false);
  uint32_t start = token_.start;
  Expression* value = parse_assignment();
  auto* result = make<Return>(start);
  result->argument = value;
  std::vector<Statement*> statements{result};
  function->body = to_span(statements);
}

// ---------------------------------------------------------------- the Function constructors

namespace {

bool is_generator_kind(DynamicFunctionKind kind) {
  return kind == DynamicFunctionKind::kGenerator || kind == DynamicFunctionKind::kAsyncGenerator;
}
bool is_async_kind(DynamicFunctionKind kind) {
  return kind == DynamicFunctionKind::kAsync || kind == DynamicFunctionKind::kAsyncGenerator;
}

}  // namespace

FunctionNode* Parser::enter_lone_function(DynamicFunctionKind kind) {
  enter_program(ScopeKind::kScript, false);
  FunctionSpec spec;
  spec.is_generator = is_generator_kind(kind);
  spec.is_async = is_async_kind(kind);
  FunctionNode* function = make_function(spec);
  function->scope = builder_.make_scope(ScopeKind::kFunction, scope_, false);
  function->scope->function = function;
  return function;
}

void Parser::parse_parameters_alone(DynamicFunctionKind kind) {
  FunctionNode* function = enter_lone_function(kind);
  FunctionContext program{.node = program_.root};
  function_ = &program;
  FunctionState state(*this, function, function->scope);
  next();
  parse_parameter_list(function, TokenKind::kEnd);
  if (!at(TokenKind::kEnd)) unexpected();
}

void Parser::parse_body_alone(DynamicFunctionKind kind) {
  FunctionNode* function = enter_lone_function(kind);
  FunctionContext program{.node = program_.root};
  function_ = &program;
  FunctionState state(*this, function, function->scope);
  next();
  parse_body_statements(function, {}, TokenKind::kEnd);
}

void Parser::parse_function_program() {
  enter_program(ScopeKind::kScript, false);
  FunctionState state(*this, program_.root, scope_);
  next();
  uint32_t start = token_.start;
  bool is_async = take_word(WellKnownName::async);
  // The name anonymous is no binding.
  next();
  FunctionSpec spec;
  spec.start = start;
  spec.is_async = is_async;
  spec.is_generator = take(TokenKind::kMultiply);
  spec.name = token_.name;
  next();
  FunctionNode* function = parse_function(spec, nullptr);
  if (!at(TokenKind::kEnd)) unexpected();
  finish_program();
  program_.root = function;
}

}  // namespace skein::syntax
