// Inside of the parser: a recursive descent over the code units (or, under u and v, code points) of
// the pattern. An error is noted once and travels up as a thrown completion.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/completion.h"
#include "core/regexp/ast.h"
#include "core/regexp/parser.h"

namespace skein::regexp {

class PatternParser {
 public:
  PatternParser(std::u16string_view pattern, Flags flags, ParseGoal goal, size_t max_bytes, Ast& ast);

  SyntaxError run();

 private:
  static constexpr uint32_t kEnd = UINT32_MAX;

  // What the modifiers in force say.
  struct Modifiers {
    bool ignore_case;
    bool multiline;
    bool dot_all;
  };

  // An atom before its quantifier: one literal character, which may still join a run of text, or a
  // node.
  struct Atom {
    NodeIndex node = kNoNode;
    uint32_t literal = 0;
    bool quantifiable = true;
    static Atom character(uint32_t code_point) { return {kNoNode, code_point, true}; }
    static Atom assertion(NodeIndex node) { return {node, 0, false}; }
  };

  struct Quantifier {
    uint32_t min = 0;
    uint32_t max = 0;
    bool greedy = true;
  };

  // The terms of an alternative so far; literal characters gather in one node.
  struct Sequence {
    std::vector<NodeIndex> children;
    bool run_is_open = false;
    uint32_t run_offset = 0;
  };

  // The value of a class under v: code points and longer strings (or the empty one).
  struct ClassSet {
    CodePointSet characters;
    std::set<std::u32string> strings;
    bool may_contain_strings = false;
    // Where the operand is one plain character, which may begin a range.
    bool is_single = false;
    uint32_t single = 0;
  };

  struct ClassAtom {
    bool is_set = false;
    uint32_t character = 0;
  };

  struct NamedReference {
    NodeIndex node;
    std::u16string name;
    uint32_t offset;
  };

  class Nesting {
   public:
    explicit Nesting(PatternParser& parser) : parser_(parser) { ++parser_.nesting_; }
    ~Nesting() { --parser_.nesting_; }
    bool too_deep() const { return parser_.nesting_ > kMaxNesting; }

   private:
    PatternParser& parser_;
  };

  // Reading.
  bool at_end() const { return position_ >= pattern_.size(); }
  bool full_unicode() const { return full_unicode_; }
  uint32_t unit_at(size_t index) const { return index < pattern_.size() ? pattern_[index] : kEnd; }
  uint32_t peek_unit(size_t ahead = 0) const { return unit_at(position_ + ahead); }
  uint32_t code_point_at(size_t index) const;
  // The next character: a code point under u and v, else a code unit.
  uint32_t peek() const { return full_unicode_ ? code_point_at(position_) : peek_unit(); }
  uint32_t next();
  bool eat(char16_t unit);
  bool eat(std::u16string_view text);
  bool looking_at(std::u16string_view text) const { return pattern_.substr(position_).starts_with(text); }
  Thrown fail(const char* message);
  Thrown fail_by_limit(const char* message);
  Thrown fail_at(const char* message, size_t offset);
  void prescan();
  size_t skip_class(size_t index) const;

  // Terms. What is not part of the recursion by groups stays out of its frames.
  Completion<NodeIndex> parse_disjunction();
  Completion<NodeIndex> parse_alternative();
  Completion<void> check_size();
  Completion<void> parse_term(Sequence& sequence);
  Completion<Atom> parse_atom();
  Completion<Atom> parse_group();
  [[gnu::noinline]] Completion<NodeIndex> parse_capture(bool named);
  Completion<Atom> parse_look(bool behind, bool negative);
  [[gnu::noinline]] Completion<NodeIndex> parse_modifier_group();
  Completion<NodeIndex> close_group();
  Completion<bool> parse_quantifier(Quantifier& quantifier);
  bool scan_braces(uint64_t& min, uint64_t& max, size_t& end) const;
  [[gnu::noinline]] Completion<void> append(Sequence& sequence, const Atom& atom);
  void append_character(Sequence& sequence, uint32_t character);
  void close_run(Sequence& sequence);

  // Escapes; the backslash is behind.
  [[gnu::noinline]] Completion<Atom> parse_atom_escape();
  Completion<Atom> parse_decimal_escape();
  Completion<NodeIndex> parse_named_reference();
  Completion<uint32_t> parse_character_escape(bool in_class);
  Completion<uint32_t> parse_unicode_escape();
  Completion<uint32_t> parse_identity_escape(bool in_class);
  uint32_t parse_legacy_octal();
  bool scan_hex(size_t index, size_t digits, uint32_t& value) const;
  bool scan_braced_hex(size_t index, uint32_t& value, size_t& end) const;
  // \d \D \s \S \w \W \p \P; false, with nothing read, where there is none.
  Completion<bool> parse_set_escape(ClassSet& set);
  Completion<void> parse_property(bool negated, ClassSet& set);

  // Group names.
  [[gnu::noinline]] Completion<std::u16string> parse_group_name();
  Completion<uint32_t> parse_group_name_character();
  Completion<void> declare_group_name(std::u16string name, uint32_t group, size_t offset);
  uint32_t name_id(const std::u16string& name);
  Completion<void> resolve_references();

  // Classes.
  [[gnu::noinline]] Completion<NodeIndex> parse_class();
  Completion<NodeIndex> parse_class_ranges(bool negated);
  Completion<ClassAtom> parse_class_atom(ClassSet& set);
  Completion<ClassAtom> parse_class_escape(ClassSet& set);
  Completion<NodeIndex> parse_class_set();
  Completion<void> parse_class_set_contents(bool negated, ClassSet& set);
  [[gnu::noinline]] Completion<void> parse_class_union(ClassSet first, ClassSet& set);
  [[gnu::noinline]] Completion<void> parse_class_operation(char16_t operator_unit, ClassSet first,
                                                           ClassSet& set);
  Completion<void> parse_class_operand(ClassSet& set);
  [[gnu::noinline]] Completion<void> parse_class_range(ClassSet& operand);
  [[gnu::noinline]] Completion<void> parse_class_strings(ClassSet& set);
  Completion<uint32_t> parse_class_set_character();
  void add_class_string(const std::u32string& string, ClassSet& set);
  void add_class_character(uint32_t character, ClassSet& set);
  void fold_class(CodePointSet& set) const;
  void complement(CodePointSet& set) const;
  NodeIndex class_set_node(ClassSet& set);

  // Nodes.
  CaseMode case_mode() const;
  NodeIndex character_node(uint32_t character);
  NodeIndex dot_node();
  NodeIndex set_node(CodePointSet set, bool inverted);
  // Equal sets have one index.
  uint32_t intern_set(CodePointSet set);
  // The index of the set of variants of a character that has some, or kNoNode.
  uint32_t variants_of(uint32_t character);

  const std::u16string_view pattern_;
  const bool full_unicode_;
  const bool unicode_sets_;
  const ParseGoal goal_;
  const size_t max_bytes_;
  Ast& ast_;
  AstBuilder build_;
  size_t position_ = 0;
  uint32_t nesting_ = 0;
  uint32_t total_captures_ = 1;  // of the whole pattern, known beforehand
  bool has_group_names_ = false;
  Modifiers modifiers_;
  SyntaxError error_;
  size_t set_ranges_ = 0;

  std::unordered_multimap<uint64_t, uint32_t> set_indices_;
  std::unordered_map<uint32_t, uint32_t> variants_;
  std::unordered_map<std::u16string, uint32_t> name_ids_;
  std::vector<std::vector<uint32_t>> groups_of_name_;
  // How often each name occurs where it could take part together with what is being read.
  std::vector<uint32_t> active_names_;
  std::vector<uint32_t> names_in_alternative_;
  std::vector<NamedReference> references_;
};

}  // namespace skein::regexp
