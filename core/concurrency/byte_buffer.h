// ByteBuffer: bytes that grow at their end. A few lie in the object itself, so that a small message is one
// piece of memory with them; many grow in place where the system can do that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <utility>

#include "core/base/check.h"

namespace skein {

class ByteBuffer {
 public:
  ByteBuffer() = default;
  ByteBuffer(const ByteBuffer&) = delete;
  ByteBuffer& operator=(const ByteBuffer&) = delete;
  ~ByteBuffer() {
    if (data_ != inline_) std::free(data_);
  }

  void swap(ByteBuffer& other) {
    uint8_t few[kInlineSize];
    const bool is_few = data_ == inline_, other_is_few = other.data_ == other.inline_;
    if (is_few) std::memcpy(few, inline_, size_);
    if (other_is_few) std::memcpy(inline_, other.inline_, other.size_);
    if (is_few) std::memcpy(other.inline_, few, size_);
    std::swap(data_, other.data_);
    if (other_is_few) data_ = inline_;
    if (is_few) other.data_ = other.inline_;
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

  const uint8_t* data() const { return data_; }
  size_t size() const { return size_; }
  std::span<const uint8_t> span() const { return {data_, size_}; }

  // Who writes much does it from end() to limit() and says by set_end() how far it has come.
  uint8_t* end() { return data_ + size_; }
  uint8_t* limit() { return data_ + capacity_; }
  void set_end(const uint8_t* end) { size_ = static_cast<size_t>(end - data_); }
  // Makes room for `count` bytes after the end.
  void reserve(size_t count) {
    if (capacity_ - size_ < count) grow(count);
  }
  void append(std::span<const uint8_t> bytes) {
    reserve(bytes.size());
    if (!bytes.empty()) std::memcpy(end(), bytes.data(), bytes.size());
    size_ += bytes.size();
  }

 private:
  static constexpr size_t kInlineSize = 256;

  void grow(size_t count) {
    size_t capacity = capacity_ * 2;
    if (capacity < size_ + count) capacity = size_ + count;
    auto* grown = static_cast<uint8_t*>(std::realloc(data_ == inline_ ? nullptr : data_, capacity));
    SKEIN_CHECK(grown != nullptr);
    if (data_ == inline_) std::memcpy(grown, inline_, size_);
    data_ = grown;
    capacity_ = capacity;
  }

  uint8_t* data_ = inline_;
  size_t size_ = 0;
  size_t capacity_ = kInlineSize;
  uint8_t inline_[kInlineSize];
};

}  // namespace skein
