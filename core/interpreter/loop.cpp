// The dispatch loop.
//
// The handlers (handlers_*.inc) are written once, against the macros below, and stamped out here:
//   run_loop   the narrow forms: computed goto natively, one switch in wasm (where tail calls and
//              indirect branches are slower; see docs). It holds the pc, the registers and the caches in
//              locals, and goes on until the frame that C++ entered is left.
//   step_wide  the wide forms: a switch that executes one instruction.
//
// run_loop is there twice: as it is, and metered, for agents whose instructions are limited. That way those
// without a limit pay nothing, and the others can count every instruction.
//
// Rules for handlers:
//   - Before anything that may throw, allocate or look at the frame, SAVE_PC() (CHECK does it).
//   - A slow path that has changed the innermost frame is followed by RELOAD().
//   - Each ends in NEXT(), JUMP(), RELOAD() or a goto.
#include <cmath>

#include "core/bytecode/instruction.h"
#include "core/interpreter/generator.h"
#include "core/interpreter/slow_paths.h"
#include "core/numeric/conversions.h"
#include "core/numeric/math.h"
#include "core/runtime/array_buffer.h"
#include "core/runtime/elements.h"
#include "core/runtime/errors.h"
#include "core/runtime/function.h"

namespace skein {

using bytecode::Opcode;

#if defined(__GNUC__) && !defined(__EMSCRIPTEN__) && !defined(SKEIN_SWITCH_DISPATCH)
#define SKEIN_COMPUTED_GOTO 1
#else
#define SKEIN_COMPUTED_GOTO 0
#endif

namespace {

// V8 cannot replace a running wasm function by its optimised code: run() is left and entered again
// after this many back-edges and calls.
constexpr uint32_t kBackEdgesPerEntry = 4096;

struct LoopResult {
  static Completion<Value> reload() { return Value::empty(); }
};

// value OP value for the integer forms of mod, with the sign and zero rules of Number::remainder.
inline bool int_remainder(int32_t a, int32_t b, int32_t* result) {
  if (a < 0 || b <= 0) return false;
  *result = a % b;
  return true;
}

inline bool both_int32(Value a, Value b) { return a.is_int32() && b.is_int32(); }
inline bool both_number(Value a, Value b) { return a.is_number() && b.is_number(); }

inline bool truthy(Value value) {
  if (value.is_boolean()) return value.is_true();
  if (value.is_int32()) return value.as_int32() != 0;
  if (value.is_nullish()) return false;
  if (value.is_object()) return !value.as_object()->has_flag(Object::kHtmlDda);
  return to_boolean(value);
}

// === without a look at the heap where the answer is in the bits.
inline bool strictly_equal(Value a, Value b) {
  if (a == b) return !a.is_double() || a.as_double() == a.as_double();
  if (a.is_cell() != b.is_cell()) return false;
  if (a.is_cell()) {
    // Two cells of strings or BigInts may be equal; others are what they are.
    const uint8_t kind = a.as_cell()->kind_byte();
    if (kind != b.as_cell()->kind_byte() || kind > static_cast<uint8_t>(CellKind::kBigInt)) return false;
  } else if (!a.is_double() && !b.is_double()) {
    return false;
  }
  return is_strictly_equal(a, b);
}

inline Object* object_or_null(Value value) { return value.is_object() ? value.as_object() : nullptr; }

inline bool is_live(const CacheEntry& entry, Agent& agent) {
  return (static_cast<int>(entry.kind) & ~kCacheOutOfLine) == 0 || entry.epoch == agent.prototype_epoch();
}

}  // namespace

// --- What handlers are written in ---------------------------------------------------------------------

#define REG(name) registers[OPERAND(name)]
#define SIGNED(name) static_cast<int32_t>(OPERAND(name))
#define ATOM(name) code->atom(OPERAND(name))
#define CACHE(name) caches[OPERAND(name)]
#define SAVE_PC() (frame->pc = pc + kWords)
#define NEXT()    \
  do {            \
    pc += kWords; \
    DISPATCH();   \
  } while (0)
#define JUMP(distance) \
  do {                 \
    pc += (distance);  \
    DISPATCH();        \
  } while (0)
#define RELOAD() goto reload
// At back-edges and calls; see kBackEdgesPerEntry.
#ifdef __EMSCRIPTEN__
#define LEAVE_FOR_TIER_UP()         \
  if (--budget == 0) [[unlikely]] { \
    frame->pc = pc;                 \
    return LoopResult::reload();    \
  }
#else
#define LEAVE_FOR_TIER_UP()
#endif
// The value of a completion; an abrupt one goes to the handlers of the frame.
#define CHECK(expression)                                     \
  ({                                                          \
    SAVE_PC();                                                \
    auto skein_completion = (expression);                     \
    if (skein_completion.is_thrown()) [[unlikely]] goto exception; \
    skein_completion.value();                                 \
  })
// The same for completions that may say, by Value::empty(), that a frame has been pushed or left.
#define CHECK_OR_RELOAD(expression)             \
  ({                                            \
    Value skein_value = CHECK(expression);      \
    if (skein_value.is_empty()) goto reload;    \
    skein_value;                                \
  })
#define CHECK_SHARED(expression)                                   \
  ({                                                               \
    auto skein_completion = (expression);                          \
    if (skein_completion.is_thrown()) [[unlikely]] goto exception; \
    skein_completion.value();                                      \
  })

// --- The narrow forms ------------------------------------------------------------------------------------

#define OPERAND(name) (bytecode::operand<kOpcode, O::name>(pc))
#if SKEIN_COMPUTED_GOTO
#define HANDLER(opcode)                                          \
  L_##opcode : {                                                 \
    [[maybe_unused]] constexpr Opcode kOpcode = Opcode::opcode##_; \
    using O [[maybe_unused]] = bytecode::ops::opcode##_;         \
    [[maybe_unused]] constexpr int kWords = bytecode::info(Opcode::opcode##_).words;
#define DISPATCH()              \
  do {                          \
    METER();                    \
    goto* kLabels[*pc & 0xff];  \
  } while (0)
#else
#define HANDLER(opcode)                                          \
  case Opcode::opcode##_: {                                      \
    [[maybe_unused]] constexpr Opcode kOpcode = Opcode::opcode##_; \
    using O [[maybe_unused]] = bytecode::ops::opcode##_;         \
    [[maybe_unused]] constexpr int kWords = bytecode::info(Opcode::opcode##_).words;
#define DISPATCH()  \
  do {              \
    METER();        \
    goto dispatch;  \
  } while (0)
#endif
#ifdef SKEIN_OPCODE_STATS
#define COUNT_OPCODE() \
  if (vm.opcode_statistics != nullptr) vm.opcode_statistics->count(*pc & 0xff)
#else
#define COUNT_OPCODE() ((void)0)
#endif
#define METER()                                     \
  COUNT_OPCODE();                                   \
  if constexpr (kMetering == Metering::kOn) {       \
    if (--vm.fuel < 0) [[unlikely]] goto out_of_fuel; \
  }
#define END_HANDLER }
#define SKEIN_WIDE 0

namespace {
Completion<Value> step_wide(Interpreter& vm);
}

template <Metering kMetering>
Completion<Value> run_loop(Interpreter& vm) {
  Agent& agent = vm.agent;
  Frame* frame;
  const uint32_t* pc;
  Value* registers;
  Code* code;
  InlineCache* caches;
  // The call under way, for the shared tails.
  Value* window;
  uint32_t argument_count;
  uint32_t result;
#ifdef __EMSCRIPTEN__
  uint32_t budget = kBackEdgesPerEntry;
#endif

#if SKEIN_COMPUTED_GOTO
  static const void* const kLabels[256] = {
#define OPCODE(name, ...) &&L_##name,
#include "core/bytecode/opcodes.def"
#undef OPCODE
  };
#endif

reload:
  frame = vm.frame;
  pc = frame->pc;
  registers = frame->registers;
  code = frame->code;
  caches = code->caches();
#if SKEIN_COMPUTED_GOTO
  DISPATCH();
#else
  METER();  // as every DISPATCH()
dispatch:
  switch (static_cast<Opcode>(*pc & 0xff)) {
#endif

#include "core/interpreter/handlers_values.inc"
#include "core/interpreter/handlers_control.inc"
#include "core/interpreter/handlers_properties.inc"
#include "core/interpreter/handlers_objects.inc"
#include "core/interpreter/handlers_calls.inc"
#include "core/interpreter/handlers_names.inc"
#include "core/interpreter/handlers_iteration.inc"

  HANDLER(wide)
    frame->pc = pc;
    Completion<Value> step = step_wide(vm);
    if (!step.is_thrown() && step.value().is_empty()) RELOAD();
    return step;
  END_HANDLER

#if !SKEIN_COMPUTED_GOTO
    default:
      SKEIN_UNREACHABLE();
  }
#endif

#include "core/interpreter/loop_tails.inc"

[[maybe_unused]] out_of_fuel:
  vm.fuel = 0;
  frame->pc = pc;
  agent.begin_termination(TerminationReason::kInstructionLimit);
  (void)agent.throw_value(Value::null());
  goto exception;
}

#undef OPERAND
#undef HANDLER
#undef DISPATCH
#undef METER
#undef COUNT_OPCODE
#undef SKEIN_WIDE

// --- The wide forms --------------------------------------------------------------------------------------

#define OPERAND(name) (bytecode::wide_operand<O::name>(pc))
#define HANDLER(opcode)                                          \
  case Opcode::opcode##_: {                                      \
    [[maybe_unused]] constexpr Opcode kOpcode = Opcode::opcode##_; \
    using O [[maybe_unused]] = bytecode::ops::opcode##_;         \
    [[maybe_unused]] constexpr int kWords = bytecode::info(Opcode::opcode##_).wide_words();
#define DISPATCH() goto dispatch
#define SKEIN_WIDE 1

namespace {

// Executes the wide instruction at the frame's pc. Value::empty(): go on in the innermost frame; else
// the loop is to be left with this.
Completion<Value> step_wide(Interpreter& vm) {
  Agent& agent = vm.agent;
  Frame* frame = vm.frame;
  const uint32_t* pc = frame->pc;
  Value* registers = frame->registers;
  Code* code = frame->code;
  InlineCache* caches = code->caches();
  Value* window;
  uint32_t argument_count;
  uint32_t result;
#ifdef __EMSCRIPTEN__
  uint32_t budget = kBackEdgesPerEntry;
#endif

  switch (bytecode::prefixed_opcode(*pc)) {
#include "core/interpreter/handlers_values.inc"
#include "core/interpreter/handlers_control.inc"
#include "core/interpreter/handlers_properties.inc"
#include "core/interpreter/handlers_objects.inc"
#include "core/interpreter/handlers_calls.inc"
#include "core/interpreter/handlers_names.inc"
#include "core/interpreter/handlers_iteration.inc"
    default:
      SKEIN_UNREACHABLE();
  }

#include "core/interpreter/loop_tails.inc"

dispatch:
  frame->pc = pc;
reload:
  return LoopResult::reload();
}

}  // namespace

template Completion<Value> run_loop<Metering::kOff>(Interpreter& vm);

Completion<Value> run(Interpreter& vm) {
  for (;;) {
    // Each callback passes here; in wasm a call through a table costs more than this comparison.
    constexpr auto kPlain = run_loop<Metering::kOff>;
    Completion<Value> result = vm.loop == kPlain ? kPlain(vm) : vm.loop(vm);
    if (result.is_thrown() || !result.value().is_empty()) return result;
  }
}

void limit_instructions(Agent& agent, int64_t instructions) {
  agent.interpreter->loop = run_loop<Metering::kOn>;  // named here alone: programs without limits do not link it
  agent.interpreter->fuel = instructions;
}

}  // namespace skein
