// WorkerScope: an agent's part in the threads of a program – its place in the cluster, its children, its
// ports – and the script side of the host, core/host/scripts.
#pragma once

#include <map>
#include <memory>
#include <set>

#include "core/concurrency/clone_cache.h"
#include "core/host/internal_scripts.h"
#include "core/host/message_port.h"
#include "core/host/worker_thread.h"
#include "core/runtime/builtin_spec.h"

namespace skein {

class WorkerScope final : public HostAttachment {
 public:
  explicit WorkerScope(AgentHost& host);
  static WorkerScope& of(Agent& agent);

  PortRegistry& ports() { return ports_; }
  InternalScripts& scripts() { return scripts_; }
  // The realm that the agent began with: the script side's.
  Realm* realm() const { return realm_; }
  void set_realm(Realm* realm) { realm_ = realm; }
  const Ref<AgentCluster>& cluster();
  AgentCluster::MemberId thread_id() const { return id_; }

  // --- for a worker, before its program runs ---
  void join(Ref<AgentCluster> cluster, AgentCluster::MemberId id);
  Completion<void> become_worker(Agent& agent, WorkerRequest& request);
  Thrown throw_missing_file(Agent& agent, const std::string& path, std::string_view reason);

  // --- what script may have listeners for; true: one of them dealt with it ---
  bool handle_uncaught(Agent& agent, Value exception);
  bool handle_rejection(Agent& agent, Value promise, Value reason);
  void rejection_handled(Agent& agent, Object* promise);
  // process's event exit, once; it may change the exit code.
  void notify_exit(Agent& agent);
  // An event of `process`.
  bool notify_process(Agent& agent, const char* event, std::initializer_list<Value> values);

  // --- objects of the script side's classes ---
  void add_cloneable(const std::string& name, Object* prototype, Value to_parts, Value from_parts);
  Completion<void> mark(Agent& agent, Object* object, bool as_uncloneable);
  bool is_marked(Object* object, bool as_uncloneable) const;

  // --- locks ---
  LockManager::Id request_lock(std::string name, bool is_shared, bool if_available, bool steal);
  void release_lock(LockManager::Id id);

  // --- children ---
  Completion<Value> start_worker(Agent& agent, WorkerRequest request, Value callback);
  void set_referenced(uint32_t thread_id, bool referenced);
  void terminate(uint32_t thread_id);
  // Null when it is gone.
  WorkerThread* child(uint32_t thread_id);

  // What the script side knows about itself.
  WorkerKind kind() const { return kind_; }
  bool is_worker() const { return is_worker_; }
  const std::string& name() const { return name_; }
  const std::string& path() const { return path_; }
  // The object of the port to the parent; undefined in the main agent. REQUIRES: the ports have a prototype
  Value take_port(Agent& agent);
  Value stdin_callback() const { return stdin_callback_; }
  void set_stdin_callback(Value function) { stdin_callback_ = function; }
  std::unique_ptr<SerializedMessage> take_initial() { return std::move(initial_); }

  // Script shows an interest in workers. What the main agent starts first shall find an agent ready.
  void begin_using_workers();

  void trace(gc::Visitor& visitor) override;
  void close(Agent& agent) override;

 private:
  struct Child {
    Ref<WorkerThread> thread;
    Value callback;
    bool referenced = true;
    threading::MemoryCharge charge;
  };
  struct Cloneable {
    std::string name;
    Object* prototype;
    Value to_parts, from_parts;
  };
  static void deliver_notice(Agent& agent, WorkerThread& worker, WorkerNotice& notice);
  static void deliver_lock_news(Agent& agent, LockManager::Id id, LockManager::News news);
  static Completion<bool> to_parts(Agent& agent, Object* object, std::string& name, RootVector& parts);
  static Completion<Object*> from_parts(Agent& agent, const std::string& name, std::span<const Value> parts);
  static Completion<Value> make_dom_exception(Agent& agent, std::string_view name, const std::string& message);
  // The truth of what script says; false when it throws.
  bool ask_script(Agent& agent, const char* script, const char* function, std::initializer_list<Value> values);
  friend void register_worker_kinds();

  AgentHost& host_;
  PortRegistry ports_;
  Ref<AgentCluster> cluster_;
  AgentCluster::MemberId id_ = 0;
  bool is_worker_ = false;
  bool uses_workers_ = false;
  WorkerKind kind_ = WorkerKind::kWeb;
  std::string name_, path_;
  Ref<PortEndpoint> pending_port_;  // until the script side can show it
  Value port_;                      // to the parent
  Value stdin_callback_;
  InternalScripts scripts_;
  Realm* realm_ = nullptr;
  std::vector<Cloneable> cloneables_;
  CloneCache clone_cache_;
  Symbol* marks_[2] = {};                      // uncloneable, untransferable: private names
  std::set<LockManager::Id> waiting_locks_;  // each keeps the event loop alive
  bool is_exiting_ = false;
  std::unique_ptr<SerializedMessage> initial_;
  std::map<uint32_t, Child> children_;
};

// Kinds, hooks and builtin modules. Once per process.
void register_worker_kinds();
// Worker, MessageChannel, structuredClone, Event, EventTarget, … on the global object.
void install_worker_globals(Agent& agent, Realm& realm);

// From now on a deadlock of the agent's cluster is reported and ends the program (run_program).
void report_deadlocks(Agent& agent);

// Builtin module "fs".
Completion<Object*> make_fs_module(Agent& agent);

}  // namespace skein
