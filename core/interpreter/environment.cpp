#include "core/interpreter/environment.h"

#include "core/interpreter/code.h"

namespace skein {

const bytecode::ScopeDescriptor::Binding* EnvironmentNames::find(FlatString* name) const {
  for (const auto& binding : scope->bindings)
    if (code->atom(binding.name) == name) return &binding;
  return nullptr;
}

void EnvironmentNames::trace(gc::Visitor& visitor) {
  visitor.visit(code);
  visitor.visit(dynamic_vars);
}

void Environment::trace(gc::Visitor& visitor) {
  visitor.visit(parent_);
  visitor.visit(names_);
  for (uint32_t i = 0; i < slot_count(); ++i) visit_value(visitor, slots()[i]);
}

}  // namespace skein
