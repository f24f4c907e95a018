// The lexer: text to tokens, one at a time, without allocation but for new names.
//
// The grammar's goal symbols are left to the parser: `/` always comes as a division first, and `}`
// as a brace; the parser asks for a rescan where a regular expression or the rest of a template may
// stand.
#pragma once

#include <cstdint>
#include <vector>

#include "core/syntax/source_text.h"
#include "core/syntax/token.h"

namespace skein::syntax {

enum class HtmlComments : uint8_t { kRefuse, kAllow };

class Lexer {
 public:
  // REQUIRES: source and names outlive the lexer.
  Lexer(const SourceText& source, NameTable& names, HtmlComments html_comments);

  // Scans the token at or after the current position. At the end of the text, and after an error,
  // yields kEnd or kIllegal over and over.
  void next(Token& token);
  // REQUIRES: token is the last one scanned, a kDivide or kAssignDivide.
  void rescan_as_regexp(Token& token);
  // REQUIRES: token is the last one scanned, a kRightBrace.
  void rescan_as_template(Token& token);

  // Where the next token is looked for. Setting it to the end of a token that next() yielded before
  // scans the tokens after it once more.
  uint32_t position() const { return position_; }
  void set_position(uint32_t position) { position_ = position; }

  // Of the last kIllegal token.
  const char* error_message() const { return error_message_; }
  uint32_t error_offset() const { return error_offset_; }

 private:
  template <typename Unit>
  class Scanner;

  const SourceText& source_;
  NameTable& names_;
  uint32_t position_ = 0;
  uint32_t length_;
  bool allow_html_comments_;
  const char* error_message_ = nullptr;
  uint32_t error_offset_ = 0;
  std::vector<char16_t> buffer_;  // scratch for text with escapes
  std::vector<char16_t> raw_;
};

}  // namespace skein::syntax
