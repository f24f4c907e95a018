// The grammar of patterns, with its early errors.
// https://tc39.es/ecma262/#sec-patterns and, without u and v,
// https://tc39.es/ecma262/#sec-regular-expressions-patterns
#pragma once

#include <cstdint>
#include <string_view>

#include "core/regexp/ast.h"
#include "core/regexp/flags.h"

namespace skein::regexp {

struct SyntaxError {
  const char* message = nullptr;  // static; null for none
  uint32_t offset = 0;            // in code units of the pattern
  // Too large, too deep or too many rather than wrong.
  bool is_limit = false;
  explicit operator bool() const { return message != nullptr; }
};

// Groups and nested classes deeper than this are refused: parser and compiler recurse by nesting, and
// take up to 1 KB of the native stack a level (less in WebAssembly).
constexpr uint32_t kMaxNesting = 256;
constexpr uint32_t kMaxCaptures = 0xFFFF;
// Bounds on the work that a pattern may make; parsing and compiling cannot be interrupted.
constexpr size_t kMaxPatternLength = size_t{1} << 25;
constexpr size_t kMaxNodes = size_t{1} << 19;
// The message of what breaks a limit rather than the grammar.
inline constexpr char kTooLarge[] = "Regular expression too large";

enum class ParseGoal : uint8_t {
  kCompile,   // a tree to compile
  kValidate,  // the errors only: the tree's sets stay empty
};

// `max_bytes` bounds the tree, roughly.
SyntaxError parse(std::u16string_view pattern, Flags flags, ParseGoal goal, size_t max_bytes, Ast& ast);

}  // namespace skein::regexp
