// Early errors, and the limits on what is compiled.
#include "tests/unit/regexp/regexp_test_support.h"

namespace skein::regexp::testing {
namespace {

TEST(RegExpSyntax, Messages) {
  EXPECT_EQ(error_of(u"("), "Unterminated group");
  EXPECT_EQ(error_of(u"a)"), "Unmatched ')'");
  EXPECT_EQ(error_of(u"["), "Unterminated character class");
  EXPECT_EQ(error_of(u"[a\\]"), "Unterminated character class");
  EXPECT_EQ(error_of(u"*"), "Nothing to repeat");
  EXPECT_EQ(error_of(u"a**"), "Nothing to repeat");
  EXPECT_EQ(error_of(u"^*"), "Nothing to repeat");
  EXPECT_EQ(error_of(u"\\b+"), "Nothing to repeat");
  EXPECT_EQ(error_of(u"(?<=a)*"), "Nothing to repeat");
  EXPECT_EQ(error_of(u"{1}"), "Nothing to repeat");
  EXPECT_EQ(error_of(u"a{2,1}"), "numbers out of order in {} quantifier");
  EXPECT_EQ(error_of(u"[b-a]"), "Range out of order in character class");
  EXPECT_EQ(error_of(u"\\"), "\\ at end of pattern");
  EXPECT_EQ(error_of(u"(?"), "Invalid group");
  EXPECT_EQ(error_of(u"(?a)"), "Invalid group");
  EXPECT_EQ(error_of(u"(?<a"), "Invalid capture group name");
  EXPECT_EQ(error_of(u"(?<>a)"), "Invalid capture group name");
  EXPECT_EQ(error_of(u"(?<1>a)"), "Invalid capture group name");
  EXPECT_EQ(error_of(u"(?<a>.)(?<a>.)"), "Duplicate capture group name");
  EXPECT_EQ(error_of(u"(?<a>.)\\k"), "Invalid named reference");
  EXPECT_EQ(error_of(u"(?<a>.)\\k<b>"), "Invalid named capture referenced");

  SyntaxError error = validate(u"ab(c", Flags());
  EXPECT_EQ(error.offset, 4u);
  EXPECT_EQ(error_message(u"(", *parse_flags(u"iu"), validate(u"(", Flags())),
            u"Invalid regular expression: /(/iu: Unterminated group");
}

TEST(RegExpSyntax, FullUnicodeIsStrict) {
  EXPECT_EQ(error_of(u"{", "u"), "Nothing to repeat");
  EXPECT_EQ(error_of(u"}", "u"), "Lone quantifier brackets");
  EXPECT_EQ(error_of(u"]", "u"), "Lone quantifier brackets");
  EXPECT_EQ(error_of(u"a{1", "u"), "Incomplete quantifier");
  EXPECT_EQ(error_of(u"\\-", "u"), "Invalid escape");
  EXPECT_EQ(error_of(u"[\\-]", "u"), "none");
  EXPECT_EQ(error_of(u"\\a", "u"), "Invalid escape");
  EXPECT_EQ(error_of(u"\\/\\^\\$\\\\\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|", "u"), "none");
  EXPECT_EQ(error_of(u"\\c", "u"), "Invalid unicode escape");
  EXPECT_EQ(error_of(u"\\u", "u"), "Invalid Unicode escape");
  EXPECT_EQ(error_of(u"\\u{110000}", "u"), "Invalid Unicode escape");
  EXPECT_EQ(error_of(u"\\u{0000000000010FFFF}", "u"), "none");
  EXPECT_EQ(error_of(u"\\x1", "u"), "Invalid escape");
  EXPECT_EQ(error_of(u"\\1", "u"), "Invalid escape");
  EXPECT_EQ(error_of(u"\\1(a)", "u"), "none");
  EXPECT_EQ(error_of(u"\\00", "u"), "Invalid decimal escape");
  EXPECT_EQ(error_of(u"[\\1]", "u"), "Invalid class escape");
  EXPECT_EQ(error_of(u"[\\d-a]", "u"), "Invalid character class");
  EXPECT_EQ(error_of(u"(?=a)*", "u"), "Nothing to repeat");
  EXPECT_EQ(error_of(u"\\k<a>", "u"), "Invalid named capture referenced");
}

TEST(RegExpSyntax, ClassSets) {
  EXPECT_EQ(error_of(u"[a--b&&c]", "v"), "Invalid set operation in character class");
  EXPECT_EQ(error_of(u"[a&&&b]", "v"), "Invalid character in character class");
  for (std::u16string_view pattern : {u"[(]", u"[)]", u"[{]", u"[}]", u"[/]", u"[-]", u"[|]", u"[a-]"}) {
    EXPECT_NE(error_of(pattern, "v"), "none");
    EXPECT_EQ(error_of(pattern, "u"), "none");
  }
  for (std::u16string_view pattern :
       {u"[!!]", u"[##]", u"[$$]", u"[%%]", u"[**]", u"[++]", u"[,,]", u"[..]", u"[::]", u"[;;]", u"[<<]",
        u"[==]", u"[>>]", u"[??]", u"[@@]", u"[``]", u"[~~]", u"[^^^]"}) {
    EXPECT_EQ(error_of(pattern, "v"), "Invalid set operation in character class");
  }
  EXPECT_EQ(error_of(u"[[a]", "v"), "Unterminated character class");
  EXPECT_EQ(error_of(u"\\q{a}", "v"), "Invalid escape");
  EXPECT_EQ(error_of(u"[\\d-z]", "v"), "Invalid character class");
}

TEST(RegExpSyntax, Modifiers) {
  EXPECT_EQ(error_of(u"(?ims-:a)"), "none");
  EXPECT_EQ(error_of(u"(?-ims:a)"), "none");
  EXPECT_EQ(error_of(u"(?-:a)"), "Invalid flag group");
  EXPECT_EQ(error_of(u"(?ii:a)"), "Repeated flag in flag group");
  EXPECT_EQ(error_of(u"(?i-i:a)"), "Repeated flag in flag group");
  EXPECT_EQ(error_of(u"(?i--m:a)"), "Multiple dashes in flag group");
  EXPECT_EQ(error_of(u"(?u:a)"), "Invalid group");
  EXPECT_EQ(error_of(u"(?I:a)"), "Invalid group");
  EXPECT_EQ(error_of(u"(?i)"), "Invalid flag group");
}

TEST(RegExpSyntax, GroupNames) {
  EXPECT_EQ(error_of(u"(?<\u03C0>a)"), "none");
  EXPECT_EQ(error_of(u"(?<\\u{03C0}>a)"), "none");
  EXPECT_EQ(error_of(u"(?<a\U000104A4>a)"), "none");
  EXPECT_EQ(error_of(u"(?<a\\uD801\\uDCA4>a)"), "none");
  EXPECT_EQ(error_of(u"(?<a\\uD801>a)"), "Invalid capture group name");
  EXPECT_EQ(error_of(u"(?<$_\u200C>a)"), "none");
  EXPECT_EQ(error_of(u"(?<a\\x61>a)"), "Invalid Unicode escape");
  EXPECT_EQ(error_of(u"(?<a>.)|(?<a>.)"), "none");
  EXPECT_EQ(error_of(u"(?:(?<a>.)|b)(?<a>.)"), "Duplicate capture group name");
  EXPECT_EQ(error_of(u"(?<a>(?<a>.)|.)"), "Duplicate capture group name");
  EXPECT_EQ(error_of(u"(?:(?<a>x)|(?:(?<b>y)|(?<a>z)))|(?<b>w)"), "none");
  EXPECT_EQ(error_of(u"(?<a>.)[\\k]"), "Invalid escape");
}

TEST(RegExpSyntax, Flags) {
  EXPECT_EQ(parse_flags(u"dgimsuy")->bits(), 0xFF & ~Flags::kUnicodeSets);
  EXPECT_FALSE(parse_flags(u"gg"));
  EXPECT_FALSE(parse_flags(u"uv"));
  EXPECT_FALSE(parse_flags(u"x"));
  EXPECT_FALSE(parse_flags(u"\u0167"));
  EXPECT_STREQ(flags_text(*parse_flags(u"ysvmigd")).letters, "dgimsvy");
}

std::u16string repeat(std::u16string_view text, size_t count) {
  std::u16string result;
  for (size_t i = 0; i < count; ++i) result += text;
  return result;
}

TEST(RegExpLimits, NestingIsRefusedNotOverflown) {
  constexpr const char* kTooDeep = "Regular expression too deeply nested";
  EXPECT_EQ(error_of(repeat(u"(", 100000) + repeat(u")", 100000)), "Too many captures");
  EXPECT_EQ(error_of(repeat(u"(?:", 100000) + repeat(u")", 100000)), kTooDeep);
  EXPECT_EQ(error_of(repeat(u"(?=", 100000) + repeat(u")", 100000)), kTooDeep);
  EXPECT_EQ(error_of(repeat(u"(?<!", 100000) + repeat(u")", 100000)), kTooDeep);
  EXPECT_EQ(error_of(repeat(u"(?i:", 100000)), kTooDeep);
  EXPECT_EQ(error_of(repeat(u"[", 100000), "v"), kTooDeep);
  EXPECT_EQ(exec(repeat(u"(?:", 250) + u"a" + repeat(u")*", 250), "", u"aa"), "0,2");
  EXPECT_EQ(error_of(repeat(u"(", 250) + repeat(u")*", 250)), "none");
  EXPECT_EQ(exec(repeat(u"(?:x|b(?:a|y", 125) + repeat(u")*)", 125), "", u"bab"), "0,2");
}

TEST(RegExpLimits, LongPatterns) {
  EXPECT_EQ(error_of(repeat(u"a|", 550000)), "Regular expression too large");
  EXPECT_EQ(exec(repeat(u"ab|", 10000) + u"xy", "", u"xy"), "0,2");
  EXPECT_EQ(exec(repeat(u"a", 300000), "", repeat(u"a", 300001)), "0,300000");
  EXPECT_EQ(exec(repeat(u"a?", 300), "", repeat(u"a", 300)), "0,300");
  EXPECT_EQ(error_of(repeat(u"()", 65534)), "none");
  EXPECT_EQ(error_of(repeat(u"()", 65536)), "Too many captures");
}

}  // namespace
}  // namespace skein::regexp::testing
