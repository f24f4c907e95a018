// https://tc39.es/ecma262/#sec-number-objects
#include <cmath>
#include <limits>

#include "core/builtins/builtins.h"
#include "core/builtins/locale_text.h"
#include "core/builtins/support.h"
#include "core/numeric/conversions.h"
#include "core/numeric/number_to_text.h"
#include "core/runtime/builtin_spec.h"
#include "core/runtime/primitive_object.h"

namespace skein {
namespace {

// https://tc39.es/ecma262/#sec-number-constructor-number-value
Completion<Value> number_constructor(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Value number = Value::int32(0);
  if (info.count() > 0) {
    number = TRY(to_numeric(agent, info[0]));
    if (number.is_bigint()) number = Value::number(bigint_to_number(number.as_bigint()));
  }
  // 3.
  if (!info.is_construct()) return number;
  // 4. - 6.
  Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), Intrinsic::kNumberPrototype));
  return make_primitive_object(agent, number, prototype);
}

// https://tc39.es/ecma262/#sec-number.isfinite
Completion<Value> number_is_finite(Agent&, const CallInfo& info) {
  return Value::boolean(info[0].is_number() && std::isfinite(info[0].as_number()));
}

// https://tc39.es/ecma262/#sec-number.isinteger
Completion<Value> number_is_integer(Agent&, const CallInfo& info) { return Value::boolean(is_integral_number(info[0])); }

// https://tc39.es/ecma262/#sec-number.isnan
Completion<Value> number_is_nan(Agent&, const CallInfo& info) {
  return Value::boolean(info[0].is_number() && std::isnan(info[0].as_number()));
}

// https://tc39.es/ecma262/#sec-number.issafeinteger
Completion<Value> number_is_safe_integer(Agent&, const CallInfo& info) {
  return Value::boolean(info[0].is_number() && numeric::is_safe_integer(info[0].as_number()));
}

// https://tc39.es/ecma262/#sec-thisnumbervalue
Completion<double> this_number_value(Agent& agent, Value value, Passed<std::string_view> method) {
  if (value.is_number()) return value.as_number();
  Value data = primitive_data(value, CellKind::kNumberObject);
  if (!data.is_empty()) return data.as_number();
  return throw_type_error(agent, {method, " requires that 'this' be a Number"});
}

Value ascii_string(Agent& agent, Passed<std::string_view> text) { return new_string(agent.heap(), StringView(text)); }

// https://tc39.es/ecma262/#sec-number.prototype.toexponential
Completion<Value> number_prototype_to_exponential(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  double x = TRY(this_number_value(agent, info.this_value(), "Number.prototype.toExponential"));
  double digits = TRY(to_integer_or_infinity(agent, info[0]));
  // 4.
  if (!std::isfinite(x)) return number_to_string(agent, x);
  // 5.
  if (digits < 0 || digits > 100) return throw_range_error(agent, "toExponential() argument must be between 0 and 100");
  // 6. - 15.
  numeric::FormatBuffer buffer;
  int fraction_digits = info[0].is_undefined() ? numeric::kAsManyAsNecessary : static_cast<int>(digits);
  return ascii_string(agent, numeric::to_exponential(x, fraction_digits, buffer));
}

// https://tc39.es/ecma262/#sec-number.prototype.tofixed
Completion<Value> number_prototype_to_fixed(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  double x = TRY(this_number_value(agent, info.this_value(), "Number.prototype.toFixed"));
  double digits = TRY(to_integer_or_infinity(agent, info[0]));
  // 3. - 5.
  if (!(digits >= 0 && digits <= 100)) return throw_range_error(agent, "toFixed() digits argument must be between 0 and 100");
  // 6.
  if (!std::isfinite(x)) return number_to_string(agent, x);
  // 7. - 11.
  numeric::FormatBuffer buffer;
  return ascii_string(agent, numeric::to_fixed(x, static_cast<int>(digits), buffer));
}

// https://tc39.es/ecma262/#sec-number.prototype.tolocalestring
Completion<Value> number_prototype_to_locale_string(Agent& agent, const CallInfo& info) {
  double x = TRY(this_number_value(agent, info.this_value(), "Number.prototype.toLocaleString"));
  return Value(new_string_from_utf8(agent.heap(), locale_number_text(x)));
}

// https://tc39.es/ecma262/#sec-number.prototype.toprecision
Completion<Value> number_prototype_to_precision(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  double x = TRY(this_number_value(agent, info.this_value(), "Number.prototype.toPrecision"));
  if (info[0].is_undefined()) return number_to_string(agent, x);
  // 3. - 5.
  double precision = TRY(to_integer_or_infinity(agent, info[0]));
  if (!std::isfinite(x)) return number_to_string(agent, x);
  if (precision < 1 || precision > 100) return throw_range_error(agent, "toPrecision() argument must be between 1 and 100");
  // 6. - 14.
  numeric::FormatBuffer buffer;
  return ascii_string(agent, numeric::to_precision(x, static_cast<int>(precision), buffer));
}

// https://tc39.es/ecma262/#sec-number.prototype.tostring
Completion<Value> number_prototype_to_string(Agent& agent, const CallInfo& info) {
  // 1.
  double x = TRY(this_number_value(agent, info.this_value(), "Number.prototype.toString"));
  // 2. - 4.
  double radix = 10;
  if (!info[0].is_undefined()) radix = TRY(to_integer_or_infinity(agent, info[0]));
  if (radix < 2 || radix > 36) return throw_range_error(agent, "toString() radix argument must be between 2 and 36");
  // 5.
  return number_to_string(agent, x, static_cast<int>(radix));
}

// https://tc39.es/ecma262/#sec-number.prototype.valueof
Completion<Value> number_prototype_value_of(Agent& agent, const CallInfo& info) {
  return Value::number(TRY(this_number_value(agent, info.this_value(), "Number.prototype.valueOf")));
}

constexpr PropertySpec kNumberStatics[] = {
    PropertySpec::constant("EPSILON", std::numeric_limits<double>::epsilon()),
    PropertySpec::function("isFinite", number_is_finite, 1),
    PropertySpec::function("isInteger", number_is_integer, 1),
    PropertySpec::function("isNaN", number_is_nan, 1),
    PropertySpec::function("isSafeInteger", number_is_safe_integer, 1),
    PropertySpec::constant("MAX_SAFE_INTEGER", numeric::kMaxSafeInteger),
    PropertySpec::constant("MAX_VALUE", std::numeric_limits<double>::max()),
    PropertySpec::constant("MIN_SAFE_INTEGER", -numeric::kMaxSafeInteger),
    PropertySpec::constant("MIN_VALUE", std::numeric_limits<double>::denorm_min()),
    PropertySpec::constant("NaN", std::numeric_limits<double>::quiet_NaN()),
    PropertySpec::constant("NEGATIVE_INFINITY", -std::numeric_limits<double>::infinity()),
    PropertySpec::constant("POSITIVE_INFINITY", std::numeric_limits<double>::infinity()),
};

constexpr PropertySpec kNumberPrototype[] = {
    PropertySpec::function("toExponential", number_prototype_to_exponential, 1),
    PropertySpec::function("toFixed", number_prototype_to_fixed, 1),
    PropertySpec::function("toLocaleString", number_prototype_to_locale_string, 0),
    PropertySpec::function("toPrecision", number_prototype_to_precision, 1),
    PropertySpec::function("toString", number_prototype_to_string, 1),
    PropertySpec::function("valueOf", number_prototype_value_of, 0),
};

}  // namespace

void initialize_number(Agent& agent, Realm& realm) {
  if (realm.intrinsic_if_made(Intrinsic::kNumberPrototype) == nullptr) {
    Object* parent = realm.intrinsic(Intrinsic::kObjectPrototype);
    realm.set_intrinsic(Intrinsic::kNumberPrototype, make_primitive_object(agent, Value::int32(0), parent));
  }
  NativeFunction* constructor = define_constructor(agent, realm, {
                                                                     .name = "Number",
                                                                     .length = 1,
                                                                     .function = number_constructor,
                                                                     .constructor = Intrinsic::kNumber,
                                                                     .prototype = Intrinsic::kNumberPrototype,
                                                                     .statics = kNumberStatics,
                                                                     .prototype_properties = kNumberPrototype,
                                                                 });
  // The same functions as the global object's.
  define_value(agent, constructor, "parseFloat", realm.intrinsic(Intrinsic::kParseFloat));
  define_value(agent, constructor, "parseInt", realm.intrinsic(Intrinsic::kParseInt));
}

}  // namespace skein
