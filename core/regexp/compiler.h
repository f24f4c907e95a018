// From the tree of a pattern to its code.
#pragma once

#include <memory>

#include "core/regexp/ast.h"
#include "core/regexp/parser.h"
#include "core/regexp/program.h"

namespace skein::regexp {

// Null, with `error` set, where code or tables would take more than `max_bytes`.
std::shared_ptr<const Program> compile_program(const Ast& ast, size_t max_bytes, SyntaxError& error);

}  // namespace skein::regexp
