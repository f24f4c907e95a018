// Properties that ICU would read from its data file: those of emoji, and Changes_When_NFKC_Casefolded.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace skein::regexp {

struct CodePointRange {
  uint32_t first;
  uint32_t last;
};

// The code points that have a property (ICU's UProperty); empty for properties that are not here.
std::span<const CodePointRange> tabulated_ranges(uint32_t property);
// The strings of more than one code point that have a property of strings, each followed by a zero.
// RGI_Emoji is the union of the others.
std::u32string_view tabulated_strings(uint32_t property);

}  // namespace skein::regexp
