#include "platform/futex.h"

#include "platform/thread.h"

#if defined(__EMSCRIPTEN_PTHREADS__)
#include <emscripten/threading.h>
#include <errno.h>
#include <math.h>
#endif

namespace skein::platform {

#if defined(__EMSCRIPTEN_PTHREADS__)

FutexResult futex_wait(std::atomic<uint32_t>& word, uint32_t expected, Deadline deadline) {
  if (deadline.has_passed()) {
    return FutexResult::kTimedOut;
  }
  if (!current_thread_may_block()) {
    return FutexResult::kRefused;
  }
  double timeout_ms = deadline.is_never() ? INFINITY : static_cast<double>(deadline.remaining_ns()) / 1e6;
  int result = emscripten_futex_wait(&word, expected, timeout_ms);
  // It may report a time-out slightly early (its clock is coarse) and may return for no reason: what
  // counts is our own clock.
  return result == -ETIMEDOUT && deadline.has_passed() ? FutexResult::kTimedOut : FutexResult::kWoken;
}

void futex_wake_one(std::atomic<uint32_t>* word) {
  emscripten_futex_wake(word, 1);
}

#else  // one thread: nobody else can change the word

FutexResult futex_wait(std::atomic<uint32_t>& word, uint32_t expected, Deadline deadline) {
  if (word.load(std::memory_order_relaxed) != expected) {
    return FutexResult::kWoken;
  }
  if (!deadline.has_passed()) {
    if (deadline.is_never() || !current_thread_may_block()) {
      return FutexResult::kRefused;
    }
    sleep_ns(deadline.remaining_ns());
  }
  return FutexResult::kTimedOut;
}

void futex_wake_one(std::atomic<uint32_t>* word) {}

#endif

}  // namespace skein::platform
