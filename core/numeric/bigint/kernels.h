// Loops over raw digits, on which everything else is built. Lengths are the caller's business; a
// result may be the same digits as an operand, but not overlap one otherwise.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "core/base/check.h"
#include "core/base/wide.h"
#include "core/numeric/bigint/bigint.h"

namespace skein::numeric::bigint {

using DoubleDigit = DoubleWord;

inline size_t trimmed(const Digit* digits, size_t length) {
  while (length > 0 && digits[length - 1] == 0) --length;
  return length;
}

inline void copy_digits(Digit* out, const Digit* digits, size_t length) {
  for (size_t i = 0; i < length; ++i) out[i] = digits[i];
}
inline void clear_digits(Digit* out, size_t length) {
  for (size_t i = 0; i < length; ++i) out[i] = 0;
}

inline int compare_digits(const Digit* left, const Digit* right, size_t length) {
  for (size_t i = length; i-- > 0;) {
    if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
  }
  return 0;
}

// out = left + right; returns the carry.
inline Digit add_digits(Digit* out, const Digit* left, const Digit* right, size_t length) {
  Digit carry = 0;
  for (size_t i = 0; i < length; ++i) {
    Digit sum = left[i] + right[i];
    Digit with_carry = sum + carry;
    carry = static_cast<Digit>(sum < left[i]) | static_cast<Digit>(with_carry < sum);
    out[i] = with_carry;
  }
  return carry;
}

// out = left - right; returns the borrow.
inline Digit subtract_digits(Digit* out, const Digit* left, const Digit* right, size_t length) {
  Digit borrow = 0;
  for (size_t i = 0; i < length; ++i) {
    Digit minuend = left[i];
    Digit difference = minuend - right[i];
    Digit with_borrow = difference - borrow;
    borrow = static_cast<Digit>(minuend < right[i]) | static_cast<Digit>(difference < borrow);
    out[i] = with_borrow;
  }
  return borrow;
}

inline Digit add_carry(Digit* digits, size_t length, Digit carry) {
  for (size_t i = 0; i < length && carry != 0; ++i) {
    digits[i] += carry;
    carry = digits[i] < carry;
  }
  return carry;
}

inline Digit subtract_borrow(Digit* digits, size_t length, Digit borrow) {
  for (size_t i = 0; i < length && borrow != 0; ++i) {
    Digit minuend = digits[i];
    digits[i] = minuend - borrow;
    borrow = minuend < borrow;
  }
  return borrow;
}

// out += addend, where out has at least as many digits; returns the carry.
inline Digit accumulate(Digit* out, size_t out_length, const Digit* addend, size_t length) {
  Digit carry = add_digits(out, out, addend, length);
  return add_carry(out + length, out_length - length, carry);
}
// out -= subtrahend; returns the borrow.
inline Digit deduct(Digit* out, size_t out_length, const Digit* subtrahend, size_t length) {
  Digit borrow = subtract_digits(out, out, subtrahend, length);
  return subtract_borrow(out + length, out_length - length, borrow);
}

// out = digits * factor + carry; returns the digit beyond the top.
inline Digit multiply_digit(Digit* out, const Digit* digits, size_t length, Digit factor, Digit carry = 0) {
  for (size_t i = 0; i < length; ++i) {
    DoubleDigit product = multiply_wide(digits[i], factor) + carry;
    out[i] = static_cast<Digit>(product);
    carry = static_cast<Digit>(product >> kDigitBits);
  }
  return carry;
}

// out += digits * factor; returns the digit beyond the top.
inline Digit add_multiple(Digit* out, const Digit* digits, size_t length, Digit factor) {
  Digit carry = 0;
  for (size_t i = 0; i < length; ++i) {
    DoubleDigit product = multiply_wide(digits[i], factor) + out[i] + carry;
    out[i] = static_cast<Digit>(product);
    carry = static_cast<Digit>(product >> kDigitBits);
  }
  return carry;
}

// out -= digits * factor; returns the digit to borrow beyond the top.
inline Digit subtract_multiple(Digit* out, const Digit* digits, size_t length, Digit factor) {
  Digit borrow = 0;
  for (size_t i = 0; i < length; ++i) {
    DoubleDigit product = multiply_wide(digits[i], factor) + borrow;
    auto low = static_cast<Digit>(product);
    borrow = static_cast<Digit>(product >> kDigitBits) + (out[i] < low);
    out[i] -= low;
  }
  return borrow;
}

// out = digits << shift, shift < 64; returns the bits shifted out.
inline Digit shift_digits_left(Digit* out, const Digit* digits, size_t length, int shift) {
  if (shift == 0) {
    copy_digits(out, digits, length);
    return 0;
  }
  Digit carry = 0;
  for (size_t i = 0; i < length; ++i) {
    Digit digit = digits[i];
    out[i] = (digit << shift) | carry;
    carry = digit >> (kDigitBits - shift);
  }
  return carry;
}

// out = digits >> shift, shift < 64.
inline void shift_digits_right(Digit* out, const Digit* digits, size_t length, int shift) {
  if (shift == 0) {
    copy_digits(out, digits, length);
    return;
  }
  for (size_t i = 0; i < length; ++i) {
    Digit above = i + 1 < length ? digits[i + 1] << (kDigitBits - shift) : 0;
    out[i] = (digits[i] >> shift) | above;
  }
}

// Division by a digit whose top bit is set, through its reciprocal: two multiplications instead of a
// 128-bit division (N. Möller, T. Granlund, "Improved division by invariant integers").
class NormalizedDivisor {
 public:
  explicit NormalizedDivisor(Digit divisor) : divisor_(divisor) {
    SKEIN_DCHECK(divisor >> (kDigitBits - 1) == 1);
    reciprocal_ = divide_wide(~divisor, ~Digit{0}, divisor);
  }
  Digit divisor() const { return divisor_; }

  // (high, low) / divisor. REQUIRES: high < divisor
  Digit divide(Digit high, Digit low, Digit& remainder) const {
    DoubleDigit estimate =
        multiply_wide(reciprocal_, high) + ((static_cast<DoubleDigit>(high) << kDigitBits) | low);
    auto quotient = static_cast<Digit>(estimate >> kDigitBits) + 1;
    Digit rest = low - quotient * divisor_;
    if (rest > static_cast<Digit>(estimate)) {
      --quotient;
      rest += divisor_;
    }
    if (rest >= divisor_) [[unlikely]] {
      ++quotient;
      rest -= divisor_;
    }
    remainder = rest;
    return quotient;
  }

 private:
  Digit divisor_;
  Digit reciprocal_;
};

}  // namespace skein::numeric::bigint
