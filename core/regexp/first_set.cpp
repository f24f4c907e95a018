#include "core/regexp/first_set.h"

#include <algorithm>
#include <bit>
#include <iterator>

namespace skein::regexp {

namespace {

// Where each stretch begins.
constexpr uint32_t kStretches[] = {0x0100, 0x0250, 0x0370, 0x0400, 0x0530, 0x1680, 0x1681, 0x2000, 0x200B,
                                   0x2028, 0x202A, 0x202F, 0x2030, 0x205F, 0x2060, 0x3000, 0x3001, 0x3040,
                                   0x3100, 0x4E00, 0xA000, 0xAC00, 0xD800, 0xDC00, 0xE000, 0xFEFF, 0xFF00};
static_assert(std::size(kStretches) <= 32);

uint32_t stretch_of(uint32_t unit) {
  return static_cast<uint32_t>(std::upper_bound(std::begin(kStretches), std::end(kStretches), unit) -
                               std::begin(kStretches) - 1);
}

}  // namespace

FirstSet FirstSet::everything() {
  FirstSet set;
  set.add_range(0, 0xFFFF);
  set.at_end_ = true;
  return set;
}

FirstSet FirstSet::end_of_input() {
  FirstSet set;
  set.at_end_ = true;
  return set;
}

FirstSet FirstSet::of_unit(char16_t unit) {
  FirstSet set;
  set.add_range(unit, unit);
  return set;
}

FirstSet FirstSet::of(const CodePointSet& code_points) {
  FirstSet set;
  for (CodePointSet::Range range : code_points.ranges()) {
    if (range.first <= 0xFFFF) set.add_range(range.first, std::min<uint32_t>(range.last, 0xFFFF));
    if (range.last > 0xFFFF) set.add_range(0xD800, 0xDBFF);
  }
  return set;
}

void FirstSet::add_range(uint32_t first, uint32_t last) {
  for (uint32_t word = 0; word < 4; ++word) {
    uint32_t low = std::max(first, word * 64);
    uint32_t high = std::min(last, word * 64 + 63);
    if (low > high) continue;
    latin1_[word] |= (~uint64_t{0} >> (63 - (high - low))) << (low & 63);
  }
  if (last < 0x100) return;
  uint32_t from = stretch_of(std::max<uint32_t>(first, 0x100));
  uint32_t to = stretch_of(last);
  beyond_ |= (~uint32_t{0} >> (31 - (to - from))) << from;
}

void FirstSet::unite(const FirstSet& other) {
  for (size_t word = 0; word < 4; ++word) latin1_[word] |= other.latin1_[word];
  beyond_ |= other.beyond_;
  at_end_ |= other.at_end_;
}

bool FirstSet::shares_unit_with(const FirstSet& other) const {
  for (size_t word = 0; word < 4; ++word) {
    if (latin1_[word] & other.latin1_[word]) return true;
  }
  return (beyond_ & other.beyond_) != 0;
}

bool FirstSet::is_everything() const {
  return at_end_ && latin1_count() == 256 &&
         static_cast<size_t>(std::popcount(beyond_)) == std::size(kStretches);
}

uint32_t FirstSet::latin1_count() const {
  uint32_t count = 0;
  for (uint64_t word : latin1_) count += static_cast<uint32_t>(std::popcount(word));
  return count;
}

}  // namespace skein::regexp
