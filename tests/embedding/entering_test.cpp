// Who is in a context: the thread rule, requests, suspension, closing, and the exact words of misuse.
#include <atomic>
#include <chrono>
#include <future>
#include <mutex>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

#include "support.h"

namespace {

using namespace std::chrono_literals;
using skein::Cancel;
using skein::Context;
using skein::ErrorKind;
using skein::Value;

TEST(Enter, ASecondThreadIsRefused) {
  auto context = make_context();
  uint64_t owner = skein::current_thread_id();
  auto scope = context.enter().value();
  EXPECT_TRUE(context.is_entered());
  on_thread([&] {
    EXPECT_FALSE(context.is_entered());
    std::string expected = busy(skein::current_thread_id(), context, owner);
    auto enter = context.enter();
    ASSERT_FALSE(enter.ok());
    EXPECT_EQ(enter.error().kind(), ErrorKind::kWrongThread);
    EXPECT_EQ(enter.error().message(), expected);
    EXPECT_EQ(failure(context, "1"), expected);
    EXPECT_EQ(context.bind("f", [] {}).error().message(), expected);
    EXPECT_EQ(context.close().error().message(), expected);
    EXPECT_EQ(context.enter_when_free(1ms).error().message(), expected);
  });
}

TEST(Enter, ScopesNestAndLetOthersIn) {
  auto context = make_context();
  {
    auto outer = context.enter().value();
    auto inner = context.enter().value();
  }
  EXPECT_FALSE(context.is_entered());
  on_thread([&] { EXPECT_EQ(eval<int>(context, "6 * 7"), 42); });
  EXPECT_EQ(eval<int>(context, "6 * 7"), 42);
}

TEST(Enter, WaitsUntilFree) {
  auto context = make_context();
  auto scope = std::make_optional(context.enter().value());
  std::atomic<bool> entered{false};
  std::thread other([&] {
    auto scope = context.enter_when_free();
    ASSERT_TRUE(scope.ok());
    entered = true;
  });
  std::this_thread::sleep_for(30ms);
  EXPECT_FALSE(entered);
  scope.reset();
  other.join();
  EXPECT_TRUE(entered);
}

TEST(Enter, AScopeOfAnotherThreadIsReported) {
#if defined(__SANITIZE_ADDRESS__)
  __lsan::ScopedDisabler disabler;  // the context stays entered, and so stays
#endif
  std::string said;
  skein::Engine engine({.on_misuse = [&](std::string_view message) { said = message; }});
  auto context = engine.create_context().value();
  auto scope = std::make_optional(context.enter().value());
  std::string expected;
  on_thread([&] {
    expected = "Context " + context.name() + " was left by thread " + std::to_string(skein::current_thread_id()) +
               ", which is not in it; the scope was made by another thread";
    scope.reset();
  });
  EXPECT_EQ(said, expected);
  EXPECT_TRUE(context.is_entered());
}

TEST(Misuse, ValuesOfAnotherContext) {
  auto a = make_context();
  auto b = make_context();
  auto object = a.object().value();
  std::string expected = "A value of context " + a.name() + " was used with context " + b.name();
  auto set = b.global()->set("x", object);
  ASSERT_FALSE(set.ok());
  EXPECT_EQ(set.error().kind(), ErrorKind::kWrongContext);
  EXPECT_EQ(set.error().message(), expected);
  EXPECT_EQ(failure(b.evaluate("(x => x)")->call(object)), expected);
  EXPECT_EQ(b.array(std::vector<Value>{object}).error().message(), expected);
  EXPECT_EQ(object.strictly_equals(b.object().value()).error().message(),
            "A value of context " + b.name() + " was used with context " + a.name());
  ASSERT_TRUE(b.bind("leak", [&] { return object; }).ok());
  EXPECT_EQ(failure(b, "leak()"), "Error: " + expected);
}

TEST(Misuse, EmptyAndClosedContexts) {
  Context none;
  EXPECT_EQ(failure(none, "1"), "No context: the handle is empty");
  auto context = make_context();
  Value object = context.object().value();
  ASSERT_TRUE(context.close().ok());
  EXPECT_TRUE(context.is_closed());
  EXPECT_EQ(failure(context, "1"), "Context " + context.name() + " is closed");
  EXPECT_EQ(object.get("x").error().message(), "Context " + context.name() + " is closed");
  EXPECT_EQ(context.enter().error().kind(), ErrorKind::kClosed);
  EXPECT_TRUE(context.close().ok());
  EXPECT_EQ(context.post([](const Context&) {}).error().kind(), ErrorKind::kClosed);
}

TEST(Close, EndsARunningScriptOnAnotherThread) {
  auto context = make_context();
  std::promise<void> started;
  ASSERT_TRUE(context.bind("started", [&] { started.set_value(); }).ok());
  std::thread runner([&] {
    auto result = context.evaluate("started(); try { for (;;) {} } finally { for (;;) {} }");
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind(), ErrorKind::kTerminated);
  });
  started.get_future().wait();
  EXPECT_EQ(context.close(Cancel::kNo).error().kind(), ErrorKind::kWrongThread);
  EXPECT_TRUE(context.close(Cancel::kYes).ok());
  EXPECT_TRUE(context.is_closed());
  runner.join();
}

TEST(Close, FromWithinItsOwnScript) {
  auto context = make_context();
  ASSERT_TRUE(context.bind("close", [](const Context& context) { return context.close(); }).ok());
  auto result = context.evaluate("close(); for (;;) {}");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind(), ErrorKind::kTerminated);
  EXPECT_TRUE(context.is_closed());
}

TEST(Close, TheLastHandleMayGoAnywhere) {
  for (int i = 0; i < 50; ++i) {
    auto context = std::make_unique<Context>(make_context());
    Value value = context->evaluate("({a: 1})").value();
    std::thread user([&] { (void)value.get("a"); });
    context.reset();
    user.join();
    EXPECT_FALSE(value.get("a").ok());
  }
}

TEST(Terminate, EndsTheScriptAndNotTheContext) {
  auto context = make_context();
  for (int i = 0; i < 3; ++i) {
    std::promise<void> started;
    ASSERT_TRUE(context.bind("started", [&] { started.set_value(); }).ok());
    std::thread killer([&] {
      started.get_future().wait();
      context.terminate();
    });
    auto result = context.evaluate("started(); try { for (;;) {} } catch (e) {} finally { for (;;) {} }");
    killer.join();
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind(), ErrorKind::kTerminated);
    EXPECT_EQ(result.error().message(), "The script was terminated");
    EXPECT_EQ(eval<int>(context, "1 + 1"), 2);
  }
  context.terminate();  // nothing runs
  EXPECT_EQ(eval<int>(context, "1 + 1"), 2);
}

TEST(Terminate, EndsAtomicsWait) {
  auto context = make_context();
  std::promise<void> started;
  ASSERT_TRUE(context.bind("started", [&] { started.set_value(); }).ok());
  std::thread killer([&] {
    started.get_future().wait();
    context.terminate();
  });
  auto result = context.evaluate("started(); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)");
  killer.join();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind(), ErrorKind::kTerminated);
}

TEST(Interrupt, CallsBackAlsoOutOfAtomicsWait) {
  std::atomic<int> calls{0};
  skein::ContextOptions options;
  options.on_interrupt = [&](const Context& context) {
    EXPECT_TRUE(context.is_entered());
    return ++calls < 3 ? skein::InterruptAction::kContinue : skein::InterruptAction::kTerminate;
  };
  auto context = make_context(options);
  for (const char* source : {"for (;;) {}", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"}) {
    calls = 0;
    std::atomic<bool> over{false};
    std::thread asker([&] {
      while (!over) {
        context.request_interrupt();
        std::this_thread::sleep_for(1ms);
      }
    });
    auto result = context.evaluate(source);
    over = true;
    asker.join();
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind(), ErrorKind::kTerminated);
    EXPECT_EQ(calls, 3);
  }
}

// The request model: suspend and resume in the middle of script.
TEST(Suspend, OthersRunMeanwhile) {
  auto context = make_context();
  ASSERT_TRUE(context.bind("blockingRead", [&](const Context& context) {
    auto pause = context.suspend().value();
    EXPECT_FALSE(context.is_entered());
    on_thread([&] { EXPECT_EQ(eval<int>(context, "globalThis.seen = (globalThis.seen ?? 0) + 1"), 1); });
    return 5;
  }).ok());
  EXPECT_EQ(eval<int>(context, "blockingRead() + seen"), 6);
  EXPECT_EQ(context.suspend().error().message(),
            "Thread " + std::to_string(skein::current_thread_id()) + " is not in context " + context.name());
}

TEST(Suspend, NestsLikeCalls) {
  auto context = make_context();
  std::vector<std::string> order;
  std::mutex mutex;
  auto note = [&](const char* what) {
    std::lock_guard lock(mutex);
    order.push_back(what);
  };
  std::promise<void> second_suspended, first_may_resume;
  std::thread second;
  ASSERT_TRUE(context.bind("first", [&](const Context& context) {
    {
      auto pause = context.suspend().value();
      second = std::thread([&] {
        EXPECT_EQ(eval<int>(context, "second() + 1"), 3);
        note("second is done");
      });
      second_suspended.get_future().wait();
    }  // waits until the script on top has gone on and is done
    note("first goes on");
    return 1;
  }).ok());
  ASSERT_TRUE(context.bind("second", [&](const Context& context) {
    auto pause = context.suspend().value();
    second_suspended.set_value();
    std::this_thread::sleep_for(30ms);
    note("second goes on");
    return 2;
  }).ok());
  EXPECT_EQ(eval<int>(context, "const local = [1, 2, 3]; first() + local.length"), 4);
  second.join();
  EXPECT_EQ(order[0], "second goes on");
}

TEST(Misuse, SuspensionsThatDoNotEndWhereTheyBegan) {
  std::vector<std::string> said;
  skein::Engine engine({.on_misuse = [&](std::string_view message) { said.emplace_back(message); }});
  auto context = engine.create_context().value();
  std::optional<skein::Suspension> kept;
  ASSERT_TRUE(context.bind("keep", [&](const Context& context) {
    kept.emplace(context.suspend().value());
    return 1;
  }).ok());
  const std::string me = std::to_string(skein::current_thread_id());
  EXPECT_EQ(eval<int>(context, "const local = [40]; local[0] + keep() + 1"), 42);
  EXPECT_EQ(said, std::vector{"A bound function has returned on thread " + me + " while context " + context.name() + " was suspended"});
  EXPECT_FALSE(context.is_entered());
  kept.reset();  // has ended already
  EXPECT_EQ(said.size(), 1u);
  said.clear();

  std::string other;
  ASSERT_TRUE(context.bind("give", [&](const Context& context) {
    auto pause = std::make_optional(context.suspend().value());
    on_thread([&] {
      other = std::to_string(skein::current_thread_id());
      pause.reset();
      EXPECT_FALSE(context.is_entered());
    });
  }).ok());
  EXPECT_EQ(eval<int>(context, "give(); local[0] + 2"), 42);
  ASSERT_EQ(said.size(), 2u);
  EXPECT_EQ(said[0], "Context " + context.name() + " was suspended by thread " + me + "; thread " + other + " cannot resume it");
  EXPECT_TRUE(context.close().ok());
}

TEST(Suspend, AContextWithASuspendedScriptIsClosedWhenItEnds) {
  auto context = make_context();
  std::promise<void> suspended, go_on;
  ASSERT_TRUE(context.bind("pause", [&](const Context& context) {
    auto pause = context.suspend().value();
    suspended.set_value();
    go_on.get_future().wait();
  }).ok());
  std::thread runner([&] {
    auto result = context.evaluate("pause(); for (;;) {}");
    EXPECT_EQ(result.error().kind(), ErrorKind::kTerminated);
  });
  suspended.get_future().wait();
  EXPECT_EQ(context.close().error().message(), "Context " + context.name() + " cannot be closed: a thread is suspended in the middle of its script");
  std::thread closer([&] { EXPECT_TRUE(context.close(Cancel::kYes).ok()); });
  std::this_thread::sleep_for(10ms);
  go_on.set_value();
  closer.join();
  runner.join();
  EXPECT_TRUE(context.is_closed());
}

TEST(Yield, LetsWaitersInFromTheInterruptCallback) {
  std::atomic<bool> ran{false};
  skein::ContextOptions options;
  options.on_interrupt = [&](const Context& context) {
    EXPECT_TRUE(context.yield().ok());
    return ran ? skein::InterruptAction::kTerminate : skein::InterruptAction::kContinue;
  };
  auto context = make_context(options);
  std::promise<void> started;
  ASSERT_TRUE(context.bind("started", [&] { started.set_value(); }).ok());
  std::thread other([&] {
    started.get_future().wait();
    std::atomic<bool> over{false};
    std::thread asker([&] {
      while (!over) {
        context.request_interrupt();
        std::this_thread::sleep_for(1ms);
      }
    });
    {
      auto scope = context.enter_when_free();
      ASSERT_TRUE(scope.ok());
      EXPECT_EQ(eval<int>(context, "40 + 2"), 42);
      ran = true;
    }
    while (!context.is_entered() && context.statistics().ok() == false) std::this_thread::sleep_for(1ms);
    over = true;
    asker.join();
  });
  auto result = context.evaluate("started(); for (;;) {}");
  EXPECT_EQ(result.error().kind(), ErrorKind::kTerminated);
  other.join();
}

// One thread blocks natively for long; the others' collections do not wait for it.
TEST(Suspend, NeverDelaysOthersCollections) {
  auto blocked = make_context();
  std::promise<void> suspended, go_on;
  ASSERT_TRUE(blocked.bind("block", [&](const Context& context) {
    auto pause = context.suspend().value();
    suspended.set_value();
    go_on.get_future().wait();
  }).ok());
  std::thread blocker([&] { EXPECT_TRUE(blocked.evaluate("block()").ok()); });
  suspended.get_future().wait();
  auto context = make_context();
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(context.collect_garbage().ok());
  EXPECT_EQ(eval<int>(context, "let all = []; for (let i = 0; i < 1e5; ++i) all = [i]; all[0]"), 99999);
  go_on.set_value();
  blocker.join();
}

TEST(Stack, LimitsFollowTheThread) {
  auto context = make_context();
  const char* deep = "(function f(n) { return n === 0 ? 0 : 1 + [n].map(x => f(x - 1))[0]; })";
  auto function = context.evaluate(deep).value();
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(function.call(50)->as_number(), 50);
    on_thread([&] {
      EXPECT_EQ(function.call(50)->as_number(), 50);
      auto endless = function.call(-1);
      ASSERT_FALSE(endless.ok());
      EXPECT_EQ(endless.error().kind(), ErrorKind::kStack);
    });
  }
}

// --- Handles: the last one closes, or goes to whoever is in the context ---

struct Tracked {
  Tracked() { ++alive; }
  ~Tracked() { --alive; }
  static inline std::atomic<int> alive{0};
};

skein::Context make_tracked() {
  auto context = make_context();
  skein::Class<Tracked> definition("Tracked");
  context.bind(definition).value();
  context.global()->set("tracked", std::make_shared<Tracked>()).value();
  return context;
}

TEST(Handles, TheLastOneGoesToWhoeverIsIn) {
  auto context = std::make_unique<skein::Context>(make_tracked());
  auto function = context->evaluate("() => 42").value();
  std::atomic<int> step{0};
  std::thread other([&, handle = *context]() mutable {
    auto scope = handle.enter().value();
    handle = skein::Context();
    step = 1;
    while (step != 2) std::this_thread::yield();
    EXPECT_EQ(function.call()->as_number(), 42) << "the scope keeps it open";
    EXPECT_EQ(Tracked::alive, 1);
  });
  while (step != 1) std::this_thread::yield();
  context.reset();
  step = 2;
  other.join();
  EXPECT_EQ(Tracked::alive, 0);
  EXPECT_EQ(function.call().error().kind(), ErrorKind::kClosed);
}

TEST(Handles, TheLastOneIsDroppedInItsOwnScope) {
  auto context = make_tracked();
  auto function = context.evaluate("() => 42").value();
  {
    auto outer = context.enter().value();
    auto inner = context.enter().value();
    context = skein::Context();
    EXPECT_EQ(function.call()->as_number(), 42);
  }
  EXPECT_EQ(Tracked::alive, 0);
}

TEST(Handles, DroppedAndLeftAtTheSameTime) {
  for (int i = 0; i < 300; ++i) {
    auto context = make_tracked();
    std::atomic<bool> go{false};
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t) {
      threads.emplace_back([&go, handle = context]() mutable {
        while (!go) std::this_thread::yield();
        for (int j = 0; j < 20; ++j) (void)handle.enter_when_free();
        auto scope = handle.enter_when_free();
        handle = skein::Context();
      });
    }
    context = skein::Context();
    go = true;
    for (auto& thread : threads) thread.join();
    ASSERT_EQ(Tracked::alive, 0) << i;
  }
}

}  // namespace
