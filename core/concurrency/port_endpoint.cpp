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

bool PortEndpoint::post(SerializedMessage& message) {
  Ref<PortEndpoint> to = peer();
  if (!to) return true;
  // https://html.spec.whatwg.org/multipage/web-messaging.html#message-port-post-message-steps: a message
  // that carries the port it is sent to is doomed.
  for (const Ref<PortEndpoint>& port : message.ports)
    if (port.get() == to.get()) return true;
  return to->deliver(message);
}

bool PortEndpoint::charge(SerializedMessage& message, size_t bytes) {
  // What a message takes beside its contents.
  constexpr size_t kOverhead = 256;
  return !queue_ || !queue_->account() || message.charge.bytes() != 0 || message.charge.charge(queue_->account(), bytes + kOverhead);
}

bool PortEndpoint::admit(SerializedMessage& message, size_t bytes) {
  Ref<PortEndpoint> to = peer();
  if (!to) return true;
  platform::MutexLock lock(to->mutex_);
  return to->closed_ || to->charge(message, bytes);
}

bool PortEndpoint::deliver(SerializedMessage& message) {
  Ref<threading::EventQueue> queue;
  {
    platform::MutexLock lock(mutex_);
    if (closed_) return true;
    if (!charge(message, message.total_bytes())) return false;
    incoming_.push(std::move(message));
    queue = notify();
  }
  post_task(std::move(queue));
  return true;
}

Ref<threading::EventQueue> PortEndpoint::notify() {
  if (!started_ || !queue_ || notified_) return nullptr;
  notified_ = true;
  return queue_;
}

// Without the lock, which whoever wakes up wants at once.
void PortEndpoint::post_task(Ref<threading::EventQueue> queue) {
  // A queue that has closed belongs to an agent that ends, and with it the port.
  if (queue) (void)queue->post(std::make_unique<PortTask>(Ref<PortEndpoint>(this), 0));
}

void PortEndpoint::close() {
  Ref<PortEndpoint> peer;
  MessageQueue dropped;  // destroyed outside the lock: may close ports
  {
    platform::MutexLock lock(mutex_);
    closed_ = true;
    peer = std::move(peer_);
    peer_ = nullptr;
    dropped.swap(incoming_);
    queue_ = nullptr;
  }
  ready_.clear();
  if (peer) peer->peer_closed();
}

void PortEndpoint::peer_closed() {
  Ref<threading::EventQueue> queue;
  {
    platform::MutexLock lock(mutex_);
    peer_ = nullptr;
    queue = notify();
  }
  post_task(std::move(queue));
}

void PortEndpoint::attach(Ref<threading::EventQueue> queue) {
  platform::MutexLock lock(mutex_);
  queue_ = std::move(queue);
  started_ = notified_ = false;
}

void PortEndpoint::detach() {
  platform::MutexLock lock(mutex_);
  queue_ = nullptr;
  started_ = notified_ = false;
}

void PortEndpoint::start() {
  Ref<threading::EventQueue> queue;
  {
    platform::MutexLock lock(mutex_);
    if (started_ || closed_) return;
    started_ = true;
    if (!ready_.empty() || !incoming_.empty() || (had_peer_ && !peer_)) queue = notify();
  }
  post_task(std::move(queue));
}

size_t PortEndpoint::begin_delivery() {
  platform::MutexLock lock(mutex_);
  notified_ = false;
  ready_.take_all(incoming_);
  return ready_.size();
}

bool PortEndpoint::take(SerializedMessage& message) {
  if (ready_.pop(message)) return true;
  platform::MutexLock lock(mutex_);
  ready_.take_all(incoming_);
  return ready_.pop(message);
}

bool PortEndpoint::is_finished() {
  platform::MutexLock lock(mutex_);
  return ready_.empty() && incoming_.empty() && had_peer_ && !peer_;
}

bool PortEndpoint::has_messages() {
  platform::MutexLock lock(mutex_);
  return !ready_.empty() || !incoming_.empty();
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
