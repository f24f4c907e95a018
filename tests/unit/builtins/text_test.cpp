// Strings, regular expressions and numbers as methods see them, called without an interpreter.
#include <gtest/gtest.h>

#include "core/builtins/builtins.h"
#include "core/builtins/reg_exp_object.h"
#include "core/runtime/kinds.h"
#include "core/runtime/operations.h"

namespace skein {
namespace {

class TextTest : public testing::Test {
 protected:
  TextTest() {
    static bool registered = [] {
      register_runtime_kinds();
      register_builtin_kinds();
      return true;
    }();
    (void)registered;
    agent_ = std::make_unique<Agent>(AgentOptions{}, host_);
    agent_->set_realm(Realm::create(*agent_));
  }
  Value string(std::string_view utf8) { return new_string_from_utf8(agent_->heap(), utf8); }
  Value reg_exp(std::string_view pattern, std::string_view flags = "") {
    return MUST(make_reg_exp(*agent_, string(pattern).as_string(), string(flags).as_string()));
  }
  std::string text(Value value) { return MUST(to_string(*agent_, value))->to_utf8(); }
  // The text of receiver[method](...arguments).
  std::string call_method(Value receiver, const char* method, std::initializer_list<Value> arguments = {}) {
    RootVector kept(*agent_);
    for (Value argument : arguments) kept.push_back(argument);
    Root<Value> object(*agent_, receiver);
    PropertyKey key(agent_->atoms().atomize(std::string_view(method)));
    auto result = invoke(*agent_, object, key, kept.values());
    if (result.is_thrown()) return text(agent_->take_exception());
    return text(result.value());
  }

  HostHooks host_{};
  std::unique_ptr<Agent> agent_;
};

TEST_F(TextTest, StringsAreCutAndSearched) {
  EXPECT_EQ(call_method(string("hello world"), "slice", {Value::int32(-5)}), "world");
  EXPECT_EQ(call_method(string("hello"), "at", {Value::int32(-1)}), "o");
  EXPECT_EQ(call_method(string("abcabc"), "lastIndexOf", {string("c")}), "5");
  EXPECT_EQ(call_method(string("x"), "padStart", {Value::int32(5), string("ab")}), "ababx");
  EXPECT_EQ(call_method(string("ab"), "repeat", {Value::int32(3)}), "ababab");
  EXPECT_EQ(call_method(string(" \t x\n"), "trim"), "x");
  EXPECT_EQ(call_method(string("a,b,c"), "split", {string(",")}), "a,b,c");
  EXPECT_EQ(call_method(string("aXbX"), "replaceAll", {string("X"), string("[$&$'$$]")}), "a[XbX$]b[X$]");
  EXPECT_EQ(call_method(string("x"), "anchor", {string("\"")}), "<a name=\"&quot;\">x</a>");
}

TEST_F(TextTest, StringsChangeCaseAndForm) {
  EXPECT_EQ(call_method(string("Straße"), "toUpperCase"), "STRASSE");
  EXPECT_EQ(call_method(string("ÀÉ"), "toLowerCase"), "àé");
  EXPECT_EQ(call_method(string("ΑΣ ΑΣ"), "toLowerCase"), "ας ας");
  EXPECT_EQ(call_method(string("e\u0301"), "normalize"), "é");
  EXPECT_EQ(call_method(string("é"), "normalize", {string("NFD")}), "e\u0301");
  EXPECT_EQ(call_method(string("ﬁ①ｶﾞ"), "normalize", {string("NFKC")}), "fi1ガ");
  EXPECT_EQ(call_method(string("x"), "normalize", {string("NFE")}),
            "RangeError: The normalization form should be one of NFC, NFD, NFKC, NFKD.");
  EXPECT_EQ(call_method(string("e\u0301"), "localeCompare", {string("é")}), "0");
}

TEST_F(TextTest, RegExpsMatchReplaceAndSplit) {
  EXPECT_EQ(call_method(reg_exp("(\\d+)-(\\d+)"), "exec", {string("a 12-34")}), "12-34,12,34");
  EXPECT_EQ(call_method(string("a1b22"), "match", {reg_exp("\\d+", "g")}), "1,22");
  EXPECT_EQ(call_method(string("a1b22"), "replace", {reg_exp("(\\d)", "g"), string("<$1>")}), "a<1>b<2><2>");
  EXPECT_EQ(call_method(string("2020-05"), "replace", {reg_exp("(?<y>\\d+)-(?<m>\\d+)"), string("$<m>/$<y>")}), "05/2020");
  EXPECT_EQ(call_method(string("a1b2c"), "split", {reg_exp("(\\d)")}), "a,1,b,2,c");
  EXPECT_EQ(call_method(string("abc"), "split", {reg_exp("")}), "a,b,c");
  EXPECT_EQ(call_method(string("a1b2"), "search", {reg_exp("\\d")}), "1");
  EXPECT_EQ(call_method(reg_exp("a/b", "gi"), "toString"), "/a\\/b/gi");
  EXPECT_EQ(call_method(reg_exp("x", "y"), "test", {string("ax")}), "false");
}

}  // namespace
}  // namespace skein
