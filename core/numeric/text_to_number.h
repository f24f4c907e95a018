// Text to numbers: StringToNumber, parseFloat and parseInt, over both string widths.
//
// Results are correctly rounded (also where the specification allows less) and no locale matters.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/passed.h"

namespace skein::numeric {

using Latin1Text = std::span<const uint8_t>;
using Utf16Text = std::span<const char16_t>;

// https://tc39.es/ecma262/#sec-stringtonumber; NaN where the text is no StringNumericLiteral
double string_to_number(Passed<Latin1Text> text);
double string_to_number(Passed<Utf16Text> text);

// https://tc39.es/ecma262/#sec-parsefloat-string, from step 2 on
double parse_float(Passed<Latin1Text> text);
double parse_float(Passed<Utf16Text> text);

// https://tc39.es/ecma262/#sec-parseint-string-radix, from step 2 on; `radix` is ToInt32 of the
// argument, 0 where there was none.
double parse_int(Passed<Latin1Text> text, int32_t radix);
double parse_int(Passed<Utf16Text> text, int32_t radix);

// The value of digits alone, all of which must be digits of the radix (2 to 36).
double digits_to_number(Passed<Latin1Text> digits, int radix);

// A decimal literal without separators ("1", "1.", ".5", "1.5e-7"), which must be complete.
double decimal_literal_to_number(Passed<Latin1Text> literal);

// -1 if the code unit is no digit of any radix up to 36.
constexpr int digit_value(char32_t unit) {
  if (unit >= '0' && unit <= '9') return static_cast<int>(unit - '0');
  if (unit >= 'a' && unit <= 'z') return static_cast<int>(unit - 'a') + 10;
  if (unit >= 'A' && unit <= 'Z') return static_cast<int>(unit - 'A') + 10;
  return -1;
}

// An array index or other canonical unsigned integer below 2^32 - 1: digits only, no leading zero.
// Returns false if the text is none.
bool parse_array_index(Passed<Latin1Text> text, uint32_t* index);
bool parse_array_index(Passed<Utf16Text> text, uint32_t* index);

}  // namespace skein::numeric
