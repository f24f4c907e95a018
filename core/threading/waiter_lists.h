// WaiterLists: who waits on which word of shared memory; Atomics.wait, waitAsync and notify.
// https://tc39.es/ecma262/#sec-waiterlist-objects
//
// One table for the process. A list is keyed by (block, byte index) and is first in, first out; the
// table is cut into shards, each with a mutex, which is the critical section of all lists in it.
// Critical sections never call out: the only things that happen in them are list surgery, one load
// of the word, an unpark and an append to an event queue.
//
// A synchronous waiter lives on the stack of the waiting thread. A waiter of waitAsync is a task: when
// it is notified, the notifying thread appends it to its agent's event queue, which needs no memory
// and so cannot fail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/threading/agent_waker.h"
#include "core/threading/event_queue.h"
#include "core/threading/shared_block.h"
#include "core/threading/task.h"
#include "platform/clock.h"

namespace skein::threading {

enum class WaitResult : uint8_t { kOk, kNotEqual, kTimedOut, kInterrupted, kRefused };

class AsyncWaiter;
class AsyncWaiterSet;

namespace internal {

enum class WaiterState : uint8_t {
  kIdle,      // in no list; an async one belongs to its set, if to any
  kWaiting,   // in its list; an async one belongs to its set
  kNotified,  // taken out by notify; an async one belongs to the event queue
  kTimedOut,  // taken out because its time was over; belongs to the event queue
};

// An entry of a list. The first waiter of a key is its leader: leaders are chained in the shard, the
// others of the key behind their leader.
struct Waiter {
  const SharedBlock* block = nullptr;
  size_t byte_index = 0;
  int64_t expected = 0;
  platform::Deadline deadline = platform::Deadline::never();
  int64_t since_ns = 0;
  AgentWaker* waker = nullptr;
  EventQueue* queue = nullptr;   // async only
  AsyncWaiter* async = nullptr;  // null for a synchronous one

  // Guarded by the shard's mutex while in the list.
  WaiterState state = WaiterState::kIdle;
  Waiter* next_leader = nullptr;
  Waiter* previous_leader = nullptr;
  Waiter* next = nullptr;
  Waiter* previous = nullptr;
  Waiter* tail = nullptr;  // the key's last waiter; leaders only
};
}  // namespace internal

// What a waiting thread does when its agent has an interrupt pending: looks at it (outside all locks,
// on its own thread, keeping its place in the list) and says whether to go on waiting.
struct WaitInterruptHandler {
  // Null: every interrupt of the mask ends the wait.
  bool (*keep_waiting)(void* context) = nullptr;
  void* context = nullptr;
  InterruptMask mask = kWaitInterrupts;
};

// A wait without a time-out, as the agent that is in it describes it. Lives no longer than the wait.
struct BlockedWait {
  const SharedBlock* block = nullptr;
  size_t byte_index = 0;
  size_t width = 4;
  int64_t expected = 0;
  const AgentWaker* waker = nullptr;
  // What stands in the word now.
  int64_t current() const;
};

// One waiter, for reports of deadlocks.
struct WaiterRecord {
  uint64_t agent_id = 0;
  uint64_t block_id = 0;
  size_t byte_index = 0;
  int64_t expected = 0;
  int64_t since_ns = 0;  // monotonic
  platform::Deadline deadline = platform::Deadline::never();
  bool is_async = false;
};

// What waitAsync leaves behind: subclasses hold the promise. run() calls settled() on the owner's
// thread.
class AsyncWaiter : public Task {
 public:
  ~AsyncWaiter() override;
  void run(Agent& agent) final;

 protected:
  AsyncWaiter() = default;
  // kOk or kTimedOut.
  virtual void settled(Agent& agent, WaitResult result) = 0;

 private:
  friend class WaiterLists;
  friend class AsyncWaiterSet;
  internal::Waiter waiter_;
  Ref<SharedBlock> block_;
  // The owner's set; touched by the owner's thread only.
  AsyncWaiterSet* set_ = nullptr;
  AsyncWaiter* next_in_set_ = nullptr;
  AsyncWaiter* previous_in_set_ = nullptr;
};

// The pending waitAsync waiters of one agent. Used by the agent's thread only.
class AsyncWaiterSet {
 public:
  explicit AsyncWaiterSet(Ref<EventQueue> queue) : queue_(std::move(queue)) {}
  // REQUIRES: empty(), see cancel_all
  ~AsyncWaiterSet();

  bool empty() const { return timed_.first == nullptr && endless_.first == nullptr; }
  // When the event loop must call expire(), at the latest.
  platform::Deadline next_deadline() const;
  // Those whose time is over go to the agent's event queue as timed out.
  void expire();
  // Before the agent ends and before it closes its queue: its waiters leave all lists and are
  // destroyed; those already notified are in the queue and go with it.
  void cancel_all();
  EventQueue& queue() const { return *queue_; }

 private:
  friend class WaiterLists;
  friend class AsyncWaiter;
  struct List {
    AsyncWaiter* first = nullptr;
    AsyncWaiter* last = nullptr;
  };
  List& list_of(const AsyncWaiter& waiter);
  void cancel_list(List& list);
  void insert(AsyncWaiter* waiter);
  void remove(AsyncWaiter* waiter);

  const Ref<EventQueue> queue_;
  // Sorted by deadline, so that the event loop finds the next at once; those without apart.
  List timed_;
  List endless_;
};

class WaiterLists {
 public:
  static WaiterLists& process();

  // The word at byte_index has the width of `expected`'s type: int32_t or int64_t.
  // REQUIRES: byte_index is aligned and in bounds; the caller holds a reference to the block

  // Atomics.wait on the calling thread, which runs the waker's agent.
  template <typename T>
  WaitResult wait(SharedBlock& block, size_t byte_index, T expected, platform::Deadline deadline,
                  AgentWaker& waker, const WaitInterruptHandler& handler = {});

  // Atomics.waitAsync. kOk: registered, the waiter will be settled or cancelled (and the set owns it).
  // kNotEqual, kTimedOut (the deadline has passed already): answer at once, the waiter is untouched.
  template <typename T>
  WaitResult wait_async(SharedBlock& block, size_t byte_index, T expected, platform::Deadline deadline,
                        AsyncWaiterSet& set, std::unique_ptr<AsyncWaiter>&& waiter);

  // Wakes up to `count` waiters, the oldest first; how many it woke.
  size_t notify(SharedBlock& block, size_t byte_index, size_t count);

  // Whether somebody waits as described: a waiter that was notified does not any more.
  bool is_waiting(const BlockedWait& wait);
  // Called on the waiting thread before it sleeps without a time-out, and with null when it goes on; `context`
  // is that of its handler. Set by the host before the first agent.
  static void (*on_blocked)(void* context, const BlockedWait* wait);

  // Everybody who waits now. Shards are looked at one after the other: a snapshot of each.
  std::vector<WaiterRecord> snapshot();

 private:
  friend class AsyncWaiterSet;
  WaiterLists() = default;
  static WaitResult wait_any(internal::Waiter& waiter, size_t width, const WaitInterruptHandler& handler);
  static WaitResult wait_async_any(AsyncWaiterSet& set, std::unique_ptr<AsyncWaiter>&& waiter,
                                   SharedBlock& block, size_t width);
  // If the waiter's time is over and it still waits, it goes to its queue.
  static void expire(AsyncWaiter& waiter);
  // Takes the waiter out of its list; false if it is in its queue already.
  static bool cancel(AsyncWaiter& waiter);
  static void settle(internal::Waiter& waiter, internal::WaiterState state);
};

template <typename T>
WaitResult WaiterLists::wait(SharedBlock& block, size_t byte_index, T expected, platform::Deadline deadline,
                             AgentWaker& waker, const WaitInterruptHandler& handler) {
  static_assert(sizeof(T) == 4 || sizeof(T) == 8);
  internal::Waiter waiter;
  waiter.block = &block;
  waiter.byte_index = byte_index;
  waiter.expected = expected;
  waiter.deadline = deadline;
  waiter.waker = &waker;
  return wait_any(waiter, sizeof(T), handler);
}

template <typename T>
WaitResult WaiterLists::wait_async(SharedBlock& block, size_t byte_index, T expected,
                                   platform::Deadline deadline, AsyncWaiterSet& set,
                                   std::unique_ptr<AsyncWaiter>&& waiter) {
  static_assert(sizeof(T) == 4 || sizeof(T) == 8);
  waiter->waiter_.byte_index = byte_index;
  waiter->waiter_.expected = expected;
  waiter->waiter_.deadline = deadline;
  return wait_async_any(set, std::move(waiter), block, sizeof(T));
}

}  // namespace skein::threading
