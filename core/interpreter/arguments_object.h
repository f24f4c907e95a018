// https://tc39.es/ecma262/#sec-arguments-exotic-objects
//
// Unmapped ones are ordinary. A mapped one has its elements too, but those that are still tied to a
// parameter are read and written in the environment that holds it.
#pragma once

#include "core/interpreter/environment.h"
#include "core/runtime/object.h"

namespace skein {

class ArgumentsObject final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kArguments;
  static constexpr const char* kKindName = "Arguments";
  static constexpr int32_t kUnmapped = -1;

  explicit ArgumentsObject(Shape* shape) : Object(shape, kKind) {}

  // Ties index i to slot map[i] of the environment, for those that are not kUnmapped.
  void map(Agent& agent, Environment* environment, std::span<const int32_t> slots);
  bool is_mapped(uint32_t index) const {
    return map_.get() != nullptr && index < map_->capacity() && map_->get(index).as_int32() != kUnmapped;
  }
  Value mapped_value(uint32_t index) const { return environment_->get(map_->get(index).as_int32()); }
  void set_mapped_value(uint32_t index, Value value) { environment_->set(map_->get(index).as_int32(), value); }
  void unmap(uint32_t index) { map_->set(index, Value::int32(kUnmapped)); }

  size_t cell_size() const { return sizeof(ArgumentsObject) + shape()->inline_capacity() * sizeof(Value); }
  void trace(gc::Visitor& visitor);

 private:
  gc::Member<Environment> environment_;
  gc::Member<ValueArray> map_;  // [[ParameterMap]]: slots by index, as int32
};

void register_arguments_kind();

}  // namespace skein
