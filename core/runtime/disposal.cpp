// https://tc39.es/ecma262/#sec-operations-on-disposable-objects
#include "core/runtime/disposal.h"

namespace skein {

void DisposeCapability::push(Agent& agent, const Resource& resource) {
  const uint32_t capacity = resources_.get() == nullptr ? 0 : resources_->capacity() / kFields;
  if (count_ == capacity) {
    ValueArray* grown = ValueArray::make(agent.heap(), (capacity + 2) * 2 * kFields);
    for (uint32_t i = 0; i < count_ * kFields; ++i) grown->set(i, resources_->get(i));
    resources_.set(this, grown);
  }
  const uint32_t at = count_++ * kFields;
  resources_->set(at, resource.value);
  resources_->set(at + 1, resource.method);
  resources_->set(at + 2, Value::int32(static_cast<int32_t>(resource.hint)));
}

DisposeCapability::Resource DisposeCapability::last() const {
  const uint32_t at = (count_ - 1) * kFields;
  return {resources_->get(at), resources_->get(at + 1), static_cast<Hint>(resources_->get(at + 2).as_int32())};
}

void DisposeCapability::pop() {
  const uint32_t at = --count_ * kFields;
  resources_->set(at, Value::undefined());
  resources_->set(at + 1, Value::undefined());
}

using Resource = DisposeCapability::Resource;
using Hint = DisposeCapability::Hint;

Completion<void> add_disposable_resource(Agent& agent, DisposeCapability* capability, Value value, Hint hint) {
  const bool is_async = hint == Hint::kAsync;
  if (value.is_nullish()) {
    if (is_async) capability->push(agent, {Value::undefined(), Value::undefined(), Hint::kAsync});
    return {};
  }
  if (!value.is_object()) return throw_type_error(agent, {to_display_string(agent, value), " is not an object"});
  Root<DisposeCapability*> kept(agent, capability);
  Root<Value> kept_value(agent, value);
  // GetDisposeMethod
  Value method;
  if (is_async) method = TRY(get_method(agent, value, agent.well_known(WellKnownSymbol::kAsyncDispose)));
  if (method.is_undefined()) {
    method = TRY(get_method(agent, kept_value, agent.well_known(WellKnownSymbol::kDispose)));
    if (is_async) hint = Hint::kSyncMethodAwaited;
  }
  if (method.is_undefined()) {
    return throw_type_error(agent, {"Symbol.", is_async ? "asyncDispose" : "dispose", " is not a function of ", to_display_string(agent, kept_value)});
  }
  kept->push(agent, {kept_value, method, hint});
  return {};
}

Completion<DisposeStep> dispose_step(Agent& agent, DisposeCapability* capability) {
  using Action = DisposeStep::Action;
  const bool is_empty = capability->is_empty();
  // Resources that were null have asked for one await, unless a real one comes along.
  if (capability->needs_await && !capability->has_awaited && (is_empty || capability->last().hint == Hint::kSync)) {
    capability->needs_await = false;
    return DisposeStep{Action::kAwait, Value::undefined()};
  }
  if (is_empty) return DisposeStep{Action::kFinished, Value::undefined()};
  const Resource resource = capability->last();
  capability->pop();
  if (resource.method.is_undefined()) {
    capability->needs_await = true;
    return DisposeStep{Action::kDisposed, Value::undefined()};
  }
  Root<DisposeCapability*> kept(agent, capability);
  Root<Value> result(agent);
  Completion<Value> completion = call(agent, resource.method, resource.value);
  if (resource.hint == Hint::kSyncMethodAwaited) {
    if (completion.is_thrown() && agent.is_terminating()) return Thrown{};
    Root<Value> exception(agent, completion.is_thrown() ? agent.take_exception() : Value::undefined());
    Object* promise = TRY(g_promise_hooks.new_promise(agent));
    result = Value(promise);
    if (completion.is_thrown()) g_promise_hooks.reject(agent, promise, exception);
    else g_promise_hooks.resolve(agent, promise, Value::undefined());
  } else {
    result = TRY(completion);
  }
  if (resource.hint != Hint::kSync) kept->has_awaited = true;
  return DisposeStep{resource.hint == Hint::kSync ? Action::kDisposed : Action::kAwait, result.get()};
}

Object* make_suppressed_error(Agent& agent, Value error, Value suppressed) {
  Object* object = make_error_object(agent, agent.realm()->intrinsic(Intrinsic::kSuppressedErrorPrototype));
  object->add_property(agent, agent.names().error, error, kBuiltinAttributes);
  object->add_property(agent, agent.names().suppressed, suppressed, kBuiltinAttributes);
  capture_stack_property(agent, object, nullptr);
  return object;
}

}  // namespace skein
