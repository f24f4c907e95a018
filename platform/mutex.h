// Mutex: std::mutex with the annotations of clang's thread-safety analysis.
//
// For short critical sections that never call out and never block. Waiting for something to happen
// is a Parker's business (platform/parker.h): it has deadlines, can be woken from a signal handler
// and knows about threads that must not block.
#pragma once

#include <mutex>

#include "platform/thread_annotations.h"

namespace skein::platform {

class SKEIN_CAPABILITY("mutex") Mutex {
 public:
  constexpr Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void lock() SKEIN_ACQUIRE() { mutex_.lock(); }
  void unlock() SKEIN_RELEASE() { mutex_.unlock(); }
  bool try_lock() SKEIN_TRY_ACQUIRE(true) { return mutex_.try_lock(); }

 private:
  std::mutex mutex_;
};

class SKEIN_SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) SKEIN_ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
  ~MutexLock() SKEIN_RELEASE() { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

}  // namespace skein::platform
