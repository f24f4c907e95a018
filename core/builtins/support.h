// What the clauses of this library share: element access with a fast path, polling loops, messages.
#pragma once

#include "core/runtime/elements.h"
#include "core/runtime/operations.h"
#include "core/strings/string.h"

namespace skein {

inline constexpr double kMaxArrayLikeLength = 9007199254740991.0;  // 2^53 - 1

// The key of an integral index from 0 to 2^53 - 1. Larger ones are fresh atoms: root the key, or
// make it again after a call that may collect.
inline PropertyKey index_key(Agent& agent, double index) {
  if (index < 4294967295.0) [[likely]] return PropertyKey::index(static_cast<uint32_t>(index));
  return to_property_key(agent, static_cast<uint64_t>(index));
}
// The key of a string or symbol, such as own_property_keys() lists.
inline PropertyKey key_of_value(Agent& agent, Value value) {
  return value.is_symbol() ? PropertyKey(value.as_symbol()) : to_property_key(agent, value.as_string());
}

// An element that is plain data of the object itself; empty when a lookup is needed.
inline Value plain_element_or_empty(Object* object, double index) {
  if (object->has_flag(Object::kExoticIndices) || !(index < 4294967295.0)) return Value::empty();
  return object->dense_element_or_empty(static_cast<uint32_t>(index));
}
// Get(object, index)
inline Completion<Value> get_element(Agent& agent, Object* object, double index) {
  Value value = plain_element_or_empty(object, index);
  if (!value.is_empty()) [[likely]] return value;
  return get(agent, object, index_key(agent, index));
}
// HasProperty(object, index), and if so Get(object, index); else Value::empty().
Completion<Value> get_element_if_present(Agent& agent, Object* object, double index);
// CreateDataPropertyOrThrow(object, index, value)
Completion<void> create_element(Agent& agent, Object* object, double index, Value value);

// The array whose elements a fast path may read and write in place: dense, extensible, of writable
// length, with no index property in its prototypes' reach; else null. What it says holds until
// script may have run.
inline Array* plain_array(Agent& agent, Object* object) {
  if (object->kind() != CellKind::kArray || agent.prototypes_have_indices) return nullptr;
  Array* array = static_cast<Array*>(object);
  return array->is_simple() ? array : nullptr;
}
// In loops whose length script chooses: comes to a poll now and then.
class LoopPoll {
 public:
  explicit LoopPoll(Agent& agent) : agent_(agent) {}
  Completion<void> tick() {
    if ((++count_ & 1023) != 0) [[likely]] return {};
    return agent_.poll();
  }

 private:
  Agent& agent_;
  uint32_t count_ = 0;
};

// "x is not a function", and its kin.
Thrown throw_not_callable(Agent& agent, Value value);
Thrown throw_not_constructor(Agent& agent, Value value);
Thrown throw_not_object(Agent& agent, Value value);
// "HOME.map" or "get HOME.size": the running builtin, for messages. `home` is what it is a property of.
std::string builtin_title(Agent& agent, const CallInfo& info, std::string_view home);
// ToObject(this value), whose TypeError names the builtin.
Completion<Object*> this_to_object(Agent& agent, const CallInfo& info, Passed<std::string_view> home);
// "Method M called on incompatible receiver x"
Thrown throw_incompatible_receiver(Agent& agent, std::string_view method, Value receiver);
// "Constructor X requires 'new'"
Thrown throw_requires_new(Agent& agent, std::string_view constructor);

// The string that a builder holds, or the RangeError that it grew too long.
Completion<String*> finish_string(Agent& agent, StringBuilder& builder);

// An object of a builtin kind without inline slots.
template <typename T, typename... Arguments>
T* make_builtin(Agent& agent, Object* prototype, Arguments&&... arguments) {
  Shape* shape = shape_for_prototype(agent, prototype, T::kKind, sizeof(T), 0);
  return agent.heap().make<T>(shape, std::forward<Arguments>(arguments)...);
}
inline Object* intrinsic(Agent& agent, Intrinsic which) { return agent.realm()->intrinsic(which); }

// https://tc39.es/ecma262/#sec-SetterThatIgnoresPrototypeProperties with `this` and the value of the call.
Completion<Value> set_ignoring_prototype(Agent& agent, const CallInfo& info, Object* home, PropertyKey key);

// OPTIMIZATION: whether an object without own properties gets this constructor from its prototype, and that its original
// [Symbol.species]: what SpeciesConstructor finds then is the constructor, without script having been run.
bool has_original_species(Agent& agent, Object* object, Object* constructor);

// `return this`: get [Symbol.species], [Symbol.iterator] of iterators.
Completion<Value> return_this(Agent& agent, const CallInfo& info);

}  // namespace skein
