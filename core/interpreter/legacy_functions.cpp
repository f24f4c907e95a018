// `caller` and `arguments` of sloppy functions, as the web has them and no specification does: what the
// stack says at the moment. They are no properties: [[Get]] finds these values where an ordinary lookup
// would end at the accessors of Function.prototype, which throw.
// https://tc39.es/ecma262/#sec-forbidden-extensions allows it for sloppy functions that are neither generators
// nor asynchronous, as long as no strict function is shown.
#include <algorithm>

#include "core/interpreter/arguments_object.h"
#include "core/interpreter/slow_paths.h"

namespace skein {

namespace {

using bytecode::CodeKind;

const Frame* innermost_frame_of(Interpreter& vm, Closure* function) {
  for (const Frame* frame = vm.frame; frame > vm.frames(); --frame)
    if (frame->code != nullptr && frame->registers[bytecode::kCalleeRegister] == Value(function)) return frame;
  return nullptr;
}

Value caller_of(Interpreter& vm, const Frame* callee) {
  for (const Frame* frame = callee - 1; frame > vm.frames(); --frame) {
    if (frame->code == nullptr || frame->code->executable().code_kind == CodeKind::kEval) continue;
    Value function = frame->registers[bytecode::kCalleeRegister];
    auto* closure = function.as_if<Closure>();
    return closure != nullptr && has_legacy_properties(closure) ? function : Value::null();
  }
  return Value::null();
}

// Of arguments that had no parameter nothing is left unless the function has a use for them.
Value arguments_of(Interpreter& vm, const Frame& frame) {
  uint32_t count = frame.argument_count;
  if (!(frame.flags & Frame::kArgumentsBelow)) count = std::min(count, frame.code->parameter_count());
  return create_arguments_of(vm, {frame.arguments(), count}, frame.registers[bytecode::kCalleeRegister]);
}

}  // namespace

bool has_legacy_properties(const Closure* function) {
  const bytecode::Executable& code = function->code()->executable();
  return !code.is_strict && code.function_kind == bytecode::FunctionKind::kNormal && !code.is_async && !code.is_generator;
}

Value legacy_function_property(Agent& agent, Closure* function, bool is_caller) {
  Interpreter& vm = *agent.interpreter;
  const Frame* frame = innermost_frame_of(vm, function);
  if (frame == nullptr) return Value::null();
  return is_caller ? caller_of(vm, frame) : arguments_of(vm, *frame);
}

}  // namespace skein
