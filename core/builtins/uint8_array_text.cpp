// https://tc39.es/ecma262/#sec-additional-properties-of-the-uint8array-constructor: base64 and hex.
//
// NOTE: encoding and decoding work on copies outside the buffer, which may be shared.
#include <algorithm>
#include <vector>

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
    if (!bytes_.empty()) heap_.discharge_external(bytes_.size());
  }
  ByteBuffer(const ByteBuffer&) = delete;
  ByteBuffer& operator=(const ByteBuffer&) = delete;
  [[nodiscard]] bool allocate(size_t size) {
    if (!heap_.charge_external(size)) return false;
    bytes_.resize(size);
    return true;
  }
  std::span<uint8_t> span() { return bytes_; }

 private:
  gc::Heap& heap_;
  std::vector<uint8_t> bytes_;
};

using threading::SharedAccess;

void copy_out(TypedArray* array, std::span<uint8_t> bytes) {
  if (bytes.empty()) return;
  if (array->buffer()->is_shared()) SharedAccess::copy_from(bytes.data(), array->data(), bytes.size());
  else std::copy_n(array->data(), bytes.size(), bytes.data());
}
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
  String* text = TRY(string_argument(agent, info[0]));
  ByteBuffer bytes(agent);
  if (!bytes.allocate(text->length() / 2)) return throw_out_of_memory(agent);
  return make_decoded(agent, bytes.span(), decode_hex(text->view(), bytes.span()));
}

// The array that is to be written, in bounds.
Completion<TypedArray*> validate_target(Agent& agent, Value value, std::string_view method) {
  TypedArray* array = static_cast<TypedArray*>(value.as_object());
  if (array->is_out_of_bounds()) return throw_detached(agent, method);
  return array;
}

// Writes what was decoded, also before an error, and says how much that was.
Completion<Value> finish_setting(Agent& agent, TypedArray* target, std::span<const uint8_t> bytes, const DecodedBytes& decoded) {
  copy_in(target, bytes.first(decoded.written));
  if (decoded.error != nullptr) return throw_syntax_error(agent, {decoded.error});
  Object* result = make_object(agent);
  define_value(agent, result, "read", Value::number(static_cast<double>(decoded.read)), kDefaultAttributes);
  define_value(agent, result, "written", Value::number(static_cast<double>(decoded.written)), kDefaultAttributes);
  return Value(result);
}

// https://tc39.es/ecma262/#sec-uint8array.prototype.setfrombase64
Completion<Value> set_from_base64(Agent& agent, const CallInfo& info) {
  constexpr const char* kName = "Uint8Array.prototype.setFromBase64";
  if (TRY(validate_uint8_array(agent, info.this_value(), kName))->buffer()->is_immutable())
    return throw_type_error(agent, "Cannot write to an immutable ArrayBuffer");
  String* text = TRY(string_argument(agent, info[0]));
  Root<String*> kept(agent, text);
  DecodingOptions options = TRY(get_decoding_options(agent, info[1]));
  TypedArray* target = TRY(validate_target(agent, info.this_value(), kName));
  ByteBuffer bytes(agent);
  if (!bytes.allocate(std::min(target->length(), max_base64_bytes(text->length())))) return throw_out_of_memory(agent);
  return finish_setting(agent, target, bytes.span(), decode_base64(text->view(), options.alphabet, options.handling, bytes.span()));
}

// https://tc39.es/ecma262/#sec-uint8array.prototype.setfromhex
Completion<Value> set_from_hex(Agent& agent, const CallInfo& info) {
  constexpr const char* kName = "Uint8Array.prototype.setFromHex";
  if (TRY(validate_uint8_array(agent, info.this_value(), kName))->buffer()->is_immutable())
    return throw_type_error(agent, "Cannot write to an immutable ArrayBuffer");
  String* text = TRY(string_argument(agent, info[0]));
  TypedArray* target = TRY(validate_target(agent, info.this_value(), kName));
  ByteBuffer bytes(agent);
  if (!bytes.allocate(std::min(target->length(), size_t{text->length() / 2}))) return throw_out_of_memory(agent);
  return finish_setting(agent, target, bytes.span(), decode_hex(text->view(), bytes.span()));
}

// A latin1 string of `length` characters that `fill` writes from the array's bytes.
template <typename Fill>
Completion<Value> encode(Agent& agent, TypedArray* array, size_t length, Fill fill) {
  if (length > String::kMaxLength) return throw_invalid_string_length(agent);
  TRY(make_room(agent, length + array->length()));
  ByteBuffer bytes(agent);
  FlatString* text = new_flat_latin1(agent.heap(), static_cast<uint32_t>(length));
  if (text == nullptr || !bytes.allocate(array->length())) return throw_out_of_memory(agent);
  copy_out(array, bytes.span());
  fill(bytes.span(), text->latin1());
  return Value(text);
}

// https://tc39.es/ecma262/#sec-uint8array.prototype.tobase64
Completion<Value> to_base64(Agent& agent, const CallInfo& info) {
  constexpr const char* kName = "Uint8Array.prototype.toBase64";
  TRY(validate_uint8_array(agent, info.this_value(), kName));
  TRY(check_options(agent, info[0]));
  auto alphabet = static_cast<Base64Alphabet>(TRY(get_choice(agent, info[0], "alphabet", {"base64", "base64url"})));
  bool omit_padding = to_boolean(TRY(get_option(agent, info[0], "omitPadding")));
  TypedArray* array = TRY(validate_target(agent, info.this_value(), kName));
  return encode(agent, array, base64_length(array->length(), omit_padding),
                [&](std::span<const uint8_t> bytes, uint8_t* text) { encode_base64(bytes, alphabet, omit_padding, text); });
}

// https://tc39.es/ecma262/#sec-uint8array.prototype.tohex
Completion<Value> to_hex(Agent& agent, const CallInfo& info) {
  constexpr const char* kName = "Uint8Array.prototype.toHex";
  TRY(validate_uint8_array(agent, info.this_value(), kName));
  TypedArray* array = TRY(validate_target(agent, info.this_value(), kName));
  return encode(agent, array, array->length() * 2, [](std::span<const uint8_t> bytes, uint8_t* text) { encode_hex(bytes, text); });
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
