#include "core/numeric/math.h"

#include <gtest/gtest.h>

#include <cmath>
#include <initializer_list>
#include <limits>
#include <vector>

#include "core/numeric/random.h"

namespace skein::numeric {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double sum_precise(std::initializer_list<double> values) {
  ExactSum sum;
  for (double value : values) sum.add(value);
  return sum.result();
}

TEST(Math, Exponentiate) {
  EXPECT_TRUE(std::isnan(exponentiate(1, kNaN)));
  EXPECT_TRUE(std::isnan(exponentiate(1, kInfinity)));
  EXPECT_TRUE(std::isnan(exponentiate(-1, -kInfinity)));
  EXPECT_EQ(exponentiate(kNaN, 0), 1);
  EXPECT_EQ(exponentiate(2, 10), 1024);
  EXPECT_EQ(exponentiate(-0.0, -3), -kInfinity);
}

TEST(Math, Remainder) {
  EXPECT_EQ(remainder(5, 3), 2);
  EXPECT_EQ(remainder(-5, 3), -2);
  EXPECT_EQ(remainder(5.5, 2), 1.5);
  EXPECT_TRUE(std::signbit(remainder(-0.0, 5)));
  EXPECT_TRUE(std::signbit(remainder(-4, 2)));
  EXPECT_TRUE(std::isnan(remainder(5, 0)));
  EXPECT_EQ(remainder(5, kInfinity), 5);
}

TEST(Math, Round) {
  EXPECT_EQ(round(2.5), 3);
  EXPECT_EQ(round(-2.5), -2);
  EXPECT_EQ(round(0.49999999999999994), 0);
  EXPECT_TRUE(std::signbit(round(-0.5)));
  EXPECT_TRUE(std::signbit(round(-0.2)));
  EXPECT_EQ(round(4503599627370495.5), 4503599627370496.0);
  EXPECT_EQ(round(-kInfinity), -kInfinity);
}

TEST(Math, MaxMinHypot) {
  EXPECT_FALSE(std::signbit(max(-0.0, 0)));
  EXPECT_TRUE(std::signbit(min(0, -0.0)));
  EXPECT_TRUE(std::isnan(max(1, kNaN)));
  double infinite[] = {kNaN, -kInfinity};
  EXPECT_EQ(hypot(infinite), kInfinity);
  double nan[] = {kNaN, 1, 2};
  EXPECT_TRUE(std::isnan(hypot(nan)));
  EXPECT_EQ(hypot({}), 0);
  double large[] = {1e300, 1e300, 1e300};
  EXPECT_DOUBLE_EQ(hypot(large), std::sqrt(3) * 1e300);
  double tiny[] = {-5e-324};
  EXPECT_EQ(hypot(tiny), 5e-324);
}

TEST(ExactSum, SpecialValues) {
  EXPECT_TRUE(std::signbit(sum_precise({})));
  EXPECT_TRUE(std::signbit(sum_precise({-0.0, -0.0})));
  EXPECT_FALSE(std::signbit(sum_precise({-0.0, 0.0})));
  EXPECT_FALSE(std::signbit(sum_precise({1, -1})));
  EXPECT_TRUE(std::isnan(sum_precise({kInfinity, -kInfinity})));
  EXPECT_EQ(sum_precise({1e308, kInfinity}), kInfinity);
  EXPECT_TRUE(std::isnan(sum_precise({kNaN, 1})));
}

TEST(ExactSum, IsExact) {
  EXPECT_EQ(sum_precise({1e20, 0.1, -1e20}), 0.1);
  EXPECT_EQ(sum_precise({0.1, 0.2, 0.3}), 0.6);
  EXPECT_EQ(sum_precise({1e308, 1e308, 0.1, 0.1, 1e30, 0.1, -1e30, -1e308, -1e308}), 0.30000000000000004);
  EXPECT_EQ(sum_precise({5e-324, 5e-324}), 1e-323);
  EXPECT_EQ(sum_precise({1.7976931348623157e308, 9.9792015476735991e291}), kInfinity);
  EXPECT_EQ(sum_precise({1.7976931348623157e308, 9.979201547673598e291}), 1.7976931348623157e308);
  EXPECT_EQ(sum_precise({-1.7976931348623157e308, -1.7976931348623157e308, 1.7976931348623157e308}),
            -1.7976931348623157e308);
  // A tie, broken by a bit far below.
  EXPECT_EQ(sum_precise({1, 0x1p-53}), 1);
  EXPECT_EQ(sum_precise({1, 0x1p-53, 5e-324}), 1 + 0x1p-52);
  EXPECT_EQ(sum_precise({1, 0x1p-53, -5e-324}), 1);
}

TEST(ExactSum, CancelsRandomValues) {
  Random random(3);
  std::vector<double> values;
  ExactSum sum;
  for (int i = 0; i < 10000; ++i) {
    double value = std::ldexp(random.next_double() - 0.5, static_cast<int>(random.next_bits() % 2000) - 1000);
    values.push_back(value);
    sum.add(value);
  }
  for (size_t i = 1; i < values.size(); ++i) sum.add(-values[i]);
  EXPECT_EQ(sum.result(), values[0]);
}

}  // namespace
}  // namespace skein::numeric
