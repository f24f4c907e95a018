#include "core/gc/block.h"

#include <algorithm>
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
  // never gets to the others. `surplus` is in memory, too, for now.
  std::vector<Block*> warm_blocks[2];
  std::vector<Block*> surplus_blocks[2];
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
  const int index = static_cast<int>(space);
  auto& from = !p.warm_blocks[index].empty() ? p.warm_blocks[index] : !p.surplus_blocks[index].empty() ? p.surplus_blocks[index] : p.cold_blocks[index];
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

void release(std::span<Block* const> blocks, BlockSpace space) {
  if (blocks.empty()) return;
  Pool& p = pool();
  std::lock_guard lock(p.mutex);
  auto& warm = p.warm_blocks[static_cast<int>(space)];
  auto& surplus = p.surplus_blocks[static_cast<int>(space)];
  const size_t kept = std::min(blocks.size(), kWarmBlocks - std::min(kWarmBlocks, warm.size()));
  warm.insert(warm.end(), blocks.begin(), blocks.begin() + static_cast<ptrdiff_t>(kept));
  surplus.insert(surplus.end(), blocks.begin() + static_cast<ptrdiff_t>(kept), blocks.end());
}

#if defined(__EMSCRIPTEN__)
void trim() {}  // a wasm memory never shrinks
#else
namespace {

// The address range stays ours. Neighbours go in one call.
void give_pages_back(std::vector<Block*>& blocks) {
  std::sort(blocks.begin(), blocks.end());
  for (size_t i = 0; i < blocks.size();) {
    char* const begin = reinterpret_cast<char*>(blocks[i]);
    size_t count = 1;
    while (i + count < blocks.size() && reinterpret_cast<char*>(blocks[i + count]) == begin + count * kBlockSize) ++count;
    madvise(begin, count * kBlockSize, MADV_DONTNEED);
    i += count;
  }
}

}  // namespace

void trim() {
  constexpr size_t kTrimmedBlocks = 64;
  Pool& p = pool();
  for (int space = 0; space < 2; ++space) {
    std::unique_lock lock(p.mutex);
    auto& surplus = p.surplus_blocks[space];
    if (surplus.empty()) continue;
    const auto from = surplus.end() - static_cast<ptrdiff_t>(std::min(kTrimmedBlocks, surplus.size()));
    std::vector<Block*> blocks(from, surplus.end());
    surplus.erase(from, surplus.end());
    // Others need not wait for the system.
    lock.unlock();
    give_pages_back(blocks);
    lock.lock();
    p.cold_blocks[space].insert(p.cold_blocks[space].end(), blocks.begin(), blocks.end());
  }
}
#endif

}  // namespace block_pool
}  // namespace skein::gc
