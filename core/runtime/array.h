// https://tc39.es/ecma262/#sec-array-exotic-objects
#pragma once

#include "core/runtime/property_descriptor.h"

namespace skein {

extern const InternalMethods kArrayInternalMethods;

// https://tc39.es/ecma262/#sec-arraysetlength
Completion<bool> array_set_length(Agent& agent, Array* array, const PropertyDescriptor& descriptor);

}  // namespace skein
