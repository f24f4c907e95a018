#include "core/threading/watchdog.h"

#include <algorithm>

#include "platform/mutex.h"
#include "platform/parker.h"
#include "platform/thread.h"

namespace skein::threading {

using platform::Deadline;
using platform::MutexLock;

// The timers in order of time, and the thread that waits for the first.
class Watchdog {
 public:
  static Watchdog& process() {
    static Watchdog& watchdog = *new Watchdog();
    return watchdog;
  }

  void insert(WatchdogTimer& timer) SKEIN_EXCLUDES(mutex_) {
    bool is_first;
    {
      MutexLock lock(mutex_);
      insert_locked(timer);
      is_first = first_ == &timer;
      start_locked();
    }
    if (is_first) {
      parker_.unpark();
    }
  }

  bool remove(WatchdogTimer& timer) SKEIN_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    if (!timer.armed_) {
      return false;
    }
    remove_locked(timer);
    return true;
  }

  // Fires what is due; when to come back.
  Deadline fire_due() SKEIN_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    const int64_t now = platform::monotonic_ns();
    while (first_ != nullptr && first_->at_ns_ <= now) {
      WatchdogTimer& timer = *first_;
      remove_locked(timer);
      if (timer.counts_cpu_ && !look_at_cpu(timer, now)) {
        continue;
      }
      timer.waker_->request(timer.reason_);
    }
    return first_ == nullptr ? Deadline::never() : Deadline::at_ns(first_->at_ns_);
  }

 private:
  // A CPU budget is looked at again when it would be used up at the earliest: a thread cannot use more
  // than all the time. True if it is used up.
  bool look_at_cpu(WatchdogTimer& timer, int64_t now) SKEIN_REQUIRES(mutex_) {
    constexpr int64_t kShortestLook = 200'000;
    const int64_t used = timer.clock_.read();
    if (used < 0) {
      return false;  // the thread has ended
    }
    if (used >= timer.cpu_limit_ns_) {
      return true;
    }
    timer.at_ns_ = now + std::max(timer.cpu_limit_ns_ - used, kShortestLook);
    insert_locked(timer);
    return false;
  }

  void insert_locked(WatchdogTimer& timer) SKEIN_REQUIRES(mutex_) {
    // From the end: later calls mostly have later times.
    WatchdogTimer* before = last_;
    while (before != nullptr && timer.at_ns_ < before->at_ns_) {
      before = before->previous_;
    }
    WatchdogTimer* after = before != nullptr ? before->next_ : first_;
    timer.previous_ = before;
    timer.next_ = after;
    (before != nullptr ? before->next_ : first_) = &timer;
    (after != nullptr ? after->previous_ : last_) = &timer;
    timer.armed_ = true;
  }

  void remove_locked(WatchdogTimer& timer) SKEIN_REQUIRES(mutex_) {
    (timer.previous_ != nullptr ? timer.previous_->next_ : first_) = timer.next_;
    (timer.next_ != nullptr ? timer.next_->previous_ : last_) = timer.previous_;
    timer.armed_ = false;
  }

  void start_locked() SKEIN_REQUIRES(mutex_) {
    if (started_) {
      return;
    }
    platform::Thread thread;
    // If there is no thread to be had now, the next timer tries again.
    started_ = thread.start("watchdog", 64 * 1024, thread_main, this);
    if (started_) {
      thread.detach();
    }
  }

  static void thread_main(void* raw_watchdog) {
    auto* watchdog = static_cast<Watchdog*>(raw_watchdog);
    while (true) {
      (void)watchdog->parker_.park(watchdog->fire_due());
    }
  }

  platform::Mutex mutex_;
  WatchdogTimer* first_ SKEIN_GUARDED_BY(mutex_) = nullptr;
  WatchdogTimer* last_ SKEIN_GUARDED_BY(mutex_) = nullptr;
  bool started_ SKEIN_GUARDED_BY(mutex_) = false;
  platform::Parker parker_;
};

void WatchdogTimer::arm(Deadline at, Ref<AgentWaker> waker, Interrupt reason) {
  cancel();
  counts_cpu_ = false;
  if (!at.is_never()) {
    arm_any(at.ns(), std::move(waker), reason);
  }
}

void WatchdogTimer::arm_cpu_budget(platform::ThreadCpuClock clock, int64_t cpu_ns, Ref<AgentWaker> waker,
                                   Interrupt reason) {
  cancel();
  int64_t used = clock.read();
  counts_cpu_ = used >= 0;
  if (!counts_cpu_) {
    used = platform::thread_cpu_ns();
  }
  clock_ = clock;
  cpu_limit_ns_ = cpu_ns;
  const Deadline at = Deadline::after_ns(std::max<int64_t>(cpu_ns - used, 0));
  if (!at.is_never()) {
    arm_any(at.ns(), std::move(waker), reason);
  }
}

void WatchdogTimer::arm_any(int64_t at_ns, Ref<AgentWaker> waker, Interrupt reason) {
  at_ns_ = at_ns;
  waker_ = std::move(waker);
  reason_ = reason;
  Watchdog::process().insert(*this);
}

bool WatchdogTimer::cancel() {
  const bool was_armed = Watchdog::process().remove(*this);
  waker_ = nullptr;
  return was_armed;
}

void fire_due_timers() {
  (void)Watchdog::process().fire_due();
}

}  // namespace skein::threading
