// Which code units a match of some part of a pattern may begin with: an over-approximation, small
// enough to sit in every node. It decides where a loop needs no backtracking, which alternatives
// can be passed over, and where a match may start.
#pragma once

#include <array>
#include <cstdint>

#include "core/regexp/code_point_set.h"

namespace skein::regexp {

class FirstSet {
 public:
  static FirstSet everything();
  // At a position with no unit at all: the end of the input.
  static FirstSet end_of_input();
  static FirstSet of_unit(char16_t unit);
  // The first code units of the members; those of a pattern without u and v are units already.
  static FirstSet of(const CodePointSet& set);

  void unite(const FirstSet& other);
  bool shares_unit_with(const FirstSet& other) const;
  bool has_latin1(uint8_t unit) const { return (latin1_[unit >> 6] >> (unit & 63)) & 1; }
  bool has_beyond_latin1() const { return beyond_ != 0; }
  bool at_end() const { return at_end_; }
  bool is_everything() const;
  uint32_t latin1_count() const;

 private:
  void add_range(uint32_t first, uint32_t last);

  std::array<uint64_t, 4> latin1_{};
  // A bit for each stretch of units from 100 on; the stretches are cut around white space and
  // surrogates, so that \s and \S, or an emoji and a letter, stay disjoint.
  uint32_t beyond_ = 0;
  bool at_end_ = false;
};

}  // namespace skein::regexp
