// https://tc39.es/ecma262/#sec-asyncgenerator-abstract-operations
#include "core/interpreter/generator.h"
#include "core/interpreter/slow_paths.h"

namespace skein {

using Phase = GeneratorState::Phase;
using Request = AsyncGenerator::Request;

namespace {

// https://tc39.es/ecma262/#sec-asyncgeneratorcompletestep
void complete_step(Agent& agent, AsyncGenerator* generator, ResumeMode mode, Value value, bool done) {
  const Request request = generator->first_request();
  Root<Object*> promise(agent, request.promise);
  generator->pop_request();
  if (mode == ResumeMode::kThrow) {
    g_promise_hooks.reject(agent, promise, value);
  } else {
    Root<Object*> result(agent, create_iter_result_object(agent, value, done));
    g_promise_hooks.resolve(agent, promise, result.get());
  }
}

void drain_queue(Agent& agent, AsyncGenerator* generator);

template <ResumeMode mode>
Completion<Value> finish_await_return(Agent& agent, const CallInfo& info) {
  auto* generator = info.this_value().as<AsyncGenerator>();
  complete_step(agent, generator, mode, info[0], true);
  drain_queue(agent, generator);
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-asyncgeneratorawaitreturn
void await_return(Agent& agent, AsyncGenerator* generator) {
  Root<Value> kept(agent, generator);
  Completion<Object*> promise = g_promise_hooks.promise_resolve(agent, generator->first_request().value);
  if (promise.is_thrown()) {
    if (agent.is_terminating()) return;
    Root<Value> exception(agent, agent.take_exception());
    complete_step(agent, generator, ResumeMode::kThrow, exception, true);
    drain_queue(agent, generator);
    return;
  }
  g_promise_hooks.then(agent, promise.value(), finish_await_return<ResumeMode::kNext>, finish_await_return<ResumeMode::kThrow>,
                       Value(generator));
}

// https://tc39.es/ecma262/#sec-asyncgeneratordrainqueue
void drain_queue(Agent& agent, AsyncGenerator* generator) {
  Root<Value> kept(agent, generator);
  while (generator->has_requests()) {
    const Request request = generator->first_request();
    if (request.mode == ResumeMode::kReturn) {
      generator->state->set_phase(Phase::kDrainingQueue);
      await_return(agent, generator);
      return;
    }
    complete_step(agent, generator, request.mode, request.mode == ResumeMode::kNext ? Value::undefined() : request.value, true);
    if (agent.is_terminating()) return;
  }
  generator->state->set_phase(Phase::kCompleted);
}

}  // namespace

bool async_generator_yield(Agent& agent, AsyncGenerator* generator, Value value) {
  complete_step(agent, generator, ResumeMode::kNext, value, false);
  return generator->has_requests();
}

void async_generator_finish(Agent& agent, AsyncGenerator* generator, ResumeMode mode, Value value) {
  generator->state->set_phase(Phase::kDrainingQueue);
  generator->state->drop_registers();
  complete_step(agent, generator, mode, value, true);
  drain_queue(agent, generator);
}

// https://tc39.es/ecma262/#sec-asyncgenerator-prototype-next, -return and -throw, after the receiver's check
Completion<Value> async_generator_resume(Agent& agent, Object* object, int mode_number, Value value) {
  auto mode = static_cast<ResumeMode>(mode_number);
  auto* generator = static_cast<AsyncGenerator*>(object);
  Root<Value> kept(agent, generator), kept_value(agent, value);
  Root<Object*> promise(agent, TRY(g_promise_hooks.new_promise(agent)));
  GeneratorState* state = generator->state;
  if (mode == ResumeMode::kThrow && state->phase() == Phase::kSuspendedStart) {
    state->set_phase(Phase::kCompleted);
    state->drop_registers();
  }
  if (state->phase() == Phase::kCompleted && mode != ResumeMode::kReturn) {
    if (mode == ResumeMode::kThrow) {
      g_promise_hooks.reject(agent, promise, value);
    } else {
      Root<Object*> result(agent, create_iter_result_object(agent, Value::undefined(), true));
      g_promise_hooks.resolve(agent, promise, result.get());
    }
    return Value(promise.get());
  }
  generator->push_request(agent, {mode, value, promise});
  const Phase phase = state->phase();
  if (mode == ResumeMode::kReturn && (phase == Phase::kSuspendedStart || phase == Phase::kCompleted)) {
    state->set_phase(Phase::kDrainingQueue);
    state->drop_registers();
    await_return(agent, generator);
  } else if (phase == Phase::kSuspendedStart || phase == Phase::kSuspendedYield) {
    TRY(resume(*agent.interpreter, state, mode, value));
  }
  if (agent.is_terminating()) return Thrown{};
  return Value(promise.get());
}

}  // namespace skein
