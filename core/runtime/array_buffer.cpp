#include "core/runtime/array_buffer.h"

#include <cmath>
#include <cstdlib>
#include <cstring>

#include "core/numeric/conversions.h"
#include "core/runtime/elements.h"
#include "core/runtime/operations.h"
#include "core/threading/shared_access.h"

namespace skein {

// --- Buffers ----------------------------------------------------------------------------------------------

bool ArrayBuffer::allocate(gc::Heap& heap, size_t byte_length) {
  if (byte_length == 0) return true;
  if (!heap.charge_external(byte_length)) return false;
  data_ = static_cast<uint8_t*>(std::calloc(byte_length, 1));
  if (data_ == nullptr) {
    heap.discharge_external(byte_length);
    return false;
  }
  byte_length_ = max_byte_length_ = byte_length;
  return true;
}

bool ArrayBuffer::allocate_resizable(gc::Heap& heap, size_t byte_length, size_t max_byte_length) {
  if (!allocate(heap, max_byte_length)) return false;
  byte_length_ = byte_length;
  is_fixed_ = false;
  return true;
}

void ArrayBuffer::resize(size_t new_length) {
  // What lies beyond the length stays zero, so that growing shows zeros.
  if (new_length < byte_length_) std::memset(data_ + new_length, 0, byte_length_ - new_length);
  byte_length_ = new_length;
}

uint8_t* ArrayBuffer::release(gc::Heap& heap) {
  uint8_t* data = data_;
  if (external_ != nullptr) {
    data = static_cast<uint8_t*>(std::malloc(byte_length_));
    SKEIN_CHECK(data != nullptr);
    std::memcpy(data, data_, byte_length_);
    let_external_go();
  } else if (data != nullptr) {
    heap.discharge_external(max_byte_length_);
  }
  data_ = nullptr;
  byte_length_ = max_byte_length_ = 0;
  is_detached_ = true;
  return data;
}

bool ArrayBuffer::adopt(gc::Heap& heap, uint8_t* data, size_t byte_length) {
  if (data == nullptr) return true;
  if (!heap.charge_external(byte_length)) return false;
  data_ = data;
  byte_length_ = max_byte_length_ = byte_length;
  return true;
}

void ArrayBuffer::adopt_external(uint8_t* data, size_t byte_length, std::function<void()> release) {
  external_ = new std::function<void()>(std::move(release));
  data_ = data;
  byte_length_ = max_byte_length_ = byte_length;
  if (byte_length == 0) let_external_go();
}

void ArrayBuffer::let_external_go() {
  std::function<void()>* release = std::exchange(external_, nullptr);
  data_ = nullptr;
  if (*release) (*release)();
  delete release;
}

void ArrayBuffer::detach(gc::Heap& heap) { std::free(release(heap)); }

void ArrayBuffer::finalize(gc::Heap& heap) {
  if (external_ != nullptr) let_external_go();
  if (data_ != nullptr || block_) heap.discharge_external(max_byte_length_);
  std::free(data_);
  block_ = nullptr;
}

// --- Elements ---------------------------------------------------------------------------------------------

namespace {

using threading::SharedAccess;

template <typename T>
T load(TypedArray* array, size_t index) {
  const uint8_t* address = array->data() + index * sizeof(T);
  if (array->buffer()->is_shared()) return SharedAccess::read<T>(address);
  T value;
  std::memcpy(&value, address, sizeof value);
  return value;
}

template <typename T>
void store(TypedArray* array, size_t index, T value) {
  uint8_t* address = array->data() + index * sizeof(T);
  if (array->buffer()->is_shared()) SharedAccess::write<T>(address, value);
  else std::memcpy(address, &value, sizeof value);
}

}  // namespace

Value typed_array_get(Agent& agent, TypedArray* array, size_t index) {
  switch (array->element_type()) {
    case ElementType::kInt8: return Value::int32(load<int8_t>(array, index));
    case ElementType::kUint8:
    case ElementType::kUint8Clamped: return Value::int32(load<uint8_t>(array, index));
    case ElementType::kInt16: return Value::int32(load<int16_t>(array, index));
    case ElementType::kUint16: return Value::int32(load<uint16_t>(array, index));
    case ElementType::kInt32: return Value::int32(load<int32_t>(array, index));
    case ElementType::kUint32: return Value::number(load<uint32_t>(array, index));
    case ElementType::kBigInt64: return bigint_from_int64(agent, load<int64_t>(array, index));
    case ElementType::kBigUint64: return bigint_from_uint64(agent, load<uint64_t>(array, index));
    case ElementType::kFloat16: return Value::number(numeric::float16_bits_to_double(load<uint16_t>(array, index)));
    case ElementType::kFloat32: return Value::number(static_cast<double>(load<float>(array, index)));
    case ElementType::kFloat64: return Value::number(load<double>(array, index));
  }
  SKEIN_UNREACHABLE();
}

void typed_array_set(TypedArray* array, size_t index, Value numeric) {
  if (is_bigint_type(array->element_type())) return store<uint64_t>(array, index, bigint_to_uint64(numeric.as_bigint()));
  if (numeric.is_int32() && element_size(array->element_type()) <= 4) {
    int32_t value = numeric.as_int32();
    switch (array->element_type()) {
      case ElementType::kInt8:
      case ElementType::kUint8: return store<uint8_t>(array, index, static_cast<uint8_t>(value));
      case ElementType::kInt16:
      case ElementType::kUint16: return store<uint16_t>(array, index, static_cast<uint16_t>(value));
      case ElementType::kInt32:
      case ElementType::kUint32: return store<int32_t>(array, index, value);
      default: break;
    }
  }
  double value = numeric.as_number();
  switch (array->element_type()) {
    case ElementType::kInt8:
    case ElementType::kUint8: return store<uint8_t>(array, index, numeric::to_uint8(value));
    case ElementType::kUint8Clamped: return store<uint8_t>(array, index, numeric::to_uint8_clamp(value));
    case ElementType::kInt16:
    case ElementType::kUint16: return store<uint16_t>(array, index, numeric::to_uint16(value));
    case ElementType::kInt32:
    case ElementType::kUint32: return store<uint32_t>(array, index, numeric::to_uint32(value));
    case ElementType::kFloat16: return store<uint16_t>(array, index, numeric::double_to_float16_bits(value));
    case ElementType::kFloat32: return store<float>(array, index, static_cast<float>(value));
    case ElementType::kFloat64: return store<double>(array, index, value);
    default: SKEIN_UNREACHABLE();
  }
}

// --- Typed array exotic objects: https://tc39.es/ecma262/#sec-typedarray-exotic-objects -----------------------

namespace {

// The key as a canonical numeric index; nullopt for ordinary keys.
std::optional<double> numeric_index(PropertyKey key) { return key.is_symbol() ? std::nullopt : canonical_numeric_index(key); }

// https://tc39.es/ecma262/#sec-isvalidintegerindex
bool is_valid_index(TypedArray* array, double index) {
  if (!numeric::is_integral(index) || numeric::is_negative_zero(index)) return false;
  return index >= 0 && index < static_cast<double>(array->length());
}

Completion<Value> to_element(Agent& agent, TypedArray* array, Value value) {
  if (is_bigint_type(array->element_type())) return Value(TRY(to_bigint(agent, value)));
  return Value::number(TRY(to_number(agent, value)));
}

// https://tc39.es/ecma262/#sec-typedarraysetelement
Completion<void> set_element(Agent& agent, TypedArray* array, double index, Value value) {
  Root<TypedArray*> kept(agent, array);
  Value numeric = value.is_number() && !is_bigint_type(array->element_type()) ? value : TRY(to_element(agent, array, value));
  if (is_valid_index(kept, index)) typed_array_set(kept, static_cast<size_t>(index), numeric);
  return {};
}

Completion<bool> get_own(Agent& agent, Object* object, PropertyKey key, PropertyDescriptor& out) {
  auto index = numeric_index(key);
  if (!index) return ordinary_get_own_property(agent, object, key, out);
  auto* array = static_cast<TypedArray*>(object);
  if (!is_valid_index(array, *index)) return false;
  PropertyAttributes attributes = array->buffer()->is_immutable() ? kEnumerable : kDefaultAttributes;
  out = PropertyDescriptor::data(typed_array_get(agent, array, static_cast<size_t>(*index)), attributes);
  return true;
}

Completion<bool> has(Agent& agent, Object* object, PropertyKey key) {
  auto index = numeric_index(key);
  if (!index) return ordinary_has_property(agent, object, key);
  return is_valid_index(static_cast<TypedArray*>(object), *index);
}

Completion<bool> define_own(Agent& agent, Object* object, PropertyKey key, const PropertyDescriptor& descriptor) {
  auto index = numeric_index(key);
  if (!index) return ordinary_define_own_property(agent, object, key, descriptor);
  auto* array = static_cast<TypedArray*>(object);
  if (!is_valid_index(array, *index)) return false;
  if (array->buffer()->is_immutable()) {
    PropertyDescriptor current = PropertyDescriptor::data(typed_array_get(agent, array, static_cast<size_t>(*index)), kEnumerable);
    return is_compatible_property_descriptor(true, descriptor, true, current);
  }
  if (descriptor.has_configurable && !descriptor.configurable) return false;
  if (descriptor.has_enumerable && !descriptor.enumerable) return false;
  if (descriptor.is_accessor()) return false;
  if (descriptor.has_writable && !descriptor.writable) return false;
  if (descriptor.has_value) TRY(set_element(agent, array, *index, descriptor.value));
  return true;
}

Completion<Value> get(Agent& agent, Object* object, PropertyKey key, Value receiver) {
  auto* array = static_cast<TypedArray*>(object);
  if (key.is_index()) {
    if (key.as_index() >= array->length()) return Value::undefined();
    return typed_array_get(agent, array, key.as_index());
  }
  auto index = numeric_index(key);
  if (!index) return ordinary_get(agent, object, key, receiver);
  if (!is_valid_index(array, *index)) return Value::undefined();
  return typed_array_get(agent, array, static_cast<size_t>(*index));
}

Completion<bool> set(Agent& agent, Object* object, PropertyKey key, Value value, Value receiver) {
  auto index = numeric_index(key);
  if (!index) return ordinary_set(agent, object, key, value, receiver);
  auto* array = static_cast<TypedArray*>(object);
  if (receiver == Value(object)) {
    if (array->buffer()->is_immutable()) return false;
    TRY(set_element(agent, array, *index, value));
    return true;
  }
  if (!is_valid_index(array, *index)) return true;
  return ordinary_set(agent, object, key, value, receiver);
}

Completion<bool> delete_(Agent& agent, Object* object, PropertyKey key) {
  auto index = numeric_index(key);
  if (!index) return ordinary_delete(agent, object, key);
  return !is_valid_index(static_cast<TypedArray*>(object), *index);
}

Completion<void> own_keys(Agent& agent, Object* object, RootVector& keys) {
  size_t length = static_cast<TypedArray*>(object)->length();
  for (size_t i = 0; i < length; ++i) {
    keys.push_back(to_property_key(agent, static_cast<uint64_t>(i)).to_value(agent));
    if (i % 65536 == 65535 && agent.stop_requested()) TRY(agent.poll());
  }
  append_name_keys(object, keys);
  return {};
}

// https://tc39.es/ecma262/#sec-typedarray-preventextensions: only arrays whose length is fixed.
Completion<bool> prevent_extensions(Agent& agent, Object* object) {
  auto* array = static_cast<TypedArray*>(object);
  if (array->is_length_tracking()) return false;
  ArrayBuffer* buffer = array->buffer();
  if (!buffer->is_fixed_length() && !buffer->is_shared()) return false;
  return ordinary_prevent_extensions(agent, object);
}

InternalMethods make_methods() {
  InternalMethods methods = kOrdinaryInternalMethods;
  methods.get_own_property = get_own;
  methods.has_property = has;
  methods.define_own_property = define_own;
  methods.get = get;
  methods.set = set;
  methods.delete_property = delete_;
  methods.own_property_keys = own_keys;
  methods.prevent_extensions = prevent_extensions;
  return methods;
}

}  // namespace

const InternalMethods kTypedArrayInternalMethods = make_methods();

// --- Making them --------------------------------------------------------------------------------------------

ArrayBuffer* make_array_buffer(Agent& agent, size_t byte_length) {
  Shape* shape = shape_for_prototype(agent, agent.realm()->intrinsic(Intrinsic::kArrayBufferPrototype), CellKind::kArrayBuffer, sizeof(ArrayBuffer), 0);
  auto* buffer = agent.heap().make<ArrayBuffer>(shape);
  return buffer->allocate(agent.heap(), byte_length) ? buffer : nullptr;
}

ArrayBuffer* make_shared_array_buffer(Agent& agent, Ref<threading::SharedBlock> block) {
  Shape* shape = shape_for_prototype(agent, agent.realm()->intrinsic(Intrinsic::kSharedArrayBufferPrototype), CellKind::kSharedArrayBuffer, sizeof(ArrayBuffer), 0);
  return agent.heap().make<ArrayBuffer>(shape, std::move(block));
}

TypedArray* make_typed_array(Agent& agent, ElementType type, ArrayBuffer* buffer, size_t byte_offset, size_t length) {
  constexpr Intrinsic kPrototypes[kElementTypeCount] = {
      Intrinsic::kInt8ArrayPrototype, Intrinsic::kUint8ArrayPrototype, Intrinsic::kUint8ClampedArrayPrototype,
      Intrinsic::kInt16ArrayPrototype, Intrinsic::kUint16ArrayPrototype, Intrinsic::kInt32ArrayPrototype,
      Intrinsic::kUint32ArrayPrototype, Intrinsic::kBigInt64ArrayPrototype, Intrinsic::kBigUint64ArrayPrototype,
      Intrinsic::kFloat16ArrayPrototype, Intrinsic::kFloat32ArrayPrototype, Intrinsic::kFloat64ArrayPrototype};
  Object* prototype = agent.realm()->intrinsic(kPrototypes[static_cast<int>(type)]);
  Shape* shape = shape_for_prototype(agent, prototype, CellKind::kTypedArray, sizeof(TypedArray), 0);
  return agent.heap().make<TypedArray>(shape, type, buffer, byte_offset, length);
}

DataView* make_data_view(Agent& agent, ArrayBuffer* buffer, size_t byte_offset, size_t byte_length) {
  Shape* shape = shape_for_prototype(agent, agent.realm()->intrinsic(Intrinsic::kDataViewPrototype), CellKind::kDataView, sizeof(DataView), 0);
  return agent.heap().make<DataView>(shape, buffer, byte_offset, byte_length);
}

}  // namespace skein
