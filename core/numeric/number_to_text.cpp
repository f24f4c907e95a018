#include "core/numeric/number_to_text.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/check.h"

namespace skein::numeric {
namespace {

// Appends to a caller's buffer that is known to be large enough.
class Writer {
 public:
  explicit Writer(char* start) : start_(start), end_(start) {}
  void put(char character) { *end_++ = character; }
  void put(std::string_view text) {
    std::memcpy(end_, text.data(), text.size());
    end_ += text.size();
  }
  void zeros(int count) {
    if (count <= 0) return;
    std::memset(end_, '0', count);
    end_ += count;
  }
  void exponent(int value) {
    put('e');
    put(value < 0 ? '-' : '+');
    end_ = std::to_chars(end_, end_ + 8, std::abs(value)).ptr;
  }
  std::string_view text() const { return {start_, static_cast<size_t>(end_ - start_)}; }

 private:
  char* start_;
  char* end_;
};

// d.ddd times ten to the power of `exponent`, without the point.
struct Decimal {
  static constexpr int kMaxDigits = 768;  // the longest exact significand of a double has 767
  char digits[kMaxDigits];
  int count = 0;
  int exponent = 0;

  std::string_view view() const { return {digits, static_cast<size_t>(count)}; }
};

// Reads std::to_chars' "d.ddde-dd".
void read_scientific(const char* text, const char* end, Decimal& decimal) {
  decimal.count = 0;
  for (; text != end && *text != 'e'; ++text) {
    if (*text != '.') decimal.digits[decimal.count++] = *text;
  }
  ++text;
  if (*text == '+') ++text;
  std::from_chars(text, end, decimal.exponent);
}

// REQUIRES: value is positive and finite
void shortest_decimal(double value, Decimal& decimal) {
  char text[40];
  auto result = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific);
  read_scientific(text, result.ptr, decimal);
}

void scientific_decimal(double value, int count, Decimal& decimal) {
  char text[Decimal::kMaxDigits + 16];
  auto result = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, count - 1);
  SKEIN_DCHECK(result.ec == std::errc());
  read_scientific(text, result.ptr, decimal);
}

// Adds one to the last digit; true if the carry ran out at the front and left 000….
bool increment_digits(char* digits, int count) {
  for (int i = count - 1; i >= 0; --i) {
    if (digits[i] != '9') {
      ++digits[i];
      return false;
    }
    digits[i] = '0';
  }
  return true;
}

// The `count` leading digits of `value`. std::to_chars rounds the exact value to nearest, ties to
// even, where JavaScript wants ties to go up; so a tie is looked for and done by hand.
void rounded_decimal(double value, int count, Decimal& decimal) {
  scientific_decimal(value, count + 1, decimal);
  if (decimal.digits[count] == '5') {
    scientific_decimal(value, Decimal::kMaxDigits - 1, decimal);
    bool up = decimal.digits[count] >= '5';
    decimal.count = count;
    if (up && increment_digits(decimal.digits, count)) {
      decimal.digits[0] = '1';
      ++decimal.exponent;
    }
    return;
  }
  scientific_decimal(value, count, decimal);
}

void layout_exponential(const Decimal& decimal, Writer& writer) {
  writer.put(decimal.digits[0]);
  if (decimal.count > 1) {
    writer.put('.');
    writer.put(decimal.view().substr(1));
  }
  writer.exponent(decimal.exponent);
}

void layout_positional(const Decimal& decimal, Writer& writer) {
  int integer_digits = decimal.exponent + 1;
  if (integer_digits <= 0) {
    writer.put("0.");
    writer.zeros(-integer_digits);
    writer.put(decimal.view());
  } else if (integer_digits >= decimal.count) {
    writer.put(decimal.view());
    writer.zeros(integer_digits - decimal.count);
  } else {
    writer.put(decimal.view().substr(0, integer_digits));
    writer.put('.');
    writer.put(decimal.view().substr(integer_digits));
  }
}

std::string_view non_finite_text(double value) {
  if (std::isnan(value)) return "NaN";
  return value < 0 ? "-Infinity" : "Infinity";
}

// How many binary digits are behind the point. The decimal expansion of a dyadic fraction ends after
// as many digits, the last one of which is 5.
int fraction_bits(double value) {
  auto bits = std::bit_cast<uint64_t>(value);
  int biased = static_cast<int>(bits >> 52) & 0x7ff;
  uint64_t significand = bits & ((uint64_t{1} << 52) - 1);
  if (biased != 0) significand |= uint64_t{1} << 52;
  if (significand == 0) return 0;
  int exponent = std::max(biased, 1) - 1075 + std::countr_zero(significand);
  return std::max(0, -exponent);
}

constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

// Writes an unsigned integer backwards from `end`; returns the start.
char* write_radix_backwards(uint64_t value, int radix, char* end) {
  do {
    *--end = kDigits[value % radix];
    value /= radix;
  } while (value != 0);
  return end;
}

// The integer part of number_to_text_radix, backwards from `end`.
char* write_integer_radix(double integer, int radix, char* end) {
  constexpr double kExactLimit = 9007199254740992.0;  // 2^53
  if (integer < kExactLimit) return write_radix_backwards(static_cast<uint64_t>(integer), radix, end);
  if (std::has_single_bit(static_cast<unsigned>(radix))) {
    int shift = std::countr_zero(static_cast<unsigned>(radix));
    // Strip whole zero digits until the rest fits 64 bits; dividing by a power of two is exact.
    while (integer >= 2 * kExactLimit || std::fmod(integer, radix) == 0) {
      double digit = std::fmod(integer, radix);
      *--end = kDigits[static_cast<int>(digit)];
      integer = std::ldexp(integer - digit, -shift);
    }
    return write_radix_backwards(static_cast<uint64_t>(integer), radix, end);
  }
  while (integer / radix >= kExactLimit) {
    integer /= radix;
    *--end = '0';
  }
  do {
    double remainder = std::fmod(integer, radix);
    *--end = kDigits[static_cast<int>(remainder)];
    integer = (integer - remainder) / radix;
  } while (integer > 0);
  return end;
}

struct RadixFraction {
  char* end;
  bool carries;  // rounding reached the integer part
};

// Writes ".digits" from `out`: the fewest digits that lie within half the distance to the next
// double.
RadixFraction write_fraction_radix(double fraction, double tolerance, int radix, char* out) {
  char* end = out;
  *end++ = '.';
  do {
    fraction *= radix;
    tolerance *= radix;
    int digit = static_cast<int>(fraction);
    *end++ = kDigits[digit];
    fraction -= digit;
    bool round_up = fraction > 0.5 || (fraction == 0.5 && (digit & 1) != 0);
    if (!round_up || fraction + tolerance <= 1) continue;
    while (true) {
      if (--end == out) return {out, true};
      int last = *end <= '9' ? *end - '0' : *end - 'a' + 10;
      if (last + 1 < radix) {
        *end++ = kDigits[last + 1];
        return {end, false};
      }
    }
  } while (fraction >= tolerance);
  return {end, false};
}

}  // namespace

std::string_view int32_to_text(int32_t value, IntegerBuffer& buffer) {
  auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), static_cast<size_t>(result.ptr - buffer.data())};
}

std::string_view number_to_text(double value, NumberBuffer& buffer) {
  if (!std::isfinite(value)) return non_finite_text(value);
  if (value == 0) return "0";
  double magnitude = std::fabs(value);
  if (magnitude < 9007199254740992.0 && magnitude == std::floor(magnitude)) {
    auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), static_cast<int64_t>(value));
    return {buffer.data(), static_cast<size_t>(result.ptr - buffer.data())};
  }
  Writer writer(buffer.data());
  if (value < 0) writer.put('-');
  Decimal decimal;
  shortest_decimal(magnitude, decimal);
  if (decimal.exponent >= 21 || decimal.exponent < -6) {
    layout_exponential(decimal, writer);
  } else {
    layout_positional(decimal, writer);
  }
  return writer.text();
}

std::string_view number_to_text_radix(double value, int radix, RadixBuffer& buffer) {
  SKEIN_DCHECK(radix >= 2 && radix <= 36);
  if (!std::isfinite(value)) return non_finite_text(value);
  if (value == 0) return "0";
  if (radix == 10) {
    NumberBuffer decimal;
    std::string_view text = number_to_text(value, decimal);
    std::memcpy(buffer.data(), text.data(), text.size());
    return {buffer.data(), text.size()};
  }
  double magnitude = std::fabs(value);
  double integer = std::floor(magnitude);
  double fraction = magnitude - integer;
  double tolerance = 0.5 * (std::nextafter(magnitude, std::numeric_limits<double>::infinity()) - magnitude);
  tolerance = std::max(tolerance, std::numeric_limits<double>::denorm_min());

  char* point = buffer.data() + 1028;
  char* end = point;
  if (fraction >= tolerance) {
    RadixFraction written = write_fraction_radix(fraction, tolerance, radix, point);
    end = written.end;
    if (written.carries) integer += 1;
  }
  char* start = write_integer_radix(integer, radix, point);
  if (value < 0) *--start = '-';
  return {start, static_cast<size_t>(end - start)};
}

std::string_view to_fixed(double value, int fraction_digits, FormatBuffer& buffer) {
  SKEIN_DCHECK(fraction_digits >= 0 && fraction_digits <= 100);
  if (!std::isfinite(value)) return non_finite_text(value);
  double magnitude = std::fabs(value);
  if (magnitude >= 1e21) {
    NumberBuffer number;
    std::string_view text = number_to_text(value, number);
    std::memcpy(buffer.data(), text.data(), text.size());
    return {buffer.data(), text.size()};
  }
  // Leave room for a sign and for a carry.
  char* start = buffer.data() + 2;
  char* limit = buffer.data() + buffer.size();
  bool is_tie = fraction_bits(magnitude) == fraction_digits + 1;
  int digits = fraction_digits + (is_tie ? 1 : 0);
  auto result = std::to_chars(start, limit, magnitude, std::chars_format::fixed, digits);
  SKEIN_DCHECK(result.ec == std::errc());
  char* end = result.ptr;
  if (is_tie) {  // to the larger of both neighbours
    --end;
    if (fraction_digits == 0) --end;
    int integer_length = static_cast<int>(end - start) - (fraction_digits == 0 ? 0 : fraction_digits + 1);
    char* fraction = start + integer_length + 1;
    bool carry = fraction_digits == 0 || increment_digits(fraction, fraction_digits);
    if (carry && increment_digits(start, integer_length)) *--start = '1';
  }
  if (value < 0) *--start = '-';
  return {start, static_cast<size_t>(end - start)};
}

std::string_view to_exponential(double value, int fraction_digits, FormatBuffer& buffer) {
  SKEIN_DCHECK(std::isfinite(value) && fraction_digits >= -1 && fraction_digits <= 100);
  Writer writer(buffer.data());
  if (value < 0) writer.put('-');
  Decimal decimal;
  if (value == 0) {
    decimal.count = std::max(fraction_digits, 0) + 1;
    std::memset(decimal.digits, '0', decimal.count);
  } else if (fraction_digits == kAsManyAsNecessary) {
    shortest_decimal(std::fabs(value), decimal);
  } else {
    rounded_decimal(std::fabs(value), fraction_digits + 1, decimal);
  }
  layout_exponential(decimal, writer);
  return writer.text();
}

std::string_view to_precision(double value, int precision, FormatBuffer& buffer) {
  SKEIN_DCHECK(std::isfinite(value) && precision >= 1 && precision <= 100);
  Writer writer(buffer.data());
  if (value < 0) writer.put('-');
  Decimal decimal;
  if (value == 0) {
    decimal.count = precision;
    std::memset(decimal.digits, '0', precision);
  } else {
    rounded_decimal(std::fabs(value), precision, decimal);
  }
  if (decimal.exponent < -6 || decimal.exponent >= precision) {
    layout_exponential(decimal, writer);
  } else {
    layout_positional(decimal, writer);
  }
  return writer.text();
}

}  // namespace skein::numeric
