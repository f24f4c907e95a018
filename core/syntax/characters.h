// Classes of characters that the lexical grammar asks for.
#pragma once

#include <cstdint>

namespace skein::syntax {

namespace internal {
enum CharacterClass : uint8_t {
  kIdentifierStart = 1,
  kIdentifierPart = 2,
  kWhiteSpace = 4,
  kLineTerminator = 8,
  kDecimalDigit = 16,
  kHexDigit = 32,
};
// One entry for each Latin-1 character.
extern const uint8_t kCharacterClasses[256];

bool is_wide_identifier_start(char32_t code_point);
bool is_wide_identifier_part(char32_t code_point);
bool is_wide_white_space(char32_t code_point);
}  // namespace internal

// https://tc39.es/ecma262/#prod-IdentifierStart, without \ escapes
inline bool is_identifier_start(char32_t code_point) {
  if (code_point < 256) return internal::kCharacterClasses[code_point] & internal::kIdentifierStart;
  return internal::is_wide_identifier_start(code_point);
}

// https://tc39.es/ecma262/#prod-IdentifierPart, without \ escapes
inline bool is_identifier_part(char32_t code_point) {
  if (code_point < 256) return internal::kCharacterClasses[code_point] & internal::kIdentifierPart;
  return internal::is_wide_identifier_part(code_point);
}

// https://tc39.es/ecma262/#prod-WhiteSpace
inline bool is_white_space(char32_t code_point) {
  if (code_point < 256) return internal::kCharacterClasses[code_point] & internal::kWhiteSpace;
  return internal::is_wide_white_space(code_point);
}

// https://tc39.es/ecma262/#prod-LineTerminator
inline bool is_line_terminator(char32_t code_point) {
  if (code_point < 256) return internal::kCharacterClasses[code_point] & internal::kLineTerminator;
  return code_point == 0x2028 || code_point == 0x2029;
}

inline bool is_decimal_digit(char32_t code_point) { return code_point - '0' < 10; }

// The value of a digit in bases up to 36; 99 when it is none.
inline uint32_t digit_value(char32_t code_point) {
  if (code_point - '0' < 10) return code_point - '0';
  if ((code_point | 0x20) - 'a' < 26 && code_point < 128) return (code_point | 0x20) - 'a' + 10;
  return 99;
}

}  // namespace skein::syntax
