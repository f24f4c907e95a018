// https://tc39.es/ecma262/#sec-array-exotic-objects
#include <algorithm>

#include "core/numeric/conversions.h"
#include "core/runtime/array.h"
#include "core/runtime/elements.h"
#include "core/runtime/operations.h"

namespace skein {

namespace {

bool is_length_key(Agent& agent, PropertyKey key) { return key == PropertyKey(agent.names().length); }

PropertyDescriptor length_descriptor(Array* array) {
  return PropertyDescriptor::data(Value::number(array->length()), array->is_length_writable() ? kWritable : kNone);
}

// Removes elements from the end until `length`, or until one that is not configurable.
// Returns the length reached.
uint32_t truncate(Agent& agent, Array* array, uint32_t length) {
  if (!array->is_sparse()) {
    if (ValueArray* dense = array->dense_elements()) {
      if (length == 0) {
        array->set_elements(nullptr);
      } else {
        for (uint32_t i = length, end = std::min(dense->capacity(), array->length()); i < end; ++i) dense->set(i, Value::empty());
      }
    }
    return length;
  }
  std::vector<uint32_t> indices = array->sparse_elements()->sorted_indices();
  for (size_t i = indices.size(); i-- > 0 && indices[i] >= length;) {
    if (!(array->sparse_elements()->find(indices[i])->attributes & kConfigurable)) return indices[i] + 1;
    array->sparse_elements()->remove(indices[i]);
  }
  return length;
}

Completion<bool> array_get_own_property(Agent& agent, Object* object, PropertyKey key, PropertyDescriptor& out) {
  if (is_length_key(agent, key)) {
    out = length_descriptor(static_cast<Array*>(object));
    return true;
  }
  return ordinary_get_own_property(agent, object, key, out);
}

// https://tc39.es/ecma262/#sec-array-exotic-objects-defineownproperty-p-desc
Completion<bool> array_define_own_property(Agent& agent, Object* object, PropertyKey key, const PropertyDescriptor& descriptor) {
  auto* array = static_cast<Array*>(object);
  if (is_length_key(agent, key)) return array_set_length(agent, array, descriptor);
  if (!key.is_index()) return ordinary_define_own_property(agent, object, key, descriptor);
  uint32_t index = key.as_index();
  if (index >= array->length() && !array->is_length_writable()) return false;
  if (!TRY(ordinary_define_own_property(agent, object, key, descriptor))) return false;
  if (index >= array->length()) array->set_length_field(index + 1);
  return true;
}

Completion<bool> array_has_property(Agent& agent, Object* object, PropertyKey key) {
  if (is_length_key(agent, key)) return true;
  return ordinary_has_property(agent, object, key);
}

Completion<Value> array_get(Agent& agent, Object* object, PropertyKey key, Value receiver) {
  if (key.is_index()) {
    Value value = object->dense_element_or_empty(key.as_index());
    if (!value.is_empty()) return value;
  } else if (is_length_key(agent, key)) {
    return Value::number(static_cast<Array*>(object)->length());
  }
  return ordinary_get(agent, object, key, receiver);
}

Completion<bool> array_set(Agent& agent, Object* object, PropertyKey key, Value value, Value receiver) {
  auto* array = static_cast<Array*>(object);
  if (key.is_index() && receiver == Value(object)) {
    uint32_t index = key.as_index();
    if (!array->dense_element_or_empty(index).is_empty()) {
      array->dense_elements()->set(index, value);
      return true;
    }
    if (array->is_simple() && !agent.prototypes_have_indices) {
      if (!put_own_element(agent, array, index, value, kDefaultAttributes)) return throw_out_of_memory(agent);
      if (index >= array->length()) array->set_length_field(index + 1);
      return true;
    }
  }
  return ordinary_set(agent, object, key, value, receiver);
}

Completion<bool> array_delete(Agent& agent, Object* object, PropertyKey key) {
  if (is_length_key(agent, key)) return false;
  return ordinary_delete(agent, object, key);
}

Completion<void> array_own_property_keys(Agent& agent, Object* object, RootVector& keys) {
  // Indices, then `length`, which is older than every other string key, then the rest.
  Root<Object*> kept(agent, object);
  TRY(append_index_keys(agent, object, keys));
  keys.push_back(agent.names().length);
  append_name_keys(object, keys);
  return {};
}

Completion<bool> array_prevent_extensions(Agent& agent, Object* object) {
  return ordinary_prevent_extensions(agent, object);
}

InternalMethods make_array_methods() {
  InternalMethods methods = kOrdinaryInternalMethods;
  methods.get_own_property = array_get_own_property;
  methods.define_own_property = array_define_own_property;
  methods.has_property = array_has_property;
  methods.get = array_get;
  methods.set = array_set;
  methods.delete_property = array_delete;
  methods.own_property_keys = array_own_property_keys;
  methods.prevent_extensions = array_prevent_extensions;
  return methods;
}

}  // namespace

const InternalMethods kArrayInternalMethods = make_array_methods();

// https://tc39.es/ecma262/#sec-arraysetlength
Completion<bool> array_set_length(Agent& agent, Array* array, const PropertyDescriptor& descriptor) {
  bool wants_read_only = descriptor.has_writable && !descriptor.writable;
  auto validate = [&](bool compatible_value) {
    if (descriptor.is_accessor() || (descriptor.has_configurable && descriptor.configurable) ||
        (descriptor.has_enumerable && descriptor.enumerable))
      return false;
    if (!array->is_length_writable()) {
      if (descriptor.has_writable && descriptor.writable) return false;
      if (!compatible_value) return false;
    }
    return true;
  };
  if (!descriptor.has_value) {
    if (!validate(true)) return false;
    if (wants_read_only) array->set_flag(Object::kLengthNotWritable);
    return true;
  }
  Root<Object*> rooted(agent, array);
  Root<Value> value(agent, descriptor.value);
  // 3. to 5. Both conversions are visible.
  uint32_t length = TRY(to_uint32(agent, value));
  double number = TRY(to_number(agent, value));
  if (length != number) return throw_range_error(agent, "Invalid array length");
  if (!validate(length == array->length())) return false;
  if (length < array->length()) {
    uint32_t reached = truncate(agent, array, length);
    array->set_length_field(reached);
    if (wants_read_only) array->set_flag(Object::kLengthNotWritable);
    return reached == length;
  }
  array->set_length_field(length);
  if (wants_read_only) array->set_flag(Object::kLengthNotWritable);
  return true;
}

Array* make_array(Agent& agent, std::span<const Value> values) {
  auto* array = agent.heap().make<Array>(agent.realm()->shape(RealmShape::kArray));
  if (!values.empty()) {
    uint32_t count = static_cast<uint32_t>(values.size());
    ValueArray* elements = ValueArray::make(agent.heap(), count, Value::empty());
    std::copy(values.begin(), values.end(), elements->data());
    array->set_elements(elements);
    array->set_length_field(count);
  }
  return array;
}

// https://tc39.es/ecma262/#sec-arraycreate
Completion<Array*> array_create(Agent& agent, double length, Object* prototype) {
  if (length > 4294967295.0) return throw_range_error(agent, "Invalid array length");
  Shape* shape = agent.realm()->shape(RealmShape::kArray);
  if (prototype != nullptr && prototype != shape->prototype())
    shape = shape_for_prototype(agent, prototype, CellKind::kArray, sizeof(Array), 0);
  auto* array = agent.heap().make<Array>(shape);
  array->set_length_field(static_cast<uint32_t>(length));
  return array;
}

}  // namespace skein
