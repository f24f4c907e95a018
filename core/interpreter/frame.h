// Frames: the activations of functions, on the heap, so that JavaScript calling JavaScript uses no
// C++ stack. Their registers are windows on the agent's register stack (see bytecode/executable.h).
#pragma once

#include "core/interpreter/code.h"
#include "core/interpreter/environment.h"
#include "core/runtime/value.h"

namespace skein {

class GeneratorState;

struct Frame {
  enum Flags : uint32_t {
    kEntry = 1,           // entered from C++: leaving it leaves run()
    kConstruct = 2,       // [[Construct]] of a base constructor: a result that is no object becomes r1; or of a native
    kDiscardResult = 4,   // a setter's
    kArgumentsBelow = 8,  // the actual arguments lie below the registers
    kResumed = 16,        // an async function or generator that has been suspended before
  };

  // The instruction after the one that runs; up to date whenever something can look.
  const uint32_t* pc;
  Value* registers;
  Code* code;               // null: a native function
  Environment* environment;  // null: the global environment
  Value new_target;         // of a native function: the callee
  GeneratorState* generator;  // of generators and async functions, once they have one
  Value* top;               // the agent's stack_top while this is the innermost frame
  uint32_t argument_count;
  uint32_t result;          // the caller's register
  uint32_t flags;

  // The actual arguments. REQUIRES: kArgumentsBelow, or argument_count <= code->parameter_count().
  const Value* arguments() const {
    return flags & kArgumentsBelow ? registers - argument_count : registers + bytecode::kFirstParameterRegister;
  }
  // In words from the start of the code, somewhere inside the instruction that runs.
  uint32_t instruction_offset() const {
    const auto offset = static_cast<uint32_t>(pc - code->instructions());
    return offset == 0 ? 0 : offset - 1;
  }
};

}  // namespace skein
