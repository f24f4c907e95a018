#include "core/threading/event_queue.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "platform/thread.h"
#include "tests/unit/threading/fake_agent.h"

namespace skein::threading {
namespace {

using platform::Deadline;
using PostResult = EventQueue::PostResult;
using WaitResult = EventQueue::WaitResult;

TEST(AgentWaker, RequestsAreTakenOnce) {
  Ref<AgentWaker> waker = AgentWaker::create();
  EXPECT_FALSE(waker->has_request());
  waker->request(Interrupt::kUserCallback);
  waker->request(Interrupt::kCollect);
  EXPECT_TRUE(waker->has_request());
  EXPECT_EQ(waker->pending(mask_of(Interrupt::kCollect)), mask_of(Interrupt::kCollect));
  EXPECT_EQ(waker->take(mask_of(Interrupt::kCollect)), mask_of(Interrupt::kCollect));
  EXPECT_EQ(waker->take(kWaitInterrupts), mask_of(Interrupt::kUserCallback));
  EXPECT_FALSE(waker->has_request());
  EXPECT_NE(waker->agent_id(), AgentWaker::create()->agent_id());
}

TEST(AgentWaker, TerminationIsNeverTakenBack) {
  Ref<AgentWaker> waker = AgentWaker::create();
  waker->request(Interrupt::kTerminate);
  EXPECT_EQ(waker->take(kWaitInterrupts), mask_of(Interrupt::kTerminate));
  EXPECT_EQ(waker->take(kWaitInterrupts), mask_of(Interrupt::kTerminate));
}

TEST(EventQueue, KeepsTheOrder) {
  Agent agent;
  for (int i = 1; i <= 5; ++i) {
    EXPECT_EQ(agent.queue->post(make_task([i](Agent& owner) { owner.value = owner.value * 10 + i; })),
              PostResult::kPosted);
    if (i == 3) {
      agent.queue->take()->run(agent);
    }
  }
  EXPECT_EQ(agent.run_pending(), 4);
  EXPECT_EQ(agent.value, 12345);
  EXPECT_EQ(agent.queue->take(), nullptr);
}

TEST(EventQueue, ChargesBytes) {
  Agent agent;
  auto account = MemoryAccount::create(100);
  Ref<EventQueue> queue = EventQueue::create(agent.waker, account);
  EXPECT_EQ(queue->post(make_task([](Agent&) {}, 60)), PostResult::kPosted);
  auto second = make_task([](Agent&) {}, 60);
  EXPECT_EQ(queue->post(std::move(second)), PostResult::kFull);
  EXPECT_NE(second, nullptr);
  EXPECT_EQ(queue->queued_bytes(), 60u);
  EXPECT_NE(queue->take(), nullptr);
  EXPECT_EQ(account->used(), 0u);
  EXPECT_EQ(queue->post(std::move(second)), PostResult::kPosted);
  queue->close();
  EXPECT_EQ(account->used(), 0u);
}

TEST(EventQueue, ClosingDestroysWhatWaits) {
  Agent agent;
  auto guard = std::make_shared<int>(0);
  EXPECT_EQ(agent.queue->post(make_task([guard](Agent&) { *guard = 1; })), PostResult::kPosted);
  EXPECT_EQ(guard.use_count(), 2);
  agent.queue->close();
  EXPECT_TRUE(agent.queue->is_closed());
  EXPECT_EQ(guard.use_count(), 1);
  auto late = make_task([guard](Agent&) {});
  EXPECT_EQ(agent.queue->post(std::move(late)), PostResult::kClosed);
  EXPECT_NE(late, nullptr);
  EXPECT_EQ(agent.queue->take(), nullptr);
  EXPECT_FALSE(agent.queue->has_task());
  agent.queue->close();
  EXPECT_EQ(*guard, 0);
}

TEST(EventQueue, WaitSaysWhy) {
  Agent agent;
  EXPECT_EQ(agent.queue->wait(Deadline::never()), WaitResult::kIdle);
  KeepAlive keep_alive(agent.queue);
  EXPECT_EQ(agent.queue->wait(Deadline::after_ms(0)), WaitResult::kTimedOut);
  EXPECT_EQ(agent.queue->post(make_task([](Agent&) {})), PostResult::kPosted);
  EXPECT_EQ(agent.queue->wait(Deadline::never()), WaitResult::kTask);
  agent.waker->request(Interrupt::kTerminate);
  EXPECT_EQ(agent.queue->wait(Deadline::never()), WaitResult::kInterrupted);
  EXPECT_EQ(agent.queue->wait(Deadline::never(), 0), WaitResult::kTask);
  agent.queue->take();
  keep_alive.reset();
  EXPECT_EQ(agent.queue->wait(Deadline::never(), 0), WaitResult::kIdle);
}

TEST(EventQueue, AnotherThreadWakesIt) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  Agent agent;
  KeepAlive keep_alive(agent.queue);
  std::thread poster([&] {
    platform::sleep_ns(5'000'000);
    EXPECT_EQ(agent.queue->post(make_task([](Agent& owner) { owner.value = 1; })), PostResult::kPosted);
  });
  EXPECT_EQ(agent.queue->wait(Deadline::never()), WaitResult::kTask);
  EXPECT_EQ(agent.run_pending(), 1);
  poster.join();

  std::thread terminator([waker = agent.waker] {
    platform::sleep_ns(5'000'000);
    waker->request(Interrupt::kTerminate);
  });
  EXPECT_EQ(agent.queue->wait(Deadline::never()), WaitResult::kInterrupted);
  terminator.join();
  agent.waker->clear();

  std::thread releaser([&] {
    platform::sleep_ns(5'000'000);
    keep_alive.reset();
  });
  EXPECT_EQ(agent.queue->wait(Deadline::never()), WaitResult::kIdle);
  releaser.join();
}

// Each producer's tasks arrive in its own order, none is lost, and what comes before the last keep-alive
// goes is seen.
TEST(EventQueue, ManyProducers) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  constexpr int kProducers = 6;
  constexpr int kTasks = 5000;
  Agent agent;
  std::vector<int> next(kProducers, 0);
  std::vector<std::thread> producers;
  for (int p = 0; p < kProducers; ++p) {
    producers.emplace_back([p, queue = agent.queue, &next, keep_alive = KeepAlive(agent.queue)]() mutable {
      for (int i = 0; i < kTasks; ++i) {
        auto task = make_task(
            [p, i, &next](Agent& owner) {
              EXPECT_EQ(next[p], i);
              ++next[p];
              ++owner.value;
            },
            16);
        ASSERT_EQ(queue->post(std::move(task)), PostResult::kPosted);
      }
    });
  }
  while (agent.queue->wait(Deadline::never()) == WaitResult::kTask) {
    agent.run_pending();
  }
  EXPECT_EQ(agent.value, int64_t{kProducers} * kTasks);
  EXPECT_EQ(agent.queue->queued_bytes(), 0u);
  for (std::thread& producer : producers) producer.join();
}

// A queue that closes under fire: every task is either run, destroyed by the queue, or refused.
TEST(EventQueue, ClosesUnderFire) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  for (int round = 0; round < 50; ++round) {
    std::atomic<int> alive{0};
    struct Token {
      explicit Token(std::atomic<int>& count) : count(&count) { ++*this->count; }
      Token(const Token& other) : count(other.count) { ++*count; }
      ~Token() { --*count; }
      std::atomic<int>* count;
    };
    Agent agent;
    std::vector<std::thread> producers;
    for (int p = 0; p < 3; ++p) {
      producers.emplace_back([queue = agent.queue, &alive] {
        while (queue->post(make_task([token = Token(alive)](Agent&) {}, 1)) != PostResult::kClosed) {
        }
      });
    }
    for (int i = 0; i < 20; ++i) {
      if (auto task = agent.queue->take()) task->run(agent);
    }
    agent.queue->close();
    for (std::thread& producer : producers) producer.join();
    EXPECT_EQ(alive.load(), 0);
    EXPECT_EQ(agent.queue->queued_bytes(), 0u);
  }
}

}  // namespace
}  // namespace skein::threading
