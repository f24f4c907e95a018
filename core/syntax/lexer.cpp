#include "core/syntax/lexer.h"

#include "core/syntax/scanner.h"

namespace skein::syntax {

Lexer::Lexer(const SourceText& source, NameTable& names, HtmlComments html_comments)
    : source_(source),
      names_(names),
      length_(source.length()),
      allow_html_comments_(html_comments == HtmlComments::kAllow) {
  // https://tc39.es/ecma262/#sec-hashbang
  if (length_ < 2 || source.at(0) != '#' || source.at(1) != '!') return;
  position_ = 2;
  while (position_ < length_ && !is_line_terminator(source.at(position_))) ++position_;
}

void Lexer::next(Token& token) {
  token.newline_before = false;
  token.has_escape = false;
  token.is_legacy_octal = false;
  if (source_.is_latin1()) {
    Scanner<uint8_t> scanner(*this, token);
    scanner.scan_token();
    position_ = scanner.position_;
  } else {
    Scanner<char16_t> scanner(*this, token);
    scanner.scan_token();
    position_ = scanner.position_;
  }
}

void Lexer::rescan_as_regexp(Token& token) {
  position_ = token.start + 1;
  if (source_.is_latin1()) {
    Scanner<uint8_t> scanner(*this, token);
    scanner.scan_regexp();
    position_ = scanner.position_;
  } else {
    Scanner<char16_t> scanner(*this, token);
    scanner.scan_regexp();
    position_ = scanner.position_;
  }
}

void Lexer::rescan_as_template(Token& token) {
  position_ = token.start + 1;
  if (source_.is_latin1()) {
    Scanner<uint8_t> scanner(*this, token);
    scanner.scan_template();
    position_ = scanner.position_;
  } else {
    Scanner<char16_t> scanner(*this, token);
    scanner.scan_template();
    position_ = scanner.position_;
  }
}

// ---------------------------------------------------------------- white space and comments

template <typename Unit>
void Lexer::Scanner<Unit>::skip_line_comment() {
  while (!at_end() && !is_line_terminator(text_[position_])) ++position_;
}

// Behind /*. False when it does not end.
template <typename Unit>
bool Lexer::Scanner<Unit>::skip_block_comment() {
  for (; !at_end(); ++position_) {
    char32_t unit = text_[position_];
    if (unit == '*' && peek(1) == '/') {
      position_ += 2;
      return true;
    }
    if (is_line_terminator(unit)) token_.newline_before = true;
  }
  return false;
}

// Leaves the cursor on the first unit of a token. An unterminated comment makes the token illegal.
template <typename Unit>
void Lexer::Scanner<Unit>::skip_trivia() {
  bool at_start_of_text = position_ == 0;
  while (true) {
    char32_t unit = text_[position_];
    if (is_white_space(unit)) {
      ++position_;
    } else if (is_line_terminator(unit)) {
      token_.newline_before = true;
      ++position_;
    } else if (unit == '/' && peek(1) == '/') {
      skip_line_comment();
    } else if (unit == '/' && peek(1) == '*') {
      uint32_t start = position_;
      position_ += 2;
      if (!skip_block_comment()) {
        token_.start = start;
        illegal("Unterminated multi-line comment", start);
        return;
      }
    } else if (unit == '<' && lexer_.allow_html_comments_ && peek(1) == '!' && peek(2) == '-' &&
               peek(3) == '-') {
      skip_line_comment();  // https://tc39.es/ecma262/#sec-html-like-comments
    } else if (unit == '-' && lexer_.allow_html_comments_ && (token_.newline_before || at_start_of_text) &&
               peek(1) == '-' && peek(2) == '>') {
      skip_line_comment();
    } else {
      return;
    }
  }
}

template <typename Unit>
void Lexer::Scanner<Unit>::scan_token() {
  token_.kind = TokenKind::kEnd;
  skip_trivia();
  if (token_.kind == TokenKind::kIllegal) return;
  token_.start = position_;
  if (at_end()) return finish(TokenKind::kEnd);
  char32_t unit = text_[position_];
  if (unit < 256) {
    uint8_t character_class = internal::kCharacterClasses[unit];
    if (character_class & internal::kIdentifierStart) return scan_identifier();
    if (character_class & internal::kDecimalDigit) return scan_number();
  }
  switch (unit) {
    case '"':
    case '\'':
      return scan_string(unit);
    case '`':
      ++position_;
      return scan_template();
    case '.':
      if (is_decimal_digit(peek(1))) return scan_number();
      ++position_;
      return finish(scan_dot());
    case '#':
      return scan_private_name();
    case '\\':
      return scan_identifier();
    default:
      if (unit < 128) return scan_punctuator_or_illegal(unit);
      if (is_identifier_start(peek_code_point())) return scan_identifier();
      skip_code_point(peek_code_point());
      return illegal(kInvalidToken, token_.start);
  }
}

// ---------------------------------------------------------------- punctuators

template <typename Unit>
TokenKind Lexer::Scanner<Unit>::scan_dot() {
  if (peek() != '.' || peek(1) != '.') return TokenKind::kDot;
  position_ += 2;
  return TokenKind::kEllipsis;
}

template <typename Unit>
TokenKind Lexer::Scanner<Unit>::scan_question() {
  if (take('?')) return take('=') ? TokenKind::kAssignNullish : TokenKind::kNullish;
  // `a?.5:b` is a conditional.
  if (peek() == '.' && !is_decimal_digit(peek(1))) {
    ++position_;
    return TokenKind::kQuestionDot;
  }
  return TokenKind::kQuestion;
}

template <typename Unit>
TokenKind Lexer::Scanner<Unit>::scan_angle(char32_t first) {
  if (first == '<') {
    if (take('<')) return take('=') ? TokenKind::kAssignShiftLeft : TokenKind::kShiftLeft;
    return take('=') ? TokenKind::kLessEqual : TokenKind::kLess;
  }
  if (!take('>')) return take('=') ? TokenKind::kGreaterEqual : TokenKind::kGreater;
  if (!take('>')) return take('=') ? TokenKind::kAssignShiftRight : TokenKind::kShiftRight;
  return take('=') ? TokenKind::kAssignShiftRightUnsigned : TokenKind::kShiftRightUnsigned;
}

template <typename Unit>
TokenKind Lexer::Scanner<Unit>::scan_operator(char32_t first) {
  using enum TokenKind;
  switch (first) {
    case '=':
      if (take('>')) return kArrow;
      if (!take('=')) return kAssign;
      return take('=') ? kStrictEqual : kEqual;
    case '!':
      if (!take('=')) return kNot;
      return take('=') ? kStrictNotEqual : kNotEqual;
    case '+':
      if (take('+')) return kIncrement;
      return take('=') ? kAssignAdd : kAdd;
    case '-':
      if (take('-')) return kDecrement;
      return take('=') ? kAssignSubtract : kSubtract;
    case '*':
      if (take('*')) return take('=') ? kAssignExponentiate : kExponentiate;
      return take('=') ? kAssignMultiply : kMultiply;
    case '/':
      return take('=') ? kAssignDivide : kDivide;
    case '%':
      return take('=') ? kAssignRemainder : kRemainder;
    case '&':
      if (take('&')) return take('=') ? kAssignLogicalAnd : kLogicalAnd;
      return take('=') ? kAssignBitAnd : kBitAnd;
    case '|':
      if (take('|')) return take('=') ? kAssignLogicalOr : kLogicalOr;
      return take('=') ? kAssignBitOr : kBitOr;
    case '^':
      return take('=') ? kAssignBitXor : kBitXor;
    case '?':
      return scan_question();
    case '<':
    case '>':
      return scan_angle(first);
    default:
      return kIllegal;
  }
}

template <typename Unit>
void Lexer::Scanner<Unit>::scan_punctuator_or_illegal(char32_t first) {
  using enum TokenKind;
  ++position_;
  switch (first) {
    case '{':
      return finish(kLeftBrace);
    case '}':
      return finish(kRightBrace);
    case '(':
      return finish(kLeftParen);
    case ')':
      return finish(kRightParen);
    case '[':
      return finish(kLeftBracket);
    case ']':
      return finish(kRightBracket);
    case ';':
      return finish(kSemicolon);
    case ',':
      return finish(kComma);
    case ':':
      return finish(kColon);
    case '~':
      return finish(kBitNot);
    case '@':
      return finish(kAt);
    default:
      break;
  }
  TokenKind kind = scan_operator(first);
  if (kind == kIllegal) return illegal(kInvalidToken, token_.start);
  finish(kind);
}

// ---------------------------------------------------------------- identifiers

template <typename Unit>
char32_t Lexer::Scanner<Unit>::scan_identifier_escape() {
  if (peek() != '\\' || peek(1) != 'u') return kInvalidCodePoint;
  position_ += 2;
  Escape escape = scan_unicode_escape();
  return escape.error != nullptr ? kInvalidCodePoint : escape.code_point;
}

// From `start`, of which all up to the cursor is known to be plain, on: collects the name in the buffer.
template <typename Unit>
const Name* Lexer::Scanner<Unit>::scan_identifier_slow(uint32_t start, bool& has_escape) {
  std::vector<char16_t>& buffer = lexer_.buffer_;
  buffer.assign(text_ + start, text_ + position_);
  while (!at_end()) {
    uint32_t offset = position_;
    char32_t code_point = peek_code_point();
    bool is_escape = code_point == '\\';
    if (is_escape) {
      code_point = scan_identifier_escape();
      has_escape = true;
    }
    bool valid = code_point != kInvalidCodePoint &&
                 (buffer.empty() ? is_identifier_start(code_point) : is_identifier_part(code_point));
    if (!valid) {
      if (!is_escape && !buffer.empty()) break;
      illegal(is_escape ? "Invalid Unicode escape sequence" : kInvalidToken, offset);
      return nullptr;
    }
    if (!is_escape) skip_code_point(code_point);
    append(code_point);
  }
  return intern_buffer(buffer);
}

// Null after an error. The cursor is on the first character of the name.
template <typename Unit>
const Name* Lexer::Scanner<Unit>::scan_identifier_name(bool& has_escape) {
  uint32_t start = position_;
  char32_t unit = text_[position_];
  if (unit < 256 && (internal::kCharacterClasses[unit] & internal::kIdentifierStart)) {
    do {
      unit = text_[++position_];
    } while (unit < 256 && (internal::kCharacterClasses[unit] & internal::kIdentifierPart));
    if (unit != '\\' && unit < 256) return intern(start, position_);
    if (unit != '\\' && !is_identifier_part(peek_code_point())) return intern(start, position_);
  }
  return scan_identifier_slow(start, has_escape);
}

template <typename Unit>
void Lexer::Scanner<Unit>::scan_identifier() {
  bool has_escape = false;
  const Name* name = scan_identifier_name(has_escape);
  if (name == nullptr) return;
  token_.name = name;
  token_.has_escape = has_escape;
  constexpr auto kFirst = static_cast<uint32_t>(WellKnownName::break_);
  constexpr auto kLast = static_cast<uint32_t>(WellKnownName::with);
  static_assert(kLast - kFirst ==
                static_cast<uint32_t>(TokenKind::kWith) - static_cast<uint32_t>(TokenKind::kBreak));
  uint32_t word = name->id() - kFirst;
  if (word > kLast - kFirst) return finish(TokenKind::kIdentifier);
  if (has_escape) return finish(TokenKind::kEscapedReservedWord);
  finish(static_cast<TokenKind>(static_cast<uint32_t>(TokenKind::kBreak) + word));
}

template <typename Unit>
void Lexer::Scanner<Unit>::scan_private_name() {
  uint32_t start = position_++;
  char32_t code_point = peek_code_point();
  if (at_end() || !(code_point == '\\' || is_identifier_start(code_point))) {
    return illegal(kInvalidToken, start);
  }
  bool has_escape = false;
  const Name* name = scan_identifier_name(has_escape);
  if (name == nullptr) return;
  std::vector<char16_t>& buffer = lexer_.buffer_;
  buffer.assign(1, u'#');
  for (uint32_t i = 0; i < name->length(); ++i) buffer.push_back((*name)[i]);
  token_.name = intern_buffer(buffer);
  token_.has_escape = has_escape;
  finish(TokenKind::kPrivateName);
}

template class Lexer::Scanner<uint8_t>;
template class Lexer::Scanner<char16_t>;

}  // namespace skein::syntax
