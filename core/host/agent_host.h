// AgentHost: what an agent lives in when it is run as a program or a worker – its event loop, timers,
// rejection tracking, options and output. One per agent; destroyed before it.
//
// Thread rule: the agent's thread only, but for queue() and its waker.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/concurrency/environment_variables.h"
#include "core/runtime/operations.h"
#include "core/threading/event_queue.h"
#include "core/threading/waiter_lists.h"
#include "platform/clock.h"
#include "platform/console.h"

namespace skein {

class ConsoleState;
class CpuProfile;
struct CpuProfileOptions;
class ModuleLoader;
class WorkerScope;

// What differs between a program, a worker and a page. Shared by an agent and its children where said.
struct HostOptions {
  std::vector<std::string> argv;                       // process.argv
  std::vector<std::pair<std::string, std::string>> env;  // what process.env begins with
  Ref<EnvironmentVariables> environment;                          // instead of `env`: one that others may share
  // Where console and process.stdout write; the default is the process's streams.
  std::function<void(platform::Stream, std::string_view)> write;
  bool colors = false;
  unsigned hardware_concurrency = 0;  // what navigator says; 0: the processors there are. Workers inherit it
  AgentOptions agent;
  size_t queue_limit = 0;   // bytes of messages that wait for the agent, beside the heap's limit; 0: none
  size_t worker_limit = 0;  // workers of the cluster at once; 0: none. Workers inherit both
  std::shared_ptr<const CpuProfileOptions> cpu_profile;  // null: none. Workers inherit it
  // Write a line about a termination from outside or by a limit (run_program).
  bool report_termination = true;
};

// Something that belongs to an agent for as long as it lives and holds references: ports, children,
// loaders. Attached to the host, traced with the agent's roots.
class HostAttachment {
 public:
  virtual ~HostAttachment() = default;
  virtual void trace(gc::Visitor& visitor) = 0;
  // The agent is about to end; script does not run any more.
  virtual void close(Agent& agent) {}
};

// How an event loop spends its time. Any thread may read.
class LoopFigures : public RefCounted<LoopFigures> {
 public:
  void begin_wait() { waiting_since_.store(platform::monotonic_ns(), std::memory_order_relaxed); }
  void end_wait() {
    idle_.fetch_add(platform::monotonic_ns() - waiting_since_.exchange(0, std::memory_order_relaxed), std::memory_order_relaxed);
  }
  double idle_ms() const {
    int64_t since = waiting_since_.load(std::memory_order_relaxed);
    return static_cast<double>(idle_.load(std::memory_order_relaxed) + (since == 0 ? 0 : platform::monotonic_ns() - since)) / 1e6;
  }
  double elapsed_ms() const { return static_cast<double>(platform::monotonic_ns() - start_) / 1e6; }

 private:
  // Relaxed: figures for people.
  std::atomic<int64_t> idle_{0}, waiting_since_{0};
  const int64_t start_ = platform::monotonic_ns();
};

class AgentHost {
 public:
  AgentHost(Agent& agent, HostOptions options);
  ~AgentHost();
  AgentHost(const AgentHost&) = delete;
  AgentHost& operator=(const AgentHost&) = delete;

  static AgentHost& of(Agent& agent) { return *static_cast<AgentHost*>(agent.host_data); }
  static const HostHooks& hooks();

  // What was made ahead for nobody in particular begins now, with these options.
  // REQUIRES: those of its agent and of its queue are the ones that it was made with; no script has looked at them
  void begin(HostOptions options);

  Agent& agent() { return agent_; }
  HostOptions& options() { return options_; }
  threading::EventQueue& queue() { return *queue_; }
  const Ref<threading::EventQueue>& queue_reference() { return queue_; }
  // What waits in the queue and what workers take at least is charged to it; null: unlimited.
  const Ref<threading::MemoryAccount>& memory_account() const { return memory_account_; }

  // --- The event loop: https://html.spec.whatwg.org/multipage/webappapis.html#event-loop-processing-model ---
  // Runs jobs, then tasks and timers until nothing keeps the loop alive, exit was called or the agent is
  // terminated (then Thrown).
  Completion<void> run_event_loop();
  // One turn of it without waiting: a task, the timers that are due, immediates, the jobs of each. False
  // when nothing keeps the loop alive any more.
  Completion<bool> run_turn();
  // Sleeps until a turn has something to do, or an interrupt is served.
  Completion<void> wait_for_work();
  // When a timer or waiter is due next.
  platform::Deadline next_deadline() const;
  // One task's worth of cleaning up: jobs, then unhandled rejections.
  Completion<void> perform_microtask_checkpoint();
  // The loop stops at the next turn, and no further script runs (process.exit, worker close).
  void stop(int exit_code);
  // Something keeps the loop going.
  bool is_alive() const;
  bool is_stopping() const { return stopping_; }
  int exit_code() const { return exit_code_; }
  void set_exit_code(int code) { exit_code_ = code; }

  // --- Timers: https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers ---
  using TimerId = int32_t;
  // Milliseconds. The callback gets `arguments`.
  TimerId set_timer(Value callback, double delay_ms, bool repeat, std::span<const Value> arguments);
  void clear_timer(TimerId id);
  void set_timer_referenced(TimerId id, bool referenced);  // unreferenced timers do not keep the loop alive
  bool has_timer(TimerId id) const;
  bool is_timer_referenced(TimerId id) const;
  void refresh_timer(TimerId id);  // its time begins anew
  Object* timer_prototype = nullptr;  // of the objects that stand for timers: timers.cpp

  // Runs after the present task, before the loop looks at timers: setImmediate.
  TimerId set_immediate(Value callback, std::span<const Value> arguments);

  // --- Errors ---
  // An exception that nothing caught. The handler says whether it was dealt with; otherwise it is
  // printed, and the loop stops with exit code 1.
  void report_exception(Value exception);
  // The last resort: the report, and the end.
  void print_exception(Value exception, bool is_rejection = false);
  // Called first with every uncaught exception; true: handled. Workers send it to their parent.
  std::function<bool(Agent&, Value exception, bool is_rejection)> on_uncaught;
  // Around a wait without a deadline: before_wait may say (false) that nothing can happen any more.
  std::function<bool(AgentHost&)> before_wait;
  std::function<void(AgentHost&)> after_wait;
  const Ref<LoopFigures>& figures() const { return figures_; }
  void track_rejection(Object* promise, PromiseRejectionOperation operation);

  void write(platform::Stream stream, std::string_view text);
  // Sources that are no files ("[eval]"), by name: reports of errors show their lines.
  std::map<std::string, std::string> unnamed_sources;

  // --- Attachments ---
  template <typename T>
  T* attach(std::unique_ptr<T> attachment) {
    T* raw = attachment.get();
    attachments_.push_back(std::move(attachment));
    return raw;
  }
  void detach(HostAttachment* attachment);

  ConsoleState& console();
  CpuProfile* cpu_profile = nullptr;      // run_program's, while it runs
  void* embedder = nullptr;               // free for api/
  WorkerScope* worker_scope = nullptr;    // likewise: WorkerScope::of
  ModuleLoader* module_loader = nullptr;  // made on first use: ModuleLoader::of

  // Milliseconds since this agent started, for performance.now().
  double now() const;
  double time_origin() const { return time_origin_; }
  // Keeps the loop alive while > 0 (children, open ports with listeners). Agent's thread.
  void add_reference() { ++references_; }
  void drop_reference() { --references_; }

 private:
  struct Timer {
    Value callback;
    std::vector<Value> arguments;
    int64_t interval_ns;
    int64_t due_ns;
    bool repeat;
    bool referenced = true;
  };
  void remember(TimerId id, Timer timer);
  void forget(std::map<TimerId, Timer>::iterator at);
  static void trace(void* host, gc::Visitor& visitor);
  Completion<void> run_due_timers();
  Completion<void> run_immediates();
  Completion<void> run_callback(Value callback, std::vector<Value>& arguments);
  Completion<void> finish_task(Completion<Value> result);
  // Nothing will happen by itself but what does not count: timers that are not referenced.
  bool is_passive() const;
  void report_unhandled_rejections();

  Agent& agent_;
  HostOptions options_;
  const Ref<threading::MemoryAccount> memory_account_;
  Ref<threading::EventQueue> queue_;
  threading::AsyncWaiterSet async_waiters_;
  std::map<TimerId, Timer> timers_;
  std::map<std::pair<int64_t, TimerId>, TimerId> due_;  // by time, then age
  std::vector<TimerId> immediates_;
  TimerId next_timer_id_ = 1;
  std::vector<Value> unhandled_rejections_;
  std::vector<std::unique_ptr<HostAttachment>> attachments_;
  ConsoleState* console_ = nullptr;
  Ref<LoopFigures> figures_ = Ref<LoopFigures>::adopt(new LoopFigures);
  size_t references_ = 0;
  bool stopping_ = false;
  bool nothing_can_happen_ = false;  // before_wait said so
  int exit_code_ = 0;
  double time_origin_;
  int64_t start_ns_;
};

}  // namespace skein
