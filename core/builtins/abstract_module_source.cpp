// https://tc39.es/proposal-source-phase-imports/#sec-module-source-objects
#include "core/builtins/builtins.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

// https://tc39.es/proposal-source-phase-imports/#sec-%abstractmodulesource%
Completion<Value> abstract_module_source_constructor(Agent& agent, const CallInfo&) {
  return throw_type_error(agent, "AbstractModuleSource is not meant to be called or constructed");
}

// https://tc39.es/proposal-source-phase-imports/#sec-get-%abstractmodulesource%.prototype.%symbol.tostringtag%
Completion<Value> abstract_module_source_prototype_to_string_tag(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  if (!info.this_value().is_object() || agent.host().module_source_kind == nullptr) return Value::undefined();
  const char* kind = agent.host().module_source_kind(agent, info.this_value().as_object());
  if (kind == nullptr) return Value::undefined();
  // 4. - 5.
  return Value(new_string(agent.heap(), StringView(kind)));
}

constexpr PropertySpec kAbstractModuleSourcePrototype[] = {
    PropertySpec::getter(WellKnownSymbol::kToStringTag, abstract_module_source_prototype_to_string_tag),
};

}  // namespace

void initialize_abstract_module_source(Agent& agent, Realm& realm) {
  define_constructor(agent, realm, {
                                       .name = "AbstractModuleSource",
                                       .length = 0,
                                       .function = abstract_module_source_constructor,
                                       .constructor = Intrinsic::kAbstractModuleSource,
                                       .prototype = Intrinsic::kAbstractModuleSourcePrototype,
                                       .prototype_properties = kAbstractModuleSourcePrototype,
                                       .is_global = false,
                                   });
}

}  // namespace skein
