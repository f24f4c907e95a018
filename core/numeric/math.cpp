#include "core/numeric/math.h"

#include <bit>
#include <cmath>
#include <limits>

namespace skein::numeric {

double exponentiate(double base, double exponent) {
  if (std::isnan(exponent)) return exponent;
  // C says 1 for both.
  if (std::isinf(exponent) && std::fabs(base) == 1) return std::numeric_limits<double>::quiet_NaN();
  if (exponent == 2) return base * base;
  return std::pow(base, exponent);
}

double remainder(double dividend, double divisor) {
  // OPTIMIZATION: 32-bit integers; fmod is a loop.
  if (dividend >= 0 && divisor >= 1 && dividend <= 4294967295.0 && divisor <= 4294967295.0) {
    auto left = static_cast<uint32_t>(dividend);
    auto right = static_cast<uint32_t>(divisor);
    if (left == dividend && right == divisor) {
      auto rest = static_cast<double>(left % right);
      return left == 0 ? dividend : rest;  // keeps -0
    }
  }
  return std::fmod(dividend, divisor);
}

double round(double value) {
  if (!(std::fabs(value) < 4503599627370496.0)) return value;  // integral, infinite or NaN
  double floor = std::floor(value);
  double rounded = value - floor >= 0.5 ? floor + 1 : floor;
  return std::copysign(rounded, value);
}

double sign(double value) {
  if (value > 0) return 1;
  if (value < 0) return -1;
  return value;
}

double max(double left, double right) {
  if (std::isnan(left) || std::isnan(right)) return std::numeric_limits<double>::quiet_NaN();
  if (left == right) return std::signbit(left) ? right : left;
  return left > right ? left : right;
}

double min(double left, double right) {
  if (std::isnan(left) || std::isnan(right)) return std::numeric_limits<double>::quiet_NaN();
  if (left == right) return std::signbit(left) ? left : right;
  return left < right ? left : right;
}

double cbrt(double value) {
  double root = std::cbrt(value);
  if (root == 0 || !std::isfinite(root)) return root;
  // Of 23 bits, so that its square is exact; one step of Halley's gives the others.
  constexpr uint64_t kHalf = 0x80000000, kKept = 0xffffffffc0000000;
  root = std::bit_cast<double>((std::bit_cast<uint64_t>(root) + kHalf) & kKept);
  const double quotient = value / (root * root);
  return root + root * ((quotient - root) / (root + root + quotient));
}

double hypot(std::span<const double> values) {
  double largest = 0;
  bool any_nan = false;
  for (double value : values) {
    double magnitude = std::fabs(value);
    if (std::isinf(magnitude)) return magnitude;
    if (std::isnan(magnitude)) any_nan = true;
    if (magnitude > largest) largest = magnitude;
  }
  if (any_nan) return std::numeric_limits<double>::quiet_NaN();
  if (largest == 0) return 0;
  if (values.size() == 1) return largest;
  if (values.size() == 2) return std::hypot(values[0], values[1]);
  // Scaled by a power of two, which is exact; compensated summation (Kahan).
  int exponent = std::ilogb(largest);
  double sum = 0, compensation = 0;
  for (double value : values) {
    double scaled = std::ldexp(value, -exponent);
    double summand = scaled * scaled - compensation;
    double next = sum + summand;
    compensation = (next - sum) - summand;
    sum = next;
  }
  return std::ldexp(std::sqrt(sum), exponent);
}

uint32_t clz32(uint32_t value) {
  return static_cast<uint32_t>(std::countl_zero(value));
}

void ExactSum::add(double value) {
  auto bits = std::bit_cast<uint64_t>(value);
  bool negative = (bits >> 63) != 0;
  int biased = static_cast<int>((bits >> 52) & 0x7ff);
  uint64_t significand = bits & ((uint64_t{1} << 52) - 1);
  if (biased == 0x7ff) {
    if (significand != 0) {
      nan_ = true;
    } else {
      (negative ? negative_infinity_ : positive_infinity_) = true;
    }
    return;
  }
  if (value == 0) {
    if (!negative) any_not_minus_zero_ = true;
    return;
  }
  any_not_minus_zero_ = true;
  int position = biased == 0 ? 0 : biased - 1;  // of the significand's lowest bit, above 2^-1074
  if (biased != 0) significand |= uint64_t{1} << 52;
  int index = position / 32, shift = position % 32;
  uint64_t low = (significand & 0xffffffffu) << shift;  // below 2^63
  uint64_t high = (significand >> 32) << shift;         // below 2^52
  int64_t parts[3] = {static_cast<int64_t>(low & 0xffffffffu),
                      static_cast<int64_t>((low >> 32) + (high & 0xffffffffu)),
                      static_cast<int64_t>(high >> 32)};
  for (int i = 0; i < 3; ++i) digits_[index + i] += negative ? -parts[i] : parts[i];
  // Each addition changes a lane by less than 2^33.
  if (++additions_ == (1u << 29)) propagate_carries();
}

// Leaves every digit but the highest in [0, 2^32).
void ExactSum::propagate_carries() {
  int64_t carry = 0;
  for (int i = 0; i < kDigits; ++i) {
    int64_t digit = digits_[i] + carry;
    carry = 0;
    if (i + 1 < kDigits) {
      carry = digit >> 32;
      digit &= 0xffffffff;
    }
    digits_[i] = digit;
  }
  additions_ = 0;
}

double ExactSum::result() {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (nan_ || (positive_infinity_ && negative_infinity_)) return std::numeric_limits<double>::quiet_NaN();
  if (positive_infinity_) return kInfinity;
  if (negative_infinity_) return -kInfinity;
  if (!any_not_minus_zero_) return -0.0;

  propagate_carries();
  bool negative = digits_[kDigits - 1] < 0;
  uint32_t magnitude[kDigits];
  uint64_t carry = negative ? 1 : 0;
  for (int i = 0; i < kDigits; ++i) {
    auto digit = static_cast<uint32_t>(digits_[i]);
    carry += negative ? static_cast<uint32_t>(~digit) : digit;
    magnitude[i] = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
  int top = kDigits - 1;
  while (top >= 0 && magnitude[top] == 0) --top;
  if (top < 0) return 0;
  // The 64 highest bits, the rest of them folded into a sticky bit.
  int highest_bit = 32 * top + 31 - std::countl_zero(magnitude[top]);
  auto bit_word = [&](int position) -> uint64_t {  // 32 bits from `position` up
    int index = position >> 5, shift = position & 31;
    uint64_t low = index >= 0 ? magnitude[index] : 0;
    uint64_t high = index + 1 >= 0 && index + 1 <= top ? magnitude[index + 1] : 0;
    return ((high << 32 | low) >> shift) & 0xffffffffu;
  };
  int lowest_bit = highest_bit - 63;
  // Subnormal results and small normal ones are exact: they have no bits below 2^-1074.
  if (lowest_bit < 0) lowest_bit = 0;
  uint64_t significand = bit_word(lowest_bit + 32) << 32 | bit_word(lowest_bit);
  bool sticky = (magnitude[lowest_bit / 32] & ((uint64_t{1} << (lowest_bit % 32)) - 1)) != 0;
  for (int i = 0; i < lowest_bit / 32; ++i) sticky |= magnitude[i] != 0;
  double result = std::ldexp(static_cast<double>(significand | (sticky ? 1 : 0)), lowest_bit - 1074);
  return negative ? -result : result;
}

}  // namespace skein::numeric
