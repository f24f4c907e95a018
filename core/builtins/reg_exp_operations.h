// The steps of making a RegExp, and of matching with one, as the files of the clause share them.
#pragma once

#include <span>

#include "core/builtins/reg_exp_object.h"

namespace skein {

// --- reg_exp_object.cpp ---

// From the agent's cache, or the pattern's SyntaxError. No script.
Completion<CompiledRegExp*> compile_reg_exp(Agent& agent, String* source, regexp::Flags flags);
// https://tc39.es/ecma262/#sec-regexpalloc
Completion<RegExp*> reg_exp_alloc(Agent& agent, Object* new_target);
// https://tc39.es/ecma262/#sec-regexpinitialize
Completion<void> reg_exp_initialize(Agent& agent, RegExp* reg_exp, Value pattern, Value flags);
// Set(regExp, "lastIndex", index, true). No script.
Completion<void> set_last_index(Agent& agent, RegExp* reg_exp, double index);

// --- reg_exp_exec.cpp ---

// Where the groups of a match are: starts and ends, -1 for groups that took no part.
class MatchIndices {
 public:
  // For `groups` groups, group 0 included.
  void resize(uint32_t groups) {
    size_ = 2 * groups;
    if (size_ > std::size(few_)) many_.resize(size_);
  }
  std::span<int32_t> span() { return {size_ > std::size(few_) ? many_.data() : few_, size_}; }
  uint32_t groups() const { return size_ / 2; }
  uint32_t start() { return static_cast<uint32_t>(span()[0]); }
  uint32_t end() { return static_cast<uint32_t>(span()[1]); }

 private:
  int32_t few_[20];
  std::vector<int32_t> many_;
  uint32_t size_ = 0;
};

// The first match from `start` on (at `start`, if sticky). May come to a poll; runs no script beyond that.
// REQUIRES: compiled and string are rooted by the caller, start <= string->length()
Completion<bool> match_compiled(Agent& agent, CompiledRegExp* compiled, String* string, uint32_t start, MatchIndices& indices);
// https://tc39.es/ecma262/#sec-regexpbuiltinexec up to step 16, with the update of the legacy static
// properties; false for null. REQUIRES: reg_exp and string are rooted by the caller
Completion<bool> reg_exp_builtin_match(Agent& agent, RegExp* reg_exp, String* string, MatchIndices& indices);
// The rest of it: the Array of a match.
Completion<Value> make_match_array(Agent& agent, RegExp* reg_exp, String* string, MatchIndices& indices);
// The text of a group, or undefined.
Value group_text(Agent& agent, String* string, std::span<const int32_t> indices, uint32_t group);
// The `groups` object, or undefined for a pattern without named groups. `value_of(group)` gives values,
// undefined for groups that took no part. No script.
Value make_groups_object(Agent& agent, CompiledRegExp* compiled, std::span<const Value> values);
// Keeps %RegExp%'s legacy static properties in step with a match of `reg_exp`.
void update_legacy_properties(Agent& agent, RegExp* reg_exp, String* string, std::span<const int32_t> indices);
// `exec` is the builtin one, so that RegExpExec with a RegExp comes to RegExpBuiltinExec.
bool is_builtin_exec(Value exec);

Completion<Value> reg_exp_prototype_exec(Agent& agent, const CallInfo& info);
Completion<Value> reg_exp_prototype_test(Agent& agent, const CallInfo& info);

// --- reg_exp_symbols.cpp, reg_exp_replace.cpp, reg_exp_split.cpp ---

struct FlagsSeen {
  bool global = false;
  bool unicode = false;  // u or v
};
// What ToString(Get(regExp, "flags")) says.
Completion<FlagsSeen> read_flags(Agent& agent, Object* reg_exp);

Completion<Value> reg_exp_prototype_match(Agent& agent, const CallInfo& info);
Completion<Value> reg_exp_prototype_match_all(Agent& agent, const CallInfo& info);
Completion<Value> reg_exp_prototype_replace(Agent& agent, const CallInfo& info);
Completion<Value> reg_exp_prototype_search(Agent& agent, const CallInfo& info);
Completion<Value> reg_exp_prototype_split(Agent& agent, const CallInfo& info);

// --- reg_exp_string_iterator.cpp ---

// https://tc39.es/ecma262/#sec-createregexpstringiterator
Object* create_reg_exp_string_iterator(Agent& agent, Object* reg_exp, String* string, FlagsSeen flags);
void register_reg_exp_string_iterator();
void initialize_reg_exp_string_iterator(Agent& agent, Realm& realm);

}  // namespace skein
