// https://tc39.es/ecma262/#sec-call and #sec-construct: dispatch by kind of callable.
#include "core/runtime/call.h"

#include "core/runtime/operations.h"

namespace skein {

CallMethods g_call_methods[256];

Completion<Value> call(Agent& agent, Value function, Value this_value, Passed<std::span<const Value>> arguments) {
  agent.collection_point(function, this_value, arguments);
  if (!is_callable(function)) [[unlikely]]
    return throw_type_error(agent, {to_display_string(agent, function), " is not a function"});
  Object* callee = function.as_object();
  return g_call_methods[callee->kind_byte()].call(agent, callee, this_value, arguments);
}

Completion<Object*> construct(Agent& agent, Object* constructor, Passed<std::span<const Value>> arguments, Object* new_target) {
  agent.collection_point(constructor, new_target, arguments);
  return g_call_methods[constructor->kind_byte()].construct(agent, constructor, arguments, new_target);
}

namespace {

// Copies arguments to the VM stack, where they are rooted while a native function views them.
class StackArguments {
 public:
  StackArguments(Agent& agent, Value this_value, Passed<std::span<const Value>> arguments, Value new_target)
      : agent_(agent), base_(agent.stack_top) {
    if (static_cast<size_t>(agent.stack_limit() - base_) < arguments.size() + 2) return;
    base_[0] = this_value;
    base_[1] = new_target;
    std::copy(arguments.begin(), arguments.end(), base_ + 2);
    agent.stack_top = base_ + 2 + arguments.size();
    fits_ = true;
  }
  ~StackArguments() { agent_.stack_top = base_; }
  bool fits() const { return fits_; }
  const Value* arguments() const { return base_ + 2; }

 private:
  Agent& agent_;
  Value* base_;
  bool fits_ = false;
};

class RealmScope {
 public:
  RealmScope(Agent& agent, Realm* realm) : agent_(agent), saved_(agent.realm()) { agent.set_realm(realm); }
  ~RealmScope() { agent_.set_realm(saved_); }

 private:
  Agent& agent_;
  Realm* saved_;
};

Completion<Value> run_native(Agent& agent, NativeFunction* function, Value this_value, Passed<std::span<const Value>> arguments, Value new_target) {
  TRY(agent.check_stack());
  Root<Object*> kept(agent, function);
  StackArguments stack(agent, this_value, arguments, new_target);
  if (!stack.fits()) return throw_stack_exhausted(agent);
  RealmScope realm(agent, function->realm());
  return function->function()(agent, CallInfo(function, this_value, stack.arguments(), static_cast<uint32_t>(arguments.size()), new_target));
}

Completion<Value> call_native(Agent& agent, Object* callee, Value this_value, Passed<std::span<const Value>> arguments) {
  return run_native(agent, static_cast<NativeFunction*>(callee), this_value, arguments, Value::undefined());
}

Completion<Object*> construct_native(Agent& agent, Object* callee, Passed<std::span<const Value>> arguments, Object* new_target) {
  Value result = TRY(run_native(agent, static_cast<NativeFunction*>(callee), Value::undefined(), arguments, new_target));
  SKEIN_DCHECK(result.is_object());
  return result.as_object();
}

void bound_arguments(BoundFunction* bound, Passed<std::span<const Value>> arguments, RootVector& all) {
  if (ValueArray* first = bound->arguments())
    for (uint32_t i = 0; i < first->capacity(); ++i) all.push_back(first->get(i));
  for (Value argument : arguments) all.push_back(argument);
}

// https://tc39.es/ecma262/#sec-bound-function-exotic-objects-call-thisargument-argumentslist
Completion<Value> call_bound(Agent& agent, Object* callee, Value, Passed<std::span<const Value>> arguments) {
  TRY(agent.check_stack());
  auto* bound = static_cast<BoundFunction*>(callee);
  RootVector all(agent);
  bound_arguments(bound, arguments, all);
  return call(agent, bound->target(), bound->bound_this(), std::span<const Value>(all.data(), all.size()));
}

Completion<Object*> construct_bound(Agent& agent, Object* callee, Passed<std::span<const Value>> arguments, Object* new_target) {
  TRY(agent.check_stack());
  auto* bound = static_cast<BoundFunction*>(callee);
  RootVector all(agent);
  bound_arguments(bound, arguments, all);
  Object* target = new_target == callee ? bound->target() : new_target;
  return construct(agent, bound->target(), std::span<const Value>(all.data(), all.size()), target);
}

Completion<Value> call_closure(Agent& agent, Object* callee, Value this_value, Passed<std::span<const Value>> arguments) {
  return agent.script->call_closure(agent, callee, this_value, arguments);
}

Completion<Object*> construct_closure(Agent& agent, Object* callee, Passed<std::span<const Value>> arguments, Object* new_target) {
  return agent.script->construct_closure(agent, callee, arguments, new_target);
}

}  // namespace

void register_call_methods() {
  g_call_methods[static_cast<int>(CellKind::kNativeFunction)] = {call_native, construct_native};
  g_call_methods[static_cast<int>(CellKind::kBoundFunction)] = {call_bound, construct_bound};
  g_call_methods[static_cast<int>(CellKind::kClosure)] = {call_closure, construct_closure};
}

// https://tc39.es/ecma262/#sec-getfunctionrealm
Completion<Realm*> get_function_realm(Agent& agent, Object* function) {
  for (;;) {
    if (auto* native = function->as_if<NativeFunction>()) return native->realm();
    if (auto* wrapped = function->as_if<WrappedFunction>()) return wrapped->realm();
    if (function->kind() == CellKind::kClosure) return agent.script->realm_of_closure(function);
    if (auto* bound = function->as_if<BoundFunction>()) {
      function = bound->target();
    } else if (auto target = g_call_methods[function->kind_byte()].proxy_target) {
      function = TRY(target(agent, function));
    } else {
      return agent.realm();
    }
  }
}

}  // namespace skein
