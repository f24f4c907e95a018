// Structured clone: values as flat bytes and back.
//
// https://html.spec.whatwg.org/multipage/structured-data.html
// The bytes begin with a versioned header; integers are little-endian base-128, so a stream written by a
// 64-bit build reads back in a 32-bit one. Depth costs no native stack: both directions keep a work list.
// The reader trusts nothing: every count is checked against the bytes that remain, references name
// finished objects only, and work is bounded by the length of the input.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "core/concurrency/serialized_message.h"
#include "core/runtime/operations.h"

namespace skein {

struct CloneCache;

// The specification replaces names of errors that it does not know by "Error" and drops own properties;
// reports of uncaught errors keep names, and those properties that can be cloned.
enum class ErrorNames : uint8_t { kStandard, kKeep };

// StructuredSerializeWithTransfer. What cannot be cloned throws a DataCloneError that names the path to
// it; then nothing has been transferred.
Completion<std::unique_ptr<SerializedMessage>> serialize(Agent& agent, Value value, std::span<const Value> transfer = {},
                                                         ErrorNames names = ErrorNames::kStandard);
// Who is to get a message; asked before anything is detached for it.
class MessageReceiver {
 public:
  // Room for so many bytes, charged to the message; false: there is none.
  virtual bool admit(SerializedMessage& message, size_t bytes) = 0;

 protected:
  ~MessageReceiver() = default;
};
// The same into a message of the caller's; a QuotaExceededError when the receiver (unless null) says no.
Completion<void> serialize_into(Agent& agent, Value value, std::span<const Value> transfer, ErrorNames names, SerializedMessage& message,
                                MessageReceiver* receiver = nullptr);
// StructuredDeserializeWithTransfer. Empties the side tables of transferred things. The new objects of
// transferred ports, in order, are appended to `ports` if that is not null.
Completion<Value> deserialize(Agent& agent, SerializedMessage& message, RootVector* ports = nullptr);

// The bytes of a value alone, to be kept or sent anywhere; a DataCloneError when it needs more than bytes
// (shared memory). The other way round, hostile bytes give an error.
Completion<std::vector<uint8_t>> serialize_to_bytes(Agent& agent, Value value);
Completion<Value> deserialize_bytes(Agent& agent, std::span<const uint8_t> bytes);

// A DOMException, or what comes near it where there is no host: https://webidl.spec.whatwg.org/#datacloneerror
Thrown throw_dom_exception(Agent& agent, std::string_view name, const std::string& message);
// A QuotaExceededError: the receiver takes no more messages.
Thrown throw_queue_full(Agent& agent);

// How clones see the objects of ports, which are the host's. Set before the first agent.
struct PortObjectHooks {
  // The endpoint of a MessagePort object; null for anything else, and for closed ones.
  PortEndpoint* (*endpoint_of)(Object* object) = nullptr;
  // The object loses its endpoint, which goes into a message.
  void (*detach)(Agent&, Object* object) = nullptr;
  Object* (*make)(Agent&, Ref<PortEndpoint> endpoint) = nullptr;
};
extern PortObjectHooks g_port_object_hooks;

// How clones see the host's classes. Set before the first agent; each may be null.
struct CloneHooks {
  // Of an object of such a class: its name in the stream, and values without children (primitives, buffers)
  // that say all about it. False for other objects. May run script.
  Completion<bool> (*to_parts)(Agent&, Object* object, std::string& name, RootVector& parts) = nullptr;
  Completion<Object*> (*from_parts)(Agent&, const std::string& name, std::span<const Value> parts) = nullptr;
  // Whether markAsUncloneable or markAsUntransferable was called for it.
  bool (*is_uncloneable)(Agent&, Object* object) = nullptr;
  bool (*is_untransferable)(Agent&, Object* object) = nullptr;
  // What the agent's clones keep from one to the next.
  CloneCache* (*cache)(Agent&) = nullptr;
  Completion<Value> (*make_dom_exception)(Agent&, std::string_view name, const std::string& message) = nullptr;
};
extern CloneHooks g_clone_hooks;

}  // namespace skein
