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
  // A private name of methods or accessors is the same function, or Accessor, for all objects that have
  // the name, so the name keeps it. Undefined for fields.
  Value private_element() const { return private_element_; }
  void set_private_element(Value element) { private_element_.set(this, element); }

  size_t cell_size() const { return sizeof(Symbol); }
  void trace(gc::Visitor& visitor) {
    visit_value(visitor, description_);
    visit_value(visitor, private_element_);
  }

 private:
  ValueSlot description_;
  ValueSlot private_element_;
};

}  // namespace skein
