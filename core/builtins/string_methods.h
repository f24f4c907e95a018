// The functions of String.prototype, by file, and what they share with RegExp.prototype.
#pragma once

#include <span>
#include <string_view>

#include "core/runtime/operations.h"
#include "core/strings/string.h"

namespace skein {

// RequireObjectCoercible(this), then ToString: how the methods begin. Not rooted.
Completion<String*> this_string(Agent& agent, const CallInfo& info, Passed<std::string_view> method);
// The units from `start` to `end`: an atom for one latin1 unit, a slice for many.
// REQUIRES: start <= end <= string->length()
String* make_substring(Agent& agent, String* string, uint32_t start, uint32_t end);
String* make_single_unit(Agent& agent, char16_t unit);
// The string, or the RangeError that it would be too long.
Completion<String*> concatenate_checked(Agent& agent, String* left, String* right);  // no script

// https://tc39.es/ecma262/#sec-advancestringindex
uint32_t advance_string_index(StringView text, uint32_t index, bool is_unicode);

// https://tc39.es/ecma262/#sec-getsubstitution
struct Substitution {
  String* string;                    // the whole text; rooted by the caller, as all else here
  uint32_t position;                 // of the match
  StringView matched;
  std::span<const Value> captures;   // from group 1 on; strings and undefined
  Value named_captures;              // an object or undefined
  // Instead of `captures`: starts and ends in `string`, group 0 first; -1 where a group took no part.
  std::span<const int32_t> indices = {};
};
// Appends the text that `replacement` makes of a match.
Completion<void> append_substitution(Agent& agent, const Substitution& substitution, String* replacement, StringBuilder& builder);
// Whether a replacement text stands for itself.
bool is_plain_replacement(String* replacement);

// string_iterator.cpp: https://tc39.es/ecma262/#sec-string-iterator-objects
class StringIterator final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kStringIterator;
  static constexpr const char* kKindName = "StringIterator";
  StringIterator(Shape* shape, String* string) : Object(shape, kKind), string_(string) {}
  // The next code point as a string; null when exhausted.
  String* step(Agent& agent);
  size_t cell_size() const { return sizeof(StringIterator); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visitor.visit(string_);
  }

 private:
  gc::Member<String> string_;  // null once exhausted
  uint32_t position_ = 0;
};
Completion<Value> string_prototype_iterator(Agent& agent, const CallInfo& info);
// %StringIteratorPrototype%.next
Completion<Value> string_iterator_next(Agent& agent, const CallInfo& info);
Completion<bool> string_iterator_step(Agent& agent, Object* iterator, Root<Value>& value);
void initialize_string_iterator(Agent& agent, Realm& realm);

// string_search.cpp
Completion<Value> string_prototype_ends_with(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_includes(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_index_of(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_last_index_of(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_starts_with(Agent& agent, const CallInfo& info);

// string_parts.cpp
Completion<Value> string_prototype_pad_end(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_pad_start(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_repeat(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_slice(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_substr(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_substring(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_trim(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_trim_end(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_trim_start(Agent& agent, const CallInfo& info);

// string_patterns.cpp
Completion<Value> string_prototype_match(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_match_all(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_replace(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_replace_all(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_search(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_split(Agent& agent, const CallInfo& info);

// string_unicode.cpp
Completion<Value> string_prototype_is_well_formed(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_locale_compare(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_normalize(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_to_locale_lower_case(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_to_locale_upper_case(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_to_lower_case(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_to_upper_case(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_to_well_formed(Agent& agent, const CallInfo& info);

// string_html.cpp: https://tc39.es/ecma262/#sec-additional-properties-of-the-string.prototype-object
Completion<Value> string_prototype_anchor(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_big(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_blink(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_bold(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_fixed(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_fontcolor(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_fontsize(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_italics(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_link(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_small(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_strike(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_sub(Agent& agent, const CallInfo& info);
Completion<Value> string_prototype_sup(Agent& agent, const CallInfo& info);

}  // namespace skein
