// String.prototype's methods that look for a string in a string.
#include <algorithm>
#include <cmath>

#include "core/builtins/string_find.h"
#include "core/builtins/string_methods.h"
#include "core/builtins/support.h"

namespace skein {
namespace {

// How includes, startsWith and endsWith begin: `string` and `needle`, which may be no regular expression.
Completion<void> start_search(Agent& agent, const CallInfo& info, std::string_view method, Root<String*>& string, Root<String*>& needle) {
  string = TRY(this_string(agent, info, method));
  if (TRY(is_reg_exp(agent, info[0])))
    return throw_type_error(agent, {"First argument to ", method, " must not be a regular expression"});
  needle = TRY(to_string(agent, info[0]));
  return {};
}

uint32_t clamp_position(double position, uint32_t length) {
  return static_cast<uint32_t>(std::clamp(position, 0.0, static_cast<double>(length)));
}

}  // namespace

// https://tc39.es/ecma262/#sec-string.prototype.endswith
Completion<Value> string_prototype_ends_with(Agent& agent, const CallInfo& info) {
  // 1. - 6.
  Root<String*> string(agent), needle(agent);
  TRY(start_search(agent, info, "String.prototype.endsWith", string, needle));
  // 7. - 8.
  uint32_t end = string->length();
  if (!info[1].is_undefined()) end = clamp_position(TRY(to_integer_or_infinity(agent, info[1])), end);
  // 9. - 14.
  if (needle->length() > end) return Value::boolean(false);
  return Value::boolean(string->view().substring(end - needle->length(), end) == needle->view());
}

// https://tc39.es/ecma262/#sec-string.prototype.includes
Completion<Value> string_prototype_includes(Agent& agent, const CallInfo& info) {
  Root<String*> string(agent), needle(agent);
  TRY(start_search(agent, info, "String.prototype.includes", string, needle));
  double position = TRY(to_integer_or_infinity(agent, info[1]));
  return Value::boolean(TRY(find_string(agent, string->view(), needle->view(), clamp_position(position, string->length()))) >= 0);
}

// https://tc39.es/ecma262/#sec-string.prototype.indexof
Completion<Value> string_prototype_index_of(Agent& agent, const CallInfo& info) {
  Root<String*> string(agent, TRY(this_string(agent, info, "String.prototype.indexOf")));
  Root<String*> needle(agent, TRY(to_string(agent, info[0])));
  double position = TRY(to_integer_or_infinity(agent, info[1]));
  return Value::number(TRY(find_string(agent, string->view(), needle->view(), clamp_position(position, string->length()))));
}

// https://tc39.es/ecma262/#sec-string.prototype.lastindexof
Completion<Value> string_prototype_last_index_of(Agent& agent, const CallInfo& info) {
  // 1. - 4.
  Root<String*> string(agent, TRY(this_string(agent, info, "String.prototype.lastIndexOf")));
  Root<String*> needle(agent, TRY(to_string(agent, info[0])));
  double number = TRY(to_number(agent, info[1]));
  // 5. - 10.
  uint32_t start = std::isnan(number) ? string->length() : clamp_position(std::trunc(number), string->length());
  return Value::number(TRY(find_last_string(agent, string->view(), needle->view(), start)));
}

// https://tc39.es/ecma262/#sec-string.prototype.startswith
Completion<Value> string_prototype_starts_with(Agent& agent, const CallInfo& info) {
  // 1. - 6.
  Root<String*> string(agent), needle(agent);
  TRY(start_search(agent, info, "String.prototype.startsWith", string, needle));
  // 7. - 9.
  uint32_t start = clamp_position(TRY(to_integer_or_infinity(agent, info[1])), string->length());
  // 10. - 14.
  if (needle->length() > string->length() - start) return Value::boolean(false);
  return Value::boolean(string->view().substring(start, start + needle->length()) == needle->view());
}

}  // namespace skein
