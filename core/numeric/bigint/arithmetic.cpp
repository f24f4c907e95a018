// Comparison, sums and powers.
#include <algorithm>
#include <cmath>

#include "core/base/hash.h"
#include "core/numeric/bigint/kernels.h"
#include "core/numeric/bigint/work.h"

namespace skein::numeric::bigint {
namespace {

int compare_magnitudes(View left, View right) {
  if (left.length() != right.length()) return left.length() < right.length() ? -1 : 1;
  return compare_digits(left.magnitude.data(), right.magnitude.data(), left.length());
}

Result add_magnitudes(View left, View right, bool negative, Digits result) {
  if (left.length() < right.length()) std::swap(left, right);
  Digit* out = result.data();
  SKEIN_DCHECK(result.size() >= left.length() + (left.length() == 0 ? 0 : 1));
  if (left.is_zero()) return {};
  Digit carry = add_digits(out, left.magnitude.data(), right.magnitude.data(), right.length());
  for (size_t i = right.length(); i < left.length(); ++i) {
    out[i] = left.magnitude[i] + carry;
    carry = out[i] < carry;
  }
  if (carry == 0) return {left.length(), negative};
  out[left.length()] = carry;
  return {left.length() + 1, negative};
}

// The sign is that of `left`, if its magnitude is the larger one.
Result subtract_magnitudes(View left, View right, bool negative, Digits result) {
  int order = compare_magnitudes(left, right);
  if (order == 0) return {};
  if (order < 0) {
    std::swap(left, right);
    negative = !negative;
  }
  Digit* out = result.data();
  Digit borrow = subtract_digits(out, left.magnitude.data(), right.magnitude.data(), right.length());
  for (size_t i = right.length(); i < left.length(); ++i) {
    Digit minuend = left.magnitude[i];
    out[i] = minuend - borrow;
    borrow = minuend < borrow;
  }
  return {trimmed(out, left.length()), negative};
}

bool is_one(View value) {
  return value.length() == 1 && value.magnitude[0] == 1;
}

// The exponent, if the magnitude is a power of two.
bool is_power_of_two(View value, uint64_t* exponent) {
  if (value.is_zero() || !std::has_single_bit(value.magnitude.back())) return false;
  if (trimmed(value.magnitude.data(), value.length() - 1) != 0) return false;
  *exponent = bit_length(value) - 1;
  return true;
}

bool is_odd(View value) {
  return !value.is_zero() && (value.magnitude[0] & 1) != 0;
}

// What base ** exponent is when no multiplication is needed.
enum class TrivialPower { kNone, kZero, kOne };
TrivialPower trivial_power(View base, View exponent) {
  if (exponent.is_zero()) return TrivialPower::kOne;
  if (base.is_zero()) return TrivialPower::kZero;
  return is_one(base) ? TrivialPower::kOne : TrivialPower::kNone;
}

// The binary logarithm of the magnitude, rounded up a little.
double log2_above(View value) {
  uint64_t length = bit_length(value);
  // The leading 64 bits say enough (with just the top digit, 2^64 + 1 would pass for 2^65).
  size_t top = value.length() - 1;
  int shift = std::countl_zero(value.magnitude[top]);
  Digit leading = value.magnitude[top] << shift;
  if (shift != 0 && top > 0) leading |= value.magnitude[top - 1] >> (kDigitBits - shift);
  double fraction = std::ldexp(static_cast<double>(leading) + 2048, -kDigitBits);
  return (static_cast<double>(length) + std::log2(fraction)) * (1 + 0x1p-48);
}

}  // namespace

size_t normalized_length(std::span<const Digit> magnitude) {
  return trimmed(magnitude.data(), magnitude.size());
}

uint64_t bit_length(View value) {
  if (value.is_zero()) return 0;
  return uint64_t{value.length()} * kDigitBits - std::countl_zero(value.magnitude.back());
}

std::strong_ordering compare(View left, View right) {
  if (left.negative != right.negative) {
    return left.negative ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  int order = compare_magnitudes(left, right);
  return left.negative ? 0 <=> order : order <=> 0;
}

bool equal(View left, View right) {
  return left.negative == right.negative && compare_magnitudes(left, right) == 0;
}

uint64_t hash(View value) {
  uint64_t state = value.negative ? 1 : 0;
  for (Digit digit : value.magnitude) state = combine_hashes(state, digit);
  return mix_bits(state);
}

size_t add_size(View left, View right) {
  size_t longer = std::max(left.length(), right.length());
  return longer == 0 ? 0 : longer + 1;
}

Result add(View left, View right, Digits result) {
  if (left.negative == right.negative) return add_magnitudes(left, right, left.negative, result);
  return subtract_magnitudes(left, right, left.negative, result);
}

Result subtract(View left, View right, Digits result) {
  if (left.negative == right.negative) return subtract_magnitudes(left, right, left.negative, result);
  bool negative = left.is_zero() ? !right.negative : left.negative;
  return add_magnitudes(left, right, negative, result);
}

size_t exponentiate_size(View base, View exponent) {
  switch (trivial_power(base, exponent)) {
    case TrivialPower::kZero:
      return 0;
    case TrivialPower::kOne:
      return 1;
    case TrivialPower::kNone:
      break;
  }
  if (exponent.length() > 1 || exponent.magnitude[0] > kMaxBits) return SIZE_MAX;
  uint64_t power = exponent.magnitude[0];
  if (uint64_t shift; is_power_of_two(base, &shift)) {
    uint64_t bits = shift * power + 1;  // both below 2^31
    return bits > kMaxBits ? SIZE_MAX : (bits + kDigitBits - 1) / kDigitBits;
  }
  double bits = static_cast<double>(power) * log2_above(base);
  return bits >= static_cast<double>(kMaxBits) ? SIZE_MAX : static_cast<size_t>(bits / kDigitBits) + 1;
}

Outcome exponentiate(View base, View exponent, Digits digits, Result& result, const Poll& poll) {
  SKEIN_DCHECK(!exponent.negative);
  result = {};
  TrivialPower trivial = trivial_power(base, exponent);
  if (trivial == TrivialPower::kZero) return Outcome::kDone;
  bool negative = base.negative && is_odd(exponent);
  if (trivial == TrivialPower::kOne) {
    digits[0] = 1;
    result = {1, negative};
    return Outcome::kDone;
  }
  uint64_t power = exponent.magnitude[0];
  if (uint64_t shift; is_power_of_two(base, &shift)) {
    uint64_t bits = shift * power;
    size_t length = bits / kDigitBits + 1;
    clear_digits(digits.data(), length);
    digits[length - 1] = Digit{1} << (bits % kDigitBits);
    result = {length, negative};
    return Outcome::kDone;
  }

  // Left to right: square, and multiply by the base where the exponent has a one. Products are
  // written with all their digits, the top ones of which may be zero, so the two temporaries are
  // somewhat longer than the result.
  size_t capacity = exponentiate_size(base, exponent) + base.length() + 2;
  Work work(poll);
  Scratch first(capacity, work), second(capacity, work);
  if (!first || !second) return work.outcome();
  Digit* current = first.get();
  Digit* next = second.get();
  copy_digits(current, base.magnitude.data(), base.length());
  size_t length = base.length();
  auto multiply_by = [&](const Digit* factor, size_t factor_length) {
    multiply_magnitudes(next, current, length, factor, factor_length, work);
    if (work.stopped()) return;
    length = trimmed(next, length + factor_length);
    std::swap(current, next);
  };
  for (int bit = static_cast<int>(std::bit_width(power)) - 2; bit >= 0 && !work.stopped(); --bit) {
    multiply_by(current, length);
    if (((power >> bit) & 1) != 0) multiply_by(base.magnitude.data(), base.length());
  }
  if (work.stopped()) return work.outcome();
  SKEIN_DCHECK(length <= digits.size());
  copy_digits(digits.data(), current, length);
  result = {length, negative};
  return Outcome::kDone;
}

}  // namespace skein::numeric::bigint
