// https://tc39.es/ecma262/#sec-promise-objects
#pragma once

#include "core/runtime/operations.h"

namespace skein {

// What is to happen when a promise is settled: PromiseReaction records of both types in one, since
// they always come in pairs.
// https://tc39.es/ecma262/#sec-promisereaction-records
class PromiseReaction final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kPromiseReaction;
  static constexpr const char* kKindName = "PromiseReaction";
  PromiseReaction() : gc::Cell(static_cast<uint8_t>(kKind)) {}

  gc::Member<PromiseReaction> next;
  // [[Capability]]: undefined, or a promise with its functions. For promises of the engine's own making
  // the functions are undefined, and the promise is settled directly.
  ValueSlot promise;
  ValueSlot resolve;
  ValueSlot reject;
  // [[Handler]] of the two types: a function, or undefined to pass the value or reason on.
  ValueSlot on_fulfilled;
  ValueSlot on_rejected;
  // Reactions of the engine itself: native functions that get `context` as `this`.
  NativeFunctionPointer native_fulfilled = nullptr;
  NativeFunctionPointer native_rejected = nullptr;
  ValueSlot context;

  size_t cell_size() const { return sizeof(PromiseReaction); }
  void trace(gc::Visitor& visitor);
};

class Promise final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kPromise;
  static constexpr const char* kKindName = "Promise";
  enum class State : uint8_t { kPending, kFulfilled, kRejected };
  explicit Promise(Shape* shape) : Object(shape, kKind) {}

  State state() const { return state_; }         // [[PromiseState]]
  Value result() const { return result_; }       // [[PromiseResult]]
  bool is_handled() const { return is_handled_; }  // [[PromiseIsHandled]]
  void set_handled() { is_handled_ = true; }
  // The newest first.
  PromiseReaction* reactions() const { return reactions_; }
  void add_reaction(PromiseReaction* reaction);
  // Returns the reactions, oldest first. REQUIRES: pending
  PromiseReaction* settle(State state, Value result);

  size_t cell_size() const { return sizeof(Promise); }
  void trace(gc::Visitor& visitor);

 private:
  ValueSlot result_;
  gc::Member<PromiseReaction> reactions_;
  State state_ = State::kPending;
  bool is_handled_ = false;
};

// https://tc39.es/ecma262/#sec-promisecapability-records
struct PromiseCapability {
  explicit PromiseCapability(Agent& agent) : promise(agent), resolve(agent), reject(agent) {}
  Root<Value> promise;
  Root<Value> resolve;
  Root<Value> reject;
};

Promise* new_promise(Agent& agent);  // pending, of %Promise%
// https://tc39.es/ecma262/#sec-newpromisecapability
Completion<void> new_promise_capability(Agent& agent, Value constructor, PromiseCapability& capability);
// https://tc39.es/ecma262/#sec-promise-resolve
Completion<Object*> promise_resolve(Agent& agent, Object* constructor, Value value);
// What the promise's own resolving functions do: https://tc39.es/ecma262/#sec-promise-resolve-functions
void resolve_promise(Agent& agent, Promise* promise, Value resolution);
void reject_promise(Agent& agent, Promise* promise, Value reason);
// https://tc39.es/ecma262/#sec-performpromisethen
void perform_promise_then(Agent& agent, Promise* promise, PromiseReaction* reaction);

// The static methods that combine promises: promise_combinators.cpp.
Completion<Value> promise_all(Agent& agent, const CallInfo& info);
Completion<Value> promise_all_keyed(Agent& agent, const CallInfo& info);
Completion<Value> promise_all_settled_keyed(Agent& agent, const CallInfo& info);
Completion<Value> promise_all_settled(Agent& agent, const CallInfo& info);
Completion<Value> promise_any(Agent& agent, const CallInfo& info);
Completion<Value> promise_race(Agent& agent, const CallInfo& info);

// If `function` is an element function of a combinator: the function that resolves (of any: rejects) the
// combinator's promise; "Promise.all (index 1)" goes to `passed`. Else empty.
Value combinator_resolve(Agent& agent, NativeFunction* function, std::vector<std::string>& passed);

// IfAbruptRejectPromise: when `completion` is a throw, rejects the capability and returns its promise
// from the calling function.
Completion<Value> reject_with_exception(Agent& agent, PromiseCapability& capability);

}  // namespace skein
