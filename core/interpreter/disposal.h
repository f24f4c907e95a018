// https://tc39.es/ecma262/#sec-disposecapability-records of a block with `using`.
#pragma once

#include "core/runtime/object.h"

namespace skein {

class DisposeCapability final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kDisposeCapability;
  static constexpr const char* kKindName = "DisposeCapability";
  DisposeCapability() : gc::Cell(static_cast<uint8_t>(kKind)) {}

  enum class Hint : uint8_t {
    kSync,
    kAsync,
    kSyncMethodAwaited,  // async-dispose, by the object's @@dispose
  };
  struct Resource {
    Value value;
    Value method;  // undefined: nothing to call, but an await
    Hint hint;
  };

  bool is_empty() const { return count_ == 0; }
  void push(Agent& agent, const Resource& resource);
  Resource last() const;  // REQUIRES: !is_empty()
  void pop();

  bool needs_await = false;
  bool has_awaited = false;

  size_t cell_size() const { return sizeof(DisposeCapability); }
  void trace(gc::Visitor& visitor) { visitor.visit(resources_); }

 private:
  static constexpr uint32_t kFields = 3;
  gc::Member<ValueArray> resources_;
  uint32_t count_ = 0;
};

}  // namespace skein
