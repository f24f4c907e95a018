// The functions of Array.prototype, by file, and what they share with each other and with typed arrays.
#pragma once

#include <span>

#include "core/runtime/operations.h"

namespace skein {

// https://tc39.es/ecma262/#sec-arrayspeciescreate
Completion<Object*> array_species_create(Agent& agent, Object* original, double length);
// Set(object, "length", length, true)
Completion<void> set_length(Agent& agent, Object* object, double length);

// array_sort.cpp: stable merge sort. `compare` is a function or undefined (then by string).
enum class Holes : uint8_t { kSkip, kReadThrough };
// https://tc39.es/ecma262/#sec-sortindexedproperties with https://tc39.es/ecma262/#sec-comparearrayelements
Completion<void> sort_indexed_properties(Agent& agent, Object* object, double length, Value compare, Holes holes, RootVector& sorted);
// The comparator's verdict on two values as a number: https://tc39.es/ecma262/#sec-comparearrayelements step 4.
Completion<double> call_comparator(Agent& agent, Value compare, Value x, Value y);
// Sorts in place by any order; `is_less` may run script. Also for typed arrays.
using SortPredicate = Completion<bool> (*)(Agent& agent, Value compare, Value x, Value y);
Completion<void> merge_sort(Agent& agent, RootVector& values, size_t count, Value compare, SortPredicate is_less);

// array_callbacks.cpp
Completion<Value> array_prototype_every(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_filter(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_find(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_find_index(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_find_last(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_find_last_index(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_flat(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_flat_map(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_for_each(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_map(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_reduce(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_reduce_right(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_some(Agent& agent, const CallInfo& info);

// array_search.cpp
Completion<Value> array_prototype_at(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_includes(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_index_of(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_last_index_of(Agent& agent, const CallInfo& info);

// array_text.cpp
Completion<Value> array_prototype_join(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_to_locale_string(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_to_string(Agent& agent, const CallInfo& info);

// array_mutation.cpp
Completion<Value> array_prototype_copy_within(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_fill(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_pop(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_push(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_reverse(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_shift(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_splice(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_unshift(Agent& agent, const CallInfo& info);

// array_sort.cpp
Completion<Value> array_prototype_sort(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_to_sorted(Agent& agent, const CallInfo& info);

// array_copies.cpp
Completion<Value> array_prototype_concat(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_slice(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_to_reversed(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_to_spliced(Agent& agent, const CallInfo& info);
Completion<Value> array_prototype_with(Agent& agent, const CallInfo& info);

// array_from_async.cpp
Completion<Value> array_from_async(Agent& agent, const CallInfo& info);

}  // namespace skein
