// Bytes among bytes.
#pragma once

#include <cstddef>
#include <cstdint>

namespace skein {

// Where `pattern` occurs first in `text`, or null. Linear in the worst case.
// REQUIRES: pattern_length > 0
const uint8_t* find_bytes(const uint8_t* text, size_t length, const uint8_t* pattern, size_t pattern_length);

}  // namespace skein
