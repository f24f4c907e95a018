// Expressions: dispatch, operators, conditions. Spec:
// https://tc39.es/ecma262/#sec-ecmascript-language-expressions
#include <cmath>
#include <optional>

#include "core/compiler/function_compiler.h"
#include "core/compiler/inspect.h"

namespace skein::compiler {

// ---- Dispatch ------------------------------------------------------------------------------------

Register FunctionCompiler::evaluate(const Expression& expression) {
  switch (expression.kind) {
    case NodeKind::kIdentifier:
      mark(expression);
      return load(expression.as<Identifier>()->reference, expression.as<Identifier>()->name);
    case NodeKind::kThis:
      mark(expression);
      return load_this(expression.as<This>()->reference);
    case NodeKind::kAssignment:
      return assign(*expression.as<Assignment>(), true);
    case NodeKind::kCompoundAssignment:
      return assign_compound(*expression.as<CompoundAssignment>());
    case NodeKind::kLogicalAssignment:
      return assign_logical(*expression.as<LogicalAssignment>());
    case NodeKind::kUpdate:
      return update(*expression.as<Update>(), true);
    default:
      return evaluate_to_temporary(expression);
  }
}

// A value that stays the same while the later expressions are evaluated.
Register FunctionCompiler::evaluate_before(const Expression& expression,
                                           std::initializer_list<const Expression*> later) {
  Register value = evaluate(expression);
  if (!code_.is_local(value)) return value;
  if (expression.is<Identifier>()) {
    const Variable* variable = expression.as<Identifier>()->reference.variable;
    if (variable != nullptr && !variable->is_assigned) return value;
  }
  if (expression.is<This>() && function_.kind != FunctionKind::kDerivedConstructor) return value;
  for (const Expression* other : later) {
    if (other != nullptr && may_assign_locals(*other)) {
      Register copy = code_.take();
      code_.move_(copy, value);
      return copy;
    }
  }
  return value;
}

Register FunctionCompiler::evaluate_to_temporary(const Expression& expression) {
  Register dst = code_.take();
  evaluate_into(expression, dst);
  return dst;
}

void FunctionCompiler::evaluate_into(const Expression& expression, Register dst) {
  Temporaries temporaries(*this);
  switch (expression.kind) {
#define V(name)           \
  case NodeKind::k##name: \
    return into(*expression.as<name>(), dst);
    SKEIN_EXPRESSION_NODES(V)
#undef V
    default:
      SKEIN_UNREACHABLE();
  }
}

void FunctionCompiler::evaluate_named_into(const Expression& expression, const Name* name, Register dst) {
  if (expression.is<FunctionExpression>()) {
    const FunctionNode& function = *expression.as<FunctionExpression>()->function;
    return closure(function, {function.name != nullptr ? function.name : name}, dst);
  }
  if (expression.is<ClassExpression>()) {
    const ClassNode& node = *expression.as<ClassExpression>()->node;
    return class_into(node, node.name != nullptr ? node.name : name, nullptr, dst);
  }
  evaluate_into(expression, dst);
}

void FunctionCompiler::evaluate_keyed_into(const Expression& expression, const Key& key, Register dst) {
  if (key.name != nullptr) return evaluate_named_into(expression, key.name, dst);
  if (!is_anonymous_function(expression)) return evaluate_into(expression, dst);
  if (expression.is<ClassExpression>()) {
    return class_into(*expression.as<ClassExpression>()->node, nullptr, &key, dst);
  }
  Temporaries temporaries(*this);
  Register function = code_.is_local(dst) ? code_.take() : dst;
  evaluate_into(expression, function);
  code_.set_function_name_(function, key.reg, 0);
  if (function != dst) code_.move_(dst, function);
}

void FunctionCompiler::evaluate_for_effect(const Expression& expression) {
  Temporaries temporaries(*this);
  switch (expression.kind) {
    case NodeKind::kAssignment:
      assign(*expression.as<Assignment>(), false);
      return;
    case NodeKind::kUpdate:
      update(*expression.as<Update>(), false);
      return;
    case NodeKind::kSequence:
      for (const Expression* part : expression.as<Sequence>()->expressions) evaluate_for_effect(*part);
      return;
    case NodeKind::kConditional: {
      const auto& node = *expression.as<Conditional>();
      Label otherwise, end;
      branch(*node.test, false, otherwise);
      evaluate_for_effect(*node.consequent);
      code_.jump_(end);
      code_.bind(otherwise);
      evaluate_for_effect(*node.alternate);
      code_.bind(end);
      return;
    }
    case NodeKind::kLogical: {
      const auto& node = *expression.as<Logical>();
      if (node.op == LogicalOperator::kNullish) break;
      Label end;
      branch(*node.left, node.op == LogicalOperator::kOr, end);
      evaluate_for_effect(*node.right);
      code_.bind(end);
      return;
    }
    case NodeKind::kNullLiteral:
    case NodeKind::kBooleanLiteral:
    case NodeKind::kNumericLiteral:
    case NodeKind::kStringLiteral:
    case NodeKind::kFunctionExpression:
      return;
    case NodeKind::kUnary:
      if (expression.as<Unary>()->op != UnaryOperator::kVoid) break;
      return evaluate_for_effect(*expression.as<Unary>()->operand);
    default:
      break;
  }
  evaluate(expression);
}

// ---- Names and literals of one instruction --------------------------------------------------------

void FunctionCompiler::into(const NullLiteral&, Register dst) {
  code_.load_null_(dst);
}

void FunctionCompiler::into(const BooleanLiteral& node, Register dst) {
  node.value ? code_.load_true_(dst) : code_.load_false_(dst);
}

void FunctionCompiler::into(const NumericLiteral& node, Register dst) {
  load_number(node.value, dst);
}

void FunctionCompiler::load_number(double value, Register dst) {
  bool is_small =
      value >= -32768 && value <= 32767 && value == std::trunc(value) && !(value == 0 && std::signbit(value));
  if (is_small) {
    code_.load_int_(dst, static_cast<int32_t>(value));
  } else {
    code_.load_number_(dst, code_.number(value));
  }
}

void FunctionCompiler::into(const BigIntLiteral& node, Register dst) {
  code_.load_bigint_(dst, string(node.text));
}
void FunctionCompiler::into(const StringLiteral& node, Register dst) {
  code_.load_string_(dst, string(node.value));
}

void FunctionCompiler::into(const Identifier& node, Register dst) {
  mark(node);
  load(node.reference, node.name, dst);
}

void FunctionCompiler::into(const This& node, Register dst) {
  mark(node);
  load_this(node.reference, dst);
}

void FunctionCompiler::into(const NewTarget& node, Register dst) {
  load(node.reference, nullptr, dst);
}
void FunctionCompiler::into(const ImportMeta& node, Register dst) {
  mark(node);
  code_.import_meta_(dst);
}

void FunctionCompiler::into(const FunctionExpression& node, Register dst) {
  closure(*node.function, {node.function->name}, dst);
}
void FunctionCompiler::into(const ClassExpression& node, Register dst) {
  class_into(*node.node, node.node->name, nullptr, dst);
}

void FunctionCompiler::into(const Assignment& node, Register dst) {
  Register value = assign(node, true);
  if (value != dst) code_.move_(dst, value);
}
void FunctionCompiler::into(const CompoundAssignment& node, Register dst) {
  Register value = assign_compound(node);
  if (value != dst) code_.move_(dst, value);
}
void FunctionCompiler::into(const LogicalAssignment& node, Register dst) {
  Register value = assign_logical(node);
  if (value != dst) code_.move_(dst, value);
}
void FunctionCompiler::into(const Update& node, Register dst) {
  Register value = update(node, true);
  if (value != dst) code_.move_(dst, value);
}

// Only as parts of other nodes.
void FunctionCompiler::into(const Spread&, Register) {
  SKEIN_UNREACHABLE();
}
void FunctionCompiler::into(const ArrayPattern&, Register) {
  SKEIN_UNREACHABLE();
}
void FunctionCompiler::into(const ObjectPattern&, Register) {
  SKEIN_UNREACHABLE();
}

// ---- Operators -----------------------------------------------------------------------------------

void FunctionCompiler::into(const Unary& node, Register dst) {
  switch (node.op) {
    case UnaryOperator::kTypeof:
      return type_of(*node.operand, dst);
    case UnaryOperator::kDelete:
      return delete_expression(*node.operand, dst);
    case UnaryOperator::kVoid:
      evaluate_for_effect(*node.operand);
      return code_.load_undefined_(dst);
    case UnaryOperator::kMinus:
      if (node.operand->is<NumericLiteral>())
        return load_number(-node.operand->as<NumericLiteral>()->value, dst);
      break;
    default:
      break;
  }
  Register value = evaluate(*node.operand);
  mark(node);
  switch (node.op) {
    case UnaryOperator::kMinus:
      return code_.negate_(dst, value);
    case UnaryOperator::kPlus:
      return code_.to_number_(dst, value);
    case UnaryOperator::kNot:
      return code_.logical_not_(dst, value);
    default:
      return code_.bit_not_(dst, value);
  }
}

// https://tc39.es/ecma262/#sec-typeof-operator-runtime-semantics-evaluation
void FunctionCompiler::type_of(const Expression& operand, Register dst) {
  Register value;
  if (operand.is<Identifier>()) {
    const auto& identifier = *operand.as<Identifier>();
    mark(identifier);
    switch (identifier.reference.kind) {
      case ReferenceKind::kGlobal:
        value = code_.take();
        code_.get_global_or_undefined_(value, string(identifier.name), feedback(FeedbackKind::kGetGlobal));
        return code_.type_of_(dst, value);
      case ReferenceKind::kDynamic:
      case ReferenceKind::kDynamicVar:
        value = code_.take();
        code_.get_name_or_undefined_(value, environment_register(), string(identifier.name));
        return code_.type_of_(dst, value);
      default:
        break;
    }
  }
  value = evaluate(operand);
  code_.type_of_(dst, value);
}

// https://tc39.es/ecma262/#sec-delete-operator-runtime-semantics-evaluation
void FunctionCompiler::delete_expression(const Expression& operand, Register dst) {
  mark(operand);
  switch (operand.kind) {
    case NodeKind::kIdentifier: {
      const auto& identifier = *operand.as<Identifier>();
      switch (identifier.reference.kind) {
        case ReferenceKind::kGlobal:
          return code_.delete_global_(dst, string(identifier.name));
        case ReferenceKind::kDynamic:
        case ReferenceKind::kDynamicVar:
          return code_.delete_name_(dst, environment_register(), string(identifier.name));
        default:
          return code_.load_false_(dst);
      }
    }
    case NodeKind::kMember: {
      const auto& member = *operand.as<Member>();
      Register object = evaluate(*member.object);
      jump_if_optional(member.is_optional, object);
      mark(member.name_start, *member.object);
      return code_.delete_property_(dst, object, is_strict(), string(member.name));
    }
    case NodeKind::kIndex: {
      const auto& index = *operand.as<Index>();
      Register object = evaluate_before(*index.object, {index.index});
      jump_if_optional(index.is_optional, object);
      Register key = evaluate(*index.index);
      mark(index.index->start, *index.object);
      return code_.delete_element_(dst, object, key, is_strict());
    }
    case NodeKind::kSuperMember:
    case NodeKind::kSuperIndex: {
      bool is_index = operand.is<SuperIndex>();
      load_this(is_index ? operand.as<SuperIndex>()->this_reference
                         : operand.as<SuperMember>()->this_reference);
      if (is_index) {
        evaluate_for_effect(*operand.as<SuperIndex>()->index);
        super_base(operand.as<SuperIndex>()->home_object);
      }
      mark(operand);
      return code_.throw_error_(bytecode::ErrorKind::kReferenceError,
                                code_.ascii("Unsupported reference to 'super'"));
    }
    case NodeKind::kOptionalChain: {
      Label nullish, end;
      Label* saved = std::exchange(optional_exit_, &nullish);
      delete_expression(*operand.as<OptionalChain>()->expression, dst);
      optional_exit_ = saved;
      code_.jump_(end);
      code_.bind(nullish);
      code_.load_true_(dst);
      return code_.bind(end);
    }
    default:
      evaluate_for_effect(operand);
      return code_.load_true_(dst);
  }
}

namespace {

bytecode::Opcode opcode_of(BinaryOperator op) {
  using bytecode::Opcode;
  switch (op) {
    case BinaryOperator::kAdd:
      return Opcode::add_;
    case BinaryOperator::kSubtract:
      return Opcode::sub_;
    case BinaryOperator::kMultiply:
      return Opcode::mul_;
    case BinaryOperator::kDivide:
      return Opcode::div_;
    case BinaryOperator::kRemainder:
      return Opcode::mod_;
    case BinaryOperator::kExponentiate:
      return Opcode::exp_;
    case BinaryOperator::kShiftLeft:
      return Opcode::shift_left_;
    case BinaryOperator::kShiftRight:
      return Opcode::shift_right_;
    case BinaryOperator::kShiftRightUnsigned:
      return Opcode::shift_right_unsigned_;
    case BinaryOperator::kBitAnd:
      return Opcode::bit_and_;
    case BinaryOperator::kBitOr:
      return Opcode::bit_or_;
    case BinaryOperator::kBitXor:
      return Opcode::bit_xor_;
    case BinaryOperator::kEqual:
      return Opcode::equal_;
    case BinaryOperator::kNotEqual:
      return Opcode::not_equal_;
    case BinaryOperator::kStrictEqual:
      return Opcode::strict_equal_;
    case BinaryOperator::kStrictNotEqual:
      return Opcode::strict_not_equal_;
    case BinaryOperator::kLess:
      return Opcode::less_;
    case BinaryOperator::kLessEqual:
      return Opcode::less_equal_;
    case BinaryOperator::kGreater:
      return Opcode::greater_;
    case BinaryOperator::kGreaterEqual:
      return Opcode::greater_equal_;
    case BinaryOperator::kInstanceof:
      return Opcode::instance_of_;
    case BinaryOperator::kIn:
      return Opcode::has_property_;
  }
  SKEIN_UNREACHABLE();
}

std::optional<bytecode::Opcode> immediate_opcode(BinaryOperator op) {
  using bytecode::Opcode;
  switch (op) {
    case BinaryOperator::kAdd:
      return Opcode::add_int_;
    case BinaryOperator::kSubtract:
      return Opcode::sub_int_;
    case BinaryOperator::kMultiply:
      return Opcode::mul_int_;
    case BinaryOperator::kRemainder:
      return Opcode::mod_int_;
    case BinaryOperator::kShiftLeft:
      return Opcode::shift_left_int_;
    case BinaryOperator::kShiftRight:
      return Opcode::shift_right_int_;
    case BinaryOperator::kShiftRightUnsigned:
      return Opcode::shift_right_unsigned_int_;
    case BinaryOperator::kBitAnd:
      return Opcode::bit_and_int_;
    case BinaryOperator::kBitOr:
      return Opcode::bit_or_int_;
    default:
      return std::nullopt;
  }
}

}  // namespace

void FunctionCompiler::binary(BinaryOperator op, Register dst, Register left, Register right) {
  code_.emit(opcode_of(op), {dst, left, right});
}

bool FunctionCompiler::binary_immediate(BinaryOperator op, Register dst, Register left, int value) {
  std::optional<bytecode::Opcode> opcode = immediate_opcode(op);
  if (!opcode) return false;
  code_.emit(*opcode, {dst, left, value});
  return true;
}

// dst = left op right; evaluates right.
void FunctionCompiler::binary(BinaryOperator op, Register dst, Register left, const Expression& right) {
  std::optional<int> value = small_integer(right);
  if (value && binary_immediate(op, dst, left, *value)) return;
  bytecode::SourcePosition position = code_.current_position();
  Register right_value = evaluate(right);
  code_.set_position(position);
  binary(op, dst, left, right_value);
}

// Chains of left operands (a + b + c + …) can be of any length, so they are walked, not recursed into.
void FunctionCompiler::into(const Binary& node, Register dst) {
  std::vector<const Binary*> chain{&node};
  while (chain.back()->left->is<Binary>()) chain.push_back(chain.back()->left->as<Binary>());
  Register accumulator = 0;
  Register left = evaluate_before(*chain.back()->left, {chain.back()->right});
  for (size_t i = chain.size(); i-- > 0;) {
    const Binary& step = *chain[i];
    Register target = dst;
    if (i != 0) target = accumulator != 0 ? accumulator : (accumulator = code_.take());
    Temporaries temporaries(*this);
    bool quotes_right = step.op == BinaryOperator::kIn || step.op == BinaryOperator::kInstanceof;
    mark(step.operator_start, quotes_right ? static_cast<const Node&>(*step.right) : step);
    binary(step.op, target, left, *step.right);
    left = target;
  }
}

void FunctionCompiler::into(const PrivateIn& node, Register dst) {
  Register key = load(node.reference, node.name);
  Register object = evaluate(*node.right);
  mark(node.start, *node.right);
  code_.has_private_(dst, object, key);
}

// https://tc39.es/ecma262/#sec-binary-logical-operators-runtime-semantics-evaluation
void FunctionCompiler::into(const Logical& node, Register dst) {
  std::vector<const Logical*> chain{&node};
  while (chain.back()->left->is<Logical>()) chain.push_back(chain.back()->left->as<Logical>());
  Register value = code_.is_local(dst) ? code_.take() : dst;
  evaluate_into(*chain.back()->left, value);
  for (size_t i = chain.size(); i-- > 0;) {
    Label end;
    switch (chain[i]->op) {
      case LogicalOperator::kAnd:
        code_.jump_if_false_(value, end);
        break;
      case LogicalOperator::kOr:
        code_.jump_if_true_(value, end);
        break;
      case LogicalOperator::kNullish:
        code_.jump_if_not_nullish_(value, end);
        break;
    }
    evaluate_into(*chain[i]->right, value);
    code_.bind(end);
  }
  if (value != dst) code_.move_(dst, value);
}

void FunctionCompiler::into(const Conditional& node, Register dst) {
  Label otherwise, end;
  branch(*node.test, false, otherwise);
  evaluate_into(*node.consequent, dst);
  code_.jump_(end);
  code_.bind(otherwise);
  evaluate_into(*node.alternate, dst);
  code_.bind(end);
}

void FunctionCompiler::into(const Sequence& node, Register dst) {
  for (size_t i = 0; i + 1 < node.expressions.size(); ++i) evaluate_for_effect(*node.expressions[i]);
  evaluate_into(*node.expressions.back(), dst);
}

// ---- Conditions ----------------------------------------------------------------------------------

// Jumps to target if ToBoolean(test) is `when`, else falls through.
void FunctionCompiler::branch(const Expression& test, bool when, Label& target) {
  Temporaries temporaries(*this);
  switch (test.kind) {
    case NodeKind::kBooleanLiteral:
      if (test.as<BooleanLiteral>()->value == when) code_.jump_(target);
      return;
    case NodeKind::kUnary:
      if (test.as<Unary>()->op != UnaryOperator::kNot) break;
      return branch(*test.as<Unary>()->operand, !when, target);
    case NodeKind::kLogical:
      if (test.as<Logical>()->op == LogicalOperator::kNullish) break;
      return branch_logical(*test.as<Logical>(), when, target);
    case NodeKind::kBinary:
      if (branch_comparison(*test.as<Binary>(), when, target)) return;
      break;
    default:
      break;
  }
  Register value = evaluate(test);
  when ? code_.jump_if_true_(value, target) : code_.jump_if_false_(value, target);
}

void FunctionCompiler::branch_logical(const Logical& test, bool when, Label& target) {
  // The operands of a chain of one operator, last first.
  std::vector<const Expression*> operands;
  const Expression* left = &test;
  while (left->is<Logical>() && left->as<Logical>()->op == test.op) {
    operands.push_back(left->as<Logical>()->right);
    left = left->as<Logical>()->left;
  }
  operands.push_back(left);
  // One operand decides if it is `deciding`.
  bool deciding = test.op == LogicalOperator::kOr;
  Label end;
  for (size_t i = operands.size(); i-- > 1;) branch(*operands[i], deciding, deciding == when ? target : end);
  branch(*operands[0], when, target);
  code_.bind(end);
}

namespace {

struct ComparisonJumps {
  bytecode::Opcode when_true, when_false;
  std::optional<bytecode::Opcode> when_true_int, when_false_int;
};

std::optional<ComparisonJumps> comparison_jumps(BinaryOperator op) {
  using bytecode::Opcode;
  switch (op) {
    case BinaryOperator::kEqual:
      return ComparisonJumps{Opcode::jump_if_equal_, Opcode::jump_if_not_equal_, {}, {}};
    case BinaryOperator::kNotEqual:
      return ComparisonJumps{Opcode::jump_if_not_equal_, Opcode::jump_if_equal_, {}, {}};
    case BinaryOperator::kStrictEqual:
      return ComparisonJumps{Opcode::jump_if_strict_equal_, Opcode::jump_if_strict_not_equal_,
                             Opcode::jump_if_strict_equal_int_, Opcode::jump_if_strict_not_equal_int_};
    case BinaryOperator::kStrictNotEqual:
      return ComparisonJumps{Opcode::jump_if_strict_not_equal_, Opcode::jump_if_strict_equal_,
                             Opcode::jump_if_strict_not_equal_int_, Opcode::jump_if_strict_equal_int_};
    case BinaryOperator::kLess:
      return ComparisonJumps{Opcode::jump_if_less_, Opcode::jump_if_not_less_, Opcode::jump_if_less_int_,
                             Opcode::jump_if_not_less_int_};
    case BinaryOperator::kLessEqual:
      return ComparisonJumps{Opcode::jump_if_less_equal_, Opcode::jump_if_not_less_equal_,
                             Opcode::jump_if_less_equal_int_, Opcode::jump_if_not_less_equal_int_};
    case BinaryOperator::kGreater:
      return ComparisonJumps{Opcode::jump_if_greater_, Opcode::jump_if_not_greater_,
                             Opcode::jump_if_greater_int_, Opcode::jump_if_not_greater_int_};
    case BinaryOperator::kGreaterEqual:
      return ComparisonJumps{Opcode::jump_if_greater_equal_, Opcode::jump_if_not_greater_equal_,
                             Opcode::jump_if_greater_equal_int_, Opcode::jump_if_not_greater_equal_int_};
    default:
      return std::nullopt;
  }
}

}  // namespace

bool FunctionCompiler::branch_comparison(const Binary& test, bool when, Label& target) {
  std::optional<ComparisonJumps> jumps = comparison_jumps(test.op);
  if (!jumps) return false;
  Register left = evaluate_before(*test.left, {test.right});
  std::optional<bytecode::Opcode> int_opcode = when ? jumps->when_true_int : jumps->when_false_int;
  std::optional<int> value = small_integer(*test.right);
  if (int_opcode && value) {
    mark(test.operator_start, test);
    code_.emit(*int_opcode, {left, *value, target});
    return true;
  }
  if (test.right->is<NullLiteral>() &&
      (test.op == BinaryOperator::kEqual || test.op == BinaryOperator::kNotEqual)) {
    bool jumps_if_null = (test.op == BinaryOperator::kEqual) == when;
    jumps_if_null ? code_.jump_if_equal_null_(left, target) : code_.jump_if_not_equal_null_(left, target);
    return true;
  }
  Register right = evaluate(*test.right);
  mark(test.operator_start, test);
  code_.emit(when ? jumps->when_true : jumps->when_false, {left, right, target});
  return true;
}

}  // namespace skein::compiler
