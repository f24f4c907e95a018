// The event loop, promises that C++ settles, modules, tasks from other threads.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "support.h"

namespace {

using namespace std::chrono_literals;
using skein::Context;
using skein::Error;
using skein::ErrorKind;
using skein::Result;

TEST(EventLoop, RunsTimersToTheEnd) {
  auto context = make_context();
  ASSERT_TRUE(context.evaluate("globalThis.order = []; setTimeout(() => order.push('timer'), 5); Promise.resolve().then(() => order.push('job')); order.push('script')").ok());
  ASSERT_TRUE(context.run_event_loop().ok());
  EXPECT_EQ(eval<std::string>(context, "order.join()"), "script,job,timer");
}

TEST(EventLoop, UncaughtErrorsAreReturnedOnce) {
  auto context = make_context();
  ASSERT_TRUE(context.evaluate("setTimeout(() => { throw new RangeError('late') }, 0)").ok());
  auto result = context.run_event_loop();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().message(), "RangeError: late");
  EXPECT_TRUE(context.run_event_loop().ok());
  ASSERT_TRUE(context.evaluate("Promise.reject(new Error('nobody')); 0").ok());
  EXPECT_EQ(context.run_event_loop().error().message(), "Error: nobody");
}

TEST(EventLoop, UncaughtErrorsGoToTheCallback) {
  std::vector<std::string> seen;
  auto context = make_context({.on_uncaught = [&](const Context&, const Error& error) { seen.push_back(error.message()); }});
  ASSERT_TRUE(context.evaluate("setTimeout(() => { throw 1 }, 0); Promise.reject(2); 0").ok());
  EXPECT_TRUE(context.run_event_loop().ok());
  EXPECT_EQ(seen, (std::vector<std::string>{"2", "1"}));
}

TEST(EventLoop, InALoopOfTheHost) {
  auto context = make_context();
  std::mutex mutex;
  std::condition_variable condition;
  bool woken = false;
  ASSERT_TRUE(context.set_wake_callback([&] {
    std::lock_guard lock(mutex);
    woken = true;
    condition.notify_one();
  }).ok());
  auto resolver = context.promise().value();
  ASSERT_TRUE(context.global()->set("promise", resolver.promise()).ok());
  ASSERT_TRUE(context.evaluate("promise.then(v => { globalThis.answer = v })").ok());
  std::thread worker([&] {
    std::this_thread::sleep_for(10ms);
    EXPECT_TRUE(resolver.resolve(std::string("from elsewhere")).ok());
  });
  EXPECT_TRUE(context.run_pending().value());  // the resolver keeps it alive
  EXPECT_FALSE(context.time_to_next_timer()->has_value());
  {
    std::unique_lock lock(mutex);
    condition.wait(lock, [&] { return woken; });
  }
  worker.join();
  EXPECT_EQ(context.time_to_next_timer()->value(), 0ns);
  (void)context.run_pending();
  EXPECT_EQ(eval<std::string>(context, "answer"), "from elsewhere");
  ASSERT_TRUE(context.evaluate("setTimeout(() => {}, 1000)").ok());
  auto next = context.time_to_next_timer().value();
  ASSERT_TRUE(next.has_value());
  EXPECT_GT(*next, 500ms);
  EXPECT_LE(*next, 1000ms);
}

TEST(Promise, AwaitGivesValueOrReason) {
  auto context = make_context();
  EXPECT_EQ(context.await(context.evaluate("new Promise(r => setTimeout(r, 5, 42))").value())->as_number(), 42);
  auto rejected = context.await(context.evaluate("(async () => { throw new TypeError('no') })()").value());
  ASSERT_FALSE(rejected.ok());
  EXPECT_EQ(rejected.error().message(), "TypeError: no");
  EXPECT_TRUE(context.run_event_loop().ok());  // it was handled
  auto forever = context.await(context.evaluate("new Promise(() => {})").value());
  ASSERT_FALSE(forever.ok());
  EXPECT_EQ(forever.error().kind(), ErrorKind::kInvalid);
  EXPECT_EQ(context.await(skein::Value(1))->as_number(), 1);
  auto pending = context.evaluate("new Promise(() => {})").value();
  EXPECT_EQ(pending.promise_state().value(), skein::PromiseState::kPending);
  EXPECT_EQ(context.evaluate("Promise.resolve(7)")->promise_result()->as_number(), 7);
}

TEST(Promise, RejectedFromAnotherThread) {
  auto context = make_context();
  auto resolver = context.promise().value();
  std::thread worker([&] { EXPECT_TRUE(resolver.reject(Error::range_error("too far")).ok()); });
  auto result = context.await(resolver.promise());
  worker.join();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().message(), "RangeError: too far");
  EXPECT_TRUE(resolver.resolve(1).ok());  // does nothing
}

TEST(Promise, ResolversOutliveTheContext) {
  auto context = make_context();
  auto resolver = context.promise().value();
  ASSERT_TRUE(context.close().ok());
  on_thread([&] { EXPECT_EQ(resolver.resolve(1).error().kind(), ErrorKind::kClosed); });
}

TEST(Post, TasksRunInOrderInTheContext) {
  auto context = make_context();
  auto resolver = context.promise().value();
  std::vector<int> order;
  std::thread worker([&] {
    for (int i = 0; i < 3; ++i) {
      EXPECT_TRUE(context.post([&order, i](const Context& context) {
        EXPECT_TRUE(context.is_entered());
        order.push_back(i);
      }).ok());
    }
    EXPECT_TRUE(resolver.resolve().ok());
  });
  EXPECT_TRUE(context.run_event_loop().ok());
  worker.join();
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2}));
}

skein::ModuleLoader loader(std::map<std::string, std::string> sources) {
  skein::ModuleLoader loader;
  loader.load = [sources](const std::string& name) -> Result<std::string> {
    auto at = sources.find(name);
    if (at == sources.end()) return Error("no module " + name);
    return at->second;
  };
  return loader;
}

TEST(Modules, ComeFromTheEmbeddersLoader) {
  auto context = make_context({.modules = loader({
      {"lib/a.js", "import {b} from './b.js'; export const a = b + 1; export const url = import.meta.url;"},
      {"lib/b.js", "export const b = 41;"},
      {"data.json", R"({"answer": 42})"},
  })});
  auto space = context.await(context.evaluate_module("import data from 'data.json' with {type: 'json'}; export {a} from 'lib/a.js'; export default data.answer", "main.js").value());
  ASSERT_TRUE(space.ok()) << space.error().stack();
  EXPECT_EQ(space->get("a")->as_number(), 42);
  EXPECT_EQ(space->get("default")->as_number(), 42);
  auto again = context.await(context.import_module("lib/a.js").value());
  EXPECT_EQ(again->get("url")->to<std::string>().value(), "lib/a.js");
  auto missing = context.await(context.evaluate("import('nowhere')").value());
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().message(), "Error: no module nowhere");
}

TEST(Modules, TopLevelAwait) {
  auto context = make_context();
  auto promise = context.evaluate_module("await new Promise(r => setTimeout(r, 5)); export const done = true;", "main.js").value();
  EXPECT_EQ(promise.promise_state().value(), skein::PromiseState::kPending);
  EXPECT_TRUE(context.await(promise)->get("done")->as_boolean());
  auto broken = context.evaluate_module("let a = ;", "broken.js");
  ASSERT_FALSE(broken.ok());
  EXPECT_EQ(broken.error().error_class(), skein::ErrorClass::kSyntaxError);
}

TEST(Script, IsCompiledOnceAndRunInManyContexts) {
  skein::Engine uncached({.code_cache_bytes = 0});
  skein::Script script = uncached.create_context()->compile("globalThis.n = (globalThis.n ?? 0) + 1; new Error('here').stack", "count.js").value();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([script] {
      auto context = engine().create_context().value();
      for (int i = 1; i <= 50; ++i) {
        auto stack = context.run(script).value().to<std::string>().value();
        EXPECT_NE(stack.find("count.js:1:"), std::string::npos) << stack;
        EXPECT_EQ(eval<int>(context, "n"), i);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  auto context = make_context();
  auto bad = context.compile("let let = 1", "bad.js");
  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().kind(), ErrorKind::kSyntax);
  EXPECT_EQ(bad.error().file(), "bad.js");
  EXPECT_EQ(context.run(skein::Script()).error().message(), "The script is empty");
  EXPECT_EQ(context.run(context.compile("throw new SyntaxError('mine')").value()).error().kind(), ErrorKind::kException);
}

TEST(CodeCache, SharesCodeBetweenContexts) {
  skein::Engine engine;
  auto a = engine.create_context().value();
  auto b = engine.create_context().value();
  EXPECT_EQ(eval<int>(a, "(() => 6 * 7)()"), 42);
  EXPECT_EQ(eval<int>(b, "(() => 6 * 7)()"), 42);
  EXPECT_EQ(engine.cache_statistics().hits, 1u);
  EXPECT_EQ(engine.cache_statistics().entries, 1u);
}

}  // namespace
