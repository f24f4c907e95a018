#include "core/regexp/pattern_parser.h"

#include <algorithm>

#include "core/regexp/unicode_properties.h"

namespace skein::regexp {

SyntaxError parse(std::u16string_view pattern, Flags flags, ParseGoal goal, size_t max_bytes, Ast& ast) {
  return PatternParser(pattern, flags, goal, max_bytes, ast).run();
}

PatternParser::PatternParser(std::u16string_view pattern, Flags flags, ParseGoal goal, size_t max_bytes,
                             Ast& ast)
    : pattern_(pattern),
      full_unicode_(flags.full_unicode()),
      unicode_sets_(flags.has(Flags::kUnicodeSets)),
      goal_(goal),
      max_bytes_(max_bytes),
      ast_(ast),
      build_(ast),
      modifiers_{flags.has(Flags::kIgnoreCase), flags.has(Flags::kMultiline), flags.has(Flags::kDotAll)} {
  ast.flags = flags;
}

SyntaxError PatternParser::run() {
  if (pattern_.size() > kMaxPatternLength) return {kTooLarge, 0, true};
  prescan();
  if (total_captures_ > kMaxCaptures) return {"Too many captures", 0, true};
  auto root = parse_disjunction();
  if (root.is_thrown()) return error_;
  if (!at_end()) {
    fail("Unmatched ')'");
    return error_;
  }
  if (resolve_references().is_thrown()) return error_;
  ast_.root = root.value();
  return {};
}

// --- reading -----------------------------------------------------------------------------------

uint32_t PatternParser::code_point_at(size_t index) const {
  uint32_t unit = unit_at(index);
  if (unit == kEnd || !is_lead_surrogate(unit)) return unit;
  uint32_t trail = unit_at(index + 1);
  return trail != kEnd && is_trail_surrogate(trail) ? combine_surrogates(unit, trail) : unit;
}

uint32_t PatternParser::next() {
  uint32_t character = peek();
  if (character != kEnd) position_ += character > 0xFFFF ? 2 : 1;
  return character;
}

bool PatternParser::eat(char16_t unit) {
  if (peek_unit() != unit) return false;
  ++position_;
  return true;
}

bool PatternParser::eat(std::u16string_view text) {
  if (!looking_at(text)) return false;
  position_ += text.size();
  return true;
}

Thrown PatternParser::fail(const char* message) {
  return fail_at(message, position_);
}

Thrown PatternParser::fail_by_limit(const char* message) {
  fail(message);
  error_.is_limit = true;
  return {};
}

Thrown PatternParser::fail_at(const char* message, size_t offset) {
  error_ = {message, static_cast<uint32_t>(offset)};
  return {};
}

// Counts the groups, because \1 and \k mean one thing or another depending on what comes later.
void PatternParser::prescan() {
  for (size_t index = 0; index < pattern_.size(); ++index) {
    switch (pattern_[index]) {
      case '\\':
        ++index;
        break;
      case '[':
        index = skip_class(index);
        break;
      case '(':
        if (unit_at(index + 1) != '?') {
          ++total_captures_;
        } else if (unit_at(index + 2) == '<' && unit_at(index + 3) != '=' && unit_at(index + 3) != '!') {
          ++total_captures_;
          has_group_names_ = true;
        }
        break;
      default:
        break;
    }
  }
}

// The index of the bracket that closes the class opened at `index`, or the pattern's length.
size_t PatternParser::skip_class(size_t index) const {
  size_t open = 0;
  for (; index < pattern_.size(); ++index) {
    char16_t unit = pattern_[index];
    if (unit == '\\') {
      ++index;
    } else if (unit == '[') {
      if (open == 0 || unicode_sets_) ++open;
    } else if (unit == ']' && --open == 0) {
      return index;
    }
  }
  return index;
}

// --- terms -------------------------------------------------------------------------------------

Completion<NodeIndex> PatternParser::parse_disjunction() {
  Nesting nesting(*this);
  if (nesting.too_deep()) return fail_by_limit("Regular expression too deeply nested");
  std::vector<NodeIndex> alternatives;
  // Names of finished alternatives: the next one may use them again.
  std::vector<uint32_t> finished_names;
  size_t names_before = names_in_alternative_.size();
  for (;;) {
    alternatives.push_back(TRY(parse_alternative()));
    if (!eat(u'|')) break;
    TRY(check_size());
    for (size_t i = names_before; i < names_in_alternative_.size(); ++i) {
      --active_names_[names_in_alternative_[i]];
      finished_names.push_back(names_in_alternative_[i]);
    }
    names_in_alternative_.resize(names_before);
  }
  for (uint32_t name : finished_names) {
    ++active_names_[name];
    names_in_alternative_.push_back(name);
  }
  return build_.alternation(alternatives);
}

Completion<void> PatternParser::check_size() {
  size_t bytes = ast_.nodes.size() * sizeof(Node) + ast_.text.size() * sizeof(char16_t) +
                 set_ranges_ * sizeof(CodePointSet::Range) + ast_.sets.size() * sizeof(CodePointSet);
  if (ast_.nodes.size() > kMaxNodes || bytes > max_bytes_) return fail_by_limit(kTooLarge);
  return {};
}

Completion<NodeIndex> PatternParser::parse_alternative() {
  Sequence sequence;
  while (!at_end() && peek_unit() != '|' && peek_unit() != ')') {
    TRY(parse_term(sequence));
    TRY(check_size());
  }
  close_run(sequence);
  return build_.sequence(sequence.children);
}

Completion<void> PatternParser::parse_term(Sequence& sequence) {
  switch (peek_unit()) {
    case '*':
    case '+':
    case '?':
      return fail("Nothing to repeat");
    case '{': {
      uint64_t min, max;
      size_t end;
      if (full_unicode() || scan_braces(min, max, end)) return fail("Nothing to repeat");
      break;
    }
    case '}':
    case ']':
      if (full_unicode()) return fail("Lone quantifier brackets");
      break;
    default:
      break;
  }
  // Groups and sets of strings append to the store of the run of text before them.
  if (peek_unit() == '(' || peek_unit() == '[' || looking_at(u"\\p")) close_run(sequence);
  return append(sequence, TRY(parse_atom()));
}

Completion<PatternParser::Atom> PatternParser::parse_atom() {
  uint32_t character = next();
  switch (character) {
    case '^':
      return Atom::assertion(
          build_.assertion(modifiers_.multiline ? NodeKind::kLineStart : NodeKind::kInputStart));
    case '$':
      return Atom::assertion(
          build_.assertion(modifiers_.multiline ? NodeKind::kLineEnd : NodeKind::kInputEnd));
    case '(':
      return parse_group();
    case '.':
      return Atom{dot_node()};
    case '[':
      return Atom{TRY(parse_class())};
    case '\\':
      return parse_atom_escape();
    default:
      return Atom::character(character);
  }
}

// After the opening parenthesis.
Completion<PatternParser::Atom> PatternParser::parse_group() {
  if (!eat(u'?')) return Atom{TRY(parse_capture(false))};
  if (eat(u':')) return Atom{TRY(close_group())};
  if (eat(u'=')) return parse_look(false, false);
  if (eat(u'!')) return parse_look(false, true);
  if (eat(u"<=")) return parse_look(true, false);
  if (eat(u"<!")) return parse_look(true, true);
  if (eat(u'<')) return Atom{TRY(parse_capture(true))};
  return Atom{TRY(parse_modifier_group())};
}

Completion<NodeIndex> PatternParser::parse_capture(bool named) {
  uint32_t group = ast_.capture_count++;
  if (named) {
    size_t offset = position_;
    std::u16string name = TRY(parse_group_name());
    TRY(declare_group_name(std::move(name), group, offset));
  }
  return build_.capture(group, TRY(close_group()));
}

Completion<PatternParser::Atom> PatternParser::parse_look(bool behind, bool negative) {
  Atom atom{build_.look(TRY(close_group()), behind, negative)};
  // Annex B: QuantifiableAssertion
  atom.quantifiable = !full_unicode() && !behind;
  return atom;
}

// https://tc39.es/ecma262/#sec-patterns-static-semantics-early-errors, Atom :: (? RegularExpressionModifiers
// …
Completion<NodeIndex> PatternParser::parse_modifier_group() {
  Modifiers outer = modifiers_;
  bool seen[3] = {};
  bool adding = true;
  bool any = false;
  for (;;) {
    size_t index;
    switch (peek_unit()) {
      case 'i':
        index = 0;
        break;
      case 'm':
        index = 1;
        break;
      case 's':
        index = 2;
        break;
      case '-':
        if (!adding) return fail("Multiple dashes in flag group");
        adding = false;
        ++position_;
        continue;
      case ':': {
        if (!any) return fail("Invalid flag group");
        ++position_;
        NodeIndex body = TRY(close_group());
        modifiers_ = outer;
        return body;
      }
      default:
        return fail(any || !adding ? "Invalid flag group" : "Invalid group");
    }
    if (seen[index]) return fail("Repeated flag in flag group");
    seen[index] = true;
    any = true;
    (index == 0 ? modifiers_.ignore_case : index == 1 ? modifiers_.multiline : modifiers_.dot_all) = adding;
    ++position_;
  }
}

// The disjunction inside a group, and its closing parenthesis.
Completion<NodeIndex> PatternParser::close_group() {
  NodeIndex body = TRY(parse_disjunction());
  if (!eat(u')')) return fail("Unterminated group");
  return body;
}

Completion<void> PatternParser::append(Sequence& sequence, const Atom& atom) {
  Quantifier quantifier;
  bool quantified = atom.quantifiable && TRY(parse_quantifier(quantifier));
  if (atom.node == kNoNode && !quantified) {
    append_character(sequence, atom.literal);
    return {};
  }
  close_run(sequence);
  NodeIndex node = atom.node == kNoNode ? character_node(atom.literal) : atom.node;
  if (quantified) node = build_.loop(node, quantifier.min, quantifier.max, quantifier.greedy);
  sequence.children.push_back(node);
  return {};
}

void PatternParser::append_character(Sequence& sequence, uint32_t character) {
  bool lone_surrogate = full_unicode() && is_surrogate(character);
  if (lone_surrogate || variants_of(character) != kNoNode) {
    close_run(sequence);
    sequence.children.push_back(character_node(character));
    return;
  }
  if (!sequence.run_is_open) {
    sequence.run_is_open = true;
    sequence.run_offset = static_cast<uint32_t>(ast_.text.size());
  }
  if (character > 0xFFFF) {
    ast_.text.push_back(lead_surrogate_of(character));
    ast_.text.push_back(trail_surrogate_of(character));
  } else {
    ast_.text.push_back(static_cast<char16_t>(character));
  }
}

void PatternParser::close_run(Sequence& sequence) {
  if (!sequence.run_is_open) return;
  sequence.run_is_open = false;
  uint32_t length = static_cast<uint32_t>(ast_.text.size()) - sequence.run_offset;
  sequence.children.push_back(build_.text(sequence.run_offset, length));
}

// --- quantifiers -------------------------------------------------------------------------------

// {n} {n,} {n,m} at the position; numbers saturate.
bool PatternParser::scan_braces(uint64_t& min, uint64_t& max, size_t& end) const {
  size_t index = position_;
  if (unit_at(index) != '{') return false;
  ++index;
  auto number = [&](uint64_t& value) {
    size_t start = index;
    value = 0;
    for (; unit_at(index) - '0' < 10; ++index) {
      value = value > UINT64_MAX / 16 ? UINT64_MAX / 16 : value * 10 + (unit_at(index) - '0');
    }
    return index > start;
  };
  if (!number(min)) return false;
  max = min;
  if (unit_at(index) == ',') {
    ++index;
    if (!number(max)) max = UINT64_MAX;
  }
  if (unit_at(index) != '}') return false;
  end = index + 1;
  return true;
}

Completion<bool> PatternParser::parse_quantifier(Quantifier& quantifier) {
  switch (peek_unit()) {
    case '*':
      quantifier = {0, kInfinite};
      ++position_;
      break;
    case '+':
      quantifier = {1, kInfinite};
      ++position_;
      break;
    case '?':
      quantifier = {0, 1};
      ++position_;
      break;
    case '{': {
      uint64_t min, max;
      size_t end;
      if (!scan_braces(min, max, end)) {
        if (full_unicode()) return fail("Incomplete quantifier");
        return false;
      }
      if (min > max) return fail("numbers out of order in {} quantifier");
      // No input is long enough to tell these from infinity.
      quantifier.min = static_cast<uint32_t>(std::min<uint64_t>(min, kInfinite - 1));
      quantifier.max = static_cast<uint32_t>(std::min<uint64_t>(max, kInfinite));
      position_ = end;
      break;
    }
    default:
      return false;
  }
  quantifier.greedy = !eat(u'?');
  return true;
}

// --- nodes -------------------------------------------------------------------------------------

CaseMode PatternParser::case_mode() const {
  if (!modifiers_.ignore_case) return CaseMode::kSensitive;
  return full_unicode() ? CaseMode::kFold : CaseMode::kUpperCase;
}

uint32_t PatternParser::variants_of(uint32_t character) {
  CaseMode mode = case_mode();
  if (mode == CaseMode::kSensitive || goal_ == ParseGoal::kValidate) return kNoNode;
  if (auto known = variants_.find(character); known != variants_.end()) return known->second;
  CodePointSet variants{{character, character}};
  close_over_case(mode, variants);
  uint32_t index = variants.size() > 1 ? intern_set(std::move(variants)) : kNoNode;
  variants_.emplace(character, index);
  return index;
}

NodeIndex PatternParser::character_node(uint32_t character) {
  if (uint32_t variants = variants_of(character); variants != kNoNode) return build_.set(variants);
  if (full_unicode() && is_surrogate(character)) {
    return build_.set(intern_set(CodePointSet{{character, character}}));
  }
  uint32_t offset = static_cast<uint32_t>(ast_.text.size());
  if (character > 0xFFFF) {
    ast_.text.push_back(lead_surrogate_of(character));
    ast_.text.push_back(trail_surrogate_of(character));
  } else {
    ast_.text.push_back(static_cast<char16_t>(character));
  }
  return build_.text(offset, character > 0xFFFF ? 2 : 1);
}

NodeIndex PatternParser::dot_node() {
  CodePointSet set = CodePointSet::all();
  if (!modifiers_.dot_all) set.subtract(line_terminators());
  return build_.set(intern_set(std::move(set)));
}

// CharacterSetMatcher: the member that makes it match may be any with the same canonical form, and
// only then does inversion count.
NodeIndex PatternParser::set_node(CodePointSet set, bool inverted) {
  if (goal_ == ParseGoal::kCompile) close_over_case(case_mode(), set);
  if (inverted) set.invert();
  return build_.set(intern_set(std::move(set)));
}

uint32_t PatternParser::intern_set(CodePointSet set) {
  if (goal_ == ParseGoal::kValidate) set = {};
  uint64_t hash = 0;
  for (CodePointSet::Range range : set.ranges()) {
    hash = (hash ^ (uint64_t{range.first} << 32 | range.last)) * 0x9E3779B97F4A7C15;
    hash ^= hash >> 32;
  }
  auto [first, last] = set_indices_.equal_range(hash);
  for (; first != last; ++first) {
    if (ast_.sets[first->second] == set) return first->second;
  }
  auto index = static_cast<uint32_t>(ast_.sets.size());
  set_indices_.emplace(hash, index);
  set_ranges_ += set.ranges().size();
  ast_.sets.push_back(std::move(set));
  return index;
}

// --- group names -------------------------------------------------------------------------------

uint32_t PatternParser::name_id(const std::u16string& name) {
  auto [entry, is_new] = name_ids_.emplace(name, static_cast<uint32_t>(groups_of_name_.size()));
  if (is_new) {
    groups_of_name_.emplace_back();
    active_names_.push_back(0);
  }
  return entry->second;
}

// Two groups of one name are an error unless they are in different alternatives of some disjunction.
Completion<void> PatternParser::declare_group_name(std::u16string name, uint32_t group, size_t offset) {
  uint32_t id = name_id(name);
  if (active_names_[id] != 0) return fail_at("Duplicate capture group name", offset);
  ++active_names_[id];
  names_in_alternative_.push_back(id);
  groups_of_name_[id].push_back(group);
  ast_.group_names.push_back({std::move(name), group});
  return {};
}

// After `<`, up to and with `>`. https://tc39.es/ecma262/#prod-GroupName
Completion<std::u16string> PatternParser::parse_group_name() {
  std::u16string name;
  size_t start = position_;
  while (!eat(u'>')) {
    if (at_end()) return fail_at("Invalid capture group name", start);
    uint32_t code_point = TRY(parse_group_name_character());
    bool valid = name.empty() ? is_identifier_start(code_point) : is_identifier_part(code_point);
    if (!valid) return fail_at("Invalid capture group name", start);
    if (code_point > 0xFFFF) {
      name.push_back(lead_surrogate_of(code_point));
      name.push_back(trail_surrogate_of(code_point));
    } else {
      name.push_back(static_cast<char16_t>(code_point));
    }
  }
  if (name.empty()) return fail_at("Invalid capture group name", start);
  return name;
}

// Names are code points whatever the flags are.
Completion<uint32_t> PatternParser::parse_group_name_character() {
  uint32_t code_point = code_point_at(position_);
  position_ += code_point > 0xFFFF ? 2 : 1;
  if (code_point != '\\') return code_point;
  if (!eat(u'u')) return fail("Invalid Unicode escape");
  uint32_t value;
  size_t end;
  if (scan_braced_hex(position_, value, end)) {
    position_ = end;
    return value;
  }
  if (!scan_hex(position_, 4, value)) return fail("Invalid Unicode escape");
  position_ += 4;
  uint32_t trail;
  if (is_lead_surrogate(value) && looking_at(u"\\u") && scan_hex(position_ + 2, 4, trail) &&
      is_trail_surrogate(trail)) {
    position_ += 6;
    return combine_surrogates(value, trail);
  }
  return value;
}

Completion<void> PatternParser::resolve_references() {
  for (const NamedReference& reference : references_) {
    auto entry = name_ids_.find(reference.name);
    if (entry == name_ids_.end()) return fail_at("Invalid named capture referenced", reference.offset);
    const std::vector<uint32_t>& groups = groups_of_name_[entry->second];
    Node& node = ast_[reference.node];
    node.a = static_cast<uint32_t>(ast_.referenced_groups.size());
    node.b = static_cast<uint32_t>(groups.size());
    ast_.referenced_groups.insert(ast_.referenced_groups.end(), groups.begin(), groups.end());
    if (ast_.referenced_groups.size() > kMaxNodes) return fail_by_limit(kTooLarge);
  }
  return {};
}

}  // namespace skein::regexp
