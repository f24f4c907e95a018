#include "core/runtime/elements.h"

#include <algorithm>

namespace skein {

namespace {
// How far beyond the present elements a store may land and still keep them dense.
constexpr uint32_t kMaxDenseGap = 1024;
// An array made with a length up to this is filled in any order without going sparse.
constexpr uint32_t kMaxPreallocatedLength = 4 * 1024 * 1024;

bool should_stay_dense(Object* object, uint32_t index, uint32_t capacity) {
  if (index < capacity) return true;
  if (index - capacity <= kMaxDenseGap || index < capacity + capacity / 2) return true;
  Array* array = object->as_if<Array>();
  return array != nullptr && index < array->length() && array->length() <= kMaxPreallocatedLength;
}

// What making the object sparse takes at most.
size_t sparse_bytes(Object* object) {
  ValueArray* dense = object->dense_elements();
  if (dense == nullptr) return 0;
  const auto live = std::count_if(dense->data(), dense->data() + dense->capacity(), [](Value value) { return !value.is_empty(); });
  return static_cast<size_t>(live) * 4 * sizeof(SparseElements::Entry);
}
}  // namespace

ElementLocation get_own_element(Object* object, uint32_t index) {
  if (object->is_sparse()) {
    SparseElements::Entry* entry = object->sparse_elements()->find(index);
    if (entry == nullptr) return {};
    return {entry->value, entry->attributes, true};
  }
  Value value = object->dense_element_or_empty(index);
  if (value.is_empty()) return {};
  return {value, kDefaultAttributes, true};
}

void set_own_element(Object* object, uint32_t index, Value value) {
  if (object->is_sparse()) {
    object->sparse_elements()->find(index)->value = value;
    object->sparse_elements()->write_barrier();
  } else {
    object->dense_elements()->set(index, value);
  }
}

bool put_own_element(Agent& agent, Object* object, uint32_t index, Value value, PropertyAttributes attributes) {
  if (!object->is_sparse()) {
    uint32_t capacity = object->dense_elements() == nullptr ? 0 : object->dense_elements()->capacity();
    if (attributes == kDefaultAttributes && should_stay_dense(object, index, capacity)) {
      if (index >= capacity) {
        uint32_t wanted = index + 1;
        Array* array = object->as_if<Array>();
        if (array != nullptr && index < array->length() && array->length() <= kMaxPreallocatedLength)
          wanted = array->length();
        else if (wanted > 4)
          wanted = std::max(wanted, capacity + capacity / 2 + 4);
        if (!object->reserve_elements(agent, wanted)) return false;
      }
      object->dense_elements()->set(index, value);
      return true;
    }
    // A table that grew past the limit would stay there: none is begun.
    if (sparse_bytes(object) > agent.heap().room()) {
      agent.heap().want_full_collection();
      return false;
    }
    object->make_sparse(agent);
  } else if (object->sparse_elements()->growth() > agent.heap().room()) {
    agent.heap().want_full_collection();
    return false;
  }
  SparseElements* elements = object->sparse_elements()->insert(agent.heap(), index, value, attributes);
  object->set_elements(elements);
  return true;
}

void remove_own_element(Agent& agent, Object* object, uint32_t index) {
  if (object->is_sparse()) {
    object->sparse_elements()->remove(index);
  } else if (!object->dense_element_or_empty(index).is_empty()) {
    object->dense_elements()->set(index, Value::empty());
  }
}

std::vector<uint32_t> own_element_indices(Object* object) {
  if (object->is_sparse()) return object->sparse_elements()->sorted_indices();
  std::vector<uint32_t> indices;
  if (ValueArray* dense = object->dense_elements())
    for (uint32_t i = 0; i < dense->capacity(); ++i)
      if (!dense->get(i).is_empty()) indices.push_back(i);
  return indices;
}

bool append_to_array(Agent& agent, Array* array, Value value) {
  uint32_t index = array->length();
  if (index == UINT32_MAX) return false;
  if (!put_own_element(agent, array, index, value, kDefaultAttributes)) return false;
  array->set_length_field(index + 1);
  return true;
}

}  // namespace skein
