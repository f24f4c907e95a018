// SharedAccess: the one way to touch bytes that several agents share.
//
// - Plain accesses ("unordered" in the specification) are relaxed atomics: no undefined behaviour in
//   C++, and no tearing of aligned elements up to 8 bytes. An unaligned DataView access goes byte by
//   byte, which the specification allows.
// - Atomics are sequentially consistent.
// - Ranges are copied with relaxed accesses, a word at a time where the shared side is aligned, so an
//   aligned element up to the word is never copied in two halves.
//
// The engine uses SharedAccess. A checked variant of the interpreter instantiates BasicSharedAccess
// with an observer that sees every access before it happens; the empty one costs nothing. An address
// names block and offset, for the checker keeps a map of the blocks that live.
//
// Pointers point into a SharedBlock; bounds are the caller's business. No function here allocates,
// blocks or calls out.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace skein::threading {

enum class AccessKind : uint8_t { kRead, kWrite, kReadModifyWrite };
enum class AccessOrder : uint8_t { kUnordered, kSeqCst };

struct NoAccessObserver {
  static constexpr void observe(const void* address, size_t length, AccessKind kind, AccessOrder order) {}
};

namespace internal {
template <size_t kSize>
struct UnsignedOfSize;
template <>
struct UnsignedOfSize<1> {
  using Type = uint8_t;
};
template <>
struct UnsignedOfSize<2> {
  using Type = uint16_t;
};
template <>
struct UnsignedOfSize<4> {
  using Type = uint32_t;
};
template <>
struct UnsignedOfSize<8> {
  using Type = uint64_t;
};

// The builtins rather than std::atomic_ref: the bytes are no objects of any type, and this header is
// included by everything that touches a typed array.
template <typename Word>
[[gnu::always_inline]] inline Word relaxed_load(const void* address) {
  return __atomic_load_n(static_cast<const Word*>(address), __ATOMIC_RELAXED);
}
template <typename Word>
[[gnu::always_inline]] inline void relaxed_store(void* address, Word word) {
  __atomic_store_n(static_cast<Word*>(address), word, __ATOMIC_RELAXED);
}

// The range functions without an observer, out of line: shared_access.cpp.
void shared_copy_out(void* private_target, const void* shared_source, size_t length);
void shared_copy_in(void* shared_target, const void* private_source, size_t length);
void shared_move(void* shared_target, const void* shared_source, size_t length);
void shared_fill(void* shared_target, uint8_t byte, size_t length);
}  // namespace internal

template <typename Observer>
struct BasicSharedAccess {
  template <typename T>
  using WordOf = typename internal::UnsignedOfSize<sizeof(T)>::Type;

  // --- plain accesses ---

  // T: an integer or floating-point type of 1, 2, 4 or 8 bytes. REQUIRES: aligned to sizeof(T)
  template <typename T>
  [[gnu::always_inline]] static T read(const void* address) {
    Observer::observe(address, sizeof(T), AccessKind::kRead, AccessOrder::kUnordered);
    return std::bit_cast<T>(internal::relaxed_load<WordOf<T>>(address));
  }
  template <typename T>
  [[gnu::always_inline]] static void write(void* address, T value) {
    Observer::observe(address, sizeof(T), AccessKind::kWrite, AccessOrder::kUnordered);
    internal::relaxed_store(address, std::bit_cast<WordOf<T>>(value));
  }

  // At any address (DataView).
  template <typename T>
  static T read_unaligned(const void* address) {
    if (reinterpret_cast<uintptr_t>(address) % sizeof(T) == 0) return read<T>(address);
    Observer::observe(address, sizeof(T), AccessKind::kRead, AccessOrder::kUnordered);
    uint8_t bytes[sizeof(T)];
    for (size_t i = 0; i < sizeof(T); ++i) {
      bytes[i] = internal::relaxed_load<uint8_t>(static_cast<const uint8_t*>(address) + i);
    }
    T value;
    std::memcpy(&value, bytes, sizeof(T));
    return value;
  }
  template <typename T>
  static void write_unaligned(void* address, T value) {
    if (reinterpret_cast<uintptr_t>(address) % sizeof(T) == 0) return write<T>(address, value);
    Observer::observe(address, sizeof(T), AccessKind::kWrite, AccessOrder::kUnordered);
    uint8_t bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    for (size_t i = 0; i < sizeof(T); ++i) {
      internal::relaxed_store<uint8_t>(static_cast<uint8_t*>(address) + i, bytes[i]);
    }
  }

  // --- Atomics; T: an integer type. REQUIRES: aligned to sizeof(T) ---

  template <typename T>
  static T load(const void* address) {
    Observer::observe(address, sizeof(T), AccessKind::kRead, AccessOrder::kSeqCst);
    return __atomic_load_n(static_cast<const T*>(address), __ATOMIC_SEQ_CST);
  }
  template <typename T>
  static void store(void* address, T value) {
    Observer::observe(address, sizeof(T), AccessKind::kWrite, AccessOrder::kSeqCst);
    __atomic_store_n(static_cast<T*>(address), value, __ATOMIC_SEQ_CST);
  }
  template <typename T>
  static T exchange(void* address, T value) {
    observe_modify<T>(address);
    return __atomic_exchange_n(static_cast<T*>(address), value, __ATOMIC_SEQ_CST);
  }
  // What was there; `replacement` was stored if that equals `expected`.
  template <typename T>
  static T compare_exchange(void* address, T expected, T replacement) {
    observe_modify<T>(address);
    __atomic_compare_exchange_n(static_cast<T*>(address), &expected, replacement, /*weak=*/false,
                                __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return expected;
  }
  // Each gives the value from before; arithmetic wraps around.
  template <typename T>
  static T add(void* address, T value) {
    observe_modify<T>(address);
    return __atomic_fetch_add(static_cast<T*>(address), value, __ATOMIC_SEQ_CST);
  }
  template <typename T>
  static T sub(void* address, T value) {
    observe_modify<T>(address);
    return __atomic_fetch_sub(static_cast<T*>(address), value, __ATOMIC_SEQ_CST);
  }
  template <typename T>
  static T and_(void* address, T value) {
    observe_modify<T>(address);
    return __atomic_fetch_and(static_cast<T*>(address), value, __ATOMIC_SEQ_CST);
  }
  template <typename T>
  static T or_(void* address, T value) {
    observe_modify<T>(address);
    return __atomic_fetch_or(static_cast<T*>(address), value, __ATOMIC_SEQ_CST);
  }
  template <typename T>
  static T xor_(void* address, T value) {
    observe_modify<T>(address);
    return __atomic_fetch_xor(static_cast<T*>(address), value, __ATOMIC_SEQ_CST);
  }

  // Atomics.isLockFree(sizeof(T)) for the sizes above; on wasm32 too, all four are.
  static constexpr bool is_lock_free(size_t size) { return size == 1 || size == 2 || size == 4 || size == 8; }

  // --- ranges, at any alignment ---

  // From shared to private memory.
  static void copy_from(void* private_target, const void* shared_source, size_t length) {
    Observer::observe(shared_source, length, AccessKind::kRead, AccessOrder::kUnordered);
    internal::shared_copy_out(private_target, shared_source, length);
  }
  // From private to shared memory.
  static void copy_to(void* shared_target, const void* private_source, size_t length) {
    Observer::observe(shared_target, length, AccessKind::kWrite, AccessOrder::kUnordered);
    internal::shared_copy_in(shared_target, private_source, length);
  }
  // From shared to shared memory; the ranges may overlap (the result is memmove's).
  static void move(void* shared_target, const void* shared_source, size_t length) {
    Observer::observe(shared_source, length, AccessKind::kRead, AccessOrder::kUnordered);
    Observer::observe(shared_target, length, AccessKind::kWrite, AccessOrder::kUnordered);
    internal::shared_move(shared_target, shared_source, length);
  }
  static void fill(void* shared_target, uint8_t byte, size_t length) {
    Observer::observe(shared_target, length, AccessKind::kWrite, AccessOrder::kUnordered);
    internal::shared_fill(shared_target, byte, length);
  }

 private:
  template <typename T>
  static void observe_modify(void* address) {
    Observer::observe(address, sizeof(T), AccessKind::kReadModifyWrite, AccessOrder::kSeqCst);
  }
};

using SharedAccess = BasicSharedAccess<NoAccessObserver>;

}  // namespace skein::threading
