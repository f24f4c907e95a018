#include "core/threading/thread_pool.h"

#include <cstring>

#include "core/base/check.h"
#include "platform/thread.h"

namespace skein::threading {

using platform::Deadline;
using platform::MutexLock;
using platform::ParkResult;

// A thread. It belongs to itself; the pool knows it while it is idle.
struct ThreadPool::Worker {
  Worker(ThreadPool* pool, size_t stack_size, bool starts_idle)
      : pool(pool), stack_size(stack_size), starts_idle(starts_idle) {}

  ThreadPool* const pool;
  const size_t stack_size;
  const bool starts_idle;  // made by prewarm(), which registers it as idle
  platform::Parker parker;
  // Set before the thread starts, or under the pool's mutex while it is idle; then it gets a token.
  std::unique_ptr<Job> job;
  char name[16] = {};
  // Guarded by the pool's mutex.
  bool idle = false;
  Worker* next_idle = nullptr;
  Worker* previous_idle = nullptr;

  void set_job(std::unique_ptr<Job> new_job, const char* new_name) {
    job = std::move(new_job);
    std::strncpy(name, new_name, sizeof(name) - 1);
  }
};

ThreadPool& ThreadPool::process() {
  static ThreadPool& pool = *new ThreadPool(Options{});
  return pool;
}

ThreadPool::~ThreadPool() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    for (Worker* worker = idle_; worker != nullptr; worker = worker->next_idle) {
      worker->parker.unpark();
    }
  }
  while (thread_count() > 0) {
    drained_.park();
  }
}

size_t ThreadPool::thread_count() {
  MutexLock lock(mutex_);
  return thread_count_;
}

size_t ThreadPool::idle_count() {
  MutexLock lock(mutex_);
  return idle_count_;
}

void ThreadPool::add_idle(Worker& worker) {
  worker.idle = true;
  worker.previous_idle = nullptr;
  worker.next_idle = idle_;
  if (idle_ != nullptr) {
    idle_->previous_idle = &worker;
  }
  idle_ = &worker;
  ++idle_count_;
}

void ThreadPool::remove_idle(Worker& worker) {
  (worker.previous_idle != nullptr ? worker.previous_idle->next_idle : idle_) = worker.next_idle;
  if (worker.next_idle != nullptr) {
    worker.next_idle->previous_idle = worker.previous_idle;
  }
  worker.idle = false;
  --idle_count_;
}

ThreadPool::Worker* ThreadPool::take_idle(size_t stack_size) {
  Worker* worker = idle_;
  while (worker != nullptr && worker->stack_size < stack_size) {
    worker = worker->next_idle;
  }
  if (worker != nullptr) {
    remove_idle(*worker);
  }
  return worker;
}

void ThreadPool::thread_ends() {
  --thread_count_;
  if (stopping_) {
    drained_.unpark();
  }
}

std::unique_ptr<Job> ThreadPool::run(std::unique_ptr<Job> job, size_t stack_size, const char* name) {
  if (stack_size == 0) {
    stack_size = options_.default_stack_size;
  }
  Worker* worker;
  {
    MutexLock lock(mutex_);
    worker = take_idle(stack_size);
    if (worker != nullptr) {
      worker->set_job(std::move(job), name);
    }
  }
  if (worker != nullptr) {
    // Out of the idle list and with a job, the worker cannot go before it has got this token.
    worker->parker.unpark();
    return nullptr;
  }
  (void)start_worker(job, stack_size, name);
  return job;
}

size_t ThreadPool::prewarm(size_t count) {
  while (idle_count() < count) {
    std::unique_ptr<Job> none;
    Worker* worker = start_worker(none, options_.default_stack_size, "idle");
    if (worker == nullptr) {
      break;
    }
    // The thread parks until somebody has registered it, so it cannot have gone.
    MutexLock lock(mutex_);
    add_idle(*worker);
  }
  return idle_count();
}

// Starts a thread that runs the job, or parks if there is none. Null (and the job untouched) if no
// thread could be had. With a job, the result may not be looked into: the thread may have ended.
ThreadPool::Worker* ThreadPool::start_worker(std::unique_ptr<Job>& job, size_t stack_size, const char* name) {
  Worker* worker = new (std::nothrow) Worker(this, stack_size, /*starts_idle=*/job == nullptr);
  if (worker == nullptr) {
    return nullptr;
  }
  {
    MutexLock lock(mutex_);
    if (thread_count_ >= options_.max_threads || stopping_) {
      delete worker;
      return nullptr;
    }
    ++thread_count_;
  }
  worker->set_job(std::move(job), name);
  platform::Thread thread;
  if (!thread.start(name, stack_size, thread_main, worker)) {
    job = std::move(worker->job);
    delete worker;
    MutexLock lock(mutex_);
    thread_ends();
    return nullptr;
  }
  thread.detach();
  return worker;
}

void ThreadPool::thread_main(void* raw_worker) {
  std::unique_ptr<Worker> worker(static_cast<Worker*>(raw_worker));
  worker->pool->serve(*worker);
}

void ThreadPool::serve(Worker& worker) {
  // Whether there is a job may not be asked before the token has come: an idle one is given its job by
  // another thread.
  if (worker.starts_idle && !wait_while_idle(worker)) {
    return;
  }
  do {
    platform::set_current_thread_name(worker.name);
    worker.job->run();
    worker.job.reset();
  } while (become_idle(worker) && wait_while_idle(worker));
}

// False when the pool stops; then it has forgotten the worker, and may itself be gone.
bool ThreadPool::become_idle(Worker& worker) {
  MutexLock lock(mutex_);
  if (stopping_) {
    thread_ends();
    return false;
  }
  add_idle(worker);
  return true;
}

// True when there is a job, false when the thread shall end, as in become_idle.
bool ThreadPool::wait_while_idle(Worker& worker) {
  while (true) {
    const Deadline patience =
        platform::threads_may_end() ? Deadline::after_ns(options_.idle_ns) : Deadline::never();
    if (worker.parker.park(patience) == ParkResult::kToken && worker.job) {
      return true;
    }
    MutexLock lock(mutex_);
    // Not idle: taken a moment ago, the token is under way (or not registered by prewarm() yet).
    if (worker.idle && (stopping_ || idle_count_ > options_.keep_idle)) {
      remove_idle(worker);
      thread_ends();
      return false;
    }
  }
}

}  // namespace skein::threading
