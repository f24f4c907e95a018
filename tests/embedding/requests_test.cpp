// The request model (JS_THREADSAFE) case by case: a request begins and ends on one thread, nests, is suspended and
// resumed, yields; collections wait for nobody; interrupts come from anywhere.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <future>

#if !defined(__EMSCRIPTEN__)
#include <pthread.h>
#endif

#include "support.h"

namespace {

using namespace std::chrono_literals;
using skein::Context;
using skein::ErrorKind;

TEST(Requests, BeginAndEndOnOneThread) {
  auto context = make_context();
  {
    auto request = context.enter().value();
    EXPECT_TRUE(context.is_entered());
    on_thread([&] { EXPECT_FALSE(context.is_entered()); });
  }
  EXPECT_FALSE(context.is_entered());
}

TEST(Requests, NestedOnesCount) {
  auto context = make_context();
  std::vector<skein::Scope> requests;
  for (int i = 0; i < 100; ++i) requests.push_back(context.enter().value());
  while (requests.size() > 1) {
    requests.pop_back();
    EXPECT_TRUE(context.is_entered());
  }
  requests.clear();
  EXPECT_FALSE(context.is_entered());
  on_thread([&] { EXPECT_EQ(eval<int>(context, "1"), 1); });
}

// All that is nested is left at once, and is back afterwards.
TEST(Requests, ASuspendedOneIsResumedAsDeepAsItWas) {
  auto context = make_context();
  auto outer = context.enter().value();
  auto inner = std::make_optional(context.enter().value());
  {
    auto pause = context.suspend().value();
    EXPECT_FALSE(context.is_entered());
    on_thread([&] {
      auto request = context.enter().value();
      EXPECT_EQ(eval<int>(context, "globalThis.other = 1"), 1);
    });
  }
  EXPECT_TRUE(context.is_entered());
  inner.reset();
  EXPECT_TRUE(context.is_entered());
  EXPECT_EQ(eval<int>(context, "other"), 1);
}

// What is held across a suspension moves with collections of whoever is in the context meanwhile.
TEST(Requests, ValuesSurviveCollectionsDuringASuspension) {
  auto context = make_context();
  ASSERT_TRUE(context.bind("pause", [](const Context& context, const skein::Value& object) {
    {
      auto pause = context.suspend().value();
      on_thread([&] {
        EXPECT_EQ(eval<int>(context, "let all = []; for (let i = 0; i < 1e5; ++i) all = [i]; all[0]"), 99999);
        EXPECT_TRUE(context.collect_garbage().ok());
      });
    }
    return object.get("x");
  }).ok());
  EXPECT_EQ(eval<std::string>(context, "const local = {y: 'local'}; pause({x: 'held'}) + ' ' + local.y"), "held local");
}

// 99th percentile, in milliseconds, of what one collection with some script takes, over `time`.
double pauses_p99(const Context& context, std::chrono::milliseconds time) {
  std::vector<double> pauses;
  auto function = context.evaluate("(() => { const list = []; for (let i = 0; i < 2000; ++i) list.push({i}); return list.length })").value();
  for (auto start = std::chrono::steady_clock::now(); std::chrono::steady_clock::now() - start < time;) {
    auto before = std::chrono::steady_clock::now();
    EXPECT_TRUE(function.call().ok());
    EXPECT_TRUE(context.collect_garbage().ok());
    pauses.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count());
  }
  std::sort(pauses.begin(), pauses.end());
  return pauses[pauses.size() * 99 / 100];
}

TEST(Requests, OthersPausesDoNotMoveWhileOneBlocksForSeconds) {
  auto context = make_context();
  const double alone = pauses_p99(context, 300ms);
  auto blocked = make_context();
  std::promise<void> suspended, is_stuck, go_on;
  std::shared_future<void> end = go_on.get_future().share();
  ASSERT_TRUE(blocked.bind("block", [&](const Context& context) {
    auto pause = context.suspend().value();
    suspended.set_value();
    end.wait();
  }).ok());
  auto stuck = make_context();  // and one that blocks without saying so
  ASSERT_TRUE(stuck.bind("block", [&] {
    is_stuck.set_value();
    end.wait();
  }).ok());
  std::thread first([&] { EXPECT_TRUE(blocked.evaluate("block()").ok()); });
  std::thread second([&] { EXPECT_TRUE(stuck.evaluate("block()").ok()); });
  suspended.get_future().wait();
  is_stuck.get_future().wait();
  const double beside = pauses_p99(context, 2s);
  go_on.set_value();
  first.join();
  second.join();
  // Room for a busy machine; whoever waited for the blocked ones would need seconds.
  EXPECT_LT(beside, alone * 10 + 200) << "99th percentile in ms, alone " << alone;
}

TEST(Requests, YieldGivesWayOnlyIfSomebodyWaits) {
  auto context = make_context();
  EXPECT_EQ(context.yield().error().message(),
            "Thread " + std::to_string(skein::current_thread_id()) + " is not in context " + context.name());
  auto request = context.enter().value();
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(context.yield().ok());
  std::atomic<bool> over{false};
  std::thread waiter([&] {
    auto request = context.enter_when_free();
    EXPECT_TRUE(request.ok());
    over = true;
  });
  while (!over) ASSERT_TRUE(context.yield().ok());
  waiter.join();
  EXPECT_TRUE(context.is_entered());
}

// Long native work looks up now and then.
TEST(Requests, SafepointTellsNativeWorkToEnd) {
  auto context = make_context();
  std::promise<void> working;
  std::atomic<int> rounds{0};
  ASSERT_TRUE(context.bind("work", [&](const Context& context) -> skein::Result<void> {
    working.set_value();
    while (true) {
      ++rounds;
      if (auto more = context.safepoint(); !more) {
        EXPECT_EQ(more.error().kind(), ErrorKind::kTerminated);
        return more;
      }
    }
  }).ok());
  std::thread killer([&] {
    working.get_future().wait();
    while (rounds < 100) std::this_thread::yield();
    context.terminate();
  });
  auto result = context.evaluate("try { work() } catch {} finally { globalThis.evaded = true }");
  killer.join();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind(), ErrorKind::kTerminated);
  EXPECT_EQ(eval<std::string>(context, "typeof evaded"), "undefined");
  EXPECT_TRUE(context.safepoint().ok());
}

// GraalJS's interrupt(timeout): end what runs, wait until it has left, and use the context.
TEST(Requests, InterruptWithATimeout) {
  auto context = make_context();
  std::promise<void> started;
  ASSERT_TRUE(context.bind("started", [&] { started.set_value(); }).ok());
  std::thread runner([&] { EXPECT_EQ(context.evaluate("globalThis.n = 1; started(); for (;;) ++n").error().kind(), ErrorKind::kTerminated); });
  started.get_future().wait();
  context.terminate();
  auto request = context.enter_when_free(10s);
  ASSERT_TRUE(request.ok());
  EXPECT_TRUE(eval<bool>(context, "n >= 1"));
  runner.join();
}

// Long texts are polled while they are decoded and arrays while they are encoded; script that runs then may take their
// bytes away.
TEST(Requests, InterruptedWhileBytesBecomeText) {
  skein::ContextOptions options;
  options.on_interrupt = [](const Context& context) {
    EXPECT_TRUE(context.evaluate("change()").ok());
    return skein::InterruptAction::kContinue;
  };
  auto context = make_context(options);
  ASSERT_TRUE(context.bind("interrupt", [](const Context& context) { context.request_interrupt(); }).ok());
  ASSERT_TRUE(context.evaluate(R"(
    const size = 3 << 20, asking = { get alphabet() { interrupt(); } };
    let change, array;
    const attempt = (method, given, what) => {
      const buffer = new ArrayBuffer(size, { maxByteLength: size });
      array = new Uint8Array(buffer);
      change = () => what(buffer);
      try {
        const result = array[method](...given);
        return typeof result === "string" ? result.length : `${result.read} ${result.written}`;
      } catch (error) {
        return error.constructor.name;
      }
    };
    const shrink = (buffer) => buffer.resize(6), detach = (buffer) => buffer.transfer();
  )").ok());
  EXPECT_EQ(eval<std::string>(context, "attempt('setFromBase64', ['AAAA'.repeat(size / 3), asking], shrink)"), "8 6");
  EXPECT_EQ(eval<std::string>(context, "attempt('setFromBase64', ['AAAA'.repeat(size / 3), asking], detach)"), "TypeError");
  EXPECT_EQ(eval<int>(context, "attempt('toBase64', [asking], shrink)"), 8);
  EXPECT_EQ(eval<std::string>(context, "attempt('toBase64', [asking], detach)"), "TypeError");
}

#if !defined(__EMSCRIPTEN__)
// Both are async-signal-safe: a handler calls them on the very thread that runs the script.
skein::Context g_signalled;

TEST(Requests, InterruptedBySignals) {
  std::atomic<int> calls{0};
  skein::ContextOptions options;
  options.on_interrupt = [&](const Context&) { return ++calls < 20 ? skein::InterruptAction::kContinue : skein::InterruptAction::kTerminate; };
  g_signalled = make_context(options);
  auto* before = std::signal(SIGUSR1, [](int) { g_signalled.request_interrupt(); });
  for (const char* source : {"for (;;) {}", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)", "let a = []; for (;;) a = [a.length]"}) {
    calls = 0;
    std::atomic<bool> over{false};
    pthread_t runner = pthread_self();
    std::thread sender([&] {
      while (!over) {
        pthread_kill(runner, SIGUSR1);
        std::this_thread::sleep_for(500us);
      }
    });
    EXPECT_EQ(g_signalled.evaluate(source).error().kind(), ErrorKind::kTerminated) << source;
    over = true;
    sender.join();
    EXPECT_EQ(calls, 20);
  }
  std::signal(SIGUSR1, [](int) { g_signalled.terminate(); });
  ASSERT_TRUE(g_signalled.bind("signal", [] { std::raise(SIGUSR1); }).ok());
  EXPECT_EQ(g_signalled.evaluate("signal(); for (;;) {}").error().kind(), ErrorKind::kTerminated);
  EXPECT_EQ(eval<int>(g_signalled, "6 * 7"), 42);
  std::signal(SIGUSR1, before);
  g_signalled = Context();
}
#endif

// A limit that one context hits is nothing to those beside it, amid their scripts.
TEST(Requests, LimitsLeaveSiblingsAlone) {
  std::atomic<bool> over{false};
  std::vector<std::thread> siblings;
  for (int i = 0; i < 2; ++i) {
    siblings.emplace_back([&] {
      auto context = make_context();
      int rounds = 0;
      while (!over || rounds == 0) {
        EXPECT_EQ(eval<int>(context, "{ let sum = 0; for (const x of Array.from({length: 1000}, (_, i) => i)) sum += x; sum }"), 499500);
        ++rounds;
      }
    });
  }
  const std::pair<skein::Limits, ErrorKind> kLimits[] = {
      {{.heap_bytes = 8 << 20}, ErrorKind::kHeapLimit},   {{.stack_bytes = 256 << 10}, ErrorKind::kStack},
      {{.time = 20ms}, ErrorKind::kTimeLimit},            {{.instructions = 100'000}, ErrorKind::kInstructionLimit},
  };
  for (auto& [limits, kind] : kLimits) {
    auto context = make_context({.limits = limits});
    auto result = context.evaluate(kind == ErrorKind::kHeapLimit ? "{ let a = []; for (;;) a.push(new Array(1000).fill(0)) }"
                                   : kind == ErrorKind::kStack   ? "(function f() { f() })()"
                                                                 : "for (;;) {}");
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind(), kind);
    EXPECT_EQ(eval<int>(context, "1 + 1"), 2);
  }
  over = true;
  for (auto& sibling : siblings) sibling.join();
}

}  // namespace
