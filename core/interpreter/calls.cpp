// Entering and leaving frames, other than the commonest ways, which the loop has inline.
#include <algorithm>

#include "core/interpreter/constants.h"
#include "core/interpreter/generator.h"
#include "core/interpreter/slow_paths.h"
#include "core/runtime/errors.h"
#include "core/runtime/forwarding.h"
#include "core/runtime/function.h"

namespace skein {

using bytecode::kCalleeRegister;
using bytecode::kFirstParameterRegister;
using bytecode::kThisRegister;

// --- Frames ----------------------------------------------------------------------------------------------

Completion<void> push_frame(Interpreter& vm, Code* code, Environment* environment, Value* window, uint32_t argument_count,
                            Value new_target, uint32_t result, uint32_t flags) {
  Agent& agent = vm.agent;
  const uint32_t parameters = code->parameter_count();
  Value* arguments = window + kFirstParameterRegister;
  Value* registers = window;
  if (code->call_flags() & Code::kArgumentList) registers = arguments + argument_count;
  Value* end = registers + std::max(code->register_count(), kFirstParameterRegister + parameters);
  if (vm.frame == vm.frame_limit || end > vm.stack_limit) return throw_stack_overflow(agent);

  // The poll may collect: everything that the callee will have must be seen.
  Value* const saved_top = agent.stack_top;
  agent.stack_top = std::max(saved_top, arguments + argument_count);
  if (poll_wanted(agent)) {
    Root<Value> kept(agent, new_target), kept_code(agent, Value::cell(code));
    Root<Environment*> kept_environment(agent, environment);
    if (agent.poll().is_thrown()) {
      agent.stack_top = saved_top;
      return Thrown{};
    }
  }
  if (code->call_flags() & Code::kUnlinked) code->link(agent);

  if (registers != window) {
    registers[kCalleeRegister] = window[kCalleeRegister];
    registers[kThisRegister] = window[kThisRegister];
    const uint32_t copied = std::min(argument_count, parameters);
    std::copy_n(arguments, copied, registers + kFirstParameterRegister);
    std::fill(registers + kFirstParameterRegister + copied, end, Value::undefined());
    flags |= Frame::kArgumentsBelow;
  } else if (arguments + argument_count < end) {
    std::fill(arguments + argument_count, end, Value::undefined());
  }
  Frame* frame = ++vm.frame;
  frame->pc = code->instructions();
  frame->registers = registers;
  frame->code = code;
  frame->environment = environment;
  frame->new_target = new_target;
  frame->generator = nullptr;
  frame->top = agent.stack_top = std::max(saved_top, end);
  frame->argument_count = argument_count;
  frame->result = result;
  frame->flags = flags;
  if (code->realm() != agent.realm()) agent.set_realm(code->realm());
  return {};
}

void pop_frame(Interpreter& vm) {
  Frame* frame = --vm.frame;
  vm.agent.stack_top = frame->top;
  if (frame->code != nullptr && frame->code->realm() != vm.agent.realm()) vm.agent.set_realm(frame->code->realm());
}

Value leave_frame(Interpreter& vm, Value value) {
  const Frame& frame = *vm.frame;
  const uint32_t result = frame.result;
  const uint32_t flags = frame.flags;
  if ((flags & Frame::kConstruct) && !value.is_object()) value = frame.registers[kThisRegister];
  pop_frame(vm);
  if (flags & Frame::kEntry) return value;
  if (!(flags & Frame::kDiscardResult)) vm.frame->registers[result] = value;
  return Value::empty();
}

Completion<Value> unwind(Interpreter& vm) {
  Agent& agent = vm.agent;
  for (;;) {
    Frame* frame = vm.frame;
    if (!agent.is_terminating()) {
      const uint32_t offset = frame->instruction_offset();
      for (const bytecode::Handler& handler : frame->code->executable().handlers) {
        if (offset < handler.start || offset >= handler.end) continue;
        frame->registers[handler.exception_register] = agent.take_exception();
        frame->pc = frame->code->instructions() + handler.handler_pc;
        return Value::empty();
      }
    }
    if (frame->generator != nullptr) {
      // An async function's promise takes the exception.
      Completion<Value> left = leave_suspendable_by_throw(vm);
      if (!left.is_thrown()) return left;
    }
    const bool is_entry = frame->flags & Frame::kEntry;
    pop_frame(vm);
    if (is_entry) return Thrown{};
  }
}

// --- [[Call]] ---------------------------------------------------------------------------------------------

namespace {

// https://tc39.es/ecma262/#sec-ecmascript-function-objects-call-thisargument-argumentslist, step 4: in the
// function's realm.
Thrown throw_class_constructor(Agent& agent, Closure* closure) {
  NestedRun nested(agent);
  agent.set_realm(closure->code()->realm());
  const std::string name = plain_text(agent, closure->slot(Closure::kNameSlot));
  return throw_type_error(agent, {"Class constructor ", name.empty() ? "(anonymous)" : name,
                                  " cannot be invoked without 'new'"});
}

Completion<Value> call_native(Interpreter& vm, NativeFunction* function, Value this_value, const Value* arguments,
                              uint32_t argument_count, Value new_target) {
  Agent& agent = vm.agent;
  if (!vm.push_native_frame(function, const_cast<Value*>(arguments) - kFirstParameterRegister)) return throw_stack_overflow(agent);
  if (!new_target.is_undefined()) vm.frame->flags = Frame::kConstruct;
  Realm* saved = agent.realm();
  agent.set_realm(function->realm());
  Completion<Value> result =
      function->function()(agent, CallInfo(function, this_value, arguments, argument_count, new_target));
  agent.set_realm(saved);
  vm.pop_native_frame();
  return result;
}

}  // namespace

namespace {

// While it exists, the stack is scanned up to the end of the arguments.
class RaisedTop {
 public:
  RaisedTop(Interpreter& vm, Value* end) : frame_(vm.frame), saved_(vm.frame->top) {
    frame_->top = vm.agent.stack_top = std::max(vm.agent.stack_top, end);
  }
  ~RaisedTop() { frame_->top = saved_; }

 private:
  Frame* frame_;
  Value* saved_;
};

// call_slow with arguments that may reach above the frame's top.
Completion<Value> call_raised(Interpreter& vm, Value* window, uint32_t argument_count, uint32_t result) {
  if (window[0].is_kind(CellKind::kClosure) && replaces_frame(vm, result)) return call_slow(vm, window, argument_count, result);
  Completion<Value> completion = Value::empty();
  {
    RaisedTop raised(vm, window + kFirstParameterRegister + argument_count);
    completion = call_slow(vm, window, argument_count, result);
  }
  if (vm.frame->code != nullptr && (completion.is_thrown() || !completion.value().is_empty())) vm.agent.stack_top = vm.frame->top;
  return completion;
}

// https://tc39.es/ecma262/#sec-bound-function-exotic-objects-call-thisargument-argumentslist: makes of the window for
// a bound function that for its target, until that is another function. The count of arguments then.
Completion<uint32_t> unbind(Interpreter& vm, Value* window, uint32_t argument_count) {
  Value* arguments = window + kFirstParameterRegister;
  while (auto* bound = window[0].as_if<BoundFunction>()) {
    ValueArray* first = bound->arguments();
    const uint32_t count = first == nullptr ? 0 : first->capacity();
    if (size_t{count} + argument_count > static_cast<size_t>(vm.stack_limit - arguments)) return throw_stack_overflow(vm.agent);
    std::copy_backward(arguments, arguments + argument_count, arguments + argument_count + count);
    if (count != 0) std::copy_n(first->data(), count, arguments);
    argument_count += count;
    window[0] = bound->target();
    window[1] = bound->bound_this();
  }
  return argument_count;
}

// Makes of the window for Function.prototype.call, apply or Reflect.apply that for the closure which they are to call,
// where it may take over the frame. False, and nothing has changed, where they have to be called themselves. The
// arguments are then an array, or counted.
struct Forwarded {
  bool is_list = false;
  uint32_t argument_count = 0;
};
Completion<bool> forward(Interpreter& vm, NativeFunction* native, Value* window, uint32_t argument_count, uint32_t result, Forwarded& forwarded) {
  const NativeFunctionPointer function = native->function();
  const bool is_call = function == function_prototype_call, is_apply = function == function_prototype_apply;
  if (!is_call && !is_apply && function != reflect_apply) return false;
  Value* arguments = window + kFirstParameterRegister;
  auto argument = [&](uint32_t i) { return i < argument_count ? arguments[i] : Value::undefined(); };
  const Value callee = is_call || is_apply ? window[1] : argument(0);
  if (!callee.is_kind(CellKind::kClosure) || !replaces_frame(vm, result)) return false;
  if (is_call || (is_apply && argument(1).is_nullish())) {
    window[0] = callee;
    window[1] = argument(0);
    forwarded.argument_count = is_call && argument_count != 0 ? argument_count - 1 : 0;
    if (forwarded.argument_count != 0) std::copy_n(arguments + 1, forwarded.argument_count, arguments);
    return true;
  }
  const uint32_t place = is_apply ? 1 : 2;  // of the list, behind what will be `this`
  if (argument_count <= place) return false;
  RootVector list(vm.agent);
  TRY(create_list_from_array_like(vm.agent, arguments[place], list));
  Array* array = make_array(vm.agent, list.values());
  const Value this_value = arguments[place - 1];
  window[0] = callee;
  window[1] = this_value;
  window[2] = array;
  forwarded.is_list = true;
  return true;
}

}  // namespace

Completion<Value> call_slow(Interpreter& vm, Value* window, uint32_t argument_count, uint32_t result) {
  Agent& agent = vm.agent;
  Value callee = window[0];
  if (!is_callable(callee)) return throw_not_a_function(vm, callee);
  const Value* arguments = window + kFirstParameterRegister;
  if (auto* closure = callee.as_if<Closure>()) {
    if (closure->code()->call_flags() & Code::kClassConstructor) return throw_class_constructor(agent, closure);
    if (replaces_frame(vm, result)) {
      TRY(replace_frame(vm, window, argument_count));
    } else {
      TRY(push_frame(vm, closure->code(), closure->environment(), window, argument_count, Value::undefined(), result, 0));
    }
    return Value::empty();
  }
  if (auto* native = callee.as_if<NativeFunction>()) {
    Forwarded forwarded;
    if (!TRY(forward(vm, native, window, argument_count, result, forwarded)))
      return call_native(vm, native, window[1], arguments, argument_count, Value::undefined());
    return forwarded.is_list ? call_spread(vm, window, result) : call_slow(vm, window, forwarded.argument_count, result);
  }
  if (callee.is_kind(CellKind::kBoundFunction)) return call_raised(vm, window, TRY(unbind(vm, window, argument_count)), result);
  Object* object = callee.as_object();
  return g_call_methods[object->kind_byte()].call(agent, object, window[1], {arguments, argument_count});
}

// --- [[Construct]] ----------------------------------------------------------------------------------------

Shape* instance_shape(Agent& agent, Closure* new_target) {
  if (new_target->has_lazy_prototype()) new_target->materialize_prototype(agent);
  Value property = new_target->prototype_property();
  Object* prototype =
      property.is_object() ? property.as_object() : new_target->code()->realm()->intrinsic(Intrinsic::kObjectPrototype);
  Shape* shape = new_target->instance_shape();
  if (shape != nullptr && shape->prototype() == prototype) return shape;
  constexpr uint8_t kFirstGuess = 4;
  Code* code = new_target->code();
  uint8_t slots = code->learned_slots == 0 ? kFirstGuess : code->learned_slots;
  shape = agent.root_shape(prototype, CellKind::kObject, sizeof(Object), slots);
  new_target->set_instance_shape(shape);
  return shape;
}

// OPTIMIZATION: after a few objects, those that follow have room for as many properties as they had.
void learn_instance_size(Value instance, Value new_target) {
  auto* closure = new_target.as_if<Closure>();
  if (closure == nullptr || !instance.is_kind(CellKind::kObject)) return;
  Code* code = closure->code();
  if (code->constructions >= Code::kSampledConstructions) return;
  const uint32_t slots = std::min<uint32_t>(instance.as_object()->shape()->slot_count(), kMaxInlineSlots);
  code->learned_slots = std::max(code->learned_slots, static_cast<uint8_t>(slots));
  if (++code->constructions == Code::kSampledConstructions) closure->set_instance_shape(nullptr);
}

namespace {

// https://tc39.es/ecma262/#sec-ordinarycreatefromconstructor for %Object.prototype%.
Completion<Object*> create_this(Interpreter& vm, Object* new_target) {
  Agent& agent = vm.agent;
  if (auto* closure = new_target->as_if<Closure>(); closure != nullptr && closure->code()->construct_kind() != Code::ConstructKind::kNone) {
    Shape* shape = instance_shape(agent, closure);
    return agent.heap().make_with_extra<Object>(shape->inline_capacity() * sizeof(Value), shape);
  }
  Object* prototype = TRY(get_prototype_from_constructor(agent, new_target, Intrinsic::kObjectPrototype));
  return make_object_with_prototype(agent, prototype);
}

// Replaces this by what [[Construct]] puts there, and pushes the frame.
Completion<void> push_construct_frame(Interpreter& vm, Closure* closure, Value* window, uint32_t argument_count,
                                      Object* new_target, uint32_t result, uint32_t flags) {
  Root<Value> kept(vm.agent, new_target);
  if (closure->code()->construct_kind() == Code::ConstructKind::kBase) {
    window[kThisRegister] = Value(TRY(create_this(vm, new_target)));
    flags |= Frame::kConstruct;
  } else {
    window[kThisRegister] = Value::empty();
  }
  return push_frame(vm, closure->code(), closure->environment(), window, argument_count, new_target, result, flags);
}

}  // namespace

Completion<Value> construct_slow(Interpreter& vm, Value* window, uint32_t argument_count, uint32_t result) {
  Agent& agent = vm.agent;
  Value callee = window[0];
  Value new_target = window[1];
  if (!is_constructor(callee)) return callee == new_target ? throw_not_a_constructor(vm, callee) : throw_not_a_super_constructor(vm, callee);
  const Value* arguments = window + kFirstParameterRegister;
  if (auto* closure = callee.as_if<Closure>()) {
    TRY(push_construct_frame(vm, closure, window, argument_count, new_target.as_object(), result, 0));
    return Value::empty();
  }
  if (auto* native = callee.as_if<NativeFunction>())
    return call_native(vm, native, Value::undefined(), arguments, argument_count, new_target);
  Object* object = callee.as_object();
  Object* made = TRY(g_call_methods[object->kind_byte()].construct(agent, object, {arguments, argument_count}, new_target.as_object()));
  return Value(made);
}

// --- Spread arguments -----------------------------------------------------------------------------------

namespace {

// Replaces the array there by its elements, and says how many there are. They may reach above the frame's top: until
// the call has made a frame of its own, nothing may collect but what stack_top covers.
Completion<uint32_t> unpack_arguments(Interpreter& vm, Value* arguments) {
  Array* array = arguments->as<Array>();
  const uint32_t count = array->length();
  if (count > static_cast<size_t>(vm.stack_limit - arguments)) return throw_stack_overflow(vm.agent);
  for (uint32_t i = 0; i < count; ++i) {
    Value value = array->dense_element_or_empty(i);
    arguments[i] = value.is_empty() ? Value::undefined() : value;
  }
  return count;
}

}  // namespace

Completion<Value> call_spread(Interpreter& vm, Value* window, uint32_t result) {
  const uint32_t count = TRY(unpack_arguments(vm, window + kFirstParameterRegister));
  return call_raised(vm, window, count, result);
}

Completion<Value> call_spread_last(Interpreter& vm, Value* window, uint32_t argument_count, uint32_t result) {
  const uint32_t before = argument_count - 1;
  const uint32_t count = TRY(unpack_arguments(vm, window + kFirstParameterRegister + before));
  return call_raised(vm, window, before + count, result);
}

Completion<Value> construct_spread(Interpreter& vm, Value* window, uint32_t result) {
  const uint32_t count = TRY(unpack_arguments(vm, window + kFirstParameterRegister));
  Completion<Value> completion = Value::empty();
  {
    RaisedTop raised(vm, window + kFirstParameterRegister + count);
    completion = construct_slow(vm, window, count, result);
  }
  if (completion.is_thrown() || !completion.value().is_empty()) vm.agent.stack_top = vm.frame->top;
  return completion;
}

// The default derived constructor.
Completion<Value> construct_forward(Interpreter& vm, uint32_t result) {
  const Frame& frame = *vm.frame;
  Value callee = TRY(get_super_constructor(vm, frame.registers[kCalleeRegister]));
  Value* window = vm.agent.stack_top;
  const uint32_t count = frame.argument_count;
  if (count + kFirstParameterRegister > static_cast<size_t>(vm.stack_limit - window)) return throw_stack_overflow(vm.agent);
  window[0] = callee;
  window[1] = frame.new_target;
  std::copy_n(frame.arguments(), count, window + kFirstParameterRegister);
  Completion<Value> completion = Value::empty();
  {
    RaisedTop raised(vm, window + kFirstParameterRegister + count);
    completion = construct_slow(vm, window, count, result);
  }
  if (completion.is_thrown() || !completion.value().is_empty()) vm.agent.stack_top = vm.frame->top;
  return completion;
}

Completion<Value> get_super_constructor(Interpreter& vm, Value function) {
  bool is_null = false;
  Object* prototype = TRY(get_prototype_of(vm.agent, function.as_object(), &is_null));
  if (is_null) return Value::null();
  return Value(prototype);
}

namespace {

// The realm that is current once the innermost frame has been left.
Realm* outer_realm(Interpreter& vm) {
  const Frame* outer = vm.frame - 1;
  if (outer->code != nullptr) return outer->code->realm();
  auto* native = outer == vm.frames() ? nullptr : outer->new_target.as_if<NativeFunction>();
  return native != nullptr ? native->realm() : vm.agent.realm();
}

}  // namespace

// https://tc39.es/ecma262/#sec-ecmascript-function-objects-construct-argumentslist-newtarget, steps 12 to 15: when
// the function's context has been left already.
Completion<Value> check_derived_return(Interpreter& vm, Value value, Value this_value) {
  if (value.is_object()) return value;
  if (!value.is_undefined() || this_value.is_empty()) {
    NestedRun nested(vm.agent);
    vm.agent.set_realm(outer_realm(vm));
    if (this_value.is_empty() && value.is_undefined()) return throw_this_uninitialized(vm);
    return throw_type_error(vm.agent, "Derived constructors may only return object or undefined");
  }
  learn_instance_size(this_value, vm.frame->new_target);
  return this_value;
}

// Runs the code of a script, module or eval.
Completion<Value> run_program(Agent& agent, Code* code, Environment* environment, Value this_value) {
  Interpreter& vm = *agent.interpreter;
  TRY(agent.check_stack());
  Value* window = agent.stack_top;
  if (window + kFirstParameterRegister > vm.stack_limit) return throw_stack_overflow(agent);
  window[kCalleeRegister] = Value::undefined();
  window[kThisRegister] = this_value;
  NestedRun nested(agent);
  TRY(push_frame(vm, code, environment, window, 0, Value::undefined(), 0, Frame::kEntry));
  return run(vm);
}

// --- The runtime's way in ---------------------------------------------------------------------------------

namespace {

// callee, this and the arguments on top of the stack; null when they do not fit.
Value* make_window(Interpreter& vm, Object* callee, Value this_value, Passed<std::span<const Value>> arguments) {
  Value* window = vm.agent.stack_top;
  if (arguments.size() + kFirstParameterRegister > static_cast<size_t>(vm.stack_limit - window)) return nullptr;
  window[kCalleeRegister] = callee;
  window[kThisRegister] = this_value;
  std::copy(arguments.begin(), arguments.end(), window + kFirstParameterRegister);
  return window;
}

// Deep in the native stack, calls in tail position keep no frame of the run that begins: what Function.prototype.call
// calls would take native stack for each.
class FrugalTailCalls {
 public:
  explicit FrugalTailCalls(Interpreter& vm) : vm_(vm), kept_frames_(vm.kept_frames) {
    if (vm.agent.native_stack_deep()) vm.kept_frames = std::min(kept_frames_, vm.frame + 1);
  }
  ~FrugalTailCalls() { vm_.kept_frames = kept_frames_; }
  FrugalTailCalls(const FrugalTailCalls&) = delete;
  FrugalTailCalls& operator=(const FrugalTailCalls&) = delete;

 private:
  Interpreter& vm_;
  Frame* kept_frames_;
};

// Whatever the function, the arguments and the state of the agent.
Completion<Value> call_closure_carefully(Agent& agent, Closure* closure, Value this_value, Passed<std::span<const Value>> arguments) {
  Interpreter& vm = *agent.interpreter;
  TRY(agent.check_stack());
  if (closure->code()->call_flags() & Code::kClassConstructor) return throw_class_constructor(agent, closure);
  Value* window = make_window(vm, closure, this_value, arguments);
  if (window == nullptr) return throw_stack_overflow(agent);
  NestedRun nested(agent);
  const FrugalTailCalls frugal(vm);
  TRY(push_frame(vm, closure->code(), closure->environment(), window, static_cast<uint32_t>(arguments.size()), Value::undefined(), 0,
                 Frame::kEntry));
  return run(vm);
}

}  // namespace

// What callbacks pay on their way in: kept short.
Completion<Value> call_closure_from_native(Agent& agent, Object* callee, Value this_value, Passed<std::span<const Value>> arguments) {
  Interpreter& vm = *agent.interpreter;
  auto* closure = static_cast<Closure*>(callee);
  Code* code = closure->code();
  Value* window = agent.stack_top;
  Value* end = window + code->register_count();
  if (code->call_flags() != 0 || vm.frame == vm.frame_limit || end > vm.stack_limit || poll_wanted(agent) || agent.native_stack_deep())
      [[unlikely]]
    return call_closure_carefully(agent, closure, this_value, arguments);
  window[kCalleeRegister] = closure;
  window[kThisRegister] = this_value;
  // More than the parameters would be dropped.
  Value* next = window + kFirstParameterRegister;
  const size_t copied = std::min<size_t>(arguments.size(), code->parameter_count());
  for (size_t i = 0; i < copied; ++i) *next++ = arguments[i];
  while (next < end) *next++ = Value::undefined();
  Frame* frame = ++vm.frame;
  frame->pc = code->instructions();
  frame->registers = window;
  frame->code = code;
  frame->environment = closure->environment();
  frame->new_target = Value::undefined();
  frame->generator = nullptr;
  frame->top = agent.stack_top = end;
  frame->argument_count = static_cast<uint32_t>(copied);
  frame->result = 0;
  frame->flags = Frame::kEntry;
  Realm* realm = agent.realm();
  if (code->realm() != realm) [[unlikely]] agent.set_realm(code->realm());
  Completion<Value> result = run(vm);
  agent.set_realm(realm);
  agent.stack_top = window;
  return result;
}

Completion<Object*> construct_closure_from_native(Agent& agent, Object* callee, Passed<std::span<const Value>> arguments, Object* new_target) {
  Interpreter& vm = *agent.interpreter;
  TRY(agent.check_stack());
  auto* closure = static_cast<Closure*>(callee);
  Value* window = make_window(vm, callee, Value::undefined(), arguments);
  if (window == nullptr) return throw_stack_overflow(agent);
  NestedRun nested(agent);
  agent.stack_top = window + kFirstParameterRegister + arguments.size();
  TRY(push_construct_frame(vm, closure, window, static_cast<uint32_t>(arguments.size()), new_target, 0, Frame::kEntry));
  Value result = TRY(run(vm));
  return result.as_object();
}

namespace {

Completion<Value> run_native(Agent& agent, Object* callee, Value this_value, Passed<std::span<const Value>> arguments, Value new_target) {
  TRY(agent.check_stack());
  Interpreter& vm = *agent.interpreter;
  Value* window = make_window(vm, callee, this_value, arguments);
  if (window == nullptr || window + arguments.size() + 3 > vm.stack_limit) return throw_stack_overflow(agent);
  NestedRun nested(agent);
  Value* end = window + kFirstParameterRegister + arguments.size();
  *end = new_target;
  agent.stack_top = end + 1;
  return call_native(vm, static_cast<NativeFunction*>(callee), this_value, window + kFirstParameterRegister,
                     static_cast<uint32_t>(arguments.size()), new_target);
}

}  // namespace

Completion<Value> call_native_from_native(Agent& agent, Object* callee, Value this_value, Passed<std::span<const Value>> arguments) {
  return run_native(agent, callee, this_value, arguments, Value::undefined());
}

Completion<Object*> construct_native_from_native(Agent& agent, Object* callee, Passed<std::span<const Value>> arguments, Object* new_target) {
  Value result = TRY(run_native(agent, callee, Value::undefined(), arguments, new_target));
  return result.as_object();
}

}  // namespace skein
