// Loops over the elements of typed arrays as they lie in memory. All come to a poll between pieces, lest nobody
// can end them. A poll may run the host's interrupt callback, and with it script, so an array may lose
// elements meanwhile: what is gone by then takes no part.
//
// Shared memory goes through threading::SharedAccess. Callers keep the arrays alive.
#pragma once

#include "core/builtins/array_buffer_objects.h"

namespace skein {

inline constexpr size_t kNoElement = SIZE_MAX;

enum class Direction : uint8_t { kForward, kBackward };
enum class Equality : uint8_t { kStrict, kSameValueZero };

// The first or last index in [from, to) whose element equals `wanted`.
Completion<size_t> find_element(Agent& agent, TypedArray* array, size_t from, size_t to, Value wanted, Equality equality,
                                Direction direction = Direction::kForward);
// Copies the bits of the element at `first` to all in (first, last). REQUIRES: first < last <= array->length()
Completion<void> repeat_element(Agent& agent, TypedArray* array, size_t first, size_t last);
Completion<void> reverse_elements(Agent& agent, TypedArray* array);
// REQUIRES: the same element type and length
Completion<void> copy_reversed(Agent& agent, TypedArray* target, TypedArray* source);
// As copy_bytes does.
Completion<void> copy_bytes_polling(Agent& agent, ArrayBuffer* target, size_t target_index, ArrayBuffer* source, size_t source_index, size_t count);
// The first `length` elements of `source` in the order of the specification without a comparator, to `target` (of
// the same type, may be the same array).
Completion<void> sort_elements(Agent& agent, TypedArray* target, TypedArray* source, size_t length);

}  // namespace skein
