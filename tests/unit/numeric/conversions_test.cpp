#include "core/numeric/conversions.h"

#include <gtest/gtest.h>

#include <cstring>

#include "core/numeric/random.h"

namespace skein::numeric {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Conversions, ToInt32) {
  EXPECT_EQ(to_int32(0), 0);
  EXPECT_EQ(to_int32(-1.9), -1);
  EXPECT_EQ(to_int32(2147483648.0), INT32_MIN);
  EXPECT_EQ(to_int32(4294967296.0), 0);
  EXPECT_EQ(to_int32(4294967295.0), -1);
  EXPECT_EQ(to_int32(-2147483649.0), INT32_MAX);
  EXPECT_EQ(to_int32(1e100), 0);
  EXPECT_EQ(to_int32(kNaN), 0);
  EXPECT_EQ(to_int32(-kInfinity), 0);
  EXPECT_EQ(to_int32(9007199254740993.0 * 1024 + 0), 0);
  EXPECT_EQ(to_uint32(-1), 4294967295u);
  EXPECT_EQ(to_int8(200), -56);
  EXPECT_EQ(to_uint16(-1), 65535);
  EXPECT_EQ(to_uint64_modular(-1), UINT64_MAX);
  EXPECT_EQ(to_uint64_modular(0x1p64 + 0x1p12), 0x1000u);
}

// Against the definition with fmod.
TEST(Conversions, ToInt32MatchesTheDefinition) {
  Random random(1);
  for (int i = 0; i < 100000; ++i) {
    uint64_t bits = random.next_bits();
    double value =
        std::bit_cast<double>((bits & ~(uint64_t{0x7ff} << 52)) | ((1000 + (bits >> 52) % 120) << 52));
    double modulo = std::fmod(std::trunc(value), 4294967296.0);
    if (modulo < 0) modulo += 4294967296.0;
    ASSERT_EQ(to_uint32(value), static_cast<uint32_t>(modulo)) << value;
  }
}

TEST(Conversions, ToUint8Clamp) {
  EXPECT_EQ(to_uint8_clamp(-5), 0);
  EXPECT_EQ(to_uint8_clamp(kNaN), 0);
  EXPECT_EQ(to_uint8_clamp(0.5), 0);
  EXPECT_EQ(to_uint8_clamp(1.5), 2);
  EXPECT_EQ(to_uint8_clamp(2.5), 2);
  EXPECT_EQ(to_uint8_clamp(254.5), 254);
  EXPECT_EQ(to_uint8_clamp(254.50001), 255);
  EXPECT_EQ(to_uint8_clamp(kInfinity), 255);
}

TEST(Conversions, Predicates) {
  int32_t integer = 0;
  EXPECT_TRUE(is_int32(-7, &integer));
  EXPECT_EQ(integer, -7);
  EXPECT_FALSE(is_int32(-0.0, &integer));
  EXPECT_FALSE(is_int32(0.5, &integer));
  EXPECT_FALSE(is_int32(kNaN, &integer));
  EXPECT_FALSE(is_int32(2147483648.0, &integer));
  EXPECT_TRUE(is_integral(1e300));
  EXPECT_FALSE(is_integral(kInfinity));
  EXPECT_FALSE(is_safe_integer(9007199254740992.0));
  EXPECT_FALSE(std::signbit(to_integer_or_infinity(-0.5)));
  EXPECT_EQ(to_length(-1), 0);
  EXPECT_EQ(to_length(kInfinity), kMaxSafeInteger);
  EXPECT_TRUE(same_value(kNaN, kNaN));
  EXPECT_FALSE(same_value(0, -0.0));
  EXPECT_TRUE(same_value_zero(0, -0.0));
}

TEST(Float16, RoundTripsEveryValue) {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    double value = float16_bits_to_double(static_cast<uint16_t>(bits));
    if (std::isnan(value)) {
      EXPECT_EQ(double_to_float16_bits(value), (bits & 0x8000) | 0x7e00);
    } else {
      ASSERT_EQ(double_to_float16_bits(value), bits);
    }
  }
}

TEST(Float16, RoundsToNearestEven) {
  // Between each two neighbours: just below, at and just above the middle.
  for (uint16_t bits = 0; bits < 0x7bff; ++bits) {
    double low = float16_bits_to_double(bits), high = float16_bits_to_double(bits + 1);
    double middle = (low + high) / 2;
    ASSERT_EQ(double_to_float16_bits(std::nextafter(middle, 0)), bits);
    ASSERT_EQ(double_to_float16_bits(middle), bits + (bits & 1));
    ASSERT_EQ(double_to_float16_bits(std::nextafter(middle, 1e9)), bits + 1);
  }
  EXPECT_EQ(f16round(65519.999), 65504);
  EXPECT_EQ(f16round(65520), kInfinity);
  EXPECT_EQ(f16round(1.1), 1.099609375);
  EXPECT_EQ(f16round(5e-324), 0);
}

TEST(Random, IsUniformEnoughAndReproducible) {
  Random first(42), second(42);
  double sum = 0;
  for (int i = 0; i < 10000; ++i) {
    double value = first.next_double();
    ASSERT_GE(value, 0);
    ASSERT_LT(value, 1);
    ASSERT_EQ(value, second.next_double());
    sum += value;
  }
  EXPECT_NEAR(sum / 10000, 0.5, 0.02);
}

}  // namespace
}  // namespace skein::numeric
