// https://tc39.es/ecma262/#sec-operations-on-iterator-objects
#include "core/runtime/array_iterator.h"
#include "core/runtime/native_iteration.h"
#include "core/runtime/operations.h"

namespace skein {

Completion<void> (*g_create_async_from_sync_iterator)(Agent&, IteratorRecord&, IteratorRecord&);
PromiseHooks g_promise_hooks;
RegExpHooks g_regexp_hooks;
NativeIteration g_native_iterations[256];

Completion<void> get_iterator_direct(Agent& agent, Object* object, IteratorRecord& record) {
  record.iterator = Value(object);
  record.next_method = TRY(get(agent, object, agent.names().next));
  record.done = false;
  return {};
}

Completion<void> get_iterator_from_method(Agent& agent, Value value, Value method, IteratorRecord& record, IteratorKind kind) {
  Value iterator = TRY(call(agent, method, value));
  if (!iterator.is_object())
    return throw_type_error(agent, {"Result of the Symbol.", kind == IteratorKind::kAsync ? "asyncIterator" : "iterator", " method is not an object: ",
                                    to_display_string(agent, iterator)});
  return get_iterator_direct(agent, iterator.as_object(), record);
}

// https://tc39.es/ecma262/#sec-getiterator
Completion<void> get_iterator(Agent& agent, Value value, IteratorKind kind, IteratorRecord& record) {
  Root<Value> kept(agent, value);
  Value method;
  if (value.is_nullish()) return throw_type_error(agent, {to_display_string(agent, value), " is not iterable"});
  if (kind == IteratorKind::kAsync) {
    method = TRY(get_method(agent, value, agent.well_known(WellKnownSymbol::kAsyncIterator)));
    if (method.is_undefined()) {
      Value sync_method = TRY(get_method(agent, kept, agent.well_known(WellKnownSymbol::kIterator)));
      if (sync_method.is_undefined()) return throw_type_error(agent, {to_display_string(agent, kept), " is not async iterable"});
      IteratorRecord sync_record(agent);
      TRY(get_iterator_from_method(agent, kept, sync_method, sync_record));
      return g_create_async_from_sync_iterator(agent, sync_record, record);
    }
  } else {
    method = TRY(get_method(agent, value, agent.well_known(WellKnownSymbol::kIterator)));
  }
  if (method.is_undefined())
    return throw_type_error(agent, {to_display_string(agent, kept), " is not iterable"});
  return get_iterator_from_method(agent, kept, method, record, kind);
}

// https://tc39.es/ecma262/#sec-getiteratorflattenable
Completion<void> get_iterator_flattenable(Agent& agent, Value value, PrimitiveHandling handling, IteratorRecord& record) {
  if (!value.is_object() && !(handling == PrimitiveHandling::kIterateStringPrimitives && value.is_string()))
    return throw_type_error(agent, {to_display_string(agent, value), " is not an object"});
  Root<Value> kept(agent, value);
  Value method = TRY(get_method(agent, value, agent.well_known(WellKnownSymbol::kIterator)));
  Value iterator = method.is_undefined() ? kept.get() : TRY(call(agent, method, kept));
  if (!iterator.is_object()) return throw_type_error(agent, {to_display_string(agent, iterator), " is not an object"});
  return get_iterator_direct(agent, iterator.as_object(), record);
}

Completion<Value> iterator_next(Agent& agent, IteratorRecord& record) {
  if (!is_callable(record.next_method)) {
    record.done = true;
    return throw_not_a_method(agent, record.next_method, record.iterator, agent.names().next);
  }
  auto result = call(agent, record.next_method, record.iterator);
  if (result.is_thrown()) {
    record.done = true;
    return Thrown{};
  }
  if (!result.value().is_object()) {
    record.done = true;
    return throw_type_error(agent, {"Iterator result ", to_display_string(agent, result.value()), " is not an object"});
  }
  return result;
}

Completion<bool> iterator_complete(Agent& agent, Value result) {
  return to_boolean(TRY(get(agent, result.as_object(), agent.names().done)));
}

Completion<Value> iterator_value(Agent& agent, Value result) {
  return get(agent, result.as_object(), agent.names().value);
}

// https://tc39.es/ecma262/#sec-iteratorstepvalue
Completion<bool> iterator_step_value(Agent& agent, IteratorRecord& record, Root<Value>& value) {
  // An endless iterator may consist of native functions alone.
  TRY(agent.poll());
  // OPTIMIZATION: array iterators, and others that the engine knows, need no result object.
  if (is_array_iterator_step(record.iterator, record.next_method)) {
    auto stepped = array_iterator_step(agent, record.iterator->as<ArrayIterator>(), value);
    record.done = stepped.is_thrown() || !stepped.value();
    return stepped;
  }
  if (const NativeIteration* native = find_native_iteration(record.iterator, record.next_method)) {
    auto stepped = native->step(agent, record.iterator->as_object(), value);
    record.done = stepped.is_thrown() || !stepped.value();
    return stepped;
  }
  Root<Value> result(agent, TRY(iterator_next(agent, record)));
  auto done = iterator_complete(agent, result);
  if (done.is_thrown()) {
    record.done = true;
    return Thrown{};
  }
  if (done.value()) {
    record.done = true;
    return false;
  }
  auto next = iterator_value(agent, result);
  if (next.is_thrown()) {
    record.done = true;
    return Thrown{};
  }
  value = next.value();
  return true;
}

// https://tc39.es/ecma262/#sec-iteratorclose
Completion<void> iterator_close(Agent& agent, IteratorRecord& record) {
  Value method = TRY(get_method(agent, record.iterator, agent.names().return_));
  if (method.is_undefined()) return {};
  Value result = TRY(call(agent, method, record.iterator));
  if (!result.is_object()) return throw_type_error(agent, {"Iterator result ", to_display_string(agent, result), " is not an object"});
  return {};
}

Thrown iterator_close_throwing(Agent& agent, IteratorRecord& record) {
  if (agent.is_terminating()) return Thrown{};
  Root<Value> original(agent, agent.take_exception());
  auto method = get_method(agent, record.iterator, agent.names().return_);
  if (!method.is_thrown() && !method.value().is_undefined()) (void)call(agent, method.value(), record.iterator);
  if (agent.is_terminating()) return Thrown{};
  return agent.throw_value(original);
}

Object* create_iter_result_object(Agent& agent, Value value, bool done) {
  Shape* shape = agent.realm()->shape(RealmShape::kIteratorResult);
  auto* object = agent.heap().make_with_extra<Object>(shape->inline_capacity() * sizeof(Value), shape);
  object->inline_slots(shape)[0] = value;
  object->inline_slots(shape)[1] = Value::boolean(done);
  return object;
}

Completion<void> iterator_to_list(Agent& agent, IteratorRecord& record, RootVector& list) {
  Root<Value> value(agent);
  while (TRY(iterator_step_value(agent, record, value))) list.push_back(value);
  return {};
}

}  // namespace skein
