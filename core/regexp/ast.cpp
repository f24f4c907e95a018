#include "core/regexp/ast.h"

#include <algorithm>

namespace skein::regexp {

namespace {

uint32_t saturating_add(uint32_t a, uint32_t b) {
  return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

uint32_t saturating_multiply(uint32_t a, uint32_t b) {
  return static_cast<uint32_t>(std::min<uint64_t>(uint64_t{a} * b, UINT32_MAX));
}

void inherit_captures(Node& parent, const Node& child) {
  if (child.captures_begin == child.captures_end) return;
  if (parent.captures_begin == parent.captures_end) {
    parent.captures_begin = child.captures_begin;
    parent.captures_end = child.captures_end;
    return;
  }
  parent.captures_begin = std::min(parent.captures_begin, child.captures_begin);
  parent.captures_end = std::max(parent.captures_end, child.captures_end);
}

}  // namespace

NodeIndex AstBuilder::add(Node node) {
  ast_.nodes.push_back(node);
  return static_cast<NodeIndex>(ast_.nodes.size() - 1);
}

NodeIndex AstBuilder::empty() {
  Node node;
  node.always_matches = true;
  return add(node);
}

NodeIndex AstBuilder::text(uint32_t offset, uint32_t length) {
  Node node;
  node.kind = NodeKind::kText;
  node.a = offset;
  node.b = length;
  node.min_length = length;
  node.transparent = false;
  node.first = FirstSet::of_unit(ast_.text[offset]);
  return add(node);
}

NodeIndex AstBuilder::set(uint32_t set_index) {
  Node node;
  node.kind = NodeKind::kSet;
  node.a = set_index;
  node.min_length = 1;
  node.transparent = false;
  node.first = FirstSet::of(ast_.sets[set_index]);
  return add(node);
}

NodeIndex AstBuilder::capture(uint32_t group, NodeIndex child) {
  Node node = ast_[child];
  node.kind = NodeKind::kCapture;
  node.a = group;
  node.child = child;
  node.next = kNoNode;
  // Groups are numbered by their opening parentheses: this one comes before those inside.
  node.captures_end = node.captures_begin == node.captures_end ? group + 1 : node.captures_end;
  node.captures_begin = group;
  return add(node);
}

NodeIndex AstBuilder::loop(NodeIndex child, uint32_t min, uint32_t max, bool greedy) {
  if (max == 0) return empty();
  Node node;
  const Node& body = ast_[child];
  node.kind = NodeKind::kLoop;
  node.child = child;
  node.a = min;
  node.b = max;
  node.greedy = greedy;
  node.min_length = saturating_multiply(body.min_length, min);
  node.transparent = min == 0 || body.transparent;
  node.always_matches = min == 0 || body.always_matches;
  node.first = body.first;
  inherit_captures(node, body);
  return add(node);
}

NodeIndex AstBuilder::look(NodeIndex child, bool behind, bool negative) {
  Node node;
  const Node& body = ast_[child];
  node.kind = NodeKind::kLook;
  node.child = child;
  node.behind = behind;
  node.negative = negative;
  if (!behind && !negative && !body.transparent) {
    node.transparent = false;
    node.first = body.first;
  }
  inherit_captures(node, body);
  return add(node);
}

NodeIndex AstBuilder::back_reference(CaseMode mode) {
  Node node;
  node.kind = NodeKind::kBackReference;
  node.case_mode = mode;
  node.first = FirstSet::everything();
  ast_.has_back_references = true;
  return add(node);
}

NodeIndex AstBuilder::assertion(NodeKind kind) {
  Node node;
  node.kind = kind;
  if (kind == NodeKind::kInputEnd || kind == NodeKind::kLineEnd) {
    // Whatever follows cannot match elsewhere, so it need not be asked.
    node.transparent = false;
    node.first = FirstSet::end_of_input();
  }
  if (kind == NodeKind::kLineEnd) {
    for (char16_t unit : {u'\n', u'\r', u'\u2028', u'\u2029'}) node.first.unite(FirstSet::of_unit(unit));
  }
  return add(node);
}

NodeIndex AstBuilder::word_boundary(bool negative, bool fold_words) {
  Node node;
  node.kind = NodeKind::kWordBoundary;
  node.negative = negative;
  node.fold_words = fold_words;
  return add(node);
}

void AstBuilder::link(Node& parent, const std::vector<NodeIndex>& children) {
  parent.child = children.front();
  for (size_t i = 0; i + 1 < children.size(); ++i) ast_[children[i]].next = children[i + 1];
  for (NodeIndex child : children) inherit_captures(parent, ast_[child]);
}

NodeIndex AstBuilder::sequence(const std::vector<NodeIndex>& children) {
  if (children.empty()) return empty();
  if (children.size() == 1) return children.front();
  Node node;
  node.kind = NodeKind::kSequence;
  node.always_matches = true;
  link(node, children);
  for (NodeIndex index : children) {
    const Node& child = ast_[index];
    node.min_length = saturating_add(node.min_length, child.min_length);
    node.always_matches = node.always_matches && child.always_matches;
    if (node.transparent) {
      node.first.unite(child.first);
      node.transparent = child.transparent;
    }
  }
  return add(node);
}

NodeIndex AstBuilder::alternation(const std::vector<NodeIndex>& children) {
  if (children.size() == 1) return children.front();
  if (NodeIndex merged = merge_characters(children); merged != kNoNode) return merged;
  Node node;
  node.kind = NodeKind::kAlternation;
  node.transparent = false;
  node.min_length = UINT32_MAX;
  link(node, children);
  for (NodeIndex index : children) {
    const Node& child = ast_[index];
    node.min_length = std::min(node.min_length, child.min_length);
    node.always_matches = node.always_matches || child.always_matches;
    node.transparent = node.transparent || child.transparent;
    node.first.unite(child.first);
  }
  return add(node);
}

bool AstBuilder::as_character(NodeIndex index, CodePointSet& set) const {
  const Node& node = ast_[index];
  if (node.kind == NodeKind::kSet) {
    set.unite(ast_.sets[node.a]);
    return true;
  }
  if (node.kind != NodeKind::kText) return false;
  char16_t unit = ast_.text[node.a];
  if (node.b == 1) {
    set.add(unit);
    return true;
  }
  if (node.b == 2 && ast_.flags.full_unicode() && is_lead_surrogate(unit)) {
    set.add(combine_surrogates(unit, ast_.text[node.a + 1]));
    return true;
  }
  return false;
}

NodeIndex AstBuilder::merge_characters(const std::vector<NodeIndex>& children) {
  CodePointSet merged;
  for (NodeIndex child : children) {
    if (!as_character(child, merged)) return kNoNode;
  }
  ast_.sets.push_back(std::move(merged));
  return set(static_cast<uint32_t>(ast_.sets.size() - 1));
}

}  // namespace skein::regexp
