// PropertyKey: a string, symbol or private name that names a property, in canonical form.
//
// A string that is an array index (0 to 2^32 - 2) is always held as that number; every other string
// is an atom. So two keys are the same property exactly when their bits are equal.
#pragma once

#include "core/runtime/symbol.h"
#include "core/runtime/value.h"
#include "core/strings/string.h"

namespace skein {

class Agent;

class PropertyKey {
 public:
  constexpr PropertyKey() : bits_(0) {}
  static constexpr PropertyKey index(uint32_t index) { return PropertyKey((uint64_t{index} << 32) | 1); }
  PropertyKey(FlatString* atom) {
    SKEIN_DCHECK(atom->is_atom());
    bits_ = atom->is_array_index() ? index(atom->array_index()).bits_ : reinterpret_cast<uintptr_t>(atom);
  }
  PropertyKey(const Symbol* symbol) : bits_(reinterpret_cast<uintptr_t>(symbol)) {}

  constexpr bool is_none() const { return bits_ == 0; }
  constexpr bool is_index() const { return bits_ & 1; }
  constexpr uint32_t as_index() const { return static_cast<uint32_t>(bits_ >> 32); }
  bool is_cell() const { return !is_index() && !is_none(); }
  gc::Cell* as_cell() const { return reinterpret_cast<gc::Cell*>(static_cast<uintptr_t>(bits_)); }
  bool is_atom() const { return is_cell() && as_cell()->kind_byte() == static_cast<uint8_t>(CellKind::kString); }
  bool is_symbol() const { return is_cell() && as_cell()->kind_byte() == static_cast<uint8_t>(CellKind::kSymbol); }
  bool is_string() const { return is_index() || is_atom(); }
  FlatString* as_atom() const { return static_cast<FlatString*>(as_cell()); }
  Symbol* as_symbol() const { return static_cast<Symbol*>(as_cell()); }
  bool is_private() const { return is_symbol() && as_symbol()->is_private(); }

  // Well spread; for tables keyed by properties. Equal keys of one agent have equal hashes.
  uint32_t hash() const {
    if (is_index()) return as_index() * 0x9E3779B1u;
    return is_symbol() ? as_symbol()->hash() : as_atom()->hash();
  }
  // The string (made for an index) or symbol.
  Value to_value(Agent& agent) const;
  // For messages: `name`, `0`, `Symbol(x)`, `#x`.
  std::string to_display() const;

  constexpr uint64_t bits() const { return bits_; }
  static constexpr PropertyKey from_bits(uint64_t bits) { return PropertyKey(bits); }
  friend constexpr bool operator==(PropertyKey a, PropertyKey b) { return a.bits_ == b.bits_; }

 private:
  explicit constexpr PropertyKey(uint64_t bits) : bits_(bits) {}
  uint64_t bits_;
};

inline void visit_key(gc::Visitor& visitor, PropertyKey key) {
  if (key.is_cell()) visitor.visit(key.as_cell());
}

}  // namespace skein
