// What a match works with beside its program and input: memory for the backtracking stack, and the
// caller's hooks. One per thread; it keeps its memory from match to match.
#pragma once

#include <cstddef>
#include <cstdint>

namespace skein::regexp {

class MatchContext {
 public:
  // Called every 16K steps or so. False stops the match.
  using Poll = bool (*)(void* data);
  // Called before memory is taken (bytes > 0, false refuses it) and after it is given back.
  using Charge = bool (*)(void* data, ptrdiff_t bytes);

  static constexpr size_t kDefaultStackLimit = size_t{64} << 20;

  MatchContext() = default;
  MatchContext(const MatchContext&) = delete;
  MatchContext& operator=(const MatchContext&) = delete;
  ~MatchContext() { release(0); }

  void set_poll(Poll poll, void* data) {
    poll_ = poll;
    poll_data_ = data;
  }
  void set_charge(Charge charge, void* data) {
    charge_ = charge;
    charge_data_ = data;
  }
  void set_stack_limit(size_t bytes) { stack_limit_ = bytes; }

  // For the matcher.
  bool keep_going() { return poll_ == nullptr || poll_(poll_data_); }
  uint32_t* memory() { return memory_; }
  size_t capacity() const { return capacity_; }  // in words
  // Grows to at least `words`, keeping the contents. False where limit, charge or malloc say no.
  bool reserve(size_t words);
  // Gives memory beyond `words` back; the contents are lost.
  void release(size_t words);

 private:
  uint32_t* memory_ = nullptr;
  size_t capacity_ = 0;
  size_t stack_limit_ = kDefaultStackLimit;
  Poll poll_ = nullptr;
  void* poll_data_ = nullptr;
  Charge charge_ = nullptr;
  void* charge_data_ = nullptr;
};

}  // namespace skein::regexp
