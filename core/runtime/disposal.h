// https://tc39.es/ecma262/#sec-operations-on-disposable-objects: what `using` and the disposable stacks share.
#pragma once

#include "core/runtime/operations.h"

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

// https://tc39.es/ecma262/#sec-adddisposableresource without a method; hint: kSync or kAsync.
Completion<void> add_disposable_resource(Agent& agent, DisposeCapability* capability, Value value, DisposeCapability::Hint hint);

// https://tc39.es/ecma262/#sec-disposeresources, one resource at a time. Thrown: what its method threw.
struct DisposeStep {
  enum class Action : uint8_t {
    kFinished,  // no resource is left
    kDisposed,
    kAwait,     // await `result`, then go on
  };
  Action action;
  Value result;
};
Completion<DisposeStep> dispose_step(Agent& agent, DisposeCapability* capability);
// `error` came while `suppressed` was on its way.
Object* make_suppressed_error(Agent& agent, Value error, Value suppressed);

}  // namespace skein
