#include "platform/thread.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>
#include <type_traits>

#include "platform/virtual_memory.h"

namespace skein::platform {

namespace {

static_assert(sizeof(pthread_t) <= sizeof(uintptr_t));

struct StartRecord {
  Thread::Entry entry;
  void* argument;
  char name[16];  // what Linux holds, with its end
};

void* start_routine(void* raw_record) {
  StartRecord record = *static_cast<StartRecord*>(raw_record);
  delete static_cast<StartRecord*>(raw_record);
  set_current_thread_name(record.name);
  record.entry(record.argument);
  return nullptr;
}

// pthread_t is a pointer or a number, depending on the system.
uintptr_t to_handle(pthread_t thread) {
  uintptr_t handle = 0;
  std::memcpy(&handle, &thread, sizeof(thread));
  return handle;
}
pthread_t to_pthread(uintptr_t handle) {
  pthread_t thread;
  std::memcpy(&thread, &handle, sizeof(thread));
  return thread;
}

}  // namespace

Thread& Thread::operator=(Thread&& other) noexcept {
  if (joinable_) std::abort();
  handle_ = other.handle_;
  joinable_ = other.joinable_;
  other.joinable_ = false;
  return *this;
}

Thread::~Thread() {
  if (joinable_) std::abort();
}

bool Thread::start(const char* name, size_t stack_size, Entry entry, void* argument) {
  if (joinable_) std::abort();
  if (!threads_are_supported()) {
    return false;
  }
  auto* record = new (std::nothrow) StartRecord{entry, argument, {}};
  if (record == nullptr) {
    return false;
  }
  std::strncpy(record->name, name, sizeof(record->name) - 1);
  const size_t page = page_size();
  const size_t smallest = static_cast<size_t>(PTHREAD_STACK_MIN);
  stack_size = (std::max(stack_size, smallest) + page - 1) / page * page;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack_size);
  pthread_t thread;
  int error = pthread_create(&thread, &attributes, start_routine, record);
  pthread_attr_destroy(&attributes);
  if (error != 0) {
    delete record;
    return false;
  }
  handle_ = to_handle(thread);
  joinable_ = true;
  return true;
}

void Thread::join() {
  pthread_join(to_pthread(handle_), nullptr);
  joinable_ = false;
}

void Thread::detach() {
  pthread_detach(to_pthread(handle_));
  joinable_ = false;
}

uint64_t current_thread_id() {
  // Relaxed: only uniqueness matters.
  static std::atomic<uint64_t> next{1};
  thread_local uint64_t id = 0;
  if (id == 0) {
    id = next.fetch_add(1, std::memory_order_relaxed);
  }
  return id;
}

void yield_thread() {
  ::sched_yield();
}

void sleep_ns(int64_t ns) {
  if (ns <= 0) {
    return;
  }
  timespec rest{static_cast<time_t>(ns / 1'000'000'000), static_cast<long>(ns % 1'000'000'000)};
  while (::nanosleep(&rest, &rest) != 0 && errno == EINTR) {
  }
}

}  // namespace skein::platform
