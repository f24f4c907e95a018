#include "core/numeric/text_to_number.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace skein::numeric {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Latin1Text latin1(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

// Converts in both widths, which must agree.
template <typename Convert>
double in_both_widths(std::string_view text, Convert convert) {
  std::u16string wide;
  for (char unit : text) wide.push_back(static_cast<unsigned char>(unit));
  double narrow_value = convert(latin1(text));
  double wide_value = convert(Utf16Text(wide));
  EXPECT_TRUE(narrow_value == wide_value || (std::isnan(narrow_value) && std::isnan(wide_value))) << text;
  return narrow_value;
}
double number(std::string_view text) {
  return in_both_widths(text, [](auto units) { return string_to_number(units); });
}
double floating(std::string_view text) {
  return in_both_widths(text, [](auto units) { return parse_float(units); });
}
double integer(std::string_view text, int radix = 0) {
  return in_both_widths(text, [=](auto units) { return parse_int(units, radix); });
}

TEST(TextToNumber, StringNumericLiterals) {
  EXPECT_EQ(number(""), 0);
  EXPECT_EQ(number(" \t\n\xa0 "), 0);
  EXPECT_EQ(number(" 42\r\n"), 42);
  EXPECT_EQ(number("-1.5e3"), -1500);
  EXPECT_EQ(number("+.5"), 0.5);
  EXPECT_EQ(number("5."), 5);
  EXPECT_EQ(number("5.e1"), 50);
  EXPECT_EQ(number("-Infinity"), -kInfinity);
  EXPECT_EQ(number("0x1F"), 31);
  EXPECT_EQ(number("0b101"), 5);
  EXPECT_EQ(number("0O17"), 15);
  EXPECT_EQ(number("007"), 7);
  EXPECT_TRUE(std::signbit(number("-0")));
  EXPECT_EQ(string_to_number(Utf16Text(std::u16string_view(u"\ufeff\u2003\u2028 7\u3000"))), 7);
  for (const char* text : {"a", "1a", ".", "+", "-", "e5", "1e", "1e+", "0x", "-0x1", "0b2", "1_000",
                           "infinity", "Infinityx", "1 2", "0xg", "++1", "1n"}) {
    EXPECT_TRUE(std::isnan(number(text))) << text;
  }
}

TEST(TextToNumber, RoundsCorrectly) {
  EXPECT_EQ(number("9007199254740993"), 9007199254740992.0);
  EXPECT_EQ(number("9007199254740993.00000000000000000000000000000000000000000000000001"),
            9007199254740994.0);
  EXPECT_EQ(number("0.1"), 0.1);
  EXPECT_EQ(number("2.2250738585072011e-308"), 2.2250738585072011e-308);
  EXPECT_EQ(number("4.9406564584124654e-324"), 5e-324);
  EXPECT_EQ(number("1.7976931348623157e308"), std::numeric_limits<double>::max());
  EXPECT_EQ(number("1.7976931348623159e308"), kInfinity);
  EXPECT_EQ(number("1e-400"), 0);
  EXPECT_EQ(number("1e400"), kInfinity);
  EXPECT_EQ(number("-1e99999999999999999999"), -kInfinity);
  EXPECT_EQ(number("0e99999999999999999999"), 0);
  EXPECT_EQ(number("1" + std::string(400, '0') + "e-400"), 1);
  EXPECT_EQ(number("0." + std::string(400, '0') + "1e401"), 1);
  EXPECT_EQ(number("0." + std::string(400, '0') + "1"), 0);
  EXPECT_EQ(number(std::string(400, '9')), kInfinity);
}

TEST(TextToNumber, ParseFloatTakesAPrefix) {
  EXPECT_EQ(floating("  3.14abc"), 3.14);
  EXPECT_EQ(floating("1e"), 1);
  EXPECT_EQ(floating("1e+x"), 1);
  EXPECT_EQ(floating("1.5.5"), 1.5);
  EXPECT_EQ(floating("-.5-"), -0.5);
  EXPECT_EQ(floating("Infinityx"), kInfinity);
  EXPECT_EQ(floating("0x10"), 0);
  EXPECT_EQ(floating("5.e"), 5);
  EXPECT_TRUE(std::isnan(floating(".")));
  EXPECT_TRUE(std::isnan(floating("")));
  EXPECT_TRUE(std::isnan(floating("-inf")));
  EXPECT_TRUE(std::signbit(floating("-0")));
}

TEST(TextToNumber, ParseInt) {
  EXPECT_EQ(integer("42px"), 42);
  EXPECT_EQ(integer("0x1f"), 31);
  EXPECT_EQ(integer("-0x1f", 16), -31);
  EXPECT_EQ(integer("0x1f", 10), 0);
  EXPECT_EQ(integer("zz", 36), 1295);
  EXPECT_EQ(integer("12", 2), 1);
  EXPECT_TRUE(std::isnan(integer("2", 2)));
  EXPECT_TRUE(std::isnan(integer("0x")));
  EXPECT_TRUE(std::isnan(integer("1", 1)));
  EXPECT_TRUE(std::isnan(integer("1", 37)));
  EXPECT_TRUE(std::isnan(integer("-")));
  EXPECT_TRUE(std::signbit(integer("-0")));
  EXPECT_EQ(integer("9007199254740993"), 9007199254740992.0);
  // Ties to even, decided by the last digit.
  EXPECT_EQ(integer("20000000000001", 16), 9007199254740992.0);
  EXPECT_EQ(integer("20000000000003", 16), 9007199254740996.0);
  EXPECT_EQ(integer("200000000000010000000001", 16), std::ldexp(9007199254740994.0, 40));
  EXPECT_EQ(integer("1" + std::string(1023, '0'), 2), std::ldexp(1, 1023));
  EXPECT_EQ(integer("1" + std::string(1024, '0'), 2), kInfinity);
  EXPECT_EQ(integer(std::string(1024, '1'), 2), kInfinity);
  EXPECT_EQ(integer(std::string(5000, '0') + "1", 2), 1);
  EXPECT_EQ(integer(std::string(50, 'z'), 36), 6.533186235000709e+77);
}

TEST(TextToNumber, ArrayIndices) {
  uint32_t index = 7;
  EXPECT_TRUE(parse_array_index(latin1("0"), &index));
  EXPECT_EQ(index, 0u);
  EXPECT_TRUE(parse_array_index(latin1("4294967294"), &index));
  EXPECT_EQ(index, 4294967294u);
  for (const char* text : {"", "00", "01", "4294967295", "99999999999", "-1", "1.0", "1e3", " 1"}) {
    EXPECT_FALSE(parse_array_index(latin1(text), &index)) << text;
  }
}

}  // namespace
}  // namespace skein::numeric
