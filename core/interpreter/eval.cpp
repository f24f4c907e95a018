#include "core/interpreter/eval.h"

#include <algorithm>

#include "core/compiler/compiler.h"
#include "core/interpreter/code_cache.h"
#include "core/interpreter/interpreter.h"
#include "core/interpreter/slow_paths.h"
#include "core/runtime/errors.h"
#include "core/syntax/source_text.h"
#include "platform/thread.h"

namespace skein {

using syntax::ParseOptions;
using syntax::ParseResult;
using syntax::ParseStatus;
using syntax::SourceText;

namespace {

// What the parser and the compiler, which does not look where its stack is, take at most for a level of nesting.
// Frames of a checked build are several times larger.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(NDEBUG)
constexpr size_t kStackPerLevel = 12288;
#else
constexpr size_t kStackPerLevel = 2048;
#endif

uint32_t depth_that_fits(const Agent& agent) {
  const uintptr_t here = platform::current_stack_position(), limit = agent.native_stack_limit();
  return static_cast<uint32_t>(here > limit ? (here - limit) / platform::visible_stack(kStackPerLevel) : 0);
}

}  // namespace

ParseOptions parse_options(Agent& agent) {
  ParseOptions options;
  options.max_depth = std::min(options.max_depth, depth_that_fits(agent));
  options.interrupt = [](void* context) { return static_cast<Agent*>(context)->stop_requested(); };
  options.interrupt_context = &agent;
  // The tree and the code made of it: half of what is left, since the tree is the larger by far.
  if (const size_t room = agent.heap().room(); room != SIZE_MAX) options.memory_limit = std::max<size_t>(room / 2, 1);
  options.stack_limit = agent.native_stack_limit();
  options.validate_regexp = [](syntax::TextView pattern, syntax::TextView flags, std::string* message) {
    if (g_regexp_hooks.validate == nullptr) return true;
    auto view = [](const syntax::TextView& text) {
      return text.is_latin1 ? StringView(text.latin1(), text.length) : StringView(text.utf16(), text.length);
    };
    return g_regexp_hooks.validate(view(pattern), view(flags), message);
  };
  return options;
}

Thrown throw_parse_error(Agent& agent, const ParseResult& result, const SourceText& source) {
  switch (result.status) {
    case ParseStatus::kInterrupted:
      if (agent.poll().is_thrown()) return Thrown{};
      return throw_range_error(agent, "The parser was interrupted");
    case ParseStatus::kTooDeep:
      return throw_stack_overflow(agent);
    case ParseStatus::kOutOfMemory:
      return throw_out_of_memory(agent);
    default:
      break;
  }
  ErrorObject* error = make_error(agent, ErrorType::kSyntaxError, result.error.message);
  put_frame_first(agent, error, source, result.error.position);
  return agent.throw_value(error);
}

void put_frame_first(Agent& agent, ErrorObject* error, const SourceText& source, syntax::LineColumn position) {
  auto frames = std::make_unique<std::vector<StackFrame>>();
  frames->push_back({.function = {}, .source = std::string(source.name()), .line = position.line, .column = position.column});
  if (error->frames != nullptr) frames->insert(frames->end(), error->frames->begin(), error->frames->end());
  error->set_frames(agent.heap(), frames.release());
}

Code* compile_program(Agent& agent, Realm* realm, const ParseResult& result, gc::Cell* script_or_module) {
  return agent.heap().make<Code>(compiler::compile(*result.program), realm, script_or_module);
}

std::shared_ptr<const SourceText> source_of(String* string, std::string name) {
  StringView view = string->view();
  if (view.is_latin1()) {
    return SourceText::from_latin1({reinterpret_cast<const char*>(view.latin1()), view.length()}, std::move(name));
  }
  return SourceText::from_utf16({view.utf16(), view.length()}, std::move(name));
}

// --- Scripts -------------------------------------------------------------------------------------------

namespace {

class RealmScope {
 public:
  RealmScope(Agent& agent, Realm* realm) : agent_(agent), saved_(agent.realm()) { agent.set_realm(realm); }
  ~RealmScope() { agent_.set_realm(saved_); }
  RealmScope(const RealmScope&) = delete;
  RealmScope& operator=(const RealmScope&) = delete;

 private:
  Agent& agent_;
  Realm* saved_;
};

}  // namespace

Completion<Value> evaluate_script(Agent& agent, Realm* realm, std::shared_ptr<const SourceText> source, gc::Cell* host_defined) {
  RealmScope scope(agent, realm);
  ParseResult result = syntax::parse_script(source, parse_options(agent));
  if (!result.ok()) return throw_parse_error(agent, result, *source);
  Root<Code*> code(agent, compile_program(agent, realm, result, host_defined));
  result.program = nullptr;
  return run_program(agent, code, nullptr, realm->global_this());
}

Completion<Ref<const bytecode::Executable>> compile_script(Agent& agent, std::shared_ptr<const SourceText> source) {
  ParseResult result = syntax::parse_script(source, parse_options(agent));
  if (!result.ok()) return throw_parse_error(agent, result, *source);
  return Ref<const bytecode::Executable>(compiler::compile(*result.program));
}

Completion<Ref<const bytecode::Executable>> compile_shared_script(Agent& agent, std::shared_ptr<const SourceText> source) {
  if (auto program = code_cache::find(ProgramGoal::kScript, *source)) return program;
  auto program = TRY(compile_script(agent, std::move(source)));
  code_cache::remember(ProgramGoal::kScript, program);
  return program;
}

Completion<Value> run_script(Agent& agent, Realm* realm, Ref<const bytecode::Executable> executable, gc::Cell* host_defined) {
  RealmScope scope(agent, realm);
  Root<Code*> code(agent, agent.heap().make<Code>(std::move(executable), realm, host_defined));
  auto result = run_program(agent, code, nullptr, realm->global_this());
  code->unlink(agent.heap());
  return result;
}

Completion<Value> evaluate_script(Agent& agent, Realm* realm, std::string_view utf8, std::string name, gc::Cell* host_defined) {
  auto source = SourceText::from_utf8(utf8, std::move(name));
  if (source == nullptr) return throw_range_error(agent, "Script is too long");
  return evaluate_script(agent, realm, std::move(source), host_defined);
}

// --- Eval ------------------------------------------------------------------------------------------------

namespace {

constexpr const char* kUnnamedSource = "<anonymous>";

// The name that a last line "//# sourceURL=NAME" gives, or empty.
std::string source_url(const StringView& text) {
  constexpr uint32_t kLongestLine = 400;
  constexpr std::string_view kMark = "//# sourceURL=";
  if (text.length() < kMark.size()) return {};
  uint32_t start = text.length() > kLongestLine ? text.length() - kLongestLine : 0;
  std::string tail = text.substring(start, text.length()).to_utf8();
  size_t at = tail.rfind(kMark);
  if (at == std::string::npos || (at != 0 && tail[at - 1] != '\n')) return {};
  size_t end = tail.find_first_of(" \t\r\n'\"", at += kMark.size());
  if (tail.find_first_not_of(" \t\r\n", end) != std::string::npos) return {};
  return tail.substr(at, end == std::string::npos ? end : end - at);
}

std::string evaluated_source_name(Agent& agent, const StringView& text) {
  std::string name = source_url(text);
  return name.empty() ? code_origin(agent, kUnnamedSource) : name;
}

Completion<void> ensure_can_compile_strings(Agent& agent) {
  if (agent.host().ensure_can_compile_strings != nullptr) TRY(agent.host().ensure_can_compile_strings(agent));
  return {};
}

// https://tc39.es/ecma262/#sec-performeval
Completion<Value> perform_eval(Agent& agent, Realm* realm, String* text, const bytecode::EvalSite* site, Environment* environment,
                               gc::Cell* script_or_module) {
  Root<String*> kept(agent, text);
  TRY(ensure_can_compile_strings(agent));
  auto source = source_of(text, evaluated_source_name(agent, text->view()));
  if (source == nullptr) return throw_range_error(agent, "Script is too long");
  ParseOptions options = parse_options(agent);
  if (site != nullptr) {
    options.outer_scope = site->scope;
    options.is_strict = site->is_strict;
  }
  ParseResult result = syntax::parse_eval(source, options);
  if (!result.ok()) return throw_parse_error(agent, result, *source);
  Root<Code*> code(agent, compile_program(agent, realm, result, script_or_module));
  result.program = nullptr;
  return run_program(agent, code, environment, Value::undefined());
}

}  // namespace

Completion<Value> indirect_eval(Agent& agent, Realm* realm, String* source) {
  RealmScope scope(agent, realm);
  return perform_eval(agent, realm, source, nullptr, nullptr, nullptr);
}

// https://tc39.es/proposal-shadowrealm/#sec-performshadowrealmeval
Completion<Value> shadow_realm_eval(Agent& agent, Realm* eval_realm, String* text, bool* has_begun) {
  Root<Realm*> realm(agent, eval_realm);
  Root<String*> kept(agent, text);
  // 1. - 2. Early errors are the caller's.
  TRY(ensure_can_compile_strings(agent));
  auto source = source_of(text, evaluated_source_name(agent, text->view()));
  if (source == nullptr) return throw_range_error(agent, "Script is too long");
  ParseResult result = syntax::parse_eval(source, parse_options(agent));
  if (!result.ok()) return throw_parse_error(agent, result, *source);
  // 3. - 15.
  *has_begun = true;
  RealmScope scope(agent, realm);
  Root<Code*> code(agent, compile_program(agent, realm, result, nullptr));
  result.program = nullptr;
  return run_program(agent, code, nullptr, Value::undefined());
}

// https://tc39.es/ecma262/#sec-getactivescriptormodule
Value active_referrer(Agent& agent) {
  Interpreter& vm = *agent.interpreter;
  for (Frame* frame = vm.frame; frame > vm.frames(); --frame) {
    if (frame->code == nullptr) continue;
    gc::Cell* referrer = frame->code->script_or_module();
    return referrer != nullptr ? Value::cell(referrer) : Value(frame->code->realm()->host_defined);
  }
  return Value::undefined();
}

Completion<Value> call_eval(Interpreter& vm, Value* window, uint32_t argument_count, uint32_t result, Value environment, uint32_t site) {
  Code* code = vm.frame->code;
  Object* eval = code->realm()->intrinsic(Intrinsic::kEval);
  if (eval == nullptr || window[0] != Value(eval)) return call_slow(vm, window, argument_count, result);
  if (argument_count == 0) return Value::undefined();
  Value text = window[bytecode::kFirstParameterRegister];
  if (!text.is_string()) return text;
  return perform_eval(vm.agent, code->realm(), text.as_string(), &code->executable().eval_sites[site], as_environment(environment),
                      code->script_or_module());
}

Completion<Value> call_eval_spread(Interpreter& vm, Value* window, uint32_t result, Value environment, uint32_t site) {
  Object* eval = vm.frame->code->realm()->intrinsic(Intrinsic::kEval);
  if (eval == nullptr || window[0] != Value(eval)) return call_spread(vm, window, result);
  Array* arguments = window[bytecode::kFirstParameterRegister].as<Array>();
  if (arguments->length() == 0) return Value::undefined();
  window[bytecode::kFirstParameterRegister] = arguments->dense_element_or_empty(0);
  return call_eval(vm, window, 1, result, environment, site);
}

// --- Functions -------------------------------------------------------------------------------------------

Completion<Object*> create_dynamic_function(Agent& agent, Realm* realm, DynamicFunctionKind kind, String* parameters,
                                            String* body) {
  Root<String*> kept_parameters(agent, parameters), kept_body(agent, body);
  TRY(ensure_can_compile_strings(agent));
  const std::string name = evaluated_source_name(agent, body->view());
  ParseResult result = syntax::parse_function_constructor(static_cast<syntax::DynamicFunctionKind>(kind), parameters->view().to_utf16(),
                                                          body->view().to_utf16(), name, parse_options(agent));
  if (!result.ok()) {
    auto source = SourceText::from_utf8("", name);
    return throw_parse_error(agent, result, *source);
  }
  Code* code = compile_program(agent, realm, result, nullptr);
  return static_cast<Object*>(make_closure(agent, code, nullptr, nullptr));
}

// https://tc39.es/ecma262/#sec-function.prototype.tostring
Completion<Value> function_source_text(Agent& agent, Object* object) {
  const bytecode::Executable& executable = static_cast<Closure*>(object)->code()->executable();
  if (executable.source == nullptr) return Value(new_string(agent.heap(), StringView("function () { [native code] }")));
  syntax::TextView text = executable.source->slice(executable.source_start, executable.source_end);
  String* string = new_string(agent.heap(), text.is_latin1 ? StringView(text.latin1(), text.length) : StringView(text.utf16(), text.length));
  if (string == nullptr) return throw_out_of_memory(agent);
  return Value(string);
}

}  // namespace skein
