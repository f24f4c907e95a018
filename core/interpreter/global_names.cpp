// https://tc39.es/ecma262/#sec-global-environment-records: the declarative part is the realm's table of
// global lexical bindings, the object part its global object.
#include "core/interpreter/slow_paths.h"
#include "core/runtime/errors.h"

namespace skein {

namespace {

Realm* realm_of(Interpreter& vm) { return vm.frame->code->realm(); }

PropertyTable::Entry* find_lexical(Realm* realm, FlatString* name) {
  return realm->global_lexical_names()->find(PropertyKey(name));
}

void remember_lexical(Interpreter& vm, InlineCache* cache, uint32_t slot) {
  if (cache == nullptr) return;
  CacheEntry entry;
  entry.kind = CacheKind::kGlobalLexical;
  entry.epoch = vm.global_lexical_epoch;
  entry.offset = slot;
  cache->entry = entry;
}

void remember_property(Interpreter& vm, InlineCache* cache, Object* global, uint32_t slot) {
  if (cache == nullptr) return;
  CacheEntry entry;
  bool out_of_line;
  entry.offset = cached_offset(global->shape(), slot, &out_of_line);
  entry.kind = out_of_line ? CacheKind::kOwnOutOfLine : CacheKind::kOwnInline;
  entry.epoch = vm.global_lexical_epoch;
  entry.shape = global->shape_reference();
  vm.frame->code->write_barrier();
  cache->entry = entry;
}

}  // namespace

bool has_lexical_declaration(Realm* realm, FlatString* name) { return find_lexical(realm, name) != nullptr; }

// https://tc39.es/ecma262/#sec-global-environment-records-getbindingvalue-n-s
Completion<Value> get_global_slow(Interpreter& vm, FlatString* name, InlineCache* cache, Unresolvable unresolvable) {
  Agent& agent = vm.agent;
  Realm* realm = realm_of(vm);
  if (PropertyTable::Entry* lexical = find_lexical(realm, name)) {
    Value value = realm->global_lexical_values()->get(lexical->slot);
    if (value.is_empty()) return throw_uninitialized(vm, name);
    remember_lexical(vm, cache, lexical->slot);
    return value;
  }
  Object* global = realm->global_object();
  PropertyKey key(name);
  if (global->is_ordinary() && !key.is_index()) {
    if (PropertyLocation location = global->lookup(key); location && !(location.attributes & kAccessorProperty)) {
      remember_property(vm, cache, global, location.slot);
      return global->slot(location.slot);
    }
  }
  if (!TRY(has_property(agent, global, key))) {
    if (unresolvable == Unresolvable::kUndefined) return Value::undefined();
    return throw_not_defined(vm, name);
  }
  return get(agent, global, key);
}

// https://tc39.es/ecma262/#sec-global-environment-records-setmutablebinding-n-v-s
Completion<void> put_global_slow(Interpreter& vm, FlatString* name, Value value, bool strict, InlineCache* cache) {
  Agent& agent = vm.agent;
  Realm* realm = realm_of(vm);
  if (PropertyTable::Entry* lexical = find_lexical(realm, name)) {
    ValueArray* values = realm->global_lexical_values();
    if (values->get(lexical->slot).is_empty()) return throw_uninitialized(vm, name);
    if (!(lexical->attributes & kWritable)) return throw_const_assignment(vm);
    remember_lexical(vm, cache, lexical->slot);
    values->set(lexical->slot, value);
    return {};
  }
  Object* global = realm->global_object();
  PropertyKey key(name);
  if (global->is_ordinary() && !key.is_index()) {
    PropertyLocation location = global->lookup(key);
    if (location && (location.attributes & (kWritable | kAccessorProperty)) == kWritable) {
      remember_property(vm, cache, global, location.slot);
      global->set_slot(location.slot, value);
      return {};
    }
  }
  if (strict && !TRY(has_property(agent, global, key))) return throw_not_defined(vm, name);
  return set(agent, global, key, value, strict);
}

Completion<Value> has_global(Interpreter& vm, FlatString* name) {
  if (has_lexical_declaration(realm_of(vm), name)) return Value::boolean(true);
  return Value::boolean(TRY(has_property(vm.agent, realm_of(vm)->global_object(), name)));
}

Completion<Value> delete_global(Interpreter& vm, FlatString* name) {
  if (has_lexical_declaration(realm_of(vm), name)) return Value::boolean(false);
  Object* global = realm_of(vm)->global_object();
  if (!TRY(has_property(vm.agent, global, name))) return Value::boolean(true);
  return Value::boolean(TRY(delete_property(vm.agent, global, name)));
}

void initialize_global(Interpreter& vm, FlatString* name, Value value) {
  Realm* realm = realm_of(vm);
  realm->global_lexical_values()->set(find_lexical(realm, name)->slot, value);
}

// --- Declarations --------------------------------------------------------------------------------------

namespace {

Thrown throw_already_declared(Agent& agent, FlatString* name) {
  return throw_syntax_error(agent, {"Identifier '", name->to_utf8(), "' has already been declared"});
}

Thrown throw_cannot_declare(Agent& agent, FlatString* name) {
  return throw_type_error(agent, {"Cannot declare global '", name->to_utf8(), "'"});
}

// https://tc39.es/ecma262/#sec-hasrestrictedglobalproperty
Completion<bool> has_restricted_property(Agent& agent, Object* global, PropertyKey key) {
  RootedDescriptor existing(agent);
  if (!TRY(get_own_property(agent, global, key, existing))) return false;
  return !existing.configurable;
}

}  // namespace

// https://tc39.es/ecma262/#sec-candeclareglobalvar
Completion<bool> can_declare_global_var(Agent& agent, Object* global, PropertyKey key) {
  if (TRY(has_own_property(agent, global, key))) return true;
  return is_extensible(agent, global);
}

// https://tc39.es/ecma262/#sec-candeclareglobalfunction
Completion<bool> can_declare_global_function(Agent& agent, Object* global, PropertyKey key) {
  RootedDescriptor existing(agent);
  if (!TRY(get_own_property(agent, global, key, existing))) return is_extensible(agent, global);
  if (existing.configurable) return true;
  return existing.is_data() && existing.writable && existing.enumerable;
}

// https://tc39.es/ecma262/#sec-globaldeclarationinstantiation, steps 1 to 15
Completion<void> declare_globals(Interpreter& vm, uint32_t index) {
  Agent& agent = vm.agent;
  Code* code = vm.frame->code;
  const bytecode::Declarations& declarations = code->executable().declarations[index];
  Realm* realm = code->realm();
  Object* global = realm->global_object();
  for (const auto& lexical : declarations.lexical) {
    FlatString* name = code->atom(lexical.name);
    if (has_lexical_declaration(realm, name)) return throw_already_declared(agent, name);
    if (TRY(has_restricted_property(agent, global, name))) return throw_already_declared(agent, name);
  }
  for (const auto* names : {&declarations.functions, &declarations.vars}) {
    for (uint32_t string : *names)
      if (has_lexical_declaration(realm, code->atom(string))) return throw_already_declared(agent, code->atom(string));
  }
  for (size_t i = declarations.functions.size(); i-- > 0;) {
    FlatString* name = code->atom(declarations.functions[i]);
    if (!TRY(can_declare_global_function(agent, global, name))) return throw_cannot_declare(agent, name);
  }
  for (uint32_t string : declarations.vars)
    if (!TRY(can_declare_global_var(agent, global, code->atom(string)))) return throw_cannot_declare(agent, code->atom(string));
  for (const auto& lexical : declarations.lexical) realm->declare_global_lexical(agent, code->atom(lexical.name), lexical.is_constant);
  if (!declarations.lexical.empty()) ++vm.global_lexical_epoch;
  return {};
}

// https://tc39.es/ecma262/#sec-createglobalfunctionbinding
Completion<void> declare_global_function(Interpreter& vm, FlatString* name, Value function, bool deletable) {
  Agent& agent = vm.agent;
  Object* global = realm_of(vm)->global_object();
  RootedDescriptor existing(agent);
  const bool exists = TRY(get_own_property(agent, global, name, existing));
  RootedDescriptor descriptor(agent);
  descriptor.value = function;
  descriptor.has_value = true;
  if (!exists || existing.configurable) {
    descriptor.has_writable = descriptor.has_enumerable = descriptor.has_configurable = true;
    descriptor.writable = descriptor.enumerable = true;
    descriptor.configurable = deletable;
  }
  TRY(define_property_or_throw(agent, global, name, descriptor));
  return set(agent, global, name, function, true);
}

// https://tc39.es/ecma262/#sec-createglobalvarbinding
Completion<void> declare_global_var(Interpreter& vm, FlatString* name, bool deletable) {
  Agent& agent = vm.agent;
  Object* global = realm_of(vm)->global_object();
  if (TRY(has_own_property(agent, global, name)) || !TRY(is_extensible(agent, global))) return {};
  PropertyAttributes attributes = static_cast<PropertyAttributes>(kWritable | kEnumerable | (deletable ? kConfigurable : 0));
  return define_property_or_throw(agent, global, name, PropertyDescriptor::data(Value::undefined(), attributes));
}

// https://tc39.es/ecma262/#sec-web-compat-globaldeclarationinstantiation
Completion<bool> declare_global_annex_b(Interpreter& vm, FlatString* name, bool deletable) {
  Agent& agent = vm.agent;
  Realm* realm = realm_of(vm);
  if (has_lexical_declaration(realm, name)) return false;
  if (!TRY(can_declare_global_var(agent, realm->global_object(), name))) return false;
  TRY(declare_global_var(vm, name, deletable));
  return true;
}

}  // namespace skein
