#include "core/concurrency/port_endpoint.h"

#include "core/concurrency/serialized_message.h"

namespace skein {

void (*PortEndpoint::dispatch)(Agent&, PortEndpoint&) = nullptr;

namespace {

class PortTask final : public threading::Task {
 public:
  PortTask(Ref<PortEndpoint> endpoint, size_t bytes) : Task(bytes), endpoint_(std::move(endpoint)) {}
  void run(Agent& agent) override { PortEndpoint::dispatch(agent, *endpoint_); }

 private:
  Ref<PortEndpoint> endpoint_;
};

}  // namespace

PortEndpoint::PortEndpoint() = default;
PortEndpoint::~PortEndpoint() = default;

Ref<PortEndpoint> PortEndpoint::create() { return Ref<PortEndpoint>::adopt(new PortEndpoint); }

std::pair<Ref<PortEndpoint>, Ref<PortEndpoint>> PortEndpoint::create_pair() {
  auto first = create(), second = create();
  {
    platform::MutexLock lock(first->mutex_);
    first->peer_ = second;
    first->had_peer_ = true;
  }
  platform::MutexLock lock(second->mutex_);
  second->peer_ = first;
  second->had_peer_ = true;
  return {first, second};
}

bool PortEndpoint::post(std::unique_ptr<SerializedMessage> message) {
  Ref<PortEndpoint> to = peer();
  if (!to) return true;
  // https://html.spec.whatwg.org/multipage/web-messaging.html#message-port-post-message-steps: a message
  // that carries the port it is sent to is doomed.
  for (const Ref<PortEndpoint>& port : message->ports)
    if (port.get() == to.get()) return true;
  return to->deliver(std::move(message));
}

bool PortEndpoint::deliver(std::unique_ptr<SerializedMessage> message) {
  platform::MutexLock lock(mutex_);
  if (closed_) return true;
  // What a message takes beside its contents.
  constexpr size_t kOverhead = 256;
  if (queue_ && queue_->account() && !message->charge.charge(queue_->account(), message->total_bytes() + kOverhead)) return false;
  messages_.push_back(std::move(message));
  notify();
  return true;
}

void PortEndpoint::notify() {
  if (!started_ || !queue_) return;
  // A queue that has closed belongs to an agent that ends, and with it the port.
  (void)queue_->post(std::make_unique<PortTask>(Ref<PortEndpoint>(this), 0));
}

void PortEndpoint::close() {
  Ref<PortEndpoint> peer;
  std::deque<std::unique_ptr<SerializedMessage>> dropped;  // destroyed outside the lock: may close ports
  {
    platform::MutexLock lock(mutex_);
    closed_ = true;
    peer = std::move(peer_);
    peer_ = nullptr;
    dropped.swap(messages_);
    queue_ = nullptr;
  }
  if (peer) peer->peer_closed();
}

void PortEndpoint::peer_closed() {
  platform::MutexLock lock(mutex_);
  peer_ = nullptr;
  notify();
}

void PortEndpoint::attach(Ref<threading::EventQueue> queue) {
  platform::MutexLock lock(mutex_);
  queue_ = std::move(queue);
  started_ = false;
}

void PortEndpoint::detach() {
  platform::MutexLock lock(mutex_);
  queue_ = nullptr;
  started_ = false;
}

void PortEndpoint::start() {
  platform::MutexLock lock(mutex_);
  if (started_ || closed_) return;
  started_ = true;
  for (size_t i = 0; i < messages_.size(); ++i) notify();
  if (had_peer_ && !peer_) notify();
}

std::unique_ptr<SerializedMessage> PortEndpoint::take() {
  platform::MutexLock lock(mutex_);
  if (messages_.empty()) return nullptr;
  auto message = std::move(messages_.front());
  messages_.pop_front();
  return message;
}

bool PortEndpoint::is_finished() {
  platform::MutexLock lock(mutex_);
  return messages_.empty() && had_peer_ && !peer_;
}

bool PortEndpoint::has_messages() {
  platform::MutexLock lock(mutex_);
  return !messages_.empty();
}

Ref<PortEndpoint> PortEndpoint::peer() {
  platform::MutexLock lock(mutex_);
  return peer_;
}

bool PortEndpoint::is_entangled_with(const PortEndpoint& other) {
  platform::MutexLock lock(mutex_);
  return peer_.get() == &other;
}

}  // namespace skein
