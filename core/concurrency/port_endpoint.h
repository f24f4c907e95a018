// PortEndpoint: one end of a message channel, apart from the MessagePort object that shows it to script.
//
// https://html.spec.whatwg.org/multipage/web-messaging.html#message-ports
// An endpoint keeps the messages that have arrived for it. While it is attached to an agent and started, a task in
// the agent's event queue stands for all that have arrived since the agent last looked. Detached (in transit), it keeps
// collecting; attached again, it goes on where it was.
//
// Thread rule: any thread. At most one agent is attached at a time.
#pragma once

#include <memory>
#include <utility>

#include "core/base/ref_counted.h"
#include "core/concurrency/message_queue.h"
#include "core/threading/event_queue.h"
#include "platform/mutex.h"

namespace skein {

class PortEndpoint : public RefCounted<PortEndpoint> {
 public:
  // Two ends, entangled.
  static std::pair<Ref<PortEndpoint>, Ref<PortEndpoint>> create_pair();
  // An end without a peer: messages are delivered to it directly.
  static Ref<PortEndpoint> create();

  // To the other end; dropped when there is none any more. False, and the message is untouched: more than the
  // receiver's limit on what waits in its queues.
  [[nodiscard]] bool post(SerializedMessage& message);
  // To this end.
  [[nodiscard]] bool deliver(SerializedMessage& message);
  // Charges the message what it is going to take at the other end; post() will not refuse it then.
  [[nodiscard]] bool admit(SerializedMessage& message, size_t bytes);
  // Both ends lose each other; messages that this end still has are dropped. The other end keeps those
  // that arrived before, and learns of the end after them.
  void close();

  // --- the agent that has it ---
  void attach(Ref<threading::EventQueue> queue);
  void detach();
  void start();
  // Of its task: how many messages there are now. Those that come later have a task of their own.
  size_t begin_delivery();
  // The oldest message, into an empty one; false when there is none.
  bool take(SerializedMessage& message);
  // The other end is gone and nothing is left to take.
  bool is_finished();
  bool is_entangled_with(const PortEndpoint& other);
  bool has_messages();
  Ref<PortEndpoint> peer();

  // What a task for an endpoint does: set by the host before the first port.
  static void (*dispatch)(Agent& agent, PortEndpoint& endpoint);

 private:
  friend class RefCounted<PortEndpoint>;
  PortEndpoint();
  ~PortEndpoint();
  // The queue that is to get the task, or null.
  [[nodiscard]] Ref<threading::EventQueue> notify() SKEIN_REQUIRES(mutex_);
  void post_task(Ref<threading::EventQueue> queue);
  bool charge(SerializedMessage& message, size_t bytes) SKEIN_REQUIRES(mutex_);
  void peer_closed();

  platform::Mutex mutex_;
  MessageQueue incoming_ SKEIN_GUARDED_BY(mutex_);
  MessageQueue ready_;  // older ones; belongs to the agent that has the endpoint, or to who holds it in transit
  Ref<PortEndpoint> peer_ SKEIN_GUARDED_BY(mutex_);           // both ways; broken by close()
  Ref<threading::EventQueue> queue_ SKEIN_GUARDED_BY(mutex_);  // null: in transit
  bool started_ SKEIN_GUARDED_BY(mutex_) = false;
  bool notified_ SKEIN_GUARDED_BY(mutex_) = false;  // a task is under way
  bool closed_ SKEIN_GUARDED_BY(mutex_) = false;
  bool had_peer_ SKEIN_GUARDED_BY(mutex_) = false;
};

}  // namespace skein
