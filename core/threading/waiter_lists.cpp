#include "core/threading/waiter_lists.h"

#include "core/base/check.h"
#include "core/threading/shared_access.h"
#include "platform/mutex.h"
#include "platform/thread.h"

namespace skein::threading {

using internal::Waiter;
using internal::WaiterState;
using platform::MutexLock;

namespace {

struct Shard {
  platform::Mutex mutex;
  Waiter* leaders SKEIN_GUARDED_BY(mutex) = nullptr;
};

constexpr size_t kShardCount = 256;
Shard shards[kShardCount];

Shard& shard_of(const SharedBlock* block, size_t byte_index) {
  uint64_t hash = (reinterpret_cast<uintptr_t>(block) >> 4) + uint64_t{byte_index} * 0x9E3779B97F4A7C15u;
  hash ^= hash >> 32;
  hash *= 0xD6E8FEB86659FD93u;
  return shards[hash >> 56];
}

Shard& shard_of(const Waiter& waiter) {
  return shard_of(waiter.block, waiter.byte_index);
}

Waiter* find_leader(Shard& shard, const SharedBlock* block, size_t byte_index) SKEIN_REQUIRES(shard.mutex) {
  Waiter* leader = shard.leaders;
  while (leader != nullptr && (leader->block != block || leader->byte_index != byte_index)) {
    leader = leader->next_leader;
  }
  return leader;
}

void append(Shard& shard, Waiter& waiter) SKEIN_REQUIRES(shard.mutex) {
  waiter.state = WaiterState::kWaiting;
  waiter.since_ns = platform::monotonic_ns();
  Waiter* leader = find_leader(shard, waiter.block, waiter.byte_index);
  if (leader != nullptr) {
    waiter.previous = leader->tail;
    leader->tail->next = &waiter;
    leader->tail = &waiter;
    return;
  }
  waiter.tail = &waiter;
  waiter.next_leader = shard.leaders;
  if (shard.leaders != nullptr) {
    shard.leaders->previous_leader = &waiter;
  }
  shard.leaders = &waiter;
}

// Puts `successor` (or nothing) in the place of a leader that goes.
void replace_leader(Shard& shard, Waiter& leader, Waiter* successor) SKEIN_REQUIRES(shard.mutex) {
  Waiter* before = leader.previous_leader;
  Waiter* after = leader.next_leader;
  if (successor != nullptr) {
    successor->tail = leader.tail;
    successor->previous = nullptr;
    successor->previous_leader = before;
    successor->next_leader = after;
  }
  (before != nullptr ? before->next_leader : shard.leaders) = successor != nullptr ? successor : after;
  if (after != nullptr) {
    after->previous_leader = successor != nullptr ? successor : before;
  }
}

void unlink(Shard& shard, Waiter& waiter) SKEIN_REQUIRES(shard.mutex) {
  SKEIN_DCHECK(waiter.state == WaiterState::kWaiting);
  if (waiter.previous == nullptr) {
    replace_leader(shard, waiter, waiter.next);
  } else {
    waiter.previous->next = waiter.next;
    if (waiter.next != nullptr) {
      waiter.next->previous = waiter.previous;
    } else {
      find_leader(shard, waiter.block, waiter.byte_index)->tail = waiter.previous;
    }
  }
  waiter.state = WaiterState::kIdle;
  waiter.next = waiter.previous = waiter.tail = waiter.next_leader = waiter.previous_leader = nullptr;
}

bool word_equals(const SharedBlock& block, size_t byte_index, size_t width, int64_t expected) {
  const uint8_t* word = block.data() + byte_index;
  return expected == (width == 4 ? SharedAccess::load<int32_t>(word) : SharedAccess::load<int64_t>(word));
}

// Whom notify wakes. A waiting thread can leave as soon as the shard's mutex is free, and its agent with
// it, so the wakers are held on to; and they are woken after the mutex is free, lest the woken run into
// it. Only a crowd is woken from inside.
class WakeBatch {
 public:
  ~WakeBatch() {
    for (size_t i = 0; i < count_; ++i) {
      wakers_[i]->wake();
    }
  }
  void add(AgentWaker& waker) {
    if (count_ == kMost) {
      waker.wake();
      return;
    }
    wakers_[count_++] = Ref<AgentWaker>(&waker);
  }

 private:
  static constexpr size_t kMost = 16;
  Ref<AgentWaker> wakers_[kMost];
  size_t count_ = 0;
};

}  // namespace

WaiterLists& WaiterLists::process() {
  static WaiterLists lists;
  return lists;
}

void (*WaiterLists::on_blocked)(void*, const BlockedWait*) = nullptr;

int64_t BlockedWait::current() const {
  const uint8_t* word = block->data() + byte_index;
  return width == 4 ? SharedAccess::load<int32_t>(word) : SharedAccess::load<int64_t>(word);
}

bool WaiterLists::is_waiting(const BlockedWait& wait) {
  Shard& shard = shard_of(wait.block, wait.byte_index);
  MutexLock lock(shard.mutex);
  for (Waiter* waiter = find_leader(shard, wait.block, wait.byte_index); waiter != nullptr; waiter = waiter->next)
    if (waiter->waker == wait.waker && waiter->async == nullptr) return true;
  return false;
}

// https://tc39.es/ecma262/#sec-dowait, steps from EnterCriticalSection on, sync mode
WaitResult WaiterLists::wait_any(Waiter& waiter, size_t width, const WaitInterruptHandler& handler) {
  if (!platform::current_thread_may_block()) {
    return WaitResult::kRefused;
  }
  Shard& shard = shard_of(waiter);
  {
    MutexLock lock(shard.mutex);
    if (!word_equals(*waiter.block, waiter.byte_index, width, waiter.expected)) {
      return WaitResult::kNotEqual;
    }
    append(shard, waiter);
  }
  const bool tells = on_blocked != nullptr && handler.context != nullptr && waiter.deadline.is_never();
  BlockedWait blocked{waiter.block, waiter.byte_index, width, waiter.expected, waiter.waker};
  if (tells) on_blocked(handler.context, &blocked);
  struct GoOn {
    void* context;
    ~GoOn() {
      if (context != nullptr) on_blocked(context, nullptr);
    }
  } go_on{tells ? handler.context : nullptr};
  // A result other than kOk stands only if nobody has notified the waiter in the meantime.
  auto leave = [&](WaitResult result) {
    MutexLock lock(shard.mutex);
    if (waiter.state == WaiterState::kNotified) {
      return WaitResult::kOk;
    }
    unlink(shard, waiter);
    return result;
  };
  while (true) {
    {
      MutexLock lock(shard.mutex);
      if (waiter.state == WaiterState::kNotified) {
        return WaitResult::kOk;
      }
    }
    if (waiter.waker->pending(handler.mask) != 0) {
      if (handler.keep_waiting == nullptr || !handler.keep_waiting(handler.context)) {
        return leave(WaitResult::kInterrupted);
      }
      // The handler may have slept itself and so taken the token of a notify: look again.
      continue;
    }
    switch (waiter.waker->park(waiter.deadline)) {
      case platform::ParkResult::kToken:
        break;
      case platform::ParkResult::kTimedOut:
        return leave(WaitResult::kTimedOut);
      case platform::ParkResult::kRefused:
        return leave(WaitResult::kRefused);
    }
  }
}

// The same, async mode
WaitResult WaiterLists::wait_async_any(AsyncWaiterSet& set, std::unique_ptr<AsyncWaiter>&& owned,
                                       SharedBlock& block, size_t width) {
  Waiter& waiter = owned->waiter_;
  Shard& shard = shard_of(&block, waiter.byte_index);
  {
    MutexLock lock(shard.mutex);
    if (!word_equals(block, waiter.byte_index, width, waiter.expected)) {
      return WaitResult::kNotEqual;
    }
    if (waiter.deadline.has_passed()) {
      return WaitResult::kTimedOut;
    }
    owned->block_ = Ref<SharedBlock>(&block);
    waiter.block = &block;
    waiter.queue = &set.queue();
    waiter.waker = &set.queue().waker();
    waiter.async = owned.get();
    append(shard, waiter);
  }
  // Whoever notifies from now on appends the waiter to this thread's queue; the set is not theirs.
  set.insert(owned.release());
  return WaitResult::kOk;
}

// Hands an async waiter that has left its list to its agent's queue. A queue that is closed refuses it;
// then it stays with its set, whose agent is about to cancel it.
void WaiterLists::settle(Waiter& waiter, WaiterState state) {
  waiter.state = state;
  // Once posted, the waiter may have run and its agent ended before post() returns.
  const Ref<EventQueue> queue(waiter.queue);
  std::unique_ptr<Task> task(waiter.async);
  if (queue->post(std::move(task)) != EventQueue::PostResult::kPosted) {
    waiter.state = WaiterState::kIdle;
    (void)task.release();
  }
}

// https://tc39.es/ecma262/#sec-atomics.notify, the critical section
size_t WaiterLists::notify(SharedBlock& block, size_t byte_index, size_t count) {
  Shard& shard = shard_of(&block, byte_index);
  size_t woken = 0;
  WakeBatch batch;
  MutexLock lock(shard.mutex);
  Waiter* waiter = find_leader(shard, &block, byte_index);
  while (waiter != nullptr && woken < count) {
    Waiter* next = waiter->next;
    unlink(shard, *waiter);
    if (waiter->async == nullptr) {
      waiter->state = WaiterState::kNotified;
      batch.add(*waiter->waker);
      ++woken;
    } else if (waiter->deadline.has_passed()) {
      // Its agent has not found the time to expire it; it does not eat a notification.
      settle(*waiter, WaiterState::kTimedOut);
    } else {
      settle(*waiter, WaiterState::kNotified);
      ++woken;
    }
    waiter = next;
  }
  return woken;
}

void WaiterLists::expire(AsyncWaiter& waiter) {
  Shard& shard = shard_of(waiter.waiter_);
  MutexLock lock(shard.mutex);
  if (waiter.waiter_.state == WaiterState::kWaiting && waiter.waiter_.deadline.has_passed()) {
    unlink(shard, waiter.waiter_);
    settle(waiter.waiter_, WaiterState::kTimedOut);
  }
}

bool WaiterLists::cancel(AsyncWaiter& waiter) {
  Shard& shard = shard_of(waiter.waiter_);
  MutexLock lock(shard.mutex);
  if (waiter.waiter_.state == WaiterState::kWaiting) {
    unlink(shard, waiter.waiter_);
  }
  return waiter.waiter_.state == WaiterState::kIdle;
}

std::vector<WaiterRecord> WaiterLists::snapshot() {
  std::vector<WaiterRecord> records;
  for (Shard& shard : shards) {
    MutexLock lock(shard.mutex);
    for (const Waiter* leader = shard.leaders; leader != nullptr; leader = leader->next_leader) {
      for (const Waiter* waiter = leader; waiter != nullptr; waiter = waiter->next) {
        records.push_back({waiter->waker->agent_id(), waiter->block->id(), waiter->byte_index,
                           waiter->expected, waiter->since_ns, waiter->deadline, waiter->async != nullptr});
      }
    }
  }
  return records;
}

AsyncWaiter::~AsyncWaiter() {
  SKEIN_DCHECK(waiter_.state != WaiterState::kWaiting);
  if (set_ != nullptr) {
    set_->remove(this);
  }
}

void AsyncWaiter::run(Agent& agent) {
  if (set_ != nullptr) {
    set_->remove(this);
  }
  settled(agent, waiter_.state == WaiterState::kTimedOut ? WaitResult::kTimedOut : WaitResult::kOk);
}

AsyncWaiterSet::~AsyncWaiterSet() {
  SKEIN_CHECK(empty());
}

AsyncWaiterSet::List& AsyncWaiterSet::list_of(const AsyncWaiter& waiter) {
  return waiter.waiter_.deadline.is_never() ? endless_ : timed_;
}

void AsyncWaiterSet::insert(AsyncWaiter* waiter) {
  List& list = list_of(*waiter);
  // From the end: later calls mostly have later deadlines.
  AsyncWaiter* before = list.last;
  while (before != nullptr && waiter->waiter_.deadline < before->waiter_.deadline) {
    before = before->previous_in_set_;
  }
  AsyncWaiter* after = before != nullptr ? before->next_in_set_ : list.first;
  waiter->set_ = this;
  waiter->previous_in_set_ = before;
  waiter->next_in_set_ = after;
  (before != nullptr ? before->next_in_set_ : list.first) = waiter;
  (after != nullptr ? after->previous_in_set_ : list.last) = waiter;
}

void AsyncWaiterSet::remove(AsyncWaiter* waiter) {
  List& list = list_of(*waiter);
  AsyncWaiter* before = waiter->previous_in_set_;
  AsyncWaiter* after = waiter->next_in_set_;
  (before != nullptr ? before->next_in_set_ : list.first) = after;
  (after != nullptr ? after->previous_in_set_ : list.last) = before;
  waiter->set_ = nullptr;
  waiter->previous_in_set_ = waiter->next_in_set_ = nullptr;
}

platform::Deadline AsyncWaiterSet::next_deadline() const {
  return timed_.first != nullptr ? timed_.first->waiter_.deadline : platform::Deadline::never();
}

void AsyncWaiterSet::expire() {
  for (AsyncWaiter* waiter = timed_.first; waiter != nullptr && waiter->waiter_.deadline.has_passed();
       waiter = waiter->next_in_set_) {
    WaiterLists::expire(*waiter);
  }
}

void AsyncWaiterSet::cancel_list(List& list) {
  while (AsyncWaiter* waiter = list.first) {
    const bool ours = WaiterLists::cancel(*waiter);
    remove(waiter);
    if (ours) {
      delete waiter;
    }
  }
}

void AsyncWaiterSet::cancel_all() {
  cancel_list(timed_);
  cancel_list(endless_);
}

}  // namespace skein::threading
