// From the tree of a pattern to its code.
#pragma once

#include <memory>

#include "core/regexp/ast.h"
#include "core/regexp/parser.h"
#include "core/regexp/program.h"

namespace skein::regexp {

// Null, with `error` set, where the code would grow too large.
std::shared_ptr<const Program> compile_program(const Ast& ast, SyntaxError& error);

}  // namespace skein::regexp
