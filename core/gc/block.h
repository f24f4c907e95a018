// Blocks: 16 KB of 128-byte lines, the unit that heaps take from the process and give back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace skein::gc {

class Heap;

inline constexpr size_t kBlockSize = 16 * 1024;
inline constexpr size_t kLineSize = 128;
inline constexpr size_t kLinesPerBlock = kBlockSize / kLineSize;
inline constexpr size_t kCellAlignment = 8;
inline constexpr size_t kCardSize = 256;
// The head of a block, and of a large object: both are aligned to kBlockSize, so that the heap of
// any cell is found from its address.
struct Block {
  Heap* heap;
  size_t large_size;     // bytes of the one cell, in the large-object space only
  bool has_dirty_cards;  // there, too
  // The cycle (Heap::line_epoch_) that last marked something on the line.
  alignas(32) uint8_t line_marks[kLinesPerBlock];

  static Block* of(const void* cell) {
    return reinterpret_cast<Block*>(reinterpret_cast<uintptr_t>(cell) & ~(kBlockSize - 1));
  }
  char* line(size_t index) { return reinterpret_cast<char*>(this) + index * kLineSize; }
  // Behind a large cell, a byte for each kCardSize bytes of it: whether something was stored there that a
  // collection must look at.
  uint8_t* cards();
};

inline constexpr size_t kFirstLine = (sizeof(Block) + kLineSize - 1) / kLineSize;
inline uint8_t* Block::cards() { return reinterpret_cast<uint8_t*>(line(kFirstLine)) + large_size; }
constexpr size_t card_count(size_t large_size) { return (large_size + kCardSize - 1) / kCardSize; }
inline constexpr size_t kBlockPayload = kBlockSize - kFirstLine * kLineSize;
// Two of these fill a block. Larger cells live alone, in the large-object space.
inline constexpr size_t kMaxSmallCell = kBlockPayload / 2;

enum class BlockSpace : uint8_t {
  kGeneral,
  kCage,  // within 4 GB of cage_base(), so that 32 bits name a cell of it
};

// The process-wide supply of blocks. Any thread.
namespace block_pool {
Block* acquire(BlockSpace space);  // null when the system has no more memory
void release(std::span<Block* const> blocks, BlockSpace space);
// Gives the system some of the memory back that nobody is likely to take again soon: a megabyte for each
// call, so that a collection that frees much is no long pause.
void trim();
}  // namespace block_pool

// The base that 32-bit cell references count from: set before the first heap exists, then constant.
extern uintptr_t g_cage_base;

}  // namespace skein::gc
