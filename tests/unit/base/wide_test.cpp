#include "core/base/wide.h"

#include <gtest/gtest.h>

namespace skein {
namespace {

constexpr uint64_t kWords[] = {0, 1, 2, 3, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x100000000, 0x123456789ABCDEF, 0x7FFFFFFFFFFFFFFF,
                               0x8000000000000000, 0x8000000000000001, 0x80000000FFFFFFFF, 0xFFFFFFFF00000000, 0xFFFFFFFF00000001,
                               0xFFFFFFFFFFFFFFFE, 0xFFFFFFFFFFFFFFFF};
// The same calculations by the compiler.
constexpr uint64_t kMixed = 0x9E3779B97F4A7C15;

TEST(Wide, MultipliesAsTheCompilerDoes) {
  for (uint64_t a : kWords) {
    for (uint64_t b : kWords) EXPECT_TRUE(multiply_wide(a, b) == DoubleWord{a} * b) << a << " * " << b;
  }
  for (uint64_t i = 1; i < 1000; ++i) EXPECT_TRUE(multiply_wide(i * kMixed, ~i * kMixed) == DoubleWord{i * kMixed} * (~i * kMixed));
}

TEST(Wide, DividesAsTheCompilerDoes) {
  constexpr uint64_t kTop = 0x8000000000000000;
  auto expect_same = [](uint64_t high, uint64_t low, uint64_t divisor) {
    if (high >= divisor) return;
    const auto expected = static_cast<uint64_t>((DoubleWord{high} << 64 | low) / divisor);
    EXPECT_EQ(divide_wide(high, low, divisor), expected) << high << ", " << low << " / " << divisor;
  };
  for (uint64_t high : kWords) {
    for (uint64_t low : kWords) {
      for (uint64_t divisor : kWords) expect_same(high, low, divisor | kTop);
    }
  }
  for (uint64_t i = 1; i < 1000; ++i) {
    const uint64_t divisor = i * kMixed | kTop;
    expect_same(i * kMixed * kMixed % divisor, ~i * kMixed, divisor);
    expect_same(~divisor, ~uint64_t{0}, divisor);
    expect_same(divisor - 1, ~uint64_t{0}, divisor);
  }
}

}  // namespace
}  // namespace skein
