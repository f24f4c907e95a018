// From a syntax tree to bytecode.
//
// REQUIRES nothing of a heap or a runtime: compiling is a pure function of the Program and may run on
// any thread. It cannot fail: what the parser accepts compiles. Recursion is bounded by the parser's
// depth limit.
#pragma once

#include "core/bytecode/executable.h"
#include "core/syntax/program.h"

namespace skein::compiler {

// The code of a script, module or eval. Scripts and evals return their completion value.
// For ProgramKind::kFunction (the Function constructors) the Executable is the function itself, to be
// made a closure over the global environment.
Ref<const bytecode::Executable> compile(const syntax::Program& program);

}  // namespace skein::compiler
