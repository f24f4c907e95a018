// The frames as Error.prototype.stack shows them: those on the stack, then those that wait in an `await` for
// what the stack computes.
#include "core/interpreter/eval.h"
#include "core/interpreter/generator.h"
#include "core/interpreter/slow_paths.h"
#include "core/runtime/errors.h"
#include "core/runtime/function.h"
#include "core/syntax/source_text.h"

namespace skein {

using bytecode::CodeKind;
using bytecode::kCalleeRegister;
using bytecode::kThisRegister;

namespace {

// The `name` of a function when it is a plain string, as it is now.
std::string function_name(Agent& agent, Object* function) {
  PropertyLocation location = function->lookup(agent.names().name);
  if (!location || (location.attributes & kAccessorProperty)) return {};
  Value name = function->slot(location.slot);
  return name.is_string() ? name.as_string()->to_utf8() : std::string();
}

Object* callee_of(const Frame& frame) {
  Value callee = frame.code == nullptr ? frame.new_target : frame.registers[kCalleeRegister];
  return callee.is_object() ? callee.as_object() : nullptr;
}

// The property through which an anonymous function was probably called.
std::string method_name(Object* receiver, Object* callee) {
  constexpr int kMostObjects = 8;
  constexpr uint32_t kMostProperties = 64;
  int depth = 0;
  for (Object* object = receiver; object != nullptr && depth < kMostObjects; object = object->prototype(), ++depth) {
    if (object->shape()->property_count() > kMostProperties) continue;
    std::vector<PropertyTable::Entry> properties;
    object->shape()->collect_properties(properties);
    for (const PropertyTable::Entry& entry : properties)
      if (!(entry.attributes & kAccessorProperty) && object->slot(entry.slot) == Value(callee)) return entry.key.to_display();
  }
  return {};
}

// "Foo.bar" for a method of a Foo; names like "get x" and "[Symbol.iterator]" stand alone.
std::string method_title(Agent& agent, std::string name, Value receiver, Object* callee) {
  if (receiver.is_nullish() || receiver.is_empty() || receiver == Value(agent.realm()->global_this())) return name;
  if (name.empty() && receiver.is_object()) name = method_name(receiver.as_object(), callee);
  if (name.empty() || name.find_first_of(" [<") != std::string::npos) return name;
  auto* closure = receiver.as_if<Closure>();
  const bool is_plain_function = closure != nullptr && !closure->code()->executable().is_class_constructor;
  std::string type = is_plain_function ? "Function" : type_name(agent, receiver);
  return name.starts_with(type) ? name : type + "." + name;
}

// What the code is: "Foo.bar", "new Foo", "eval".
std::string code_title(Agent& agent, const bytecode::Executable& executable, Value callee, Value receiver, bool is_construct) {
  if (executable.code_kind == CodeKind::kEval) return "eval";
  if (!callee.is_object() || executable.code_kind != CodeKind::kFunction) return {};
  std::string name = function_name(agent, callee.as_object());
  if (is_construct) return "new " + (name.empty() ? "<anonymous>" : name);
  return executable.is_arrow() ? name : method_title(agent, std::move(name), receiver, callee.as_object());
}

void set_place(StackFrame& result, const bytecode::Executable& executable, uint32_t offset) {
  if (executable.source == nullptr) return;
  result.source = executable.source->name();
  syntax::LineColumn place = executable.source->line_column(executable.positions.find(offset).position);
  result.line = place.line;
  result.column = place.column;
}

StackFrame describe(Agent& agent, const Frame& frame) {
  StackFrame result;
  if (frame.code == nullptr) {
    result.source = "native";
    Object* callee = callee_of(frame);
    if (callee == nullptr) return result;
    result.function = function_name(agent, callee);
    result.function = frame.flags & Frame::kConstruct ? "new " + result.function
                                                      : method_title(agent, result.function, frame.registers[kThisRegister], callee);
    return result;
  }
  const bytecode::Executable& executable = frame.code->executable();
  result.function = code_title(agent, executable, frame.registers[kCalleeRegister], frame.registers[kThisRegister],
                               frame.new_target.is_object() && !executable.is_arrow());
  set_place(result, executable, frame.instruction_offset());
  return result;
}

// Of a frame that waits.
StackFrame describe(Agent& agent, const GeneratorState& state) {
  StackFrame result;
  const bytecode::Executable& executable = state.code()->executable();
  result.function = code_title(agent, executable, state.saved_register(kCalleeRegister), state.saved_register(kThisRegister), false);
  if (result.function.empty()) result.function = executable.code_kind == CodeKind::kModule ? "<module>" : "<anonymous>";
  result.function.insert(0, "async ");
  set_place(result, executable, static_cast<uint32_t>(state.suspended_at() - state.code()->instructions()));
  return result;
}

// The async functions that wait for the outermost frame or job, innermost first.
void add_waiting_frames(Agent& agent, size_t limit, std::vector<StackFrame>& frames) {
  if (g_promise_hooks.waiter == nullptr || agent.current_job().run == nullptr) return;
  const Frame* outermost = agent.interpreter->frames() + 1;
  const GeneratorState* running =
      agent.interpreter->frame >= outermost && outermost->flags & Frame::kResumed ? outermost->generator : nullptr;
  Object* promise = running == nullptr ? nullptr : running->awaited_promise();
  if (running != nullptr && promise == nullptr) return;
  while (frames.size() < limit) {
    std::vector<std::string> passed;
    Value waiter = g_promise_hooks.waiter(agent, promise, passed);
    for (size_t i = 0; i < passed.size() && frames.size() < limit; ++i) {
      frames.push_back({.function = "async " + passed[i], .source = "native"});
    }
    if (!waiter.is_kind(CellKind::kGeneratorState)) return;
    auto* state = waiter.as<GeneratorState>();
    if (state->suspended_at() == nullptr) return;
    if (frames.size() < limit) frames.push_back(describe(agent, *state));
    promise = state->awaited_promise();
    if (promise == nullptr) return;
  }
}

}  // namespace

void note_thrown(Interpreter& vm, Value value) {
  const Frame& frame = *vm.frame;
  vm.thrown.executable = Ref<const bytecode::Executable>(&frame.code->executable());
  vm.thrown.offset = frame.instruction_offset();
  vm.thrown.value = value;
}

bool thrown_place(Agent& agent, Value value, StackFrame& place) {
  const auto& thrown = agent.interpreter->thrown;
  if (thrown.executable == nullptr || thrown.value != value) return false;
  set_place(place, *thrown.executable, thrown.offset);
  return place.line != 0;
}

std::string code_origin(Agent& agent, const std::string& name) {
  Interpreter& vm = *agent.interpreter;
  const Frame* frame = vm.frame;
  while (frame > vm.frames() && frame->code == nullptr) --frame;
  if (frame == vm.frames()) return name;
  const StackFrame caller = describe(agent, *frame);
  // Of text made by text made by text the first places are enough.
  constexpr size_t kLongestOrigin = 300;
  if (caller.line == 0 || caller.source.size() > kLongestOrigin) return name;
  std::string place = caller.source + ":" + std::to_string(caller.line) + ":" + std::to_string(caller.column);
  return "eval at " + (caller.function.empty() ? place : caller.function + " (" + place + ")") + ", " + name;
}

const void* ActiveFunction::identity() const {
  if (executable != nullptr) return executable;
  auto* native = callee == nullptr ? nullptr : callee->as_if<NativeFunction>();
  return native == nullptr ? nullptr : reinterpret_cast<const void*>(native->function());
}

void active_functions(Agent& agent, std::vector<ActiveFunction>& functions) {
  Interpreter& vm = *agent.interpreter;
  for (const Frame* frame = vm.frame; frame > vm.frames(); --frame) {
    if (frame->code == nullptr) functions.push_back({nullptr, callee_of(*frame), 0});
    else functions.push_back({&frame->code->executable(), callee_of(*frame), frame->instruction_offset()});
  }
}

std::string name_of(Agent& agent, const ActiveFunction& active) {
  if (active.executable != nullptr && active.executable->code_kind != CodeKind::kFunction) return {};
  return active.callee == nullptr ? std::string() : function_name(agent, active.callee);
}

uint32_t line_of(const ActiveFunction& active) {
  const bytecode::Executable& executable = *active.executable;
  return executable.source->line_column(executable.positions.find(active.offset).position).line;
}

void capture_stack(Agent& agent, size_t limit, Object* skip_until, std::vector<StackFrame>& frames) {
  Interpreter& vm = *agent.interpreter;
  const Frame* const bottom = vm.frames();
  const Frame* first = vm.frame;
  if (skip_until != nullptr) {
    if (first > bottom && first->code == nullptr) --first;
    for (const Frame* frame = vm.frame; frame > bottom; --frame) {
      if (callee_of(*frame) != skip_until) continue;
      first = frame - 1;
      break;
    }
  }
  for (const Frame* frame = first; frame > bottom && frames.size() < limit; --frame) frames.push_back(describe(agent, *frame));
  add_waiting_frames(agent, limit, frames);
}

}  // namespace skein
