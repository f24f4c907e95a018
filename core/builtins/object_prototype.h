// https://tc39.es/ecma262/#sec-properties-of-the-object-prototype-object
#pragma once

#include <span>

#include "core/runtime/builtin_spec.h"

namespace skein {

std::span<const PropertySpec> object_prototype_properties();

// [[SetPrototypeOf]](prototype), an object or null; a TypeError that says why when it refuses.
Completion<void> set_prototype_or_throw(Agent& agent, Object* object, Value prototype);

// %Object.prototype.toString%
Completion<Value> object_prototype_to_string(Agent& agent, const CallInfo& info);

}  // namespace skein
