// LockManager: the named locks of a program's agents.
// https://w3c.github.io/web-locks/#lock-managers
//
// News of a request comes as a task in the queue of the agent that made it, never from within request().
// Thread rule: any thread.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "core/base/ref_counted.h"
#include "core/threading/event_queue.h"
#include "platform/mutex.h"

namespace skein {

class LockManager {
 public:
  using Id = uint64_t;
  using ClientId = uint32_t;
  enum class News : uint8_t { kGranted, kUnavailable, kStolen };
  // What a task with news does: set by the host before the first request.
  static void (*deliver)(Agent& agent, Id id, News news);

  struct Request {
    std::string name;
    bool is_shared = false;
    bool if_available = false;
    bool steal = false;
    ClientId client = 0;
    Ref<threading::EventQueue> queue;
  };
  Id request(Request request);
  // A held lock, or a request that is not granted yet; nothing when it is neither.
  void release(Id id);
  // The client is gone.
  void release_all(ClientId client);

  struct Record {
    std::string name;
    bool is_shared;
    bool is_held;
    ClientId client;
  };
  // In order of their requests, by name.
  std::vector<Record> snapshot();
  bool has_pending();

 private:
  struct Entry {
    Id id;
    Request request;
  };
  struct Resource {
    std::vector<Entry> held;
    std::deque<Entry> pending;
  };
  static bool is_grantable(const Resource& resource, const Request& request);
  static void tell(const Entry& entry, News news);
  void advance(std::map<std::string, Resource>::iterator at) SKEIN_REQUIRES(mutex_);

  platform::Mutex mutex_;
  Id next_ SKEIN_GUARDED_BY(mutex_) = 1;
  std::map<std::string, Resource> resources_ SKEIN_GUARDED_BY(mutex_);
};

}  // namespace skein
