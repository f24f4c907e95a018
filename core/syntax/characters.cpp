#include "core/syntax/characters.h"

#include <unicode/uchar.h>

namespace skein::syntax::internal {

namespace {

constexpr uint8_t classify(uint32_t character) {
  bool letter = (character | 0x20) >= 'a' && (character | 0x20) <= 'z' && character < 128;
  bool digit = character >= '0' && character <= '9';
  bool wide_letter = character == 0xAA || character == 0xB5 || character == 0xBA ||
                     (character >= 0xC0 && character != 0xD7 && character != 0xF7);
  uint8_t result = 0;
  if (letter || wide_letter || character == '$' || character == '_')
    result |= kIdentifierStart | kIdentifierPart;
  if (digit) result |= kIdentifierPart | kDecimalDigit | kHexDigit;
  if (letter && (character | 0x20) <= 'f') result |= kHexDigit;
  if (character == 0xB7) result |= kIdentifierPart;
  if (character == '\t' || character == '\v' || character == '\f' || character == ' ' || character == 0xA0) {
    result |= kWhiteSpace;
  }
  if (character == '\n' || character == '\r') result |= kLineTerminator;
  return result;
}

}  // namespace

#define ROW4(n) classify(n), classify(n + 1), classify(n + 2), classify(n + 3)
#define ROW16(n) ROW4(n), ROW4(n + 4), ROW4(n + 8), ROW4(n + 12)
#define ROW64(n) ROW16(n), ROW16(n + 16), ROW16(n + 32), ROW16(n + 48)
constexpr uint8_t kCharacterClasses[256] = {ROW64(0), ROW64(64), ROW64(128), ROW64(192)};
#undef ROW4
#undef ROW16
#undef ROW64

bool is_wide_white_space(char32_t code_point) {
  return code_point == 0x1680 || (code_point >= 0x2000 && code_point <= 0x200A) || code_point == 0x202F ||
         code_point == 0x205F || code_point == 0x3000 || code_point == 0xFEFF;
}

bool is_wide_identifier_start(char32_t code_point) {
  return u_hasBinaryProperty(static_cast<UChar32>(code_point), UCHAR_ID_START);
}

bool is_wide_identifier_part(char32_t code_point) {
  constexpr char32_t kZeroWidthNonJoiner = 0x200C;
  constexpr char32_t kZeroWidthJoiner = 0x200D;
  return code_point == kZeroWidthNonJoiner || code_point == kZeroWidthJoiner ||
         u_hasBinaryProperty(static_cast<UChar32>(code_point), UCHAR_ID_CONTINUE);
}

}  // namespace skein::syntax::internal
