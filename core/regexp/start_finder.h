// Where a match can start: decided by the compiler, used by the matcher between attempts.
#pragma once

#include "core/regexp/ast.h"
#include "core/regexp/code_builder.h"
#include "core/regexp/program.h"

namespace skein::regexp {

// A unit table of `first`, with kFirstWay for the units in it; 0 where every unit is.
uint32_t add_first_table(CodeBuilder& code, const FirstSet& first);

// Fills in the start_… fields of `program`.
void find_start(const Ast& ast, CodeBuilder& code, Program& program);

}  // namespace skein::regexp
