// Tokens of the lexical grammar.
#pragma once

#include <cstdint>

#include "core/syntax/name.h"

namespace skein::syntax {

// (identifier, text, binary precedence; 0 is no binary operator)
#define SKEIN_PUNCTUATORS(V)                                                                             \
  V(LeftBrace, "{", 0) V(RightBrace, "}", 0) V(LeftParen, "(", 0) V(RightParen, ")", 0)                  \
  V(LeftBracket, "[", 0) V(RightBracket, "]", 0) V(Dot, ".", 0) V(Ellipsis, "...", 0)                    \
  V(Semicolon, ";", 0) V(Comma, ",", 0) V(Question, "?", 0) V(QuestionDot, "?.", 0) V(Colon, ":", 0)     \
  V(Arrow, "=>", 0) V(Not, "!", 0) V(BitNot, "~", 0) V(Increment, "++", 0) V(Decrement, "--", 0)         \
  V(At, "@", 0)                                                                                          \
  /* Binary operators, in the order of the enums of ast.h. */                                            \
  V(Add, "+", 9) V(Subtract, "-", 9) V(Multiply, "*", 10) V(Divide, "/", 10) V(Remainder, "%", 10)       \
  V(Exponentiate, "**", 11) V(ShiftLeft, "<<", 8) V(ShiftRight, ">>", 8) V(ShiftRightUnsigned, ">>>", 8) \
  V(BitAnd, "&", 5) V(BitOr, "|", 3) V(BitXor, "^", 4)                                                   \
  V(Equal, "==", 6) V(NotEqual, "!=", 6) V(StrictEqual, "===", 6) V(StrictNotEqual, "!==", 6)            \
  V(Less, "<", 7) V(LessEqual, "<=", 7) V(Greater, ">", 7) V(GreaterEqual, ">=", 7)                      \
  V(LogicalAnd, "&&", 2) V(LogicalOr, "||", 1) V(Nullish, "??", 1)                                       \
  /* Assignments, the compound ones in the order of their operators. */                                  \
  V(Assign, "=", 0) V(AssignAdd, "+=", 0) V(AssignSubtract, "-=", 0) V(AssignMultiply, "*=", 0)          \
  V(AssignDivide, "/=", 0) V(AssignRemainder, "%=", 0) V(AssignExponentiate, "**=", 0)                   \
  V(AssignShiftLeft, "<<=", 0) V(AssignShiftRight, ">>=", 0) V(AssignShiftRightUnsigned, ">>>=", 0)      \
  V(AssignBitAnd, "&=", 0) V(AssignBitOr, "|=", 0) V(AssignBitXor, "^=", 0)                              \
  V(AssignLogicalAnd, "&&=", 0) V(AssignLogicalOr, "||=", 0) V(AssignNullish, "?\?=", 0)

// Words that are reserved everywhere, in the order of WellKnownName. The words that are reserved in
// places only (await, yield, let, static, ...) are identifiers to the lexer.
#define SKEIN_RESERVED_WORDS(V)                                                                          \
  V(Break, "break") V(Case, "case") V(Catch, "catch") V(Class, "class") V(Const, "const")                \
  V(Continue, "continue") V(Debugger, "debugger") V(Default, "default") V(Delete, "delete") V(Do, "do")  \
  V(Else, "else") V(Enum, "enum") V(Export, "export") V(Extends, "extends") V(False, "false")            \
  V(Finally, "finally") V(For, "for") V(Function, "function") V(If, "if") V(Import, "import")            \
  V(In, "in") V(Instanceof, "instanceof") V(New, "new") V(Null, "null") V(Return, "return")              \
  V(Super, "super") V(Switch, "switch") V(This, "this") V(Throw, "throw") V(True, "true") V(Try, "try")  \
  V(Typeof, "typeof") V(Var, "var") V(Void, "void") V(While, "while") V(With, "with")

enum class TokenKind : uint8_t {
#define V(name, ...) k##name,
  SKEIN_PUNCTUATORS(V) SKEIN_RESERVED_WORDS(V)
#undef V
  kIdentifier,
  kEscapedReservedWord,  // a reserved word spelled with an escape: only good as a property name
  kPrivateName,          // name includes the #
  kNumber,
  kBigInt,    // name: the digits, with their prefix
  kString,    // name: the value
  kTemplate,  // up to ${ or the closing `; see is_template_tail
  kRegExp,    // name: the body, raw: the flags
  kEnd,
  kIllegal,  // the lexer has the error
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  bool newline_before = false;
  bool has_escape = false;        // identifiers and strings
  bool is_legacy_octal = false;   // 017, 089; strings with \1 to \9
  bool is_template_tail = false;
  uint32_t start = 0;
  uint32_t end = 0;
  const Name* name = nullptr;  // templates: the cooked text, null if it has an invalid escape
  const Name* raw = nullptr;
  double number = 0;
  // Why `name` of a template is null, and where.
  const char* escape_error = nullptr;
  uint32_t escape_error_offset = 0;
};

// The text of a punctuator or reserved word; null for other kinds.
const char* token_text(TokenKind kind);

constexpr bool is_reserved_word(TokenKind kind) {
  return kind >= TokenKind::kBreak && kind <= TokenKind::kWith;
}
constexpr bool is_assignment_operator(TokenKind kind) {
  return kind >= TokenKind::kAssign && kind <= TokenKind::kAssignNullish;
}
// Whether the token has an IdentifierName's text in `name`.
constexpr bool is_identifier_name(TokenKind kind) {
  return kind == TokenKind::kIdentifier || kind == TokenKind::kEscapedReservedWord || is_reserved_word(kind);
}
// 0 for everything that is no binary operator. `in` and `instanceof` count.
int binary_precedence(TokenKind kind);

}  // namespace skein::syntax
