// MemoryAccount: a limit that bytes are charged to. Accounts form chains (a queue's, its agent's, the
// process's): a charge must fit all of them. Shared objects hold a reference to the account that paid,
// so the account outlives its owner if need be.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "core/base/ref_counted.h"

namespace skein::threading {

class MemoryAccount : public RefCounted<MemoryAccount> {
 public:
  static Ref<MemoryAccount> create(size_t limit, Ref<MemoryAccount> parent = nullptr);
  // The account of everything without an owner; no limit unless one is set.
  static MemoryAccount& process();

  // Takes the bytes from this account and its parents; false (and nothing taken) when one of them
  // would exceed its limit. Any thread.
  [[nodiscard]] bool charge(size_t bytes);
  void release(size_t bytes);

  size_t used() const { return used_.load(std::memory_order_relaxed); }
  size_t peak() const { return peak_.load(std::memory_order_relaxed); }
  size_t limit() const { return limit_.load(std::memory_order_relaxed); }
  // Takes effect for the next charge.
  void set_limit(size_t limit) { limit_.store(limit, std::memory_order_relaxed); }

 private:
  friend class RefCounted<MemoryAccount>;
  MemoryAccount(size_t limit, Ref<MemoryAccount> parent) : limit_(limit), parent_(std::move(parent)) {}
  ~MemoryAccount() = default;
  bool charge_here(size_t bytes);

  // All relaxed: plain counters, nothing is published through them.
  std::atomic<size_t> used_{0};
  std::atomic<size_t> peak_{0};
  std::atomic<size_t> limit_;
  const Ref<MemoryAccount> parent_;
};

// A charge that ends with its scope.
class MemoryCharge {
 public:
  MemoryCharge() = default;
  // Of bytes that the account has been charged already.
  MemoryCharge(Ref<MemoryAccount> account, size_t bytes) : account_(std::move(account)), bytes_(bytes) {}
  MemoryCharge(MemoryCharge&& other) noexcept
      : account_(std::move(other.account_)), bytes_(std::exchange(other.bytes_, 0)) {}
  MemoryCharge& operator=(MemoryCharge&& other) noexcept {
    std::swap(account_, other.account_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~MemoryCharge() { reset(); }

  // REQUIRES: nothing charged yet. A null account takes everything.
  [[nodiscard]] bool charge(Ref<MemoryAccount> account, size_t bytes);
  // Charges more of the same.
  [[nodiscard]] bool extend(size_t bytes);
  // Gives some of it back. REQUIRES: bytes <= this->bytes()
  void shrink(size_t bytes);
  void reset();
  // The caller sees to the end of the charge from now on.
  Ref<MemoryAccount> release() {
    bytes_ = 0;
    return std::move(account_);
  }
  size_t bytes() const { return bytes_; }

 private:
  Ref<MemoryAccount> account_;
  size_t bytes_ = 0;
};

}  // namespace skein::threading
