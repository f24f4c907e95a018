// MessageQueue: messages in the order in which they came.
//
// Small ones that are bytes alone lie behind each other in chunks of memory, so that sending one costs no
// allocation and a receiver reads them in order; others are kept whole. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>

namespace skein {

struct SerializedMessage;

class MessageQueue {
 public:
  MessageQueue() = default;
  MessageQueue(const MessageQueue&) = delete;
  MessageQueue& operator=(const MessageQueue&) = delete;
  ~MessageQueue() { clear(); }

  bool empty() const { return count_ == 0; }
  size_t size() const { return count_; }
  // Takes the message's contents.
  void push(SerializedMessage&& message);
  // The oldest, into an empty message; false when there is none.
  bool pop(SerializedMessage& message);
  // Puts all that the other has behind what is here, and gives it a chunk that is free here.
  void take_all(MessageQueue& other);
  void swap(MessageQueue& other);
  void clear();

 private:
  struct Chunk;
  struct Entry;
  static constexpr size_t kFirstChunk = 512, kChunk = 8192, kLargestCopied = 256;
  uint8_t* room_for(size_t bytes);

  Chunk* first_ = nullptr;
  Chunk* last_ = nullptr;
  Chunk* spare_ = nullptr;
  size_t count_ = 0;
};

}  // namespace skein
