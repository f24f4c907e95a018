// https://tc39.es/ecma262/#sec-symbol-objects
#include "core/builtins/builtins.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"
#include "core/runtime/primitive_object.h"

namespace skein {
namespace {

// https://tc39.es/ecma262/#sec-symbol-description
Completion<Value> symbol_constructor(Agent& agent, const CallInfo& info) {
  // 1.
  if (info.is_construct()) return throw_type_error(agent, "Symbol is not a constructor");
  // 2. - 3.
  Value description;
  if (!info[0].is_undefined()) description = TRY(to_string(agent, info[0]));
  // 4.
  return Value(agent.heap().make<Symbol>(description, agent.next_hash(), Symbol::Type::kUnique));
}

// https://tc39.es/ecma262/#sec-symbol.for
Completion<Value> symbol_for(Agent& agent, const CallInfo& info) {
  String* key = TRY(to_string(agent, info[0]));
  return Value(agent.symbol_for(agent.atoms().atomize(key)));
}

// https://tc39.es/ecma262/#sec-symbol.keyfor
Completion<Value> symbol_key_for(Agent& agent, const CallInfo& info) {
  // 1.
  if (!info[0].is_symbol()) return throw_type_error(agent, {to_display_string(agent, info[0]), " is not a symbol"});
  // 2., https://tc39.es/ecma262/#sec-keyforsymbol
  Symbol* symbol = info[0].as_symbol();
  return symbol->is_registered() ? symbol->description() : Value::undefined();
}

// https://tc39.es/ecma262/#sec-thissymbolvalue
Completion<Symbol*> this_symbol_value(Agent& agent, Value value, std::string_view method) {
  if (value.is_symbol()) return value.as_symbol();
  Value data = primitive_data(value, CellKind::kSymbolObject);
  if (!data.is_empty()) return data.as_symbol();
  return throw_type_error(agent, {method, " requires that 'this' be a Symbol"});
}

// https://tc39.es/ecma262/#sec-get-symbol.prototype.description
Completion<Value> symbol_prototype_description(Agent& agent, const CallInfo& info) {
  return TRY(this_symbol_value(agent, info.this_value(), "Symbol.prototype.description"))->description();
}

// https://tc39.es/ecma262/#sec-symbol.prototype.tostring, https://tc39.es/ecma262/#sec-symboldescriptivestring
Completion<Value> symbol_prototype_to_string(Agent& agent, const CallInfo& info) {
  Symbol* symbol = TRY(this_symbol_value(agent, info.this_value(), "Symbol.prototype.toString"));
  StringBuilder builder(agent.heap());
  builder.append_ascii("Symbol(");
  if (symbol->description().is_string()) builder.append(symbol->description().as_string());
  builder.append_ascii(")");
  return TRY(finish_string(agent, builder));
}

// https://tc39.es/ecma262/#sec-symbol.prototype.valueof
Completion<Value> symbol_prototype_value_of(Agent& agent, const CallInfo& info) {
  return Value(TRY(this_symbol_value(agent, info.this_value(), "Symbol.prototype.valueOf")));
}

// https://tc39.es/ecma262/#sec-symbol.prototype-%symbol.toprimitive%
Completion<Value> symbol_prototype_to_primitive(Agent& agent, const CallInfo& info) {
  return Value(TRY(this_symbol_value(agent, info.this_value(), "Symbol.prototype [ @@toPrimitive ]")));
}

constexpr PropertySpec kSymbolStatics[] = {
    PropertySpec::function("for", symbol_for, 1),
    PropertySpec::function("keyFor", symbol_key_for, 1),
};

constexpr PropertySpec kSymbolPrototype[] = {
    PropertySpec::getter("description", symbol_prototype_description),
    PropertySpec::function("toString", symbol_prototype_to_string, 0),
    PropertySpec::function("valueOf", symbol_prototype_value_of, 0),
    PropertySpec::function_with(WellKnownSymbol::kToPrimitive, symbol_prototype_to_primitive, 1, kConfigurable),
    PropertySpec::tag("Symbol"),
};

struct WellKnownName {
  const char* name;
  WellKnownSymbol symbol;
};
constexpr WellKnownName kWellKnownNames[] = {
    {"asyncDispose", WellKnownSymbol::kAsyncDispose},
    {"asyncIterator", WellKnownSymbol::kAsyncIterator},
    {"dispose", WellKnownSymbol::kDispose},
    {"hasInstance", WellKnownSymbol::kHasInstance},
    {"isConcatSpreadable", WellKnownSymbol::kIsConcatSpreadable},
    {"iterator", WellKnownSymbol::kIterator},
    {"match", WellKnownSymbol::kMatch},
    {"matchAll", WellKnownSymbol::kMatchAll},
    {"metadata", WellKnownSymbol::kMetadata},
    {"replace", WellKnownSymbol::kReplace},
    {"search", WellKnownSymbol::kSearch},
    {"species", WellKnownSymbol::kSpecies},
    {"split", WellKnownSymbol::kSplit},
    {"toPrimitive", WellKnownSymbol::kToPrimitive},
    {"toStringTag", WellKnownSymbol::kToStringTag},
    {"unscopables", WellKnownSymbol::kUnscopables},
};

}  // namespace

void initialize_symbol(Agent& agent, Realm& realm) {
  NativeFunction* constructor = define_constructor(agent, realm, {
                                                                     .name = "Symbol",
                                                                     .length = 0,
                                                                     .function = symbol_constructor,
                                                                     .constructor = Intrinsic::kSymbol,
                                                                     .prototype = Intrinsic::kSymbolPrototype,
                                                                     .statics = kSymbolStatics,
                                                                     .prototype_properties = kSymbolPrototype,
                                                                 });
  constructor->reserve_properties(agent, std::size(kWellKnownNames));
  for (const WellKnownName& entry : kWellKnownNames)
    define_value(agent, constructor, entry.name, Value(agent.well_known(entry.symbol)), kNone);
}

}  // namespace skein
