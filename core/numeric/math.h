// Operations on Number whose JavaScript meaning is not that of C's library.
#pragma once

#include <cstdint>
#include <span>

namespace skein::numeric {

// https://tc39.es/ecma262/#sec-numeric-types-number-exponentiate
double exponentiate(double base, double exponent);
// https://tc39.es/ecma262/#sec-numeric-types-number-remainder (the sign of the dividend)
double remainder(double dividend, double divisor);

// https://tc39.es/ecma262/#sec-math.round: ties go up, towards +Infinity
double round(double value);
double sign(double value);
// Of two numbers; NaN if either is, and -0 below +0.
double max(double left, double right);
double min(double left, double right);
// https://tc39.es/ecma262/#sec-math.atan2 and the like are C's; these are listed where C's differ.
// The cube root, right for cubes of integers (the C library's may be one unit off).
double cbrt(double value);
// https://tc39.es/ecma262/#sec-math.hypot of any number of values, without undue overflow
double hypot(std::span<const double> values);
uint32_t clz32(uint32_t value);

// https://tc39.es/ecma262/#sec-math.sumprecise: the exact sum of doubles, rounded once at the end.
// A fixed-point accumulator wide enough for all doubles.
class ExactSum {
 public:
  void add(double value);
  // -0 if nothing but -0 was added. More values may be added afterwards.
  double result();

 private:
  void propagate_carries();

  // 32-bit digits in 64-bit lanes, so that carries can wait; digit 0 has the weight 2^-1074.
  static constexpr int kDigits = 69;
  int64_t digits_[kDigits] = {};
  uint32_t additions_ = 0;
  bool any_not_minus_zero_ = false;
  bool positive_infinity_ = false;
  bool negative_infinity_ = false;
  bool nan_ = false;
};

}  // namespace skein::numeric
