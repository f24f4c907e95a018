// Error messages that quote the running instruction's expression, worded as V8's.
#include <cctype>

#include "core/interpreter/slow_paths.h"
#include "core/runtime/errors.h"
#include "core/syntax/source_text.h"

namespace skein {

using bytecode::ErrorKind;
using bytecode::SourcePosition;

namespace {

constexpr uint32_t kLongestQuote = 200;
constexpr uint32_t kLongestSource = 4000;

// On one line: comments and the white space around line ends go, what stands in brackets too.
std::string outline_of(std::string_view text) {
  std::string out;
  int depth = 0;
  bool after_space = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '/' && i + 1 < text.size() && (text[i + 1] == '/' || text[i + 1] == '*')) {
      size_t end = text[i + 1] == '/' ? text.find('\n', i) : text.find("*/", i + 2);
      if (end == std::string_view::npos) return {};
      i = text[i + 1] == '/' ? end - 1 : end + 1;
    } else if (c == '"' || c == '\'' || c == '`') {
      size_t end = i + 1;
      while (end < text.size() && text[end] != c) end += text[end] == '\\' ? 2 : 1;
      if (end >= text.size()) return {};
      if (depth == 0) out += text.substr(i, end + 1 - i);
      i = end;
    } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      after_space = true;
      continue;
    } else if (c == ')' || c == ']' || c == '}') {
      if (--depth < 0) return {};
      if (depth == 0) out += c;
    } else if (depth == 0) {
      const bool is_word = c == '_' || c == '$' || (c & 0x80) != 0 || std::isalnum(static_cast<unsigned char>(c));
      if (after_space && is_word && !out.empty() && std::isalnum(static_cast<unsigned char>(out.back()))) out += ' ';
      out += c;
      if (c == '(' || c == '[' || c == '{') {
        size_t next = text.find_first_not_of(" \t\r\n", i + 1);
        if (next != std::string_view::npos && text[next] != ')' && text[next] != ']' && text[next] != '}') out += "...";
        depth = 1;
      }
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    }
    after_space = false;
  }
  return depth == 0 && out.size() <= kLongestQuote ? out : std::string();
}

// The source text of the expression that the running instruction is about; empty when unknown.
std::string expression_text(Interpreter& vm) {
  const Frame* frame = vm.frame;
  if (frame->code == nullptr) return {};
  const bytecode::Executable& executable = frame->code->executable();
  if (executable.source == nullptr) return {};
  SourcePosition position = executable.positions.find(frame->instruction_offset());
  if (position.range_end <= position.range_start || position.range_end > executable.source->length()) return {};
  constexpr const char* kUnnamed = "(intermediate value)";
  if (position.range_end - position.range_start > kLongestSource) return kUnnamed;
  std::string text = executable.source->slice_utf8(position.range_start, position.range_end);
  if (text.size() <= kLongestQuote && text.find('\n') == std::string::npos) return text;
  text = outline_of(text);
  return text.empty() ? kUnnamed : text;
}

std::string expression_or_value(Interpreter& vm, Value value) {
  std::string text = expression_text(vm);
  return text.empty() ? to_display_string(vm.agent, value) : text;
}

const char* nullish_name(Value value) { return value.is_null() ? "null" : "undefined"; }

std::string key_text(Agent& agent, Value key) {
  if (key.is_symbol()) return PropertyKey(key.as_symbol()).to_display();
  return plain_text(agent, key);
}

}  // namespace

std::string plain_text(Agent& agent, Value value) {
  return value.is_string() ? value.as_string()->to_utf8() : to_display_string(agent, value);
}

Thrown throw_not_a_function(Interpreter& vm, Value callee) {
  return throw_type_error(vm.agent, {expression_or_value(vm, callee), " is not a function"});
}

Thrown throw_not_a_constructor(Interpreter& vm, Value callee) {
  return throw_type_error(vm.agent, {expression_or_value(vm, callee), " is not a constructor"});
}

Thrown throw_not_a_super_constructor(Interpreter& vm, Value callee) {
  std::string of;
  const bool is_null = callee == Value(vm.agent.realm()->intrinsic(Intrinsic::kFunctionPrototype));  // extends null
  const Frame& frame = *vm.frame;
  if (frame.code != nullptr && frame.code->executable().is_class_constructor)
    of = plain_text(vm.agent, frame.registers[bytecode::kCalleeRegister].as<Closure>()->slot(Closure::kNameSlot));
  return throw_type_error(vm.agent, {"Super constructor ", is_null ? "null" : to_display_string(vm.agent, callee), " of ", of.empty() ? "anonymous class" : of,
                                     " is not a constructor"});
}

Thrown throw_not_iterable(Interpreter& vm, Value value, IteratorKind kind) {
  std::string text = expression_text(vm);
  if (kind == IteratorKind::kAsync) return throw_type_error(vm.agent, {expression_or_value(vm, value), " is not async iterable"});
  if (!text.empty()) return throw_type_error(vm.agent, {text, " is not iterable"});
  const char* suffix = value.is_nullish() ? " is not iterable (cannot read property Symbol(Symbol.iterator))" : " is not iterable";
  return throw_type_error(vm.agent, {to_display_string(vm.agent, value), suffix});
}

Thrown throw_cannot_read(Interpreter& vm, Value object, Value key) {
  if (key.is_object()) return throw_type_error(vm.agent, {"Cannot read properties of ", nullish_name(object)});
  return throw_type_error(vm.agent, {"Cannot read properties of ", nullish_name(object), " (reading '", key_text(vm.agent, key), "')"});
}
Thrown throw_cannot_read(Interpreter& vm, Value object, PropertyKey key) {
  return throw_type_error(vm.agent, {"Cannot read properties of ", nullish_name(object), " (reading '", key.to_display(), "')"});
}

Thrown throw_cannot_set(Interpreter& vm, Value object, Value key) {
  if (key.is_object()) return throw_type_error(vm.agent, {"Cannot set properties of ", nullish_name(object)});
  return throw_type_error(vm.agent, {"Cannot set properties of ", nullish_name(object), " (setting '", key_text(vm.agent, key), "')"});
}
Thrown throw_cannot_set(Interpreter& vm, Value object, PropertyKey key) {
  return throw_type_error(vm.agent, {"Cannot set properties of ", nullish_name(object), " (setting '", key.to_display(), "')"});
}

Thrown throw_not_coercible(Interpreter& vm, Value value, FlatString* property) {
  std::string text = expression_or_value(vm, value);
  if (property->length() == 0) return throw_type_error(vm.agent, {"Cannot destructure '", text, "' as it is ", nullish_name(value), "."});
  return throw_type_error(vm.agent, {"Cannot destructure property '", property->to_utf8(), "' of '", text, "' as it is ",
                                     nullish_name(value), "."});
}

Thrown throw_not_an_object(Interpreter& vm, Value value) {
  return throw_type_error(vm.agent, {"Iterator result ", to_display_string(vm.agent, value), " is not an object"});
}

Thrown throw_not_defined(Interpreter& vm, FlatString* name) {
  return throw_reference_error(vm.agent, {name->to_utf8(), " is not defined"});
}

Thrown throw_uninitialized(Interpreter& vm, FlatString* name) {
  return throw_reference_error(vm.agent, {"Cannot access '", name->to_utf8(), "' before initialization"});
}

Thrown throw_const_assignment(Interpreter& vm) { return throw_type_error(vm.agent, "Assignment to constant variable."); }

Thrown throw_this_uninitialized(Interpreter& vm) {
  return throw_reference_error(vm.agent, {"Must call super constructor in derived class before accessing 'this' or returning from derived constructor"});
}

Thrown throw_stack_overflow(Agent& agent) { return throw_stack_exhausted(agent); }

Thrown throw_kind(Interpreter& vm, uint32_t kind, FlatString* message) {
  static constexpr ErrorType kTypes[] = {ErrorType::kError, ErrorType::kReferenceError, ErrorType::kSyntaxError,
                                         ErrorType::kTypeError, ErrorType::kRangeError};
  return throw_error(vm.agent, kTypes[kind], {message->to_utf8()});
}

}  // namespace skein
