// Stands in for the runtime's agent, of which this layer knows only the name.
#pragma once

#include <thread>

#include "core/threading/agent_waker.h"
#include "core/threading/event_queue.h"

namespace skein {
class Agent {
 public:
  Ref<threading::AgentWaker> waker = threading::AgentWaker::create();
  Ref<threading::EventQueue> queue = threading::EventQueue::create(waker);
  int64_t value = 0;

  // Runs what waits in the queue; how many tasks that were.
  int run_pending() {
    int count = 0;
    while (auto task = queue->take()) {
      task->run(*this);
      ++count;
    }
    return count;
  }
};
}  // namespace skein
