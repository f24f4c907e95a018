// SerializedState: what is behind a SerializedValue.
#pragma once

#include <algorithm>
#include <atomic>
#include <memory>
#include <vector>

#include "core/concurrency/serialized_message.h"
#include "core/runtime/object.h"
#include "skein/clone.h"

namespace skein::api::detail {

struct SerializedState {
  struct SharedObject {
    const void* tag;
    std::shared_ptr<void> object;
  };
  bool is_transferred(const Object* object) const { return std::find(transferred.begin(), transferred.end(), object) != transferred.end(); }

  CloneScope scope = CloneScope::kDifferentProcess;
  std::unique_ptr<SerializedMessage> message;
  std::vector<SharedObject> objects;     // of bound classes, that go along as they are
  std::vector<Object*> transferred;      // during the serialization
  bool is_read_once = false;
  bool is_read = false;
  // Stands beside indices into `objects`, so that a stream within a stream cannot mean this one's.
  const uint64_t serial = next_serial();

 private:
  static uint64_t next_serial() {
    static std::atomic<uint64_t> next{1};
    return next.fetch_add(1, std::memory_order_relaxed);  // only uniqueness matters
  }
};

// Objects of bound classes are known to clones from now on. Once, before the first context.
void install_clone_hooks();

}  // namespace skein::api::detail
