// WorkerThread: an agent on a thread of its own, as its parent sees it.
//
// The parent holds one in its WorkerScope until the worker's exit notice has been dealt with, and waits
// for the thread itself when the parent ends. The thread holds another reference.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "core/concurrency/agent_cluster.h"
#include "core/concurrency/serialized_message.h"
#include "core/host/agent_host.h"

namespace skein {

enum class WorkerKind : uint8_t { kWeb, kNode };

struct WorkerRequest {
  WorkerKind kind = WorkerKind::kWeb;
  std::string path;                 // the file, or what the code is called
  std::optional<std::string> code;  // instead of the file
  bool is_module = false;
  std::string name;
  HostOptions options;
  std::unique_ptr<SerializedMessage> initial;  // workerData and what else the script side passes
  Ref<PortEndpoint> port;                      // the worker's end of the port to its parent
};

// What a worker tells its parent, in order; kExit is the last.
struct WorkerNotice {
  enum class Kind : uint8_t { kOnline, kError, kExit };
  Kind kind;
  int exit_code = 0;
  // Of kError:
  std::unique_ptr<SerializedMessage> error = nullptr;
  std::string message = {}, file = {};
  uint32_t line = 0, column = 0;
};

class WorkerThread : public RefCounted<WorkerThread> {
 public:
  // Null when no thread can be had. `parent` gets the notices: the hook below runs there.
  static Ref<WorkerThread> start(Ref<AgentCluster> cluster, Ref<threading::EventQueue> parent, WorkerRequest request);
  static void (*deliver_notice)(Agent& parent, WorkerThread& worker, WorkerNotice& notice);

  uint32_t thread_id() const { return id_; }
  // Any thread, any number of times. Script ends at its next poll or wait, and cannot catch it.
  void terminate();
  // Waits for the end of the thread's work. REQUIRES: terminate() was called; the caller is the parent.
  void join();

 private:
  friend class RefCounted<WorkerThread>;
  WorkerThread(Ref<AgentCluster> cluster, Ref<threading::EventQueue> parent, WorkerRequest request)
      : cluster_(std::move(cluster)), parent_(std::move(parent)), request_(std::move(request)) {}
  ~WorkerThread() = default;
  void run();
  int run_agent();
  void notify(WorkerNotice notice);
  void send_error(Agent& agent, Value exception);

  const Ref<AgentCluster> cluster_;
  const Ref<threading::EventQueue> parent_;
  WorkerRequest request_;  // the thread's
  uint32_t id_ = 0;
  std::atomic<bool> finished_{false};
  platform::Mutex mutex_;
  Ref<threading::AgentWaker> waker_ SKEIN_GUARDED_BY(mutex_);  // while the agent lives
  bool terminating_ SKEIN_GUARDED_BY(mutex_) = false;
};

}  // namespace skein
