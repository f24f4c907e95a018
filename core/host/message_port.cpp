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
    if (registry != nullptr) registry->ports_.erase(endpoint.get());
    endpoint->close();
  }
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
    WorkerScope::of(agent).ensure_script_side(agent);
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
  for (auto& [endpoint, port] : ports_)
    if (data_of(port)->started) visitor.visit(port);
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

// One task: one message, or the news that the other end is gone.
void PortRegistry::deliver(Agent& agent, PortEndpoint& endpoint) {
  auto at = ports_.find(&endpoint);
  if (at == ports_.end()) return;  // closed, or moved on, since the task was posted
  Root<HostObject*> port(agent, at->second);
  Completion<void> result;
  if (auto message = endpoint.take()) {
    RootVector ports(agent);
    auto value = deserialize(agent, *message, &ports);
    if (!value.is_thrown()) {
      result = dispatch(agent, port, "message", value.value(), std::span<const Value>(ports.data(), ports.size()));
    } else if (!agent.is_terminating()) {
      result = dispatch(agent, port, "messageerror", agent.take_exception(), {});
    }
  } else if (endpoint.is_finished()) {
    close(port);
    result = dispatch(agent, port, "close", Value::undefined(), {});
  }
  if (result.is_thrown() && !agent.is_terminating()) host_.report_exception(agent.take_exception());
}

Completion<void> PortRegistry::dispatch(Agent& agent, HostObject* port, const char* kind, Value value, std::span<const Value> ports) {
  Root<Value> kept(agent, value);
  Root<Value> list(agent, make_array(agent, ports));
  TRY(call(agent, dispatcher_, Value::undefined(), {port, Value(new_string_from_utf8(agent.heap(), kind)), kept, list}));
  return {};
}

}  // namespace skein
