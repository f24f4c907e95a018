// Task: something that an agent's event loop will do.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace skein {

class Agent;  // opaque here; whoever runs a task passes the agent that took it from its queue

namespace threading {

class Task {
 public:
  Task() = default;
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  // A task that will never run is just destroyed, on the consumer's thread or the poster's.
  virtual ~Task() = default;

  virtual void run(Agent& agent) = 0;

  // What the queue charges for the task while it waits, beyond nothing at all for small ones.
  size_t bytes() const { return bytes_; }

 protected:
  explicit Task(size_t bytes) : bytes_(bytes) {}

 private:
  friend class EventQueue;
  Task* next_ = nullptr;
  size_t bytes_ = 0;
};

// A task from a callable void(Agent&). Null when memory is short.
template <typename Function>
std::unique_ptr<Task> make_task(Function&& function, size_t bytes = 0) {
  class FunctionTask final : public Task {
   public:
    FunctionTask(Function&& function, size_t bytes)
        : Task(bytes), function_(std::forward<Function>(function)) {}
    void run(Agent& agent) override { function_(agent); }

   private:
    std::decay_t<Function> function_;
  };
  return std::unique_ptr<Task>(new (std::nothrow) FunctionTask(std::forward<Function>(function), bytes));
}

}  // namespace threading
}  // namespace skein
