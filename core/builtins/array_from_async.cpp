// https://tc39.es/ecma262/#sec-array.fromasync
//
// The specification's async closure as a state machine: `state` holds its variables across awaits,
// and `stage` says what the awaited value is.
#include "core/builtins/array_methods.h"
#include "core/builtins/support.h"

namespace skein {
namespace {

enum Slot : uint32_t {
  kPromise,
  kConstructor,    // the this value
  kMapFunction,    // or undefined
  kThisArgument,
  kItems,          // asyncItems; then the array-like
  kIterator,       // undefined when items are read by index
  kNextMethod,
  kResult,         // A
  kIndex,
  kLength,         // of an array-like
  kStage,
  kError,          // what is thrown after the iterator has been closed
  kSlotCount,
};

enum class Stage : int32_t { kNextResult, kElement, kMapped, kClosed };

class FromAsync {
 public:
  FromAsync(Agent& agent, ValueArray* state) : agent_(agent), state_(agent, state) {}

  // Steps 3.a. to 3.i. up to the first await.
  Completion<void> start() {
    // a. - b.
    if (!at(kMapFunction).is_undefined() && !is_callable(at(kMapFunction))) return throw_not_callable(agent_, at(kMapFunction));
    // c. - d.
    Root<Value> method(agent_, TRY(get_method(agent_, at(kItems), PropertyKey(agent_.well_known(WellKnownSymbol::kAsyncIterator)))));
    bool is_sync = false;
    if (method->is_undefined()) {
      method = TRY(get_method(agent_, at(kItems), PropertyKey(agent_.well_known(WellKnownSymbol::kIterator))));
      is_sync = !method->is_undefined();
    }
    if (method->is_undefined()) return start_array_like();
    // e. - g.
    IteratorRecord record(agent_);
    TRY(get_iterator_from_method(agent_, at(kItems), method, record));
    if (is_sync) {
      IteratorRecord async_record(agent_);
      TRY(g_create_async_from_sync_iterator(agent_, record, async_record));
      put(kIterator, async_record.iterator);
      put(kNextMethod, async_record.next_method);
    } else {
      put(kIterator, record.iterator);
      put(kNextMethod, record.next_method);
    }
    // h.i. - ii.
    if (is_constructor(at(kConstructor))) put(kResult, TRY(construct(agent_, at(kConstructor).as_object())));
    else put(kResult, make_array(agent_));
    return step();
  }

  // What follows an await that was fulfilled.
  Completion<void> resume(Value value) {
    switch (static_cast<Stage>(at(kStage).as_int32())) {
      case Stage::kNextResult: return take_result(value);
      case Stage::kElement: return map_value(value);
      case Stage::kMapped: return store(value);
      case Stage::kClosed: return agent_.throw_value(at(kError));
    }
    SKEIN_UNREACHABLE();
  }
  // What follows an await that was rejected.
  Completion<void> resume_throwing(Value reason) {
    Stage stage = static_cast<Stage>(at(kStage).as_int32());
    if (stage == Stage::kClosed) return agent_.throw_value(at(kError));
    (void)agent_.throw_value(reason);
    if (stage == Stage::kMapped) return close();
    return Thrown{};
  }
  // Rejects the promise when `completion` is a throw.
  Completion<Value> settle(Completion<void> completion) {
    if (completion.is_thrown()) {
      if (agent_.is_terminating()) return Thrown{};
      g_promise_hooks.reject(agent_, at(kPromise).as_object(), agent_.take_exception());
    }
    return Value::undefined();
  }

 private:
  Value at(Slot slot) const { return state_->get(slot); }
  void put(Slot slot, Value value) { state_->set(slot, value); }
  bool has_iterator() const { return !at(kIterator).is_undefined(); }

  // i.i. - v.
  Completion<void> start_array_like() {
    put(kItems, TRY(to_object(agent_, at(kItems))));
    double length = TRY(length_of_array_like(agent_, at(kItems).as_object()));
    put(kLength, Value::number(length));
    if (is_constructor(at(kConstructor))) put(kResult, TRY(construct(agent_, at(kConstructor).as_object(), {Value::number(length)})));
    else put(kResult, TRY(array_create(agent_, length)));
    return step();
  }

  // The head of both loops.
  Completion<void> step() {
    double k = at(kIndex).as_number();
    if (has_iterator()) {
      Value result = TRY(call(agent_, at(kNextMethod), at(kIterator)));
      return await(result, Stage::kNextResult);
    }
    if (k >= at(kLength).as_number()) return finish();
    Value element = TRY(get_element(agent_, at(kItems).as_object(), k));
    return await(element, Stage::kElement);
  }

  Completion<void> take_result(Value result) {
    if (!result.is_object()) return throw_type_error(agent_, {"Iterator result ", to_display_string(agent_, result), " is not an object"});
    Root<Value> kept(agent_, result);
    if (TRY(iterator_complete(agent_, kept))) return finish();
    Value value = TRY(iterator_value(agent_, kept));
    return map_value(value);
  }

  Completion<void> map_value(Value value) {
    if (at(kMapFunction).is_undefined()) return store(value);
    Completion<Value> mapped = call(agent_, at(kMapFunction), at(kThisArgument), {value, at(kIndex)});
    if (mapped.is_thrown()) return close();
    return await(mapped.value(), Stage::kMapped);
  }

  Completion<void> store(Value value) {
    double k = at(kIndex).as_number();
    if (create_element(agent_, at(kResult).as_object(), k, value).is_thrown()) return close();
    put(kIndex, Value::number(k + 1));
    return step();
  }

  Completion<void> finish() {
    TRY(set(agent_, at(kResult).as_object(), PropertyKey(agent_.names().length), at(kIndex)));
    g_promise_hooks.resolve(agent_, at(kPromise).as_object(), at(kResult));
    return {};
  }

  // https://tc39.es/ecma262/#sec-asynciteratorclose with the throw completion under way.
  Completion<void> close() {
    if (agent_.is_terminating() || !has_iterator()) return Thrown{};
    put(kError, agent_.take_exception());
    auto call_return = [&]() -> Completion<bool> {
      Value method = TRY(get_method(agent_, at(kIterator), PropertyKey(agent_.names().return_)));
      if (method.is_undefined()) return false;
      Value result = TRY(call(agent_, method, at(kIterator)));
      TRY(await(result, Stage::kClosed));
      return true;
    };
    Completion<bool> awaiting = call_return();
    if (!awaiting.is_thrown() && awaiting.value()) return {};
    if (agent_.is_terminating()) return Thrown{};
    return agent_.throw_value(at(kError));
  }

  // https://tc39.es/ecma262/#await
  Completion<void> await(Value value, Stage stage);

  Agent& agent_;
  Root<ValueArray*> state_;
};

ValueArray* state_of(const CallInfo& info) { return static_cast<ValueArray*>(info.this_value().as_cell()); }

Completion<Value> on_fulfilled(Agent& agent, const CallInfo& info) {
  FromAsync task(agent, state_of(info));
  return task.settle(task.resume(info[0]));
}

Completion<Value> on_rejected(Agent& agent, const CallInfo& info) {
  FromAsync task(agent, state_of(info));
  return task.settle(task.resume_throwing(info[0]));
}

Completion<void> FromAsync::await(Value value, Stage stage) {
  put(kStage, Value::int32(static_cast<int32_t>(stage)));
  Object* promise = TRY(g_promise_hooks.promise_resolve(agent_, value));
  g_promise_hooks.then(agent_, promise, on_fulfilled, on_rejected, Value::cell(state_.get()));
  return {};
}

}  // namespace

Completion<Value> array_from_async(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> promise(agent, TRY(g_promise_hooks.new_promise(agent)));
  ValueArray* state = ValueArray::make(agent.heap(), kSlotCount);
  state->set(kPromise, promise.get());
  state->set(kConstructor, info.this_value());
  state->set(kItems, info[0]);
  state->set(kMapFunction, info[1]);
  state->set(kThisArgument, info[2]);
  state->set(kIndex, Value::int32(0));
  // 3. - 4.
  FromAsync task(agent, state);
  TRY(task.settle(task.start()));
  // 5.
  return promise.get();
}

}  // namespace skein
