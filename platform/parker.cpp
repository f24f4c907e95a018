#include "platform/parker.h"

#include "platform/futex.h"

namespace skein::platform {

ParkResult Parker::park(Deadline deadline) {
  while (true) {
    // Acquire: pairs with unpark(), so that what was written before it is visible.
    uint32_t expected = kToken;
    if (state_.compare_exchange_strong(expected, kEmpty, std::memory_order_acquire)) {
      return ParkResult::kToken;
    }
    expected = kEmpty;
    // Relaxed: announces the sleeper; the futex compares the word again itself. It may fail because a
    // token has come (then the loop takes it) or because this is a turn after a futile wake-up.
    state_.compare_exchange_strong(expected, kParked, std::memory_order_relaxed);
    if (expected == kToken) {
      continue;
    }
    FutexResult result = futex_wait(state_, kParked, deadline);
    if (result == FutexResult::kWoken) {
      continue;
    }
    // Acquire: a token may have come at the last moment; it counts.
    uint32_t before = state_.exchange(kEmpty, std::memory_order_acquire);
    if (before == kToken) {
      return ParkResult::kToken;
    }
    return result == FutexResult::kTimedOut ? ParkResult::kTimedOut : ParkResult::kRefused;
  }
}

void Parker::unpark() {
  // Release: see park(). Nothing of the parker is touched after the exchange but its address.
  if (state_.exchange(kToken, std::memory_order_release) == kParked) {
    futex_wake_one(&state_);
  }
}

}  // namespace skein::platform
