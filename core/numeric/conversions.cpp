#include "core/numeric/conversions.h"

namespace skein::numeric {

uint16_t double_to_float16_bits(double value) {
  constexpr uint64_t kFractionMask = (uint64_t{1} << 52) - 1;
  auto bits = std::bit_cast<uint64_t>(value);
  auto sign = static_cast<uint16_t>((bits >> 48) & 0x8000);
  int biased = static_cast<int>((bits >> 52) & 0x7ff);
  uint64_t fraction = bits & kFractionMask;
  if (biased == 0x7ff) return sign | 0x7c00 | (fraction != 0 ? 0x200 : 0);

  int exponent = biased - 1023 + 15;
  if (exponent >= 31) return sign | 0x7c00;
  // Drop 42 bits of the fraction, or more if the result is subnormal; a carry out of the fraction
  // is a correct step to the next exponent, and from the largest finite value to infinity.
  int dropped = 42;
  uint64_t kept = (static_cast<uint64_t>(exponent > 0 ? exponent : 0) << 52) | fraction;
  if (exponent <= 0) {
    kept = fraction | (biased != 0 ? uint64_t{1} << 52 : 0);
    dropped += 1 - exponent;
    if (dropped > 54) return sign;
  }
  uint64_t result = kept >> dropped;
  uint64_t rest = kept & ((uint64_t{1} << dropped) - 1);
  uint64_t half = uint64_t{1} << (dropped - 1);
  if (rest > half || (rest == half && (result & 1) != 0)) ++result;
  return static_cast<uint16_t>(sign | result);
}

double float16_bits_to_double(uint16_t bits) {
  uint64_t sign = static_cast<uint64_t>(bits & 0x8000) << 48;
  uint64_t exponent = (bits >> 10) & 0x1f;
  uint64_t fraction = bits & 0x3ff;
  if (exponent == 0) {
    double magnitude = static_cast<double>(fraction) * 0x1p-24;
    return std::bit_cast<double>(sign | std::bit_cast<uint64_t>(magnitude));
  }
  uint64_t biased = exponent == 0x1f ? 0x7ff : exponent + (1023 - 15);
  return std::bit_cast<double>(sign | (biased << 52) | (fraction << 42));
}

}  // namespace skein::numeric
