// Short ways to parse a text in tests.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/syntax/dump.h"
#include "core/syntax/parser.h"

namespace skein::syntax {

enum class Goal { kScript, kModule, kEval };

inline ParseResult parse(std::string_view text, Goal goal = Goal::kScript, const ParseOptions& options = {}) {
  auto source = SourceText::from_utf8(text, "test.js");
  switch (goal) {
    case Goal::kModule:
      return parse_module(source, options);
    case Goal::kEval:
      return parse_eval(source, options);
    default:
      return parse_script(source, options);
  }
}

// The tree as text, or the error's message.
inline std::string show(std::string_view text, Goal goal = Goal::kScript, const ParseOptions& options = {}) {
  ParseResult result = parse(text, goal, options);
  return result.ok() ? dump(*result.program) : "error: " + result.error.message;
}

// The function with that name.
inline const FunctionNode* find_function(const Program& program, std::string_view name) {
  for (const FunctionNode* function : program.functions) {
    if (function->name != nullptr && function->name->to_utf8() == name) return function;
  }
  ADD_FAILURE() << "no function " << name;
  return program.root;
}

}  // namespace skein::syntax
