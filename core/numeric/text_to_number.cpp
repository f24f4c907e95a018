#include "core/numeric/text_to_number.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/base/check.h"
#include "core/base/white_space.h"

namespace skein::numeric {
namespace {

// NaN is always this one: values are NaN-boxed.
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

template <typename Unit>
std::span<const Unit> trim_start(std::span<const Unit> text) {
  size_t start = 0;
  while (start < text.size() && is_trimmed(text[start])) ++start;
  return text.subspan(start);
}

template <typename Unit>
std::span<const Unit> trim(std::span<const Unit> text) {
  text = trim_start(text);
  size_t end = text.size();
  while (end > 0 && is_trimmed(text[end - 1])) --end;
  return text.first(end);
}

template <typename Unit>
bool starts_with(Passed<std::span<const Unit>> text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(),
                    [](char left, Unit right) { return static_cast<Unit>(left) == right; });
}

template <typename Unit>
bool is_decimal_digit(Unit unit) {
  return unit >= '0' && unit <= '9';
}

template <typename Unit>
size_t count_digits(Passed<std::span<const Unit>> text, size_t start) {
  size_t end = start;
  while (end < text.size() && is_decimal_digit(text[end])) ++end;
  return end - start;
}

// The length of the longest prefix that is a StrUnsignedDecimalLiteral other than Infinity; 0: none.
template <typename Unit>
size_t scan_decimal(Passed<std::span<const Unit>> text) {
  size_t integer_digits = count_digits(text, 0);
  size_t end = integer_digits;
  size_t fraction_digits = 0;
  if (end < text.size() && text[end] == '.') {
    fraction_digits = count_digits(text, end + 1);
    if (integer_digits + fraction_digits != 0) end += 1 + fraction_digits;
  }
  if (integer_digits + fraction_digits == 0) return 0;
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    size_t exponent = end + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
    size_t exponent_digits = count_digits(text, exponent);
    if (exponent_digits != 0) end = exponent + exponent_digits;
  }
  return end;
}

// The number behind the "e" of a literal. Beyond all reason it is as good as infinite.
template <typename Unit>
int64_t written_exponent(std::span<const Unit> text) {
  constexpr int64_t kHuge = int64_t{1} << 58;
  const bool negative = text[0] == '-';
  if (negative || text[0] == '+') text = text.subspan(1);
  int64_t exponent = 0;
  for (Unit digit : text) exponent = std::min(exponent * 10 + (digit - '0'), kHuge);
  return negative ? -exponent : exponent;
}

// The result for a literal that std::from_chars found too large or too small for a double.
double out_of_range_value(std::string_view literal) {
  size_t exponent_at = literal.find_first_of("eE");
  std::string_view mantissa = literal.substr(0, exponent_at);
  int64_t exponent = 0;
  if (exponent_at != std::string_view::npos) {
    std::string_view digits = literal.substr(exponent_at + 1);
    exponent = written_exponent(std::span(digits.data(), digits.size()));
  }
  size_t point = std::min(mantissa.find('.'), mantissa.size());
  size_t first_digit = mantissa.find_first_of("123456789");
  if (first_digit == std::string_view::npos) return 0;
  int64_t magnitude = exponent + static_cast<int64_t>(point) - static_cast<int64_t>(first_digit);
  return magnitude > 0 ? kInfinity : 0;
}

double convert_decimal(Passed<std::string_view> literal) {
  double value = 0;
  auto result = std::from_chars(literal.data(), literal.data() + literal.size(), value);
  if (result.ec == std::errc::result_out_of_range) return out_of_range_value(literal);
  SKEIN_DCHECK(result.ec == std::errc());
  return value;
}

// A literal with the value of one that is longer than any tie between two doubles. A last digit stands for all that
// are left out, should one of them not be 0.
template <typename Unit>
std::string shorten(Passed<std::span<const Unit>> literal) {
  constexpr size_t kDigits = 800;
  std::string digits;  // times 10 to the power of `exponent`
  int64_t exponent = 0;
  bool is_fraction = false, has_rest = false;
  size_t i = 0;
  for (; i < literal.size() && (literal[i] == '.' || is_decimal_digit(literal[i])); ++i) {
    if (literal[i] == '.') {
      is_fraction = true;
    } else if (digits.size() < kDigits) {
      if (!digits.empty() || literal[i] != '0') digits += static_cast<char>(literal[i]);
      exponent -= is_fraction;
    } else {
      has_rest |= literal[i] != '0';
      exponent += !is_fraction;
    }
  }
  if (digits.empty()) return "0";
  if (has_rest) {
    digits += '1';
    --exponent;
  }
  if (i < literal.size()) exponent += written_exponent(literal.subspan(i + 1));
  return digits + "e" + std::to_string(exponent);
}

// REQUIRES: the whole text is a StrUnsignedDecimalLiteral other than Infinity
template <typename Unit>
double convert_decimal(Passed<std::span<const Unit>> literal) {
  // The common case, a short integer, needs no rounding.
  if (literal.size() <= 15) {
    uint64_t integer = 0;
    size_t i = 0;
    for (; i < literal.size() && is_decimal_digit(literal[i]); ++i)
      integer = integer * 10 + (literal[i] - '0');
    if (i == literal.size()) return static_cast<double>(integer);
  }
  constexpr size_t kLong = 1024;
  if (literal.size() > kLong) return convert_decimal(std::string_view(shorten(literal)));
  if constexpr (sizeof(Unit) == 1) {
    return convert_decimal(std::string_view(reinterpret_cast<const char*>(literal.data()), literal.size()));
  } else {
    char short_copy[64];
    if (literal.size() <= sizeof short_copy) {
      std::copy(literal.begin(), literal.end(), short_copy);
      return convert_decimal(std::string_view(short_copy, literal.size()));
    }
    return convert_decimal(std::string_view(std::string(literal.begin(), literal.end())));
  }
}

// An unsigned integer that grows until it is too large for any double.
class WideInteger {
 public:
  bool overflowed() const { return size_ > kWords; }

  // this = this * factor + addend
  void multiply_add(uint32_t factor, uint32_t addend) {
    uint64_t carry = addend;
    for (int i = 0; i < size_; ++i) {
      carry += uint64_t{words_[i]} * factor;
      words_[i] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    if (carry == 0) return;
    if (size_ < kWords) words_[size_] = static_cast<uint32_t>(carry);
    ++size_;
  }

  // Rounded to nearest, ties to even.
  double to_double() const {
    if (overflowed()) return kInfinity;
    // The highest 64 bits or more, the rest of them folded into a sticky bit.
    uint64_t high = 0;
    int low = std::max(0, size_ - 3);
    bool sticky = false;
    for (int i = 0; i < low; ++i) sticky |= words_[i] != 0;
    if (size_ <= 2) {
      for (int i = size_ - 1; i >= 0; --i) high = (high << 32) | words_[i];
      return static_cast<double>(high);
    }
    int shift = std::countl_zero(words_[size_ - 1]);
    high = (uint64_t{words_[size_ - 1]} << 32) | words_[size_ - 2];
    if (shift != 0) high = (high << shift) | (words_[size_ - 3] >> (32 - shift));
    sticky |= static_cast<uint32_t>(uint64_t{words_[size_ - 3]} << shift) != 0;
    return std::ldexp(static_cast<double>(high | (sticky ? 1 : 0)), 32 * (size_ - 2) - shift);
  }

 private:
  static constexpr int kWords = 33;  // 1056 bits: room for 2^1024 and one more factor
  uint32_t words_[kWords] = {};
  int size_ = 0;
};

// REQUIRES: all units are digits of the radix
template <typename Unit>
double convert_digits(Passed<std::span<const Unit>> digits, int radix) {
  WideInteger value;
  size_t i = 0;
  while (i < digits.size() && !value.overflowed()) {
    uint32_t factor = 1, addend = 0;
    for (; i < digits.size() && factor < 0xffffffffu / 36; ++i) {
      factor *= radix;
      addend = addend * radix + digit_value(digits[i]);
    }
    value.multiply_add(factor, addend);
  }
  return value.to_double();
}

template <typename Unit>
size_t count_radix_digits(Passed<std::span<const Unit>> text, int radix) {
  size_t count = 0;
  while (count < text.size()) {
    int digit = digit_value(text[count]);
    if (digit < 0 || digit >= radix) break;
    ++count;
  }
  return count;
}

template <typename Unit>
bool take_sign(std::span<const Unit>& text) {
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return false;
  bool negative = text[0] == '-';
  text = text.subspan(1);
  return negative;
}

int prefix_radix(char32_t letter) {
  switch (letter | 0x20) {
    case 'x':
      return 16;
    case 'o':
      return 8;
    case 'b':
      return 2;
    default:
      return 0;
  }
}

template <typename Unit>
double string_to_number_of(std::span<const Unit> text) {
  text = trim(text);
  if (text.empty()) return 0;
  if (text.size() > 2 && text[0] == '0') {
    if (int radix = prefix_radix(text[1]); radix != 0) {
      auto digits = text.subspan(2);
      return count_radix_digits(digits, radix) == digits.size() ? convert_digits(digits, radix) : kNaN;
    }
  }
  bool negative = take_sign(text);
  double value = 0;
  if (!text.empty() && scan_decimal(text) == text.size()) {
    value = convert_decimal(text);
  } else if (text.size() == 8 && starts_with(text, "Infinity")) {
    value = kInfinity;
  } else {
    return kNaN;
  }
  return negative ? -value : value;
}

template <typename Unit>
double parse_float_of(std::span<const Unit> text) {
  text = trim_start(text);
  bool negative = take_sign(text);
  double value = 0;
  if (size_t length = scan_decimal(text); length != 0) {
    value = convert_decimal(text.first(length));
  } else if (starts_with(text, "Infinity")) {
    value = kInfinity;
  } else {
    return kNaN;
  }
  return negative ? -value : value;
}

template <typename Unit>
double parse_int_of(std::span<const Unit> text, int32_t radix) {
  text = trim_start(text);
  bool negative = take_sign(text);
  bool strip_prefix = radix == 0 || radix == 16;
  if (radix == 0) radix = 10;
  if (radix < 2 || radix > 36) return kNaN;
  if (strip_prefix && text.size() >= 2 && text[0] == '0' && (text[1] | 0x20) == 'x') {
    text = text.subspan(2);
    radix = 16;
  }
  size_t count = count_radix_digits(text, radix);
  if (count == 0) return kNaN;
  auto digits = text.first(count);
  double value = radix == 10 ? convert_decimal(digits) : convert_digits(digits, radix);
  return negative ? -value : value;
}

template <typename Unit>
bool parse_array_index_of(std::span<const Unit> text, uint32_t* index) {
  if (text.empty() || text.size() > 10 || !is_decimal_digit(text[0])) return false;
  if (text[0] == '0' && text.size() > 1) return false;
  uint64_t value = 0;
  for (Unit unit : text) {
    if (!is_decimal_digit(unit)) return false;
    value = value * 10 + (unit - '0');
  }
  if (value >= 0xffffffffu) return false;
  *index = static_cast<uint32_t>(value);
  return true;
}

}  // namespace

double string_to_number(Passed<Latin1Text> text) {
  return string_to_number_of(text);
}
double string_to_number(Passed<Utf16Text> text) {
  return string_to_number_of(text);
}
double parse_float(Passed<Latin1Text> text) {
  return parse_float_of(text);
}
double parse_float(Passed<Utf16Text> text) {
  return parse_float_of(text);
}
double parse_int(Passed<Latin1Text> text, int32_t radix) {
  return parse_int_of(text, radix);
}
double parse_int(Passed<Utf16Text> text, int32_t radix) {
  return parse_int_of(text, radix);
}
double digits_to_number(Passed<Latin1Text> digits, int radix) {
  return convert_digits(digits, radix);
}
double decimal_literal_to_number(Passed<Latin1Text> literal) {
  return convert_decimal(literal);
}
bool parse_array_index(Passed<Latin1Text> text, uint32_t* index) {
  return parse_array_index_of(text, index);
}
bool parse_array_index(Passed<Utf16Text> text, uint32_t* index) {
  return parse_array_index_of(text, index);
}

}  // namespace skein::numeric
