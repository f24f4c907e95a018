#include "core/builtins/support.h"

#include <algorithm>

#include "core/runtime/elements.h"

namespace skein {

Completion<Value> get_element_if_present(Agent& agent, Object* object, double index) {
  Value value = plain_element_or_empty(object, index);
  if (!value.is_empty()) [[likely]] return value;
  // OPTIMIZATION: a hole of a plain array, with nothing behind it.
  if (plain_array(agent, object) != nullptr) return Value::empty();
  Root<Object*> root(agent, object);
  Root<PropertyKey> key(agent, index_key(agent, index));
  bool present = TRY(has_property(agent, object, key));
  if (!present) return Value::empty();
  return get(agent, root, key);
}

Completion<void> create_element(Agent& agent, Object* object, double index, Value value) {
  // OPTIMIZATION: appending to an array, or filling one that was made with a length.
  if (object->kind() == CellKind::kArray) {
    Array* array = static_cast<Array*>(object);
    if (array->is_simple() && index <= array->length() && index < 4294967295.0) {
      uint32_t position = static_cast<uint32_t>(index);
      bool done = position < array->length() ? put_own_element(agent, array, position, value, kDefaultAttributes)
                                             : append_to_array(agent, array, value);
      if (!done) return throw_out_of_memory(agent);
      return {};
    }
  }
  return create_data_property_or_throw(agent, object, index_key(agent, index), value);
}

bool has_original_species(Agent& agent, Object* object, Object* constructor) {
  Object* prototype = object->prototype();
  if (object->shape()->property_count() != 0 || prototype == nullptr || prototype->kind() == CellKind::kProxy) return false;
  PropertyLocation own = prototype->lookup(agent.names().constructor);
  if (!own || (own.attributes & kAccessorProperty) || prototype->slot(own.slot) != Value(constructor)) return false;
  const PropertyKey key(agent.well_known(WellKnownSymbol::kSpecies));
  Object* holder = constructor;
  PropertyLocation species = holder->lookup(key);
  // The constructors of typed arrays inherit theirs.
  if (!species && constructor->prototype() != nullptr && constructor->prototype()->kind() == CellKind::kNativeFunction) {
    holder = constructor->prototype();
    species = holder->lookup(key);
  }
  if (!species || !(species.attributes & kAccessorProperty)) return false;
  auto* getter = holder->slot(species.slot).as<Accessor>()->getter.get().as_if<NativeFunction>();
  return getter != nullptr && getter->function() == return_this;
}

Thrown throw_not_callable(Agent& agent, Value value) {
  return throw_type_error(agent, {to_display_string(agent, value), " is not a function"});
}

Thrown throw_not_constructor(Agent& agent, Value value) {
  return throw_type_error(agent, {to_display_string(agent, value), " is not a constructor"});
}

Thrown throw_not_object(Agent& agent, Value value) {
  return throw_type_error(agent, {to_display_string(agent, value), " is not an object"});
}

std::string builtin_title(Agent& agent, const CallInfo& info, std::string_view home) {
  std::string name = "method";
  if (NativeFunction* callee = info.callee(); callee != nullptr) {
    PropertyLocation location = callee->lookup(agent.names().name);
    if (location && !(location.attributes & kAccessorProperty) && callee->slot(location.slot).is_string())
      name = callee->slot(location.slot).as_string()->to_utf8();
  }
  std::string prefix;
  if (name.starts_with("get ") || name.starts_with("set ")) {
    prefix = name.substr(0, 4);
    name.erase(0, 4);
  }
  return prefix + std::string(home) + (name.starts_with('[') ? "" : ".") + name;
}

Completion<Object*> this_to_object(Agent& agent, const CallInfo& info, Passed<std::string_view> home) {
  if (info.this_value().is_object()) [[likely]] return info.this_value().as_object();
  if (info.this_value().is_nullish()) return throw_type_error(agent, {builtin_title(agent, info, home), " called on null or undefined"});
  return to_object(agent, info.this_value());
}

Thrown throw_incompatible_receiver(Agent& agent, std::string_view method, Value receiver) {
  return throw_type_error(agent, {"Method ", method, " called on incompatible receiver ", to_display_string(agent, receiver)});
}

Thrown throw_requires_new(Agent& agent, std::string_view constructor) {
  return throw_type_error(agent, {"Constructor ", constructor, " requires 'new'"});
}

Completion<String*> finish_string(Agent& agent, StringBuilder& builder) {
  const bool is_too_long = builder.is_too_long();
  String* result = builder.finish();
  if (result != nullptr) return result;
  return is_too_long ? throw_invalid_string_length(agent) : throw_out_of_memory(agent);
}

Completion<Value> set_ignoring_prototype(Agent& agent, const CallInfo& info, Object* home, PropertyKey key) {
  // 1. - 2.
  Value receiver = info.this_value();
  if (!receiver.is_object()) return throw_not_object(agent, receiver);
  if (receiver.as_object() == home)
    return throw_type_error(agent, {"Cannot assign to read only property '", key.to_display(), "' of a prototype object"});
  // 3. - 5.
  Root<PropertyKey> kept(agent, key);
  PropertyDescriptor descriptor;
  bool found = TRY(get_own_property(agent, receiver.as_object(), key, descriptor));
  if (found) TRY(set(agent, receiver.as_object(), kept, info[0]));
  else TRY(create_data_property_or_throw(agent, receiver.as_object(), kept, info[0]));
  return Value::undefined();
}

Completion<Value> return_this(Agent&, const CallInfo& info) { return info.this_value(); }

}  // namespace skein
