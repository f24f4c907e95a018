// Checks that an Executable is well-formed, so that the interpreter need not.
//
// Verified: opcodes and instruction lengths; every register and table index in range; jumps land on
// instructions, backwards only in the opcodes for it; control cannot run off the end; handler
// ranges nest, begin and end on instructions and lie outside their handler; inner functions likewise.
#pragma once

#include <string>

#include "core/bytecode/executable.h"

namespace skein::bytecode {

// Empty when all is well, else what is wrong first, with its pc.
std::string verify(const Executable& executable);

}  // namespace skein::bytecode
