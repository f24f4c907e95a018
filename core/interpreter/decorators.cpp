// https://tc39.es/proposal-decorators/ (ecma262 pull request 2417): applying decorators, and auto-accessors.
//
// Of each decorated element the compiler makes a record, an Array that no script sees:
//   0  its decorators in source order, each followed by its `this`
//   1  the property key or Private Name; of a class its name or undefined
//   2  the function, getter or class    3  the setter of an auto-accessor
//   4  functions that see the initial value of a field, the innermost decorator's first
//   5  what addInitializer was given; methods of a class share one list
//   6  the metadata of the class
#include "core/interpreter/slow_paths.h"
#include "core/runtime/builtin_spec.h"
#include "core/runtime/errors.h"
#include "core/runtime/function.h"

namespace skein {

namespace {

enum RecordSlot : uint32_t { kDecorators, kKey, kValue, kSetter, kInitializers, kExtraInitializers, kMetadata };
// As in opcodes.def.
enum class DecoratorKind : uint8_t { kClass, kMethod, kGetter, kSetter, kField, kAccessor };
constexpr const char* kKindNames[] = {"class", "method", "getter", "setter", "field", "accessor"};

Value slot_of(Array* record, RecordSlot slot) { return record->dense_element_or_empty(slot); }
void set_slot(Array* record, RecordSlot slot, Value value) { record->dense_elements()->set(slot, value); }

std::string key_text(Agent& agent, Value key) {
  if (key.is_symbol()) return PropertyKey(key.as_symbol()).to_display();
  return key.is_undefined() ? "a class" : plain_text(agent, key);
}

// --- The context object ------------------------------------------------------------------------------------

// The property or private element that an access object is for.
bool is_private(Value key) { return key.is_symbol() && PropertyKey(key.as_symbol()).is_private(); }

Completion<void> require_target(Agent& agent, Value target) {
  if (!target.is_object()) return throw_type_error(agent, "The target of a decorator's access must be an object");
  return {};
}

Completion<Value> access_get(Agent& agent, const CallInfo& info) {
  TRY(require_target(agent, info[0]));
  Value key = info.callee()->internal_slot(0);
  if (is_private(key)) return get_private(*agent.interpreter, info[0], key);
  return get(agent, info[0].as_object(), TRY(to_property_key(agent, key)));
}

Completion<Value> access_set(Agent& agent, const CallInfo& info) {
  TRY(require_target(agent, info[0]));
  Value key = info.callee()->internal_slot(0);
  if (is_private(key)) {
    TRY(put_private(*agent.interpreter, info[0], key, info[1]));
  } else {
    TRY(set(agent, info[0].as_object(), TRY(to_property_key(agent, key)), info[1]));
  }
  return Value::undefined();
}

Completion<Value> access_has(Agent& agent, const CallInfo& info) {
  TRY(require_target(agent, info[0]));
  Value key = info.callee()->internal_slot(0);
  if (is_private(key)) return has_private(*agent.interpreter, info[0], key);
  return Value::boolean(TRY(has_property(agent, info[0].as_object(), TRY(to_property_key(agent, key)))));
}

// Slots: 0 the list, 1 whether the decorator has returned.
Completion<Value> add_initializer(Agent& agent, const CallInfo& info) {
  NativeFunction* self = info.callee();
  if (self->internal_slot(1).is_true())
    return throw_type_error(agent, "addInitializer was called after its decorator had returned");
  if (!is_callable(info[0])) return throw_type_error(agent, {to_display_string(agent, info[0]), " is not a function"});
  TRY(array_append(*agent.interpreter, self->internal_slot(0), info[0]));
  return Value::undefined();
}

NativeFunction* make_helper(Agent& agent, const char* name, NativeFunctionPointer code, double length, Value slot) {
  NativeFunction* function = make_native_function(agent, agent.realm(), code, length, resolve_key(agent, name));
  function->set_internal_slot(0, slot);
  return function;
}

void put(Agent& agent, Object* object, const char* name, Value value) {
  define_value(agent, object, name, value, kDefaultAttributes);
}

// https://tc39.es/proposal-decorators/#sec-createdecoratoraccessobject
Object* make_access(Agent& agent, DecoratorKind kind, Value key) {
  Object* access = make_object(agent);
  if (kind != DecoratorKind::kSetter) put(agent, access, "get", make_helper(agent, "get", access_get, 1, key));
  if (kind >= DecoratorKind::kSetter) put(agent, access, "set", make_helper(agent, "set", access_set, 2, key));
  put(agent, access, "has", make_helper(agent, "has", access_has, 1, key));
  return access;
}

// https://tc39.es/proposal-decorators/#sec-createdecoratorcontextobject
Object* make_context(Agent& agent, DecoratorKind kind, bool is_static, Value key, Value metadata, NativeFunction* add) {
  Object* context = make_object(agent);
  put(agent, context, "kind", new_string(agent.heap(), StringView(kKindNames[static_cast<int>(kind)])));
  if (kind != DecoratorKind::kClass) {
    put(agent, context, "access", make_access(agent, kind, key));
    put(agent, context, "static", Value::boolean(is_static));
    put(agent, context, "private", Value::boolean(is_private(key)));
  }
  put(agent, context, "name", is_private(key) ? key.as_symbol()->description() : key);
  put(agent, context, "addInitializer", add);
  put(agent, context, "metadata", metadata);
  return context;
}

// --- Application -------------------------------------------------------------------------------------------

Value decorated_value(Agent& agent, DecoratorKind kind, Array* record) {
  if (kind == DecoratorKind::kField) return Value::undefined();
  if (kind != DecoratorKind::kAccessor) return slot_of(record, kValue);
  Object* accessor = make_object(agent);
  put(agent, accessor, "get", slot_of(record, kValue));
  put(agent, accessor, "set", slot_of(record, kSetter));
  return accessor;
}

Thrown throw_bad_result(Agent& agent, Array* record, const char* wanted) {
  return throw_type_error(agent, {"The decorator of ", key_text(agent, slot_of(record, kKey)), " must return ", wanted, " or undefined"});
}

// What a decorator of an auto-accessor returned.
Completion<void> accept_accessor(Agent& agent, Array* record, Value result) {
  if (!result.is_object()) return throw_bad_result(agent, record, "an object");
  Root<Object*> object(agent, result.as_object());
  for (auto [name, slot] : {std::pair{"get", kValue}, std::pair{"set", kSetter}, std::pair{"init", kInitializers}}) {
    Value function = TRY(get(agent, object, resolve_key(agent, name)));
    if (function.is_undefined()) continue;
    if (!is_callable(function))
      return throw_type_error(agent, {"'", name, "' of what the decorator of ", key_text(agent, slot_of(record, kKey)),
                                      " returned must be a function or undefined"});
    if (slot == kInitializers) {
      TRY(array_append(*agent.interpreter, slot_of(record, kInitializers), function));
    } else {
      set_slot(record, slot, function);
    }
  }
  return {};
}

Completion<void> accept(Agent& agent, DecoratorKind kind, Array* record, Value result) {
  if (result.is_undefined()) return {};
  if (kind == DecoratorKind::kAccessor) return accept_accessor(agent, record, result);
  if (!is_callable(result)) return throw_bad_result(agent, record, "a function");
  if (kind == DecoratorKind::kField) return array_append(*agent.interpreter, slot_of(record, kInitializers), result);
  set_slot(record, kValue, result);
  return {};
}

}  // namespace

// https://github.com/tc39/proposal-decorator-metadata
Completion<Value> create_metadata(Interpreter& vm, Value heritage) {
  Agent& agent = vm.agent;
  Value inherited = Value::null();
  if (heritage.is_object()) inherited = TRY(get(agent, heritage.as_object(), PropertyKey(agent.well_known(WellKnownSymbol::kMetadata))));
  if (!inherited.is_object() && !inherited.is_nullish())
    return throw_type_error(agent, {"The metadata of the parent class must be an object or null, not ", to_display_string(agent, inherited)});
  return Value(make_object_with_prototype(agent, inherited.is_object() ? inherited.as_object() : nullptr));
}

Completion<void> define_metadata(Interpreter& vm, Value constructor, Value metadata) {
  return define_property_or_throw(vm.agent, constructor.as_object(), PropertyKey(vm.agent.well_known(WellKnownSymbol::kMetadata)),
                                  PropertyDescriptor::data(metadata, kBuiltinAttributes));
}

// https://tc39.es/proposal-decorators/#sec-applydecoratorstoelementdefinition and
// #sec-applydecoratorstoclassdefinition
Completion<void> decorate(Interpreter& vm, Value record_value, uint32_t flags) {
  Agent& agent = vm.agent;
  const auto kind = static_cast<DecoratorKind>(flags & 7);
  const bool is_static = flags & 8;
  Array* record = record_value.as<Array>();  // rooted by the frame
  if (kind != DecoratorKind::kClass) {
    PropertyKey key = TRY(to_property_key(agent, slot_of(record, kKey)));
    set_slot(record, kKey, key.to_value(agent));
  }
  auto* decorators = slot_of(record, kDecorators).as<Array>();
  for (uint32_t i = decorators->length(); i != 0; i -= 2) {
    Value function = decorators->dense_element_or_empty(i - 2);
    if (!is_callable(function))
      return throw_type_error(agent, {"The decorator of ", key_text(agent, slot_of(record, kKey)), " is not a function: ",
                                      to_display_string(agent, function)});
    Root<NativeFunction*> add(agent, make_helper(agent, "addInitializer", add_initializer, 1, slot_of(record, kExtraInitializers)));
    Object* context = make_context(agent, kind, is_static, slot_of(record, kKey), slot_of(record, kMetadata), add);
    Value result = TRY(call(agent, function, decorators->dense_element_or_empty(i - 1), {decorated_value(agent, kind, record), context}));
    add->set_internal_slot(1, Value::boolean(true));
    TRY(accept(agent, kind, record, result));
  }
  return {};
}

// https://tc39.es/proposal-decorators/#sec-initializefieldoraccessor: what decorators returned, the outermost's first.
Completion<Value> run_field_initializers(Interpreter& vm, Value object, Value value, Value record) {
  auto* list = slot_of(record.as<Array>(), kInitializers).as<Array>();
  for (uint32_t i = list->length(); i-- > 0;)
    value = TRY(call(vm.agent, list->dense_element_or_empty(i), object, {value}));
  return value;
}

Completion<void> run_extra_initializers(Interpreter& vm, Value object, Value list_value) {
  auto* list = list_value.as<Array>();
  for (uint32_t i = 0; i < list->length(); ++i) TRY(call(vm.agent, list->dense_element_or_empty(i), object, {}));
  return {};
}

// --- Auto-accessors ------------------------------------------------------------------------------------------

namespace {

Completion<Value> auto_accessor_get(Agent& agent, const CallInfo& info) {
  return get_private(*agent.interpreter, info.this_value(), info.callee()->internal_slot(0));
}

Completion<Value> auto_accessor_set(Agent& agent, const CallInfo& info) {
  TRY(put_private(*agent.interpreter, info.this_value(), info.callee()->internal_slot(0), info[0]));
  return Value::undefined();
}

}  // namespace

// https://tc39.es/proposal-decorators/#sec-makeautoaccessorgetter and its sibling. `storage` is the Private Name
// of the value's place.
Completion<void> create_auto_accessor(Interpreter& vm, Value* pair, Value storage, Value key_value) {
  Agent& agent = vm.agent;
  PropertyKey name = TRY(to_property_key(agent, is_private(key_value) ? key_value.as_symbol()->description() : key_value));
  NativeFunction* getter = make_native_function(agent, agent.realm(), auto_accessor_get, 0, name, "get");
  getter->set_internal_slot(0, storage);
  pair[0] = getter;
  NativeFunction* setter = make_native_function(agent, agent.realm(), auto_accessor_set, 1, name, "set");
  setter->set_internal_slot(0, storage);
  pair[1] = setter;
  return {};
}

}  // namespace skein
