#include "core/threading/memory_account.h"

#include <new>

namespace skein::threading {

Ref<MemoryAccount> MemoryAccount::create(size_t limit, Ref<MemoryAccount> parent) {
  return Ref<MemoryAccount>::adopt(new (std::nothrow) MemoryAccount(limit, std::move(parent)));
}

MemoryAccount& MemoryAccount::process() {
  static MemoryAccount& account = *new MemoryAccount(SIZE_MAX, nullptr);
  return account;
}

bool MemoryAccount::charge_here(size_t bytes) {
  const size_t most = limit();
  size_t used = used_.load(std::memory_order_relaxed);
  do {
    if (used > most || bytes > most - used) {
      return false;
    }
  } while (!used_.compare_exchange_weak(used, used + bytes, std::memory_order_relaxed));
  size_t peak = peak_.load(std::memory_order_relaxed);
  while (peak < used + bytes && !peak_.compare_exchange_weak(peak, used + bytes, std::memory_order_relaxed)) {
  }
  return true;
}

bool MemoryAccount::charge(size_t bytes) {
  for (MemoryAccount* account = this; account != nullptr; account = account->parent_.get()) {
    if (account->charge_here(bytes)) {
      continue;
    }
    for (MemoryAccount* charged = this; charged != account; charged = charged->parent_.get()) {
      charged->used_.fetch_sub(bytes, std::memory_order_relaxed);
    }
    return false;
  }
  return true;
}

void MemoryAccount::release(size_t bytes) {
  for (MemoryAccount* account = this; account != nullptr; account = account->parent_.get()) {
    account->used_.fetch_sub(bytes, std::memory_order_relaxed);
  }
}

bool MemoryCharge::charge(Ref<MemoryAccount> account, size_t bytes) {
  if (account && !account->charge(bytes)) {
    return false;
  }
  account_ = std::move(account);
  bytes_ = bytes;
  return true;
}

bool MemoryCharge::extend(size_t bytes) {
  if (account_ && !account_->charge(bytes)) {
    return false;
  }
  bytes_ += bytes;
  return true;
}

void MemoryCharge::shrink(size_t bytes) {
  if (account_) {
    account_->release(bytes);
  }
  bytes_ -= bytes;
}

void MemoryCharge::reset() {
  if (account_) {
    account_->release(bytes_);
  }
  account_ = nullptr;
  bytes_ = 0;
}

}  // namespace skein::threading
