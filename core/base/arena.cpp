#include "core/base/arena.h"

#include <algorithm>
#include <cstdlib>

namespace skein {

namespace {
constexpr size_t kFirstChunk = 8 * 1024;
constexpr size_t kLargestChunk = 256 * 1024;
}  // namespace

Arena::~Arena() {
  while (chunks_ != nullptr) {
    Chunk* next = chunks_->next;
    std::free(chunks_);
    chunks_ = next;
  }
}

void* Arena::allocate_slow(size_t size) {
  constexpr size_t kHeader =
      (sizeof(Chunk) + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);
  size_t wanted = std::clamp(bytes_, kFirstChunk, kLargestChunk);
  bool dedicated = size > wanted / 4;
  size_t chunk_size = kHeader + (dedicated ? size : wanted);
  SKEIN_CHECK(chunk_size > size);
  auto* chunk = static_cast<Chunk*>(std::malloc(chunk_size));
  SKEIN_CHECK(chunk != nullptr);
  chunk->next = chunks_;
  chunk->size = chunk_size;
  chunks_ = chunk;
  bytes_ += chunk_size;
  uintptr_t start = reinterpret_cast<uintptr_t>(chunk) + kHeader;
  // A big object gets a chunk of its own and leaves the current one in use.
  if (!dedicated) {
    cursor_ = start + size;
    limit_ = reinterpret_cast<uintptr_t>(chunk) + chunk_size;
  }
  return reinterpret_cast<void*>(start);
}

}  // namespace skein
