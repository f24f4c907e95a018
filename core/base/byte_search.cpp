#include "core/base/byte_search.h"

#include <bit>
#include <cstring>

namespace skein {

namespace {

const uint8_t* find_bytes_slowly(const uint8_t* text, size_t length, const uint8_t* pattern, size_t pattern_length) {
  return static_cast<const uint8_t*>(memmem(text, length, pattern, pattern_length));
}

#if defined(__SSE2__) || defined(__ARM_NEON) || defined(__wasm_simd128__)

constexpr size_t kBlock = 16;
using Block = uint8_t __attribute__((vector_size(kBlock)));
using Mask = uint64_t __attribute__((vector_size(kBlock)));

Block load(const uint8_t* from) {
  Block block;
  std::memcpy(&block, from, kBlock);
  return block;
}

// Compares at those of the eight places from `text` on that have a byte set in `candidates`.
const uint8_t* check_candidates(uint64_t candidates, const uint8_t* text, const uint8_t* pattern, size_t pattern_length, size_t& cost) {
  while (candidates != 0) {
    const int lane = std::countr_zero(candidates) / 8;
    if (std::memcmp(text + lane + 1, pattern + 1, pattern_length - 1) == 0) return text + lane;
    cost += pattern_length;
    candidates &= ~(uint64_t{0xFF} << (lane * 8));
  }
  return nullptr;
}

// The same at each of a few places.
const uint8_t* find_bytes_nearby(const uint8_t* text, size_t places, const uint8_t* pattern, size_t pattern_length) {
  for (size_t at = 0; at < places; ++at) {
    if (text[at] == pattern[0] && std::memcmp(text + at + 1, pattern + 1, pattern_length - 1) == 0) return text + at;
  }
  return nullptr;
}

// Sixteen places at a time are tested for the first and the last byte of the pattern. Where that lets too much
// through, the rest is searched in linear time.
const uint8_t* find_bytes_by_ends(const uint8_t* text, size_t length, const uint8_t* pattern, size_t pattern_length) {
  constexpr size_t kCostPerByte = 4, kFreeCost = 1024;
  const size_t places = length - pattern_length + 1;
  const Block first = Block{} + pattern[0], last = Block{} + pattern[pattern_length - 1];
  size_t cost = 0, at = 0;
  for (; at + kBlock <= places && cost <= kFreeCost + at * kCostPerByte; at += kBlock) {
    const auto hits = (load(text + at) == first) & (load(text + at + pattern_length - 1) == last);
    const Mask mask = reinterpret_cast<Mask>(hits);
    if ((mask[0] | mask[1]) == 0) [[likely]] continue;
    if (const uint8_t* found = check_candidates(mask[0], text + at, pattern, pattern_length, cost)) return found;
    if (const uint8_t* found = check_candidates(mask[1], text + at + 8, pattern, pattern_length, cost)) return found;
  }
  if (places - at <= kBlock) return find_bytes_nearby(text + at, places - at, pattern, pattern_length);
  return find_bytes_slowly(text + at, length - at, pattern, pattern_length);
}

#else

const uint8_t* find_bytes_by_ends(const uint8_t* text, size_t length, const uint8_t* pattern, size_t pattern_length) {
  return find_bytes_slowly(text, length, pattern, pattern_length);
}

#endif

}  // namespace

const uint8_t* find_bytes(const uint8_t* text, size_t length, const uint8_t* pattern, size_t pattern_length) {
  if (pattern_length > length) return nullptr;
  if (pattern_length == 1) return static_cast<const uint8_t*>(std::memchr(text, pattern[0], length));
  return find_bytes_by_ends(text, length, pattern, pattern_length);
}

}  // namespace skein
