// Between BigInt and Number.
#include <bit>
#include <cmath>
#include <limits>

#include "core/numeric/bigint/kernels.h"

namespace skein::numeric::bigint {
namespace {

constexpr uint64_t kHiddenBit = uint64_t{1} << 52;

// A finite positive integer as significand * 2^exponent.
struct IntegerParts {
  uint64_t significand;
  int exponent;
};
IntegerParts split(double value) {
  auto bits = std::bit_cast<uint64_t>(value);
  int exponent = static_cast<int>((bits >> 52) & 0x7ff) - 1075;
  uint64_t significand = (bits & (kHiddenBit - 1)) | kHiddenBit;
  return exponent < 0 ? IntegerParts{significand >> -exponent, 0} : IntegerParts{significand, exponent};
}

size_t magnitude_of(double value, std::span<Digit, kDigitsOfDouble> result) {
  if (value == 0) return 0;
  IntegerParts parts = split(value);
  size_t whole = parts.exponent / kDigitBits;
  int shift = parts.exponent % kDigitBits;
  clear_digits(result.data(), result.size());
  result[whole] = parts.significand << shift;
  if (shift != 0 && whole + 1 < result.size()) result[whole + 1] = parts.significand >> (kDigitBits - shift);
  return trimmed(result.data(), result.size());
}

}  // namespace

Result from_double(double value, std::span<Digit, kDigitsOfDouble> result) {
  SKEIN_DCHECK(std::isfinite(value) && std::trunc(value) == value);
  return {magnitude_of(value, result), value < 0};
}

Result from_uint64(uint64_t value, std::span<Digit, 1> result) {
  result[0] = value;
  return {value == 0 ? size_t{0} : size_t{1}, false};
}

Result from_int64(int64_t value, std::span<Digit, 1> result) {
  Result magnitude = from_uint64(value < 0 ? 0 - static_cast<uint64_t>(value) : value, result);
  return {magnitude.length, value < 0};
}

double to_double(View value) {
  if (value.is_zero()) return 0;
  const Digit* digits = value.magnitude.data();
  size_t length = value.length();
  double magnitude;
  if (length == 1) {
    magnitude = static_cast<double>(digits[0]);
  } else if (bit_length(value) > 1024) {
    magnitude = std::numeric_limits<double>::infinity();
  } else {
    // The 64 top bits, all others folded into a sticky bit; rounding then happens once.
    int shift = std::countl_zero(digits[length - 1]);
    Digit top = digits[length - 1] << shift;
    if (shift != 0) top |= digits[length - 2] >> (kDigitBits - shift);
    bool sticky = (digits[length - 2] << shift) != 0 || trimmed(digits, length - 2) != 0;
    magnitude = std::ldexp(static_cast<double>(top | (sticky ? 1 : 0)),
                           static_cast<int>((length - 1) * kDigitBits) - shift);
  }
  return value.negative ? -magnitude : magnitude;
}

uint64_t to_uint64_modular(View value) {
  if (value.is_zero()) return 0;
  return value.negative ? 0 - value.magnitude[0] : value.magnitude[0];
}

std::partial_ordering compare(View left, double right) {
  if (std::isnan(right)) return std::partial_ordering::unordered;
  if (std::isinf(right)) return right > 0 ? std::partial_ordering::less : std::partial_ordering::greater;
  bool right_negative = right < 0;
  if (left.is_zero()) return 0.0 <=> right;
  if (left.negative != right_negative) {
    return left.negative ? std::partial_ordering::less : std::partial_ordering::greater;
  }
  // Same signs (or the number is zero): compare magnitudes; a fraction decides between equal integers.
  double magnitude = std::fabs(right);
  double integer = std::floor(magnitude);
  Digit storage[kDigitsOfDouble];
  size_t length = magnitude_of(integer, storage);
  std::strong_ordering order = compare(View{left.magnitude}, View{std::span<const Digit>(storage, length)});
  if (order == 0 && magnitude > integer) order = std::strong_ordering::less;
  if (!left.negative) return order;
  return 0 <=> order;
}

bool equal(View left, double right) {
  return compare(left, right) == std::partial_ordering::equivalent;
}

}  // namespace skein::numeric::bigint
