// https://tc39.es/ecma262/#sec-regexp.prototype-%symbol.replace%
#include <algorithm>

#include "core/builtins/reg_exp_operations.h"
#include "core/builtins/reg_exp_state.h"
#include "core/builtins/string_methods.h"
#include "core/builtins/support.h"

namespace skein {
namespace {

// --- The specification's way --------------------------------------------------------------------------

// What steps 13.a to 13.k read of one result.
struct ResultRead {
  explicit ResultRead(Agent& agent) : matched(agent), captures(agent), named_captures(agent) {}
  Root<String*> matched;
  RootVector captures;
  Root<Value> named_captures;
  uint32_t position = 0;
};

Completion<void> read_result(Agent& agent, Object* result, uint32_t string_length, ResultRead& read) {
  // a. - d.
  double count = std::max(TRY(length_of_array_like(agent, result)) - 1, 0.0);
  Value matched = TRY(get_element(agent, result, 0));
  read.matched = TRY(to_string(agent, matched));
  // e. - f.
  Value index = TRY(get(agent, result, PropertyKey(agent.names().index)));
  double position = TRY(to_integer_or_infinity(agent, index));
  read.position = static_cast<uint32_t>(std::clamp<double>(position, 0, string_length));
  // g. - i.
  LoopPoll poll(agent);
  for (double n = 1; n <= count; ++n) {
    Value capture = TRY(get_element(agent, result, n));
    if (!capture.is_undefined()) capture = TRY(to_string(agent, capture));
    read.captures.push_back(capture);
    TRY(poll.tick());
  }
  // j.
  read.named_captures = TRY(get(agent, result, PropertyKey(agent.names().groups)));
  return {};
}

// Steps 13.k and 13.l: appends what takes the place of the match to `text`.
Completion<void> append_replacement(Agent& agent, ResultRead& read, String* string, Value replace, StringBuilder& text) {
  if (is_callable(replace)) {
    RootVector arguments(agent);
    arguments.push_back(read.matched.get());
    for (Value capture : read.captures) arguments.push_back(capture);
    arguments.push_back(Value::number(read.position));
    arguments.push_back(string);
    if (!read.named_captures->is_undefined()) arguments.push_back(read.named_captures);
    Value result = TRY(call(agent, replace, Value::undefined(), arguments.values()));
    text.append(TRY(to_string(agent, result)));
    return {};
  }
  if (!read.named_captures->is_undefined()) read.named_captures = TRY(to_object(agent, read.named_captures));
  const std::vector<Value>& captures = read.captures.values();
  return append_substitution(agent, {string, read.position, read.matched->view(), captures, read.named_captures}, replace.as_string(),
                             text);
}

// Steps 11. and 12.: the results of all matches, or of the first.
Completion<void> collect_results(Agent& agent, Object* reg_exp, String* string, FlagsSeen flags, RootVector& results) {
  PropertyKey last_index(agent.names().lastIndex);
  LoopPoll poll(agent);
  for (;;) {
    Value result = TRY(reg_exp_exec(agent, reg_exp, string));
    if (result.is_null()) return {};
    results.push_back(result);
    if (!flags.global) return {};
    Value matched = TRY(get_element(agent, result.as_object(), 0));
    if (TRY(to_string(agent, matched))->is_empty()) {
      Value index_value = TRY(get(agent, reg_exp, last_index));
      double index = TRY(to_length(agent, index_value));
      double next =
          index >= string->length() ? index + 1 : advance_string_index(string->view(), static_cast<uint32_t>(index), flags.unicode);
      TRY(set(agent, reg_exp, last_index, Value::number(next)));
    }
    TRY(poll.tick());
  }
}

// Steps 7. and on. REQUIRES: all are rooted by the caller
Completion<Value> replace_seen(Agent& agent, Object* reg_exp, String* string, Value replace) {
  // 7. - 9.
  FlagsSeen flags = TRY(read_flags(agent, reg_exp));
  if (flags.global) TRY(set(agent, reg_exp, PropertyKey(agent.names().lastIndex), Value::int32(0)));
  // 10. - 12.
  RootVector results(agent);
  TRY(collect_results(agent, reg_exp, string, flags, results));
  // 13. - 15.
  StringBuilder builder(agent.heap());
  uint32_t next_position = 0;
  LoopPoll poll(agent);
  for (size_t i = 0; i < results.size(); ++i) {
    ResultRead read(agent);
    TRY(read_result(agent, results[i].as_object(), string->length(), read));
    StringBuilder text(agent.heap());
    TRY(append_replacement(agent, read, string, replace, text));
    String* replacement = TRY(finish_string(agent, text));
    // m.
    if (read.position >= next_position) {
      builder.append(string->view().substring(next_position, read.position));
      builder.append(replacement);
      next_position = static_cast<uint32_t>(std::min<uint64_t>(uint64_t{read.position} + read.matched->length(), string->length()));
    }
    if (builder.overflowed()) return throw_invalid_string_length(agent);
    TRY(poll.tick());
  }
  // 16. - 17.
  if (results.empty()) return string;
  builder.append(string->view().substring(next_position, string->length()));
  return TRY(finish_string(agent, builder));
}

// --- OPTIMIZATION: with a pristine RegExp, where nobody can see the steps --------------------------------

// The groups of many matches, charged to the heap while they are kept.
class MatchList {
 public:
  explicit MatchList(Agent& agent) : heap_(agent.heap()) {}
  ~MatchList() { heap_.discharge_external(charged_); }
  MatchList(const MatchList&) = delete;
  MatchList& operator=(const MatchList&) = delete;
  // False when memory says no.
  [[nodiscard]] bool add(std::span<const int32_t> indices) {
    if (indices_.size() + indices.size() > indices_.capacity()) {
      size_t capacity = std::max<size_t>(2 * indices_.capacity(), 8 * indices.size());
      size_t bytes = capacity * sizeof(int32_t);
      if (!heap_.charge_external(bytes - charged_)) return false;
      charged_ = bytes;
      indices_.reserve(capacity);
    }
    indices_.insert(indices_.end(), indices.begin(), indices.end());
    per_match_ = indices.size();
    return true;
  }
  size_t size() const { return per_match_ == 0 ? 0 : indices_.size() / per_match_; }
  std::span<const int32_t> operator[](size_t i) const { return {indices_.data() + i * per_match_, per_match_}; }

 private:
  gc::Heap& heap_;
  std::vector<int32_t> indices_;
  size_t per_match_ = 0;
  size_t charged_ = 0;
};

// Calls `visit(indices)`, a Completion<void>, for each match of a pristine RegExp, and does what exec
// does to lastIndex and the legacy properties. `visit` runs no script. False when nothing matched.
// REQUIRES: both are rooted by the caller
template <typename Visit>
Completion<bool> for_each_match(Agent& agent, RegExp* reg_exp, String* string, Visit&& visit) {
  MatchIndices indices;
  if (!reg_exp->flags().has(regexp::Flags::kGlobal)) {
    if (!TRY(reg_exp_builtin_match(agent, reg_exp, string, indices))) return false;
    TRY(visit(indices.span()));
    return true;
  }
  bool unicode = reg_exp->flags().full_unicode();
  Root<CompiledRegExp*> compiled(agent, reg_exp->compiled());
  MatchIndices last;
  bool any = false;
  LoopPoll poll(agent);
  for (uint32_t from = 0; from <= string->length();) {
    if (!TRY(match_compiled(agent, compiled, string, from, indices))) break;
    any = true;
    TRY(visit(indices.span()));
    from = indices.end() == indices.start() ? advance_string_index(string->view(), indices.end(), unicode) : indices.end();
    std::swap(indices, last);
    TRY(poll.tick());
  }
  TRY(set_last_index(agent, reg_exp, 0));
  if (any) update_legacy_properties(agent, reg_exp, string, last.span());
  return any;
}

// The values of all groups, group 0 first.
void push_groups(Agent& agent, String* string, std::span<const int32_t> indices, std::vector<Value>& values) {
  for (uint32_t group = 0; group < indices.size() / 2; ++group) values.push_back(group_text(agent, string, indices, group));
}

Completion<Value> replace_by_text(Agent& agent, RegExp* reg_exp, String* string, String* replacement) {
  bool is_plain = is_plain_replacement(replacement);
  bool needs_names = !is_plain && reg_exp->compiled()->group_names() != nullptr;
  StringView text = string->view();
  StringBuilder builder(agent.heap());
  uint32_t next_position = 0;
  auto append = [&](std::span<const int32_t> indices) -> Completion<void> {
    uint32_t start = static_cast<uint32_t>(indices[0]), end = static_cast<uint32_t>(indices[1]);
    builder.append(text.substring(next_position, start));
    next_position = end;
    if (is_plain) {
      builder.append(replacement);
    } else {
      Root<Value> names(agent);
      if (needs_names) {
        std::vector<Value> values;
        push_groups(agent, string, indices, values);
        names = make_groups_object(agent, reg_exp->compiled(), values);
      }
      TRY(append_substitution(agent, {string, start, text.substring(start, end), {}, names, indices}, replacement, builder));
    }
    if (builder.overflowed()) return throw_invalid_string_length(agent);
    return {};
  };
  if (!TRY(for_each_match(agent, reg_exp, string, append))) return string;
  builder.append(text.substring(next_position, text.length()));
  return TRY(finish_string(agent, builder));
}

Completion<Value> replace_by_function(Agent& agent, RegExp* reg_exp, String* string, Value function) {
  MatchList matches(agent);
  auto collect = [&](std::span<const int32_t> indices) -> Completion<void> {
    if (!matches.add(indices)) return throw_out_of_memory(agent);
    return {};
  };
  Root<CompiledRegExp*> compiled(agent, reg_exp->compiled());
  if (!TRY(for_each_match(agent, reg_exp, string, collect))) return string;
  StringBuilder builder(agent.heap());
  uint32_t next_position = 0;
  RootVector arguments(agent);
  for (size_t i = 0; i < matches.size(); ++i) {
    std::span<const int32_t> indices = matches[i];
    builder.append(string->view().substring(next_position, static_cast<uint32_t>(indices[0])));
    next_position = static_cast<uint32_t>(indices[1]);
    arguments.clear();
    push_groups(agent, string, indices, arguments.values());
    Value groups = make_groups_object(agent, compiled, arguments.values());
    arguments.push_back(Value::int32(indices[0]));
    arguments.push_back(string);
    if (!groups.is_undefined()) arguments.push_back(groups);
    Value result = TRY(call(agent, function, Value::undefined(), arguments.values()));
    builder.append(TRY(to_string(agent, result)));
    if (builder.overflowed()) return throw_invalid_string_length(agent);
    TRY(agent.poll());
  }
  builder.append(string->view().substring(next_position, string->length()));
  return TRY(finish_string(agent, builder));
}

}  // namespace

Completion<Value> reg_exp_prototype_replace(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  if (!info.this_value().is_object()) return throw_incompatible_receiver(agent, "RegExp.prototype.@@replace", info.this_value());
  Object* reg_exp = info.this_value().as_object();
  Root<String*> string(agent, TRY(to_string(agent, info[0])));
  // 4. - 6.
  bool is_function = is_callable(info[1]);
  Root<Value> replace(agent, info[1]);
  if (!is_function) replace = TRY(to_string(agent, info[1]));
  // 7. - 17.
  if (!RegExpState::current(agent)->is_pristine(reg_exp) || !static_cast<RegExp*>(reg_exp)->last_index().is_int32())
    return replace_seen(agent, reg_exp, string, replace);
  RegExp* pristine = static_cast<RegExp*>(reg_exp);
  if (is_function) return replace_by_function(agent, pristine, string, replace);
  return replace_by_text(agent, pristine, string, replace->as_string());
}

}  // namespace skein
