// Intrusive, thread-safe reference counts that saturate: an object that somebody manages to refer to
// two billion times lives for ever instead of being freed under its users.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace skein {

// Base of T. The object starts with one reference, which Ref<T>::adopt takes over.
template <typename T>
class RefCounted {
 public:
  RefCounted() = default;
  RefCounted(const RefCounted&) = delete;
  RefCounted& operator=(const RefCounted&) = delete;

  void add_reference() const {
    // Relaxed: the caller holds a reference already, so nothing has to become visible.
    uint32_t old = count_.fetch_add(1, std::memory_order_relaxed);
    if (old >= kPinnedFrom) [[unlikely]] {
      count_.store(kPinned, std::memory_order_relaxed);
    }
  }
  void drop_reference() const {
    // Relaxed: a pinned count never becomes unpinned, whatever this thread has seen.
    if (count_.load(std::memory_order_relaxed) >= kPinnedFrom) [[unlikely]] {
      return;
    }
    // Release: what this thread did to the object comes before its destruction; acquire: what the
    // others did, too.
    if (count_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      delete static_cast<const T*>(this);
    }
  }
  bool has_one_reference() const { return count_.load(std::memory_order_acquire) == 1; }

 protected:
  ~RefCounted() = default;
  // For tests of saturation.
  void set_reference_count(uint32_t count) { count_.store(count, std::memory_order_relaxed); }
  uint32_t reference_count() const { return count_.load(std::memory_order_relaxed); }

 private:
  static constexpr uint32_t kPinnedFrom = 0x8000'0000;
  static constexpr uint32_t kPinned = 0xC000'0000;
  mutable std::atomic<uint32_t> count_{1};
};

template <typename T>
class Ref {
 public:
  constexpr Ref() = default;
  constexpr Ref(std::nullptr_t) {}
  explicit Ref(T* object) : object_(object) { add(); }
  Ref(const Ref& other) : object_(other.object_) { add(); }
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  ~Ref() { drop(); }
  Ref& operator=(const Ref& other) {
    Ref copy(other);
    std::swap(object_, copy.object_);
    return *this;
  }
  Ref& operator=(Ref&& other) noexcept {
    Ref taken(std::move(other));
    std::swap(object_, taken.object_);
    return *this;
  }

  // Takes over a reference that the caller owns (that of a new object).
  static Ref adopt(T* object) {
    Ref ref;
    ref.object_ = object;
    return ref;
  }
  // Gives the reference to the caller, who drops it or adopts it again.
  [[nodiscard]] T* leak() { return std::exchange(object_, nullptr); }

  T* get() const { return object_; }
  T& operator*() const { return *object_; }
  T* operator->() const { return object_; }
  explicit operator bool() const { return object_ != nullptr; }
  friend bool operator==(const Ref& a, const Ref& b) { return a.object_ == b.object_; }
  friend bool operator==(const Ref& a, std::nullptr_t) { return a.object_ == nullptr; }

 private:
  void add() const {
    if (object_ != nullptr) object_->add_reference();
  }
  void drop() const {
    if (object_ != nullptr) object_->drop_reference();
  }
  T* object_ = nullptr;
};

}  // namespace skein
