#include "core/gc/block.h"

#include <cstdlib>
#include <mutex>
#include <vector>

#if !defined(__EMSCRIPTEN__)
#include <sys/mman.h>
#endif

#include "core/base/check.h"

namespace skein::gc {

uintptr_t g_cage_base = 0;

namespace {

constexpr size_t kWarmBlocks = 512;

struct Pool {
  std::mutex mutex;
  // By space. What is in memory is taken first: a heap that gives back and takes as much again and again
  // never gets to the others.
  std::vector<Block*> warm_blocks[2];
  std::vector<Block*> cold_blocks[2];
  uintptr_t cage_next = 0;
  uintptr_t cage_end = 0;
};

Pool& pool() {
  static Pool* instance = new Pool;  // never destroyed: agents may outlive main
  return *instance;
}

#if defined(__EMSCRIPTEN__)
constexpr size_t kChunkBlocks = 16;

// wasm addresses are 32 bits wide: everything is in the cage.
char* new_chunk(Pool&, BlockSpace) {
  return static_cast<char*>(std::aligned_alloc(kBlockSize, kChunkBlocks * kBlockSize));
}
#else
constexpr size_t kChunkBlocks = 32;
constexpr size_t kCageSize = size_t{4} << 30;

char* reserve(size_t bytes, int protection, int extra_flags) {
  void* address =
      mmap(nullptr, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS | extra_flags, -1, 0);
  return address == MAP_FAILED ? nullptr : static_cast<char*>(address);
}

void make_cage(Pool& p) {
  char* base = reserve(kCageSize, PROT_READ | PROT_WRITE, MAP_NORESERVE);
  SKEIN_CHECK(base != nullptr);
  g_cage_base = reinterpret_cast<uintptr_t>(base);
  // Reference 0 stays free to mean "none".
  p.cage_next = (g_cage_base + 2 * kBlockSize - 1) & ~(kBlockSize - 1);
  p.cage_end = g_cage_base + kCageSize;
}

char* new_chunk(Pool& p, BlockSpace space) {
  constexpr size_t kBytes = kChunkBlocks * kBlockSize;
  if (space == BlockSpace::kCage) {
    if (p.cage_next == 0) make_cage(p);
    if (p.cage_next + kBytes > p.cage_end) return nullptr;
    char* chunk = reinterpret_cast<char*>(p.cage_next);
    p.cage_next += kBytes;
    return chunk;
  }
  // Over-reserve by one block to align, and give the ends back.
  char* raw = reserve(kBytes + kBlockSize, PROT_READ | PROT_WRITE, 0);
  if (raw == nullptr) return nullptr;
  uintptr_t address = reinterpret_cast<uintptr_t>(raw);
  uintptr_t aligned = (address + kBlockSize - 1) & ~(kBlockSize - 1);
  if (aligned != address) munmap(raw, aligned - address);
  size_t tail = address + kBytes + kBlockSize - (aligned + kBytes);
  if (tail != 0) munmap(reinterpret_cast<char*>(aligned + kBytes), tail);
  return reinterpret_cast<char*>(aligned);
}
#endif

}  // namespace

namespace block_pool {

Block* acquire(BlockSpace space) {
  Pool& p = pool();
  std::lock_guard lock(p.mutex);
  auto& warm = p.warm_blocks[static_cast<int>(space)];
  auto& cold = p.cold_blocks[static_cast<int>(space)];
  auto& from = warm.empty() ? cold : warm;
  if (from.empty()) {
    char* chunk = new_chunk(p, space);
    if (chunk == nullptr) return nullptr;
    for (size_t i = kChunkBlocks; i-- > 0;)
      from.push_back(reinterpret_cast<Block*>(chunk + i * kBlockSize));
  }
  Block* block = from.back();
  from.pop_back();
  return block;
}

void release(Block* block, BlockSpace space) {
  Pool& p = pool();
  std::unique_lock lock(p.mutex);
  auto& warm = p.warm_blocks[static_cast<int>(space)];
  if (warm.size() < kWarmBlocks) {
    warm.push_back(block);
    return;
  }
#if !defined(__EMSCRIPTEN__)
  // Give the pages back beyond a small warm reserve; the address range stays ours. Others need not wait for it.
  lock.unlock();
  madvise(block, kBlockSize, MADV_DONTNEED);
  lock.lock();
#endif
  p.cold_blocks[static_cast<int>(space)].push_back(block);
}

}  // namespace block_pool
}  // namespace skein::gc
