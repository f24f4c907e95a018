#include "core/regexp/code_builder.h"

#include <algorithm>
#include <bit>

#include "core/regexp/unicode_properties.h"

namespace skein::regexp {

CodeBuilder::CodeBuilder(const Ast& ast, Program& program, size_t max_bytes)
    : ast_(ast),
      program_(program),
      max_code_words_(std::min<size_t>(max_bytes / sizeof(uint32_t), kMaxCodeWords)),
      max_data_words_(std::min<size_t>(max_bytes / sizeof(uint32_t), kMaxDataWords)) {
  program.data.push_back(0);
}

void CodeBuilder::emit_word(uint32_t word) {
  if (program_.code.size() >= max_code_words_) {
    too_large_ = true;
    return;
  }
  program_.code.push_back(word);
}

uint32_t CodeBuilder::emit_forward(Op op) {
  emit(op);
  return here() - 1;
}

void CodeBuilder::emit_registers(Op op, uint32_t first, uint32_t count) {
  emit(op, first);
  emit_word(count);
  for (uint32_t i = 0; i < count; ++i) emit(Op::kUndo, first + i);
}

CharacterTest CodeBuilder::test_of_set(uint32_t set_index) {
  if (auto known = tests_.find(set_index); known != tests_.end()) return known->second;
  CharacterTest test = classify(ast_.sets[set_index]);
  tests_.emplace(set_index, test);
  return test;
}

bool CodeBuilder::is_dot(const CodePointSet& set) const {
  auto ranges = set.ranges();
  return ranges.size() == 4 && ranges[0] == CodePointSet::Range{0, 9} &&
         ranges[1] == CodePointSet::Range{0xB, 0xC} && ranges[2] == CodePointSet::Range{0xE, 0x2027} &&
         ranges[3] == CodePointSet::Range{0x202A, kMaxCodePoint};
}

CharacterTest CodeBuilder::classify(const CodePointSet& set) {
  auto ranges = set.ranges();
  bool points = false;
  if (ast_.flags.full_unicode()) {
    // Where all members are code units on their own, no surrogate pair needs to be put together.
    CodePointSet rest = set;
    rest.intersect({{0xD800, 0xDFFF}, {0x10000, kMaxCodePoint}});
    points = !rest.is_empty();
  }
  if (set.is_all()) return {points ? CharacterKind::kPointAny : CharacterKind::kAny, 0};
  if (is_dot(set)) return {points ? CharacterKind::kPointDot : CharacterKind::kDot, 0};
  if (points) return {CharacterKind::kPointClass, add_class_table(set)};
  if (ranges.size() == 1 && ranges[0].last <= 0xFFFF) {
    if (ranges[0].first == ranges[0].last) return {CharacterKind::kUnit, ranges[0].first};
    return {CharacterKind::kRange, ranges[0].first | (ranges[0].last - ranges[0].first) << 16};
  }
  if (set.size() == 2 && ranges.back().last <= 0xFFFF) {
    uint32_t low = ranges.front().first;
    uint32_t high = ranges.back().last;
    uint32_t difference = low ^ high;
    if (std::has_single_bit(difference)) return {CharacterKind::kMasked, difference | high << 16};
    return {CharacterKind::kPair, low | high << 16};
  }
  if (ranges.size() == 2 && ranges[0].first == 0 && ranges[1].last == kMaxCodePoint &&
      ranges[0].last + 2 == ranges[1].first && ranges[1].first <= 0xFFFF) {
    return {CharacterKind::kNotUnit, ranges[0].last + 1};
  }
  return {CharacterKind::kClass, add_class_table(set)};
}

uint32_t CodeBuilder::add_class_table(const CodePointSet& set) {
  if (!has_room(kClassBitmapWords + 1 + 2 * set.ranges().size())) return 0;
  std::vector<uint32_t>& data = program_.data;
  uint32_t offset = static_cast<uint32_t>(data.size());
  data.resize(offset + kClassBitmapWords + 1);
  for (CodePointSet::Range range : set.ranges()) {
    for (uint32_t unit = range.first; unit <= range.last && unit < 0x100; ++unit) {
      data[offset + unit / 32] |= 1u << (unit % 32);
    }
    if (range.last < 0x100) continue;
    data.push_back(range.first < 0x100 ? 0x100 : range.first);
    data.push_back(range.last + 1);
  }
  data[offset + kClassBitmapWords] = static_cast<uint32_t>(data.size()) - offset - kClassBitmapWords - 1;
  return offset;
}

uint32_t CodeBuilder::add_units(std::u16string_view units) {
  if (!has_room((units.size() + 1) / 2)) return 0;
  uint32_t offset = static_cast<uint32_t>(program_.data.size());
  for (size_t i = 0; i < units.size(); i += 2) {
    program_.data.push_back(units[i] | (i + 1 < units.size() ? uint32_t{units[i + 1]} << 16 : 0));
  }
  return offset;
}

uint32_t CodeBuilder::add_unit_table(const UnitTable& table) {
  if (auto known = unit_tables_.find(table); known != unit_tables_.end()) return known->second;
  if (!has_room(kUnitTableWords)) return 0;
  uint32_t offset = static_cast<uint32_t>(program_.data.size());
  program_.data.resize(offset + kUnitTableWords);
  for (uint32_t i = 0; i < kUnitTableBytes; ++i) {
    program_.data[offset + i / 4] |= uint32_t{table[i]} << (8 * (i % 4));
  }
  unit_tables_.emplace(table, offset);
  return offset;
}

uint32_t CodeBuilder::add_switch_table() {
  if (!has_room(kUnitTableBytes)) return 0;
  uint32_t offset = static_cast<uint32_t>(program_.data.size());
  program_.data.resize(offset + kUnitTableBytes);
  return offset;
}

bool CodeBuilder::has_room(size_t words) {
  if (program_.data.size() + words > max_data_words_) too_large_ = true;
  return !too_large_;
}

}  // namespace skein::regexp
