// Linear memory has no pages to give back and no address space to reserve: everything is allocated.
#include "platform/virtual_memory.h"

#include <stdlib.h>
#include <string.h>

namespace skein::platform {

namespace {
constexpr size_t kPageSize = 4096;  // ours; a page of wasm (64 KiB) would be too coarse for small blocks

// Not cleared.
void* allocate_raw(size_t size, size_t alignment) {
  alignment = alignment < kPageSize ? kPageSize : alignment;
  void* memory = nullptr;
  if (size == 0 || ::posix_memalign(&memory, alignment, size) != 0) {
    return nullptr;
  }
  return memory;
}
}  // namespace

size_t page_size() {
  return kPageSize;
}
bool reservations_are_free() {
  return false;
}

void* reserve(size_t size, size_t alignment) {
  return allocate_raw(size, alignment);
}
bool commit(void* address, size_t size) {
  ::memset(address, 0, size);
  return true;
}
void decommit(void* address, size_t size) {}
void release(void* address, size_t size) {
  ::free(address);
}

void* allocate_chunk(size_t size, size_t alignment) {
  void* memory = allocate_raw(size, alignment);
  if (memory != nullptr) {
    ::memset(memory, 0, size);
  }
  return memory;
}
void free_chunk(void* address, size_t size) {
  ::free(address);
}
void discard(void* address, size_t size) {}

void return_freed_memory() {}

}  // namespace skein::platform
