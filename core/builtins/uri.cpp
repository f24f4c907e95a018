#include "core/builtins/uri.h"

#include <optional>

#include "core/base/utf.h"
#include "core/builtins/support.h"
#include "core/numeric/text_to_number.h"

namespace skein {
namespace {

// A set of ASCII characters.
class AsciiSet {
 public:
  constexpr AsciiSet(std::string_view characters) {
    for (char c : characters) bits_[c >> 6] |= uint64_t{1} << (c & 63);
  }
  constexpr bool contains(char32_t unit) const { return unit < 128 && (bits_[unit >> 6] >> (unit & 63) & 1); }

 private:
  uint64_t bits_[2] = {};
};

#define SKEIN_ALPHANUMERIC "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
// uriUnreserved; with uriReserved and "#"; and what decodeURI leaves escaped.
constexpr AsciiSet kUnescapedInComponent{SKEIN_ALPHANUMERIC "-_.!~*'()"};
constexpr AsciiSet kUnescapedInUri{SKEIN_ALPHANUMERIC "-_.!~*'();/?:@&=+$,#"};
constexpr AsciiSet kPreservedInUri{";/?:@&=+$,#"};
constexpr AsciiSet kPreservedInComponent{""};
constexpr AsciiSet kUnescapedByEscape{SKEIN_ALPHANUMERIC "@*_+-./"};
#undef SKEIN_ALPHANUMERIC

constexpr char kHexDigits[] = "0123456789ABCDEF";

void append_hex(StringBuilder& builder, uint32_t value, int digits) {
  while (digits-- > 0) builder.append(static_cast<char16_t>(kHexDigits[value >> (digits * 4) & 15]));
}

Thrown throw_malformed(Agent& agent) { return throw_error(agent, ErrorType::kURIError, {"URI malformed"}); }

// https://tc39.es/ecma262/#sec-encode
Completion<Value> encode(Agent& agent, Value argument, const AsciiSet& unescaped) {
  Root<String*> string(agent, TRY(to_string(agent, argument)));
  StringView text = string->view();
  // 1. - 4.
  StringBuilder builder(agent.heap());
  LoopPoll poll(agent);
  for (uint32_t k = 0; k < text.length();) {
    TRY(poll.tick());
    // b.
    if (unescaped.contains(text[k])) {
      builder.append(text[k++]);
      continue;
    }
    // c.
    uint32_t units = 1;
    char32_t code_point = text.code_point_at(k, &units);
    if (utf::is_surrogate(code_point)) return throw_malformed(agent);
    k += units;
    char octets[4];
    size_t count = utf::write_utf8(code_point, octets);
    for (size_t i = 0; i < count; ++i) {
      builder.append(u'%');
      append_hex(builder, static_cast<uint8_t>(octets[i]), 2);
    }
    if (builder.overflowed()) return throw_invalid_string_length(agent);
  }
  // 5.
  return TRY(finish_string(agent, builder));
}

// The number that `count` hexadecimal digits from `index` on say.
std::optional<uint32_t> parse_hex(StringView text, uint32_t index, uint32_t count) {
  if (text.length() < index + uint64_t{count}) return std::nullopt;
  uint32_t value = 0;
  for (uint32_t i = 0; i < count; ++i) {
    int digit = numeric::digit_value(text[index + i]);
    if (digit < 0 || digit > 15) return std::nullopt;
    value = value * 16 + static_cast<uint32_t>(digit);
  }
  return value;
}

// https://tc39.es/ecma262/#sec-parsehexoctet, behind a "%" at `k`.
std::optional<uint8_t> parse_octet(StringView text, uint32_t k) {
  if (k >= text.length() || text[k] != '%') return std::nullopt;
  std::optional<uint32_t> value = parse_hex(text, k + 1, 2);
  if (!value) return std::nullopt;
  return static_cast<uint8_t>(*value);
}

// The code point whose UTF-8 is escaped from `k` on; moves `k` past it. Nothing when malformed.
std::optional<char32_t> decode_escapes(StringView text, uint32_t& k) {
  std::optional<uint8_t> first = parse_octet(text, k);
  if (!first) return std::nullopt;
  k += 3;
  if (*first < 0x80) return *first;
  int count = (*first & 0xE0) == 0xC0 ? 2 : (*first & 0xF0) == 0xE0 ? 3 : (*first & 0xF8) == 0xF0 ? 4 : 0;
  if (count == 0) return std::nullopt;
  char32_t code_point = *first & (0x7F >> count);
  for (int i = 1; i < count; ++i, k += 3) {
    std::optional<uint8_t> octet = parse_octet(text, k);
    if (!octet || (*octet & 0xC0) != 0x80) return std::nullopt;
    code_point = code_point << 6 | (*octet & 0x3F);
  }
  bool is_overlong = utf::utf8_length(code_point) != static_cast<size_t>(count);
  if (is_overlong || utf::is_surrogate(code_point) || code_point > utf::kMaxCodePoint) return std::nullopt;
  return code_point;
}

// https://tc39.es/ecma262/#sec-decode
Completion<Value> decode(Agent& agent, Value argument, const AsciiSet& preserved) {
  Root<String*> string(agent, TRY(to_string(agent, argument)));
  StringView text = string->view();
  // 1. - 4.
  StringBuilder builder(agent.heap());
  LoopPoll poll(agent);
  for (uint32_t k = 0; k < text.length();) {
    TRY(poll.tick());
    if (text[k] != '%') {
      builder.append(text[k++]);
      continue;
    }
    // c.
    uint32_t start = k;
    std::optional<char32_t> code_point = decode_escapes(text, k);
    if (!code_point) return throw_malformed(agent);
    if (preserved.contains(*code_point)) builder.append(text.substring(start, k));
    else builder.append_code_point(*code_point);
  }
  // 5.
  return TRY(finish_string(agent, builder));
}

}  // namespace

// https://tc39.es/ecma262/#sec-decodeuri-encodeduri
Completion<Value> global_decode_uri(Agent& agent, const CallInfo& info) { return decode(agent, info[0], kPreservedInUri); }

// https://tc39.es/ecma262/#sec-decodeuricomponent-encodeduricomponent
Completion<Value> global_decode_uri_component(Agent& agent, const CallInfo& info) { return decode(agent, info[0], kPreservedInComponent); }

// https://tc39.es/ecma262/#sec-encodeuri-uri
Completion<Value> global_encode_uri(Agent& agent, const CallInfo& info) { return encode(agent, info[0], kUnescapedInUri); }

// https://tc39.es/ecma262/#sec-encodeuricomponent-uricomponent
Completion<Value> global_encode_uri_component(Agent& agent, const CallInfo& info) { return encode(agent, info[0], kUnescapedInComponent); }

// https://tc39.es/ecma262/#sec-escape-string
Completion<Value> global_escape(Agent& agent, const CallInfo& info) {
  Root<String*> string(agent, TRY(to_string(agent, info[0])));
  StringView text = string->view();
  StringBuilder builder(agent.heap());
  LoopPoll poll(agent);
  for (uint32_t k = 0; k < text.length(); ++k) {
    TRY(poll.tick());
    char16_t unit = text[k];
    if (kUnescapedByEscape.contains(unit)) {
      builder.append(unit);
      continue;
    }
    builder.append_ascii(unit < 256 ? "%" : "%u");
    append_hex(builder, unit, unit < 256 ? 2 : 4);
    if (builder.overflowed()) return throw_invalid_string_length(agent);
  }
  return TRY(finish_string(agent, builder));
}

// https://tc39.es/ecma262/#sec-unescape-string
Completion<Value> global_unescape(Agent& agent, const CallInfo& info) {
  Root<String*> string(agent, TRY(to_string(agent, info[0])));
  StringView text = string->view();
  StringBuilder builder(agent.heap());
  LoopPoll poll(agent);
  for (uint32_t k = 0; k < text.length();) {
    TRY(poll.tick());
    std::optional<uint32_t> unit;
    uint32_t length = 1;
    if (text[k] == '%') {
      bool is_long = k + 1 < text.length() && text[k + 1] == 'u';
      length = is_long ? 6 : 3;
      unit = is_long ? parse_hex(text, k + 2, 4) : parse_hex(text, k + 1, 2);
    }
    builder.append(unit ? static_cast<char16_t>(*unit) : text[k]);
    k += unit ? length : 1;
  }
  return TRY(finish_string(agent, builder));
}

}  // namespace skein
