// A fork-join pool that scripts use: `pool.fork(name, argument)` has a function of the library called in some
// context on some thread, `pool.join(task)` gives its result. Arguments and results are structured clones, as
// contexts share nothing else.
//
// Whoever joins a task that is not done runs others meanwhile, in its own context: so a recursion that forks at
// each level needs no more threads than there are. A task is joined by the script that has forked it, so those who
// wait for each other form a tree, and nobody waits in a circle.
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>
#include <thread>

#include "skein/skein.h"

namespace {

struct Task {
  std::string function;
  skein::SerializedValue argument;
  // Guarded by the pool's mutex:
  bool is_done = false;
  bool has_thrown = false;
  skein::SerializedValue result;  // or what was thrown
};

class ForkJoinPool : public std::enable_shared_from_this<ForkJoinPool> {
 public:
  ForkJoinPool(skein::Engine engine, std::string library) : engine_(std::move(engine)), library_(std::move(library)) {
    task_class_.constructor([]() -> skein::Result<std::shared_ptr<Task>> { return skein::Error::type_error("tasks are made by fork()"); });
    pool_class_.method("fork", [](ForkJoinPool& self, const skein::Context& context, const std::string& name, const skein::Value& argument) {
                 return self.fork(context, name, argument);
               })
        .method("join", [](ForkJoinPool& self, const skein::Context& context, std::shared_ptr<Task> task) { return self.join(context, task); });
  }
  void start(size_t threads) {
    for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { serve(); });
  }
  void stop() {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
  }
  // A context with `pool` and the library in it.
  skein::Context make_context() {
    auto context = engine_.create_context().value();
    context.bind(task_class_).value();
    context.bind(pool_class_).value();
    context.global()->set("pool", shared_from_this()).value();
    context.evaluate(library_, "library.js").value();
    return context;
  }

 private:
  skein::Result<std::shared_ptr<Task>> fork(const skein::Context& context, const std::string& name, const skein::Value& argument) {
    auto message = context.serialize(argument);
    if (!message) return message.error();
    auto task = std::make_shared<Task>();
    task->function = name;
    task->argument = *std::move(message);
    {
      std::lock_guard lock(mutex_);
      tasks_.push_back(task);
    }
    changed_.notify_all();
    return task;
  }

  skein::Result<skein::Value> join(const skein::Context& context, const std::shared_ptr<Task>& task) {
    std::unique_lock lock(mutex_);
    while (!task->is_done) {
      if (!tasks_.empty()) {
        run_newest(context, lock);
      } else {
        lock.unlock();
        auto pause = context.suspend();  // others may use the context while this thread only waits
        lock.lock();
        changed_.wait(lock, [&] { return task->is_done || !tasks_.empty(); });
        lock.unlock();
        { auto resumed = std::move(pause); }
        lock.lock();
      }
    }
    lock.unlock();
    auto value = context.deserialize(task->result);
    if (!value || !task->has_thrown) return value;
    return skein::Error::of_value(*value);
  }

  // The newest first: it is the smallest, and often the very one that is waited for.
  void run_newest(const skein::Context& context, std::unique_lock<std::mutex>& lock) {
    std::shared_ptr<Task> task = std::move(tasks_.back());
    tasks_.pop_back();
    lock.unlock();
    auto result = compute(context, *task);
    bool has_thrown = !result;
    // An error object crosses with its class, message and stack; what is no exception (a limit) as a new one.
    if (has_thrown) result = context.serialize(context.error(result.error()).value());
    if (!result) result = context.serialize(context.error(skein::Error("The task has thrown what cannot be cloned")).value());
    lock.lock();
    task->is_done = true;
    task->has_thrown = has_thrown;
    task->result = *std::move(result);
    changed_.notify_all();
  }

  static skein::Result<skein::SerializedValue> compute(const skein::Context& context, Task& task) {
    auto argument = context.deserialize(task.argument);
    if (!argument) return argument.error();
    auto function = context.global()->get(task.function);
    if (!function) return function.error();
    auto value = function->call(*argument);
    if (!value) return value.error();
    return context.serialize(*value);
  }

  void serve() {
    auto context = make_context();
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [&] { return stopping_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      run_newest(context, lock);
    }
  }

  const skein::Engine engine_;
  const std::string library_;
  skein::Class<Task> task_class_{"Task"};
  skein::Class<ForkJoinPool> pool_class_{"ForkJoinPool"};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Task>> tasks_;  // guarded by mutex_, as is:
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

constexpr const char* kLibrary = R"(
  function fib(n) {
    if (n < 12) return n < 2 ? n : fib(n - 1) + fib(n - 2);
    const left = pool.fork('fib', n - 1);
    return fib(n - 2) + pool.join(left);
  }
  function sort(list) {
    if (list.length < 500) return list.sort((a, b) => a - b);
    const middle = list.length >> 1;
    const task = pool.fork('sort', list.slice(0, middle));
    const right = sort(list.slice(middle)), left = pool.join(task);
    const merged = [];
    for (let i = 0, j = 0; i < left.length || j < right.length;)
      merged.push(j === right.length || left[i] <= right[j] ? left[i++] : right[j++]);
    return merged;
  }
  function fail({depth}) {
    if (depth === 0) throw new RangeError('too deep');
    return pool.join(pool.fork('fail', {depth: depth - 1}));
  }
)";

}  // namespace

int main() {
  auto pool = std::make_shared<ForkJoinPool>(skein::Engine(), kLibrary);
  pool->start(4);
  {
    auto context = pool->make_context();
    std::printf("fib(21) = %g\n", context.evaluate("fib(21)").value().as_number());
    auto sorted = context.evaluate(R"(
      let seed = 1;
      const list = Array.from({length: 8000}, () => seed = seed * 48271 % 2147483647);
      const sorted = sort(list);
      sorted.length === 8000 && sorted.every((x, i) => i === 0 || sorted[i - 1] <= x)
    )").value();
    std::printf("sorted: %s\n", sorted.as_boolean() ? "yes" : "no");
    std::printf("%s\n", context.evaluate("try { fail({depth: 3}) } catch (error) { `${error.name}: ${error.message}` }").value().to<std::string>().value().c_str());
  }
  pool->stop();
}

// expect: fib(21) = 10946
// expect: sorted: yes
// expect: RangeError: too deep
