// Interpreter: what an agent needs to run bytecode – the frames, and the caches that functions share.
#pragma once

#include <cstdlib>
#include <memory>
#include <vector>

#include "core/interpreter/frame.h"
#include "core/interpreter/inline_cache.h"
#include "core/interpreter/opcode_statistics.h"
#include "core/runtime/agent.h"

namespace skein {

class Closure;

class Interpreter {
 public:
  explicit Interpreter(Agent& agent);

  Agent& agent;
  Frame* frame;        // the innermost
  Frame* frame_limit;  // the last that may be used
  // From here on – frames or registers – tail calls replace their frame.
  Frame* kept_frames;
  Value* kept_stack;
  Value* stack_limit;  // the agent's
  // Raised when a global lexical binding appears: it may hide a property of the global object.
  uint32_t global_lexical_epoch = 1;
  // The loop that run() enters. Of the metered one every instruction takes one of the fuel; when there is
  // none, the script is terminated.
  Completion<Value> (*loop)(Interpreter&);
  int64_t fuel = 0;
  MegamorphicCache megamorphic_gets;
  MegamorphicCache megamorphic_puts;
  Shape* arguments_shapes[2] = {};  // of arguments objects, unmapped and mapped, of the last realm that made one
  // Where the methods lie that an iteration of an array looks up, while the two prototypes have these shapes.
  struct {
    Realm* realm = nullptr;  // null: nothing is known
    Object *array_prototype, *iterator_prototype;
    Shape *array_prototype_shape, *iterator_prototype_shape;
    uint32_t iterator_slot, next_slot;
  } array_iteration;

#ifdef SKEIN_OPCODE_STATS
  std::unique_ptr<OpcodeStatistics> opcode_statistics;  // null: nobody asks
#endif

  // Where a value that is no Error was thrown last (note_thrown); the value only to be compared with.
  struct {
    Ref<const bytecode::Executable> executable;
    uint32_t offset = 0;
    Value value;
  } thrown;

  // frames()[0] belongs to nobody.
  Frame* frames() { return frames_.get(); }
  // A frame for a native function, so that stack traces show it: its callee and `this` are the window's first
  // two. False when the stack is full.
  bool push_native_frame(Object* callee, Value* window) {
    if (frame == frame_limit) [[unlikely]] return false;
    Frame* native = frame + 1;
    native->code = nullptr;
    native->registers = window;
    native->top = agent.stack_top;
    native->new_target = callee;
    native->environment = nullptr;
    native->generator = nullptr;
    native->flags = 0;
    frame = native;
    return true;
  }
  void pop_native_frame() { --frame; }

  void trace(gc::Visitor& visitor);

 private:
  struct FreeFrames {
    size_t bytes;
    void operator()(Frame* memory) const;
  };
  std::unique_ptr<Frame[], FreeFrames> frames_;
};

// Whether Agent::poll has something to do.
inline bool poll_wanted(Agent& agent) {
#ifdef SKEIN_GC_STRESS
  return true;
#else
  return agent.interrupt_pending();
#endif
}

// Runs from the innermost frame, which has kEntry, until it is left; its result.
// REQUIRES: the caller has checked the native stack.
Completion<Value> run(Interpreter& interpreter);

// Whether each instruction takes one of the fuel.
enum class Metering : uint8_t { kOff, kOn };

// Runs until the frame that run() entered is left; Value::empty(): left only to be entered again.
template <Metering kMetering>
Completion<Value> run_loop(Interpreter& interpreter);
extern template Completion<Value> run_loop<Metering::kOff>(Interpreter& interpreter);

// "Maximum call stack size exceeded".
Thrown throw_stack_overflow(Agent& agent);

}  // namespace skein
