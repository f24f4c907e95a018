// The parser's core: tokens, errors, scopes, names; and the entry points.
#include "core/syntax/parser.h"

#include "core/syntax/parser_impl.h"
#include "core/syntax/scope_resolver.h"

namespace skein::syntax {

namespace {
constexpr uint32_t kTokensBetweenPolls = 4096;
// A chain of members may be deeper than other nesting, as the parser does not recurse for it.
constexpr uint32_t kChainFactor = sizeof(void*) == 4 ? 2 : 4;
}  // namespace

Parser::Parser(Program& program, const ParseOptions& options)
    : program_(program),
      options_(options),
      arena_(program.arena),
      names_(program.names),
      lexer_(*program.source, program.names,
             program.kind == ProgramKind::kModule ? HtmlComments::kRefuse : HtmlComments::kAllow),
      builder_(program.arena, program.names),
      poll_countdown_(kTokensBetweenPolls) {}

// ---------------------------------------------------------------- tokens

void Parser::next() {
  previous_end_ = token_.end;
  if (failed_) return;
  if (has_peeked_) {
    token_ = peeked_;
    has_peeked_ = false;
  } else {
    lexer_.next(token_);
  }
  if (token_.kind == TokenKind::kIllegal) [[unlikely]] {
    return fail(lexer_.error_message(), lexer_.error_offset(),
                std::max(token_.end, lexer_.error_offset() + 1));
  }
  if (--poll_countdown_ == 0) [[unlikely]]
    poll();
}

const Token& Parser::peek() {
  if (failed_) return token_;
  if (!has_peeked_) {
    lexer_.next(peeked_);
    has_peeked_ = true;
  }
  return peeked_;
}

void Parser::restore(const Snapshot& snapshot) {
  if (failed_) return;
  token_ = snapshot.token;
  previous_end_ = snapshot.previous_end;
  has_peeked_ = false;
  lexer_.set_position(token_.end);
}

void Parser::expect(TokenKind kind) {
  if (!take(kind)) unexpected();
}

bool Parser::take_word(WellKnownName word) {
  if (!at_word(word)) return false;
  next();
  return true;
}

void Parser::expect_word(WellKnownName word) {
  if (!take_word(word)) unexpected();
}

// https://tc39.es/ecma262/#sec-rules-of-automatic-semicolon-insertion
void Parser::expect_semicolon() {
  if (take(TokenKind::kSemicolon) || can_end_statement()) return;
  unexpected();
}

void Parser::poll() {
  poll_countdown_ = kTokensBetweenPolls;
  if (options_.interrupt != nullptr && options_.interrupt(options_.interrupt_context)) {
    stop(ParseStatus::kInterrupted);
  } else if (options_.memory_limit != 0 && arena_.bytes() + builder_.bytes() > options_.memory_limit) {
    stop(ParseStatus::kOutOfMemory);
  }
}

// ---------------------------------------------------------------- errors

void Parser::fail(std::string message, uint32_t start, uint32_t end) {
  if (failed_) return;
  error_.message = std::move(message);
  error_.offset = start;
  error_.end = end;
  error_.position = program_.source->line_column(start);
  stop(ParseStatus::kSyntaxError);
}

void Parser::stop(ParseStatus status) {
  if (failed_) return;
  if (status == ParseStatus::kTooDeep) {
    error_.message = "Code is nested too deeply";
    error_.offset = error_.end = token_.start;
    error_.position = program_.source->line_column(token_.start);
  }
  failed_ = true;
  status_ = status;
  token_.kind = TokenKind::kEnd;
  has_peeked_ = false;
}

void Parser::fail_redeclared(const Name* name, uint32_t position) {
  fail("Identifier '" + name->to_utf8() + "' has already been declared", position, position + name->length());
}

// An `await` that has been read as a name was meant as the keyword when something unexpected follows it.
bool Parser::fail_misplaced_await() {
  constexpr uint32_t kAwaitLength = 5;
  const uint32_t at = function_ == nullptr ? kNowhere : function_->await_name_at;
  if (failed_ || at == kNowhere || at + kAwaitLength != previous_end_) return false;
  fail("await is only valid in async functions and the top level bodies of modules", at, previous_end_);
  return true;
}

void Parser::unexpected(const Token& token) {
  if (failed_ || fail_misplaced_await()) return;
  std::string message;
  switch (token.kind) {
    case TokenKind::kIllegal:
      return fail(lexer_.error_message(), lexer_.error_offset(), token.end);
    case TokenKind::kEnd:
      message = "Unexpected end of input";
      break;
    case TokenKind::kNumber:
    case TokenKind::kBigInt:
      message = "Unexpected number";
      break;
    case TokenKind::kString:
      message = "Unexpected string";
      break;
    case TokenKind::kTemplate:
      message = "Unexpected template string";
      break;
    case TokenKind::kEscapedReservedWord:
      message = "Keyword must not contain escaped characters";
      break;
    case TokenKind::kEnum:
      message = "Unexpected reserved word";
      break;
    case TokenKind::kIdentifier:
      if (is_strict_ && is_strict_reserved(token.name)) {
        message = "Unexpected strict mode reserved word";
        break;
      }
      [[fallthrough]];
    case TokenKind::kPrivateName:
      message = "Unexpected identifier '" + token.name->to_utf8() + "'";
      break;
    default:
      message = std::string("Unexpected token '") + token_text(token.kind) + "'";
      break;
  }
  fail(std::move(message), token.start, token.end);
}

// ---------------------------------------------------------------- scopes and names

Scope* Parser::push_scope(ScopeKind kind) {
  scope_ = builder_.make_scope(kind, scope_, is_strict_);
  return scope_;
}

Scope* Parser::used(Scope* scope) {
  return scope->variables().empty() && scope->functions().empty() ? nullptr : scope;
}

bool Parser::is_strict_reserved(const Name* name) const {
  return name->id() >= static_cast<uint32_t>(WellKnownName::yield) &&
         name->id() <= static_cast<uint32_t>(WellKnownName::public_);
}

// https://tc39.es/ecma262/#sec-identifiers-static-semantics-early-errors
void Parser::check_identifier(const Name* name, uint32_t position, uint32_t end) {
  if (name->id() > static_cast<uint32_t>(WellKnownName::arguments)) return;
  if (is_strict_ && is_strict_reserved(name)) {
    fail("Unexpected strict mode reserved word", position, end);
  } else if (name->is(WellKnownName::yield)) {
    if (function_->yield_is_keyword) fail("Unexpected identifier 'yield'", position, end);
  } else if (name->is(WellKnownName::await)) {
    if (function_->await_is_keyword || function_->in_static_block || program_.kind == ProgramKind::kModule) {
      fail(program_.kind == ProgramKind::kModule && !function_->await_is_keyword
               ? "await is only valid in async functions and the top level bodies of modules"
               : "Unexpected reserved word",
           position, end);
    }
    function_->await_name_at = position;
  } else if (name->is(WellKnownName::arguments) && function_->in_class_initializer) {
    fail("'arguments' is not allowed in class field initializer or static initialization block", position,
         end);
  }
}

void Parser::check_binding_name(const Name* name, uint32_t position, uint32_t end) {
  check_identifier(name, position, end);
  if (is_strict_ && (name->is(WellKnownName::eval) || name->is(WellKnownName::arguments))) {
    fail("Unexpected eval or arguments in strict mode", position, end);
  }
}

Variable* Parser::declare(const Name* name, BindingKind kind, uint32_t position) {
  Variable* variable = nullptr;
  switch (kind) {
    case BindingKind::kVar:
      variable = builder_.declare_var(scope_, name, position);
      break;
    case BindingKind::kLet:
    case BindingKind::kCatchPattern:
      variable = builder_.declare_lexical(scope_, name, VariableKind::kLet, position);
      break;
    case BindingKind::kConst:
      variable = builder_.declare_lexical(scope_, name, VariableKind::kConst, position);
      break;
    case BindingKind::kUsing:
      variable = builder_.declare_lexical(scope_, name, VariableKind::kUsing, position);
      scope_->has_using = true;
      break;
    case BindingKind::kAwaitUsing:
      variable = builder_.declare_lexical(scope_, name, VariableKind::kAwaitUsing, position);
      scope_->has_await_using = true;
      break;
    case BindingKind::kCatch:
      variable = builder_.declare_lexical(scope_, name, VariableKind::kCatchParameter, position);
      break;
    case BindingKind::kParameter:
      if (scope_->find(name) != nullptr && function_->duplicate_parameter_at == kNowhere) {
        function_->duplicate_parameter_at = position;
      }
      return builder_.add_variable(scope_, name, VariableKind::kParameter, position);
    case BindingKind::kArrowRest:
      return nullptr;
  }
  if (variable == nullptr) fail_redeclared(name, position);
  return variable;
}

void Parser::set_initialized(size_t first_variable, uint32_t offset) {
  for (Variable* variable : scope_->variables().subspan(first_variable)) variable->initialized_at = offset;
}

// ---------------------------------------------------------------- programs

void Parser::enter_program(ScopeKind scope_kind, bool is_strict) {
  is_strict_ = is_strict;
  FunctionSpec spec;
  spec.kind = FunctionKind::kProgram;
  program_.root = make_function(spec);
  push_scope(scope_kind)->function = program_.root;
  program_.root->scope = program_.root->body_scope = scope_;
}

void Parser::finish_program() {
  if (failed_) return;
  program_.root->end = program_.source->length();
  if (const Variable* conflict = builder_.find_var_conflict()) {
    return fail_redeclared(conflict->name, conflict->declared_at);
  }
  ScopeResolver resolver(program_, builder_, options_);
  if (resolver.resolve()) return;
  if (resolver.was_interrupted()) {
    stop(ParseStatus::kInterrupted);
  } else {
    const ReferenceRecord& record = resolver.unresolved_private_name();
    fail("Private field '" + record.name->to_utf8() + "' must be declared in an enclosing class",
         record.position, record.position + record.name->length());
  }
}

void Parser::parse_script_program() {
  enter_program(ScopeKind::kScript, false);
  FunctionState state(*this, program_.root, scope_);
  state.context.allows_return = options_.allow_return;
  state.context.await_is_keyword = options_.allow_top_level_await;
  next();
  FunctionSpec spec;
  spec.kind = FunctionKind::kProgram;
  parse_body_statements(program_.root, spec, TokenKind::kEnd);
  finish_program();
}

void Parser::parse_eval_program() {
  enter_program(ScopeKind::kEval, options_.is_strict);
  FunctionState state(*this, program_.root, scope_);
  for (const ScopeInfo* info = options_.outer_scope.get(); info != nullptr; info = info->outer.get()) {
    if (info->kind != ScopeKind::kFunction || info->is_arrow_function) continue;
    state.context.allows_new_target = true;
    state.context.allows_super_property = info->allows_super_property;
    state.context.allows_super_call = info->allows_super_call;
    state.context.in_class_initializer = info->is_class_initializer;
    break;
  }
  next();
  FunctionSpec spec;
  spec.kind = FunctionKind::kProgram;
  parse_body_statements(program_.root, spec, TokenKind::kEnd);
  finish_program();
}

void Parser::parse_module_program() {
  enter_program(ScopeKind::kModule, true);
  FunctionState state(*this, program_.root, scope_);
  state.context.await_is_keyword = true;
  next();
  std::vector<Statement*> statements;
  while (!at(TokenKind::kEnd)) statements.push_back(parse_module_item());
  program_.root->body = to_span(statements);
  finish_module();
  finish_program();
}

// ---------------------------------------------------------------- entry points

namespace {

ParseResult run(std::shared_ptr<const SourceText> source, ProgramKind kind, const ParseOptions& options,
                void (Parser::*parse)()) {
  auto program = std::make_shared<Program>(std::move(source));
  program->kind = kind;
  program->outer_scope = kind == ProgramKind::kEval ? options.outer_scope : nullptr;
  Parser parser(*program, options);
  (parser.*parse)();
  ParseResult result;
  result.status = parser.status();
  if (result.ok()) {
    result.program = std::move(program);
  } else {
    result.error = parser.take_error();
  }
  return result;
}

}  // namespace

ParseResult parse_script(std::shared_ptr<const SourceText> source, const ParseOptions& options) {
  return run(std::move(source), ProgramKind::kScript, options, &Parser::parse_script_program);
}

ParseResult parse_module(std::shared_ptr<const SourceText> source, const ParseOptions& options) {
  return run(std::move(source), ProgramKind::kModule, options, &Parser::parse_module_program);
}

ParseResult parse_eval(std::shared_ptr<const SourceText> source, const ParseOptions& options) {
  return run(std::move(source), ProgramKind::kEval, options, &Parser::parse_eval_program);
}

ParseResult parse_function_constructor(DynamicFunctionKind kind, std::u16string_view parameters,
                                       std::u16string_view body, std::string name,
                                       const ParseOptions& options) {
  // Steps 13 to 16 of CreateDynamicFunction: the texts of body, parameters and the whole.
  static constexpr std::u16string_view kPrefixes[] = {u"function", u"function*", u"async function",
                                                      u"async function*"};
  std::u16string body_text = u"\n";
  body_text.append(body).append(u"\n");
  std::u16string text(kPrefixes[static_cast<size_t>(kind)]);
  text.append(u" anonymous(").append(parameters).append(u"\n) {").append(body_text).append(u"}");

  ParseResult result;
  auto check_alone = [&](std::u16string_view part, void (Parser::*parse)(DynamicFunctionKind)) {
    auto source = SourceText::from_utf16(part, name);
    if (source == nullptr) {
      result.status = ParseStatus::kOutOfMemory;
      return false;
    }
    Program program(std::move(source));
    program.kind = ProgramKind::kFunction;
    Parser parser(program, options);
    (parser.*parse)(kind);
    result.status = parser.status();
    result.error = parser.take_error();
    return result.ok();
  };
  if (!check_alone(parameters, &Parser::parse_parameters_alone)) return result;
  if (!check_alone(body_text, &Parser::parse_body_alone)) return result;
  auto source = SourceText::from_utf16(text, std::move(name));
  if (source == nullptr) return {.status = ParseStatus::kOutOfMemory, .error = {}, .program = nullptr};
  return run(std::move(source), ProgramKind::kFunction, options, &Parser::parse_function_program);
}

uint32_t Parser::chain_limit() const {
  return options_.max_depth * kChainFactor;
}

}  // namespace skein::syntax
