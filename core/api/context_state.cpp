#include "core/api/context_state.h"

#include "core/host/globals.h"
#include "core/host/module_loader.h"
#include "core/interpreter/interpreter.h"
#include "platform/thread.h"

namespace skein::api::detail {

namespace {

std::atomic<uint64_t> g_next_context_id{1};

constexpr threading::InterruptMask kEndings =
    threading::Interrupt::kTerminate | threading::Interrupt::kDeadline | threading::Interrupt::kCpuBudget;

HostHooks make_hooks() {
  HostHooks hooks = AgentHost::hooks();
  hooks.interrupt_callback = [](Agent& agent) -> Completion<void> {
    if (ContextState::of(agent).interrupt() == InterruptAction::kContinue) return {};
    agent.begin_termination(TerminationReason::kTerminated);
    return agent.throw_value(VmValue::null());
  };
  return hooks;
}

// Of programs, whose modules are files.
const HostHooks& program_hooks() {
  static const HostHooks kHooks = make_hooks();
  return kHooks;
}

const HostHooks& embedded_hooks() {
  static const HostHooks kHooks = [] {
    HostHooks hooks = make_hooks();
    hooks.load_imported_module = ContextState::load_imported_module;
    hooks.import_meta = ContextState::fill_import_meta;
    return hooks;
  }();
  return kHooks;
}

}  // namespace

ContextState::ContextState(std::shared_ptr<EngineState> engine, ContextOptions options)
    : engine_(std::move(engine)), options_(std::move(options)),
      // Relaxed: only uniqueness matters.
      id_(g_next_context_id.fetch_add(1, std::memory_order_relaxed)) {
  if (options_.name.empty()) options_.name = std::to_string(id_);
  create_agent();
}

ContextState::~ContextState() = default;  // closed by the last handle

void ContextState::create_agent() {
  HostOptions host;
  host.agent.heap_limit = options_.limits.heap_bytes;
  host.agent.native_stack = options_.limits.stack_bytes;
  host.agent.can_block = options_.can_block;
  host.queue_limit = options_.limits.queue_bytes;
  host.worker_limit = options_.limits.workers;
  host.report_termination = false;
  if (options_.write)
    host.write = [this](platform::Stream stream, std::string_view text) { options_.write(stream == platform::Stream::kError, text); };
  bool files = options_.globals == Globals::kProgram && !options_.modules.load;
  agent_ = std::make_unique<Agent>(host.agent, files ? program_hooks() : embedded_hooks());
  install_interpreter(*agent_);
  host_ = std::make_unique<AgentHost>(*agent_, std::move(host));
  host_->embedder = this;
  waker_ = agent_->waker();
  queue_ = host_->queue_reference();
  roots_ = std::make_unique<Roots>(*agent_, *this);
  Realm* realm = Realm::create(*agent_);
  agent_->set_realm(realm);
  switch (options_.globals) {
    case Globals::kLanguage: break;
    case Globals::kBasic: install_basic_globals(*agent_, *realm); break;
    case Globals::kProgram: install_host_globals(*agent_, *realm); break;
  }
  host_->on_uncaught = [this](Agent&, VmValue exception, bool) {
    Error error = describe_exception(exception);
    if (options_.on_uncaught) options_.on_uncaught(handle_to(this), error);
    else uncaught_.push_back(std::move(error));
    return true;
  };
}

// The thread is in the context, and nothing of its script is under way.
void ContextState::destroy_agent() {
  closed_.store(true, std::memory_order_release);
  while (nodes_ != nullptr) {
    Node* node = nodes_;
    node->value = VmValue::undefined();
    unlink(node);
    release(node);
  }
  classes_.clear();
  modules_.clear();
  uncaught_.clear();
  roots_.reset();
  host_.reset();
  agent_.reset();
}

// --- Runs -----------------------------------------------------------------------------------------------------

void ContextState::begin_run(RunLimits limits) {
  if (script_depth_++ != 0) return;
  // A request that came when nothing ran has nothing to end.
  if (waker_->has_request()) {
    waker_->withdraw(kEndings);
    if (is_closing()) waker_->request(threading::Interrupt::kTerminate);
  }
  if (limits == RunLimits::kNone) return;
  if (options_.limits.instructions != 0)
    limit_instructions(*agent_, static_cast<int64_t>(std::min<uint64_t>(options_.limits.instructions, INT64_MAX)));
  if (options_.limits.time.count() > 0)
    time_limit_.arm(platform::Deadline::after_ns(options_.limits.time.count()), waker_, threading::Interrupt::kDeadline);
  if (options_.limits.cpu_time.count() > 0)
    cpu_limit_.arm_cpu_budget(platform::ThreadCpuClock::of_current_thread(), platform::thread_cpu_ns() + options_.limits.cpu_time.count(), waker_);
}

void ContextState::end_run() {
  if (--script_depth_ != 0) return;
  if (options_.limits.time.count() > 0) (void)time_limit_.cancel();
  if (options_.limits.cpu_time.count() > 0) (void)cpu_limit_.cancel();
  if (!agent_->is_terminating()) [[likely]] return;
  const bool collect = agent_->termination() == TerminationReason::kMemoryLimit;
  agent_->clear_termination();
  if (!collect) return;
  agent_->clear_kept_objects();
  agent_->collect_garbage(gc::CollectionType::kFull);
}

Completion<void> ContextState::checkpoint() {
  if (script_depth_ != 1 || !agent_->has_jobs()) return {};
  return agent_->run_jobs();
}

std::optional<Error> ContextState::take_uncaught() {
  if (uncaught_.empty()) return {};
  Error first = std::move(uncaught_.front());
  uncaught_.clear();
  return first;
}

InterruptAction ContextState::interrupt() {
  return options_.on_interrupt ? options_.on_interrupt(handle_to(this)) : InterruptAction::kContinue;
}

}  // namespace skein::api::detail
