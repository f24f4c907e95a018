// The lexer's second half: numbers, strings, templates and regular expressions.
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "core/syntax/scanner.h"

namespace skein::syntax {

// ---------------------------------------------------------------- numbers

template <typename Unit>
bool Lexer::Scanner<Unit>::skip_digits(uint32_t radix) {
  bool after_separator = true;  // none may come first
  while (true) {
    char32_t unit = text_[position_];
    if (unit == '_') {
      if (after_separator) {
        illegal(position_ > token_.start && text_[position_ - 1] == '_'
                    ? "Only one underscore is allowed as numeric separator"
                    : "Numeric separators are not allowed here",
                position_);
        return false;
      }
      after_separator = true;
    } else if (digit_value(unit) < radix) {
      after_separator = false;
    } else {
      break;
    }
    ++position_;
  }
  if (after_separator && position_ > token_.start && text_[position_ - 1] == '_') {
    illegal("Numeric separators are not allowed at the end of numeric literals", position_ - 1);
    return false;
  }
  return true;
}

// Rounds to nearest, ties to even, whatever the length: the bits beyond 64 only count as a sticky bit.
template <typename Unit>
double Lexer::Scanner<Unit>::radix_value(uint32_t start, uint32_t end, uint32_t radix) const {
  int bits_per_digit = radix == 16 ? 4 : radix == 8 ? 3 : 1;
  uint64_t mantissa = 0;
  int exponent = 0;
  bool sticky = false;
  for (uint32_t i = start; i < end; ++i) {
    if (text_[i] == '_') continue;
    uint32_t digit = digit_value(text_[i]);
    if ((mantissa >> (64 - bits_per_digit)) == 0 && exponent == 0) {
      mantissa = (mantissa << bits_per_digit) | digit;
    } else {
      if (exponent < 100'000) exponent += bits_per_digit;
      sticky |= digit != 0;
    }
  }
  return std::ldexp(static_cast<double>(mantissa | (sticky ? 1 : 0)), exponent);
}

// https://tc39.es/ecma262/#sec-numericvalue: exact, as std::from_chars rounds to nearest.
template <typename Unit>
double Lexer::Scanner<Unit>::decimal_value(uint32_t start, uint32_t end) const {
  std::string digits;
  digits.reserve(end - start);
  for (uint32_t i = start; i < end; ++i) {
    if (text_[i] != '_') digits.push_back(static_cast<char>(text_[i]));
  }
  double value = 0;
  auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (result.ec != std::errc::result_out_of_range) return value;
  // Too large or too small: the magnitude decides. First significant digit's power of ten:
  size_t mark = digits.find_first_of("eE");
  std::string_view significand = std::string_view(digits).substr(0, mark);
  size_t point = std::min(significand.find('.'), significand.size());
  size_t first = significand.find_first_of("123456789");
  double magnitude = first < point ? static_cast<double>(point - first) : -static_cast<double>(first - point);
  if (mark != std::string::npos) {
    bool negative = digits[mark + 1] == '-';
    double exponent = 0;
    for (size_t i = mark + 1; i < digits.size(); ++i) {
      if (is_decimal_digit(digits[i])) exponent = exponent * 10 + (digits[i] - '0');
    }
    magnitude += negative ? -exponent : exponent;
  }
  return magnitude > 0 ? std::numeric_limits<double>::infinity() : 0;
}

// At the n. The text starts at `start` and goes without separators.
template <typename Unit>
void Lexer::Scanner<Unit>::take_bigint(uint32_t start) {
  std::vector<char16_t>& buffer = lexer_.buffer_;
  buffer.clear();
  for (uint32_t i = start; i < position_; ++i) {
    if (text_[i] != '_') buffer.push_back(text_[i]);
  }
  token_.name = intern_buffer(buffer);
  ++position_;
  token_.kind = TokenKind::kBigInt;
}

// https://tc39.es/ecma262/#sec-literals-numeric-literals: no identifier or digit may follow at once.
template <typename Unit>
void Lexer::Scanner<Unit>::finish_number() {
  char32_t code_point = peek_code_point();
  if (!at_end() && (is_decimal_digit(code_point) || code_point == '\\' || is_identifier_start(code_point))) {
    return illegal(code_point == '_' ? "Numeric separators are not allowed here" : kInvalidToken,
                   token_.start);
  }
  finish(token_.kind);
}

template <typename Unit>
void Lexer::Scanner<Unit>::scan_radix_number(uint32_t radix) {
  position_ += 2;
  uint32_t start = position_;
  if (!skip_digits(radix)) return;
  if (position_ == start) return illegal(kInvalidToken, token_.start);
  if (peek() == 'n') {
    take_bigint(token_.start);
  } else {
    token_.kind = TokenKind::kNumber;
    token_.number = radix_value(start, position_, radix);
  }
  finish_number();
}

// 017 is octal; 018 and 089.5 are decimal. https://tc39.es/ecma262/#prod-LegacyOctalIntegerLiteral
template <typename Unit>
void Lexer::Scanner<Unit>::scan_legacy_octal_or_decimal() {
  token_.is_legacy_octal = true;
  token_.kind = TokenKind::kNumber;
  bool octal = true;
  for (; is_decimal_digit(peek()); ++position_) octal &= peek() < '8';
  if (peek() == '_') return illegal("Numeric separator can not be used after leading 0", position_);
  if (octal) {
    token_.number = radix_value(token_.start + 1, position_, 8);
    return finish_number();
  }
  scan_decimal_number();
}

// The cursor may be behind the integer part already.
template <typename Unit>
void Lexer::Scanner<Unit>::scan_decimal_number() {
  token_.kind = TokenKind::kNumber;
  bool integer = true;
  if (position_ == token_.start && peek() != '.' && !skip_digits(10)) return;
  if (peek() == 'n' && !token_.is_legacy_octal) {
    take_bigint(token_.start);
    return finish_number();
  }
  if (peek() == '.') {
    integer = false;
    ++position_;
    if (peek() == '_') return illegal("Numeric separators are not allowed here", position_);
    if (!skip_digits(10)) return;
  }
  if ((peek() | 0x20) == 'e') {
    integer = false;
    ++position_;
    if (peek() == '+' || peek() == '-') ++position_;
    if (!is_decimal_digit(peek())) return illegal(kInvalidToken, token_.start);
    if (!skip_digits(10)) return;
  }
  constexpr uint32_t kExactDigits = 15;
  if (integer && position_ - token_.start <= kExactDigits) {
    uint64_t value = 0;
    for (uint32_t i = token_.start; i < position_; ++i) {
      if (text_[i] != '_') value = value * 10 + (text_[i] - '0');
    }
    token_.number = static_cast<double>(value);
  } else {
    token_.number = decimal_value(token_.start, position_);
  }
  finish_number();
}

template <typename Unit>
void Lexer::Scanner<Unit>::scan_number() {
  if (peek() != '0') return scan_decimal_number();
  switch (peek(1) | 0x20) {
    case 'x':
      return scan_radix_number(16);
    case 'o':
      return scan_radix_number(8);
    case 'b':
      return scan_radix_number(2);
    default:
      break;
  }
  if (is_decimal_digit(peek(1))) return scan_legacy_octal_or_decimal();
  if (peek(1) == '_') return illegal("Numeric separator can not be used after leading 0", position_ + 1);
  scan_decimal_number();
}

// ---------------------------------------------------------------- escapes

template <typename Unit>
void Lexer::Scanner<Unit>::append(char32_t code_point) {
  std::vector<char16_t>& buffer = lexer_.buffer_;
  if (code_point <= 0xFFFF) {
    buffer.push_back(static_cast<char16_t>(code_point));
  } else {
    buffer.push_back(utf::lead_surrogate_of(code_point));
    buffer.push_back(utf::trail_surrogate_of(code_point));
  }
}

// Behind \u.
template <typename Unit>
typename Lexer::Scanner<Unit>::Escape Lexer::Scanner<Unit>::scan_unicode_escape() {
  constexpr const char* kInvalid = "Invalid Unicode escape sequence";
  Escape escape;
  escape.error_offset = position_ - 2;
  if (take('{')) {
    uint32_t start = position_;
    for (; digit_value(peek()) < 16; ++position_) {
      escape.code_point = escape.code_point * 16 + digit_value(peek());
      if (escape.code_point > utf::kMaxCodePoint) {
        escape.error = "Undefined Unicode code-point";
        return escape;
      }
    }
    if (position_ == start || !take('}')) escape.error = kInvalid;
    return escape;
  }
  for (int i = 0; i < 4; ++i, ++position_) {
    uint32_t digit = digit_value(peek());
    if (digit >= 16) {
      escape.error = kInvalid;
      return escape;
    }
    escape.code_point = escape.code_point * 16 + digit;
  }
  return escape;
}

// Behind the first digit.
template <typename Unit>
typename Lexer::Scanner<Unit>::Escape Lexer::Scanner<Unit>::scan_octal_escape(char32_t first,
                                                                              bool in_template) {
  Escape escape;
  if (first == '0' && !is_decimal_digit(peek())) return escape;
  if (in_template) {
    escape.error = first >= '8' ? "\\8 and \\9 are not allowed in template strings"
                                : "Octal escape sequences are not allowed in template strings";
    escape.error_offset = position_ - 2;
    return escape;
  }
  token_.is_legacy_octal = true;
  escape.code_point = first;
  if (first >= '8') return escape;
  escape.code_point -= '0';
  int more = first <= '3' ? 2 : 1;
  for (; more > 0 && peek() >= '0' && peek() <= '7'; --more, ++position_) {
    escape.code_point = escape.code_point * 8 + (peek() - '0');
  }
  return escape;
}

// https://tc39.es/ecma262/#prod-EscapeSequence, with Annex B's octal ones
template <typename Unit>
typename Lexer::Scanner<Unit>::Escape Lexer::Scanner<Unit>::scan_escape(bool in_template) {
  Escape escape;
  char32_t unit = peek_code_point();
  skip_code_point(unit);
  escape.code_point = unit;
  switch (unit) {
    case 'n':
      escape.code_point = '\n';
      break;
    case 't':
      escape.code_point = '\t';
      break;
    case 'r':
      escape.code_point = '\r';
      break;
    case 'b':
      escape.code_point = '\b';
      break;
    case 'v':
      escape.code_point = '\v';
      break;
    case 'f':
      escape.code_point = '\f';
      break;
    case '\r':
      take('\n');
      [[fallthrough]];
    case '\n':
    case 0x2028:
    case 0x2029:
      escape.is_nothing = true;
      break;
    case 'u':
      return scan_unicode_escape();
    case 'x':
      escape.code_point = digit_value(peek()) * 16 + digit_value(peek(1));
      if (digit_value(peek()) >= 16 || digit_value(peek(1)) >= 16) {
        escape.error = "Invalid hexadecimal escape sequence";
        escape.error_offset = position_ - 2;
      } else {
        position_ += 2;
      }
      break;
    default:
      if (is_decimal_digit(unit)) return scan_octal_escape(unit, in_template);
      break;
  }
  return escape;
}

// ---------------------------------------------------------------- strings, templates, regexps

template <typename Unit>
void Lexer::Scanner<Unit>::scan_string_slow(uint32_t start, char32_t quote) {
  lexer_.buffer_.assign(text_ + start, text_ + position_);
  while (true) {
    char32_t unit = text_[position_];
    if (unit == quote) break;
    if (at_end() || unit == '\n' || unit == '\r') return illegal("Unterminated string literal", token_.start);
    ++position_;
    if (unit != '\\') {
      lexer_.buffer_.push_back(static_cast<char16_t>(unit));
      continue;
    }
    if (at_end()) return illegal("Unterminated string literal", token_.start);
    Escape escape = scan_escape(false);
    if (escape.error != nullptr) return illegal(escape.error, escape.error_offset);
    if (!escape.is_nothing) append(escape.code_point);
  }
  token_.has_escape = true;
  token_.name = intern_buffer(lexer_.buffer_);
  ++position_;
  finish(TokenKind::kString);
}

template <typename Unit>
void Lexer::Scanner<Unit>::scan_string(char32_t quote) {
  uint32_t start = ++position_;
  while (true) {
    char32_t unit = text_[position_];
    if (unit == quote) break;
    if (unit == '\\' || unit == '\n' || unit == '\r' || at_end()) return scan_string_slow(start, quote);
    ++position_;
  }
  token_.name = intern(start, position_);
  ++position_;
  finish(TokenKind::kString);
}

template <typename Unit>
void Lexer::Scanner<Unit>::scan_template() {
  std::vector<char16_t>& cooked = lexer_.buffer_;
  std::vector<char16_t>& raw = lexer_.raw_;
  cooked.clear();
  raw.clear();
  token_.escape_error = nullptr;
  while (true) {
    if (at_end()) return illegal("Unterminated template literal", token_.start);
    char32_t unit = text_[position_];
    if (unit == '`' || (unit == '$' && peek(1) == '{')) break;
    uint32_t start = position_++;
    if (unit == '\\') {
      if (at_end()) return illegal("Unterminated template literal", token_.start);
      Escape escape = scan_escape(true);
      if (escape.error != nullptr && token_.escape_error == nullptr) {
        token_.escape_error = escape.error;
        token_.escape_error_offset = escape.error_offset;
      }
      if (escape.error == nullptr && !escape.is_nothing) append(escape.code_point);
    } else if (unit == '\r') {
      take('\n');
      cooked.push_back('\n');
    } else {
      cooked.push_back(static_cast<char16_t>(unit));
    }
    // https://tc39.es/ecma262/#sec-static-semantics-trv: CR and CR LF read as LF
    for (uint32_t i = start; i < position_; ++i) {
      if (text_[i] != '\r') {
        raw.push_back(text_[i]);
      } else if (i + 1 >= position_ || text_[i + 1] != '\n') {
        raw.push_back('\n');
      }
    }
  }
  token_.name = token_.escape_error == nullptr ? intern_buffer(cooked) : nullptr;
  token_.raw = intern_buffer(raw);
  token_.is_template_tail = text_[position_] == '`';
  position_ += token_.is_template_tail ? 1 : 2;
  finish(TokenKind::kTemplate);
}

// Behind the first slash.
template <typename Unit>
void Lexer::Scanner<Unit>::scan_regexp() {
  constexpr const char* kUnterminated = "Invalid regular expression: missing /";
  uint32_t start = position_;
  for (bool in_class = false;; ++position_) {
    char32_t unit = text_[position_];
    if (at_end() || is_line_terminator(unit)) return illegal(kUnterminated, token_.start);
    if (unit == '\\') {
      ++position_;
      if (at_end() || is_line_terminator(text_[position_])) return illegal(kUnterminated, token_.start);
    } else if (unit == '[') {
      in_class = true;
    } else if (unit == ']') {
      in_class = false;
    } else if (unit == '/' && !in_class) {
      break;
    }
  }
  token_.name = intern(start, position_);
  uint32_t flags_start = ++position_;
  while (!at_end() && is_identifier_part(peek_code_point())) skip_code_point(peek_code_point());
  if (peek() == '\\') return illegal("Invalid regular expression flags", flags_start);
  token_.raw = intern(flags_start, position_);
  finish(TokenKind::kRegExp);
}

template void Lexer::Scanner<uint8_t>::scan_number();
template void Lexer::Scanner<char16_t>::scan_number();
template void Lexer::Scanner<uint8_t>::scan_string(char32_t);
template void Lexer::Scanner<char16_t>::scan_string(char32_t);
template void Lexer::Scanner<uint8_t>::scan_template();
template void Lexer::Scanner<char16_t>::scan_template();
template void Lexer::Scanner<uint8_t>::scan_regexp();
template void Lexer::Scanner<char16_t>::scan_regexp();
template Lexer::Scanner<uint8_t>::Escape Lexer::Scanner<uint8_t>::scan_unicode_escape();
template Lexer::Scanner<char16_t>::Escape Lexer::Scanner<char16_t>::scan_unicode_escape();
template void Lexer::Scanner<uint8_t>::append(char32_t);
template void Lexer::Scanner<char16_t>::append(char32_t);

}  // namespace skein::syntax
