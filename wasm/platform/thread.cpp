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

// Of a wasm function's frame only what has an address lies in linear memory, where we can see how much is
// left. The rest is on the host's own stack, which is 4 MB in Node's workers and 500 KB in Chromium's; when
// that is used up, the thread traps, and the program with it. So it is measured once, where the thread
// starts, and the stack in linear memory is taken for smaller than it is.

// What is left of the host's stack, in bytes. Frames are made large by their arguments: a function that is
// called often enough to be optimised would have smaller ones.
// clang-format off
EM_JS(int, skein_host_stack_bytes, (), {
  const words = new Array(512).fill(0);
  let frames = 0;
  const descend = () => { frames += 1; descend.apply(undefined, words); };
  try { descend(); } catch (error) { /* the stack is used up */ }
  return frames * 8 * words.length;
});
// clang-format on

size_t visible_stack(size_t bytes) {
  // The most that any recursion of the engine takes of the host's stack for a byte that it takes of ours,
  // as measured with V8's compilers.
  return bytes / 4;
}

StackBounds current_stack_bounds() {
  thread_local StackBounds bounds;
  if (bounds.high == 0) {
    const uintptr_t usable = visible_stack(static_cast<size_t>(skein_host_stack_bytes()));
    const uintptr_t here = current_stack_position(), end = emscripten_stack_get_end();
    bounds.low = end;
    bounds.high = emscripten_stack_get_base();
    // The lower half is for the compiler, which does not look where it is: it takes up to twice of our
    // stack what the nesting of a source is limited for (and less of the host's).
    bounds.usable_low = std::max(end + (bounds.high - end) / 2, here - std::min(here, usable));
  }
  return bounds;
}

// No clock tells how long a thread has run: what has passed since its first question counts.
static int64_t thread_start_ns() {
  thread_local const int64_t start = monotonic_ns();
  return start;
}

int64_t thread_cpu_ns() {
  const int64_t start = thread_start_ns();
  return monotonic_ns() - start;
}

int64_t process_cpu_ns() {
  static const int64_t start = monotonic_ns();
  return monotonic_ns() - start;
}

ThreadCpuClock ThreadCpuClock::of_current_thread() {
  ThreadCpuClock result;
  result.id_ = thread_start_ns();
  result.valid_ = true;
  return result;
}
int64_t ThreadCpuClock::read() const {
  return valid_ ? monotonic_ns() - id_ : -1;
}
bool ThreadCpuClock::counts_work_only() {
  return false;
}

}  // namespace skein::platform
