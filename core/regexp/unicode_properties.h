// What \p{…} names, and the sets of the classic class escapes.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "core/regexp/code_point_set.h"

namespace skein::regexp {

enum class PropertyKind : uint8_t {
  kUnknown,     // no such property or value
  kCodePoints,  // a set of code points
  kStrings,     // a property of strings: allowed under v only
};

struct Property {
  PropertyKind kind = PropertyKind::kUnknown;
  uint32_t property = 0;  // what resolve_property needs
  uint32_t value = 0;
};

// What `\p{name=value}`, or `\p{name}` with an empty `value`, refers to. The names are those of the
// specification's tables, matched exactly.
// https://tc39.es/ecma262/#sec-runtime-semantics-unicodematchproperty-p
Property find_property(std::string_view name, std::string_view value, bool has_value);

// The members of `property`, as the Unicode data of the ICU beneath has them.
// REQUIRES: property.kind is not kUnknown; `strings` is given for a property of strings.
void resolve_property(const Property& property, CodePointSet& code_points, std::set<std::u32string>* strings);

CodePointSet digit_characters();
// https://tc39.es/ecma262/#sec-wordcharacters, without its extra characters for ignoring case
CodePointSet basic_word_characters();
CodePointSet white_space_characters();
CodePointSet line_terminators();

bool is_identifier_start(uint32_t code_point);
bool is_identifier_part(uint32_t code_point);

}  // namespace skein::regexp
