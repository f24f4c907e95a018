// What a realm keeps for its regular expressions: a quick way to tell that nobody has tampered with
// %RegExp.prototype%, and the legacy static properties.
#pragma once

#include <array>
#include <span>

#include "core/builtins/reg_exp_object.h"

namespace skein {

class RegExpState final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kRegExpState;
  static constexpr const char* kKindName = "RegExpState";
  static constexpr uint32_t kLegacyGroups = 9;
  RegExpState() : gc::Cell(static_cast<uint8_t>(kKind)) {}

  // The current realm's. REQUIRES: the realm's RegExp clause is initialised
  static RegExpState* current(Agent& agent);

  // Once, when %RegExp.prototype% is complete.
  void remember_prototype(Agent& agent, Object* prototype, Shape* instance_shape);
  Shape* instance_shape() const { return instance_shape_; }
  // A RegExp of this realm without properties of its own, whose prototype's exec, flags and
  // constructor are the original ones: what the methods of the well-known symbols would look up is
  // known. Holds until script may have run.
  bool is_pristine(Object* object);

  // --- https://github.com/tc39/proposal-regexp-legacy-features ---
  // https://github.com/tc39/proposal-regexp-legacy-features#updatelegacyregexpstaticproperties--c-s-startindex-endindex-capturedvalues-
  // `captures` are the starts and ends of the groups, group 0 first.
  void note_match(String* string, std::span<const int32_t> captures);
  void invalidate_legacy() { legacy_valid_ = false; }
  bool legacy_is_valid() const { return legacy_valid_; }
  Value input() const { return input_; }
  void set_input(Value input) { input_.set(this, input); }
  String* matched_string() const { return matched_string_; }  // null: no match yet
  // Group n's start and end; -1 where it took no part or there is none.
  std::pair<int32_t, int32_t> group(uint32_t n) const { return {captures_[2 * n], captures_[2 * n + 1]}; }
  std::pair<int32_t, int32_t> last_group() const { return last_group_; }

  size_t cell_size() const { return sizeof(RegExpState); }
  void trace(gc::Visitor& visitor);

 private:
  // exec, constructor, flags and its eight parts.
  static constexpr size_t kWatched = 11;
  bool find_watched(Object* prototype);

  gc::Member<Shape> instance_shape_;
  gc::Member<Shape> prototype_shape_;  // the one that watched_slots_ are of
  std::array<uint32_t, kWatched> watched_slots_{};
  ValueSlot originals_[kWatched];
  PropertyKey watched_keys_[kWatched];  // atoms of Names: permanent

  ValueSlot input_;
  gc::Member<String> matched_string_;
  int32_t captures_[2 * (kLegacyGroups + 1)];
  std::pair<int32_t, int32_t> last_group_{-1, -1};
  bool legacy_valid_ = true;
};

// reg_exp_legacy.cpp
void initialize_reg_exp_legacy(Agent& agent, Realm& realm, Object* constructor);

}  // namespace skein
