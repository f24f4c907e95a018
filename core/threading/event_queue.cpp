#include "core/threading/event_queue.h"

#include <new>

#include "core/base/check.h"

namespace skein::threading {

namespace {
// What incoming_ holds once the queue is closed.
Task* closed_mark() {
  return reinterpret_cast<Task*>(uintptr_t{1});
}
}  // namespace

Ref<EventQueue> EventQueue::create(Ref<AgentWaker> waker, Ref<MemoryAccount> account) {
  return Ref<EventQueue>::adopt(new (std::nothrow) EventQueue(std::move(waker), std::move(account)));
}

EventQueue::EventQueue(Ref<AgentWaker> waker, Ref<MemoryAccount> account)
    : waker_(std::move(waker)), account_(std::move(account)) {}

EventQueue::~EventQueue() {
  close();
}

void EventQueue::uncharge(size_t bytes) {
  if (bytes == 0) {
    return;
  }
  queued_bytes_.fetch_sub(bytes, std::memory_order_relaxed);
  if (account_) {
    account_->release(bytes);
  }
}

EventQueue::PostResult EventQueue::post(std::unique_ptr<Task>&& task) {
  Task* const added = task.get();
  const size_t bytes = added->bytes_;
  if (bytes > 0) {
    if (account_ && !account_->charge(bytes)) {
      return PostResult::kFull;
    }
    queued_bytes_.fetch_add(bytes, std::memory_order_relaxed);
  }
  // Relaxed: the value is only compared and linked to, not looked into.
  Task* head = incoming_.load(std::memory_order_relaxed);
  do {
    if (head == closed_mark()) {
      uncharge(bytes);
      return PostResult::kClosed;
    }
    added->next_ = head;
    // Release: the task's contents and what the poster did before.
  } while (
      !incoming_.compare_exchange_weak(head, added, std::memory_order_release, std::memory_order_relaxed));
  // From here on the consumer may have run and destroyed the task.
  (void)task.release();
  // If the list was not empty, the poster who made it so wakes the consumer, who takes all.
  if (head == nullptr) {
    waker_->wake();
    // Acquire: pairs with set_observer().
    if (has_observer_.load(std::memory_order_acquire)) {
      observer_();
    }
  }
  return PostResult::kPosted;
}

bool EventQueue::is_closed() const {
  return incoming_.load(std::memory_order_relaxed) == closed_mark();
}

void EventQueue::add_keep_alive() {
  // Relaxed: whoever adds is itself kept alive by something, so zero cannot be seen in between.
  keep_alive_.fetch_add(1, std::memory_order_relaxed);
}

void EventQueue::drop_keep_alive() {
  // Release: a task posted before is visible to the consumer who sees the count at zero.
  size_t old = keep_alive_.fetch_sub(1, std::memory_order_acq_rel);
  SKEIN_DCHECK(old > 0);
  if (old == 1) {
    waker_->wake();
  }
}

void EventQueue::refill() {
  if (is_closed()) {
    return;
  }
  // Acquire: pairs with post().
  append_ready(incoming_.exchange(nullptr, std::memory_order_acquire));
}

// REQUIRES: ready_ is empty
void EventQueue::append_ready(Task* newest_first) {
  while (newest_first != nullptr) {
    Task* next = newest_first->next_;
    newest_first->next_ = ready_;
    ready_ = newest_first;
    newest_first = next;
  }
}

std::unique_ptr<Task> EventQueue::take() {
  if (ready_ == nullptr) {
    refill();
  }
  Task* task = ready_;
  if (task != nullptr) {
    ready_ = task->next_;
    task->next_ = nullptr;
    uncharge(task->bytes_);
  }
  return std::unique_ptr<Task>(task);
}

bool EventQueue::has_task() const {
  if (ready_ != nullptr) {
    return true;
  }
  return has_incoming();
}

bool EventQueue::has_incoming() const {
  // Relaxed: take() synchronizes.
  Task* head = incoming_.load(std::memory_order_relaxed);
  return head != nullptr && head != closed_mark();
}

EventQueue::WaitResult EventQueue::wait(platform::Deadline deadline, InterruptMask mask) {
  while (true) {
    if (waker_->pending(mask) != 0) {
      return WaitResult::kInterrupted;
    }
    // The count first: what was posted before it fell to zero must be seen.
    const bool idle = keep_alive_count() == 0;
    if (has_task()) {
      return WaitResult::kTask;
    }
    if (idle) {
      return WaitResult::kIdle;
    }
    switch (waker_->park(deadline)) {
      case platform::ParkResult::kToken:
        break;
      case platform::ParkResult::kTimedOut:
        return WaitResult::kTimedOut;
      case platform::ParkResult::kRefused:
        return WaitResult::kRefused;
    }
  }
}

void EventQueue::close() {
  // Acquire: the tasks are looked into.
  Task* newest_first = incoming_.exchange(closed_mark(), std::memory_order_acquire);
  while (std::unique_ptr<Task> task = take()) {
    task.reset();
  }
  if (newest_first != closed_mark()) {
    append_ready(newest_first);
  }
  while (std::unique_ptr<Task> task = take()) {
    task.reset();
  }
}

}  // namespace skein::threading
