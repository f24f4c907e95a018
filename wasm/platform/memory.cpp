// memcpy, memmove, memset, memcmp and memchr, in place of libc's, which take a byte or a word at a time.
//
// The compiler calls them wherever it would otherwise put memory.copy and memory.fill (-mno-bulk-memory-opt):
// those are calls into the engine, which cost more than the few words that an interpreter moves at a time.
// Short blocks are taken by their two ends, which may overlap; all is read before anything is written.
//
// Built with -fno-builtin, so that none of these loops becomes a call to its own function.
#include <wasm_simd128.h>

#include <cstddef>
#include <cstdint>

namespace {

constexpr size_t kBlock = 16;
// From here on the engine's own loop pays.
constexpr size_t kBulk = 512;

template <typename T>
T load(const void* from) {
  T value;
  __builtin_memcpy(&value, from, sizeof value);
  return value;
}
template <typename T>
void store(void* to, T value) {
  __builtin_memcpy(to, &value, sizeof value);
}

// sizeof(T) <= size <= 2 * sizeof(T)
template <typename T>
[[gnu::always_inline]] inline void copy_ends(uint8_t* to, const uint8_t* from, size_t size) {
  const T first = load<T>(from), last = load<T>(from + size - sizeof(T));
  store(to, first);
  store(to + size - sizeof(T), last);
}

// Up to two blocks, which may overlap in any way.
[[gnu::always_inline]] inline void copy_short(uint8_t* to, const uint8_t* from, size_t size) {
  if (size > 2 * sizeof(uint64_t)) {
    const v128_t first = wasm_v128_load(from), last = wasm_v128_load(from + size - kBlock);
    wasm_v128_store(to, first);
    wasm_v128_store(to + size - kBlock, last);
  } else if (size >= sizeof(uint64_t)) {
    copy_ends<uint64_t>(to, from, size);
  } else if (size >= sizeof(uint32_t)) {
    copy_ends<uint32_t>(to, from, size);
  } else if (size >= sizeof(uint16_t)) {
    copy_ends<uint16_t>(to, from, size);
  } else if (size != 0) {
    *to = *from;
  }
}

// More than one block; `to` lies before `from` or behind its end.
void copy_up(uint8_t* to, const uint8_t* from, size_t size) {
  const v128_t last = wasm_v128_load(from + size - kBlock);
  uint8_t* const last_block = to + size - kBlock;
  do {
    wasm_v128_store(to, wasm_v128_load(from));
    to += kBlock;
    from += kBlock;
  } while (to < last_block);
  wasm_v128_store(last_block, last);
}

// More than one block; `to` lies behind `from`.
void copy_down(uint8_t* to, const uint8_t* from, size_t size) {
  const v128_t first = wasm_v128_load(from);
  size_t left = size;
  do {
    left -= kBlock;
    wasm_v128_store(to + left, wasm_v128_load(from + left));
  } while (left > kBlock);
  wasm_v128_store(to, first);
}

[[gnu::noinline]] void copy_bulk(void* to, const void* from, size_t size) {
  asm volatile("local.get %0\n\tlocal.get %1\n\tlocal.get %2\n\tmemory.copy 0, 0" : : "r"(to), "r"(from), "r"(size) : "memory");
}
[[gnu::noinline]] void fill_bulk(void* to, int byte, size_t size) {
  asm volatile("local.get %0\n\tlocal.get %1\n\tlocal.get %2\n\tmemory.fill 0" : : "r"(to), "r"(byte), "r"(size) : "memory");
}

// Texts compare as the big-endian numbers that they are.
[[gnu::always_inline]] inline uint64_t big_endian(const uint8_t* from) { return __builtin_bswap64(load<uint64_t>(from)); }
[[gnu::always_inline]] inline int order(uint64_t left, uint64_t right) { return left < right ? -1 : left > right; }

[[gnu::always_inline]] inline int compare_short(const uint8_t* left, const uint8_t* right, size_t size) {
  if (size >= sizeof(uint64_t)) {
    const uint64_t a = big_endian(left), b = big_endian(right);
    if (a != b) return order(a, b);
    const size_t rest = size - sizeof(uint64_t);
    return order(big_endian(left + rest), big_endian(right + rest));
  }
  for (size_t i = 0; i < size; ++i) {
    if (left[i] != right[i]) return left[i] - right[i];
  }
  return 0;
}

}  // namespace

extern "C" {

void* memcpy(void* __restrict to, const void* __restrict from, size_t size) {
  auto* out = static_cast<uint8_t*>(to);
  auto* in = static_cast<const uint8_t*>(from);
  if (size <= 2 * kBlock) copy_short(out, in, size);
  else if (size < kBulk) copy_up(out, in, size);
  else copy_bulk(to, from, size);
  return to;
}

void* memmove(void* to, const void* from, size_t size) {
  auto* out = static_cast<uint8_t*>(to);
  auto* in = static_cast<const uint8_t*>(from);
  if (size <= 2 * kBlock) copy_short(out, in, size);
  else if (size >= kBulk) copy_bulk(to, from, size);
  else if (reinterpret_cast<uintptr_t>(to) - reinterpret_cast<uintptr_t>(from) >= size) copy_up(out, in, size);
  else copy_down(out, in, size);
  return to;
}

void* memset(void* to, int byte, size_t size) {
  auto* out = static_cast<uint8_t*>(to);
  const uint64_t pattern = static_cast<uint8_t>(byte) * uint64_t{0x0101010101010101};
  if (size >= kBulk) {
    fill_bulk(to, byte, size);
  } else if (size >= kBlock) {
    const v128_t block = wasm_i64x2_splat(static_cast<int64_t>(pattern));
    for (size_t i = 0; i + kBlock < size; i += kBlock) wasm_v128_store(out + i, block);
    wasm_v128_store(out + size - kBlock, block);
  } else if (size >= sizeof(uint64_t)) {
    store(out, pattern);
    store(out + size - sizeof(uint64_t), pattern);
  } else {
    for (size_t i = 0; i < size; ++i) out[i] = static_cast<uint8_t>(byte);
  }
  return to;
}

int memcmp(const void* one, const void* other, size_t size) {
  auto* left = static_cast<const uint8_t*>(one);
  auto* right = static_cast<const uint8_t*>(other);
  if (size <= kBlock) return compare_short(left, right, size);
  for (size_t i = 0;;) {
    const uint32_t same = wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(left + i), wasm_v128_load(right + i)));
    if (same != 0xFFFF) {
      const size_t at = i + static_cast<size_t>(__builtin_ctz(~same));
      return left[at] - right[at];
    }
    i += kBlock;
    if (i == size) return 0;
    if (i + kBlock > size) i = size - kBlock;
  }
}

void* memchr(const void* text, int byte, size_t size) {
  auto* in = static_cast<const uint8_t*>(text);
  const auto wanted = static_cast<uint8_t>(byte);
  size_t i = 0;
  const v128_t pattern = wasm_u8x16_splat(wanted);
  for (; i + kBlock <= size; i += kBlock) {
    const v128_t hits = wasm_i8x16_eq(wasm_v128_load(in + i), pattern);
    if (wasm_v128_any_true(hits)) return const_cast<uint8_t*>(in + i + __builtin_ctz(wasm_i8x16_bitmask(hits)));
  }
  for (; i < size; ++i) {
    if (in[i] == wanted) return const_cast<uint8_t*>(in + i);
  }
  return nullptr;
}

}  // extern "C"
