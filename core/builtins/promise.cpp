// https://tc39.es/ecma262/#sec-promise-objects
#include "core/builtins/promise.h"

#include "core/builtins/builtins.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"

namespace skein {

void PromiseReaction::trace(gc::Visitor& visitor) {
  visitor.visit(next);
  for (const ValueSlot* slot : {&promise, &resolve, &reject, &on_fulfilled, &on_rejected, &context}) visit_value(visitor, *slot);
}

void Promise::trace(gc::Visitor& visitor) {
  trace_properties(visitor);
  visit_value(visitor, result_);
  visitor.visit(reactions_);
}

void Promise::add_reaction(PromiseReaction* reaction) {
  reaction->next.set(reaction, reactions_);
  reactions_.set(this, reaction);
}

PromiseReaction* Promise::settle(State state, Value result) {
  SKEIN_DCHECK(state_ == State::kPending);
  PromiseReaction* oldest = nullptr;
  for (PromiseReaction* reaction = reactions_; reaction != nullptr;) {
    PromiseReaction* next = reaction->next;
    reaction->next.set(reaction, oldest);
    oldest = reaction;
    reaction = next;
  }
  reactions_.set(this, nullptr);
  result_.set(this, result);
  state_ = state;
  return oldest;
}

namespace {

// --- Jobs -------------------------------------------------------------------------------------------------

// Settles what a reaction's [[Capability]] names.
Completion<Value> settle_capability(Agent& agent, PromiseReaction* reaction, bool fulfil, Value value) {
  Value promise = reaction->promise;
  if (promise.is_undefined()) return Value::undefined();
  Value function = fulfil ? reaction->resolve : reaction->reject;
  if (!function.is_undefined()) return call(agent, function, Value::undefined(), {value});
  if (fulfil) resolve_promise(agent, promise.as<Promise>(), value);
  else reject_promise(agent, promise.as<Promise>(), value);
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-newpromisereactionjob
// data: reaction, argument, whether the promise was fulfilled
Completion<Value> run_reaction_job(Agent& agent, const Value* data) {
  Root<PromiseReaction*> reaction(agent, static_cast<PromiseReaction*>(data[0].as_cell()));
  const Value argument = data[1];  // rooted by the job
  const bool fulfilled = data[2].is_true();
  if (NativeFunctionPointer native = fulfilled ? reaction->native_fulfilled : reaction->native_rejected)
    return native(agent, CallInfo(nullptr, reaction->context, &data[1], 1, Value::undefined()));
  Value handler = fulfilled ? reaction->on_fulfilled : reaction->on_rejected;
  if (handler.is_undefined()) return settle_capability(agent, reaction, fulfilled, argument);
  auto result = call(agent, handler, Value::undefined(), {argument});
  if (!result.is_thrown()) return settle_capability(agent, reaction, true, result.value());
  if (agent.is_terminating()) return Thrown{};
  if (reaction->promise.get().is_undefined()) return Thrown{};
  Root<Value> reason(agent, agent.take_exception());
  return settle_capability(agent, reaction, false, reason);
}

void enqueue_reaction_job(Agent& agent, PromiseReaction* reaction, Promise::State state, Value argument) {
  Job job{};
  job.run = run_reaction_job;
  job.data[0] = Value::cell(reaction);
  job.data[1] = argument;
  job.data[2] = Value::boolean(state == Promise::State::kFulfilled);
  // The handler's realm is current; for the engine's own reactions any will do.
  Value handler = state == Promise::State::kFulfilled ? reaction->on_fulfilled : reaction->on_rejected;
  job.realm = agent.realm();
  if (handler.is_object()) {
    auto realm = get_function_realm(agent, handler.as_object());
    if (realm.is_thrown()) agent.take_exception();  // a revoked proxy: the current realm
    else job.realm = realm.value();
  }
  agent.enqueue_job(job);
}

void trigger_reactions(Agent& agent, PromiseReaction* reactions, Promise::State state, Value argument) {
  for (PromiseReaction* reaction = reactions; reaction != nullptr; reaction = reaction->next)
    enqueue_reaction_job(agent, reaction, state, argument);
}

void fulfil_promise(Agent& agent, Promise* promise, Value value) {
  trigger_reactions(agent, promise->settle(Promise::State::kFulfilled, value), Promise::State::kFulfilled, value);
}

// --- Resolving functions -------------------------------------------------------------------------------------
// Both functions of a pair share [[AlreadyResolved]]: an array with one boolean in slot 1.

constexpr int kPromiseSlot = 0;
constexpr int kAlreadyResolvedSlot = 1;

bool take_turn(NativeFunction* function) {
  auto* already = function->internal_slot(kAlreadyResolvedSlot).as<ValueArray>();
  if (already->get(0).is_true()) return false;
  already->set(0, Value::boolean(true));
  return true;
}

// https://tc39.es/ecma262/#sec-promise-resolve-functions
Completion<Value> resolve_function(Agent& agent, const CallInfo& info) {
  if (take_turn(info.callee())) resolve_promise(agent, info.callee()->internal_slot(kPromiseSlot).as<Promise>(), info[0]);
  return agent.is_terminating() ? Completion<Value>(Thrown{}) : Value::undefined();
}

// https://tc39.es/ecma262/#sec-promise-reject-functions
Completion<Value> reject_function(Agent& agent, const CallInfo& info) {
  if (take_turn(info.callee())) reject_promise(agent, info.callee()->internal_slot(kPromiseSlot).as<Promise>(), info[0]);
  return Value::undefined();
}

struct ResolvingFunctions {
  NativeFunction* resolve;
  NativeFunction* reject;
};

// https://tc39.es/ecma262/#sec-createresolvingfunctions
ResolvingFunctions create_resolving_functions(Agent& agent, Promise* promise) {
  ValueArray* already = ValueArray::make(agent.heap(), 1, Value::boolean(false));
  ResolvingFunctions functions{make_native_closure(agent, resolve_function, 1), make_native_closure(agent, reject_function, 1)};
  for (NativeFunction* function : {functions.resolve, functions.reject}) {
    function->set_internal_slot(kPromiseSlot, promise);
    function->set_internal_slot(kAlreadyResolvedSlot, Value::cell(already));
  }
  return functions;
}

// https://tc39.es/ecma262/#sec-newpromiseresolvethenablejob
// data: promise, thenable, then
Completion<Value> run_thenable_job(Agent& agent, const Value* data) {
  ResolvingFunctions functions = create_resolving_functions(agent, data[0].as<Promise>());
  Root<Value> reject(agent, functions.reject);
  auto result = call(agent, data[2], data[1], {functions.resolve, functions.reject});
  if (!result.is_thrown()) return result;
  if (agent.is_terminating()) return Thrown{};
  Root<Value> reason(agent, agent.take_exception());
  return call(agent, reject, Value::undefined(), {reason});
}

}  // namespace

void reject_promise(Agent& agent, Promise* promise, Value reason) {
  PromiseReaction* reactions = promise->settle(Promise::State::kRejected, reason);
  if (!promise->is_handled() && agent.host().promise_rejection_tracker != nullptr)
    agent.host().promise_rejection_tracker(agent, promise, PromiseRejectionOperation::kReject);
  trigger_reactions(agent, reactions, Promise::State::kRejected, reason);
}

void resolve_promise(Agent& agent, Promise* promise, Value resolution) {
  // 7.
  if (resolution == Value(promise)) {
    Root<Promise*> kept(agent, promise);
    reject_promise(agent, kept, make_error(agent, ErrorType::kTypeError, "Chaining cycle detected for promise #<Promise>"));
    return;
  }
  // 8.
  if (!resolution.is_object()) return fulfil_promise(agent, promise, resolution);
  Root<Promise*> kept(agent, promise);
  Root<Value> thenable(agent, resolution);
  // 9. to 12.
  auto then = get(agent, resolution.as_object(), agent.names().then);
  if (then.is_thrown()) {
    if (agent.is_terminating()) return;
    return reject_promise(agent, kept, agent.take_exception());
  }
  if (!is_callable(then.value())) return fulfil_promise(agent, kept, thenable);
  // 13. to 15.
  Job job{};
  job.run = run_thenable_job;
  job.data[0] = kept.get();
  job.data[1] = thenable;
  job.data[2] = then.value();
  auto realm = get_function_realm(agent, then.value().as_object());
  if (realm.is_thrown()) agent.take_exception();
  job.realm = realm.is_thrown() ? agent.realm() : realm.value();
  agent.enqueue_job(job);
}

void perform_promise_then(Agent& agent, Promise* promise, PromiseReaction* reaction) {
  switch (promise->state()) {
    case Promise::State::kPending: promise->add_reaction(reaction); break;
    case Promise::State::kFulfilled: enqueue_reaction_job(agent, reaction, Promise::State::kFulfilled, promise->result()); break;
    case Promise::State::kRejected:
      if (!promise->is_handled() && agent.host().promise_rejection_tracker != nullptr)
        agent.host().promise_rejection_tracker(agent, promise, PromiseRejectionOperation::kHandle);
      enqueue_reaction_job(agent, reaction, Promise::State::kRejected, promise->result());
      break;
  }
  promise->set_handled();
}

Promise* new_promise(Agent& agent) { return make_builtin<Promise>(agent, intrinsic(agent, Intrinsic::kPromisePrototype)); }

namespace {

// https://tc39.es/ecma262/#sec-newpromisecapability, the executor of steps 4 and 5
Completion<Value> capability_executor(Agent& agent, const CallInfo& info) {
  auto* holder = info.callee()->internal_slot(0).as<ValueArray>();
  if (!holder->get(0).is_undefined() || !holder->get(1).is_undefined())
    return throw_type_error(agent, "Promise executor has already been invoked with non-undefined arguments");
  holder->set(0, info[0]);
  holder->set(1, info[1]);
  return Value::undefined();
}

}  // namespace

Completion<void> new_promise_capability(Agent& agent, Value constructor, PromiseCapability& capability) {
  if (!is_constructor(constructor)) return throw_not_constructor(agent, constructor);
  if (constructor == Value(intrinsic(agent, Intrinsic::kPromise))) {
    // OPTIMIZATION: the constructor would call its executor with exactly these.
    Promise* promise = new_promise(agent);
    ResolvingFunctions functions = create_resolving_functions(agent, promise);
    capability.promise = Value(promise);
    capability.resolve = Value(functions.resolve);
    capability.reject = Value(functions.reject);
    return {};
  }
  Root<ValueArray*> holder(agent, ValueArray::make(agent.heap(), 2));
  NativeFunction* executor = make_native_closure(agent, capability_executor, 2);
  executor->set_internal_slot(0, Value::cell(holder.get()));
  Object* promise = TRY(construct(agent, constructor.as_object(), {Value(executor)}));
  if (!is_callable(holder->get(0)) || !is_callable(holder->get(1)))
    return throw_type_error(agent, "Promise resolve or reject function is not callable");
  capability.promise = Value(promise);
  capability.resolve = holder->get(0);
  capability.reject = holder->get(1);
  return {};
}

Completion<Value> reject_with_exception(Agent& agent, PromiseCapability& capability) {
  if (agent.is_terminating()) return Thrown{};
  Root<Value> reason(agent, agent.take_exception());
  TRY(call(agent, capability.reject, Value::undefined(), {reason}));
  return capability.promise.get();
}

Completion<Object*> promise_resolve(Agent& agent, Object* constructor, Value value) {
  Root<Object*> kept_constructor(agent, constructor);
  Root<Value> kept(agent, value);
  if (value.is_kind(CellKind::kPromise)) {
    if (has_original_species(agent, value.as_object(), constructor)) return value.as_object();
    Value own = TRY(get(agent, value.as_object(), agent.names().constructor));
    if (same_value(own, kept_constructor.get())) return kept.get().as_object();
  }
  if (kept_constructor == intrinsic(agent, Intrinsic::kPromise)) {
    Root<Promise*> promise(agent, new_promise(agent));
    resolve_promise(agent, promise, kept);
    if (agent.is_terminating()) return Thrown{};
    return promise.get();
  }
  PromiseCapability capability(agent);
  TRY(new_promise_capability(agent, kept_constructor.get(), capability));
  TRY(call(agent, capability.resolve, Value::undefined(), {kept}));
  return capability.promise.get().as_object();
}

namespace {

// https://tc39.es/ecma262/#sec-promise-executor
Completion<Value> promise_constructor(Agent& agent, const CallInfo& info) {
  if (!info.is_construct()) return throw_requires_new(agent, "Promise");
  if (!is_callable(info[0])) return throw_type_error(agent, {"Promise resolver ", to_display_string(agent, info[0]), " is not a function"});
  Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), Intrinsic::kPromisePrototype));
  Root<Promise*> promise(agent, make_builtin<Promise>(agent, prototype));
  ResolvingFunctions functions = create_resolving_functions(agent, promise);
  Root<Value> reject(agent, functions.reject);
  auto result = call(agent, info[0], Value::undefined(), {functions.resolve, functions.reject});
  if (result.is_thrown()) {
    if (agent.is_terminating()) return Thrown{};
    Root<Value> reason(agent, agent.take_exception());
    TRY(call(agent, reject, Value::undefined(), {reason}));
  }
  return Value(promise.get());
}

// https://tc39.es/ecma262/#sec-promise.reject
Completion<Value> promise_reject(Agent& agent, const CallInfo& info) {
  PromiseCapability capability(agent);
  TRY(new_promise_capability(agent, info.this_value(), capability));
  TRY(call(agent, capability.reject, Value::undefined(), {info[0]}));
  return capability.promise.get();
}

// https://tc39.es/ecma262/#sec-promise.resolve
Completion<Value> promise_static_resolve(Agent& agent, const CallInfo& info) {
  if (!info.this_value().is_object()) return throw_type_error(agent, "PromiseResolve called on non-object");
  return Value(TRY(promise_resolve(agent, info.this_value().as_object(), info[0])));
}

// https://tc39.es/ecma262/#sec-promise.try
Completion<Value> promise_try(Agent& agent, const CallInfo& info) {
  if (!info.this_value().is_object()) return throw_type_error(agent, "Promise.try called on non-object");
  PromiseCapability capability(agent);
  TRY(new_promise_capability(agent, info.this_value(), capability));
  auto result = call(agent, info[0], Value::undefined(), info.arguments_from(1));
  if (result.is_thrown()) return reject_with_exception(agent, capability);
  TRY(call(agent, capability.resolve, Value::undefined(), {result.value()}));
  return capability.promise.get();
}

// https://tc39.es/ecma262/#sec-promise.withResolvers
Completion<Value> promise_with_resolvers(Agent& agent, const CallInfo& info) {
  PromiseCapability capability(agent);
  TRY(new_promise_capability(agent, info.this_value(), capability));
  Object* object = make_object(agent);
  object->add_property(agent, agent.names().promise, capability.promise, kDefaultAttributes);
  object->add_property(agent, agent.names().resolve, capability.resolve, kDefaultAttributes);
  object->add_property(agent, agent.names().reject, capability.reject, kDefaultAttributes);
  return Value(object);
}

// https://tc39.es/ecma262/#sec-promise.prototype.then
Completion<Value> promise_prototype_then(Agent& agent, const CallInfo& info) {
  if (!info.this_value().is_kind(CellKind::kPromise)) return throw_incompatible_receiver(agent, "Promise.prototype.then", info.this_value());
  Object* fallback = intrinsic(agent, Intrinsic::kPromise);
  Promise* promise = info.this_value().as<Promise>();
  Object* constructor = has_original_species(agent, promise, fallback) ? fallback : TRY(species_constructor(agent, promise, fallback));
  Root<PromiseReaction*> reaction(agent, agent.heap().make<PromiseReaction>());
  if (constructor == fallback) {
    // OPTIMIZATION: nobody sees the resolving functions of a promise made here.
    reaction->promise.set(reaction, new_promise(agent));
  } else {
    PromiseCapability capability(agent);
    TRY(new_promise_capability(agent, constructor, capability));
    reaction->promise.set(reaction, capability.promise);
    reaction->resolve.set(reaction, capability.resolve);
    reaction->reject.set(reaction, capability.reject);
  }
  if (is_callable(info[0])) reaction->on_fulfilled.set(reaction, info[0]);
  if (is_callable(info[1])) reaction->on_rejected.set(reaction, info[1]);
  perform_promise_then(agent, promise, reaction);
  return reaction->promise.get();
}

// https://tc39.es/ecma262/#sec-promise.prototype.catch
Completion<Value> promise_prototype_catch(Agent& agent, const CallInfo& info) {
  return invoke(agent, info.this_value(), agent.names().then, {Value::undefined(), info[0]});
}

// --- finally: https://tc39.es/ecma262/#sec-promise.prototype.finally ---
// Slots of its closures: 0 the callback (or the value to return or throw), 1 the constructor.

Completion<Value> value_thunk(Agent&, const CallInfo& info) { return info.callee()->internal_slot(0); }
Completion<Value> thrower(Agent& agent, const CallInfo& info) { return agent.throw_value(info.callee()->internal_slot(0)); }

Completion<Value> run_finally(Agent& agent, const CallInfo& info, NativeFunctionPointer after) {
  Value result = TRY(call(agent, info.callee()->internal_slot(0), Value::undefined()));
  Root<Object*> promise(agent, TRY(promise_resolve(agent, info.callee()->internal_slot(1).as_object(), result)));
  NativeFunction* next = make_native_closure(agent, after, 0);
  next->set_internal_slot(0, info[0]);
  return invoke(agent, Value(promise.get()), agent.names().then, {Value(next)});
}
Completion<Value> then_finally(Agent& agent, const CallInfo& info) { return run_finally(agent, info, value_thunk); }
Completion<Value> catch_finally(Agent& agent, const CallInfo& info) { return run_finally(agent, info, thrower); }

Completion<Value> promise_prototype_finally(Agent& agent, const CallInfo& info) {
  if (!info.this_value().is_object()) return throw_incompatible_receiver(agent, "Promise.prototype.finally", info.this_value());
  Object* constructor = TRY(species_constructor(agent, info.this_value().as_object(), intrinsic(agent, Intrinsic::kPromise)));
  if (!is_callable(info[0])) return invoke(agent, info.this_value(), agent.names().then, {info[0], info[0]});
  NativeFunction* on_fulfilled = make_native_closure(agent, then_finally, 1);
  NativeFunction* on_rejected = make_native_closure(agent, catch_finally, 1);
  for (NativeFunction* function : {on_fulfilled, on_rejected}) {
    function->set_internal_slot(0, info[0]);
    function->set_internal_slot(1, constructor);
  }
  return invoke(agent, info.this_value(), agent.names().then, {Value(on_fulfilled), Value(on_rejected)});
}

constexpr PropertySpec kPromiseStatics[] = {
    PropertySpec::function("all", promise_all, 1),
    PropertySpec::function("allKeyed", promise_all_keyed, 1),
    PropertySpec::function("allSettled", promise_all_settled, 1),
    PropertySpec::function("allSettledKeyed", promise_all_settled_keyed, 1),
    PropertySpec::function("any", promise_any, 1),
    PropertySpec::function("race", promise_race, 1),
    PropertySpec::function("reject", promise_reject, 1),
    PropertySpec::function("resolve", promise_static_resolve, 1, Intrinsic::kPromiseResolve),
    PropertySpec::function("try", promise_try, 1),
    PropertySpec::function("withResolvers", promise_with_resolvers, 0),
    PropertySpec::getter(WellKnownSymbol::kSpecies, return_this),
};

constexpr PropertySpec kPromisePrototype[] = {
    PropertySpec::function("catch", promise_prototype_catch, 1),
    PropertySpec::function("finally", promise_prototype_finally, 1),
    PropertySpec::function("then", promise_prototype_then, 2, Intrinsic::kPromiseThen),
    PropertySpec::tag("Promise"),
};

// --- What the rest of the engine uses -------------------------------------------------------------------------

void hook_then(Agent& agent, Object* promise, NativeFunctionPointer on_fulfilled, NativeFunctionPointer on_rejected, Value context) {
  auto* reaction = agent.heap().make<PromiseReaction>();
  reaction->native_fulfilled = on_fulfilled;
  reaction->native_rejected = on_rejected;
  reaction->context.set(reaction, context);
  perform_promise_then(agent, static_cast<Promise*>(promise), reaction);
}

// The promise that a handler of `then` settles, if the handler is one of the engine's functions; else null.
Promise* promise_behind(Agent& agent, PromiseReaction* reaction, std::vector<std::string>& passed) {
  for (Value handler : {reaction->on_fulfilled.get(), reaction->on_rejected.get()}) {
    auto* function = handler.as_if<NativeFunction>();
    if (function == nullptr) continue;
    if (Value resolve = combinator_resolve(agent, function, passed); !resolve.is_empty()) function = resolve.as_if<NativeFunction>();
    if (function == nullptr || (function->function() != resolve_function && function->function() != reject_function)) continue;
    return function->internal_slot(kPromiseSlot).as_if<Promise>();
  }
  return nullptr;
}

Value hook_waiter(Agent& agent, Object* object, std::vector<std::string>& passed) {
  PromiseReaction* reaction = nullptr;
  auto* promise = static_cast<Promise*>(object);
  if (promise == nullptr) {
    const Job& job = agent.current_job();
    if (job.run == run_thenable_job) promise = job.data[0].as<Promise>();
    else if (job.run == run_reaction_job) reaction = static_cast<PromiseReaction*>(job.data[0].as_cell());
    else return Value::empty();
  }
  constexpr int kLongestChain = 100;
  for (int i = 0; i < kLongestChain; ++i) {
    if (reaction == nullptr) {
      // Of several that wait none is told apart.
      if (promise->state() != Promise::State::kPending) return Value::empty();
      reaction = promise->reactions();
      if (reaction == nullptr || reaction->next.get() != nullptr) return Value::empty();
    }
    if (reaction->native_fulfilled != nullptr) return reaction->context;
    Promise* next = promise_behind(agent, reaction, passed);
    promise = next != nullptr ? next : reaction->promise.get().as_if<Promise>();
    if (promise == nullptr) return Value::empty();
    reaction = nullptr;
  }
  return Value::empty();
}

void hook_mark_handled(Agent& agent, Object* object) {
  auto* promise = static_cast<Promise*>(object);
  if (promise->state() == Promise::State::kRejected && !promise->is_handled() && agent.host().promise_rejection_tracker != nullptr)
    agent.host().promise_rejection_tracker(agent, promise, PromiseRejectionOperation::kHandle);
  promise->set_handled();
}

}  // namespace

void register_promise_kinds() {
  gc::register_kind<Promise>();
  gc::register_kind<PromiseReaction>();
  g_promise_hooks.new_promise = [](Agent& agent) -> Completion<Object*> { return new_promise(agent); };
  g_promise_hooks.promise_resolve = [](Agent& agent, Value value) { return promise_resolve(agent, intrinsic(agent, Intrinsic::kPromise), value); };
  g_promise_hooks.resolve = [](Agent& agent, Object* promise, Value value) { resolve_promise(agent, static_cast<Promise*>(promise), value); };
  g_promise_hooks.reject = [](Agent& agent, Object* promise, Value reason) { reject_promise(agent, static_cast<Promise*>(promise), reason); };
  g_promise_hooks.then = hook_then;
  g_promise_hooks.waiter = hook_waiter;
  g_promise_hooks.mark_handled = hook_mark_handled;
}

void initialize_promise(Agent& agent, Realm& realm) {
  define_constructor(agent, realm, {
                                       .name = "Promise",
                                       .length = 1,
                                       .function = promise_constructor,
                                       .constructor = Intrinsic::kPromise,
                                       .prototype = Intrinsic::kPromisePrototype,
                                       .statics = kPromiseStatics,
                                       .prototype_properties = kPromisePrototype,
                                   });
}

}  // namespace skein
