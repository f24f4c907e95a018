// Multiplication: schoolbook for short operands, Karatsuba for medium ones, number-theoretic
// transforms for long ones (and Karatsuba again above the length to which transforms are held, to
// bound their memory).
#include <algorithm>

#include "core/numeric/bigint/kernels.h"
#include "core/numeric/bigint/work.h"

namespace skein::numeric::bigint {
namespace {

// Measured natively, in digits of the shorter operand.
constexpr size_t kKaratsubaThreshold = 32;
constexpr size_t kTransformThreshold = 2500;

void multiply_schoolbook(Digit* out, const Digit* left, size_t left_length, const Digit* right,
                         size_t right_length, Work& work) {
  work.charge(left_length * right_length);
  out[left_length] = multiply_digit(out, left, left_length, right[0]);
  for (size_t i = 1; i < right_length; ++i) {
    out[left_length + i] = add_multiple(out + i, left, left_length, right[i]);
  }
}

bool use_transform(size_t length) {
  return length >= kTransformThreshold && 2 * length <= kMaxTransformLength;
}

// out = |low - high|, where high may be one digit shorter; returns whether the difference is negative.
bool absolute_difference(Digit* out, const Digit* low, const Digit* high, size_t low_length,
                         size_t high_length) {
  bool longer = low_length > high_length && low[low_length - 1] != 0;
  if (longer || compare_digits(low, high, high_length) >= 0) {
    Digit borrow = subtract_digits(out, low, high, high_length);
    if (low_length > high_length) out[high_length] = low[high_length] - borrow;
    return false;
  }
  subtract_digits(out, high, low, high_length);
  if (low_length > high_length) out[high_length] = 0;
  return true;
}

// With left = a1 B + a0 and right = b1 B + b0:
// left * right = a1 b1 B^2 + (a0 b0 + a1 b1 - (a0 - a1)(b0 - b1)) B + a0 b0
void multiply_karatsuba(Digit* out, const Digit* left, const Digit* right, size_t length, Digit* scratch,
                        Work& work) {
  size_t low = (length + 1) / 2;
  size_t high = length - low;
  // The differences wait in `out` until their product is in `scratch`.
  bool left_negative = absolute_difference(out, left, left + low, low, high);
  bool right_negative = absolute_difference(out + low, right, right + low, low, high);
  Digit* cross = scratch;
  Digit* rest = scratch + 2 * low;
  multiply_balanced(cross, out, out + low, low, rest, work);
  multiply_balanced(out, left, right, low, rest, work);
  multiply_balanced(out + 2 * low, left + low, right + low, high, rest, work);
  if (work.stopped()) return;

  Digit* middle = rest;  // 2 low + 1 digits
  copy_digits(middle, out, 2 * low);
  middle[2 * low] = 0;
  accumulate(middle, 2 * low + 1, out + 2 * low, 2 * high);
  if (left_negative == right_negative) {
    deduct(middle, 2 * low + 1, cross, 2 * low);
  } else {
    accumulate(middle, 2 * low + 1, cross, 2 * low);
  }
  // What does not fit is zero: the whole product fits `out`.
  size_t above = 2 * length - low;
  accumulate(out + low, above, middle, std::min(trimmed(middle, 2 * low + 1), above));
}

bool transforms_at_once(size_t left_length, size_t right_length) {
  return right_length >= kTransformThreshold && left_length / 4 <= right_length &&
         left_length + right_length <= kMaxTransformLength;
}

// Cuts the longer operand into pieces as long as the shorter one.
void multiply_in_pieces(Digit* out, const Digit* left, size_t left_length, const Digit* right,
                        size_t right_length, Work& work) {
  Scratch scratch(2 * right_length + multiply_scratch(right_length), work);
  if (!scratch) return;
  Digit* product = scratch.get();
  Digit* inner = product + 2 * right_length;
  clear_digits(out, left_length + right_length);
  for (size_t start = 0; start < left_length && !work.stopped(); start += right_length) {
    size_t piece = std::min(right_length, left_length - start);
    if (piece == right_length) {
      multiply_balanced(product, left + start, right, piece, inner, work);
    } else {
      multiply_magnitudes(product, right, right_length, left + start, piece, work);
    }
    accumulate(out + start, left_length + right_length - start, product, piece + right_length);
  }
}

}  // namespace

size_t multiply_scratch(size_t length) {
  if (length < kKaratsubaThreshold) return 0;
  if (use_transform(length)) return transform_scratch(2 * length);
  // Each level of Karatsuba takes 2k digits and the deepest 2k + 1 more; k halves, rounding up.
  size_t half = (length + 1) / 2;
  size_t inner = std::max(multiply_scratch(half), multiply_scratch(length - half));
  return std::max(inner, 2 * half + 1) + 2 * half;
}

void multiply_balanced(Digit* out, const Digit* left, const Digit* right, size_t length, Digit* scratch,
                       Work& work) {
  if (work.stopped()) return;
  if (length < kKaratsubaThreshold) {
    multiply_schoolbook(out, left, length, right, length, work);
  } else if (use_transform(length)) {
    multiply_by_transform(out, left, length, right, length, scratch, work);
  } else {
    multiply_karatsuba(out, left, right, length, scratch, work);
  }
}

void multiply_magnitudes(Digit* out, const Digit* left, size_t left_length, const Digit* right,
                         size_t right_length, Work& work) {
  if (left_length < right_length) {
    std::swap(left, right);
    std::swap(left_length, right_length);
  }
  if (right_length == 0) {
    clear_digits(out, left_length);
  } else if (right_length < kKaratsubaThreshold) {
    multiply_schoolbook(out, left, left_length, right, right_length, work);
  } else if (left_length == right_length) {
    Scratch scratch(multiply_scratch(left_length), work);
    if (scratch) multiply_balanced(out, left, right, left_length, scratch.get(), work);
  } else if (transforms_at_once(left_length, right_length)) {
    Scratch scratch(transform_scratch(left_length + right_length), work);
    if (scratch) multiply_by_transform(out, left, left_length, right, right_length, scratch.get(), work);
  } else {
    multiply_in_pieces(out, left, left_length, right, right_length, work);
  }
}

size_t multiply_size(View left, View right) {
  if (left.is_zero() || right.is_zero()) return 0;
  return left.length() + right.length();
}

Outcome multiply(View left, View right, Digits digits, Result& result, const Poll& poll) {
  result = {};
  if (left.is_zero() || right.is_zero()) return Outcome::kDone;
  bool negative = left.negative != right.negative;
  size_t length = left.length() + right.length();
  SKEIN_DCHECK(digits.size() >= length);
  Work work(poll);
  multiply_magnitudes(digits.data(), left.magnitude.data(), left.length(), right.magnitude.data(),
                      right.length(), work);
  if (work.stopped()) return work.outcome();
  result = {trimmed(digits.data(), length), negative};
  return Outcome::kDone;
}

}  // namespace skein::numeric::bigint
