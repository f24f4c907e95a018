// The system's "sleep while this word holds that value". Everything that blocks in the engine is
// built on it through Parker; nothing else should need it.
#pragma once

#include <atomic>
#include <cstdint>

#include "platform/clock.h"

namespace skein::platform {

enum class FutexResult : uint8_t {
  kWoken,  // woken, interrupted by a signal, the word differed, or for no reason: look at the word
  kTimedOut,
  kRefused,  // the calling thread must not block (a browser's main thread), or nobody could wake it
             // (no deadline in a build without threads)
};

// Sleeps while `word` holds `expected`, at most until the deadline.
FutexResult futex_wait(std::atomic<uint32_t>& word, uint32_t expected, Deadline deadline);
// Wakes one sleeper. Async-signal-safe. The word may already have been freed by a sleeper that saw
// its new value: only the address is used.
void futex_wake_one(std::atomic<uint32_t>* word);

}  // namespace skein::platform
