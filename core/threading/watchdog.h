// The watchdog: one timer thread for the process, which requests interrupts when their time has come
// (time limits, CPU budgets). It starts with the first timer and sleeps until the earliest.
//
// In a build without threads nobody sleeps: the interpreter's poll calls fire_due_timers().
#pragma once

#include <cstdint>

#include "core/base/ref_counted.h"
#include "core/threading/agent_waker.h"
#include "platform/clock.h"

namespace skein::threading {

// A timer that belongs to whoever wants to be interrupted; needs no memory, so arming cannot fail.
// One thread at a time uses it.
class WatchdogTimer {
 public:
  WatchdogTimer() = default;
  ~WatchdogTimer() { cancel(); }
  WatchdogTimer(const WatchdogTimer&) = delete;
  WatchdogTimer& operator=(const WatchdogTimer&) = delete;

  // Requests `reason` at that time. An armed timer is armed anew.
  void arm(platform::Deadline at, Ref<AgentWaker> waker, Interrupt reason);
  // Requests `reason` once the clock reads at least `cpu_ns`. Where a thread's CPU clock cannot be read
  // by others (wasm), elapsed time counts as used. Ends quietly with the thread.
  void arm_cpu_budget(platform::ThreadCpuClock clock, int64_t cpu_ns, Ref<AgentWaker> waker,
                      Interrupt reason = Interrupt::kCpuBudget);
  // True if it was armed and had not fired. It does not fire after the return.
  bool cancel();

 private:
  friend class Watchdog;
  void arm_any(int64_t at_ns, Ref<AgentWaker> waker, Interrupt reason);

  // Guarded by the watchdog's mutex.
  bool armed_ = false;
  bool counts_cpu_ = false;
  Interrupt reason_{};
  int64_t at_ns_ = 0;  // monotonic; of a CPU budget: when to look next
  int64_t cpu_limit_ns_ = 0;
  platform::ThreadCpuClock clock_;
  Ref<AgentWaker> waker_;
  WatchdogTimer* next_ = nullptr;
  WatchdogTimer* previous_ = nullptr;
};

// Fires what is due now. Only needed where there are no threads.
void fire_due_timers();

}  // namespace skein::threading
