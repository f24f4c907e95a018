#include "tests/unit/regexp/regexp_test_support.h"

namespace skein::regexp::testing {
namespace {

TEST(RegExpMatch, Literals) {
  EXPECT_EQ(exec(u"abc", "", u"xxabcxx"), "2,5");
  EXPECT_EQ(exec(u"abc", "", u"ab"), "no match");
}

}  // namespace
}  // namespace skein::regexp::testing
