#include "tests/test262/host262.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "core/builtins/array_buffer_objects.h"
#include "core/host/module_loader.h"
#include "core/host/program.h"
#include "core/interpreter/interpreter.h"
#include "core/runtime/builtin_spec.h"
#include "platform/clock.h"
#include "platform/thread.h"

namespace skein::test262 {

namespace {

// --- $262.agent: https://github.com/tc39/test262/blob/main/INTERPRETING.md ---

// What the main agent of a test and those it starts share.
struct Cluster {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::string> reports;
  // A broadcast: the block that every started agent is to receive once.
  Ref<threading::SharedBlock> block;
  int broadcast_number = 0;
  int received = 0;
  std::vector<std::thread> threads;
  std::vector<Ref<threading::AgentWaker>> wakers;
  int started = 0;
  bool closing = false;
};

struct AgentState {
  Cluster* cluster = nullptr;
  bool is_main = false;
  int seen_broadcast = 0;
  bool leaving = false;
};

AgentState& state_of(Agent& agent);

// The state of an agent of this runner; found through a map, since the host data is the host's.
std::mutex g_states_mutex;
std::map<Agent*, std::unique_ptr<AgentState>> g_states;

AgentState& state_of(Agent& agent) {
  std::lock_guard lock(g_states_mutex);
  auto& state = g_states[&agent];
  if (state == nullptr) state = std::make_unique<AgentState>();
  return *state;
}

void forget(Agent& agent) {
  std::lock_guard lock(g_states_mutex);
  g_states.erase(&agent);
}

Cluster& cluster_of(Agent& agent) {
  AgentState& state = state_of(agent);
  if (state.cluster == nullptr) {
    state.cluster = new Cluster;
    state.is_main = true;
  }
  return *state.cluster;
}

Completion<Value> agent_receive_broadcast(Agent& agent, const CallInfo& info) {
  AgentState& state = state_of(agent);
  Cluster& cluster = *state.cluster;
  Ref<threading::SharedBlock> block;
  {
    std::unique_lock lock(cluster.mutex);
    cluster.changed.wait(lock, [&] { return cluster.closing || cluster.broadcast_number > state.seen_broadcast; });
    if (cluster.closing) return Value::undefined();
    state.seen_broadcast = cluster.broadcast_number;
    block = cluster.block;
    ++cluster.received;
    cluster.changed.notify_all();
  }
  ArrayBuffer* buffer = make_shared_array_buffer(agent, std::move(block));
  return call(agent, info[0], Value::undefined(), {Value(buffer), info[1]});
}

Completion<Value> agent_report(Agent& agent, const CallInfo& info) {
  std::string text = TRY(to_string(agent, info[0]))->to_utf8();
  Cluster& cluster = *state_of(agent).cluster;
  std::lock_guard lock(cluster.mutex);
  cluster.reports.push_back(std::move(text));
  return Value::undefined();
}

Completion<Value> agent_leaving(Agent& agent, const CallInfo&) {
  state_of(agent).leaving = true;
  return Value::undefined();
}

Completion<Value> agent_sleep(Agent& agent, const CallInfo& info) {
  double ms = TRY(to_number(agent, info[0]));
  platform::sleep_ns(static_cast<int64_t>(ms * 1e6));
  TRY(agent.poll());
  return Value::undefined();
}

Completion<Value> agent_monotonic_now(Agent&, const CallInfo&) {
  return Value::number(static_cast<double>(platform::monotonic_ns()) / 1e6);
}


void run_agent(Cluster& cluster, const std::string& source) {
  HostOptions options;
  options.write = [](platform::Stream, std::string_view) {};
  HostedAgent hosted(std::move(options));
  Agent& agent = hosted.agent();
  {
    std::lock_guard lock(cluster.mutex);
    if (cluster.closing) return;
    cluster.wakers.push_back(agent.waker());
  }
  state_of(agent).cluster = &cluster;
  // It can always be woken: by another agent of the test, or by the test's end.
  hosted.host().before_wait = nullptr;
  install_262(agent, *agent.realm());
  auto result = evaluate_script(agent, agent.realm(), source, "agent");
  if (!result.is_thrown()) (void)hosted.host().run_event_loop();
  forget(agent);
}

Completion<Value> agent_start(Agent& agent, const CallInfo& info) {
  std::string source = TRY(to_string(agent, info[0]))->to_utf8();
  Cluster& cluster = cluster_of(agent);
  std::lock_guard lock(cluster.mutex);
  ++cluster.started;
  cluster.threads.emplace_back([&cluster, source = std::move(source)] { run_agent(cluster, source); });
  return Value::undefined();
}

// Returns once every started agent has taken the block.
Completion<Value> agent_broadcast(Agent& agent, const CallInfo& info) {
  if (!info[0].is_kind(CellKind::kSharedArrayBuffer)) return throw_type_error(agent, "broadcast: not a SharedArrayBuffer");
  Cluster& cluster = cluster_of(agent);
  std::unique_lock lock(cluster.mutex);
  cluster.block = static_cast<ArrayBuffer*>(info[0].as_object())->block();
  cluster.received = 0;
  ++cluster.broadcast_number;
  cluster.changed.notify_all();
  while (cluster.received < cluster.started) {
    cluster.changed.wait_for(lock, std::chrono::milliseconds(20));
    if (agent.stop_requested()) {
      lock.unlock();
      TRY(agent.poll());
      lock.lock();
    }
  }
  return Value::undefined();
}

Completion<Value> agent_get_report(Agent& agent, const CallInfo&) {
  Cluster& cluster = cluster_of(agent);
  std::lock_guard lock(cluster.mutex);
  if (cluster.reports.empty()) return Value::null();
  std::string report = std::move(cluster.reports.front());
  cluster.reports.pop_front();
  return Value(new_string_from_utf8(agent.heap(), report));
}

constexpr PropertySpec kMainAgentFunctions[] = {
    PropertySpec::function("start", agent_start, 1),
    PropertySpec::function("broadcast", agent_broadcast, 1),
    PropertySpec::function("getReport", agent_get_report, 0),
    PropertySpec::function("sleep", agent_sleep, 1),
    PropertySpec::function("monotonicNow", agent_monotonic_now, 0),
};

constexpr PropertySpec kStartedAgentFunctions[] = {
    PropertySpec::function("receiveBroadcast", agent_receive_broadcast, 1),
    PropertySpec::function("report", agent_report, 1),
    PropertySpec::function("leaving", agent_leaving, 0),
    PropertySpec::function("sleep", agent_sleep, 1),
    PropertySpec::function("monotonicNow", agent_monotonic_now, 0),
};

// --- The rest of $262 ---

Completion<Value> print(Agent& agent, const CallInfo& info) {
  AgentHost::of(agent).write(platform::Stream::kOutput, TRY(to_string(agent, info[0]))->to_utf8() + "\n");
  return Value::undefined();
}

Completion<Value> create_realm(Agent& agent, const CallInfo&) {
  Root<Realm*> realm(agent, Realm::create(agent));
  install_262(agent, *realm);
  return get(agent, realm->global_object(), resolve_key(agent, "$262"));
}

Completion<Value> detach_array_buffer_262(Agent& agent, const CallInfo& info) {
  if (!info[0].is_kind(CellKind::kArrayBuffer)) return throw_type_error(agent, "detachArrayBuffer: not an ArrayBuffer");
  TRY(detach_array_buffer(agent, static_cast<ArrayBuffer*>(info[0].as_object()), info[1]));
  return Value::null();
}

Completion<Value> eval_script(Agent& agent, const CallInfo& info) {
  std::string source = TRY(to_string(agent, info[0]))->to_utf8();
  return evaluate_script(agent, info.callee()->realm(), source, "evalScript");
}

Completion<Value> collect(Agent& agent, const CallInfo&) {
  agent.collect_garbage(gc::CollectionType::kFull);
  return Value::undefined();
}

// [[IsHTMLDDA]]: callable, returns null.
Completion<Value> html_dda(Agent&, const CallInfo&) { return Value::null(); }

}  // namespace

void install_262(Agent& agent, Realm& realm) {
  Realm* saved = agent.realm();
  agent.set_realm(&realm);
  Object* global = realm.global_object();
  const bool is_main = state_of(agent).cluster == nullptr || state_of(agent).is_main;
  auto function = [&](const char* name, NativeFunctionPointer code, double length) {
    return Value(make_native_function(agent, &realm, code, length, resolve_key(agent, name)));
  };
  define_value(agent, global, "print", function("print", print, 1));
  Object* object = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kObjectPrototype));
  define_value(agent, object, "global", global);
  define_value(agent, object, "createRealm", function("createRealm", create_realm, 0));
  define_value(agent, object, "detachArrayBuffer", function("detachArrayBuffer", detach_array_buffer_262, 1));
  define_value(agent, object, "evalScript", function("evalScript", eval_script, 1));
  define_value(agent, object, "gc", function("gc", collect, 0));
  Value dda = function("IsHTMLDDA", html_dda, 0);
  dda.as_object()->set_flag(Object::kHtmlDda);
  define_value(agent, object, "IsHTMLDDA", dda);
  define_value(agent, object, "AbstractModuleSource",
               realm.intrinsic(Intrinsic::kAbstractModuleSource));
  // A module source: an object whose prototype inherits from %AbstractModuleSource.prototype%.
  if (&realm == saved && is_main) {
    Object* prototype = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kAbstractModuleSourcePrototype));
    ModuleLoader::of(agent).add_module_source(agent, "<module source>", make_object_with_prototype(agent, prototype), "Module262");
  }
  Object* agents = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kObjectPrototype));
  define_properties(agent, realm, agents, is_main ? std::span<const PropertySpec>(kMainAgentFunctions) : kStartedAgentFunctions);
  define_value(agent, object, "agent", agents);
  define_value(agent, global, "$262", object);
  agent.set_realm(saved);
}

void close_262(Agent& agent) {
  AgentState& state = state_of(agent);
  if (Cluster* cluster = state.cluster; cluster != nullptr && state.is_main) {
    {
      std::lock_guard lock(cluster->mutex);
      cluster->closing = true;
      for (auto& waker : cluster->wakers) waker->request(threading::Interrupt::kTerminate);
      cluster->changed.notify_all();
    }
    for (std::thread& thread : cluster->threads) thread.join();
    delete cluster;
  }
  forget(agent);
}

}  // namespace skein::test262
