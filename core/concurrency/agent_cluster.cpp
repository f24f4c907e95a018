#include "core/concurrency/agent_cluster.h"

#include <algorithm>

namespace skein {

Ref<AgentCluster> AgentCluster::create(Ref<threading::EventQueue> main) {
  auto cluster = Ref<AgentCluster>::adopt(new AgentCluster);
  platform::MutexLock lock(cluster->mutex_);
  cluster->members_[0].queue = std::move(main);
  return cluster;
}

AgentCluster::MemberId AgentCluster::add() {
  platform::MutexLock lock(mutex_);
  members_[next_];
  peak_size_ = std::max(peak_size_, members_.size());
  return next_++;
}

void AgentCluster::set_queue(MemberId member, Ref<threading::EventQueue> queue) {
  platform::MutexLock lock(mutex_);
  members_[member].queue = std::move(queue);
}

void AgentCluster::remove(MemberId member) {
  platform::MutexLock lock(mutex_);
  members_.erase(member);
}

size_t AgentCluster::size() {
  platform::MutexLock lock(mutex_);
  return members_.size();
}

size_t AgentCluster::peak_size() {
  platform::MutexLock lock(mutex_);
  return peak_size_;
}

bool AgentCluster::is_quiescent() const {
  // Whoever posted to an idle member did so before it became idle itself, that is, under this lock; and
  // the receiver does not take a task before it has become busy. Likewise for requests to its waker.
  return std::all_of(members_.begin(), members_.end(), [](const auto& entry) {
    const Member& member = entry.second;
    return member.idle && !member.expects_outside_task && !member.queue->has_incoming() &&
           !member.queue->waker().has_request();
  });
}

bool AgentCluster::become_idle(MemberId id) {
  platform::MutexLock lock(mutex_);
  Member& member = members_[id];
  member.idle = true;
  member.expects_outside_task = member.queue->keep_alive_count() != 0;
  if (!is_quiescent()) return true;
  if (id == 0) return false;
  // The main agent looks for itself before it waits again.
  auto main = members_.find(0);
  if (main != members_.end()) (void)main->second.queue->post(threading::make_task([](Agent&) {}));
  return true;
}

void AgentCluster::become_busy(MemberId id) {
  platform::MutexLock lock(mutex_);
  members_[id].idle = false;
}

void AgentCluster::subscribe(const std::string& name, Ref<PortEndpoint> endpoint) {
  platform::MutexLock lock(mutex_);
  channels_[name].push_back(std::move(endpoint));
}

void AgentCluster::unsubscribe(const std::string& name, const PortEndpoint& endpoint) {
  Ref<PortEndpoint> removed;  // dropped outside the lock
  platform::MutexLock lock(mutex_);
  auto channel = channels_.find(name);
  if (channel == channels_.end()) return;
  auto at = std::find_if(channel->second.begin(), channel->second.end(), [&](auto& held) { return held.get() == &endpoint; });
  if (at == channel->second.end()) return;
  removed = std::move(*at);
  channel->second.erase(at);
  if (channel->second.empty()) channels_.erase(channel);
}

std::vector<Ref<PortEndpoint>> AgentCluster::subscribers(const std::string& name, const PortEndpoint& except) {
  std::vector<Ref<PortEndpoint>> result;
  platform::MutexLock lock(mutex_);
  auto channel = channels_.find(name);
  if (channel == channels_.end()) return result;
  for (const auto& endpoint : channel->second)
    if (endpoint.get() != &except) result.push_back(endpoint);
  return result;
}

}  // namespace skein
