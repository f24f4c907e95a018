#include "core/threading/waiter_lists.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "core/threading/shared_access.h"
#include "platform/thread.h"
#include "tests/unit/threading/fake_agent.h"

namespace skein::threading {
namespace {

using platform::Deadline;

WaiterLists& lists() {
  return WaiterLists::process();
}

// Until so many wait on the word.
void await_waiters(SharedBlock& block, size_t byte_index, size_t count) {
  while (true) {
    size_t found = 0;
    for (const WaiterRecord& record : lists().snapshot()) {
      if (record.block_id == block.id() && record.byte_index == byte_index) ++found;
    }
    if (found == count) return;
    platform::sleep_ns(200'000);
  }
}

struct Settled {
  WaitResult result;
  int tag;
};

class TestWaiter : public AsyncWaiter {
 public:
  TestWaiter(int tag, std::vector<Settled>* log, int* alive) : tag_(tag), log_(log), alive_(alive) {
    ++*alive_;
  }
  ~TestWaiter() override { --*alive_; }

 protected:
  void settled(Agent& agent, WaitResult result) override { log_->push_back({result, tag_}); }

 private:
  int tag_;
  std::vector<Settled>* log_;
  int* alive_;
};

class WaiterListsTest : public ::testing::Test {
 protected:
  ~WaiterListsTest() override { EXPECT_TRUE(lists().snapshot().empty()); }
  std::unique_ptr<AsyncWaiter> waiter(int tag) { return std::make_unique<TestWaiter>(tag, &log_, &alive_); }

  Ref<SharedBlock> block_ = SharedBlock::create(64);
  Agent agent_;
  AsyncWaiterSet set_{agent_.queue};
  std::vector<Settled> log_;
  int alive_ = 0;
};

TEST_F(WaiterListsTest, AnswersAtOnceWhenItCan) {
  EXPECT_EQ(lists().wait<int32_t>(*block_, 0, 1, Deadline::never(), *agent_.waker), WaitResult::kNotEqual);
  EXPECT_EQ(lists().wait<int32_t>(*block_, 0, 0, Deadline::after_ms(0), *agent_.waker),
            WaitResult::kTimedOut);
  EXPECT_EQ(lists().wait<int64_t>(*block_, 8, 0, Deadline::after_ms(3), *agent_.waker),
            WaitResult::kTimedOut);
  EXPECT_EQ(lists().notify(*block_, 0, SIZE_MAX), 0u);
}

TEST_F(WaiterListsTest, ComparesTheWholeWord) {
  SharedAccess::store<int64_t>(block_->data(), int64_t{1} << 40);
  EXPECT_EQ(lists().wait<int64_t>(*block_, 0, 0, Deadline::after_ms(1), *agent_.waker),
            WaitResult::kNotEqual);
  EXPECT_EQ(lists().wait<int32_t>(*block_, 0, 0, Deadline::after_ms(1), *agent_.waker),
            WaitResult::kTimedOut);
  SharedAccess::store<int32_t>(block_->data(), -1);
  EXPECT_EQ(lists().wait<int32_t>(*block_, 0, -1, Deadline::after_ms(1), *agent_.waker),
            WaitResult::kTimedOut);
}

TEST_F(WaiterListsTest, DoesNotWaitForEverAlone) {
  if (platform::threads_are_supported()) GTEST_SKIP();
  EXPECT_EQ(lists().wait<int32_t>(*block_, 0, 0, Deadline::never(), *agent_.waker), WaitResult::kRefused);
}

TEST_F(WaiterListsTest, NotifiesInOrder) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  constexpr int kThreads = 5;
  std::vector<std::thread> threads;
  std::atomic<int> woken{0};
  std::atomic<int> order{0};
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      Agent agent;
      EXPECT_EQ(lists().wait<int32_t>(*block_, 4, 0, Deadline::never(), *agent.waker), WaitResult::kOk);
      order = order * 10 + t;
      ++woken;
    });
    await_waiters(*block_, 4, static_cast<size_t>(t) + 1);
  }
  EXPECT_EQ(lists().notify(*block_, 0, 5), 0u);
  EXPECT_EQ(lists().notify(*block_, 4, 0), 0u);
  for (int t = 0; t < 3; ++t) {
    EXPECT_EQ(lists().notify(*block_, 4, 1), 1u);
    while (woken != t + 1) platform::yield_thread();
  }
  EXPECT_EQ(order, 12);
  EXPECT_EQ(lists().notify(*block_, 4, SIZE_MAX), 2u);
  for (std::thread& thread : threads) thread.join();
}

TEST_F(WaiterListsTest, KeysAreBlockAndIndex) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  Ref<SharedBlock> other = SharedBlock::create(64);
  std::thread thread([&] {
    Agent agent;
    EXPECT_EQ(lists().wait<int32_t>(*block_, 12, 0, Deadline::never(), *agent.waker), WaitResult::kOk);
  });
  await_waiters(*block_, 12, 1);
  EXPECT_EQ(lists().notify(*other, 12, 1), 0u);
  EXPECT_EQ(lists().notify(*block_, 8, 1), 0u);
  EXPECT_EQ(lists().notify(*block_, 12, 1), 1u);
  thread.join();
}

TEST_F(WaiterListsTest, TerminationEndsTheWait) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  Agent agent;
  std::thread thread([&] {
    EXPECT_EQ(lists().wait<int32_t>(*block_, 0, 0, Deadline::never(), *agent.waker),
              WaitResult::kInterrupted);
    EXPECT_EQ(lists().wait<int32_t>(*block_, 0, 0, Deadline::never(), *agent.waker),
              WaitResult::kInterrupted);
  });
  await_waiters(*block_, 0, 1);
  agent.waker->request(Interrupt::kTerminate);
  thread.join();
}

// An interrupt that only runs a callback does not cost the waiter its place.
TEST_F(WaiterListsTest, ACallbackKeepsThePlaceInTheList) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  Agent agent;
  struct Context {
    Agent* agent;
    std::atomic<int> calls{0};
  } context{&agent};
  std::thread first([&] {
    WaitInterruptHandler handler;
    handler.context = &context;
    handler.keep_waiting = [](void* raw) {
      auto* context = static_cast<Context*>(raw);
      context->agent->waker->take(kWaitInterrupts);
      ++context->calls;
      return true;
    };
    EXPECT_EQ(lists().wait<int32_t>(*block_, 0, 0, Deadline::never(), *agent.waker, handler),
              WaitResult::kOk);
  });
  await_waiters(*block_, 0, 1);
  std::thread second([&] {
    Agent other;
    EXPECT_EQ(lists().wait<int32_t>(*block_, 0, 0, Deadline::never(), *other.waker), WaitResult::kOk);
  });
  await_waiters(*block_, 0, 2);
  agent.waker->request(Interrupt::kUserCallback);
  while (context.calls == 0) platform::yield_thread();
  EXPECT_EQ(lists().notify(*block_, 0, 1), 1u);
  first.join();
  EXPECT_EQ(lists().notify(*block_, 0, 1), 1u);
  second.join();
}

TEST_F(WaiterListsTest, ASpuriousWakeDoesNotEndTheWait) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  Agent agent;
  std::atomic<bool> done{false};
  std::thread thread([&] {
    EXPECT_EQ(lists().wait<int32_t>(*block_, 0, 0, Deadline::never(), *agent.waker), WaitResult::kOk);
    done = true;
  });
  await_waiters(*block_, 0, 1);
  for (int i = 0; i < 100; ++i) {
    agent.waker->wake();
    platform::yield_thread();
  }
  EXPECT_FALSE(done);
  EXPECT_EQ(lists().notify(*block_, 0, 1), 1u);
  thread.join();
}

TEST_F(WaiterListsTest, AsyncWaitersAreSettledThroughTheQueue) {
  EXPECT_EQ(lists().wait_async<int32_t>(*block_, 0, 5, Deadline::never(), set_, waiter(0)),
            WaitResult::kNotEqual);
  EXPECT_EQ(lists().wait_async<int32_t>(*block_, 0, 0, Deadline::after_ms(0), set_, waiter(0)),
            WaitResult::kTimedOut);
  EXPECT_EQ(alive_, 0);
  for (int i = 1; i <= 4; ++i) {
    EXPECT_EQ(lists().wait_async<int32_t>(*block_, 0, 0, Deadline::never(), set_, waiter(i)),
              WaitResult::kOk);
  }
  EXPECT_EQ(lists().notify(*block_, 0, 3), 3u);
  EXPECT_TRUE(log_.empty());
  EXPECT_EQ(agent_.run_pending(), 3);
  ASSERT_EQ(log_.size(), 3u);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(log_[i].tag, i + 1);
    EXPECT_EQ(log_[i].result, WaitResult::kOk);
  }
  EXPECT_EQ(alive_, 1);
  EXPECT_FALSE(set_.empty());
  set_.cancel_all();
  EXPECT_EQ(alive_, 0);
}

TEST_F(WaiterListsTest, AsyncWaitersTimeOut) {
  EXPECT_TRUE(set_.next_deadline().is_never());
  Deadline late = Deadline::after_ms(100'000);
  Deadline soon = Deadline::after_ms(2);
  for (auto [tag, deadline] : {std::pair{1, late}, {2, soon}, {3, Deadline::never()}, {4, soon}}) {
    EXPECT_EQ(lists().wait_async<int64_t>(*block_, 0, 0, deadline, set_, waiter(tag)), WaitResult::kOk);
  }
  EXPECT_EQ(set_.next_deadline(), soon);
  set_.expire();
  while (!soon.has_passed()) platform::yield_thread();
  set_.expire();
  EXPECT_EQ(agent_.run_pending(), 2);
  ASSERT_EQ(log_.size(), 2u);
  EXPECT_EQ(log_[0].tag, 2);
  EXPECT_EQ(log_[1].tag, 4);
  EXPECT_EQ(log_[0].result, WaitResult::kTimedOut);
  EXPECT_EQ(set_.next_deadline(), late);
  EXPECT_EQ(lists().notify(*block_, 0, SIZE_MAX), 2u);
  EXPECT_EQ(agent_.run_pending(), 2);
  EXPECT_TRUE(set_.empty());
}

// A waiter whose time was over before the notify does not eat it.
TEST_F(WaiterListsTest, NotifySkipsTheOverdue) {
  Deadline soon = Deadline::after_ms(1);
  EXPECT_EQ(lists().wait_async<int32_t>(*block_, 0, 0, soon, set_, waiter(1)), WaitResult::kOk);
  EXPECT_EQ(lists().wait_async<int32_t>(*block_, 0, 0, Deadline::never(), set_, waiter(2)), WaitResult::kOk);
  while (!soon.has_passed()) platform::yield_thread();
  EXPECT_EQ(lists().notify(*block_, 0, 1), 1u);
  agent_.run_pending();
  ASSERT_EQ(log_.size(), 2u);
  EXPECT_EQ(log_[0].result, WaitResult::kTimedOut);
  EXPECT_EQ(log_[1].result, WaitResult::kOk);
}

TEST_F(WaiterListsTest, ADyingAgentTakesItsWaitersAlong) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(lists().wait_async<int32_t>(*block_, 0, 0, Deadline::never(), set_, waiter(i)),
              WaitResult::kOk);
  }
  EXPECT_EQ(lists().notify(*block_, 0, 2), 2u);
  set_.cancel_all();
  EXPECT_TRUE(set_.empty());
  EXPECT_EQ(alive_, 2);
  EXPECT_EQ(lists().notify(*block_, 0, SIZE_MAX), 0u);
  agent_.queue->close();
  EXPECT_EQ(alive_, 0);
  EXPECT_TRUE(log_.empty());
}

TEST_F(WaiterListsTest, AClosedQueueLeavesItsWaitersToTheSet) {
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(lists().wait_async<int32_t>(*block_, 0, 0, Deadline::never(), set_, waiter(i)),
              WaitResult::kOk);
  }
  agent_.queue->close();
  EXPECT_EQ(lists().notify(*block_, 0, 1), 1u);
  EXPECT_EQ(alive_, 2);
  set_.cancel_all();
  EXPECT_EQ(alive_, 0);
}

TEST_F(WaiterListsTest, SnapshotNamesEverybody) {
  EXPECT_EQ(lists().wait_async<int32_t>(*block_, 16, 0, Deadline::never(), set_, waiter(1)), WaitResult::kOk);
  std::vector<WaiterRecord> records = lists().snapshot();
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].agent_id, agent_.waker->agent_id());
  EXPECT_EQ(records[0].block_id, block_->id());
  EXPECT_EQ(records[0].byte_index, 16u);
  EXPECT_TRUE(records[0].is_async);
  set_.cancel_all();
}

// A lock of two words, as script would write it, between threads that also time out.
TEST_F(WaiterListsTest, AFutexLockExcludes) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  constexpr int kThreads = 4;
  constexpr int kTurns = 20'000;
  uint8_t* lock = block_->data();
  int counter = 0;  // guarded by the lock
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      Agent agent;
      for (int i = 0; i < kTurns; ++i) {
        int32_t state = SharedAccess::compare_exchange<int32_t>(lock, 0, 1);
        while (state != 0) {
          if (state == 2 || SharedAccess::compare_exchange<int32_t>(lock, 1, 2) != 0) {
            Deadline deadline = t == 0 ? Deadline::after_ns(20'000) : Deadline::never();
            lists().wait<int32_t>(*block_, 0, 2, deadline, *agent.waker);
          }
          state = SharedAccess::compare_exchange<int32_t>(lock, 0, 2);
        }
        ++counter;
        if (SharedAccess::sub<int32_t>(lock, 1) != 1) {
          SharedAccess::store<int32_t>(lock, 0);
          lists().notify(*block_, 0, 1);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counter, kThreads * kTurns);
}

// Every notification that notify() counted is received by somebody: sync and async waiters, time-outs,
// cancelled agents and terminations all at once.
TEST_F(WaiterListsTest, NoNotificationIsLost) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  constexpr int kWaiters = 4;
  constexpr int64_t kEnough = 4000;
  std::atomic<int64_t> sent{0};
  std::atomic<int64_t> received{0};
  std::atomic<bool> stop{false};
  std::vector<std::thread> threads;
  for (int t = 0; t < kWaiters; ++t) {
    threads.emplace_back([&, t] {
      unsigned random = 12345u + static_cast<unsigned>(t);
      while (!stop) {
        Agent agent;
        AsyncWaiterSet set(agent.queue);
        std::vector<Settled> log;
        int alive = 0;
        for (int i = 0; i < 20 && !stop; ++i) {
          random = random * 1664525 + 1013904223;
          size_t index = (random >> 16) % 4 * 4;
          Deadline deadline = (random >> 20) % 3 == 0 ? Deadline::after_ns(50'000) : Deadline::after_ms(2);
          if ((random >> 24) % 2 == 0) {
            if ((random >> 28) == 0) agent.waker->request(Interrupt::kUserCallback);
            WaitResult result = lists().wait<int32_t>(*block_, index, 0, deadline, *agent.waker);
            if (result == WaitResult::kOk) ++received;
            agent.waker->take(kWaitInterrupts);
          } else {
            (void)lists().wait_async<int32_t>(*block_, index, 0, deadline, set,
                                              std::make_unique<TestWaiter>(0, &log, &alive));
          }
          set.expire();
          agent.run_pending();
        }
        set.cancel_all();
        agent.run_pending();  // those notified before the cancellation
        EXPECT_EQ(alive, 0);
        for (const Settled& settled : log) {
          if (settled.result == WaitResult::kOk) ++received;
        }
        agent.queue->close();
      }
    });
  }
  std::vector<std::thread> notifiers;
  for (int t = 0; t < 2; ++t) {
    notifiers.emplace_back([&, t] {
      size_t turn = 0;
      while (sent < kEnough) {
        ++turn;
        sent += static_cast<int64_t>(lists().notify(*block_, turn % 4 * 4, t == 0 ? 1 : 3));
        if (turn % 64 == 0) platform::yield_thread();
      }
    });
  }
  for (std::thread& thread : notifiers) thread.join();
  stop = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(sent.load(), received.load());
}

TEST_F(WaiterListsTest, NotifyWakesAWholeCrowd) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  constexpr int kThreads = 20;  // more than a batch of wakers
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      Agent agent;
      EXPECT_EQ(lists().wait<int32_t>(*block_, 0, 0, Deadline::never(), *agent.waker), WaitResult::kOk);
    });
  }
  await_waiters(*block_, 0, kThreads);
  EXPECT_EQ(lists().notify(*block_, 0, SIZE_MAX), static_cast<size_t>(kThreads));
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace skein::threading
