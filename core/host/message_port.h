// The ports of an agent: which MessagePort object shows which endpoint.
#pragma once

#include <map>

#include "core/concurrency/structured_clone.h"
#include "core/host/agent_host.h"
#include "core/host/host_object.h"

namespace skein {

class PortRegistry final : public HostAttachment {
 public:
  explicit PortRegistry(AgentHost& host) : host_(host) {}
  static PortRegistry& of(Agent& agent);
  // Once per process.
  static void install_hooks();

  // --- what the script side sets ---
  // Called with (port, 0: message, 1: messageerror, 2: close, value, ports or undefined).
  void set_dispatcher(Value function) { dispatcher_ = function; }
  void set_prototype(Object* prototype) { prototype_ = prototype; }

  HostObject* make_port(Agent& agent, Ref<PortEndpoint> endpoint);
  // Null for other objects and for ports that are closed or were transferred.
  static PortEndpoint* endpoint_of(Object* object);
  void start(HostObject* port);
  void close(HostObject* port);
  void set_referenced(HostObject* port, bool referenced);
  bool is_referenced(HostObject* port) const;

  void trace(gc::Visitor& visitor) override;
  void close(Agent& agent) override;

 private:
  friend class PortData;
  void deliver(Agent& agent, PortEndpoint& endpoint);
  void deliver_message(Agent& agent, HostObject* port, SerializedMessage& message);
  void report(Agent& agent, Completion<void> result);
  enum class EventKind : uint8_t { kMessage, kMessageError, kClose };
  Completion<void> dispatch(Agent& agent, HostObject* port, EventKind kind, Value value, std::span<const Value> ports);
  // Something outside this heap may still have a message for it.
  bool expects_messages(const PortEndpoint& endpoint);

  AgentHost& host_;
  Value dispatcher_;
  Object* prototype_ = nullptr;
  // Started ports are kept alive as long as somebody may post to them: whoever holds the other end, which
  // counts if it is in another agent or reachable in this one.
  std::map<const PortEndpoint*, HostObject*> ports_;
};

}  // namespace skein
