// PortEndpoint: one end of a message channel, apart from the MessagePort object that shows it to script.
//
// https://html.spec.whatwg.org/multipage/web-messaging.html#message-ports
// An endpoint keeps the messages that have arrived for it. While it is attached to an agent and started,
// each message also puts one task into the agent's event queue. Detached (in transit), it keeps
// collecting; attached again, it goes on where it was.
//
// Thread rule: any thread. At most one agent is attached at a time.
#pragma once

#include <deque>
#include <memory>
#include <utility>

#include "core/base/ref_counted.h"
#include "core/threading/event_queue.h"
#include "platform/mutex.h"

namespace skein {

struct SerializedMessage;

class PortEndpoint : public RefCounted<PortEndpoint> {
 public:
  // Two ends, entangled.
  static std::pair<Ref<PortEndpoint>, Ref<PortEndpoint>> create_pair();
  // An end without a peer: messages are delivered to it directly.
  static Ref<PortEndpoint> create();

  // To the other end; dropped when there is none any more. False: more than the receiver's limit on what
  // waits in its queues.
  [[nodiscard]] bool post(std::unique_ptr<SerializedMessage> message);
  // To this end.
  [[nodiscard]] bool deliver(std::unique_ptr<SerializedMessage> message);
  // Both ends lose each other; messages that this end still has are dropped. The other end keeps those
  // that arrived before, and learns of the end after them.
  void close();

  // --- the agent that has it ---
  void attach(Ref<threading::EventQueue> queue);
  void detach();
  void start();
  // The oldest message; null when there is none.
  std::unique_ptr<SerializedMessage> take();
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
  void notify() SKEIN_REQUIRES(mutex_);
  void peer_closed();

  platform::Mutex mutex_;
  std::deque<std::unique_ptr<SerializedMessage>> messages_ SKEIN_GUARDED_BY(mutex_);
  Ref<PortEndpoint> peer_ SKEIN_GUARDED_BY(mutex_);           // both ways; broken by close()
  Ref<threading::EventQueue> queue_ SKEIN_GUARDED_BY(mutex_);  // null: in transit
  bool started_ SKEIN_GUARDED_BY(mutex_) = false;
  bool closed_ SKEIN_GUARDED_BY(mutex_) = false;
  bool had_peer_ SKEIN_GUARDED_BY(mutex_) = false;
};

}  // namespace skein
