// Operators on values: https://tc39.es/ecma262/#sec-applystringornumericbinaryoperator and
// https://tc39.es/ecma262/#sec-instanceofoperator
#include <cmath>

#include "core/numeric/conversions.h"
#include "core/numeric/math.h"
#include "core/runtime/operations.h"

namespace skein {

namespace {

double apply_to_numbers(BinaryOperator op, double x, double y) {
  switch (op) {
    case BinaryOperator::kSubtract: return x - y;
    case BinaryOperator::kMultiply: return x * y;
    case BinaryOperator::kDivide: return x / y;
    case BinaryOperator::kRemainder: return numeric::remainder(x, y);
    case BinaryOperator::kExponentiate: return numeric::exponentiate(x, y);
    case BinaryOperator::kBitwiseAnd: return numeric::to_int32(x) & numeric::to_int32(y);
    case BinaryOperator::kBitwiseOr: return numeric::to_int32(x) | numeric::to_int32(y);
    case BinaryOperator::kBitwiseXor: return numeric::to_int32(x) ^ numeric::to_int32(y);
    case BinaryOperator::kShiftLeft:
      return static_cast<int32_t>(numeric::to_uint32(x) << (numeric::to_uint32(y) & 31));
    case BinaryOperator::kShiftRight: return numeric::to_int32(x) >> (numeric::to_uint32(y) & 31);
    case BinaryOperator::kShiftRightUnsigned: return numeric::to_uint32(x) >> (numeric::to_uint32(y) & 31);
  }
  SKEIN_UNREACHABLE();
}

Thrown throw_mixed(Agent& agent) {
  return throw_type_error(agent, "Cannot mix BigInt and other types, use explicit conversions");
}

}  // namespace

Completion<Value> add(Agent& agent, Value a, Value b) {
  if (a.is_bigint() && b.is_bigint()) return TRY(bigint_add(agent, a.as_bigint(), b.as_bigint()));
  if (a.is_object() || b.is_object()) {
    Root<Value> right(agent, b);
    Root<Value> left(agent, TRY(to_primitive(agent, a)));
    b = TRY(to_primitive(agent, right));
    a = left;
  }
  if (a.is_string() || b.is_string()) {
    // Conversions of primitives run no script.
    String* left = TRY(to_string(agent, a));
    String* right = TRY(to_string(agent, b));
    String* result = concatenate(agent.heap(), left, right);
    if (result == nullptr) return throw_invalid_string_length(agent);
    return result;
  }
  Value x = TRY(to_numeric(agent, a));
  Value y = TRY(to_numeric(agent, b));
  if (x.is_number() && y.is_number()) return Value::number(x.as_number() + y.as_number());
  if (x.is_bigint() && y.is_bigint()) return TRY(bigint_add(agent, x.as_bigint(), y.as_bigint()));
  return throw_mixed(agent);
}

Completion<Value> apply_binary_operator(Agent& agent, BinaryOperator op, Value a, Value b) {
  // OPTIMIZATION: what the interpreter leaves to this function is mostly integers beyond 32 bits.
  if (a.is_number() && b.is_number()) return Value::number(apply_to_numbers(op, a.as_number(), b.as_number()));
  if (a.is_bigint() && b.is_bigint()) return TRY(bigint_binary(agent, op, a.as_bigint(), b.as_bigint()));
  if (a.is_object() || b.is_object()) {
    // ToNumeric of the left operand comes before anything of the right one.
    Root<Value> right(agent, b);
    Root<Value> left(agent, TRY(to_numeric(agent, a)));
    b = TRY(to_numeric(agent, right));
    a = left;
  }
  Value x = TRY(to_numeric(agent, a));
  Value y = TRY(to_numeric(agent, b));
  if (x.is_number() && y.is_number()) return Value::number(apply_to_numbers(op, x.as_number(), y.as_number()));
  if (x.is_bigint() && y.is_bigint()) return TRY(bigint_binary(agent, op, x.as_bigint(), y.as_bigint()));
  return throw_mixed(agent);
}

Completion<Value> apply_unary_operator(Agent& agent, UnaryOperator op, Value value) {
  Value x = TRY(to_numeric(agent, value));
  if (x.is_bigint()) return TRY(bigint_unary(agent, op, x.as_bigint()));
  double number = x.as_number();
  switch (op) {
    case UnaryOperator::kNegate: return Value::number(-number);
    case UnaryOperator::kBitwiseNot: return Value::number(~numeric::to_int32(number));
    case UnaryOperator::kIncrement: return Value::number(number + 1);
    case UnaryOperator::kDecrement: return Value::number(number - 1);
  }
  SKEIN_UNREACHABLE();
}

// https://tc39.es/ecma262/#sec-instanceofoperator
Completion<bool> instance_of(Agent& agent, Value value, Value target) {
  if (!target.is_object()) return throw_type_error(agent, "Right-hand side of 'instanceof' is not an object");
  Root<Value> left(agent, value);
  Root<Value> right(agent, target);
  Value method = TRY(get_method(agent, target, agent.well_known(WellKnownSymbol::kHasInstance)));
  if (!method.is_undefined()) return to_boolean(TRY(call(agent, method, right, {left})));
  if (!is_callable(right)) return throw_type_error(agent, "Right-hand side of 'instanceof' is not callable");
  return ordinary_has_instance(agent, right, left);
}

// https://tc39.es/ecma262/#sec-ordinaryhasinstance
Completion<bool> ordinary_has_instance(Agent& agent, Value constructor, Value value) {
  if (!is_callable(constructor)) return false;
  if (BoundFunction* bound = constructor.as_if<BoundFunction>()) {
    TRY(agent.check_stack());
    return instance_of(agent, value, bound->target());
  }
  if (!value.is_object()) return false;
  Root<Object*> object(agent, value.as_object());
  Value prototype = TRY(get(agent, constructor.as_object(), agent.names().prototype));
  if (!prototype.is_object()) return throw_type_error(agent, {"Function has non-object prototype '", to_display_string(agent, prototype), "' in instanceof check"});
  Root<Value> wanted(agent, prototype);
  for (;;) {
    bool is_null = false;
    object = TRY(get_prototype_of(agent, object, &is_null));
    if (is_null) return false;
    if (Value(object.get()) == wanted.get()) return true;
  }
}

}  // namespace skein
