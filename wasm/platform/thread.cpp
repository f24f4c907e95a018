#include "platform/thread.h"

#include <emscripten.h>
#include <emscripten/stack.h>
#include <emscripten/threading.h>
#include <time.h>

#include <algorithm>

#include "platform/clock.h"

namespace skein::platform {

// A browser's window may not block; Node's main thread and every worker may.
// clang-format off
EM_JS(int, skein_thread_may_block, (), {
  return typeof process === 'object' && process.versions && process.versions.node ||
      typeof WorkerGlobalScope !== 'undefined' && self instanceof WorkerGlobalScope ? 1 : 0;
});
// clang-format on

bool threads_are_supported() {
#if defined(__EMSCRIPTEN_PTHREADS__)
  return true;
#else
  return false;
#endif
}

bool threads_may_end() {
  return false;
}

bool current_thread_may_block() {
  thread_local int answer = -1;
  if (answer < 0) {
    answer = skein_thread_may_block();
  }
  return answer == 1;
}

void set_current_thread_name(const char* name) {
#if defined(__EMSCRIPTEN_PTHREADS__)
  emscripten_set_thread_name(pthread_self(), name);
#endif
}

unsigned hardware_concurrency() {
#if defined(__EMSCRIPTEN_PTHREADS__)
  return static_cast<unsigned>(std::max(1, emscripten_num_logical_cores()));
#else
  return 1;
#endif
}

StackBounds current_stack_bounds() {
  return {static_cast<uintptr_t>(emscripten_stack_get_end()),
          static_cast<uintptr_t>(emscripten_stack_get_base())};
}

int64_t thread_cpu_ns() {
  thread_local const int64_t start = monotonic_ns();
  return monotonic_ns() - start;
}

int64_t process_cpu_ns() {
  static const int64_t start = monotonic_ns();
  return monotonic_ns() - start;
}

ThreadCpuClock ThreadCpuClock::of_current_thread() {
  return {};
}
int64_t ThreadCpuClock::read() const {
  return -1;
}

}  // namespace skein::platform
