// https://tc39.es/ecma262/#sec-type-conversion
#include <algorithm>
#include <cmath>

#include "core/numeric/conversions.h"
#include "core/numeric/number_to_text.h"
#include "core/numeric/text_to_number.h"
#include "core/runtime/operations.h"
#include "core/runtime/primitive_object.h"

namespace skein {

// https://tc39.es/ecma262/#sec-toprimitive
Completion<Value> to_primitive(Agent& agent, Value value, PreferredType preferred) {
  if (!value.is_object()) return value;
  Root<Value> input(agent, value);
  // 1.a
  Value exotic = TRY(get_method(agent, value, agent.well_known(WellKnownSymbol::kToPrimitive)));
  if (!exotic.is_undefined()) {
    const Names& names = agent.names();
    Value hint = preferred == PreferredType::kDefault ? names.default_ : preferred == PreferredType::kString ? names.string : names.number;
    Value result = TRY(call(agent, exotic, input, {hint}));
    if (!result.is_object()) return result;
    return throw_type_error(agent, "Cannot convert object to primitive value");
  }
  // 1.c to 1.d
  return ordinary_to_primitive(agent, input.get().as_object(),
                               preferred == PreferredType::kDefault ? PreferredType::kNumber : preferred);
}

// https://tc39.es/ecma262/#sec-ordinarytoprimitive
Completion<Value> ordinary_to_primitive(Agent& agent, Object* object, PreferredType hint) {
  TRY(agent.check_stack());
  Root<Object*> input(agent, object);
  FlatString* order[2] = {agent.names().valueOf, agent.names().toString};
  if (hint == PreferredType::kString) std::swap(order[0], order[1]);
  for (FlatString* name : order) {
    Value method = TRY(get(agent, input, name));
    if (!is_callable(method)) continue;
    Value result = TRY(call(agent, method, Value(input.get())));
    if (!result.is_object()) return result;
  }
  return throw_type_error(agent, "Cannot convert object to primitive value");
}

// https://tc39.es/ecma262/#sec-toboolean
bool to_boolean(Value value) {
  if (value.is_boolean()) return value.as_boolean();
  if (value.is_int32()) return value.as_int32() != 0;
  if (value.is_double()) return value.as_double() != 0 && !std::isnan(value.as_double());
  if (!value.is_cell()) return false;
  if (value.is_string()) return !value.as_string()->is_empty();
  if (value.is_bigint()) return !value.as_bigint()->is_zero();
  if (value.is_object()) return !value.as_object()->has_flag(Object::kHtmlDda);
  return true;
}

// https://tc39.es/ecma262/#sec-tonumeric
Completion<Value> to_numeric(Agent& agent, Value value) {
  Value primitive = TRY(to_primitive(agent, value, PreferredType::kNumber));
  if (primitive.is_bigint()) return primitive;
  return Value::number(TRY(to_number(agent, primitive)));
}

// https://tc39.es/ecma262/#sec-tonumber
Completion<double> to_number_slow(Agent& agent, Value value) {
  if (value.is_number()) return value.as_number();
  if (value.is_undefined()) return std::nan("");
  if (value.is_null()) return 0.0;
  if (value.is_boolean()) return value.as_boolean() ? 1.0 : 0.0;
  if (value.is_string()) return string_to_number(value.as_string());
  if (value.is_symbol()) return throw_type_error(agent, "Cannot convert a Symbol value to a number");
  if (value.is_bigint()) return throw_type_error(agent, "Cannot convert a BigInt value to a number");
  Value primitive = TRY(to_primitive(agent, value, PreferredType::kNumber));
  return to_number_slow(agent, primitive);
}

double string_to_number(String* string) {
  return string->view().visit([](auto units) { return numeric::string_to_number(units); });
}

// https://tc39.es/ecma262/#sec-tointegerorinfinity
Completion<double> to_integer_or_infinity(Agent& agent, Value value) {
  if (value.is_int32()) return static_cast<double>(value.as_int32());
  return numeric::to_integer_or_infinity(TRY(to_number(agent, value)));
}

Completion<int32_t> to_int32(Agent& agent, Value value) {
  if (value.is_int32()) return value.as_int32();
  return numeric::to_int32(TRY(to_number(agent, value)));
}

Completion<uint32_t> to_uint32(Agent& agent, Value value) { return static_cast<uint32_t>(TRY(to_int32(agent, value))); }

// https://tc39.es/ecma262/#sec-tostring
Completion<String*> to_string_slow(Agent& agent, Value value) {
  const Names& names = agent.names();
  if (value.is_string()) return value.as_string();
  if (value.is_int32()) return number_to_string(agent, value.as_int32());
  if (value.is_double()) return number_to_string(agent, value.as_double());
  if (value.is_undefined()) return names.undefined;
  if (value.is_null()) return names.null_;
  if (value.is_boolean()) return value.as_boolean() ? names.true_ : names.false_;
  if (value.is_symbol()) return throw_type_error(agent, "Cannot convert a Symbol value to a string");
  if (value.is_bigint()) return bigint_to_string(agent, value.as_bigint(), 10);
  Value primitive = TRY(to_primitive(agent, value, PreferredType::kString));
  return to_string_slow(agent, primitive);
}

// https://tc39.es/ecma262/#sec-numeric-types-number-tostring
String* number_to_string(Agent& agent, double number, int radix) {
  if (radix == 10) {
    if (number >= 0 && number < AtomTable::kSmallIndices && number == static_cast<int>(number))
      return agent.atoms().atomize_index(static_cast<uint32_t>(number));
    numeric::NumberBuffer buffer;
    return new_string(agent.heap(), StringView(numeric::number_to_text(number, buffer)));
  }
  numeric::RadixBuffer buffer;
  return new_string(agent.heap(), StringView(numeric::number_to_text_radix(number, radix, buffer)));
}

// https://tc39.es/ecma262/#sec-toobject
Completion<Object*> to_object(Agent& agent, Value value) {
  if (value.is_object()) return value.as_object();
  if (value.is_nullish()) return throw_type_error(agent, "Cannot convert undefined or null to object");
  return make_primitive_object(agent, value);
}

PropertyKey to_property_key(Agent& agent, String* string) { return PropertyKey(agent.atoms().atomize(string)); }

PropertyKey to_property_key(Agent& agent, uint64_t integer) {
  if (integer < 0xFFFFFFFFu) return PropertyKey::index(static_cast<uint32_t>(integer));
  numeric::NumberBuffer buffer;
  return PropertyKey(agent.atoms().atomize(StringView(numeric::number_to_text(static_cast<double>(integer), buffer))));
}

// https://tc39.es/ecma262/#sec-topropertykey
Completion<PropertyKey> to_property_key(Agent& agent, Value value) {
  if (value.is_int32() && value.as_int32() >= 0) return PropertyKey::index(static_cast<uint32_t>(value.as_int32()));
  if (value.is_string()) return to_property_key(agent, value.as_string());
  if (value.is_symbol()) return PropertyKey(value.as_symbol());
  Value primitive = TRY(to_primitive(agent, value, PreferredType::kString));
  if (primitive.is_symbol()) return PropertyKey(primitive.as_symbol());
  return to_property_key(agent, TRY(to_string(agent, primitive)));
}

// https://tc39.es/ecma262/#sec-tolength
Completion<double> to_length(Agent& agent, Value value) {
  if (value.is_int32()) return static_cast<double>(std::max(value.as_int32(), 0));
  return numeric::to_length(TRY(to_number(agent, value)));
}

// https://tc39.es/ecma262/#sec-canonicalnumericindexstring
std::optional<double> canonical_numeric_index(PropertyKey key) {
  if (key.is_index()) return key.as_index();
  if (!key.is_atom()) return std::nullopt;
  StringView view = key.as_atom()->view();
  if (view.is_empty()) return std::nullopt;
  // Only texts that a number prints as can qualify; most names fail on the first character.
  char16_t first = view[0];
  if (!((first >= '0' && first <= '9') || first == '-' || first == 'I' || first == 'N')) return std::nullopt;
  if (view == StringView(std::string_view("-0"))) return -0.0;
  double number = view.visit([](auto units) { return numeric::string_to_number(units); });
  numeric::NumberBuffer buffer;
  if (!(StringView(numeric::number_to_text(number, buffer)) == view)) return std::nullopt;
  return number;
}

// https://tc39.es/ecma262/#sec-toindex
Completion<double> to_index(Agent& agent, Value value, std::string_view before, std::string_view after) {
  double integer = TRY(to_integer_or_infinity(agent, value));
  if (integer < 0 || integer > numeric::kMaxSafeInteger)
    return throw_range_error(agent, {before, number_to_string(agent, integer)->to_utf8(), after});
  return integer;
}

Completion<double> relative_index(Agent& agent, Value argument, double length, double missing) {
  if (argument.is_undefined()) return missing;
  double relative = TRY(to_integer_or_infinity(agent, argument));
  return relative < 0 ? std::max(length + relative, 0.0) : std::min(relative, length);
}

// --- Testing and comparison -----------------------------------------------------------------------------

Completion<Value> require_object_coercible(Agent& agent, Value value) {
  if (value.is_nullish()) return throw_type_error(agent, "Cannot convert undefined or null to object");
  return value;
}

bool is_integral_number(Value value) {
  return value.is_int32() || (value.is_double() && numeric::is_integral(value.as_double()));
}

bool same_value(Value a, Value b) {
  if (a == b) return true;
  if (a.is_number() && b.is_number()) return numeric::same_value(a.as_number(), b.as_number());
  if (a.is_string() && b.is_string()) return String::equals(a.as_string(), b.as_string());
  if (a.is_bigint() && b.is_bigint()) return bigint_equals(a.as_bigint(), b.as_bigint());
  return false;
}

bool same_value_zero(Value a, Value b) {
  if (a.is_number() && b.is_number()) return numeric::same_value_zero(a.as_number(), b.as_number());
  return same_value(a, b);
}

// https://tc39.es/ecma262/#sec-isstrictlyequal
bool is_strictly_equal(Value a, Value b) {
  if (a.is_number() && b.is_number()) return a.as_number() == b.as_number();
  return same_value(a, b);
}

// https://tc39.es/ecma262/#sec-islooselyequal
Completion<bool> is_loosely_equal(Agent& agent, Value a, Value b) {
  for (;;) {
    if (a.is_number() && b.is_number()) return a.as_number() == b.as_number();
    if (a.is_nullish() || b.is_nullish()) {
      auto acts_nullish = [](Value v) { return v.is_nullish() || (v.is_object() && v.as_object()->has_flag(Object::kHtmlDda)); };
      return acts_nullish(a) && acts_nullish(b);
    }
    if ((a.is_string() && b.is_string()) || (a.is_boolean() && b.is_boolean()) || (a.is_symbol() && b.is_symbol()) ||
        (a.is_bigint() && b.is_bigint()) || (a.is_object() && b.is_object()))
      return is_strictly_equal(a, b);
    if (a.is_boolean()) {
      a = Value::int32(a.as_boolean());
    } else if (b.is_boolean()) {
      b = Value::int32(b.as_boolean());
    } else if (a.is_object()) {
      Root<Value> kept(agent, b);
      a = TRY(to_primitive(agent, a));
      b = kept;
    } else if (b.is_object()) {
      Root<Value> kept(agent, a);
      b = TRY(to_primitive(agent, b));
      a = kept;
    } else if (a.is_symbol() || b.is_symbol()) {
      return false;
    } else if (a.is_bigint() || b.is_bigint()) {
      if (!a.is_bigint()) std::swap(a, b);
      if (b.is_string()) {
        BigInt* parsed = string_to_bigint(agent, b.as_string());
        return parsed != nullptr && bigint_equals(a.as_bigint(), parsed);
      }
      return bigint_compare_to_number(a.as_bigint(), b.as_number()) == Ordering::kEqual;
    } else {
      // A number and a string.
      if (a.is_string()) a = Value::number(string_to_number(a.as_string()));
      if (b.is_string()) b = Value::number(string_to_number(b.as_string()));
    }
  }
}

namespace {
Ordering order(double a, double b) {
  return a < b ? Ordering::kLess : a > b ? Ordering::kGreater : a == b ? Ordering::kEqual : Ordering::kUndefined;
}
Ordering reversed(Ordering ordering) {
  return ordering == Ordering::kLess ? Ordering::kGreater : ordering == Ordering::kGreater ? Ordering::kLess : ordering;
}
}  // namespace

// https://tc39.es/ecma262/#sec-islessthan
Completion<Ordering> compare_values(Agent& agent, Value a, Value b) {
  if (a.is_bigint() && b.is_bigint()) return bigint_compare(a.as_bigint(), b.as_bigint());
  if (a.is_object() || b.is_object()) {
    Root<Value> right(agent, b);
    Root<Value> left(agent, TRY(to_primitive(agent, a, PreferredType::kNumber)));
    b = TRY(to_primitive(agent, right, PreferredType::kNumber));
    a = left;
  }
  if (a.is_string() && b.is_string()) {
    int result = compare(a.as_string()->view(), b.as_string()->view());
    return result < 0 ? Ordering::kLess : result > 0 ? Ordering::kGreater : Ordering::kEqual;
  }
  if (a.is_bigint() && b.is_string()) {
    BigInt* parsed = string_to_bigint(agent, b.as_string());
    return parsed == nullptr ? Ordering::kUndefined : bigint_compare(a.as_bigint(), parsed);
  }
  if (a.is_string() && b.is_bigint()) {
    BigInt* parsed = string_to_bigint(agent, a.as_string());
    return parsed == nullptr ? Ordering::kUndefined : bigint_compare(parsed, b.as_bigint());
  }
  // Primitives: these conversions run no script.
  Value x = TRY(to_numeric(agent, a));
  Value y = TRY(to_numeric(agent, b));
  if (x.is_number() && y.is_number()) return order(x.as_number(), y.as_number());
  if (x.is_bigint() && y.is_bigint()) return bigint_compare(x.as_bigint(), y.as_bigint());
  if (x.is_bigint()) return bigint_compare_to_number(x.as_bigint(), y.as_number());
  return reversed(bigint_compare_to_number(y.as_bigint(), x.as_number()));
}

// https://tc39.es/ecma262/#sec-typeof-operator
String* type_of(Agent& agent, Value value) {
  const Names& names = agent.names();
  if (value.is_number()) return names.number;
  if (value.is_undefined()) return names.undefined;
  if (value.is_null()) return names.object;
  if (value.is_boolean()) return names.boolean;
  if (value.is_string()) return names.string;
  if (value.is_symbol()) return names.symbol;
  if (value.is_bigint()) return names.bigint;
  Object* object = value.as_object();
  if (object->has_flag(Object::kHtmlDda)) return names.undefined;
  return object->is_callable() ? names.function_ : names.object;
}

}  // namespace skein
