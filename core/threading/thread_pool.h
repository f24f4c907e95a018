// ThreadPool: the threads that agents run on, recycled.
//
// A thread that has finished its job parks and waits for the next. In wasm that is a must: making a
// browser worker takes 100 ms and needs the main thread's event loop, and a pthread that dies may leave
// waiters behind; there, threads never exit. Natively idle threads end after a while.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "platform/clock.h"
#include "platform/mutex.h"
#include "platform/parker.h"

namespace skein::threading {

// What a pool thread does. Destroyed on that thread.
class Job {
 public:
  virtual ~Job() = default;
  virtual void run() = 0;
};

// A job from a callable void(). Null when memory is short.
template <typename Function>
std::unique_ptr<Job> make_job(Function&& function) {
  class FunctionJob final : public Job {
   public:
    explicit FunctionJob(Function&& function) : function_(std::forward<Function>(function)) {}
    void run() override { function_(); }

   private:
    std::decay_t<Function> function_;
  };
  return std::unique_ptr<Job>(new (std::nothrow) FunctionJob(std::forward<Function>(function)));
}

class ThreadPool {
 public:
  struct Options {
    size_t default_stack_size = size_t{1} << 20;
    size_t max_threads = 32768;  // a backstop: systems have their own limits, and clusters may have (HostOptions)
    // How long a thread beyond `keep_idle` stays without work (natively).
    int64_t idle_ns = 10'000'000'000;
    size_t keep_idle = 4;
  };

  // The pool of the process; it is never destroyed.
  static ThreadPool& process();
  explicit ThreadPool(const Options& options) : options_(options) {}
  // Waits until every thread has ended. Where threads never exit, pools are not destroyed.
  // REQUIRES: the running jobs come to an end
  ~ThreadPool();

  // Runs the job on a thread of its own with at least that much stack (0: the default), an idle one if
  // there is any. Null if the job was taken; the job itself if no thread could be had.
  [[nodiscard]] std::unique_ptr<Job> run(std::unique_ptr<Job> job, size_t stack_size = 0,
                                         const char* name = "agent");
  // Makes threads ahead of need, until so many are idle; how many are.
  size_t prewarm(size_t count);

  size_t thread_count();
  size_t idle_count();

 private:
  struct Worker;
  static void thread_main(void* worker);
  Worker* start_worker(std::unique_ptr<Job>& job, size_t stack_size, const char* name);
  void serve(Worker& worker);
  bool become_idle(Worker& worker);
  bool wait_while_idle(Worker& worker);
  Worker* take_idle(size_t stack_size) SKEIN_REQUIRES(mutex_);
  void add_idle(Worker& worker) SKEIN_REQUIRES(mutex_);
  void remove_idle(Worker& worker) SKEIN_REQUIRES(mutex_);
  void thread_ends() SKEIN_REQUIRES(mutex_);

  const Options options_;
  platform::Mutex mutex_;
  Worker* idle_ SKEIN_GUARDED_BY(mutex_) = nullptr;  // most recently used first
  size_t idle_count_ SKEIN_GUARDED_BY(mutex_) = 0;
  size_t thread_count_ SKEIN_GUARDED_BY(mutex_) = 0;
  bool stopping_ SKEIN_GUARDED_BY(mutex_) = false;
  platform::Parker drained_;  // where the destructor waits
};

}  // namespace skein::threading
