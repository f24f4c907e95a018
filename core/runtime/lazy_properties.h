// LazyProperties: values of properties that nobody has looked at yet, as the constant table that describes
// them. Slots marked kLazyProperty hold it until Object::lookup comes by.
#pragma once

#include <span>

#include "core/runtime/builtin_spec.h"

namespace skein {

class LazyProperties final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kLazyProperties;
  static constexpr const char* kKindName = "LazyProperties";
  // Makes the value of this property of the target, which is lazy, and fills it in. Neither runs script nor
  // collects: nobody expects it of a lookup. The realm is the agent's current one.
  using Fill = void (*)(Agent& agent, const LazyProperties& properties, Object* target, PropertyKey key);

  template <typename T>
  LazyProperties(Realm& realm, Fill fill, std::span<const T> table)
      : gc::Cell(static_cast<uint8_t>(kKind), static_cast<uint32_t>(table.size())), realm_(&realm), fill_(fill), table_(table.data()) {}

  Realm* realm() const { return realm_; }
  void fill(Agent& agent, Object* target, PropertyKey key) const { fill_(agent, *this, target, key); }
  // REQUIRES: what it was made with
  template <typename T>
  std::span<const T> table() const {
    return {static_cast<const T*>(table_), word_};
  }

  size_t cell_size() const { return sizeof(LazyProperties); }
  void trace(gc::Visitor& visitor) { visitor.visit(realm_); }

 private:
  gc::Member<Realm> realm_;
  const Fill fill_;
  const void* const table_;
};

// A property whose value some function makes when it is first looked at; of an accessor property, an Accessor.
struct LazyValue {
  const char* name;
  PropertyAttributes attributes;
  Value (*make)(Agent& agent, Realm& realm, const LazyValue& value);  // as LazyProperties::Fill
  const char* detail = nullptr;                                       // for `make`
};
// REQUIRES: the values are constant data, and the target has none of them
void define_lazy_values(Agent& agent, Realm& realm, Object* target, std::span<const LazyValue> values);

}  // namespace skein
