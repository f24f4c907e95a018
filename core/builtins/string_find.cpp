#include "core/builtins/string_find.h"

#include <algorithm>

#include "core/base/wide.h"

namespace skein {

namespace {

// Texts that are searched in one go; longer ones in windows of that size.
constexpr uint32_t kWindow = 1 << 20;
// Needles that StringView's functions may take in such a window: they compare at every place, all but the search for
// latin1 in latin1, which is linear but cannot be interrupted.
constexpr uint32_t kShortNeedle = 64, kShortLatin1Needle = 1 << 16;

// --- Rabin and Karp: the hashes of all substrings of the needle's length, each from the one before ----------

constexpr uint64_t kModulus = (uint64_t{1} << 61) - 1;

uint64_t add(uint64_t a, uint64_t b) {
  const uint64_t sum = a + b;
  return sum >= kModulus ? sum - kModulus : sum;
}
uint64_t multiply(uint64_t a, uint64_t b) {
  const DoubleWord product = multiply_wide(a, b);
  return add(static_cast<uint64_t>(product) & kModulus, static_cast<uint64_t>(product >> 61));
}

// The first i where text[i..] begins with the needle, or -1; `text` and `needle` give the units by their index,
// and `matches(i)` compares. Hashes that coincide by chance cost time only, and nobody knows the base beforehand.
template <typename Text, typename Needle, typename Matches>
Completion<int64_t> find_by_hash(Agent& agent, size_t text_length, Text text, size_t needle_length, Needle needle, Matches matches) {
  constexpr size_t kUnitsPerPoll = 16 * 1024;
  const uint64_t base = (uint64_t{agent.next_hash()} << 16 | 0xFFFF) + 2;
  uint64_t wanted = 0, hash = 0, highest = 1;  // the weight of the unit that leaves
  for (size_t i = 0; i < needle_length; ++i) {
    wanted = add(multiply(wanted, base), needle(i));
    hash = add(multiply(hash, base), text(i));
    if (i != 0) highest = multiply(highest, base);
    if (i % kUnitsPerPoll == 0) TRY(agent.poll());
  }
  for (size_t i = 0;; ++i) {
    if (hash == wanted && matches(i)) return static_cast<int64_t>(i);
    if (i + needle_length >= text_length) return -1;
    hash = add(hash, kModulus - multiply(text(i), highest));
    hash = add(multiply(hash, base), text(i + needle_length));
    if (i % kUnitsPerPoll == 0) TRY(agent.poll());
  }
}

bool is_short(StringView text, StringView needle) {
  return needle.length() <= (text.is_latin1() && needle.is_latin1() ? kShortLatin1Needle : kShortNeedle);
}

}  // namespace

Completion<int64_t> find_string(Agent& agent, StringView text, StringView needle, uint32_t from) {
  if (needle.length() > text.length() || from > text.length() - needle.length()) return -1;
  if (is_short(text, needle)) {
    for (uint32_t start = from;; start += kWindow) {
      const uint32_t end = static_cast<uint32_t>(std::min<uint64_t>(text.length(), uint64_t{start} + kWindow + needle.length()));
      int64_t found = text.substring(start, end).index_of(needle);
      if (found >= 0) return start + found;
      if (end == text.length()) return -1;
      TRY(agent.poll());
    }
  }
  auto matches = [&](size_t i) { return text.substring(from + static_cast<uint32_t>(i), from + static_cast<uint32_t>(i) + needle.length()) == needle; };
  int64_t found = TRY(text.visit([&](auto units) {
    return needle.visit([&](auto pattern) {
      return find_by_hash(agent, units.size() - from, [&](size_t i) { return units[from + i]; }, pattern.size(), [&](size_t i) { return pattern[i]; }, matches);
    });
  }));
  return found < 0 ? -1 : from + found;
}

Completion<int64_t> find_last_string(Agent& agent, StringView text, StringView needle, uint32_t from) {
  if (needle.length() > text.length()) return -1;
  uint32_t last = std::min(from, text.length() - needle.length());
  if (needle.length() <= kShortNeedle) {
    for (;; last -= kWindow) {
      const uint32_t first = last >= kWindow ? last - kWindow : 0;
      int64_t found = text.substring(first, last + needle.length()).last_index_of(needle, last - first);
      if (found >= 0) return first + found;
      if (first == 0) return -1;
      TRY(agent.poll());
    }
  }
  // The same from the other end.
  const size_t end = last + needle.length();
  auto matches = [&](size_t i) { return text.substring(last - static_cast<uint32_t>(i), last - static_cast<uint32_t>(i) + needle.length()) == needle; };
  int64_t found = TRY(text.visit([&](auto units) {
    return needle.visit([&](auto pattern) {
      return find_by_hash(agent, end, [&](size_t i) { return units[end - 1 - i]; }, pattern.size(), [&](size_t i) { return pattern[pattern.size() - 1 - i]; }, matches);
    });
  }));
  return found < 0 ? -1 : last - found;
}

}  // namespace skein
