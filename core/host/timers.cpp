// https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html, with Node's setImmediate and
// the ref/unref methods of its timer objects.
#include "core/host/agent_host.h"
#include "core/host/globals.h"
#include "core/host/worker_scope.h"

namespace skein {

namespace {

Completion<Value> start_timer(Agent& agent, const CallInfo& info, bool repeat, std::string_view name) {
  if (!is_callable(info[0]))
    return throw_type_error(agent, {name, ": the callback must be a function, not ", to_display_string(agent, info[0])});
  double delay = info.count() > 1 ? TRY(to_number(agent, info[1])) : 0;
  return Value::int32(AgentHost::of(agent).set_timer(info[0], delay, repeat, info.arguments_from(2)));
}

Completion<Value> set_timeout(Agent& agent, const CallInfo& info) { return start_timer(agent, info, false, "setTimeout"); }
Completion<Value> set_interval(Agent& agent, const CallInfo& info) { return start_timer(agent, info, true, "setInterval"); }

Completion<Value> set_immediate(Agent& agent, const CallInfo& info) {
  if (!is_callable(info[0]))
    return throw_type_error(agent, {"setImmediate: the callback must be a function, not ", to_display_string(agent, info[0])});
  return Value::int32(AgentHost::of(agent).set_immediate(info[0], info.arguments_from(1)));
}

Completion<Value> clear_timer(Agent& agent, const CallInfo& info) {
  if (info[0].is_nullish()) return Value::undefined();
  double id = TRY(to_number(agent, info[0]));
  if (id >= 1 && id <= INT32_MAX) AgentHost::of(agent).clear_timer(static_cast<AgentHost::TimerId>(id));
  return Value::undefined();
}

// https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#microtask-queuing
Completion<Value> queue_microtask(Agent& agent, const CallInfo& info) {
  if (!is_callable(info[0]))
    return throw_type_error(agent, {"queueMicrotask: the callback must be a function, not ", to_display_string(agent, info[0])});
  Job job{};
  job.realm = agent.realm();
  job.data[0] = info[0];
  job.run = [](Agent& agent, const Value* data) { return call(agent, data[0], Value::undefined()); };
  agent.enqueue_job(job);
  return Value::undefined();
}

Completion<Value> performance_now(Agent& agent, const CallInfo&) { return Value::number(AgentHost::of(agent).now()); }

constexpr PropertySpec kGlobalFunctions[] = {
    PropertySpec::function_with("setTimeout", set_timeout, 1, kDefaultAttributes),
    PropertySpec::function_with("setInterval", set_interval, 1, kDefaultAttributes),
    PropertySpec::function_with("setImmediate", set_immediate, 1, kDefaultAttributes),
    PropertySpec::function_with("clearTimeout", clear_timer, 0, kDefaultAttributes),
    PropertySpec::function_with("clearInterval", clear_timer, 0, kDefaultAttributes),
    PropertySpec::function_with("clearImmediate", clear_timer, 0, kDefaultAttributes),
    PropertySpec::function_with("queueMicrotask", queue_microtask, 1, kDefaultAttributes),
};

constexpr PropertySpec kPerformance[] = {
    PropertySpec::function_with("now", performance_now, 0, kDefaultAttributes),
    PropertySpec::tag("Performance"),
};

}  // namespace

void register_host_kinds() { register_worker_kinds(); }

void install_basic_globals(Agent& agent, Realm& realm) {
  Object* global = realm.global_object();
  define_properties(agent, realm, global, kGlobalFunctions);
  Object* performance = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kObjectPrototype));
  define_properties(agent, realm, performance, kPerformance);
  define_value(agent, performance, "timeOrigin", Value::number(AgentHost::of(agent).time_origin()), kDefaultAttributes);
  define_value(agent, global, "performance", performance);
  install_console(agent, realm);
}

void install_host_globals(Agent& agent, Realm& realm) {
  install_basic_globals(agent, realm);
  install_process(agent, realm);
  install_worker_globals(agent, realm);
}

}  // namespace skein
