#include "core/threading/thread_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

#include "platform/parker.h"
#include "platform/thread.h"

namespace skein::threading {
namespace {

// Counts down to zero, where one thread waits for it.
class Latch {
 public:
  explicit Latch(int count) : count_(count) {}
  void count_down() {
    // acq_rel: what each has done is visible to the one who waits.
    if (count_.fetch_sub(1, std::memory_order_acq_rel) == 1) parker_.unpark();
  }
  void wait() {
    while (parker_.park() != platform::ParkResult::kToken) {
    }
  }

 private:
  std::atomic<int> count_;
  platform::Parker parker_;
};

class ThreadPoolTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!platform::threads_are_supported()) GTEST_SKIP();
  }
  // Where threads never end, neither do pools.
  static ThreadPool* make_pool(const ThreadPool::Options& options) { return new ThreadPool(options); }
  static void drop_pool(ThreadPool* pool) {
    if (platform::threads_may_end()) delete pool;
  }
};

TEST_F(ThreadPoolTest, RunsJobsAndReusesThreads) {
  ThreadPool* pool = make_pool({});
  uint64_t first_thread = 0;
  for (int i = 0; i < 20; ++i) {
    Latch done(1);
    uint64_t thread = 0;
    EXPECT_EQ(pool->run(make_job([&] {
      thread = platform::current_thread_id();
      done.count_down();
    })),
              nullptr);
    done.wait();
    if (i == 0) first_thread = thread;
    EXPECT_EQ(thread, first_thread);
    while (pool->idle_count() == 0) platform::yield_thread();
  }
  EXPECT_EQ(pool->thread_count(), 1u);
  drop_pool(pool);
}

TEST_F(ThreadPoolTest, GivesTheStackAskedFor) {
  ThreadPool* pool = make_pool({});
  for (size_t size : {size_t{128} << 10, size_t{2} << 20, size_t{256} << 10}) {
    Latch done(1);
    platform::StackBounds bounds;
    EXPECT_EQ(pool->run(make_job([&] {
                          bounds = platform::current_stack_bounds();
                          done.count_down();
                        }),
                        size, "stack"),
              nullptr);
    done.wait();
    EXPECT_GE(bounds.high - bounds.low, size - (64 << 10));
    while (pool->idle_count() != pool->thread_count()) platform::yield_thread();
  }
  EXPECT_EQ(pool->thread_count(), 2u);
  drop_pool(pool);
}

TEST_F(ThreadPoolTest, RefusesBeyondItsLimit) {
  ThreadPool* pool = make_pool({.max_threads = 2});
  Latch started(2);
  Latch release_first(1);
  Latch release_second(1);
  for (Latch* latch : {&release_first, &release_second}) {
    EXPECT_EQ(pool->run(make_job([&started, latch] {
      started.count_down();
      latch->wait();
    })),
              nullptr);
  }
  started.wait();
  std::unique_ptr<Job> refused = pool->run(make_job([] {}));
  EXPECT_NE(refused, nullptr);
  release_first.count_down();
  while (pool->idle_count() == 0) platform::yield_thread();
  EXPECT_EQ(pool->run(std::move(refused)), nullptr);
  release_second.count_down();
  while (pool->idle_count() != 2) platform::yield_thread();
  drop_pool(pool);
}

TEST_F(ThreadPoolTest, PrewarmedThreadsWaitForWork) {
  ThreadPool* pool = make_pool({});
  EXPECT_EQ(pool->prewarm(3), 3u);
  Latch done(3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(pool->run(make_job([&] { done.count_down(); })), nullptr);
  }
  done.wait();
  EXPECT_EQ(pool->thread_count(), 3u);
  while (pool->idle_count() != 3) platform::yield_thread();
  drop_pool(pool);
}

TEST_F(ThreadPoolTest, IdleThreadsEnd) {
  if (!platform::threads_may_end()) GTEST_SKIP();
  ThreadPool pool({.idle_ns = 5'000'000, .keep_idle = 1});
  EXPECT_EQ(pool.prewarm(4), 4u);
  while (pool.thread_count() > 1) platform::sleep_ns(1'000'000);
  platform::sleep_ns(20'000'000);
  EXPECT_EQ(pool.thread_count(), 1u);
}

TEST_F(ThreadPoolTest, ManyShortJobsWhileThreadsComeAndGo) {
  constexpr int kJobs = 3000;
  ThreadPool* pool = make_pool({.max_threads = 8, .idle_ns = 50'000, .keep_idle = 0});
  std::atomic<int> ran{0};
  for (int i = 0; i < kJobs; ++i) {
    std::unique_ptr<Job> job = make_job([&ran] { ++ran; });
    while ((job = pool->run(std::move(job)))) platform::yield_thread();
    if (i % 100 == 0) platform::sleep_ns(100'000);
  }
  while (ran != kJobs) platform::yield_thread();
  EXPECT_LE(pool->thread_count(), 8u);
  drop_pool(pool);
}

TEST_F(ThreadPoolTest, JobsStartJobs) {
  ThreadPool* pool = make_pool({});
  Latch done(1);
  std::atomic<int> depth{0};
  struct Chain : Job {
    Chain(ThreadPool* pool, std::atomic<int>* depth, Latch* done) : pool(pool), depth(depth), done(done) {}
    void run() override {
      if (++*depth == 50) {
        done->count_down();
      } else {
        EXPECT_EQ(pool->run(std::make_unique<Chain>(pool, depth, done)), nullptr);
      }
    }
    ThreadPool* pool;
    std::atomic<int>* depth;
    Latch* done;
  };
  EXPECT_EQ(pool->run(std::make_unique<Chain>(pool, &depth, &done)), nullptr);
  done.wait();
  while (pool->idle_count() != pool->thread_count()) platform::yield_thread();
  drop_pool(pool);
}

}  // namespace
}  // namespace skein::threading
