// https://tc39.es/ecma262/#sec-regexp-matching
#include <algorithm>

#include "core/builtins/builtins_data.h"
#include "core/builtins/reg_exp_operations.h"
#include "core/builtins/reg_exp_state.h"
#include "core/builtins/string_methods.h"
#include "core/builtins/support.h"
#include "core/regexp/regexp.h"

namespace skein {

Completion<bool> match_compiled(Agent& agent, CompiledRegExp* compiled, String* string, uint32_t start, MatchIndices& indices) {
  // What a match leaves behind of its stack; more is given back.
  constexpr size_t kKeptWords = 64 * 1024;
  const regexp::Program& program = compiled->program();
  regexp::MatchContext& context = builtins_data(agent).match_context;
  indices.resize(program.capture_count());
  StringView text = string->view();
  for (;;) {
    regexp::MatchStatus status =
        text.visit([&](auto units) { return regexp::match(program, units, start, indices.span(), context); });
    if (context.capacity() > kKeptWords) context.release(kKeptWords);
    switch (status) {
      case regexp::MatchStatus::kMatch: return true;
      case regexp::MatchStatus::kNoMatch: return false;
      case regexp::MatchStatus::kStackOverflow: return throw_stack_exhausted(agent);
      // Either the script is to end, or there is room again, and the match begins anew.
      case regexp::MatchStatus::kInterrupted: {
        Root<CompiledRegExp*> kept(agent, compiled);
        TRY(agent.poll());
        break;
      }
    }
  }
}

void update_legacy_properties(Agent& agent, RegExp* reg_exp, String* string, std::span<const int32_t> indices) {
  if (reg_exp->realm() != agent.realm()) return;
  RegExpState* state = RegExpState::current(agent);
  if (reg_exp->has_legacy_features()) state->note_match(string, indices);
  else state->invalidate_legacy();
}

Completion<bool> reg_exp_builtin_match(Agent& agent, RegExp* reg_exp, String* string, MatchIndices& indices) {
  // 1. - 2.
  double last_index = TRY(to_length(agent, reg_exp->last_index()));
  // 3. - 8.
  regexp::Flags flags = reg_exp->flags();
  bool uses_last_index = flags.has(regexp::Flags::kGlobal) || flags.has(regexp::Flags::kSticky);
  if (!uses_last_index) last_index = 0;
  // 9. - 13.
  bool matched = last_index <= string->length() &&
                 TRY(match_compiled(agent, reg_exp->compiled(), string, static_cast<uint32_t>(last_index), indices));
  if (!matched) {
    if (uses_last_index) TRY(set_last_index(agent, reg_exp, 0));
    return false;
  }
  // 14. - 16.
  if (uses_last_index) TRY(set_last_index(agent, reg_exp, indices.end()));
  update_legacy_properties(agent, reg_exp, string, indices.span());
  return true;
}

Value group_text(Agent& agent, String* string, std::span<const int32_t> indices, uint32_t group) {
  int32_t start = indices[2 * group];
  if (start < 0) return Value::undefined();
  return make_substring(agent, string, static_cast<uint32_t>(start), static_cast<uint32_t>(indices[2 * group + 1]));
}

Value make_groups_object(Agent& agent, CompiledRegExp* compiled, std::span<const Value> values) {
  ValueArray* names = compiled->group_names();
  if (names == nullptr) return Value::undefined();
  Object* groups = make_object_with_prototype(agent, nullptr);
  for (uint32_t i = 0; i < names->capacity(); i += 2) {
    // Of several groups with the name at most one has taken part.
    auto* list = static_cast<ValueArray*>(names->get(i + 1).as_cell());
    Value value;
    for (uint32_t k = 0; k < list->capacity() && value.is_undefined(); ++k)
      value = values[static_cast<size_t>(list->get(k).as_int32())];
    PropertyKey name(static_cast<FlatString*>(names->get(i).as_string()));
    groups->add_property(agent, name, value, kDefaultAttributes);
  }
  return groups;
}

namespace {

// https://tc39.es/ecma262/#sec-makematchindicesindexpairarray
Array* make_indices_array(Agent& agent, CompiledRegExp* compiled, std::span<const int32_t> indices) {
  std::vector<Value> pairs;
  for (size_t group = 0; group < indices.size() / 2; ++group) {
    const Value pair[] = {Value::int32(indices[2 * group]), Value::int32(indices[2 * group + 1])};
    pairs.push_back(indices[2 * group] < 0 ? Value::undefined() : Value(make_array(agent, pair)));
  }
  Array* array = make_array(agent, pairs);
  array->add_property(agent, agent.names().groups, make_groups_object(agent, compiled, pairs), kDefaultAttributes);
  return array;
}

}  // namespace

// Steps 17. - 38. of RegExpBuiltinExec. Nothing here collects.
Completion<Value> make_match_array(Agent& agent, RegExp* reg_exp, String* string, MatchIndices& indices) {
  const Names& names = agent.names();
  std::span<const int32_t> span = indices.span();
  constexpr uint32_t kFewGroups = 16;
  Value few[kFewGroups];
  std::vector<Value> many;
  if (indices.groups() > kFewGroups) many.resize(indices.groups());
  std::span<Value> groups = many.empty() ? std::span<Value>(few, indices.groups()) : std::span<Value>(many);
  for (uint32_t group = 0; group < indices.groups(); ++group) groups[group] = group_text(agent, string, span, group);
  Array* array = make_array(agent, groups);
  CompiledRegExp* compiled = reg_exp->compiled();
  array->add_property(agent, names.index, Value::number(indices.start()), kDefaultAttributes);
  array->add_property(agent, names.input, string, kDefaultAttributes);
  array->add_property(agent, names.groups, make_groups_object(agent, compiled, groups), kDefaultAttributes);
  if (reg_exp->flags().has(regexp::Flags::kHasIndices))
    array->add_property(agent, names.indices, make_indices_array(agent, compiled, span), kDefaultAttributes);
  return array;
}

namespace {

// https://tc39.es/ecma262/#sec-regexpbuiltinexec. REQUIRES: both are rooted by the caller
Completion<Value> reg_exp_builtin_exec(Agent& agent, RegExp* reg_exp, String* string) {
  MatchIndices indices;
  if (!TRY(reg_exp_builtin_match(agent, reg_exp, string, indices))) return Value::null();
  return make_match_array(agent, reg_exp, string, indices);
}

}  // namespace

bool is_builtin_exec(Value exec) {
  return exec.is_kind(CellKind::kNativeFunction) && exec.as<NativeFunction>()->function() == reg_exp_prototype_exec;
}

// https://tc39.es/ecma262/#sec-regexpexec
Completion<Value> reg_exp_exec(Agent& agent, Object* reg_exp, String* string) {
  Root<Object*> object(agent, reg_exp);
  Root<String*> text(agent, string);
  // 1.
  Value exec = TRY(get(agent, object, PropertyKey(agent.names().exec)));
  RegExp* as_reg_exp = object->as_if<RegExp>();
  // 2. OPTIMIZATION: without the call when it is the builtin function.
  if (is_callable(exec) && !(as_reg_exp != nullptr && is_builtin_exec(exec))) {
    Value result = TRY(call(agent, exec, object.get(), {text.get()}));
    if (!result.is_object() && !result.is_null())
      return throw_type_error(agent, {"RegExp exec method returned something other than an Object or null: ", to_display_string(agent, result)});
    return result;
  }
  // 3. - 4.
  if (as_reg_exp == nullptr) return throw_incompatible_receiver(agent, "RegExp.prototype.exec", object.get());
  return reg_exp_builtin_exec(agent, as_reg_exp, text);
}

// https://tc39.es/ecma262/#sec-regexp.prototype.exec
Completion<Value> reg_exp_prototype_exec(Agent& agent, const CallInfo& info) {
  RegExp* reg_exp = info.this_value().as_if<RegExp>();
  if (reg_exp == nullptr) return throw_incompatible_receiver(agent, "RegExp.prototype.exec", info.this_value());
  Root<String*> string(agent, TRY(to_string(agent, info[0])));
  return reg_exp_builtin_exec(agent, reg_exp, string);
}

// https://tc39.es/ecma262/#sec-regexp.prototype.test
Completion<Value> reg_exp_prototype_test(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  if (!info.this_value().is_object()) return throw_incompatible_receiver(agent, "RegExp.prototype.test", info.this_value());
  Root<String*> string(agent, TRY(to_string(agent, info[0])));
  // 4. OPTIMIZATION: without the array when exec is the builtin one.
  Object* object = info.this_value().as_object();
  if (RegExpState::current(agent)->is_pristine(object)) {
    MatchIndices indices;
    return Value::boolean(TRY(reg_exp_builtin_match(agent, static_cast<RegExp*>(object), string, indices)));
  }
  return Value::boolean(!TRY(reg_exp_exec(agent, object, string)).is_null());
}

}  // namespace skein
