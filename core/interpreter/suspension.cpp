// Generators and async functions: frames that leave the stack and come back.
#include "core/bytecode/instruction.h"
#include "core/interpreter/generator.h"
#include "core/interpreter/slow_paths.h"
#include "core/runtime/errors.h"

namespace skein {

using bytecode::Instruction;
using bytecode::Opcode;
using Kind = GeneratorState::Kind;
using Phase = GeneratorState::Phase;

namespace {

// Puts what was received where the suspended instruction wants it. True: throw it there.
bool deliver(Frame& frame, const uint32_t* at, ResumeMode mode, Value value) {
  const Instruction instruction(at);
  frame.pc = at + instruction.words();
  switch (instruction.opcode()) {
    case Opcode::initial_yield_:
      return false;
    case Opcode::yield_delegate_:
      frame.registers[instruction.operand(bytecode::ops::yield_delegate_::dst)] = value;
      frame.registers[instruction.operand(bytecode::ops::yield_delegate_::mode)] = Value::int32(static_cast<int32_t>(mode));
      return false;
    case Opcode::yield_:
      if (mode == ResumeMode::kThrow) return true;
      frame.registers[instruction.operand(bytecode::ops::yield_::dst)] = value;
      if (mode == ResumeMode::kReturn) frame.pc = at + instruction.signed_operand(bytecode::ops::yield_::return_target);
      return false;
    case Opcode::await_:
      if (mode == ResumeMode::kThrow) return true;
      frame.registers[instruction.operand(bytecode::ops::await_::dst)] = value;
      return false;
    default:
      SKEIN_UNREACHABLE();
  }
}

}  // namespace

Completion<Value> resume(Interpreter& vm, GeneratorState* state, ResumeMode mode, Value value) {
  Agent& agent = vm.agent;
  if (poll_wanted(agent)) [[unlikely]] {
    Root<GeneratorState*> kept(agent, state);
    Root<Value> kept_value(agent, value);
    TRY(agent.poll());
  }
  TRY(agent.check_stack());
  NestedRun nested(agent);
  if (!state->restore(vm, Frame::kEntry)) return throw_stack_overflow(agent);
  state->set_phase(Phase::kExecuting);
  if (deliver(*vm.frame, state->suspended_at(), mode, value)) {
    agent.throw_value(value);
    Completion<Value> completion = unwind(vm);
    if (completion.is_thrown() || !completion.value().is_empty()) return completion;
  }
  return run(vm);
}

// --- Generators ----------------------------------------------------------------------------------------

// https://tc39.es/ecma262/#sec-generator-function-definitions-runtime-semantics-evaluatebody and the async twin
Completion<Value> initial_yield(Interpreter& vm, const uint32_t* instruction) {
  Agent& agent = vm.agent;
  const Frame& frame = *vm.frame;
  const bool is_async = frame.code->executable().is_async;
  auto* closure = frame.registers[bytecode::kCalleeRegister].as<Closure>();
  if (closure->has_lazy_prototype()) closure->materialize_prototype(agent);
  Value property = closure->prototype_property();
  Object* prototype = property.is_object() ? property.as_object()
                                           : closure->code()->realm()->intrinsic(is_async ? Intrinsic::kAsyncGeneratorPrototype
                                                                                          : Intrinsic::kGeneratorPrototype);
  Object* generator;
  GeneratorState* state;
  if (is_async) {
    Shape* shape = agent.root_shape(prototype, CellKind::kAsyncGenerator, sizeof(AsyncGenerator), 0);
    auto* object = agent.heap().make<AsyncGenerator>(shape);
    state = GeneratorState::make(agent.heap(), Kind::kAsyncGenerator, frame, object);
    object->state.set(object, state);
    generator = object;
  } else {
    Shape* shape = agent.root_shape(prototype, CellKind::kGenerator, sizeof(Generator), 0);
    auto* object = agent.heap().make<Generator>(shape);
    state = GeneratorState::make(agent.heap(), Kind::kGenerator, frame, object);
    object->state.set(object, state);
    generator = object;
  }
  state->save(frame, instruction);
  state->set_phase(Phase::kSuspendedStart);
  return leave_frame(vm, generator);
}

// https://tc39.es/ecma262/#sec-generatorresume and #sec-generatorresumeabrupt
Completion<Value> generator_resume(Agent& agent, Object* object, int mode_number, Value value) {
  const ResumeMode mode = static_cast<ResumeMode>(mode_number);
  GeneratorState* state = static_cast<Generator*>(object)->state;
  if (state->phase() == Phase::kExecuting) return throw_type_error(agent, "Generator is already running");
  if (state->phase() == Phase::kSuspendedStart && mode != ResumeMode::kNext) {
    state->set_phase(Phase::kCompleted);
    state->drop_registers();
  }
  if (state->phase() == Phase::kCompleted) {
    if (mode == ResumeMode::kThrow) return agent.throw_value(value);
    return Value(create_iter_result_object(agent, mode == ResumeMode::kNext ? Value::undefined() : value, true));
  }
  Root<GeneratorState*> kept(agent, state);
  Value result = TRY(resume(*agent.interpreter, state, mode, value));
  if (state->phase() == Phase::kCompleted) return Value(create_iter_result_object(agent, result, true));
  if (state->yields_result_object) return result;
  return Value(create_iter_result_object(agent, result, false));
}

// OPTIMIZATION: for-of and its like over a generator.
Completion<Value> generator_step(Interpreter& vm, Generator* generator) {
  GeneratorState* state = generator->state;
  if (state->phase() == Phase::kExecuting) return throw_type_error(vm.agent, "Generator is already running");
  if (state->phase() == Phase::kCompleted) return Value::empty();
  Value result = TRY(resume(vm, state, ResumeMode::kNext, Value::undefined()));
  // The iterator's register keeps the generator, and it the state.
  if (state->phase() == Phase::kCompleted) return Value::empty();
  return state->yields_result_object ? iterator_unwrap(vm, result) : result;
}

Completion<Value> yield_value(Interpreter& vm, const uint32_t* instruction, Value value, bool is_delegate) {
  Agent& agent = vm.agent;
  Frame& frame = *vm.frame;
  GeneratorState* state = frame.generator;
  if (state->kind() == Kind::kAsyncGenerator) {
    auto* generator = static_cast<AsyncGenerator*>(state->owner());
    if (async_generator_yield(agent, generator, value)) {
      const AsyncGenerator::Request request = generator->first_request();
      if (deliver(frame, instruction, request.mode, request.value)) return agent.throw_value(request.value);
      return Value::empty();
    }
    value = Value::undefined();
  }
  state->yields_result_object = is_delegate;
  state->save(frame, instruction);
  state->set_phase(Phase::kSuspendedYield);
  return leave_frame(vm, value);
}

Value generator_return(Interpreter& vm, Value value) {
  GeneratorState* state = vm.frame->generator;
  if (state->kind() == Kind::kAsyncGenerator) {
    Root<Value> kept(vm.agent, state->owner());
    async_generator_finish(vm.agent, static_cast<AsyncGenerator*>(state->owner()), ResumeMode::kReturn, value);
    return leave_frame(vm, Value::undefined());
  }
  state->set_phase(Phase::kCompleted);
  return leave_frame(vm, value);
}

// --- Async functions -----------------------------------------------------------------------------------

void async_start(Interpreter& vm) {
  Agent& agent = vm.agent;
  Root<Object*> promise(agent, MUST(g_promise_hooks.new_promise(agent)));
  vm.frame->generator = GeneratorState::make(agent.heap(), Kind::kAsyncFunction, *vm.frame, promise);
}

namespace {

template <ResumeMode mode>
Completion<Value> continue_after_await(Agent& agent, const CallInfo& info) {
  auto* state = info.this_value().as<GeneratorState>();
  TRY(resume(*agent.interpreter, state, mode, info[0]));
  return Value::undefined();
}

}  // namespace

// https://tc39.es/ecma262/#await
Completion<Value> await_value(Interpreter& vm, const uint32_t* instruction, Value value) {
  Agent& agent = vm.agent;
  Object* promise = TRY(g_promise_hooks.promise_resolve(agent, value));
  const Frame& frame = *vm.frame;
  GeneratorState* state = frame.generator;
  g_promise_hooks.then(agent, promise, continue_after_await<ResumeMode::kNext>, continue_after_await<ResumeMode::kThrow>,
                       Value::cell(state));
  state->save(frame, instruction);
  const bool gives_promise = state->kind() == Kind::kAsyncFunction && !(frame.flags & Frame::kResumed);
  return leave_frame(vm, gives_promise ? Value(state->owner()) : Value::undefined());
}

Completion<Value> async_return(Interpreter& vm, Value value) {
  GeneratorState* state = vm.frame->generator;
  g_promise_hooks.resolve(vm.agent, state->owner(), value);
  if (vm.agent.is_terminating()) return Thrown{};
  return leave_frame(vm, state->owner());
}

Completion<Value> leave_suspendable_by_throw(Interpreter& vm) {
  Agent& agent = vm.agent;
  GeneratorState* state = vm.frame->generator;
  if (agent.is_terminating()) {
    state->set_phase(Phase::kCompleted);
    return Thrown{};
  }
  switch (state->kind()) {
    case Kind::kGenerator:
      state->set_phase(Phase::kCompleted);
      return Thrown{};
    case Kind::kAsyncFunction: {
      Root<Value> exception(agent, agent.take_exception());
      g_promise_hooks.reject(agent, state->owner(), exception);
      return leave_frame(vm, state->owner());
    }
    case Kind::kAsyncGenerator: {
      Root<Value> exception(agent, agent.take_exception());
      async_generator_finish(agent, static_cast<AsyncGenerator*>(state->owner()), ResumeMode::kThrow, exception);
      return leave_frame(vm, Value::undefined());
    }
  }
  SKEIN_UNREACHABLE();
}

}  // namespace skein
