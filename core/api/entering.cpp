// Who is in a context: entering, leaving, waiting, suspending, closing.
#include <algorithm>

#include "core/api/context_state.h"
#include "platform/thread.h"

namespace skein::api {

uint64_t current_thread_id() { return platform::current_thread_id(); }

namespace detail {

namespace {

constexpr std::chrono::nanoseconds kLongest = std::chrono::hours(24 * 365);

// Asking the system for a thread's stack can cost microseconds.
uintptr_t stack_low() {
  thread_local uintptr_t low = 0;
  if (low == 0) low = platform::current_stack_bounds().usable_low;
  return low;
}

}  // namespace

Error ContextState::busy_error(uint64_t owner) const {
  return Error(ErrorKind::kWrongThread, "Multi threaded access requested by thread " + std::to_string(current_thread_id()) +
                                            " but context " + name() + " is in use by thread " + std::to_string(owner));
}

Error ContextState::closed_error() const { return Error(ErrorKind::kClosed, "Context " + name() + " is closed"); }

bool ContextState::try_acquire(uint64_t me) {
  uint64_t owner = 0;
  // Acquire: pairs with release_ownership(); what the last thread did in the context is visible.
  if (owner_.compare_exchange_strong(owner, me << 1, std::memory_order_acquire, std::memory_order_relaxed)) [[likely]] return true;
  while (owner >> 1 == 0)  // somebody waits: the mark stays
    if (owner_.compare_exchange_weak(owner, me << 1 | 1, std::memory_order_acquire, std::memory_order_relaxed)) return true;
  return false;
}

void ContextState::acquired() {
  depth_ = 1;
  if (agent_ != nullptr) agent_->enter_thread_stack(stack_low(), options_.limits.stack_bytes);
}

std::optional<Error> ContextState::enter() {
  const uint64_t me = current_thread_id();
  // Relaxed: only this thread writes its own number there.
  if (owner_.load(std::memory_order_relaxed) >> 1 == me) {
    ++depth_;
    return {};
  }
  while (!try_acquire(me))
    if (uint64_t other = owner_.load(std::memory_order_relaxed) >> 1; other != 0) return is_closed() ? closed_error() : busy_error(other);
  acquired();
  if (agent_ == nullptr) [[unlikely]] {
    leave();
    return closed_error();
  }
  return {};
}

std::optional<Error> ContextState::enter_when_free(std::optional<std::chrono::nanoseconds> timeout) {
  const uint64_t me = current_thread_id();
  if (is_entered() || try_acquire(me)) {
    if (is_entered() && depth_ != 0) ++depth_;
    else acquired();
  } else {
    uint64_t other = owner_.load(std::memory_order_relaxed) >> 1;
    if (!platform::current_thread_may_block()) return busy_error(other);
    if (!wait_for_ownership(me, 0, timeout, false)) return is_closed() ? closed_error() : busy_error(other);
    acquired();
  }
  if (agent_ == nullptr) {
    leave();
    return closed_error();
  }
  return {};
}

// `token` 0: any time; else only while no newer thread is suspended amid script.
bool ContextState::wait_for_ownership(uint64_t me, uint64_t token, std::optional<std::chrono::nanoseconds> timeout, bool even_closed) {
  if (timeout && *timeout > kLongest) timeout.reset();  // the clock would overflow
  auto deadline = std::chrono::steady_clock::now() + timeout.value_or(std::chrono::nanoseconds(0));
  std::unique_lock lock(mutex_);
  while (true) {
    // Acquire: pairs with the leaver's release in release_ownership().
    bool my_turn = token == 0 || newest_suspended_.load(std::memory_order_acquire) == token;
    if (my_turn && try_acquire(me)) {
      if (token == 0 || newest_suspended_.load(std::memory_order_acquire) == token) return true;
      owner_.store(1, std::memory_order_release);  // another one has suspended meanwhile
      continue;
    }
    if (!even_closed && is_closed()) return false;
    // The mark, under the mutex: whoever leaves sees it and takes the mutex to wake us.
    uint64_t owner = owner_.load(std::memory_order_relaxed);
    if (my_turn && owner >> 1 == 0) continue;
    if (!(owner & 1) && !owner_.compare_exchange_weak(owner, owner | 1, std::memory_order_relaxed)) continue;
    if (!timeout) freed_.wait(lock);
    else if (freed_.wait_until(lock, deadline) == std::cv_status::timeout) return false;
  }
}

void ContextState::release_ownership(uint64_t me) {
  uint64_t owner = me << 1;
  // Release: pairs with try_acquire().
  if (owner_.compare_exchange_strong(owner, 0, std::memory_order_release, std::memory_order_relaxed)) [[likely]] return;
  // Somebody waits, or has handed over the last handle. Who is next may end the context.
  Ref<ContextState> kept(this);
  {
    std::lock_guard lock(mutex_);
    // Acquire: pairs with the mark of drop_handle().
    owner_.exchange(0, std::memory_order_acq_rel);
    freed_.notify_all();
  }
  if (handed_over_.exchange(false, std::memory_order_acq_rel)) drop_handle();
}

void ContextState::close_if_wanted() {
  if (!closing_.load(std::memory_order_acquire) || script_depth_ != 0 || agent_ == nullptr) [[likely]] return;
  depth_ = 1;  // what ends with the heap may come back here
  destroy_agent();
  depth_ = 0;
}

void ContextState::leave() {
  const uint64_t me = current_thread_id();
  if (owner_.load(std::memory_order_relaxed) >> 1 != me) [[unlikely]] return report_misplaced("left");
  if (--depth_ != 0) return;
  // Release and acquire: what others did with their handles comes before the end.
  const bool drop = std::exchange(drop_when_left_, false) && handles_.fetch_sub(1, std::memory_order_acq_rel) == 1;
  if (drop) [[unlikely]] closing_.store(true, std::memory_order_release);
  close_if_wanted();
  release_ownership(me);
  if (drop) [[unlikely]] drop_reference();
}

void ContextState::report_misplaced(const char* what) {
  engine_->report_misuse("Context " + name() + " was " + what + " by thread " + std::to_string(current_thread_id()) +
                         ", which is not in it; the scope was made by another thread");
}

// --- Suspending ---------------------------------------------------------------------------------------------

ContextState::Suspended ContextState::suspend() {
  Suspended suspended{0, current_thread_id(), depth_};
  if (runs_script()) {
    std::lock_guard lock(mutex_);
    suspended.token = next_token_++;
    suspended_.push_back(suspended);
    newest_suspended_.store(suspended.token, std::memory_order_release);
  }
  depth_ = 0;
  release_ownership(suspended.thread);
  return suspended;
}

void ContextState::resume(Suspended suspended) {
  (void)wait_for_ownership(suspended.thread, suspended.token, {}, true);
  acquired();
  depth_ = suspended.depth;
  if (suspended.token == 0) return;
  std::lock_guard lock(mutex_);
  suspended_.pop_back();
  newest_suspended_.store(suspended_.empty() ? 0 : suspended_.back().token, std::memory_order_release);
}

void ContextState::end_suspension(Suspended suspended) {
  if (const uint64_t me = current_thread_id(); suspended.thread != me) {
    return engine_->report_misuse("Context " + name() + " was suspended by thread " + std::to_string(suspended.thread) +
                                  "; thread " + std::to_string(me) + " cannot resume it");
  }
  if (suspended.token != 0) {
    std::lock_guard lock(mutex_);
    // It has ended with its function, which has been reported.
    if (std::none_of(suspended_.begin(), suspended_.end(), [&](const Suspended& entry) { return entry.token == suspended.token; })) return;
  }
  resume(suspended);
}

void ContextState::resume_left_over() {
  const uint64_t me = current_thread_id();
  std::optional<Suspended> left_over;
  {
    std::lock_guard lock(mutex_);
    for (const Suspended& entry : suspended_)
      if (entry.thread == me) left_over = entry;
  }
  engine_->report_misuse("A bound function has returned on thread " + std::to_string(me) + " while context " + name() + " was suspended");
  if (left_over) resume(*left_over);
}

// --- Closing --------------------------------------------------------------------------------------------------

std::optional<Error> ContextState::close(Cancel cancel) {
  if (is_closed()) return {};
  const uint64_t me = current_thread_id();
  if (is_entered()) {
    closing_.store(true, std::memory_order_release);
    // Amid script: what runs ends, and the outermost leave() closes.
    if (runs_script()) waker_->request(threading::Interrupt::kTerminate);
    return {};
  }
  if (cancel == Cancel::kYes) {
    closing_.store(true, std::memory_order_release);
    waker_->request(threading::Interrupt::kTerminate);
  }
  while (true) {
    if (!try_acquire(me)) {
      if (cancel == Cancel::kNo) {
        uint64_t other = owner_.load(std::memory_order_relaxed) >> 1;
        if (other == 0) continue;
        return busy_error(other);
      }
      if (!platform::current_thread_may_block()) return {};  // the thread in it closes it
      if (!wait_for_ownership(me, 0, {}, true)) return {};
    }
    acquired();
    if (script_depth_ == 0) {
      closing_.store(true, std::memory_order_release);
      leave();
      return {};
    }
    // A thread is suspended in the middle of its script; it finds the context closing when it goes on.
    leave();
    if (cancel == Cancel::kNo)
      return Error(ErrorKind::kWrongThread, "Context " + name() + " cannot be closed: a thread is suspended in the middle of its script");
    if (!platform::current_thread_may_block()) return {};
    platform::yield_thread();
  }
}

void ContextState::add_handle() {
  // Relaxed: the caller has one.
  handles_.fetch_add(1, std::memory_order_relaxed);
}

bool ContextState::try_add_handle() {
  uint32_t count = handles_.load(std::memory_order_relaxed);
  while (count != 0)
    if (handles_.compare_exchange_weak(count, count + 1, std::memory_order_relaxed)) return true;
  return false;
}

void ContextState::drop_handle() {
  uint32_t count = handles_.load(std::memory_order_relaxed);
  while (count > 1)  // Release: what was done with it comes before the end.
    if (handles_.compare_exchange_weak(count, count - 1, std::memory_order_acq_rel, std::memory_order_relaxed)) return;
  // The last one goes to whoever is in the context, who drops it when he leaves: so scopes need none.
  while (!is_entered() && !try_acquire(current_thread_id())) {
    uint64_t owner = owner_.load(std::memory_order_relaxed);
    if (owner >> 1 == 0) continue;
    handed_over_.store(true, std::memory_order_relaxed);
    // Release: the leaver, whom the mark makes look, sees that.
    if (owner_.compare_exchange_strong(owner, owner | 1, std::memory_order_release, std::memory_order_relaxed)) return;
    // He has left meanwhile, and perhaps has looked.
    if (!handed_over_.exchange(false, std::memory_order_acq_rel)) return;
  }
  drop_when_left_ = true;
  if (depth_ != 0) return;
  acquired();
  leave();
}

Context ContextState::handle_to(ContextState* state) {
  if (state == nullptr || !state->try_add_handle()) return Context();
  return Context(state);
}

Entered::Entered(ContextState* state) {
  if (state == nullptr) error_ = Error(ErrorKind::kClosed, "No context: the handle is empty");
  else if (auto error = state->enter()) error_ = std::move(error);
  else if (state->is_closing()) [[unlikely]] {
    error_ = state->closed_error();
    state->leave();
  } else {
    state_ = state;
  }
}

void leave(ContextState* state) { state->leave(); }

}  // namespace detail

Suspension::~Suspension() {
  if (state_ == nullptr) return;
  state_->end_suspension({token_, thread_, depth_});
  state_->drop_handle();
}

}  // namespace skein::api
