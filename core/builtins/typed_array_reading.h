// Methods of %TypedArray.prototype% that do not write: typed_array_reading.cpp.
#pragma once

#include "core/runtime/call.h"

namespace skein {

#define SKEIN_METHOD(name) Completion<Value> typed_array_##name(Agent& agent, const CallInfo& info);
SKEIN_METHOD(at)
SKEIN_METHOD(entries)
SKEIN_METHOD(every)
SKEIN_METHOD(filter)
SKEIN_METHOD(find)
SKEIN_METHOD(find_index)
SKEIN_METHOD(find_last)
SKEIN_METHOD(find_last_index)
SKEIN_METHOD(for_each)
SKEIN_METHOD(includes)
SKEIN_METHOD(index_of)
SKEIN_METHOD(join)
SKEIN_METHOD(keys)
SKEIN_METHOD(last_index_of)
SKEIN_METHOD(map)
SKEIN_METHOD(reduce)
SKEIN_METHOD(reduce_right)
SKEIN_METHOD(some)
SKEIN_METHOD(to_locale_string)
SKEIN_METHOD(values)
#undef SKEIN_METHOD

}  // namespace skein
