// Reading an atomic that others may write at any moment and that is read all the time.
#pragma once

#include <atomic>

namespace skein::platform {

// What atomic.load(relaxed) gives. WebAssembly has sequentially consistent atomics only, and engines test each
// one's bounds and alignment in code; an ordinary load of one word is as good there: its memory model gives every
// racing load some value that was written, and `volatile` keeps the compiler from leaving loads out.
template <typename T>
[[gnu::always_inline]] inline T relaxed_load(const std::atomic<T>& atomic) {
#ifdef __wasm__
  static_assert(sizeof(atomic) == sizeof(T) && sizeof(T) <= sizeof(void*));
  return *reinterpret_cast<const volatile T*>(&atomic);
#else
  return atomic.load(std::memory_order_relaxed);
#endif
}

}  // namespace skein::platform
