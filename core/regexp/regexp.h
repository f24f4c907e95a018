// Regular expressions over spans of code units, without heap and runtime.
//
//   CompileResult result = regexp::compile(u"(a+)b", *regexp::parse_flags(u"g"));
//   regexp::MatchContext context;                          // one per thread, kept
//   std::vector<int32_t> captures(2 * result.program->capture_count());
//   regexp::match(*result.program, input, start, captures, context);
//
// A Program is immutable: any number of threads may match with it at once, each with a MatchContext
// of its own. lastIndex and the g flag are the caller's; y makes a match start at `start` or fail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/regexp/flags.h"
#include "core/regexp/match_context.h"
#include "core/regexp/parser.h"
#include "core/regexp/program.h"

namespace skein::regexp {

struct CompileResult {
  std::shared_ptr<const Program> program;  // null where there is an error
  SyntaxError error;
};

// What one pattern may take while it is compiled, and its program after, where nobody says less.
constexpr size_t kDefaultMaxBytes = size_t{64} << 20;

// Past `max_bytes`, of which each of the tree, the code and the tables may take as much, the pattern
// is refused with an error that is_limit.
CompileResult compile(std::u16string_view pattern, Flags flags, size_t max_bytes = kDefaultMaxBytes);
CompileResult compile(std::span<const uint8_t> latin1_pattern, Flags flags,
                      size_t max_bytes = kDefaultMaxBytes);

// The early errors of a pattern, without compiling it.
SyntaxError validate(std::u16string_view pattern, Flags flags);

// "Invalid regular expression: /(/u: Unterminated group"
std::u16string error_message(std::u16string_view pattern, Flags flags, const SyntaxError& error);

enum class MatchStatus : uint8_t {
  kMatch,
  kNoMatch,
  kInterrupted,    // the context's poll said so
  kStackOverflow,  // the backtracking stack would outgrow the context's limit
};

// Looks for the first match that starts at `start` or after it (at `start`, under y). On kMatch the
// start and end of group n are at captures[2n] and captures[2n + 1], -1 where it took no part;
// otherwise `captures` is not written.
// Under u and v a `start` between the halves of a surrogate pair means the pair.
// REQUIRES: start ≤ input.size() < 2^31, captures.size() ≥ 2 × program.capture_count().
MatchStatus match(const Program& program, std::span<const uint8_t> input, size_t start,
                  std::span<int32_t> captures, MatchContext& context);
MatchStatus match(const Program& program, std::span<const char16_t> input, size_t start,
                  std::span<int32_t> captures, MatchContext& context);

}  // namespace skein::regexp
