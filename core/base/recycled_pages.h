// Ranges of zeroed pages that are taken and given back again and again: the stacks of agents. Their first pages
// stay in memory in between, so that a new worker neither asks the system for them nor waits for their faults.
//
// Only where reservations cost nothing (platform::reservations_are_free()). Thread rule: any thread.
#pragma once

#include <cstddef>

namespace skein::recycled_pages {

// Null when the system has no more. REQUIRES: a multiple of the page size
void* take(size_t bytes);
void give_back(void* pages, size_t bytes);

}  // namespace skein::recycled_pages
