// The input as the matcher's handlers see it: reading characters, testing them, running over them.
// Templated on the width of a code unit; in an 8-bit input no surrogates occur, and what takes code
// points falls together with what takes units.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "core/regexp/code_point_set.h"
#include "core/regexp/opcodes.h"

namespace skein::regexp {

// Membership in the part of a class table beyond the bitmap.
inline bool in_class_bounds(const uint32_t* table, uint32_t character) {
  uint32_t count = table[kClassBitmapWords];
  const uint32_t* bounds = table + kClassBitmapWords + 1;
  // The number of bounds ≤ character; odd inside of a range.
  uint32_t low = 0;
  uint32_t high = count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (bounds[middle] <= character) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return (low & 1) != 0;
}

inline bool in_class(const uint32_t* table, uint32_t character) {
  if (character < 0x100) return (table[character / 32] >> (character % 32)) & 1;
  return in_class_bounds(table, character);
}

constexpr bool is_line_terminator(uint32_t unit) {
  return unit == '\n' || unit == '\r' || (unit & ~1u) == 0x2028;
}

constexpr bool is_word_character(uint32_t unit, bool fold_words) {
  if (unit < 0x80) return ((unit | 0x20) - 'a' < 26) || unit - '0' < 10 || unit == '_';
  return fold_words && (unit == 0x17F || unit == 0x212A);
}

template <CharacterKind kKind>
inline bool accepts(uint32_t character, uint32_t operand, const uint32_t* data) {
  switch (kKind) {
    case CharacterKind::kUnit:
      return character == operand;
    case CharacterKind::kNotUnit:
      return character != operand;
    case CharacterKind::kMasked:
      return (character | (operand & 0xFFFF)) == operand >> 16;
    case CharacterKind::kPair:
      return character == (operand & 0xFFFF) || character == operand >> 16;
    case CharacterKind::kRange:
      return character - (operand & 0xFFFF) <= operand >> 16;
    case CharacterKind::kClass:
    case CharacterKind::kPointClass:
      return in_class(data + operand, character);
    case CharacterKind::kDot:
    case CharacterKind::kPointDot:
      return !is_line_terminator(character);
    case CharacterKind::kAny:
    case CharacterKind::kPointAny:
      return true;
  }
}

// Calls `visit` with the kind as a constant.
template <typename Visit>
[[gnu::always_inline]] inline auto with_kind(CharacterKind kind, Visit visit) {
  using enum CharacterKind;
  switch (kind) {
    case kUnit:
      return visit.template operator()<kUnit>();
    case kNotUnit:
      return visit.template operator()<kNotUnit>();
    case kMasked:
      return visit.template operator()<kMasked>();
    case kPair:
      return visit.template operator()<kPair>();
    case kRange:
      return visit.template operator()<kRange>();
    case kClass:
      return visit.template operator()<kClass>();
    case kDot:
      return visit.template operator()<kDot>();
    case kAny:
      return visit.template operator()<kAny>();
    case kPointClass:
      return visit.template operator()<kPointClass>();
    case kPointDot:
      return visit.template operator()<kPointDot>();
    case kPointAny:
      return visit.template operator()<kPointAny>();
  }
  __builtin_unreachable();
}

template <typename Unit>
struct InputView {
  static constexpr bool kWide = sizeof(Unit) > 1;
  // A position that stands for "no".
  static constexpr uint32_t kNowhere = UINT32_MAX;

  const Unit* units;
  uint32_t end;

  // Positions of pairs are never in their middle under u and v, so that looking at the neighbour
  // tells what belongs together.
  bool is_pair_at(uint32_t position) const {
    return kWide && is_lead_surrogate(units[position]) && position + 1 < end &&
           is_trail_surrogate(units[position + 1]);
  }
  bool is_pair_before(uint32_t position) const {
    return kWide && position >= 2 && is_trail_surrogate(units[position - 1]) &&
           is_lead_surrogate(units[position - 2]);
  }
  // REQUIRES: position < end
  uint32_t code_point_at(uint32_t position, uint32_t& after) const {
    if (is_pair_at(position)) {
      after = position + 2;
      return combine_surrogates(units[position], units[position + 1]);
    }
    after = position + 1;
    return units[position];
  }
  // REQUIRES: position > 0
  uint32_t code_point_before(uint32_t position, uint32_t& before) const {
    if (is_pair_before(position)) {
      before = position - 2;
      return combine_surrogates(units[position - 2], units[position - 1]);
    }
    before = position - 1;
    return units[position - 1];
  }

  // Where one character leads to, or kNowhere.
  template <CharacterKind kKind>
  uint32_t step(uint32_t position, uint32_t operand, const uint32_t* data) const {
    if (position >= end) return kNowhere;
    if constexpr (kWide && takes_code_points(kKind)) {
      uint32_t after;
      uint32_t code_point = code_point_at(position, after);
      return accepts<kKind>(code_point, operand, data) ? after : kNowhere;
    } else {
      return accepts<kKind>(units[position], operand, data) ? position + 1 : kNowhere;
    }
  }
  template <CharacterKind kKind>
  uint32_t step_back(uint32_t position, uint32_t operand, const uint32_t* data) const {
    if (position == 0) return kNowhere;
    uint32_t before = position - 1;
    uint32_t character = units[before];
    if constexpr (kWide && takes_code_points(kKind)) character = code_point_before(position, before);
    return accepts<kKind>(character, operand, data) ? before : kNowhere;
  }

  // Takes up to `max` characters; `taken` is how many it were.
  template <CharacterKind kKind>
  uint32_t run(uint32_t position, uint32_t max, uint32_t operand, const uint32_t* data,
               uint32_t& taken) const {
    if constexpr (kWide && takes_code_points(kKind)) {
      uint32_t count = 0;
      for (; count < max; ++count) {
        uint32_t after = step<kKind>(position, operand, data);
        if (after == kNowhere) break;
        position = after;
      }
      taken = count;
      return position;
    } else {
      uint32_t start = position;
      uint32_t stop = end - position > max ? position + max : end;
      if constexpr (kKind == CharacterKind::kAny || kKind == CharacterKind::kPointAny) {
        position = stop;
      } else {
        while (position < stop && accepts<kKind>(units[position], operand, data)) ++position;
      }
      taken = position - start;
      return position;
    }
  }

  // The index of the unit at `position` in a unit table.
  uint32_t table_index(uint32_t position) const {
    return position < end ? table_index_of(units[position]) : kAtEnd;
  }
  static uint32_t table_index_of(Unit unit) {
    if constexpr (kWide) return unit < kBeyondLatin1 ? unit : kBeyondLatin1;
    return unit;
  }

  bool has_text(uint32_t position, const uint32_t* text, uint32_t length) const {
    for (uint32_t i = 0; i < length; ++i) {
      if (units[position + i] != static_cast<char16_t>(text[i / 2] >> (16 * (i % 2)))) return false;
    }
    return true;
  }

  bool is_word_at(uint32_t position, bool fold_words) const {
    return position < end && is_word_character(units[position], fold_words);
  }

  // The first position from `position` on with this unit, or `end`.
  uint32_t find_unit(uint32_t position, char16_t unit) const;
  // The first position from `position` on where `text` is, or kNowhere.
  // Looks for the unit of `text` at `pivot` first.
  uint32_t find_text(uint32_t position, const uint32_t* text, uint32_t length, uint32_t pivot) const;
};

template <typename Unit>
uint32_t InputView<Unit>::find_unit(uint32_t position, char16_t unit) const {
  if (position >= end) return end;
  if constexpr (!kWide) {
    if (unit > 0xFF) return end;
    const void* found = std::memchr(units + position, unit, end - position);
    return found ? static_cast<uint32_t>(static_cast<const Unit*>(found) - units) : end;
  } else {
    // Sixteen units at a time.
    typedef uint16_t Lanes __attribute__((vector_size(16)));
    typedef uint64_t Halves __attribute__((vector_size(16)));
    const Lanes pattern = Lanes{} + static_cast<uint16_t>(unit);
    while (position + 16 <= end) {
      Lanes first;
      Lanes second;
      std::memcpy(&first, units + position, sizeof first);
      std::memcpy(&second, units + position + 8, sizeof second);
      auto found = (Halves)((first == pattern) | (second == pattern));
      if (found[0] | found[1]) break;
      position += 16;
    }
    while (position < end && units[position] != unit) ++position;
    return position;
  }
}

template <typename Unit>
uint32_t InputView<Unit>::find_text(uint32_t position, const uint32_t* text, uint32_t length,
                                    uint32_t pivot) const {
  if (end < length) return kNowhere;
  uint32_t last_start = end - length;
  auto rare = static_cast<char16_t>(text[pivot / 2] >> (16 * (pivot % 2)));
  while (position <= last_start) {
    position = find_unit(position + pivot, rare) - pivot;
    if (position > last_start) return kNowhere;
    if (has_text(position, text, length)) return position;
    ++position;
  }
  return kNowhere;
}

}  // namespace skein::regexp
