// BigInt to text and back, in any radix.
//
// Radices that are powers of two copy bits. For the others, both directions divide and conquer over
// the powers P(i) = (radix^k)^(2^i), where radix^k is the largest power that fits a digit: the cost is
// that of a few dozen long multiplications or divisions instead of the square of the length.
#include <algorithm>
#include <array>

#include "core/base/white_space.h"
#include "core/numeric/bigint/kernels.h"
#include "core/numeric/bigint/work.h"
#include "core/numeric/text_to_number.h"

namespace skein::numeric::bigint {
namespace {

constexpr char kCharacters[] = "0123456789abcdefghijklmnopqrstuvwxyz";

struct RadixInfo {
  int radix;
  int chunk_characters;  // how many characters a digit can hold
  Digit chunk_power;     // radix to that power

  explicit constexpr RadixInfo(int radix) : radix(radix), chunk_characters(0), chunk_power(1) {
    while (chunk_power <= ~Digit{0} / radix) {
      chunk_power *= radix;
      ++chunk_characters;
    }
  }
};

bool is_power_of_two(int radix) {
  return (radix & (radix - 1)) == 0;
}
int bits_per_character(int radix) {
  return std::countr_zero(static_cast<unsigned>(radix));
}

// The powers P(0), P(1), … as far as they are needed, in memory of one piece.
class PowerTable {
 public:
  static constexpr int kMaxLevels = 30;

  // How much memory the powers P(0) to P(levels - 1) take: P(i) has at most 2^i digits.
  static size_t memory(int levels) { return size_t{1} << levels; }

  void fill(const RadixInfo& radix, int levels, Digit* memory, Work& work) {
    for (int i = 0; i < levels && !work.stopped(); ++i) {
      digits_[i] = memory;
      if (i == 0) {
        memory[0] = radix.chunk_power;
        lengths_[0] = 1;
      } else {
        size_t previous = lengths_[i - 1];
        multiply_magnitudes(memory, digits_[i - 1], previous, digits_[i - 1], previous, work);
        if (work.stopped()) return;
        lengths_[i] = trimmed(memory, 2 * previous);
      }
      memory += size_t{1} << i;
    }
  }
  const Digit* digits(int level) const { return digits_[level]; }
  size_t length(int level) const { return lengths_[level]; }

 private:
  std::array<Digit*, kMaxLevels> digits_{};
  std::array<size_t, kMaxLevels> lengths_{};
};

// --- To text ------------------------------------------------------------------------------------

// Below this many digits, characters are split off chunk by chunk. Measured natively.
constexpr size_t kToTextLeaf = 40;

// The number of powers for a magnitude: the smallest one with P(levels) above it.
int levels_to_text(size_t length) {
  int levels = 0;
  // P(0) has at least 64 - log2(36) bits, so P(i) at least 29/32 of its 2^i digits.
  while (length > kToTextLeaf && ((size_t{1} << levels) / 32 * 29) < length) ++levels;
  return levels;
}

class ToText {
 public:
  ToText(int radix, Work& work) : radix_(radix), work_(work) {}

  // Writes the characters of a magnitude below P(level + 1), whose digits are destroyed, in front of
  // `end`, with zeros to make `width` characters. Returns the start.
  char* write(Digit* digits, size_t length, size_t width, char* end, int level) {
    length = trimmed(digits, length);
    if (length <= kToTextLeaf) return write_leaf(digits, length, width, end);
    const Digit* power = powers_.digits(level);
    size_t power_length = powers_.length(level);
    bool is_smaller =
        length < power_length || (length == power_length && compare_digits(digits, power, length) < 0);
    if (is_smaller) return write(digits, length, width, end, level - 1);

    size_t low_width = static_cast<size_t>(radix_.chunk_characters) << level;
    size_t quotient_length = length - power_length + 1;
    Scratch quotient(quotient_length, work_);
    if (!quotient) return end;
    divide_magnitudes(quotient.get(), digits, digits, length, power, power_length, work_);
    if (work_.stopped()) return end;
    char* middle = write(digits, power_length, low_width, end, level - 1);
    size_t high_width = width > low_width ? width - low_width : 0;
    return write(quotient.get(), quotient_length, high_width, middle, level - 1);
  }

  PowerTable& powers() { return powers_; }

 private:
  char* write_leaf(Digit* digits, size_t length, size_t width, char* end) {
    work_.charge(length * length);
    char* start = end;
    while (length > 0) {
      Digit chunk = divide_by_digit(digits, digits, length, radix_.chunk_power);
      length = trimmed(digits, length);
      for (int i = 0; i < radix_.chunk_characters && (chunk != 0 || length > 0); ++i) {
        *--start = kCharacters[chunk % radix_.radix];
        chunk /= radix_.radix;
      }
    }
    while (static_cast<size_t>(end - start) < width) *--start = '0';
    return start;
  }

  RadixInfo radix_;
  Work& work_;
  PowerTable powers_;
};

size_t write_power_of_two(View value, int radix, char* out) {
  int bits = bits_per_character(radix);
  uint64_t total = bit_length(value);
  size_t length = static_cast<size_t>((total + bits - 1) / bits);
  const Digit* digits = value.magnitude.data();
  for (size_t i = 0; i < length; ++i) {
    uint64_t position = static_cast<uint64_t>(i) * bits;
    auto index = static_cast<size_t>(position / kDigitBits);
    int shift = static_cast<int>(position % kDigitBits);
    Digit character = digits[index] >> shift;
    if (shift + bits > kDigitBits && index + 1 < value.length())
      character |= digits[index + 1] << (kDigitBits - shift);
    out[length - 1 - i] = kCharacters[character & (radix - 1)];
  }
  return length;
}

// --- From text ----------------------------------------------------------------------------------

constexpr int kFromTextLeafLevel = 5;  // blocks of 2^5 digits are converted digit by digit

// log2(radix), rounded up, in 1/32.
constexpr int bits_of_radix_32(int radix) {
  // The smallest b with 2^(b / 32) >= radix, from 2^b >= radix^32 in floating point, rounded up.
  double power = 1;
  for (int i = 0; i < 32; ++i) power *= radix;
  int bits = 0;
  for (double reached = 1; reached < power; reached *= 2) ++bits;
  return bits;
}

template <typename Unit>
class FromText {
 public:
  FromText(std::span<const Unit> text, int radix, Work& work) : text_(text), radix_(radix), work_(work) {}

  // How many digits' worth of characters there are.
  size_t chunks() const { return (text_.size() + radix_.chunk_characters - 1) / radix_.chunk_characters; }

  // Chunks (in order from the lowest) in [first, first + count), by multiplying and adding.
  void convert_leaf(size_t first, size_t count, Digit* out) {
    work_.charge(count * count);
    clear_digits(out, count);
    size_t length = 0;
    for (size_t i = count; i-- > 0;) {
      Digit carry = multiply_digit(out, out, length, radix_.chunk_power, chunk(first + i));
      if (carry != 0) out[length++] = carry;
    }
  }

 private:
  // The value of the characters of one chunk.
  Digit chunk(size_t index) const {
    size_t end = text_.size() - index * radix_.chunk_characters;
    size_t start = end > static_cast<size_t>(radix_.chunk_characters) ? end - radix_.chunk_characters : 0;
    Digit value = 0;
    for (size_t i = start; i < end; ++i) value = value * radix_.radix + digit_value(text_[i]);
    return value;
  }

  std::span<const Unit> text_;
  RadixInfo radix_;
  Work& work_;
};

template <typename Unit>
size_t read_power_of_two(std::span<const Unit> text, int radix, Digit* out, size_t length) {
  int bits = bits_per_character(radix);
  clear_digits(out, length);
  for (size_t i = 0; i < text.size(); ++i) {
    auto value = static_cast<Digit>(digit_value(text[text.size() - 1 - i]));
    uint64_t position = static_cast<uint64_t>(i) * bits;
    auto index = static_cast<size_t>(position / kDigitBits);
    int shift = static_cast<int>(position % kDigitBits);
    out[index] |= value << shift;
    if (shift + bits > kDigitBits && index + 1 < length) out[index + 1] |= value >> (kDigitBits - shift);
  }
  return trimmed(out, length);
}

template <typename Unit>
std::span<const Unit> without_leading_zeros(std::span<const Unit> digits) {
  size_t zeros = 0;
  while (zeros < digits.size() && digits[zeros] == '0') ++zeros;
  return digits.subspan(zeros);
}

template <typename Unit>
size_t from_text_size_of(const Literal<Unit>& literal) {
  auto digits = without_leading_zeros(literal.digits);
  if (digits.empty()) return 0;
  uint64_t bits = (static_cast<uint64_t>(digits.size()) * bits_of_radix_32(literal.radix) + 31) / 32;
  return static_cast<size_t>((bits + kDigitBits - 1) / kDigitBits);
}

// Joins pairs of neighbouring blocks: high * P(level) + low, where blocks have 2^level digits and the
// last one may be shorter, or alone.
void join_blocks(const Digit* from, Digit* to, size_t length, int level, const PowerTable& powers,
                 Digit* product, Work& work) {
  size_t block = size_t{1} << level;
  for (size_t start = 0; start < length && !work.stopped(); start += 2 * block) {
    size_t end = std::min(start + 2 * block, length);
    copy_digits(to + start, from + start, end - start);
    if (end - start <= block) return;
    const Digit* high = from + start + block;
    size_t high_length = trimmed(high, end - start - block);
    clear_digits(to + start + block, high_length);
    multiply_magnitudes(product, high, high_length, powers.digits(level), powers.length(level), work);
    size_t product_length = trimmed(product, high_length + powers.length(level));
    if (work.stopped()) return;
    accumulate(to + start, end - start, product, product_length);
  }
}

template <typename Unit>
Outcome convert_text(std::span<const Unit> text, int radix, Digits digits, Result& result, const Poll& poll) {
  Work work(poll);
  FromText<Unit> reader(text, radix, work);
  size_t chunks = reader.chunks();
  int levels = std::bit_width(chunks - 1);  // 2^levels >= chunks
  bool only_leaf = levels <= kFromTextLeafLevel;
  Scratch memory(3 * chunks + (only_leaf ? 0 : PowerTable::memory(levels)), work);
  if (!memory) return work.outcome();
  Digit* current = memory.get();
  Digit* next = current + chunks;
  Digit* product = next + chunks;  // as long as the value, or shorter
  constexpr size_t kLeaf = size_t{1} << kFromTextLeafLevel;
  for (size_t first = 0; first < chunks && !work.stopped(); first += kLeaf) {
    reader.convert_leaf(first, std::min(kLeaf, chunks - first), current + first);
  }
  if (!only_leaf) {
    PowerTable powers;
    powers.fill(RadixInfo(radix), levels, product + chunks, work);
    for (int level = kFromTextLeafLevel; level < levels && !work.stopped(); ++level) {
      join_blocks(current, next, chunks, level, powers, product, work);
      std::swap(current, next);
    }
  }
  if (work.stopped()) return work.outcome();
  result.length = trimmed(current, chunks);
  SKEIN_DCHECK(result.length <= digits.size());
  copy_digits(digits.data(), current, result.length);
  return Outcome::kDone;
}

template <typename Unit>
Outcome from_text_of(const Literal<Unit>& literal, Digits digits, Result& result, const Poll& poll) {
  result = {};
  auto text = without_leading_zeros(literal.digits);
  if (text.empty()) return Outcome::kDone;
  Outcome outcome = Outcome::kDone;
  if (is_power_of_two(literal.radix)) {
    result.length = read_power_of_two(text, literal.radix, digits.data(), from_text_size_of(literal));
  } else {
    outcome = convert_text(text, literal.radix, digits, result, poll);
  }
  result.negative = result.length != 0 && literal.negative;
  return outcome;
}

template <typename Unit>
Literal<Unit> scan_literal_of(std::span<const Unit> text) {
  while (!text.empty() && is_trimmed(text.front())) text = text.subspan(1);
  while (!text.empty() && is_trimmed(text.back())) text = text.first(text.size() - 1);
  Literal<Unit> literal;
  literal.valid = true;
  if (text.empty()) return literal;
  if (text.size() > 2 && text[0] == '0' && digit_value(text[1]) >= 10) {
    char letter = kCharacters[digit_value(text[1])];
    literal.radix = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
    if (literal.radix != 10) text = text.subspan(2);
  } else if (text[0] == '+' || text[0] == '-') {
    literal.negative = text[0] == '-';
    text = text.subspan(1);
  }
  literal.digits = text;
  literal.valid = !text.empty() && std::all_of(text.begin(), text.end(), [&](Unit unit) {
    int value = digit_value(unit);
    return value >= 0 && value < literal.radix;
  });
  return literal;
}

}  // namespace

size_t to_text_size(View value, int radix) {
  if (value.is_zero()) return 1;
  size_t sign = value.negative ? 1 : 0;
  uint64_t bits = bit_length(value);
  if (is_power_of_two(radix)) {
    int each = bits_per_character(radix);
    return static_cast<size_t>((bits + each - 1) / each) + sign;
  }
  // log2(radix), rounded down, in 1/32; one more for the rounding of the result.
  int bits_32 = bits_of_radix_32(radix) - 1;
  return static_cast<size_t>(bits * 32 / bits_32) + 2 + sign;
}

Outcome to_text(View value, int radix, std::span<char> out, size_t& length, const Poll& poll) {
  SKEIN_DCHECK(radix >= 2 && radix <= 36 && out.size() >= to_text_size(value, radix));
  length = 1;
  if (value.is_zero()) {
    out[0] = '0';
    return Outcome::kDone;
  }
  size_t sign = value.negative ? 1 : 0;
  if (value.negative) out[0] = '-';
  if (is_power_of_two(radix)) {
    length = sign + write_power_of_two(value, radix, out.data() + sign);
    return Outcome::kDone;
  }

  Work work(poll);
  ToText converter(radix, work);
  int levels = levels_to_text(value.length());
  Scratch memory(value.length() + PowerTable::memory(levels), work);
  if (!memory) return work.outcome();
  Digit* digits = memory.get();
  copy_digits(digits, value.magnitude.data(), value.length());
  converter.powers().fill(RadixInfo(radix), levels, digits + value.length(), work);
  if (work.stopped()) return work.outcome();
  char* end = out.data() + out.size();
  char* start = converter.write(digits, value.length(), 0, end, levels - 1);
  if (work.stopped()) return work.outcome();
  std::copy(start, end, out.data() + sign);
  length = sign + static_cast<size_t>(end - start);
  return Outcome::kDone;
}

Literal<uint8_t> scan_literal(std::span<const uint8_t> text) {
  return scan_literal_of(text);
}
Literal<char16_t> scan_literal(std::span<const char16_t> text) {
  return scan_literal_of(text);
}
size_t from_text_size(const Literal<uint8_t>& literal) {
  return from_text_size_of(literal);
}
size_t from_text_size(const Literal<char16_t>& literal) {
  return from_text_size_of(literal);
}
Outcome from_text(const Literal<uint8_t>& literal, Digits digits, Result& result, const Poll& poll) {
  return from_text_of(literal, digits, result, poll);
}
Outcome from_text(const Literal<char16_t>& literal, Digits digits, Result& result, const Poll& poll) {
  return from_text_of(literal, digits, result, poll);
}

}  // namespace skein::numeric::bigint
