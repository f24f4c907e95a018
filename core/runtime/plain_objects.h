// Shortcuts for plain objects: ordinary ones whose properties all lie in slots of a shared shape. What the
// specification does key by key with descriptors is done for them in one walk over what is known of the shape.
// Nothing here runs script or collects.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/runtime/agent.h"
#include "core/runtime/object.h"
#include "core/runtime/operations.h"

namespace skein {

// The own properties of a shared shape.
struct ShapeKeys {
  Shape* shape = nullptr;
  // The enumerable ones, strings before symbols, as [[OwnPropertyKeys]] lists them.
  std::vector<PropertyTable::Entry> properties;
  ValueArray* names = nullptr;  // their strings
  bool has_accessors = false;   // among them
  bool has_hidden_names = false;  // beside them: strings that are not enumerable
  // Every property is enumerable, writable, configurable data under a string: the one in slot i is properties[i].
  bool is_record = false;
  // What an object of the shape copied_to, which has none of them, becomes by taking all; by Set if `epoch` is the
  // agent's prototype epoch.
  Shape* copied_to = nullptr;
  Shape* copy = nullptr;
  uint32_t epoch = 0;
};

// What an agent remembers of shapes, until the next collection.
class ShapeKeysCache {
 public:
  // Good until the next collection or the next call.
  ShapeKeys& keys_of(Shape* shape);
  // Whether nothing enumerable was found in the object with this owned shape and in its prototypes.
  bool is_known_barren(Shape* shape, uint32_t epoch) const;
  void remember_barren(Shape* shape, uint32_t epoch);
  // What an object of the shared shape has at that level.
  Shape* shape_at(Shape* shape, IntegrityLevel level);
  void clear();

 private:
  struct Barren {
    Shape* shape = nullptr;
    uint32_t epoch = 0;
  };
  static size_t slot_of(Shape* shape, size_t size) { return (shape->reference() >> 4) % size; }
  std::array<ShapeKeys, 32> entries_;
  std::array<Barren, 8> barren_;
  struct Integrity {
    Shape* before = nullptr;
    Shape* after = nullptr;
    IntegrityLevel level{};
  };
  std::array<Integrity, 8> integrity_;
};

// Null when the object is not plain.
ShapeKeys* plain_keys(Agent& agent, Object* object);

// https://tc39.es/ecma262/#sec-enumerableownproperties. False, with nothing done, if the object is not plain data.
bool list_plain_properties(Agent& agent, Object* object, PropertyKind kind, RootVector& result);

// Whether for-in finds nothing in the object and its prototypes; false also where it takes script to know.
bool is_barren(Agent& agent, Object* object);

// How properties come into the target of a copy: https://tc39.es/ecma262/#sec-createdataproperty or
// https://tc39.es/ecma262/#sec-set-o-p-v-throw
enum class CopyMode : uint8_t { kDefine, kSet };
// Copies all enumerable properties but the excluded ones. False, with nothing done, where it is not as simple as that.
bool copy_plain_properties(Agent& agent, Object* target, Object* source, std::span<const PropertyKey> excluded, CopyMode mode);

// The same for https://tc39.es/ecma262/#sec-setintegritylevel and #sec-testintegritylevel.
bool set_plain_integrity_level(Agent& agent, Object* object, IntegrityLevel level);
bool test_plain_integrity_level(Object* object, IntegrityLevel level, bool& result);

}  // namespace skein
