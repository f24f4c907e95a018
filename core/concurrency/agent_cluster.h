// AgentCluster: the agents of one program – the main one and its workers – and the question whether
// anything can still happen among them.
//
// https://tc39.es/ecma262/#sec-agent-clusters
// An agent is idle while its event loop waits without a deadline. When every agent is idle, no task is
// under way and nobody outside the cluster promises one, the program has come to its end, although
// listeners may be left: the main agent ends, and takes its workers with it.
//
// A worker that is starting counts as busy from the moment its parent asked for it.
//
// A member that waits in Atomics.wait without a time-out is blocked. When all are idle or blocked, nobody
// is left to wake those, nor those that wait for a lock or in Atomics.waitAsync: a deadlock. If reports are
// wanted, one is written and the main agent asked to terminate.
// Thread rule: any thread.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ref_counted.h"
#include "core/concurrency/lock_manager.h"
#include "core/concurrency/port_endpoint.h"
#include "core/threading/event_queue.h"
#include "core/threading/waiter_lists.h"

namespace skein {

class AgentCluster : public RefCounted<AgentCluster> {
 public:
  // `main` is the queue of the agent that ends the program.
  static Ref<AgentCluster> create(Ref<threading::EventQueue> main);

  using MemberId = uint32_t;  // also worker_threads' threadId; 0 is the main agent
  // A member that is busy until it has a queue and says otherwise. Nothing when there are `most_workers`
  // already (0: any number); the main agent and those that are ending do not count.
  std::optional<MemberId> add(std::string name = {}, size_t most_workers = 0);
  void set_queue(MemberId member, Ref<threading::EventQueue> queue);
  // Null when it has none yet, or is gone.
  Ref<threading::EventQueue> queue_of(MemberId member);
  // The member ends: it is on its way to say so, and does not count any more.
  void begin_removal(MemberId member);
  void remove(MemberId member);
  size_t size();       // how many there are now
  size_t peak_size();  // the most that there were at once

  // The member is about to wait for tasks alone. False: nothing can happen any more (only the main agent
  // is told so; the last of the others wakes it).
  bool become_idle(MemberId member);
  void become_busy(MemberId member);
  // The member is about to sleep in Atomics.wait for ever; `place` is where its script stands.
  void become_blocked(MemberId member, const threading::BlockedWait& wait, std::string place);
  void become_unblocked(MemberId member);

  // --- deadlocks ---
  void report_deadlocks() { reports_deadlocks_.store(true, std::memory_order_relaxed); }
  // What was found; empty when there was none.
  std::string deadlock_report();

  LockManager& locks() { return locks_; }

  // --- blob: URLs: https://w3c.github.io/FileAPI/#url ---
  struct BlobEntry {
    std::string type;
    std::shared_ptr<const std::string> bytes;
  };
  // Its URL.
  std::string store_blob(MemberId owner, std::string type, std::string bytes);
  void drop_blob(const std::string& url);
  // Without bytes when there is none.
  BlobEntry find_blob(const std::string& url);

  // --- BroadcastChannel: https://html.spec.whatwg.org/multipage/web-messaging.html#broadcasting-to-other-browsing-contexts ---
  void subscribe(const std::string& name, Ref<PortEndpoint> endpoint);
  void unsubscribe(const std::string& name, const PortEndpoint& endpoint);
  std::vector<Ref<PortEndpoint>> subscribers(const std::string& name, const PortEndpoint& except);

 private:
  friend class RefCounted<AgentCluster>;
  AgentCluster() = default;
  ~AgentCluster() = default;
  struct Member {
    Ref<threading::EventQueue> queue;
    bool ends = false;
    bool idle = false;
    bool expects_outside_task = false;  // somebody holds a KeepAlive on its queue
    std::string name;
    bool blocked = false;
    threading::BlockedWait wait;
    std::string place;  // of the wait
  };
  struct StoredBlob {
    MemberId owner;
    BlobEntry entry;
  };
  static bool is_stuck(const Member& member);
  bool is_quiescent() const SKEIN_REQUIRES(mutex_);
  bool is_deadlocked() SKEIN_REQUIRES(mutex_);
  void write_deadlock_report() SKEIN_REQUIRES(mutex_);
  // REQUIRES: is_quiescent(). True: it is a deadlock, which has been dealt with.
  bool end_deadlock() SKEIN_REQUIRES(mutex_);

  platform::Mutex mutex_;
  std::map<MemberId, Member> members_ SKEIN_GUARDED_BY(mutex_);
  MemberId next_ SKEIN_GUARDED_BY(mutex_) = 1;
  size_t peak_size_ SKEIN_GUARDED_BY(mutex_) = 1;
  std::map<std::string, std::vector<Ref<PortEndpoint>>> channels_ SKEIN_GUARDED_BY(mutex_);
  std::map<std::string, StoredBlob> blobs_ SKEIN_GUARDED_BY(mutex_);
  std::string deadlock_report_ SKEIN_GUARDED_BY(mutex_);
  std::atomic<bool> reports_deadlocks_{false};  // relaxed: set before the first worker
  LockManager locks_;
};

}  // namespace skein
