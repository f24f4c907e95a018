// Code points, case and properties.
#include "tests/unit/regexp/regexp_test_support.h"

namespace skein::regexp::testing {
namespace {

TEST(RegExpUnicode, SurrogatePairs) {
  EXPECT_EQ(exec(u"^.$", "", u"\U0001F600"), "no match");
  EXPECT_EQ(exec(u"^.$", "u", u"\U0001F600"), "0,2");
  EXPECT_EQ(exec(u"^[^x]$", "u", u"\U0001F600"), "0,2");
  EXPECT_EQ(exec(u"^[\U0001F600-\U0001F610]+$", "u", u"\U0001F600\U0001F605"), "0,4");
  EXPECT_EQ(exec(u"\\u{1F600}", "u", u"x\U0001F600"), "1,3");
  EXPECT_EQ(exec(u"\\uD83D\\uDE00", "u", u"x\U0001F600"), "1,3");
  EXPECT_EQ(exec(u"\U0001F600{2}", "u", u"\U0001F600\U0001F600"), "0,4");
  EXPECT_EQ(exec(u"\U0001F600{2}", "", u"\U0001F600\U0001F600"), "no match");
  EXPECT_EQ(exec(u"(?<=^.)a", "u", u"\U0001F600a"), "2,3");
  EXPECT_EQ(exec(u".*?a", "u", u"\U0001F600\U0001F600a"), "0,5");
  EXPECT_EQ(exec(u".{1,2}?a", "u", u"\U0001F600\U0001F600\U0001F600a"), "2,7");
}

TEST(RegExpUnicode, LoneSurrogatesAreNotHalvesOfPairs) {
  EXPECT_EQ(exec(u"\xD83D", "", u"\U0001F600"), "0,1");
  EXPECT_EQ(exec(u"\xD83D", "u", u"\U0001F600"), "no match");
  EXPECT_EQ(exec(u"\\uDE00", "u", u"\U0001F600"), "no match");
  EXPECT_EQ(exec(u"[\\uDE00]", "u", u"\U0001F600\xDE00"), "2,3");
  EXPECT_EQ(exec(u"\xD83D", "u", u"\xD83D\xD83D\xDE00"), "0,1");
  EXPECT_EQ(exec(u"(?<!\xD83D)\xDE00", "u", u"\U0001F600\xDE00"), "2,3");
  EXPECT_EQ(exec(u"(\xD83D)\\1", "u", u"\xD83D\U0001F600"), "no match");
  EXPECT_EQ(exec(u"\\S", "u", u"\U0001F600"), "0,2");
  // A start within a pair is the start of the pair.
  EXPECT_EQ(exec(u".", "u", u"\U0001F600a", 1), "0,2");
  EXPECT_EQ(exec(u"\xDE00", "uy", u"\U0001F600", 1), "no match");
  EXPECT_EQ(exec(u"\\b|$", "u", u"\U0001F600", 0), "2,2");
}

TEST(RegExpUnicode, CaseByUpperCase) {
  EXPECT_EQ(exec(u"abc", "i", u"xABCx"), "1,4");
  EXPECT_EQ(exec(u"\u00E9", "i", u"\u00C9"), "0,1");
  EXPECT_EQ(exec(u"\u00B5", "i", u"\u039C\u00B5"), "0,1");
  EXPECT_EQ(exec(u"\u00FF", "i", u"\u0178"), "0,1");
  // ß becomes two characters: it stays itself
  EXPECT_EQ(exec(u"\u00DF", "i", u"\u1E9E"), "no match");
  // Nothing outside of ASCII equals something inside.
  EXPECT_EQ(exec(u"s", "i", u"\u017F"), "no match");
  EXPECT_EQ(exec(u"k", "i", u"\u212A"), "no match");
  EXPECT_EQ(exec(u"\u0131", "i", u"I"), "no match");
  EXPECT_EQ(exec(u"\u0130", "i", u"i"), "no match");
  EXPECT_EQ(exec(u"[^x]", "i", u"X"), "no match");
  EXPECT_EQ(exec(u"[\\W]", "i", u"s"), "no match");
  EXPECT_EQ(exec(u"[A-z]", "i", u"^"), "0,1");
  EXPECT_EQ(exec(u"\u03C3", "i", u"\u03C2"), "0,1");
  EXPECT_EQ(exec(u"\u1F80", "i", u"\u1F88"), "no match");
  EXPECT_EQ(exec(u"\U00010428", "i", u"\U00010400"), "no match");
  EXPECT_EQ(exec(u"\u01C5", "i", u"\u01C6"), "0,1");
}

TEST(RegExpUnicode, CaseByFolding) {
  EXPECT_EQ(exec(u"s", "iu", u"\u017F"), "0,1");
  EXPECT_EQ(exec(u"\u017F", "iu", u"S"), "0,1");
  EXPECT_EQ(exec(u"k", "iu", u"\u212A"), "0,1");
  EXPECT_EQ(exec(u"[j-l]", "iu", u"\u212A"), "0,1");
  EXPECT_EQ(exec(u"\u0131", "iu", u"I"), "no match");
  EXPECT_EQ(exec(u"\u0130", "iu", u"i"), "no match");
  EXPECT_EQ(exec(u"\u00DF", "iu", u"\u1E9E"), "0,1");
  EXPECT_EQ(exec(u"\u1F80", "iu", u"\u1F88"), "0,1");
  EXPECT_EQ(exec(u"\U00010428", "iu", u"\U00010400"), "0,2");
  EXPECT_EQ(exec(u"(\U00010428)\\1", "iu", u"\U00010428\U00010400"), "0,4|0,2");
  EXPECT_EQ(exec(u"\\w", "iu", u"\u017F"), "0,1");
  EXPECT_EQ(exec(u"\\w", "u", u"\u017F"), "no match");
  EXPECT_EQ(exec(u"\\W", "iu", u"\u017F"), "no match");
  EXPECT_EQ(exec(u"[^\\W]", "iu", u"\u212A"), "0,1");
  EXPECT_EQ(exec(u"\\b\u017F", "iu", u"\u017F"), "0,1");
  EXPECT_EQ(exec(u"\\b\u017F", "u", u"\u017F"), "no match");
  EXPECT_EQ(exec(u"(?i:\\b)\u017F", "u", u"\u017F"), "0,1");
}

TEST(RegExpUnicode, Properties) {
  EXPECT_EQ(exec(u"\\p{L}+", "u", u"1a\u00E9\u4E2D2"), "1,4");
  EXPECT_EQ(exec(u"\\P{L}+", "u", u"a12b"), "1,3");
  EXPECT_EQ(exec(u"\\p{Lu}", "u", u"aB"), "1,2");
  EXPECT_EQ(exec(u"\\p{Lu}", "iu", u"a"), "0,1");
  EXPECT_EQ(exec(u"\\p{General_Category=Uppercase_Letter}", "u", u"aB"), "1,2");
  EXPECT_EQ(exec(u"\\p{Script=Greek}+", "u", u"a\u03B1\u03B2b"), "1,3");
  EXPECT_EQ(exec(u"\\p{sc=Grek}", "u", u"\u03B1"), "0,1");
  EXPECT_EQ(exec(u"\\p{Script=Devanagari}", "u", u"\u0964"), "no match");
  EXPECT_EQ(exec(u"\\p{Script_Extensions=Devanagari}", "u", u"\u0964"), "0,1");
  EXPECT_EQ(exec(u"\\p{scx=Deva}", "u", u"\u0964"), "0,1");
  EXPECT_EQ(exec(u"^\\p{Any}+$", "u", u"a\U0001F600"), "0,3");
  EXPECT_EQ(exec(u"\\p{ASCII}", "u", u"\u00E9a"), "1,2");
  EXPECT_EQ(exec(u"\\p{Assigned}", "u", u"\u0378a"), "1,2");
  EXPECT_EQ(exec(u"[\\p{Lu}\\d]+", "u", u"aB1c"), "1,3");
  EXPECT_EQ(exec(u"[^\\p{Lu}]", "u", u"Ba"), "1,2");
  EXPECT_EQ(exec(u"\\p{ID_Start}", "u", u"1$a"), "2,3");
  EXPECT_EQ(exec(u"\\p{punct}", "u", u"a!"), "1,2");
  EXPECT_EQ(exec(u"\\p{Script=Katakana_Or_Hiragana}", "u", u"\u30A2"), "no match");
}

TEST(RegExpUnicode, InvalidProperties) {
  for (std::u16string_view pattern : {u"\\p",
                                      u"\\p{",
                                      u"\\p{}",
                                      u"\\pL",
                                      u"\\p{lu}",
                                      u"\\p{ Lu}",
                                      u"\\p{Lu }",
                                      u"\\p{Script}",
                                      u"\\p{Script=}",
                                      u"\\p{script=Greek}",
                                      u"\\p{Script=greek}",
                                      u"\\p{Greek}",
                                      u"\\p{InGreek}",
                                      u"\\p{IsGreek}",
                                      u"\\p{Block=Greek}",
                                      u"\\p{gc=L=L}",
                                      u"\\p{ASCII=Yes}",
                                      u"\\p{Line_Break}",
                                      u"\\p{Composition_Exclusion}",
                                      u"\\p{General_Category}",
                                      u"\\p{Script=Afak}",
                                      u"\\p{^Lu}",
                                      u"\\p{RGI_Emoji}",
                                      u"\\p{Other_Alphabetic}"}) {
    EXPECT_EQ(error_of(pattern, "u"), "Invalid property name");
  }
  EXPECT_EQ(error_of(u"\\P{RGI_Emoji}", "v"), "Invalid property name");
  EXPECT_EQ(error_of(u"\\p{RGI_Emoji}", "v"), "none");
}

TEST(RegExpUnicode, SetOperations) {
  EXPECT_EQ(error_of(u"[a-z--b]", "v"), "Invalid set operation in character class");
  EXPECT_EQ(exec(u"[[a-z]--[aeiou]]+", "v", u"aebcdu"), "2,5");
  EXPECT_EQ(exec(u"[\\w--\\d]+", "v", u"12ab3"), "2,4");
  EXPECT_EQ(exec(u"[[a-z]&&[f-p]&&[^m]]+", "v", u"abfgmn"), "2,4");
  EXPECT_EQ(exec(u"[\\p{L}--\\p{Script=Latin}]", "v", u"a\u03B1"), "1,2");
  EXPECT_EQ(exec(u"[^[a-z][0-9]]+", "v", u"a0-!b"), "2,4");
  EXPECT_EQ(exec(u"[[a-c]x[0-9]]+", "v", u"zbx5z"), "1,4");
  EXPECT_EQ(exec(u"[^]", "v", u"a"), "0,1");
  EXPECT_EQ(exec(u"[]", "v", u"a"), "no match");
  EXPECT_EQ(exec(u"[\\-\\&\\!]+", "v", u"a-&!b"), "1,4");
}

TEST(RegExpUnicode, SetStrings) {
  EXPECT_EQ(exec(u"[\\q{abc|d|ab}x]", "v", u"zabc"), "1,4");
  EXPECT_EQ(exec(u"[\\q{abc|d|ab}x]", "v", u"zabd"), "1,3");
  EXPECT_EQ(exec(u"^[\\q{abc|ab|a}]bc", "v", u"abc"), "0,3");
  EXPECT_EQ(exec(u"[\\q{ab|}]", "v", u"xab"), "0,0");
  EXPECT_EQ(exec(u"[\\q{ab|cd}--\\q{ab}]", "v", u"abcd"), "2,4");
  EXPECT_EQ(exec(u"[\\q{ab|cd|e}&&[\\q{cd}e]]+", "v", u"abcde"), "2,5");
  EXPECT_EQ(exec(u"[\\q{AB}]", "iv", u"ab"), "0,2");
  EXPECT_EQ(exec(u"(?<=[\\q{ab|b}])c", "v", u"abc"), "2,3");
  EXPECT_EQ(exec(u"[\\q{a|b}--b]", "v", u"ba"), "1,2");
  EXPECT_EQ(error_of(u"[^\\q{ab}]", "v"), "Negated character class may contain strings");
  EXPECT_EQ(error_of(u"[^\\q{a|b}]", "v"), "none");
  EXPECT_EQ(error_of(u"[^\\q{}]", "v"), "Negated character class may contain strings");
  EXPECT_EQ(error_of(u"[^[\\q{ab}&&a]]", "v"), "none");
  EXPECT_EQ(error_of(u"[^[a--\\q{ab}]]", "v"), "none");
  EXPECT_EQ(error_of(u"[^[\\q{ab}--\\q{ab}]]", "v"), "Negated character class may contain strings");
}

// MaybeSimpleCaseFolding happens before the operators.
TEST(RegExpUnicode, SetOperationsIgnoringCase) {
  EXPECT_EQ(exec(u"[\\p{Lu}--[A-Y]]", "iv", u"bz"), "1,2");
  EXPECT_EQ(exec(u"[\\p{Lu}&&\\p{Ll}]", "iv", u"a"), "0,1");
  EXPECT_EQ(exec(u"[^\\p{Lu}]", "iv", u"a"), "no match");
  EXPECT_EQ(exec(u"\\P{Lu}", "iv", u"a"), "no match");
  EXPECT_EQ(exec(u"\\P{Lu}", "iu", u"a"), "0,1");
  EXPECT_EQ(exec(u"[\\w--k]+", "iv", u"\u212Aj"), "1,2");
  EXPECT_EQ(exec(u"[^x]", "iv", u"X"), "no match");
}

}  // namespace
}  // namespace skein::regexp::testing
