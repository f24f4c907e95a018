// AgentWaker: the part of an agent that other threads may touch at any time. It holds the interrupt
// word, which the agent polls, and the one place where the agent's thread sleeps.
//
// Reference-counted: a supervisor may ask for termination of an agent that has just ended.
//
// How a wait is written (everything that blocks in the engine looks like this):
//   while (!condition()) {
//     if (waker.pending(mask)) return interrupted;
//     if (waker.park(deadline) == timed out) return timed out;
//   }
// Whoever makes the condition true calls wake() afterwards. A wake-up between test and park is kept,
// so none is lost; a superfluous one costs a turn of the loop.
#pragma once

#include <atomic>
#include <cstdint>

#include "core/base/ref_counted.h"
#include "platform/parker.h"
#include "platform/relaxed_load.h"

namespace skein::threading {

enum class Interrupt : uint32_t {
  kTerminate = 1 << 0,     // end for good: cannot be caught, is never taken back by the agent
  kDeadline = 1 << 1,      // a time limit has passed
  kCpuBudget = 1 << 2,     // a CPU budget is used up
  kUserCallback = 1 << 3,  // the embedder's interrupt callback wants to run
  kCollect = 1 << 4,       // somebody asks for a collection
  kChecker = 1 << 5,       // the race checker or scheduler wants a word
};

using InterruptMask = uint32_t;
constexpr InterruptMask mask_of(Interrupt reason) {
  return static_cast<InterruptMask>(reason);
}
constexpr InterruptMask operator|(Interrupt a, Interrupt b) {
  return mask_of(a) | mask_of(b);
}
constexpr InterruptMask operator|(InterruptMask a, Interrupt b) {
  return a | mask_of(b);
}

// Those that end a blocking wait of script (Atomics.wait, the event loop).
constexpr InterruptMask kWaitInterrupts = Interrupt::kTerminate | Interrupt::kDeadline |
                                          Interrupt::kCpuBudget | Interrupt::kUserCallback |
                                          Interrupt::kCollect | Interrupt::kChecker;

class AgentWaker : public RefCounted<AgentWaker> {
 public:
  static Ref<AgentWaker> create();

  // A number that no other agent of the process has or had; 1 for the first.
  uint64_t agent_id() const { return agent_id_; }

  // --- any thread ---

  // Sets the flag and wakes the agent if it sleeps. Async-signal-safe.
  void request(Interrupt reason) {
    // Release: what the requester wrote before is visible to the agent once it takes the flag.
    reasons_.fetch_or(mask_of(reason), std::memory_order_release);
    parker_.unpark();
  }
  // Wakes the agent to look at its condition again. Async-signal-safe.
  void wake() { parker_.unpark(); }

  // --- the agent's own thread ---

  // The poll. Relaxed: it only has to be seen soon; take() synchronizes.
  [[gnu::always_inline]] bool has_request() const { return platform::relaxed_load(reasons_) != 0; }
  InterruptMask pending(InterruptMask mask) const { return platform::relaxed_load(reasons_) & mask; }
  // The pending ones of the mask, which are then cleared. Terminate is reported but stays set.
  InterruptMask take(InterruptMask mask) {
    // Acquire: pairs with request().
    return reasons_.fetch_and(~mask | mask_of(Interrupt::kTerminate), std::memory_order_acq_rel) & mask;
  }
  // Takes requests back, termination too; what else is pending stays.
  void withdraw(InterruptMask mask) { reasons_.fetch_and(~mask, std::memory_order_acq_rel); }
  // Makes the waker as new, for an agent that is used again. REQUIRES: nobody else requests now.
  void clear() { reasons_.store(0, std::memory_order_relaxed); }

  // Sleeps until woken, interrupted or the deadline; may return early.
  platform::ParkResult park(platform::Deadline deadline) { return parker_.park(deadline); }

 private:
  friend class RefCounted<AgentWaker>;
  explicit AgentWaker(uint64_t agent_id) : agent_id_(agent_id) {}
  ~AgentWaker() = default;

  std::atomic<InterruptMask> reasons_{0};
  platform::Parker parker_;
  const uint64_t agent_id_;
};

}  // namespace skein::threading
