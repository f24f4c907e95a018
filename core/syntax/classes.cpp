// Classes. https://tc39.es/ecma262/#sec-class-definitions
//
// Field initializers and static blocks run later than the class's definition, with `this` as a
// method has it: they are code of two functions made here, the instance and the static initializer.
// Computed keys, heritage and methods stay in the class's own scope.
#include "core/syntax/parser_impl.h"

namespace skein::syntax {

// https://tc39.es/proposal-decorators/#prod-Decorator
Expression* Parser::parse_decorator() {
  next();
  uint32_t start = token_.start;
  if (take(TokenKind::kLeftParen)) {
    Expression* expression = parse_expression();
    expression->is_parenthesized = true;
    expect(TokenKind::kRightParen);
    return expression;
  }
  if (!at_identifier()) {
    unexpected();
    return make<NullLiteral>(start);
  }
  Expression* expression = parse_identifier_reference();
  while (take(TokenKind::kDot)) expression = parse_property_access(expression, start, false);
  if (at(TokenKind::kLeftParen)) expression = parse_call(expression, start, false);
  report_pending();
  return expression;
}

// None or more. NOTE: those of a class are code of the scope around it; they are not strict because of it.
Parser::Decorators Parser::parse_decorators() {
  Decorators decorators;
  while (at(TokenKind::kAt) && !failed_) decorators.push_back(parse_decorator());
  return decorators;
}

Expression* Parser::parse_class_expression() {
  uint32_t start = token_.start;
  Decorators decorators = parse_decorators();
  if (!at(TokenKind::kClass)) unexpected();
  bool outer_strict = std::exchange(is_strict_, true);
  next();
  const Name* name = nullptr;
  if (at_identifier()) name = parse_binding_name()->name;
  auto* node = make<ClassExpression>(start);
  node->node = parse_class(start, nullptr, name, decorators);
  node->end = previous_end_;
  is_strict_ = outer_strict;
  return node;
}

Statement* Parser::parse_class_declaration(bool is_default_export, Decorators decorators) {
  uint32_t start = token_.start;
  if (at(TokenKind::kAt)) {
    if (!decorators.empty()) fail_here("Decorators may come before or after export, not both");
    decorators = parse_decorators();
  }
  if (!at(TokenKind::kClass)) unexpected();
  bool outer_strict = std::exchange(is_strict_, true);
  next();
  Identifier* binding = nullptr;
  const Name* name = nullptr;
  if (is_default_export && !at_identifier()) {
    binding = make<Identifier>(start);
    binding->name = names_.get(WellKnownName::default_export);
  } else {
    if (at_identifier() && token_.name->is(WellKnownName::let))
      fail_here("let is disallowed as a lexically bound name");
    binding = parse_binding_name();
    name = binding->name;
  }
  binding->reference.is_initialization = true;
  Variable* variable = builder_.declare_lexical(scope_, binding->name, VariableKind::kClass, binding->start);
  if (variable == nullptr) fail_redeclared(binding->name, binding->start);
  refer(binding->reference, binding->name, binding->start);
  auto* node = make<ClassDeclaration>(start);
  node->node = parse_class(start, binding, name, decorators);
  node->end = previous_end_;
  if (variable != nullptr) variable->initialized_at = previous_end_;
  is_strict_ = outer_strict;
  return node;
}

// Behind the name, in strict mode already.
ClassNode* Parser::parse_class(uint32_t start, Identifier* binding, const Name* name, const Decorators& decorators) {
  DepthGuard guard(*this);
  ClassNode* node = arena_.make<ClassNode>();
  node->decorators = to_span(decorators);
  node->start = start;
  node->binding = binding;
  node->name = name;
  node->scope = push_scope(ScopeKind::kClass);
  if (name != nullptr) {
    node->inner_name = builder_.add_variable(scope_, name, VariableKind::kClassName, start);
    node->inner_name_reference.is_initialization = true;
    refer(node->inner_name_reference, name, start);
  }
  if (take(TokenKind::kExtends)) {
    node->heritage = parse_left_hand_side();
    report_pending();
  }
  parse_class_body(node);
  node->end = previous_end_;
  if (node->inner_name != nullptr) node->inner_name->initialized_at = previous_end_;
  for (FunctionNode* initializer : {node->instance_initializer, node->static_initializer}) {
    if (initializer == nullptr) continue;
    initializer->end = previous_end_;
    builder_.functions.push_back(initializer);
  }
  if (node->constructor != nullptr) {
    // The text of a class's constructor is that of the class.
    node->constructor->start = node->start;
    node->constructor->end = node->end;
  }
  pop_scope();
  return node;
}

void Parser::parse_class_body(ClassNode* node) {
  node->scope->class_body_start = token_.start;
  expect(TokenKind::kLeftBrace);
  std::vector<ClassElement> elements;
  while (!at(TokenKind::kRightBrace) && !failed_) {
    if (take(TokenKind::kSemicolon)) continue;
    parse_class_element(node, elements);
  }
  expect(TokenKind::kRightBrace);
  node->elements = to_span(elements);
  // The elements have moved to their final place: their references can be collected.
  for (ClassElement& element : node->elements) {
    Scope* scope = node->scope;
    // Private methods are given to instances by the initializer.
    bool is_instance_private = element.is_private && !element.is_static;
    bool is_field = element.kind == ClassElementKind::kField || element.kind == ClassElementKind::kAccessor;
    if (is_field || is_instance_private) {
      scope = (element.is_static ? node->static_initializer : node->instance_initializer)->scope;
    }
    if (element.is_private) {
      builder_.add_reference(scope, &element.private_reference, element.private_name, element.start);
    }
    if (element.key_variable != nullptr) {
      builder_.add_reference(scope, &element.key_reference, element.key_variable->name, element.start);
    }
    if (element.record_variable != nullptr)
      builder_.add_reference(scope, &element.record_reference, element.record_variable->name, element.start);
    if (element.storage_variable != nullptr)
      builder_.add_reference(scope, &element.storage_reference, element.storage_variable->name, element.start);
  }
  if (node->extras_variable != nullptr) {
    builder_.add_reference(node->instance_initializer->scope, &node->extras_reference, node->extras_variable->name,
                           node->start);
  }
}

// Whether what follows a word like static or get makes the word a modifier.
bool Parser::is_class_element_name(TokenKind kind) {
  return is_identifier_name(kind) || kind == TokenKind::kString || kind == TokenKind::kNumber ||
         kind == TokenKind::kBigInt || kind == TokenKind::kLeftBracket || kind == TokenKind::kPrivateName;
}

// Reads static, async, get, set, * and the name. A word that nothing follows is the name itself.
Parser::PropertyName Parser::parse_class_modifiers(ElementModifiers& modifiers, bool& is_static_block) {
  Token word = token_;
  if (take_word(WellKnownName::static_)) {
    if (at(TokenKind::kLeftBrace)) {
      is_static_block = true;
      return property_name_of(word);
    }
    if (!at_class_element_name() && !at(TokenKind::kMultiply)) return property_name_of(word);
    modifiers.is_static = true;
    modifiers.start = token_.start;  // the text of a static method leaves `static` out
    word = token_;
  }
  if (take_word(WellKnownName::async)) {
    bool is_modifier = !token_.newline_before && (at_class_element_name() || at(TokenKind::kMultiply));
    if (!is_modifier) return property_name_of(word);
    modifiers.is_async = true;
  } else if (at_word(WellKnownName::get) || at_word(WellKnownName::set)) {
    ClassElementKind kind =
        at_word(WellKnownName::get) ? ClassElementKind::kGetter : ClassElementKind::kSetter;
    next();
    if (!at_class_element_name()) return property_name_of(word);
    modifiers.kind = kind;
  } else if (at_word(WellKnownName::accessor) && is_class_element_name(peek().kind) && !peek().newline_before) {
    next();
    modifiers.kind = ClassElementKind::kAccessor;
  }
  if (modifiers.kind == ClassElementKind::kMethod) modifiers.is_generator = take(TokenKind::kMultiply);
  return parse_property_name(true);
}

void Parser::parse_class_element(ClassNode* node, std::vector<ClassElement>& elements) {
  ElementModifiers modifiers;
  modifiers.decorators = parse_decorators();
  modifiers.start = token_.start;
  bool is_static_block = false;
  PropertyName name = parse_class_modifiers(modifiers, is_static_block);
  if (!modifiers.decorators.empty()) {
    node->has_decorated_elements = true;
    if (is_static_block) fail_here("Static blocks cannot be decorated");
    if (is_constructor_name(name, modifiers)) fail("Constructors cannot be decorated", name.start, name.end);
  }
  if (is_static_block) return parse_static_block(node, elements);
  bool is_accessor = modifiers.kind == ClassElementKind::kAccessor;
  bool is_method = !is_accessor && (modifiers.is_async || modifiers.is_generator ||
                                    modifiers.kind != ClassElementKind::kMethod || at(TokenKind::kLeftParen));
  if (!is_method && !is_accessor) modifiers.kind = ClassElementKind::kField;
  check_element_name(name, modifiers);
  if (is_method) {
    parse_class_method(node, name, modifiers, elements);
  } else {
    parse_class_field(node, name, modifiers, elements);
  }
}

bool Parser::is_constructor_name(const PropertyName& name, const ElementModifiers& modifiers) const {
  return !modifiers.is_static && !name.is_computed && !name.is_private && name.name != nullptr &&
         name.name->is(WellKnownName::constructor);
}

// https://tc39.es/ecma262/#sec-class-definitions-static-semantics-early-errors
void Parser::check_element_name(const PropertyName& name, const ElementModifiers& modifiers) {
  if (name.is_computed || name.name == nullptr) return;
  auto refuse = [&](const char* message) { fail(message, name.start, name.end); };
  if (name.is_private) {
    if (name.name->is(WellKnownName::private_constructor))
      refuse("Classes may not have a private field named '#constructor'");
    return;
  }
  bool is_constructor = name.name->is(WellKnownName::constructor);
  if (modifiers.kind == ClassElementKind::kField || modifiers.kind == ClassElementKind::kAccessor) {
    if (is_constructor) refuse("Classes may not have a field named 'constructor'");
    if (modifiers.is_static && name.name->is(WellKnownName::prototype)) {
      refuse("Classes may not have a static property named 'prototype'");
    }
    return;
  }
  if (modifiers.is_static) {
    if (name.name->is(WellKnownName::prototype))
      refuse("Classes may not have a static property named 'prototype'");
  } else if (is_constructor) {
    if (modifiers.kind != ClassElementKind::kMethod) refuse("Class constructor may not be an accessor");
    if (modifiers.is_async && modifiers.is_generator)
      refuse("Class constructor may not be an async generator");
    if (modifiers.is_async) refuse("Class constructor may not be an async method");
    if (modifiers.is_generator) refuse("Class constructor may not be a generator");
  }
}

void Parser::declare_private_element(ClassNode* node, ClassElement& element, const PropertyName& name) {
  // By ClassElementKind; static blocks have no name.
  static constexpr PrivateNameKind kKinds[] = {PrivateNameKind::kMethod, PrivateNameKind::kGetter,
                                               PrivateNameKind::kSetter, PrivateNameKind::kField,
                                               PrivateNameKind::kField,  PrivateNameKind::kAccessor};
  PrivateNameKind kind = kKinds[static_cast<size_t>(element.kind)];
  element.is_private = true;
  element.private_name = name.name;
  element.private_variable =
      builder_.declare_private_name(node->scope, name.name, kind, element.is_static, name.start);
  if (element.private_variable == nullptr) fail_redeclared(name.name, name.start);
  if (!element.is_static && kind != PrivateNameKind::kField) node->has_private_instance_methods = true;
}

void Parser::parse_class_method(ClassNode* node, const PropertyName& name, const ElementModifiers& modifiers,
                                std::vector<ClassElement>& elements) {
  ClassElement element;
  element.kind = modifiers.kind;
  element.is_static = modifiers.is_static;
  element.is_computed = name.is_computed;
  element.start = modifiers.start;
  element.key = name.key;
  element.decorators = to_span(modifiers.decorators);
  if (!element.decorators.empty() && !element.is_static && node->extras_variable == nullptr) {
    initializer_of(node, false);
    node->extras_variable = hidden_variable(node, "extras", 0);
  }
  if (name.is_private) {
    if (!modifiers.is_static) initializer_of(node, false);
    declare_private_element(node, element, name);
  }
  FunctionSpec spec;
  spec.kind = modifiers.kind == ClassElementKind::kGetter   ? FunctionKind::kGetter
              : modifiers.kind == ClassElementKind::kSetter ? FunctionKind::kSetter
                                                            : FunctionKind::kMethod;
  bool is_constructor = is_constructor_name(name, modifiers);
  if (is_constructor) {
    if (node->constructor != nullptr) fail("A class may only have one constructor", name.start, name.end);
    spec.kind =
        node->heritage != nullptr ? FunctionKind::kDerivedConstructor : FunctionKind::kBaseConstructor;
    spec.name = node->name;
  }
  spec.is_async = modifiers.is_async;
  spec.is_generator = modifiers.is_generator;
  spec.is_static = modifiers.is_static;
  spec.start = modifiers.start;
  spec.class_node = node;
  element.function = parse_method(spec);
  if (is_constructor) {
    node->constructor = element.function;
  } else {
    elements.push_back(element);
  }
}

FunctionNode* Parser::initializer_of(ClassNode* node, bool is_static) {
  FunctionNode*& initializer = is_static ? node->static_initializer : node->instance_initializer;
  if (initializer != nullptr) return initializer;
  FunctionSpec spec;
  spec.kind = is_static ? FunctionKind::kStaticInitializer : FunctionKind::kInstanceInitializer;
  spec.start = node->start;
  spec.class_node = node;
  spec.is_static = is_static;
  initializer = make_function(spec);
  initializer->scope = builder_.make_scope(ScopeKind::kFunction, node->scope, true);
  initializer->scope->function = initializer;
  initializer->body_scope = initializer->scope;
  return initializer;
}

// A variable of the class's scope; its name can be no identifier and is unique in the class.
Variable* Parser::hidden_variable(ClassNode* node, const char* what, size_t index) {
  std::string name = "%" + std::string(what) + std::to_string(index);
  return builder_.add_variable(node->scope, names_.intern(name), VariableKind::kComputedKey, node->start);
}

// Fields and auto-accessors. https://tc39.es/ecma262/#prod-FieldDefinition
void Parser::parse_class_field(ClassNode* node, const PropertyName& name, const ElementModifiers& modifiers,
                               std::vector<ClassElement>& elements) {
  ClassElement element;
  element.kind = modifiers.kind;
  element.is_static = modifiers.is_static;
  element.is_computed = name.is_computed;
  element.start = modifiers.start;
  element.key = name.key;
  FunctionNode* initializer = initializer_of(node, modifiers.is_static);
  if (name.is_private) declare_private_element(node, element, name);
  element.decorators = to_span(modifiers.decorators);
  if (name.is_computed) element.key_variable = hidden_variable(node, "key", elements.size());
  if (!element.decorators.empty()) element.record_variable = hidden_variable(node, "record", elements.size());
  if (element.kind == ClassElementKind::kAccessor)
    element.storage_variable = hidden_variable(node, "storage", elements.size());
  if (take(TokenKind::kAssign)) {
    FunctionState state(*this, initializer, initializer->scope);
    element.initializer = parse_assignment();
  }
  expect_semicolon();
  elements.push_back(element);
}

// At the brace. https://tc39.es/ecma262/#prod-ClassStaticBlock
void Parser::parse_static_block(ClassNode* node, std::vector<ClassElement>& elements) {
  DepthGuard guard(*this);  // a function, like any other
  ClassElement element;
  element.kind = ClassElementKind::kStaticBlock;
  element.is_static = true;
  element.start = token_.start;
  FunctionNode* initializer = initializer_of(node, true);
  {
    FunctionState state(*this, initializer, initializer->scope);
    state.context.in_static_block = true;
    Scope* scope = push_scope(ScopeKind::kStaticBlock);
    element.block = parse_block_in_scope(scope);
    element.block->scope = scope;
  }
  elements.push_back(element);
}

}  // namespace skein::syntax
