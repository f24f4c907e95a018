#include "core/builtins/reg_exp_state.h"

#include <algorithm>

namespace skein {

RegExpState* RegExpState::current(Agent& agent) {
  auto* constructor = static_cast<NativeFunction*>(agent.realm()->intrinsic(Intrinsic::kRegExp));
  return static_cast<RegExpState*>(constructor->internal_slot(0).as_cell());
}

void RegExpState::trace(gc::Visitor& visitor) {
  visitor.visit(instance_shape_);
  visitor.visit(prototype_shape_);
  for (const ValueSlot& original : originals_) visit_value(visitor, original);
  visit_value(visitor, input_);
  visitor.visit(matched_string_);
}

void RegExpState::remember_prototype(Agent& agent, Object* prototype, Shape* instance_shape) {
  const Names& names = agent.names();
  FlatString* watched[kWatched] = {names.exec,       names.constructor, names.flags,  names.hasIndices, names.global, names.ignoreCase,
                                   names.multiline, names.dotAll,      names.unicode, names.unicodeSets, names.sticky};
  for (size_t i = 0; i < kWatched; ++i) watched_keys_[i] = PropertyKey(watched[i]);
  instance_shape_.set(this, instance_shape);
  SKEIN_CHECK(find_watched(prototype));
  for (size_t i = 0; i < kWatched; ++i) originals_[i].set(this, prototype->slot(watched_slots_[i]));
  input_.set(this, Value(agent.names().empty_string));
  std::fill(std::begin(captures_), std::end(captures_), -1);
}

bool RegExpState::find_watched(Object* prototype) {
  for (size_t i = 0; i < kWatched; ++i) {
    PropertyLocation location = prototype->lookup(watched_keys_[i]);
    if (!location) return false;
    watched_slots_[i] = location.slot;
  }
  prototype_shape_.set(this, prototype->shape());
  return true;
}

bool RegExpState::is_pristine(Object* object) {
  if (object->shape() != instance_shape_) return false;
  Object* prototype = instance_shape_->prototype();
  // An owned shape that loses or reconfigures a property is replaced, so slots found once stay.
  if (prototype->shape() != prototype_shape_ && !find_watched(prototype)) return false;
  for (size_t i = 0; i < kWatched; ++i)
    if (prototype->slot(watched_slots_[i]) != originals_[i].get()) return false;
  return true;
}

void RegExpState::note_match(String* string, std::span<const int32_t> captures) {
  matched_string_.set(this, string);
  input_.set(this, Value(string));
  size_t kept = std::min<size_t>(captures.size(), std::size(captures_));
  std::copy_n(captures.begin(), kept, captures_);
  std::fill(captures_ + kept, std::end(captures_), -1);
  last_group_ = {-1, -1};
  if (captures.size() > 2) last_group_ = {captures[captures.size() - 2], captures[captures.size() - 1]};
  legacy_valid_ = true;
}

}  // namespace skein
