// The frames as Error.prototype.stack shows them.
#include "core/interpreter/eval.h"
#include "core/interpreter/slow_paths.h"
#include "core/syntax/source_text.h"

namespace skein {

namespace {

// The `name` of a function when it is a plain string, as it is now.
std::string function_name(Agent& agent, Object* function) {
  PropertyLocation location = function->lookup(agent.names().name);
  if (!location || (location.attributes & kAccessorProperty)) return {};
  Value name = function->slot(location.slot);
  return name.is_string() ? name.as_string()->to_utf8() : std::string();
}

Object* callee_of(const Frame& frame) {
  Value callee = frame.code == nullptr ? frame.new_target : frame.registers[bytecode::kCalleeRegister];
  return callee.is_object() ? callee.as_object() : nullptr;
}

StackFrame describe(Agent& agent, const Frame& frame) {
  StackFrame result;
  Object* callee = callee_of(frame);
  if (callee != nullptr) result.function = function_name(agent, callee);
  if (frame.code == nullptr) {
    result.source = "native";
    return result;
  }
  if (!frame.new_target.is_undefined() && !result.function.empty()) result.function = "new " + result.function;
  else if (frame.code->executable().is_async && !result.function.empty()) result.function = "async " + result.function;
  const bytecode::Executable& executable = frame.code->executable();
  if (executable.source == nullptr) return result;
  result.source = executable.source->name();
  bytecode::SourcePosition position = executable.positions.find(frame.instruction_offset());
  syntax::LineColumn place = executable.source->line_column(position.position);
  result.line = place.line;
  result.column = place.column;
  return result;
}

}  // namespace

void capture_stack(Agent& agent, size_t limit, Object* skip_until, std::vector<StackFrame>& frames) {
  Interpreter& vm = *agent.interpreter;
  const Frame* const bottom = vm.frames();
  const Frame* first = vm.frame;
  if (skip_until != nullptr) {
    for (const Frame* frame = vm.frame; frame > bottom; --frame) {
      if (callee_of(*frame) != skip_until) continue;
      first = frame - 1;
      break;
    }
  }
  for (const Frame* frame = first; frame > bottom && frames.size() < limit; --frame) frames.push_back(describe(agent, *frame));
}

}  // namespace skein
