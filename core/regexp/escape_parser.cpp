// Escapes outside and inside of classes.
// https://tc39.es/ecma262/#prod-AtomEscape, with the legacy forms of Annex B.
#include <string>

#include "core/regexp/pattern_parser.h"
#include "core/regexp/unicode_properties.h"

namespace skein::regexp {

namespace {

bool is_ascii_letter(uint32_t unit) {
  return (unit | 0x20) - 'a' < 26;
}
bool is_digit(uint32_t unit) {
  return unit - '0' < 10;
}
bool is_octal_digit(uint32_t unit) {
  return unit - '0' < 8;
}

int hex_value(uint32_t unit) {
  if (is_digit(unit)) return static_cast<int>(unit - '0');
  uint32_t lower = unit | 0x20;
  return lower - 'a' < 6 ? static_cast<int>(lower - 'a' + 10) : -1;
}

// SyntaxCharacter or /
bool is_syntax_character(uint32_t unit) {
  return unit < 0x80 &&
         std::string_view("^$\\.*+?()[]{}|/").find(static_cast<char>(unit)) != std::string_view::npos;
}

}  // namespace

bool PatternParser::scan_hex(size_t index, size_t digits, uint32_t& value) const {
  value = 0;
  for (size_t i = 0; i < digits; ++i) {
    int digit = hex_value(unit_at(index + i));
    if (digit < 0) return false;
    value = value * 16 + static_cast<uint32_t>(digit);
  }
  return true;
}

bool PatternParser::scan_braced_hex(size_t index, uint32_t& value, size_t& end) const {
  if (unit_at(index) != '{') return false;
  size_t start = ++index;
  value = 0;
  for (int digit; (digit = hex_value(unit_at(index))) >= 0; ++index) {
    value = value * 16 + static_cast<uint32_t>(digit);
    if (value > kMaxCodePoint) return false;
  }
  end = index + 1;
  return index > start && unit_at(index) == '}';
}

Completion<PatternParser::Atom> PatternParser::parse_atom_escape() {
  uint32_t unit = peek_unit();
  if (unit == kEnd) return fail("\\ at end of pattern");
  if (is_digit(unit) && unit != '0') return parse_decimal_escape();
  switch (unit) {
    case 'b':
    case 'B': {
      ++position_;
      bool fold_words = modifiers_.ignore_case && full_unicode();
      return Atom::assertion(build_.word_boundary(unit == 'B', fold_words));
    }
    case 'k':
      if (!full_unicode() && !has_group_names_) break;
      ++position_;
      return Atom{TRY(parse_named_reference())};
    default:
      break;
  }
  ClassSet set;
  if (TRY(parse_set_escape(set))) {
    if (set.may_contain_strings) return Atom{class_set_node(set)};
    return Atom{set_node(std::move(set.characters), false)};
  }
  return Atom::character(TRY(parse_character_escape(false)));
}

// A reference where the group exists (or must, under u and v); else an octal escape or the digit.
Completion<PatternParser::Atom> PatternParser::parse_decimal_escape() {
  size_t start = position_;
  uint32_t number = 0;
  while (is_digit(peek_unit())) {
    if (number < kMaxCaptures * 10) number = number * 10 + (peek_unit() - '0');
    ++position_;
  }
  if (number < total_captures_) {
    NodeIndex node = build_.back_reference(case_mode());
    ast_[node].a = static_cast<uint32_t>(ast_.referenced_groups.size());
    ast_[node].b = 1;
    ast_.referenced_groups.push_back(number);
    return Atom{node};
  }
  if (full_unicode()) return fail_at("Invalid escape", start);
  position_ = start;
  if (is_octal_digit(peek_unit())) return Atom::character(parse_legacy_octal());
  return Atom::character(next());
}

Completion<NodeIndex> PatternParser::parse_named_reference() {
  size_t start = position_;
  if (!eat(u'<')) return fail("Invalid named reference");
  std::u16string name = TRY(parse_group_name());
  NodeIndex node = build_.back_reference(case_mode());
  references_.push_back({node, std::move(name), static_cast<uint32_t>(start)});
  return node;
}

// LegacyOctalEscapeSequence: at most 377.
uint32_t PatternParser::parse_legacy_octal() {
  uint32_t value = 0;
  for (int digits = 0; digits < 3 && is_octal_digit(peek_unit()); ++digits) {
    uint32_t longer = value * 8 + (peek_unit() - '0');
    if (longer > 0377) break;
    value = longer;
    ++position_;
  }
  return value;
}

Completion<uint32_t> PatternParser::parse_character_escape(bool in_class) {
  uint32_t unit = peek_unit();
  switch (unit) {
    case kEnd:
      return fail("\\ at end of pattern");
    case 't':
      ++position_;
      return uint32_t{'\t'};
    case 'n':
      ++position_;
      return uint32_t{'\n'};
    case 'v':
      ++position_;
      return uint32_t{'\v'};
    case 'f':
      ++position_;
      return uint32_t{'\f'};
    case 'r':
      ++position_;
      return uint32_t{'\r'};
    case 'c': {
      uint32_t letter = peek_unit(1);
      bool legacy_in_class = in_class && !full_unicode() && (is_digit(letter) || letter == '_');
      if (is_ascii_letter(letter) || legacy_in_class) {
        position_ += 2;
        return letter % 32;
      }
      if (full_unicode()) return fail("Invalid unicode escape");
      return uint32_t{'\\'};  // Annex B: the backslash stands for itself, c comes next
    }
    case '0':
      if (full_unicode()) {
        if (is_digit(peek_unit(1))) return fail(in_class ? "Invalid class escape" : "Invalid decimal escape");
        ++position_;
        return uint32_t{0};
      }
      return parse_legacy_octal();
    case 'x': {
      uint32_t value;
      if (scan_hex(position_ + 1, 2, value)) {
        position_ += 3;
        return value;
      }
      if (full_unicode()) return fail("Invalid escape");
      ++position_;
      return uint32_t{'x'};
    }
    case 'u':
      return parse_unicode_escape();
    default:
      return parse_identity_escape(in_class);
  }
}

// https://tc39.es/ecma262/#prod-RegExpUnicodeEscapeSequence
Completion<uint32_t> PatternParser::parse_unicode_escape() {
  ++position_;
  uint32_t value;
  size_t end;
  if (scan_hex(position_, 4, value)) {
    position_ += 4;
    uint32_t trail;
    if (full_unicode() && is_lead_surrogate(value) && looking_at(u"\\u") &&
        scan_hex(position_ + 2, 4, trail) && is_trail_surrogate(trail)) {
      position_ += 6;
      return combine_surrogates(value, trail);
    }
    return value;
  }
  if (!full_unicode()) return uint32_t{'u'};
  if (!scan_braced_hex(position_, value, end)) return fail("Invalid Unicode escape");
  position_ = end;
  return value;
}

Completion<uint32_t> PatternParser::parse_identity_escape(bool in_class) {
  uint32_t character = peek();
  if (full_unicode()) {
    if (!is_syntax_character(character) && !(in_class && character == '-')) return fail("Invalid escape");
    return next();
  }
  if (in_class && is_octal_digit(character)) return parse_legacy_octal();
  if (character == 'k' && has_group_names_) return fail("Invalid escape");
  return next();
}

Completion<bool> PatternParser::parse_set_escape(ClassSet& set) {
  uint32_t unit = peek_unit();
  switch (unit) {
    case 'd':
    case 'D':
      set.characters = digit_characters();
      break;
    case 's':
    case 'S':
      set.characters = white_space_characters();
      break;
    case 'w':
    case 'W':
      set.characters = basic_word_characters();
      // WordCharacters: with those whose canonical form is a word character
      if (case_mode() == CaseMode::kFold) {
        set.characters.add(0x17F);
        set.characters.add(0x212A);
      }
      break;
    case 'p':
    case 'P':
      if (!full_unicode()) return false;
      ++position_;
      TRY(parse_property(unit == 'P', set));
      return true;
    default:
      return false;
  }
  ++position_;
  fold_class(set.characters);
  if (unit < 'a') complement(set.characters);
  return true;
}

// After \p or \P. https://tc39.es/ecma262/#prod-UnicodePropertyValueExpression
Completion<void> PatternParser::parse_property(bool negated, ClassSet& set) {
  constexpr const char* kInvalid = "Invalid property name";
  size_t start = position_;
  if (!eat(u'{')) return fail_at(kInvalid, start);
  std::string name;
  std::string value;
  bool has_value = false;
  for (;;) {
    uint32_t unit = next();
    if (unit == '}') break;
    if (unit == '=' && !has_value) {
      has_value = true;
    } else if (is_ascii_letter(unit) || is_digit(unit) || unit == '_') {
      (has_value ? value : name).push_back(static_cast<char>(unit));
    } else {
      return fail_at(kInvalid, start);
    }
  }
  Property property = find_property(name, value, has_value);
  if (property.kind == PropertyKind::kUnknown) return fail_at(kInvalid, start);
  if (property.kind == PropertyKind::kStrings) {
    if (!unicode_sets_ || negated) return fail_at(kInvalid, start);
    set.may_contain_strings = true;
  }
  if (goal_ == ParseGoal::kValidate) return {};
  std::set<std::u32string> strings;
  resolve_property(property, set.characters, &strings);
  fold_class(set.characters);
  for (const std::u32string& string : strings) add_class_string(string, set);
  if (negated) complement(set.characters);
  return {};
}

}  // namespace skein::regexp
