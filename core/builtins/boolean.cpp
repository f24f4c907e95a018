// https://tc39.es/ecma262/#sec-boolean-objects
#include "core/builtins/builtins.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"
#include "core/runtime/primitive_object.h"

namespace skein {
namespace {

// https://tc39.es/ecma262/#sec-boolean-constructor-boolean-value
Completion<Value> boolean_constructor(Agent& agent, const CallInfo& info) {
  // 1.
  Value value = Value::boolean(to_boolean(info[0]));
  // 2.
  if (!info.is_construct()) return value;
  // 3. - 5.
  Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), Intrinsic::kBooleanPrototype));
  return Value(make_primitive_object(agent, value, prototype));
}

// https://tc39.es/ecma262/#sec-thisbooleanvalue
Completion<Value> this_boolean_value(Agent& agent, Value value, std::string_view method) {
  if (value.is_boolean()) return value;
  Value data = primitive_data(value, CellKind::kBooleanObject);
  if (!data.is_empty()) return data;
  return throw_type_error(agent, {method, " requires that 'this' be a Boolean"});
}

// https://tc39.es/ecma262/#sec-boolean.prototype.tostring
Completion<Value> boolean_prototype_to_string(Agent& agent, const CallInfo& info) {
  Value value = TRY(this_boolean_value(agent, info.this_value(), "Boolean.prototype.toString"));
  return Value(value.is_true() ? agent.names().true_ : agent.names().false_);
}

// https://tc39.es/ecma262/#sec-boolean.prototype.valueof
Completion<Value> boolean_prototype_value_of(Agent& agent, const CallInfo& info) {
  return this_boolean_value(agent, info.this_value(), "Boolean.prototype.valueOf");
}

constexpr PropertySpec kBooleanPrototype[] = {
    PropertySpec::function("toString", boolean_prototype_to_string, 0),
    PropertySpec::function("valueOf", boolean_prototype_value_of, 0),
};

}  // namespace

void initialize_boolean(Agent& agent, Realm& realm) {
  if (realm.intrinsic_if_made(Intrinsic::kBooleanPrototype) == nullptr) {
    Object* parent = realm.intrinsic(Intrinsic::kObjectPrototype);
    realm.set_intrinsic(Intrinsic::kBooleanPrototype, make_primitive_object(agent, Value::boolean(false), parent));
  }
  define_constructor(agent, realm, {
                                       .name = "Boolean",
                                       .length = 1,
                                       .function = boolean_constructor,
                                       .constructor = Intrinsic::kBoolean,
                                       .prototype = Intrinsic::kBooleanPrototype,
                                       .prototype_properties = kBooleanPrototype,
                                   });
}

}  // namespace skein
