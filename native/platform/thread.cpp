#include "platform/thread.h"

#include <pthread.h>
#include <sched.h>
#include <time.h>
#include <unistd.h>

#include <cstring>

#include "platform/clock.h"

namespace skein::platform {

bool threads_are_supported() {
  return true;
}
bool threads_may_end() {
  return true;
}
bool current_thread_may_block() {
  return true;
}

void set_current_thread_name(const char* name) {
#if defined(__APPLE__)
  pthread_setname_np(name);
#else
  char cut[16] = {};  // what Linux holds
  std::strncpy(cut, name, sizeof(cut) - 1);
  pthread_setname_np(pthread_self(), cut);
#endif
}

unsigned hardware_concurrency() {
#if defined(__linux__)
  cpu_set_t allowed;
  if (::sched_getaffinity(0, sizeof(allowed), &allowed) == 0) {
    int count = CPU_COUNT(&allowed);
    if (count > 0) return static_cast<unsigned>(count);
  }
#endif
  long online = ::sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? static_cast<unsigned>(online) : 1;
}

namespace {
StackBounds ask_stack_bounds() {
  StackBounds bounds;
#if defined(__APPLE__)
  bounds.high = reinterpret_cast<uintptr_t>(pthread_get_stackaddr_np(pthread_self()));
  bounds.low = bounds.high - pthread_get_stacksize_np(pthread_self());
#else
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    void* low = nullptr;
    size_t size = 0;
    pthread_attr_getstack(&attributes, &low, &size);
    pthread_attr_destroy(&attributes);
    bounds.low = reinterpret_cast<uintptr_t>(low);
    bounds.high = bounds.low + size;
  }
#endif
  bounds.usable_low = bounds.low;
  return bounds;
}
}  // namespace

// For the main thread, the system reads the process's list of mappings.
StackBounds current_stack_bounds() {
  thread_local const StackBounds bounds = ask_stack_bounds();
  return bounds;
}

size_t visible_stack(size_t bytes) {
  return bytes;
}

namespace {
int64_t read_cpu_clock(clockid_t clock) {
  timespec time;
  if (::clock_gettime(clock, &time) != 0) {
    return -1;
  }
  return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}
}  // namespace

int64_t thread_cpu_ns() {
  return read_cpu_clock(CLOCK_THREAD_CPUTIME_ID);
}
int64_t process_cpu_ns() {
  return read_cpu_clock(CLOCK_PROCESS_CPUTIME_ID);
}

ThreadCpuClock ThreadCpuClock::of_current_thread() {
  ThreadCpuClock result;
#if defined(__linux__)
  clockid_t clock;
  if (pthread_getcpuclockid(pthread_self(), &clock) == 0) {
    result.id_ = clock;
    result.valid_ = true;
  }
#endif
  return result;
}

int64_t ThreadCpuClock::read() const {
  return valid_ ? read_cpu_clock(static_cast<clockid_t>(id_)) : -1;
}
bool ThreadCpuClock::counts_work_only() {
  return true;
}

}  // namespace skein::platform
