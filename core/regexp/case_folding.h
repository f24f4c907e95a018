// Canonicalize ( rer, ch ) and what follows from it.
// https://tc39.es/ecma262/#sec-runtime-semantics-canonicalize-ch
#pragma once

#include <cstdint>

#include "core/regexp/code_point_set.h"

namespace skein::regexp {

// Which characters a pattern takes for the same.
enum class CaseMode : uint8_t {
  kSensitive,
  kUpperCase,  // i without u or v: by toUppercase, per code unit
  kFold,       // i with u or v: by simple case folding, per code point
};

uint32_t canonicalize(CaseMode mode, uint32_t character);

// Adds every character whose canonical form is that of a member.
void close_over_case(CaseMode mode, CodePointSet& set);

// MaybeSimpleCaseFolding: the image of `set` under simple case folding.
// https://tc39.es/ecma262/#sec-maybesimplecasefolding
CodePointSet simple_case_folding(const CodePointSet& set);
// The code points that fold to themselves: AllCharacters under v and i.
const CodePointSet& all_folded_characters();

}  // namespace skein::regexp
