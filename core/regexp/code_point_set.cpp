#include "core/regexp/code_point_set.h"

#include <algorithm>

namespace skein::regexp {

void CodePointSet::add(uint32_t first, uint32_t last) {
  if (ranges_.empty()) {
    ranges_.push_back({first, last});
    return;
  }
  Range& back = ranges_.back();
  if (first >= back.first && first <= back.last + 1) {
    back.last = std::max(back.last, last);
    return;
  }
  if (first < back.first) sorted_ = false;
  ranges_.push_back({first, last});
}

void CodePointSet::normalise() const {
  if (sorted_) return;
  sorted_ = true;
  std::sort(ranges_.begin(), ranges_.end(), [](Range a, Range b) { return a.first < b.first; });
  size_t kept = 0;
  for (size_t i = 1; i < ranges_.size(); ++i) {
    if (ranges_[i].first <= ranges_[kept].last + 1) {
      ranges_[kept].last = std::max(ranges_[kept].last, ranges_[i].last);
    } else {
      ranges_[++kept] = ranges_[i];
    }
  }
  ranges_.resize(kept + 1);
}

std::span<const CodePointSet::Range> CodePointSet::ranges() const {
  normalise();
  return ranges_;
}

void CodePointSet::unite(const CodePointSet& other) {
  if (this == &other) return;
  for (Range range : other.ranges()) add(range.first, range.last);
}

void CodePointSet::intersect(const CodePointSet& other) {
  normalise();
  other.normalise();
  std::vector<Range> result;
  auto a = ranges_.begin();
  auto b = other.ranges_.begin();
  while (a != ranges_.end() && b != other.ranges_.end()) {
    uint32_t first = std::max(a->first, b->first);
    uint32_t last = std::min(a->last, b->last);
    if (first <= last) result.push_back({first, last});
    if (a->last < b->last) {
      ++a;
    } else {
      ++b;
    }
  }
  ranges_ = std::move(result);
}

void CodePointSet::subtract(const CodePointSet& other) {
  CodePointSet rest = other;
  rest.invert();
  intersect(rest);
}

void CodePointSet::invert() {
  normalise();
  std::vector<Range> result;
  uint32_t next = 0;
  for (Range range : ranges_) {
    if (range.first > next) result.push_back({next, range.first - 1});
    next = range.last + 1;
  }
  if (next <= kMaxCodePoint) result.push_back({next, kMaxCodePoint});
  ranges_ = std::move(result);
}

bool CodePointSet::contains(uint32_t code_point) const {
  normalise();
  auto after = std::upper_bound(ranges_.begin(), ranges_.end(), code_point,
                                [](uint32_t value, Range range) { return value < range.first; });
  return after != ranges_.begin() && code_point <= std::prev(after)->last;
}

bool CodePointSet::is_all() const {
  normalise();
  return ranges_.size() == 1 && ranges_[0] == Range{0, kMaxCodePoint};
}

uint32_t CodePointSet::size() const {
  uint32_t count = 0;
  for (Range range : ranges()) count += range.last - range.first + 1;
  return count;
}

bool CodePointSet::operator==(const CodePointSet& other) const {
  normalise();
  other.normalise();
  return ranges_ == other.ranges_;
}

}  // namespace skein::regexp
