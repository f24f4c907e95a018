// Realms come up with their intrinsics, and builtins work when called without an interpreter.
#include <gtest/gtest.h>

#include "core/builtins/builtins.h"
#include "core/runtime/kinds.h"
#include "core/runtime/operations.h"

namespace skein {
namespace {

class BuiltinsTest : public testing::Test {
 protected:
  BuiltinsTest() {
    static bool registered = [] {
      register_runtime_kinds();
      register_builtin_kinds();
      return true;
    }();
    (void)registered;
    agent_ = std::make_unique<Agent>(AgentOptions{}, host_);
    agent_->set_realm(Realm::create(*agent_));
  }
  PropertyKey key(const char* name) { return PropertyKey(agent_->atoms().atomize(std::string_view(name))); }
  // global[object][method](...arguments)
  Value call_static(const char* object, const char* method, std::initializer_list<Value> arguments) {
    Agent& agent = *agent_;
    Root<Value> holder(agent, MUST(get(agent, agent.realm()->global_object(), key(object))));
    return MUST(invoke(agent, holder, key(method), arguments));
  }
  Value call_method(Value object, const char* method, std::initializer_list<Value> arguments) {
    return MUST(invoke(*agent_, object, key(method), arguments));
  }
  std::string text(Value value) { return MUST(to_string(*agent_, value))->to_utf8(); }

  HostHooks host_{};
  std::unique_ptr<Agent> agent_;
};

TEST_F(BuiltinsTest, ArraysGrowSortAndJoin) {
  Root<Value> array(*agent_, make_array(*agent_));
  for (int i : {5, 3, 9, 1, 10}) call_method(array, "push", {Value::int32(i)});
  EXPECT_EQ(text(array), "5,3,9,1,10");
  call_method(array, "sort", {});
  EXPECT_EQ(text(array), "1,10,3,5,9");
  call_method(array, "reverse", {});
  EXPECT_EQ(text(call_method(array, "slice", {Value::int32(1), Value::int32(-1)})), "5,3,10");
  EXPECT_EQ(text(call_method(array, "splice", {Value::int32(1), Value::int32(2)})), "5,3");
  EXPECT_EQ(text(array), "9,10,1");
  EXPECT_EQ(call_method(array, "indexOf", {Value::int32(10)}).as_number(), 1);
}

TEST_F(BuiltinsTest, ErrorsShowTheirMessage) {
  Root<Value> error(*agent_, make_error(*agent_, ErrorType::kTypeError, "no"));
  EXPECT_EQ(text(error), "TypeError: no");
}

TEST_F(BuiltinsTest, IteratorHelpersChain) {
  Root<Value> array(*agent_, make_array(*agent_));
  for (int i = 0; i < 10; ++i) call_method(array, "push", {Value::int32(i)});
  Root<Value> values(*agent_, call_method(array, "values", {}));
  Root<Value> taken(*agent_, call_method(values, "drop", {Value::int32(2)}));
  Root<Value> chunks(*agent_, call_method(taken, "chunks", {Value::int32(3)}));
  EXPECT_EQ(text(call_method(chunks, "toArray", {})), "2,3,4,5,6,7,8,9");
}

TEST_F(BuiltinsTest, ObjectEntriesRoundTrip) {
  Root<Object*> object(*agent_, make_object(*agent_));
  MUST(set(*agent_, object, key("b"), Value::int32(1)));
  MUST(set(*agent_, object, PropertyKey::index(7), Value::int32(2)));
  Root<Value> entries(*agent_, call_static("Object", "entries", {object.get()}));
  EXPECT_EQ(text(entries), "7,2,b,1");
  Root<Value> copy(*agent_, call_static("Object", "fromEntries", {entries}));
  EXPECT_EQ(text(call_static("Object", "keys", {copy})), "7,b");
}

TEST_F(BuiltinsTest, ListsCountAgainstTheLimit) {
  agent_->heap().set_limit(agent_->heap().used_bytes() + 1024 * 1024);
  Completion<void> polled;
  {
    RootVector list(*agent_);
    for (int i = 0; i < 10'000'000 && !polled.is_thrown(); ++i) {
      list.push_back(Value::int32(i));
      if (i % 1024 == 0) polled = agent_->poll();
    }
    EXPECT_LT(list.size(), 1'000'000u);
  }
  EXPECT_TRUE(polled.is_thrown());
  EXPECT_EQ(agent_->termination(), TerminationReason::kMemoryLimit);
}

}  // namespace
}  // namespace skein
