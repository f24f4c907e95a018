#include <gtest/gtest.h>

#include "core/base/hash.h"
#include "core/syntax/name.h"
#include "core/syntax/source_text.h"

namespace skein::syntax {
namespace {

TEST(SourceText, NarrowsToLatin1) {
  EXPECT_TRUE(SourceText::from_utf8("caf\xC3\xA9", "a.js")->is_latin1());
  EXPECT_FALSE(SourceText::from_utf8("\xE4\xB8\xAD", "a.js")->is_latin1());
  EXPECT_TRUE(SourceText::from_utf16(u"caf\u00E9", "a.js")->is_latin1());
  EXPECT_EQ(SourceText::from_utf8("\xEF\xBB\xBFx", "a.js")->length(), 1u);
}

TEST(SourceText, ReplacesInvalidUtf8) {
  auto source = SourceText::from_utf8("a\xFF", "a.js");
  EXPECT_TRUE(source->had_invalid_utf8());
  EXPECT_EQ(source->at(1), 0xFFFD);
  EXPECT_EQ(source->slice_utf8(0, 2), "a\xEF\xBF\xBD");
}

TEST(SourceText, LinesAndColumns) {
  auto source = SourceText::from_utf16(u"a\nb\r\ncd\r\u2028e", "a.js");
  auto expect_at = [&](uint32_t offset, uint32_t line, uint32_t column) {
    LineColumn position = source->line_column(offset);
    EXPECT_EQ(position.line, line) << offset;
    EXPECT_EQ(position.column, column) << offset;
  };
  expect_at(0, 1, 1);
  expect_at(2, 2, 1);
  expect_at(5, 3, 1);
  expect_at(6, 3, 2);
  expect_at(8, 4, 1);
  expect_at(9, 5, 1);
  expect_at(100, 5, 2);
}

TEST(NameTable, OneNameForEachText) {
  Arena arena;
  NameTable names(arena);
  const Name* name = names.intern("abc");
  EXPECT_EQ(names.intern(u"abc"), name);
  EXPECT_EQ(names.at(name->id()), name);
  EXPECT_EQ(name->hash(), hash_text("abc"));
  EXPECT_NE(names.intern(u"ab\u4E2D"), names.intern(u"ab\u4E2E"));
  EXPECT_FALSE(names.intern(u"ab\u4E2D")->is_latin1());
  EXPECT_TRUE(names.intern("eval")->is(WellKnownName::eval));
  EXPECT_EQ(names.intern(""), names.get(WellKnownName::empty));
  for (int i = 0; i < 10000; ++i) names.intern("name" + std::to_string(i));
  EXPECT_EQ(names.intern("abc"), name);
}

TEST(NameTable, ArrayIndices) {
  Arena arena;
  NameTable names(arena);
  EXPECT_EQ(names.intern("0")->array_index(), 0u);
  EXPECT_EQ(names.intern("4294967294")->array_index(), 4294967294u);
  EXPECT_FALSE(names.intern("4294967295")->is_array_index());
  EXPECT_FALSE(names.intern("01")->is_array_index());
  EXPECT_FALSE(names.intern("1a")->is_array_index());
  EXPECT_FALSE(names.intern("")->is_array_index());
}

TEST(Arena, AlignsAndKeepsBigObjectsApart) {
  Arena arena;
  auto* byte = static_cast<char*>(arena.allocate(1, 1));
  *byte = 1;
  auto* number = arena.make<double>(1.5);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(number) % alignof(double), 0u);
  auto big = arena.allocate_array<uint64_t>(1 << 20);
  big[(1 << 20) - 1] = 7;
  auto* after = arena.make<double>(2.5);
  EXPECT_LT(reinterpret_cast<uintptr_t>(after) - reinterpret_cast<uintptr_t>(number), 8192u);
  EXPECT_GE(arena.bytes(), size_t{8} << 20);
}

}  // namespace
}  // namespace skein::syntax
