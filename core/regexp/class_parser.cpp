// Character classes: ClassRanges, and under v the set notation.
// https://tc39.es/ecma262/#prod-CharacterClass
#include <algorithm>

#include "core/regexp/pattern_parser.h"
#include "core/regexp/unicode_properties.h"

namespace skein::regexp {

namespace {

// ClassSetReservedDoublePunctuator, as the character that stands twice.
bool is_reserved_double(uint32_t unit) {
  return unit < 0x80 &&
         std::string_view("&!#$%*+,.:;<=>?@^`~").find(static_cast<char>(unit)) != std::string_view::npos;
}

bool is_class_set_syntax_character(uint32_t unit) {
  return unit < 0x80 &&
         std::string_view("()[]{}/-\\|").find(static_cast<char>(unit)) != std::string_view::npos;
}

bool is_class_set_reserved_punctuator(uint32_t unit) {
  return unit < 0x80 &&
         std::string_view("&-!#%,:;<=>@`~").find(static_cast<char>(unit)) != std::string_view::npos;
}

}  // namespace

// After the opening bracket.
Completion<NodeIndex> PatternParser::parse_class() {
  if (unicode_sets_) return parse_class_set();
  return parse_class_ranges(eat(u'^'));
}

// --- ClassRanges -------------------------------------------------------------------------------

Completion<NodeIndex> PatternParser::parse_class_ranges(bool negated) {
  ClassSet set;
  while (!eat(u']')) {
    ClassAtom first = TRY(parse_class_atom(set));
    if (peek_unit() != '-' || peek_unit(1) == ']' || peek_unit(1) == kEnd) {
      if (!first.is_set) set.characters.add(first.character);
      continue;
    }
    size_t dash = position_++;
    ClassAtom last = TRY(parse_class_atom(set));
    if (first.is_set || last.is_set) {
      if (full_unicode()) return fail_at("Invalid character class", dash);
      // Annex B: the dash is a member, beside both ends
      if (!first.is_set) set.characters.add(first.character);
      if (!last.is_set) set.characters.add(last.character);
      set.characters.add('-');
      continue;
    }
    if (first.character > last.character) return fail_at("Range out of order in character class", dash);
    set.characters.add(first.character, last.character);
  }
  return set_node(std::move(set.characters), negated);
}

// One character, or a set that is added to `set`.
Completion<PatternParser::ClassAtom> PatternParser::parse_class_atom(ClassSet& set) {
  uint32_t character = next();
  if (character == kEnd) return fail("Unterminated character class");
  if (character == '\\') return parse_class_escape(set);
  return ClassAtom{false, character};
}

Completion<PatternParser::ClassAtom> PatternParser::parse_class_escape(ClassSet& set) {
  uint32_t unit = peek_unit();
  if (unit == 'b') {
    ++position_;
    return ClassAtom{false, '\b'};
  }
  if (full_unicode() && unit - '1' < 9) return fail("Invalid class escape");
  ClassSet escaped;
  if (TRY(parse_set_escape(escaped))) {
    set.characters.unite(escaped.characters);
    return ClassAtom{true, 0};
  }
  return ClassAtom{false, TRY(parse_character_escape(true))};
}

// --- sets under v ------------------------------------------------------------------------------

Completion<NodeIndex> PatternParser::parse_class_set() {
  ClassSet set;
  bool negated = eat(u'^');
  TRY(parse_class_set_contents(negated, set));
  return class_set_node(set);
}

// Up to and with the closing bracket.
Completion<void> PatternParser::parse_class_set_contents(bool negated, ClassSet& set) {
  Nesting nesting(*this);
  if (nesting.too_deep()) return fail_by_limit("Regular expression too deeply nested");
  size_t start = position_;
  if (!eat(u']')) {
    ClassSet first;
    TRY(parse_class_operand(first));
    if (looking_at(u"--")) {
      TRY(parse_class_operation('-', std::move(first), set));
    } else if (looking_at(u"&&")) {
      TRY(parse_class_operation('&', std::move(first), set));
    } else {
      TRY(parse_class_union(std::move(first), set));
    }
  }
  if (!negated) return {};
  if (set.may_contain_strings) return fail_at("Negated character class may contain strings", start);
  complement(set.characters);
  return {};
}

Completion<void> PatternParser::parse_class_union(ClassSet first, ClassSet& set) {
  ClassSet operand = std::move(first);
  for (;;) {
    TRY(parse_class_range(operand));
    set.characters.unite(operand.characters);
    set.strings.merge(operand.strings);
    set.may_contain_strings |= operand.may_contain_strings;
    if (eat(u']')) return {};
    if (looking_at(u"--") || looking_at(u"&&")) return fail("Invalid set operation in character class");
    operand = {};
    TRY(parse_class_operand(operand));
  }
}

// Where a dash follows a single character, the range that it begins.
Completion<void> PatternParser::parse_class_range(ClassSet& operand) {
  if (peek_unit() != '-' || peek_unit(1) == '-') return {};
  size_t dash = position_++;
  if (!operand.is_single) return fail_at("Invalid character class", dash);
  ClassSet last;
  TRY(parse_class_operand(last));
  if (!last.is_single) return fail_at("Invalid character class", dash);
  if (operand.single > last.single) return fail_at("Range out of order in character class", dash);
  CodePointSet range{{operand.single, last.single}};
  fold_class(range);
  operand.characters.unite(range);
  operand.is_single = false;
  return {};
}

// ClassIntersection and ClassSubtraction, from the first operator on.
Completion<void> PatternParser::parse_class_operation(char16_t operator_unit, ClassSet first, ClassSet& set) {
  set = std::move(first);
  const char16_t operator_text[2] = {operator_unit, operator_unit};
  while (!eat(u']')) {
    if (!eat(std::u16string_view(operator_text, 2))) {
      return fail(at_end() ? "Unterminated character class" : "Invalid set operation in character class");
    }
    if (operator_unit == '&' && peek_unit() == '&') return fail("Invalid character in character class");
    ClassSet operand;
    TRY(parse_class_operand(operand));
    bool intersects = operator_unit == '&';
    if (intersects) {
      set.characters.intersect(operand.characters);
      set.may_contain_strings &= operand.may_contain_strings;
    } else {
      set.characters.subtract(operand.characters);
    }
    std::erase_if(set.strings, [&](const std::u32string& string) {
      return operand.strings.contains(string) != intersects;
    });
  }
  set.is_single = false;
  return {};
}

// ClassSetOperand: a nested class, \q{…}, a set escape, or one character.
Completion<void> PatternParser::parse_class_operand(ClassSet& set) {
  if (eat(u'[')) {
    bool negated = eat(u'^');
    return parse_class_set_contents(negated, set);
  }
  if (peek_unit() == '\\') {
    if (peek_unit(1) == 'q') {
      position_ += 2;
      return parse_class_strings(set);
    }
    ++position_;
    if (TRY(parse_set_escape(set))) return {};
    --position_;
  }
  uint32_t character = TRY(parse_class_set_character());
  add_class_character(character, set);
  set.is_single = true;
  set.single = character;
  return {};
}

// ClassStringDisjunction, after \q.
Completion<void> PatternParser::parse_class_strings(ClassSet& set) {
  if (!eat(u'{')) return fail("Invalid escape");
  std::u32string string;
  for (;;) {
    if (at_end()) return fail("Invalid character class");
    bool closed = eat(u'}');
    if (!closed && !eat(u'|')) {
      string.push_back(static_cast<char32_t>(TRY(parse_class_set_character())));
      continue;
    }
    if (string.size() != 1) set.may_contain_strings = true;
    for (char32_t& character : string) {
      if (case_mode() == CaseMode::kFold) character = canonicalize(CaseMode::kFold, character);
    }
    add_class_string(string, set);
    string.clear();
    if (closed) return {};
  }
}

// https://tc39.es/ecma262/#prod-ClassSetCharacter
Completion<uint32_t> PatternParser::parse_class_set_character() {
  uint32_t character = peek();
  if (character == kEnd) return fail("Unterminated character class");
  if (character == '\\') {
    ++position_;
    if (eat(u'b')) return uint32_t{'\b'};
    if (is_class_set_reserved_punctuator(peek_unit())) return next();
    if (peek_unit() - '1' < 9) return fail("Invalid class escape");
    return parse_character_escape(false);
  }
  if (is_class_set_syntax_character(character)) return fail("Invalid character in character class");
  if (is_reserved_double(character) && peek_unit(1) == character) {
    return fail("Invalid set operation in character class");
  }
  return next();
}

void PatternParser::add_class_string(const std::u32string& string, ClassSet& set) {
  if (string.size() == 1) return add_class_character(string[0], set);
  if (case_mode() != CaseMode::kFold) {
    set.strings.insert(string);
    return;
  }
  std::u32string folded = string;
  for (char32_t& character : folded) character = canonicalize(CaseMode::kFold, character);
  set.strings.insert(std::move(folded));
}

void PatternParser::add_class_character(uint32_t character, ClassSet& set) {
  set.characters.add(unicode_sets_ ? canonicalize(case_mode(), character) : character);
}

// MaybeSimpleCaseFolding
void PatternParser::fold_class(CodePointSet& set) const {
  if (!unicode_sets_ || !modifiers_.ignore_case || goal_ == ParseGoal::kValidate) return;
  set = simple_case_folding(set);
}

// CharacterComplement: under v and i all characters are those that fold to themselves.
void PatternParser::complement(CodePointSet& set) const {
  set.invert();
  if (unicode_sets_ && modifiers_.ignore_case) set.intersect(all_folded_characters());
}

// CompileAtom of a class that may hold strings: the longest first, as alternatives.
NodeIndex PatternParser::class_set_node(ClassSet& set) {
  if (set.strings.empty()) return set_node(std::move(set.characters), false);
  std::vector<std::u32string> strings(set.strings.begin(), set.strings.end());
  std::stable_sort(strings.begin(), strings.end(),
                   [](const std::u32string& a, const std::u32string& b) { return a.size() > b.size(); });
  bool has_empty = strings.back().empty();
  if (has_empty) strings.pop_back();
  std::vector<NodeIndex> alternatives;
  for (const std::u32string& string : strings) {
    Sequence sequence;
    for (char32_t character : string) append_character(sequence, character);
    close_run(sequence);
    alternatives.push_back(build_.sequence(sequence.children));
  }
  if (!set.characters.is_empty()) alternatives.push_back(set_node(std::move(set.characters), false));
  if (has_empty) alternatives.push_back(build_.empty());
  return build_.alternation(alternatives);
}

}  // namespace skein::regexp
