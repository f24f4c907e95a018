// https://tc39.es/ecma262/#sec-preparefortailcall
//
// A call is in tail position when the instruction behind it returns its result; nothing but the
// compiler's habit of computing a return value into the register that it returns is needed to find
// out, so calls carry no mark and cost what they always cost. Calls that are in tail position keep
// their frame as long as the stack is shallow (Interpreter::kept_frames, kept_stack): programs keep their
// stack traces, and whatever their depth a run of tail calls takes no more than those frames. Beyond, the
// frame of the caller becomes that of the callee.
//
// Only strict functions have tail calls. Frames of constructors stay, since [[Construct]] looks at the
// result and at `this`.
#include <algorithm>

#include "core/bytecode/instruction.h"
#include "core/interpreter/slow_paths.h"

namespace skein {

using bytecode::kCalleeRegister;
using bytecode::kFirstParameterRegister;
using bytecode::kThisRegister;
using bytecode::Opcode;

namespace {

// The register that is returned at pc, or -1 when something else comes first.
int64_t returned_register(const uint32_t* pc) {
  for (;;) {
    switch (static_cast<Opcode>(*pc & 0xff)) {
      case Opcode::jump_:
        pc += static_cast<int32_t>(bytecode::operand<Opcode::jump_, bytecode::ops::jump_::target>(pc));
        break;
      case Opcode::return_:
        return bytecode::operand<Opcode::return_, bytecode::ops::return_::value>(pc);
      case Opcode::wide_:
        if (bytecode::prefixed_opcode(*pc) != Opcode::return_) return -1;
        return bytecode::wide_operand<bytecode::ops::return_::value>(pc);
      default:
        return -1;
    }
  }
}

}  // namespace

bool is_tail_call(const Frame& frame, uint32_t result) {
  const bytecode::Executable& executable = frame.code->executable();
  if (!executable.is_strict || executable.code_kind != bytecode::CodeKind::kFunction) return false;
  if (frame.flags & Frame::kConstruct) return false;
  if (returned_register(frame.pc) != result) return false;
  const uint32_t offset = frame.instruction_offset();
  return std::none_of(executable.handlers.begin(), executable.handlers.end(), [offset](const bytecode::Handler& handler) {
    return offset >= handler.start && offset < handler.end;
  });
}

Completion<void> replace_frame(Interpreter& vm, Value* window, uint32_t argument_count) {
  Agent& agent = vm.agent;
  Frame* frame = vm.frame;
  auto* closure = window[kCalleeRegister].as<Closure>();
  Code* code = closure->code();
  // Where the caller's own window began.
  Value* base = frame->registers;
  if (frame->flags & Frame::kArgumentsBelow) base -= kFirstParameterRegister + frame->argument_count;
  Value* arguments = base + kFirstParameterRegister;
  const uint32_t parameters = code->parameter_count();
  const bool is_above = code->call_flags() & Code::kArgumentList;
  Value* registers = is_above ? arguments + argument_count : base;
  Value* end = registers + std::max(code->register_count(), kFirstParameterRegister + parameters);
  if (end > vm.stack_limit) return throw_stack_overflow(agent);
  agent.stack_top = std::max(agent.stack_top, window + kFirstParameterRegister + argument_count);
  if (poll_wanted(agent) && agent.poll().is_thrown()) {
    agent.stack_top = frame->top;
    return Thrown{};
  }
  if (code->call_flags() & Code::kUnlinked) code->link(agent);

  std::copy_n(window, kFirstParameterRegister + argument_count, base);
  Value* filled = arguments + argument_count;
  if (is_above) {
    registers[kCalleeRegister] = base[kCalleeRegister];
    registers[kThisRegister] = base[kThisRegister];
    const uint32_t copied = std::min(argument_count, parameters);
    filled = std::copy_n(arguments, copied, registers + kFirstParameterRegister);
  }
  if (filled < end) std::fill(filled, end, Value::undefined());
  frame->pc = code->instructions();
  frame->registers = registers;
  frame->code = code;
  frame->environment = closure->environment();
  frame->new_target = Value::undefined();
  frame->generator = nullptr;
  frame->top = agent.stack_top = std::max((frame - 1)->top, end);
  frame->argument_count = argument_count;
  // Where the result goes stays the same.
  frame->flags = (frame->flags & (Frame::kEntry | Frame::kDiscardResult)) | (is_above ? Frame::kArgumentsBelow : Frame::Flags{});
  if (code->realm() != agent.realm()) agent.set_realm(code->realm());
  return {};
}

}  // namespace skein
