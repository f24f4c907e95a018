// AgentCluster: the agents of one program – the main one and its workers – and the question whether
// anything can still happen among them.
//
// https://tc39.es/ecma262/#sec-agent-clusters
// An agent is idle while its event loop waits without a deadline. When every agent is idle, no task is
// under way and nobody outside the cluster promises one, the program has come to its end, although
// listeners may be left: the main agent ends, and takes its workers with it.
//
// A worker that is starting counts as busy from the moment its parent asked for it.
// Thread rule: any thread.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/ref_counted.h"
#include "core/concurrency/port_endpoint.h"
#include "core/threading/event_queue.h"

namespace skein {

class AgentCluster : public RefCounted<AgentCluster> {
 public:
  // `main` is the queue of the agent that ends the program.
  static Ref<AgentCluster> create(Ref<threading::EventQueue> main);

  using MemberId = uint32_t;  // also worker_threads' threadId; 0 is the main agent
  // A member that is busy until it has a queue and says otherwise.
  MemberId add();
  void set_queue(MemberId member, Ref<threading::EventQueue> queue);
  void remove(MemberId member);
  size_t size();
  size_t peak_size();  // the most that there were at once

  // The member is about to wait for tasks alone. False: nothing can happen any more (only the main agent
  // is told so; the last of the others wakes it).
  bool become_idle(MemberId member);
  void become_busy(MemberId member);

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
    bool idle = false;
    bool expects_outside_task = false;  // somebody holds a KeepAlive on its queue
  };
  bool is_quiescent() const SKEIN_REQUIRES(mutex_);

  platform::Mutex mutex_;
  std::map<MemberId, Member> members_ SKEIN_GUARDED_BY(mutex_);
  MemberId next_ SKEIN_GUARDED_BY(mutex_) = 1;
  size_t peak_size_ SKEIN_GUARDED_BY(mutex_) = 1;
  std::map<std::string, std::vector<Ref<PortEndpoint>>> channels_ SKEIN_GUARDED_BY(mutex_);
};

}  // namespace skein
