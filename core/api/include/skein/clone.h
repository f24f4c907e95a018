// Structured clone: values as bytes, to other contexts, threads, processes and machines, and back.
//
// https://html.spec.whatwg.org/multipage/structured-data.html
//   auto message = context.serialize(value);
//   auto copy = other.deserialize(*message);             // another context, perhaps on another thread
//   write(file, message->bytes());                        // or later, or elsewhere:
//   auto again = context.deserialize(read(file));
//
// The bytes begin with a version; a newer Skein reads what an older one has written, natively and in wasm.
// They may come from anywhere: bytes that nobody has serialized give an error, never more.
// What cannot be cloned – functions, symbols, proxies – is a DataCloneError that names its path:
// "$.list[3].f: function could not be cloned". Objects of bound classes: see Class::clone_as_bytes,
// Class::clone_shared and Class::transferable.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "skein/result.h"

namespace skein::api {

// How far the serialized value will go.
enum class CloneScope : uint8_t {
  kDifferentProcess,  // anywhere. It is bytes alone: SharedArrayBuffers are refused, and nothing is transferred
  kSameProcess,       // to contexts of this process: shared memory is shared, and what is transferred moves
};

struct SerializeOptions {
  CloneScope scope = CloneScope::kDifferentProcess;
  // kSameProcess only: ArrayBuffers, MessagePorts and objects of transferable classes that move instead of
  // being copied; here they are detached. When the serialization fails, none is.
  std::span<const Value> transfer;
};

namespace detail {
struct SerializedState;
}

// A value on its way; belongs to no context.
//
// THREADS   One thread at a time, any. LIFETIME   Keeps what it carries – transferred memory and objects, open
// ports, shared memory – and lets it go at its end, if nobody has read it.
class SerializedValue {
 public:
  // What a moved-from one is: nothing, which cannot be read.
  SKEIN_API SerializedValue();
  // Bytes from wherever; they are copied and not looked at before Context::deserialize.
  SKEIN_API static SerializedValue from_bytes(std::span<const uint8_t> bytes);
  SKEIN_API SerializedValue(SerializedValue&&) noexcept;
  SKEIN_API SerializedValue& operator=(SerializedValue&&) noexcept;
  SKEIN_API ~SerializedValue();

  SKEIN_API CloneScope scope() const;
  // The flat form, valid as long as this. kInvalid in the scope kSameProcess.
  SKEIN_API Result<std::span<const uint8_t>> bytes() const;
  // Bytes that it holds, transferred buffers included.
  SKEIN_API size_t size() const;

 private:
  friend class Context;
  explicit SerializedValue(std::unique_ptr<detail::SerializedState> state);
  std::unique_ptr<detail::SerializedState> state_;
};

}  // namespace skein::api
