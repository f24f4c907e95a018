// Iterators whose `next` the engine knows: a step of theirs needs neither a call nor a result object.
#pragma once

#include "core/runtime/function.h"
#include "core/runtime/root.h"

namespace skein {

// What a call of `next` on an iterator of the kind would answer: false when it is done, else the value.
struct NativeIteration {
  NativeFunctionPointer next;
  Completion<bool> (*step)(Agent&, Object* iterator, Root<Value>& value);
};
extern NativeIteration g_native_iterations[256];  // by kind; filled before the first agent

// Null where `next_method` has to be called.
inline const NativeIteration* find_native_iteration(Value iterator, Value next_method) {
  if (!iterator.is_object() || !next_method.is_kind(CellKind::kNativeFunction)) return nullptr;
  const NativeIteration& iteration = g_native_iterations[iterator.as_object()->kind_byte()];
  return iteration.next != nullptr && iteration.next == next_method.as<NativeFunction>()->function() ? &iteration : nullptr;
}

}  // namespace skein
