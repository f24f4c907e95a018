// Conversions from Number to the integer types, as the abstract operations of the same names do them.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace skein::numeric {

namespace internal {
// The value modulo 2^64, for any double.
constexpr uint64_t truncate_modular(double value) {
  auto bits = std::bit_cast<uint64_t>(value);
  int exponent = static_cast<int>((bits >> 52) & 0x7ff) - 1075;  // of the significand as an integer
  if (exponent <= -53 || exponent >= 64) return 0;               // fractions; multiples of 2^64, NaN
  uint64_t significand = (bits & ((uint64_t{1} << 52) - 1)) | (uint64_t{1} << 52);
  uint64_t magnitude = exponent < 0 ? significand >> -exponent : significand << exponent;
  return (bits >> 63) != 0 ? 0 - magnitude : magnitude;
}
}  // namespace internal

// https://tc39.es/ecma262/#sec-toint32
constexpr int32_t to_int32(double value) {
  if (value >= -2147483648.0 && value <= 2147483647.0) [[likely]]
    return static_cast<int32_t>(value);
  return static_cast<int32_t>(static_cast<uint32_t>(internal::truncate_modular(value)));
}
// https://tc39.es/ecma262/#sec-touint32
constexpr uint32_t to_uint32(double value) {
  return static_cast<uint32_t>(to_int32(value));
}
constexpr int16_t to_int16(double value) {
  return static_cast<int16_t>(to_int32(value));
}
constexpr uint16_t to_uint16(double value) {
  return static_cast<uint16_t>(to_int32(value));
}
constexpr int8_t to_int8(double value) {
  return static_cast<int8_t>(to_int32(value));
}
constexpr uint8_t to_uint8(double value) {
  return static_cast<uint8_t>(to_int32(value));
}
// The value modulo 2^64 (no abstract operation of Number's; a building block).
constexpr uint64_t to_uint64_modular(double value) {
  return internal::truncate_modular(value);
}

// https://tc39.es/ecma262/#sec-touint8clamp: ties go to even
constexpr uint8_t to_uint8_clamp(double value) {
  if (!(value > 0)) return 0;
  if (value >= 255) return 255;
  auto floor = static_cast<uint8_t>(value);
  double fraction = value - floor;
  if (fraction < 0.5) return floor;
  if (fraction > 0.5) return floor + 1;
  return floor + (floor & 1);
}

// https://tc39.es/ecma262/#sec-tointegerorinfinity (never -0)
inline double to_integer_or_infinity(double value) {
  if (std::isnan(value)) return 0;
  return std::trunc(value) + 0.0;
}

inline constexpr double kMaxSafeInteger = 9007199254740991.0;

// https://tc39.es/ecma262/#sec-tolength, on a number
inline double to_length(double value) {
  double length = to_integer_or_infinity(value);
  if (length <= 0) return 0;
  return length < kMaxSafeInteger ? length : kMaxSafeInteger;
}

// https://tc39.es/ecma262/#sec-isintegralnumber
inline bool is_integral(double value) {
  return std::isfinite(value) && std::trunc(value) == value;
}
inline bool is_safe_integer(double value) {
  return is_integral(value) && std::fabs(value) <= kMaxSafeInteger;
}

constexpr bool is_negative_zero(double value) {
  return std::bit_cast<uint64_t>(value) == (uint64_t{1} << 63);
}

// Whether the value is an int32 (-0 is none); if so, stores it.
constexpr bool is_int32(double value, int32_t* result) {
  if (!(value >= -2147483648.0 && value <= 2147483647.0)) return false;
  auto integer = static_cast<int32_t>(value);
  if (static_cast<double>(integer) != value || is_negative_zero(value)) return false;
  *result = integer;
  return true;
}

// https://tc39.es/ecma262/#sec-numeric-types-number-sameValue and -sameValueZero
constexpr bool same_value(double left, double right) {
  if (left != left) return right != right;
  return left == right && std::bit_cast<uint64_t>(left) == std::bit_cast<uint64_t>(right);
}
constexpr bool same_value_zero(double left, double right) {
  return left == right || (left != left && right != right);
}

// binary16 <-> binary64. Converting to binary16 rounds once, from the double, to nearest even.
uint16_t double_to_float16_bits(double value);
double float16_bits_to_double(uint16_t bits);
inline double f16round(double value) {
  return float16_bits_to_double(double_to_float16_bits(value));
}
inline double fround(double value) {
  return static_cast<double>(static_cast<float>(value));
}

}  // namespace skein::numeric
