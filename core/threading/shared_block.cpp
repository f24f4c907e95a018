#include "core/threading/shared_block.h"

#include <cstdlib>
#include <new>

#include "core/base/check.h"
#include "platform/virtual_memory.h"

namespace skein::threading {

namespace {

// From here on a block gets pages of its own, which come back to the system when it dies.
constexpr size_t kOwnPagesFrom = 256 * 1024;

uint64_t next_block_id() {
  // Relaxed: only uniqueness matters.
  static std::atomic<uint64_t> next{1};
  return next.fetch_add(1, std::memory_order_relaxed);
}

// 0 on overflow (and for 0).
size_t round_up_to_pages(size_t size) {
  const size_t mask = platform::page_size() - 1;
  return (size + mask) & ~mask;
}

Ref<MemoryAccount> account_or_default(Ref<MemoryAccount> account) {
  return account ? std::move(account) : Ref<MemoryAccount>(&MemoryAccount::process());
}

}  // namespace

Ref<SharedBlock> SharedBlock::create(size_t byte_length, Ref<MemoryAccount> account) {
  if (byte_length >= kOwnPagesFrom) {
    Ref<SharedBlock> block = create_growable(byte_length, byte_length, std::move(account));
    if (block) block->growable_ = false;
    return block;
  }
  auto block = Ref<SharedBlock>::adopt(new (std::nothrow) SharedBlock());
  if (!block) {
    return nullptr;
  }
  platform::MutexLock lock(block->grow_mutex_);
  if (!block->charge_.charge(account_or_default(std::move(account)), byte_length)) {
    return nullptr;
  }
  // calloc aligns to 8 on wasm32, which suffices for every element; natively to 16.
  block->data_ = static_cast<uint8_t*>(std::calloc(byte_length == 0 ? 1 : byte_length, 1));
  if (block->data_ == nullptr) {
    return nullptr;
  }
  block->byte_length_.store(byte_length, std::memory_order_relaxed);
  block->max_byte_length_ = byte_length;
  block->committed_ = byte_length;
  block->id_ = next_block_id();
  return block;
}

Ref<SharedBlock> SharedBlock::create_growable(size_t byte_length, size_t max_byte_length,
                                              Ref<MemoryAccount> account) {
  SKEIN_DCHECK(byte_length <= max_byte_length);
  const size_t reserved = round_up_to_pages(max_byte_length == 0 ? 1 : max_byte_length);
  auto block = Ref<SharedBlock>::adopt(new (std::nothrow) SharedBlock());
  if (!block || reserved == 0) {
    return nullptr;
  }
  platform::MutexLock lock(block->grow_mutex_);
  const size_t charged = platform::reservations_are_free() ? byte_length : max_byte_length;
  if (!block->charge_.charge(account_or_default(std::move(account)), charged)) {
    return nullptr;
  }
  block->data_ = static_cast<uint8_t*>(platform::reserve(reserved));
  if (block->data_ == nullptr) {
    return nullptr;
  }
  block->reserved_ = reserved;
  const size_t committed = round_up_to_pages(byte_length);
  if (!platform::commit(block->data_, committed)) {
    return nullptr;
  }
  block->committed_ = committed;
  block->byte_length_.store(byte_length, std::memory_order_relaxed);
  block->max_byte_length_ = max_byte_length;
  block->growable_ = true;
  block->id_ = next_block_id();
  return block;
}

SharedBlock::~SharedBlock() {
  if (reserved_ > 0) {
    platform::release(data_, reserved_);
  } else {
    std::free(data_);
  }
}

SharedBlock::GrowResult SharedBlock::grow(size_t new_byte_length) {
  SKEIN_DCHECK(growable_);
  if (new_byte_length > max_byte_length_) {
    return GrowResult::kTooLarge;
  }
  platform::MutexLock lock(grow_mutex_);
  // Relaxed: only written under the mutex.
  const size_t old_byte_length = byte_length_.load(std::memory_order_relaxed);
  if (new_byte_length < old_byte_length) {
    return GrowResult::kShrinks;
  }
  const size_t added = new_byte_length - old_byte_length;
  if (platform::reservations_are_free() && !charge_.extend(added)) {
    return GrowResult::kOutOfMemory;
  }
  const size_t committed = round_up_to_pages(new_byte_length);
  if (committed > committed_) {
    if (!platform::commit(data_ + committed_, committed - committed_)) {
      charge_.shrink(platform::reservations_are_free() ? added : 0);
      return GrowResult::kOutOfMemory;
    }
    committed_ = committed;
  }
  // seq_cst: a write to the length's shared data block. The new memory is usable before it is seen.
  byte_length_.store(new_byte_length, std::memory_order_seq_cst);
  return GrowResult::kGrown;
}

}  // namespace skein::threading
