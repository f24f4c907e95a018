// Shifts, bitwise operations and wrapping to a number of bits. All see values as infinite two's
// complement, of which a sign and a magnitude yield the digits one by one.
#include <algorithm>

#include "core/numeric/bigint/kernels.h"

namespace skein::numeric::bigint {
namespace {

// The digits of a value's two's complement, from the lowest on; after the magnitude they are all
// zeros or all ones.
class TwosComplement {
 public:
  explicit TwosComplement(View value)
      : value_(value), flip_(value.negative ? ~Digit{0} : 0), carry_(value.negative ? 1 : 0) {}

  Digit next() {
    Digit digit = position_ < value_.length() ? value_.magnitude[position_] : 0;
    ++position_;
    digit = (digit ^ flip_) + carry_;
    carry_ = carry_ != 0 && digit == 0 ? 1 : 0;
    return digit;
  }

 private:
  View value_;
  size_t position_ = 0;
  Digit flip_;
  Digit carry_;
};

void negate_in_place(Digit* digits, size_t length) {
  Digit carry = 1;
  for (size_t i = 0; i < length; ++i) {
    digits[i] = ~digits[i] + carry;
    carry = carry != 0 && digits[i] == 0 ? 1 : 0;
  }
}

template <typename Operation>
Result bitwise(View left, View right, Digits result, Operation operation) {
  size_t length = bitwise_size(left, right);
  SKEIN_DCHECK(result.size() >= length);
  TwosComplement left_digits(left), right_digits(right);
  for (size_t i = 0; i < length; ++i) result[i] = operation(left_digits.next(), right_digits.next());
  // The top digit is one beyond both magnitudes: nothing but the sign.
  bool negative = length != 0 && (result[length - 1] >> (kDigitBits - 1)) != 0;
  if (negative) negate_in_place(result.data(), length);
  return {trimmed(result.data(), length), negative};
}

Result copy(View value, Digits result) {
  copy_digits(result.data(), value.magnitude.data(), value.length());
  return {value.length(), value.negative};
}

size_t digits_for(uint64_t bits) {
  uint64_t digits = bits / kDigitBits + (bits % kDigitBits != 0);
  return digits > SIZE_MAX ? SIZE_MAX : static_cast<size_t>(digits);
}

// Whether bits at or above `bits` are set in the magnitude.
bool exceeds(View value, uint64_t bits) {
  return bit_length(value) > bits;
}

// Whether any of the magnitude's lowest `bits` bits is set.
bool any_low_bits(View value, uint64_t bits) {
  uint64_t whole = std::min<uint64_t>(bits / kDigitBits, value.length());
  if (trimmed(value.magnitude.data(), whole) != 0) return true;
  if (whole == value.length() || bits % kDigitBits == 0) return false;
  return (value.magnitude[whole] << (kDigitBits - bits % kDigitBits)) != 0;
}

// Writes the value modulo 2^bits.
size_t wrap(uint64_t bits, View value, Digits result) {
  size_t length = digits_for(bits);
  if (!value.negative) length = std::min(length, value.length());
  SKEIN_DCHECK(result.size() >= length);
  TwosComplement digits(value);
  for (size_t i = 0; i < length; ++i) result[i] = digits.next();
  if (length == digits_for(bits) && bits % kDigitBits != 0) {
    result[length - 1] &= (Digit{1} << (bits % kDigitBits)) - 1;
  }
  return trimmed(result.data(), length);
}

// Whether -2^(bits-1) <= value < 2^(bits-1).
bool fits_signed(uint64_t bits, View value) {
  if (bits == 0) return value.is_zero();
  uint64_t length = bit_length(value);
  if (length < bits) return true;
  return value.negative && length == bits && !any_low_bits(value, bits - 1);
}

}  // namespace

uint64_t shift_count(View value) {
  if (value.length() > 1) return UINT64_MAX;
  return value.is_zero() ? 0 : value.magnitude[0];
}

size_t left_shift_size(View value, uint64_t bits) {
  if (value.is_zero()) return 0;
  if (bits >= kMaxBits) return SIZE_MAX;
  return digits_for(bit_length(value) + bits);
}

Result left_shift(View value, uint64_t bits, Digits result) {
  size_t length = left_shift_size(value, bits);
  if (length == 0) return {};
  SKEIN_DCHECK(result.size() >= length);
  auto whole = static_cast<size_t>(bits / kDigitBits);
  clear_digits(result.data(), whole);
  Digit top = shift_digits_left(result.data() + whole, value.magnitude.data(), value.length(),
                                static_cast<int>(bits % kDigitBits));
  if (top != 0) result[length - 1] = top;
  return {length, value.negative};
}

size_t right_shift_size(View value, uint64_t bits) {
  uint64_t whole = bits / kDigitBits;
  if (whole >= value.length()) return value.negative ? 1 : 0;
  // Rounding down may carry into a new digit, if only zeros are shifted away at the top.
  return value.length() - static_cast<size_t>(whole) + (value.negative ? 1 : 0);
}

Result right_shift(View value, uint64_t bits, Digits result) {
  bool round = value.negative && any_low_bits(value, bits);
  uint64_t whole = bits / kDigitBits;
  size_t length = 0;
  if (whole < value.length()) {
    length = value.length() - static_cast<size_t>(whole);
    shift_digits_right(result.data(), value.magnitude.data() + whole, length,
                       static_cast<int>(bits % kDigitBits));
  }
  if (round) {
    Digit carry = add_carry(result.data(), length, 1);
    if (carry != 0) result[length++] = carry;
  }
  length = trimmed(result.data(), length);
  return {length, length != 0 && value.negative};
}

size_t bitwise_size(View left, View right) {
  size_t longer = std::max(left.length(), right.length());
  return longer == 0 ? 0 : longer + 1;
}

Result bitwise_and(View left, View right, Digits result) {
  return bitwise(left, right, result, [](Digit a, Digit b) { return a & b; });
}
Result bitwise_or(View left, View right, Digits result) {
  return bitwise(left, right, result, [](Digit a, Digit b) { return a | b; });
}
Result bitwise_xor(View left, View right, Digits result) {
  return bitwise(left, right, result, [](Digit a, Digit b) { return a ^ b; });
}

size_t bitwise_not_size(View value) {
  return value.length() + 1;
}

// ~x is -x - 1.
Result bitwise_not(View value, Digits result) {
  SKEIN_DCHECK(result.size() >= value.length() + 1);
  copy(value, result);
  size_t length = value.length();
  if (value.negative) {
    subtract_borrow(result.data(), length, 1);
    return {trimmed(result.data(), length), false};
  }
  Digit carry = add_carry(result.data(), length, 1);
  if (carry != 0) result[length++] = carry;
  return {length, true};
}

size_t as_uint_n_size(uint64_t bits, View value) {
  return value.negative ? digits_for(bits) : std::min(digits_for(bits), value.length());
}

Result as_uint_n(uint64_t bits, View value, Digits result) {
  return {wrap(bits, value, result), false};
}

size_t as_int_n_size(uint64_t bits, View value) {
  return fits_signed(bits, value) ? value.length() : digits_for(bits);
}

Result as_int_n(uint64_t bits, View value, Digits result) {
  if (fits_signed(bits, value)) return copy(value, result);
  size_t length = wrap(bits, value, result);
  View wrapped{std::span<const Digit>(result.data(), length)};
  if (bits == 0 || !exceeds(wrapped, bits - 1)) return {length, false};
  // Its top bit is set, so `length` is that of 2^bits: the magnitude is 2^bits - wrapped.
  negate_in_place(result.data(), length);
  if (bits % kDigitBits != 0) result[length - 1] &= (Digit{1} << (bits % kDigitBits)) - 1;
  return {trimmed(result.data(), length), true};
}

}  // namespace skein::numeric::bigint
