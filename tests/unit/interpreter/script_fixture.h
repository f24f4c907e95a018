// Runs scripts in a realm without the standard library: every intrinsic is a bare object, but arrays
// can be iterated.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/interpreter/interpreter.h"
#include "core/runtime/array_iterator.h"
#include "core/runtime/builtin_spec.h"
#include "core/runtime/kinds.h"
#include "core/runtime/operations.h"

namespace skein {

class ScriptTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    register_runtime_kinds();
    register_interpreter_kinds();
    g_realm_hooks = {[](Agent& agent, Realm& realm) {
      for (int i = 0; i < static_cast<int>(Intrinsic::kCount); ++i) {
        auto which = static_cast<Intrinsic>(i);
        if (realm.intrinsic_if_made(which) == nullptr) realm.set_intrinsic(which, make_object(agent));
      }
      static constexpr PropertySpec kIterator[] = {PropertySpec::function("next", array_iterator_next, 0)};
      define_properties(agent, realm, realm.intrinsic(Intrinsic::kArrayIteratorPrototype), kIterator);
      auto* values = make_native_function(agent, &realm, array_values, 0, agent.names().values);
      realm.set_intrinsic(Intrinsic::kArrayPrototypeValues, values);
      define_value(agent, realm.intrinsic(Intrinsic::kArrayPrototype), WellKnownSymbol::kIterator, values);
      static constexpr PropertySpec kGlobals[] = {PropertySpec::function("twice", twice, 1)};
      define_properties(agent, realm, realm.global_object(), kGlobals);
      define_value(agent, realm.global_object(), "undefined", Value::undefined(), kNone);
      define_value(agent, realm.global_object(), "NaN", Value::double_value(0.0 / 0.0), kNone);
    }, [](Agent&, Realm&, Intrinsic) {}, [](Agent&, Realm&, PropertyKey) {}};
  }

  ScriptTest() : agent_(AgentOptions{}, hooks_) {
    install_interpreter(agent_);
    use_new_realm();
  }

  void use_new_realm() {
    realm_ = Realm::create(agent_);
    agent_.set_realm(realm_);
  }

  // The completion value, or "throws " and the error's message.
  std::string run(std::string_view source) {
    Completion<Value> result = evaluate_script(agent_, realm_, source, "test.js");
    if (!result.is_thrown()) return text(result.value());
    if (agent_.is_terminating()) return "terminated";
    Value exception = agent_.take_exception();
    if (!exception.is_object()) return "throws " + text(exception);
    return "throws " + text(MUST(get(agent_, exception.as_object(), agent_.names().message)));
  }

  std::string text(Value value) { return value.is_string() ? value.as_string()->to_utf8() : to_display_string(agent_, value); }

  static Completion<Value> array_values(Agent& agent, const CallInfo& info) {
    return Value(create_array_iterator(agent, info.this_value().as_object(), PropertyKind::kValues));
  }
  // Calls its argument twice: script called from C++.
  static Completion<Value> twice(Agent& agent, const CallInfo& info) {
    TRY(call(agent, info[0], Value::undefined(), {Value::int32(1)}));
    return call(agent, info[0], Value::undefined(), {Value::int32(2)});
  }

  HostHooks hooks_{};
  Agent agent_;
  Realm* realm_ = nullptr;
};

}  // namespace skein
