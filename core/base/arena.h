// A bump allocator, and a vector that grows in one. Nothing in an arena is ever destroyed, only
// freed all at once, so what lives there must be trivially destructible.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

#include "core/base/check.h"

namespace skein {

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena();

  // REQUIRES: alignment <= alignof(std::max_align_t). Aborts when the system has no memory left;
  // callers that must survive that watch bytes() and stop in time.
  void* allocate(size_t size, size_t alignment) {
    uintptr_t start = (cursor_ + alignment - 1) & ~(alignment - 1);
    if (start + size > limit_ || start < cursor_) [[unlikely]] {
      return allocate_slow(size);
    }
    cursor_ = start + size;
    return reinterpret_cast<void*>(start);
  }

  template <typename T, typename... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
  }

  template <typename T>
  T* allocate_array(size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    return static_cast<T*>(allocate(count * sizeof(T), alignof(T)));
  }

  template <typename T>
  std::span<T> copy(std::span<const T> source) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (source.empty()) return {};
    T* target = allocate_array<T>(source.size());
    std::memcpy(static_cast<void*>(target), source.data(), source.size_bytes());
    return {target, source.size()};
  }

  // Memory taken from the system so far.
  size_t bytes() const { return bytes_; }

 private:
  struct Chunk {
    Chunk* next;
    size_t size;
  };

  void* allocate_slow(size_t size);

  uintptr_t cursor_ = 0;
  uintptr_t limit_ = 0;
  Chunk* chunks_ = nullptr;
  size_t bytes_ = 0;
};

// A vector of trivially copyable elements in an arena. Growth abandons the old storage to the arena.
template <typename T>
class ArenaVector {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  void push_back(Arena& arena, T value) {
    if (size_ == capacity_) grow(arena);
    data_[size_++] = value;
  }
  void clear() { size_ = 0; }
  // REQUIRES: size <= this->size()
  void shrink(size_t size) { size_ = static_cast<uint32_t>(size); }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& operator[](size_t index) { return data_[index]; }
  const T& operator[](size_t index) const { return data_[index]; }
  T& back() { return data_[size_ - 1]; }
  const T& back() const { return data_[size_ - 1]; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  std::span<T> span() { return {data_, size_}; }
  std::span<const T> span() const { return {data_, size_}; }

 private:
  void grow(Arena& arena) {
    uint32_t capacity = capacity_ == 0 ? 4 : capacity_ * 2;
    T* data = arena.allocate_array<T>(capacity);
    if (size_ != 0) std::memcpy(static_cast<void*>(data), data_, size_ * sizeof(T));
    data_ = data;
    capacity_ = capacity;
  }

  T* data_ = nullptr;
  uint32_t size_ = 0;
  uint32_t capacity_ = 0;
};

}  // namespace skein
