// https://tc39.es/ecma262/#sec-function-objects
#include "core/builtins/dynamic_function.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/builtins/builtins.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"
#include "core/runtime/forwarding.h"

namespace skein {

Completion<Object*> create_dynamic_function(Agent& agent, const CallInfo& info, DynamicFunctionKind kind, Intrinsic fallback_prototype) {
  // 1. - 3. The current realm is the constructor's.
  // 5. - 9.
  uint32_t count = info.count();
  StringBuilder parameters(agent.heap());
  Root<Value> body(agent, Value(agent.atoms().empty()));
  if (count > 0) {
    for (uint32_t i = 0; i + 1 < count; ++i) {
      String* parameter = TRY(to_string(agent, info[i]));
      if (i > 0) parameters.append(u',');
      parameters.append(parameter);
    }
    body = Value(TRY(to_string(agent, info[count - 1])));
  }
  Root<String*> parameters_text(agent, TRY(finish_string(agent, parameters)));
  // 10. - 23.
  Root<Object*> function(agent, TRY(agent.script->create_dynamic_function(agent, agent.realm(), kind, parameters_text, body->as_string())));
  // 24. - 25. Nobody has seen the function yet.
  Object* new_target = info.is_construct() ? info.new_target().as_object() : static_cast<Object*>(info.callee());
  if (new_target == info.callee()) return function.get();
  Object* prototype = TRY(get_prototype_from_constructor(agent, new_target, fallback_prototype));
  if (function->prototype() != prototype) function->set_prototype_directly(agent, prototype);
  return function.get();
}

namespace {

// https://tc39.es/ecma262/#sec-function-p1-p2-pn-body
Completion<Value> function_constructor(Agent& agent, const CallInfo& info) {
  return TRY(create_dynamic_function(agent, info, DynamicFunctionKind::kNormal, Intrinsic::kFunctionPrototype));
}

// https://tc39.es/ecma262/#sec-properties-of-the-function-prototype-object: accepts anything, returns undefined
Completion<Value> function_prototype(Agent&, const CallInfo&) { return Value::undefined(); }

// The `length` of a bound function: https://tc39.es/ecma262/#sec-function.prototype.bind, steps 4. - 6.
Completion<double> bound_length(Agent& agent, Object* target_object, uint32_t bound_count) {
  Root<Object*> target(agent, target_object);
  if (!TRY(has_own_property(agent, target, PropertyKey(agent.names().length)))) return 0.0;
  Value length = TRY(get(agent, target, PropertyKey(agent.names().length)));
  if (!length.is_number()) return 0.0;
  double number = length.as_number();
  if (number == INFINITY) return INFINITY;
  if (number == -INFINITY) return 0.0;
  double integer = TRY(to_integer_or_infinity(agent, length));
  return std::max(integer - bound_count, 0.0);
}

// https://tc39.es/ecma262/#sec-boundfunctioncreate
Completion<BoundFunction*> bound_function_create(Agent& agent, Object* target_object, Value bound_this, std::span<const Value> arguments) {
  Root<Object*> target(agent, target_object);
  // 1.
  bool is_null = false;
  Object* prototype = TRY(get_prototype_of(agent, target, &is_null));
  if (is_null) prototype = nullptr;
  // 3. - 10.
  Shape* shape = shape_for_prototype(agent, prototype, BoundFunction::kKind, sizeof(BoundFunction), 0);
  ValueArray* list = nullptr;
  if (!arguments.empty()) {
    list = ValueArray::try_make(agent.heap(), static_cast<uint32_t>(arguments.size()), Value::undefined());
    if (list == nullptr) return throw_out_of_memory(agent);
    std::copy(arguments.begin(), arguments.end(), list->data());
    list->write_barrier();
  }
  uint8_t flags = Object::kCallable | (target->is_constructor() ? Object::kConstructor : 0);
  return agent.heap().make<BoundFunction>(shape, target, bound_this, list, flags);
}

// https://tc39.es/ecma262/#sec-function.prototype.bind
Completion<Value> function_prototype_bind(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  if (!is_callable(info.this_value())) return throw_not_function(agent, "Function.prototype.bind", info.this_value());
  Object* target = info.this_value().as_object();
  // 3.
  Root<Object*> function(agent, TRY(bound_function_create(agent, target, info[0], info.arguments_from(1))));
  // 4. - 7.
  uint32_t bound_count = info.count() > 1 ? info.count() - 1 : 0;
  double length = TRY(bound_length(agent, target, bound_count));
  MUST(define_property_or_throw(agent, function, PropertyKey(agent.names().length),
                                PropertyDescriptor::data(Value::number(length), kConfigurable)));
  // 8. - 10.
  Value name = TRY(get(agent, target, PropertyKey(agent.names().name)));
  if (!name.is_string()) name = agent.atoms().empty();
  // Not copied: binding again and again would take the square of the length.
  String* prefix = new_string(agent.heap(), StringView(std::string_view("bound ")));
  String* text = concatenate(agent.heap(), prefix, name.as_string());
  if (text == nullptr) return throw_invalid_string_length(agent);
  MUST(define_property_or_throw(agent, function, PropertyKey(agent.names().name), PropertyDescriptor::data(text, kConfigurable)));
  // 11.
  return function.get();
}

bool is_identifier(std::string_view text) {
  auto fits = [](char c) { return c == '_' || c == '$' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  return !text.empty() && !(text[0] >= '0' && text[0] <= '9') && std::all_of(text.begin(), text.end(), fits);
}

// As much of a function's name as the grammar of NativeFunction takes: an accessor's prefix, then an
// identifier or a well-known symbol in brackets.
std::string native_function_name(std::string_view name) {
  std::string prefix;
  if (name.starts_with("get ") || name.starts_with("set ")) {
    prefix = name.substr(0, 4);
    name.remove_prefix(4);
  }
  constexpr std::string_view kSymbol = "[Symbol.";
  bool is_symbol = name.starts_with(kSymbol) && name.ends_with("]") && is_identifier(name.substr(kSymbol.size(), name.size() - kSymbol.size() - 1));
  if (is_symbol || is_identifier(name)) return prefix + std::string(name);
  return prefix.substr(0, 3);
}

// https://tc39.es/ecma262/#prod-NativeFunction
Completion<Value> native_function_text(Agent& agent, Object* function) {
  std::string text = "function ";
  // [[InitialName]]: as it is now, if nobody has made an accessor of it.
  PropertyLocation location = function->lookup(PropertyKey(agent.names().name));
  if (location && !(location.attributes & kAccessorProperty) && function->kind() == CellKind::kNativeFunction) {
    Value name = function->slot(location.slot);
    if (name.is_string()) text += native_function_name(name.as_string()->to_utf8());
  }
  text += "() { [native code] }";
  return Value(new_string(agent.heap(), StringView(std::string_view(text))));
}

// https://tc39.es/ecma262/#sec-function.prototype.tostring
Completion<Value> function_prototype_to_string(Agent& agent, const CallInfo& info) {
  if (!is_callable(info.this_value()))
    return throw_type_error(agent, "Function.prototype.toString requires that 'this' be a Function");
  Object* function = info.this_value().as_object();
  // 2.
  if (function->kind() == CellKind::kClosure) return agent.script->function_source_text(agent, function);
  // 3. - 4.
  return native_function_text(agent, function);
}

// https://tc39.es/ecma262/#sec-function.prototype-%symbol.hasinstance%
Completion<Value> function_prototype_has_instance(Agent& agent, const CallInfo& info) {
  return Value::boolean(TRY(ordinary_has_instance(agent, info.this_value(), info[0])));
}

// https://tc39.es/ecma262/#sec-%throwtypeerror%
Completion<Value> throw_type_error_function(Agent& agent, const CallInfo& info) {
  // NOTE: `caller` and `arguments` of sloppy functions are null on the web, as own properties. Here those
  // functions inherit the accessor like others, and it makes the exception.
  if (info.this_value().is_kind(CellKind::kClosure) && agent.script->is_sloppy_function(info.this_value().as_object())) return Value::null();
  return throw_type_error(agent,
                          "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or the "
                          "arguments objects for calls to them");
}

void make_throw_type_error(Agent& agent, Realm& realm) {
  NativeFunction* function = make_native_function(agent, &realm, throw_type_error_function, 0, PropertyKey(agent.atoms().empty()));
  MUST(set_integrity_level(agent, function, IntegrityLevel::kFrozen));
  realm.set_intrinsic(Intrinsic::kThrowTypeError, function);
}

constexpr PropertySpec kFunctionPrototype[] = {
    PropertySpec::function("apply", function_prototype_apply, 2),
    PropertySpec::function("bind", function_prototype_bind, 1),
    PropertySpec::function("call", function_prototype_call, 1),
    PropertySpec::function("toString", function_prototype_to_string, 0),
    PropertySpec::function_with(WellKnownSymbol::kHasInstance, function_prototype_has_instance, 1, kNone),
};

}  // namespace

void initialize_function(Agent& agent, Realm& realm) {
  if (realm.intrinsic_if_made(Intrinsic::kFunctionPrototype) == nullptr) {
    realm.set_intrinsic(Intrinsic::kFunctionPrototype,
                        make_native_function(agent, &realm, function_prototype, 0, PropertyKey(agent.atoms().empty()), {},
                                             realm.intrinsic(Intrinsic::kObjectPrototype)));
  }
  define_constructor(agent, realm, {
                                       .name = "Function",
                                       .length = 1,
                                       .function = function_constructor,
                                       .constructor = Intrinsic::kFunction,
                                       .prototype = Intrinsic::kFunctionPrototype,
                                       .prototype_properties = kFunctionPrototype,
                                   });
  // https://github.com/tc39/proposal-decorator-metadata: what classes without decorators answer.
  define_value(agent, realm.intrinsic(Intrinsic::kFunctionPrototype), WellKnownSymbol::kMetadata, Value::null(), kConfigurable);
  // https://tc39.es/ecma262/#sec-addrestrictedfunctionproperties
  make_throw_type_error(agent, realm);
  Value thrower = realm.intrinsic(Intrinsic::kThrowTypeError);
  Root<Object*> prototype(agent, realm.intrinsic(Intrinsic::kFunctionPrototype));
  for (FlatString* name : {agent.names().caller, agent.names().arguments})
    MUST(define_property_or_throw(agent, prototype, PropertyKey(name), PropertyDescriptor::accessor(thrower, thrower, kConfigurable)));
}

}  // namespace skein
