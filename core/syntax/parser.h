// Entry points of the parser.
//
// REQUIRES nothing of a heap or a runtime: parsing is a pure function of the text and the options,
// and may run on any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "core/syntax/program.h"

namespace skein::syntax {

enum class ParseStatus : uint8_t {
  kOk,
  kSyntaxError,
  kTooDeep,      // nesting beyond max_depth or stack_limit: report as RangeError or SyntaxError
  kInterrupted,  // the interrupt hook said so
  kOutOfMemory,  // beyond memory_limit
};

struct SyntaxError {
  std::string message;  // UTF-8, without "SyntaxError: "
  uint32_t offset = 0;
  uint32_t end = 0;
  LineColumn position;
};

struct ParseOptions {
  // Deepest nesting of expressions, statements and functions. The parser uses about 1 KB of C++
  // stack per level in an optimised build.
  uint32_t max_depth = 2000;
  // Lowest address that the C++ stack may reach; 0 is no check.
  uintptr_t stack_limit = 0;
  // Most bytes the tree and its names may take; 0 is no limit.
  size_t memory_limit = 0;

  // Called every few thousand tokens; true stops the parse.
  bool (*interrupt)(void* context) = nullptr;
  void* interrupt_context = nullptr;

  // Checks a regular expression literal (the flags are already known to be valid); false is an early
  // error with *message. Null accepts every pattern.
  bool (*validate_regexp)(TextView pattern, TextView flags, std::string* message) = nullptr;

  // parse_script for a host with a CommonJS wrapper or a REPL.
  bool allow_return = false;
  bool allow_top_level_await = false;

  // parse_eval, direct: the scope of the call (Call::eval_scope through make_scope_info), which also
  // says which of new.target, super and private names the code may use. Null is an indirect eval.
  std::shared_ptr<const ScopeInfo> outer_scope;
  // parse_eval, direct: the calling code is strict.
  bool is_strict = false;
};

struct ParseResult {
  ParseStatus status = ParseStatus::kOk;
  SyntaxError error;
  // Null unless status is kOk.
  std::shared_ptr<const Program> program;

  bool ok() const { return status == ParseStatus::kOk; }
};

// https://tc39.es/ecma262/#sec-parse-script
ParseResult parse_script(std::shared_ptr<const SourceText> source, const ParseOptions& options = {});

// https://tc39.es/ecma262/#sec-parsemodule
ParseResult parse_module(std::shared_ptr<const SourceText> source, const ParseOptions& options = {});

// https://tc39.es/ecma262/#sec-performeval
ParseResult parse_eval(std::shared_ptr<const SourceText> source, const ParseOptions& options = {});

enum class DynamicFunctionKind : uint8_t { kNormal, kGenerator, kAsync, kAsyncGenerator };

// https://tc39.es/ecma262/#sec-createdynamicfunction
// `parameters` is the joined text of all arguments but the last, `body` the last. Both are also
// parsed on their own, as the specification demands. The program's source is the synthesised text,
// its root the function itself.
ParseResult parse_function_constructor(DynamicFunctionKind kind, std::u16string_view parameters,
                                       std::u16string_view body, std::string name,
                                       const ParseOptions& options = {});

}  // namespace skein::syntax
