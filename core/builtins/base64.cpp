#include "core/builtins/base64.h"

#include <array>

namespace skein {

namespace {

constexpr char kBase64Digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr char kBase64UrlDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr uint8_t kNoDigit = 0xFF;
// Of a text, before decoding asks whether it is to stop.
constexpr size_t kUnitsPerLook = size_t{1} << 18;

constexpr std::array<uint8_t, 128> make_values(const char* digits) {
  std::array<uint8_t, 128> values{};
  for (uint8_t& value : values) value = kNoDigit;
  for (uint8_t i = 0; i < 64; ++i) values[static_cast<uint8_t>(digits[i])] = i;
  return values;
}
constexpr std::array<uint8_t, 128> kBase64Values = make_values(kBase64Digits);
constexpr std::array<uint8_t, 128> kBase64UrlValues = make_values(kBase64UrlDigits);

constexpr bool is_ascii_whitespace(uint32_t unit) { return unit == ' ' || unit == '\t' || unit == '\n' || unit == '\f' || unit == '\r'; }

constexpr int hex_value(uint32_t unit) {
  if (unit >= '0' && unit <= '9') return static_cast<int>(unit - '0');
  unit |= 0x20;
  return unit >= 'a' && unit <= 'f' ? static_cast<int>(unit - 'a' + 10) : -1;
}

// https://tc39.es/ecma262/#sec-frombase64 over units of one width.
template <typename Unit>
class Base64Decoder {
 public:
  Base64Decoder(std::span<const Unit> text, Base64Alphabet alphabet, LastChunkHandling handling, std::span<uint8_t> output,
                const std::function<bool()>& is_stopping)
      : text_(text), values_(alphabet == Base64Alphabet::kBase64 ? kBase64Values : kBase64UrlValues), handling_(handling), output_(output),
        is_stopping_(is_stopping) {}

  DecodedBytes run() {
    if (output_.empty()) return result_;
    for (;;) {
      skip_whitespace();
      if (at_ == text_.size()) return at_end();
      const uint32_t unit = text_[at_++];
      if (unit == '=') return at_padding();
      const uint8_t value = unit < 128 ? values_[unit] : kNoDigit;
      if (value == kNoDigit) return fail("Found a character that cannot be part of a valid base64 string.");
      const size_t room = output_.size() - result_.written;
      if ((room == 1 && chunk_length_ == 2) || (room == 2 && chunk_length_ == 3)) return result_;
      chunk_ = chunk_ << 6 | value;
      if (++chunk_length_ < 4) continue;
      put(chunk_ >> 16, chunk_ >> 8, chunk_, 3);
      chunk_ = 0;
      chunk_length_ = 0;
      result_.read = at_;
      if (result_.written == output_.size()) return result_;
      if (at_ < next_look_) [[likely]] continue;
      next_look_ = at_ + kUnitsPerLook;
      if (is_stopping_ && is_stopping_()) return result_;
    }
  }

 private:
  void skip_whitespace() {
    while (at_ < text_.size() && is_ascii_whitespace(text_[at_])) ++at_;
  }
  DecodedBytes fail(const char* why) {
    result_.error = why;
    return result_;
  }
  DecodedBytes done() {
    result_.read = text_.size();
    return result_;
  }
  void put(uint32_t a, uint32_t b, uint32_t c, int count) {
    const uint32_t bytes[] = {a, b, c};
    for (int i = 0; i < count; ++i) output_[result_.written++] = static_cast<uint8_t>(bytes[i]);
  }
  // Two or three digits; false when bits that no byte takes are set.
  bool put_partial(bool strict) {
    const uint32_t bits = chunk_ << (chunk_length_ == 2 ? 12 : 6);
    if (strict && (chunk_length_ == 2 ? (bits >> 8 & 0xFF) : (bits & 0xFF)) != 0) return false;
    put(bits >> 16, bits >> 8, 0, chunk_length_ - 1);
    return true;
  }
  DecodedBytes at_end() {
    if (chunk_length_ == 0) return done();
    if (handling_ == LastChunkHandling::kStopBeforePartial) return result_;
    if (handling_ == LastChunkHandling::kStrict || chunk_length_ == 1) return fail("The base64 input terminates with a single character, excluding padding.");
    put_partial(false);
    return done();
  }
  DecodedBytes at_padding() {
    if (chunk_length_ < 2) return fail("Padding of a base64 string must follow two or three digits.");
    skip_whitespace();
    if (chunk_length_ == 2) {
      if (at_ == text_.size()) {
        if (handling_ == LastChunkHandling::kStopBeforePartial) return result_;
        return fail("The padding of the base64 string is incomplete.");
      }
      if (text_[at_] == '=') {
        ++at_;
        skip_whitespace();
      }
    }
    if (at_ < text_.size()) return fail("Nothing may follow the padding of a base64 string.");
    if (!put_partial(handling_ == LastChunkHandling::kStrict)) return fail("The last digit of the base64 string has bits that no byte takes.");
    return done();
  }

  std::span<const Unit> text_;
  const std::array<uint8_t, 128>& values_;
  LastChunkHandling handling_;
  std::span<uint8_t> output_;
  const std::function<bool()>& is_stopping_;
  size_t at_ = 0, next_look_ = kUnitsPerLook;
  uint32_t chunk_ = 0;
  int chunk_length_ = 0;
  DecodedBytes result_;
};

}  // namespace

DecodedBytes decode_base64(StringView text, Base64Alphabet alphabet, LastChunkHandling handling, std::span<uint8_t> output,
                           const std::function<bool()>& is_stopping) {
  return text.visit([&]<typename Unit>(std::span<const Unit> units) {
    return Base64Decoder<Unit>(units, alphabet, handling, output, is_stopping).run();
  });
}

DecodedBytes decode_hex(StringView text, std::span<uint8_t> output, const std::function<bool()>& is_stopping) {
  DecodedBytes result;
  if (text.length() % 2 != 0) {
    result.error = "The length of a hex string must be even.";
    return result;
  }
  return text.visit([&](auto units) {
    while (result.read < units.size() && result.written < output.size()) {
      const int high = hex_value(units[result.read]), low = hex_value(units[result.read + 1]);
      if (high < 0 || low < 0) {
        result.error = "Found a character that is not a hex digit.";
        break;
      }
      output[result.written++] = static_cast<uint8_t>(high << 4 | low);
      result.read += 2;
      if (result.read % kUnitsPerLook == 0 && is_stopping && is_stopping()) [[unlikely]] break;
    }
    return result;
  });
}

size_t base64_length(size_t byte_count, bool omit_padding) {
  if (!omit_padding) return (byte_count + 2) / 3 * 4;
  const size_t rest = byte_count % 3;
  return byte_count / 3 * 4 + (rest == 0 ? 0 : rest + 1);
}

void encode_base64(std::span<const uint8_t> bytes, Base64Alphabet alphabet, bool omit_padding, uint8_t* text) {
  const char* digits = alphabet == Base64Alphabet::kBase64 ? kBase64Digits : kBase64UrlDigits;
  auto put = [&](uint32_t bits, int count) {
    for (int i = 0; i < count; ++i) *text++ = static_cast<uint8_t>(digits[bits >> (18 - 6 * i) & 63]);
  };
  size_t at = 0;
  for (; at + 3 <= bytes.size(); at += 3) put(static_cast<uint32_t>(bytes[at] << 16 | bytes[at + 1] << 8 | bytes[at + 2]), 4);
  const size_t rest = bytes.size() - at;
  if (rest == 0) return;
  put(static_cast<uint32_t>(bytes[at] << 16 | (rest == 2 ? bytes[at + 1] << 8 : 0)), static_cast<int>(rest) + 1);
  if (!omit_padding)
    for (size_t i = rest; i < 3; ++i) *text++ = '=';
}

void encode_hex(std::span<const uint8_t> bytes, uint8_t* text) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (uint8_t byte : bytes) {
    *text++ = static_cast<uint8_t>(kDigits[byte >> 4]);
    *text++ = static_cast<uint8_t>(kDigits[byte & 15]);
  }
}

}  // namespace skein
