#include "core/numeric/bigint/bigint.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/numeric/random.h"

namespace skein::numeric::bigint {
namespace {

// A value with memory of its own. Results are checked to be normalized and within their bounds.
struct Owned {
  std::vector<Digit> digits;
  bool negative = false;

  View view() const { return {digits, negative}; }
  Owned negated() const { return {digits, !digits.empty() && !negative}; }
};
bool operator==(const Owned& left, const Owned& right) {
  return equal(left.view(), right.view());
}

template <typename Operation>
Owned compute(size_t size, Operation operation) {
  std::vector<Digit> digits(size + 1, 0x5a5a5a5a);
  Result result = operation(Digits(digits.data(), size));
  EXPECT_LE(result.length, size);
  EXPECT_EQ(digits[size], 0x5a5a5a5au);
  digits.resize(result.length);
  EXPECT_TRUE(digits.empty() ? !result.negative : digits.back() != 0);
  return {digits, result.negative};
}
template <typename Operation>
Owned compute_long(size_t size, Operation operation) {
  return compute(size, [&](Digits digits) {
    Result result;
    EXPECT_EQ(operation(digits, result), Outcome::kDone);
    return result;
  });
}

Literal<uint8_t> literal_of(std::string_view text) {
  return scan_literal(std::span<const uint8_t>(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
}
Owned parse(const Literal<uint8_t>& literal) {
  EXPECT_TRUE(literal.valid);
  return compute_long(from_text_size(literal),
                      [&](Digits digits, Result& result) { return from_text(literal, digits, result); });
}
Owned big(std::string_view text) {
  return parse(literal_of(text));
}
std::string text(const Owned& value, int radix = 10) {
  std::string characters(to_text_size(value.view(), radix), '?');
  size_t length = 0;
  EXPECT_EQ(to_text(value.view(), radix, characters, length), Outcome::kDone);
  return characters.substr(0, length);
}

Owned sum(const Owned& x, const Owned& y) {
  return compute(add_size(x.view(), y.view()), [&](Digits d) { return add(x.view(), y.view(), d); });
}
Owned difference(const Owned& x, const Owned& y) {
  return compute(add_size(x.view(), y.view()), [&](Digits d) { return subtract(x.view(), y.view(), d); });
}
Owned product(const Owned& x, const Owned& y) {
  return compute_long(multiply_size(x.view(), y.view()),
                      [&](Digits d, Result& r) { return multiply(x.view(), y.view(), d, r); });
}
Owned quotient(const Owned& x, const Owned& y) {
  return compute_long(divide_size(x.view(), y.view()),
                      [&](Digits d, Result& r) { return divide(x.view(), y.view(), d, r); });
}
Owned rest(const Owned& x, const Owned& y) {
  return compute_long(remainder_size(x.view(), y.view()),
                      [&](Digits d, Result& r) { return remainder(x.view(), y.view(), d, r); });
}
Owned power(const Owned& x, const Owned& y) {
  return compute_long(exponentiate_size(x.view(), y.view()),
                      [&](Digits d, Result& r) { return exponentiate(x.view(), y.view(), d, r); });
}
Owned shifted_left(const Owned& x, uint64_t bits) {
  return compute(left_shift_size(x.view(), bits), [&](Digits d) { return left_shift(x.view(), bits, d); });
}
Owned shifted_right(const Owned& x, uint64_t bits) {
  return compute(right_shift_size(x.view(), bits), [&](Digits d) { return right_shift(x.view(), bits, d); });
}
Owned int_n(uint64_t bits, const Owned& x) {
  return compute(as_int_n_size(bits, x.view()), [&](Digits d) { return as_int_n(bits, x.view(), d); });
}
Owned uint_n(uint64_t bits, const Owned& x) {
  return compute(as_uint_n_size(bits, x.view()), [&](Digits d) { return as_uint_n(bits, x.view(), d); });
}
using Bitwise = Result(View, View, Digits);
Owned bitwise(Bitwise* operation, const Owned& x, const Owned& y) {
  return compute(bitwise_size(x.view(), y.view()),
                 [&](Digits d) { return operation(x.view(), y.view(), d); });
}
Owned inverted(const Owned& x) {
  return compute(bitwise_not_size(x.view()), [&](Digits d) { return bitwise_not(x.view(), d); });
}
Owned of_double(double value) {
  return compute(kDigitsOfDouble, [&](Digits d) {
    return from_double(value, std::span<Digit, kDigitsOfDouble>(d.data(), d.size()));
  });
}

// Random digits with runs of zeros and ones, which carries and estimates stumble over.
Owned random_value(Random& random, size_t length) {
  Owned value;
  for (size_t i = 0; i < length; ++i) {
    uint64_t bits = random.next_bits();
    value.digits.push_back(bits % 5 == 0 ? 0 : bits % 5 == 1 ? ~Digit{0} : random.next_bits());
  }
  if (length != 0 && value.digits.back() == 0) value.digits.back() = 1;
  value.negative = length != 0 && (random.next_bits() & 1) != 0;
  return value;
}

TEST(BigInt, ScansLiterals) {
  EXPECT_EQ(text(big("")), "0");
  EXPECT_EQ(text(big("  -17\n")), "-17");
  EXPECT_EQ(text(big("-0")), "0");
  EXPECT_EQ(text(big("0xFf")), "255");
  EXPECT_EQ(text(big("0o17")), "15");
  EXPECT_EQ(text(big("0B11")), "3");
  EXPECT_EQ(text(big("000123")), "123");
  for (const char* wrong : {"1n", "1.0", "1e3", "-0x1", "0x", "0b2", "+", "a", "1 2"}) {
    EXPECT_FALSE(literal_of(wrong).valid) << wrong;
  }
}

TEST(BigInt, Text) {
  EXPECT_EQ(text(big("340282366920938463463374607431768211456")), "340282366920938463463374607431768211456");
  EXPECT_EQ(text(big("-340282366920938463463374607431768211456"), 16), "-100000000000000000000000000000000");
  EXPECT_EQ(text(big("0xffffffffffffffff"), 36), "3w5e11264sgsf");
  Random random(7);
  for (int radix = 2; radix <= 36; ++radix) {
    for (size_t length : {1, 2, 3, 39, 41, 64, 100, 700}) {
      Owned value = random_value(random, length);
      std::string characters = text(value, radix);
      if (value.negative) characters.erase(0, 1);
      Literal<uint8_t> literal = literal_of(characters);
      literal.radix = radix;
      literal.negative = value.negative;
      literal.valid = true;
      ASSERT_EQ(parse(literal), value) << radix << " " << length;
    }
  }
}

TEST(BigInt, ManyDecimalDigits) {
  Random random(8);
  std::string digits = "7";
  while (digits.size() < 200000) digits.push_back(static_cast<char>('0' + random.next_bits() % 10));
  EXPECT_EQ(text(big(digits)), digits);
  std::string nines(50000, '9');
  EXPECT_EQ(text(sum(big(nines), big("1"))), "1" + std::string(50000, '0'));
}

TEST(BigInt, SumsAndDifferences) {
  EXPECT_EQ(text(sum(big("-5"), big("5"))), "0");
  EXPECT_EQ(text(sum(big("0xffffffffffffffffffffffffffffffff"), big("1")), 16),
            "100000000000000000000000000000000");
  EXPECT_EQ(text(difference(big("0"), big("7"))), "-7");
  EXPECT_EQ(text(difference(big("0"), big("0"))), "0");
  Random random(9);
  for (int i = 0; i < 500; ++i) {
    Owned x = random_value(random, random.next_bits() % 12),
          y = random_value(random, random.next_bits() % 12);
    ASSERT_EQ(difference(sum(x, y), y), x);
    ASSERT_EQ(sum(x, y), sum(y, x));
    ASSERT_EQ(difference(x, y), sum(x, y.negated()));
  }
}

// (x + y) * z = x * z + y * z over all the algorithms' ranges, and x * z / z = x.
TEST(BigInt, ProductsAndQuotients) {
  Random random(10);
  for (size_t length : {1, 2, 5, 31, 32, 33, 59, 60, 61, 97, 150, 257, 1000, 3100}) {
    for (size_t other : {size_t{1}, length / 2 + 1, length, length * 3 + 5}) {
      Owned x = random_value(random, length), y = random_value(random, length),
            z = random_value(random, other);
      ASSERT_EQ(product(sum(x, y), z), sum(product(x, z), product(y, z))) << length << " " << other;
      Owned r = random_value(random, z.digits.size() / 2);
      r.negative = x.negative != z.negative && !r.digits.empty();
      Owned dividend = sum(product(x, z), r);
      ASSERT_EQ(quotient(dividend, z), x) << length << " " << other;
      ASSERT_EQ(rest(dividend, z), r) << length << " " << other;
    }
  }
}

TEST(BigInt, DivisionTruncates) {
  EXPECT_EQ(text(quotient(big("-7"), big("2"))), "-3");
  EXPECT_EQ(text(rest(big("-7"), big("2"))), "-1");
  EXPECT_EQ(text(rest(big("7"), big("-2"))), "1");
  EXPECT_EQ(text(quotient(big("1"), big("-2"))), "0");
  EXPECT_EQ(text(rest(big("-1"), big("0xffffffffffffffffff"))), "-1");
  EXPECT_EQ(text(rest(big("-6"), big("3"))), "0");
}

TEST(BigInt, Powers) {
  EXPECT_EQ(text(power(big("3"), big("40"))), "12157665459056928801");
  EXPECT_EQ(text(power(big("-2"), big("65"))), "-36893488147419103232");
  EXPECT_EQ(text(power(big("-10"), big("30"))), "1000000000000000000000000000000");
  EXPECT_EQ(text(power(big("0"), big("0"))), "1");
  EXPECT_EQ(text(power(big("0"), big("99999999999999999999"))), "0");
  EXPECT_EQ(text(power(big("-1"), big("99999999999999999999"))), "-1");
  EXPECT_EQ(text(power(big("7"), big("5000")))[0], '3');
  EXPECT_GT(exponentiate_size(big("2").view(), big("1073741824").view()), kMaxLength);
  EXPECT_LE(exponentiate_size(big("2").view(), big("1073741823").view()), kMaxLength);
  EXPECT_GT(exponentiate_size(big("3").view(), big("99999999999999999999").view()), kMaxLength);
  EXPECT_LE(exponentiate_size(big("3").view(), big("600000000").view()), kMaxLength);
}

TEST(BigInt, Shifts) {
  EXPECT_EQ(text(shifted_right(big("-1"), 1000)), "-1");
  EXPECT_EQ(text(shifted_right(big("-5"), 1)), "-3");
  EXPECT_EQ(text(shifted_right(big("5"), 64)), "0");
  EXPECT_EQ(shifted_right(big("0x1ffffffffffffffff").negated(), 1), big("0x10000000000000000").negated());
  EXPECT_GT(left_shift_size(big("1").view(), kMaxBits), kMaxLength);
  EXPECT_EQ(shift_count(big("0x10000000000000000").view()), UINT64_MAX);
  Random random(11);
  for (uint64_t bits = 0; bits < 200; ++bits) {
    Owned x = random_value(random, 1 + bits % 5);
    ASSERT_EQ(shifted_right(shifted_left(x, bits), bits), x);
    ASSERT_EQ(shifted_left(x, bits), product(x, power(big("2"), big(std::to_string(bits)))));
  }
}

TEST(BigInt, BitwiseIdentities) {
  EXPECT_EQ(text(bitwise(bitwise_and, big("-1"), big("0xff"))), "255");
  EXPECT_EQ(text(bitwise(bitwise_or, big("-256"), big("1"))), "-255");
  EXPECT_EQ(text(inverted(big("0"))), "-1");
  EXPECT_EQ(text(inverted(big("-1"))), "0");
  Random random(12);
  for (int i = 0; i < 500; ++i) {
    Owned x = random_value(random, random.next_bits() % 6), y = random_value(random, random.next_bits() % 6);
    Owned both = bitwise(bitwise_and, x, y), any = bitwise(bitwise_or, x, y),
          one = bitwise(bitwise_xor, x, y);
    ASSERT_EQ(sum(both, any), sum(x, y));
    ASSERT_EQ(difference(any, both), one);
    ASSERT_EQ(inverted(both), bitwise(bitwise_or, inverted(x), inverted(y)));
    ASSERT_EQ(inverted(inverted(x)), x);
  }
}

TEST(BigInt, WrapsToBits) {
  EXPECT_EQ(text(int_n(8, big("128"))), "-128");
  EXPECT_EQ(text(int_n(8, big("-128"))), "-128");
  EXPECT_EQ(text(int_n(8, big("-129"))), "127");
  EXPECT_EQ(text(int_n(0, big("5"))), "0");
  EXPECT_EQ(text(int_n(64, big("0x8000000000000000"))), "-9223372036854775808");
  EXPECT_EQ(text(uint_n(64, big("-1"))), "18446744073709551615");
  EXPECT_EQ(text(uint_n(65, big("-1"))), "36893488147419103231");
  EXPECT_EQ(text(uint_n(0, big("-1"))), "0");
  EXPECT_GT(as_uint_n_size(uint64_t{1} << 53, big("-1").view()), kMaxLength);
  EXPECT_EQ(as_int_n_size(uint64_t{1} << 53, big("-1").view()), 1u);
  Random random(13);
  for (int i = 0; i < 500; ++i) {
    Owned x = random_value(random, random.next_bits() % 5);
    uint64_t bits = random.next_bits() % 300;
    Owned modulus = power(big("2"), big(std::to_string(bits)));
    Owned expected = rest(sum(rest(x, modulus), modulus), modulus);
    ASSERT_EQ(uint_n(bits, x), expected);
    if (bits != 0 && bit_length(expected.view()) == bits) expected = difference(expected, modulus);
    ASSERT_EQ(int_n(bits, x), expected);
  }
}

TEST(BigInt, Numbers) {
  EXPECT_EQ(text(of_double(-9007199254740992.0)), "-9007199254740992");
  EXPECT_EQ(of_double(std::numeric_limits<double>::max()),
            difference(power(big("2"), big("1024")), power(big("2"), big("971"))));
  EXPECT_EQ(text(of_double(-0.0)), "0");
  EXPECT_EQ(to_double(big("9007199254740993").view()), 9007199254740992.0);
  EXPECT_EQ(to_double(big("9007199254740995").view()), 9007199254740996.0);
  // A tie but for the lowest bit.
  Owned tie = sum(shifted_left(big("0x20000000000001"), 200), big("1"));
  EXPECT_EQ(to_double(tie.view()), std::ldexp(9007199254740994.0, 200));
  EXPECT_EQ(to_double(power(big("-2"), big("1025")).view()), -std::numeric_limits<double>::infinity());
  Owned largest_tie = difference(power(big("2"), big("1024")), power(big("2"), big("970")));
  EXPECT_EQ(to_double(largest_tie.view()), std::numeric_limits<double>::infinity());
  EXPECT_EQ(to_double(difference(largest_tie, big("1")).view()), std::numeric_limits<double>::max());
  EXPECT_EQ(to_uint64_modular(big("-1").view()), UINT64_MAX);
}

TEST(BigInt, Comparisons) {
  EXPECT_TRUE(compare(big("-3").view(), big("2").view()) < 0);
  EXPECT_TRUE(compare(big("-3").view(), big("-4").view()) > 0);
  EXPECT_TRUE(compare(big("3").view(), 2.5) > 0);
  EXPECT_TRUE(compare(big("-3").view(), -3.5) > 0);
  EXPECT_TRUE(compare(big("0").view(), -0.0) == 0);
  EXPECT_TRUE(compare(big("0").view(), 5e-324) < 0);
  EXPECT_TRUE(compare(big("9007199254740993").view(), 9007199254740992.0) > 0);
  EXPECT_TRUE(compare(big("5").view(), std::nan("")) == std::partial_ordering::unordered);
  EXPECT_TRUE(compare(power(big("2"), big("2000")).view(), std::numeric_limits<double>::infinity()) < 0);
  EXPECT_TRUE(equal(big("-7").view(), -7.0));
  EXPECT_EQ(hash(big("12345678901234567890123").view()), hash(big("12345678901234567890123").view()));
}

TEST(BigInt, LongOperationsStopWhenAsked) {
  Random random(14);
  Owned x = random_value(random, 3000), y = random_value(random, 1500);
  int calls = 0;
  Poll poll{[](void* context) { return ++*static_cast<int*>(context) >= 2; }, &calls};
  std::vector<Digit> digits(8000);
  Result result;
  EXPECT_EQ(multiply(x.view(), y.view(), digits, result, poll), Outcome::kStopped);
  calls = 0;
  EXPECT_EQ(divide(x.view(), y.view(), digits, result, poll), Outcome::kStopped);
  calls = 0;
  EXPECT_EQ(exponentiate(x.view(), big("2").view(), digits, result, poll), Outcome::kStopped);
  std::vector<char> characters(to_text_size(x.view(), 10));
  size_t length = 0;
  calls = 0;
  EXPECT_EQ(to_text(x.view(), 10, characters, length, poll), Outcome::kStopped);
  EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace skein::numeric::bigint
