// https://tc39.es/ecma262/#sec-additional-properties-of-the-uint8array-constructor: base64 and hex.
//
// NOTE: decoding works on copies outside the buffer, which may be shared, and so does encoding where it is.
//
// Long texts and arrays are polled for termination on the way. A poll may run script, as the callback of an interrupt is
// in the context: arrays may have been detached or resized after it. The method then begins again, as if the interrupt
// had come just before.
#include <algorithm>
#include <cstdlib>

#include "core/builtins/array_buffer_objects.h"
#include "core/builtins/base64.h"
#include "core/builtins/builtins.h"
#include "core/runtime/builtin_spec.h"
#include "core/threading/shared_access.h"

namespace skein {

namespace {

// https://tc39.es/ecma262/#sec-validateuint8array
Completion<TypedArray*> validate_uint8_array(Agent& agent, Value value, std::string_view method) {
  auto* array = value.as_if<TypedArray>();
  if (array == nullptr || array->element_type() != ElementType::kUint8) return throw_incompatible_receiver(agent, method, value);
  return array;
}

// https://tc39.es/ecma262/#sec-getoptionsobject
Completion<void> check_options(Agent& agent, Value options) {
  if (!options.is_undefined() && !options.is_object()) return throw_not_object(agent, options);
  return {};
}

Completion<Value> get_option(Agent& agent, Value options, const char* key) {
  if (options.is_undefined()) return Value::undefined();
  return get(agent, options.as_object(), resolve_key(agent, key));
}

// The place in `names` of the string that the option is; 0 when it is missing.
Completion<size_t> get_choice(Agent& agent, Value options, const char* key, std::initializer_list<std::string_view> names) {
  Value value = TRY(get_option(agent, options, key));
  if (value.is_undefined()) return size_t{0};
  if (value.is_string()) {
    size_t place = 0;
    for (std::string_view name : names) {
      if (value.as_string()->view() == StringView(name)) return place;
      ++place;
    }
  }
  return throw_type_error(agent, {"Invalid value ", to_display_string(agent, value), " for option '", key, "'"});
}

struct DecodingOptions {
  Base64Alphabet alphabet = Base64Alphabet::kBase64;
  LastChunkHandling handling = LastChunkHandling::kLoose;
};

// `options` is an argument of the caller: rooted.
Completion<DecodingOptions> get_decoding_options(Agent& agent, Value options) {
  TRY(check_options(agent, options));
  DecodingOptions result;
  result.alphabet = static_cast<Base64Alphabet>(TRY(get_choice(agent, options, "alphabet", {"base64", "base64url"})));
  result.handling = static_cast<LastChunkHandling>(TRY(get_choice(agent, options, "lastChunkHandling", {"loose", "strict", "stop-before-partial"})));
  return result;
}

Completion<String*> string_argument(Agent& agent, Value value) {
  if (!value.is_string()) return throw_type_error(agent, {to_display_string(agent, value), " is not a string"});
  return value.as_string();
}

// The bytes that script decodes or encodes count against its limit while they are copied.
class ByteBuffer {
 public:
  explicit ByteBuffer(Agent& agent) : heap_(agent.heap()) {}
  ~ByteBuffer() {
    std::free(bytes_);
    heap_.discharge_external(size_);
  }
  ByteBuffer(const ByteBuffer&) = delete;
  ByteBuffer& operator=(const ByteBuffer&) = delete;
  // Uninitialised.
  [[nodiscard]] bool allocate(size_t size) {
    if (size == 0) return true;
    if (!heap_.charge_external(size)) return false;
    size_ = size;
    bytes_ = static_cast<uint8_t*>(std::malloc(size));
    return bytes_ != nullptr;
  }
  std::span<uint8_t> span() { return {bytes_, size_}; }

 private:
  gc::Heap& heap_;
  uint8_t* bytes_ = nullptr;
  size_t size_ = 0;
};

using threading::SharedAccess;

void copy_in(TypedArray* array, std::span<const uint8_t> bytes) {
  if (bytes.empty()) return;
  if (array->buffer()->is_shared()) SharedAccess::copy_to(array->data(), bytes.data(), bytes.size());
  else std::copy_n(bytes.data(), bytes.size(), array->data());
}

// A new Uint8Array of what has been decoded, or the error.
Completion<Value> make_decoded(Agent& agent, std::span<const uint8_t> bytes, const DecodedBytes& decoded) {
  if (decoded.error != nullptr) return throw_syntax_error(agent, {decoded.error});
  ArrayBuffer* buffer = make_array_buffer(agent, decoded.written);
  if (buffer == nullptr) return throw_buffer_allocation_failed(agent);
  std::copy_n(bytes.data(), decoded.written, buffer->data());
  return Value(make_typed_array(agent, ElementType::kUint8, buffer, 0, decoded.written));
}

// https://tc39.es/ecma262/#sec-uint8array.frombase64
Completion<Value> from_base64(Agent& agent, const CallInfo& info) {
  Root<String*> text(agent, TRY(string_argument(agent, info[0])));
  DecodingOptions options = TRY(get_decoding_options(agent, info[1]));
  // Twice: the copy, then the array.
  TRY(make_room(agent, 2 * max_base64_bytes(text->length())));
  ByteBuffer bytes(agent);
  if (!bytes.allocate(max_base64_bytes(text->length()))) return throw_out_of_memory(agent);
  bool is_stopped = false;
  const DecodedBytes decoded = decode_base64(text->view(), options.alphabet, options.handling, bytes.span(),
                                             [&] { return is_stopped = agent.poll().is_thrown(); });
  if (is_stopped) return Thrown{};
  return make_decoded(agent, bytes.span(), decoded);
}

// https://tc39.es/ecma262/#sec-uint8array.fromhex
Completion<Value> from_hex(Agent& agent, const CallInfo& info) {
  Root<String*> text(agent, TRY(string_argument(agent, info[0])));
  ByteBuffer bytes(agent);
  if (!bytes.allocate(text->length() / 2)) return throw_out_of_memory(agent);
  bool is_stopped = false;
  const DecodedBytes decoded = decode_hex(text->view(), bytes.span(), [&] { return is_stopped = agent.poll().is_thrown(); });
  if (is_stopped) return Thrown{};
  return make_decoded(agent, bytes.span(), decoded);
}

// The array that is to be written, in bounds.
Completion<TypedArray*> validate_target(Agent& agent, Value value, std::string_view method) {
  TypedArray* array = static_cast<TypedArray*>(value.as_object());
  if (array->is_out_of_bounds()) return throw_detached(agent, method);
  return array;
}

bool is_as_long(TypedArray* array, size_t length) { return !array->is_out_of_bounds() && array->length() == length; }

// Writes what was decoded, also before an error, and says how much that was.
Completion<Value> finish_setting(Agent& agent, TypedArray* target, std::span<const uint8_t> bytes, const DecodedBytes& decoded) {
  copy_in(target, bytes.first(decoded.written));
  if (decoded.error != nullptr) return throw_syntax_error(agent, {decoded.error});
  Object* result = make_object(agent);
  define_value(agent, result, "read", Value::number(static_cast<double>(decoded.read)), kDefaultAttributes);
  define_value(agent, result, "written", Value::number(static_cast<double>(decoded.written)), kDefaultAttributes);
  return Value(result);
}

// What both methods that write into an array do with the text, of which `most` bytes can come. `decode` takes the room
// that there is, and what to ask whether it is to stop.
template <typename Decode>
Completion<Value> set_decoded(Agent& agent, Value array, std::string_view method, size_t most, Decode decode) {
  for (;;) {
    TypedArray* target = TRY(validate_target(agent, array, method));
    const size_t length = target->length();
    ByteBuffer bytes(agent);
    if (!bytes.allocate(std::min(length, most))) return throw_out_of_memory(agent);
    bool is_stopped = false;
    const DecodedBytes decoded = decode(bytes.span(), [&] { return is_stopped = agent.poll().is_thrown(); });
    if (is_stopped) return Thrown{};
    if (is_as_long(target, length)) return finish_setting(agent, target, bytes.span(), decoded);
  }
}

// https://tc39.es/ecma262/#sec-uint8array.prototype.setfrombase64
Completion<Value> set_from_base64(Agent& agent, const CallInfo& info) {
  constexpr const char* kName = "Uint8Array.prototype.setFromBase64";
  if (TRY(validate_uint8_array(agent, info.this_value(), kName))->buffer()->is_immutable())
    return throw_type_error(agent, "Cannot write to an immutable ArrayBuffer");
  Root<String*> text(agent, TRY(string_argument(agent, info[0])));
  DecodingOptions options = TRY(get_decoding_options(agent, info[1]));
  return set_decoded(agent, info.this_value(), kName, max_base64_bytes(text->length()), [&](std::span<uint8_t> bytes, const auto& is_stopping) {
    return decode_base64(text->view(), options.alphabet, options.handling, bytes, is_stopping);
  });
}

// https://tc39.es/ecma262/#sec-uint8array.prototype.setfromhex
Completion<Value> set_from_hex(Agent& agent, const CallInfo& info) {
  constexpr const char* kName = "Uint8Array.prototype.setFromHex";
  if (TRY(validate_uint8_array(agent, info.this_value(), kName))->buffer()->is_immutable())
    return throw_type_error(agent, "Cannot write to an immutable ArrayBuffer");
  Root<String*> text(agent, TRY(string_argument(agent, info[0])));
  return set_decoded(agent, info.this_value(), kName, text->length() / 2, [&](std::span<uint8_t> bytes, const auto& is_stopping) {
    return decode_hex(text->view(), bytes, is_stopping);
  });
}

// Encoded between two polls; whole groups of both encodings.
constexpr size_t kBytesPerPoll = 3 << 16;

// Bytes of an array, from `at` on; of a shared one as they were copied to `copy`.
std::span<const uint8_t> bytes_of(TypedArray* array, size_t at, std::span<uint8_t> copy, size_t count) {
  if (!array->buffer()->is_shared()) return {array->data() + at, count};
  SharedAccess::copy_from(copy.data(), array->data() + at, count);
  return copy.first(count);
}

// False where the array does not have `count` bytes any more.
template <typename Encode>
Completion<bool> encode_parts(Agent& agent, Root<TypedArray*>& array, size_t count, Root<FlatString*>& text, Encode encode) {
  ByteBuffer copy(agent);
  if (array->buffer()->is_shared() && !copy.allocate(std::min(count, kBytesPerPoll))) return throw_out_of_memory(agent);
  for (size_t at = 0; at < count; at += kBytesPerPoll) {
    if (at != 0) TRY(agent.poll());
    if (!is_as_long(array, count)) return false;
    encode(bytes_of(array, at, copy.span(), std::min(count - at, kBytesPerPoll)), text->latin1(), at);
  }
  return true;
}

// A latin1 string of length_of(bytes in the array) characters; encode(some bytes, the text, their place) writes them.
template <typename LengthOf, typename Encode>
Completion<Value> encode_array(Agent& agent, Value value, std::string_view method, LengthOf length_of, Encode encode) {
  for (;;) {
    Root<TypedArray*> array(agent, TRY(validate_target(agent, value, method)));
    const size_t count = array->length();
    const size_t length = length_of(count);
    if (length > String::kMaxLength) return throw_invalid_string_length(agent);
    TRY(make_room(agent, length));
    Root<FlatString*> text(agent, new_flat_latin1(agent.heap(), static_cast<uint32_t>(length)));
    if (text.get() == nullptr) return throw_out_of_memory(agent);
    if (TRY(encode_parts(agent, array, count, text, encode))) return Value(text.get());
  }
}

// https://tc39.es/ecma262/#sec-uint8array.prototype.tobase64
Completion<Value> to_base64(Agent& agent, const CallInfo& info) {
  constexpr const char* kName = "Uint8Array.prototype.toBase64";
  TRY(validate_uint8_array(agent, info.this_value(), kName));
  TRY(check_options(agent, info[0]));
  auto alphabet = static_cast<Base64Alphabet>(TRY(get_choice(agent, info[0], "alphabet", {"base64", "base64url"})));
  bool omit_padding = to_boolean(TRY(get_option(agent, info[0], "omitPadding")));
  return encode_array(
      agent, info.this_value(), kName, [=](size_t count) { return base64_length(count, omit_padding); },
      [=](std::span<const uint8_t> bytes, uint8_t* text, size_t at) { encode_base64(bytes, alphabet, omit_padding, text + at / 3 * 4); });
}

// https://tc39.es/ecma262/#sec-uint8array.prototype.tohex
Completion<Value> to_hex(Agent& agent, const CallInfo& info) {
  constexpr const char* kName = "Uint8Array.prototype.toHex";
  TRY(validate_uint8_array(agent, info.this_value(), kName));
  return encode_array(
      agent, info.this_value(), kName, [](size_t count) { return count * 2; },
      [](std::span<const uint8_t> bytes, uint8_t* text, size_t at) { encode_hex(bytes, text + 2 * at); });
}

constexpr PropertySpec kStatics[] = {
    PropertySpec::function("fromBase64", from_base64, 1),
    PropertySpec::function("fromHex", from_hex, 1),
};
constexpr PropertySpec kPrototype[] = {
    PropertySpec::function("setFromBase64", set_from_base64, 1),
    PropertySpec::function("setFromHex", set_from_hex, 1),
    PropertySpec::function("toBase64", to_base64, 0),
    PropertySpec::function("toHex", to_hex, 0),
};

}  // namespace

void define_uint8_array_text(Agent& agent, Realm& realm) {
  define_properties(agent, realm, realm.intrinsic(Intrinsic::kUint8Array), kStatics);
  define_properties(agent, realm, realm.intrinsic(Intrinsic::kUint8ArrayPrototype), kPrototype);
}

}  // namespace skein
