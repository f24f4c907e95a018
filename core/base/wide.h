// Words of 64 bits multiplied, and divided again, without the calls into the compiler's library that this is in wasm.
#pragma once

#include <cstdint>

namespace skein {

__extension__ using DoubleWord = unsigned __int128;

#ifdef __wasm__

inline DoubleWord make_wide(uint64_t high, uint64_t low) { return DoubleWord{high} << 64 | low; }

inline DoubleWord multiply_wide(uint64_t a, uint64_t b) {
  const uint64_t a0 = static_cast<uint32_t>(a), a1 = a >> 32, b0 = static_cast<uint32_t>(b), b1 = b >> 32;
  const uint64_t low = a0 * b0;
  const uint64_t middle = a1 * b0 + (low >> 32);
  const uint64_t other = a0 * b1 + static_cast<uint32_t>(middle);
  return make_wide(a1 * b1 + (middle >> 32) + (other >> 32), other << 32 | static_cast<uint32_t>(low));
}

// (high, low) / divisor. REQUIRES: high < divisor, whose top bit is set
// D. Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D, with two digits of 32 bits.
inline uint64_t divide_wide(uint64_t high, uint64_t low, uint64_t divisor) {
  const uint64_t d1 = divisor >> 32, d0 = static_cast<uint32_t>(divisor);
  auto digit = [&](uint64_t& rest, uint32_t next) {
    uint64_t quotient = rest / d1, remainder = rest % d1;
    while (quotient >> 32 != 0 || quotient * d0 > (remainder << 32 | next)) {
      --quotient;
      remainder += d1;
      if (remainder >> 32 != 0) break;
    }
    rest = (rest << 32 | next) - quotient * divisor;
    return quotient;
  };
  const uint64_t q1 = digit(high, static_cast<uint32_t>(low >> 32));
  return q1 << 32 | digit(high, static_cast<uint32_t>(low));
}

#else

inline DoubleWord multiply_wide(uint64_t a, uint64_t b) { return DoubleWord{a} * b; }
inline uint64_t divide_wide(uint64_t high, uint64_t low, uint64_t divisor) { return static_cast<uint64_t>((DoubleWord{high} << 64 | low) / divisor); }

#endif

}  // namespace skein
