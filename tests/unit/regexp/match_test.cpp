// What patterns match and what they capture.
#include "tests/unit/regexp/regexp_test_support.h"

namespace skein::regexp::testing {
namespace {

TEST(RegExpMatch, Literals) {
  EXPECT_EQ(exec(u"abc", "", u"xxabcxx"), "2,5");
  EXPECT_EQ(exec(u"abc", "", u"ab"), "no match");
  EXPECT_EQ(exec(u"", "", u"ab"), "0,0");
  EXPECT_EQ(exec(u"", "", u"ab", 2), "2,2");
  EXPECT_EQ(exec(u"a", "", u"aba", 1), "2,3");
  EXPECT_EQ(exec(u"a\\.b", "", u"axb a.b"), "4,7");
  EXPECT_EQ(exec(u"\u0416x", "", u"\u0416\u0416x"), "1,3");
  EXPECT_EQ(exec(u"\u0416", "", u"abc"), "no match");
}

TEST(RegExpMatch, Classes) {
  EXPECT_EQ(exec(u"[a-c]+", "", u"xxabcabd"), "2,7");
  EXPECT_EQ(exec(u"[^a-c]+", "", u"abxyc"), "2,4");
  EXPECT_EQ(exec(u"[]", "", u"a"), "no match");
  EXPECT_EQ(exec(u"a[^]b", "", u"a\nb"), "0,3");
  EXPECT_EQ(exec(u"[\\d-x]+", "", u"a-1xb"), "1,4");
  EXPECT_EQ(exec(u"[x-\\d]+", "", u"ax-1b"), "1,4");
  EXPECT_EQ(exec(u"[\\b]", "", u"a\bc"), "1,2");
  EXPECT_EQ(exec(u"\\w+", "", u"-aZ_09-"), "1,6");
  EXPECT_EQ(exec(u"\\s+", "", u"a \t\u00A0\u2003\uFEFFb"), "1,6");
  EXPECT_EQ(exec(u"\\S+", "", u"\u2028ab\u3000"), "1,3");
  EXPECT_EQ(exec(u"[\u0100-\u0200\u3000\uFF00-\uFFFF]+", "", u"a\u0150\u3000\uFF01\u0250"), "1,4");
  EXPECT_EQ(exec(u".+", "", u"\nab\u2028c"), "1,3");
  EXPECT_EQ(exec(u".+", "s", u"\nab\u2028c"), "0,5");
}

TEST(RegExpMatch, Quantifiers) {
  EXPECT_EQ(exec(u"a*", "", u"aaab"), "0,3");
  EXPECT_EQ(exec(u"a*?", "", u"aaab"), "0,0");
  EXPECT_EQ(exec(u"a+?b", "", u"aaab"), "0,4");
  EXPECT_EQ(exec(u"a{2}", "", u"aaab"), "0,2");
  EXPECT_EQ(exec(u"a{2,}", "", u"aaab"), "0,3");
  EXPECT_EQ(exec(u"a{1,2}?b", "", u"aaab"), "1,4");
  EXPECT_EQ(exec(u"a{0}b", "", u"aaab"), "3,4");
  EXPECT_EQ(exec(u"(?:ab){2,3}", "", u"abababab"), "0,6");
  EXPECT_EQ(exec(u"(?:ab){2,3}?", "", u"abababab"), "0,4");
  EXPECT_EQ(exec(u"(?:ab){3}", "", u"abab"), "no match");
  EXPECT_EQ(exec(u"x.*y.*z", "", u"xxyyzzyy"), "0,6");
  EXPECT_EQ(exec(u"<.*?>", "", u"<a><b>"), "0,3");
}

TEST(RegExpMatch, HugeQuantifiers) {
  EXPECT_EQ(exec(u"a{4294967296}", "", u"aaa"), "no match");
  EXPECT_EQ(exec(u"a{0,99999999999999999999999}", "", u"aaa"), "0,3");
  EXPECT_EQ(exec(u"a{9007199254740991,}?", "", u"aaa"), "no match");
  EXPECT_EQ(exec(u"(?:ab){2147483648,}", "", u"abab"), "no match");
  EXPECT_EQ(exec(u"(?:ab){0,2147483648}", "", u"abab"), "0,4");
  EXPECT_EQ(exec(u"(?:(?:a{1000}){1000}){1000}", "", u"aaaa"), "no match");
}

TEST(RegExpMatch, Backtracking) {
  EXPECT_EQ(groups("(a*)(a*)b", "", "aaab"), "aaab|aaa|");
  EXPECT_EQ(groups("(a*?)(a*)b", "", "aaab"), "aaab||aaa");
  EXPECT_EQ(groups("(.*)(\\d+)", "", "abc123"), "abc123|abc12|3");
  EXPECT_EQ(groups("(\\w+)\\s(\\w+)", "", "John Smith"), "John Smith|John|Smith");
  EXPECT_EQ(groups("((a)|(ab))((c)|(bc))", "", "abc"), "abc|a|a|undefined|bc|undefined|bc");
  EXPECT_EQ(groups("a[a-z]{2,4}", "", "abcdefghi"), "abcde");
  EXPECT_EQ(groups("a[a-z]{2,4}?", "", "abcdefghi"), "abc");
  EXPECT_EQ(groups("(aa|aabaac|ba|b|c)*", "", "aabaac"), "aaba|ba");
}

TEST(RegExpMatch, CapturesAreResetByIterations) {
  EXPECT_EQ(groups("(z)((a+)?(b+)?(c))*", "", "zaacbbbcac"), "zaacbbbcac|z|ac|a|undefined|c");
  EXPECT_EQ(groups("(?:(a)|b)*", "", "ab"), "ab|undefined");
  EXPECT_EQ(groups("(?:(a)|(b)){2}", "", "ab"), "ab|undefined|b");
  EXPECT_EQ(groups("(?:(a)|(b)){2,3}?", "", "abx"), "ab|undefined|b");
  EXPECT_EQ(groups("(?:(?:(a)|b)x)*y", "", "axbxy"), "axbxy|undefined");
}

TEST(RegExpMatch, EmptyIterations) {
  EXPECT_EQ(groups("(a*)*", "", "b"), "|undefined");
  EXPECT_EQ(groups("(?:a*)*", "", "aab"), "aa");
  EXPECT_EQ(groups("(?:a*)*c", "", "aab"), "no match");
  EXPECT_EQ(groups("(a?b?\?)*", "", "ab"), "ab|b");
  EXPECT_EQ(groups("(?:(a*)|b)+", "", "aab"), "aab|undefined");
  EXPECT_EQ(groups("(a*)+", "", "b"), "|");
  EXPECT_EQ(groups("(a*){2,}", "", "b"), "|");
  EXPECT_EQ(groups("(?=(a))*?b", "", "b"), "b|undefined");
  EXPECT_EQ(groups("(?:)*x", "", "x"), "x");
  EXPECT_EQ(groups("(\\2a)(\\1)", "", "aaa"), "aa|a|a");
  EXPECT_EQ(groups("(?:|(a)){2}", "", "a"), "|undefined");
  EXPECT_EQ(groups("(?:|(a)){2}$", "", "a"), "a|a");
}

TEST(RegExpMatch, Assertions) {
  EXPECT_EQ(exec(u"^a", "", u"ba"), "no match");
  EXPECT_EQ(exec(u"^a", "m", u"b\na"), "2,3");
  EXPECT_EQ(exec(u"^", "m", u"a\r\nb", 1), "2,2");
  EXPECT_EQ(exec(u"a$", "", u"a\nb"), "no match");
  EXPECT_EQ(exec(u"a$", "m", u"a\u2028b"), "0,1");
  EXPECT_EQ(exec(u"\\bfoo\\b", "", u"afoo foo"), "5,8");
  EXPECT_EQ(exec(u"\\Boo\\B", "", u"oo xoox"), "4,6");
  EXPECT_EQ(exec(u"^$", "", u""), "0,0");
  EXPECT_EQ(exec(u"(?:^|x)a", "", u"xa"), "0,2");
  EXPECT_EQ(exec(u"^a|^b", "", u"xb"), "no match");
}

TEST(RegExpMatch, Lookahead) {
  EXPECT_EQ(exec(u"a(?=b)", "", u"acab"), "2,3");
  EXPECT_EQ(exec(u"a(?!b)", "", u"abac"), "2,3");
  EXPECT_EQ(groups("(?=(a+))", "", "baaabac"), "|aaa");
  EXPECT_EQ(groups("(?=(a+))a*b\\1", "", "baaabac"), "aba|a");
  EXPECT_EQ(groups("(.*?)a(?!(a+)b\\2c)\\2(.*)", "", "baaabaac"), "baaabaac|ba|undefined|abaac");
  EXPECT_EQ(groups("(?!(a))b", "", "b"), "b|undefined");
  EXPECT_EQ(groups("(?:(?=(a|b))[ab])+", "", "ab"), "ab|b");
  EXPECT_EQ(groups("(?=(\\w)(\\w))*..", "", "xy"), "xy|undefined|undefined");
  // What a lookahead has captured is undone when the rest makes the matcher go back before it.
  EXPECT_EQ(groups("(?:(?=(a))a+b|a+)c", "", "aac"), "aac|undefined");
}

TEST(RegExpMatch, LookbehindMatchesBackward) {
  EXPECT_EQ(exec(u"(?<=abc)d", "", u"abcd"), "3,4");
  EXPECT_EQ(exec(u"(?<!abc)d", "", u"abcd dd"), "5,6");
  EXPECT_EQ(groups("(?<=(\\d+)(\\d+))$", "", "1053"), "|1|053");
  EXPECT_EQ(groups("(?<=(?:(\\d+)|x)y)z", "", "12yz"), "z|12");
  EXPECT_EQ(groups("(?<=\\1(\\w))d", "i", "abcCd"), "d|C");
  EXPECT_EQ(groups("(?<=(\\w)\\1)d", "", "abccd"), "d|c");
  EXPECT_EQ(groups("(?<=([abc]+)([abc]+))$", "", "abc"), "|a|bc");
  EXPECT_EQ(groups("(?<=a{2,3}?)b", "", "aaab"), "b");
  EXPECT_EQ(groups("(?<=^(\\w+))def", "", "abcdef"), "def|abc");
  EXPECT_EQ(groups("(?<=(?=(a))a)b", "", "ab"), "b|a");
  EXPECT_EQ(groups("(?<=a|bc)d", "", "bcd"), "d");
  EXPECT_EQ(exec(u"(?<=^|,)x", "", u"ax,x"), "3,4");
}

TEST(RegExpMatch, BackReferences) {
  EXPECT_EQ(groups("(a*)b\\1", "", "aabaac"), "aabaa|aa");
  EXPECT_EQ(groups("(\\w)\\1", "", "abccd"), "cc|c");
  EXPECT_EQ(groups("(a\\1)", "", "aa"), "a|a");
  EXPECT_EQ(groups("\\1(a)", "", "aa"), "a|a");
  EXPECT_EQ(groups("(?:(a)|b)\\1", "", "b"), "b|undefined");
  EXPECT_EQ(groups("(ab)\\1", "i", "abAB"), "abAB|ab");
  EXPECT_EQ(groups("(?<year>\\d{4})-\\k<year>", "", "2024-2024"), "2024-2024|2024");
  EXPECT_EQ(groups("\\k<a>(?<a>x)", "", "x"), "x|x");
  EXPECT_EQ(groups("(?:(a)\\1|b)+", "", "aab"), "aab|undefined");
}

TEST(RegExpMatch, DuplicateNamedGroups) {
  EXPECT_EQ(groups("(?:(?<x>a)|(?<x>b))\\k<x>", "", "bb"), "bb|undefined|b");
  EXPECT_EQ(groups("(?:(?:(?<x>a)|(?<x>b))\\k<x>){2}", "", "aabb"), "aabb|undefined|b");
  EXPECT_EQ(groups("^(?:(?<a>x)|(?<a>y)|z)\\k<a>$", "", "z"), "z|undefined|undefined");
  EXPECT_EQ(groups("(?<a>x)|(?:zy\\k<a>)", "", "zy"), "zy|undefined");
  CompileResult result = compile(u"(?<y>a)(?<x>a)|(?<x>b)(?<y>b)", Flags());
  ASSERT_TRUE(result.program);
  ASSERT_EQ(result.program->group_names.size(), 4u);
  EXPECT_EQ(result.program->group_names[2].name, u"x");
  EXPECT_EQ(result.program->group_names[2].group, 3u);
}

TEST(RegExpMatch, Modifiers) {
  EXPECT_EQ(exec(u"(?i:a)b", "", u"Ab"), "0,2");
  EXPECT_EQ(exec(u"(?i:a)b", "", u"AB"), "no match");
  EXPECT_EQ(exec(u"(?-i:a)b", "i", u"aB"), "0,2");
  EXPECT_EQ(exec(u"(?-i:a)b", "i", u"AB"), "no match");
  EXPECT_EQ(exec(u"(?m:^b$)", "", u"a\nb\nc"), "2,3");
  EXPECT_EQ(exec(u"(?s:.)(?-s:.)", "s", u"\n\na"), "1,3");
  EXPECT_EQ(exec(u"(a)(?i:\\1)", "", u"aA"), "0,2|0,1");
  EXPECT_EQ(exec(u"(?i:a(?-i:b))c", "", u"Abc"), "0,3");
  EXPECT_EQ(exec(u"(?i-s:.a)", "s", u"\na"), "no match");
}

TEST(RegExpMatch, Sticky) {
  EXPECT_EQ(exec(u"a", "y", u"ba"), "no match");
  EXPECT_EQ(exec(u"a", "y", u"ba", 1), "1,2");
  EXPECT_EQ(exec(u"^a", "y", u"ba", 1), "no match");
  EXPECT_EQ(exec(u"^a", "my", u"\na", 1), "1,2");
  EXPECT_EQ(exec(u"a|b", "y", u"cb", 0), "no match");
}

TEST(RegExpMatch, Alternatives) {
  EXPECT_EQ(groups("a|ab", "", "abc"), "a");
  EXPECT_EQ(groups("(?:|a)b", "", "ab"), "ab");
  EXPECT_EQ(groups("foo|bar|baz|ba", "", "bax"), "ba");
  EXPECT_EQ(groups("(?:foo|fo|f)(o*)x", "", "foox"), "foox|");
  EXPECT_EQ(groups("(?:x|ab|ac|a|\\w)d", "", "acd"), "acd");
  EXPECT_EQ(groups("(?:a|b|c)+", "", "xcabx"), "cab");
  EXPECT_EQ(groups("(?:one|two|three|four|five|)!", "", "thre!five!"), "!");
}

// Annex B: what is no syntax under u and v.
TEST(RegExpMatch, LegacySyntax) {
  EXPECT_EQ(exec(u"a{", "", u"a{"), "0,2");
  EXPECT_EQ(exec(u"a{1", "", u"a{1"), "0,3");
  EXPECT_EQ(exec(u"x{,5}", "", u"x{,5}"), "0,5");
  EXPECT_EQ(exec(u"]}", "", u"]}"), "0,2");
  EXPECT_EQ(exec(u"\\c", "", u"\\c"), "0,2");
  EXPECT_EQ(exec(u"\\cA", "", u"\x01"), "0,1");
  EXPECT_EQ(exec(u"[\\c]", "", u"\\"), "0,1");
  EXPECT_EQ(exec(u"[\\c1]", "", u"\x11"), "0,1");
  EXPECT_EQ(exec(u"[\\c_]", "", u"\x1F"), "0,1");
  EXPECT_EQ(exec(u"\\1", "", u"\x01"), "0,1");
  EXPECT_EQ(exec(u"(a)\\2", "", u"a\x02"), "0,2|0,1");
  EXPECT_EQ(exec(u"\\101", "", u"A"), "0,1");
  EXPECT_EQ(exec(u"\\400", "", u" 0"), "0,2");
  EXPECT_EQ(exec(u"\\8\\9", "", u"89"), "0,2");
  EXPECT_EQ(exec(u"[\\101\\8]+", "", u"A8"), "0,2");
  EXPECT_EQ(exec(u"\\x1\\u12", "", u"x1u12"), "0,5");
  EXPECT_EQ(exec(u"\\u{3}", "", u"uuu"), "0,3");
  EXPECT_EQ(exec(u"\\k<a>", "", u"k<a>"), "0,4");
  EXPECT_EQ(exec(u"\\p{L}", "", u"p{L}"), "0,4");
  EXPECT_EQ(exec(u"(?=a){2}a", "", u"a"), "0,1");
  EXPECT_EQ(exec(u"(?!a){0}a", "", u"a"), "0,1");
  EXPECT_EQ(exec(u"\\0", "", std::u16string_view(u"\0", 1)), "0,1");
  EXPECT_EQ(exec(u"(<!a)", "", u"<!a"), "0,3|0,3");
}

}  // namespace
}  // namespace skein::regexp::testing
