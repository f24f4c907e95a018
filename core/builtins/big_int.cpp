// https://tc39.es/ecma262/#sec-bigint-objects
#include <cmath>

#include "core/builtins/builtins.h"
#include "core/builtins/locale_text.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"
#include "core/runtime/primitive_object.h"

namespace skein {
namespace {

// https://tc39.es/ecma262/#sec-bigint-constructor-number-value
Completion<Value> big_int_constructor(Agent& agent, const CallInfo& info) {
  // 1.
  if (info.is_construct()) return throw_type_error(agent, "BigInt is not a constructor");
  // 2. - 4.
  Value primitive = TRY(to_primitive(agent, info[0], PreferredType::kNumber));
  if (primitive.is_number()) return TRY(number_to_bigint(agent, primitive.as_number()));
  return TRY(to_bigint(agent, primitive));
}

// https://tc39.es/ecma262/#sec-bigint.asintn
Completion<Value> big_int_as_int_n(Agent& agent, const CallInfo& info) {
  double bits = TRY(to_index(agent, info[0], "Invalid number of bits: "));
  BigInt* bigint = TRY(to_bigint(agent, info[1]));
  return TRY(bigint_as_int_n(agent, static_cast<uint64_t>(bits), bigint));
}

// https://tc39.es/ecma262/#sec-bigint.asuintn
Completion<Value> big_int_as_uint_n(Agent& agent, const CallInfo& info) {
  double bits = TRY(to_index(agent, info[0], "Invalid number of bits: "));
  BigInt* bigint = TRY(to_bigint(agent, info[1]));
  return TRY(bigint_as_uint_n(agent, static_cast<uint64_t>(bits), bigint));
}

// https://tc39.es/ecma262/#sec-thisbigintvalue
Completion<BigInt*> this_big_int_value(Agent& agent, Value value, std::string_view method) {
  if (value.is_bigint()) return value.as_bigint();
  Value data = primitive_data(value, CellKind::kBigIntObject);
  if (!data.is_empty()) return data.as_bigint();
  return throw_type_error(agent, {method, " requires that 'this' be a BigInt"});
}

// https://tc39.es/ecma262/#sec-bigint.prototype.tolocalestring
Completion<Value> big_int_prototype_to_locale_string(Agent& agent, const CallInfo& info) {
  BigInt* value = TRY(this_big_int_value(agent, info.this_value(), "BigInt.prototype.toLocaleString"));
  std::string text = locale_integer_text(TRY(bigint_to_string(agent, value, 10))->to_utf8());
  String* result = new_string(agent.heap(), StringView(std::string_view(text)));
  if (result == nullptr) return throw_invalid_string_length(agent);
  return result;
}

// https://tc39.es/ecma262/#sec-bigint.prototype.tostring
Completion<Value> big_int_prototype_to_string(Agent& agent, const CallInfo& info) {
  // 1.
  Root<Value> value(agent, TRY(this_big_int_value(agent, info.this_value(), "BigInt.prototype.toString")));
  // 2. - 4.
  double radix = 10;
  if (!info[0].is_undefined()) radix = TRY(to_integer_or_infinity(agent, info[0]));
  if (radix < 2 || radix > 36) return throw_range_error(agent, "toString() radix argument must be between 2 and 36");
  // 5.
  return TRY(bigint_to_string(agent, value->as_bigint(), static_cast<int>(radix)));
}

// https://tc39.es/ecma262/#sec-bigint.prototype.valueof
Completion<Value> big_int_prototype_value_of(Agent& agent, const CallInfo& info) {
  return TRY(this_big_int_value(agent, info.this_value(), "BigInt.prototype.valueOf"));
}

constexpr PropertySpec kBigIntStatics[] = {
    PropertySpec::function("asIntN", big_int_as_int_n, 2),
    PropertySpec::function("asUintN", big_int_as_uint_n, 2),
};

constexpr PropertySpec kBigIntPrototype[] = {
    PropertySpec::function("toLocaleString", big_int_prototype_to_locale_string, 0),
    PropertySpec::function("toString", big_int_prototype_to_string, 0),
    PropertySpec::function("valueOf", big_int_prototype_value_of, 0),
    PropertySpec::tag("BigInt"),
};

}  // namespace

void initialize_big_int(Agent& agent, Realm& realm) {
  define_constructor(agent, realm, {
                                       .name = "BigInt",
                                       .length = 1,
                                       .function = big_int_constructor,
                                       .constructor = Intrinsic::kBigInt,
                                       .prototype = Intrinsic::kBigIntPrototype,
                                       .statics = kBigIntStatics,
                                       .prototype_properties = kBigIntPrototype,
                                   });
}

}  // namespace skein
