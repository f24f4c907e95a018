// https://tc39.es/ecma262/#sec-private-names and the operations on private elements. Fields are
// properties under private symbols; of methods and accessors the object only has the name.
#include "core/interpreter/slow_paths.h"
#include "core/runtime/errors.h"

namespace skein {

namespace {

enum NameKind { kField, kMethod, kAccessor };

PropertyLocation find(Value object, Symbol* name) {
  return object.is_object() ? object.as_object()->lookup(name) : PropertyLocation{};
}

std::string name_text(Symbol* name) { return PropertyKey(name).to_display(); }

Thrown throw_lacks(Interpreter& vm, const char* verb, Symbol* name, const char* preposition) {
  return throw_type_error(vm.agent, {"Cannot ", verb, " private member ", name_text(name), " ", preposition,
                                     " an object whose class did not declare it"});
}

void remember(Interpreter& vm, InlineCache& cache, Object* object, Symbol* name, const PropertyLocation& location) {
  bool out_of_line;
  CacheEntry entry;
  entry.offset = cached_offset(object->shape(), location.slot, &out_of_line);
  entry.kind = out_of_line ? CacheKind::kOwnOutOfLine : CacheKind::kOwnInline;
  entry.shape = object->shape_reference();
  entry.key = PropertyKey(name).bits();
  vm.frame->code->write_barrier();
  cache.entry = entry;
}

Completion<void> add(Interpreter& vm, Value base, Symbol* name, Value value) {
  Object* object = base.as_object();
  if (object->lookup(name))
    return throw_type_error(vm.agent, {"Cannot initialize ", name_text(name), " twice on the same object"});
  if (object->has_flag(Object::kNotExtensible))
    return throw_type_error(vm.agent, {"Cannot define ", name_text(name), ", object is not extensible"});
  object->add_property(vm.agent, name, value, kWritable);
  return {};
}

}  // namespace

Value create_private_name(Interpreter& vm, int kind, FlatString* description) {
  Symbol* name = vm.agent.heap().make<Symbol>(Value(description), vm.agent.next_hash(), Symbol::Type::kPrivateName);
  if (kind == kAccessor) name->set_private_element(Value::cell(vm.agent.heap().make<Accessor>(Value::undefined(), Value::undefined())));
  return name;
}

void set_private_method(Interpreter& vm, Value key, Value function, int role) {
  enum Role { kIsMethod, kIsGetter, kIsSetter };
  Symbol* name = key.as_symbol();
  if (role == kIsMethod) {
    name->set_private_element(function);
    return;
  }
  auto* accessor = name->private_element().as<Accessor>();
  (role == kIsGetter ? accessor->getter : accessor->setter).set(accessor, function);
}

// https://tc39.es/ecma262/#sec-privateget
Completion<Value> get_private_slow(Interpreter& vm, Value object, Value key, InlineCache& cache) {
  Symbol* name = key.as_symbol();
  if (PropertyLocation location = find(object, name); location && name->private_element().is_undefined())
    remember(vm, cache, object.as_object(), name, location);
  return get_private(vm, object, key);
}

Completion<Value> get_private(Interpreter& vm, Value object, Value key) {
  Symbol* name = key.as_symbol();
  PropertyLocation location = find(object, name);
  if (!location) return throw_lacks(vm, "read", name, "from");
  Value element = name->private_element();
  if (element.is_undefined()) return object.as_object()->slot(location.slot);
  auto* accessor = element.as_if<Accessor>();
  if (accessor == nullptr) return element;
  Value getter = accessor->getter;
  if (getter.is_undefined()) return throw_type_error(vm.agent, {"'", name_text(name), "' was defined without a getter"});
  return call(vm.agent, getter, object);
}

// https://tc39.es/ecma262/#sec-privateset
Completion<void> put_private_slow(Interpreter& vm, Value object, Value key, Value value, InlineCache& cache) {
  Symbol* name = key.as_symbol();
  if (PropertyLocation location = find(object, name); location && name->private_element().is_undefined())
    remember(vm, cache, object.as_object(), name, location);
  return put_private(vm, object, key, value);
}

Completion<void> put_private(Interpreter& vm, Value object, Value key, Value value) {
  Symbol* name = key.as_symbol();
  PropertyLocation location = find(object, name);
  if (!location) return throw_lacks(vm, "write", name, "to");
  Value element = name->private_element();
  if (element.is_undefined()) {
    object.as_object()->set_slot(location.slot, value);
    return {};
  }
  auto* accessor = element.as_if<Accessor>();
  if (accessor == nullptr) return throw_type_error(vm.agent, {"Private method '", name_text(name), "' is not writable"});
  Value setter = accessor->setter;
  if (setter.is_undefined()) return throw_type_error(vm.agent, {"'", name_text(name), "' was defined without a setter"});
  TRY(call(vm.agent, setter, object, {value}));
  return {};
}

Completion<Value> has_private(Interpreter& vm, Value object, Value key) {
  if (!object.is_object()) {
    return throw_type_error(vm.agent, {"Cannot use 'in' operator to search for '", name_text(key.as_symbol()), "' in ",
                                       plain_text(vm.agent, object)});
  }
  return Value::boolean(static_cast<bool>(find(object, key.as_symbol())));
}

// https://tc39.es/ecma262/#sec-privatefieldadd
Completion<void> define_private_field(Interpreter& vm, Value object, Value key, Value value) {
  return add(vm, object, key.as_symbol(), value);
}

// https://tc39.es/ecma262/#sec-privatemethodoraccessoradd
Completion<void> define_private_method(Interpreter& vm, Value object, Value key) {
  return add(vm, object, key.as_symbol(), Value::undefined());
}

}  // namespace skein
