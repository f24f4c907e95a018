// Range copies by relaxed atomic accesses. The shared side is walked in aligned words, with smaller
// aligned steps at its ends, so that no aligned element up to the word is split; the private side may
// have any alignment.
#include "core/threading/shared_access.h"

#include <algorithm>

namespace skein::threading::internal {

namespace {

constexpr size_t kWord = sizeof(uint64_t);

template <typename Word>
void copy_out_one(uint8_t*& target, const uint8_t*& source, size_t& length) {
  Word word = relaxed_load<Word>(source);
  std::memcpy(target, &word, sizeof(Word));
  target += sizeof(Word);
  source += sizeof(Word);
  length -= sizeof(Word);
}

template <typename Word>
void copy_in_one(uint8_t*& target, const uint8_t*& source, size_t& length) {
  Word word;
  std::memcpy(&word, source, sizeof(Word));
  relaxed_store(target, word);
  target += sizeof(Word);
  source += sizeof(Word);
  length -= sizeof(Word);
}

// Whether the next step at `shared` should be one of `size` to get it aligned to the next power of two.
bool needs_step(const uint8_t* shared, size_t size, size_t length) {
  return (reinterpret_cast<uintptr_t>(shared) & size) != 0 && length >= size;
}

}  // namespace

void shared_copy_out(void* private_target, const void* shared_source, size_t length) {
  auto* target = static_cast<uint8_t*>(private_target);
  auto* source = static_cast<const uint8_t*>(shared_source);
  if (needs_step(source, 1, length)) copy_out_one<uint8_t>(target, source, length);
  if (needs_step(source, 2, length)) copy_out_one<uint16_t>(target, source, length);
  if (needs_step(source, 4, length)) copy_out_one<uint32_t>(target, source, length);
  // A short range may end before its start is aligned; then the steps below are aligned all the same,
  // or bytes.
  if (reinterpret_cast<uintptr_t>(source) % kWord == 0) {
    while (length >= 4 * kWord) {
      copy_out_one<uint64_t>(target, source, length);
      copy_out_one<uint64_t>(target, source, length);
      copy_out_one<uint64_t>(target, source, length);
      copy_out_one<uint64_t>(target, source, length);
    }
    while (length >= kWord) copy_out_one<uint64_t>(target, source, length);
  }
  if (length >= 4 && reinterpret_cast<uintptr_t>(source) % 4 == 0)
    copy_out_one<uint32_t>(target, source, length);
  if (length >= 2 && reinterpret_cast<uintptr_t>(source) % 2 == 0)
    copy_out_one<uint16_t>(target, source, length);
  while (length > 0) copy_out_one<uint8_t>(target, source, length);
}

void shared_copy_in(void* shared_target, const void* private_source, size_t length) {
  auto* target = static_cast<uint8_t*>(shared_target);
  auto* source = static_cast<const uint8_t*>(private_source);
  if (needs_step(target, 1, length)) copy_in_one<uint8_t>(target, source, length);
  if (needs_step(target, 2, length)) copy_in_one<uint16_t>(target, source, length);
  if (needs_step(target, 4, length)) copy_in_one<uint32_t>(target, source, length);
  if (reinterpret_cast<uintptr_t>(target) % kWord == 0) {
    while (length >= 4 * kWord) {
      copy_in_one<uint64_t>(target, source, length);
      copy_in_one<uint64_t>(target, source, length);
      copy_in_one<uint64_t>(target, source, length);
      copy_in_one<uint64_t>(target, source, length);
    }
    while (length >= kWord) copy_in_one<uint64_t>(target, source, length);
  }
  if (length >= 4 && reinterpret_cast<uintptr_t>(target) % 4 == 0)
    copy_in_one<uint32_t>(target, source, length);
  if (length >= 2 && reinterpret_cast<uintptr_t>(target) % 2 == 0)
    copy_in_one<uint16_t>(target, source, length);
  while (length > 0) copy_in_one<uint8_t>(target, source, length);
}

// By way of a private buffer: a piece is read completely before it is written, and the pieces go in the
// direction in which an overlap does no harm. Cuts fall on word boundaries of the target; the source's
// own words are never split by a cut when both have the same alignment.
void shared_move(void* shared_target, const void* shared_source, size_t length) {
  constexpr size_t kPiece = 512;
  alignas(kWord) uint8_t buffer[kPiece];
  auto* target = static_cast<uint8_t*>(shared_target);
  auto* source = static_cast<const uint8_t*>(shared_source);
  const uintptr_t distance = reinterpret_cast<uintptr_t>(target) - reinterpret_cast<uintptr_t>(source);
  if (distance == 0) {
    return;
  }
  const bool forward = distance >= length;  // also when the target lies below: the distance wraps around
  const size_t head = std::min(length, (kWord - reinterpret_cast<uintptr_t>(target) % kWord) % kWord);
  if (forward) {
    for (size_t done = 0; done < length;) {
      size_t piece = done == 0 && head > 0 ? head : std::min(kPiece, length - done);
      shared_copy_out(buffer, source + done, piece);
      shared_copy_in(target + done, buffer, piece);
      done += piece;
    }
    return;
  }
  while (length > 0) {
    size_t start = length > head ? head + (length - head - 1) / kPiece * kPiece : 0;
    shared_copy_out(buffer, source + start, length - start);
    shared_copy_in(target + start, buffer, length - start);
    length = start;
  }
}

void shared_fill(void* shared_target, uint8_t byte, size_t length) {
  constexpr size_t kPiece = 512;
  uint8_t buffer[kPiece];
  std::memset(buffer, byte, std::min(length, kPiece));
  auto* target = static_cast<uint8_t*>(shared_target);
  while (length > 0) {
    size_t piece = std::min(length, kPiece);
    shared_copy_in(target, buffer, piece);
    target += piece;
    length -= piece;
  }
}

}  // namespace skein::threading::internal
