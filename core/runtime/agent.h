// Agent: a JavaScript thread. It owns a heap, atoms, realms, a job queue and the VM's stacks.
//
// https://tc39.es/ecma262/#sec-agents
// Thread rule: used by one thread at a time, the one that has entered it. Only what waker() offers may
// be called from any thread, as long as somebody holds a reference to it.
//
// ROOTING, the rule that all C++ in the engine follows:
//   - Cells do not move. Allocation does not collect. A collection happens only at a poll, and polls
//     happen only where script may run: inside functions that take Agent& AND return Completion
//     (get, set, call, to_string, to_number of an object, …).
//   - So: a cell or Value that a function uses after a call returning Completion must be in a Root
//     (or be reachable from one, or from the frame: `this` and the arguments of a native function
//     are). That goes for parameters too: the callee roots what it needs after its own first
//     such call. Functions that do not return Completion never collect.
//   - The gc-stress build collects at every such call and poisons what was freed.
#pragma once

#include <cstdlib>
#include <deque>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/gc/heap.h"
#include "core/numeric/random.h"
#include "core/runtime/names.h"
#include "core/runtime/object.h"
#include "core/runtime/value.h"
#include "core/strings/atom_table.h"
#include "core/threading/agent_waker.h"

namespace skein {

namespace threading {
class AsyncWaiterSet;
}

class Realm;
class CustomRoot;
class PersistentRoot;
struct HostHooks;
struct ScriptHooks;
class CallInfo;
class Interpreter;
class BuiltinsData;
class ShapeKeysCache;

// https://tc39.es/ecma262/#sec-jobs
struct Job {
  using Function = Completion<Value> (*)(Agent&, const Value* data);
  Function run;
  Realm* realm;  // may be null
  Value data[5];
};

enum class TerminationReason : uint8_t { kNone, kTerminated, kMemoryLimit, kTimeLimit, kCpuLimit, kInstructionLimit, kExit };

struct AgentOptions {
  size_t heap_limit = 0;          // bytes; 0: none
  size_t native_stack = 0;        // bytes usable from here; 0: as the platform says
  bool can_block = true;          // https://tc39.es/ecma262/#sec-agentcansuspend
  uint64_t random_seed = 0;       // 0: from the platform
};

class Agent final : public gc::HeapClient {
 public:
  explicit Agent(const AgentOptions& options, const HostHooks& host);
  ~Agent();
  Agent(const Agent&) = delete;
  Agent& operator=(const Agent&) = delete;

  gc::Heap& heap() { return heap_; }
  AtomTable& atoms() { return atoms_; }
  const Names& names() const { return names_; }
  Symbol* well_known(WellKnownSymbol symbol) const { return well_known_symbols_[static_cast<int>(symbol)]; }
  uint64_t id() const { return waker_->agent_id(); }  // https://tc39.es/ecma262/#sec-agentsignifier
  bool can_block() const { return can_block_; }

  // https://tc39.es/ecma262/#current-realm
  Realm* realm() const { return realm_; }
  void set_realm(Realm* realm) { realm_ = realm; }

  // The value of the abrupt completion under way.
  Value pending_exception() const { return pending_exception_; }
  Thrown throw_value(Value value) {
    pending_exception_ = value;
    return Thrown{};
  }
  Value take_exception() {
    Value value = pending_exception_;
    pending_exception_ = Value::undefined();
    return value;
  }
  // While set, the completion under way is a termination: no catch, no finally, no iterator close.
  TerminationReason termination() const { return termination_; }
  bool is_terminating() const { return termination_ != TerminationReason::kNone; }
  // The script asked for its own end (process.exit): the function that calls this returns Thrown.
  void begin_termination(TerminationReason reason) { termination_ = reason; }
  void clear_termination();  // after the script has been left; it may run again

  // --- Polling ---
  // Where other threads ask for termination, collection or the host's callback, and wake the agent.
  const Ref<threading::AgentWaker>& waker() const { return waker_; }
  bool interrupt_pending() const { return waker_->has_request(); }
  // The script is to end: long native operations give up and return to a poll.
  bool stop_requested() const {
    using threading::Interrupt;
    return waker_->pending(Interrupt::kTerminate | Interrupt::kDeadline | Interrupt::kCpuBudget) != 0 || memory_exhausted_;
  }
  // Serves what is asked for: collects, or ends the script. Every loop whose length script chooses
  // calls poll() now and then; the interpreter does at loop back-edges and calls.
  Completion<void> poll() {
#ifdef SKEIN_GC_STRESS
    stress_collect();
#endif
    if (interrupt_pending()) [[unlikely]] return poll_slow();
    return {};
  }
  // Stands at the head of every operation that may run script: gc-stress collects here. What the
  // operation itself still needs is named, so that only the caller's omissions are found.
  template <typename... Kept>
  void collection_point([[maybe_unused]] Kept... kept) {
#ifdef SKEIN_GC_STRESS
    Value* top = root_top_;
    (push_all(kept), ...);
    stress_collect();
    root_top_ = top;
#endif
  }
  // RangeError when the native stack is nearly used up. Every native recursion calls it.
  Completion<void> check_stack();
  bool native_stack_exhausted() const {
    char here;
    return reinterpret_cast<uintptr_t>(&here) < native_stack_limit_;
  }
  // Whether much of it is used up: from here on calls in tail position do not pile up on it.
  bool native_stack_deep() const {
    char here;
    return reinterpret_cast<uintptr_t>(&here) < native_stack_deep_;
  }
  uintptr_t native_stack_limit() const { return native_stack_limit_; }
  // Takes the stack bounds of the thread that runs from now on; `usable_stack` in bytes from here, 0: all.
  void enter_current_thread(size_t usable_stack = 0);
  // The same when the caller knows where its stack ends.
  void enter_thread_stack(uintptr_t stack_low, size_t usable_stack);
  // REQUIRES: everything in use is rooted.
  void collect_garbage(gc::CollectionType type) { heap_.collect(type); }

  // --- Roots ---
  Value* push_root(Value value) {
    SKEIN_CHECK(root_top_ < root_limit_);
    *root_top_ = value;
    return root_top_++;
  }
  void pop_root(Value* slot) {
    SKEIN_DCHECK(slot + 1 == root_top_);
    root_top_ = slot;
  }

  // --- The VM's stack of register windows, one contiguous array; see interpreter/. ---
  Value* stack_base() const { return stack_.get(); }
  Value* stack_limit() const { return stack_limit_; }
  Value* stack_top = nullptr;  // first unused; everything below is scanned

  // --- Jobs ---
  void enqueue_job(const Job& job) {
    jobs_.push_back(job);
    if (jobs_.size() > charged_jobs_) [[unlikely]] charge_jobs();
  }
  bool has_jobs() const { return !jobs_.empty(); }
  // Runs jobs until none is left. An exception of a job goes to the host's report hook.
  // Thrown only when the agent is being terminated.
  Completion<void> run_jobs();
  // The job that runs; its `run` is null between jobs' turns.
  const Job& current_job() const { return current_job_; }

  // Raised whenever a prototype (or global object) changes in a way that lookups through it might
  // see: property added, removed, reconfigured, prototype replaced.
  uint32_t prototype_epoch() const { return prototype_epoch_; }
  void bump_prototype_epoch() { ++prototype_epoch_; }
  // Some object in a prototype chain has properties with index keys, or is exotic about them.
  bool prototypes_have_indices = false;

  // See shape_for_prototype in operations.h.
  Shape* root_shape(Object* prototype, CellKind kind, uint16_t inline_offset, uint8_t inline_capacity) {
    const RootShapeKey key{prototype, static_cast<uint32_t>(kind) << 24 | static_cast<uint32_t>(inline_offset) << 8 | inline_capacity};
    const RecentRootShape& recent = recent_root_shape(key);
    return recent.shape != nullptr && recent.key == key ? recent.shape : find_root_shape(key);
  }
  // See plain_objects.h.
  ShapeKeysCache& shape_keys() {
    if (shape_keys_ == nullptr) [[unlikely]] make_shape_keys();
    return *shape_keys_;
  }
  // https://tc39.es/ecma262/#sec-symbol.for
  Symbol* symbol_for(FlatString* key);
  uint32_t next_hash();        // for symbols and identity hashes
  double random();             // Math.random
  // Kept alive until the current job ends: https://tc39.es/ecma262/#sec-addtokeptobjects
  void add_to_kept_objects(Value value);
  void clear_kept_objects() { kept_objects_.clear(); }
  // https://tc39.es/ecma262/#sec-incrementmoduleasyncevaluationcount
  uint64_t next_module_async_evaluation_order() { return module_async_evaluation_count_++; }

  const HostHooks& host() const { return *host_; }
  // How the runtime reaches the interpreter and the compiler; set by the interpreter library.
  const ScriptHooks* script = nullptr;
  // Owned by the interpreter library: frames, feedback, code cache.
  Interpreter* interpreter = nullptr;
  void (*delete_interpreter)(Interpreter*) = nullptr;
  void (*trace_interpreter)(Interpreter*, gc::Visitor&) = nullptr;
  // Pending Atomics.waitAsync; null where there is no event loop.
  threading::AsyncWaiterSet* async_waiters = nullptr;
  // Owned by the builtins library: caches per agent, the time zone.
  BuiltinsData* builtins = nullptr;
  void (*delete_builtins)(BuiltinsData*) = nullptr;
  void (*trace_builtins)(BuiltinsData*, gc::Visitor&) = nullptr;
  // Free for the embedder (the event loop of host/).
  void* host_data = nullptr;
  void (*trace_host_data)(void*, gc::Visitor&) = nullptr;

  // --- gc::HeapClient ---
  void trace_roots(gc::Visitor& visitor) override;
  void sweep_weak_roots(gc::Heap& heap, bool full) override;
  void collection_wanted() override { waker_->request(threading::Interrupt::kCollect); }
  bool is_stopping() override {
    using threading::Interrupt;
    return waker_->pending(Interrupt::kTerminate | Interrupt::kDeadline | Interrupt::kCpuBudget) != 0;
  }
  void memory_exhausted() override {
    memory_exhausted_ = true;
    collection_wanted();
  }

 private:
  friend class CustomRoot;
  friend class PersistentRoot;
  template <typename T>
  void push_all(T kept) {
    if constexpr (requires { kept.begin(); kept.end(); }) {
      for (Value value : kept) push_root(value);
    } else {
      push_root(root_encoding(kept));
    }
  }
  static Value root_encoding(Value value) { return value; }
  static Value root_encoding(const gc::Cell* cell) { return cell == nullptr ? Value::null() : Value::cell(cell); }
  static Value root_encoding(PropertyKey key) { return key.is_cell() ? Value::cell(key.as_cell()) : Value::null(); }
  Completion<void> poll_slow();
  void serve_collection();
  void stress_collect();

  Ref<threading::AgentWaker> waker_;  // first: the heap reports to it
  gc::Heap heap_;
  AtomTable atoms_;
  Value* root_top_;
  Value* root_limit_;
  Realm* realm_ = nullptr;
  Value pending_exception_;
  bool memory_exhausted_ = false;
  uint32_t prototype_epoch_ = 1;
  uintptr_t native_stack_limit_ = 0;
  uintptr_t native_stack_deep_ = 0;
  TerminationReason termination_ = TerminationReason::kNone;
  bool can_block_;
  bool running_jobs_ = false;
  struct FreeStack {
    size_t bytes = 0;
    void operator()(Value* memory) const;
  };
  using Stack = std::unique_ptr<Value, FreeStack>;
  static Stack allocate_stack(size_t capacity);
  Stack roots_;
  Stack stack_;
  Value* stack_limit_;
  CustomRoot* custom_roots_ = nullptr;
  PersistentRoot* persistent_roots_ = nullptr;
  Names names_;
  Symbol* well_known_symbols_[static_cast<int>(WellKnownSymbol::kCount)];
  void charge_jobs();
  void drop_jobs();
  std::deque<Job> jobs_;
  size_t old_jobs_ = 0;  // in front; what they refer to has survived a collection
  static constexpr size_t kFreeJobs = 1024;
  size_t charged_jobs_ = kFreeJobs;  // how many count as paid for; beyond, their memory counts against the heap's limit
  Job current_job_{};
  struct RootShapeKey {
    Object* prototype;
    uint32_t layout;
    bool operator==(const RootShapeKey&) const = default;
  };
  struct RootShapeHash {
    size_t operator()(const RootShapeKey& key) const {
      return (reinterpret_cast<uintptr_t>(key.prototype) >> 3) * 31 + key.layout;
    }
  };
  Shape* find_root_shape(const RootShapeKey& key);
  std::unordered_map<RootShapeKey, Shape*, RootShapeHash> root_shapes_;
  struct RecentRootShape {
    RootShapeKey key{};
    Shape* shape = nullptr;
  };
  static constexpr size_t kRecentRootShapes = 16;
  RecentRootShape recent_root_shapes_[kRecentRootShapes];  // of those in root_shapes_
  RecentRootShape& recent_root_shape(const RootShapeKey& key) {
    return recent_root_shapes_[((reinterpret_cast<uintptr_t>(key.prototype) >> 4) + (key.layout >> 24)) % kRecentRootShapes];
  }
  void make_shape_keys();
  std::unique_ptr<ShapeKeysCache> shape_keys_;
  std::vector<Value> kept_objects_;
  std::unordered_map<FlatString*, Symbol*> symbol_registry_;
  uint64_t module_async_evaluation_count_ = 0;
  numeric::Random random_{0};
  uint32_t stress_count_ = 0;
  const HostHooks* host_;
};

}  // namespace skein
