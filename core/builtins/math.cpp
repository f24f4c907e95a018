// https://tc39.es/ecma262/#sec-math-object
#include <cmath>
#include <numbers>

#include "core/builtins/builtins.h"
#include "core/builtins/support.h"
#include "core/numeric/conversions.h"
#include "core/numeric/math.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

// The functions of one argument that C's library or numeric/ has as they are.
template <double (*kFunction)(double)>
Completion<Value> math_unary(Agent& agent, const CallInfo& info) {
  return Value::number(kFunction(TRY(to_number(agent, info[0]))));
}

// https://tc39.es/ecma262/#sec-math.atan2
Completion<Value> math_atan2(Agent& agent, const CallInfo& info) {
  double y = TRY(to_number(agent, info[0]));
  double x = TRY(to_number(agent, info[1]));
  return Value::number(std::atan2(y, x));
}

// https://tc39.es/ecma262/#sec-math.clz32
Completion<Value> math_clz32(Agent& agent, const CallInfo& info) {
  return Value::number(numeric::clz32(TRY(to_uint32(agent, info[0]))));
}

// https://tc39.es/ecma262/#sec-math.imul
Completion<Value> math_imul(Agent& agent, const CallInfo& info) {
  uint32_t a = TRY(to_uint32(agent, info[0]));
  uint32_t b = TRY(to_uint32(agent, info[1]));
  return Value::int32(static_cast<int32_t>(a * b));
}

// All arguments as numbers, coerced before any is looked at.
Completion<void> coerce_arguments(Agent& agent, const CallInfo& info, std::vector<double>& numbers) {
  numbers.reserve(info.count());
  for (Value argument : info.arguments()) numbers.push_back(TRY(to_number(agent, argument)));
  return {};
}

// https://tc39.es/ecma262/#sec-math.hypot
Completion<Value> math_hypot(Agent& agent, const CallInfo& info) {
  std::vector<double> numbers;
  TRY(coerce_arguments(agent, info, numbers));
  return Value::number(numeric::hypot(numbers));
}

// https://tc39.es/ecma262/#sec-math.max and #sec-math.min: coercion goes on after NaN has been met.
template <double (*kPick)(double, double)>
Completion<Value> math_extreme(Agent& agent, const CallInfo& info, double initial) {
  double extreme = initial;
  for (Value argument : info.arguments()) extreme = kPick(extreme, TRY(to_number(agent, argument)));
  return Value::number(extreme);
}
Completion<Value> math_max(Agent& agent, const CallInfo& info) { return math_extreme<numeric::max>(agent, info, -INFINITY); }
Completion<Value> math_min(Agent& agent, const CallInfo& info) { return math_extreme<numeric::min>(agent, info, INFINITY); }

// https://tc39.es/ecma262/#sec-math.pow
Completion<Value> math_pow(Agent& agent, const CallInfo& info) {
  double base = TRY(to_number(agent, info[0]));
  double exponent = TRY(to_number(agent, info[1]));
  return Value::number(numeric::exponentiate(base, exponent));
}

// https://tc39.es/ecma262/#sec-math.random
Completion<Value> math_random(Agent& agent, const CallInfo&) { return Value::number(agent.random()); }

// https://tc39.es/ecma262/#sec-math.sumprecise
Completion<Value> math_sum_precise(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  TRY(require_object_coercible(agent, info[0]));
  IteratorRecord record(agent);
  TRY(get_iterator(agent, info[0], IteratorKind::kSync, record));
  // 3. - 8.
  numeric::ExactSum sum;
  Root<Value> value(agent);
  LoopPoll poll(agent);
  while (TRY(iterator_step_value(agent, record, value))) {
    if (!value->is_number()) {
      (void)throw_type_error(agent, {to_display_string(agent, value), " is not a number"});
      return iterator_close_throwing(agent, record);
    }
    sum.add(value->as_number());
    TRY(poll.tick());
  }
  return Value::number(sum.result());
}

double f16round(double value) { return numeric::f16round(value); }
double fround(double value) { return numeric::fround(value); }

constexpr PropertySpec kMath[] = {
    PropertySpec::constant("E", std::numbers::e),
    PropertySpec::constant("LN10", std::numbers::ln10),
    PropertySpec::constant("LN2", std::numbers::ln2),
    PropertySpec::constant("LOG10E", std::numbers::log10e),
    PropertySpec::constant("LOG2E", std::numbers::log2e),
    PropertySpec::constant("PI", std::numbers::pi),
    PropertySpec::constant("SQRT1_2", std::numbers::sqrt2 / 2),
    PropertySpec::constant("SQRT2", std::numbers::sqrt2),
    PropertySpec::tag("Math"),
    PropertySpec::function("abs", math_unary<::fabs>, 1),
    PropertySpec::function("acos", math_unary<::acos>, 1),
    PropertySpec::function("acosh", math_unary<::acosh>, 1),
    PropertySpec::function("asin", math_unary<::asin>, 1),
    PropertySpec::function("asinh", math_unary<::asinh>, 1),
    PropertySpec::function("atan", math_unary<::atan>, 1),
    PropertySpec::function("atanh", math_unary<::atanh>, 1),
    PropertySpec::function("atan2", math_atan2, 2),
    PropertySpec::function("cbrt", math_unary<numeric::cbrt>, 1),
    PropertySpec::function("ceil", math_unary<::ceil>, 1),
    PropertySpec::function("clz32", math_clz32, 1),
    PropertySpec::function("cos", math_unary<::cos>, 1),
    PropertySpec::function("cosh", math_unary<::cosh>, 1),
    PropertySpec::function("exp", math_unary<::exp>, 1),
    PropertySpec::function("expm1", math_unary<::expm1>, 1),
    PropertySpec::function("floor", math_unary<::floor>, 1),
    PropertySpec::function("fround", math_unary<fround>, 1),
    PropertySpec::function("f16round", math_unary<f16round>, 1),
    PropertySpec::function("hypot", math_hypot, 2),
    PropertySpec::function("imul", math_imul, 2),
    PropertySpec::function("log", math_unary<::log>, 1),
    PropertySpec::function("log1p", math_unary<::log1p>, 1),
    PropertySpec::function("log10", math_unary<::log10>, 1),
    PropertySpec::function("log2", math_unary<::log2>, 1),
    PropertySpec::function("max", math_max, 2),
    PropertySpec::function("min", math_min, 2),
    PropertySpec::function("pow", math_pow, 2),
    PropertySpec::function("random", math_random, 0),
    PropertySpec::function("round", math_unary<numeric::round>, 1),
    PropertySpec::function("sign", math_unary<numeric::sign>, 1),
    PropertySpec::function("sin", math_unary<::sin>, 1),
    PropertySpec::function("sinh", math_unary<::sinh>, 1),
    PropertySpec::function("sqrt", math_unary<::sqrt>, 1),
    PropertySpec::function("sumPrecise", math_sum_precise, 1),
    PropertySpec::function("tan", math_unary<::tan>, 1),
    PropertySpec::function("tanh", math_unary<::tanh>, 1),
    PropertySpec::function("trunc", math_unary<::trunc>, 1),
};

}  // namespace

void initialize_math(Agent& agent, Realm& realm) { define_namespace(agent, realm, "Math", Intrinsic::kMath, kMath); }

}  // namespace skein
