// An agent with a realm that has the runtime's own objects and nothing else.
#pragma once

#include "core/runtime/kinds.h"
#include "core/runtime/operations.h"
#include "gtest/gtest.h"

namespace skein {

class RuntimeTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    static bool done = false;
    if (done) return;
    done = true;
    register_runtime_kinds();
    g_realm_hooks = {[](Agent&, Realm&) {}, [](Agent&, Realm&, Intrinsic) {}, [](Agent&, Realm&, PropertyKey) {}};
  }
  void SetUp() override { agent.set_realm(Realm::create(agent)); }

  PropertyKey key(std::string_view text) { return PropertyKey(agent.atoms().atomize(StringView(text))); }
  String* string(std::string_view text) { return new_string(agent.heap(), StringView(text)); }
  void collect() {
    agent.collect_garbage(gc::CollectionType::kMinor);
    agent.collect_garbage(gc::CollectionType::kFull);
  }

  HostHooks host{};
  Agent agent{AgentOptions{}, host};
};

}  // namespace skein
