#include "core/host/agent_host.h"

#include <algorithm>
#include <cmath>

#include "core/host/cpu_profile.h"
#include "core/host/error_report.h"
#include "core/host/module_loader.h"
#include "core/host/worker_scope.h"

namespace skein {

namespace {

constexpr double kMaxDelay = 2147483647.0;

void host_report_exception(Agent& agent, Value exception) { AgentHost::of(agent).report_exception(exception); }

void host_track_rejection(Agent& agent, Object* promise, PromiseRejectionOperation operation) {
  AgentHost::of(agent).track_rejection(promise, operation);
}

// What waits in an agent's queues counts against a limit as large as its heap's.
Ref<threading::MemoryAccount> account_of(const HostOptions& options) {
  return options.agent.heap_limit == 0 ? nullptr : threading::MemoryAccount::create(options.agent.heap_limit);
}
// And against one of its own.
Ref<threading::MemoryAccount> queue_account_of(const HostOptions& options, const Ref<threading::MemoryAccount>& memory) {
  return options.queue_limit == 0 ? memory : threading::MemoryAccount::create(options.queue_limit, memory);
}

double host_now(Agent&) { return platform::wall_clock_ms(); }

}  // namespace

const HostHooks& AgentHost::hooks() {
  static const HostHooks kHooks = [] {
    HostHooks hooks{};
    hooks.report_exception = host_report_exception;
    hooks.promise_rejection_tracker = host_track_rejection;
    hooks.now_ms = host_now;
    hooks.interrupt_callback = [](Agent& agent) -> Completion<void> {
      if (CpuProfile* profile = AgentHost::of(agent).cpu_profile) profile->take_sample();
      return {};
    };
    ModuleLoader::install_hooks(hooks);
    return hooks;
  }();
  return kHooks;
}

AgentHost::AgentHost(Agent& agent, HostOptions options)
    : agent_(agent), options_(std::move(options)), memory_account_(account_of(options_)),
      queue_(threading::EventQueue::create(agent.waker(), queue_account_of(options_, memory_account_))),
      async_waiters_(queue_), time_origin_(platform::wall_clock_ms()), start_ns_(platform::monotonic_ns()) {
  if (!options_.environment) options_.environment = EnvironmentVariables::create(std::move(options_.env));
  agent.host_data = this;
  agent.trace_host_data = trace;
  agent.async_waiters = &async_waiters_;
}

void AgentHost::begin(HostOptions options) {
  options_ = std::move(options);
  if (!options_.environment) options_.environment = EnvironmentVariables::create(std::move(options_.env));
  figures_ = Ref<LoopFigures>::adopt(new LoopFigures);
  time_origin_ = platform::wall_clock_ms();
  start_ns_ = platform::monotonic_ns();
}

AgentHost::~AgentHost() {
  for (auto& attachment : attachments_) attachment->close(agent_);
  agent_.async_waiters = nullptr;
  async_waiters_.cancel_all();
  queue_->close();
  attachments_.clear();
  agent_.host_data = nullptr;
  agent_.trace_host_data = nullptr;
}

void AgentHost::detach(HostAttachment* attachment) {
  std::erase_if(attachments_, [&](auto& held) { return held.get() == attachment; });
}

void AgentHost::trace(void* data, gc::Visitor& visitor) {
  auto* host = static_cast<AgentHost*>(data);
  for (auto& [id, timer] : host->timers_) {
    visit_value(visitor, timer.callback);
    for (Value argument : timer.arguments) visit_value(visitor, argument);
  }
  if (host->timer_prototype != nullptr) visitor.visit(host->timer_prototype);
  for (Value promise : host->unhandled_rejections_) visit_value(visitor, promise);
  for (auto& attachment : host->attachments_) attachment->trace(visitor);
}

double AgentHost::now() const { return static_cast<double>(platform::monotonic_ns() - start_ns_) / 1e6; }

void AgentHost::write(platform::Stream stream, std::string_view text) {
  if (options_.write) options_.write(stream, text);
  else (void)platform::write_stream(stream, text);
}

void AgentHost::stop(int exit_code) {
  stopping_ = true;
  exit_code_ = exit_code;
}

// --- The event loop -----------------------------------------------------------------------------------------

bool AgentHost::is_alive() const {
  if (references_ != 0 || queue_->keep_alive_count() != 0 || queue_->has_task() || !immediates_.empty() || !async_waiters_.empty()) return true;
  return std::any_of(timers_.begin(), timers_.end(), [](auto& entry) { return entry.second.referenced; });
}

platform::Deadline AgentHost::next_deadline() const {
  if (!immediates_.empty()) return platform::Deadline::at_ns(0);
  platform::Deadline timer = due_.empty() ? platform::Deadline::never() : platform::Deadline::at_ns(due_.begin()->first.first);
  platform::Deadline waiter = async_waiters_.next_deadline();
  return waiter < timer ? waiter : timer;
}

bool AgentHost::is_passive() const {
  if (!immediates_.empty() || !async_waiters_.next_deadline().is_never()) return false;
  return std::none_of(timers_.begin(), timers_.end(), [](auto& entry) { return entry.second.referenced; });
}

Completion<void> AgentHost::run_event_loop() {
  nothing_can_happen_ = false;
  TRY(perform_microtask_checkpoint());
  while (!stopping_ && TRY(run_turn())) {
    if (queue_->has_task()) continue;
    TRY(wait_for_work());
    if (nothing_can_happen_) break;
  }
  return {};
}

Completion<bool> AgentHost::run_turn() {
  if (auto task = queue_->take()) {
    task->run(agent_);
    if (agent_.is_terminating()) return Thrown{};
    TRY(perform_microtask_checkpoint());
    if (stopping_) return false;
  }
  TRY(run_due_timers());
  TRY(run_immediates());
  async_waiters_.expire();
  return !stopping_ && is_alive();
}

Completion<void> AgentHost::wait_for_work() {
  platform::Deadline deadline = next_deadline();
  if (deadline.has_passed()) return agent_.poll();
  // Nothing else runs meanwhile: a good moment to tidy up is when the heap asks for it.
  TRY(agent_.poll());
  bool passive = is_passive();
  if (before_wait && passive && !before_wait(*this)) {
    nothing_can_happen_ = true;
    return {};
  }
  // The queue knows nothing of timers and references: without this it would call itself idle.
  threading::KeepAlive awake;
  if (queue_->keep_alive_count() == 0) awake = threading::KeepAlive(queue_);
  figures_->begin_wait();
  if (cpu_profile != nullptr) cpu_profile->begin_wait();
  auto result = queue_->wait(deadline);
  if (cpu_profile != nullptr) cpu_profile->end_wait();
  figures_->end_wait();
  if (after_wait && passive) after_wait(*this);
  (void)result;
  return agent_.poll();
}

Completion<void> AgentHost::perform_microtask_checkpoint() {
  TRY(agent_.run_jobs());
  report_unhandled_rejections();
  return agent_.is_terminating() ? Completion<void>(Thrown{}) : Completion<void>();
}

Completion<void> AgentHost::finish_task(Completion<Value> result) {
  if (result.is_thrown()) {
    if (agent_.is_terminating()) return Thrown{};
    report_exception(agent_.take_exception());
  }
  return perform_microtask_checkpoint();
}

Completion<void> AgentHost::run_callback(Value callback, std::vector<Value>& arguments) {
  return finish_task(call(agent_, callback, Value::undefined(), arguments));
}

// --- Timers ---------------------------------------------------------------------------------------------------

AgentHost::TimerId AgentHost::set_timer(Value callback, double delay_ms, bool repeat, std::span<const Value> arguments) {
  if (!(delay_ms >= 1) || delay_ms > kMaxDelay) delay_ms = 1;
  TimerId id = next_timer_id_++;
  Timer timer;
  timer.callback = callback;
  timer.arguments.assign(arguments.begin(), arguments.end());
  timer.interval_ns = static_cast<int64_t>(std::trunc(delay_ms) * 1e6);
  timer.due_ns = platform::monotonic_ns() + timer.interval_ns;
  timer.repeat = repeat;
  due_[{timer.due_ns, id}] = id;
  remember(id, std::move(timer));
  return id;
}

AgentHost::TimerId AgentHost::set_immediate(Value callback, std::span<const Value> arguments) {
  TimerId id = next_timer_id_++;
  Timer timer{callback, std::vector<Value>(arguments.begin(), arguments.end()), 0, 0, false};
  remember(id, std::move(timer));
  immediates_.push_back(id);
  return id;
}

// What the tables of timers take for one; it counts against the heap's limit.
static size_t timer_bytes(size_t argument_count) {
  constexpr size_t kEntries = 240;
  return kEntries + argument_count * sizeof(Value);
}

void AgentHost::remember(TimerId id, Timer timer) {
  agent_.heap().charge_external_regardless(timer_bytes(timer.arguments.size()));
  timers_.emplace(id, std::move(timer));
}

void AgentHost::forget(std::map<TimerId, Timer>::iterator at) {
  agent_.heap().discharge_external(timer_bytes(at->second.arguments.size()));
  timers_.erase(at);
}

void AgentHost::clear_timer(TimerId id) {
  auto at = timers_.find(id);
  if (at == timers_.end()) return;
  due_.erase({at->second.due_ns, id});
  std::erase(immediates_, id);
  forget(at);
}

bool AgentHost::has_timer(TimerId id) const { return timers_.contains(id); }

void AgentHost::set_timer_referenced(TimerId id, bool referenced) {
  auto at = timers_.find(id);
  if (at != timers_.end()) at->second.referenced = referenced;
}

bool AgentHost::is_timer_referenced(TimerId id) const {
  auto at = timers_.find(id);
  return at != timers_.end() && at->second.referenced;
}

void AgentHost::refresh_timer(TimerId id) {
  auto at = timers_.find(id);
  if (at == timers_.end() || due_.erase({at->second.due_ns, id}) == 0) return;
  at->second.due_ns = platform::monotonic_ns() + at->second.interval_ns;
  due_[{at->second.due_ns, id}] = id;
}

Completion<void> AgentHost::run_due_timers() {
  const int64_t now = platform::monotonic_ns();
  while (!stopping_ && !due_.empty() && due_.begin()->first.first <= now) {
    TimerId id = due_.begin()->second;
    due_.erase(due_.begin());
    auto at = timers_.find(id);
    Root<Value> callback(agent_, at->second.callback);
    std::vector<Value> arguments = at->second.arguments;
    RootVector kept(agent_);
    for (Value argument : arguments) kept.push_back(argument);
    if (!at->second.repeat) forget(at);
    TRY(run_callback(callback, arguments));
    // A repeating timer runs again unless its callback cleared it; it never catches up.
    at = timers_.find(id);
    if (at != timers_.end() && at->second.repeat) {
      at->second.due_ns = std::max(at->second.due_ns + at->second.interval_ns, now + 1);
      due_[{at->second.due_ns, id}] = id;
    }
  }
  return {};
}

Completion<void> AgentHost::run_immediates() {
  std::vector<TimerId> ready;
  ready.swap(immediates_);
  for (TimerId id : ready) {
    if (stopping_) break;
    auto at = timers_.find(id);
    if (at == timers_.end()) continue;  // cleared by an earlier one
    Root<Value> callback(agent_, at->second.callback);
    std::vector<Value> arguments = at->second.arguments;
    RootVector kept(agent_);
    for (Value argument : arguments) kept.push_back(argument);
    forget(at);
    TRY(run_callback(callback, arguments));
  }
  return {};
}

// --- Errors -----------------------------------------------------------------------------------------------------

void AgentHost::report_exception(Value exception) {
  if (stopping_ || agent_.is_terminating()) return;
  Root<Value> kept(agent_, exception);
  if (worker_scope != nullptr && worker_scope->handle_uncaught(agent_, exception)) return;
  if (stopping_ || agent_.is_terminating()) return;
  print_exception(kept);
}

void AgentHost::print_exception(Value exception, bool is_rejection) {
  Root<Value> kept(agent_, exception);
  if (on_uncaught && on_uncaught(agent_, exception, is_rejection)) return;
  write(platform::Stream::kError, describe_uncaught(agent_, kept, is_rejection, options_.colors));
  stop(1);
}

// https://html.spec.whatwg.org/multipage/webappapis.html#the-hostpromiserejectiontracker-implementation
void AgentHost::track_rejection(Object* promise, PromiseRejectionOperation operation) {
  if (operation == PromiseRejectionOperation::kReject) {
    unhandled_rejections_.push_back(promise);
  } else if (std::erase(unhandled_rejections_, Value(promise)) == 0 && worker_scope != nullptr) {
    // It was told of; those who listened learn that it was handled after all.
    Job job{};
    job.realm = agent_.realm();
    job.data[0] = promise;
    job.run = [](Agent& agent, const Value* data) -> Completion<Value> {
      WorkerScope::of(agent).rejection_handled(agent, data[0].as_object());
      return Value::undefined();
    };
    agent_.enqueue_job(job);
  }
}

void AgentHost::report_unhandled_rejections() {
  while (!unhandled_rejections_.empty() && !stopping_ && !agent_.is_terminating()) {
    Root<Value> promise(agent_, unhandled_rejections_.front());
    unhandled_rejections_.erase(unhandled_rejections_.begin());
    Root<Value> reason(agent_, rejection_reason(promise.get().as_object()));
    if (worker_scope != nullptr && worker_scope->handle_rejection(agent_, promise, reason)) continue;
    if (stopping_ || agent_.is_terminating()) return;
    print_exception(reason, true);
  }
}

}  // namespace skein
