#include "core/base/hash.h"

#include <gtest/gtest.h>

#include <string>
#include <unordered_set>

namespace skein {
namespace {

TEST(Hash, IsTheSameForBothWidths) {
  std::string narrow;
  std::u16string wide;
  for (int length = 0; length < 100; ++length) {
    EXPECT_EQ(hash_text(std::string_view(narrow)), hash_text(std::u16string_view(wide)));
    narrow.push_back(static_cast<char>(length * 37 + 3));
    wide.push_back(static_cast<unsigned char>(length * 37 + 3));
  }
}

TEST(Hash, IsTheSameAtCompileTime) {
  constexpr uint32_t hash = hash_text(std::string_view("propertyIsEnumerable"));
  std::string text = "propertyIsEnumerable";
  EXPECT_EQ(hash, hash_text(std::string_view(text)));
}

TEST(Hash, SpreadsShortKeys) {
  std::unordered_set<uint32_t> seen;
  std::unordered_set<uint32_t> low_bits;
  for (int i = 0; i < 20000; ++i) {
    uint32_t hash = hash_text(std::string_view("key" + std::to_string(i)));
    seen.insert(hash);
    low_bits.insert(hash & 0xffff);
  }
  EXPECT_GT(seen.size(), 19990u);
  // 65536 * (1 - e^(-20000 / 65536)) buckets are hit on average.
  EXPECT_GT(low_bits.size(), 17000u);
}

TEST(Hash, DependsOnLengthAndSeed) {
  EXPECT_NE(hash_text(std::string_view("\0\0", 2)), hash_text(std::string_view("\0\0\0", 3)));
  EXPECT_NE(hash_text(std::string_view("name"), 1), hash_text(std::string_view("name"), 2));
}

}  // namespace
}  // namespace skein
