#include "platform/futex.h"

#include <time.h>

#include "platform/thread.h"

#if defined(__linux__)
#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#else
#include <pthread.h>

#include <functional>
#endif

namespace skein::platform {

#if defined(__linux__)

FutexResult futex_wait(std::atomic<uint32_t>& word, uint32_t expected, Deadline deadline) {
  timespec until;
  timespec* timeout = nullptr;
  if (!deadline.is_never()) {
    if (deadline.has_passed()) {
      return FutexResult::kTimedOut;
    }
    until.tv_sec = static_cast<time_t>(deadline.ns() / 1'000'000'000);
    until.tv_nsec = static_cast<long>(deadline.ns() % 1'000'000'000);
    timeout = &until;
  }
  // The bitset form takes an absolute time on the monotonic clock, so retries do not drift.
  long result = ::syscall(SYS_futex, &word, FUTEX_WAIT_BITSET_PRIVATE, expected, timeout, nullptr,
                          FUTEX_BITSET_MATCH_ANY);
  return result == -1 && errno == ETIMEDOUT ? FutexResult::kTimedOut : FutexResult::kWoken;
}

void futex_wake_one(std::atomic<uint32_t>* word) {
  // A signal handler may be here: what it interrupted may be about to read errno.
  int saved = errno;
  ::syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
  errno = saved;
}

#else  // other POSIX systems: a small table of condition variables; not async-signal-safe

namespace {

struct Slot {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
};

Slot& slot_of(const void* address) {
  static Slot slots[64];
  return slots[std::hash<const void*>()(address) / 16 % 64];
}

}  // namespace

FutexResult futex_wait(std::atomic<uint32_t>& word, uint32_t expected, Deadline deadline) {
  Slot& slot = slot_of(&word);
  FutexResult result = FutexResult::kWoken;
  pthread_mutex_lock(&slot.mutex);
  // Relaxed: the mutex orders it against the waker, who changes the word before it takes the mutex.
  if (word.load(std::memory_order_relaxed) == expected) {
    if (deadline.is_never()) {
      pthread_cond_wait(&slot.condition, &slot.mutex);
    } else if (deadline.has_passed()) {
      result = FutexResult::kTimedOut;
    } else {
      int64_t until_ns = wall_clock_ns() + deadline.remaining_ns();
      timespec until{static_cast<time_t>(until_ns / 1'000'000'000),
                     static_cast<long>(until_ns % 1'000'000'000)};
      pthread_cond_timedwait(&slot.condition, &slot.mutex, &until);
      if (deadline.has_passed()) result = FutexResult::kTimedOut;
    }
  }
  pthread_mutex_unlock(&slot.mutex);
  return result;
}

void futex_wake_one(std::atomic<uint32_t>* word) {
  Slot& slot = slot_of(word);
  pthread_mutex_lock(&slot.mutex);
  pthread_cond_broadcast(&slot.condition);
  pthread_mutex_unlock(&slot.mutex);
}

#endif

}  // namespace skein::platform
