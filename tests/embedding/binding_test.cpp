// Bound functions and classes.
#include <atomic>

#include "support.h"

namespace {

using skein::Context;
using skein::Error;
using skein::Result;
using skein::Value;

TEST(Bind, FunctionsOfEveryShape) {
  auto context = make_context();
  ASSERT_TRUE(context.bind("add", [](int a, int b) { return a + b; }).ok());
  ASSERT_TRUE(context.bind("greet", [](std::string_view name) { return "hello " + std::string(name); }).ok());
  ASSERT_TRUE(context.bind("optional", [](std::optional<int> a) { return a.value_or(-1); }).ok());
  ASSERT_TRUE(context.bind("count", [](const skein::Rest& rest) { return rest.size(); }).ok());
  ASSERT_TRUE(context.bind("nothing", [] {}).ok());
  ASSERT_TRUE(context.bind("sum", [](std::span<const uint8_t> bytes) {
    int sum = 0;
    for (uint8_t byte : bytes) sum += byte;
    return sum;
  }).ok());
  ASSERT_TRUE(context.bind("twice", [](const Context& context, const Value& function, int argument) -> Result<Value> {
    EXPECT_TRUE(context.is_entered());
    auto once = function.call(argument);
    return once ? function.call(*once) : once;
  }).ok());
  EXPECT_EQ(eval<int>(context, "add(1, 2)"), 3);
  EXPECT_EQ(eval<int>(context, "add.length"), 2);
  EXPECT_EQ(eval<std::string>(context, "add.name"), "add");
  EXPECT_EQ(eval<std::string>(context, "greet('w\\u00f6rld')"), "hello w\u00f6rld");
  EXPECT_EQ(eval<int>(context, "optional()"), -1);
  EXPECT_EQ(eval<int>(context, "count(1, 2, 3)"), 3);
  EXPECT_TRUE(eval<bool>(context, "nothing() === undefined"));
  EXPECT_EQ(eval<int>(context, "sum(new Uint8Array([1, 2, 3]))"), 6);
  EXPECT_EQ(eval<int>(context, "twice(x => x * 3, 2)"), 18);
}

TEST(Bind, WrongArgumentsAreTypeErrors) {
  auto context = make_context();
  ASSERT_TRUE(context.bind("add", [](int a, int b) { return a + b; }).ok());
  ASSERT_TRUE(context.bind("greet", [](std::string_view name) { return std::string(name); }).ok());
  EXPECT_EQ(failure(context, "add(1)"), "TypeError: add: argument 2: expected a 32-bit integer, not undefined");
  EXPECT_EQ(failure(context, "add('1', 2)"), "TypeError: add: argument 1: expected a 32-bit integer, not a string");
  EXPECT_EQ(failure(context, "greet(1)"), "TypeError: greet: argument 1: expected a string, not the number 1");
  EXPECT_EQ(eval<std::string>(context, "try { add(); } catch (e) { e.constructor.name }"), "TypeError");
}

TEST(Bind, ErrorsGoThroughScript) {
  auto context = make_context();
  ASSERT_TRUE(context.bind("fail", [](int kind) -> Result<int> {
    if (kind == 1) return Error::range_error("out of range");
    if (kind == 2) return Error("plain");
    return kind;
  }).ok());
  ASSERT_TRUE(context.bind("pass", [](const Context& context, std::string source) { return context.evaluate(source); }).ok());
  EXPECT_EQ(failure(context, "fail(1)"), "RangeError: out of range");
  EXPECT_EQ(failure(context, "fail(2)"), "Error: plain");
  EXPECT_EQ(eval<int>(context, "fail(3)"), 3);
  EXPECT_TRUE(eval<bool>(context, "const o = {}; try { pass('throw globalThis.o = {}'); } catch (e) { e === globalThis.o }"));
  EXPECT_EQ(failure(context, "pass('let x = ;')").substr(0, 12), "SyntaxError:");
}

class Counter {
 public:
  explicit Counter(int start) : value_(start) {}
  int add(int amount) { return value_ += amount; }
  int value() const { return value_; }
  void set_value(int value) { value_ = value; }
  int step = 1;

 private:
  std::atomic<int> value_;
};

skein::Class<Counter> counter_class() {
  skein::Class<Counter> counter("Counter");
  counter.constructor<int>()
      .method("add", &Counter::add)
      .method("next", [](Counter& self) { return self.add(self.step); })
      .method("isLessThan", [](Counter& self, Counter& other) { return self.value() < other.value(); })
      .property("value", &Counter::value, &Counter::set_value)
      .property("isZero", [](Counter& self) { return self.value() == 0; })
      .field("step", &Counter::step)
      .static_method("of", [](int start) { return std::make_shared<Counter>(start); });
  return counter;
}

TEST(Class, HasMethodsPropertiesAndConstructors) {
  auto context = make_context();
  ASSERT_TRUE(context.bind(counter_class()).ok());
  EXPECT_EQ(eval<int>(context, "const c = new Counter(5); c.add(3); c.value"), 8);
  EXPECT_EQ(eval<int>(context, "c.value = 1; c.step = 10; c.next()"), 11);
  EXPECT_FALSE(eval<bool>(context, "c.isZero"));
  EXPECT_TRUE(eval<bool>(context, "c instanceof Counter && c.constructor === Counter"));
  EXPECT_EQ(eval<std::string>(context, "String(c)"), "[object Counter]");
  EXPECT_TRUE(eval<bool>(context, "Counter.of(1).isLessThan(c)"));
  EXPECT_EQ(eval<int>(context, "class Mine extends Counter { constructor() { super(40); } more() { return this.add(2); } }; new Mine().more()"), 42);
  auto counter = context.evaluate("c")->to<std::shared_ptr<Counter>>().value();
  EXPECT_EQ(counter->value(), 11);
}

TEST(Class, ReceiversAreChecked) {
  auto context = make_context();
  ASSERT_TRUE(context.bind(counter_class()).ok());
  EXPECT_EQ(failure(context, "Counter.prototype.add.call({}, 1)"), "TypeError: Counter.prototype.add called on incompatible receiver #<Object>");
  EXPECT_EQ(failure(context, "Counter.prototype.add.call(1, 1)"), "TypeError: Counter.prototype.add called on incompatible receiver 1");
  EXPECT_EQ(failure(context, "Counter.prototype.value"), "TypeError: Counter.prototype.value called on incompatible receiver #<Counter>");
  EXPECT_EQ(failure(context, "Counter(1)"), "TypeError: Class constructor Counter cannot be invoked without 'new'");
  EXPECT_EQ(failure(context, "new Counter('x')"), "TypeError: Counter: argument 1: expected a 32-bit integer, not a string");
  EXPECT_EQ(failure(context, "new Counter(1).isLessThan({})"),
            "TypeError: Counter.prototype.isLessThan: argument 1: expected an object of class Counter, not #<Object>");
  EXPECT_EQ(failure(context, "'use strict'; new Counter(1).isZero = 1").substr(0, 10), "TypeError:");
}

TEST(Class, ObjectsOfTheHostAreWrapped) {
  auto context = make_context();
  auto shared = std::make_shared<Counter>(1);
  auto early = context.wrap(shared);
  ASSERT_FALSE(early.ok());
  EXPECT_EQ(early.error().message(), "No class is bound in context " + context.name() + " for the type of this object");
  ASSERT_TRUE(context.bind(counter_class()).ok());
  ASSERT_TRUE(context.global()->set("shared", shared).ok());
  EXPECT_EQ(eval<int>(context, "shared.add(41)"), 42);
  EXPECT_EQ(shared->value(), 42);
  EXPECT_EQ(context.evaluate("shared")->type(), skein::Type::kHostObject);
}

TEST(Class, ScriptLetsObjectsGo) {
  std::weak_ptr<Counter> watched;
  auto context = make_context();
  ASSERT_TRUE(context.bind(counter_class()).ok());
  {
    auto object = std::make_shared<Counter>(0);
    watched = object;
    ASSERT_TRUE(context.wrap(object).ok());
  }
  ASSERT_TRUE(context.collect_garbage().ok());
  EXPECT_TRUE(watched.expired());
}

TEST(Class, OneDefinitionServesManyContexts) {
  auto definition = counter_class();
  auto shared = std::make_shared<Counter>(0);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      auto context = make_context();
      ASSERT_TRUE(context.bind(definition).ok());
      ASSERT_TRUE(context.global()->set("shared", shared).ok());
      ASSERT_TRUE(context.evaluate("for (let i = 0; i < 1000; ++i) shared.add(1)").ok());
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(shared->value(), 4000);
}

}  // namespace
