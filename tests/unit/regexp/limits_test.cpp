// Interrupts, memory and threads.
#include <thread>

#include "tests/unit/regexp/regexp_test_support.h"

namespace skein::regexp::testing {
namespace {

struct Budget {
  int polls = 0;
  int allowed_polls = 100;
  ptrdiff_t bytes = 0;
  ptrdiff_t peak = 0;
  ptrdiff_t allowed_bytes = PTRDIFF_MAX;

  static bool poll(void* data) {
    auto* budget = static_cast<Budget*>(data);
    return ++budget->polls < budget->allowed_polls;
  }
  static bool charge(void* data, ptrdiff_t bytes) {
    auto* budget = static_cast<Budget*>(data);
    if (bytes > 0 && budget->bytes + bytes > budget->allowed_bytes) return false;
    budget->bytes += bytes;
    budget->peak = std::max(budget->peak, budget->bytes);
    return true;
  }
};

MatchStatus match_with(Budget& budget, std::u16string_view pattern, std::string_view flags,
                       const std::string& input, size_t stack_limit = MatchContext::kDefaultStackLimit) {
  CompileResult result = compile(pattern, *parse_flags(widen(flags)));
  EXPECT_TRUE(result.program) << result.error.message;
  MatchContext context;
  context.set_poll(Budget::poll, &budget);
  context.set_charge(Budget::charge, &budget);
  context.set_stack_limit(stack_limit);
  std::vector<int32_t> captures(2 * result.program->capture_count());
  std::span<const uint8_t> units(reinterpret_cast<const uint8_t*>(input.data()), input.size());
  return match(*result.program, units, 0, captures, context);
}

TEST(RegExpLimits, CatastrophesAreInterrupted) {
  std::string input = "c" + std::string(60, 'a') + "!";
  for (std::u16string_view pattern :
       {u"(a+)+b", u"(a+a+)+y", u"(a|aa)+$", u"(.*)*b", u"(?:a*)*(?:a*)*(?:a*)*b", u"(?=(a+)+b)c?",
        u"(?<!b(a+)+)!", u"(?:a?){60}a{60}[bc]", u"(?:){4000000000}[bc]", u"(?:\\b){4000000000}c",
        u"(?:(?:a|b)*)*c$", u"(?:(a)|(a))*?\\2b"}) {
    Budget budget;
    EXPECT_EQ(match_with(budget, pattern, "", input), MatchStatus::kInterrupted)
        << std::string(pattern.begin(), pattern.end());
    EXPECT_EQ(budget.polls, 100);
    EXPECT_EQ(budget.bytes, 0);
  }
}

TEST(RegExpLimits, QuadraticSearchesAreInterrupted) {
  Budget budget;
  budget.allowed_polls = 5;
  EXPECT_EQ(match_with(budget, u"[a-z]+1", "", std::string(200000, 'a')), MatchStatus::kInterrupted);
  budget.polls = 0;
  EXPECT_EQ(match_with(budget, u"a[^]*?1", "", std::string(200000, 'a')), MatchStatus::kInterrupted);
  budget.polls = 0;
  EXPECT_EQ(match_with(budget, u"(a*)[ab]\\1c", "", std::string(200000, 'a')), MatchStatus::kInterrupted);
}

TEST(RegExpLimits, StackIsBoundedAndCharged) {
  std::string input(1 << 20, 'a');
  Budget budget;
  budget.allowed_polls = 1 << 30;
  EXPECT_EQ(match_with(budget, u"(?:a|ab)*c", "y", input, 1 << 20), MatchStatus::kStackOverflow);
  EXPECT_LE(budget.peak, 1 << 20);
  EXPECT_EQ(budget.bytes, 0);

  budget = {};
  budget.allowed_polls = 1 << 30;
  budget.allowed_bytes = 1 << 16;
  EXPECT_EQ(match_with(budget, u"(?:a|ab)*c", "y", input), MatchStatus::kStackOverflow);
  EXPECT_LE(budget.peak, 1 << 16);

  // Loops over one character need none.
  budget = {};
  budget.allowed_polls = 1 << 30;
  EXPECT_EQ(match_with(budget, u".*[^]*\\w*a", "", input, 1 << 13), MatchStatus::kMatch);
  EXPECT_EQ(match_with(budget, u"(?:a)*(?:x|y)?$", "", input, 1 << 13), MatchStatus::kMatch);
}

TEST(RegExpLimits, CompilingIsBounded) {
  std::u16string pattern;
  for (int i = 0; i < 10000; ++i) pattern += u"(?:a|b+|[cd]x)*";
  EXPECT_TRUE(compile(pattern, Flags()).program);
  CompileResult result = compile(pattern, Flags(), size_t{1} << 16);
  EXPECT_FALSE(result.program);
  EXPECT_TRUE(result.error.is_limit);
  EXPECT_FALSE(validate(u"(", Flags()).is_limit);
}

TEST(RegExpLimits, NothingWrittenUnlessMatched) {
  CompileResult result = compile(u"(a)b", Flags());
  MatchContext context;
  std::vector<int32_t> captures(4, 77);
  EXPECT_EQ(match(*result.program, std::span(u"acad", 4), 0, captures, context), MatchStatus::kNoMatch);
  EXPECT_EQ(captures, std::vector<int32_t>(4, 77));
}

TEST(RegExpLimits, ProgramsAreShared) {
  CompileResult result = compile(u"(\\w+)@(?<host>[\\p{L}.]+)", *parse_flags(u"u"));
  std::vector<std::thread> threads;
  std::vector<int> found(4);
  for (int& count : found) {
    threads.emplace_back([&count, program = result.program] {
      MatchContext context;
      std::vector<int32_t> captures(6);
      std::u16string_view input = u"mail joe@example.org now";
      for (int i = 0; i < 1000; ++i) {
        if (match(*program, std::span(input.data(), input.size()), 0, captures, context) !=
            MatchStatus::kMatch)
          return;
        count += captures[0] == 5 && captures[3] == 8 && captures[5] == 20;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(found, std::vector<int>(4, 1000));
}

}  // namespace
}  // namespace skein::regexp::testing
