#include "core/interpreter/interpreter.h"

#include "core/base/recycled_pages.h"
#include "core/interpreter/arguments_object.h"
#include "core/interpreter/eval.h"
#include "core/interpreter/generator.h"
#include "core/interpreter/iterators.h"
#include "core/interpreter/slow_paths.h"
#include "platform/virtual_memory.h"

namespace skein {

namespace {

// A frame needs some room on the register stack too; this many registers of it per frame.
constexpr size_t kRegistersPerFrame = 12;
constexpr size_t kMaxFrames = 12'000;
// How deep the stack is before tail calls stop to leave their frame for stack traces.
constexpr size_t kKeptFrames = 2'000;

constexpr ScriptHooks kScriptHooks = {
    call_closure_from_native,
    construct_closure_from_native,
    indirect_eval,
    create_dynamic_function,
    function_source_text,
    generator_resume,
    async_generator_resume,
    capture_stack,
    thrown_place,
    [](Object* closure) { return static_cast<Closure*>(closure)->code()->realm(); },
    shadow_realm_eval,
    import_into_realm,
    active_referrer,
    [](Object* closure) { return has_legacy_properties(static_cast<Closure*>(closure)); },
};

}  // namespace

Interpreter::Interpreter(Agent& agent) : agent(agent), stack_limit(agent.stack_limit()), loop(run_loop<Metering::kOff>) {
  const size_t count = std::min(kMaxFrames, static_cast<size_t>(agent.stack_limit() - agent.stack_base()) / kRegistersPerFrame + 2);
  // Zeros; pages that no call ever reaches cost nothing, and the others go back to the system with the agent.
  const size_t bytes = (count * sizeof(Frame) + platform::page_size() - 1) & ~(platform::page_size() - 1);
  void* memory = platform::reservations_are_free() ? recycled_pages::take(bytes) : std::calloc(bytes, 1);
  SKEIN_CHECK(memory != nullptr);
  frames_ = std::unique_ptr<Frame[], FreeFrames>(static_cast<Frame*>(memory), FreeFrames{bytes});
  frame = frames_.get();
  frame->top = agent.stack_base();
  frame_limit = frame + count - 1;
  kept_frames = std::min(frame + kKeptFrames, frame_limit);
#ifdef SKEIN_OPCODE_STATS
  if (OpcodeStatistics::is_enabled()) opcode_statistics = std::make_unique<OpcodeStatistics>();
#endif
  kept_stack = stack_limit - (stack_limit - agent.stack_base()) / 4;
}

void Interpreter::FreeFrames::operator()(Frame* memory) const {
  if (platform::reservations_are_free()) recycled_pages::give_back(memory, bytes);
  else std::free(memory);
}

void Interpreter::trace(gc::Visitor& visitor) {
  // Their shapes are not kept alive.
  megamorphic_gets.clear();
  megamorphic_puts.clear();
  arguments_shapes[0] = arguments_shapes[1] = nullptr;
  array_iteration.realm = nullptr;
  for (Frame* f = frames() + 1; f <= frame; ++f) {
    visitor.visit(f->code);
    visitor.visit(f->environment);
    visitor.visit(f->generator);
    visit_value(visitor, f->new_target);
  }
}

void register_interpreter_kinds() {
  static bool done = false;
  if (done) return;
  done = true;
  gc::register_kind<Environment>();
  gc::register_kind<EnvironmentNames>();
  gc::register_kind<ImportReference>();
  gc::register_kind<Code>();
  gc::register_kind<GeneratorState>();
  gc::register_kind<Generator>();
  gc::register_kind<AsyncGenerator>();
  gc::register_kind<FastIterator>();
  gc::register_kind<Enumerator>();
  register_closure_kind();
  register_arguments_kind();
  register_module_kinds();
  g_call_methods[static_cast<int>(CellKind::kClosure)] = {call_closure_from_native, construct_closure_from_native};
  g_call_methods[static_cast<int>(CellKind::kNativeFunction)] = {call_native_from_native, construct_native_from_native};
}

void install_interpreter(Agent& agent) {
  SKEIN_CHECK(agent.interpreter == nullptr);
  agent.interpreter = new Interpreter(agent);
  agent.script = &kScriptHooks;
  agent.delete_interpreter = [](Interpreter* interpreter) { delete interpreter; };
  agent.trace_interpreter = [](Interpreter* interpreter, gc::Visitor& visitor) { interpreter->trace(visitor); };
}

}  // namespace skein
