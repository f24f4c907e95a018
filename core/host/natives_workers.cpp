// Natives for scripts/workers.js, worker_threads.js and locks.js.
#include "core/concurrency/structured_clone.h"
#include "core/host/natives.h"
#include "core/host/questions.h"
#include "core/interpreter/interpreter.h"
#include "core/runtime/lazy_properties.h"
#include "core/syntax/source_text.h"
#include "platform/file.h"
#include "platform/path.h"
#include "platform/thread.h"

namespace skein {

namespace {

uint32_t id_of(Value value) { return static_cast<uint32_t>(value.as_number()); }

// --- Starting ---

Completion<std::string> string_field(Agent& agent, Object* object, const char* name) {
  return text_of(TRY(get(agent, object, resolve_key(agent, name))));
}
Completion<bool> flag_field(Agent& agent, Object* object, const char* name) {
  return to_boolean(TRY(get(agent, object, resolve_key(agent, name))));
}
// 0 when it is no positive number.
Completion<size_t> size_field(Agent& agent, Object* object, const char* name) {
  Value value = TRY(get(agent, object, resolve_key(agent, name)));
  return value.is_number() && value.as_number() > 0 ? static_cast<size_t>(std::min(value.as_number(), 1e15)) : size_t{0};
}
Completion<void> string_list(Agent& agent, Object* object, const char* name, std::vector<std::string>& list) {
  Root<Value> value(agent, TRY(get(agent, object, resolve_key(agent, name))));
  if (value.get().is_undefined()) return {};
  RootVector values(agent);
  TRY(create_list_from_array_like(agent, value, values));
  for (Value item : values) list.push_back(text_of(item));
  return {};
}

Completion<void> read_options(Agent& agent, Object* fields, WorkerRequest& request) {
  HostOptions& options = request.options;
  const HostOptions& own = AgentHost::of(agent).options();
  options.write = own.write;
  options.colors = own.colors;
  options.hardware_concurrency = own.hardware_concurrency;
  options.agent.random_seed = own.agent.random_seed == 0 ? 0 : own.agent.random_seed + 1;
  options.agent.heap_limit = own.agent.heap_limit;
  options.queue_limit = own.queue_limit;
  options.worker_limit = own.worker_limit;
  options.cpu_profile = own.cpu_profile;
  options.report_termination = false;
  if (size_t limit = TRY(size_field(agent, fields, "heapLimit")); limit != 0)
    options.agent.heap_limit = own.agent.heap_limit == 0 ? limit : std::min(limit, own.agent.heap_limit);
  request.stack_size = TRY(size_field(agent, fields, "stackSize"));
  request.captures[0] = TRY(flag_field(agent, fields, "captureOutput"));
  request.captures[1] = TRY(flag_field(agent, fields, "captureError"));
  options.argv.push_back(own.argv.empty() ? "skein" : own.argv[0]);
  TRY(string_list(agent, fields, "argv", options.argv));
  if (TRY(flag_field(agent, fields, "shareEnvironment"))) {
    options.environment = own.environment;
  } else {
    std::vector<std::string> env;
    TRY(string_list(agent, fields, "env", env));
    EnvironmentVariables::Variables variables;
    for (size_t i = 0; i + 1 < env.size(); i += 2) variables.emplace_back(env[i], env[i + 1]);
    const bool is_given = !TRY(get(agent, fields, resolve_key(agent, "env"))).is_undefined();
    options.environment = is_given ? EnvironmentVariables::create(std::move(variables)) : EnvironmentVariables::create(own.environment->variables());
  }
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
  if (code.is_string()) request.code = text_of(code);
  request.is_module = TRY(flag_field(agent, fields, "module"));
  TRY(read_options(agent, fields, request));

  RootVector transfer(agent);
  TRY(create_list_from_array_like(agent, info[1], transfer));
  Root<Value> initial(agent, TRY(get(agent, fields, resolve_key(agent, "initial"))));
  request.initial = TRY(serialize(agent, initial, std::span<const Value>(transfer.data(), transfer.size())));
  Object* port = TRY(get(agent, fields, resolve_key(agent, "port"))).as_object();
  request.port = Ref<PortEndpoint>(PortRegistry::endpoint_of(port));
  g_port_object_hooks.detach(agent, port);
  return WorkerScope::of(agent).start_worker(agent, std::move(request), info[2]);
}

// --- Children ---

Completion<Value> terminate_worker(Agent& agent, const CallInfo& info) {
  WorkerScope::of(agent).terminate(id_of(info[0]));
  return Value::undefined();
}
Completion<Value> worker_ref(Agent& agent, const CallInfo& info) {
  WorkerScope::of(agent).set_referenced(id_of(info[0]), to_boolean(info[1]));
  return Value::undefined();
}
// (thread's number, 0: output, 1: errors): what it writes from now on comes as notices, too
Completion<Value> watch_output(Agent& agent, const CallInfo& info) {
  if (WorkerThread* worker = WorkerScope::of(agent).child(id_of(info[0]))) worker->output()->watch(info[1].as_int32());
  return Value::undefined();
}
Value figures_value(Agent& agent, const LoopFigures& figures, double cpu_ms) {
  double idle = figures.idle_ms();
  Value values[] = {Value::number(idle), Value::number(figures.elapsed_ms() - idle), Value::number(cpu_ms)};
  return make_array(agent, values);
}
// [milliseconds idle, active, of CPU], or undefined
Completion<Value> worker_figures(Agent& agent, const CallInfo& info) {
  WorkerThread* worker = WorkerScope::of(agent).child(id_of(info[0]));
  Ref<LoopFigures> figures = worker == nullptr ? nullptr : worker->figures();
  if (!figures) return Value::undefined();
  return figures_value(agent, *figures, worker->cpu_ms());
}
Completion<Value> own_figures(Agent& agent, const CallInfo&) { return figures_value(agent, *AgentHost::of(agent).figures(), 0); }

// (thread's number, "message" | "heap", number of the question, value, transfer list): whether it was asked
Completion<Value> ask_agent(Agent& agent, const CallInfo& info) {
  std::unique_ptr<SerializedMessage> message;
  const bool is_message = text_of(info[1]) == "message";
  if (is_message) {
    RootVector transfer(agent);
    TRY(create_list_from_array_like(agent, info[4], transfer));
    message = TRY(serialize(agent, info[3], std::span<const Value>(transfer.data(), transfer.size())));
  }
  return Value::boolean(ask(agent, id_of(info[0]), is_message ? QuestionKind::kMessage : QuestionKind::kHeapStatistics, info[2].as_number(), std::move(message)));
}

// --- Being a worker ---

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
  std::string name = text_of(info[0]);
  if (name.starts_with("file:")) {
    auto path = platform::path_from_file_url(name);
    if (!path) return throw_type_error(agent, {"'", name, "' is not a URL of a file"});
    return new_text(agent, *path);
  }
  for (std::string_view scheme : {"http:", "https:"})
    if (name.starts_with(scheme)) return throw_type_error(agent, {"Cannot load '", name, "': only files, data: and blob: URLs can be workers"});
  std::string folder = calling_folder(agent), working = platform::current_directory();
  bool script_first = to_boolean(info[1]);
  std::string first = platform::join_path(script_first ? folder : working, name);
  std::string second = platform::join_path(script_first ? working : folder, name);
  std::string path = !platform::file_exists(first) && platform::file_exists(second) ? second : first;
  auto real = platform::real_path(path);
  return new_text(agent, real.ok() ? real.value() : path);
}
Completion<Value> absolute_path(Agent& agent, const CallInfo& info) {
  return new_text(agent, platform::join_path(platform::current_directory(), text_of(info[0])));
}
// https://html.spec.whatwg.org/multipage/workers.html#importing-scripts-and-libraries: (path or URL, code or undefined)
Completion<Value> import_script(Agent& agent, const CallInfo& info) {
  std::string path = text_of(info[0]), text = text_of(info[1]);
  if (!info[1].is_string()) {
    auto file = platform::read_file(path);
    if (!file.ok()) return throw_dom_exception(agent, "NetworkError", "Cannot load '" + path + "': " + file.error().message());
    text = std::move(file.value());
  }
  auto source = syntax::SourceText::from_utf8(text, path);
  if (source == nullptr) return throw_range_error(agent, {path, " is too long"});
  Root<Value> name(agent, new_text(agent, path));
  return evaluate_script(agent, agent.realm(), source, name.get().as_cell());
}

// --- Locks: https://w3c.github.io/web-locks/ ---

// (name, shared, if available, steal): the request's number
Completion<Value> request_lock(Agent& agent, const CallInfo& info) {
  return Value::number(static_cast<double>(WorkerScope::of(agent).request_lock(text_of(info[0]), to_boolean(info[1]), to_boolean(info[2]), to_boolean(info[3]))));
}
Completion<Value> release_lock(Agent& agent, const CallInfo& info) {
  WorkerScope::of(agent).release_lock(static_cast<LockManager::Id>(info[0].as_number()));
  return Value::undefined();
}
// [[name, shared, held, client], …]
Completion<Value> query_locks(Agent& agent, const CallInfo&) {
  Root<Array*> list(agent, make_array(agent));
  double index = 0;
  for (const LockManager::Record& record : WorkerScope::of(agent).cluster()->locks().snapshot()) {
    Value values[] = {new_text(agent, record.name), Value::boolean(record.is_shared), Value::boolean(record.is_held), new_text(agent, std::to_string(record.client))};
    TRY(create_element(agent, list, index++, make_array(agent, values)));
  }
  return Value(list.get());
}

constexpr PropertySpec kNatives[] = {
    PropertySpec::function("startWorker", start_worker, 3),
    PropertySpec::function("terminate", terminate_worker, 1),
    PropertySpec::function("workerRef", worker_ref, 2),
    PropertySpec::function("watchOutput", watch_output, 2),
    PropertySpec::function("workerFigures", worker_figures, 1),
    PropertySpec::function("ownFigures", own_figures, 0),
    PropertySpec::function("ask", ask_agent, 5),
    PropertySpec::function("closeWorker", close_worker, 0),
    PropertySpec::function("takeInitial", take_initial, 0),
    PropertySpec::function("resolve", resolve_path, 2),
    PropertySpec::function("absolutePath", absolute_path, 1),
    PropertySpec::function("importScript", import_script, 2),
    PropertySpec::function("requestLock", request_lock, 4),
    PropertySpec::function("releaseLock", release_lock, 1),
    PropertySpec::function("queryLocks", query_locks, 0),
};

// What the agent is, which is not known before a script asks: scripts are loaded into spare agents.
template <Value (*get)(Agent&, WorkerScope&)>
Value make_fact(Agent& agent, Realm&, const LazyValue&) {
  return get(agent, WorkerScope::of(agent));
}
Value is_worker(Agent&, WorkerScope& scope) { return Value::boolean(scope.is_worker()); }
Value thread_id(Agent&, WorkerScope& scope) { return Value::number(scope.thread_id()); }
Value worker_name(Agent& agent, WorkerScope& scope) { return new_text(agent, scope.name()); }
Value worker_path(Agent& agent, WorkerScope& scope) { return new_text(agent, scope.path()); }
Value parent_port(Agent& agent, WorkerScope& scope) { return scope.take_port(agent); }
Value hardware_concurrency(Agent& agent, WorkerScope&) {
  const unsigned concurrency = AgentHost::of(agent).options().hardware_concurrency;
  return Value::number(static_cast<uint32_t>(concurrency != 0 ? concurrency : platform::hardware_concurrency()));
}
constexpr LazyValue kFacts[] = {
    {"isWorker", kBuiltinAttributes, make_fact<is_worker>},
    {"threadId", kBuiltinAttributes, make_fact<thread_id>},
    {"name", kBuiltinAttributes, make_fact<worker_name>},
    {"path", kBuiltinAttributes, make_fact<worker_path>},
    {"port", kBuiltinAttributes, make_fact<parent_port>},
    {"hardwareConcurrency", kBuiltinAttributes, make_fact<hardware_concurrency>},
};

}  // namespace

void define_worker_natives(Agent& agent, Realm& realm, Object* natives) {
  define_properties(agent, realm, natives, kNatives);
  define_lazy_values(agent, realm, natives, kFacts);
}

}  // namespace skein
