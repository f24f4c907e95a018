// Suspended frames, and the objects that own them.
//
// https://tc39.es/ecma262/#sec-generator-objects, #sec-asyncgenerator-objects, #sec-async-function-definitions
#pragma once

#include "core/interpreter/code.h"
#include "core/interpreter/environment.h"
#include "core/runtime/object.h"
#include "core/runtime/realm.h"

namespace skein {

class Interpreter;
struct Frame;

// How a suspended frame is continued; the numbers are those of yield_delegate and of the hooks.
enum class ResumeMode : uint8_t { kNext = 0, kThrow = 1, kReturn = 2 };

// A frame moved to the heap: its registers behind the cell.
class GeneratorState final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kGeneratorState;
  static constexpr const char* kKindName = "GeneratorState";

  enum class Kind : uint8_t { kGenerator, kAsyncFunction, kAsyncGenerator };
  // The specification's [[GeneratorState]] / [[AsyncGeneratorState]].
  enum class Phase : uint8_t { kSuspendedStart, kSuspendedYield, kExecuting, kDrainingQueue, kCompleted };

  GeneratorState(Kind kind, Code* code, Environment* environment, Value new_target, Object* owner);
  static GeneratorState* make(gc::Heap& heap, Kind kind, const Frame& frame, Object* owner);

  Kind kind() const { return static_cast<Kind>(flags_); }
  Phase phase() const { return static_cast<Phase>(aux_); }
  void set_phase(Phase phase) { aux_ = static_cast<uint8_t>(phase); }
  Code* code() const { return code_; }
  // The generator object, or the promise of an async function.
  Object* owner() const { return owner_; }
  // The promise that what it computes next settles; null when there is none.
  Object* awaited_promise() const;
  // REQUIRES: suspended
  Value saved_register(uint32_t index) const { return reinterpret_cast<const Value*>(this + 1)[index]; }
  // The instruction at which it is suspended.
  const uint32_t* suspended_at() const { return suspended_at_; }
  // yield_delegate in a sync generator: what it yields is the result object itself.
  bool yields_result_object = false;

  // Copies the registers of the innermost frame, suspended at `instruction`, in.
  void save(const Frame& frame, const uint32_t* instruction);
  // Makes a frame of it again on top of the stack (without pc). False when the stack is full.
  [[nodiscard]] bool restore(Interpreter& interpreter, uint32_t flags);
  // Frees what a frame that will not run again holds.
  void drop_registers();

  size_t cell_size() const { return sizeof(GeneratorState) + word_ * sizeof(Value); }
  void trace(gc::Visitor& visitor);

 private:
  Value* registers() { return reinterpret_cast<Value*>(this + 1); }

  gc::Member<Code> code_;
  gc::Member<Environment> environment_;
  gc::Member<Object> owner_;
  ValueSlot new_target_;
  const uint32_t* suspended_at_ = nullptr;
  uint32_t live_registers_ = 0;
};

class Generator final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kGenerator;
  static constexpr const char* kKindName = "Generator";
  explicit Generator(Shape* shape) : Object(shape, kKind) {}
  gc::Member<GeneratorState> state;
  size_t cell_size() const { return sizeof(Generator); }
  void trace(gc::Visitor& visitor);
};

class AsyncGenerator final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kAsyncGenerator;
  static constexpr const char* kKindName = "AsyncGenerator";
  explicit AsyncGenerator(Shape* shape) : Object(shape, kKind) {}
  gc::Member<GeneratorState> state;

  // [[AsyncGeneratorQueue]]: triples of mode (int32), value, promise.
  struct Request {
    ResumeMode mode;
    Value value;
    Object* promise;
  };
  bool has_requests() const { return first_ < count_; }
  Request first_request() const;
  void push_request(Agent& agent, const Request& request);
  void pop_request();

  size_t cell_size() const { return sizeof(AsyncGenerator); }
  void trace(gc::Visitor& visitor);

 private:
  static constexpr uint32_t kFields = 3;
  gc::Member<ValueArray> queue_;
  uint32_t first_ = 0;  // in requests
  uint32_t count_ = 0;
};

// Continues a suspended frame. The value: what it yields, awaits on or returns; the phase tells.
Completion<Value> resume(Interpreter& interpreter, GeneratorState* state, ResumeMode mode, Value value);

// %GeneratorPrototype%.next() for callers that need no result object. Empty: done.
Completion<Value> generator_step(Interpreter& interpreter, Generator* generator);

// The hooks behind %GeneratorPrototype% and %AsyncGeneratorPrototype%: mode is a ResumeMode.
Completion<Value> generator_resume(Agent& agent, Object* generator, int mode, Value value);
Completion<Value> async_generator_resume(Agent& agent, Object* generator, int mode, Value value);

// Of an async generator's body, in async_generator.cpp.
// https://tc39.es/ecma262/#sec-asyncgeneratoryield after its first await; true: there is a next request, which goes on at once.
bool async_generator_yield(Agent& agent, AsyncGenerator* generator, Value value);
// https://tc39.es/ecma262/#sec-asyncgeneratorstart, steps 4.h to 4.l
void async_generator_finish(Agent& agent, AsyncGenerator* generator, ResumeMode mode, Value value);

}  // namespace skein
