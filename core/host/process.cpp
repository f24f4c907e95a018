// The parts of Node's `process` that programs ask for: https://nodejs.org/api/process.html
#include "platform/process.h"

#include <cmath>

#include "core/host/agent_host.h"
#include "core/host/globals.h"
#include "core/host/natives.h"
#include "core/runtime/root.h"
#include "platform/file.h"

namespace skein {

namespace {

Value text(Agent& agent, std::string_view utf8) { return new_string_from_utf8(agent.heap(), utf8); }

Completion<Value> process_exit(Agent& agent, const CallInfo& info) {
  AgentHost& host = AgentHost::of(agent);
  int code = host.exit_code();
  if (!info[0].is_undefined()) code = TRY(to_int32(agent, info[0]));
  host.set_exit_code(code & 0xFF);
  WorkerScope::of(agent).notify_exit(agent);
  if (agent.is_terminating()) return Thrown{};
  host.stop(host.exit_code());
  // No script runs after exit: leave by a termination, which nothing catches.
  agent.begin_termination(TerminationReason::kExit);
  return Thrown{};
}

Completion<Value> process_cwd(Agent& agent, const CallInfo&) { return text(agent, platform::current_directory()); }

Completion<Value> process_uptime(Agent& agent, const CallInfo&) { return Value::number(AgentHost::of(agent).now() / 1000); }

Completion<Value> process_hrtime(Agent& agent, const CallInfo& info) {
  double now = AgentHost::of(agent).now();
  double seconds = std::floor(now / 1000), nanoseconds = std::floor((now - seconds * 1000) * 1e6);
  if (info[0].is_kind(CellKind::kArray)) {
    Root<Value> since(agent, info[0]);
    seconds -= TRY(to_number(agent, TRY(get(agent, since.get().as_object(), PropertyKey::index(0)))));
    nanoseconds -= TRY(to_number(agent, TRY(get(agent, since.get().as_object(), PropertyKey::index(1)))));
    if (nanoseconds < 0) {
      seconds -= 1;
      nanoseconds += 1e9;
    }
  }
  return Value(make_array(agent, std::initializer_list<Value>{Value::number(seconds), Value::number(nanoseconds)}));
}

Completion<Value> process_hrtime_bigint(Agent& agent, const CallInfo&) {
  return Value(bigint_from_int64(agent, platform::monotonic_ns()));
}

Completion<Value> process_memory_usage(Agent& agent, const CallInfo&) {
  const gc::HeapStatistics& heap = agent.heap().statistics();
  Object* result = make_object(agent);
  auto put = [&](const char* name, double value) { define_value(agent, result, name, Value::number(value), kDefaultAttributes); };
  put("rss", static_cast<double>(platform::process_memory_usage().resident_bytes));
  put("heapTotal", static_cast<double>(heap.block_bytes));
  put("heapUsed", static_cast<double>(heap.block_bytes));
  put("external", static_cast<double>(heap.external_bytes));
  return Value(result);
}

// https://nodejs.org/api/process.html#processnexttickcallback-args: a job here.
Completion<Value> process_next_tick(Agent& agent, const CallInfo& info) {
  if (!is_callable(info[0]))
    return throw_type_error(agent, {"The \"callback\" argument must be of type function. Received ", to_display_string(agent, info[0])});
  Job job{};
  job.realm = agent.realm();
  job.data[0] = info[0];
  job.data[1] = make_array(agent, info.arguments_from(1));
  job.run = [](Agent& agent, const Value* data) -> Completion<Value> {
    RootVector arguments(agent);
    TRY(create_list_from_array_like(agent, data[1], arguments));
    return call(agent, data[0], Value::undefined(), std::span<const Value>(arguments.data(), arguments.size()));
  };
  agent.enqueue_job(job);
  return Value::undefined();
}

template <platform::Stream stream>
Completion<Value> stream_write(Agent& agent, const CallInfo& info) {
  ByteView bytes = byte_view(info[0]);
  AgentHost::of(agent).write(stream, bytes.buffer != nullptr ? bytes.copy() : TRY(to_string(agent, info[0]))->to_utf8());
  return Value::boolean(true);
}

Completion<Value> get_exit_code(Agent& agent, const CallInfo&) {
  int code = AgentHost::of(agent).exit_code();
  return code == 0 ? Value::undefined() : Value::int32(code);
}
Completion<Value> set_exit_code(Agent& agent, const CallInfo& info) {
  int code = info[0].is_nullish() ? 0 : TRY(to_int32(agent, info[0]));
  AgentHost::of(agent).set_exit_code(code & 0xFF);
  return Value::undefined();
}

// --- What is script: scripts/process.js ---

// Methods of events: the name is in the function's slot.
Completion<Value> call_script(Agent& agent, const CallInfo& info) {
  Object* methods = TRY(WorkerScope::of(agent).scripts().exported(agent, "process", "methods")).as_object();
  Value method = TRY(get(agent, methods, to_property_key(agent, info.callee()->internal_slot(0).as_string())));
  return call(agent, method, info.this_value(), info.arguments());
}

// Properties made when first looked at. The slots: name, its maker, whether this is the setter.
Completion<Value> lazy_property(Agent& agent, const CallInfo& info) {
  Root<Value> value(agent, info[0]);
  if (!info.callee()->internal_slot(2).is_true()) {
    Value make = TRY(WorkerScope::of(agent).scripts().exported(agent, "process", info.callee()->internal_slot(1).as_string()->to_utf8().c_str()));
    value = TRY(call(agent, make, Value::undefined()));
  }
  if (!info.this_value().is_object()) return value.get();
  TRY(define_property_or_throw(agent, info.this_value().as_object(), to_property_key(agent, info.callee()->internal_slot(0).as_string()),
                               PropertyDescriptor::data(value, kDefaultAttributes)));
  return value.get();
}

void define_lazy(Agent& agent, Realm& realm, Object* process, const char* name, const char* maker) {
  NativeFunction* accessors[2];
  for (int i = 0; i < 2; ++i) {
    accessors[i] = make_native_function(agent, &realm, lazy_property, i, resolve_key(agent, name), i == 0 ? "get" : "set");
    accessors[i]->set_internal_slot(0, text(agent, name));
    accessors[i]->set_internal_slot(1, text(agent, maker));
    accessors[i]->set_internal_slot(2, Value::boolean(i == 1));
  }
  process->add_property(agent, resolve_key(agent, name), Value::cell(agent.heap().make<Accessor>(accessors[0], accessors[1])),
                        kConfigurable | kEnumerable | kAccessorProperty);
}

constexpr const char* kScriptMethods[] = {"on", "once", "off", "addListener", "removeListener", "removeAllListeners", "prependListener", "prependOnceListener",
                                          "emit", "listenerCount", "listeners", "rawListeners", "eventNames", "setMaxListeners", "getMaxListeners",
                                          "setUncaughtExceptionCaptureCallback", "hasUncaughtExceptionCaptureCallback", "emitWarning"};

constexpr PropertySpec kProcess[] = {
    PropertySpec::function_with("exit", process_exit, 1, kDefaultAttributes),
    PropertySpec::function_with("cwd", process_cwd, 0, kDefaultAttributes),
    PropertySpec::function_with("uptime", process_uptime, 0, kDefaultAttributes),
    PropertySpec::function_with("hrtime", process_hrtime, 1, kDefaultAttributes),
    PropertySpec::function_with("memoryUsage", process_memory_usage, 0, kDefaultAttributes),
    PropertySpec::function_with("nextTick", process_next_tick, 1, kDefaultAttributes),
    PropertySpec::accessor("exitCode", get_exit_code, set_exit_code),
    PropertySpec::tag("process"),
};

Object* make_stream(Agent& agent, Realm& realm, platform::Stream stream) {
  Object* object = make_object(agent);
  NativeFunctionPointer write = stream == platform::Stream::kOutput ? stream_write<platform::Stream::kOutput> : stream_write<platform::Stream::kError>;
  define_value(agent, object, "write", make_native_function(agent, &realm, write, 1, resolve_key(agent, "write")), kDefaultAttributes);
  define_value(agent, object, "isTTY", Value::boolean(platform::is_terminal(stream)), kDefaultAttributes);
  define_value(agent, object, "fd", Value::int32(static_cast<int>(stream)), kDefaultAttributes);
  return object;
}

}  // namespace

Value make_process(Agent& agent, Realm& realm, const LazyValue&) {
  HostOptions& options = AgentHost::of(agent).options();
  Object* process = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kObjectPrototype));
  define_properties(agent, realm, process, kProcess);
  Value hrtime = process->slot(process->lookup(resolve_key(agent, "hrtime")).slot);
  define_value(agent, hrtime.as_object(), "bigint", make_native_function(agent, &realm, process_hrtime_bigint, 0, resolve_key(agent, "bigint")), kDefaultAttributes);
  auto put = [&](const char* name, Value value) { define_value(agent, process, name, value, kDefaultAttributes); };
  std::vector<Value> arguments;
  for (const std::string& argument : options.argv) arguments.push_back(text(agent, argument));
  put("argv", make_array(agent, arguments));
  for (const char* name : kScriptMethods) {
    NativeFunction* method = make_native_function(agent, &realm, call_script, 0, resolve_key(agent, name));
    method->set_internal_slot(0, text(agent, name));
    put(name, method);
  }
  define_lazy(agent, realm, process, "env", "makeEnvironment");
  define_lazy(agent, realm, process, "stdin", "makeStdin");
  define_lazy(agent, realm, process, "execArgv", "makeExecArgv");
  put("platform", text(agent, platform::operating_system_name()));
  put("arch", text(agent, platform::architecture_name()));
  put("pid", Value::int32(platform::process_id()));
  put("execPath", text(agent, platform::executable_path()));
  put("version", text(agent, "v" SKEIN_VERSION));
  Object* versions = make_object(agent);
  define_value(agent, versions, "skein", text(agent, SKEIN_VERSION), kDefaultAttributes);
  put("versions", versions);
  put("stdout", make_stream(agent, realm, platform::Stream::kOutput));
  put("stderr", make_stream(agent, realm, platform::Stream::kError));
  return process;
}

}  // namespace skein
