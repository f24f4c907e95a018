// A compiled pattern.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/regexp/ast.h"
#include "core/regexp/flags.h"

namespace skein::regexp {

// How the matcher finds positions that are worth an attempt.
enum class StartKind : uint8_t {
  kAnywhere,
  kInputStart,  // only the beginning of the input
  kOnce,        // nowhere but where the search begins
  kLines,       // there, and after line terminators
  kText,        // start_data: offset in data of start_length units; the one at start_pivot is rare
  kWindow,      // start_data: how far to move on, by the last of start_length units
  kUnits,       // start_data: a unit table of what a match begins with
};

// Flat and free of pointers but for its vectors: writing the fields out and reading them back is
// all that serialising takes. Nothing changes after the compiler is done.
struct Program {
  std::vector<uint32_t> code;
  std::vector<uint32_t> data;
  std::vector<GroupName> group_names;  // in the order of the pattern; a name may come twice
  Flags flags;
  StartKind start_kind = StartKind::kAnywhere;
  uint32_t start_data = 0;
  uint32_t start_length = 0;
  uint32_t start_pivot = 0;
  uint32_t min_length = 0;  // in code units
  uint32_t register_count = 0;
  uint32_t captures = 1;

  // Groups, with group 0 for the whole match.
  uint32_t capture_count() const { return captures; }
  // What to charge its owner with.
  size_t memory_size() const;
};

}  // namespace skein::regexp
