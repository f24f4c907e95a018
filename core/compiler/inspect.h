// Questions about syntax trees that code generation asks.
#pragma once

#include <optional>

#include "core/syntax/ast.h"

namespace skein::compiler {

// An integer literal, perhaps with a minus or tilde, that fits a signed byte (and is not -0).
std::optional<int> small_integer(const syntax::Expression& expression);

// Whether it is a literal number: as a key it needs no conversion.
bool is_numeric_key(const syntax::Expression& expression);

// https://tc39.es/ecma262/#sec-isanonymousfunctiondefinition
bool is_anonymous_function(const syntax::Expression& expression);

// Whether evaluating it may write to a local of the running function. Errs on the side of yes.
bool may_assign_locals(const syntax::Expression& expression);

// Whether evaluating it can have no effect, nor be affected by any: literals and plain locals.
bool is_pure(const syntax::Expression& expression);

// Whether compiling it twice makes no difference: nothing in it that has an identity (functions,
// classes, regular expressions, templates), and it is small.
bool is_duplicable(const syntax::Expression& expression);

}  // namespace skein::compiler
