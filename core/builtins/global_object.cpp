// https://tc39.es/ecma262/#sec-global-object
#include <cmath>

#include "core/builtins/builtins.h"
#include "core/builtins/support.h"
#include "core/builtins/uri.h"
#include "core/numeric/text_to_number.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

// https://tc39.es/ecma262/#sec-eval-x: called as a function, so indirect; the interpreter recognises
// direct calls by the intrinsic and does not come here.
Completion<Value> global_eval(Agent& agent, const CallInfo& info) {
  if (!info[0].is_string()) return info[0];
  return agent.script->indirect_eval(agent, agent.realm(), info[0].as_string());
}

// https://tc39.es/ecma262/#sec-isfinite-number
Completion<Value> global_is_finite(Agent& agent, const CallInfo& info) {
  return Value::boolean(std::isfinite(TRY(to_number(agent, info[0]))));
}

// https://tc39.es/ecma262/#sec-isnan-number
Completion<Value> global_is_nan(Agent& agent, const CallInfo& info) { return Value::boolean(std::isnan(TRY(to_number(agent, info[0])))); }

// https://tc39.es/ecma262/#sec-parsefloat-string
Completion<Value> global_parse_float(Agent& agent, const CallInfo& info) {
  if (info[0].is_int32()) return info[0];
  String* text = TRY(to_string(agent, info[0]));
  return Value::number(text->view().visit([](auto units) { return numeric::parse_float(units); }));
}

// https://tc39.es/ecma262/#sec-parseint-string-radix
Completion<Value> global_parse_int(Agent& agent, const CallInfo& info) {
  if (info[1].is_undefined() || info[1] == Value::int32(10)) {
    if (info[0].is_int32()) return info[0];
    // OPTIMIZATION: numbers whose text has no exponent.
    const double number = info[0].is_double() ? info[0].as_double() : 0;
    if (const double size = std::abs(number); size >= 1e-6 && size < 1e21) return Value::number(std::trunc(number));
  }
  Root<String*> text(agent, TRY(to_string(agent, info[0])));
  int32_t radix = TRY(to_int32(agent, info[1]));
  return Value::number(text->view().visit([radix](auto units) { return numeric::parse_int(units, radix); }));
}

constexpr PropertySpec kGlobalObject[] = {
    PropertySpec::function("eval", global_eval, 1, Intrinsic::kEval),
    PropertySpec::function("isFinite", global_is_finite, 1, Intrinsic::kIsFinite),
    PropertySpec::function("isNaN", global_is_nan, 1, Intrinsic::kIsNaN),
    PropertySpec::function("parseFloat", global_parse_float, 1, Intrinsic::kParseFloat),
    PropertySpec::function("parseInt", global_parse_int, 2, Intrinsic::kParseInt),
    PropertySpec::function("decodeURI", global_decode_uri, 1, Intrinsic::kDecodeURI),
    PropertySpec::function("decodeURIComponent", global_decode_uri_component, 1, Intrinsic::kDecodeURIComponent),
    PropertySpec::function("encodeURI", global_encode_uri, 1, Intrinsic::kEncodeURI),
    PropertySpec::function("encodeURIComponent", global_encode_uri_component, 1, Intrinsic::kEncodeURIComponent),
    PropertySpec::function("escape", global_escape, 1, Intrinsic::kEscape),
    PropertySpec::function("unescape", global_unescape, 1, Intrinsic::kUnescape),
};

}  // namespace

void initialize_global_object(Agent& agent, Realm& realm) {
  for (const PropertySpec& spec : kGlobalObject) {
    const PropertyKey key = resolve_key(agent, spec.key);
    NativeFunction* function = make_native_function(agent, &realm, spec.code, spec.length, key);
    realm.set_intrinsic(spec.intrinsic, function);
    realm.global_object()->fill_lazy_property(key, function);
  }
}

}  // namespace skein
