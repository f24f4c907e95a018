#include "core/runtime/elements.h"

#include <algorithm>

#include "core/runtime/root.h"

namespace skein {

namespace {
// Elements up to this index are dense whatever lies between them.
constexpr uint32_t kAlwaysDense = 512;
// Beyond it they grow densely while one place in this many is taken. A sparse entry takes four times the room.
constexpr uint32_t kFilledPart = 8;
// Sparse elements become dense again when one in this many places would be taken.
constexpr uint32_t kDenseAgainPart = 2;
// An array made with a length up to this is filled in any order without going sparse.
constexpr uint32_t kMaxPreallocatedLength = 4 * 1024 * 1024;

bool is_preallocated(Array* array, uint32_t index) {
  return array != nullptr && index < array->length() && array->length() <= kMaxPreallocatedLength;
}

// Whether as many as `count` elements are no holes.
bool has_elements(ValueArray* dense, uint32_t count) {
  for (uint32_t i = 0; i < dense->capacity() && count != 0; ++i)
    if (!dense->get(i).is_empty()) --count;
  return count == 0;
}

bool should_stay_dense(Object* object, uint32_t index, uint32_t capacity) {
  if (index < capacity || index < kAlwaysDense || is_preallocated(object->as_if<Array>(), index)) return true;
  return capacity != 0 && has_elements(object->dense_elements(), index / kFilledPart);
}

// The capacity for which these sparse elements had better be dense; 0 if they had not.
uint32_t dense_capacity_for(SparseElements* sparse) {
  uint32_t end = 0;
  for (uint32_t i = 0; i < sparse->capacity(); ++i) {
    const SparseElements::Entry& entry = sparse->entries()[i];
    if (!entry.used || entry.value.is_empty()) continue;
    if (entry.attributes != kDefaultAttributes) return 0;
    end = std::max(end, entry.index + 1);
  }
  return end / kDenseAgainPart <= sparse->live() ? end : 0;
}

// Asked for when the table is about to grow, so that the look at all of it is paid for.
bool make_dense_again(Agent& agent, Object* object) {
  SparseElements* sparse = object->sparse_elements();
  const uint32_t capacity = dense_capacity_for(sparse);
  if (capacity == 0) return false;
  ValueArray* dense = ValueArray::try_make(agent.heap(), capacity, Value::empty());
  if (dense == nullptr) return false;
  for (uint32_t i = 0; i < sparse->capacity(); ++i) {
    const SparseElements::Entry& entry = sparse->entries()[i];
    if (entry.used && !entry.value.is_empty()) dense->set(entry.index, entry.value);
  }
  object->clear_flag(Object::kSparse);
  object->set_elements(dense);
  return true;
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

namespace {

bool put_dense_element(Agent& agent, Object* object, uint32_t index, Value value, uint32_t capacity) {
  if (index >= capacity) {
    uint32_t wanted = index + 1;
    Array* array = object->as_if<Array>();
    if (is_preallocated(array, index)) wanted = array->length();
    else if (wanted > 4) wanted = std::max(wanted, capacity + capacity / 2 + 4);
    if (!object->reserve_elements(agent, wanted)) return false;
  }
  object->dense_elements()->set(index, value);
  return true;
}

}  // namespace

bool put_own_element(Agent& agent, Object* object, uint32_t index, Value value, PropertyAttributes attributes) {
  const bool is_plain = attributes == kDefaultAttributes;
  if (is_plain && object->is_sparse() && object->sparse_elements()->growth() != 0) make_dense_again(agent, object);
  if (!object->is_sparse()) {
    uint32_t capacity = object->dense_elements() == nullptr ? 0 : object->dense_elements()->capacity();
    if (is_plain && should_stay_dense(object, index, capacity)) return put_dense_element(agent, object, index, value, capacity);
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

Completion<void> append_index_keys(Agent& agent, Object* object, RootVector& keys) {
  Root<Object*> kept(agent, object);
  uint32_t count = 0;
  for (uint32_t index : own_element_indices(object)) {
    keys.push_back(agent.atoms().atomize_index(index));
    if (++count % 4096 == 0) TRY(agent.poll());
  }
  return {};
}

void append_name_keys(Object* object, RootVector& keys) {
  std::vector<PropertyTable::Entry> entries;
  object->shape()->collect_properties(entries);
  for (const auto& entry : entries)
    if (entry.key.is_atom()) keys.push_back(entry.key.as_atom());
  for (const auto& entry : entries)
    if (entry.key.is_symbol() && !entry.key.is_private()) keys.push_back(entry.key.as_symbol());
}

bool grow_elements(Agent& agent, Array* array, double length) {
  ValueArray* elements = array->dense_elements();
  uint32_t capacity = elements == nullptr ? 0 : elements->capacity();
  if (length <= capacity) return true;
  constexpr double kMaxDense = 1u << 28;
  if (length > kMaxDense) return false;
  double wanted = capacity == 0 ? std::max(length, 4.0) : std::max(length, capacity + capacity / 2.0 + 4);
  return array->reserve_elements(agent, static_cast<uint32_t>(std::min(wanted, kMaxDense)));
}

bool append_to_array_slow(Agent& agent, Array* array, Value value) {
  uint32_t index = array->length();
  if (index == UINT32_MAX) return false;
  if (!put_own_element(agent, array, index, value, kDefaultAttributes)) return false;
  array->set_length_field(index + 1);
  return true;
}

}  // namespace skein
