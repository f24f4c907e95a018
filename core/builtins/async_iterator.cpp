// https://tc39.es/ecma262/#sec-%asynciteratorprototype%-object
#include "core/builtins/builtins.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

// Settle the promise that is their context (`this`): with undefined, or as the awaited one was.
Completion<Value> resolve_undefined(Agent& agent, const CallInfo& info) {
  g_promise_hooks.resolve(agent, info.this_value().as_object(), Value::undefined());
  return Value::undefined();
}
Completion<Value> reject_likewise(Agent& agent, const CallInfo& info) {
  g_promise_hooks.reject(agent, info.this_value().as_object(), info[0]);
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-%asynciteratorprototype%-%symbol.asyncdispose%
Completion<Value> async_iterator_prototype_async_dispose(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> promise(agent, TRY(g_promise_hooks.new_promise(agent)));
  auto dispose = [&]() -> Completion<void> {
    // 3. - 5.
    Value method = TRY(get_method(agent, info.this_value(), PropertyKey(agent.names().return_)));
    if (method.is_undefined()) {
      g_promise_hooks.resolve(agent, promise, Value::undefined());
      return {};
    }
    // 6.
    Value result = TRY(call(agent, method, info.this_value()));
    Object* wrapper = TRY(g_promise_hooks.promise_resolve(agent, result));
    g_promise_hooks.then(agent, wrapper, resolve_undefined, reject_likewise, promise.get());
    return {};
  };
  if (dispose().is_thrown()) {
    if (agent.is_terminating()) return Thrown{};
    g_promise_hooks.reject(agent, promise, agent.take_exception());
  }
  // 7.
  return promise.get();
}

constexpr PropertySpec kAsyncIteratorPrototype[] = {
    PropertySpec::function(WellKnownSymbol::kAsyncIterator, return_this, 0),
    PropertySpec::function(WellKnownSymbol::kAsyncDispose, async_iterator_prototype_async_dispose, 0),
};

}  // namespace

void initialize_async_iterator(Agent& agent, Realm& realm) {
  Object* prototype = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kObjectPrototype));
  realm.set_intrinsic(Intrinsic::kAsyncIteratorPrototype, prototype);
  define_properties(agent, realm, prototype, kAsyncIteratorPrototype);
}

}  // namespace skein
