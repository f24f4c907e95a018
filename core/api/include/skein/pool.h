// ContextPool: threads and warm contexts for jobs, like a database's connection pool.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <type_traits>
#include <utility>
#include <vector>

#include "skein/context.h"

namespace skein::api {

// What happens to a context between two jobs.
enum class Reset : uint8_t {
  kFresh,  // it is closed, and another is made and set up, by an idle thread, ahead of the next job
  kKeep,   // it is used again as it is; jobs see each other's globals
};

struct PoolOptions {
  size_t threads = 0;   // 0: as many as processors
  size_t contexts = 0;  // kept warm; 0: as many as threads
  ContextOptions context;
  // Makes a new context ready: binds functions, evaluates libraries. Any thread of the pool. A context
  // whose setup fails is not used; the job that needed it gets the error.
  std::function<Result<void>(const Context&)> setup;
  Reset reset = Reset::kFresh;
  // A context in Reset::kKeep is replaced after so many jobs; 0: never.
  size_t jobs_per_context = 0;
};

// Runs jobs on its threads, each in a context that it has to itself. A context moves between threads. The threads
// are those that the engine keeps parked. Where the system has fewer to give than are asked for, thread_count() says
// how many there are; if there are none (also in a build without threads, wasm-st), every job fails with kInvalid.
class ContextPool {
 public:
  SKEIN_API ContextPool(Engine engine, PoolOptions options);
  // As close().
  SKEIN_API ~ContextPool();
  ContextPool(const ContextPool&) = delete;
  ContextPool& operator=(const ContextPool&) = delete;

  // ANY THREAD. Calls function(context, arguments...) on a thread of the pool, which is in the context.
  // The future's value is a Result: the function's own if it returns one. Values do not outlive the job
  // (the context is reset): let the function return C++ values.
  template <typename F, typename... Arguments>
  auto run(F&& function, Arguments&&... arguments) {
    using Returned = std::invoke_result_t<std::decay_t<F>&, const Context&, std::decay_t<Arguments>&...>;
    using Outcome = typename AsResult<Returned>::Type;
    auto promise = std::make_shared<std::promise<Outcome>>();
    std::future<Outcome> future = promise->get_future();
    Job job;
    job.run = [function = std::forward<F>(function), ... arguments = std::forward<Arguments>(arguments), promise](const Context& context) mutable {
      if constexpr (std::is_void_v<Returned>) {
        function(context, arguments...);
        promise->set_value(Outcome());
      } else {
        promise->set_value(Outcome(function(context, arguments...)));
      }
    };
    job.fail = [promise](const Error& error) { promise->set_value(Outcome(error)); };
    enqueue(std::move(job));
    return future;
  }
  // ANY THREAD. Without a future: exactly one of the two is called – `run` on a thread of the pool, which is
  // in the context, or `fail` there when no context could be made, and here once the pool is closed.
  SKEIN_API void submit(std::function<void(const Context&)> run, std::function<void(const Error&)> fail);
  // A script; its value as T.
  template <typename T>
  std::future<Result<T>> evaluate(std::string source, std::string name = "<pool>") {
    return run([source = std::move(source), name = std::move(name)](const Context& context) -> Result<T> {
      auto value = context.evaluate(source, name);
      if (!value) return value.error();
      auto settled = context.await(*value);
      return settled ? settled->template to<T>() : Result<T>(settled.error());
    });
  }

  // ANY THREAD but those of the pool. Waits until no job waits or runs.
  SKEIN_API void wait() const;
  // ANY THREAD but those of the pool, once. Waits until all jobs have run and ends the threads; jobs that come
  // later fail with kClosed.
  SKEIN_API void close();

  // ANY THREAD
  SKEIN_API size_t thread_count() const;
  struct Statistics {
    uint64_t jobs = 0;
    uint64_t contexts_made = 0;
    size_t warm = 0;     // contexts that wait
    size_t waiting = 0;  // jobs that wait
  };
  SKEIN_API Statistics statistics() const;

 private:
  template <typename T>
  struct AsResult {
    using Type = Result<T>;
  };
  template <typename T>
  struct AsResult<Result<T>> {
    using Type = Result<T>;
  };
  struct Job {
    std::function<void(const Context&)> run;
    std::function<void(const Error&)> fail;
  };
  struct Warm {
    Context context;
    size_t jobs = 0;
  };
  SKEIN_API void enqueue(Job job);
  void serve();
  Result<Warm> make_context();
  void run_job(Job& job);

  const Engine engine_;
  const PoolOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable work_;
  mutable std::condition_variable idle_;
  std::deque<Job> jobs_;       // guarded by mutex_, as all below
  std::vector<Warm> warm_;     // the last used at the end
  size_t making_ = 0;          // contexts that are being made ahead
  size_t in_use_ = 0;
  bool stopping_ = false;
  uint64_t jobs_done_ = 0;
  uint64_t contexts_made_ = 0;
  size_t serving_ = 0;         // threads that have not ended
  size_t thread_count_ = 0;    // constant once the pool is made
};

}  // namespace skein::api
