// Value: a JavaScript value in 64 bits.
//
// Two encodings behind one class:
//   offset (64-bit targets)     pointers are raw; doubles have 2^49 added to their bits; int32 under
//                               0xFFFE in the high 16 bits; the rest are small odd-ish constants.
//   tagged (wasm32, or -DSKEIN_TAGGED_VALUES)  doubles are raw; int32, cells and constants carry a
//                               tag in the high 16 bits above every canonical double. The constants are small
//                               negative numbers, and wasm32 tests tags in the high word: 64-bit constants would
//                               each take a register of the interpreter's loop from end to end.
// Numbers: an integral double in int32 range other than -0 is always held as int32 by
// Value::number(); Value(double) constructors do not exist, so the choice is visible.
#pragma once

#include <bit>
#include <cstdint>

#include "core/base/check.h"
#include "core/base/completion.h"
#include "core/gc/cell.h"
#include "core/gc/visitor.h"
#include "core/strings/cell_kind.h"

#if !defined(SKEIN_TAGGED_VALUES) && UINTPTR_MAX == UINT32_MAX
#define SKEIN_TAGGED_VALUES 1
#endif

namespace skein {

class String;
class Symbol;
class BigInt;
class Object;

class Value {
 public:
  constexpr Value() : bits_(kUndefinedBits) {}

  static constexpr Value undefined() { return Value(kUndefinedBits); }
  static constexpr Value null() { return Value(kNullBits); }
  static constexpr Value boolean(bool value) { return Value(value ? kTrueBits : kFalseBits); }
  static constexpr Value int32(int32_t value) { return Value(kIntTag | static_cast<uint32_t>(value)); }
  // Any number, in its canonical form.
  static Value number(double value) {
    if (value >= -2147483648.0 && value <= 2147483647.0) {
      int32_t integer = static_cast<int32_t>(value);
      if (std::bit_cast<uint64_t>(static_cast<double>(integer)) == std::bit_cast<uint64_t>(value)) return int32(integer);
    }
    return double_value(value);
  }
  static Value number(int32_t value) { return int32(value); }
  static Value number(uint32_t value) {
    return value <= INT32_MAX ? int32(static_cast<int32_t>(value)) : double_value(value);
  }
  static Value number(int64_t value) { return number(static_cast<double>(value)); }
  static Value number(uint64_t value) { return number(static_cast<double>(value)); }
  // A number that may stay a double although an int32 would hold it (arithmetic results).
  static Value double_value(double value) {
    uint64_t bits = std::bit_cast<uint64_t>(value);
    if (value != value) [[unlikely]] bits = kCanonicalNan;
#ifdef SKEIN_TAGGED_VALUES
    return Value(bits);
#else
    return Value(bits + kDoubleOffset);
#endif
  }
  static Value cell(const gc::Cell* cell) {
    return Value(kCellTag | reinterpret_cast<uintptr_t>(cell));
  }
  Value(const String* string);
  Value(const Symbol* symbol);
  Value(const BigInt* bigint);
  Value(const Object* object);

  // Not values of the language: a hole in elements, an uninitialised binding; the mark of a thrown
  // Completion.
  static constexpr Value empty() { return Value(kEmptyBits); }
  static constexpr Value thrown() { return Value(kThrownBits); }

  constexpr bool is_undefined() const { return bits_ == kUndefinedBits; }
  constexpr bool is_null() const { return bits_ == kNullBits; }
  constexpr bool is_nullish() const { return (bits_ & ~uint64_t{8}) == kNullBits; }
  constexpr bool is_boolean() const { return (bits_ & ~uint64_t{1}) == kFalseBits; }
  constexpr bool is_true() const { return bits_ == kTrueBits; }
  constexpr bool is_false() const { return bits_ == kFalseBits; }
  constexpr bool is_empty() const { return bits_ == kEmptyBits; }
#ifdef SKEIN_TAGGED_VALUES
  bool is_int32() const { return tag() == kIntTag >> kTagShift; }
  bool is_double() const { return tag() < kIntTag >> kTagShift; }
  bool is_number() const { return tag() < kCellTag >> kTagShift; }
  bool is_cell() const { return tag() == kCellTag >> kTagShift; }
#else
  constexpr bool is_int32() const { return bits_ >= kIntTag; }
  constexpr bool is_double() const { return bits_ - kDoubleOffset < kIntTag - kDoubleOffset; }
  constexpr bool is_number() const { return bits_ >= kDoubleOffset; }
  constexpr bool is_cell() const { return (bits_ & (kIntTag | 2)) == 0; }
#endif
  bool is_string() const { return is_kind(CellKind::kString); }
  bool is_symbol() const { return is_kind(CellKind::kSymbol); }
  bool is_bigint() const { return is_kind(CellKind::kBigInt); }
  bool is_object() const { return is_cell() && as_cell()->kind_byte() >= static_cast<uint8_t>(CellKind::kFirstObject); }
  bool is_kind(CellKind kind) const { return is_cell() && as_cell()->kind_byte() == static_cast<uint8_t>(kind); }
  bool is_primitive() const { return !is_object(); }

  constexpr bool as_boolean() const { return bits_ == kTrueBits; }
  constexpr int32_t as_int32() const { return static_cast<int32_t>(bits_); }
  double as_double() const {
#ifdef SKEIN_TAGGED_VALUES
    return std::bit_cast<double>(bits_);
#else
    return std::bit_cast<double>(bits_ - kDoubleOffset);
#endif
  }
  double as_number() const { return is_int32() ? as_int32() : as_double(); }
  gc::Cell* as_cell() const {
#ifdef SKEIN_TAGGED_VALUES
    return reinterpret_cast<gc::Cell*>(static_cast<uintptr_t>(bits_ & 0x0000FFFFFFFFFFFF));
#else
    return reinterpret_cast<gc::Cell*>(static_cast<uintptr_t>(bits_));
#endif
  }
  String* as_string() const;
  Symbol* as_symbol() const;
  BigInt* as_bigint() const;
  Object* as_object() const;
  // The cell as a T if it is one (by T::kKind), else null.
  template <typename T>
  T* as_if() const {
    return is_kind(T::kKind) ? static_cast<T*>(as_cell()) : nullptr;
  }
  template <typename T>
  T* as() const {
    SKEIN_DCHECK(is_kind(T::kKind));
    return static_cast<T*>(as_cell());
  }

  constexpr uint64_t bits() const { return bits_; }
  static constexpr Value from_bits(uint64_t bits) { return Value(bits); }
  // Identity of representation: not ===.
  friend constexpr bool operator==(Value a, Value b) { return a.bits_ == b.bits_; }

 private:
  explicit constexpr Value(uint64_t bits) : bits_(bits) {}

  static constexpr uint64_t kCanonicalNan = 0x7FF8000000000000;
#ifdef SKEIN_TAGGED_VALUES
  static constexpr uint64_t kIntTag = 0xFFF9000000000000;
  static constexpr uint64_t kCellTag = 0xFFFA000000000000;
  static constexpr uint64_t kSpecialTag = 0xFFFFFFFFFFFFFF00;
  // Pointers leave more of the high word free in wasm32.
  static constexpr int kTagShift = UINTPTR_MAX == UINT32_MAX ? 32 : 48;
  uint32_t tag() const {
    auto tag = static_cast<uint32_t>(bits_ >> kTagShift);
#ifdef __wasm__
    // Or else the compiler would make it a mask and a comparison of 64 bits.
    if (!__builtin_constant_p(tag)) asm("" : "+r"(tag));
#endif
    return tag;
  }
#else
  static constexpr uint64_t kDoubleOffset = 0x0002000000000000;
  static constexpr uint64_t kIntTag = 0xFFFE000000000000;
  static constexpr uint64_t kSpecialTag = 0;
  static constexpr uint64_t kCellTag = 0;
#endif
  // Bit 1 tells these from pointers; bit 3 alone is between null and undefined.
  static constexpr uint64_t kNullBits = kSpecialTag | 0x02;
  static constexpr uint64_t kUndefinedBits = kSpecialTag | 0x0A;
  static constexpr uint64_t kFalseBits = kSpecialTag | 0x06;
  static constexpr uint64_t kTrueBits = kSpecialTag | 0x07;
  static constexpr uint64_t kEmptyBits = kSpecialTag | 0x12;
  static constexpr uint64_t kThrownBits = kSpecialTag | 0x1A;

  uint64_t bits_;
};
static_assert(sizeof(Value) == 8);

template <>
struct CompletionTraits<Value> {
  static constexpr bool kInBand = true;
  static constexpr Value thrown() { return Value::thrown(); }
  static constexpr bool is_thrown(Value value) { return value == Value::thrown(); }
};

inline void visit_value(gc::Visitor& visitor, Value value) {
  if (value.is_cell()) visitor.visit(value.as_cell());
}

// What the write barriers ask for: null if it is no cell.
inline gc::Cell* cell_or_null(Value value) { return value.is_cell() ? value.as_cell() : nullptr; }

// A Value field of a heap cell, with the barrier inside.
class ValueSlot {
 public:
  ValueSlot() = default;
  ValueSlot(Value initial) : value_(initial) {}  // only while the owner is being built
  ValueSlot& operator=(const ValueSlot&) = delete;
  Value get() const { return value_; }
  operator Value() const { return value_; }
  void set(gc::Cell* owner, Value value) {
    value_ = value;
    owner->write_barrier(cell_or_null(value));
  }

 private:
  Value value_;
};

}  // namespace skein
