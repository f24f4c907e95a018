// Values, conversions and errors.
#include <cmath>
#include <limits>

#include "support.h"

namespace {

using skein::ErrorKind;
using skein::Value;

TEST(Evaluate, GivesCompletionValues) {
  auto context = make_context();
  EXPECT_EQ(eval<int>(context, "1 + 2"), 3);
  EXPECT_EQ(eval<std::string>(context, "'gr' + '\\u00fc\\u{1f600}'"), "gr\u00fc\U0001f600");
  EXPECT_TRUE(eval<bool>(context, "[] instanceof Array"));
  EXPECT_EQ(eval<std::vector<int>>(context, "[1, 2, 3].map(x => x * x)"), (std::vector<int>{1, 4, 9}));
  EXPECT_EQ((eval<std::map<std::string, double>>(context, "({a: 1, b: 2.5})")), (std::map<std::string, double>{{"a", 1}, {"b", 2.5}}));
  EXPECT_EQ(eval<std::optional<int>>(context, "undefined"), std::nullopt);
  EXPECT_EQ(eval<int64_t>(context, "2n ** 62n"), int64_t{1} << 62);
  EXPECT_EQ(eval<uint64_t>(context, "2n ** 64n - 1n"), UINT64_MAX);
}

TEST(Evaluate, RunsJobsBeforeItReturns) {
  auto context = make_context();
  ASSERT_TRUE(context.evaluate("globalThis.done = 0; Promise.resolve().then(() => { done = 1; })").ok());
  EXPECT_EQ(eval<int>(context, "done"), 1);
}

TEST(Errors, TellWhatScriptThrew) {
  auto context = make_context();
  auto result = context.evaluate("function f() {\n  null.x;\n}\nf();", "place.js");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind(), ErrorKind::kException);
  EXPECT_TRUE(result.error().message().starts_with("TypeError: ")) << result.error().message();
  EXPECT_EQ(result.error().error_class(), skein::ErrorClass::kTypeError);
  EXPECT_EQ(result.error().file(), "place.js");
  EXPECT_EQ(result.error().line(), 2u);
  EXPECT_NE(result.error().stack().find("at f (place.js:2:"), std::string::npos) << result.error().stack();
  EXPECT_TRUE(result.error().value().is_error());

  auto thrown = context.evaluate("throw 42");
  ASSERT_FALSE(thrown.ok());
  EXPECT_EQ(thrown.error().value().as_number(), 42);
  EXPECT_EQ(thrown.error().message(), "42");
}

TEST(Errors, SyntaxErrorsAreAKindOfTheirOwn) {
  auto context = make_context();
  auto result = context.evaluate("let a = ;", "bad.js");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind(), ErrorKind::kSyntax);
  EXPECT_EQ(result.error().file(), "bad.js");
  EXPECT_EQ(result.error().line(), 1u);
  auto thrown = context.evaluate("JSON.parse('{')");
  ASSERT_FALSE(thrown.ok());
  EXPECT_EQ(thrown.error().kind(), ErrorKind::kException);
}

TEST(Values, ImmediatesNeedNoContext) {
  EXPECT_TRUE(Value().is_undefined());
  EXPECT_TRUE(Value::null().is_null());
  EXPECT_EQ(Value(true).to<bool>().value(), true);
  EXPECT_EQ(Value(1.5).to_string().value(), "1.5");
  EXPECT_EQ(Value(-0.0).to_string().value(), "0");
  EXPECT_TRUE(std::isnan(Value().to_number().value()));
  EXPECT_EQ(Value(7).to<int>().value(), 7);
  EXPECT_FALSE(Value(7).context());
}

TEST(Values, ReadingNeverCoerces) {
  auto message = [](auto result) { return result.ok() ? std::string() : result.error().message(); };
  EXPECT_EQ(message(Value(1.5).to<int>()), "expected a 32-bit integer, not the number 1.5");
  EXPECT_EQ(message(Value(3e9).to<int>()), "expected a 32-bit integer, not the number 3e+09");
  EXPECT_EQ(message(Value(-1).to<uint32_t>()), "expected a 32-bit unsigned integer, not the number -1");
  EXPECT_EQ(message(Value(300).to<uint8_t>()), "expected a small unsigned integer, not the number 300");
  EXPECT_EQ(message(Value(true).to<double>()), "expected a number, not a boolean");
  EXPECT_EQ(message(Value(1).to<std::string>()), "expected a string, not the number 1");
  EXPECT_EQ(message(Value(1).to<bool>()), "expected a boolean, not the number 1");
  EXPECT_EQ(message(Value().to<std::vector<int>>()), "expected an array, not undefined");
  EXPECT_EQ(message(Value(1).get("x")), "expected an object, not the number 1");
  EXPECT_EQ(message(Value(1).call()), "expected a function, not the number 1");
  auto context = make_context();
  EXPECT_EQ(message(context.evaluate("[1, 'x']")->to<std::vector<int>>()), "element 1: expected a 32-bit integer, not a string");
  EXPECT_EQ(message(context.evaluate("2n ** 64n")->to<int64_t>()), "expected a 64-bit integer, not a larger BigInt");
}

TEST(Values, LargeIntegersStayExact) {
  auto context = make_context();
  EXPECT_TRUE(context.value(int64_t{1} << 53)->is_number());
  EXPECT_TRUE(context.value((int64_t{1} << 53) + 2)->is_bigint());
  EXPECT_EQ(context.value(INT64_MIN)->to<int64_t>().value(), INT64_MIN);
  EXPECT_EQ(context.value(UINT64_MAX)->to_string().value(), "18446744073709551615");
}

TEST(Values, ObjectsAndFunctions) {
  auto context = make_context();
  auto object = context.object().value();
  ASSERT_TRUE(object.set("a", 1).ok());
  ASSERT_TRUE(object.set("text", "hello").ok());
  ASSERT_TRUE(object.set("list", std::vector<std::string>{"x", "y"}).ok());
  EXPECT_EQ(object.keys().value(), (std::vector<std::string>{"a", "text", "list"}));
  EXPECT_EQ(context.to_json(object).value(), R"({"a":1,"text":"hello","list":["x","y"]})");
  EXPECT_EQ(object.get("list")->get(1u)->to<std::string>().value(), "y");
  EXPECT_EQ(object.get("list")->length().value(), 2u);
  EXPECT_TRUE(object.has("a").value());
  EXPECT_TRUE(object.remove("a").value());
  EXPECT_FALSE(object.has("a").value());
  EXPECT_TRUE(object.get("missing")->is_undefined());

  auto sum = context.evaluate("(function (...all) { return all.reduce((a, b) => a + b, this?.start ?? 0); })").value();
  EXPECT_EQ(sum.call(1, 2.5, 3)->as_number(), 6.5);
  auto start = context.parse_json(R"({"start": 10})").value();
  EXPECT_EQ(sum.call_on(start, 1)->as_number(), 11);
  EXPECT_EQ(context.evaluate("[3, 1, 2]")->invoke("join", "-")->to<std::string>().value(), "3-1-2");
  auto date = context.global()->get("Date")->construct(0).value();
  EXPECT_EQ(date.type(), skein::Type::kDate);
  EXPECT_EQ(date.invoke("toISOString")->to<std::string>().value(), "1970-01-01T00:00:00.000Z");
  EXPECT_TRUE(object.strictly_equals(object).value());
  EXPECT_FALSE(object.strictly_equals(start).value());
  auto frozen = context.evaluate("Object.freeze({a: 1})").value();
  auto set = frozen.set("a", 2);
  ASSERT_FALSE(set.ok());
  EXPECT_EQ(set.error().error_class(), skein::ErrorClass::kTypeError);
}

TEST(Values, TypesAreKnownAnywhere) {
  auto context = make_context();
  auto type = [&](const char* source) { return context.evaluate(source)->type(); };
  EXPECT_EQ(type("'x'"), skein::Type::kString);
  EXPECT_EQ(type("Symbol()"), skein::Type::kSymbol);
  EXPECT_EQ(type("[]"), skein::Type::kArray);
  EXPECT_EQ(type("(() => 1)"), skein::Type::kFunction);
  EXPECT_EQ(type("new TypeError"), skein::Type::kError);
  EXPECT_EQ(type("Promise.resolve()"), skein::Type::kPromise);
  EXPECT_EQ(type("new ArrayBuffer(1)"), skein::Type::kArrayBuffer);
  EXPECT_EQ(type("new SharedArrayBuffer(1)"), skein::Type::kSharedArrayBuffer);
  EXPECT_EQ(type("new Uint8Array(1)"), skein::Type::kArrayBufferView);
  EXPECT_EQ(type("new Map"), skein::Type::kMap);
  EXPECT_EQ(type("new Set"), skein::Type::kSet);
  EXPECT_EQ(type("/x/"), skein::Type::kRegExp);
  EXPECT_EQ(type("new Proxy({}, {})"), skein::Type::kProxy);
}

TEST(Buffers, HostMemoryIsNotCopied) {
  std::vector<uint8_t> memory(16, 1);
  int released = 0;
  {
    auto context = make_context();
    auto buffer = context.external_array_buffer(memory, [&] { ++released; }).value();
    ASSERT_TRUE(context.global()->set("buffer", buffer).ok());
    EXPECT_EQ(eval<int>(context, "const view = new Uint8Array(buffer); view[3] = 42; view[0]"), 1);
    EXPECT_EQ(memory[3], 42);
    memory[5] = 7;
    EXPECT_EQ(eval<int>(context, "view[5]"), 7);
    EXPECT_EQ(buffer.bytes()->data(), memory.data());
    EXPECT_EQ(released, 0);
  }
  EXPECT_EQ(released, 1);
}

TEST(Buffers, TransferLetsHostMemoryGo) {
  std::vector<uint8_t> memory(16, 9);
  int released = 0;
  auto context = make_context();
  ASSERT_TRUE(context.global()->set("buffer", context.external_array_buffer(memory, [&] { ++released; }).value()).ok());
  EXPECT_EQ(eval<int>(context, "globalThis.moved = buffer.transfer(); new Uint8Array(moved)[15]"), 9);
  EXPECT_EQ(released, 1);
  EXPECT_EQ(eval<int>(context, "buffer.byteLength"), 0);
}

TEST(Buffers, BytesAreCopiedInAndOut) {
  auto context = make_context();
  std::vector<uint8_t> bytes{1, 2, 3};
  auto buffer = context.value(bytes).value();
  EXPECT_EQ(buffer.type(), skein::Type::kArrayBuffer);
  EXPECT_EQ(buffer.to<std::vector<uint8_t>>().value(), bytes);
  EXPECT_EQ(eval<std::vector<uint8_t>>(context, "new Uint8Array([9, 8, 7]).subarray(1)"), (std::vector<uint8_t>{8, 7}));
}

TEST(Lifetime, ValuesSurviveCollectionsAndTheirContext) {
  Value object;
  {
    auto context = make_context();
    object = context.evaluate("({kept: 'yes'})").value();
    for (int i = 0; i < 3; ++i) {
      ASSERT_TRUE(context.evaluate("{ let all = []; for (let i = 0; i < 1e5; ++i) all.push({i}); }").ok());
      ASSERT_TRUE(context.collect_garbage().ok());
    }
    EXPECT_EQ(object.get("kept")->to<std::string>().value(), "yes");
  }
  EXPECT_TRUE(object.is_object());
  auto get = object.get("kept");
  ASSERT_FALSE(get.ok());
  EXPECT_EQ(get.error().kind(), ErrorKind::kClosed);
  EXPECT_FALSE(object.context());
}

TEST(Lifetime, DroppedValuesAreCollected) {
  auto context = make_context();
  for (int i = 0; i < 20000; ++i) ASSERT_TRUE(context.string("text " + std::to_string(i)).ok());
  EXPECT_LT(context.statistics()->handles, 5000u);
  ASSERT_TRUE(context.collect_garbage().ok());
  EXPECT_EQ(context.statistics()->handles, 0u);
}

TEST(Lifetime, ValuesAreDroppedOnOtherThreads) {
  auto context = make_context();
  std::vector<Value> values;
  for (int i = 0; i < 2000; ++i) values.push_back(context.string(std::to_string(i)).value());
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      std::vector<Value> copies;
      for (size_t i = t; i < values.size(); i += 2) copies.push_back(values[i]);
    });
  }
  auto scope = context.enter().value();
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(context.evaluate("({}).toString()").ok());
  ASSERT_TRUE(context.collect_garbage().ok());
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(context.statistics()->handles, values.size());
  on_thread([&] { values.clear(); });
  ASSERT_TRUE(context.collect_garbage().ok());
  EXPECT_EQ(context.statistics()->handles, 0u);
}

}  // namespace
