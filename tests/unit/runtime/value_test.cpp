#include <cmath>
#include <limits>

#include "tests/unit/runtime/runtime_fixture.h"

namespace skein {
namespace {

using ValueTest = RuntimeTest;

TEST_F(ValueTest, NumbersKeepTheirValueAndKind) {
  for (double number : {0.0, 1.0, -1.0, 0.5, -0.5, 2147483647.0, 2147483648.0, -2147483648.0, -2147483649.0, 1e300, -1e300, 5e-324,
                        std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()}) {
    Value value = Value::number(number);
    EXPECT_TRUE(value.is_number());
    EXPECT_EQ(value.as_number(), number);
    EXPECT_NE(value.is_int32(), value.is_double());
    EXPECT_FALSE(value.is_cell() || value.is_nullish() || value.is_boolean());
  }
  EXPECT_TRUE(Value::number(3.0).is_int32());
  EXPECT_TRUE(Value::number(-0.0).is_double());
  EXPECT_TRUE(std::signbit(Value::number(-0.0).as_number()));
  EXPECT_TRUE(std::isnan(Value::number(std::nan("")).as_number()));
  EXPECT_TRUE(std::isnan(Value::number(-std::nan("")).as_number()));
}

TEST_F(ValueTest, ConstantsAreTheirOwnKindOnly) {
  EXPECT_TRUE(Value::undefined().is_nullish() && Value::null().is_nullish());
  EXPECT_FALSE(Value::empty().is_nullish() || Value::empty().is_cell() || Value::empty().is_number());
  EXPECT_TRUE(Value::boolean(true).is_boolean() && Value::boolean(false).is_boolean());
  Value cell(string("x"));
  EXPECT_TRUE(cell.is_cell() && cell.is_string() && !cell.is_object() && !cell.is_number());
}

TEST_F(ValueTest, EqualityFollowsTheSpecification) {
  EXPECT_TRUE(is_strictly_equal(Value::int32(1), Value::double_value(1.0)));
  EXPECT_FALSE(is_strictly_equal(Value::number(std::nan("")), Value::number(std::nan(""))));
  EXPECT_TRUE(same_value(Value::number(std::nan("")), Value::number(std::nan(""))));
  EXPECT_FALSE(same_value(Value::number(0.0), Value::number(-0.0)));
  EXPECT_TRUE(same_value_zero(Value::number(0.0), Value::number(-0.0)));
  EXPECT_TRUE(MUST(is_loosely_equal(agent, string("12"), Value::int32(12))));
  EXPECT_TRUE(MUST(is_loosely_equal(agent, Value::null(), Value::undefined())));
  EXPECT_FALSE(MUST(is_loosely_equal(agent, Value::null(), Value::int32(0))));
}

}  // namespace
}  // namespace skein
