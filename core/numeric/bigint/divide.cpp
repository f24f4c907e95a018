// Division: by a digit, schoolbook (D. Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D)
// and recursive on top of fast multiplication (C. Burnikel, J. Ziegler, "Fast Recursive Division").
#include <algorithm>

#include "core/numeric/bigint/kernels.h"
#include "core/numeric/bigint/work.h"

namespace skein::numeric::bigint {
namespace {

// Measured natively, in digits of the divisor.
constexpr size_t kRecursiveThreshold = 60;

// A divisor of at least two digits whose top bit is set.
struct Divisor {
  const Digit* digits;
  size_t length;
  NormalizedDivisor top;

  Divisor(const Digit* digits, size_t length) : digits(digits), length(length), top(digits[length - 1]) {}
  Digit second() const { return digits[length - 2]; }
};

// One digit of the quotient, from the three top digits of the rest and the two of the divisor; at
// most one too large.
Digit estimate_quotient(const Digit* rest_top, const Divisor& divisor) {
  Digit high = rest_top[0], middle = rest_top[-1], low = rest_top[-2];
  if (high >= divisor.top.divisor()) return ~Digit{0};
  Digit remainder;
  Digit quotient = divisor.top.divide(high, middle, remainder);
  while (multiply_wide(quotient, divisor.second()) >
         ((static_cast<DoubleDigit>(remainder) << kDigitBits) | low)) {
    --quotient;
    remainder += divisor.top.divisor();
    if (remainder < divisor.top.divisor()) break;
  }
  return quotient;
}

// Divides `rest`, which becomes the remainder. The digits of the rest from `divisor.length` on must
// leave a quotient of `quotient_length` digits: rest < divisor * B^quotient_length.
// REQUIRES: rest has quotient_length + divisor.length digits
void divide_schoolbook(Digit* quotient, size_t quotient_length, Digit* rest, const Divisor& divisor,
                       Work& work) {
  for (size_t i = quotient_length; i-- > 0;) {
    if (!work.charge(divisor.length)) return;
    Digit* window = rest + i;
    Digit estimate = estimate_quotient(window + divisor.length, divisor);
    Digit borrow = subtract_multiple(window, divisor.digits, divisor.length, estimate);
    bool negative = window[divisor.length] < borrow;
    window[divisor.length] -= borrow;
    while (negative) {  // the estimate was one too large, or two if the top digits were equal
      --estimate;
      Digit carry = add_digits(window, window, divisor.digits, divisor.length);
      window[divisor.length] += carry;
      negative = carry == 0;
    }
    if (quotient != nullptr) quotient[i] = estimate;
  }
}

// The recursive division of Burnikel and Ziegler. Divisors have `length` digits with the top bit
// set; the rest has 2 * length digits, its upper half below the divisor, and becomes the remainder
// (in its lower half, with the upper one cleared).
class RecursiveDivision {
 public:
  explicit RecursiveDivision(Work& work) : work_(work) {}

  static size_t scratch(size_t length) {
    if (is_leaf(length)) return 0;
    size_t half = length / 2;
    return std::max(length + multiply_scratch(half), scratch(half));
  }

  // quotient[0, length)
  void divide(Digit* quotient, Digit* rest, const Digit* divisor, size_t length, Digit* scratch) {
    if (work_.stopped()) return;
    if (is_leaf(length)) {
      divide_schoolbook(quotient, length, rest, Divisor(divisor, length), work_);
      return;
    }
    size_t half = length / 2;
    divide_three_by_two(quotient + half, rest + half, divisor, half, scratch);
    divide_three_by_two(quotient, rest, divisor, half, scratch);
  }

 private:
  static bool is_leaf(size_t length) { return length % 2 != 0 || length < kRecursiveThreshold; }

  // Divides three halves of the rest by the divisor's two: one half of quotient.
  void divide_three_by_two(Digit* quotient, Digit* rest, const Digit* divisor, size_t half, Digit* scratch) {
    const Digit* divisor_high = divisor + half;
    Digit* rest_high = rest + half;  // two halves
    Digit overflow = 0;              // of the partial remainder beyond its half
    if (compare_digits(rest + 2 * half, divisor_high, half) < 0) {
      divide(quotient, rest_high, divisor_high, half, scratch);
    } else {
      // The quotient is B^half - 1: rest_high - (B^half - 1) * divisor_high.
      for (size_t i = 0; i < half; ++i) quotient[i] = ~Digit{0};
      subtract_digits(rest + 2 * half, rest + 2 * half, divisor_high, half);
      overflow = accumulate(rest_high, 2 * half, divisor_high, half);
      overflow += rest[2 * half];
      rest[2 * half] = 0;
    }
    if (work_.stopped()) return;
    Digit* product = scratch;
    multiply_balanced(product, quotient, divisor, half, scratch + 2 * half, work_);
    // The remainder is (overflow, rest_high, rest_low) - product; too large a quotient makes it
    // negative, at most twice.
    Digit borrow = subtract_digits(rest, rest, product, 2 * half);
    auto top = static_cast<int64_t>(overflow - borrow);
    while (top < 0 && !work_.stopped()) {
      subtract_borrow(quotient, half, 1);
      top += static_cast<int64_t>(add_digits(rest, rest, divisor, 2 * half));
    }
    SKEIN_DCHECK(top == 0 || work_.stopped());
  }

  Work& work_;
};

// How a division is cut for the recursion: the divisor is extended at the bottom to `block` digits,
// a length that can be halved down to the schoolbook's.
size_t recursive_block(size_t divisor_length) {
  size_t leaves = 1;
  while (divisor_length / leaves >= kRecursiveThreshold) leaves *= 2;
  size_t leaf = (divisor_length + leaves - 1) / leaves;
  return leaf * leaves;
}

struct RecursivePlan {
  size_t block;
  size_t blocks;  // of the dividend

  RecursivePlan(size_t dividend_length, size_t divisor_length) : block(recursive_block(divisor_length)) {
    // One bit more than the shifted dividend has, so that its top block is below the divisor.
    size_t extended = dividend_length + (block - divisor_length) + 1;
    blocks = std::max<size_t>(2, (extended + block - 1) / block);
  }
  size_t scratch() const { return block + blocks * block + block + RecursiveDivision::scratch(block); }
};

void divide_recursively(Digit* quotient, Digit* remainder, const Digit* dividend, size_t dividend_length,
                        const Digit* divisor, size_t divisor_length, Work& work) {
  RecursivePlan plan(dividend_length, divisor_length);
  Scratch scratch(plan.scratch(), work);
  if (!scratch) return;
  size_t block = plan.block, pad = block - divisor_length;
  int shift = std::countl_zero(divisor[divisor_length - 1]);
  Digit* shifted = scratch.get();
  Digit* rest = shifted + block;
  size_t rest_length = plan.blocks * block;
  Digit* piece = rest + rest_length;  // of the quotient
  Digit* inner = piece + block;

  clear_digits(shifted, pad);
  shift_digits_left(shifted + pad, divisor, divisor_length, shift);
  clear_digits(rest, rest_length);
  rest[pad + dividend_length] = shift_digits_left(rest + pad, dividend, dividend_length, shift);

  RecursiveDivision division(work);
  size_t quotient_length = dividend_length - divisor_length + 1;
  for (size_t i = plan.blocks - 1; i-- > 0 && !work.stopped();) {
    division.divide(piece, rest + i * block, shifted, block, inner);
    if (quotient == nullptr || i * block >= quotient_length) continue;
    copy_digits(quotient + i * block, piece, std::min(block, quotient_length - i * block));
  }
  if (remainder != nullptr) shift_digits_right(remainder, rest + pad, divisor_length, shift);
}

}  // namespace

Digit divide_by_digit(Digit* quotient, const Digit* dividend, size_t length, Digit divisor) {
  int shift = std::countl_zero(divisor);
  NormalizedDivisor normalized(divisor << shift);
  Digit rest = 0;
  if (shift == 0) {
    for (size_t i = length; i-- > 0;) quotient[i] = normalized.divide(rest, dividend[i], rest);
    return rest;
  }
  // Shift on the way: each step takes in the bits of two neighbouring digits.
  Digit above = length > 0 ? dividend[length - 1] : 0;
  rest = above >> (kDigitBits - shift);
  for (size_t i = length; i-- > 0;) {
    Digit below = i > 0 ? dividend[i - 1] : 0;
    Digit digit = (above << shift) | (below >> (kDigitBits - shift));
    quotient[i] = normalized.divide(rest, digit, rest);
    above = below;
  }
  return rest >> shift;
}

void divide_magnitudes(Digit* quotient, Digit* remainder, const Digit* dividend, size_t dividend_length,
                       const Digit* divisor, size_t divisor_length, Work& work) {
  if (divisor_length >= kRecursiveThreshold && dividend_length - divisor_length >= kRecursiveThreshold) {
    return divide_recursively(quotient, remainder, dividend, dividend_length, divisor, divisor_length, work);
  }
  Scratch scratch(dividend_length + 1 + divisor_length, work);
  if (!scratch) return;
  Digit* rest = scratch.get();
  if (divisor_length == 1) {
    Digit last =
        divide_by_digit(quotient != nullptr ? quotient : rest, dividend, dividend_length, divisor[0]);
    if (remainder != nullptr) remainder[0] = last;
    return;
  }
  int shift = std::countl_zero(divisor[divisor_length - 1]);
  Digit* shifted = rest + dividend_length + 1;
  rest[dividend_length] = shift_digits_left(rest, dividend, dividend_length, shift);
  shift_digits_left(shifted, divisor, divisor_length, shift);
  divide_schoolbook(quotient, dividend_length - divisor_length + 1, rest, Divisor(shifted, divisor_length),
                    work);
  if (remainder != nullptr) shift_digits_right(remainder, rest, divisor_length, shift);
}

size_t divide_size(View dividend, View divisor) {
  return dividend.length() < divisor.length() ? 0 : dividend.length() - divisor.length() + 1;
}

Outcome divide(View dividend, View divisor, Digits digits, Result& result, const Poll& poll) {
  SKEIN_DCHECK(!divisor.is_zero());
  result = {};
  size_t length = divide_size(dividend, divisor);
  if (length == 0) return Outcome::kDone;
  SKEIN_DCHECK(digits.size() >= length);
  Work work(poll);
  divide_magnitudes(digits.data(), nullptr, dividend.magnitude.data(), dividend.length(),
                    divisor.magnitude.data(), divisor.length(), work);
  if (work.stopped()) return work.outcome();
  result.length = trimmed(digits.data(), length);
  result.negative = result.length != 0 && dividend.negative != divisor.negative;
  return Outcome::kDone;
}

size_t remainder_size(View dividend, View divisor) {
  return std::min(dividend.length(), divisor.length());
}

Outcome remainder(View dividend, View divisor, Digits digits, Result& result, const Poll& poll) {
  SKEIN_DCHECK(!divisor.is_zero());
  if (dividend.length() < divisor.length()) {
    copy_digits(digits.data(), dividend.magnitude.data(), dividend.length());
    result = {dividend.length(), dividend.negative};
    return Outcome::kDone;
  }
  result = {};
  SKEIN_DCHECK(digits.size() >= divisor.length());
  Work work(poll);
  divide_magnitudes(nullptr, digits.data(), dividend.magnitude.data(), dividend.length(),
                    divisor.magnitude.data(), divisor.length(), work);
  if (work.stopped()) return work.outcome();
  result.length = trimmed(digits.data(), divisor.length());
  result.negative = result.length != 0 && dividend.negative;
  return Outcome::kDone;
}

}  // namespace skein::numeric::bigint
