// The search for a start against the slow way: trying every position under y.
#include "tests/unit/regexp/regexp_test_support.h"

namespace skein::regexp::testing {
namespace {

std::string search_slowly(std::u16string_view pattern, std::string_view flags, std::u16string_view input) {
  for (size_t start = 0; start <= input.size(); ++start) {
    if (flags.find('u') != flags.npos && start > 0 && start < input.size() &&
        is_trail_surrogate(input[start]) && is_lead_surrogate(input[start - 1])) {
      continue;
    }
    std::string result = exec(pattern, std::string(flags) + "y", input, start);
    if (result != "no match") return result;
  }
  return "no match";
}

TEST(RegExpStart, FastSearchesAgreeWithTheSlowOne) {
  const std::u16string_view patterns[] = {u"abc",
                                          u"(?:ab)+c",
                                          u"a(?:bc|cb)",
                                          u"[ab]bc",
                                          u"abc|bca|cab",
                                          u"(?:ab|ba)[cd]x?",
                                          u"\\d\\d-",
                                          u"^b",
                                          u"^b|c",
                                          u"(?:^|\\n)b",
                                          u".*c",
                                          u".+?d",
                                          u"(.*)b",
                                          u"[^]*d",
                                          u"[\\s\\S]+?\\n",
                                          u"\\bab",
                                          u"(?=b)bc",
                                          u"(?<=a)b",
                                          u"",
                                          u"$",
                                          u"b$",
                                          u"\\w+\\s",
                                          u"(?:a|b|c|d|e)b",
                                          u"[^a]b",
                                          u"\u0416b",
                                          u"[\u0416a]b",
                                          u"(a)\\1",
                                          u"(?:a{2}|b{2})c",
                                          u"a{3}",
                                          u"[ab]{4}",
                                          u"(?:abc){2}",
                                          u"\U0001F600b",
                                          u"[\U0001F600b]c",
                                          u"\\Bb",
                                          u"(?:)b",
                                          u"x*b",
                                          u"(?!a)b.c"};
  const std::u16string_view inputs[] = {u"",
                                        u"a",
                                        u"abc",
                                        u"xxabcxx",
                                        u"cabbca",
                                        u"aabbcc",
                                        u"12-34-",
                                        u"a\nb\nc",
                                        u"\n\nd",
                                        u"aaaa",
                                        u"aaabbbbc",
                                        u"\u0416\u0416b",
                                        u"\u0416a\u0416b",
                                        u"\U0001F600\U0001F600b",
                                        u"\xD83D\U0001F600bc",
                                        u"\xDE00\xD83D b",
                                        u"ab cd",
                                        u"abcabc",
                                        u"bbc abc",
                                        u"abababababcx"};
  for (std::u16string_view pattern : patterns) {
    for (std::u16string_view input : inputs) {
      for (std::string_view flags : {"", "i", "m", "s", "u", "iu", "mu"}) {
        EXPECT_EQ(exec(pattern, flags, input), search_slowly(pattern, flags, input))
            << std::string(pattern.begin(), pattern.end()) << " " << flags;
      }
    }
  }
}

TEST(RegExpStart, TextsAreFoundAtEveryOffset) {
  for (size_t length = 2; length < 70; ++length) {
    for (size_t at = 0; at + 2 <= length; ++at) {
      std::u16string input(length, u'\u0100');
      input[at] = u'\u1234';
      input[at + 1] = u'x';
      EXPECT_EQ(exec(u"\u1234x", "", input), std::to_string(at) + "," + std::to_string(at + 2));
      EXPECT_EQ(exec(u"\u1234y", "", input), "no match");
    }
  }
}

TEST(RegExpStart, KindsAreChosen) {
  auto kind = [](std::u16string_view pattern, std::string_view flags = "") {
    return compile(pattern, *parse_flags(widen(flags))).program->start_kind;
  };
  EXPECT_EQ(kind(u"^a"), StartKind::kInputStart);
  EXPECT_EQ(kind(u"^a|^b"), StartKind::kInputStart);
  EXPECT_EQ(kind(u"^a", "m"), StartKind::kLines);
  EXPECT_EQ(kind(u".*a"), StartKind::kLines);
  EXPECT_EQ(kind(u".*a", "s"), StartKind::kOnce);
  EXPECT_EQ(kind(u"(.*)a\\1"), StartKind::kUnits);
  EXPECT_EQ(kind(u"abc"), StartKind::kText);
  EXPECT_EQ(kind(u"\\b(foo)+"), StartKind::kText);
  EXPECT_EQ(kind(u"holmes|watson"), StartKind::kWindow);
  EXPECT_EQ(kind(u"holmes", "i"), StartKind::kWindow);
  EXPECT_EQ(kind(u"\\d"), StartKind::kUnits);
  EXPECT_EQ(kind(u"a*"), StartKind::kAnywhere);
}

}  // namespace
}  // namespace skein::regexp::testing
