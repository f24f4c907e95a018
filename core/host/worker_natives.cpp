// The natives that worker_scripts.cpp is written over. They are seen by that script alone, which passes
// the arguments that they expect.
#include <cmath>
#include <cstdlib>

#include "core/builtins/support.h"
#include "core/concurrency/structured_clone.h"
#include "core/host/program.h"
#include "core/host/worker_scope.h"
#include "core/interpreter/interpreter.h"
#include "core/runtime/array_buffer.h"
#include "core/syntax/source_text.h"
#include "platform/file.h"
#include "platform/path.h"
#include "platform/thread.h"

namespace skein {

namespace {

Value text(Agent& agent, std::string_view utf8) { return new_string_from_utf8(agent.heap(), utf8); }
std::string utf8(Value value) { return value.is_string() ? value.as_string()->to_utf8() : std::string(); }

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

// (port, message, transfer)
Completion<Value> port_post(Agent& agent, const CallInfo& info) {
  HostObject* port = TRY(this_port(agent, info[0]));
  RootVector transfer(agent);
  TRY(create_list_from_array_like(agent, info[2], transfer));
  for (Value value : transfer)
    if (value == info[0]) return throw_data_clone_error(agent, "The transfer list contains the port that the message is sent to");
  auto message = TRY(serialize(agent, info[1], std::span<const Value>(transfer.data(), transfer.size())));
  if (PortEndpoint* endpoint = PortRegistry::endpoint_of(port)) endpoint->post(std::move(message));
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
  auto message = endpoint == nullptr ? nullptr : endpoint->take();
  if (message == nullptr) return Value::undefined();
  Root<Value> value(agent, TRY(deserialize(agent, *message)));
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
  WorkerScope::of(agent).cluster()->subscribe(utf8(info[0]), std::move(endpoint));
  return Value(port);
}
Completion<Value> leave_channel(Agent& agent, const CallInfo& info) {
  HostObject* port = TRY(this_port(agent, info[0]));
  if (PortEndpoint* endpoint = PortRegistry::endpoint_of(port)) WorkerScope::of(agent).cluster()->unsubscribe(utf8(info[1]), *endpoint);
  PortRegistry::of(agent).close(port);
  return Value::undefined();
}
// (port, name, message)
Completion<Value> broadcast(Agent& agent, const CallInfo& info) {
  HostObject* port = TRY(this_port(agent, info[0]));
  auto message = TRY(serialize(agent, info[2]));
  PortEndpoint* endpoint = PortRegistry::endpoint_of(port);
  if (endpoint == nullptr) return Value::undefined();
  for (const Ref<PortEndpoint>& subscriber : WorkerScope::of(agent).cluster()->subscribers(utf8(info[1]), *endpoint)) {
    auto copy = std::make_unique<SerializedMessage>();
    copy->bytes = message->bytes;
    copy->shared_blocks = message->shared_blocks;
    subscriber->deliver(std::move(copy));
  }
  return Value::undefined();
}

// --- Workers ---

Completion<std::string> string_field(Agent& agent, Object* object, const char* name) {
  return utf8(TRY(get(agent, object, resolve_key(agent, name))));
}
Completion<void> string_list(Agent& agent, Object* object, const char* name, std::vector<std::string>& list) {
  RootVector values(agent);
  TRY(create_list_from_array_like(agent, TRY(get(agent, object, resolve_key(agent, name))), values));
  for (Value value : values) list.push_back(utf8(value));
  return {};
}

// (request, transfer list of the initial data, callback); the thread's number
Completion<Value> start_worker(Agent& agent, const CallInfo& info) {
  Object* fields = info[0].as_object();
  WorkerRequest request;
  request.kind = TRY(string_field(agent, fields, "kind")) == "web" ? WorkerKind::kWeb : WorkerKind::kNode;
  request.path = TRY(string_field(agent, fields, "path"));
  request.name = TRY(string_field(agent, fields, "name"));
  Value code = TRY(get(agent, fields, resolve_key(agent, "code")));
  if (code.is_string()) request.code = utf8(code);
  request.is_module = to_boolean(TRY(get(agent, fields, resolve_key(agent, "module"))));

  HostOptions& options = request.options;
  const HostOptions& own = AgentHost::of(agent).options();
  options.write = own.write;
  options.colors = own.colors;
  options.hardware_concurrency = own.hardware_concurrency;
  options.agent.random_seed = own.agent.random_seed == 0 ? 0 : own.agent.random_seed + 1;
  options.agent.heap_limit = own.agent.heap_limit;
  options.report_termination = false;
  Value limit = TRY(get(agent, fields, resolve_key(agent, "heapLimit")));
  if (limit.is_number() && limit.as_number() > 0) options.agent.heap_limit = static_cast<size_t>(limit.as_number());
  options.argv.push_back(own.argv.empty() ? "skein" : own.argv[0]);
  TRY(string_list(agent, fields, "argv", options.argv));
  std::vector<std::string> env;
  TRY(string_list(agent, fields, "env", env));
  for (size_t i = 0; i + 1 < env.size(); i += 2) options.env.emplace_back(env[i], env[i + 1]);

  RootVector transfer(agent);
  TRY(create_list_from_array_like(agent, info[1], transfer));
  Root<Value> initial(agent, TRY(get(agent, fields, resolve_key(agent, "initial"))));
  request.initial = TRY(serialize(agent, initial, std::span<const Value>(transfer.data(), transfer.size())));
  Object* port = TRY(get(agent, fields, resolve_key(agent, "port"))).as_object();
  request.port = Ref<PortEndpoint>(PortRegistry::endpoint_of(port));
  g_port_object_hooks.detach(agent, port);
  return WorkerScope::of(agent).start_worker(agent, std::move(request), info[2]);
}
Completion<Value> terminate_worker(Agent& agent, const CallInfo& info) {
  WorkerScope::of(agent).terminate(static_cast<uint32_t>(info[0].as_number()));
  return Value::undefined();
}
Completion<Value> worker_ref(Agent& agent, const CallInfo& info) {
  WorkerScope::of(agent).set_referenced(static_cast<uint32_t>(info[0].as_number()), to_boolean(info[1]));
  return Value::undefined();
}
Completion<Value> close_worker(Agent& agent, const CallInfo&) {
  AgentHost& host = AgentHost::of(agent);
  host.stop(host.exit_code());
  return Value::undefined();
}
Completion<Value> take_initial(Agent& agent, const CallInfo&) {
  auto message = WorkerScope::of(agent).take_initial();
  return message == nullptr ? Completion<Value>(Value::undefined()) : deserialize(agent, *message);
}

// The folder of the script that called into ours; the working directory when there is none.
std::string calling_folder(Agent& agent) {
  std::vector<StackFrame> frames;
  agent.script->capture_stack(agent, 16, nullptr, frames);
  for (const StackFrame& frame : frames) {
    if (frame.source.starts_with("file://")) return platform::directory_name(platform::path_from_file_url(frame.source).value_or("/"));
    if (platform::is_absolute_path(frame.source)) return platform::directory_name(frame.source);
  }
  return platform::current_directory();
}
// (url or path, script's folder first): an absolute path. A relative one is looked for beside the script
// and in the working directory.
Completion<Value> resolve_path(Agent& agent, const CallInfo& info) {
  std::string name = utf8(info[0]);
  if (name.starts_with("file:")) {
    auto path = platform::path_from_file_url(name);
    if (!path) return throw_type_error(agent, {"'", name, "' is not a URL of a file"});
    return text(agent, *path);
  }
  for (std::string_view scheme : {"http:", "https:", "blob:"})
    if (name.starts_with(scheme)) return throw_type_error(agent, {"Cannot load '", name, "': only files and data: URLs can be workers"});
  std::string folder = calling_folder(agent), working = platform::current_directory();
  bool script_first = to_boolean(info[1]);
  std::string first = platform::join_path(script_first ? folder : working, name);
  std::string second = platform::join_path(script_first ? working : folder, name);
  std::string path = !platform::file_exists(first) && platform::file_exists(second) ? second : first;
  auto real = platform::real_path(path);
  return text(agent, real.ok() ? real.value() : path);
}
// https://html.spec.whatwg.org/multipage/workers.html#importing-scripts-and-libraries
Completion<Value> import_script(Agent& agent, const CallInfo& info) {
  std::string path = utf8(info[0]);
  auto file = platform::read_file(path);
  if (!file.ok()) return WorkerScope::of(agent).throw_missing_file(agent, path, file.error().message());
  auto source = syntax::SourceText::from_utf8(file.value(), path);
  if (source == nullptr) return throw_range_error(agent, {path, " is too long"});
  Root<Value> name(agent, text(agent, path));
  return evaluate_script(agent, agent.realm(), source, name.get().as_cell());
}

// --- The rest ---

Completion<Value> report(Agent& agent, const CallInfo& info) {
  AgentHost::of(agent).report_exception(info[0]);
  return Value::undefined();
}
Completion<Value> now(Agent& agent, const CallInfo&) { return Value::number(AgentHost::of(agent).now()); }
// (name, message, code): what DOMException would be
Completion<Value> make_named_error(Agent& agent, const CallInfo& info) {
  ErrorObject* error = make_error(agent, ErrorType::kError, utf8(info[1]));
  define_value(agent, error, "name", info[0]);
  define_value(agent, error, "code", info[2]);
  capture_stack_property(agent, error, nullptr);
  return Value(error);
}
Completion<Value> mark_untransferable(Agent& agent, const CallInfo& info) {
  // A detach key that nobody can name.
  if (info[0].is_kind(CellKind::kArrayBuffer)) static_cast<ArrayBuffer*>(info[0].as_object())->set_detach_key(Value::boolean(true));
  return Value::undefined();
}
Completion<Value> is_marked_untransferable(Agent&, const CallInfo& info) {
  return Value::boolean(info[0].is_kind(CellKind::kArrayBuffer) && !static_cast<ArrayBuffer*>(info[0].as_object())->detach_key().is_undefined());
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
    PropertySpec::function("startWorker", start_worker, 3),
    PropertySpec::function("terminate", terminate_worker, 1),
    PropertySpec::function("workerRef", worker_ref, 2),
    PropertySpec::function("closeWorker", close_worker, 0),
    PropertySpec::function("takeInitial", take_initial, 0),
    PropertySpec::function("resolve", resolve_path, 2),
    PropertySpec::function("importScript", import_script, 1),
    PropertySpec::function("report", report, 1),
    PropertySpec::function("now", now, 0),
    PropertySpec::function("makeError", make_named_error, 3),
    PropertySpec::function("markAsUntransferable", mark_untransferable, 1),
    PropertySpec::function("isMarkedAsUntransferable", is_marked_untransferable, 1),
};

}  // namespace

Object* make_worker_natives(Agent& agent, Realm& realm) {
  WorkerScope& scope = WorkerScope::of(agent);
  Object* natives = make_object(agent);
  define_properties(agent, realm, natives, kNatives);
  NativeFunction* target = make_native_function(agent, &realm, event_target, 0, resolve_key(agent, "EventTarget"), {}, nullptr, true);
  Object* target_prototype = make_object(agent);
  define_value(agent, target, "prototype", target_prototype, kNone);
  define_value(agent, target_prototype, "constructor", target);
  define_value(agent, natives, "EventTarget", target);
  Object* port_prototype = make_object_with_prototype(agent, target_prototype);
  scope.ports().set_prototype(port_prototype);
  define_value(agent, natives, "portPrototype", port_prototype);
  define_value(agent, natives, "isWorker", Value::boolean(scope.is_worker()));
  define_value(agent, natives, "threadId", Value::number(scope.thread_id()));
  define_value(agent, natives, "name", text(agent, scope.name()));
  define_value(agent, natives, "path", text(agent, scope.path()));
  unsigned concurrency = AgentHost::of(agent).options().hardware_concurrency;
  define_value(agent, natives, "hardwareConcurrency", Value::number(static_cast<uint32_t>(concurrency != 0 ? concurrency : platform::hardware_concurrency())));
  return natives;
}

}  // namespace skein
