// String.prototype's methods that take parts of a string, or put copies of strings together.
#include <algorithm>

#include "core/base/white_space.h"
#include "core/builtins/string_methods.h"
#include "core/builtins/support.h"

namespace skein {
namespace {

enum class Side : uint8_t { kStart = 1, kEnd = 2, kBoth = 3 };

// Doubles what is there until all `length` units are written.
template <typename Unit>
void fill_repeating(Unit* units, std::span<const Unit> pattern, size_t length) {
  size_t filled = std::min(pattern.size(), length);
  std::copy_n(pattern.data(), filled, units);
  while (filled < length) {
    size_t take = std::min(filled, length - filled);
    std::copy_n(units, take, units + filled);
    filled += take;
  }
}

// The first `length` units of `unit` repeated without end.
// REQUIRES: !unit->is_empty(), length <= String::kMaxLength; unit is rooted
Completion<String*> repeat_to_length(Agent& agent, String* unit, uint32_t length) {
  TRY(make_room(agent, size_t{length} << (unit->is_latin1() ? 0 : 1)));
  StringView text = unit->view();
  FlatString* result = text.is_latin1() ? new_flat_latin1(agent.heap(), length) : new_flat_utf16(agent.heap(), length);
  if (result == nullptr) return throw_out_of_memory(agent);
  if (text.is_latin1()) fill_repeating(result->latin1(), text.latin1_span(), length);
  else fill_repeating(result->utf16(), text.utf16_span(), length);
  return result;
}

// https://tc39.es/ecma262/#sec-stringpaddingbuiltinsimpl
Completion<Value> pad(Agent& agent, const CallInfo& info, std::string_view method, Side side) {
  // 1. - 3.
  Root<String*> string(agent, TRY(this_string(agent, info, method)));
  double max_length = TRY(to_length(agent, info[0]));
  if (max_length <= string->length()) return string.get();
  // 4. - 5.
  Root<String*> fill(agent, agent.atoms().single(' '));
  if (!info[1].is_undefined()) fill = TRY(to_string(agent, info[1]));
  // https://tc39.es/ecma262/#sec-stringpad
  if (fill->is_empty()) return string.get();
  if (max_length > String::kMaxLength) return throw_invalid_string_length(agent);
  String* padding = TRY(repeat_to_length(agent, fill, static_cast<uint32_t>(max_length) - string->length()));
  return side == Side::kStart ? TRY(concatenate_checked(agent, padding, string)) : TRY(concatenate_checked(agent, string, padding));
}

// https://tc39.es/ecma262/#sec-trimstring
Completion<Value> trim(Agent& agent, const CallInfo& info, std::string_view method, Side side) {
  Root<String*> string(agent, TRY(this_string(agent, info, method)));
  StringView text = string->view();
  LoopPoll poll(agent);
  uint32_t start = 0;
  uint32_t end = text.length();
  if (static_cast<int>(side) & static_cast<int>(Side::kStart))
    for (; start < end && is_trimmed(text[start]); ++start) TRY(poll.tick());
  if (static_cast<int>(side) & static_cast<int>(Side::kEnd))
    for (; end > start && is_trimmed(text[end - 1]); --end) TRY(poll.tick());
  return make_substring(agent, string, start, end);
}

}  // namespace

// https://tc39.es/ecma262/#sec-string.prototype.padend
Completion<Value> string_prototype_pad_end(Agent& agent, const CallInfo& info) {
  return pad(agent, info, "String.prototype.padEnd", Side::kEnd);
}

// https://tc39.es/ecma262/#sec-string.prototype.padstart
Completion<Value> string_prototype_pad_start(Agent& agent, const CallInfo& info) {
  return pad(agent, info, "String.prototype.padStart", Side::kStart);
}

// https://tc39.es/ecma262/#sec-string.prototype.repeat
Completion<Value> string_prototype_repeat(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  Root<String*> string(agent, TRY(this_string(agent, info, "String.prototype.repeat")));
  double count = TRY(to_integer_or_infinity(agent, info[0]));
  // 4.
  if (count < 0 || count > kMaxArrayLikeLength)
    return throw_range_error(agent, {"Invalid count value: ", to_display_string(agent, info[0])});
  // 5. - 6.
  if (count == 0 || string->is_empty()) return agent.atoms().empty();
  if (count * string->length() > String::kMaxLength) return throw_invalid_string_length(agent);
  if (count == 1) return string.get();
  return TRY(repeat_to_length(agent, string, static_cast<uint32_t>(count) * string->length()));
}

// https://tc39.es/ecma262/#sec-string.prototype.slice
Completion<Value> string_prototype_slice(Agent& agent, const CallInfo& info) {
  Root<String*> string(agent, TRY(this_string(agent, info, "String.prototype.slice")));
  double length = string->length();
  double from = TRY(relative_index(agent, info[0], length, 0));
  double to = TRY(relative_index(agent, info[1], length, length));
  if (from >= to) return agent.atoms().empty();
  return make_substring(agent, string, static_cast<uint32_t>(from), static_cast<uint32_t>(to));
}

// https://tc39.es/ecma262/#sec-string.prototype.substr
Completion<Value> string_prototype_substr(Agent& agent, const CallInfo& info) {
  // 1. - 7.
  Root<String*> string(agent, TRY(this_string(agent, info, "String.prototype.substr")));
  double size = string->length();
  double start = TRY(relative_index(agent, info[0], size, 0));
  // 8. - 11.
  double length = info[1].is_undefined() ? size : TRY(to_integer_or_infinity(agent, info[1]));
  double end = std::min(start + std::clamp(length, 0.0, size), size);
  if (start >= end) return agent.atoms().empty();
  return make_substring(agent, string, static_cast<uint32_t>(start), static_cast<uint32_t>(end));
}

// https://tc39.es/ecma262/#sec-string.prototype.substring
Completion<Value> string_prototype_substring(Agent& agent, const CallInfo& info) {
  Root<String*> string(agent, TRY(this_string(agent, info, "String.prototype.substring")));
  double length = string->length();
  double start = std::clamp(TRY(to_integer_or_infinity(agent, info[0])), 0.0, length);
  double end = info[1].is_undefined() ? length : std::clamp(TRY(to_integer_or_infinity(agent, info[1])), 0.0, length);
  if (start > end) std::swap(start, end);
  return make_substring(agent, string, static_cast<uint32_t>(start), static_cast<uint32_t>(end));
}

// https://tc39.es/ecma262/#sec-string.prototype.trim
Completion<Value> string_prototype_trim(Agent& agent, const CallInfo& info) {
  return trim(agent, info, "String.prototype.trim", Side::kBoth);
}

// https://tc39.es/ecma262/#sec-string.prototype.trimend
Completion<Value> string_prototype_trim_end(Agent& agent, const CallInfo& info) {
  return trim(agent, info, "String.prototype.trimEnd", Side::kEnd);
}

// https://tc39.es/ecma262/#sec-string.prototype.trimstart
Completion<Value> string_prototype_trim_start(Agent& agent, const CallInfo& info) {
  return trim(agent, info, "String.prototype.trimStart", Side::kStart);
}

}  // namespace skein
