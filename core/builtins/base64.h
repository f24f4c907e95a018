// Bytes as text: https://tc39.es/ecma262/#sec-frombase64, #sec-fromhex and their inverses. No heap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "core/strings/string.h"

namespace skein {

enum class Base64Alphabet : uint8_t { kBase64, kBase64Url };
enum class LastChunkHandling : uint8_t { kLoose, kStrict, kStopBeforePartial };

// What decoding has come to. Bytes before an error count: callers write them.
struct DecodedBytes {
  size_t read = 0;     // code units
  size_t written = 0;  // bytes
  const char* error = nullptr;  // null: none
};

// At most output.size() bytes go to `output`, which decoding never runs past. A long text asks now and then whether it
// is to stop (null: never); what there is then is given.
DecodedBytes decode_base64(StringView text, Base64Alphabet alphabet, LastChunkHandling handling, std::span<uint8_t> output,
                           const std::function<bool()>& is_stopping = nullptr);
DecodedBytes decode_hex(StringView text, std::span<uint8_t> output, const std::function<bool()>& is_stopping = nullptr);
// Room enough for the whole text.
constexpr size_t max_base64_bytes(size_t text_length) { return text_length / 4 * 3 + 3; }

size_t base64_length(size_t byte_count, bool omit_padding);
// REQUIRES: `text` has base64_length() characters
void encode_base64(std::span<const uint8_t> bytes, Base64Alphabet alphabet, bool omit_padding, uint8_t* text);
// REQUIRES: `text` has twice as many characters as there are bytes
void encode_hex(std::span<const uint8_t> bytes, uint8_t* text);

}  // namespace skein
