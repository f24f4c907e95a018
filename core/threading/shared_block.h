// SharedBlock: the memory behind SharedArrayBuffer objects, a Shared Data Block of the specification.
//
// It belongs to no agent. SharedArrayBuffer objects of any number of agents, messages under way and
// waiting threads each hold a Ref; the last one frees it. Its bytes are read and written through
// SharedAccess only. The address never changes: a growable block reserves its maximum at birth.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "core/base/ref_counted.h"
#include "core/threading/memory_account.h"
#include "platform/mutex.h"

namespace skein::threading {

class SharedBlock : public RefCounted<SharedBlock> {
 public:
  // Zeroed memory, charged to the account (null: to the process's). Null when the limit or memory is
  // exceeded. A growable block is charged for its length where reservations are free, otherwise for
  // its maximum.
  static Ref<SharedBlock> create(size_t byte_length, Ref<MemoryAccount> account = nullptr);
  // REQUIRES: byte_length <= max_byte_length
  static Ref<SharedBlock> create_growable(size_t byte_length, size_t max_byte_length,
                                          Ref<MemoryAccount> account = nullptr);

  // Aligned for every element type, never null.
  uint8_t* data() const { return data_; }
  // seq_cst, as ArrayBufferByteLength(…, seq-cst) wants: the length is itself shared memory.
  size_t byte_length() const { return byte_length_.load(std::memory_order_seq_cst); }
  // For bounds checks of plain accesses (ArrayBufferByteLength with unordered). Relaxed is enough: the
  // length only grows, and memory below any length that a thread has seen stays committed.
  size_t byte_length_unordered() const { return byte_length_.load(std::memory_order_relaxed); }
  size_t max_byte_length() const { return max_byte_length_; }
  bool is_growable() const { return growable_; }
  // Unlike any other block's of this process, for reports.
  uint64_t id() const { return id_; }

  enum class GrowResult : uint8_t { kGrown, kShrinks, kTooLarge, kOutOfMemory };
  // New bytes are zero. Growing to the present length is kGrown. Any thread.
  // REQUIRES: is_growable()
  GrowResult grow(size_t new_byte_length);

 private:
  friend class RefCounted<SharedBlock>;
  friend struct SharedBlockTestAccess;
  SharedBlock() = default;
  ~SharedBlock();

  uint8_t* data_ = nullptr;
  std::atomic<size_t> byte_length_{0};
  size_t max_byte_length_ = 0;
  size_t reserved_ = 0;  // bytes of address space; 0 for malloc'ed memory
  bool growable_ = false;
  uint64_t id_ = 0;

  platform::Mutex grow_mutex_;
  size_t committed_ SKEIN_GUARDED_BY(grow_mutex_) = 0;
  MemoryCharge charge_ SKEIN_GUARDED_BY(grow_mutex_);
};

}  // namespace skein::threading
