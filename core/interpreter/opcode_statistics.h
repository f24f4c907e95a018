// How often each instruction is executed, and which follows which: `skein --opcode-stats`, of builds for debugging
// (SKEIN_OPCODE_STATS). What is fused or quickened next is chosen by this.
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>

#include "core/bytecode/instruction.h"

namespace skein {

// Of one agent while it runs; thread rule: its thread.
class OpcodeStatistics {
 public:
  static constexpr bool kAvailable =
#ifdef SKEIN_OPCODE_STATS
      true;
#else
      false;
#endif

  // From now on new agents count. Any thread.
  static void enable();
  static bool is_enabled();
  // What all agents that have ended have counted. Any thread.
  static void print(std::FILE* file);

  // Adds what was counted to that sum.
  ~OpcodeStatistics();
  void count(uint32_t opcode) {
    ++pairs_[last_][opcode];
    last_ = opcode;
  }

 private:
  friend struct SumOfOpcodes;
  static constexpr uint32_t kOpcodes = 256;
  using Pairs = std::array<std::array<uint64_t, kOpcodes>, kOpcodes>;
  Pairs pairs_{};
  uint32_t last_ = kOpcodes - 1;  // no opcode: before the first
};

}  // namespace skein
