// Numbers to text: Number.prototype.toString and its kin.
//
// Every function writes ASCII into the caller's buffer, whose type says how much room the longest
// result takes, and returns a view of what it wrote (not always at the start of the buffer).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace skein::numeric {

using IntegerBuffer = std::array<char, 12>;  // "-2147483648"
using NumberBuffer = std::array<char, 32>;   // "-0.000001234567890123456"
using FormatBuffer = std::array<char, 136>;  // toFixed(100) of -1e20: 123 characters
using RadixBuffer = std::array<char, 2304>;  // radix 2: 1024 digits, or 1074 behind the point

std::string_view int32_to_text(int32_t value, IntegerBuffer& buffer);

// https://tc39.es/ecma262/#sec-numeric-types-number-tostring with radix 10
std::string_view number_to_text(double value, NumberBuffer& buffer);

// The same with another radix. As in other engines, the digits behind the point are the fewest that
// tell the value from its neighbours, and digits of integers beyond 2^53 that the value does not
// determine are zero (with radices that are powers of two the result is exact).
// REQUIRES: 2 <= radix <= 36
std::string_view number_to_text_radix(double value, int radix, RadixBuffer& buffer);

// https://tc39.es/ecma262/#sec-number.prototype.tofixed
// REQUIRES: 0 <= fraction_digits <= 100. Values from 1e21 on come out as by number_to_text.
std::string_view to_fixed(double value, int fraction_digits, FormatBuffer& buffer);

// https://tc39.es/ecma262/#sec-number.prototype.toexponential
// REQUIRES: value is finite; -1 <= fraction_digits <= 100, where -1 is "as many as necessary"
std::string_view to_exponential(double value, int fraction_digits, FormatBuffer& buffer);
inline constexpr int kAsManyAsNecessary = -1;

// https://tc39.es/ecma262/#sec-number.prototype.toprecision
// REQUIRES: value is finite; 1 <= precision <= 100
std::string_view to_precision(double value, int precision, FormatBuffer& buffer);

}  // namespace skein::numeric
