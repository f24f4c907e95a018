#include "core/regexp/case_folding.h"

#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <vector>

namespace skein::regexp {

namespace {

// The equivalence classes with more than one member, of one case mode. Built on first use and
// never changed after, so that all threads may share it.
class CaseTable {
 public:
  struct Entry {
    uint32_t character;
    uint32_t canonical;
  };

  CaseTable(uint32_t limit, uint32_t (*canonical_form)(uint32_t)) {
    std::vector<Entry> changed;
    for (uint32_t character = 0; character < limit; ++character) {
      uint32_t canonical = canonical_form(character);
      if (canonical != character) changed.push_back({character, canonical});
    }
    by_character_ = changed;
    for (Entry entry : changed) by_character_.push_back({entry.canonical, entry.canonical});
    std::sort(by_character_.begin(), by_character_.end(),
              [](Entry a, Entry b) { return a.character < b.character; });
    by_character_.erase(std::unique(by_character_.begin(), by_character_.end(),
                                    [](Entry a, Entry b) { return a.character == b.character; }),
                        by_character_.end());
    by_canonical_ = by_character_;
    std::sort(by_canonical_.begin(), by_canonical_.end(), [](Entry a, Entry b) {
      return a.canonical != b.canonical ? a.canonical < b.canonical : a.character < b.character;
    });
  }

  uint32_t canonicalize(uint32_t character) const {
    auto entry = at_or_after(character);
    return entry != by_character_.end() && entry->character == character ? entry->canonical : character;
  }

  void close_over(CodePointSet& set) const {
    std::vector<uint32_t> added;
    for (CodePointSet::Range range : set.ranges()) {
      for (auto entry = at_or_after(range.first);
           entry != by_character_.end() && entry->character <= range.last; ++entry) {
        add_class(entry->canonical, added);
      }
    }
    for (uint32_t character : added) set.add(character);
  }

  const std::vector<Entry>& by_character() const { return by_character_; }

 private:
  std::vector<Entry>::const_iterator at_or_after(uint32_t character) const {
    return std::lower_bound(by_character_.begin(), by_character_.end(), character,
                            [](Entry entry, uint32_t value) { return entry.character < value; });
  }

  void add_class(uint32_t canonical, std::vector<uint32_t>& out) const {
    auto entry = std::lower_bound(by_canonical_.begin(), by_canonical_.end(), canonical,
                                  [](Entry entry, uint32_t value) { return entry.canonical < value; });
    for (; entry != by_canonical_.end() && entry->canonical == canonical; ++entry) {
      out.push_back(entry->character);
    }
  }

  std::vector<Entry> by_character_;
  std::vector<Entry> by_canonical_;
};

// Canonicalize, steps 4 to 9: a mapping to several code units, or from outside ASCII into it,
// does not count.
uint32_t upper_case_form(uint32_t unit) {
  if (static_cast<uint32_t>(u_toupper(static_cast<UChar32>(unit))) == unit) return unit;
  UChar source = static_cast<UChar>(unit);
  UChar upper[8];
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = u_strToUpper(upper, 8, &source, 1, "", &status);
  if (U_FAILURE(status) || length != 1) return unit;
  if (unit >= 0x80 && upper[0] < 0x80) return unit;
  return upper[0];
}

uint32_t folded_form(uint32_t code_point) {
  return static_cast<uint32_t>(u_foldCase(static_cast<UChar32>(code_point), U_FOLD_CASE_DEFAULT));
}

const CaseTable& case_table(CaseMode mode) {
  // Unicode assigns no cased letter beyond the two first planes.
  static const CaseTable upper_case(0x10000, upper_case_form);
  if (mode == CaseMode::kUpperCase) return upper_case;
  static const CaseTable folding(0x20000, folded_form);
  return folding;
}

bool is_ascii(const CodePointSet& set) {
  return set.is_empty() || set.ranges().back().last < 0x80;
}

// Spares a pattern of plain letters the tables.
void close_ascii(CaseMode mode, CodePointSet& set) {
  CodePointSet added;
  for (uint32_t upper = 'A'; upper <= 'Z'; ++upper) {
    bool has_upper = set.contains(upper);
    bool has_lower = set.contains(upper | 0x20);
    if (!has_upper && !has_lower) continue;
    added.add(upper);
    added.add(upper | 0x20);
    if (mode == CaseMode::kFold && upper == 'S') added.add(0x17F);   // LATIN SMALL LETTER LONG S
    if (mode == CaseMode::kFold && upper == 'K') added.add(0x212A);  // KELVIN SIGN
  }
  set.unite(added);
}

}  // namespace

uint32_t canonicalize(CaseMode mode, uint32_t character) {
  if (mode == CaseMode::kSensitive) return character;
  if (character < 0x80) {
    if (mode == CaseMode::kUpperCase)
      return character >= 'a' && character <= 'z' ? character - 0x20 : character;
    return character >= 'A' && character <= 'Z' ? character + 0x20 : character;
  }
  return case_table(mode).canonicalize(character);
}

void close_over_case(CaseMode mode, CodePointSet& set) {
  if (mode == CaseMode::kSensitive || set.is_all()) return;
  if (is_ascii(set)) {
    close_ascii(mode, set);
  } else {
    case_table(mode).close_over(set);
  }
}

CodePointSet simple_case_folding(const CodePointSet& set) {
  const auto& entries = case_table(CaseMode::kFold).by_character();
  CodePointSet result = set;
  result.intersect(all_folded_characters());
  auto entry = entries.begin();
  for (CodePointSet::Range range : set.ranges()) {
    entry = std::lower_bound(entry, entries.end(), range.first,
                             [](CaseTable::Entry entry, uint32_t value) { return entry.character < value; });
    for (; entry != entries.end() && entry->character <= range.last; ++entry) result.add(entry->canonical);
  }
  return result;
}

const CodePointSet& all_folded_characters() {
  static const CodePointSet folded = [] {
    CodePointSet changing;
    for (auto entry : case_table(CaseMode::kFold).by_character()) {
      if (entry.character != entry.canonical) changing.add(entry.character);
    }
    changing.invert();
    changing.ranges();  // sorted now, for threads that share it
    return changing;
  }();
  return folded;
}

}  // namespace skein::regexp
