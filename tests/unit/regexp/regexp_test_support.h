// Matching in one call, with the result as text: "0,3|1,2|-" for the spans of group 0, 1 and an unset 2.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/regexp/regexp.h"

namespace skein::regexp::testing {

inline std::u16string widen(std::string_view ascii) {
  return std::u16string(ascii.begin(), ascii.end());
}

inline std::string spans_text(const std::vector<int32_t>& captures) {
  std::string text;
  for (size_t i = 0; i < captures.size(); i += 2) {
    if (i > 0) text += "|";
    text += captures[i] < 0 ? "-" : std::to_string(captures[i]) + "," + std::to_string(captures[i + 1]);
  }
  return text;
}

template <typename Unit>
std::string run(const Program& program, std::span<const Unit> input, size_t start) {
  MatchContext context;
  std::vector<int32_t> captures(2 * program.capture_count());
  switch (match(program, input, start, captures, context)) {
    case MatchStatus::kMatch:
      return spans_text(captures);
    case MatchStatus::kNoMatch:
      return "no match";
    case MatchStatus::kInterrupted:
      return "interrupted";
    case MatchStatus::kStackOverflow:
      return "stack overflow";
  }
  return "";
}

// Matches with both widths where the input has one, and expects the same of both.
inline std::string exec(std::u16string_view pattern, std::string_view flags, std::u16string_view input,
                        size_t start = 0) {
  auto parsed_flags = parse_flags(widen(flags));
  if (!parsed_flags) return "bad flags";
  CompileResult result = compile(pattern, *parsed_flags);
  if (result.error) return result.error.message;
  std::string wide = run(*result.program, std::span(input.data(), input.size()), start);
  std::vector<uint8_t> narrow;
  for (char16_t unit : input) {
    if (unit > 0xFF) return wide;
    narrow.push_back(static_cast<uint8_t>(unit));
  }
  EXPECT_EQ(run(*result.program, std::span<const uint8_t>(narrow), start), wide);
  return wide;
}

// The texts of the groups, "undefined" for an unset one, joined by "|".
inline std::string groups(std::string_view pattern, std::string_view flags, std::string_view input) {
  auto parsed_flags = parse_flags(widen(flags));
  if (!parsed_flags) return "bad flags";
  CompileResult result = compile(widen(pattern), *parsed_flags);
  if (result.error) return result.error.message;
  MatchContext context;
  std::vector<int32_t> captures(2 * result.program->capture_count());
  std::span<const uint8_t> units(reinterpret_cast<const uint8_t*>(input.data()), input.size());
  if (match(*result.program, units, 0, captures, context) != MatchStatus::kMatch) return "no match";
  std::string text;
  for (size_t i = 0; i < captures.size(); i += 2) {
    if (i > 0) text += "|";
    text += captures[i] < 0 ? "undefined"
                            : std::string(input.substr(static_cast<size_t>(captures[i]),
                                                       static_cast<size_t>(captures[i + 1] - captures[i])));
  }
  return text;
}

inline std::string error_of(std::u16string_view pattern, std::string_view flags = "") {
  SyntaxError error = validate(pattern, *parse_flags(widen(flags)));
  SyntaxError compile_error = compile(pattern, *parse_flags(widen(flags))).error;
  EXPECT_EQ(std::string(error ? error.message : "none"), compile_error ? compile_error.message : "none");
  return error ? error.message : "none";
}

}  // namespace skein::regexp::testing
