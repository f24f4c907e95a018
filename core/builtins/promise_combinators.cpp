// Promise.all, allSettled, any and race: https://tc39.es/ecma262/#sec-promise.all and following
#include "core/builtins/promise.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"

namespace skein {

namespace {

// What the element functions of one call share. Kept in a ValueArray. kKeys: of the keyed combinators, an array
// of the property keys that the values belong to; else undefined.
enum SharedSlot : uint32_t { kValues, kKeys, kRemaining, kResolve, kReject, kSharedSlots };

// Slots of an element function.
enum ElementSlot : int { kShared = 0, kIndex = 1, kAlreadyCalled = 2 };

// What becomes of a settled element.
enum class Wrap : uint8_t { kValue, kFulfilled, kRejected };

ValueArray* shared_of(NativeFunction* function) { return function->internal_slot(kShared).as<ValueArray>(); }

// True when the last element has been counted.
bool count_down(ValueArray* shared) {
  double remaining = shared->get(kRemaining).as_number() - 1;
  shared->set(kRemaining, Value::number(remaining));
  return remaining == 0;
}

Value settled_record(Agent& agent, Wrap wrap, Value value) {
  Object* record = make_object(agent);
  bool fulfilled = wrap == Wrap::kFulfilled;
  record->add_property(agent, agent.names().status, fulfilled ? agent.names().fulfilled : agent.names().rejected, kDefaultAttributes);
  record->add_property(agent, fulfilled ? agent.names().value : agent.names().reason, value, kDefaultAttributes);
  return record;
}

// https://tc39.es/proposal-await-dictionary/#sec-createkeyedpromisecombinatorresultobject
Completion<Value> keyed_result(Agent& agent, ValueArray* shared) {
  Root<Object*> keys(agent, shared->get(kKeys).as_object()), values(agent, shared->get(kValues).as_object());
  Root<Object*> result(agent, make_object_with_prototype(agent, nullptr));
  const uint32_t count = static_cast<Array*>(keys.get())->length();
  for (uint32_t i = 0; i < count; ++i) {
    PropertyKey key = key_of_value(agent, plain_element_or_empty(keys, i));
    TRY(create_data_property_or_throw(agent, result, key, plain_element_or_empty(values, i)));
  }
  return Value(result.get());
}

// The values go to the capability: resolved with them, or (any) rejected with an AggregateError.
Completion<Value> finish(Agent& agent, ValueArray* shared, bool is_any) {
  if (!shared->get(kKeys).is_undefined()) {
    Root<ValueArray*> kept(agent, shared);
    Value result = TRY(keyed_result(agent, shared));
    return call(agent, kept->get(kResolve), Value::undefined(), {result});
  }
  Array* values = shared->get(kValues).as<Array>();
  if (!is_any) return call(agent, shared->get(kResolve), Value::undefined(), {Value(values)});
  ErrorObject* error = make_error_object(agent, intrinsic(agent, Intrinsic::kAggregateErrorPrototype));
  error->add_property(agent, agent.names().message, new_string(agent.heap(), StringView(std::string_view("All promises were rejected"))), kBuiltinAttributes);
  error->add_property(agent, agent.names().errors, values, kBuiltinAttributes);
  capture_stack_property(agent, error, nullptr);
  return call(agent, shared->get(kReject), Value::undefined(), {Value(error)});
}

Completion<Value> settle_element(Agent& agent, const CallInfo& info, Wrap wrap, bool is_any) {
  NativeFunction* function = info.callee();
  // The two functions of an element of allSettled share one flag: a one-element array.
  auto* called = function->internal_slot(kAlreadyCalled).as<ValueArray>();
  if (called->get(0).is_true()) return Value::undefined();
  called->set(0, Value::boolean(true));
  ValueArray* shared = shared_of(function);
  Value value = wrap == Wrap::kValue ? info[0] : settled_record(agent, wrap, info[0]);
  uint32_t index = static_cast<uint32_t>(function->internal_slot(kIndex).as_number());
  TRY(create_data_property_or_throw(agent, shared->get(kValues).as<Array>(), PropertyKey::index(index), value));
  shared = shared_of(function);
  return count_down(shared) ? finish(agent, shared, is_any) : Value::undefined();
}

Completion<Value> all_element(Agent& agent, const CallInfo& info) { return settle_element(agent, info, Wrap::kValue, false); }
Completion<Value> all_settled_fulfilled(Agent& agent, const CallInfo& info) { return settle_element(agent, info, Wrap::kFulfilled, false); }
Completion<Value> all_settled_rejected(Agent& agent, const CallInfo& info) { return settle_element(agent, info, Wrap::kRejected, false); }
Completion<Value> any_element(Agent& agent, const CallInfo& info) { return settle_element(agent, info, Wrap::kValue, true); }

NativeFunction* element_function(Agent& agent, NativeFunctionPointer code, ValueArray* shared, uint32_t index, ValueArray* called) {
  NativeFunction* function = make_native_closure(agent, code, 1);
  function->set_internal_slot(kShared, Value::cell(shared));
  function->set_internal_slot(kIndex, Value::number(index));
  function->set_internal_slot(kAlreadyCalled, Value::cell(called));
  return function;
}

const char* combinator_name(NativeFunctionPointer code) {
  if (code == all_element) return "Promise.all";
  if (code == all_settled_fulfilled || code == all_settled_rejected) return "Promise.allSettled";
  return code == any_element ? "Promise.any" : nullptr;
}

enum class Combinator : uint8_t { kAll, kAllSettled, kAny, kRace };

// The functions that `then` of one element gets.
void reactions_for(Agent& agent, Combinator combinator, ValueArray* shared, uint32_t index, PromiseCapability& capability,
                   Root<Value>& on_fulfilled, Root<Value>& on_rejected) {
  ValueArray* called = combinator == Combinator::kRace ? nullptr : ValueArray::make(agent.heap(), 1, Value::boolean(false));
  on_fulfilled = capability.resolve.get();
  on_rejected = capability.reject.get();
  switch (combinator) {
    case Combinator::kAll: on_fulfilled = Value(element_function(agent, all_element, shared, index, called)); break;
    case Combinator::kAllSettled:
      on_fulfilled = Value(element_function(agent, all_settled_fulfilled, shared, index, called));
      on_rejected = Value(element_function(agent, all_settled_rejected, shared, index, called));
      break;
    case Combinator::kAny: on_rejected = Value(element_function(agent, any_element, shared, index, called)); break;
    case Combinator::kRace: break;
  }
}

ValueArray* make_shared(Agent& agent, PromiseCapability& capability) {
  ValueArray* shared = ValueArray::make(agent.heap(), kSharedSlots);
  shared->set(kValues, make_array(agent));
  shared->set(kRemaining, Value::int32(1));
  shared->set(kResolve, capability.resolve);
  shared->set(kReject, capability.reject);
  return shared;
}

// One promise of a combinator: it resolves `value` with the constructor's function and hangs the
// functions of element `index` on the promise.
struct ElementSubscriber {
  Agent& agent;
  Combinator combinator;
  ValueArray* shared;  // rooted by the owner, as the other two
  Value constructor;
  Value resolve_function;
  PromiseCapability& capability;

  Completion<void> subscribe(uint32_t index, Value value) {
    Root<Value> on_fulfilled(agent), on_rejected(agent);
    Root<Value> next_promise(agent, TRY(call(agent, resolve_function, constructor, {value})));
    reactions_for(agent, combinator, shared, index, capability, on_fulfilled, on_rejected);
    shared->set(kRemaining, Value::number(shared->get(kRemaining).as_number() + 1));
    TRY(invoke(agent, next_promise, agent.names().then, {on_fulfilled, on_rejected}));
    return {};
  }
};

// https://tc39.es/ecma262/#sec-performpromiseall and its kin
Completion<Value> perform(Agent& agent, Combinator combinator, IteratorRecord& iterator, Value constructor, PromiseCapability& capability,
                          Value promise_resolve_function) {
  Root<Value> resolve_function(agent, promise_resolve_function);
  Root<ValueArray*> shared(agent, make_shared(agent, capability));
  ElementSubscriber subscriber{agent, combinator, shared, constructor, resolve_function, capability};
  Root<Value> next(agent);
  LoopPoll poll(agent);
  for (uint32_t index = 0;; ++index) {
    if (!TRY(iterator_step_value(agent, iterator, next))) {
      if (combinator == Combinator::kRace) return capability.promise.get();
      if (count_down(shared)) TRY(finish(agent, shared, combinator == Combinator::kAny));
      return capability.promise.get();
    }
    if (combinator != Combinator::kRace)
      TRY(create_data_property_or_throw(agent, shared->get(kValues).as<Array>(), PropertyKey::index(index), Value::undefined()));
    TRY(subscriber.subscribe(index, next));
    TRY(poll.tick());
  }
}

// https://tc39.es/proposal-await-dictionary/#sec-performpromiseallkeyed
Completion<Value> perform_keyed(Agent& agent, Combinator combinator, Object* promises, Value constructor, PromiseCapability& capability,
                                Value promise_resolve_function) {
  Root<Object*> source(agent, promises);
  Root<Value> resolve_function(agent, promise_resolve_function);
  Root<ValueArray*> shared(agent, make_shared(agent, capability));
  shared->set(kKeys, make_array(agent));
  ElementSubscriber subscriber{agent, combinator, shared, constructor, resolve_function, capability};
  RootVector all_keys(agent);
  TRY(own_property_keys(agent, source, all_keys));
  uint32_t index = 0;
  for (size_t i = 0; i < all_keys.size(); ++i) {
    Root<PropertyKey> key(agent, key_of_value(agent, all_keys[i]));
    RootedDescriptor descriptor(agent);
    if (!TRY(get_own_property(agent, source, key, descriptor)) || !descriptor.enumerable) continue;
    Root<Value> value(agent, TRY(get(agent, source, key)));
    TRY(create_element(agent, shared->get(kKeys).as_object(), index, all_keys[i]));
    TRY(create_element(agent, shared->get(kValues).as_object(), index, Value::undefined()));
    TRY(subscriber.subscribe(index, value));
    ++index;
  }
  if (count_down(shared)) TRY(finish(agent, shared, false));
  return capability.promise.get();
}

// https://tc39.es/ecma262/#sec-getpromiseresolve
Completion<Value> get_promise_resolve(Agent& agent, Value constructor) {
  Value resolve = TRY(get(agent, constructor.as_object(), agent.names().resolve));
  if (!is_callable(resolve)) return throw_type_error(agent, "Promise resolve or reject function is not callable");
  return resolve;
}

// https://tc39.es/ecma262/#sec-promise.all
Completion<Value> combine(Agent& agent, const CallInfo& info, Combinator combinator) {
  Value constructor = info.this_value();
  PromiseCapability capability(agent);
  TRY(new_promise_capability(agent, constructor, capability));
  auto resolve = get_promise_resolve(agent, constructor);
  if (resolve.is_thrown()) return reject_with_exception(agent, capability);
  Root<Value> resolve_function(agent, resolve.value());
  IteratorRecord iterator(agent);
  if (get_iterator(agent, info[0], IteratorKind::kSync, iterator).is_thrown()) return reject_with_exception(agent, capability);
  auto result = perform(agent, combinator, iterator, constructor, capability, resolve_function);
  if (!result.is_thrown()) return result;
  if (!iterator.done) (void)iterator_close_throwing(agent, iterator);
  return reject_with_exception(agent, capability);
}

// https://tc39.es/proposal-await-dictionary/#sec-promise.allkeyed
Completion<Value> combine_keyed(Agent& agent, const CallInfo& info, Combinator combinator) {
  Value constructor = info.this_value();
  PromiseCapability capability(agent);
  TRY(new_promise_capability(agent, constructor, capability));
  auto resolve = get_promise_resolve(agent, constructor);
  if (resolve.is_thrown()) return reject_with_exception(agent, capability);
  if (!info[0].is_object()) {
    (void)throw_not_object(agent, info[0]);
    return reject_with_exception(agent, capability);
  }
  auto result = perform_keyed(agent, combinator, info[0].as_object(), constructor, capability, resolve.value());
  return result.is_thrown() ? reject_with_exception(agent, capability) : result;
}

}  // namespace

Value combinator_resolve(Agent&, NativeFunction* function, std::vector<std::string>& passed) {
  const char* name = combinator_name(function->function());
  if (name == nullptr) return Value::empty();
  passed.push_back(name + (" (index " + std::to_string(static_cast<uint32_t>(function->internal_slot(kIndex).as_number())) + ")"));
  return shared_of(function)->get(kResolve);
}

Completion<Value> promise_all(Agent& agent, const CallInfo& info) { return combine(agent, info, Combinator::kAll); }
Completion<Value> promise_all_keyed(Agent& agent, const CallInfo& info) { return combine_keyed(agent, info, Combinator::kAll); }
Completion<Value> promise_all_settled(Agent& agent, const CallInfo& info) { return combine(agent, info, Combinator::kAllSettled); }
Completion<Value> promise_all_settled_keyed(Agent& agent, const CallInfo& info) { return combine_keyed(agent, info, Combinator::kAllSettled); }
Completion<Value> promise_any(Agent& agent, const CallInfo& info) { return combine(agent, info, Combinator::kAny); }
Completion<Value> promise_race(Agent& agent, const CallInfo& info) { return combine(agent, info, Combinator::kRace); }

}  // namespace skein
