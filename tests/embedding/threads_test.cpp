// The cases of GraalJS's tests of threads, by name, and what its users ask for: pools.
#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>

#include "support.h"

namespace {

using skein::Class;
using skein::Context;
using skein::Value;

// Script sees a queue that blocks: the thread leaves the context while it waits.
class BlockingQueue {
 public:
  void offer(std::string item) {
    {
      std::lock_guard lock(mutex_);
      items_.push_back(std::move(item));
    }
    filled_.notify_one();
  }
  std::string take(const Context& context) {
    auto pause = context.suspend();
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [&] { return !items_.empty(); });
    std::string item = std::move(items_.front());
    items_.pop_front();
    return item;
  }
  static Class<BlockingQueue> definition() {
    Class<BlockingQueue> queue("BlockingQueue");
    queue.constructor<>().method("offer", &BlockingQueue::offer).method("take", &BlockingQueue::take);
    return queue;
  }

 private:
  std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<std::string> items_;
};

class AtomicInteger {
 public:
  int increment_and_get() { return ++value_; }
  int get() const { return value_; }
  static Class<AtomicInteger> definition() {
    Class<AtomicInteger> counter("AtomicInteger");
    counter.constructor<>().method("incrementAndGet", &AtomicInteger::increment_and_get).property("value", &AtomicInteger::get);
    return counter;
  }

 private:
  std::atomic<int> value_{0};
};

constexpr const char* kFib = "(function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) })";

TEST(GraalThreads, TwoContextsInParallel) {
  std::atomic<int> inside{0};
  auto run = [&] {
    auto context = make_context();
    ASSERT_TRUE(context.bind("meet", [&] {
      ++inside;
      while (inside < 2) std::this_thread::yield();  // both are in their scripts at once
    }).ok());
    EXPECT_EQ(eval<int>(context, "meet(); let sum = 0; for (let i = 0; i < 1000; ++i) sum += i; sum"), 499500);
  };
  std::thread a(run), b(run);
  a.join();
  b.join();
}

TEST(GraalThreads, AHostThreadRunsAFunctionItMustNot) {
  auto context = make_context();
  std::string message, expected;
  auto owner = skein::current_thread_id();
  ASSERT_TRUE(context.bind("onOtherThread", [&](const Value& function) {
    on_thread([&] {
      expected = busy(skein::current_thread_id(), context, owner);
      message = failure(function.call());
    });
  }).ok());
  ASSERT_TRUE(context.evaluate("onOtherThread(() => 1)").ok());
  EXPECT_EQ(message, expected);
}

TEST(GraalThreads, LockAndEnterTwoTimesAHundredThousand) {
  auto context = make_context();
  auto increment = context.evaluate("globalThis.n = 0; (() => ++n)").value();
  std::mutex lock;
  std::atomic<int> errors{0};
  auto run = [&] {
    for (int i = 0; i < 100'000; ++i) {
      std::lock_guard guard(lock);
      auto scope = context.enter();
      if (!scope || !increment.call()) ++errors;
    }
  };
  std::thread a(run), b(run);
  a.join();
  b.join();
  EXPECT_EQ(errors, 0);
  EXPECT_EQ(eval<int>(context, "n"), 200'000);
}

TEST(GraalThreads, OneEngineThreadLocalContexts) {
  skein::Engine engine;
  std::atomic<int> next{0}, sum{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      auto context = engine.create_context().value();
      auto function = context.evaluate("(n => n * n)", "task.js").value();
      for (int task; (task = next++) < 42;) sum += static_cast<int>(function.call(task)->as_number());
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(sum, 41 * 42 * 83 / 6);
  EXPECT_EQ(engine.cache_statistics().entries, 1u);
}

TEST(GraalThreads, RecursiveFibOverAForkJoinPool) {
  skein::ContextPool pool(engine(), {.threads = 4, .reset = skein::Reset::kKeep});
  // fork: two smaller tasks; join: their sum. Small ones are computed by script.
  std::function<int(int)> fib = [&](int n) -> int {
    if (n < 14) {
      return pool.run([n](const Context& context) -> skein::Result<int> {
        auto function = context.evaluate(kFib, "fib.js");
        if (!function) return function.error();
        auto result = function->call(n);
        return result ? result->to<int>() : skein::Result<int>(result.error());
      }).get().value();
    }
    auto left = std::async(std::launch::async, fib, n - 1);
    int right = fib(n - 2);
    return left.get() + right;
  };
  EXPECT_EQ(fib(18), 2584);
}

TEST(GraalThreads, MadeOnOneThreadUsedOnAnother) {
  Context context;
  Value function, object;
  on_thread([&] {
    context = make_context();
    function = context.evaluate("(o => o.x += 1)").value();
    object = context.evaluate("({x: 41})").value();
  });
  EXPECT_EQ(function.call(object)->as_number(), 42);
  on_thread([&] { EXPECT_EQ(object.get("x")->as_number(), 42); });
}

TEST(GraalThreads, AFieldBroughtTo42000UnderALock) {
  struct Plain {
    int field = 0;
  };
  Class<Plain> definition("Plain");
  definition.field("field", &Plain::field);
  auto shared = std::make_shared<Plain>();
  std::mutex lock;
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&] {
      auto context = make_context();
      ASSERT_TRUE(context.bind(definition).ok());
      ASSERT_TRUE(context.global()->set("shared", shared).ok());
      auto increment = context.evaluate("(() => { shared.field = shared.field + 1 })").value();
      for (int i = 0; i < 7000; ++i) {
        std::lock_guard guard(lock);
        ASSERT_TRUE(increment.call().ok());
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(shared->field, 42'000);
}

TEST(GraalThreads, WithoutTheLockOneContextIsRefused) {
  auto context = make_context();
  auto scope = context.enter().value();
  ASSERT_TRUE(context.evaluate("globalThis.o = {field: 0}").ok());
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] { refused += context.evaluate("o.field++").error().kind() == skein::ErrorKind::kWrongThread; });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(refused, 4);
  EXPECT_EQ(eval<int>(context, "o.field"), 0);
}

TEST(GraalThreads, OneAtomicCounterFromTwoContexts) {
  auto definition = AtomicInteger::definition();
  auto counter = std::make_shared<AtomicInteger>();
  auto run = [&] {
    auto context = make_context();
    ASSERT_TRUE(context.bind(definition).ok());
    ASSERT_TRUE(context.global()->set("counter", counter).ok());
    ASSERT_TRUE(context.evaluate("for (let i = 0; i < 10000; ++i) counter.incrementAndGet()").ok());
  };
  std::thread a(run), b(run);
  a.join();
  b.join();
  EXPECT_EQ(counter->get(), 20'000);
}

TEST(GraalThreads, ProducerAndConsumerOverABlockingQueue) {
  auto definition = BlockingQueue::definition();
  auto queue = std::make_shared<BlockingQueue>();
  auto make = [&] {
    auto context = make_context();
    EXPECT_TRUE(context.bind(definition).ok());
    EXPECT_TRUE(context.global()->set("queue", queue).ok());
    return context;
  };
  std::thread producer([&] {
    ASSERT_TRUE(make().evaluate("for (let i = 0; i < 128; ++i) queue.offer(JSON.stringify({id: i, text: 'message ' + i}))").ok());
  });
  int sum = 0;
  std::thread consumer([&] { sum = eval<int>(make(), "let sum = 0; for (let i = 0; i < 128; ++i) { const m = JSON.parse(queue.take()); if (m.id !== i) throw m; sum += m.id } sum"); });
  producer.join();
  consumer.join();
  EXPECT_EQ(sum, 127 * 64);
}

TEST(GraalThreads, ACallbackRunByAPoolThreadUnderLockAndEnter) {
  auto context = make_context();
  std::mutex lock;
  std::vector<std::thread> pool;
  ASSERT_TRUE(context.bind("submit", [&](const Value& callback) {
    pool.emplace_back([&lock, &context, callback] {
      std::lock_guard guard(lock);
      auto scope = context.enter_when_free();
      ASSERT_TRUE(scope.ok());
      EXPECT_TRUE(callback.call().ok());
    });
  }).ok());
  ASSERT_TRUE(context.evaluate("globalThis.done = 0; for (let i = 1; i <= 8; ++i) submit(() => { done += i })").ok());
  for (auto& thread : pool) thread.join();
  EXPECT_EQ(eval<int>(context, "done"), 36);
}

TEST(GraalThreads, APromiseResolvedFromAnotherThread) {
  auto context = make_context();
  std::vector<std::thread> threads;
  ASSERT_TRUE(context.bind("slowly", [&](const Context& context, int value) -> skein::Result<Value> {
    auto resolver = context.promise();
    if (!resolver) return resolver.error();
    threads.emplace_back([resolver = *resolver, value] { EXPECT_TRUE(resolver.resolve(value * 2).ok()); });
    return resolver->promise();
  }).ok());
  auto result = context.await(context.evaluate("(async () => (await slowly(20)) + (await slowly(1)))()").value());
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(result->as_number(), 42);
}

TEST(GraalThreads, LeavesBlocksWhileAnotherRunsAndReEnters) {
  auto context = make_context();
  auto scope = context.enter().value();
  ASSERT_TRUE(context.evaluate("globalThis.log = []; log.push('first')").ok());
  {
    auto pause = context.suspend().value();
    on_thread([&] { ASSERT_TRUE(context.evaluate("log.push('second')").ok()); });
  }
  EXPECT_EQ(eval<std::string>(context, "log.push('first again'); log.join()"), "first,second,first again");
}

TEST(GraalThreads, BlockedInAHostQueueUntilAHostThreadOffers) {
  auto queue = std::make_shared<BlockingQueue>();
  std::promise<std::string> taken;
  std::thread script([&] {
    auto context = make_context();
    ASSERT_TRUE(context.bind(BlockingQueue::definition()).ok());
    ASSERT_TRUE(context.global()->set("queue", queue).ok());
    taken.set_value(eval<std::string>(context, "'got ' + queue.take()"));
  });
  auto result = taken.get_future();
  EXPECT_EQ(result.wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
  queue->offer("it");
  EXPECT_EQ(result.get(), "got it");
  script.join();
}

TEST(GraalThreads, SixteenContextsOfAsyncCodeOverOneEngine) {
  skein::Engine engine;
  constexpr const char* kSource =
      "(async () => { function* g() { yield 1; yield 2 } async function* ag() { for (const x of g()) yield x * 10 }"
      " let sum = 0; for await (const x of ag()) sum += x; return sum + await Promise.resolve(12) })()";
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int t = 0; t < 16; ++t) {
    threads.emplace_back([&] {
      auto context = engine.create_context().value();
      for (int i = 0; i < 100; ++i) {
        auto result = context.await(context.evaluate(kSource, "async.js").value());
        good += result.ok() && result->as_number() == 42;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 1600);
  EXPECT_EQ(engine.cache_statistics().entries, 1u);
}

TEST(Pool, EveryJobHasAFreshContext) {
  skein::PoolOptions options;
  options.threads = 4;
  options.setup = [](const Context& context) { return context.bind("twice", [](int x) { return 2 * x; }); };
  skein::ContextPool pool(engine(), options);
  std::vector<std::future<skein::Result<int>>> results;
  for (int i = 0; i < 40; ++i) results.push_back(pool.evaluate<int>("if (globalThis.used) throw 'dirty'; globalThis.used = true; twice(" + std::to_string(i) + ")"));
  for (int i = 0; i < 40; ++i) EXPECT_EQ(results[i].get().value(), 2 * i);
}

TEST(Pool, PassesArgumentsAndErrors) {
  skein::ContextPool pool(engine(), {.threads = 2, .context = {.limits = {.time = std::chrono::milliseconds(30)}}, .reset = skein::Reset::kKeep});
  auto sum = pool.run([](const Context& context, int a, std::string b) -> skein::Result<std::string> {
    auto result = context.evaluate("((a, b) => a + b)")->call(a, b);
    return result ? result->to<std::string>() : skein::Result<std::string>(result.error());
  }, 1, "2");
  EXPECT_EQ(sum.get().value(), "12");
  EXPECT_EQ(pool.evaluate<int>("throw new RangeError('x')").get().error().message(), "RangeError: x");
  EXPECT_EQ(pool.evaluate<int>("for (;;) {}").get().error().kind(), skein::ErrorKind::kTimeLimit);
  EXPECT_EQ(pool.evaluate<int>("(async () => 42)()").get().value(), 42);
  EXPECT_EQ(pool.run([](const Context&) { return 7; }).get().value(), 7);
  EXPECT_LE(pool.statistics().contexts_made, 2u);
}

TEST(Pool, WaitsAndCloses) {
  skein::ContextPool pool(engine(), {.threads = 3});
  std::atomic<int> ran{0}, refused{0};
  auto run = [&](const Context& context) { ran += eval<int>(context, "1"); };
  auto refuse = [&](const skein::Error& error) {
    EXPECT_EQ(error.kind(), skein::ErrorKind::kClosed);
    EXPECT_EQ(error.message(), "The pool is closed");
    ++refused;
  };
  for (int i = 0; i < 30; ++i) pool.submit(run, refuse);
  pool.wait();
  EXPECT_EQ(ran, 30);
  for (int i = 0; i < 30; ++i) pool.submit(run, refuse);
  pool.close();
  EXPECT_EQ(ran, 60);
  EXPECT_EQ(refused, 0);
  pool.submit(run, refuse);
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(pool.evaluate<int>("1").get().error().kind(), skein::ErrorKind::kClosed);
  EXPECT_EQ(pool.statistics().warm, 0u);
  pool.wait();  // nothing to wait for
}

TEST(Pool, AFailedSetupIsTheJobsError) {
  skein::PoolOptions options;
  options.threads = 2;
  options.setup = [](const Context&) -> skein::Result<void> { return skein::Error("no set-up"); };
  skein::ContextPool pool(engine(), options);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(pool.evaluate<int>("1").get().error().message(), "no set-up");
}

// A job that ends for good (a limit, process.exit) does no harm to the next one.
TEST(Pool, HostileJobsHarmNobody) {
  skein::ContextPool pool(engine(), {.threads = 4, .context = {.limits = {.heap_bytes = 16 << 20, .time = std::chrono::milliseconds(200)}}});
  std::vector<std::future<skein::Result<int>>> hostile, good;
  for (int i = 0; i < 8; ++i) {
    hostile.push_back(pool.evaluate<int>(i % 2 == 0 ? "for (;;) {}" : "{ let a = []; for (;;) a.push(new Array(1000).fill(0)) }"));
    good.push_back(pool.evaluate<int>("[1, 2, 3].length"));
  }
  for (auto& result : hostile) EXPECT_FALSE(result.get().ok());
  for (auto& result : good) EXPECT_EQ(result.get().value(), 3);
}

}  // namespace
