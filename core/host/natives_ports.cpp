// Natives for scripts/events.js and ports.js: event targets, ports, broadcast channels, exceptions.
#include <optional>

#include "core/concurrency/structured_clone.h"
#include "core/host/natives.h"

namespace skein {

namespace {

// --- Objects with state ---

// https://dom.spec.whatwg.org/#dom-eventtarget-eventtarget
Completion<Value> event_target(Agent& agent, const CallInfo& info) {
  if (!info.is_construct()) return throw_requires_new(agent, "EventTarget");
  Value prototype = TRY(get(agent, info.new_target().as_object(), agent.names().prototype));
  if (!prototype.is_object()) prototype = TRY(get(agent, info.callee(), agent.names().prototype));
  return Value(make_host_object(agent, prototype.as_object(), HostObjectType::kPlain, nullptr));
}

Completion<HostObject*> this_host_object(Agent& agent, Value value) {
  auto* object = value.as_if<HostObject>();
  if (object == nullptr) return throw_type_error(agent, {"Illegal invocation: the receiver is not an EventTarget"});
  return object;
}
Completion<Value> get_state(Agent& agent, const CallInfo& info) { return TRY(this_host_object(agent, info[0]))->state(); }
Completion<Value> set_state(Agent& agent, const CallInfo& info) {
  TRY(this_host_object(agent, info[0]))->set_state(info[1]);
  return Value::undefined();
}

bool is_port(Value value) {
  auto* object = value.as_if<HostObject>();
  return object != nullptr && object->type() == HostObjectType::kPort;
}
Completion<HostObject*> this_port(Agent& agent, Value value) {
  if (!is_port(value)) return throw_type_error(agent, {"Illegal invocation: the receiver is not a MessagePort"});
  return static_cast<HostObject*>(value.as_object());
}

// --- Ports ---

Completion<Value> is_port_object(Agent&, const CallInfo& info) { return Value::boolean(is_port(info[0])); }

Completion<Value> create_channel(Agent& agent, const CallInfo&) {
  auto [first, second] = PortEndpoint::create_pair();
  PortRegistry& registry = PortRegistry::of(agent);
  Value ports[] = {registry.make_port(agent, std::move(first)), registry.make_port(agent, std::move(second))};
  return Value(make_array(agent, ports));
}

// The other end of a port, to whoever serializes.
class Recipient final : public MessageReceiver {
 public:
  explicit Recipient(PortEndpoint& endpoint) : endpoint_(endpoint) {}
  bool admit(SerializedMessage& message, size_t bytes) override { return endpoint_.admit(message, bytes); }

 private:
  PortEndpoint& endpoint_;
};
// (port, message, transfer or undefined)
Completion<Value> port_post(Agent& agent, const CallInfo& info) {
  HostObject* port = TRY(this_port(agent, info[0]));
  RootVector transfer(agent);
  if (!info[2].is_undefined()) TRY(create_list_from_array_like(agent, info[2], transfer));
  for (Value value : transfer)
    if (value == info[0]) return throw_dom_exception(agent, "DataCloneError", "The transfer list contains the port that the message is sent to");
  // Script may close the port meanwhile.
  PortEndpoint* endpoint = PortRegistry::endpoint_of(port);
  Ref<PortEndpoint> held = endpoint == nullptr || transfer.empty() ? nullptr : Ref<PortEndpoint>(endpoint);
  std::optional<Recipient> recipient;
  if (held) recipient.emplace(*held);
  SerializedMessage message;
  TRY(serialize_into(agent, info[1], std::span<const Value>(transfer.data(), transfer.size()), ErrorNames::kStandard, message, recipient ? &*recipient : nullptr));
  endpoint = PortRegistry::endpoint_of(port);
  if (endpoint != nullptr && !endpoint->post(message)) return throw_queue_full(agent);
  return Value::undefined();
}
Completion<Value> port_start(Agent& agent, const CallInfo& info) {
  PortRegistry::of(agent).start(TRY(this_port(agent, info[0])));
  return Value::undefined();
}
Completion<Value> port_close(Agent& agent, const CallInfo& info) {
  HostObject* port = TRY(this_port(agent, info[0]));
  bool was_open = PortRegistry::endpoint_of(port) != nullptr;
  PortRegistry::of(agent).close(port);
  return Value::boolean(was_open);
}
Completion<Value> port_ref(Agent& agent, const CallInfo& info) {
  PortRegistry::of(agent).set_referenced(TRY(this_port(agent, info[0])), to_boolean(info[1]));
  return Value::undefined();
}
Completion<Value> port_has_ref(Agent& agent, const CallInfo& info) {
  return Value::boolean(PortRegistry::of(agent).is_referenced(TRY(this_port(agent, info[0]))));
}
// [message], or undefined
Completion<Value> port_receive(Agent& agent, const CallInfo& info) {
  PortEndpoint* endpoint = PortRegistry::endpoint_of(TRY(this_port(agent, info[0])));
  SerializedMessage message;
  if (endpoint == nullptr || !endpoint->take(message)) return Value::undefined();
  Root<Value> value(agent, TRY(deserialize(agent, message)));
  return Value(make_array(agent, std::initializer_list<Value>{value.get()}));
}
Completion<Value> set_dispatcher(Agent& agent, const CallInfo& info) {
  PortRegistry::of(agent).set_dispatcher(info[0]);
  return Value::undefined();
}

// --- Broadcast channels ---

Completion<Value> join_channel(Agent& agent, const CallInfo& info) {
  auto endpoint = PortEndpoint::create();
  HostObject* port = PortRegistry::of(agent).make_port(agent, endpoint);
  WorkerScope::of(agent).cluster()->subscribe(text_of(info[0]), std::move(endpoint));
  return Value(port);
}
Completion<Value> leave_channel(Agent& agent, const CallInfo& info) {
  HostObject* port = TRY(this_port(agent, info[0]));
  if (PortEndpoint* endpoint = PortRegistry::endpoint_of(port)) WorkerScope::of(agent).cluster()->unsubscribe(text_of(info[1]), *endpoint);
  PortRegistry::of(agent).close(port);
  return Value::undefined();
}
// (port, name, message)
Completion<Value> broadcast(Agent& agent, const CallInfo& info) {
  HostObject* port = TRY(this_port(agent, info[0]));
  SerializedMessage message;
  TRY(serialize_into(agent, info[2], {}, ErrorNames::kStandard, message));
  PortEndpoint* endpoint = PortRegistry::endpoint_of(port);
  if (endpoint == nullptr) return Value::undefined();
  for (const Ref<PortEndpoint>& subscriber : WorkerScope::of(agent).cluster()->subscribers(text_of(info[1]), *endpoint)) {
    SerializedMessage copy;
    copy.bytes.append(message.bytes.span());
    copy.shared_blocks = message.shared_blocks;
    // Who takes no more loses the message; the others are not to suffer from it.
    (void)subscriber->deliver(copy);
  }
  return Value::undefined();
}

// --- Errors and marks ---

Completion<Value> report(Agent& agent, const CallInfo& info) {
  AgentHost::of(agent).report_exception(info[0]);
  return Value::undefined();
}
Completion<Value> now(Agent& agent, const CallInfo&) { return Value::number(AgentHost::of(agent).now()); }

// (error, first line, function that is not to show)
Completion<Value> capture_stack(Agent& agent, const CallInfo& info) {
  auto* error = info[0].as_if<ErrorObject>();
  capture_stack_property(agent, error, info[2].as_object());
  error->stack_header.set(error, info[1]);
  return Value::undefined();
}
// (name, prototype, function to parts, function from parts): a class whose objects can be cloned
Completion<Value> cloneable(Agent& agent, const CallInfo& info) {
  WorkerScope::of(agent).add_cloneable(text_of(info[0]), info[1].as_object(), info[2], info[3]);
  return Value::undefined();
}
// (object, "uncloneable" | "untransferable")
Completion<Value> mark(Agent& agent, const CallInfo& info) {
  if (info[0].is_object()) TRY(WorkerScope::of(agent).mark(agent, info[0].as_object(), text_of(info[1]) == "uncloneable"));
  return Value::undefined();
}
Completion<Value> is_marked(Agent& agent, const CallInfo& info) {
  return Value::boolean(info[0].is_object() && WorkerScope::of(agent).is_marked(info[0].as_object(), text_of(info[1]) == "uncloneable"));
}

constexpr PropertySpec kNatives[] = {
    PropertySpec::function("state", get_state, 1),
    PropertySpec::function("setState", set_state, 2),
    PropertySpec::function("isPort", is_port_object, 1),
    PropertySpec::function("createChannel", create_channel, 0),
    PropertySpec::function("portPost", port_post, 3),
    PropertySpec::function("portStart", port_start, 1),
    PropertySpec::function("portClose", port_close, 1),
    PropertySpec::function("portRef", port_ref, 2),
    PropertySpec::function("portHasRef", port_has_ref, 1),
    PropertySpec::function("portReceive", port_receive, 1),
    PropertySpec::function("setDispatcher", set_dispatcher, 1),
    PropertySpec::function("joinChannel", join_channel, 1),
    PropertySpec::function("leaveChannel", leave_channel, 2),
    PropertySpec::function("broadcast", broadcast, 3),
    PropertySpec::function("report", report, 1),
    PropertySpec::function("now", now, 0),
    PropertySpec::function("captureStack", capture_stack, 3),
    PropertySpec::function("cloneable", cloneable, 4),
    PropertySpec::function("mark", mark, 2),
    PropertySpec::function("isMarked", is_marked, 2),
};

}  // namespace

void define_port_natives(Agent& agent, Realm& realm, Object* natives) {
  define_properties(agent, realm, natives, kNatives);
  NativeFunction* target = make_native_function(agent, &realm, event_target, 0, resolve_key(agent, "EventTarget"), {}, nullptr, true);
  Object* target_prototype = make_object(agent);
  define_value(agent, target, "prototype", target_prototype, kNone);
  define_value(agent, target_prototype, "constructor", target);
  define_value(agent, natives, "EventTarget", target);
  Object* port_prototype = make_object_with_prototype(agent, target_prototype);
  constexpr uint32_t kPortProperties = 22;  // what the script ports gives it
  port_prototype->reserve_properties(agent, kPortProperties);
  WorkerScope::of(agent).ports().set_prototype(port_prototype);
  define_value(agent, natives, "portPrototype", port_prototype);
}

}  // namespace skein
