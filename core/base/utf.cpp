#include "core/base/utf.h"

#include <bit>
#include <cstring>

namespace skein::utf {
namespace {

constexpr uint64_t kNonAsciiBytes = 0x8080808080808080u;
constexpr uint64_t kNonAsciiUnits = 0xff80ff80ff80ff80u;
constexpr uint64_t kNonLatin1Units = 0xff00ff00ff00ff00u;

uint64_t load_word(const void* at) {
  uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

// The length of the longest prefix none of whose units has a bit of `mask`.
template <typename Unit>
size_t prefix_without(std::basic_string_view<Unit> text, uint64_t mask) {
  constexpr size_t kUnitsPerWord = sizeof(uint64_t) / sizeof(Unit);
  size_t position = 0;
  for (; text.size() - position >= kUnitsPerWord; position += kUnitsPerWord) {
    uint64_t hits = load_word(text.data() + position) & mask;
    if (hits != 0) return position + std::countr_zero(hits) / (8 * sizeof(Unit));
  }
  auto unit_mask = static_cast<std::make_unsigned_t<Unit>>(mask);
  while (position < text.size() && (text[position] & unit_mask) == 0) ++position;
  return position;
}

constexpr char32_t kMalformed = 0xffffffff;

struct Decoded {
  char32_t value;  // kMalformed: `length` bytes are one maximal subpart of an ill-formed sequence
  size_t length;
};

struct LeadByte {
  uint8_t length;      // of the whole sequence; 0: no lead byte
  uint8_t second_low;  // the range of the second byte
  uint8_t second_high;
};

// Unicode, table 3-7 (well-formed UTF-8 byte sequences); WTF-8 also admits ED A0..BF.
LeadByte classify_lead(uint8_t lead, LoneSurrogates lone) {
  if (lead < 0xc2 || lead > 0xf4) return {0, 0, 0};
  if (lead < 0xe0) return {2, 0x80, 0xbf};
  if (lead == 0xe0) return {3, 0xa0, 0xbf};
  if (lead == 0xed && lone == LoneSurrogates::kReplace) return {3, 0x80, 0x9f};
  if (lead < 0xf0) return {3, 0x80, 0xbf};
  if (lead == 0xf0) return {4, 0x90, 0xbf};
  if (lead == 0xf4) return {4, 0x80, 0x8f};
  return {4, 0x80, 0xbf};
}

// Decodes the sequence at `position`, whose byte is not ASCII.
Decoded decode_sequence(std::string_view bytes, size_t position, LoneSurrogates lone) {
  auto byte_at = [&](size_t at) { return static_cast<uint8_t>(bytes[at]); };
  uint8_t lead = byte_at(position);
  LeadByte form = classify_lead(lead, lone);
  if (form.length == 0) return {kMalformed, 1};
  char32_t value = lead & (0x7f >> form.length);
  for (size_t i = 1; i < form.length; ++i) {
    if (position + i >= bytes.size()) return {kMalformed, i};
    uint8_t next = byte_at(position + i);
    uint8_t low = i == 1 ? form.second_low : 0x80;
    uint8_t high = i == 1 ? form.second_high : 0xbf;
    if (next < low || next > high) return {kMalformed, i};
    value = (value << 6) | (next & 0x3f);
  }
  return {value, form.length};
}

// Calls on_ascii(position, length) for every run of ASCII and on_code_point(value, is_malformed) for
// every other sequence.
template <typename OnAscii, typename OnCodePoint>
void decode(std::string_view bytes, LoneSurrogates lone, OnAscii on_ascii, OnCodePoint on_code_point) {
  size_t position = 0;
  while (position < bytes.size()) {
    if (size_t run = ascii_prefix(bytes.substr(position)); run != 0) {
      on_ascii(position, run);
      position += run;
      if (position == bytes.size()) return;
    }
    // Stay here as long as the text is not ASCII: looking for a run costs more than a sequence.
    do {
      Decoded decoded = decode_sequence(bytes, position, lone);
      bool malformed = decoded.value == kMalformed;
      on_code_point(malformed ? char32_t{kReplacementCharacter} : decoded.value, malformed);
      position += decoded.length;
    } while (position < bytes.size() && static_cast<uint8_t>(bytes[position]) >= 0x80);
  }
}

// The code point to encode at `position`: lone surrogates replaced if so asked.
CodePoint encodable_at(std::u16string_view text, size_t position, LoneSurrogates lone) {
  CodePoint point = code_point_at(text, position);
  if (point.is_unpaired_surrogate && lone == LoneSurrogates::kReplace) point.value = kReplacementCharacter;
  return point;
}

}  // namespace

size_t write_utf16(char32_t code_point, char16_t* out) {
  if (code_point <= 0xffff) {
    out[0] = static_cast<char16_t>(code_point);
    return 1;
  }
  out[0] = lead_surrogate_of(code_point);
  out[1] = trail_surrogate_of(code_point);
  return 2;
}

size_t write_utf8(char32_t code_point, char* out) {
  auto continuation = [&](int shift) { return static_cast<char>(0x80 | ((code_point >> shift) & 0x3f)); };
  if (code_point < 0x80) {
    out[0] = static_cast<char>(code_point);
    return 1;
  }
  if (code_point < 0x800) {
    out[0] = static_cast<char>(0xc0 | (code_point >> 6));
    out[1] = continuation(0);
    return 2;
  }
  if (code_point < 0x10000) {
    out[0] = static_cast<char>(0xe0 | (code_point >> 12));
    out[1] = continuation(6);
    out[2] = continuation(0);
    return 3;
  }
  out[0] = static_cast<char>(0xf0 | (code_point >> 18));
  out[1] = continuation(12);
  out[2] = continuation(6);
  out[3] = continuation(0);
  return 4;
}

size_t ascii_prefix(std::string_view text) {
  return prefix_without(text, kNonAsciiBytes);
}
size_t ascii_prefix(std::u16string_view text) {
  return prefix_without(text, kNonAsciiUnits);
}
bool is_latin1(std::u16string_view text) {
  return prefix_without(text, kNonLatin1Units) == text.size();
}

Utf8Measure measure_utf8(std::string_view bytes, LoneSurrogates lone) {
  Utf8Measure measure;
  decode(
      bytes, lone, [&](size_t, size_t length) { measure.utf16_length += length; },
      [&](char32_t value, bool malformed) {
        measure.utf16_length += utf16_length(value);
        if (value > 0xff) measure.is_latin1 = false;
        if (malformed) measure.is_well_formed = false;
      });
  return measure;
}

bool is_valid_utf8(std::string_view bytes) {
  size_t position = ascii_prefix(bytes);
  while (position < bytes.size()) {
    Decoded decoded = decode_sequence(bytes, position, LoneSurrogates::kReplace);
    if (decoded.value == kMalformed) return false;
    position += decoded.length;
    position += ascii_prefix(bytes.substr(position));
  }
  return true;
}

size_t utf8_to_utf16(std::string_view bytes, char16_t* out, LoneSurrogates lone) {
  char16_t* end = out;
  decode(
      bytes, lone,
      [&](size_t position, size_t length) {
        for (size_t i = 0; i < length; ++i) end[i] = static_cast<uint8_t>(bytes[position + i]);
        end += length;
      },
      [&](char32_t value, bool) { end += write_utf16(value, end); });
  return end - out;
}

size_t utf8_to_latin1(std::string_view bytes, uint8_t* out) {
  uint8_t* end = out;
  decode(
      bytes, LoneSurrogates::kReplace,
      [&](size_t position, size_t length) {
        std::memcpy(end, bytes.data() + position, length);
        end += length;
      },
      [&](char32_t value, bool) { *end++ = static_cast<uint8_t>(value); });
  return end - out;
}

size_t incomplete_suffix(std::string_view bytes) {
  size_t longest = bytes.size() < 3 ? bytes.size() : 3;
  for (size_t length = 1; length <= longest; ++length) {
    size_t start = bytes.size() - length;
    auto byte = static_cast<uint8_t>(bytes[start]);
    if ((byte & 0xc0) == 0x80) continue;
    if (classify_lead(byte, LoneSurrogates::kReplace).length <= length) return 0;
    Decoded decoded = decode_sequence(bytes, start, LoneSurrogates::kReplace);
    return decoded.value == kMalformed && decoded.length == length ? length : 0;
  }
  return 0;
}

size_t utf8_length(std::span<const uint8_t> latin1) {
  size_t length = latin1.size();
  for (uint8_t unit : latin1) length += unit >> 7;
  return length;
}

size_t utf8_length(std::u16string_view utf16, LoneSurrogates) {
  // A surrogate that stays or is replaced takes three bytes either way.
  size_t length = 0;
  for (size_t i = 0; i < utf16.size();) {
    CodePoint point = code_point_at(utf16, i);
    length += utf8_length(point.value);
    i += point.length;
  }
  return length;
}

size_t latin1_to_utf8(std::span<const uint8_t> latin1, char* out) {
  return latin1_to_utf8_part(latin1, out, SIZE_MAX).written;
}

size_t utf16_to_utf8(std::u16string_view utf16, char* out, LoneSurrogates lone) {
  size_t run = ascii_prefix(utf16);
  for (size_t i = 0; i < run; ++i) out[i] = static_cast<char>(utf16[i]);
  char* end = out + run;
  for (size_t i = run; i < utf16.size();) {
    if (utf16[i] < 0x80) {
      *end++ = static_cast<char>(utf16[i++]);
      continue;
    }
    CodePoint point = encodable_at(utf16, i, lone);
    end += write_utf8(point.value, end);
    i += point.length;
  }
  return end - out;
}

EncodedPart latin1_to_utf8_part(std::span<const uint8_t> latin1, char* out, size_t room) {
  std::string_view text(reinterpret_cast<const char*>(latin1.data()), latin1.size());
  size_t read = 0, written = 0;
  while (read < text.size()) {
    size_t run = ascii_prefix(text.substr(read));
    if (run > room - written) run = room - written;
    std::memcpy(out + written, text.data() + read, run);
    read += run;
    written += run;
    while (read < text.size() && latin1[read] >= 0x80) {
      if (room - written < 2) return {read, written};
      written += write_utf8(latin1[read++], out + written);
    }
    if (written == room) break;
  }
  return {read, written};
}

EncodedPart utf16_to_utf8_part(std::u16string_view utf16, char* out, size_t room) {
  size_t read = 0, written = 0;
  while (read < utf16.size()) {
    CodePoint point = encodable_at(utf16, read, LoneSurrogates::kReplace);
    if (utf8_length(point.value) > room - written) break;
    written += write_utf8(point.value, out + written);
    read += point.length;
  }
  return {read, written};
}

size_t first_lone_surrogate(std::u16string_view text) {
  for (size_t i = 0; i < text.size();) {
    CodePoint point = code_point_at(text, i);
    if (point.is_unpaired_surrogate) return i;
    i += point.length;
  }
  return text.size();
}

void make_well_formed(std::span<char16_t> text) {
  std::u16string_view view(text.data(), text.size());
  for (size_t i = first_lone_surrogate(view); i < text.size();) {
    CodePoint point = code_point_at(view, i);
    if (point.is_unpaired_surrogate) text[i] = kReplacementCharacter;
    i += point.length;
  }
}

std::u16string to_utf16(std::string_view utf8, LoneSurrogates lone) {
  std::u16string text(measure_utf8(utf8, lone).utf16_length, u'\0');
  utf8_to_utf16(utf8, text.data(), lone);
  return text;
}

std::string to_utf8(std::u16string_view utf16, LoneSurrogates lone) {
  std::string bytes(utf8_length(utf16, lone), '\0');
  utf16_to_utf8(utf16, bytes.data(), lone);
  return bytes;
}

}  // namespace skein::utf
