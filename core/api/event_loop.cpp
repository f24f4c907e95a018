// The event loop of a context, promises that C++ settles, tasks from other threads.
#include "core/api/context_state.h"
#include "core/builtins/promise.h"

namespace skein::api {

using detail::ContextState;
using detail::Entered;
using detail::Run;

namespace {

// One turn, with the limits of a run. False: nothing keeps the loop alive.
Result<bool> run_turn(ContextState& state) {
  Run run(state);
  if (state.agent().is_terminating()) return state.take_error();
  if (!state.host().queue().has_task() && state.checkpoint().is_thrown()) return state.take_error();
  // A turn ends with a look at what was rejected and not handled.
  if (state.host().perform_microtask_checkpoint().is_thrown()) return state.take_error();
  auto more = state.host().run_turn();
  if (more.is_thrown()) return state.take_error();
  if (auto error = state.take_uncaught()) return *error;
  return more.value();
}

Result<void> posted(ContextState& state, threading::EventQueue::PostResult result) {
  using PostResult = threading::EventQueue::PostResult;
  if (result == PostResult::kPosted) return {};
  if (result == PostResult::kClosed) return state.closed_error();
  return Error(ErrorKind::kQueueLimit, "More waits for context " + state.name() + " than its limit allows");
}

Result<void> wait(ContextState& state) {
  Run run(state, ContextState::RunLimits::kNone);
  if (state.host().wait_for_work().is_thrown()) return state.take_error();
  return {};
}

}  // namespace

Result<void> Context::run_event_loop() const {
  Entered entered(state_);
  if (!entered) return entered.error();
  while (true) {
    auto more = run_turn(*state_);
    if (!more) return more.error();
    if (!*more) return {};
    if (state_->queue()->has_task()) continue;
    if (auto waited = wait(*state_); !waited) return waited;
    if (state_->is_closing()) return state_->closed_error();
  }
}

Result<bool> Context::run_pending() const {
  Entered entered(state_);
  if (!entered) return entered.error();
  return run_turn(*state_);
}

Result<std::optional<std::chrono::nanoseconds>> Context::time_to_next_timer() const {
  Entered entered(state_);
  if (!entered) return entered.error();
  std::optional<std::chrono::nanoseconds> time;
  if (state_->queue()->has_task()) return std::optional(std::chrono::nanoseconds(0));
  platform::Deadline deadline = state_->host().next_deadline();
  if (!deadline.is_never()) time = std::chrono::nanoseconds(deadline.remaining_ns());
  return time;
}

Result<Value> Context::await(const Value& value) const {
  if (!value.is_promise()) return value;
  Entered entered(state_);
  if (!entered) return entered.error();
  detail::VmValue raw;
  if (auto error = state_->from_handle(value, raw)) return *error;
  auto* promise = raw.as<Promise>();  // the handle keeps it
  (void)value.promise_result();  // its rejection is ours to handle
  if (promise->state() == Promise::State::kPending) promise->set_handled();
  while (true) {
    auto more = promise->state() == Promise::State::kPending ? run_turn(*state_) : Result<bool>(true);
    if (!more) return more.error();
    if (promise->state() == Promise::State::kFulfilled) return state_->to_handle(promise->result());
    if (promise->state() == Promise::State::kRejected) return state_->describe_exception(promise->result());
    if (!*more) return Error(ErrorKind::kInvalid, "The promise is pending, and nothing can happen in context " + name() + " that settles it");
    if (state_->queue()->has_task()) continue;
    if (auto waited = wait(*state_); !waited) return waited.error();
    if (state_->is_closing()) return state_->closed_error();
  }
}

Result<void> Context::set_wake_callback(std::function<void()> callback) const {
  Entered entered(state_);
  if (!entered) return entered.error();
  state_->queue()->set_observer(std::move(callback));
  return {};
}

Result<void> Context::post(std::function<void(const Context&)> task, size_t bytes) const {
  if (state_ == nullptr) return Error(ErrorKind::kClosed, "No context: the handle is empty");
  auto run = threading::make_task([task = std::move(task)](Agent& agent) { task(ContextState::handle_to(&ContextState::of(agent))); }, bytes);
  Ref<threading::EventQueue> queue = state_->queue();
  return posted(*state_, queue->post(std::move(run)));
}

// --- Promises ------------------------------------------------------------------------------------------------------

struct Resolver::Shared {
  Ref<threading::EventQueue> queue;
  Ref<ContextState> state;
  threading::KeepAlive keep_alive;
  std::atomic<bool> settled{false};
};

Result<Resolver> Context::promise() const {
  return detail::inspect_in<Resolver>(state_, [&](Agent& agent) -> Result<Resolver> {
    Resolver resolver;
    resolver.promise_ = state_->to_handle(detail::VmValue(new_promise(agent)));
    resolver.shared_ = std::make_shared<Resolver::Shared>();
    resolver.shared_->queue = state_->queue();
    resolver.shared_->state = Ref<ContextState>(state_);
    resolver.shared_->keep_alive = threading::KeepAlive(state_->queue());
    return resolver;
  });
}

Result<void> Resolver::reject(Error error) const {
  return settle([error = std::move(error)](const Context& context) { return context.error(error); }, false);
}

Result<void> Resolver::settle(std::function<Result<Value>(const Context&)> make, bool fulfilled) const {
  if (shared_ == nullptr) return Error(ErrorKind::kInvalid, "The resolver has no promise");
  // Relaxed: the task carries everything.
  if (shared_->settled.exchange(true, std::memory_order_relaxed)) return {};
  auto settle = [shared = shared_, promise = promise_, make = std::move(make), fulfilled](Agent& agent) {
    ContextState& state = *shared->state;
    Context context = ContextState::handle_to(&state);
    detail::VmValue target;
    if (state.from_handle(promise, target)) return;
    Result<Value> value = make && context ? make(context) : Result<Value>(Value());
    detail::VmValue raw;
    std::optional<Error> failed;
    if (!value) failed = value.error();
    else failed = state.from_handle(*value, raw);
    auto* object = target.as<Promise>();
    if (failed) reject_promise(agent, object, state.make_error_value(*failed));
    else if (fulfilled) resolve_promise(agent, object, raw);
    else reject_promise(agent, object, raw);
    shared->keep_alive.reset();
  };
  Ref<threading::EventQueue> queue = shared_->queue;
  return posted(*shared_->state, queue->post(threading::make_task(std::move(settle))));
}

}  // namespace skein::api
