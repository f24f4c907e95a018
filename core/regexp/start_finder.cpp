// From the strongest to the weakest: the beginning of the input or of a line only; a literal text,
// looked for by its rarest unit; a window of a few units whose last one tells how far to move on
// (Horspool's search, with sets for letters); the set of first units.
#include "core/regexp/start_finder.h"

#include <algorithm>
#include <string>
#include <vector>

namespace skein::regexp {

namespace {

constexpr size_t kLongestPrefix = 16;
constexpr uint32_t kLongestWindow = 8;
// In sixteenths of a unit: what a window must move on by on average to beat looking at every unit.
constexpr uint32_t kWorthwhileShift = 24;

// How often a unit occurs in texts, very roughly: what to look for is what is rare.
uint32_t frequency(uint32_t unit) {
  switch (unit) {
    case ' ':
      return 24;
    case 'e':
      return 16;
    case 'a':
    case 'i':
    case 'n':
    case 'o':
    case 'r':
    case 's':
    case 't':
      return 10;
    case 'c':
    case 'd':
    case 'h':
    case 'l':
    case 'm':
    case 'p':
    case 'u':
      return 5;
    case '\n':
    case '"':
    case ',':
    case '.':
    case '/':
    case '0':
    case '1':
      return 3;
    default:
      break;
  }
  if (unit >= 'a' && unit <= 'z') return 3;
  if (unit > ' ' && unit < 0x7F) return 2;
  return 1;
}

class StartFinder {
 public:
  StartFinder(const Ast& ast, CodeBuilder& code, Program& program)
      : ast_(ast), code_(code), program_(program) {}

  void run();

 private:
  // What each match is known to begin at.
  enum class Anchor : uint8_t { kNone, kInputStart, kLineStart, kOnce };
  Anchor anchor_of(NodeIndex index) const;
  Anchor anchor_of_loop(const Node& node) const;

  bool literal_prefix(NodeIndex index, std::u16string& prefix) const;
  void use_text(const std::u16string& prefix);

  // Gathers in window_ what may be at each offset of a match. The offset after the node, or
  // kStopped where that is not one number; window_limit_ is then no more than what is known.
  static constexpr uint32_t kStopped = UINT32_MAX;
  uint32_t gather(NodeIndex index, uint32_t offset);
  uint32_t gather_text(const Node& node, uint32_t offset);
  uint32_t gather_loop(const Node& node, uint32_t offset);
  uint32_t stop(uint32_t offset) {
    window_limit_ = std::min(window_limit_, offset);
    return kStopped;
  }
  bool use_window();
  UnitTable shifts(uint32_t length) const;

  const Ast& ast_;
  CodeBuilder& code_;
  Program& program_;
  std::vector<FirstSet> window_ = std::vector<FirstSet>(kLongestWindow);
  uint32_t window_limit_ = kLongestWindow;
};

void StartFinder::run() {
  switch (anchor_of(ast_.root)) {
    case Anchor::kInputStart:
      program_.start_kind = StartKind::kInputStart;
      return;
    case Anchor::kOnce:
      program_.start_kind = StartKind::kOnce;
      return;
    case Anchor::kLineStart:
      program_.start_kind = StartKind::kLines;
      return;
    case Anchor::kNone:
      break;
  }
  std::u16string prefix;
  literal_prefix(ast_.root, prefix);
  if (!prefix.empty()) return use_text(prefix);
  if (use_window()) return;
  const Node& root = ast_[ast_.root];
  if (root.transparent) return;
  uint32_t table = add_first_table(code_, root.first);
  if (table == 0) return;
  program_.start_kind = StartKind::kUnits;
  program_.start_data = table;
}

StartFinder::Anchor StartFinder::anchor_of(NodeIndex index) const {
  const Node& node = ast_[index];
  switch (node.kind) {
    case NodeKind::kInputStart:
      return Anchor::kInputStart;
    case NodeKind::kLineStart:
      return Anchor::kLineStart;
    case NodeKind::kLoop:
      return anchor_of_loop(node);
    case NodeKind::kSequence:
    case NodeKind::kCapture:
      return anchor_of(node.child);
    case NodeKind::kAlternation: {
      Anchor common = anchor_of(node.child);
      for (NodeIndex child = ast_[node.child].next; child != kNoNode; child = ast_[child].next) {
        if (anchor_of(child) != common) return Anchor::kNone;
      }
      return common;
    }
    default:
      return Anchor::kNone;
  }
}

// Where `.*` begins the pattern, what does not match from here matches from nowhere in the line. A
// reference could tell where the loop began.
StartFinder::Anchor StartFinder::anchor_of_loop(const Node& node) const {
  if (node.b != kInfinite || ast_.has_back_references) return Anchor::kNone;
  if (ast_[node.child].kind != NodeKind::kSet) return Anchor::kNone;
  switch (code_.test_of_set(ast_[node.child].a).kind) {
    case CharacterKind::kDot:
    case CharacterKind::kPointDot:
      return Anchor::kLineStart;
    case CharacterKind::kAny:
    case CharacterKind::kPointAny:
      return Anchor::kOnce;
    default:
      return Anchor::kNone;
  }
}

// Appends the units that every match begins with; true where the node matches them and no more.
bool StartFinder::literal_prefix(NodeIndex index, std::u16string& prefix) const {
  if (prefix.size() >= kLongestPrefix) return false;
  const Node& node = ast_[index];
  switch (node.kind) {
    case NodeKind::kEmpty:
    case NodeKind::kLook:
    case NodeKind::kInputStart:
    case NodeKind::kLineStart:
    case NodeKind::kWordBoundary:
      return true;  // consumes nothing
    case NodeKind::kText:
      prefix += std::u16string_view(ast_.text).substr(node.a, std::min<size_t>(node.b, kLongestPrefix));
      return node.b <= kLongestPrefix;
    case NodeKind::kCapture:
      return literal_prefix(node.child, prefix);
    case NodeKind::kSequence:
      for (NodeIndex child = node.child; child != kNoNode; child = ast_[child].next) {
        if (!literal_prefix(child, prefix)) return false;
      }
      return true;
    case NodeKind::kLoop:
      if (node.a > 0) literal_prefix(node.child, prefix);
      return false;
    default:
      return false;
  }
}

void StartFinder::use_text(const std::u16string& prefix) {
  program_.start_kind = StartKind::kText;
  program_.start_data = code_.add_units(prefix);
  program_.start_length = static_cast<uint32_t>(prefix.size());
  auto rarest = std::min_element(prefix.begin(), prefix.end(),
                                 [](char16_t a, char16_t b) { return frequency(a) < frequency(b); });
  program_.start_pivot = static_cast<uint32_t>(rarest - prefix.begin());
}

uint32_t StartFinder::gather(NodeIndex index, uint32_t offset) {
  if (offset >= kLongestWindow) return stop(kLongestWindow);
  const Node& node = ast_[index];
  switch (node.kind) {
    case NodeKind::kEmpty:
    case NodeKind::kLook:
    case NodeKind::kInputStart:
    case NodeKind::kInputEnd:
    case NodeKind::kLineStart:
    case NodeKind::kLineEnd:
    case NodeKind::kWordBoundary:
      return offset;
    case NodeKind::kText:
      return gather_text(node, offset);
    case NodeKind::kSet:
      window_[offset].unite(node.first);
      return takes_code_points(code_.test_of_set(node.a).kind) ? stop(offset + 1) : offset + 1;
    case NodeKind::kCapture:
      return gather(node.child, offset);
    case NodeKind::kSequence:
      for (NodeIndex child = node.child; child != kNoNode && offset != kStopped; child = ast_[child].next) {
        offset = gather(child, offset);
      }
      return offset;
    case NodeKind::kAlternation: {
      uint32_t common = gather(node.child, offset);
      uint32_t shortest = common;
      for (NodeIndex child = ast_[node.child].next; child != kNoNode; child = ast_[child].next) {
        uint32_t after = gather(child, offset);
        shortest = std::min(shortest, after);
        if (after != common) common = kStopped;
      }
      return common == kStopped ? stop(shortest) : common;
    }
    case NodeKind::kLoop:
      return gather_loop(node, offset);
    case NodeKind::kBackReference:
      return stop(offset);
  }
  __builtin_unreachable();
}

uint32_t StartFinder::gather_text(const Node& node, uint32_t offset) {
  for (uint32_t i = 0; i < node.b; ++i, ++offset) {
    if (offset >= kLongestWindow) return stop(kLongestWindow);
    window_[offset].unite(FirstSet::of_unit(ast_.text[node.a + i]));
  }
  return offset;
}

uint32_t StartFinder::gather_loop(const Node& node, uint32_t offset) {
  for (uint32_t i = 0; i < std::min(node.a, kLongestWindow); ++i) {
    uint32_t after = gather(node.child, offset);
    if (after == kStopped) return kStopped;
    if (after == offset) break;  // nothing but assertions
    offset = after;
  }
  return node.a == node.b ? offset : stop(offset);
}

// How far a window of `length` units may move on, by its last unit.
UnitTable StartFinder::shifts(uint32_t length) const {
  UnitTable table;
  table.fill(static_cast<uint8_t>(length));
  for (uint32_t offset = 0; offset < length; ++offset) {
    auto shift = static_cast<uint8_t>(length - 1 - offset);
    for (uint32_t unit = 0; unit < 256; ++unit) {
      if (window_[offset].has_latin1(static_cast<uint8_t>(unit))) table[unit] = shift;
    }
    if (window_[offset].has_beyond_latin1()) table[kBeyondLatin1] = shift;
  }
  return table;
}

bool StartFinder::use_window() {
  gather(ast_.root, 0);
  uint32_t longest = std::min({window_limit_, kLongestWindow, program_.min_length});
  uint32_t best_length = 0;
  uint32_t best_shift = kWorthwhileShift;
  for (uint32_t length = 2; length <= longest; ++length) {
    UnitTable table = shifts(length);
    uint32_t total = 0;
    uint32_t weights = 0;
    for (uint32_t unit = 0; unit < 128; ++unit) {
      total += frequency(unit) * std::max<uint32_t>(table[unit], 1);
      weights += frequency(unit);
    }
    if (total * 16 / weights <= best_shift) continue;
    best_shift = total * 16 / weights;
    best_length = length;
  }
  if (best_length == 0) return false;
  program_.start_kind = StartKind::kWindow;
  program_.start_length = best_length;
  program_.start_data = code_.add_unit_table(shifts(best_length));
  return true;
}

}  // namespace

uint32_t add_first_table(CodeBuilder& code, const FirstSet& first) {
  if (first.is_everything()) return 0;
  UnitTable table;
  for (uint32_t unit = 0; unit < 256; ++unit) table[unit] = first.has_latin1(static_cast<uint8_t>(unit));
  table[kBeyondLatin1] = first.has_beyond_latin1();
  table[kAtEnd] = first.at_end();
  return code.add_unit_table(table);
}

void find_start(const Ast& ast, CodeBuilder& code, Program& program) {
  StartFinder(ast, code, program).run();
}

}  // namespace skein::regexp
