#include "core/compiler/inspect.h"

#include <cmath>

namespace skein::compiler {

using namespace syntax;

namespace {

std::optional<double> literal_number(const Expression& expression) {
  if (expression.is<NumericLiteral>()) return expression.as<NumericLiteral>()->value;
  if (!expression.is<Unary>()) return std::nullopt;
  const auto& unary = *expression.as<Unary>();
  if (!unary.operand->is<NumericLiteral>()) return std::nullopt;
  double value = unary.operand->as<NumericLiteral>()->value;
  if (unary.op == UnaryOperator::kMinus) return -value;
  bool is_small = value >= 0 && value < 128 && value == std::trunc(value);
  if (unary.op == UnaryOperator::kBitNot && is_small) return ~static_cast<int>(value);
  return std::nullopt;
}

}  // namespace

std::optional<int> small_integer(const Expression& expression) {
  std::optional<double> value = literal_number(expression);
  if (!value) return std::nullopt;
  bool fits = *value >= -128 && *value <= 127 && *value == std::trunc(*value) &&
              !(*value == 0 && std::signbit(*value));
  return fits ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

bool is_numeric_key(const Expression& expression) {
  return expression.is<NumericLiteral>();
}

bool is_anonymous_function(const Expression& expression) {
  if (expression.is<FunctionExpression>())
    return expression.as<FunctionExpression>()->function->name == nullptr;
  if (expression.is<ClassExpression>()) return expression.as<ClassExpression>()->node->name == nullptr;
  return false;
}

namespace {

// Walks the common kinds of nodes; anything else, or too large an expression, counts as a hit.
class Search {
 public:
  enum class For : uint8_t { kAssignments, kIdentity };
  explicit Search(For what) : what_(what) {}

  bool hits(const Expression& node) {
    if (--budget_ < 0) return true;
    switch (node.kind) {
      case NodeKind::kNullLiteral:
      case NodeKind::kBooleanLiteral:
      case NodeKind::kNumericLiteral:
      case NodeKind::kBigIntLiteral:
      case NodeKind::kStringLiteral:
      case NodeKind::kIdentifier:
      case NodeKind::kThis:
      case NodeKind::kNewTarget:
      case NodeKind::kImportMeta:
        return false;
      case NodeKind::kRegExpLiteral:
      case NodeKind::kFunctionExpression:
        return what_ == For::kIdentity;
      case NodeKind::kUnary:
        return hits(*node.as<Unary>()->operand);
      case NodeKind::kBinary:
        return hits(*node.as<Binary>()->right) || hits(*node.as<Binary>()->left);
      case NodeKind::kLogical:
        return hits(*node.as<Logical>()->right) || hits(*node.as<Logical>()->left);
      case NodeKind::kConditional: {
        const auto& conditional = *node.as<Conditional>();
        return hits(*conditional.test) || hits(*conditional.consequent) || hits(*conditional.alternate);
      }
      case NodeKind::kMember:
        return hits(*node.as<Member>()->object);
      case NodeKind::kIndex:
        return hits(*node.as<Index>()->object) || hits(*node.as<Index>()->index);
      case NodeKind::kPrivateMember:
        return hits(*node.as<PrivateMember>()->object);
      case NodeKind::kOptionalChain:
        return what_ == For::kIdentity || hits(*node.as<OptionalChain>()->expression);
      case NodeKind::kCall:
        // A direct eval captures all variables it can see, so it writes no registers.
        return what_ == For::kIdentity || hits(*node.as<Call>()->callee) || any(node.as<Call>()->arguments);
      case NodeKind::kNew:
        return what_ == For::kIdentity || hits(*node.as<New>()->callee) || any(node.as<New>()->arguments);
      case NodeKind::kArrayLiteral:
        return what_ == For::kIdentity || any(node.as<ArrayLiteral>()->elements);
      case NodeKind::kTemplateLiteral:
        return what_ == For::kIdentity || any(node.as<TemplateLiteral>()->expressions);
      case NodeKind::kAwait:
        return what_ == For::kIdentity || hits(*node.as<Await>()->argument);
      case NodeKind::kSpread:
        return hits(*node.as<Spread>()->argument);
      default:
        return true;
    }
  }

 private:
  bool any(ExpressionList list) {
    for (const Expression* node : list) {
      if (node != nullptr && hits(*node)) return true;
    }
    return false;
  }

  For what_;
  int budget_ = 24;
};

}  // namespace

bool may_assign_locals(const Expression& expression) {
  return Search(Search::For::kAssignments).hits(expression);
}
bool is_duplicable(const Expression& expression) {
  return !Search(Search::For::kIdentity).hits(expression);
}

bool is_pure(const Expression& expression) {
  switch (expression.kind) {
    case NodeKind::kNullLiteral:
    case NodeKind::kBooleanLiteral:
    case NodeKind::kNumericLiteral:
    case NodeKind::kStringLiteral:
      return true;
    case NodeKind::kIdentifier: {
      const Reference& reference = expression.as<Identifier>()->reference;
      return reference.kind == ReferenceKind::kRegister && !reference.needs_tdz_check;
    }
    case NodeKind::kThis: {
      const Reference& reference = expression.as<This>()->reference;
      return reference.kind == ReferenceKind::kRegister && !reference.needs_tdz_check;
    }
    default:
      return false;
  }
}

}  // namespace skein::compiler
