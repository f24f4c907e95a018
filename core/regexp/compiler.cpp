// Code for each kind of node.
//
// The compiler carries along what may follow a node: the first units of a match of the rest, and
// whether the rest always matches. With that it sees where a choice is none: a loop whose character
// cannot begin the rest needs no way back, and of two ways on the next unit often leaves one.
// Inside lookbehind, where matching goes backward, it does without.
#include "core/regexp/compiler.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/regexp/code_builder.h"
#include "core/regexp/opcodes.h"
#include "core/regexp/start_finder.h"

namespace skein::regexp {

namespace {

// What comes after a node.
struct Follow {
  FirstSet first = FirstSet::everything();
  bool always_matches = false;

  static Follow unknown() { return {}; }
  static Follow success() { return {FirstSet::everything(), true}; }
};

enum class Direction : uint8_t { kForward, kBackward };

class Compiler {
 public:
  Compiler(const Ast& ast, Program& program, size_t max_bytes)
      : ast_(ast), program_(program), code_(ast, program, max_bytes) {}

  // False where the program would grow too large.
  bool run();

 private:
  static constexpr size_t kMaxSwitchAlternatives = 256;
  static constexpr size_t kMinSwitchAlternatives = 3;
  static constexpr uint32_t kMaxSwitches = 1024;

  // Nodes. The recursion goes through `node`; what it calls keeps a frame of its own, lest every level
  // of nesting pay for all of them.
  void node(NodeIndex index, const Follow& follow, Direction direction);
  [[gnu::noinline]] void sequence(const Node& node, const Follow& follow, Direction direction);
  [[gnu::noinline]] void alternation(const Node& node, const Follow& follow, Direction direction);
  [[gnu::noinline]] bool switch_alternation(const std::vector<NodeIndex>& alternatives,
                                            const std::vector<FirstSet>& firsts, const Follow& follow);
  [[gnu::noinline]] void capture(const Node& node, const Follow& follow, Direction direction);
  [[gnu::noinline]] void text(const Node& node, Direction direction);
  void character(CharacterTest test, Direction direction);
  [[gnu::noinline]] void look(const Node& node);
  [[gnu::noinline]] void back_reference(const Node& node, Direction direction);

  // Loops.
  [[gnu::noinline]] void loop(const Node& node, const Follow& follow, Direction direction);
  [[gnu::noinline]] bool character_loop(const Node& node, const Follow& follow);
  [[gnu::noinline]] void optional(const Node& node, const Follow& follow, Direction direction);
  [[gnu::noinline]] void unbounded_loop(const Node& node, const Follow& follow, Direction direction);
  [[gnu::noinline]] void counted_loop(const Node& node, const Follow& follow, Direction direction);
  void loop_body(const Node& node, const Follow& follow, Direction direction);
  [[gnu::noinline]] void clear_captures(const Node& node);
  uint32_t unconditional_captures(NodeIndex index) const;

  // Choices. The first way is the one to try first.
  [[gnu::noinline]] uint32_t guard_table(const FirstSet& first_way, const FirstSet& second_way) const;
  [[gnu::noinline]] uint32_t split_forward(const FirstSet& next, const FirstSet& target, Direction direction);
  void split_jump(uint32_t target, const FirstSet& first_way, const FirstSet& second_way,
                  Direction direction);
  [[gnu::noinline]] uint32_t split_jump_forward(const FirstSet& first_way, const FirstSet& second_way,
                                                Direction direction);
  static FirstSet first_of(const Node& node, const Follow& follow);
  std::optional<CharacterTest> single_character(NodeIndex index);

  uint32_t new_registers(uint32_t count) {
    uint32_t first = program_.register_count;
    program_.register_count += count;
    return first;
  }

  const Ast& ast_;
  Program& program_;
  mutable CodeBuilder code_;
  uint32_t switches_ = 0;
};

bool Compiler::run() {
  program_.flags = ast_.flags;
  program_.captures = ast_.capture_count;
  program_.group_names = ast_.group_names;
  program_.register_count = 2 * ast_.capture_count;
  program_.min_length = ast_[ast_.root].min_length;
  code_.emit(Op::kNextStart);
  node(ast_.root, Follow::success(), Direction::kForward);
  code_.emit(Op::kAccept);
  if (!code_.is_too_large()) find_start(ast_, code_, program_);
  return !code_.is_too_large();
}

void Compiler::node(NodeIndex index, const Follow& follow, Direction direction) {
  if (code_.is_too_large()) return;
  const Node& node = ast_[index];
  switch (node.kind) {
    case NodeKind::kEmpty:
      return;
    case NodeKind::kText:
      return text(node, direction);
    case NodeKind::kSet:
      if (ast_.sets[node.a].is_empty()) return code_.emit(Op::kFail);
      return character(code_.test_of_set(node.a), direction);
    case NodeKind::kSequence:
      return sequence(node, follow, direction);
    case NodeKind::kAlternation:
      return alternation(node, follow, direction);
    case NodeKind::kCapture:
      return capture(node, follow, direction);
    case NodeKind::kLoop:
      return loop(node, follow, direction);
    case NodeKind::kLook:
      return look(node);
    case NodeKind::kBackReference:
      return back_reference(node, direction);
    case NodeKind::kInputStart:
      return code_.emit(Op::kInputStart);
    case NodeKind::kInputEnd:
      return code_.emit(Op::kInputEnd);
    case NodeKind::kLineStart:
      return code_.emit(Op::kLineStart);
    case NodeKind::kLineEnd:
      return code_.emit(Op::kLineEnd);
    case NodeKind::kWordBoundary:
      return code_.emit(Op::kWordBoundary, node.negative * kNotBoundary | node.fold_words * kFoldWords);
  }
}

FirstSet Compiler::first_of(const Node& node, const Follow& follow) {
  FirstSet first = node.first;
  if (node.transparent) first.unite(follow.first);
  return first;
}

void Compiler::sequence(const Node& parent, const Follow& follow, Direction direction) {
  std::vector<NodeIndex> children;
  for (NodeIndex child = parent.child; child != kNoNode; child = ast_[child].next) children.push_back(child);
  if (direction == Direction::kBackward) {
    for (size_t i = children.size(); i-- > 0;) node(children[i], Follow::unknown(), direction);
    return;
  }
  std::vector<Follow> follows(children.size(), follow);
  for (size_t i = children.size() - 1; i-- > 0;) {
    const Node& later = ast_[children[i + 1]];
    follows[i].first = first_of(later, follows[i + 1]);
    follows[i].always_matches = later.always_matches && follows[i + 1].always_matches;
  }
  for (size_t i = 0; i < children.size(); ++i) node(children[i], follows[i], direction);
}

// --- characters --------------------------------------------------------------------------------

void Compiler::text(const Node& node, Direction direction) {
  std::u16string_view units = std::u16string_view(ast_.text).substr(node.a, node.b);
  if (units.size() == 1) return character(code_.test_of_unit(units[0]), direction);
  code_.emit(direction == Direction::kForward ? Op::kText : Op::kTextBack,
             static_cast<uint32_t>(units.size()));
  for (size_t i = 0; i < units.size(); i += 2) {
    code_.emit_word(units[i] | (i + 1 < units.size() ? uint32_t{units[i + 1]} << 16 : 0));
  }
}

void Compiler::character(CharacterTest test, Direction direction) {
  if (direction == Direction::kForward) {
    code_.emit(match_op(test.kind));
  } else {
    code_.emit(Op::kMatchBack, static_cast<uint32_t>(test.kind));
  }
  code_.emit_word(test.operand);
}

// The test that a node of exactly one character comes down to.
std::optional<CharacterTest> Compiler::single_character(NodeIndex index) {
  const Node& node = ast_[index];
  if (node.kind == NodeKind::kText && node.b == 1) return code_.test_of_unit(ast_.text[node.a]);
  if (node.kind == NodeKind::kSet && !ast_.sets[node.a].is_empty()) return code_.test_of_set(node.a);
  return std::nullopt;
}

void Compiler::back_reference(const Node& node, Direction direction) {
  uint32_t flags = static_cast<uint32_t>(node.case_mode);
  if (direction == Direction::kBackward) flags |= kReferenceBackward;
  code_.emit(Op::kBackReference, flags);
  code_.emit_word(node.b);
  for (uint32_t i = 0; i < node.b; ++i) code_.emit_word(ast_.referenced_groups[node.a + i]);
}

// --- groups ------------------------------------------------------------------------------------

void Compiler::capture(const Node& parent, const Follow& follow, Direction direction) {
  uint32_t start = 2 * parent.a;
  uint32_t end = start + 1;
  code_.emit_undoable(Op::kSave, direction == Direction::kForward ? start : end);
  node(parent.child, follow, direction);
  code_.emit_undoable(Op::kSave, direction == Direction::kForward ? end : start);
}

void Compiler::look(const Node& parent) {
  if (std::optional<CharacterTest> test = single_character(parent.child)) {
    uint32_t flags = parent.negative * kAssertNegative | parent.behind * kAssertBehind;
    code_.emit(Op::kAssert, static_cast<uint32_t>(test->kind) | flags << 8);
    return code_.emit_word(test->operand);
  }
  Direction direction = parent.behind ? Direction::kBackward : Direction::kForward;
  uint32_t registers = new_registers(2);
  // The end of the inside drops its part of the stack, and with it what would undo its captures.
  uint32_t captures = parent.captures_end - parent.captures_begin;
  if (captures > 0) code_.emit_registers(Op::kKeep, 2 * parent.captures_begin, 2 * captures);
  code_.emit(parent.negative ? Op::kNegativeBegin : Op::kLookBegin, registers);
  uint32_t after = code_.here();
  if (parent.negative) code_.emit_word(0);
  node(parent.child, Follow::success(), direction);
  code_.emit(parent.negative ? Op::kNegativeEnd : Op::kLookEnd, registers);
  if (parent.negative && !code_.is_too_large()) code_.patch_word(after, code_.here());
}

// --- choices -----------------------------------------------------------------------------------

// No table (0) where the next unit tells nothing.
uint32_t Compiler::guard_table(const FirstSet& first_way, const FirstSet& second_way) const {
  if (first_way.is_everything() && second_way.is_everything()) return 0;
  auto bits = [](bool first, bool second) {
    return static_cast<uint8_t>((first ? kFirstWay : 0) | (second ? kSecondWay : 0));
  };
  UnitTable table;
  for (uint32_t unit = 0; unit < 256; ++unit) {
    table[unit] = bits(first_way.has_latin1(static_cast<uint8_t>(unit)),
                       second_way.has_latin1(static_cast<uint8_t>(unit)));
  }
  table[kBeyondLatin1] = bits(first_way.has_beyond_latin1(), second_way.has_beyond_latin1());
  table[kAtEnd] = bits(first_way.at_end(), second_way.at_end());
  return code_.add_unit_table(table);
}

// A split whose second way is a target to be patched; the first way is the next instruction.
uint32_t Compiler::split_forward(const FirstSet& first_way, const FirstSet& second_way, Direction direction) {
  uint32_t table = direction == Direction::kForward ? guard_table(first_way, second_way) : 0;
  uint32_t at = code_.emit_forward(table ? Op::kGuard : Op::kSplit);
  if (table) code_.emit_word(table);
  return at;
}

// A split whose first way is a target and whose second way is the next instruction.
uint32_t Compiler::split_jump_forward(const FirstSet& first_way, const FirstSet& second_way,
                                      Direction direction) {
  uint32_t table = direction == Direction::kForward ? guard_table(first_way, second_way) : 0;
  uint32_t at = code_.emit_forward(table ? Op::kGuardJump : Op::kSplitJump);
  if (table) code_.emit_word(table);
  return at;
}

void Compiler::split_jump(uint32_t target, const FirstSet& first_way, const FirstSet& second_way,
                          Direction direction) {
  uint32_t at = split_jump_forward(first_way, second_way, direction);
  if (!code_.is_too_large()) code_.patch_target(at, target);
}

void Compiler::alternation(const Node& parent, const Follow& follow, Direction direction) {
  std::vector<NodeIndex> alternatives;
  for (NodeIndex child = parent.child; child != kNoNode; child = ast_[child].next)
    alternatives.push_back(child);
  std::vector<FirstSet> firsts;
  if (direction == Direction::kForward) {
    for (NodeIndex alternative : alternatives) firsts.push_back(first_of(ast_[alternative], follow));
    if (switch_alternation(alternatives, firsts, follow)) return;
  } else {
    firsts.assign(alternatives.size(), FirstSet::everything());
  }
  // rest[i]: what alternatives i, i + 1, … may begin with
  std::vector<FirstSet> rest = firsts;
  for (size_t i = rest.size() - 1; i-- > 0;) rest[i].unite(rest[i + 1]);
  std::vector<uint32_t> exits;
  for (size_t i = 0; i < alternatives.size() && !code_.is_too_large(); ++i) {
    bool is_last = i + 1 == alternatives.size();
    uint32_t split = is_last ? 0 : split_forward(firsts[i], rest[i + 1], direction);
    node(alternatives[i], follow, direction);
    if (is_last) break;
    exits.push_back(code_.emit_forward(Op::kJump));
    if (!code_.is_too_large()) code_.patch_target(split, code_.here());
  }
  if (code_.is_too_large()) return;
  for (uint32_t exit : exits) code_.patch_target(exit, code_.here());
}

// Many alternatives: one look at the next unit leads to those that it can begin, in their order.
bool Compiler::switch_alternation(const std::vector<NodeIndex>& alternatives,
                                  const std::vector<FirstSet>& firsts, const Follow& follow) {
  if (alternatives.size() < kMinSwitchAlternatives || alternatives.size() > kMaxSwitchAlternatives)
    return false;
  if (switches_ >= kMaxSwitches) return false;
  std::map<std::vector<uint16_t>, std::vector<uint32_t>> units_of_chain;
  size_t longest = 0;
  for (uint32_t unit = 0; unit < kUnitTableBytes; ++unit) {
    std::vector<uint16_t> chain;
    for (size_t i = 0; i < firsts.size(); ++i) {
      bool possible = unit == kAtEnd          ? firsts[i].at_end()
                      : unit == kBeyondLatin1 ? firsts[i].has_beyond_latin1()
                                              : firsts[i].has_latin1(static_cast<uint8_t>(unit));
      if (possible) chain.push_back(static_cast<uint16_t>(i));
    }
    longest = std::max(longest, chain.size());
    units_of_chain[std::move(chain)].push_back(unit);
  }
  // Worth it only where the unit decides something.
  if (longest == alternatives.size() && units_of_chain.size() < 3) return false;
  ++switches_;
  uint32_t table = code_.add_switch_table();
  code_.emit(Op::kSwitch);
  code_.emit_word(table);
  std::vector<uint32_t> starts;
  std::vector<uint32_t> exits;
  for (NodeIndex alternative : alternatives) {
    starts.push_back(code_.here());
    node(alternative, follow, Direction::kForward);
    exits.push_back(code_.emit_forward(Op::kJump));
  }
  for (const auto& [chain, units] : units_of_chain) {
    if (code_.is_too_large()) return true;
    uint32_t target = chain.size() == 1 ? starts[chain[0]] : code_.here();
    for (uint32_t unit : units) code_.set_switch_target(table, unit, target);
    if (chain.empty()) code_.emit(Op::kFail);
    if (chain.size() < 2) continue;
    for (size_t i = 0; i + 1 < chain.size(); ++i) code_.emit(Op::kSplitJump, starts[chain[i]]);
    code_.emit(Op::kJump, starts[chain.back()]);
  }
  if (code_.is_too_large()) return true;
  for (uint32_t exit : exits) code_.patch_target(exit, code_.here());
  return true;
}

// --- loops -------------------------------------------------------------------------------------

void Compiler::loop(const Node& node, const Follow& follow, Direction direction) {
  if (direction == Direction::kForward && character_loop(node, follow)) return;
  bool body_may_be_empty = ast_[node.child].min_length == 0;
  if (node.a == 0 && node.b == 1) return optional(node, follow, direction);
  if (node.a == 1 && node.b == 1) return this->node(node.child, follow, direction);
  if (node.b == kInfinite && (node.a == 0 || (node.a == 1 && !body_may_be_empty))) {
    return unbounded_loop(node, follow, direction);
  }
  counted_loop(node, follow, direction);
}

// A loop over single characters is one instruction.
bool Compiler::character_loop(const Node& node, const Follow& follow) {
  std::optional<CharacterTest> test = single_character(node.child);
  if (!test) return false;
  bool bounded_points = takes_code_points(test->kind) && node.b != kInfinite;
  if (!node.greedy && bounded_points && node.a != node.b) return false;
  const FirstSet& own = ast_[node.child].first;
  uint32_t kind = static_cast<uint32_t>(test->kind);
  // OPTIMIZATION: nothing to come back for where fewer characters cannot be followed by the rest.
  bool possessive =
      node.a == node.b || (node.greedy && (follow.always_matches || !own.shares_unit_with(follow.first)));
  code_.emit(possessive ? Op::kPossessive : node.greedy ? Op::kGreedy : Op::kLazy, kind);
  code_.emit_word(test->operand);
  code_.emit_word(node.a);
  code_.emit_word(node.b);
  if (possessive) return true;
  uint32_t table = add_first_table(code_, follow.first);
  code_.emit(node.greedy ? Op::kGreedyBack : Op::kLazyBack, kind);
  if (!node.greedy) code_.emit_word(test->operand);
  code_.emit_word(table);
  return true;
}

// {0,1}
void Compiler::optional(const Node& parent, const Follow& follow, Direction direction) {
  const Node& body = ast_[parent.child];
  bool may_be_empty = body.min_length == 0;
  Follow inside = follow;
  inside.always_matches = follow.always_matches && !may_be_empty;
  FirstSet body_first = first_of(body, follow);
  uint32_t split = parent.greedy ? split_forward(body_first, follow.first, direction)
                                 : split_jump_forward(follow.first, body_first, direction);
  uint32_t start = may_be_empty ? new_registers(1) : 0;
  if (may_be_empty) code_.emit_undoable(Op::kSave, start);
  node(parent.child, inside, direction);
  if (may_be_empty) code_.emit(Op::kCheckProgress, start);
  if (!code_.is_too_large()) code_.patch_target(split, code_.here());
}

// {0,∞} and, where the body cannot be empty, {1,∞}
void Compiler::unbounded_loop(const Node& parent, const Follow& follow, Direction direction) {
  const Node& body = ast_[parent.child];
  bool may_be_empty = body.min_length == 0;
  Follow inside;
  inside.first = first_of(body, follow);
  inside.first.unite(follow.first);
  inside.always_matches = follow.always_matches && !may_be_empty;
  FirstSet body_first = first_of(body, inside);

  uint32_t exit = 0;
  if (parent.a == 0) {
    exit = parent.greedy ? split_forward(body_first, follow.first, direction)
                         : split_jump_forward(follow.first, body_first, direction);
  }
  uint32_t again = code_.here();
  uint32_t start = may_be_empty ? new_registers(1) : 0;
  if (may_be_empty) code_.emit_undoable(Op::kSave, start);
  clear_captures(parent);
  node(parent.child, inside, direction);
  if (may_be_empty) code_.emit(Op::kCheckProgress, start);
  if (parent.greedy) {
    split_jump(again, body_first, follow.first, direction);
  } else {
    uint32_t split = split_forward(follow.first, body_first, direction);
    if (!code_.is_too_large()) code_.patch_target(split, again);
  }
  if (parent.a == 0 && !code_.is_too_large()) code_.patch_target(exit, code_.here());
}

void Compiler::counted_loop(const Node& parent, const Follow& follow, Direction direction) {
  const Node& body = ast_[parent.child];
  bool may_be_empty = body.min_length == 0;
  Follow inside;
  inside.first = first_of(body, follow);
  inside.first.unite(follow.first);
  if (may_be_empty) inside = Follow::unknown();

  uint32_t counter = new_registers(1);
  uint32_t start = may_be_empty ? new_registers(1) : 0;
  code_.emit_undoable(Op::kSetZero, counter);
  uint32_t head = code_.emit_forward(parent.greedy ? Op::kCountHead : Op::kCountHeadLazy);
  code_.emit_word(counter);
  code_.emit_word(parent.a);
  code_.emit_word(parent.b);
  if (may_be_empty) code_.emit_undoable(Op::kSave, start);
  clear_captures(parent);
  node(parent.child, inside, direction);
  if (may_be_empty) {
    code_.emit(Op::kCheckProgressCounted, start);
    code_.emit_word(counter);
    code_.emit_word(parent.a);
  }
  code_.emit(Op::kCountNext, head);
  code_.emit(Op::kUndo, counter);
  if (!code_.is_too_large()) code_.patch_target(head, code_.here());
}

// RepeatMatcher, step 4: every iteration begins with the captures inside unset.
void Compiler::clear_captures(const Node& parent) {
  uint32_t count = parent.captures_end - parent.captures_begin;
  if (count == 0) return;
  // OPTIMIZATION: captures that every iteration sets anew cannot be seen in between.
  if (!ast_.has_back_references && unconditional_captures(parent.child) == count) return;
  code_.emit_registers(Op::kClear, 2 * parent.captures_begin, 2 * count);
}

// How many captures a match of the node always sets.
uint32_t Compiler::unconditional_captures(NodeIndex index) const {
  const Node& node = ast_[index];
  switch (node.kind) {
    case NodeKind::kCapture:
      return 1 + unconditional_captures(node.child);
    case NodeKind::kSequence: {
      uint32_t count = 0;
      for (NodeIndex child = node.child; child != kNoNode; child = ast_[child].next) {
        count += unconditional_captures(child);
      }
      return count;
    }
    case NodeKind::kLoop:
      return node.a > 0 ? unconditional_captures(node.child) : 0;
    default:
      return 0;
  }
}

}  // namespace

std::shared_ptr<const Program> compile_program(const Ast& ast, size_t max_bytes, SyntaxError& error) {
  auto program = std::make_shared<Program>();
  if (!Compiler(ast, *program, max_bytes).run()) {
    error = {kTooLarge, 0, true};
    return nullptr;
  }
  program->code.shrink_to_fit();
  program->data.shrink_to_fit();
  return program;
}

}  // namespace skein::regexp
