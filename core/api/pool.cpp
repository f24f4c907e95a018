#include "skein/pool.h"

#include <algorithm>

#include "core/threading/thread_pool.h"
#include "platform/thread.h"
#include "platform/virtual_memory.h"

namespace skein::api {

namespace {

PoolOptions complete(PoolOptions options) {
  if (options.threads == 0) options.threads = platform::hardware_concurrency();
  if (options.contexts == 0) options.contexts = options.threads;
  return options;
}

}  // namespace

ContextPool::ContextPool(Engine engine, PoolOptions options) : engine_(std::move(engine)), options_(complete(std::move(options))) {
  // Room for scripts that recurse, where it costs nothing until it is used.
  const size_t stack = platform::reservations_are_free() ? size_t{8} << 20 : 0;
  std::unique_lock lock(mutex_);
  for (; thread_count_ < options_.threads; ++thread_count_) {
    auto job = threading::make_job([this] { serve(); });
    if (threading::ThreadPool::process().run(std::move(job), stack, "pool") != nullptr) break;
    ++serving_;
  }
}

ContextPool::~ContextPool() { close(); }

void ContextPool::close() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_all();
  std::vector<Warm> unused;
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [&] { return serving_ == 0; });
  unused.swap(warm_);
}

void ContextPool::wait() const {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [&] { return jobs_.empty() && in_use_ == 0; });
}

size_t ContextPool::thread_count() const { return thread_count_; }

ContextPool::Statistics ContextPool::statistics() const {
  std::lock_guard lock(mutex_);
  return {jobs_done_, contexts_made_, warm_.size(), jobs_.size()};
}

void ContextPool::submit(std::function<void(const Context&)> run, std::function<void(const Error&)> fail) {
  enqueue({std::move(run), std::move(fail)});
}

void ContextPool::enqueue(Job job) {
  if (thread_count_ == 0) {
    const char* why = platform::threads_are_supported() ? "the system had none to give" : "this build of Skein has none";
    return job.fail(Error(ErrorKind::kInvalid, std::string("A pool needs threads, and ") + why));
  }
  {
    std::unique_lock lock(mutex_);
    if (stopping_) {
      lock.unlock();
      return job.fail(Error(ErrorKind::kClosed, "The pool is closed"));
    }
    jobs_.push_back(std::move(job));
  }
  work_.notify_one();
}

Result<ContextPool::Warm> ContextPool::make_context() {
  auto context = engine_.create_context(options_.context);
  if (!context) return context.error();
  if (options_.setup) {
    auto scope = context->enter();
    if (!scope) return scope.error();
    if (auto ready = options_.setup(*context); !ready) return ready.error();
  }
  std::lock_guard lock(mutex_);
  ++contexts_made_;
  return Warm{*std::move(context), 0};
}

void ContextPool::run_job(Job& job) {
  Warm warm;
  {
    std::lock_guard lock(mutex_);
    if (!warm_.empty()) {
      warm = std::move(warm_.back());
      warm_.pop_back();
    }
  }
  if (!warm.context) {
    auto made = make_context();
    if (!made) return job.fail(made.error());
    warm = *std::move(made);
  }
  if (auto scope = warm.context.enter()) job.run(warm.context);
  else job.fail(scope.error());
  ++warm.jobs;
  // A job may have kept the context's handle: it must not meet the next one there.
  const bool keep = options_.reset == Reset::kKeep && !warm.context.is_closed() &&
                    (options_.jobs_per_context == 0 || warm.jobs < options_.jobs_per_context);
  if (!keep) {
    (void)warm.context.close();
    warm.context = Context();
  }
  std::lock_guard lock(mutex_);
  ++jobs_done_;
  if (keep) warm_.push_back(std::move(warm));
}

void ContextPool::serve() {
  std::unique_lock lock(mutex_);
  while (true) {
    if (!jobs_.empty()) {
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      ++in_use_;
      lock.unlock();
      run_job(job);
      job = {};
      lock.lock();
      --in_use_;
      if (jobs_.empty() && in_use_ == 0) idle_.notify_all();
    } else if (stopping_) {
      // The last one to leave says so before close() can go on, and touches the pool no more.
      if (--serving_ == 0) idle_.notify_all();
      return;
    } else if (warm_.size() + making_ + (options_.reset == Reset::kKeep ? in_use_ : 0) < options_.contexts) {
      ++making_;
      lock.unlock();
      auto made = make_context();
      lock.lock();
      --making_;
      // The job that comes will hear of the error.
      if (made) warm_.push_back(*std::move(made));
      else if (jobs_.empty() && !stopping_) work_.wait(lock);
    } else {
      work_.wait(lock);
    }
  }
}

}  // namespace skein::api
