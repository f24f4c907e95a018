// https://tc39.es/ecma262/#sec-disposablestack-objects and #sec-asyncdisposablestack-objects
#include "core/builtins/builtins.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"
#include "core/runtime/disposal.h"

namespace skein {
namespace {

using Hint = DisposeCapability::Hint;
using Action = DisposeStep::Action;

// Both kinds of stack. [[DisposableState]] is disposed when there is no capability.
class DisposableStack final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kDisposableStack;  // or kAsyncDisposableStack
  static constexpr const char* kKindName = "DisposableStack";
  DisposableStack(Shape* shape, CellKind kind, DisposeCapability* capability) : Object(shape, kind), capability_(capability) {}

  bool is_disposed() const { return capability_.get() == nullptr; }
  DisposeCapability* capability() const { return capability_; }  // [[DisposeCapability]]
  // Leaves the stack disposed.
  DisposeCapability* take_capability() {
    DisposeCapability* taken = capability_;
    capability_.set(this, nullptr);
    return taken;
  }
  size_t cell_size() const { return sizeof(DisposableStack); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visitor.visit(capability_);
  }

 private:
  gc::Member<DisposeCapability> capability_;
};

// What tells the two classes apart.
struct StackClass {
  const char* name;
  CellKind kind;
  Hint hint;
  Intrinsic prototype;
};
constexpr StackClass kSync = {"DisposableStack", CellKind::kDisposableStack, Hint::kSync, Intrinsic::kDisposableStackPrototype};
constexpr StackClass kAsync = {"AsyncDisposableStack", CellKind::kAsyncDisposableStack, Hint::kAsync, Intrinsic::kAsyncDisposableStackPrototype};

std::string method_name(const StackClass& of, std::string_view method) { return std::string(of.name) + ".prototype." + std::string(method); }

DisposableStack* make_stack(Agent& agent, const StackClass& of, Object* prototype, DisposeCapability* capability) {
  Shape* shape = shape_for_prototype(agent, prototype, of.kind, sizeof(DisposableStack), 0);
  return agent.heap().make<DisposableStack>(shape, of.kind, capability);
}

Completion<DisposableStack*> this_stack(Agent& agent, const CallInfo& info, const StackClass& of, std::string_view method) {
  if (info.this_value().is_kind(of.kind)) return static_cast<DisposableStack*>(info.this_value().as_object());
  return throw_incompatible_receiver(agent, method_name(of, method), info.this_value());
}

Completion<DisposableStack*> this_pending_stack(Agent& agent, const CallInfo& info, const StackClass& of, std::string_view method) {
  DisposableStack* stack = TRY(this_stack(agent, info, of, method));
  if (stack->is_disposed()) return throw_reference_error(agent, {"Cannot call ", method_name(of, method), " on an already-disposed ", of.name});
  return stack;
}

// https://tc39.es/ecma262/#sec-disposablestack
template <const StackClass& of>
Completion<Value> constructor(Agent& agent, const CallInfo& info) {
  if (!info.is_construct()) return throw_requires_new(agent, of.name);
  Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), of.prototype));
  return Value(make_stack(agent, of, prototype, agent.heap().make<DisposeCapability>()));
}

// The closure of step 5 of adopt; slots: the value, the function.
Completion<Value> dispose_adopted(Agent& agent, const CallInfo& info) {
  return call(agent, info.callee()->internal_slot(1), Value::undefined(), {info.callee()->internal_slot(0)});
}

// https://tc39.es/ecma262/#sec-disposablestack.prototype.adopt
template <const StackClass& of>
Completion<Value> adopt(Agent& agent, const CallInfo& info) {
  DisposableStack* stack = TRY(this_pending_stack(agent, info, of, "adopt"));
  if (!is_callable(info[1])) return throw_not_callable(agent, info[1]);
  NativeFunction* closure = make_native_closure(agent, dispose_adopted, 0);
  closure->set_internal_slot(0, info[0]);
  closure->set_internal_slot(1, info[1]);
  stack->capability()->push(agent, {Value::undefined(), Value(closure), of.hint});
  return info[0];
}

// https://tc39.es/ecma262/#sec-disposablestack.prototype.defer
template <const StackClass& of>
Completion<Value> defer(Agent& agent, const CallInfo& info) {
  DisposableStack* stack = TRY(this_pending_stack(agent, info, of, "defer"));
  if (!is_callable(info[0])) return throw_not_callable(agent, info[0]);
  stack->capability()->push(agent, {Value::undefined(), info[0], of.hint});
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-get-disposablestack.prototype.disposed
template <const StackClass& of>
Completion<Value> disposed(Agent& agent, const CallInfo& info) {
  return Value::boolean(TRY(this_stack(agent, info, of, "disposed"))->is_disposed());
}

// https://tc39.es/ecma262/#sec-disposablestack.prototype.move
template <const StackClass& of>
Completion<Value> move(Agent& agent, const CallInfo& info) {
  DisposableStack* stack = TRY(this_pending_stack(agent, info, of, "move"));
  return Value(make_stack(agent, of, intrinsic(agent, of.prototype), stack->take_capability()));
}

// https://tc39.es/ecma262/#sec-disposablestack.prototype.use
template <const StackClass& of>
Completion<Value> use(Agent& agent, const CallInfo& info) {
  DisposableStack* stack = TRY(this_pending_stack(agent, info, of, "use"));
  TRY(add_disposable_resource(agent, stack->capability(), info[0], of.hint));
  return info[0];
}

// The completion of DisposeResources so far: empty, or what is to be thrown. Called with a throw under way.
Completion<void> note_exception(Agent& agent, Root<Value>& completion) {
  if (agent.is_terminating()) return Thrown{};
  Root<Value> error(agent, agent.take_exception());
  completion = completion.get().is_empty() ? error.get() : Value(make_suppressed_error(agent, error, completion));
  return {};
}

// https://tc39.es/ecma262/#sec-disposablestack.prototype.dispose
Completion<Value> dispose(Agent& agent, const CallInfo& info) {
  // 1. - 4.
  DisposableStack* stack = TRY(this_stack(agent, info, kSync, "dispose"));
  if (stack->is_disposed()) return Value::undefined();
  Root<DisposeCapability*> capability(agent, stack->take_capability());
  // 5.
  Root<Value> completion(agent, Value::empty());
  for (;;) {
    auto step = dispose_step(agent, capability);
    if (step.is_thrown()) TRY(note_exception(agent, completion));
    else if (step.value().action == Action::kFinished) break;
    TRY(agent.poll());
  }
  return completion.get().is_empty() ? Completion<Value>(Value::undefined()) : agent.throw_value(completion);
}

// --- disposeAsync: what waits between two awaits is an array of these. ---
enum StateSlot : uint32_t { kCapability, kPromise, kCompletion, kStateSlots };

Completion<Value> after_await(Agent& agent, const CallInfo& info);
Completion<Value> after_failed_await(Agent& agent, const CallInfo& info);

// https://tc39.es/ecma262/#sec-disposeresources, up to the next await or the end.
Completion<void> continue_disposal(Agent& agent, ValueArray* state_array) {
  Root<ValueArray*> state(agent, state_array);
  Root<Value> completion(agent, state->get(kCompletion));
  for (;;) {
    auto step = dispose_step(agent, static_cast<DisposeCapability*>(state->get(kCapability).as_cell()));
    if (step.is_thrown()) {
      TRY(note_exception(agent, completion));
    } else if (step.value().action == Action::kFinished) {
      Object* promise = state->get(kPromise).as_object();
      if (completion.get().is_empty()) g_promise_hooks.resolve(agent, promise, Value::undefined());
      else g_promise_hooks.reject(agent, promise, completion);
      return {};
    } else if (step.value().action == Action::kAwait) {
      auto awaited = g_promise_hooks.promise_resolve(agent, step.value().result);
      if (!awaited.is_thrown()) {
        state->set(kCompletion, completion);
        g_promise_hooks.then(agent, awaited.value(), after_await, after_failed_await, Value::cell(state.get()));
        return {};
      }
      TRY(note_exception(agent, completion));
    }
    TRY(agent.poll());
  }
}

Completion<Value> after_await(Agent& agent, const CallInfo& info) {
  TRY(continue_disposal(agent, info.this_value().as<ValueArray>()));
  return Value::undefined();
}

Completion<Value> after_failed_await(Agent& agent, const CallInfo& info) {
  ValueArray* state = info.this_value().as<ValueArray>();
  Value completion = state->get(kCompletion);
  state->set(kCompletion, completion.is_empty() ? info[0] : Value(make_suppressed_error(agent, info[0], completion)));
  return after_await(agent, info);
}

// https://tc39.es/ecma262/#sec-asyncdisposablestack.prototype.disposeAsync
Completion<Value> dispose_async(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> promise(agent, TRY(g_promise_hooks.new_promise(agent)));
  // 3.
  auto stack = this_stack(agent, info, kAsync, "disposeAsync");
  if (stack.is_thrown()) {
    g_promise_hooks.reject(agent, promise, agent.take_exception());
    return Value(promise.get());
  }
  // 4.
  if (stack.value()->is_disposed()) {
    g_promise_hooks.resolve(agent, promise, Value::undefined());
    return Value(promise.get());
  }
  // 5. - 9.
  ValueArray* state = ValueArray::make(agent.heap(), kStateSlots);
  state->set(kCapability, Value::cell(stack.value()->take_capability()));
  state->set(kPromise, promise.get());
  state->set(kCompletion, Value::empty());
  TRY(continue_disposal(agent, state));
  return Value(promise.get());
}

constexpr PropertySpec kDisposableStackPrototype[] = {
    PropertySpec::function("adopt", adopt<kSync>, 2),
    PropertySpec::function("defer", defer<kSync>, 1),
    PropertySpec::function("dispose", dispose, 0),
    PropertySpec::getter("disposed", disposed<kSync>),
    PropertySpec::function("move", move<kSync>, 0),
    PropertySpec::function("use", use<kSync>, 1),
    PropertySpec::alias(WellKnownSymbol::kDispose, "dispose"),
    PropertySpec::tag("DisposableStack"),
};
constexpr PropertySpec kAsyncDisposableStackPrototype[] = {
    PropertySpec::function("adopt", adopt<kAsync>, 2),
    PropertySpec::function("defer", defer<kAsync>, 1),
    PropertySpec::function("disposeAsync", dispose_async, 0),
    PropertySpec::getter("disposed", disposed<kAsync>),
    PropertySpec::function("move", move<kAsync>, 0),
    PropertySpec::function("use", use<kAsync>, 1),
    PropertySpec::alias(WellKnownSymbol::kAsyncDispose, "disposeAsync"),
    PropertySpec::tag("AsyncDisposableStack"),
};

}  // namespace

void register_disposable_stack_kinds() {
  gc::register_kind<DisposableStack>();
  gc::register_kind<DisposableStack>(static_cast<uint8_t>(CellKind::kAsyncDisposableStack));
}

void initialize_disposable_stack(Agent& agent, Realm& realm) {
  define_constructor(agent, realm, {
                                       .name = kSync.name,
                                       .length = 0,
                                       .function = constructor<kSync>,
                                       .constructor = Intrinsic::kDisposableStack,
                                       .prototype = kSync.prototype,
                                       .prototype_properties = kDisposableStackPrototype,
                                   });
  define_constructor(agent, realm, {
                                       .name = kAsync.name,
                                       .length = 0,
                                       .function = constructor<kAsync>,
                                       .constructor = Intrinsic::kAsyncDisposableStack,
                                       .prototype = kAsync.prototype,
                                       .prototype_properties = kAsyncDisposableStackPrototype,
                                   });
}

}  // namespace skein
