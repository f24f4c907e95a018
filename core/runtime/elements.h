// Own properties with index keys, over both representations of elements. Nothing here runs script.
#pragma once

#include "core/runtime/agent.h"
#include "core/runtime/object.h"

namespace skein {

struct ElementLocation {
  Value value;  // an Accessor cell for accessor properties
  PropertyAttributes attributes = kNone;
  bool found = false;
  explicit operator bool() const { return found; }
};

ElementLocation get_own_element(Object* object, uint32_t index);
// Overwrites the value of a present element.
void set_own_element(Object* object, uint32_t index, Value value);
// Adds or replaces. False when memory or the heap's limit says no. Array lengths are the caller's.
[[nodiscard]] bool put_own_element(Agent& agent, Object* object, uint32_t index, Value value, PropertyAttributes attributes);
void remove_own_element(Agent& agent, Object* object, uint32_t index);
std::vector<uint32_t> own_element_indices(Object* object);
// What [[OwnPropertyKeys]] lists: those, as strings (polls; script does not run but by the host's interrupt
// callback), and after them the string and symbol keys.
Completion<void> append_index_keys(Agent& agent, Object* object, RootVector& keys);
void append_name_keys(Object* object, RootVector& keys);

// Makes room for `length` elements, and more where appending is to be expected.
// REQUIRES: array->is_simple(). False when memory or the limit says no.
[[nodiscard]] bool grow_elements(Agent& agent, Array* array, double length);

// Appends to a simple array (Array::is_simple); false when memory says no.
[[nodiscard]] bool append_to_array_slow(Agent& agent, Array* array, Value value);
[[nodiscard]] inline bool append_to_array(Agent& agent, Array* array, Value value) {
  const uint32_t index = array->length();
  ValueArray* elements = array->is_sparse() ? nullptr : array->dense_elements();
  if (elements == nullptr || index >= elements->capacity()) [[unlikely]] return append_to_array_slow(agent, array, value);
  elements->set(index, value);
  array->set_length_field(index + 1);
  return true;
}

}  // namespace skein
