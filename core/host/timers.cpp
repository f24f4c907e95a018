// https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html, with Node's setImmediate and
// the ref/unref methods of its timer objects.
#include "core/host/agent_host.h"
#include "core/host/globals.h"
#include "core/host/host_object.h"
#include "core/host/worker_scope.h"

namespace skein {

namespace {

// --- Objects that stand for timers: https://nodejs.org/api/timers.html#class-timeout. They convert to the numbers of the Web. ---

Value make_timer_object(Agent& agent, AgentHost::TimerId id) {
  HostObject* object = make_host_object(agent, AgentHost::of(agent).timer_prototype, HostObjectType::kTimer, nullptr);
  object->set_state(Value::int32(id));
  return object;
}

// 0 for what is no timer.
AgentHost::TimerId timer_id(Value value) {
  auto* object = value.as_if<HostObject>();
  return object != nullptr && object->type() == HostObjectType::kTimer ? object->state().as_int32() : 0;
}

Completion<Value> timer_ref(Agent& agent, const CallInfo& info) {
  AgentHost::of(agent).set_timer_referenced(timer_id(info.this_value()), true);
  return info.this_value();
}
Completion<Value> timer_unref(Agent& agent, const CallInfo& info) {
  AgentHost::of(agent).set_timer_referenced(timer_id(info.this_value()), false);
  return info.this_value();
}
Completion<Value> timer_has_ref(Agent& agent, const CallInfo& info) {
  return Value::boolean(AgentHost::of(agent).is_timer_referenced(timer_id(info.this_value())));
}
Completion<Value> timer_refresh(Agent& agent, const CallInfo& info) {
  AgentHost::of(agent).refresh_timer(timer_id(info.this_value()));
  return info.this_value();
}
Completion<Value> timer_close(Agent& agent, const CallInfo& info) {
  AgentHost::of(agent).clear_timer(timer_id(info.this_value()));
  return info.this_value();
}
Completion<Value> timer_to_primitive(Agent&, const CallInfo& info) { return Value::int32(timer_id(info.this_value())); }

constexpr PropertySpec kTimerPrototype[] = {
    PropertySpec::function("ref", timer_ref, 0),
    PropertySpec::function("unref", timer_unref, 0),
    PropertySpec::function("hasRef", timer_has_ref, 0),
    PropertySpec::function("refresh", timer_refresh, 0),
    PropertySpec::function("close", timer_close, 0),
    PropertySpec::function(WellKnownSymbol::kToPrimitive, timer_to_primitive, 1),
    PropertySpec::function(WellKnownSymbol::kDispose, timer_close, 0),
    PropertySpec::tag("Timeout"),
};

Completion<Value> start_timer(Agent& agent, const CallInfo& info, bool repeat, std::string_view name) {
  if (!is_callable(info[0]))
    return throw_type_error(agent, {name, ": the callback must be a function, not ", to_display_string(agent, info[0])});
  double delay = info.count() > 1 ? TRY(to_number(agent, info[1])) : 0;
  return make_timer_object(agent, AgentHost::of(agent).set_timer(info[0], delay, repeat, info.arguments_from(2)));
}

Completion<Value> set_timeout(Agent& agent, const CallInfo& info) { return start_timer(agent, info, false, "setTimeout"); }
Completion<Value> set_interval(Agent& agent, const CallInfo& info) { return start_timer(agent, info, true, "setInterval"); }

Completion<Value> set_immediate(Agent& agent, const CallInfo& info) {
  if (!is_callable(info[0]))
    return throw_type_error(agent, {"setImmediate: the callback must be a function, not ", to_display_string(agent, info[0])});
  return make_timer_object(agent, AgentHost::of(agent).set_immediate(info[0], info.arguments_from(1)));
}

Completion<Value> clear_timer(Agent& agent, const CallInfo& info) {
  if (info[0].is_nullish()) return Value::undefined();
  AgentHost::TimerId object_id = timer_id(info[0]);
  double id = object_id != 0 ? object_id : TRY(to_number(agent, info[0]));
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

Completion<Value> event_loop_utilization(Agent& agent, const CallInfo& info) {
  Value function = TRY(WorkerScope::of(agent).scripts().exported(agent, "node_worker", "eventLoopUtilization"));
  return call(agent, function, Value::undefined(), info.arguments());
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
    PropertySpec::function_with("eventLoopUtilization", event_loop_utilization, 2, kDefaultAttributes),
    PropertySpec::tag("Performance"),
};

// https://w3c.github.io/hr-time/#dom-performance
Value make_performance(Agent& agent, Realm& realm, const LazyValue&) {
  Object* performance = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kObjectPrototype));
  define_properties(agent, realm, performance, kPerformance);
  define_value(agent, performance, "timeOrigin", Value::number(AgentHost::of(agent).time_origin()), kDefaultAttributes);
  return performance;
}

}  // namespace

void register_host_kinds() { register_worker_kinds(); }

void install_basic_globals(Agent& agent, Realm& realm) {
  Object* global = realm.global_object();
  define_properties(agent, realm, global, kGlobalFunctions);
  AgentHost& host = AgentHost::of(agent);
  if (host.timer_prototype == nullptr) {
    host.timer_prototype = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kObjectPrototype));
    define_properties(agent, realm, host.timer_prototype, kTimerPrototype);
  }
  static constexpr LazyValue kObjects[] = {{"performance", kBuiltinAttributes, make_performance}, {"console", kBuiltinAttributes, make_console}};
  define_lazy_values(agent, realm, global, kObjects);
}

void install_host_globals(Agent& agent, Realm& realm) {
  install_basic_globals(agent, realm);
  static constexpr LazyValue kProcess[] = {{"process", kBuiltinAttributes, make_process}};
  define_lazy_values(agent, realm, realm.global_object(), kProcess);
  install_worker_globals(agent, realm);
}

}  // namespace skein
