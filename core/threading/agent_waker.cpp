#include "core/threading/agent_waker.h"

#include <new>

namespace skein::threading {

Ref<AgentWaker> AgentWaker::create() {
  // Relaxed: only uniqueness matters.
  static std::atomic<uint64_t> next_id{1};
  return Ref<AgentWaker>::adopt(new (std::nothrow)
                                    AgentWaker(next_id.fetch_add(1, std::memory_order_relaxed)));
}

}  // namespace skein::threading
