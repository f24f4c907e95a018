// EventQueue: how tasks from any thread reach an agent's event loop.
//
// Many producers, one consumer (the thread that runs the agent at the moment), first in, first out.
// Producers hold references, so a queue outlives its agent; once closed it refuses everything.
//
// The queue also counts what keeps the event loop alive (open ports, running timers, pending
// waitAsync, children): when there is no task and the count is zero, wait() says kIdle, and the agent
// may end.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "core/base/ref_counted.h"
#include "core/threading/agent_waker.h"
#include "core/threading/memory_account.h"
#include "core/threading/task.h"

namespace skein::threading {

class EventQueue : public RefCounted<EventQueue> {
 public:
  // Task::bytes() of what waits is charged to the account (null: to nobody).
  static Ref<EventQueue> create(Ref<AgentWaker> waker, Ref<MemoryAccount> account = nullptr);

  // --- any thread ---

  enum class PostResult : uint8_t { kPosted, kClosed, kFull };
  // Appends the task and wakes the agent; the task is moved from only if the result is kPosted.
  // What the poster did before is visible to the task. REQUIRES: task; the caller holds a reference to
  // the queue of its own, for the task may end the agent before post() has returned.
  [[nodiscard]] PostResult post(std::unique_ptr<Task>&& task);
  bool is_closed() const;
  // Tasks have come in since the consumer last took any. Says all while the consumer waits.
  bool has_incoming() const;
  size_t queued_bytes() const { return queued_bytes_.load(std::memory_order_relaxed); }
  AgentWaker& waker() const { return *waker_; }
  const Ref<MemoryAccount>& account() const { return account_; }

  // Called by the poster whenever it has woken the consumer, for consumers that sleep elsewhere. Set once,
  // before others post; it must not touch the queue.
  void set_observer(std::function<void()> observer) {
    observer_ = std::move(observer);
    // Release: pairs with post().
    has_observer_.store(true, std::memory_order_release);
  }

  void add_keep_alive();
  void drop_keep_alive();
  size_t keep_alive_count() const { return keep_alive_.load(std::memory_order_acquire); }

  // --- the consumer ---

  // The oldest task, null when there is none.
  std::unique_ptr<Task> take();
  bool has_task() const;

  enum class WaitResult : uint8_t {
    kTask,         // take() will give one
    kTimedOut,     // the deadline has passed
    kInterrupted,  // the waker has a request of the mask pending
    kIdle,         // no task, and nothing keeps the loop alive
    kRefused,      // this thread must not block (come back when the browser calls)
  };
  WaitResult wait(platform::Deadline deadline, InterruptMask mask = kWaitInterrupts);

  // Refuses tasks from now on and destroys those that wait. May be called twice. An agent closes its
  // queue before it ends, on its own thread; later references find it empty.
  void close();

 private:
  friend class RefCounted<EventQueue>;
  EventQueue(Ref<AgentWaker> waker, Ref<MemoryAccount> account);
  ~EventQueue();

  void refill();
  void append_ready(Task* newest_first);
  void uncharge(size_t bytes);

  const Ref<AgentWaker> waker_;
  const Ref<MemoryAccount> account_;

  // Tasks that came in, newest first; the address of closed_mark_ once closed. Producers push by
  // compare-exchange (release: the task's contents), the consumer takes the whole list at once
  // (acquire), so there is no ABA.
  std::atomic<Task*> incoming_{nullptr};
  // The consumer's own list, oldest first.
  Task* ready_ = nullptr;

  std::atomic<size_t> queued_bytes_{0};
  std::atomic<size_t> keep_alive_{0};
  std::atomic<bool> has_observer_{false};
  std::function<void()> observer_;
};

// Keeps an agent's event loop from being idle, from any thread, as long as it lives.
class KeepAlive {
 public:
  KeepAlive() = default;
  explicit KeepAlive(Ref<EventQueue> queue) : queue_(std::move(queue)) {
    if (queue_) queue_->add_keep_alive();
  }
  KeepAlive(KeepAlive&& other) noexcept = default;
  KeepAlive& operator=(KeepAlive&& other) noexcept {
    std::swap(queue_, other.queue_);
    return *this;
  }
  ~KeepAlive() { reset(); }
  void reset() {
    if (queue_) std::exchange(queue_, nullptr)->drop_keep_alive();
  }
  explicit operator bool() const { return static_cast<bool>(queue_); }

 private:
  Ref<EventQueue> queue_;
};

}  // namespace skein::threading
