// The tree of a pattern, as the parser builds it and the compiler reads it.
//
// Nodes lie in one vector and name each other by index, so that a tree of any shape is freed
// without recursion. Flags and modifiers are resolved while parsing: a character that ignores case
// is a set of its variants, `.` is a set, a lone surrogate under u is a set. What remains are few
// kinds of nodes, each with the facts that the compiler's decisions rest on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/regexp/case_folding.h"
#include "core/regexp/code_point_set.h"
#include "core/regexp/first_set.h"
#include "core/regexp/flags.h"

namespace skein::regexp {

using NodeIndex = uint32_t;
constexpr NodeIndex kNoNode = UINT32_MAX;
constexpr uint32_t kInfinite = UINT32_MAX;

enum class NodeKind : uint8_t {
  kEmpty,
  kText,           // code units, exactly
  kSet,            // one character out of a set
  kSequence,       // children one after another
  kAlternation,    // children, tried in order
  kCapture,        // a group that captures its child
  kLoop,           // a quantified child
  kLook,           // (?= (?! (?<= (?<!
  kBackReference,  // \1, or \k of one or several groups of a name
  kInputStart,     // ^
  kInputEnd,       // $
  kLineStart,      // ^ under m
  kLineEnd,        // $ under m
  kWordBoundary,   // \b or \B
};

struct Node {
  NodeKind kind = NodeKind::kEmpty;
  bool greedy : 1 = true;       // kLoop
  bool negative : 1 = false;    // kLook, kWordBoundary
  bool behind : 1 = false;      // kLook
  bool fold_words : 1 = false;  // kWordBoundary: i with u or v makes U+017F and U+212A word characters
  CaseMode case_mode = CaseMode::kSensitive;  // kBackReference

  // A match that consumes nothing leaves the first unit to what follows.
  bool transparent : 1 = true;
  // Never fails, whatever the input.
  bool always_matches : 1 = false;

  NodeIndex child = kNoNode;  // the first one
  NodeIndex next = kNoNode;   // the next sibling

  // kText: offset and length in Ast::text. kSet: index in Ast::sets. kCapture: the group's number.
  // kLoop: min and max. kBackReference: offset and count in Ast::referenced_groups.
  uint32_t a = 0;
  uint32_t b = 0;

  // The groups inside, by number: captures_begin ≤ group < captures_end.
  uint32_t captures_begin = 0;
  uint32_t captures_end = 0;

  // The least number of code units a match takes, saturating.
  uint32_t min_length = 0;
  FirstSet first;
};

struct GroupName {
  std::u16string name;
  uint32_t group;
};

struct Ast {
  std::vector<Node> nodes;
  std::u16string text;
  std::vector<CodePointSet> sets;
  std::vector<uint32_t> referenced_groups;
  std::vector<GroupName> group_names;  // in the order of the pattern
  uint32_t capture_count = 1;          // with group 0, the whole match
  bool has_back_references = false;
  Flags flags;
  NodeIndex root = kNoNode;

  const Node& operator[](NodeIndex index) const { return nodes[index]; }
  Node& operator[](NodeIndex index) { return nodes[index]; }
};

// Builds nodes bottom up, with the derived facts filled in.
class AstBuilder {
 public:
  explicit AstBuilder(Ast& ast) : ast_(ast) {}

  NodeIndex empty();
  // The units of Ast::text from `offset` on.
  NodeIndex text(uint32_t offset, uint32_t length);
  NodeIndex set(uint32_t set_index);
  NodeIndex capture(uint32_t group, NodeIndex child);
  NodeIndex loop(NodeIndex child, uint32_t min, uint32_t max, bool greedy);
  NodeIndex look(NodeIndex child, bool behind, bool negative);
  NodeIndex back_reference(CaseMode mode);
  NodeIndex assertion(NodeKind kind);
  NodeIndex word_boundary(bool negative, bool fold_words);
  // `children` are linked through Node::next here; a single one stands for itself.
  NodeIndex sequence(const std::vector<NodeIndex>& children);
  NodeIndex alternation(const std::vector<NodeIndex>& children);

 private:
  NodeIndex add(Node node);
  void link(Node& parent, const std::vector<NodeIndex>& children);
  // The set that one-character alternatives without a choice of length come to, or kNoNode.
  NodeIndex merge_characters(const std::vector<NodeIndex>& children);
  bool as_character(NodeIndex index, CodePointSet& set) const;

  Ast& ast_;
};

}  // namespace skein::regexp
