// String.prototype's methods that search by a pattern: a string, or an object with the method of a
// well-known symbol.
#include <algorithm>

#include "core/builtins/reg_exp_object.h"
#include "core/builtins/string_find.h"
#include "core/builtins/string_methods.h"
#include "core/builtins/support.h"
#include "core/runtime/elements.h"

namespace skein {
namespace {

// The method that `pattern` brings along for `symbol`; undefined for primitives, whose prototypes are
// not asked.
Completion<Value> pattern_method(Agent& agent, Value pattern, WellKnownSymbol symbol) {
  if (!pattern.is_object()) return Value::undefined();
  return get_method(agent, pattern, PropertyKey(agent.well_known(symbol)));
}

Completion<void> check_coercible(Agent& agent, const CallInfo& info, std::string_view method) {
  if (!info.this_value().is_nullish()) return {};
  return throw_type_error(agent, {method, " called on null or undefined"});
}

// A regular expression must have the global flag where the method would make no sense without;
// `message` says so.
Completion<void> check_global(Agent& agent, Value pattern, std::string_view message) {
  if (!pattern.is_object()) return {};
  Root<Value> kept(agent, pattern);
  if (!TRY(is_reg_exp(agent, pattern))) return {};
  Value flags = TRY(get(agent, pattern.as_object(), PropertyKey(agent.names().flags)));
  if (flags.is_nullish()) return throw_type_error(agent, message);
  String* text = TRY(to_string(agent, flags));
  if (text->view().index_of(StringView(std::string_view("g"))) < 0) return throw_type_error(agent, message);
  return {};
}

// The last steps of match, matchAll and search: a regular expression made of `pattern`, and its method.
Completion<Value> match_with_new_reg_exp(Agent& agent, const CallInfo& info, std::string_view flags, WellKnownSymbol symbol) {
  Root<String*> string(agent, TRY(to_string(agent, info.this_value())));
  Value flags_text = flags.empty() ? Value::undefined() : Value(agent.atoms().atomize(flags));
  RegExp* reg_exp = TRY(reg_exp_create(agent, info[0], flags_text));
  return invoke(agent, reg_exp, PropertyKey(agent.well_known(symbol)), {string.get()});
}

Completion<Value> match_by(Agent& agent, const CallInfo& info, std::string_view method, std::string_view flags, WellKnownSymbol symbol) {
  // 1.
  TRY(check_coercible(agent, info, method));
  // 2.
  if (symbol == WellKnownSymbol::kMatchAll)
    TRY(check_global(agent, info[0], "String.prototype.matchAll called with a non-global RegExp argument"));
  Value matcher = TRY(pattern_method(agent, info[0], symbol));
  if (!matcher.is_undefined()) return call(agent, matcher, info[0], {info.this_value()});
  // 3. - 5.
  return match_with_new_reg_exp(agent, info, flags, symbol);
}

// Step 12.b of https://tc39.es/ecma262/#sec-string.prototype.replaceall, and its like: what takes the
// place of one match.
Completion<void> append_replacement(Agent& agent, String* string, String* search, uint32_t position, Value replacement,
                                    StringBuilder& builder) {
  if (is_callable(replacement)) {
    Value result = TRY(call(agent, replacement, Value::undefined(), {search, Value::number(position), string}));
    builder.append(TRY(to_string(agent, result)));
  } else {
    TRY(append_substitution(agent, {string, position, search->view(), {}, Value::undefined()}, replacement.as_string(), builder));
  }
  if (builder.overflowed()) return throw_invalid_string_length(agent);
  return {};
}

struct ReplaceOperands {
  explicit ReplaceOperands(Agent& agent) : string(agent), search(agent), replacement(agent) {}
  Root<String*> string;
  Root<String*> search;
  Root<Value> replacement;  // a function or a string
};
// What takes the place of a match, as a string of its own.
Completion<String*> replacement_of(Agent& agent, String* string, String* search, uint32_t position, Value replacement) {
  if (replacement.is_string() && is_plain_replacement(replacement.as_string())) return replacement.as_string();
  StringBuilder builder(agent.heap());
  TRY(append_replacement(agent, string, search, position, replacement, builder));
  return finish_string(agent, builder);
}

// OPTIMIZATION: a short text with one part replaced, in one piece; null if it would be long.
String* replace_in_short(Agent& agent, StringView text, uint32_t position, uint32_t replaced, StringView replacement) {
  constexpr uint64_t kMaxShort = 256;
  const uint64_t length = uint64_t{text.length()} - replaced + replacement.length();
  if (length > kMaxShort || !text.is_latin1() || !replacement.is_latin1()) return nullptr;
  FlatString* result = new_flat_latin1(agent.heap(), static_cast<uint32_t>(length));
  uint8_t* to = std::copy_n(text.latin1(), position, result->latin1());
  to = std::copy_n(replacement.latin1(), replacement.length(), to);
  const uint32_t rest = position + replaced;
  std::copy_n(text.latin1() + rest, text.length() - rest, to);
  return result;
}

// The common steps of replace and replaceAll. Has the method of the pattern done all, `done` is set and
// its result returned.
Completion<Value> start_replace(Agent& agent, const CallInfo& info, ReplaceOperands& operands, bool& done) {
  Value replacer = TRY(pattern_method(agent, info[0], WellKnownSymbol::kReplace));
  done = !replacer.is_undefined();
  if (done) return call(agent, replacer, info[0], {info.this_value(), info[1]});
  operands.string = TRY(to_string(agent, info.this_value()));
  operands.search = TRY(to_string(agent, info[0]));
  operands.replacement = info[1];
  if (!is_callable(info[1])) operands.replacement = TRY(to_string(agent, info[1]));
  return Value::undefined();
}

}  // namespace

// https://tc39.es/ecma262/#sec-string.prototype.match
Completion<Value> string_prototype_match(Agent& agent, const CallInfo& info) {
  return match_by(agent, info, "String.prototype.match", {}, WellKnownSymbol::kMatch);
}

// https://tc39.es/ecma262/#sec-string.prototype.matchall
Completion<Value> string_prototype_match_all(Agent& agent, const CallInfo& info) {
  return match_by(agent, info, "String.prototype.matchAll", "g", WellKnownSymbol::kMatchAll);
}

// https://tc39.es/ecma262/#sec-string.prototype.search
Completion<Value> string_prototype_search(Agent& agent, const CallInfo& info) {
  return match_by(agent, info, "String.prototype.search", {}, WellKnownSymbol::kSearch);
}

// https://tc39.es/ecma262/#sec-string.prototype.replace
Completion<Value> string_prototype_replace(Agent& agent, const CallInfo& info) {
  // 1. - 6.
  TRY(check_coercible(agent, info, "String.prototype.replace"));
  ReplaceOperands operands(agent);
  bool done = false;
  Value result = TRY(start_replace(agent, info, operands, done));
  if (done) return result;
  // 7. - 8.
  String* string = operands.string;
  int64_t found = TRY(find_string(agent, string->view(), operands.search->view()));
  if (found < 0) return string;
  uint32_t position = static_cast<uint32_t>(found);
  // 9. - 13.
  Root<String*> replacement(agent, TRY(replacement_of(agent, string, operands.search, position, operands.replacement)));
  if (String* result = replace_in_short(agent, operands.string->view(), position, operands.search->length(), replacement->view())) return result;
  String* start = make_substring(agent, operands.string, 0, position);
  String* rest = make_substring(agent, operands.string, position + operands.search->length(), operands.string->length());
  String* const parts[] = {start, replacement, rest};
  if (String* joined = join_short(agent.heap(), parts)) return joined;
  String* joined = TRY(concatenate_checked(agent, start, replacement));
  return TRY(concatenate_checked(agent, joined, rest));
}

// https://tc39.es/ecma262/#sec-string.prototype.replaceall
Completion<Value> string_prototype_replace_all(Agent& agent, const CallInfo& info) {
  // 1. - 6.
  TRY(check_coercible(agent, info, "String.prototype.replaceAll"));
  TRY(check_global(agent, info[0], "String.prototype.replaceAll called with a non-global RegExp argument"));
  ReplaceOperands operands(agent);
  bool done = false;
  Value result = TRY(start_replace(agent, info, operands, done));
  if (done) return result;
  // 7. - 14. OPTIMIZATION: each match is replaced when it is found; strings do not change meanwhile.
  String* string = operands.string;
  StringView text = string->view();
  uint32_t length = text.length();
  uint32_t search_length = operands.search->length();
  uint32_t advance = std::max(search_length, 1u);
  StringBuilder builder(agent.heap());
  LoopPoll poll(agent);
  uint32_t end_of_last = 0;
  for (uint64_t from = 0; from <= length; from += advance) {
    int64_t found = TRY(find_string(agent, text, operands.search->view(), static_cast<uint32_t>(from)));
    if (found < 0) break;
    uint32_t position = static_cast<uint32_t>(found);
    builder.append(text.substring(end_of_last, position));
    TRY(append_replacement(agent, string, operands.search, position, operands.replacement, builder));
    end_of_last = position + search_length;
    from = position;
    TRY(poll.tick());
  }
  // 15. - 16.
  if (end_of_last == 0 && builder.length() == 0) return string;
  builder.append(text.substring(end_of_last, length));
  return TRY(finish_string(agent, builder));
}

namespace {

Completion<void> append_part(Agent& agent, Root<Array*>& parts, String* part) {
  if (!append_to_array(agent, parts, part)) return throw_out_of_memory(agent);
  return {};
}

// Steps 10. to 17. of split, with neither an empty separator nor an empty string.
Completion<void> split_by_separator(Agent& agent, String* string, StringView separator, uint32_t limit, Root<Array*>& parts) {
  LoopPoll poll(agent);
  StringView text = string->view();
  uint32_t start = 0;
  for (int64_t found; (found = TRY(find_string(agent, text, separator, start))) >= 0; start = static_cast<uint32_t>(found) + separator.length()) {
    TRY(append_part(agent, parts, make_substring(agent, string, start, static_cast<uint32_t>(found))));
    if (parts->length() == limit) return {};
    TRY(poll.tick());
  }
  return append_part(agent, parts, make_substring(agent, string, start, text.length()));
}

// Step 9.: one element for each code unit.
Completion<void> split_into_units(Agent& agent, String* string, uint32_t limit, Root<Array*>& parts) {
  LoopPoll poll(agent);
  uint32_t length = std::min(string->length(), limit);
  TRY(make_room(agent, size_t{length} * sizeof(Value)));
  if (!parts->reserve_elements(agent, length)) return throw_out_of_memory(agent);
  StringView text = string->view();
  for (uint32_t i = 0; i < length; ++i) {
    // Fresh elements; the barrier is for those that a poll has made old.
    parts->dense_elements()->data()[i] = make_single_unit(agent, text[i]);
    parts->dense_elements()->write_barrier();
    TRY(poll.tick());
  }
  parts->set_length_field(length);
  return {};
}

}  // namespace

// https://tc39.es/ecma262/#sec-string.prototype.split
Completion<Value> string_prototype_split(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  TRY(check_coercible(agent, info, "String.prototype.split"));
  Value splitter = TRY(pattern_method(agent, info[0], WellKnownSymbol::kSplit));
  if (!splitter.is_undefined()) return call(agent, splitter, info[0], {info.this_value(), info[1]});
  // 3. - 5.
  Root<String*> string(agent, TRY(to_string(agent, info.this_value())));
  uint32_t limit = UINT32_MAX;
  if (!info[1].is_undefined()) limit = TRY(to_uint32(agent, info[1]));
  Root<String*> separator(agent, TRY(to_string(agent, info[0])));
  // 6. - 7.
  Root<Array*> parts(agent, make_array(agent));
  if (limit == 0) return parts.get();
  if (info[0].is_undefined()) {
    TRY(append_part(agent, parts, string));
    return parts.get();
  }
  // 8. - 17.
  if (separator->is_empty()) TRY(split_into_units(agent, string, limit, parts));
  else TRY(split_by_separator(agent, string, separator->view(), limit, parts));
  return parts.get();
}

// --- GetSubstitution ------------------------------------------------------------------------------------

bool is_plain_replacement(String* replacement) {
  return replacement->view().index_of(StringView(std::string_view("$"))) < 0;
}

namespace {

bool is_decimal_digit(char16_t unit) { return unit >= '0' && unit <= '9'; }

// `$n` or `$nn` at `at`: the number of the group, 0 for none; `length` is that of the reference.
uint32_t group_reference(StringView text, uint32_t at, size_t group_count, uint32_t& length) {
  if (at + 1 >= text.length() || !is_decimal_digit(text[at + 1])) return 0;
  uint32_t one = text[at + 1] - u'0';
  if (at + 2 < text.length() && is_decimal_digit(text[at + 2])) {
    uint32_t two = one * 10 + (text[at + 2] - u'0');
    if (two >= 1 && two <= group_count) {
      length = 3;
      return two;
    }
  }
  length = 2;
  return one >= 1 && one <= group_count ? one : 0;
}

void append_capture(const Substitution& substitution, uint32_t group, StringBuilder& builder) {
  if (substitution.indices.empty()) {
    Value capture = substitution.captures[group - 1];
    if (capture.is_string()) builder.append(capture.as_string());
    return;
  }
  int32_t start = substitution.indices[2 * group];
  int32_t end = substitution.indices[2 * group + 1];
  if (start >= 0) builder.append(substitution.string->view().substring(static_cast<uint32_t>(start), static_cast<uint32_t>(end)));
}

// `$<name>` at `at`; false when it is no reference.
Completion<bool> append_named_group(Agent& agent, const Substitution& substitution, StringView text, uint32_t at, StringBuilder& builder,
                                    uint32_t& length) {
  if (substitution.named_captures.is_undefined()) return false;
  int64_t end = text.index_of(StringView(std::string_view(">")), at + 2);
  if (end < 0) return false;
  length = static_cast<uint32_t>(end) + 1 - at;
  FlatString* name = agent.atoms().atomize(text.substring(at + 2, static_cast<uint32_t>(end)));
  Value capture = TRY(get(agent, substitution.named_captures.as_object(), PropertyKey(name)));
  if (!capture.is_undefined()) builder.append(TRY(to_string(agent, capture)));
  return true;
}

}  // namespace

Completion<void> append_substitution(Agent& agent, const Substitution& substitution, String* replacement, StringBuilder& builder) {
  StringView text = replacement->view();
  StringView string = substitution.string->view();
  uint32_t plain_from = 0;
  for (uint32_t at = 0; at < text.length();) {
    int64_t found = text.index_of(StringView(std::string_view("$")), at);
    if (found < 0 || found + 1 >= text.length()) break;
    at = static_cast<uint32_t>(found);
    builder.append(text.substring(plain_from, at));
    plain_from = at;
    uint32_t length = 2;
    switch (text[at + 1]) {
      case '$': builder.append(u'$'); break;
      case '&': builder.append(substitution.matched); break;
      case '`': builder.append(string.substring(0, substitution.position)); break;
      case '\'': {
        uint64_t tail = uint64_t{substitution.position} + substitution.matched.length();
        if (tail < string.length()) builder.append(string.substring(static_cast<uint32_t>(tail), string.length()));
        break;
      }
      case '<':
        if (!TRY(append_named_group(agent, substitution, text, at, builder, length))) {
          at += 1;
          continue;
        }
        break;
      default: {
        bool has_indices = !substitution.indices.empty();
        size_t group_count = has_indices ? substitution.indices.size() / 2 - 1 : substitution.captures.size();
        uint32_t group = group_reference(text, at, group_count, length);
        if (group == 0) {
          at += 1;
          continue;
        }
        append_capture(substitution, group, builder);
      }
    }
    at += length;
    plain_from = at;
    if (builder.overflowed()) return throw_invalid_string_length(agent);
  }
  builder.append(text.substring(plain_from, text.length()));
  return {};
}

}  // namespace skein
