#include "core/concurrency/agent_cluster.h"

#include <algorithm>

#include "platform/random.h"

namespace skein {

Ref<AgentCluster> AgentCluster::create(Ref<threading::EventQueue> main) {
  auto cluster = Ref<AgentCluster>::adopt(new AgentCluster);
  platform::MutexLock lock(cluster->mutex_);
  cluster->members_[0].queue = std::move(main);
  cluster->members_[0].name = "main";
  return cluster;
}

std::optional<AgentCluster::MemberId> AgentCluster::add(std::string name, size_t most_workers) {
  platform::MutexLock lock(mutex_);
  auto counts = [](const auto& entry) { return entry.first != 0 && !entry.second.ends; };
  if (most_workers != 0 && static_cast<size_t>(std::count_if(members_.begin(), members_.end(), counts)) >= most_workers) return {};
  members_[next_].name = "worker " + std::to_string(next_) + (name.empty() ? "" : " \"" + name + "\"");
  peak_size_ = std::max(peak_size_, members_.size());
  return next_++;
}

Ref<threading::EventQueue> AgentCluster::queue_of(MemberId member) {
  platform::MutexLock lock(mutex_);
  auto at = members_.find(member);
  return at == members_.end() ? nullptr : at->second.queue;
}

void AgentCluster::set_queue(MemberId member, Ref<threading::EventQueue> queue) {
  platform::MutexLock lock(mutex_);
  members_[member].queue = std::move(queue);
}

void AgentCluster::begin_removal(MemberId member) {
  platform::MutexLock lock(mutex_);
  members_[member].ends = true;
}

void AgentCluster::remove(MemberId member) {
  locks_.release_all(member);
  platform::MutexLock lock(mutex_);
  members_.erase(member);
  std::erase_if(blobs_, [member](auto& entry) { return entry.second.owner == member; });
}

size_t AgentCluster::size() {
  platform::MutexLock lock(mutex_);
  return members_.size();
}

size_t AgentCluster::peak_size() {
  platform::MutexLock lock(mutex_);
  return peak_size_;
}

// Nothing that this member does itself, and nothing that is under way to it, will make it go on.
bool AgentCluster::is_stuck(const Member& member) {
  // Whoever posted to an idle member did so before it became idle itself, that is, under this lock; and
  // the receiver does not take a task before it has become busy. Likewise for requests to its waker, and
  // for notifications: who is notified has left its list.
  if (member.blocked)
    return !member.queue->waker().has_request() && threading::WaiterLists::process().is_waiting(member.wait);
  return member.idle && !member.expects_outside_task && !member.queue->has_incoming() && !member.queue->waker().has_request();
}

bool AgentCluster::is_quiescent() const {
  return std::all_of(members_.begin(), members_.end(), [](const auto& entry) { return is_stuck(entry.second); });
}

bool AgentCluster::become_idle(MemberId id) {
  platform::MutexLock lock(mutex_);
  Member& member = members_[id];
  member.idle = true;
  member.expects_outside_task = member.queue->keep_alive_count() != 0;
  if (!is_quiescent() || end_deadlock()) return true;
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

void AgentCluster::become_blocked(MemberId id, const threading::BlockedWait& wait, std::string place) {
  platform::MutexLock lock(mutex_);
  Member& member = members_[id];
  member.blocked = true;
  member.wait = wait;
  member.place = std::move(place);
  if (is_quiescent()) (void)end_deadlock();
}

void AgentCluster::become_unblocked(MemberId id) {
  platform::MutexLock lock(mutex_);
  members_[id].blocked = false;
}

// --- Deadlocks ------------------------------------------------------------------------------------------------

bool AgentCluster::is_deadlocked() {
  if (locks_.has_pending()) return true;
  std::vector<uint64_t> agents;
  for (const auto& [id, member] : members_) {
    if (member.blocked) return true;
    agents.push_back(member.queue->waker().agent_id());
  }
  for (const threading::WaiterRecord& record : threading::WaiterLists::process().snapshot())
    if (std::find(agents.begin(), agents.end(), record.agent_id) != agents.end()) return true;
  return false;
}

bool AgentCluster::end_deadlock() {
  // Relaxed: set before there was anybody to wait for.
  const bool reports = reports_deadlocks_.load(std::memory_order_relaxed);
  if (!is_deadlocked()) return false;
  if (!reports) return std::any_of(members_.begin(), members_.end(), [](const auto& entry) { return entry.second.blocked; });
  write_deadlock_report();
  auto main = members_.find(0);
  if (main != members_.end()) main->second.queue->waker().request(threading::Interrupt::kTerminate);
  return true;
}

void AgentCluster::write_deadlock_report() {
  std::string text = members_.size() == 1 ? "skein: deadlock: the program waits for something that nobody can do any more\n"
                              : "skein: deadlock: all " + std::to_string(members_.size()) + " agents wait, and nothing can wake them\n";
  const auto records = threading::WaiterLists::process().snapshot();
  const auto locks = locks_.snapshot();
  for (const auto& [id, member] : members_) {
    size_t lines = 0;
    auto line = [&](const std::string& what) {
      text += "  " + member.name + ": " + what + "\n";
      ++lines;
    };
    if (member.blocked) {
      const threading::BlockedWait& wait = member.wait;
      line("Atomics.wait at " + member.place + " on SharedArrayBuffer #" + std::to_string(wait.block->id()) + ", index " +
           std::to_string(wait.byte_index / wait.width) + ": expected " + std::to_string(wait.expected) + ", is " + std::to_string(wait.current()));
    }
    for (const threading::WaiterRecord& record : records)
      if (record.is_async && record.agent_id == member.queue->waker().agent_id())
        line("Atomics.waitAsync on SharedArrayBuffer #" + std::to_string(record.block_id) + ", byte " + std::to_string(record.byte_index) +
             ": expected " + std::to_string(record.expected));
    for (const LockManager::Record& lock : locks)
      if (lock.client == id) line((lock.is_held ? "holds the lock '" : "waits for the lock '") + lock.name + "'");
    if (lines == 0) line("waits for events");
  }
  deadlock_report_ = std::move(text);
}

std::string AgentCluster::deadlock_report() {
  platform::MutexLock lock(mutex_);
  return deadlock_report_;
}

// --- Blobs ----------------------------------------------------------------------------------------------------

std::string AgentCluster::store_blob(MemberId owner, std::string type, std::string bytes) {
  static const char kDigits[] = "0123456789abcdef";
  std::string url = "blob:null/";
  uint64_t high = platform::random_seed(), low = platform::random_seed();
  for (int i = 0; i < 32; ++i) {
    if (i == 8 || i == 12 || i == 16 || i == 20) url += '-';
    url += kDigits[((i < 16 ? high : low) >> (i % 16 * 4)) & 15];
  }
  platform::MutexLock lock(mutex_);
  blobs_[url] = {owner, {std::move(type), std::make_shared<const std::string>(std::move(bytes))}};
  return url;
}

void AgentCluster::drop_blob(const std::string& url) {
  platform::MutexLock lock(mutex_);
  blobs_.erase(url);
}

AgentCluster::BlobEntry AgentCluster::find_blob(const std::string& url) {
  platform::MutexLock lock(mutex_);
  auto at = blobs_.find(url.substr(0, url.find('#')));
  return at == blobs_.end() ? BlobEntry{} : at->second.entry;
}

// --- Broadcast channels ---------------------------------------------------------------------------------------

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
