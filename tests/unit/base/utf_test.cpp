#include "core/base/utf.h"

#include <gtest/gtest.h>

namespace skein::utf {
namespace {

std::u16string decoded(std::string_view bytes, LoneSurrogates lone = LoneSurrogates::kReplace) {
  return to_utf16(bytes, lone);
}

TEST(Utf, DecodesWellFormedText) {
  EXPECT_EQ(decoded("plain"), u"plain");
  EXPECT_EQ(decoded("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80z"), u"a\u00e4\u20ac\U0001F600z");
  EXPECT_EQ(decoded("a long run of ASCII, then \xc3\xa9 and more ASCII"),
            u"a long run of ASCII, then \u00e9 and more ASCII");
}

TEST(Utf, ReplacesMaximalSubparts) {
  // The examples of the Unicode standard, tables 3-8 to 3-11.
  EXPECT_EQ(decoded("\xc0\xaf\xe0\x80\xbf\xf0\x81\x82\x41"),
            u"\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdA");
  EXPECT_EQ(decoded("\xed\xa0\x80\xed\xbf\xbf\xed\xaf\x41"),
            u"\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdA");
  EXPECT_EQ(decoded("\xf4\x91\x92\x93\xff\x41\x80\xbf\x42"), u"\ufffd\ufffd\ufffd\ufffd\ufffdA\ufffd\ufffdB");
  EXPECT_EQ(decoded("\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41"), u"\ufffd\ufffd\ufffd\ufffdA");
}

TEST(Utf, Wtf8KeepsLoneSurrogates) {
  std::u16string text = {u'a', 0xd800, u'b', 0xdfff};
  std::string kept = to_utf8(text, LoneSurrogates::kKeep);
  EXPECT_EQ(kept,
            "a\xed\xa0\x80"
            "b\xed\xbf\xbf");
  EXPECT_EQ(decoded(kept, LoneSurrogates::kKeep), text);
  EXPECT_EQ(to_utf8(text),
            "a\xef\xbf\xbd"
            "b\xef\xbf\xbd");
}

TEST(Utf, Measures) {
  Utf8Measure measure = measure_utf8("\xc3\xa4 \xc3\xbf");
  EXPECT_TRUE(measure.is_latin1);
  EXPECT_TRUE(measure.is_well_formed);
  EXPECT_EQ(measure.utf16_length, 3u);
  uint8_t latin1[3];
  EXPECT_EQ(utf8_to_latin1("\xc3\xa4 \xc3\xbf", latin1), 3u);
  EXPECT_EQ(latin1[0], 0xe4);
  EXPECT_EQ(latin1[2], 0xff);
  EXPECT_FALSE(measure_utf8("\xc4\x80").is_latin1);
  EXPECT_FALSE(measure_utf8("\x80").is_well_formed);
  EXPECT_FALSE(measure_utf8("\x80").is_latin1);
  EXPECT_FALSE(is_valid_utf8("abc\xed\xa0\x80"));
  EXPECT_TRUE(is_valid_utf8("abc\xf0\x9f\x98\x80 abcdefgh"));
}

TEST(Utf, RoundTripsEveryCodePoint) {
  for (char32_t point = 0; point <= kMaxCodePoint; point += point < 0x3000 ? 1 : 97) {
    if (is_surrogate(point)) continue;
    char16_t units[2];
    std::u16string text(units, write_utf16(point, units));
    std::string bytes = to_utf8(text);
    ASSERT_EQ(bytes.size(), utf8_length(point));
    ASSERT_TRUE(is_valid_utf8(bytes));
    ASSERT_EQ(decoded(bytes), text);
    ASSERT_EQ(code_point_at(text, 0).value, point);
  }
}

TEST(Utf, FindsIncompleteSuffixes) {
  EXPECT_EQ(incomplete_suffix("abc"), 0u);
  EXPECT_EQ(incomplete_suffix("abc\xc3"), 1u);
  EXPECT_EQ(incomplete_suffix("abc\xe2\x82"), 2u);
  EXPECT_EQ(incomplete_suffix("abc\xf0\x9f\x98"), 3u);
  EXPECT_EQ(incomplete_suffix("abc\xf0\x9f\x98\x80"), 0u);
  EXPECT_EQ(incomplete_suffix("\xe0\x80"), 0u);
  EXPECT_EQ(incomplete_suffix("\x80"), 0u);
  EXPECT_EQ(incomplete_suffix(""), 0u);
}

TEST(Utf, EncodesLatin1) {
  uint8_t text[] = {'a', 0xe4, 'b', 0xff};
  EXPECT_EQ(utf8_length(std::span<const uint8_t>(text)), 6u);
  char bytes[6];
  EXPECT_EQ(latin1_to_utf8(text, bytes), 6u);
  EXPECT_EQ(std::string_view(bytes, 6),
            "a\xc3\xa4"
            "b\xc3\xbf");
}

TEST(Utf, EncodesOnlyWholeCodePoints) {
  char bytes[8];
  EncodedPart part = utf16_to_utf8_part(u"a\u20acb", bytes, 3);
  EXPECT_EQ(part.read, 1u);
  EXPECT_EQ(part.written, 1u);
  uint8_t text[] = {'a', 'b', 0xe4};
  part = latin1_to_utf8_part(text, bytes, 3);
  EXPECT_EQ(part.read, 2u);
  EXPECT_EQ(part.written, 2u);
  part = latin1_to_utf8_part(text, bytes, 1);
  EXPECT_EQ(part.read, 1u);
}

TEST(Utf, WellFormedness) {
  std::u16string text = {u'a', 0xd83d, 0xde00, 0xdc00, 0xd800};
  EXPECT_EQ(first_lone_surrogate(text), 3u);
  make_well_formed(text);
  EXPECT_EQ(text, u"a\U0001F600\ufffd\ufffd");
  EXPECT_TRUE(is_well_formed(text));
}

TEST(Utf, AsciiAndLatin1Prefixes) {
  for (size_t length = 0; length < 20; ++length) {
    std::string narrow(length, 'x');
    std::u16string wide(length, u'x');
    EXPECT_TRUE(is_ascii(std::string_view(narrow)));
    EXPECT_TRUE(is_ascii(std::u16string_view(wide)));
    EXPECT_EQ(ascii_prefix(std::string_view(narrow + "\x80tail")), length);
    EXPECT_EQ(ascii_prefix(std::u16string_view(wide + u"\u0080tail")), length);
    EXPECT_TRUE(is_latin1(std::u16string_view(wide + u"\u00ff")));
    EXPECT_FALSE(is_latin1(std::u16string_view(wide + u"\u0100")));
  }
}

}  // namespace
}  // namespace skein::utf
