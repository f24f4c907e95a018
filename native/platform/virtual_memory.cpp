#include "platform/virtual_memory.h"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace skein::platform {

namespace {

uintptr_t round_up(uintptr_t value, size_t alignment) {
  return (value + alignment - 1) & ~(alignment - 1);
}

// Maps `size` bytes at a multiple of `alignment`: maps more than that and cuts off both ends.
void* map_aligned(size_t size, size_t alignment, int protection, int flags) {
  if (size == 0 || size > SIZE_MAX - alignment) {
    return nullptr;
  }
  const size_t slack = alignment > page_size() ? alignment - page_size() : 0;
  void* mapped = ::mmap(nullptr, size + slack, protection, flags, -1, 0);
  if (mapped == MAP_FAILED) {
    return nullptr;
  }
  const uintptr_t start = reinterpret_cast<uintptr_t>(mapped);
  const uintptr_t aligned = round_up(start, alignment);
  if (aligned > start) {
    ::munmap(mapped, aligned - start);
  }
  const uintptr_t end = start + size + slack;
  if (end > aligned + size) {
    ::munmap(reinterpret_cast<void*>(aligned + size), end - (aligned + size));
  }
  return reinterpret_cast<void*>(aligned);
}

constexpr int kPrivate = MAP_PRIVATE | MAP_ANONYMOUS;

}  // namespace

size_t page_size() {
  static const size_t size = static_cast<size_t>(::sysconf(_SC_PAGESIZE));
  return size;
}

bool reservations_are_free() {
  return true;
}

void* reserve(size_t size, size_t alignment) {
  return map_aligned(size, alignment < page_size() ? page_size() : alignment, PROT_NONE,
                     kPrivate | MAP_NORESERVE);
}

bool commit(void* address, size_t size) {
  return size == 0 || ::mprotect(address, size, PROT_READ | PROT_WRITE) == 0;
}

void decommit(void* address, size_t size) {
  // A new mapping rather than madvise: the next commit finds zeroes on every system, and the bytes no
  // longer count as committed.
  if (size > 0) {
    ::mmap(address, size, PROT_NONE, kPrivate | MAP_NORESERVE | MAP_FIXED, -1, 0);
  }
}

void release(void* address, size_t size) {
  ::munmap(address, size);
}

void* allocate_chunk(size_t size, size_t alignment) {
  return map_aligned(size, alignment < page_size() ? page_size() : alignment, PROT_READ | PROT_WRITE,
                     kPrivate);
}

void free_chunk(void* address, size_t size) {
  ::munmap(address, size);
}

void discard(void* address, size_t size) {
  if (size > 0) {
    ::madvise(address, size, MADV_DONTNEED);
  }
}

void return_freed_memory() {
#ifdef __GLIBC__
  // Otherwise it moves the threshold up with every large piece that is freed.
  constexpr int kThreshold = 512 * 1024;
  mallopt(M_MMAP_THRESHOLD, kThreshold);
  mallopt(M_TRIM_THRESHOLD, kThreshold);
#endif
}

}  // namespace skein::platform
