// The tree as text, for tests and developers: one S-expression for each node, every name with where
// its reference leads:
//   x:r0 register 0     x:e1.0 slot 0 one environment out     x:global   x:dynamic   x:unused
//   with ! behind it where the reference must check for initialisation.
#pragma once

#include <string>

#include "core/syntax/program.h"

namespace skein::syntax {

std::string dump(const Program& program);
std::string dump(const FunctionNode& function);

// The scopes of a function from the parameters to the innermost blocks are not part of the tree's
// text; this tells one: "function{a:r0 b:e0}", with * behind the name of scopes that materialise.
std::string dump(const Scope& scope);

}  // namespace skein::syntax
