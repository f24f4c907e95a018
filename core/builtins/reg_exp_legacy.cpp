// https://github.com/tc39/proposal-regexp-legacy-features – RegExp.$1, lastMatch and their kin.
#include "core/builtins/reg_exp_state.h"
#include "core/builtins/string_methods.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

// What GetLegacyRegExpStaticProperty and SetLegacyRegExpStaticProperty ask of the receiver.
Completion<RegExpState*> legacy_state(Agent& agent, const CallInfo& info, std::string_view name) {
  if (info.this_value() != Value(intrinsic(agent, Intrinsic::kRegExp)))
    return throw_type_error(agent, {"RegExp.", name, " accessed on an incompatible receiver"});
  return RegExpState::current(agent);
}

Completion<RegExpState*> valid_state(Agent& agent, const CallInfo& info, std::string_view name) {
  RegExpState* state = TRY(legacy_state(agent, info, name));
  if (!state->legacy_is_valid()) return throw_type_error(agent, {"RegExp.", name, " is not available after a match of a subclass"});
  return state;
}

Value text_between(Agent& agent, RegExpState* state, int32_t start, int32_t end) {
  if (state->matched_string() == nullptr || start < 0) return agent.atoms().empty();
  return make_substring(agent, state->matched_string(), static_cast<uint32_t>(start), static_cast<uint32_t>(end));
}

Completion<Value> get_input(Agent& agent, const CallInfo& info) { return TRY(valid_state(agent, info, "input"))->input(); }
Completion<Value> set_input(Agent& agent, const CallInfo& info) {
  RegExpState* state = TRY(legacy_state(agent, info, "input"));
  Value text = TRY(to_string(agent, info[0]));
  state->set_input(text);
  return Value::undefined();
}

Completion<Value> get_last_match(Agent& agent, const CallInfo& info) {
  RegExpState* state = TRY(valid_state(agent, info, "lastMatch"));
  auto [start, end] = state->group(0);
  return text_between(agent, state, start, end);
}

Completion<Value> get_last_paren(Agent& agent, const CallInfo& info) {
  RegExpState* state = TRY(valid_state(agent, info, "lastParen"));
  auto [start, end] = state->last_group();
  return text_between(agent, state, start, end);
}

Completion<Value> get_left_context(Agent& agent, const CallInfo& info) {
  RegExpState* state = TRY(valid_state(agent, info, "leftContext"));
  return text_between(agent, state, 0, state->group(0).first);
}

Completion<Value> get_right_context(Agent& agent, const CallInfo& info) {
  RegExpState* state = TRY(valid_state(agent, info, "rightContext"));
  if (state->matched_string() == nullptr) return agent.atoms().empty();
  return text_between(agent, state, state->group(0).second, static_cast<int32_t>(state->matched_string()->length()));
}

template <int kGroup>
Completion<Value> get_paren(Agent& agent, const CallInfo& info) {
  RegExpState* state = TRY(valid_state(agent, info, "$1-$9"));
  auto [start, end] = state->group(kGroup);
  return text_between(agent, state, start, end);
}

constexpr PropertySpec kLegacyProperties[] = {
    PropertySpec::accessor("input", get_input, set_input),
    PropertySpec::accessor("$_", get_input, set_input),
    PropertySpec::getter("lastMatch", get_last_match),
    PropertySpec::getter("$&", get_last_match),
    PropertySpec::getter("lastParen", get_last_paren),
    PropertySpec::getter("$+", get_last_paren),
    PropertySpec::getter("leftContext", get_left_context),
    PropertySpec::getter("$`", get_left_context),
    PropertySpec::getter("rightContext", get_right_context),
    PropertySpec::getter("$'", get_right_context),
    PropertySpec::getter("$1", get_paren<1>),
    PropertySpec::getter("$2", get_paren<2>),
    PropertySpec::getter("$3", get_paren<3>),
    PropertySpec::getter("$4", get_paren<4>),
    PropertySpec::getter("$5", get_paren<5>),
    PropertySpec::getter("$6", get_paren<6>),
    PropertySpec::getter("$7", get_paren<7>),
    PropertySpec::getter("$8", get_paren<8>),
    PropertySpec::getter("$9", get_paren<9>),
};

}  // namespace

void initialize_reg_exp_legacy(Agent& agent, Realm& realm, Object* constructor) {
  define_properties(agent, realm, constructor, kLegacyProperties);
}

}  // namespace skein
