// SerializedMessage: a value on its way from one agent to another.
//
// The bytes hold no pointers: what cannot be bytes stands in side tables, and the bytes name it by index.
// Belongs to no agent; destroying it undelivered frees what it carries and closes the ports in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <utility>
#include <vector>

#include "core/base/ref_counted.h"
#include "core/concurrency/byte_buffer.h"
#include "core/concurrency/port_endpoint.h"
#include "core/threading/memory_account.h"
#include "core/threading/shared_block.h"

namespace skein {

// The memory of a transferred ArrayBuffer, as ArrayBuffer::release() gives it.
class TransferredMemory {
 public:
  TransferredMemory(uint8_t* data, size_t byte_length, size_t max_byte_length, bool is_resizable)
      : data_(data), byte_length_(byte_length), max_byte_length_(max_byte_length), is_resizable_(is_resizable) {}
  TransferredMemory(TransferredMemory&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), byte_length_(other.byte_length_),
        max_byte_length_(other.max_byte_length_), is_resizable_(other.is_resizable_) {}
  TransferredMemory& operator=(TransferredMemory&&) = delete;
  ~TransferredMemory() { std::free(data_); }

  const uint8_t* data() const { return data_; }
  size_t byte_length() const { return byte_length_; }
  size_t max_byte_length() const { return max_byte_length_; }
  bool is_resizable() const { return is_resizable_; }
  // Gives the memory to the caller.
  uint8_t* release() { return std::exchange(data_, nullptr); }

 private:
  uint8_t* data_;
  size_t byte_length_;
  size_t max_byte_length_;
  bool is_resizable_;
};

struct SerializedMessage {
  SerializedMessage() = default;
  SerializedMessage(const SerializedMessage&) = delete;
  SerializedMessage& operator=(const SerializedMessage&) = delete;
  ~SerializedMessage() {
    for (Ref<PortEndpoint>& port : ports)
      if (port) port->close();
  }
  void swap(SerializedMessage& other) {
    std::swap(charge, other.charge);
    bytes.swap(other.bytes);
    shared_blocks.swap(other.shared_blocks);
    buffers.swap(other.buffers);
    ports.swap(other.ports);
  }
  // Nothing in it but the bytes.
  bool is_bytes_alone() const { return shared_blocks.empty() && buffers.empty() && ports.empty(); }
  size_t total_bytes() const {
    size_t total = bytes.size();
    for (const TransferredMemory& buffer : buffers) total += buffer.byte_length();
    return total;
  }

  threading::MemoryCharge charge;  // while it waits in a queue
  ByteBuffer bytes;
  std::vector<Ref<threading::SharedBlock>> shared_blocks;
  std::vector<TransferredMemory> buffers;
  std::vector<Ref<PortEndpoint>> ports;  // null once taken
};

}  // namespace skein
