// ContextState: what is behind a Context – the agent with its host, who is in it, and the handles that
// C++ holds on its values.
//
// Two counts keep it. The *handles* (Context) keep the context open: when the last is gone, the agent is
// destroyed, by the thread that is in the context if there is one, when it leaves. The *references* (handles, nodes of Values, resolvers) keep this object, so that a
// Value of a context that is closed can say so.
//
// Who is in it is one word: the thread's number twice, plus one if somebody waits. 0: nobody. Entering
// and leaving are one compare-exchange each; only a waiter makes the leaver take the mutex.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/api/engine_state.h"
#include "core/base/ref_counted.h"
#include "core/host/agent_host.h"
#include "core/interpreter/module.h"
#include "core/runtime/root.h"
#include "core/threading/watchdog.h"
#include "skein/context.h"

namespace skein::api::detail {

// The engine's own value, to tell it from the API's.
using VmValue = skein::Value;

// A Value's hold on a cell. The count is that of the Values plus one for the context's list; a node that
// only the list holds is dropped by the owner, at the next collection or when many have gathered.
struct Node {
  std::atomic<uint32_t> count{2};
  Ref<ContextState> owner;
  VmValue value;  // the owner's thread only; undefined once the context is closed
  Node* next = nullptr;
  Node* previous = nullptr;
};

struct SerializedState;

class ContextState final : public RefCounted<ContextState> {
 public:
  ContextState(std::shared_ptr<EngineState> engine, ContextOptions options);
  ~ContextState();

  static ContextState& of(Agent& agent) { return *static_cast<ContextState*>(AgentHost::of(agent).embedder); }

  // --- Identity; any thread ---
  uint64_t id() const { return id_; }
  const std::string& name() const { return options_.name; }
  const ContextOptions& options() const { return options_; }
  EngineState& engine() { return *engine_; }
  bool is_closed() const { return closed_.load(std::memory_order_acquire); }
  void add_handle();
  bool try_add_handle();  // false: closed, or about to be
  void drop_handle();
  static Context handle_to(ContextState* state);  // empty when it cannot be kept open any more

  // --- Entering: entering.cpp ---
  bool is_entered() const { return owner_.load(std::memory_order_relaxed) >> 1 == current_thread_id(); }
  std::optional<Error> enter();
  std::optional<Error> enter_when_free(std::optional<std::chrono::nanoseconds> timeout);
  void leave();
  struct Suspended {
    uint64_t token;  // 0: outside of script
    uint64_t thread;
    uint32_t depth;
  };
  // REQUIRES: is_entered()
  Suspended suspend();
  void resume(Suspended suspended);
  // The end of a Suspension, by whatever thread.
  void end_suspension(Suspended suspended);
  // REQUIRES: a bound function has returned on this thread, which was in the context when it was called.
  void ensure_entered() {
    if (!is_entered()) [[unlikely]] resume_left_over();
  }
  bool somebody_waits() const { return owner_.load(std::memory_order_relaxed) & 1; }
  std::optional<Error> close(Cancel cancel);
  bool is_closing() const { return closing_.load(std::memory_order_acquire); }
  Error closed_error() const;
  void report_misplaced(const char* what);

  // --- In the context ---
  Agent& agent() { return *agent_; }
  AgentHost& host() { return *host_; }
  threading::AgentWaker& waker() { return *waker_; }
  const Ref<threading::EventQueue>& queue() { return queue_; }
  bool runs_script() const { return script_depth_ != 0; }

  // Handles: handles.cpp.
  Value to_handle(VmValue value);
  std::optional<Error> from_handle(const Value& value, VmValue& result);
  // kWrongContext, if it is one of another context. Any thread.
  std::optional<Error> refuse_foreign(const Value& value) const;
  static Node* node_of(const Value& value) { return value.has_node() ? value.payload_.node : nullptr; }
  void trace(gc::Visitor& visitor);
  size_t handle_count() const { return node_count_; }

  // Errors: errors.cpp. The completion under way as an Error; when the outermost run is left, a termination
  // is over with it.
  Error take_error(bool in_parse = false);
  Error describe_exception(VmValue exception);
  // The other way round: what the script is to see. Roots nothing.
  Thrown throw_error(const Error& error);
  VmValue make_error_value(const Error& error);

  // Runs: the outermost use of script arms the limits and, at the end, runs the jobs.
  enum class RunLimits : uint8_t { kArmed, kNone };
  void begin_run(RunLimits limits = RunLimits::kArmed);
  void end_run();
  // Jobs that are ready, if nothing of the script is under way. Thrown: terminated.
  Completion<void> checkpoint();
  std::optional<Error> take_uncaught();

  // Bound functions: functions.cpp.
  VmValue make_function(std::string_view name, Function function);
  static Completion<VmValue> call_function(Agent& agent, const CallInfo& info);
  static Completion<VmValue> call_constructor(Agent& agent, const CallInfo& info);
  VmValue bind_class(std::shared_ptr<const ClassDefinition> definition);
  VmValue wrap(const void* tag, std::shared_ptr<void> object);  // empty: no such class here
  static Result<Value> wrap_in(const Context& context, const void* tag, std::shared_ptr<void> object);
  const char* class_name(const void* tag) const;

  // Structured clone: clone.cpp.
  Completion<std::unique_ptr<SerializedState>> serialize(VmValue value, const SerializeOptions& options);
  Completion<VmValue> deserialize(SerializedState& clone);
  Completion<bool> object_to_parts(Object* object, std::string& name, RootVector& parts);
  Completion<Object*> object_from_parts(std::string_view name, std::span<const VmValue> parts);

  // Modules: modules.cpp.
  static Completion<void> load_imported_module(Agent&, VmValue referrer, String* specifier, VmValue attributes, VmValue payload);
  static Completion<void> fill_import_meta(Agent&, Object* meta, Module* module);
  Completion<Module*> load_module(const std::string& specifier, const std::string& referrer, const std::string& type);
  Completion<Object*> evaluate_module(std::string_view source, const std::string& name);
  Completion<Object*> import_module(const std::string& specifier, const std::string& referrer);

  InterruptAction interrupt();

 private:
  class Roots final : public PersistentRoot {
   public:
    Roots(Agent& agent, ContextState& state) : PersistentRoot(agent), state_(state) {}
    void trace(gc::Visitor& visitor) override { state_.trace(visitor); }

   private:
    ContextState& state_;
  };
  struct BoundClass {
    std::shared_ptr<const ClassDefinition> definition;
    VmValue constructor;
    VmValue prototype;
  };

  void create_agent();
  void destroy_agent();
  void sweep_nodes();
  void unlink(Node* node);
  // Becomes the owner if nobody else is.
  bool try_acquire(uint64_t me);
  void acquired();
  void release_ownership(uint64_t me);
  bool wait_for_ownership(uint64_t me, uint64_t token, std::optional<std::chrono::nanoseconds> timeout, bool even_closed);
  Error busy_error(uint64_t owner) const;
  void close_if_wanted();
  void resume_left_over();
  Completion<Object*> start_module(Module* module);
  // Objects of bound classes into `clone`, others into `others`.
  Completion<void> sort_transfer(std::span<const Value> transfer, SerializedState& clone, RootVector& others);

  const std::shared_ptr<EngineState> engine_;
  ContextOptions options_;
  const uint64_t id_;

  std::atomic<uint64_t> owner_{0};
  std::atomic<uint32_t> handles_{1};
  std::atomic<bool> closing_{false};
  std::atomic<bool> closed_{false};
  std::atomic<bool> handed_over_{false};  // the last handle, to the thread that leaves next
  std::mutex mutex_;                // of waiters, and of suspended_
  std::condition_variable freed_;

  // The owner's.
  uint32_t depth_ = 0;
  bool drop_when_left_ = false;     // the handles' reference is to go when the thread leaves
  uint32_t script_depth_ = 0;       // runs under way, those of suspended threads included
  std::atomic<uint64_t> newest_suspended_{0};  // token of the newest suspension amid script; read by waiters
  std::vector<Suspended> suspended_;  // amid script, oldest first; guarded by mutex_
  uint64_t next_token_ = 1;
  uintptr_t saved_stack_limit_ = 0;

  std::unique_ptr<Agent> agent_;
  std::unique_ptr<AgentHost> host_;
  std::unique_ptr<Roots> roots_;
  Ref<threading::AgentWaker> waker_;
  Ref<threading::EventQueue> queue_;

  Node* nodes_ = nullptr;
  size_t node_count_ = 0;
  size_t sweep_at_ = 1024;

  std::unordered_map<const void*, BoundClass> classes_;
  std::map<std::pair<std::string, std::string>, Module*> modules_;  // by name and type
  std::vector<Error> uncaught_;
  SerializedState* clone_under_way_ = nullptr;
  threading::WatchdogTimer time_limit_;
  threading::WatchdogTimer cpu_limit_;
};

// The thread is in the context for one operation.
class Entered {
 public:
  explicit Entered(ContextState* state);
  ~Entered() {
    if (state_ != nullptr) state_->leave();
  }
  Entered(const Entered&) = delete;
  Entered& operator=(const Entered&) = delete;
  explicit operator bool() const { return !error_; }
  const Error& error() const { return *error_; }

 private:
  ContextState* state_ = nullptr;
  std::optional<Error> error_;
};

// Script runs; for the outermost, limits count from here.
class Run {
 public:
  explicit Run(ContextState& state, ContextState::RunLimits limits = ContextState::RunLimits::kArmed) : state_(state) { state_.begin_run(limits); }
  ~Run() { state_.end_run(); }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

 private:
  ContextState& state_;
};

// What nearly every operation is: enter, run, and make the outcome of `operation(Agent&)`, a Completion,
// a Result. Jobs run afterwards.
template <typename T, typename Operation>
Result<T> perform(ContextState* state, Operation&& operation);

}  // namespace skein::api::detail

#include "core/api/perform.h"
