// Object, array and class literals.
#include <algorithm>

#include "core/interpreter/constants.h"
#include "core/interpreter/slow_paths.h"
#include "core/runtime/array.h"
#include "core/runtime/elements.h"
#include "core/runtime/errors.h"
#include "core/runtime/function.h"
#include "core/syntax/source_text.h"

namespace skein {

// Templates of more parts are put together step by step.
static constexpr uint32_t kMaxJoinedStrings = 32;
// Beyond this a literal is built property by property.
static constexpr uint32_t kMaxLiteralShape = 100;

namespace {
// Of the host's own scripts, whose functions run once: a shape of its own costs such an object less than one for each
// of its properties.
bool is_made_once(const bytecode::Executable& executable, uint32_t count) {
  constexpr uint32_t kFewProperties = 5;
  return count > kFewProperties && executable.source->name().starts_with("skein:");
}
}  // namespace

Value create_object_literal(Interpreter& vm, const Value* values, uint32_t count, uint32_t shape_index) {
  Agent& agent = vm.agent;
  Code* code = vm.frame->code;
  if (const bool once = is_made_once(code->executable(), count); once || count > kMaxLiteralShape) {
    Object* object = make_object(agent);
    if (once) object->reserve_properties(agent, count);
    const auto& keys = code->executable().shapes[shape_index].keys;
    for (uint32_t i = 0; i < count; ++i) object->add_property(agent, code->atom(keys[i]), values[i], kDefaultAttributes);
    return object;
  }
  Shape* shape = code->literal_shape(agent, shape_index);
  const uint32_t inline_count = std::min<uint32_t>(count, shape->inline_capacity());
  if (inline_count == count) {
    auto* object = agent.heap().make_with_extra<Object>(count * sizeof(Value), shape);
    std::copy_n(values, count, object->inline_slots(shape));
    return object;
  }
  Object* object = make_object(agent);
  const auto& keys = code->executable().shapes[shape_index].keys;
  for (uint32_t i = 0; i < count; ++i) object->add_property(agent, code->atom(keys[i]), values[i], kDefaultAttributes);
  return object;
}

Completion<void> define_element(Interpreter& vm, Value base, Value key_value, Value value) {
  Agent& agent = vm.agent;
  PropertyKey key = TRY(to_property_key(agent, key_value));
  return create_data_property_or_throw(agent, base.as_object(), key, value);
}

// https://tc39.es/ecma262/#sec-definemethodproperty
Completion<void> define_method(Interpreter& vm, Value base, Value key_value, Value function, uint32_t flags) {
  Agent& agent = vm.agent;
  enum MethodKind { kMethod, kGetter, kSetter };
  PropertyKey key = TRY(to_property_key(agent, key_value));
  if (key == PropertyKey(agent.names().prototype) && base.is_kind(CellKind::kClosure))
    return throw_type_error(agent, "Classes may not have a static property named 'prototype'");
  PropertyDescriptor descriptor;
  descriptor.has_enumerable = descriptor.has_configurable = true;
  descriptor.enumerable = flags & 1;
  descriptor.configurable = true;
  switch (flags >> 1) {
    case kMethod:
      descriptor.value = function;
      descriptor.has_value = descriptor.has_writable = true;
      descriptor.writable = true;
      break;
    case kGetter:
      descriptor.getter = function;
      descriptor.has_get = true;
      break;
    case kSetter:
      descriptor.setter = function;
      descriptor.has_set = true;
      break;
  }
  RootedDescriptor kept(agent, descriptor);
  return define_property_or_throw(agent, base.as_object(), key, kept);
}

// https://tc39.es/ecma262/#sec-__proto__-property-names-in-object-initializers
Completion<void> set_literal_prototype(Interpreter& vm, Value object, Value value) {
  if (value.is_object()) {
    TRY(set_prototype_of(vm.agent, object.as_object(), value.as_object()));
  } else if (value.is_null()) {
    TRY(set_prototype_of(vm.agent, object.as_object(), nullptr));
  }
  return {};
}

namespace {

// The string that SetFunctionName makes of a key.
String* closure_name(Agent& agent, Value key, uint32_t prefix) {
  static constexpr std::string_view kPrefixes[] = {"", "get", "set"};
  PropertyKey property = key.is_symbol()   ? PropertyKey(key.as_symbol())
                         : key.is_string() ? to_property_key(agent, key.as_string())
                                           : MUST(to_property_key(agent, key));
  if (property.is_private()) {
    Value description = property.as_symbol()->description();
    property = to_property_key(agent, description.as_string());
  }
  return function_name_string(agent, property, kPrefixes[prefix]);
}

}  // namespace

// https://tc39.es/ecma262/#sec-setfunctionname
void set_closure_name(Interpreter& vm, Value function, Value key, uint32_t prefix) {
  function.as_object()->set_slot(Closure::kNameSlot, closure_name(vm.agent, key, prefix));
}

Completion<void> copy_data_properties_excluding(Interpreter& vm, Value target, Value source, const Value* excluded, uint32_t count) {
  Agent& agent = vm.agent;
  if (count == 0) return copy_data_properties(agent, target.as_object(), source, {});
  std::vector<PropertyKey> keys;
  keys.reserve(count);
  // The values are rooted by the frame, the atoms made of them are not: pin those.
  RootVector kept(agent);
  for (uint32_t i = 0; i < count; ++i) {
    PropertyKey key = TRY(to_property_key(agent, excluded[i]));
    if (key.is_cell()) kept.push_back(Value::cell(key.as_cell()));
    keys.push_back(key);
  }
  return copy_data_properties(agent, target.as_object(), source, keys);
}

// --- Arrays ------------------------------------------------------------------------------------------------

Completion<Value> create_array(Interpreter& vm, const Value* values, uint32_t count) {
  Agent& agent = vm.agent;
  auto* array = agent.heap().make<Array>(agent.realm()->shape(RealmShape::kArray));
  if (count != 0) {
    ValueArray* elements = ValueArray::try_make(agent.heap(), count, Value::empty());
    if (elements == nullptr) return throw_out_of_memory(agent);
    std::copy_n(values, count, elements->data());
    elements->write_barrier();
    array->set_elements(elements);
    array->set_length_field(count);
  }
  return Value(array);
}

Completion<void> array_append(Interpreter& vm, Value base, Value value) {
  Agent& agent = vm.agent;
  auto* array = base.as<Array>();
  if (array->length() == UINT32_MAX) return throw_range_error(agent, "Invalid array length");
  if (value.is_empty()) {
    array->set_length_field(array->length() + 1);
  } else if (!append_to_array(agent, array, value)) {
    return throw_out_of_memory(agent);
  }
  return {};
}

namespace {

// OPTIMIZATION: whether this is an array of plain elements, and nobody can see how it is iterated.
bool is_plainly_iterated(Interpreter& vm, Value iterable) {
  auto* array = iterable.as_if<Array>();
  return array != nullptr && !array->is_sparse() && !vm.agent.prototypes_have_indices && is_iterated_natively(vm.agent, array);
}

// Appends all elements of an array, if it is that simple; else nothing, and false.
Completion<bool> append_plain_elements(Interpreter& vm, Array* target, Value iterable) {
  if (!is_plainly_iterated(vm, iterable)) return false;
  auto* source = iterable.as<Array>();
  const uint32_t count = source->length(), start = target->length();
  ValueArray* from = source->dense_elements();
  if (count == 0) return true;
  if (target->is_sparse() || from == nullptr || count > from->capacity() || count > UINT32_MAX - start) return false;
  if (!grow_elements(vm.agent, target, uint64_t{start} + count)) return throw_out_of_memory(vm.agent);
  Value* to = target->dense_elements()->data() + start;
  for (uint32_t i = 0; i < count; ++i) to[i] = from->get(i).is_empty() ? Value::undefined() : from->get(i);
  target->dense_elements()->write_barrier();
  target->set_length_field(start + count);
  TRY(vm.agent.poll());
  return true;
}

}  // namespace

Completion<Value> spread_arguments(Interpreter& vm, Value iterable) {
  if (is_plainly_iterated(vm, iterable)) return iterable;
  Root<Value> list(vm.agent, TRY(create_array(vm, nullptr, 0)));
  TRY(array_spread(vm, list, iterable));
  return list.get();
}

Completion<void> array_spread(Interpreter& vm, Value base, Value iterable) {
  if (TRY(append_plain_elements(vm, base.as<Array>(), iterable))) return {};
  Value pair[2];
  Root<Value> iterator(vm.agent), next(vm.agent);
  TRY(get_iterator_pair(vm, pair, iterable));
  iterator = pair[0];
  next = pair[1];
  for (;;) {
    Value value = TRY(iterator_step(vm, pair));
    if (value.is_empty()) return {};
    TRY(array_append(vm, base, value));
    TRY(vm.agent.poll());
  }
}

Completion<Value> create_regexp(Interpreter& vm, uint32_t index) {
  Agent& agent = vm.agent;
  Code* code = vm.frame->code;
  const bytecode::RegExpConstant& constant = code->executable().regexps[index];
  // https://tc39.es/ecma262/#sec-regular-expression-literals-runtime-semantics-evaluation
  if (g_regexp_hooks.create == nullptr) return throw_type_error(agent, "Regular expressions are not available");
  return g_regexp_hooks.create(agent, code->atom(constant.pattern), code->atom(constant.flags));
}

// --- Classes -----------------------------------------------------------------------------------------------

// https://tc39.es/ecma262/#sec-runtime-semantics-classdefinitionevaluation, steps 7 to 18
Completion<void> create_class(Interpreter& vm, Value* result, Value environment, Value heritage, Value name, uint32_t function) {
  Agent& agent = vm.agent;
  Realm* realm = agent.realm();
  Object* parent = realm->intrinsic(Intrinsic::kFunctionPrototype);
  Object* prototype_parent = realm->intrinsic(Intrinsic::kObjectPrototype);
  Root<Object*> kept_parent(agent, parent), kept_prototype_parent(agent, prototype_parent);
  if (heritage.is_null()) {
    prototype_parent = nullptr;
  } else if (!heritage.is_empty()) {
    if (!is_constructor(heritage))
      return throw_type_error(agent, {"Class extends value ", to_display_string(agent, heritage), " is not a constructor or null"});
    parent = heritage.as_object();
    kept_parent = parent;
    Value property = TRY(get(agent, parent, agent.names().prototype));
    if (!property.is_object() && !property.is_null())
      return throw_type_error(agent, {"Class extends value does not have valid prototype property ", to_display_string(agent, property)});
    prototype_parent = property.is_object() ? property.as_object() : nullptr;
    kept_prototype_parent = prototype_parent;
  }
  // Nothing from here on collects.
  Object* prototype = make_object_with_prototype(agent, prototype_parent);
  prototype->own_shape(agent);
  Code* code = vm.frame->code->function(agent, function);
  const bytecode::Executable& executable = code->executable();
  Value class_name = agent.atoms().empty();
  if (!name.is_empty()) {
    class_name = closure_name(agent, name, 0);
  } else if (executable.name != bytecode::kNoIndex) {
    class_name = agent.atoms().atomize(string_view(executable, executable.name));
  }
  Closure* constructor = make_class_constructor(agent, code, as_environment(environment), parent, prototype, class_name);
  prototype->add_property(agent, agent.names().constructor, constructor, kBuiltinAttributes);
  result[0] = constructor;
  result[1] = prototype;
  return {};
}

// https://tc39.es/ecma262/#sec-initializeinstanceelements
Completion<void> initialize_instance(Interpreter& vm, Value object, Value constructor) {
  auto* closure = constructor.as_if<Closure>();
  if (closure == nullptr || closure->initializer() == nullptr) return {};
  TRY(call(vm.agent, closure->initializer(), object));
  return {};
}

// --- Operators -----------------------------------------------------------------------------------------------

Completion<Value> concat(Interpreter& vm, const Value* strings, uint32_t count) {
  String* parts[kMaxJoinedStrings];
  if (count <= kMaxJoinedStrings) {
    for (uint32_t i = 0; i < count; ++i) parts[i] = strings[i].as_string();
    if (String* joined = join_short(vm.agent.heap(), {parts, count})) return Value(joined);
  }
  String* result = strings[0].as_string();
  for (uint32_t i = 1; i < count; ++i) {
    result = concatenate(vm.agent.heap(), result, strings[i].as_string());
    if (result == nullptr) return throw_invalid_string_length(vm.agent);
  }
  return Value(result);
}

// https://tc39.es/ecma262/#sec-ordinarycallbindthis, steps 5 and 6
Completion<Value> coerce_this(Interpreter& vm, Value value) {
  if (value.is_nullish()) return Value(vm.frame->code->realm()->global_this());
  return Value(TRY(to_object(vm.agent, value)));
}

}  // namespace skein
