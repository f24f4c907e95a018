// https://tc39.es/ecma262/#sec-ecmascript-language-types-symbol-type
#pragma once

#include "core/runtime/value.h"

namespace skein {

class Symbol final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kSymbol;
  static constexpr const char* kKindName = "Symbol";

  enum class Type : uint8_t { kUnique, kWellKnown, kRegistered, kPrivateName };

  // `description` is a String or undefined. `hash` need only be well spread.
  Symbol(Value description, uint32_t hash, Type type)
      : gc::Cell(static_cast<uint8_t>(kKind), hash, static_cast<uint8_t>(type)), description_(description) {}

  Value description() const { return description_; }
  uint32_t hash() const { return word_; }
  Type type() const { return static_cast<Type>(flags_); }
  // https://tc39.es/ecma262/#sec-private-names – private names are symbols that no reflection shows.
  bool is_private() const { return type() == Type::kPrivateName; }
  bool is_registered() const { return type() == Type::kRegistered; }

  size_t cell_size() const { return sizeof(Symbol); }
  void trace(gc::Visitor& visitor) { visit_value(visitor, description_); }

 private:
  ValueSlot description_;
};

}  // namespace skein
