#include "core/runtime/function.h"

#include "core/runtime/operations.h"

namespace skein {

void NativeFunction::trace(gc::Visitor& visitor) {
  trace_properties(visitor);
  visitor.visit(realm_);
  for (const ValueSlot& slot : internal_) visit_value(visitor, slot);
}

void BoundFunction::trace(gc::Visitor& visitor) {
  trace_properties(visitor);
  visitor.visit(target_);
  visit_value(visitor, bound_this_);
  visitor.visit(arguments_);
}

// https://tc39.es/ecma262/#sec-setfunctionname, steps 2 to 4
String* function_name_string(Agent& agent, PropertyKey name, std::string_view prefix) {
  gc::Heap& heap = agent.heap();
  String* text;
  if (name.is_symbol()) {
    Value description = name.as_symbol()->description();
    if (name.is_private()) {
      text = description.as_string();
    } else if (description.is_undefined()) {
      text = agent.names().empty_string;
    } else {
      StringBuilder builder(heap);
      builder.append('[');
      builder.append(description.as_string());
      builder.append(']');
      text = builder.finish();
    }
  } else {
    text = name.to_value(agent).as_string();
  }
  if (prefix.empty()) return text;
  StringBuilder builder(heap);
  builder.append_ascii(prefix);
  builder.append(' ');
  builder.append(text);
  return builder.finish();
}

// https://tc39.es/ecma262/#sec-createbuiltinfunction
NativeFunction* make_native_function(Agent& agent, Realm* realm, NativeFunctionPointer function, double length,
                                     PropertyKey name, std::string_view prefix, Object* prototype, bool is_constructor) {
  Shape* shape = realm->shape(RealmShape::kNativeFunction);
  if (prototype != nullptr && prototype != shape->prototype()) {
    shape = shape_for_prototype(agent, prototype, CellKind::kNativeFunction, sizeof(NativeFunction), 2);
    shape = shape->add_transition(agent.names().length, kConfigurable)->add_transition(agent.names().name, kConfigurable);
  }
  uint8_t flags = static_cast<uint8_t>(Object::kCallable | (is_constructor ? Object::kConstructor : 0));
  auto* result = agent.heap().make_with_extra<NativeFunction>(shape->inline_capacity() * sizeof(Value), shape, realm, function, flags);
  result->set_slot(0, Value::number(length));
  result->set_slot(1, function_name_string(agent, name, prefix));
  return result;
}

NativeFunction* make_native_closure(Agent& agent, NativeFunctionPointer function, double length) {
  return make_native_function(agent, agent.realm(), function, length, agent.names().empty_string);
}

}  // namespace skein
