// A set of code points as sorted ranges: what a character class denotes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace skein::regexp {

constexpr uint32_t kMaxCodePoint = 0x10FFFF;

constexpr bool is_lead_surrogate(uint32_t unit) {
  return (unit & 0xFFFFFC00) == 0xD800;
}
constexpr bool is_trail_surrogate(uint32_t unit) {
  return (unit & 0xFFFFFC00) == 0xDC00;
}
constexpr bool is_surrogate(uint32_t unit) {
  return (unit & 0xFFFFF800) == 0xD800;
}
constexpr uint32_t combine_surrogates(uint32_t lead, uint32_t trail) {
  return 0x10000 + ((lead - 0xD800) << 10) + (trail - 0xDC00);
}
constexpr char16_t lead_surrogate_of(uint32_t code_point) {
  return static_cast<char16_t>(0xD800 + ((code_point - 0x10000) >> 10));
}
constexpr char16_t trail_surrogate_of(uint32_t code_point) {
  return static_cast<char16_t>(0xDC00 + (code_point & 0x3FF));
}

// Not for sharing between threads while it is being built: reading sorts what was added out of order.
class CodePointSet {
 public:
  struct Range {
    uint32_t first;
    uint32_t last;  // inclusive
    bool operator==(const Range&) const = default;
  };

  CodePointSet() = default;
  CodePointSet(std::initializer_list<Range> ranges) {
    for (Range range : ranges) add(range.first, range.last);
  }

  static CodePointSet all() { return {{0, kMaxCodePoint}}; }

  // Amortised constant, whatever the order of the calls.
  void add(uint32_t first, uint32_t last);
  void add(uint32_t code_point) { add(code_point, code_point); }
  void unite(const CodePointSet& other);
  void intersect(const CodePointSet& other);
  void subtract(const CodePointSet& other);
  // The complement within 0 … 10FFFF.
  void invert();

  // Sorted, disjoint, never adjacent.
  std::span<const Range> ranges() const;
  bool contains(uint32_t code_point) const;
  bool is_empty() const { return ranges_.empty(); }
  bool is_all() const;
  // The number of code points.
  uint32_t size() const;
  bool operator==(const CodePointSet& other) const;

 private:
  void normalise() const;

  mutable std::vector<Range> ranges_;
  mutable bool sorted_ = true;
};

}  // namespace skein::regexp
