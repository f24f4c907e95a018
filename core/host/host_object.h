// HostObject: the one kind of cell for objects of the host layer that own something outside the heap.
#pragma once

#include "core/runtime/object.h"

namespace skein {

enum class HostObjectType : uint8_t { kPlain, kPort, kTimer, kEmbedder };

// What a host object owns; deleted with it, or earlier.
class HostObjectData {
 public:
  virtual ~HostObjectData() = default;
  virtual void trace(gc::Visitor& visitor) {}
};

class HostObject final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kHostObject;
  static constexpr const char* kKindName = "HostObject";
  HostObject(Shape* shape, HostObjectType type, HostObjectData* owned) : Object(shape, kKind), owned_(owned), type_(type) {}

  HostObjectType type() const { return type_; }
  template <typename T>
  T* owned() const { return static_cast<T*>(owned_); }
  // Any value: event listeners, for targets of events.
  Value state() const { return state_; }
  void set_state(Value state) { state_.set(this, state); }

  size_t cell_size() const { return sizeof(HostObject); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visit_value(visitor, state_);
    if (owned_ != nullptr) owned_->trace(visitor);
  }
  void finalize(gc::Heap&) { delete owned_; }

 private:
  ValueSlot state_;
  HostObjectData* owned_;
  HostObjectType type_;
};

// Takes `owned` (may be null) over.
HostObject* make_host_object(Agent& agent, Object* prototype, HostObjectType type, HostObjectData* owned);

}  // namespace skein
