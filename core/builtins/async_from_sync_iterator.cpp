// https://tc39.es/ecma262/#sec-async-from-sync-iterator-objects
#include "core/builtins/builtins.h"
#include "core/builtins/promise.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

class AsyncFromSyncIterator final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kAsyncFromSyncIterator;
  static constexpr const char* kKindName = "AsyncFromSyncIterator";
  AsyncFromSyncIterator(Shape* shape, Value iterator, Value next_method)
      : Object(shape, kKind), iterator_(iterator), next_method_(next_method) {}
  Value iterator() const { return iterator_; }  // [[SyncIteratorRecord]]
  Value next_method() const { return next_method_; }
  size_t cell_size() const { return sizeof(AsyncFromSyncIterator); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visit_value(visitor, iterator_);
    visit_value(visitor, next_method_);
  }

 private:
  ValueSlot iterator_;
  ValueSlot next_method_;
};

// Slots of what waits for a value: the promise to settle, and the sync iterator to close when the value
// rejects (or undefined).
enum WaitingSlot : uint32_t { kPromise, kIterator, kDone, kWaitingSlots };

Completion<Value> value_fulfilled(Agent& agent, const CallInfo& info) {
  auto* waiting = info.this_value().as<ValueArray>();
  Object* result = create_iter_result_object(agent, info[0], waiting->get(kDone).is_true());
  resolve_promise(agent, waiting->get(kPromise).as<Promise>(), result);
  return Value::undefined();
}

Completion<Value> value_rejected(Agent& agent, const CallInfo& info) {
  auto* waiting = info.this_value().as<ValueArray>();
  if (!waiting->get(kIterator).is_undefined()) {
    Root<Value> kept(agent, info.this_value());
    IteratorRecord record(agent);
    record.iterator = waiting->get(kIterator);
    (void)agent.throw_value(info[0]);
    (void)iterator_close_throwing(agent, record);
    if (agent.is_terminating()) return Thrown{};
    agent.take_exception();
  }
  reject_promise(agent, waiting->get(kPromise).as<Promise>(), info[0]);
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-asyncfromsynciteratorcontinuation
Completion<void> continue_with(Agent& agent, Value result, Promise* promise, Value iterator, bool close_on_rejection) {
  Root<Value> kept_result(agent, result);
  Root<Promise*> kept_promise(agent, promise);
  Root<Value> kept_iterator(agent, iterator);
  // 1. to 6.
  bool done = TRY(iterator_complete(agent, result));
  Value value = TRY(iterator_value(agent, kept_result));
  const bool close = !done && close_on_rejection;
  auto wrapper = promise_resolve(agent, intrinsic(agent, Intrinsic::kPromise), value);
  if (wrapper.is_thrown()) {
    if (!close) return Thrown{};
    IteratorRecord record(agent);
    record.iterator = kept_iterator.get();
    return iterator_close_throwing(agent, record);
  }
  // 9. to 14.
  ValueArray* waiting = ValueArray::make(agent.heap(), kWaitingSlots);
  waiting->set(kPromise, kept_promise.get());
  waiting->set(kIterator, close ? kept_iterator.get() : Value::undefined());
  waiting->set(kDone, Value::boolean(done));
  g_promise_hooks.then(agent, wrapper.value(), value_fulfilled, value_rejected, Value::cell(waiting));
  return {};
}

// Runs `body(iterator, promise)`; what it throws rejects the promise, which is the result.
template <typename F>
Completion<Value> with_promise(Agent& agent, const CallInfo& info, F&& body) {
  auto* iterator = info.this_value().as<AsyncFromSyncIterator>();
  Root<Promise*> promise(agent, new_promise(agent));
  Completion<void> completion = body(iterator, promise);
  if (completion.is_thrown()) {
    if (agent.is_terminating()) return Thrown{};
    reject_promise(agent, promise, agent.take_exception());
  }
  return Value(promise.get());
}

std::span<const Value> given_argument(const CallInfo& info) { return info.arguments().first(std::min(info.count(), 1u)); }

// https://tc39.es/ecma262/#sec-%asyncfromsynciteratorprototype%.next
Completion<Value> next(Agent& agent, const CallInfo& info) {
  return with_promise(agent, info, [&](AsyncFromSyncIterator* iterator, Promise* promise) -> Completion<void> {
    Value result = TRY(call(agent, iterator->next_method(), iterator->iterator(), given_argument(info)));
    if (!result.is_object()) return throw_type_error(agent, {"Iterator result ", to_display_string(agent, result), " is not an object"});
    return continue_with(agent, result, promise, iterator->iterator(), true);
  });
}

// https://tc39.es/ecma262/#sec-%asyncfromsynciteratorprototype%.return
Completion<Value> return_(Agent& agent, const CallInfo& info) {
  return with_promise(agent, info, [&](AsyncFromSyncIterator* iterator, Promise* promise) -> Completion<void> {
    Value method = TRY(get_method(agent, iterator->iterator(), agent.names().return_));
    if (method.is_undefined()) {
      resolve_promise(agent, promise, create_iter_result_object(agent, info[0], true));
      return {};
    }
    Value result = TRY(call(agent, method, iterator->iterator(), given_argument(info)));
    if (!result.is_object()) return throw_type_error(agent, {"Iterator result ", to_display_string(agent, result), " is not an object"});
    return continue_with(agent, result, promise, iterator->iterator(), false);
  });
}

// https://tc39.es/ecma262/#sec-%asyncfromsynciteratorprototype%.throw
Completion<Value> throw_(Agent& agent, const CallInfo& info) {
  return with_promise(agent, info, [&](AsyncFromSyncIterator* iterator, Promise* promise) -> Completion<void> {
    Value method = TRY(get_method(agent, iterator->iterator(), agent.names().throw_));
    if (method.is_undefined()) {
      IteratorRecord record(agent);
      record.iterator = iterator->iterator();
      TRY(iterator_close(agent, record));
      return throw_type_error(agent, "The iterator does not provide a 'throw' method");
    }
    Value result = TRY(call(agent, method, iterator->iterator(), given_argument(info)));
    if (!result.is_object()) return throw_type_error(agent, {"Iterator result ", to_display_string(agent, result), " is not an object"});
    return continue_with(agent, result, promise, iterator->iterator(), true);
  });
}

constexpr PropertySpec kPrototype[] = {
    PropertySpec::function("next", next, 1),
    PropertySpec::function("return", return_, 1),
    PropertySpec::function("throw", throw_, 1),
};

// https://tc39.es/ecma262/#sec-createasyncfromsynciterator
Completion<void> create(Agent& agent, IteratorRecord& sync_record, IteratorRecord& result) {
  auto* iterator = make_builtin<AsyncFromSyncIterator>(agent, intrinsic(agent, Intrinsic::kAsyncFromSyncIteratorPrototype),
                                                       sync_record.iterator.get(), sync_record.next_method.get());
  return get_iterator_direct(agent, iterator, result);
}

}  // namespace

void register_async_from_sync_iterator_kinds() {
  gc::register_kind<AsyncFromSyncIterator>();
  g_create_async_from_sync_iterator = create;
}

void initialize_async_from_sync_iterator(Agent& agent, Realm& realm) {
  Object* prototype = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kAsyncIteratorPrototype));
  realm.set_intrinsic(Intrinsic::kAsyncFromSyncIteratorPrototype, prototype);
  define_properties(agent, realm, prototype, kPrototype);
}

}  // namespace skein
