// Hashes of text and of integers.
//
// A string hashes alike whether it is stored in 8 or in 16 bits a code unit: the hash consumes code
// units widened to 16 bits, four at a time. Everything is constexpr, so that names known at build
// time carry their hash in the image. The arithmetic is 64-bit only (wasm has no wide multiply).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace skein {

// A finalizer that spreads every input bit over the whole word.
constexpr uint64_t mix_bits(uint64_t value) {
  value ^= value >> 32;
  value *= 0xd6e8feb86659fd93u;
  value ^= value >> 32;
  value *= 0xd6e8feb86659fd93u;
  value ^= value >> 32;
  return value;
}

namespace internal {

constexpr uint64_t kHashMultiplier = 0x9e3779b97f4a7c15u;

// Widens four bytes to four 16-bit lanes.
constexpr uint64_t spread_bytes(uint32_t bytes) {
  uint64_t wide = bytes;
  wide = (wide | (wide << 16)) & 0x0000ffff0000ffffu;
  return (wide | (wide << 8)) & 0x00ff00ff00ff00ffu;
}

// The next `count` (at most four) code units as one word, the first one lowest.
template <typename Unit>
constexpr uint64_t load_code_units(const Unit* text, size_t count) {
  if (!std::is_constant_evaluated() && count == 4) {
    if constexpr (sizeof(Unit) == 1) {
      uint32_t bytes;
      std::memcpy(&bytes, text, sizeof bytes);
      return spread_bytes(bytes);
    } else {
      uint64_t word;
      std::memcpy(&word, text, sizeof word);
      return word;
    }
  }
  uint64_t word = 0;
  for (size_t i = 0; i < count; ++i) {
    word |= uint64_t{static_cast<std::make_unsigned_t<Unit>>(text[i])} << (16 * i);
  }
  return word;
}

constexpr uint64_t hash_step(uint64_t state, uint64_t word) {
  state = (state ^ word) * kHashMultiplier;
  return state ^ (state >> 29);
}

}  // namespace internal

// The hash of `length` code units; Unit is char, uint8_t (both Latin-1) or char16_t.
// NOTE: the word loads assume little endian, as both targets are.
template <typename Unit>
constexpr uint32_t hash_text(const Unit* text, size_t length, uint64_t seed = 0) {
  static_assert(sizeof(Unit) == 1 || sizeof(Unit) == 2);
  uint64_t state = seed ^ (length * internal::kHashMultiplier);
  size_t position = 0;
  for (; length - position >= 4; position += 4) {
    state = internal::hash_step(state, internal::load_code_units(text + position, 4));
  }
  if (position < length) {
    state = internal::hash_step(state, internal::load_code_units(text + position, length - position));
  }
  return static_cast<uint32_t>(mix_bits(state));
}

constexpr uint32_t hash_text(std::string_view latin1, uint64_t seed = 0) {
  return hash_text(latin1.data(), latin1.size(), seed);
}
constexpr uint32_t hash_text(std::u16string_view utf16, uint64_t seed = 0) {
  return hash_text(utf16.data(), utf16.size(), seed);
}

constexpr uint32_t hash_integer(uint64_t value) {
  return static_cast<uint32_t>(mix_bits(value));
}

constexpr uint64_t combine_hashes(uint64_t first, uint64_t second) {
  return internal::hash_step(first, second);
}

}  // namespace skein
