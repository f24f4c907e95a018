// InlineStack: a stack of plain things, the first few of which need no memory of their own.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <type_traits>

#include "core/base/check.h"

namespace skein {

template <typename T, size_t kFew>
class InlineStack {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  InlineStack() = default;
  InlineStack(const InlineStack&) = delete;
  InlineStack& operator=(const InlineStack&) = delete;
  ~InlineStack() {
    if (items_ != few()) std::free(items_);
  }

  void push_back(const T& item) {
    const T copy = item;  // it may lie in here
    if (size_ == capacity_) [[unlikely]] grow();
    new (items_ + size_++) T(copy);
  }
  void pop_back() { --size_; }
  T& back() { return items_[size_ - 1]; }
  T& operator[](size_t index) { return items_[index]; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T* begin() const { return items_; }
  const T* end() const { return items_ + size_; }

 private:
  T* few() { return reinterpret_cast<T*>(storage_); }
  void grow() {
    capacity_ *= 2;
    auto* grown = static_cast<T*>(std::realloc(items_ == few() ? nullptr : items_, capacity_ * sizeof(T)));
    SKEIN_CHECK(grown != nullptr);
    if (items_ == few()) std::memcpy(static_cast<void*>(grown), items_, size_ * sizeof(T));
    items_ = grown;
  }

  T* items_ = few();
  size_t size_ = 0, capacity_ = kFew;
  alignas(T) unsigned char storage_[kFew * sizeof(T)];
};

}  // namespace skein
