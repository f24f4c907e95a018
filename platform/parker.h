// Parker: where one thread sleeps until somebody has something for it.
//
// A parker holds at most one token. unpark() puts it there; park() takes it, waiting for it if need
// be. So a wake-up that comes before the sleep is not lost, and a token left over from an earlier
// reason costs one turn of the caller's loop: always park in a loop around the real condition.
//
// One thread at a time may park (the owner); any thread, also a signal handler, may unpark.
#pragma once

#include <atomic>
#include <cstdint>

#include "platform/clock.h"

namespace skein::platform {

enum class ParkResult : uint8_t {
  kToken,     // took a token
  kTimedOut,  // the deadline passed without one
  kRefused,   // this thread must not block and there is no token
};

class Parker {
 public:
  Parker() = default;
  Parker(const Parker&) = delete;
  Parker& operator=(const Parker&) = delete;

  // What the unparking thread wrote before unpark() is visible after kToken.
  ParkResult park(Deadline deadline = Deadline::never());
  // Async-signal-safe. The parker may be destroyed as soon as its token has been taken, even before
  // unpark has returned.
  void unpark();

 private:
  static constexpr uint32_t kEmpty = 0;
  static constexpr uint32_t kToken = 1;
  static constexpr uint32_t kParked = 2;
  std::atomic<uint32_t> state_{kEmpty};
};

}  // namespace skein::platform
