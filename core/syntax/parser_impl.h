// The parser: recursive descent over the grammar of ECMA-262, one class cut into several files by
// clause (expressions, primary expressions, patterns, statements, functions, classes, modules).
//
// Errors: the first one is kept, and from then on every token is kEnd. So no function hands errors
// on or returns null; each finishes with whatever it has, and the entry point drops the tree.
//
// Cover grammars: object and array literals are parsed as expressions and converted when an `=`, `=>`
// or `of` shows that they were patterns. What is legal in a pattern only ({a = 1}) is remembered in
// `pending_` until either the conversion forgives it or the end of the expression reports it.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/syntax/lexer.h"
#include "core/syntax/parser.h"
#include "core/syntax/program.h"
#include "core/syntax/scope_builder.h"

namespace skein::syntax {

class Parser {
 public:
  Parser(Program& program, const ParseOptions& options);

  void parse_script_program();
  void parse_module_program();
  void parse_eval_program();
  void parse_function_program();
  // Checks of CreateDynamicFunction: the text is all parameters, or all body.
  void parse_parameters_alone(DynamicFunctionKind kind);
  void parse_body_alone(DynamicFunctionKind kind);

  ParseStatus status() const { return status_; }
  SyntaxError take_error() { return std::move(error_); }

 private:
  static constexpr uint32_t kNowhere = UINT32_MAX;

  // What the grammar calls parameters ([Yield], [Await], ...) and what early errors ask for. One for
  // each function, linked outwards.
  struct FunctionContext {
    FunctionNode* node = nullptr;
    FunctionContext* outer = nullptr;
    bool yield_is_keyword = false;
    bool await_is_keyword = false;
    bool in_parameters = false;
    bool in_static_block = false;       // await is reserved
    bool in_class_initializer = false;  // also in its arrow functions: arguments is an error
    bool allows_return = false;
    bool allows_new_target = false;
    bool allows_super_property = false;
    bool allows_super_call = false;
    uint32_t first_label = 0;
    // The latest yield or await expression, and the latest `await` as a name: arrow parameters may
    // hold none.
    uint32_t yield_or_await_at = kNowhere;
    uint32_t await_name_at = kNowhere;
    uint32_t duplicate_parameter_at = kNowhere;
  };

  struct Label {
    const Name* name;
    JumpTarget* target;
    JumpTarget* loop;  // null unless it labels a loop
  };

  // Errors that stand if the expression turns out to be no pattern.
  struct Pending {
    uint32_t position = kNowhere;
    const char* message = nullptr;
  };

  // The parenthesised text before a =>, or the arguments of async(...) =>.
  struct ArrowHead {
    const Node* node = nullptr;
    std::vector<Expression*> elements;  // Spread for a rest from async arguments
    Expression* rest = nullptr;         // a binding pattern already
    bool is_async = false;
  };

  struct FunctionSpec {
    FunctionKind kind = FunctionKind::kNormal;
    bool is_async = false;
    bool is_generator = false;
    uint32_t start = 0;
    const Name* name = nullptr;
    uint32_t name_position = 0;
    ClassNode* class_node = nullptr;
    bool is_static = false;
  };

  struct PropertyName {
    Expression* key = nullptr;
    const Name* name = nullptr;  // of identifiers, strings and private names
    bool is_computed = false;
    bool is_private = false;
    TokenKind token = TokenKind::kEnd;
    bool has_escape = false;
    uint32_t start = 0;
    uint32_t end = 0;
  };

  enum class BindingKind : uint8_t {
    kVar,
    kLet,
    kConst,
    kUsing,
    kAwaitUsing,
    kParameter,
    kCatch,
    kCatchPattern,
    kArrowRest,  // of a parenthesised arrow head: declared when the arrow function exists
  };
  enum class ClauseStatements : uint8_t { kBlock, kSwitchClause };
  enum class LabelledFunctions : uint8_t { kRefuse, kAllow };
  enum class TargetUse : uint8_t { kAssignment, kLogicalAssignment, kPrefix, kPostfix, kForLoop, kPattern };

  // Counts nesting; stops the parse when it gets too deep.
  class DepthGuard {
   public:
    explicit DepthGuard(Parser& parser) : parser_(parser), height_(parser.height_) {
      parser.height_ = 0;
      if (++parser.depth_ > parser.options_.max_depth || stack_is_short()) [[unlikely]]
        parser.stop(ParseStatus::kTooDeep);
    }
    ~DepthGuard() {
      --parser_.depth_;
      ++parser_.height_;
      if (parser_.height_ < height_) parser_.height_ = height_;
    }
    DepthGuard(const DepthGuard&) = delete;
    DepthGuard& operator=(const DepthGuard&) = delete;

   private:
    bool stack_is_short() const { return reinterpret_cast<uintptr_t>(this) < parser_.options_.stack_limit; }
    Parser& parser_;
    uint32_t height_;
  };

  // --- tokens (parser.cpp)
  void next();
  const Token& peek();
  bool at(TokenKind kind) const { return token_.kind == kind; }
  bool take(TokenKind kind) {
    if (token_.kind != kind) return false;
    next();
    return true;
  }
  void expect(TokenKind kind);
  // A contextual keyword, spelled without escapes.
  bool at_word(WellKnownName word) const {
    return token_.kind == TokenKind::kIdentifier && !token_.has_escape && token_.name->is(word);
  }
  static bool is_word(const Token& token, WellKnownName word) {
    return token.kind == TokenKind::kIdentifier && !token.has_escape && token.name->is(word);
  }
  bool take_word(WellKnownName word);
  void expect_word(WellKnownName word);
  bool can_end_statement() const {
    return at(TokenKind::kSemicolon) || at(TokenKind::kRightBrace) || at(TokenKind::kEnd) ||
           token_.newline_before;
  }
  void expect_semicolon();

  struct Snapshot {
    Token token;
    uint32_t previous_end;
  };
  Snapshot save() const { return {token_, previous_end_}; }
  void restore(const Snapshot& snapshot);

  void fail(std::string message, uint32_t start, uint32_t end);
  void fail_at(std::string_view message, const Node& node) {
    fail(std::string(message), node.start, node.end);
  }
  void fail_here(std::string_view message) { fail(std::string(message), token_.start, token_.end); }
  void fail_redeclared(const Name* name, uint32_t position);
  void unexpected(const Token& token);
  bool fail_misplaced_await();
  void unexpected() { unexpected(token_); }
  void stop(ParseStatus status);
  void poll();
  // Work that grows with the text but reads no tokens counts towards the next poll.
  void charge(size_t work) {
    poll_countdown_ -= static_cast<uint32_t>(std::min<size_t>(work, poll_countdown_ - 1));
  }

  template <typename T>
  T* make(uint32_t start) {
    T* node = arena_.make<T>();
    node->kind = T::kKind;
    node->start = start;
    node->end = previous_end_;
    return node;
  }
  template <typename T>
  std::span<T> to_span(const std::vector<T>& list, size_t from = 0) {
    return arena_.copy(std::span<const T>(list).subspan(from));
  }

  // --- scopes (parser.cpp)
  Scope* push_scope(ScopeKind kind);
  void pop_scope() { scope_ = scope_->outer; }
  // The scope if something was declared in it that the compiler must know, else null.
  static Scope* used(Scope* scope);
  void refer(Reference& reference, const Name* name, uint32_t position) {
    builder_.add_reference(scope_, &reference, name, position);
  }
  void refer(Reference& reference, WellKnownName pseudo, uint32_t position) {
    builder_.add_pseudo_reference(scope_, &reference, pseudo, position);
  }
  Variable* declare(const Name* name, BindingKind kind, uint32_t position);

  FunctionNode* make_function(const FunctionSpec& spec);
  void finish_program();
  void enter_program(ScopeKind scope_kind, bool is_strict);

  // --- names (parser.cpp)
  bool is_strict_reserved(const Name* name) const;
  // Early errors of using `name` as an identifier here.
  void check_identifier(const Name* name, uint32_t position, uint32_t end);
  void check_binding_name(const Name* name, uint32_t position, uint32_t end);
  // Whether the token may be an identifier by its kind (contextual checks come later).
  bool at_identifier() const { return token_.kind == TokenKind::kIdentifier; }
  bool is_yield_keyword(const Token& token) const {
    return is_word(token, WellKnownName::yield) && function_->yield_is_keyword;
  }
  bool is_await_keyword(const Token& token) const {
    return is_word(token, WellKnownName::await) && function_->await_is_keyword;
  }

  // --- expressions (expressions.cpp)
  Expression* parse_expression();
  Expression* parse_expression_cover();
  Expression* parse_assignment();
  Expression* parse_assignment_cover();
  Expression* finish_assignment(Expression* left, uint32_t start);
  Expression* parse_conditional();
  Expression* parse_binary(int minimum);
  Expression* parse_private_in(int minimum);
  Expression* parse_unary();
  Expression* parse_delete_or_unary();
  Expression* parse_update();
  Expression* parse_await();
  Expression* parse_yield();
  void report_pending();
  uint32_t chain_limit() const;

  // --- member expressions (members.cpp)
  Expression* parse_left_hand_side();
  Expression* parse_member_tail(Expression* left, uint32_t start, bool allow_calls);
  Expression* parse_optional_link(Expression* left, uint32_t start);
  Expression* parse_property_access(Expression* left, uint32_t start, bool is_optional);
  Expression* parse_index_access(Expression* left, uint32_t start, bool is_optional);
  Expression* parse_call(Expression* callee, uint32_t start, bool is_optional);
  Expression* parse_async_call(Expression* callee, uint32_t start);
  Expression* parse_tagged(Expression* tag, uint32_t start);
  Expression* parse_new();
  Expression* parse_super();
  Expression* parse_import_expression();
  std::vector<Expression*> parse_arguments(bool& has_spread, bool& comma_after_spread, bool cover);
  void forget_property_base(Expression* expression);

  // --- primary expressions (primary.cpp)
  Expression* parse_primary();
  Expression* parse_identifier_or_arrow();
  Identifier* parse_identifier_reference();
  Identifier* make_reference(const Name* name, uint32_t start);
  Expression* parse_parenthesized();
  Expression* parse_number();
  void fail_legacy_escape(const Token& string);
  StringLiteral* parse_string();
  Expression* parse_regexp();
  TemplateLiteral* parse_template(bool is_tagged);
  Expression* parse_array_literal();
  Expression* parse_object_literal();
  Property parse_property(bool& has_prototype);
  void fail_unnamed_shorthand(const PropertyName& name);
  Property parse_shorthand(const PropertyName& name);
  Property parse_method_property(const PropertyName& name, uint32_t start, PropertyKind kind, bool is_async,
                                 bool is_generator);
  PropertyName parse_property_name(bool allow_private);
  PropertyName property_name_of(const Token& token);
  StringLiteral* make_string(const Name* value, uint32_t start, uint32_t end);

  // --- patterns (patterns.cpp)
  Expression* parse_binding_target(BindingKind kind);
  Identifier* parse_binding_identifier(BindingKind kind);
  Identifier* parse_binding_name();
  Expression* parse_binding_array(BindingKind kind);
  Expression* parse_binding_object(BindingKind kind);
  PatternElement parse_binding_element(BindingKind kind);
  void bind(Identifier* identifier, BindingKind kind);
  // Converts an expression to what may stand left of an assignment; `use` words the error.
  Expression* to_target(Expression* expression, TargetUse use);
  Expression* to_assignment_pattern(Expression* literal);
  Expression* to_array_pattern(ArrayLiteral* literal);
  Expression* to_object_pattern(ObjectLiteral* literal);
  Expression* to_pattern_target(Expression* expression);
  PatternElement to_pattern_element(Expression* expression);
  // Converts to a parameter of an arrow function and declares its names in the current scope.
  PatternElement to_parameter(Expression* expression);
  Expression* to_binding(Expression* expression);
  void check_binding(const Expression* target);
  void bind_pattern(Expression* target);
  void mark_written(Expression* target);
  void set_initialized(size_t first_variable, uint32_t offset);

  // --- statements (statements.cpp, loops.cpp)
  StatementList parse_statement_list(TokenKind end);
  Statement* parse_statement_list_item(ClauseStatements clause = ClauseStatements::kBlock);
  Statement* parse_statement(LabelledFunctions functions);
  Statement* parse_substatement();
  Statement* parse_embedded_function();
  Statement* parse_expression_or_labelled(uint32_t direct_labels, LabelledFunctions functions);
  Statement* parse_labelled(Identifier* label, uint32_t direct_labels, LabelledFunctions functions);
  Statement* parse_function_statement(LabelledFunctions functions);
  Block* parse_block();
  Block* parse_block_in_scope(Scope* scope);
  Statement* parse_variable_statement();
  Statement* parse_lexical_declaration(DeclarationKind kind);
  bool at_lexical_let();
  DeclarationKind at_using(bool& found);
  void check_using_allowed(uint32_t position, ClauseStatements clause);
  VariableDeclaration* parse_declarators(DeclarationKind kind, uint32_t start, bool in_for);
  Declarator parse_declarator(DeclarationKind kind, bool in_for);
  Statement* parse_if();
  Statement* parse_return();
  Statement* parse_jump();
  Statement* parse_with();
  Statement* parse_switch();
  Statement* parse_throw();
  Statement* parse_try();
  void parse_catch(Try* node);
  Statement* parse_for(uint32_t direct_labels);
  Statement* parse_for_declaration(DeclarationKind kind, uint32_t start, bool is_await, JumpTarget* target);
  Statement* parse_for_expression(uint32_t start, bool is_await, JumpTarget* target);
  Statement* parse_for_rest(uint32_t start, Node* initializer, Scope* scope, JumpTarget* target);
  Statement* parse_for_each(uint32_t start, Node* head, Scope* scope, bool is_await, JumpTarget* target);
  void check_for_each_declaration(VariableDeclaration* declaration, bool is_of);
  Statement* parse_while(uint32_t direct_labels);
  Statement* parse_do_while(uint32_t direct_labels);
  Statement* parse_loop_body(JumpTarget* target);
  JumpTarget* begin_loop(uint32_t direct_labels);
  const Label* find_label(const Name* name) const;

  // --- functions (functions.cpp)
  Expression* parse_function_expression(uint32_t start, bool is_async);
  Statement* parse_function_declaration(uint32_t start, bool is_async, bool is_default_export);
  FunctionNode* parse_function(const FunctionSpec& spec, Scope* name_scope);
  FunctionNode* parse_method(const FunctionSpec& spec) { return parse_function(spec, nullptr); }
  void declare_function(FunctionDeclaration* node, const FunctionSpec& spec);
  FunctionNode* enter_lone_function(DynamicFunctionKind kind);
  void parse_parameters(FunctionNode* function);
  void parse_parameter_list(FunctionNode* function, TokenKind end);
  void parse_function_body(FunctionNode* function, const FunctionSpec& spec);
  void parse_body_statements(FunctionNode* function, const FunctionSpec& spec, TokenKind end);
  void check_parameters(FunctionNode* function, const FunctionSpec& spec, bool became_strict);
  void check_accessor_arity(FunctionNode* function);
  Expression* parse_arrow(Expression* head, uint32_t start, ScopeBuilder::Mark mark);
  void check_arrow_head(uint32_t start, bool is_async);
  void convert_arrow_parameters(FunctionNode* function, const ArrowHead& head);
  void parse_arrow_body(FunctionNode* function, const FunctionSpec& spec);
  void finish_parameters(FunctionNode* function, const std::vector<Parameter>& parameters);
  FunctionContext context_for(FunctionNode* function);

  // Runs the code of a function: sets its context and scope, and puts back the outer ones.
  class FunctionState {
   public:
    FunctionState(Parser& parser, FunctionNode* function, Scope* scope);
    ~FunctionState();
    FunctionContext context;

   private:
    Parser& parser_;
    Scope* scope_;
    bool is_strict_;
    bool allow_in_;
    Pending pending_;
    JumpTarget* break_target_;
    JumpTarget* continue_target_;
    uint32_t direct_labels_;
  };

  // --- classes (classes.cpp)
  using Decorators = std::vector<Expression*>;
  ClassNode* parse_class(uint32_t start, Identifier* binding, const Name* name, const Decorators& decorators);
  Expression* parse_class_expression();
  // At `class` or its decorators; those before `export` come as an argument.
  Statement* parse_class_declaration(bool is_default_export, Decorators decorators = {});
  Decorators parse_decorators();
  Expression* parse_decorator();
  void parse_class_body(ClassNode* node);
  struct ElementModifiers {
    bool is_static = false;
    bool is_async = false;
    bool is_generator = false;
    Decorators decorators;
    ClassElementKind kind = ClassElementKind::kMethod;
    uint32_t start = 0;
  };
  void parse_class_element(ClassNode* node, std::vector<ClassElement>& elements);
  PropertyName parse_class_modifiers(ElementModifiers& modifiers, bool& is_static_block);
  static bool is_class_element_name(TokenKind kind);
  bool at_class_element_name() const { return is_class_element_name(token_.kind); }
  void parse_class_method(ClassNode* node, const PropertyName& name, const ElementModifiers& modifiers,
                          std::vector<ClassElement>& elements);
  void parse_class_field(ClassNode* node, const PropertyName& name, const ElementModifiers& modifiers,
                         std::vector<ClassElement>& elements);
  void parse_static_block(ClassNode* node, std::vector<ClassElement>& elements);
  void check_element_name(const PropertyName& name, const ElementModifiers& modifiers);
  void declare_private_element(ClassNode* node, ClassElement& element, const PropertyName& name);
  FunctionNode* initializer_of(ClassNode* node, bool is_static);
  Variable* hidden_variable(ClassNode* node, const char* what, size_t index);
  bool is_constructor_name(const PropertyName& name, const ElementModifiers& modifiers) const;

  // --- modules (modules.cpp)
  Statement* parse_module_item();
  Statement* parse_import_declaration();
  ImportPhase parse_import_phase();
  void parse_named_imports(std::vector<ImportEntry>& entries);
  void add_import(std::vector<ImportEntry>& entries, const Name* import_name, Identifier* local);
  Statement* parse_export_declaration(Decorators decorators = {});
  Statement* parse_export_default(uint32_t start, Decorators decorators);
  Statement* parse_export_star(uint32_t start);
  Statement* parse_export_clause(uint32_t start);
  const Name* parse_module_export_name();
  uint32_t parse_from_clause(ImportPhase phase);
  uint32_t parse_module_request(ImportPhase phase);
  std::vector<ImportAttribute> parse_attributes();
  void add_export_name(const Name* name, uint32_t position);
  void export_names_of(Statement* declaration);
  void export_pattern(Expression* target);
  void finish_module();

  struct PendingExport {
    const Name* export_name;
    const Name* local_name;
    uint32_t position;
  };
  struct ModuleState {
    std::vector<ModuleRequest> requests;
    std::vector<ImportEntry> imports;
    std::vector<PendingExport> local_exports;
    std::vector<IndirectExport> indirect_exports;
    std::vector<StarExport> star_exports;
    std::vector<std::pair<const Name*, uint32_t>> export_names;
  };

  Program& program_;
  const ParseOptions& options_;
  Arena& arena_;
  NameTable& names_;
  Lexer lexer_;
  ScopeBuilder builder_;

  Token token_;
  Token peeked_;
  bool has_peeked_ = false;
  uint32_t previous_end_ = 0;  // end of the token before token_
  uint32_t poll_countdown_;

  FunctionContext* function_ = nullptr;
  Scope* scope_ = nullptr;
  bool is_strict_ = false;
  bool allow_in_ = true;
  Pending pending_;
  ArrowHead arrow_head_;
  uint32_t depth_ = 0;
  uint32_t height_ = 0;  // how deep the tree of what was parsed last may be

  std::vector<Label> labels_;
  uint32_t direct_labels_ = 0;  // how many of the last labels belong to the statement that starts now
  JumpTarget* break_target_ = nullptr;
  JumpTarget* continue_target_ = nullptr;
  ModuleState module_;

  bool failed_ = false;
  ParseStatus status_ = ParseStatus::kOk;
  SyntaxError error_;
};

}  // namespace skein::syntax
