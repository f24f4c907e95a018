// LazyProperties: functions of a builtin object that nobody has looked at yet, as the table that
// describes them. Slots marked kLazyProperty hold it until Object::lookup comes by.
#pragma once

#include <span>

#include "core/runtime/builtin_spec.h"

namespace skein {

class LazyProperties final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kLazyProperties;
  static constexpr const char* kKindName = "LazyProperties";
  // `specs` are constant data.
  LazyProperties(Realm& realm, std::span<const PropertySpec> specs)
      : gc::Cell(static_cast<uint8_t>(kKind)), realm_(&realm), specs_(specs) {}

  Realm* realm() const { return realm_; }
  // Makes the value of this property of `target`, and fills it in under all its names.
  // REQUIRES: the realm is the agent's current one; the property is lazy
  void fill(Agent& agent, Object* target, PropertyKey key) const;

  size_t cell_size() const { return sizeof(LazyProperties); }
  void trace(gc::Visitor& visitor) { visitor.visit(realm_); }

 private:
  gc::Member<Realm> realm_;
  std::span<const PropertySpec> specs_;
};

}  // namespace skein
