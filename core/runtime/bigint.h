// https://tc39.es/ecma262/#sec-ecmascript-language-types-bigint-type
// Sign and magnitude; the arithmetic is numeric/'s, over the digit spans.
#pragma once

#include <span>

#include "core/runtime/value.h"

namespace skein {

class BigInt final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kBigInt;
  static constexpr const char* kKindName = "BigInt";
  static constexpr uint32_t kMaxDigits = (1u << 30) / 64;  // 2^30 bits, as V8

  BigInt(uint32_t digit_count, bool is_negative)
      : gc::Cell(static_cast<uint8_t>(kKind), digit_count, is_negative ? 1 : 0) {}

  // Uninitialised digits; null when too large or when the limit does not allow it.
  static BigInt* try_make(gc::Heap& heap, size_t digit_count, bool is_negative);

  // Least significant first; no leading zero digits; zero has none and is not negative.
  std::span<uint64_t> digits() { return {reinterpret_cast<uint64_t*>(this + 1), word_}; }
  std::span<const uint64_t> digits() const { return {reinterpret_cast<const uint64_t*>(this + 1), word_}; }
  bool is_negative() const { return flags_ & 1; }
  bool is_zero() const { return word_ == 0; }
  // Keeps the lowest `count` digits; the cell keeps its size.
  void truncate(size_t count) { word_ = static_cast<uint32_t>(count); }
  void set_negative(bool negative) { flags_ = negative ? 1 : 0; }

  size_t cell_size() const { return sizeof(BigInt) + word_ * sizeof(uint64_t); }
  void trace(gc::Visitor&) {}
};

}  // namespace skein
