// What a break, continue or return has to pass on its way out: the compile-time stack of enclosing
// targets, handlers, iterators to close and finally blocks. Entries live on the C++ stack of the
// compiler function that handles their construct.
//
// Code emitted for the way out (closing an iterator, say) stands in the middle of the construct but
// is not part of it: while it is emitted, the handler ranges of all entries passed are interrupted.
#pragma once

#include <vector>

#include "core/bytecode/builder.h"
#include "core/syntax/ast.h"

namespace skein::compiler {

using bytecode::Builder;
using bytecode::Label;
using bytecode::Register;

enum class ExitKind : uint8_t { kBreak, kContinue, kReturn };

// Where a jump wants to go. `target` is null for a return.
struct Exit {
  ExitKind kind;
  const syntax::JumpTarget* target;

  friend bool operator==(const Exit&, const Exit&) = default;
};

enum class ControlKind : uint8_t {
  kTarget,    // an exit arrives here
  kHandler,   // a catch: nothing to do but to leave its range
  kIterator,  // close the iterator
  kFinally,   // run the finalizer with the exit as completion
};

struct Control {
  ControlKind kind;
  Control* outer = nullptr;

  // kTarget
  Exit exit{};
  Label* label = nullptr;

  // Those with a handler: its range is open from `range_start` on.
  bool has_handler = false;
  uint32_t range_start = 0;
  Label* handler = nullptr;
  Register exception = 0;

  // kIterator: the pair, and a register that is true when there is nothing left to close (or 0).
  Register iterator = 0;
  Register done = 0;
  bool is_async = false;

  // kFinally. completion_kind is an int: kNormal, kThrow, or kFirstExit plus an index into exits; for a throw
  // or a return completion_value is its value.
  static constexpr int kNormal = -1;
  static constexpr int kThrow = 0;
  static constexpr int kFirstExit = 1;
  Register completion_kind = 0;
  Register completion_value = 0;
  Label* finalizer = nullptr;
  std::vector<Exit> exits{};
};

}  // namespace skein::compiler
