#include "platform/thread.h"

#include <gtest/gtest.h>

#include <csignal>
#include <thread>
#include <vector>

#include "platform/parker.h"

namespace skein::platform {
namespace {

TEST(Thread, RunsAndJoins) {
  if (!threads_are_supported()) GTEST_SKIP();
  int value = 0;
  Thread thread;
  ASSERT_TRUE(thread.start(
      "a name that is rather long", 256 * 1024, [](void* argument) { *static_cast<int*>(argument) = 42; },
      &value));
  EXPECT_TRUE(thread.joinable());
  thread.join();
  EXPECT_FALSE(thread.joinable());
  EXPECT_EQ(value, 42);
}

TEST(Thread, HasTheStackItAskedFor) {
  if (!threads_are_supported()) GTEST_SKIP();
  constexpr size_t kStackSize = 512 * 1024;
  StackBounds bounds;
  Thread thread;
  ASSERT_TRUE(thread.start(
      "stack", kStackSize,
      [](void* argument) {
        auto* result = static_cast<StackBounds*>(argument);
        *result = current_stack_bounds();
        uintptr_t position = current_stack_position();
        EXPECT_LT(result->low, position);
        EXPECT_GE(result->high, position);
      },
      &bounds));
  thread.join();
  EXPECT_GE(bounds.high - bounds.low, kStackSize - 64 * 1024);
}

TEST(Thread, MainStackHasBounds) {
  StackBounds bounds = current_stack_bounds();
  EXPECT_LT(bounds.low, current_stack_position());
  EXPECT_GE(bounds.high, current_stack_position());
}

TEST(Thread, IdsDiffer) {
  if (!threads_are_supported()) GTEST_SKIP();
  uint64_t mine = current_thread_id();
  EXPECT_EQ(current_thread_id(), mine);
  uint64_t other = 0;
  std::thread([&] { other = current_thread_id(); }).join();
  EXPECT_NE(mine, other);
}

TEST(Parker, KeepsOneToken) {
  Parker parker;
  parker.unpark();
  parker.unpark();
  EXPECT_EQ(parker.park(), ParkResult::kToken);
  EXPECT_EQ(parker.park(Deadline::after_ms(0)), ParkResult::kTimedOut);
}

TEST(Parker, TimesOut) {
  Parker parker;
  int64_t start = monotonic_ns();
  EXPECT_EQ(parker.park(Deadline::after_ms(20)), ParkResult::kTimedOut);
  EXPECT_GE(monotonic_ns() - start, 20'000'000);
}

TEST(Parker, RefusesToSleepWithoutThreads) {
  if (threads_are_supported()) GTEST_SKIP();
  Parker parker;
  EXPECT_EQ(parker.park(), ParkResult::kRefused);
}

TEST(Parker, CarriesDataBackAndForth) {
  if (!threads_are_supported()) GTEST_SKIP();
  constexpr int kTurns = 5000;
  Parker ping;
  Parker pong;
  int value = 0;  // not atomic: the parkers order it
  std::thread other([&] {
    for (int i = 0; i < kTurns; ++i) {
      while (ping.park() != ParkResult::kToken) {
      }
      EXPECT_EQ(value, 2 * i + 1);
      ++value;
      pong.unpark();
    }
  });
  for (int i = 0; i < kTurns; ++i) {
    ++value;
    ping.unpark();
    while (pong.park() != ParkResult::kToken) {
    }
  }
  other.join();
  EXPECT_EQ(value, 2 * kTurns);
}

#if !defined(__EMSCRIPTEN__)
Parker* signalled_parker = nullptr;

TEST(Parker, IsWokenFromASignalHandler) {
  Parker parker;
  signalled_parker = &parker;
  auto* before = std::signal(SIGUSR1, [](int) { signalled_parker->unpark(); });
  pthread_t self = pthread_self();
  std::thread sender([self] {
    sleep_ns(10'000'000);
    pthread_kill(self, SIGUSR1);
  });
  EXPECT_EQ(parker.park(Deadline::after_ms(10'000)), ParkResult::kToken);
  sender.join();
  std::signal(SIGUSR1, before);
}
#endif

}  // namespace
}  // namespace skein::platform
