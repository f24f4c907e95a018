#include "core/threading/watchdog.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

#include "core/threading/event_queue.h"
#include "platform/thread.h"

namespace skein::threading {
namespace {

using platform::Deadline;
using platform::monotonic_ns;

bool eventually_requested(AgentWaker& waker, Interrupt reason, int64_t within_ns = 5'000'000'000) {
  int64_t until = monotonic_ns() + within_ns;
  while (waker.pending(mask_of(reason)) == 0) {
    if (monotonic_ns() > until) return false;
    if (!platform::threads_are_supported()) fire_due_timers();
    platform::yield_thread();
  }
  return true;
}

TEST(Watchdog, FiresInTime) {
  Ref<AgentWaker> waker = AgentWaker::create();
  WatchdogTimer timer;
  int64_t start = monotonic_ns();
  timer.arm(Deadline::after_ms(10), waker, Interrupt::kDeadline);
  EXPECT_TRUE(eventually_requested(*waker, Interrupt::kDeadline));
  EXPECT_GE(monotonic_ns() - start, 10'000'000);
  EXPECT_FALSE(timer.cancel());
}

TEST(Watchdog, CancelledTimersDoNotFire) {
  Ref<AgentWaker> waker = AgentWaker::create();
  {
    WatchdogTimer timer;
    timer.arm(Deadline::after_ms(5), waker, Interrupt::kDeadline);
    EXPECT_TRUE(timer.cancel());
    EXPECT_FALSE(timer.cancel());
    timer.arm(Deadline::after_ms(5), waker, Interrupt::kDeadline);
    timer.arm(Deadline::never(), waker, Interrupt::kDeadline);
    EXPECT_FALSE(timer.cancel());
    timer.arm(Deadline::after_ms(5), waker, Interrupt::kDeadline);
  }
  platform::sleep_ns(20'000'000);
  fire_due_timers();
  EXPECT_FALSE(waker->has_request());
}

TEST(Watchdog, AnEarlierTimerOvertakes) {
  Ref<AgentWaker> late = AgentWaker::create();
  Ref<AgentWaker> soon = AgentWaker::create();
  WatchdogTimer a;
  WatchdogTimer b;
  a.arm(Deadline::after_ms(60'000), late, Interrupt::kDeadline);
  b.arm(Deadline::after_ms(5), soon, Interrupt::kDeadline);
  EXPECT_TRUE(eventually_requested(*soon, Interrupt::kDeadline));
  EXPECT_FALSE(late->has_request());
  EXPECT_TRUE(a.cancel());
}

TEST(Watchdog, WakesASleepingAgent) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  Ref<AgentWaker> waker = AgentWaker::create();
  Ref<EventQueue> queue = EventQueue::create(waker);
  KeepAlive keep_alive(queue);
  WatchdogTimer timer;
  timer.arm(Deadline::after_ms(5), waker, Interrupt::kDeadline);
  EXPECT_EQ(queue->wait(Deadline::after_ms(10'000)), EventQueue::WaitResult::kInterrupted);
}

TEST(Watchdog, CpuBudgetsCountWorkOnly) {
  auto clock = platform::ThreadCpuClock::of_current_thread();
  if (clock.read() < 0 || !platform::ThreadCpuClock::counts_work_only())
    GTEST_SKIP() << "no clock of the work of a thread here";
  Ref<AgentWaker> waker = AgentWaker::create();
  WatchdogTimer timer;
  const int64_t limit = clock.read() + 20'000'000;
  timer.arm_cpu_budget(clock, limit, waker);
  platform::sleep_ns(60'000'000);
  EXPECT_FALSE(waker->has_request());
  while (!waker->has_request()) {
  }
  EXPECT_GE(clock.read(), limit);
  EXPECT_EQ(waker->take(kWaitInterrupts), mask_of(Interrupt::kCpuBudget));
}

TEST(Watchdog, ABudgetEndsWithItsThread) {
  if (!platform::threads_are_supported() || !platform::ThreadCpuClock::counts_work_only() ||
      platform::ThreadCpuClock::of_current_thread().read() < 0)
    GTEST_SKIP() << "no clock of the work of a thread here";
  Ref<AgentWaker> waker = AgentWaker::create();
  WatchdogTimer timer;
  std::thread([&] {
    auto clock = platform::ThreadCpuClock::of_current_thread();
    timer.arm_cpu_budget(clock, clock.read() + 3'000'000, waker);
  }).join();
  platform::sleep_ns(20'000'000);
  EXPECT_FALSE(waker->has_request());
  EXPECT_FALSE(timer.cancel());
}

TEST(Watchdog, ArmedAndCancelledFromManyThreads) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([t] {
      for (int i = 0; i < 500; ++i) {
        Ref<AgentWaker> waker = AgentWaker::create();
        WatchdogTimer timer;
        timer.arm(Deadline::after_ns((i * 7 + t) % 200 * 1000), waker, Interrupt::kDeadline);
        if (i % 3 == 0) {
          EXPECT_TRUE(eventually_requested(*waker, Interrupt::kDeadline));
        } else if (timer.cancel()) {
          EXPECT_FALSE(waker->has_request());
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace skein::threading
