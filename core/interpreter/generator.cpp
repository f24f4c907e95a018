#include "core/interpreter/generator.h"

#include <cstring>

#include "core/interpreter/interpreter_state.h"

namespace skein {

GeneratorState::GeneratorState(Kind kind, Code* code, Environment* environment, Value new_target, Object* owner)
    : gc::Cell(static_cast<uint8_t>(kKind), code->register_count(), static_cast<uint8_t>(kind)),
      code_(code),
      environment_(environment),
      owner_(owner),
      new_target_(new_target) {
  set_phase(Phase::kExecuting);
}

GeneratorState* GeneratorState::make(gc::Heap& heap, Kind kind, const Frame& frame, Object* owner) {
  return heap.make_with_extra<GeneratorState>(frame.code->register_count() * sizeof(Value), kind, frame.code,
                                              frame.environment, frame.new_target, owner);
}

void GeneratorState::save(const Frame& frame, const uint32_t* instruction) {
  suspended_at_ = instruction;
  live_registers_ = word_;
  std::memcpy(static_cast<void*>(registers()), frame.registers, live_registers_ * sizeof(Value));
  write_barrier();
}

bool GeneratorState::restore(Interpreter& interpreter, uint32_t flags) {
  Agent& agent = interpreter.agent;
  Value* base = agent.stack_top;
  if (interpreter.frame == interpreter.frame_limit || base + word_ > interpreter.stack_limit) return false;
  std::memcpy(static_cast<void*>(base), registers(), word_ * sizeof(Value));
  live_registers_ = 0;
  Frame* frame = ++interpreter.frame;
  frame->pc = suspended_at_;
  frame->registers = base;
  frame->code = code_;
  frame->environment = environment_;
  frame->new_target = new_target_;
  frame->generator = this;
  frame->top = agent.stack_top = base + word_;
  frame->argument_count = 0;
  frame->result = 0;
  frame->flags = flags | Frame::kResumed;
  if (code_->realm() != agent.realm()) agent.set_realm(code_->realm());
  return true;
}

Object* GeneratorState::awaited_promise() const {
  if (kind() == Kind::kAsyncFunction) return owner_;
  if (kind() == Kind::kGenerator) return nullptr;
  auto* generator = static_cast<AsyncGenerator*>(owner_.get());
  return generator->has_requests() ? generator->first_request().promise : nullptr;
}

void GeneratorState::drop_registers() { live_registers_ = 0; }

void GeneratorState::trace(gc::Visitor& visitor) {
  visitor.visit(code_);
  visitor.visit(environment_);
  visitor.visit(owner_);
  visit_value(visitor, new_target_);
  for (uint32_t i = 0; i < live_registers_; ++i) visit_value(visitor, registers()[i]);
}

void Generator::trace(gc::Visitor& visitor) {
  trace_properties(visitor);
  visitor.visit(state);
}

void AsyncGenerator::trace(gc::Visitor& visitor) {
  trace_properties(visitor);
  visitor.visit(state);
  visitor.visit(queue_);
}

AsyncGenerator::Request AsyncGenerator::first_request() const {
  const uint32_t at = first_ * kFields;
  return {static_cast<ResumeMode>(queue_->get(at).as_int32()), queue_->get(at + 1), queue_->get(at + 2).as_object()};
}

void AsyncGenerator::push_request(Agent& agent, const Request& request) {
  const uint32_t capacity = queue_.get() == nullptr ? 0 : queue_->capacity() / kFields;
  if (count_ == capacity) {
    const uint32_t live = count_ - first_;
    ValueArray* queue = ValueArray::make(agent.heap(), (live + 1) * 2 * kFields);
    for (uint32_t i = 0; i < live * kFields; ++i) queue->set(i, queue_->get(first_ * kFields + i));
    queue_.set(this, queue);
    first_ = 0;
    count_ = live;
  }
  const uint32_t at = count_++ * kFields;
  queue_->set(at, Value::int32(static_cast<int32_t>(request.mode)));
  queue_->set(at + 1, request.value);
  queue_->set(at + 2, request.promise);
}

void AsyncGenerator::pop_request() {
  const uint32_t at = first_++ * kFields;
  queue_->set(at + 1, Value::undefined());
  queue_->set(at + 2, Value::undefined());
}

}  // namespace skein
