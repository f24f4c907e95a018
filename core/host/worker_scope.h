// WorkerScope: an agent's part in the threads of a program – its place in the cluster, its children, its
// ports – and the natives that the script side (worker_scripts) is written over.
#pragma once

#include <map>
#include <memory>

#include "core/host/message_port.h"
#include "core/host/worker_thread.h"
#include "core/runtime/builtin_spec.h"

namespace skein {

class WorkerScope final : public HostAttachment {
 public:
  explicit WorkerScope(AgentHost& host);
  static WorkerScope& of(Agent& agent);

  PortRegistry& ports() { return ports_; }
  const Ref<AgentCluster>& cluster();
  AgentCluster::MemberId thread_id() const { return id_; }

  // --- for a worker, before its program runs ---
  void join(Ref<AgentCluster> cluster, AgentCluster::MemberId id);
  Completion<void> become_worker(Agent& agent, WorkerRequest& request);
  Thrown throw_missing_file(Agent& agent, const std::string& path, std::string_view reason);
  // Error listeners of the worker's own global scope; true: one of them dealt with it.
  bool handle_uncaught(Agent& agent, Value exception);

  // --- the script side ---
  // Evaluates it if need be. It is ours: it does not throw unless the agent is ending.
  void ensure_script_side(Agent& agent);
  // Something that it exports; undefined when the agent is ending.
  Value exported(Agent& agent, const char* name);

  // --- children ---
  Completion<Value> start_worker(Agent& agent, WorkerRequest request, Value callback);
  void set_referenced(uint32_t thread_id, bool referenced);
  void terminate(uint32_t thread_id);

  // What the script side knows about itself.
  WorkerKind kind() const { return kind_; }
  bool is_worker() const { return is_worker_; }
  const std::string& name() const { return name_; }
  const std::string& path() const { return path_; }
  Value port() const { return port_; }
  std::unique_ptr<SerializedMessage> take_initial() { return std::move(initial_); }

  void trace(gc::Visitor& visitor) override;
  void close(Agent& agent) override;

 private:
  struct Child {
    Ref<WorkerThread> thread;
    Value callback;
    bool referenced = true;
  };
  static void deliver_notice(Agent& agent, WorkerThread& worker, WorkerNotice& notice);
  friend void register_worker_kinds();

  AgentHost& host_;
  PortRegistry ports_;
  Ref<AgentCluster> cluster_;
  AgentCluster::MemberId id_ = 0;
  bool is_worker_ = false;
  WorkerKind kind_ = WorkerKind::kWeb;
  std::string name_, path_;
  Ref<PortEndpoint> pending_port_;  // until the script side can show it
  Value port_;                      // to the parent
  Value exports_;                   // of the script side
  std::unique_ptr<SerializedMessage> initial_;
  std::map<uint32_t, Child> children_;
};

// Kinds, hooks and builtin modules. Once per process.
void register_worker_kinds();
// Worker, MessageChannel, structuredClone, Event, EventTarget, … on the global object.
void install_worker_globals(Agent& agent, Realm& realm);

// The natives object of the script side: worker_natives.cpp.
Object* make_worker_natives(Agent& agent, Realm& realm);
// The source of the script side: a function that takes the natives and returns its exports.
extern const char* const kWorkerScript;
// Builtin module "fs".
Completion<Object*> make_fs_module(Agent& agent);

}  // namespace skein
