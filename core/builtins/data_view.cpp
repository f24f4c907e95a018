// https://tc39.es/ecma262/#sec-dataview-objects
#include <algorithm>
#include <bit>
#include <cstring>

#include "core/builtins/array_buffer_objects.h"
#include "core/builtins/builtins.h"
#include "core/numeric/conversions.h"
#include "core/runtime/builtin_spec.h"
#include "core/threading/shared_access.h"

namespace skein {
namespace {

using threading::SharedAccess;

// https://tc39.es/ecma262/#sec-dataview-buffer-byteoffset-bytelength
Completion<Value> data_view_constructor(Agent& agent, const CallInfo& info) {
  if (!info.is_construct()) return throw_requires_new(agent, "DataView");
  if (!info[0].is_kind(CellKind::kArrayBuffer) && !info[0].is_kind(CellKind::kSharedArrayBuffer))
    return throw_type_error(agent, "First argument to DataView constructor must be an ArrayBuffer");
  auto* buffer = static_cast<ArrayBuffer*>(info[0].as_object());
  double offset = TRY(to_index(agent, info[1], "Start offset ", " is outside the bounds of the buffer"));
  if (buffer->is_detached()) return throw_detached(agent, "DataView constructor");
  double available = static_cast<double>(buffer->byte_length());
  auto out_of_bounds = [&] { return throw_range_error(agent, {"Start offset ", number_to_string(agent, offset)->to_utf8(), " is outside the bounds of the buffer"}); };
  if (offset > available) return out_of_bounds();
  const bool tracks = info[2].is_undefined() && !buffer->is_fixed_length();
  double length = 0;
  if (!info[2].is_undefined()) {
    length = TRY(to_index(agent, info[2], "Invalid DataView length "));
    if (offset + length > available) return throw_range_error(agent, {"Invalid DataView length ", number_to_string(agent, length)->to_utf8()});
  } else if (!tracks) {
    length = available - offset;
  }
  Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), Intrinsic::kDataViewPrototype));
  if (buffer->is_detached()) return throw_detached(agent, "DataView constructor");
  available = static_cast<double>(buffer->byte_length());
  if (offset > available) return out_of_bounds();
  if (!info[2].is_undefined() && offset + length > available) return throw_range_error(agent, {"Invalid DataView length ", number_to_string(agent, length)->to_utf8()});
  return Value(make_builtin<DataView>(agent, prototype, buffer, static_cast<size_t>(offset), tracks ? DataView::kAuto : static_cast<size_t>(length)));
}

constexpr std::string_view kHome = "DataView.prototype";

Completion<DataView*> this_view(Agent& agent, const CallInfo& info) {
  if (info.this_value().is_kind(CellKind::kDataView)) return static_cast<DataView*>(info.this_value().as_object());
  return throw_incompatible_receiver(agent, builtin_title(agent, info, kHome), info.this_value());
}

Completion<DataView*> this_view_in_bounds(Agent& agent, const CallInfo& info) {
  DataView* view = TRY(this_view(agent, info));
  if (view->is_out_of_bounds()) return throw_detached(agent, builtin_title(agent, info, kHome));
  return view;
}

Completion<Value> data_view_buffer(Agent& agent, const CallInfo& info) {
  return Value(TRY(this_view(agent, info))->buffer());
}
Completion<Value> data_view_byte_length(Agent& agent, const CallInfo& info) {
  return Value::number(static_cast<double>(TRY(this_view_in_bounds(agent, info))->byte_length()));
}
Completion<Value> data_view_byte_offset(Agent& agent, const CallInfo& info) {
  return Value::number(static_cast<double>(TRY(this_view_in_bounds(agent, info))->byte_offset_slot()));
}

template <typename Word>
Word swap_bytes(Word word) {
  if constexpr (sizeof(Word) == 1) return word;
  if constexpr (sizeof(Word) == 2) return __builtin_bswap16(word);
  if constexpr (sizeof(Word) == 4) return __builtin_bswap32(word);
  if constexpr (sizeof(Word) == 8) return __builtin_bswap64(word);
}

template <typename Word>
Word read_word(DataView* view, size_t index, bool little_endian) {
  const uint8_t* address = view->buffer()->data() + view->byte_offset_slot() + index;
  Word word;
  if (view->buffer()->is_shared()) word = SharedAccess::read_unaligned<Word>(address);
  else std::memcpy(&word, address, sizeof word);
  return little_endian ? word : swap_bytes(word);
}

template <typename Word>
void write_word(DataView* view, size_t index, bool little_endian, Word word) {
  uint8_t* address = view->buffer()->data() + view->byte_offset_slot() + index;
  if (!little_endian) word = swap_bytes(word);
  if (view->buffer()->is_shared()) SharedAccess::write_unaligned<Word>(address, word);
  else std::memcpy(address, &word, sizeof word);
}

// RawBytesToNumeric and NumericToRawBytes, over words.
Value from_word(Agent& agent, ElementType type, uint64_t word) {
  switch (type) {
    case ElementType::kInt8: return Value::int32(static_cast<int8_t>(word));
    case ElementType::kUint8:
    case ElementType::kUint8Clamped: return Value::int32(static_cast<uint8_t>(word));
    case ElementType::kInt16: return Value::int32(static_cast<int16_t>(word));
    case ElementType::kUint16: return Value::int32(static_cast<uint16_t>(word));
    case ElementType::kInt32: return Value::int32(static_cast<int32_t>(word));
    case ElementType::kUint32: return Value::number(static_cast<uint32_t>(word));
    case ElementType::kBigInt64: return bigint_from_int64(agent, static_cast<int64_t>(word));
    case ElementType::kBigUint64: return bigint_from_uint64(agent, word);
    case ElementType::kFloat16: return Value::number(numeric::float16_bits_to_double(static_cast<uint16_t>(word)));
    case ElementType::kFloat32: return Value::number(static_cast<double>(std::bit_cast<float>(static_cast<uint32_t>(word))));
    case ElementType::kFloat64: return Value::number(std::bit_cast<double>(word));
  }
  SKEIN_UNREACHABLE();
}

uint64_t to_word(ElementType type, Value numeric) {
  if (is_bigint_type(type)) return bigint_to_uint64(numeric.as_bigint());
  double value = numeric.as_number();
  switch (type) {
    case ElementType::kFloat16: return numeric::double_to_float16_bits(value);
    case ElementType::kFloat32: return std::bit_cast<uint32_t>(static_cast<float>(value));
    case ElementType::kFloat64: return std::bit_cast<uint64_t>(value);
    default: return numeric::to_uint32(value);
  }
}

constexpr std::string_view kOffset = "Offset ";
constexpr std::string_view kOutside = " is outside the bounds of the DataView";

Thrown throw_offset(Agent& agent, double index) {
  return throw_range_error(agent, {kOffset, number_to_string(agent, index)->to_utf8(), kOutside});
}

// https://tc39.es/ecma262/#sec-getviewvalue
template <ElementType type>
Completion<Value> get_view_value(Agent& agent, const CallInfo& info) {
  DataView* view = TRY(this_view(agent, info));
  auto index = to_index(agent, info[0], kOffset, kOutside);
  if (index.is_thrown()) return Thrown{};
  bool little_endian = to_boolean(info[1]);
  if (view->is_out_of_bounds()) return throw_detached(agent, builtin_title(agent, info, kHome));
  constexpr uint32_t kSize = element_size(type);
  if (index.value() + kSize > static_cast<double>(view->byte_length())) return throw_offset(agent, index.value());
  size_t at = static_cast<size_t>(index.value());
  uint64_t word = 0;
  if constexpr (kSize == 1) word = read_word<uint8_t>(view, at, little_endian);
  if constexpr (kSize == 2) word = read_word<uint16_t>(view, at, little_endian);
  if constexpr (kSize == 4) word = read_word<uint32_t>(view, at, little_endian);
  if constexpr (kSize == 8) word = read_word<uint64_t>(view, at, little_endian);
  return from_word(agent, type, word);
}

// https://tc39.es/ecma262/#sec-setviewvalue
template <ElementType type>
Completion<Value> set_view_value(Agent& agent, const CallInfo& info) {
  DataView* view = TRY(this_view(agent, info));
  if (view->buffer()->is_immutable()) return throw_type_error(agent, "Cannot write to an immutable ArrayBuffer");
  double index = TRY(to_index(agent, info[0], kOffset, kOutside));
  Value value;
  if constexpr (is_bigint_type(type)) value = Value(TRY(to_bigint(agent, info[1])));
  else value = Value::number(TRY(to_number(agent, info[1])));
  bool little_endian = to_boolean(info[2]);
  if (view->is_out_of_bounds()) return throw_detached(agent, builtin_title(agent, info, kHome));
  constexpr uint32_t kSize = element_size(type);
  if (index + kSize > static_cast<double>(view->byte_length())) return throw_offset(agent, index);
  size_t at = static_cast<size_t>(index);
  uint64_t word = to_word(type, value);
  if constexpr (kSize == 1) write_word<uint8_t>(view, at, little_endian, static_cast<uint8_t>(word));
  if constexpr (kSize == 2) write_word<uint16_t>(view, at, little_endian, static_cast<uint16_t>(word));
  if constexpr (kSize == 4) write_word<uint32_t>(view, at, little_endian, static_cast<uint32_t>(word));
  if constexpr (kSize == 8) write_word<uint64_t>(view, at, little_endian, word);
  return Value::undefined();
}

constexpr PropertySpec kDataViewPrototype[] = {
    PropertySpec::getter("buffer", data_view_buffer),
    PropertySpec::getter("byteLength", data_view_byte_length),
    PropertySpec::getter("byteOffset", data_view_byte_offset),
    PropertySpec::function("getBigInt64", get_view_value<ElementType::kBigInt64>, 1),
    PropertySpec::function("getBigUint64", get_view_value<ElementType::kBigUint64>, 1),
    PropertySpec::function("getFloat16", get_view_value<ElementType::kFloat16>, 1),
    PropertySpec::function("getFloat32", get_view_value<ElementType::kFloat32>, 1),
    PropertySpec::function("getFloat64", get_view_value<ElementType::kFloat64>, 1),
    PropertySpec::function("getInt8", get_view_value<ElementType::kInt8>, 1),
    PropertySpec::function("getInt16", get_view_value<ElementType::kInt16>, 1),
    PropertySpec::function("getInt32", get_view_value<ElementType::kInt32>, 1),
    PropertySpec::function("getUint8", get_view_value<ElementType::kUint8>, 1),
    PropertySpec::function("getUint16", get_view_value<ElementType::kUint16>, 1),
    PropertySpec::function("getUint32", get_view_value<ElementType::kUint32>, 1),
    PropertySpec::function("setBigInt64", set_view_value<ElementType::kBigInt64>, 2),
    PropertySpec::function("setBigUint64", set_view_value<ElementType::kBigUint64>, 2),
    PropertySpec::function("setFloat16", set_view_value<ElementType::kFloat16>, 2),
    PropertySpec::function("setFloat32", set_view_value<ElementType::kFloat32>, 2),
    PropertySpec::function("setFloat64", set_view_value<ElementType::kFloat64>, 2),
    PropertySpec::function("setInt8", set_view_value<ElementType::kInt8>, 2),
    PropertySpec::function("setInt16", set_view_value<ElementType::kInt16>, 2),
    PropertySpec::function("setInt32", set_view_value<ElementType::kInt32>, 2),
    PropertySpec::function("setUint8", set_view_value<ElementType::kUint8>, 2),
    PropertySpec::function("setUint16", set_view_value<ElementType::kUint16>, 2),
    PropertySpec::function("setUint32", set_view_value<ElementType::kUint32>, 2),
    PropertySpec::tag("DataView"),
};

}  // namespace

void initialize_data_view(Agent& agent, Realm& realm) {
  define_constructor(agent, realm, {
                                       .name = "DataView",
                                       .length = 1,
                                       .function = data_view_constructor,
                                       .constructor = Intrinsic::kDataView,
                                       .prototype = Intrinsic::kDataViewPrototype,
                                       .prototype_properties = kDataViewPrototype,
                                   });
}

}  // namespace skein
