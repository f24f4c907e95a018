// The generator behind Math.random: xorshift128+, one state per agent, seeded from outside.
#pragma once

#include <bit>
#include <cstdint>

#include "core/base/hash.h"

namespace skein::numeric {

class Random {
 public:
  // Any seed will do; equal seeds give equal sequences.
  explicit constexpr Random(uint64_t seed)
      : first_(mix_bits(seed + 0x9e3779b97f4a7c15u) | 1), second_(mix_bits(seed ^ 0xa5a5a5a5a5a5a5a5u)) {}

  constexpr uint64_t next_bits() {
    uint64_t older = first_;
    uint64_t newer = second_;
    uint64_t result = older + newer;
    first_ = newer;
    older ^= older << 23;
    second_ = older ^ newer ^ (older >> 18) ^ (newer >> 5);
    return result;
  }

  // In [0, 1), with all 53 bits of the significand random.
  constexpr double next_double() { return static_cast<double>(next_bits() >> 11) * 0x1p-53; }

 private:
  uint64_t first_;
  uint64_t second_;
};

}  // namespace skein::numeric
