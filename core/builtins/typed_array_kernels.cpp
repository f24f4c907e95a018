#include "core/builtins/typed_array_kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

#include "core/numeric/conversions.h"
#include "core/threading/shared_access.h"

namespace skein {

using threading::SharedAccess;

namespace {

// Between two polls: tens of microseconds.
constexpr size_t kBytesPerPoll = size_t{256} << 10;
constexpr size_t kCopiedBytesPerPoll = size_t{4} << 20;

struct Float16 {
  uint16_t bits;
};

// Calls `f` with an (unspecified) value of the type that the elements are stored as.
template <typename F>
auto with_storage_type(ElementType type, F&& f) {
  switch (type) {
    case ElementType::kInt8: return f(int8_t{});
    case ElementType::kUint8:
    case ElementType::kUint8Clamped: return f(uint8_t{});
    case ElementType::kInt16: return f(int16_t{});
    case ElementType::kUint16: return f(uint16_t{});
    case ElementType::kInt32: return f(int32_t{});
    case ElementType::kUint32: return f(uint32_t{});
    case ElementType::kBigInt64: return f(int64_t{});
    case ElementType::kBigUint64: return f(uint64_t{});
    case ElementType::kFloat16: return f(Float16{});
    case ElementType::kFloat32: return f(float{});
    case ElementType::kFloat64: return f(double{});
  }
  SKEIN_UNREACHABLE();
}
// The same with an unsigned integer of the element's size.
template <typename F>
auto with_word_type(ElementType type, F&& f) {
  switch (element_size(type)) {
    case 1: return f(uint8_t{});
    case 2: return f(uint16_t{});
    case 4: return f(uint32_t{});
    case 8: return f(uint64_t{});
  }
  SKEIN_UNREACHABLE();
}

struct PlainAccess {
  template <typename T>
  static T read(const T* address) { return *address; }
  template <typename T>
  static void write(T* address, T value) { *address = value; }
};
struct RelaxedAccess {
  template <typename T>
  static T read(const T* address) { return SharedAccess::read<T>(address); }
  template <typename T>
  static void write(T* address, T value) { SharedAccess::write<T>(address, value); }
};
template <typename F>
auto with_access(TypedArray* array, F&& f) {
  return array->buffer()->is_shared() ? f(RelaxedAccess()) : f(PlainAccess());
}

template <typename T>
T* elements(TypedArray* array) { return reinterpret_cast<T*>(array->data()); }

}  // namespace

// --- Search ---------------------------------------------------------------------------------------------------

namespace {

// The index of the first (last) element that matches, or `count`. A stride is tested as a whole, which vectorizes.
template <Direction kDirection, typename T, typename Matches>
size_t find_in(const T* element, size_t count, Matches matches) {
  constexpr size_t kStride = 32;
  size_t passed = 0;
  auto at = [&](size_t i) { return kDirection == Direction::kForward ? i : count - 1 - i; };
  for (; passed + kStride <= count; passed += kStride) {
    const T* stride = kDirection == Direction::kForward ? element + passed : element + (count - passed - kStride);
    bool any = false;
    for (size_t i = 0; i < kStride; ++i) any |= matches(stride[i]);
    if (any) break;
  }
  for (; passed < count; ++passed)
    if (matches(element[at(passed)])) return at(passed);
  return count;
}

template <typename T, typename Matches>
Completion<size_t> find_matching(Agent& agent, TypedArray* array, size_t from, size_t to, Direction direction, Matches matches) {
  constexpr size_t kPiece = 4096 / sizeof(T);
  T copy[kPiece];
  for (size_t passed = 0;;) {
    to = std::min(to, array->length());
    if (from >= to) return kNoElement;
    const size_t count = std::min(kPiece, to - from);
    const size_t start = direction == Direction::kForward ? from : to - count;
    const T* piece = elements<T>(array) + start;
    if (array->buffer()->is_shared()) {
      SharedAccess::copy_from(copy, piece, count * sizeof(T));
      piece = copy;
    }
    const size_t found = direction == Direction::kForward ? find_in<Direction::kForward>(piece, count, matches)
                                                          : find_in<Direction::kBackward>(piece, count, matches);
    if (found != count) return start + found;
    if (direction == Direction::kForward) from += count;
    else to -= count;
    if ((passed += count * sizeof(T)) % kBytesPerPoll == 0) TRY(agent.poll());
  }
}

template <typename T>
Completion<size_t> find_integer(Agent& agent, TypedArray* array, size_t from, size_t to, Value wanted, Direction direction) {
  T value;
  if constexpr (sizeof(T) == 8) {
    if (!wanted.is_bigint()) return kNoElement;
    value = static_cast<T>(bigint_to_uint64(wanted.as_bigint()));
    Value back = std::is_signed_v<T> ? bigint_from_int64(agent, static_cast<int64_t>(value)) : bigint_from_uint64(agent, static_cast<uint64_t>(value));
    if (bigint_compare(back.as_bigint(), wanted.as_bigint()) != Ordering::kEqual) return kNoElement;
  } else {
    if (!wanted.is_number()) return kNoElement;
    double number = wanted.as_number();
    if (!(number >= std::numeric_limits<T>::min() && number <= std::numeric_limits<T>::max()) || number != std::trunc(number)) return kNoElement;
    value = static_cast<T>(number);
  }
  return find_matching<T>(agent, array, from, to, direction, [value](T element) { return element == value; });
}

template <typename T>
Completion<size_t> find_float(Agent& agent, TypedArray* array, size_t from, size_t to, Value wanted, Equality equality, Direction direction) {
  if (!wanted.is_number()) return kNoElement;
  double number = wanted.as_number();
  if (std::isnan(number)) {
    if (equality == Equality::kStrict) return kNoElement;
    return find_matching<T>(agent, array, from, to, direction, [](T element) { return element != element; });
  }
  T value = static_cast<T>(number);
  if (static_cast<double>(value) != number) return kNoElement;
  return find_matching<T>(agent, array, from, to, direction, [value](T element) { return element == value; });
}

Completion<size_t> find_float16(Agent& agent, TypedArray* array, size_t from, size_t to, Value wanted, Equality equality, Direction direction) {
  if (!wanted.is_number()) return kNoElement;
  double number = wanted.as_number();
  constexpr uint16_t kMagnitude = 0x7FFF, kInfinity = 0x7C00;
  if (std::isnan(number)) {
    if (equality == Equality::kStrict) return kNoElement;
    return find_matching<uint16_t>(agent, array, from, to, direction, [](uint16_t bits) { return (bits & kMagnitude) > kInfinity; });
  }
  const uint16_t value = numeric::double_to_float16_bits(number);
  if (numeric::float16_bits_to_double(value) != number) return kNoElement;
  if (number == 0) return find_matching<uint16_t>(agent, array, from, to, direction, [](uint16_t bits) { return (bits & kMagnitude) == 0; });
  return find_matching<uint16_t>(agent, array, from, to, direction, [value](uint16_t bits) { return bits == value; });
}

}  // namespace

Completion<size_t> find_element(Agent& agent, TypedArray* array, size_t from, size_t to, Value wanted, Equality equality, Direction direction) {
  return with_storage_type(array->element_type(), [&](auto zero) {
    using T = decltype(zero);
    if constexpr (std::is_integral_v<T>) return find_integer<T>(agent, array, from, to, wanted, direction);
    else if constexpr (std::is_same_v<T, Float16>) return find_float16(agent, array, from, to, wanted, equality, direction);
    else return find_float<T>(agent, array, from, to, wanted, equality, direction);
  });
}

// --- Stores ---------------------------------------------------------------------------------------------------

Completion<void> repeat_element(Agent& agent, TypedArray* array, size_t first, size_t last) {
  return with_word_type(array->element_type(), [&](auto zero) -> Completion<void> {
    using Word = decltype(zero);
    constexpr size_t kPiece = kBytesPerPoll / sizeof(Word);
    const bool is_shared = array->buffer()->is_shared();
    Word* start = elements<Word>(array);
    const Word word = is_shared ? SharedAccess::read<Word>(start + first) : start[first];
    for (size_t from = first + 1; from < last;) {
      const size_t count = std::min(kPiece, last - from);
      Word* to = elements<Word>(array) + from;
      if (!is_shared) std::fill_n(to, count, word);
      else if constexpr (sizeof(Word) == 1) SharedAccess::fill(to, word, count);
      else for (size_t i = 0; i < count; ++i) SharedAccess::write<Word>(to + i, word);
      from += count;
      TRY(agent.poll());
      last = std::min(last, array->length());
    }
    return {};
  });
}

Completion<void> reverse_elements(Agent& agent, TypedArray* array) {
  return with_word_type(array->element_type(), [&](auto zero) -> Completion<void> {
    using Word = decltype(zero);
    constexpr size_t kPiece = kBytesPerPoll / sizeof(Word);
    const size_t length = array->length(), pairs = length / 2;
    for (size_t from = 0; from < pairs && array->length() >= length;) {
      const size_t count = std::min(kPiece, pairs - from);
      Word* low = elements<Word>(array) + from;
      Word* high = elements<Word>(array) + (length - 1 - from);
      with_access(array, [&](auto access) {
        for (size_t i = 0; i < count; ++i, ++low, --high) {
          Word front = access.read(low), back = access.read(high);
          access.write(low, back);
          access.write(high, front);
        }
      });
      from += count;
      TRY(agent.poll());
    }
    return {};
  });
}

Completion<void> copy_reversed(Agent& agent, TypedArray* target, TypedArray* source) {
  return with_word_type(source->element_type(), [&](auto zero) -> Completion<void> {
    using Word = decltype(zero);
    constexpr size_t kPiece = kBytesPerPoll / sizeof(Word);
    const size_t length = source->length();
    for (size_t from = 0; from < length && source->length() >= length && target->length() >= length;) {
      const size_t count = std::min(kPiece, length - from);
      Word* to = elements<Word>(target) + from;
      const Word* back = elements<Word>(source) + (length - 1 - from);
      with_access(source, [&](auto access) {
        for (size_t i = 0; i < count; ++i) to[i] = access.read(back - i);
      });
      from += count;
      TRY(agent.poll());
    }
    return {};
  });
}

Completion<void> copy_bytes_polling(Agent& agent, ArrayBuffer* target, size_t target_index, ArrayBuffer* source, size_t source_index, size_t count) {
  // In one block, the piece that the next one would overwrite goes first.
  const bool backwards = target->data() == source->data() && target_index > source_index;
  for (size_t done = 0; done < count;) {
    if (target_index + count > target->byte_length() || source_index + count > source->byte_length()) break;
    const size_t piece = std::min(kCopiedBytesPerPoll, count - done);
    const size_t offset = backwards ? count - done - piece : done;
    copy_bytes(target, target_index + offset, source, source_index + offset, piece);
    done += piece;
    if (done < count) TRY(agent.poll());
  }
  return {};
}

// --- Order: https://tc39.es/ecma262/#sec-comparetypedarrayelements without a comparator ----------------------

namespace {

// Unsigned keys that order as the elements do: -0 before +0, every NaN at the end. Bits to keys and back, in place.
template <typename T, typename Word>
Word key_of(Word bits) {
  constexpr Word kSign = static_cast<Word>(Word{1} << (8 * sizeof(Word) - 1));
  if constexpr (std::is_unsigned_v<T>) {
    return bits;
  } else if constexpr (std::is_integral_v<T>) {
    return bits ^ kSign;
  } else {
    constexpr Word kInfinity = sizeof(Word) == 8 ? static_cast<Word>(0x7FF0000000000000) : sizeof(Word) == 4 ? static_cast<Word>(0x7F800000) : Word{0x7C00};
    if ((bits & static_cast<Word>(~kSign)) > kInfinity) return static_cast<Word>(~Word{0});
    return static_cast<Word>(bits & kSign ? ~bits : bits ^ kSign);
  }
}
template <typename T, typename Word>
Word bits_of(Word key) {
  constexpr Word kSign = static_cast<Word>(Word{1} << (8 * sizeof(Word) - 1));
  if constexpr (std::is_unsigned_v<T>) return key;
  else if constexpr (std::is_integral_v<T>) return key ^ kSign;
  else return static_cast<Word>(key & kSign ? key ^ kSign : ~key);
}

// Below that, comparing is quicker than counting.
constexpr size_t kRadixSortFrom = 512;

// Calls `f` with the bounds of each piece, and polls in between.
template <typename Word, typename F>
Completion<void> in_pieces(Agent& agent, size_t length, F&& f) {
  constexpr size_t kPiece = kBytesPerPoll / sizeof(Word);
  for (size_t from = 0; from < length; from += kPiece) {
    if (from != 0) TRY(agent.poll());
    f(from, std::min(from + kPiece, length));
  }
  return {};
}

// Sorts by one byte after the other, the lowest first. Says which of the two blocks holds the result.
template <typename Word>
Completion<Word*> radix_sort(Agent& agent, Word* keys, Word* spare, size_t length) {
  size_t counts[sizeof(Word)][256] = {};
  TRY(in_pieces<Word>(agent, length, [&](size_t from, size_t to) {
    for (size_t i = from; i < to; ++i)
      for (size_t digit = 0; digit < sizeof(Word); ++digit) ++counts[digit][(keys[i] >> (8 * digit)) & 0xFF];
  }));
  for (size_t digit = 0; digit < sizeof(Word); ++digit) {
    size_t* places = counts[digit];
    if (places[(keys[0] >> (8 * digit)) & 0xFF] == length) continue;  // all have the same
    for (size_t i = 0, place = 0; i < 256; ++i) place += std::exchange(places[i], place);
    TRY(in_pieces<Word>(agent, length, [&](size_t from, size_t to) {
      for (size_t i = from; i < to; ++i) spare[places[(keys[i] >> (8 * digit)) & 0xFF]++] = keys[i];
    }));
    std::swap(keys, spare);
  }
  return keys;
}

Completion<ArrayBuffer*> make_scratch(Agent& agent, size_t bytes) {
  TRY(make_room(agent, bytes));
  ArrayBuffer* scratch = make_array_buffer(agent, bytes);
  if (scratch == nullptr) return throw_out_of_memory(agent);
  return scratch;
}

template <typename T, typename Word>
void sort_few(TypedArray* target, TypedArray* source, size_t length) {
  Word keys[kRadixSortFrom];
  if (source->buffer()->is_shared()) SharedAccess::copy_from(keys, source->data(), length * sizeof(Word));
  else std::memcpy(keys, source->data(), length * sizeof(Word));
  for (size_t i = 0; i < length; ++i) keys[i] = key_of<T>(keys[i]);
  std::sort(keys, keys + length);
  for (size_t i = 0; i < length; ++i) keys[i] = bits_of<T>(keys[i]);
  if (target->buffer()->is_shared()) SharedAccess::copy_to(target->data(), keys, length * sizeof(Word));
  else std::memcpy(target->data(), keys, length * sizeof(Word));
}

template <typename T, typename Word>
Completion<void> sort_many(Agent& agent, TypedArray* target, TypedArray* source, size_t length) {
  const size_t bytes = length * sizeof(Word);
  // Private copies: another agent, or the host at a poll, may change the elements meanwhile.
  Root<ArrayBuffer*> scratch(agent, TRY(make_scratch(agent, bytes)));
  Root<ArrayBuffer*> spare(agent, TRY(make_scratch(agent, bytes)));
  TRY(copy_bytes_polling(agent, scratch, 0, source->buffer(), source->byte_offset_slot(), bytes));
  auto* keys = reinterpret_cast<Word*>(scratch->data());
  TRY(in_pieces<Word>(agent, length, [&](size_t from, size_t to) {
    for (size_t i = from; i < to; ++i) keys[i] = key_of<T>(keys[i]);
  }));
  keys = TRY(radix_sort(agent, keys, reinterpret_cast<Word*>(spare->data()), length));
  TRY(in_pieces<Word>(agent, length, [&](size_t from, size_t to) {
    for (size_t i = from; i < to; ++i) keys[i] = bits_of<T>(keys[i]);
  }));
  ArrayBuffer* sorted = reinterpret_cast<uint8_t*>(keys) == scratch->data() ? scratch.get() : spare.get();
  TRY(copy_bytes_polling(agent, target->buffer(), target->byte_offset_slot(), sorted, 0, std::min(length, target->length()) * sizeof(Word)));
  // Not left to the collector: a loop of sorts would hold many.
  scratch->detach(agent.heap());
  spare->detach(agent.heap());
  return {};
}

}  // namespace

Completion<void> sort_elements(Agent& agent, TypedArray* target, TypedArray* source, size_t length) {
  if (length == 0) return {};
  return with_storage_type(source->element_type(), [&](auto zero) -> Completion<void> {
    using T = decltype(zero);
    using Word = typename threading::SharedAccess::WordOf<T>;
    if (length >= kRadixSortFrom) return sort_many<T, Word>(agent, target, source, length);
    sort_few<T, Word>(target, source, length);
    return {};
  });
}

}  // namespace skein
