#include "core/syntax/token.h"

namespace skein::syntax {

namespace {
constexpr const char* kTexts[] = {
#define V(name, text, ...) text,
    SKEIN_PUNCTUATORS(V) SKEIN_RESERVED_WORDS(V)
#undef V
};

constexpr uint8_t kPrecedences[] = {
#define V(name, text, precedence) precedence,
    SKEIN_PUNCTUATORS(V)
#undef V
};
constexpr int kRelationalPrecedence = 7;
}  // namespace

const char* token_text(TokenKind kind) {
  return kind <= TokenKind::kWith ? kTexts[static_cast<size_t>(kind)] : nullptr;
}

int binary_precedence(TokenKind kind) {
  if (kind <= TokenKind::kAssignNullish) return kPrecedences[static_cast<size_t>(kind)];
  if (kind == TokenKind::kIn || kind == TokenKind::kInstanceof) return kRelationalPrecedence;
  return 0;
}

}  // namespace skein::syntax
