// Arithmetic of BigInt values, over digit spans and without a heap.
//
// A value is a sign and a magnitude: 64-bit digits, least significant first, without a zero digit at
// the top; zero has no digits and is not negative. Operands are views of digits that live elsewhere
// (in a BigInt cell). Every operation comes with a function that says how many digits its result may
// take; the caller provides that many, and the operation returns how many it used. Unless noted, the
// result must not overlap an operand.
//
// Operations whose cost can grow beyond linear take a Poll. They ask it, typically several thousand
// times a second, whether to give up, and may fail for want of memory for temporaries; then the
// contents of the result are unspecified. All others cannot fail.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>

namespace skein::numeric::bigint {

using Digit = uint64_t;
inline constexpr int kDigitBits = 64;

// The largest magnitude that the engine makes: 2^30 bits, as in other engines. The size functions
// return more than this for results that are larger, which the caller turns into a RangeError.
inline constexpr size_t kMaxBits = size_t{1} << 30;
inline constexpr size_t kMaxLength = kMaxBits / kDigitBits;

struct View {
  std::span<const Digit> magnitude;
  bool negative = false;

  bool is_zero() const { return magnitude.empty(); }
  size_t length() const { return magnitude.size(); }
};

using Digits = std::span<Digit>;

struct Result {
  size_t length = 0;
  bool negative = false;
};

struct Poll {
  bool (*should_stop)(void* context) = nullptr;
  void* context = nullptr;
  size_t scratch_limit = SIZE_MAX;  // most bytes that temporaries may take
};

enum class [[nodiscard]] Outcome : uint8_t{kDone, kStopped, kOutOfMemory};

// --- Comparison, size -------------------------------------------------------------------------

std::strong_ordering compare(View left, View right);
bool equal(View left, View right);
// Unordered if the number is NaN. Exact.
std::partial_ordering compare(View left, double right);
bool equal(View left, double right);
uint64_t hash(View value);
// The number of bits of the magnitude.
uint64_t bit_length(View value);
size_t normalized_length(std::span<const Digit> magnitude);

// --- Sum, product, quotient -------------------------------------------------------------------

size_t add_size(View left, View right);
Result add(View left, View right, Digits result);
Result subtract(View left, View right, Digits result);  // takes add_size digits

size_t multiply_size(View left, View right);
Outcome multiply(View left, View right, Digits digits, Result& result, const Poll& poll = {});

// Truncated towards zero; the remainder has the sign of the dividend. REQUIRES: !divisor.is_zero()
size_t divide_size(View dividend, View divisor);
Outcome divide(View dividend, View divisor, Digits digits, Result& result, const Poll& poll = {});
size_t remainder_size(View dividend, View divisor);
Outcome remainder(View dividend, View divisor, Digits digits, Result& result, const Poll& poll = {});

// REQUIRES: !exponent.negative
size_t exponentiate_size(View base, View exponent);
Outcome exponentiate(View base, View exponent, Digits digits, Result& result, const Poll& poll = {});

// --- Bits, as of infinite two's complement ------------------------------------------------------

// By a number of bits; right shifts round down. Shift counts that do not fit saturate.
size_t left_shift_size(View value, uint64_t bits);
Result left_shift(View value, uint64_t bits, Digits result);
size_t right_shift_size(View value, uint64_t bits);
Result right_shift(View value, uint64_t bits, Digits result);
// The magnitude as a shift count, UINT64_MAX if it is larger.
uint64_t shift_count(View value);

size_t bitwise_size(View left, View right);  // of all three
Result bitwise_and(View left, View right, Digits result);
Result bitwise_or(View left, View right, Digits result);
Result bitwise_xor(View left, View right, Digits result);
size_t bitwise_not_size(View value);
Result bitwise_not(View value, Digits result);

// https://tc39.es/ecma262/#sec-bigint.asuintn and #sec-bigint.asintn
size_t as_uint_n_size(uint64_t bits, View value);
Result as_uint_n(uint64_t bits, View value, Digits result);
size_t as_int_n_size(uint64_t bits, View value);
Result as_int_n(uint64_t bits, View value, Digits result);

// --- Numbers ----------------------------------------------------------------------------------

// REQUIRES: the number is integral
inline constexpr size_t kDigitsOfDouble = 16;
Result from_double(double value, std::span<Digit, kDigitsOfDouble> result);
Result from_int64(int64_t value, std::span<Digit, 1> result);
Result from_uint64(uint64_t value, std::span<Digit, 1> result);
// To nearest, ties to even; infinite from 2^1024 on.
double to_double(View value);
// Modulo 2^64 (as ToBigInt64 and ToBigUint64 want it).
uint64_t to_uint64_modular(View value);

// --- Text -------------------------------------------------------------------------------------

// An upper bound for the number of characters. REQUIRES: 2 <= radix <= 36
size_t to_text_size(View value, int radix);
// Writes the text to the start of `out` and its length to `length`.
Outcome to_text(View value, int radix, std::span<char> out, size_t& length, const Poll& poll = {});

// What StringToBigInt finds in a text: which code units are digits, of what radix.
template <typename Unit>
struct Literal {
  std::span<const Unit> digits;
  int radix = 10;
  bool negative = false;
  bool valid = false;
};
// https://tc39.es/ecma262/#sec-stringintegerliteral-grammar (an empty text is a valid zero)
Literal<uint8_t> scan_literal(std::span<const uint8_t> text);
Literal<char16_t> scan_literal(std::span<const char16_t> text);

// REQUIRES: literal.valid
size_t from_text_size(const Literal<uint8_t>& literal);
size_t from_text_size(const Literal<char16_t>& literal);
Outcome from_text(const Literal<uint8_t>& literal, Digits digits, Result& result, const Poll& poll = {});
Outcome from_text(const Literal<char16_t>& literal, Digits digits, Result& result, const Poll& poll = {});

}  // namespace skein::numeric::bigint
