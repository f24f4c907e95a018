#include "core/runtime/property_key.h"

#include "core/runtime/agent.h"

namespace skein {

Value PropertyKey::to_value(Agent& agent) const {
  if (is_index()) return agent.atoms().atomize_index(as_index());
  return is_symbol() ? Value(as_symbol()) : Value(as_atom());
}

std::string PropertyKey::to_display() const {
  if (is_index()) return std::to_string(as_index());
  if (is_none()) return "";
  if (!is_symbol()) return as_atom()->to_utf8();
  Value description = as_symbol()->description();
  std::string text = description.is_string() ? description.as_string()->to_utf8() : std::string();
  return is_private() ? text : "Symbol(" + text + ")";
}

}  // namespace skein
