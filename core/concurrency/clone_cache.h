// CloneCache: what the clones of an agent keep from one to the next – how objects of the shapes met lately are
// written, and which shapes the lists of keys met lately stand for. Small messages of the same form are most of
// what is sent, and so cost little more than their values.
//
// The host owns an agent's cache and traces it (CloneHooks::cache). Thread rule: the agent's thread.
#pragma once

#include <cstdint>
#include <vector>

#include "core/runtime/root.h"
#include "core/runtime/shape.h"

namespace skein {

struct CloneCache {
  // Objects of one shape, to be written.
  struct WrittenLayout {
    struct Property {
      PropertyKey key;  // kept by the shape
      uint32_t slot;
    };
    Shape* shape;
    bool is_plain = true;  // every property is plain data: the shape says all
    bool is_bare = false;  // the objects are of no class, and not marked either
    std::vector<Property> properties;
    uint64_t stream = 0;  // the last stream that named it, and its number there
    uint32_t number = 0;
  };
  // Objects with one list of keys, to be made.
  struct ReadLayout {
    std::vector<uint8_t> bytes;  // count and keys, as they stand in the stream
    std::vector<PropertyKey> keys;
    // The shapes that an object takes as it gets the keys. It has the last one from the beginning, as nobody sees
    // it before it is complete. Null: objects go the ordinary way.
    std::vector<Shape*> prefixes;  // without the last, which keeps them
    Shape* shape = nullptr;
  };
  std::vector<WrittenLayout> written;
  std::vector<ReadLayout> read;
  uint64_t last_stream = 0;
  int users = 0;  // clones under way: they hold indices into the lists

  void trace(gc::Visitor& visitor) {
    // Full collections are rare, and the shapes may be of interest to nobody else.
    if (users == 0 && visitor.heap().is_full_collection()) {
      clear();
      return;
    }
    for (const WrittenLayout& layout : written) visitor.visit(layout.shape);
    for (const ReadLayout& layout : read) {
      if (layout.shape != nullptr) visitor.visit(layout.shape);
      for (PropertyKey key : layout.keys) visit_key(visitor, key);
    }
  }
  void clear() {
    written.clear();
    read.clear();
  }
};

// A clone under way: holds the agent's cache, or has one of its own.
class CloneCacheUser final : public CustomRoot {
 public:
  CloneCacheUser(Agent& agent, CloneCache* shared) : CustomRoot(agent), cache_(shared != nullptr ? *shared : own_) { ++cache_.users; }
  ~CloneCacheUser() {
    constexpr size_t kMany = 32;
    if (--cache_.users == 0 && (cache_.written.size() > kMany || cache_.read.size() > kMany)) cache_.clear();
  }
  CloneCache* operator->() { return &cache_; }
  void trace(gc::Visitor& visitor) override {
    if (&cache_ == &own_) own_.trace(visitor);
  }

 private:
  CloneCache own_;
  CloneCache& cache_;
};

}  // namespace skein
