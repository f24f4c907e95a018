#include "core/concurrency/message_queue.h"

#include <cstring>
#include <new>

#include "core/concurrency/serialized_message.h"

namespace skein {

struct MessageQueue::Chunk {
  Chunk* next = nullptr;
  uint32_t capacity = 0;
  uint32_t begin = 0, end = 0;  // of what waits
  uint8_t* bytes() { return reinterpret_cast<uint8_t*>(this + 1); }
};

// Stands before the bytes of a copied message; of a kept one, alone.
struct MessageQueue::Entry {
  SerializedMessage* whole;                // null: copied
  threading::MemoryAccount* account;       // of a copied one, with a reference; null: not charged
  uint32_t length, charged;
};

namespace {

constexpr size_t round_up(size_t bytes) { return (bytes + alignof(void*) - 1) & ~(alignof(void*) - 1); }

}  // namespace

uint8_t* MessageQueue::room_for(size_t bytes) {
  if (last_ == nullptr || last_->capacity - last_->end < bytes) {
    Chunk* chunk = std::exchange(spare_, nullptr);
    if (chunk == nullptr) {
      const size_t capacity = last_ == nullptr ? kFirstChunk : kChunk;
      void* memory = std::malloc(sizeof(Chunk) + capacity);
      SKEIN_CHECK(memory != nullptr);
      chunk = new (memory) Chunk;
      chunk->capacity = static_cast<uint32_t>(capacity);
    }
    (last_ == nullptr ? first_ : last_->next) = chunk;
    last_ = chunk;
  }
  uint8_t* result = last_->bytes() + last_->end;
  last_->end += static_cast<uint32_t>(bytes);
  return result;
}

void MessageQueue::push(SerializedMessage&& message) {
  ++count_;
  static_assert(sizeof(Entry) + kLargestCopied <= kFirstChunk);
  if (message.is_bytes_alone() && message.bytes.size() <= kLargestCopied) {
    const auto length = static_cast<uint32_t>(message.bytes.size());
    uint8_t* at = room_for(round_up(sizeof(Entry) + length));
    const auto charged = static_cast<uint32_t>(message.charge.bytes());
    new (at) Entry{nullptr, message.charge.release().leak(), length, charged};
    std::memcpy(at + sizeof(Entry), message.bytes.data(), length);
  } else {
    auto* whole = new SerializedMessage;
    whole->swap(message);
    new (room_for(sizeof(Entry))) Entry{whole, nullptr, 0, 0};
  }
}

bool MessageQueue::pop(SerializedMessage& message) {
  if (count_ == 0) return false;
  --count_;
  Chunk* chunk = first_;
  auto* entry = reinterpret_cast<Entry*>(chunk->bytes() + chunk->begin);
  if (entry->whole != nullptr) {
    message.swap(*entry->whole);
    delete entry->whole;
    chunk->begin += static_cast<uint32_t>(sizeof(Entry));
  } else {
    message.bytes.append({chunk->bytes() + chunk->begin + sizeof(Entry), entry->length});
    if (entry->account != nullptr) message.charge = threading::MemoryCharge(Ref<threading::MemoryAccount>::adopt(entry->account), entry->charged);
    chunk->begin += static_cast<uint32_t>(round_up(sizeof(Entry) + entry->length));
  }
  if (chunk->begin < chunk->end) return true;
  first_ = chunk->next;
  if (first_ == nullptr) last_ = nullptr;
  // One is kept, the largest.
  chunk->next = nullptr;
  chunk->begin = chunk->end = 0;
  if (spare_ == nullptr || spare_->capacity < chunk->capacity) std::swap(spare_, chunk);
  std::free(chunk);
  return true;
}

void MessageQueue::take_all(MessageQueue& other) {
  if (!other.empty()) {
    (last_ == nullptr ? first_ : last_->next) = other.first_;
    last_ = other.last_;
    count_ += other.count_;
    other.first_ = other.last_ = nullptr;
    other.count_ = 0;
  }
  if (other.spare_ == nullptr) other.spare_ = std::exchange(spare_, nullptr);
}

void MessageQueue::swap(MessageQueue& other) {
  std::swap(first_, other.first_);
  std::swap(last_, other.last_);
  std::swap(spare_, other.spare_);
  std::swap(count_, other.count_);
}

void MessageQueue::clear() {
  while (count_ != 0) {
    SerializedMessage dropped;
    (void)pop(dropped);
  }
  std::free(std::exchange(spare_, nullptr));
}

}  // namespace skein
