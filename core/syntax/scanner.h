// Inside of the lexer: the scanner for one width of code units. A Scanner is made on the stack for
// each token, so that its cursor stays in registers.
#pragma once

#include "core/base/utf.h"
#include "core/syntax/characters.h"
#include "core/syntax/lexer.h"

namespace skein::syntax {

template <typename Unit>
class Lexer::Scanner {
 public:
  Scanner(Lexer& lexer, Token& token) : lexer_(lexer), token_(token), position_(lexer.position_) {
    if constexpr (sizeof(Unit) == 1) {
      text_ = lexer.source_.latin1();
    } else {
      text_ = lexer.source_.utf16();
    }
  }

  void scan_token();
  void scan_regexp();
  void scan_template();  // the cursor is behind ` or }

 private:
  // The code unit at the cursor (plus ahead); 0 at the end, which is also what U+0000 gives.
  char32_t peek(uint32_t ahead = 0) const {
    return position_ + ahead <= lexer_.length_ ? text_[position_ + ahead] : 0;
  }
  bool at_end() const { return position_ >= lexer_.length_; }
  char32_t peek_code_point() const;
  void skip_code_point(char32_t code_point) { position_ += code_point > 0xFFFF ? 2 : 1; }
  bool take(char unit) {
    if (text_[position_] != static_cast<Unit>(unit)) return false;
    ++position_;
    return true;
  }

  void skip_trivia();
  void skip_line_comment();
  bool skip_block_comment();

  void scan_punctuator_or_illegal(char32_t first);
  TokenKind scan_operator(char32_t first);
  TokenKind scan_dot();
  TokenKind scan_question();
  TokenKind scan_angle(char32_t first);

  void scan_identifier();
  void finish_identifier(const Name* name, bool has_escape);
  void scan_private_name();
  const Name* scan_identifier_name(bool& has_escape);
  const Name* scan_identifier_slow(uint32_t start, bool& has_escape);
  // At a \u escape of an identifier; 0xFFFFFFFF when it is invalid.
  char32_t scan_identifier_escape();

  void scan_number();
  void scan_radix_number(uint32_t radix);
  void scan_legacy_octal_or_decimal();
  void scan_decimal_number();
  // Digits with separators; false after an error.
  bool skip_digits(uint32_t radix);
  void finish_number();
  double radix_value(uint32_t start, uint32_t end, uint32_t radix) const;
  double decimal_value(uint32_t start, uint32_t end) const;
  void take_bigint(uint32_t start);

  void scan_string(char32_t quote);
  void scan_string_slow(uint32_t start, char32_t quote);
  struct Escape {
    char32_t code_point = 0;
    bool is_nothing = false;  // a line continuation
    const char* error = nullptr;
    uint32_t error_offset = 0;
  };
  // Behind the \. Octal escapes are legal in strings of sloppy code alone.
  Escape scan_escape(bool in_template);
  Escape scan_unicode_escape();
  Escape scan_octal_escape(char32_t first, bool in_template);
  void append(char32_t code_point);

  void illegal(const char* message, uint32_t offset);
  const Name* intern(uint32_t start, uint32_t end) {
    return lexer_.names_.intern(text_ + start, end - start);
  }
  const Name* intern_buffer(const std::vector<char16_t>& buffer) {
    return lexer_.names_.intern(buffer.data(), buffer.size());
  }
  void finish(TokenKind kind) {
    token_.kind = kind;
    token_.end = position_;
  }

  Lexer& lexer_;
  Token& token_;
  const Unit* text_;
  uint32_t position_;

  friend class Lexer;
};

inline constexpr const char* kInvalidToken = "Invalid or unexpected token";
inline constexpr char32_t kInvalidCodePoint = 0xFFFF'FFFF;

template <typename Unit>
char32_t Lexer::Scanner<Unit>::peek_code_point() const {
  char32_t unit = peek();
  if constexpr (sizeof(Unit) == 2) {
    if (utf::is_lead_surrogate(unit) && utf::is_trail_surrogate(peek(1))) {
      return utf::code_point_of_pair(static_cast<char16_t>(unit), static_cast<char16_t>(peek(1)));
    }
  }
  return unit;
}

template <typename Unit>
void Lexer::Scanner<Unit>::illegal(const char* message, uint32_t offset) {
  lexer_.error_message_ = message;
  lexer_.error_offset_ = offset;
  token_.kind = TokenKind::kIllegal;
  token_.end = position_;
}

}  // namespace skein::syntax
