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
  size_t stack_size = 0;       // bytes for script; 0: the default
  bool captures[2] = {};       // output and errors go to the parent instead of the process's streams
  HostOptions options;
  std::unique_ptr<SerializedMessage> initial;  // workerData and what else the script side passes
  Ref<PortEndpoint> port;                      // the worker's end of the port to its parent
};

// What a worker tells its parent, in order; kExit is the last.
struct WorkerNotice {
  enum class Kind : uint8_t { kOnline, kError, kOutput, kExit };
  Kind kind;
  int exit_code = 0;  // of kOutput: 0 for output, 1 for errors; the text is in `message`
  // Of kError; without `error`, the worker's memory limit is exceeded:
  std::unique_ptr<SerializedMessage> error = nullptr;
  std::string message = {}, file = {};
  uint32_t line = 0, column = 0;
};

class WorkerThread;

// Where a worker's console and streams write. Any thread.
class WorkerOutput : public RefCounted<WorkerOutput> {
 public:
  using Write = std::function<void(platform::Stream, std::string_view)>;
  WorkerOutput(Write write, bool captures_output, bool captures_error)
      : write_(std::move(write)), captures_{captures_output, captures_error}, watched_{captures_output, captures_error} {}

  void set_worker(WorkerThread* worker) { worker_ = worker; }
  // The parent wants to be told from now on.
  void watch(int index) { watched_[index].store(true, std::memory_order_relaxed); }
  // The worker's thread.
  void write(platform::Stream stream, std::string_view text);

 private:
  const Write write_;  // may be empty: the process's streams
  const bool captures_[2];
  // Relaxed: a stream is watched from some moment on; from the start, where the parent alone gets it.
  std::atomic<bool> watched_[2];
  WorkerThread* worker_ = nullptr;  // its job holds a reference
};

class HostedAgent;

class WorkerThread : public RefCounted<WorkerThread> {
 public:
  static constexpr size_t kStack = size_t{2} << 20;  // of its thread, in bytes, at least

  // Null when no thread can be had; `id`, a new member of the cluster, is removed then. `parent` gets the
  // notices: the hook below runs there.
  static Ref<WorkerThread> start(Ref<AgentCluster> cluster, AgentCluster::MemberId id, Ref<threading::EventQueue> parent, WorkerRequest request);
  static void (*deliver_notice)(Agent& parent, WorkerThread& worker, WorkerNotice& notice);

  uint32_t thread_id() const { return id_; }
  const Ref<WorkerOutput>& output() const { return output_; }
  // Null before and after the agent's life.
  Ref<LoopFigures> figures();
  // Milliseconds of CPU that the thread has used for the worker; 0 where that is not known.
  double cpu_ms();
  // Any thread, any number of times. Script ends at its next poll or wait, and cannot catch it.
  void terminate();
  // Waits for the end of the thread's work. REQUIRES: terminate() was called; the caller is the parent.
  void join();

 private:
  friend class RefCounted<WorkerThread>;
  WorkerThread(Ref<AgentCluster> cluster, Ref<threading::EventQueue> parent, WorkerRequest request)
      : cluster_(std::move(cluster)), parent_(std::move(parent)), request_(std::move(request)) {}
  ~WorkerThread() = default;
  // With the agent that it becomes, or null: it makes one.
  void run(std::unique_ptr<HostedAgent> hosted);
  int run_agent(std::unique_ptr<HostedAgent> hosted);
  friend class WorkerOutput;
  void notify(WorkerNotice notice);
  void send_error(Agent& agent, Value exception);
  void send_memory_error();

  const Ref<AgentCluster> cluster_;
  const Ref<threading::EventQueue> parent_;
  WorkerRequest request_;  // the thread's
  Ref<WorkerOutput> output_;
  uint32_t id_ = 0;
  std::atomic<bool> finished_{false};
  platform::Mutex mutex_;
  Ref<threading::AgentWaker> waker_ SKEIN_GUARDED_BY(mutex_);  // while the agent lives
  bool terminating_ SKEIN_GUARDED_BY(mutex_) = false;
  Ref<LoopFigures> figures_ SKEIN_GUARDED_BY(mutex_);
  platform::ThreadCpuClock clock_ SKEIN_GUARDED_BY(mutex_);
  int64_t cpu_before_ SKEIN_GUARDED_BY(mutex_) = 0;  // the thread's, from other workers
};

}  // namespace skein
