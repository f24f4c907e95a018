// The bytes of a serialized value; see structured_clone.h.
//
//   stream  = magic version value
//   value   = tag, then what the tag says
//   string  = count and that many bytes (latin1) or little-endian code units (UTF-16)
// Objects are numbered in the order in which their tags stand.
#pragma once

#include <cstddef>
#include <cstdint>

namespace skein::clone {

inline constexpr uint8_t kMagic[3] = {'S', 'k', 'C'};
inline constexpr uint8_t kVersion = 2;
inline constexpr uint8_t kOldestVersion = 1;  // that is still read

// Buffers are copied in pieces of so many bytes, with a poll between them.
inline constexpr size_t kBytesPerPoll = size_t{4} << 20;

enum class Tag : uint8_t {
  kEnd = 0,        // of the properties of an object
  kUndefined,
  kNull,
  kFalse,
  kTrue,
  kInt32,          // zigzag
  kDouble,         // 8 bytes
  kBigInt,         // sign, digits, 8 bytes each
  kLatin1String,
  kUtf16String,
  kHole,           // in dense arrays and shaped objects alone: nothing there
  kReference,      // number of an object
  kBooleanObject,  // followed by the value, as the next three
  kNumberObject,
  kStringObject,
  kBigIntObject,
  kDate,           // 8 bytes
  kRegExp,         // source, flags
  kObject,         // key and value, …, kEnd
  kDenseArray,     // length, elements, then as kObject
  kSparseArray,    // length, then as kObject
  kMap,            // count, keys and values
  kSet,            // count, values
  kError,          // see ErrorFlags
  kArrayBuffer,    // byte length, bytes
  kResizableArrayBuffer,  // byte length, maximum, bytes
  kSharedArrayBuffer,     // index in the side table, as the next two
  kTransferredArrayBuffer,
  kMessagePort,
  kTypedArray,     // element type, byte offset, length + 1 or 0 when it follows the buffer; the buffer
  kDataView,       // byte offset, length + 1 or 0; the buffer
  kHostObject,     // name, count, that many values without children; 1 and a stack, or 0
  // Since version 2:
  kShapedObject,   // number of a list of keys; the first time, their count and strings; a value or kHole for each
};

// What follows kError: type, flags, and in this order what the flags say.
enum class ErrorKind : uint8_t { kError, kEvalError, kRangeError, kReferenceError, kSyntaxError, kTypeError, kURIError, kAggregateError, kCount };
enum ErrorFlags : uint8_t {
  kHasMessage = 1,  // string
  kHasStack = 2,    // header string, frames
  kHasName = 4,     // string, an own property
  kHasCause = 8,    // value, after all that is no value
  kHasErrors = 16,  // value
  kHasProperties = 32,  // as kObject
};

}  // namespace skein::clone
