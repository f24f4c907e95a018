// The characters that the grammar skips and that trimming removes.
#pragma once

namespace skein {

// https://tc39.es/ecma262/#sec-line-terminators
constexpr bool is_line_terminator(char32_t unit) {
  return unit == '\n' || unit == '\r' || unit == 0x2028 || unit == 0x2029;
}

// https://tc39.es/ecma262/#sec-white-space
constexpr bool is_white_space(char32_t unit) {
  if (unit < 0x80) return unit == ' ' || unit == '\t' || unit == '\v' || unit == '\f';
  if (unit == 0xa0 || unit == 0xfeff) return true;
  // The rest of the general category Zs.
  return unit == 0x1680 || (unit >= 0x2000 && unit <= 0x200a) || unit == 0x202f || unit == 0x205f ||
         unit == 0x3000;
}

// What String.prototype.trim, ToNumber, parseInt and parseFloat skip.
constexpr bool is_trimmed(char32_t unit) {
  return is_white_space(unit) || is_line_terminator(unit);
}

}  // namespace skein
