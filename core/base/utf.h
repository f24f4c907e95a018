// Conversions between UTF-8, Latin-1 and UTF-16.
//
// JavaScript's strings are sequences of 16-bit code units that need not be well-formed UTF-16. Where
// such a string becomes UTF-8, and back, the caller chooses what happens to a lone surrogate.
//
// Every conversion comes as a pair: a function that measures the result and one that writes it into
// the caller's memory. Malformed UTF-8 decodes to one U+FFFD for each maximal subpart, as the
// Encoding Standard (https://encoding.spec.whatwg.org/#utf-8-decoder) does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace skein::utf {

enum class LoneSurrogates : uint8_t {
  kReplace,  // U+FFFD takes their place (UTF-8)
  kKeep,     // they are coded like any other code point (WTF-8)
};

inline constexpr char16_t kReplacementCharacter = 0xfffd;
inline constexpr char32_t kMaxCodePoint = 0x10ffff;

constexpr bool is_lead_surrogate(char32_t unit) {
  return (unit & ~0x3ffu) == 0xd800;
}
constexpr bool is_trail_surrogate(char32_t unit) {
  return (unit & ~0x3ffu) == 0xdc00;
}
constexpr bool is_surrogate(char32_t unit) {
  return (unit & ~0x7ffu) == 0xd800;
}

// https://tc39.es/ecma262/#sec-utf16decodesurrogatepair
constexpr char32_t code_point_of_pair(char16_t lead, char16_t trail) {
  return 0x10000 + ((char32_t{lead} - 0xd800) << 10) + (char32_t{trail} - 0xdc00);
}
constexpr char16_t lead_surrogate_of(char32_t code_point) {
  return static_cast<char16_t>(0xd7c0 + (code_point >> 10));
}
constexpr char16_t trail_surrogate_of(char32_t code_point) {
  return static_cast<char16_t>(0xdc00 + (code_point & 0x3ff));
}

struct CodePoint {
  char32_t value;
  uint8_t length;  // in code units
  bool is_unpaired_surrogate;
};

// https://tc39.es/ecma262/#sec-codepointat
// REQUIRES: position < text.size()
constexpr CodePoint code_point_at(std::u16string_view text, size_t position) {
  char16_t first = text[position];
  if (!is_surrogate(first)) return {first, 1, false};
  if (is_lead_surrogate(first) && position + 1 < text.size() && is_trail_surrogate(text[position + 1])) {
    return {code_point_of_pair(first, text[position + 1]), 2, false};
  }
  return {first, 1, true};
}

// The number of 16-bit code units, or of UTF-8 bytes, of one code point.
constexpr size_t utf16_length(char32_t code_point) {
  return code_point > 0xffff ? 2 : 1;
}
constexpr size_t utf8_length(char32_t code_point) {
  return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
}
// Write one code point; return the number of units written. A surrogate is written as it is.
size_t write_utf16(char32_t code_point, char16_t* out);
size_t write_utf8(char32_t code_point, char* out);

// The length of the longest prefix that is ASCII.
size_t ascii_prefix(std::string_view text);
size_t ascii_prefix(std::u16string_view text);
inline bool is_ascii(std::string_view text) {
  return ascii_prefix(text) == text.size();
}
inline bool is_ascii(std::u16string_view text) {
  return ascii_prefix(text) == text.size();
}
// Whether every code unit fits 8 bits.
bool is_latin1(std::u16string_view text);

// --- UTF-8 to strings -------------------------------------------------------------------------

struct Utf8Measure {
  size_t utf16_length = 0;     // code units of the decoded text
  bool is_latin1 = true;       // every code unit of the decoded text is below 256
  bool is_well_formed = true;  // nothing had to be replaced
};
Utf8Measure measure_utf8(std::string_view bytes, LoneSurrogates lone = LoneSurrogates::kReplace);
bool is_valid_utf8(std::string_view bytes);

// REQUIRES: room for measure_utf8(bytes, lone).utf16_length code units. Returns that number.
size_t utf8_to_utf16(std::string_view bytes, char16_t* out, LoneSurrogates lone = LoneSurrogates::kReplace);
// REQUIRES: measure_utf8(bytes).is_latin1, and room for its utf16_length bytes. Returns that number.
size_t utf8_to_latin1(std::string_view bytes, uint8_t* out);

// How many bytes at the end are the start of a sequence that more input could complete (0 to 3).
// A streaming decoder keeps them back for the next chunk.
size_t incomplete_suffix(std::string_view bytes);

// --- Strings to UTF-8 -------------------------------------------------------------------------

size_t utf8_length(std::span<const uint8_t> latin1);
size_t utf8_length(std::u16string_view utf16, LoneSurrogates lone = LoneSurrogates::kReplace);

// REQUIRES: room for utf8_length(...) bytes. Return that number.
size_t latin1_to_utf8(std::span<const uint8_t> latin1, char* out);
size_t utf16_to_utf8(std::u16string_view utf16, char* out, LoneSurrogates lone = LoneSurrogates::kReplace);

// As many whole code points as fit into `room` bytes (TextEncoder's encodeInto).
struct EncodedPart {
  size_t read;     // code units
  size_t written;  // bytes
};
EncodedPart latin1_to_utf8_part(std::span<const uint8_t> latin1, char* out, size_t room);
EncodedPart utf16_to_utf8_part(std::u16string_view utf16, char* out, size_t room);

// --- Well-formedness --------------------------------------------------------------------------

// The position of the first lone surrogate, or text.size().
size_t first_lone_surrogate(std::u16string_view text);
inline bool is_well_formed(std::u16string_view text) {
  return first_lone_surrogate(text) == text.size();
}
// Replaces every lone surrogate in place by U+FFFD.
void make_well_formed(std::span<char16_t> text);

// --- Conveniences for diagnostics and hosts; not for hot paths ----------------------------------

std::u16string to_utf16(std::string_view utf8, LoneSurrogates lone = LoneSurrogates::kReplace);
std::string to_utf8(std::u16string_view utf16, LoneSurrogates lone = LoneSurrogates::kReplace);

}  // namespace skein::utf
