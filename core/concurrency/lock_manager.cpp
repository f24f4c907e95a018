#include "core/concurrency/lock_manager.h"

#include <algorithm>

namespace skein {

using platform::MutexLock;

void (*LockManager::deliver)(Agent&, Id, News) = nullptr;

// https://w3c.github.io/web-locks/#lock-request-grantable
bool LockManager::is_grantable(const Resource& resource, const Request& request) {
  if (!resource.pending.empty()) return false;
  if (resource.held.empty()) return true;
  return request.is_shared && std::all_of(resource.held.begin(), resource.held.end(), [](const Entry& held) { return held.request.is_shared; });
}

// An agent that has closed its queue is about to release all it has.
void LockManager::tell(const Entry& entry, News news) {
  Ref<threading::EventQueue> queue = entry.request.queue;
  (void)queue->post(threading::make_task([id = entry.id, news](Agent& agent) { deliver(agent, id, news); }));
}

// https://w3c.github.io/web-locks/#algorithm-request-lock
LockManager::Id LockManager::request(Request request) {
  MutexLock lock(mutex_);
  Entry entry{next_++, std::move(request)};
  const Id id = entry.id;
  auto at = resources_.try_emplace(entry.request.name).first;
  Resource& resource = at->second;
  if (entry.request.steal) {
    for (const Entry& held : resource.held) tell(held, News::kStolen);
    resource.held.clear();
    tell(entry, News::kGranted);
    resource.held.push_back(std::move(entry));
  } else if (is_grantable(resource, entry.request)) {
    tell(entry, News::kGranted);
    resource.held.push_back(std::move(entry));
  } else if (entry.request.if_available) {
    tell(entry, News::kUnavailable);
  } else {
    resource.pending.push_back(std::move(entry));
  }
  return id;
}

// https://w3c.github.io/web-locks/#process-the-lock-request-queue
void LockManager::advance(std::map<std::string, Resource>::iterator at) {
  Resource& resource = at->second;
  while (!resource.pending.empty()) {
    Entry entry = std::move(resource.pending.front());
    resource.pending.pop_front();
    auto waiting = std::move(resource.pending);
    resource.pending.clear();
    const bool grantable = is_grantable(resource, entry.request);
    resource.pending = std::move(waiting);
    if (!grantable) {
      resource.pending.push_front(std::move(entry));
      return;
    }
    tell(entry, News::kGranted);
    resource.held.push_back(std::move(entry));
  }
  if (resource.held.empty()) resources_.erase(at);
}

void LockManager::release(Id id) {
  MutexLock lock(mutex_);
  auto is_it = [id](const Entry& entry) { return entry.id == id; };
  for (auto at = resources_.begin(); at != resources_.end(); ++at) {
    if (std::erase_if(at->second.held, is_it) + std::erase_if(at->second.pending, is_it) == 0) continue;
    advance(at);
    return;
  }
}

void LockManager::release_all(ClientId client) {
  MutexLock lock(mutex_);
  auto is_theirs = [client](const Entry& entry) { return entry.request.client == client; };
  for (auto at = resources_.begin(); at != resources_.end();) {
    auto next = std::next(at);
    if (std::erase_if(at->second.held, is_theirs) + std::erase_if(at->second.pending, is_theirs) != 0) advance(at);
    at = next;
  }
}

std::vector<LockManager::Record> LockManager::snapshot() {
  std::vector<Record> records;
  MutexLock lock(mutex_);
  for (const auto& [name, resource] : resources_) {
    for (const Entry& entry : resource.held) records.push_back({name, entry.request.is_shared, true, entry.request.client});
    for (const Entry& entry : resource.pending) records.push_back({name, entry.request.is_shared, false, entry.request.client});
  }
  return records;
}

bool LockManager::has_pending() {
  MutexLock lock(mutex_);
  return std::any_of(resources_.begin(), resources_.end(), [](const auto& entry) { return !entry.second.pending.empty(); });
}

}  // namespace skein
