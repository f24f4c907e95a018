// https://tc39.es/ecma262/#sec-atomics-object
#include <cmath>

#include "core/builtins/array_buffer_objects.h"
#include "core/builtins/builtins.h"
#include "core/numeric/conversions.h"
#include "core/runtime/builtin_spec.h"
#include "core/runtime/root.h"
#include "core/threading/shared_access.h"
#include "core/threading/waiter_lists.h"
#include "platform/clock.h"

namespace skein {
namespace {

using threading::SharedAccess;
using threading::WaitResult;

std::string title(Agent& agent, const CallInfo& info) { return builtin_title(agent, info, "Atomics"); }

// https://tc39.es/ecma262/#sec-validateintegertypedarray
Completion<TypedArray*> validate_integer_array(Agent& agent, const CallInfo& info, bool waitable, Access access = Access::kRead) {
  const Value value = info[0];
  const char* wanted = waitable ? " is not an Int32Array or BigInt64Array" : " is not an integer typed array";
  if (!value.is_kind(CellKind::kTypedArray)) return throw_type_error(agent, {title(agent, info), ": ", to_display_string(agent, value), wanted});
  TypedArray* array = TRY(validate_typed_array(agent, value, title(agent, info), access));
  ElementType type = array->element_type();
  bool fits = waitable ? type == ElementType::kInt32 || type == ElementType::kBigInt64
                       : type != ElementType::kUint8Clamped && type != ElementType::kFloat16 && type != ElementType::kFloat32 && type != ElementType::kFloat64;
  if (!fits) return throw_type_error(agent, {title(agent, info), ": ", to_display_string(agent, value), wanted});
  return array;
}

constexpr std::string_view kInvalidIndex = "Invalid atomic access index: ";

// https://tc39.es/ecma262/#sec-validateatomicaccess: the element's index.
Completion<size_t> validate_access(Agent& agent, TypedArray* array, Value request) {
  size_t length = array->length();
  double index = TRY(to_index(agent, request, kInvalidIndex));
  if (index >= static_cast<double>(length)) return throw_range_error(agent, {kInvalidIndex, std::to_string(static_cast<uint64_t>(index))});
  return static_cast<size_t>(index);
}

// https://tc39.es/ecma262/#sec-revalidateatomicaccess: conversions may have changed the buffer.
Completion<void> revalidate(Agent& agent, const CallInfo& info, TypedArray* array, size_t index) {
  if (array->is_out_of_bounds()) return throw_detached(agent, title(agent, info));
  if (index >= array->length()) return throw_range_error(agent, {kInvalidIndex, std::to_string(static_cast<uint64_t>(index))});
  return {};
}

Completion<Value> to_operand(Agent& agent, TypedArray* array, Value value) {
  if (is_bigint_type(array->element_type())) return Value(TRY(to_bigint(agent, value)));
  return Value::number(TRY(to_integer_or_infinity(agent, value)));
}

// The operand's bits modulo 2^64.
uint64_t bits_of(Value numeric) {
  return numeric.is_bigint() ? bigint_to_uint64(numeric.as_bigint()) : static_cast<uint64_t>(static_cast<int64_t>(numeric::to_int32(numeric.as_number())));
}

Value to_value(Agent& agent, int8_t v) { (void)agent; return Value::int32(v); }
Value to_value(Agent& agent, uint8_t v) { (void)agent; return Value::int32(v); }
Value to_value(Agent& agent, int16_t v) { (void)agent; return Value::int32(v); }
Value to_value(Agent& agent, uint16_t v) { (void)agent; return Value::int32(v); }
Value to_value(Agent& agent, int32_t v) { (void)agent; return Value::int32(v); }
Value to_value(Agent& agent, uint32_t v) { (void)agent; return Value::number(v); }
Value to_value(Agent& agent, int64_t v) { return bigint_from_int64(agent, v); }
Value to_value(Agent& agent, uint64_t v) { return bigint_from_uint64(agent, v); }

// Calls `operation(T*)` with the element's type and address.
template <typename F>
Value dispatch(Agent& agent, TypedArray* array, size_t index, F&& operation) {
  uint8_t* base = array->data();
  auto at = [&](auto zero) { return to_value(agent, operation(reinterpret_cast<decltype(zero)*>(base) + index)); };
  switch (array->element_type()) {
    case ElementType::kInt8: return at(int8_t{});
    case ElementType::kUint8: return at(uint8_t{});
    case ElementType::kInt16: return at(int16_t{});
    case ElementType::kUint16: return at(uint16_t{});
    case ElementType::kInt32: return at(int32_t{});
    case ElementType::kUint32: return at(uint32_t{});
    case ElementType::kBigInt64: return at(int64_t{});
    case ElementType::kBigUint64: return at(uint64_t{});
    default: SKEIN_UNREACHABLE();
  }
}

// https://tc39.es/ecma262/#sec-atomicreadmodifywrite. Unshared memory takes the same path: nobody else
// sees it, and the instructions are the same.
template <typename F>
Completion<Value> read_modify_write(Agent& agent, const CallInfo& info, F&& operation) {
  TypedArray* array = TRY(validate_integer_array(agent, info, false, Access::kWrite));
  size_t index = TRY(validate_access(agent, array, info[1]));
  Value operand = TRY(to_operand(agent, array, info[2]));
  TRY(revalidate(agent, info, array, index));
  uint64_t bits = bits_of(operand);
  return dispatch(agent, array, index, [&](auto* address) {
    using T = std::remove_reference_t<decltype(*address)>;
    return operation(address, static_cast<T>(bits));
  });
}

Completion<Value> atomics_add(Agent& agent, const CallInfo& info) {
  return read_modify_write(agent, info, [](auto* address, auto operand) { return SharedAccess::add(address, operand); });
}
Completion<Value> atomics_sub(Agent& agent, const CallInfo& info) {
  return read_modify_write(agent, info, [](auto* address, auto operand) { return SharedAccess::sub(address, operand); });
}
Completion<Value> atomics_and(Agent& agent, const CallInfo& info) {
  return read_modify_write(agent, info, [](auto* address, auto operand) { return SharedAccess::and_(address, operand); });
}
Completion<Value> atomics_or(Agent& agent, const CallInfo& info) {
  return read_modify_write(agent, info, [](auto* address, auto operand) { return SharedAccess::or_(address, operand); });
}
Completion<Value> atomics_xor(Agent& agent, const CallInfo& info) {
  return read_modify_write(agent, info, [](auto* address, auto operand) { return SharedAccess::xor_(address, operand); });
}
Completion<Value> atomics_exchange(Agent& agent, const CallInfo& info) {
  return read_modify_write(agent, info, [](auto* address, auto operand) { return SharedAccess::exchange(address, operand); });
}

// https://tc39.es/ecma262/#sec-atomics.compareexchange
Completion<Value> atomics_compare_exchange(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validate_integer_array(agent, info, false, Access::kWrite));
  size_t index = TRY(validate_access(agent, array, info[1]));
  Root<Value> expected(agent, TRY(to_operand(agent, array, info[2])));
  Value replacement = TRY(to_operand(agent, array, info[3]));
  TRY(revalidate(agent, info, array, index));
  uint64_t expected_bits = bits_of(expected), replacement_bits = bits_of(replacement);
  return dispatch(agent, array, index, [&](auto* address) {
    using T = std::remove_reference_t<decltype(*address)>;
    return SharedAccess::compare_exchange(address, static_cast<T>(expected_bits), static_cast<T>(replacement_bits));
  });
}

// https://tc39.es/ecma262/#sec-atomics.load
Completion<Value> atomics_load(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validate_integer_array(agent, info, false));
  size_t index = TRY(validate_access(agent, array, info[1]));
  TRY(revalidate(agent, info, array, index));
  return dispatch(agent, array, index, [](auto* address) {
    return SharedAccess::load<std::remove_reference_t<decltype(*address)>>(address);
  });
}

// https://tc39.es/ecma262/#sec-atomics.store
Completion<Value> atomics_store(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validate_integer_array(agent, info, false, Access::kWrite));
  size_t index = TRY(validate_access(agent, array, info[1]));
  Value operand = TRY(to_operand(agent, array, info[2]));
  TRY(revalidate(agent, info, array, index));
  uint64_t bits = bits_of(operand);
  dispatch(agent, array, index, [&](auto* address) {
    using T = std::remove_reference_t<decltype(*address)>;
    SharedAccess::store(address, static_cast<T>(bits));
    return T{};
  });
  return operand;
}

// https://tc39.es/ecma262/#sec-atomics.islockfree
Completion<Value> atomics_is_lock_free(Agent& agent, const CallInfo& info) {
  double size = TRY(to_integer_or_infinity(agent, info[0]));
  return Value::boolean(size >= 1 && size <= 8 && SharedAccess::is_lock_free(static_cast<size_t>(size)));
}

// https://tc39.es/ecma262/#sec-atomics.pause
Completion<Value> atomics_pause(Agent& agent, const CallInfo& info) {
  if (!info[0].is_undefined() && !is_integral_number(info[0])) return throw_type_error(agent, "Atomics.pause: the iteration number must be an integral number");
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
  return Value::undefined();
}

// --- Waiting: https://tc39.es/ecma262/#sec-dowait ---

String* wait_result_text(Agent& agent, WaitResult result) {
  const Names& names = agent.names();
  return result == WaitResult::kNotEqual ? names.not_equal : result == WaitResult::kTimedOut ? names.timed_out : names.ok;
}

struct WaitArguments {
  TypedArray* array;
  size_t index;
  int64_t expected;
  double timeout_ms;
};

Completion<WaitArguments> wait_arguments(Agent& agent, const CallInfo& info) {
  WaitArguments arguments{};
  arguments.array = TRY(validate_integer_array(agent, info, true));
  if (!arguments.array->buffer()->is_shared()) return throw_type_error(agent, {title(agent, info), ": ", to_display_string(agent, info[0]), " is not a view of a SharedArrayBuffer"});
  arguments.index = TRY(validate_access(agent, arguments.array, info[1]));
  if (arguments.array->element_type() == ElementType::kInt32) arguments.expected = TRY(to_int32(agent, info[2]));
  else arguments.expected = bigint_to_int64(TRY(to_bigint(agent, info[2])));
  double timeout = TRY(to_number(agent, info[3]));
  arguments.timeout_ms = std::isnan(timeout) ? INFINITY : std::max(timeout, 0.0);
  return arguments;
}

// Interrupts that do not end the agent are served, and the wait goes on.
bool keep_waiting(void* context) {
  Agent& agent = *static_cast<Agent*>(context);
  return !agent.poll().is_thrown();
}

// https://tc39.es/ecma262/#sec-atomics.wait
Completion<Value> atomics_wait(Agent& agent, const CallInfo& info) {
  WaitArguments arguments = TRY(wait_arguments(agent, info));
  if (!agent.can_block()) return throw_type_error(agent, "Atomics.wait cannot be called in this context");
  Ref<threading::SharedBlock> block = arguments.array->buffer()->block();
  const size_t byte_index = arguments.array->byte_offset_slot() + arguments.index * element_size(arguments.array->element_type());
  const bool narrow = arguments.array->element_type() == ElementType::kInt32;
  platform::Deadline deadline = std::isinf(arguments.timeout_ms) ? platform::Deadline::never() : platform::Deadline::after_ms(arguments.timeout_ms);
  threading::WaiterLists& lists = threading::WaiterLists::process();
  threading::WaitInterruptHandler handler{keep_waiting, &agent};
  WaitResult result = narrow ? lists.wait(*block, byte_index, static_cast<int32_t>(arguments.expected), deadline, *agent.waker(), handler)
                             : lists.wait(*block, byte_index, arguments.expected, deadline, *agent.waker(), handler);
  if (result == WaitResult::kInterrupted) return Thrown{};  // keep_waiting has left the reason with the agent
  if (result == WaitResult::kRefused) return throw_type_error(agent, "Atomics.wait cannot be called on this thread");
  return Value(wait_result_text(agent, result));
}

// https://tc39.es/ecma262/#sec-atomics.notify
Completion<Value> atomics_notify(Agent& agent, const CallInfo& info) {
  TypedArray* array = TRY(validate_integer_array(agent, info, true));
  size_t index = TRY(validate_access(agent, array, info[1]));
  double count = INFINITY;
  if (!info[2].is_undefined()) count = std::max(TRY(to_integer_or_infinity(agent, info[2])), 0.0);
  if (!array->buffer()->is_shared()) return Value::int32(0);
  size_t byte_index = array->byte_offset_slot() + index * element_size(array->element_type());
  size_t woken = threading::WaiterLists::process().notify(*array->buffer()->block(), byte_index,
                                                          count >= 4294967295.0 ? SIZE_MAX : static_cast<size_t>(count));
  return Value::number(static_cast<double>(woken));
}

// The promise of a waitAsync that is under way; settled by a task of the agent's event queue.
class PromiseWaiter final : public threading::AsyncWaiter, public PersistentRoot {
 public:
  PromiseWaiter(Agent& agent, Object* promise) : PersistentRoot(agent), promise_(promise) {}
  void trace(gc::Visitor& visitor) override { visitor.visit(promise_); }

 protected:
  void settled(Agent& agent, WaitResult result) override {
    Root<Object*> promise(agent, promise_);
    g_promise_hooks.resolve(agent, promise, wait_result_text(agent, result));
  }

 private:
  Object* promise_;
};

// https://tc39.es/ecma262/#sec-atomics.waitasync
Completion<Value> atomics_wait_async(Agent& agent, const CallInfo& info) {
  WaitArguments arguments = TRY(wait_arguments(agent, info));
  if (agent.async_waiters == nullptr) return throw_type_error(agent, "Atomics.waitAsync needs an event loop");
  Root<Object*> promise(agent, TRY(g_promise_hooks.new_promise(agent)));
  Ref<threading::SharedBlock> block = arguments.array->buffer()->block();
  const size_t byte_index = arguments.array->byte_offset_slot() + arguments.index * element_size(arguments.array->element_type());
  platform::Deadline deadline = std::isinf(arguments.timeout_ms) ? platform::Deadline::never() : platform::Deadline::after_ms(arguments.timeout_ms);
  threading::WaiterLists& lists = threading::WaiterLists::process();
  std::unique_ptr<threading::AsyncWaiter> waiter = std::make_unique<PromiseWaiter>(agent, promise);
  WaitResult result = arguments.array->element_type() == ElementType::kInt32
                          ? lists.wait_async(*block, byte_index, static_cast<int32_t>(arguments.expected), deadline, *agent.async_waiters, std::move(waiter))
                          : lists.wait_async(*block, byte_index, arguments.expected, deadline, *agent.async_waiters, std::move(waiter));
  Object* answer = make_object(agent);
  const bool is_async = result == WaitResult::kOk;
  define_value(agent, answer, "async", Value::boolean(is_async), kDefaultAttributes);
  define_value(agent, answer, "value", is_async ? Value(promise.get()) : Value(wait_result_text(agent, result)), kDefaultAttributes);
  return Value(answer);
}

constexpr PropertySpec kAtomics[] = {
    PropertySpec::function("add", atomics_add, 3),
    PropertySpec::function("and", atomics_and, 3),
    PropertySpec::function("compareExchange", atomics_compare_exchange, 4),
    PropertySpec::function("exchange", atomics_exchange, 3),
    PropertySpec::function("isLockFree", atomics_is_lock_free, 1),
    PropertySpec::function("load", atomics_load, 2),
    PropertySpec::function("notify", atomics_notify, 3),
    PropertySpec::function("or", atomics_or, 3),
    PropertySpec::function("pause", atomics_pause, 0),
    PropertySpec::function("store", atomics_store, 3),
    PropertySpec::function("sub", atomics_sub, 3),
    PropertySpec::function("wait", atomics_wait, 4),
    PropertySpec::function("waitAsync", atomics_wait_async, 4),
    PropertySpec::function("xor", atomics_xor, 3),
    PropertySpec::tag("Atomics"),
};

}  // namespace

void initialize_atomics(Agent& agent, Realm& realm) { define_namespace(agent, realm, "Atomics", Intrinsic::kAtomics, kAtomics); }

}  // namespace skein
