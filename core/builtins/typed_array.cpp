// https://tc39.es/ecma262/#sec-typedarray-objects: the constructors and the accessors; methods that
// write are in typed_array_methods.cpp, those that only read or call back below.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/builtins/array_buffer_objects.h"
#include "core/builtins/array_methods.h"
#include "core/builtins/builtins.h"
#include "core/builtins/typed_array_reading.h"
#include "core/numeric/conversions.h"
#include "core/runtime/builtin_spec.h"

namespace skein {

namespace {

struct TypeInfo {
  const char* name;     // "Int8Array"
  const char* element;  // "Int8"
  Intrinsic constructor;
  Intrinsic prototype;
};

constexpr TypeInfo kTypes[kElementTypeCount] = {
    {"Int8Array", "Int8", Intrinsic::kInt8Array, Intrinsic::kInt8ArrayPrototype},
    {"Uint8Array", "Uint8", Intrinsic::kUint8Array, Intrinsic::kUint8ArrayPrototype},
    {"Uint8ClampedArray", "Uint8C", Intrinsic::kUint8ClampedArray, Intrinsic::kUint8ClampedArrayPrototype},
    {"Int16Array", "Int16", Intrinsic::kInt16Array, Intrinsic::kInt16ArrayPrototype},
    {"Uint16Array", "Uint16", Intrinsic::kUint16Array, Intrinsic::kUint16ArrayPrototype},
    {"Int32Array", "Int32", Intrinsic::kInt32Array, Intrinsic::kInt32ArrayPrototype},
    {"Uint32Array", "Uint32", Intrinsic::kUint32Array, Intrinsic::kUint32ArrayPrototype},
    {"BigInt64Array", "BigInt64", Intrinsic::kBigInt64Array, Intrinsic::kBigInt64ArrayPrototype},
    {"BigUint64Array", "BigUint64", Intrinsic::kBigUint64Array, Intrinsic::kBigUint64ArrayPrototype},
    {"Float16Array", "Float16", Intrinsic::kFloat16Array, Intrinsic::kFloat16ArrayPrototype},
    {"Float32Array", "Float32", Intrinsic::kFloat32Array, Intrinsic::kFloat32ArrayPrototype},
    {"Float64Array", "Float64", Intrinsic::kFloat64Array, Intrinsic::kFloat64ArrayPrototype},
};
const TypeInfo& info_of(ElementType type) { return kTypes[static_cast<int>(type)]; }

constexpr std::string_view kInvalidLength = "Invalid typed array length: ";

Thrown throw_invalid_length(Agent& agent, double length) {
  return throw_range_error(agent, {kInvalidLength, number_to_string(agent, length)->to_utf8()});
}

// A view of a fresh buffer of its own.
Completion<TypedArray*> make_with_length(Agent& agent, ElementType type, Object* prototype, double length) {
  Root<Object*> kept(agent, prototype);
  double bytes = length * element_size(type);
  constexpr double kMaxBytes = sizeof(size_t) == 8 ? 4503599627370496.0 : 2147483647.0;
  if (bytes > kMaxBytes) return throw_invalid_length(agent, length);
  TRY(make_room(agent, static_cast<size_t>(bytes)));
  ArrayBuffer* buffer = make_array_buffer(agent, static_cast<size_t>(bytes));
  if (buffer == nullptr) return throw_buffer_allocation_failed(agent);
  return make_builtin<TypedArray>(agent, kept, type, buffer, size_t{0}, static_cast<size_t>(length));
}

// https://tc39.es/ecma262/#sec-initializetypedarrayfromarraybuffer
Completion<TypedArray*> make_from_buffer(Agent& agent, ElementType type, Object* prototype, ArrayBuffer* buffer, Value byte_offset, Value length) {
  Root<Object*> kept(agent, prototype);
  Root<ArrayBuffer*> kept_buffer(agent, buffer);
  Root<Value> kept_length(agent, length);
  const double size = element_size(type);
  double offset = TRY(to_index(agent, byte_offset, "Start offset ", " is outside the bounds of the buffer"));
  if (std::fmod(offset, size) != 0)
    return throw_range_error(agent, {"start offset of ", info_of(type).name, " should be a multiple of ", std::to_string(element_size(type))});
  double new_length = -1;
  if (!kept_length.get().is_undefined()) new_length = TRY(to_index(agent, kept_length, kInvalidLength));
  if (buffer->is_detached()) return throw_detached(agent, "Construct");
  double available = static_cast<double>(buffer->byte_length());
  auto make = [&](size_t array_length) {
    return make_builtin<TypedArray>(agent, kept, type, kept_buffer.get(), static_cast<size_t>(offset), array_length);
  };
  if (new_length < 0 && !buffer->is_fixed_length()) {
    if (offset > available) return throw_range_error(agent, {"Start offset ", number_to_string(agent, offset)->to_utf8(), " is outside the bounds of the buffer"});
    return make(TypedArray::kAuto);
  }
  if (new_length < 0) {
    if (std::fmod(available, size) != 0)
      return throw_range_error(agent, {"byte length of ", info_of(type).name, " should be a multiple of ", std::to_string(element_size(type))});
    if (offset > available) return throw_range_error(agent, {"Start offset ", number_to_string(agent, offset)->to_utf8(), " is outside the bounds of the buffer"});
    return make(static_cast<size_t>((available - offset) / size));
  }
  if (offset + new_length * size > available) return throw_invalid_length(agent, new_length);
  return make(static_cast<size_t>(new_length));
}

// https://tc39.es/ecma262/#sec-initializetypedarrayfromtypedarray
Completion<TypedArray*> make_from_typed_array(Agent& agent, ElementType type, Object* prototype, TypedArray* source) {
  if (source->is_out_of_bounds()) return throw_detached(agent, "Construct");
  size_t length = source->length();
  if (is_bigint_type(type) != is_bigint_type(source->element_type()))
    return throw_type_error(agent, "Cannot mix BigInt and other types, use explicit conversions");
  TypedArray* array = TRY(make_with_length(agent, type, prototype, static_cast<double>(length)));
  if (type == source->element_type()) {
    copy_bytes(array->buffer(), 0, source->buffer(), source->byte_offset_slot(), length * element_size(type));
  } else {
    for (size_t i = 0; i < length; ++i) typed_array_set(array, i, typed_array_get(agent, source, i));
  }
  return array;
}

// Set(array, index, value) for each value in turn: conversions run script.
Completion<TypedArray*> make_from_values(Agent& agent, ElementType type, Object* prototype, RootVector& values) {
  Root<TypedArray*> array(agent, TRY(make_with_length(agent, type, prototype, static_cast<double>(values.size()))));
  LoopPoll poll(agent);
  for (size_t i = 0; i < values.size(); ++i) {
    TRY(set(agent, array, to_property_key(agent, static_cast<uint64_t>(i)), values[i]));
    TRY(poll.tick());
  }
  return array.get();
}

Completion<TypedArray*> make_from_object(Agent& agent, ElementType type, Object* prototype, Object* source) {
  Root<Object*> kept(agent, prototype), object(agent, source);
  Value method = TRY(get_method(agent, source, agent.well_known(WellKnownSymbol::kIterator)));
  if (!method.is_undefined()) {
    RootVector values(agent);
    IteratorRecord record(agent);
    TRY(get_iterator_from_method(agent, object.get(), method, record));
    TRY(iterator_to_list(agent, record, values));
    return make_from_values(agent, type, kept, values);
  }
  // https://tc39.es/ecma262/#sec-initializetypedarrayfromarraylike
  double length = TRY(length_of_array_like(agent, object));
  Root<TypedArray*> array(agent, TRY(make_with_length(agent, type, kept, length)));
  LoopPoll poll(agent);
  for (double i = 0; i < length; ++i) {
    Value value = TRY(get_element(agent, object, i));
    TRY(set(agent, array, index_key(agent, i), value));
    TRY(poll.tick());
  }
  return array.get();
}

// https://tc39.es/ecma262/#sec-typedarray
template <ElementType type>
Completion<Value> constructor(Agent& agent, const CallInfo& info) {
  if (!info.is_construct()) return throw_requires_new(agent, info_of(type).name);
  if (!info[0].is_object()) {
    double length = TRY(to_index(agent, info[0], kInvalidLength));
    Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), info_of(type).prototype));
    return Value(TRY(make_with_length(agent, type, prototype, length)));
  }
  Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), info_of(type).prototype));
  Object* first = info[0].as_object();
  switch (first->kind()) {
    case CellKind::kTypedArray: return Value(TRY(make_from_typed_array(agent, type, prototype, static_cast<TypedArray*>(first))));
    case CellKind::kArrayBuffer:
    case CellKind::kSharedArrayBuffer:
      return Value(TRY(make_from_buffer(agent, type, prototype, static_cast<ArrayBuffer*>(first), info[1], info[2])));
    default: return Value(TRY(make_from_object(agent, type, prototype, first)));
  }
}

Completion<Value> abstract_constructor(Agent& agent, const CallInfo&) {
  return throw_type_error(agent, "Abstract class TypedArray not directly constructable");
}

// https://tc39.es/ecma262/#sec-typedarraycreatefromctor
Completion<TypedArray*> create_from_constructor(Agent& agent, Object* constructor, std::span<const Value> arguments,
                                                Access access = Access::kWrite) {
  double length = arguments.size() == 1 && arguments[0].is_number() ? arguments[0].as_number() : -1;
  Object* created = TRY(construct(agent, constructor, arguments, constructor));
  TypedArray* array = TRY(validate_typed_array(agent, Value(created), "species constructor", access));
  if (length >= 0 && static_cast<double>(array->length()) < length)
    return throw_type_error(agent, "Derived TypedArray constructor created an array which was too small");
  return array;
}

// --- Statics: https://tc39.es/ecma262/#sec-properties-of-the-%typedarray%-intrinsic-object ---

// https://tc39.es/ecma262/#sec-%typedarray%.from
Completion<Value> typed_array_from(Agent& agent, const CallInfo& info) {
  Value constructor = info.this_value();
  if (!is_constructor(constructor)) return throw_not_constructor(agent, constructor);
  bool mapping = !info[1].is_undefined();
  if (mapping && !is_callable(info[1])) return throw_not_callable(agent, info[1]);
  Value method = TRY(get_method(agent, info[0], agent.well_known(WellKnownSymbol::kIterator)));
  RootVector values(agent);
  Root<Object*> source(agent);
  double length;
  if (!method.is_undefined()) {
    IteratorRecord record(agent);
    TRY(get_iterator_from_method(agent, info[0], method, record));
    TRY(iterator_to_list(agent, record, values));
    length = static_cast<double>(values.size());
  } else {
    source = TRY(to_object(agent, info[0]));
    length = TRY(length_of_array_like(agent, source));
  }
  Value arguments[] = {Value::number(length)};
  Root<Object*> target(agent, TRY(create_from_constructor(agent, constructor.as_object(), arguments)));
  LoopPoll poll(agent);
  for (double i = 0; i < length; ++i) {
    Value value = source.get() == nullptr ? values[static_cast<size_t>(i)] : TRY(get_element(agent, source, i));
    if (mapping) value = TRY(call(agent, info[1], info[2], {value, Value::number(i)}));
    TRY(set(agent, target, index_key(agent, i), value));
    TRY(poll.tick());
  }
  return Value(target.get());
}

// https://tc39.es/ecma262/#sec-%typedarray%.of
Completion<Value> typed_array_of(Agent& agent, const CallInfo& info) {
  if (!is_constructor(info.this_value())) return throw_not_constructor(agent, info.this_value());
  Value arguments[] = {Value::number(info.count())};
  Root<Object*> target(agent, TRY(create_from_constructor(agent, info.this_value().as_object(), arguments)));
  for (uint32_t i = 0; i < info.count(); ++i) TRY(set(agent, target, PropertyKey::index(i), info[i]));
  return Value(target.get());
}

// --- Accessors ---

Completion<TypedArray*> this_typed_array(Agent& agent, const CallInfo& info, std::string_view method) {
  if (info.this_value().is_kind(CellKind::kTypedArray)) return static_cast<TypedArray*>(info.this_value().as_object());
  return throw_incompatible_receiver(agent, method, info.this_value());
}

Completion<Value> typed_array_buffer(Agent& agent, const CallInfo& info) {
  return Value(TRY(this_typed_array(agent, info, "get TypedArray.prototype.buffer"))->buffer());
}
Completion<Value> typed_array_byte_length(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(this_typed_array(agent, info, "get TypedArray.prototype.byteLength"));
  return Value::number(static_cast<double>(array->length() * element_size(array->element_type())));
}
Completion<Value> typed_array_byte_offset(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(this_typed_array(agent, info, "get TypedArray.prototype.byteOffset"));
  return Value::number(array->is_out_of_bounds() ? 0.0 : static_cast<double>(array->byte_offset_slot()));
}
Completion<Value> typed_array_length(Agent& agent, const CallInfo& info) {
  return Value::number(static_cast<double>(TRY(this_typed_array(agent, info, "get TypedArray.prototype.length"))->length()));
}
Completion<Value> typed_array_to_string_tag(Agent& agent, const CallInfo& info) {
  if (!info.this_value().is_kind(CellKind::kTypedArray)) return Value::undefined();
  return resolve_key(agent, info_of(static_cast<TypedArray*>(info.this_value().as_object())->element_type()).name).to_value(agent);
}

constexpr PropertySpec kTypedArrayStatics[] = {
    PropertySpec::function("from", typed_array_from, 1),
    PropertySpec::function("of", typed_array_of, 0),
    PropertySpec::getter(WellKnownSymbol::kSpecies, return_this),
};

constexpr PropertySpec kTypedArrayPrototype[] = {
    PropertySpec::function("at", typed_array_at, 1),
    PropertySpec::getter("buffer", typed_array_buffer),
    PropertySpec::getter("byteLength", typed_array_byte_length),
    PropertySpec::getter("byteOffset", typed_array_byte_offset),
    PropertySpec::function("copyWithin", typed_array_copy_within, 2),
    PropertySpec::function("entries", typed_array_entries, 0),
    PropertySpec::function("every", typed_array_every, 1),
    PropertySpec::function("fill", typed_array_fill, 1),
    PropertySpec::function("filter", typed_array_filter, 1),
    PropertySpec::function("find", typed_array_find, 1),
    PropertySpec::function("findIndex", typed_array_find_index, 1),
    PropertySpec::function("findLast", typed_array_find_last, 1),
    PropertySpec::function("findLastIndex", typed_array_find_last_index, 1),
    PropertySpec::function("forEach", typed_array_for_each, 1),
    PropertySpec::function("includes", typed_array_includes, 1),
    PropertySpec::function("indexOf", typed_array_index_of, 1),
    PropertySpec::function("join", typed_array_join, 1),
    PropertySpec::function("keys", typed_array_keys, 0),
    PropertySpec::function("lastIndexOf", typed_array_last_index_of, 1),
    PropertySpec::getter("length", typed_array_length),
    PropertySpec::function("map", typed_array_map, 1),
    PropertySpec::function("reduce", typed_array_reduce, 1),
    PropertySpec::function("reduceRight", typed_array_reduce_right, 1),
    PropertySpec::function("reverse", typed_array_reverse, 0),
    PropertySpec::function("set", typed_array_set_method, 1),
    PropertySpec::function("slice", typed_array_slice, 2),
    PropertySpec::function("some", typed_array_some, 1),
    PropertySpec::function("sort", typed_array_sort, 1),
    PropertySpec::function("subarray", typed_array_subarray, 2),
    PropertySpec::function("toLocaleString", typed_array_to_locale_string, 0),
    PropertySpec::function("toReversed", typed_array_to_reversed, 0),
    PropertySpec::function("toSorted", typed_array_to_sorted, 1),
    PropertySpec::function("values", typed_array_values, 0),
    PropertySpec::function("with", typed_array_with, 2),
    PropertySpec::alias(WellKnownSymbol::kIterator, "values"),
    PropertySpec::getter(WellKnownSymbol::kToStringTag, typed_array_to_string_tag),
};

template <size_t... indices>
constexpr std::array<NativeFunctionPointer, kElementTypeCount> constructors(std::index_sequence<indices...>) {
  return {constructor<static_cast<ElementType>(indices)>...};
}

}  // namespace

Intrinsic typed_array_constructor(ElementType type) { return info_of(type).constructor; }
const char* element_type_name(ElementType type) { return info_of(type).element; }

Completion<TypedArray*> validate_typed_array(Agent& agent, Value value, std::string_view method, Access access) {
  if (!value.is_kind(CellKind::kTypedArray))
    return throw_type_error(agent, {method, ": ", to_display_string(agent, value), " is not a typed array"});
  auto* array = static_cast<TypedArray*>(value.as_object());
  if (access == Access::kWrite && array->buffer()->is_immutable()) return throw_type_error(agent, {method, ": the ArrayBuffer is immutable"});
  if (array->is_out_of_bounds()) return throw_detached(agent, method);
  return array;
}

// https://tc39.es/ecma262/#sec-typedarraycreatesametype
Completion<TypedArray*> typed_array_create_same_type(Agent& agent, TypedArray* exemplar, double length) {
  ElementType type = exemplar->element_type();
  return make_with_length(agent, type, intrinsic(agent, info_of(type).prototype), length);
}

// https://tc39.es/ecma262/#sec-typedarrayspeciescreate
Completion<TypedArray*> typed_array_species_create(Agent& agent, TypedArray* exemplar, std::span<const Value> arguments, Access access) {
  ElementType type = exemplar->element_type();
  Object* original = intrinsic(agent, info_of(type).constructor);
  if (has_original_species(agent, exemplar, original)) {
    if (arguments.size() == 1) return typed_array_create_same_type(agent, exemplar, arguments[0].as_number());
    return create_from_constructor(agent, original, arguments, access);
  }
  RootVector kept(agent);
  for (Value argument : arguments) kept.push_back(argument);
  Object* constructor = TRY(species_constructor(agent, exemplar, intrinsic(agent, info_of(type).constructor)));
  TypedArray* result = TRY(create_from_constructor(agent, constructor, std::span<const Value>(kept.data(), kept.size()), access));
  if (is_bigint_type(result->element_type()) != is_bigint_type(type)) return throw_type_error(agent, {"Cannot mix BigInt and other types: the species constructor of a ", info_of(type).name, " made a ",
                                    info_of(result->element_type()).name});
  return result;
}

void initialize_typed_array(Agent& agent, Realm& realm) {
  define_constructor(agent, realm, {
                                       .name = "TypedArray",
                                       .length = 0,
                                       .function = abstract_constructor,
                                       .constructor = Intrinsic::kTypedArray,
                                       .prototype = Intrinsic::kTypedArrayPrototype,
                                       .statics = kTypedArrayStatics,
                                       .prototype_properties = kTypedArrayPrototype,
                                       .is_global = false,
                                   });
  // https://tc39.es/ecma262/#sec-%typedarray%.prototype.tostring is that of arrays.
  Object* prototype = realm.intrinsic(Intrinsic::kTypedArrayPrototype);
  define_value(agent, prototype, "toString", realm.intrinsic(Intrinsic::kArrayPrototypeToString));
  constexpr auto kConstructors = constructors(std::make_index_sequence<kElementTypeCount>());
  for (int i = 0; i < kElementTypeCount; ++i) {
    Object* constructor = define_constructor(agent, realm, {
                                                               .name = kTypes[i].name,
                                                               .length = 3,
                                                               .function = kConstructors[static_cast<size_t>(i)],
                                                               .constructor = kTypes[i].constructor,
                                                               .prototype = kTypes[i].prototype,
                                                               .parent_constructor = Intrinsic::kTypedArray,
                                                               .parent_prototype = Intrinsic::kTypedArrayPrototype,
                                                           });
    Value size = Value::number(element_size(static_cast<ElementType>(i)));
    define_value(agent, constructor, "BYTES_PER_ELEMENT", size, kNone);
    define_value(agent, realm.intrinsic(kTypes[i].prototype), "BYTES_PER_ELEMENT", size, kNone);
  }
  define_uint8_array_text(agent, realm);
}

}  // namespace skein
