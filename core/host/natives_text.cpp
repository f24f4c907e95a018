// Natives for scripts/encoding.js, blob.js and clone.js: bytes and text.
#include <cstring>

#include "core/base/utf.h"
#include "core/concurrency/structured_clone.h"
#include "core/host/natives.h"
#include "core/threading/shared_access.h"

namespace skein {

std::string ByteView::copy() const {
  std::string bytes(length, '\0');
  if (length == 0) return bytes;
  if (buffer->is_shared()) threading::SharedAccess::copy_from(bytes.data(), data(), length);
  else std::memcpy(bytes.data(), data(), length);
  return bytes;
}

ByteView byte_view(Value value) {
  if (auto* array = value.as_if<TypedArray>()) return {array->buffer(), array->byte_offset_slot(), array->length() * element_size(array->element_type())};
  if (auto* view = value.as_if<DataView>()) return {view->buffer(), view->byte_offset_slot(), view->is_out_of_bounds() ? 0 : view->byte_length()};
  if (value.is_kind(CellKind::kArrayBuffer) || value.is_kind(CellKind::kSharedArrayBuffer)) {
    auto* buffer = static_cast<ArrayBuffer*>(value.as_object());
    return {buffer, 0, buffer->byte_length()};
  }
  return {};
}

TypedArray* new_uint8_array(Agent& agent, std::string_view bytes) {
  ArrayBuffer* buffer = make_array_buffer(agent, bytes.size());
  if (buffer == nullptr) return nullptr;
  if (!bytes.empty()) std::memcpy(buffer->data(), bytes.data(), bytes.size());
  return make_typed_array(agent, ElementType::kUint8, buffer, 0, bytes.size());
}

namespace {

Completion<Value> uint8_array(Agent& agent, std::string_view bytes) {
  TypedArray* array = new_uint8_array(agent, bytes);
  if (array == nullptr) return throw_out_of_memory(agent);
  return Value(array);
}

Completion<Value> is_buffer(Agent&, const CallInfo& info) {
  return Value::boolean(info[0].is_kind(CellKind::kArrayBuffer) || info[0].is_kind(CellKind::kSharedArrayBuffer));
}
// A Uint8Array over the same memory.
Completion<Value> bytes_of(Agent& agent, const CallInfo& info) {
  ByteView view = byte_view(info[0]);
  if (view.buffer == nullptr || view.buffer->is_detached()) return throw_type_error(agent, "The buffer is detached");
  return Value(make_typed_array(agent, ElementType::kUint8, view.buffer, view.offset, view.length));
}

// https://encoding.spec.whatwg.org/#dom-textencoder-encode
Completion<Value> encode_utf8(Agent& agent, const CallInfo& info) { return uint8_array(agent, text_of(info[0])); }

// https://encoding.spec.whatwg.org/#dom-textencoder-encodeinto: [code units read, bytes written]
Completion<Value> encode_into(Agent& agent, const CallInfo& info) {
  StringView source = info[0].as_string()->view();
  ByteView target = byte_view(info[1]);
  utf::EncodedPart part{0, 0};
  if (target.length != 0) {
    auto encode = [&](char* out) {
      return source.is_latin1() ? utf::latin1_to_utf8_part(source.latin1_span(), out, target.length)
                                : utf::utf16_to_utf8_part({source.utf16(), source.length()}, out, target.length);
    };
    if (target.buffer->is_shared()) {
      // Shared memory is written through SharedAccess alone.
      std::string bytes(std::min<size_t>(target.length, size_t{source.length()} * 3), '\0');
      part = source.is_latin1() ? utf::latin1_to_utf8_part(source.latin1_span(), bytes.data(), bytes.size())
                                : utf::utf16_to_utf8_part({source.utf16(), source.length()}, bytes.data(), bytes.size());
      if (part.written != 0) threading::SharedAccess::copy_to(target.data(), bytes.data(), part.written);
    } else {
      part = encode(reinterpret_cast<char*>(target.data()));
    }
  }
  Value result[] = {Value::number(static_cast<double>(part.read)), Value::number(static_cast<double>(part.written))};
  return Value(make_array(agent, result));
}

// --- Decoding: each gives the text and how many bytes it used; false for an error that is fatal ---

struct Decoded {
  String* text = nullptr;
  size_t used = 0;
};

bool decode_utf8(Agent& agent, std::string_view bytes, bool fatal, bool stream, Decoded& result) {
  result.used = bytes.size() - (stream ? utf::incomplete_suffix(bytes) : 0);
  bytes = bytes.substr(0, result.used);
  if (fatal && !utf::is_valid_utf8(bytes)) return false;
  result.text = new_string_from_utf8(agent.heap(), bytes);
  return true;
}

bool decode_utf16(Agent& agent, std::string_view bytes, bool fatal, bool stream, Decoded& result) {
  std::u16string text;
  text.reserve(bytes.size() / 2);
  size_t units = bytes.size() / 2;
  auto unit = [&](size_t i) { return static_cast<char16_t>(static_cast<uint8_t>(bytes[2 * i]) | static_cast<uint8_t>(bytes[2 * i + 1]) << 8); };
  if (stream && units != 0 && (unit(units - 1) & 0xFC00) == 0xD800) --units;
  for (size_t i = 0; i < units; ++i) text.push_back(unit(i));
  result.used = units * 2;
  if (!stream && bytes.size() % 2 != 0) {
    if (fatal) return false;
    text.push_back(0xFFFD);
    result.used = bytes.size();
  }
  if (fatal && !utf::is_well_formed(text)) return false;
  utf::make_well_formed(text);
  result.text = new_string(agent.heap(), StringView(text.data(), static_cast<uint32_t>(text.size())));
  return true;
}

// https://encoding.spec.whatwg.org/index-windows-1252.txt: the bytes from 0x80 to 0x9F
constexpr char16_t kWindows1252[] = {0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
                                     0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178};

void decode_windows1252(Agent& agent, std::string_view bytes, Decoded& result) {
  result.used = bytes.size();
  std::u16string text;
  text.reserve(bytes.size());
  for (char c : bytes) {
    uint8_t byte = static_cast<uint8_t>(c);
    text.push_back(byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80] : byte);
  }
  result.text = new_string(agent.heap(), StringView(text.data(), static_cast<uint32_t>(text.size())));
}

// (0: UTF-8, 1: UTF-16LE, 2: windows-1252; bytes, fatal, stream): [text, bytes used], or undefined
Completion<Value> decode(Agent& agent, const CallInfo& info) {
  ByteView view = byte_view(info[1]);
  std::string copy;
  std::string_view bytes;
  if (view.buffer != nullptr && view.length != 0) {
    if (view.buffer->is_shared()) bytes = copy = view.copy();
    else bytes = {reinterpret_cast<const char*>(view.data()), view.length};
  }
  const bool fatal = to_boolean(info[2]), stream = to_boolean(info[3]);
  Decoded result;
  bool valid = true;
  switch (info[0].as_int32()) {
    case 0: valid = decode_utf8(agent, bytes, fatal, stream, result); break;
    case 1: valid = decode_utf16(agent, bytes, fatal, stream, result); break;
    default: decode_windows1252(agent, bytes, result);
  }
  if (!valid) return Value::undefined();
  if (result.text == nullptr) return throw_invalid_string_length(agent);
  Value pair[] = {result.text, Value::number(static_cast<double>(result.used))};
  return Value(make_array(agent, pair));
}

// --- Base64: https://infra.spec.whatwg.org/#forgiving-base64 ---

// Long texts can be interrupted.
constexpr size_t kUnitsPerPoll = 1 << 16;

constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Completion<Value> to_base64(Agent& agent, const CallInfo& info) {
  StringView view = info[0].as_string()->view();
  std::string result;
  result.reserve((size_t{view.length()} + 2) / 3 * 4);
  uint32_t bits = 0;
  int width = 0;
  for (uint32_t i = 0; i < view.length(); ++i) {
    if (i % kUnitsPerPoll == 0) TRY(agent.poll());
    if (view[i] > 255) return Value::undefined();
    bits = bits << 8 | view[i];
    for (width += 8; width >= 6; width -= 6) result += kBase64[bits >> (width - 6) & 63];
  }
  if (width != 0) result += kBase64[bits << (6 - width) & 63];
  while (result.size() % 4 != 0) result += '=';
  return new_text(agent, result);
}

Completion<Value> from_base64(Agent& agent, const CallInfo& info) {
  StringView view = info[0].as_string()->view();
  std::string text;
  for (uint32_t i = 0; i < view.length(); ++i) {
    if (i % kUnitsPerPoll == 0) TRY(agent.poll());
    char16_t unit = view[i];
    if (unit == ' ' || unit == '\t' || unit == '\n' || unit == '\f' || unit == '\r') continue;
    if (unit > 127) return Value::undefined();
    text += static_cast<char>(unit);
  }
  if (text.size() % 4 == 0)
    for (int i = 0; i < 2 && text.ends_with('='); ++i) text.pop_back();
  if (text.size() % 4 == 1) return Value::undefined();
  std::string bytes;
  uint32_t bits = 0;
  int width = 0;
  size_t done = 0;
  for (char c : text) {
    if (done++ % kUnitsPerPoll == 0) TRY(agent.poll());
    const char* at = c == '\0' ? nullptr : std::strchr(kBase64, c);
    if (at == nullptr) return Value::undefined();
    bits = bits << 6 | static_cast<uint32_t>(at - kBase64);
    if ((width += 6) < 8) continue;
    width -= 8;
    bytes += static_cast<char>(bits >> width);
  }
  String* result = new_string(agent.heap(), StringView(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<uint32_t>(bytes.size())));
  return result == nullptr ? Completion<Value>(throw_invalid_string_length(agent)) : Completion<Value>(Value(result));
}

// --- Blobs ---

// (type, bytes): the URL
Completion<Value> store_blob(Agent& agent, const CallInfo& info) {
  WorkerScope& scope = WorkerScope::of(agent);
  return new_text(agent, scope.cluster()->store_blob(scope.thread_id(), text_of(info[0]), byte_view(info[1]).copy()));
}
Completion<Value> drop_blob(Agent& agent, const CallInfo& info) {
  WorkerScope::of(agent).cluster()->drop_blob(text_of(info[0]));
  return Value::undefined();
}
// Its contents as UTF-8, or undefined.
Completion<Value> blob_text(Agent& agent, const CallInfo& info) {
  auto blob = WorkerScope::of(agent).cluster()->find_blob(text_of(info[0]));
  return blob.bytes == nullptr ? Value::undefined() : new_text(agent, *blob.bytes);
}

// --- Clones as bytes ---

Completion<Value> serialize_value(Agent& agent, const CallInfo& info) {
  std::vector<uint8_t> bytes = TRY(serialize_to_bytes(agent, info[0]));
  return uint8_array(agent, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}
Completion<Value> deserialize_value(Agent& agent, const CallInfo& info) {
  std::string bytes = byte_view(info[0]).copy();
  return deserialize_bytes(agent, {reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()});
}

constexpr PropertySpec kNatives[] = {
    PropertySpec::function("isBuffer", is_buffer, 1),
    PropertySpec::function("bytesOf", bytes_of, 1),
    PropertySpec::function("encodeUtf8", encode_utf8, 1),
    PropertySpec::function("encodeInto", encode_into, 2),
    PropertySpec::function("decode", decode, 4),
    PropertySpec::function("toBase64", to_base64, 1),
    PropertySpec::function("fromBase64", from_base64, 1),
    PropertySpec::function("storeBlob", store_blob, 2),
    PropertySpec::function("dropBlob", drop_blob, 1),
    PropertySpec::function("blobText", blob_text, 1),
    PropertySpec::function("serializeBytes", serialize_value, 1),
    PropertySpec::function("deserializeBytes", deserialize_value, 1),
};

}  // namespace

void define_text_natives(Agent& agent, Realm& realm, Object* natives) { define_properties(agent, realm, natives, kNatives); }

}  // namespace skein
