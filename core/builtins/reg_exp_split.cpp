// https://tc39.es/ecma262/#sec-regexp.prototype-%symbol.split%
#include <algorithm>

#include "core/builtins/reg_exp_operations.h"
#include "core/builtins/reg_exp_state.h"
#include "core/builtins/string_methods.h"
#include "core/builtins/support.h"

namespace skein {
namespace {

// The parts collected so far. Those that would go beyond the limit are dropped.
class Parts {
 public:
  Parts(Agent& agent, uint32_t limit) : agent_(agent), array_(agent, make_array(agent)), limit_(limit) {}
  Completion<void> add(Value part) {
    if (is_full()) return {};
    return create_element(agent_, array_, count_++, part);
  }
  bool is_full() const { return count_ >= limit_; }
  Value array() const { return array_.get(); }

 private:
  Agent& agent_;
  Root<Array*> array_;
  uint32_t limit_;
  uint32_t count_ = 0;
};

// A pristine RegExp whose species is the default one.
bool splits_unseen(Agent& agent, Object* reg_exp) {
  if (!RegExpState::current(agent)->is_pristine(reg_exp)) return false;
  Object* constructor = intrinsic(agent, Intrinsic::kRegExp);
  PropertyLocation species = constructor->lookup(PropertyKey(agent.well_known(WellKnownSymbol::kSpecies)));
  if (!species || !(species.attributes & kAccessorProperty)) return false;
  Value getter = static_cast<Accessor*>(constructor->slot(species.slot).as_cell())->getter;
  return getter.is_kind(CellKind::kNativeFunction) && getter.as<NativeFunction>()->function() == return_this;
}

// OPTIMIZATION: the specification asks a sticky splitter at every position; a search that is not
// sticky comes to the same positions.
Completion<Value> split_unseen(Agent& agent, RegExp* reg_exp, String* string, uint32_t limit) {
  Parts parts(agent, limit);
  if (limit == 0) return parts.array();
  regexp::Flags flags = reg_exp->flags();
  Root<CompiledRegExp*> compiled(agent, reg_exp->compiled());
  if (flags.has(regexp::Flags::kSticky))
    compiled = TRY(compile_reg_exp(agent, reg_exp->source(), flags.without(regexp::Flags::kSticky)));
  uint32_t size = string->length();
  MatchIndices indices, last;
  if (size == 0) {
    bool matched = TRY(match_compiled(agent, compiled, string, 0, indices));
    if (matched) update_legacy_properties(agent, reg_exp, string, indices.span());
    else TRY(parts.add(string));
    return parts.array();
  }
  LoopPoll poll(agent);
  uint32_t part_start = 0;
  bool any = false;
  for (uint32_t from = 0; from < size;) {
    TRY(poll.tick());
    if (!TRY(match_compiled(agent, compiled, string, from, indices)) || indices.start() >= size) break;
    any = true;
    last = indices;
    if (indices.end() == part_start) {
      from = advance_string_index(string->view(), std::max(from, indices.start()), flags.full_unicode());
      continue;
    }
    TRY(parts.add(make_substring(agent, string, part_start, indices.start())));
    for (uint32_t group = 1; group < indices.groups(); ++group) TRY(parts.add(group_text(agent, string, indices.span(), group)));
    part_start = from = indices.end();
    if (indices.end() == indices.start()) from = advance_string_index(string->view(), from, flags.full_unicode());
    if (parts.is_full()) break;
  }
  if (any) update_legacy_properties(agent, reg_exp, string, last.span());
  if (!parts.is_full()) TRY(parts.add(make_substring(agent, string, part_start, size)));
  return parts.array();
}

// The flags of the splitter: those of the RegExp, and y.
Completion<String*> splitter_flags(Agent& agent, String* flags) {
  if (flags->view().index_of(StringView(std::string_view("y"))) >= 0) return flags;
  return concatenate_checked(agent, flags, agent.atoms().single('y'));
}

// Steps 17.d.iv.: adds the groups of a match.
Completion<void> add_groups(Agent& agent, Object* result, Parts& parts) {
  Root<Object*> kept(agent, result);
  double length = TRY(length_of_array_like(agent, result));
  LoopPoll poll(agent);
  for (double group = 1; group < length && !parts.is_full(); ++group) {
    Value text = TRY(get_element(agent, kept, group));
    TRY(parts.add(text));
    TRY(poll.tick());
  }
  return {};
}

}  // namespace

Completion<Value> reg_exp_prototype_split(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  if (!info.this_value().is_object()) return throw_incompatible_receiver(agent, "RegExp.prototype.@@split", info.this_value());
  Object* reg_exp = info.this_value().as_object();
  Root<String*> string(agent, TRY(to_string(agent, info[0])));
  if (splits_unseen(agent, reg_exp) && (info[1].is_undefined() || info[1].is_int32())) {
    uint32_t limit = info[1].is_undefined() ? UINT32_MAX : static_cast<uint32_t>(info[1].as_int32());
    return split_unseen(agent, static_cast<RegExp*>(reg_exp), string, limit);
  }
  // 4. - 10.
  Root<Object*> constructor(agent, TRY(species_constructor(agent, reg_exp, intrinsic(agent, Intrinsic::kRegExp))));
  Value flags_value = TRY(get(agent, reg_exp, PropertyKey(agent.names().flags)));
  Root<String*> flags(agent, TRY(to_string(agent, flags_value)));
  StringView flags_view = flags->view();
  bool unicode = flags_view.index_of(StringView(std::string_view("u"))) >= 0 || flags_view.index_of(StringView(std::string_view("v"))) >= 0;
  Root<String*> new_flags(agent, TRY(splitter_flags(agent, flags)));
  Root<Object*> splitter(agent, TRY(construct(agent, constructor, {info.this_value(), new_flags.get()})));
  // 11. - 14.
  uint32_t limit = UINT32_MAX;
  if (!info[1].is_undefined()) limit = TRY(to_uint32(agent, info[1]));
  Parts parts(agent, limit);
  if (limit == 0) return parts.array();
  // 15.
  uint32_t size = string->length();
  if (size == 0) {
    Value result = TRY(reg_exp_exec(agent, splitter, string));
    if (result.is_null()) TRY(parts.add(string.get()));
    return parts.array();
  }
  // 16. - 17.
  PropertyKey last_index(agent.names().lastIndex);
  LoopPoll poll(agent);
  Root<Value> result(agent);
  uint32_t part_start = 0;
  for (uint32_t at = 0; at < size;) {
    TRY(poll.tick());
    TRY(set(agent, splitter, last_index, Value::number(at)));
    result = TRY(reg_exp_exec(agent, splitter, string));
    if (result->is_null()) {
      at = advance_string_index(string->view(), at, unicode);
      continue;
    }
    Value end_value = TRY(get(agent, splitter, last_index));
    uint32_t end = static_cast<uint32_t>(std::min<double>(TRY(to_length(agent, end_value)), size));
    if (end == part_start) {
      at = advance_string_index(string->view(), at, unicode);
      continue;
    }
    TRY(parts.add(make_substring(agent, string, part_start, at)));
    if (parts.is_full()) return parts.array();
    part_start = end;
    TRY(add_groups(agent, result->as_object(), parts));
    if (parts.is_full()) return parts.array();
    at = part_start;
  }
  // 18. - 20.
  TRY(parts.add(make_substring(agent, string, part_start, size)));
  return parts.array();
}

}  // namespace skein
