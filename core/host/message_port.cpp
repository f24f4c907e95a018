// https://html.spec.whatwg.org/multipage/web-messaging.html#message-ports
#include "core/host/message_port.h"

#include "core/builtins/support.h"
#include "core/host/worker_scope.h"

namespace skein {

HostObject* make_host_object(Agent& agent, Object* prototype, HostObjectType type, HostObjectData* owned) {
  return make_builtin<HostObject>(agent, prototype, type, owned);
}

// A port object without reference from anywhere closes its end.
class PortData final : public HostObjectData {
 public:
  explicit PortData(Ref<PortEndpoint> endpoint) : endpoint(std::move(endpoint)) {}
  ~PortData() override {
    if (!endpoint) return;
    if (registry != nullptr) {
      registry->ports_.erase(endpoint.get());
      if (referenced) registry->host_.drop_reference();
    }
    endpoint->close();
  }
  // Who has one end can post to the other.
  void trace(gc::Visitor& visitor) override {
    if (!endpoint || registry == nullptr) return;
    Ref<PortEndpoint> peer = endpoint->peer();
    auto at = peer ? registry->ports_.find(peer.get()) : registry->ports_.end();
    if (at != registry->ports_.end() && is_started(at->second)) visitor.visit(at->second);
  }
  static bool is_started(HostObject* port) { return port->owned<PortData>()->started; }
  Ref<PortEndpoint> endpoint;  // null: closed or transferred
  PortRegistry* registry = nullptr;
  bool started = false;
  bool referenced = false;
};

namespace {

PortData* data_of(HostObject* port) { return port->owned<PortData>(); }

HostObject* port_or_null(Object* object) {
  auto* host_object = object->as_if<HostObject>();
  return host_object != nullptr && host_object->type() == HostObjectType::kPort ? host_object : nullptr;
}

}  // namespace

PortRegistry& PortRegistry::of(Agent& agent) { return WorkerScope::of(agent).ports(); }

void PortRegistry::install_hooks() {
  g_port_object_hooks.endpoint_of = endpoint_of;
  g_port_object_hooks.detach = [](Agent& agent, Object* object) {
    HostObject* port = static_cast<HostObject*>(object);
    PortRegistry& registry = of(agent);
    registry.set_referenced(port, false);
    Ref<PortEndpoint> endpoint = std::move(data_of(port)->endpoint);
    data_of(port)->endpoint = nullptr;
    registry.ports_.erase(endpoint.get());
    endpoint->detach();
  };
  g_port_object_hooks.make = [](Agent& agent, Ref<PortEndpoint> endpoint) -> Object* {
    // Ports get their prototype from the script side.
    if (WorkerScope::of(agent).scripts().use(agent, "ports").is_thrown()) return nullptr;
    return of(agent).make_port(agent, std::move(endpoint));
  };
  PortEndpoint::dispatch = [](Agent& agent, PortEndpoint& endpoint) { of(agent).deliver(agent, endpoint); };
}

PortEndpoint* PortRegistry::endpoint_of(Object* object) {
  HostObject* port = port_or_null(object);
  return port == nullptr ? nullptr : data_of(port)->endpoint.get();
}

HostObject* PortRegistry::make_port(Agent& agent, Ref<PortEndpoint> endpoint) {
  auto* data = new PortData(endpoint);
  data->registry = this;
  HostObject* port = make_host_object(agent, prototype_, HostObjectType::kPort, data);
  ports_[endpoint.get()] = port;
  endpoint->attach(host_.queue_reference());
  return port;
}

void PortRegistry::start(HostObject* port) {
  PortData* data = data_of(port);
  if (!data->endpoint || data->started) return;
  data->started = true;
  data->endpoint->start();
}

void PortRegistry::close(HostObject* port) {
  PortData* data = data_of(port);
  if (!data->endpoint) return;
  set_referenced(port, false);
  Ref<PortEndpoint> endpoint = std::move(data->endpoint);
  data->endpoint = nullptr;
  ports_.erase(endpoint.get());
  endpoint->close();
}

void PortRegistry::set_referenced(HostObject* port, bool referenced) {
  PortData* data = data_of(port);
  if (data->referenced == referenced || (referenced && !data->endpoint)) return;
  data->referenced = referenced;
  if (referenced) host_.add_reference();
  else host_.drop_reference();
}

bool PortRegistry::is_referenced(HostObject* port) const { return data_of(port)->referenced; }

void PortRegistry::trace(gc::Visitor& visitor) {
  visit_value(visitor, dispatcher_);
  if (prototype_ != nullptr) visitor.visit(prototype_);
  // What a port's trace finds changes without a write barrier, so only full collections look at it.
  const bool full = visitor.heap().is_full_collection();
  for (auto& [endpoint, port] : ports_)
    if (data_of(port)->started && (!full || expects_messages(*data_of(port)->endpoint))) visitor.visit(port);
}

bool PortRegistry::expects_messages(const PortEndpoint& const_endpoint) {
  auto& endpoint = const_cast<PortEndpoint&>(const_endpoint);
  Ref<PortEndpoint> peer = endpoint.peer();
  return !peer || !ports_.contains(peer.get()) || endpoint.has_messages();
}

void PortRegistry::close(Agent&) {
  auto ports = std::move(ports_);
  ports_.clear();
  for (auto& [endpoint, port] : ports) {
    data_of(port)->registry = nullptr;
    Ref<PortEndpoint> held = std::move(data_of(port)->endpoint);
    data_of(port)->endpoint = nullptr;
    held->close();
  }
}

// One task: the messages that are there, and the news that the other end is gone. Between two messages happens what
// happens between two tasks.
void PortRegistry::deliver(Agent& agent, PortEndpoint& endpoint) {
  Root<HostObject*> port(agent);
  for (size_t left = SIZE_MAX;; --left) {
    if (left != SIZE_MAX && (host_.perform_microtask_checkpoint().is_thrown() || host_.is_stopping())) return;
    // Closed, or moved on, since the task was posted, by the last listener or by a job.
    auto at = ports_.find(&endpoint);
    if (at == ports_.end() || !data_of(at->second)->started) return;
    if (left == SIZE_MAX) left = endpoint.begin_delivery();
    port = at->second;
    SerializedMessage message;
    if (left == 0 || !endpoint.take(message)) break;
    deliver_message(agent, port, message);
    if (agent.is_terminating() || host_.is_stopping()) return;
  }
  if (!endpoint.is_finished()) return;
  close(port);
  report(agent, dispatch(agent, port, EventKind::kClose, Value::undefined(), {}));
}

void PortRegistry::deliver_message(Agent& agent, HostObject* port, SerializedMessage& message) {
  RootVector ports(agent);
  auto value = deserialize(agent, message, &ports);
  if (!value.is_thrown()) {
    report(agent, dispatch(agent, port, EventKind::kMessage, value.value(), std::span<const Value>(ports.data(), ports.size())));
  } else if (!agent.is_terminating()) {
    report(agent, dispatch(agent, port, EventKind::kMessageError, agent.take_exception(), {}));
  }
}

void PortRegistry::report(Agent& agent, Completion<void> result) {
  if (result.is_thrown() && !agent.is_terminating()) host_.report_exception(agent.take_exception());
}

Completion<void> PortRegistry::dispatch(Agent& agent, HostObject* port, EventKind kind, Value value, std::span<const Value> ports) {
  Value list = ports.empty() ? Value::undefined() : Value(make_array(agent, ports));
  TRY(call(agent, dispatcher_, Value::undefined(), {port, Value::int32(static_cast<int>(kind)), value, list}));
  return {};
}

}  // namespace skein
