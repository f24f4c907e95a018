// Readable listings of bytecode, for people and for tests.
#pragma once

#include <string>

#include "core/bytecode/executable.h"

namespace skein::bytecode {

struct DisassemblyOptions {
  bool with_positions = false;
  bool with_inner_functions = true;
};

// One line per instruction: `pc  name operands`, registers as r3, constants with their value, targets
// as @pc; then the handlers and the inner functions.
std::string disassemble(const Executable& executable, const DisassemblyOptions& options = {});
// The one instruction at pc.
std::string disassemble_instruction(const Executable& executable, uint32_t pc);

}  // namespace skein::bytecode
