// Structured clone: to bytes and back, between contexts, with objects of bound classes.
#include <atomic>

#include "support.h"

namespace {

using skein::CloneScope;
using skein::ErrorKind;

std::vector<uint8_t> bytes_of(const skein::SerializedValue& value) {
  auto bytes = value.bytes().value();
  return {bytes.begin(), bytes.end()};
}

class Counter {
 public:
  explicit Counter(int start) : value_(start) { ++alive; }
  ~Counter() { --alive; }
  int add(int n) { return value_ += n; }
  int value() const { return value_; }
  static inline std::atomic<int> alive{0};

 private:
  std::atomic<int> value_;
};

skein::Class<Counter> counter_class() {
  skein::Class<Counter> definition("Counter");
  definition.constructor<int>().method("add", &Counter::add).property("value", &Counter::value);
  return definition;
}

TEST(Clone, BytesCrossContextsAndThreads) {
  std::vector<uint8_t> bytes;
  {
    auto from = make_context();
    auto value = from.evaluate("let o = {text: 'grüße', list: [1, 2.5, -3n, null], when: new Date(5), map: new Map([['a', new Set([1])]])}; o.self = o; o").value();
    bytes = bytes_of(from.serialize(value).value());
  }
  on_thread([&] {
    auto to = make_context();
    auto copy = to.deserialize(bytes).value();
    to.global()->set("copy", copy).value();
    EXPECT_EQ(eval<std::string>(to, "[copy.text, copy.list.join(), copy.when.getTime(), copy.map.get('a').has(1), copy.self === copy].join(' ')"),
              "grüße 1,2.5,-3, 5 true true");
  });
}

TEST(Clone, TheLanguageAloneIsEnough) {
  auto context = make_context({.globals = skein::Globals::kLanguage});
  auto message = context.serialize(context.evaluate("[1, {a: 2}]").value()).value();
  EXPECT_EQ(context.to_json(context.deserialize(message).value()).value(), "[1,{\"a\":2}]");
  EXPECT_EQ(context.to_json(context.deserialize(message).value()).value(), "[1,{\"a\":2}]") << "bytes can be read again";
  EXPECT_EQ(failure(context.deserialize(std::vector<uint8_t>{1, 2, 3})), "DataCloneError: The serialized value is malformed");
}

TEST(Clone, WhatCannotBeClonedIsNamed) {
  auto context = make_context();
  auto refused = context.serialize(context.evaluate("({list: [1, {f() {}}]})").value());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().message(), "DataCloneError: $.list[1].f: function could not be cloned");
  auto shared = context.evaluate("new SharedArrayBuffer(4)").value();
  EXPECT_EQ(context.serialize(shared).error().message(),
            "DataCloneError: Shared memory cannot leave the process, so a SharedArrayBuffer cannot be written to bytes");
  auto other = make_context();
  EXPECT_EQ(context.serialize(other.object().value()).error().kind(), ErrorKind::kWrongContext);
  skein::SerializedValue empty;
  EXPECT_EQ(context.deserialize(empty).error().kind(), ErrorKind::kInvalid);
}

TEST(Clone, HostileBytesGiveErrors) {
  auto context = make_context({.limits = {.heap_bytes = 64 << 20}});
  skein::Class<Counter> definition = counter_class();
  definition.clone_as_bytes([](const Counter& counter) { return std::vector<uint8_t>{static_cast<uint8_t>(counter.value())}; },
                            [](std::span<const uint8_t> bytes) -> skein::Result<std::shared_ptr<Counter>> {
                              if (bytes.size() != 1) return skein::Error::type_error("not a Counter");
                              return std::make_shared<Counter>(bytes[0]);
                            });
  ASSERT_TRUE(context.bind(definition).ok());
  auto good = bytes_of(context.serialize(context.evaluate("({a: [1, 'x'], c: new Counter(7), d: new Uint8Array(3), e: new Error('e')})").value()).value());
  uint64_t state = 1;
  auto random = [&] { return state = state * 6364136223846793005u + 1442695040888963407u, state >> 33; };
  int errors = 0;
  for (int i = 0; i < 4000; ++i) {
    auto bad = good;
    for (uint64_t j = 0, changes = 1 + random() % 3; j < changes; ++j) bad[random() % bad.size()] = static_cast<uint8_t>(random());
    if (random() % 4 == 0) bad.resize(random() % bad.size());
    auto result = context.deserialize(bad);
    errors += !result;
  }
  EXPECT_GT(errors, 1000);
  EXPECT_EQ(eval<int>(context, "1 + 1"), 2);
}

TEST(Clone, SharedMemoryIsSharedInTheProcess) {
  auto from = make_context(), to = make_context();
  auto value = from.evaluate("globalThis.view = new Int32Array(new SharedArrayBuffer(4)); view").value();
  auto message = from.serialize(value, {.scope = CloneScope::kSameProcess}).value();
  EXPECT_EQ(message.bytes().error().kind(), ErrorKind::kInvalid);
  for (int i = 0; i < 2; ++i) {
    to.global()->set("copy", to.deserialize(message).value()).value();
    EXPECT_TRUE(to.evaluate("Atomics.add(copy, 0, 21)").ok());
  }
  EXPECT_EQ(eval<int>(from, "view[0]"), 42);
}

TEST(Clone, BuffersMove) {
  auto from = make_context(), to = make_context();
  auto buffer = from.evaluate("globalThis.buffer = new Uint8Array([1, 2, 3]).buffer").value();
  EXPECT_EQ(from.serialize(buffer, {.transfer = std::span(&buffer, 1)}).error().message(), "DataCloneError: Nothing can be transferred to another process");
  EXPECT_EQ(eval<int>(from, "buffer.byteLength"), 3);
  auto message = from.serialize(buffer, {.scope = CloneScope::kSameProcess, .transfer = std::span(&buffer, 1)}).value();
  EXPECT_GE(message.size(), 3u);
  EXPECT_EQ(eval<bool>(from, "buffer.detached"), true);
  on_thread([&] {
    auto moved = to.deserialize(message).value();
    EXPECT_EQ(moved.bytes()->size(), 3u);
  });
  EXPECT_EQ(failure(to.deserialize(message)), "DataCloneError: A serialized value with transferred objects can be read once");
}

TEST(Clone, AFailedSerializationDetachesNothing) {
  auto context = make_context();
  ASSERT_TRUE(context.bind(counter_class().transferable()).ok());
  auto list = context.evaluate("globalThis.list = [new ArrayBuffer(3), new Counter(1), () => 0]; list").value();
  skein::Value transfer[] = {list.get(0).value(), list.get(1).value()};
  EXPECT_FALSE(context.serialize(list, {.scope = CloneScope::kSameProcess, .transfer = transfer}).ok());
  EXPECT_EQ(eval<int>(context, "list[0].byteLength + list[1].value"), 4);
}

TEST(Clone, ObjectsAsBytes) {
  auto definition = counter_class();
  definition.clone_as_bytes([](const Counter& counter) { return std::vector<uint8_t>{static_cast<uint8_t>(counter.value())}; },
                            [](std::span<const uint8_t> bytes) { return std::make_shared<Counter>(bytes[0]); });
  auto from = make_context(), to = make_context(), without = make_context();
  ASSERT_TRUE(from.bind(definition).ok() && to.bind(definition).ok());
  auto bytes = bytes_of(from.serialize(from.evaluate("globalThis.c = new Counter(5); ({list: [c, c]})").value()).value());
  to.global()->set("copy", to.deserialize(bytes).value()).value();
  EXPECT_EQ(eval<std::string>(to, "copy.list[0].add(1); `${copy.list[0] === copy.list[1]} ${copy.list[1].value} ${copy.list[0] instanceof Counter}`"), "true 6 true");
  EXPECT_EQ(eval<int>(from, "c.value"), 5);
  EXPECT_EQ(failure(without.deserialize(bytes)),
            "DataCloneError: An object of class Counter cannot be cloned: no such class is bound in context " + without.name());
}

TEST(Clone, ObjectsAreSharedWithinTheProcess) {
  auto from = make_context(), to = make_context();
  auto definition = counter_class().clone_shared();
  ASSERT_TRUE(from.bind(definition).ok() && to.bind(definition).ok());
  auto value = from.evaluate("globalThis.c = new Counter(0); c").value();
  EXPECT_EQ(from.serialize(value).error().message(), "DataCloneError: $: #<Counter> could not be cloned") << "it cannot leave the process";
  auto message = from.serialize(value, {.scope = CloneScope::kSameProcess}).value();
  to.global()->set("c", to.deserialize(message).value()).value();
  auto count = [](const skein::Context& context) { EXPECT_TRUE(context.evaluate("for (let i = 0; i < 10000; ++i) c.add(1)").ok()); };
  std::thread other([&] { count(to); });
  count(from);
  other.join();
  EXPECT_EQ(eval<int>(from, "c.value"), 20000);
}

TEST(Clone, ObjectsMove) {
  const int before = Counter::alive;
  {
    auto from = make_context(), to = make_context();
    auto definition = counter_class().transferable();
    ASSERT_TRUE(from.bind(definition).ok() && to.bind(definition).ok());
    auto value = from.evaluate("globalThis.c = new Counter(3); c").value();
    auto message = from.serialize(value, {.scope = CloneScope::kSameProcess, .transfer = std::span(&value, 1)}).value();
    EXPECT_EQ(failure(from, "c.add(1)"), "TypeError: Counter.prototype.add: the object of class Counter has been transferred");
    EXPECT_FALSE(value.to<std::shared_ptr<Counter>>().ok());
    EXPECT_FALSE(from.serialize(value, {.scope = CloneScope::kSameProcess, .transfer = std::span(&value, 1)}).ok());
    EXPECT_EQ(to.deserialize(message).value().to<std::shared_ptr<Counter>>().value()->value(), 3);
    // Nobody reads this one.
    auto lost = from.evaluate("new Counter(4)").value();
    (void)from.serialize(lost, {.scope = CloneScope::kSameProcess, .transfer = std::span(&lost, 1)}).value();
    EXPECT_EQ(Counter::alive, before + 1);
  }
  EXPECT_EQ(Counter::alive, before);
}

}  // namespace
