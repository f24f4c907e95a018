#include "core/numeric/number_to_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace skein::numeric {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::string text(double value) {
  NumberBuffer buffer;
  return std::string(number_to_text(value, buffer));
}
std::string radix(double value, int base) {
  RadixBuffer buffer;
  return std::string(number_to_text_radix(value, base, buffer));
}
std::string fixed(double value, int digits) {
  FormatBuffer buffer;
  return std::string(to_fixed(value, digits, buffer));
}
std::string exponential(double value, int digits = kAsManyAsNecessary) {
  FormatBuffer buffer;
  return std::string(to_exponential(value, digits, buffer));
}
std::string precision(double value, int digits) {
  FormatBuffer buffer;
  return std::string(to_precision(value, digits, buffer));
}

TEST(NumberToText, Decimal) {
  EXPECT_EQ(text(0), "0");
  EXPECT_EQ(text(-0.0), "0");
  EXPECT_EQ(text(-17), "-17");
  EXPECT_EQ(text(0.1), "0.1");
  EXPECT_EQ(text(1e21), "1e+21");
  EXPECT_EQ(text(123456789012345680000.0), "123456789012345680000");
  EXPECT_EQ(text(-1.5e-7), "-1.5e-7");
  EXPECT_EQ(text(0.000001), "0.000001");
  EXPECT_EQ(text(-0.000001234567890123456), "-0.000001234567890123456");
  EXPECT_EQ(text(5e-324), "5e-324");
  EXPECT_EQ(text(1.7976931348623157e308), "1.7976931348623157e+308");
  EXPECT_EQ(text(9007199254740993.0), "9007199254740992");
  EXPECT_EQ(text(4294967296.5), "4294967296.5");
  EXPECT_EQ(text(kNaN), "NaN");
  EXPECT_EQ(text(-kInfinity), "-Infinity");
  IntegerBuffer buffer;
  EXPECT_EQ(int32_to_text(INT32_MIN, buffer), "-2147483648");
}

TEST(NumberToText, Radix) {
  EXPECT_EQ(radix(255, 16), "ff");
  EXPECT_EQ(radix(-255, 2), "-11111111");
  EXPECT_EQ(radix(0.5, 2), "0.1");
  EXPECT_EQ(radix(0.1, 3), "0.0022002200220022002200220022002201");
  EXPECT_EQ(radix(35.5, 36), "z.i");
  EXPECT_EQ(radix(9007199254740994.0, 16), "20000000000002");
  EXPECT_EQ(radix(kNaN, 5), "NaN");
  EXPECT_EQ(radix(std::ldexp(1, 1023), 2), "1" + std::string(1023, '0'));
  EXPECT_EQ(radix(-5e-324, 2), "-0." + std::string(1073, '0') + "1");
}

TEST(NumberToText, Fixed) {
  EXPECT_EQ(fixed(0.5, 0), "1");
  EXPECT_EQ(fixed(2.5, 0), "3");
  EXPECT_EQ(fixed(-2.5, 0), "-3");
  EXPECT_EQ(fixed(1.25, 1), "1.3");
  EXPECT_EQ(fixed(9.5, 0), "10");
  EXPECT_EQ(fixed(-99.96875, 4), "-99.9688");
  EXPECT_EQ(fixed(1.005, 2), "1.00");
  EXPECT_EQ(fixed(-0.0, 2), "0.00");
  EXPECT_EQ(fixed(-1e-7, 2), "-0.00");
  EXPECT_EQ(fixed(1e21, 2), "1e+21");
  EXPECT_EQ(fixed(123.456, 2), "123.46");
  EXPECT_EQ(fixed(-999999999999999868928.0, 100).size(), 123u);
  EXPECT_EQ(fixed(kInfinity, 3), "Infinity");
}

TEST(NumberToText, Exponential) {
  EXPECT_EQ(exponential(0), "0e+0");
  EXPECT_EQ(exponential(0, 2), "0.00e+0");
  EXPECT_EQ(exponential(123456), "1.23456e+5");
  EXPECT_EQ(exponential(123456, 2), "1.23e+5");
  EXPECT_EQ(exponential(25, 0), "3e+1");
  EXPECT_EQ(exponential(-12345, 3), "-1.235e+4");
  EXPECT_EQ(exponential(99.5, 1), "1.0e+2");
  EXPECT_EQ(exponential(5e-324, 3), "4.941e-324");
}

TEST(NumberToText, Precision) {
  EXPECT_EQ(precision(0, 1), "0");
  EXPECT_EQ(precision(0, 3), "0.00");
  EXPECT_EQ(precision(123.456, 4), "123.5");
  EXPECT_EQ(precision(0.000123, 2), "0.00012");
  EXPECT_EQ(precision(1e-7, 2), "1.0e-7");
  EXPECT_EQ(precision(1e21, 3), "1.00e+21");
  EXPECT_EQ(precision(1e21, 22), "1000000000000000000000");
  EXPECT_EQ(precision(25, 1), "3e+1");
  EXPECT_EQ(precision(35, 1), "4e+1");
  EXPECT_EQ(precision(-1.5, 1), "-2");
  EXPECT_EQ(precision(std::ldexp(1, -1074), 100).size(), 106u);
}

}  // namespace
}  // namespace skein::numeric
