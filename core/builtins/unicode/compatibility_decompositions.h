// What NFKC and NFKD add to NFC and NFD.
#pragma once

#include <string_view>

namespace skein {

// The text that stands for a code point in compatibility normalization forms, before canonical
// decomposition; empty where that is the code point itself. REQUIRES: code_point <= 0x10FFFF
std::u16string_view compatibility_decomposition(char32_t code_point);

}  // namespace skein
