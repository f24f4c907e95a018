// Pages from the system.
//
// Two kinds: a *reservation* is address space that is committed piece by piece (the shape cage, a
// growable SharedArrayBuffer); a *chunk* is aligned memory ready for use (the collector's blocks).
// All functions may be called from any thread. Sizes in bytes.
//
// On wasm there is no address space without memory: reserve() takes the memory for real, commit()
// clears it, decommit() does nothing, and a reservation that linear memory cannot hold fails.
#pragma once

#include <cstddef>

namespace skein::platform {

// The granularity of commit and decommit; a power of two.
size_t page_size();

// False on wasm: a reservation costs its whole size.
bool reservations_are_free();

// Address space of `size` bytes at a multiple of `alignment` (a power of two, at least the page size
// is taken); nullptr when there is none. REQUIRES: size is a multiple of page_size().
void* reserve(size_t size, size_t alignment = 0);
// Makes [address, address + size) readable, writable and zero. False when memory is short; then the
// range is as before. REQUIRES: page-aligned, inside a reservation, not committed.
[[nodiscard]] bool commit(void* address, size_t size);
// Gives the pages back; the range may be committed again. REQUIRES: page-aligned, committed.
void decommit(void* address, size_t size);
// REQUIRES: a whole reservation as reserve() gave it.
void release(void* address, size_t size);

// Zeroed, writable memory of `size` bytes at a multiple of `alignment` (a power of two); nullptr
// when memory is short. REQUIRES: size is a multiple of page_size().
[[nodiscard]] void* allocate_chunk(size_t size, size_t alignment);
// REQUIRES: a whole chunk as allocate_chunk() gave it.
void free_chunk(void* address, size_t size);
// Tells the system that the contents are not needed any more; the range stays writable and reads as
// zero or as before. REQUIRES: page-aligned, committed or inside a chunk.
void discard(void* address, size_t size);

// From now on the C library gives large pieces of memory back to the system as soon as they are freed, all over
// the process: for those who hold it to a limit. Costs some speed.
void return_freed_memory();

}  // namespace skein::platform
