// RegExp.prototype[Symbol.match], [Symbol.matchAll] and [Symbol.search].
#include "core/builtins/reg_exp_operations.h"
#include "core/builtins/reg_exp_state.h"
#include "core/builtins/string_methods.h"
#include "core/builtins/support.h"

namespace skein {

Completion<FlagsSeen> read_flags(Agent& agent, Object* reg_exp) {
  Value flags = TRY(get(agent, reg_exp, PropertyKey(agent.names().flags)));
  StringView text = TRY(to_string(agent, flags))->view();
  FlagsSeen seen;
  for (uint32_t i = 0; i < text.length(); ++i) {
    seen.global |= text[i] == 'g';
    seen.unicode |= text[i] == 'u' || text[i] == 'v';
  }
  return seen;
}

namespace {

// All matches of a pristine global RegExp, as texts.
Completion<Value> match_all_texts(Agent& agent, RegExp* reg_exp, String* string) {
  Root<CompiledRegExp*> compiled(agent, reg_exp->compiled());
  bool unicode = reg_exp->flags().full_unicode();
  Root<Array*> texts(agent, make_array(agent));
  MatchIndices indices, last;
  LoopPoll poll(agent);
  uint32_t count = 0;
  for (uint64_t from = 0; from <= string->length();) {
    if (!TRY(match_compiled(agent, compiled, string, static_cast<uint32_t>(from), indices))) break;
    TRY(create_element(agent, texts, count++, make_substring(agent, string, indices.start(), indices.end())));
    from = indices.end() == indices.start() ? advance_string_index(string->view(), indices.end(), unicode) : indices.end();
    std::swap(indices, last);
    TRY(poll.tick());
  }
  TRY(set_last_index(agent, reg_exp, 0));
  if (count == 0) return Value::null();
  update_legacy_properties(agent, reg_exp, string, last.span());
  return texts.get();
}

// After an empty match the index moves on, so that the next match is another.
Completion<void> advance_last_index(Agent& agent, Object* reg_exp, String* string, bool unicode) {
  PropertyKey key(agent.names().lastIndex);
  Value value = TRY(get(agent, reg_exp, key));
  double index = TRY(to_length(agent, value));
  double next = index >= string->length() ? index + 1 : advance_string_index(string->view(), static_cast<uint32_t>(index), unicode);
  return set(agent, reg_exp, key, Value::number(next));
}

}  // namespace

// https://tc39.es/ecma262/#sec-regexp.prototype-%symbol.match%
Completion<Value> reg_exp_prototype_match(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  if (!info.this_value().is_object()) return throw_incompatible_receiver(agent, "RegExp.prototype.@@match", info.this_value());
  Object* reg_exp = info.this_value().as_object();
  Root<String*> string(agent, TRY(to_string(agent, info[0])));
  // OPTIMIZATION: nobody can see the steps.
  if (RegExpState::current(agent)->is_pristine(reg_exp)) {
    RegExp* pristine = static_cast<RegExp*>(reg_exp);
    if (pristine->flags().has(regexp::Flags::kGlobal)) return match_all_texts(agent, pristine, string);
    return reg_exp_exec(agent, reg_exp, string);
  }
  // 4. - 5.
  FlagsSeen flags = TRY(read_flags(agent, reg_exp));
  if (!flags.global) return reg_exp_exec(agent, reg_exp, string);
  // 6.
  TRY(set(agent, reg_exp, PropertyKey(agent.names().lastIndex), Value::int32(0)));
  Root<Array*> texts(agent, make_array(agent));
  Root<String*> text(agent);
  LoopPoll poll(agent);
  for (uint32_t count = 0;; ++count) {
    Value result = TRY(reg_exp_exec(agent, reg_exp, string));
    if (result.is_null()) return count == 0 ? Value::null() : Value(texts.get());
    Value matched = TRY(get(agent, result.as_object(), PropertyKey::index(0)));
    text = TRY(to_string(agent, matched));
    TRY(create_element(agent, texts, count, text.get()));
    if (text->is_empty()) TRY(advance_last_index(agent, reg_exp, string, flags.unicode));
    TRY(poll.tick());
  }
}

// https://tc39.es/ecma262/#sec-regexp-prototype-matchall
Completion<Value> reg_exp_prototype_match_all(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  if (!info.this_value().is_object()) return throw_incompatible_receiver(agent, "RegExp.prototype.@@matchAll", info.this_value());
  Object* reg_exp = info.this_value().as_object();
  Root<String*> string(agent, TRY(to_string(agent, info[0])));
  // 4. - 6.
  Root<Object*> constructor(agent, TRY(species_constructor(agent, reg_exp, intrinsic(agent, Intrinsic::kRegExp))));
  Value flags_value = TRY(get(agent, reg_exp, PropertyKey(agent.names().flags)));
  Root<String*> flags(agent, TRY(to_string(agent, flags_value)));
  Root<Object*> matcher(agent, TRY(construct(agent, constructor, {info.this_value(), flags.get()})));
  // 7. - 8.
  PropertyKey last_index_key(agent.names().lastIndex);
  Value last_index = TRY(get(agent, reg_exp, last_index_key));
  double index = TRY(to_length(agent, last_index));
  TRY(set(agent, matcher, last_index_key, Value::number(index)));
  // 9. - 13.
  FlagsSeen seen;
  StringView text = flags->view();
  for (uint32_t i = 0; i < text.length(); ++i) {
    seen.global |= text[i] == 'g';
    seen.unicode |= text[i] == 'u' || text[i] == 'v';
  }
  return create_reg_exp_string_iterator(agent, matcher, string, seen);
}

// https://tc39.es/ecma262/#sec-regexp.prototype-%symbol.search%
Completion<Value> reg_exp_prototype_search(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  if (!info.this_value().is_object()) return throw_incompatible_receiver(agent, "RegExp.prototype.@@search", info.this_value());
  Object* reg_exp = info.this_value().as_object();
  Root<String*> string(agent, TRY(to_string(agent, info[0])));
  // OPTIMIZATION: nobody can see the steps.
  if (RegExpState::current(agent)->is_pristine(reg_exp)) {
    RegExp* pristine = static_cast<RegExp*>(reg_exp);
    MatchIndices indices;
    if (!TRY(match_compiled(agent, pristine->compiled(), string, 0, indices))) return Value::int32(-1);
    update_legacy_properties(agent, pristine, string, indices.span());
    return Value::number(indices.start());
  }
  // 4. - 5.
  PropertyKey last_index(agent.names().lastIndex);
  Root<Value> previous(agent, TRY(get(agent, reg_exp, last_index)));
  if (!same_value(previous, Value::int32(0))) TRY(set(agent, reg_exp, last_index, Value::int32(0)));
  // 6.
  Root<Value> result(agent, TRY(reg_exp_exec(agent, reg_exp, string)));
  // 7. - 8.
  Value current = TRY(get(agent, reg_exp, last_index));
  if (!same_value(current, previous)) TRY(set(agent, reg_exp, last_index, previous));
  // 9. - 10.
  if (result->is_null()) return Value::int32(-1);
  return get(agent, result->as_object(), PropertyKey(agent.names().index));
}

}  // namespace skein
