// https://tc39.es/proposal-shadowrealm/#sec-shadowrealm-objects and wrapped function exotic objects.
//
// Between a ShadowRealm and its surroundings go primitive values and wrapped functions alone: whoever
// calls one has its arguments wrapped for the callee's realm and gets the result wrapped for its own.
#include <algorithm>

#include "core/builtins/builtins.h"
#include "core/builtins/promise.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

class ShadowRealm final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kShadowRealm;
  static constexpr const char* kKindName = "ShadowRealm";
  ShadowRealm(Shape* shape, Realm* realm) : Object(shape, kKind), realm_(realm) {}
  Realm* realm() const { return realm_; }  // [[ShadowRealm]]
  size_t cell_size() const { return sizeof(ShadowRealm); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visitor.visit(realm_);
  }

 private:
  gc::Member<Realm> realm_;
};

class RealmScope {
 public:
  RealmScope(Agent& agent, Realm* realm) : agent_(agent), saved_(agent.realm()) { agent.set_realm(realm); }
  ~RealmScope() { agent_.set_realm(saved_); }
  RealmScope(const RealmScope&) = delete;
  RealmScope& operator=(const RealmScope&) = delete;

 private:
  Agent& agent_;
  Realm* saved_;
};

// https://tc39.es/proposal-shadowrealm/#sec-create-type-error-copy: throws the copy of the current realm in
// place of the exception under way. No script sees the original, and none runs.
Thrown throw_copy(Agent& agent, std::string_view what) {
  // An error may cross many boundaries: its text must not grow with each.
  constexpr size_t kMaxText = 200;
  if (agent.is_terminating()) return Thrown{};
  Root<Value> original(agent, agent.take_exception());
  // On its way through ten thousand boundaries it leaves as many copies behind.
  if (agent.poll().is_thrown()) return Thrown{};
  auto* error = original->as_if<ErrorObject>();
  std::string text = error != nullptr ? error_header(agent, error) : to_display_string(agent, original);
  if (text.size() > kMaxText) text = text.substr(0, kMaxText) + "…";
  return throw_type_error(agent, {what, " (", text, ")"});
}

// https://tc39.es/proposal-shadowrealm/#sec-copynameandlength
Completion<void> copy_name_and_length(Agent& agent, Object* function, Object* target_object) {
  Root<Object*> copy(agent, function), target(agent, target_object);
  double length = 0;
  if (TRY(has_own_property(agent, target, PropertyKey(agent.names().length)))) {
    Value value = TRY(get(agent, target, PropertyKey(agent.names().length)));
    if (value.is_number()) length = std::max(TRY(to_integer_or_infinity(agent, value)), 0.0);
  }
  TRY(define_property_or_throw(agent, copy, agent.names().length, PropertyDescriptor::data(Value::number(length), kConfigurable)));
  Value name = TRY(get(agent, target, PropertyKey(agent.names().name)));
  if (!name.is_string()) name = Value(agent.atoms().empty());
  return define_property_or_throw(agent, copy, agent.names().name, PropertyDescriptor::data(name, kConfigurable));
}

// https://tc39.es/proposal-shadowrealm/#sec-wrappedfunctioncreate; errors are the current realm's.
Completion<Value> wrapped_function_create(Agent& agent, Realm* caller_realm, Object* target) {
  // 1. - 5.
  Shape* shape = shape_for_prototype(agent, caller_realm->intrinsic(Intrinsic::kFunctionPrototype), WrappedFunction::kKind, sizeof(WrappedFunction), 0);
  Root<Object*> wrapped(agent, agent.heap().make<WrappedFunction>(shape, caller_realm, target));
  // 6. - 7.
  if (copy_name_and_length(agent, wrapped, target).is_thrown()) return throw_copy(agent, "Cannot wrap target callable");
  return Value(wrapped.get());
}

// https://tc39.es/proposal-shadowrealm/#sec-getwrappedvalue
Completion<Value> get_wrapped_value(Agent& agent, Realm* caller_realm, Value value) {
  if (!value.is_object()) return value;
  if (!is_callable(value)) return throw_type_error(agent, {"Only primitives and functions may cross the boundary of a ShadowRealm, not ", to_display_string(agent, value)});
  return wrapped_function_create(agent, caller_realm, value.as_object());
}

// https://tc39.es/proposal-shadowrealm/#sec-ordinary-wrapped-function-call
Completion<Value> call_wrapped(Agent& agent, Object* callee, Value this_value, Passed<std::span<const Value>> arguments) {
  TRY(agent.check_stack());
  Root<WrappedFunction*> function(agent, static_cast<WrappedFunction*>(callee));
  Root<Value> receiver(agent, this_value);
  RootVector wrapped(agent);
  for (Value argument : arguments) wrapped.push_back(argument);
  // 1. - 4.
  RealmScope scope(agent, function->realm());
  Root<Object*> target(agent, function->target());
  // 5. - 8.
  Root<Realm*> target_realm(agent, TRY(get_function_realm(agent, target)));
  for (size_t i = 0; i < wrapped.size(); ++i) wrapped[i] = TRY(get_wrapped_value(agent, target_realm, wrapped[i]));
  receiver = TRY(get_wrapped_value(agent, target_realm, receiver));
  // 9. - 11.
  auto result = call(agent, Value(target.get()), receiver, std::span<const Value>(wrapped.data(), wrapped.size()));
  if (result.is_thrown()) return throw_copy(agent, "WrappedFunction threw");
  return get_wrapped_value(agent, function->realm(), result.value());
}

Completion<ShadowRealm*> this_shadow_realm(Agent& agent, const CallInfo& info, std::string_view method) {
  if (auto* object = info.this_value().as_if<ShadowRealm>()) return object;
  return throw_incompatible_receiver(agent, method, info.this_value());
}

// https://tc39.es/proposal-shadowrealm/#sec-shadowrealm
Completion<Value> shadow_realm_constructor(Agent& agent, const CallInfo& info) {
  // 1.
  if (!info.is_construct()) return throw_requires_new(agent, "ShadowRealm");
  // 2.
  Root<Object*> prototype(agent, TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), Intrinsic::kShadowRealmPrototype)));
  // 3. - 10.
  Realm* realm = Realm::create(agent);
  realm->is_shadow_realm = true;
  realm->host_defined.set(realm, agent.script->active_referrer(agent));
  return Value(make_builtin<ShadowRealm>(agent, prototype, realm));
}

// https://tc39.es/proposal-shadowrealm/#sec-shadowrealm.prototype.evaluate
Completion<Value> shadow_realm_evaluate(Agent& agent, const CallInfo& info) {
  ShadowRealm* object = TRY(this_shadow_realm(agent, info, "ShadowRealm.prototype.evaluate"));
  if (!info[0].is_string()) return throw_type_error(agent, "ShadowRealm.prototype.evaluate needs a string of source text");
  bool has_begun = false;
  auto result = agent.script->shadow_realm_eval(agent, object->realm(), info[0].as_string(), &has_begun);
  if (!result.is_thrown()) return get_wrapped_value(agent, agent.realm(), result.value());
  return has_begun ? throw_copy(agent, "ShadowRealm evaluate threw") : Thrown{};
}

// https://tc39.es/proposal-shadowrealm/#sec-export-getter-functions; slot 0: [[ExportNameString]]
Completion<Value> export_getter(Agent& agent, const CallInfo& info) {
  PropertyKey name = to_property_key(agent, info.callee()->internal_slot(0).as_string());
  if (!TRY(has_own_property(agent, info[0].as_object(), name)))
    return throw_type_error(agent, {"The module does not export '", info.callee()->internal_slot(0).as_string()->to_utf8(), "'"});
  Value value = TRY(get(agent, info[0].as_object(), to_property_key(agent, info.callee()->internal_slot(0).as_string())));
  return get_wrapped_value(agent, agent.realm(), value);
}

// https://tc39.es/proposal-shadowrealm/#sec-import-value-error-functions
Completion<Value> import_value_error(Agent& agent, const CallInfo& info) {
  (void)agent.throw_value(info[0]);
  return throw_copy(agent, "ShadowRealm importValue failed");
}

// https://tc39.es/proposal-shadowrealm/#sec-shadowrealm.prototype.importvalue
Completion<Value> shadow_realm_import_value(Agent& agent, const CallInfo& info) {
  ShadowRealm* object = TRY(this_shadow_realm(agent, info, "ShadowRealm.prototype.importValue"));
  Root<String*> specifier(agent, TRY(to_string(agent, info[0])));
  if (!info[1].is_string()) return throw_type_error(agent, "The export name of ShadowRealm.prototype.importValue must be a string");
  // https://tc39.es/proposal-shadowrealm/#sec-shadowrealmimportvalue
  Root<Object*> inner(agent, TRY(agent.script->import_into_realm(agent, object->realm(), specifier)));
  NativeFunction* on_fulfilled = make_native_closure(agent, export_getter, 1);
  on_fulfilled->set_internal_slot(0, info[1]);
  auto* reaction = agent.heap().make<PromiseReaction>();
  reaction->on_fulfilled.set(reaction, on_fulfilled);
  reaction->on_rejected.set(reaction, make_native_closure(agent, import_value_error, 1));
  Promise* promise = new_promise(agent);
  reaction->promise.set(reaction, promise);
  perform_promise_then(agent, static_cast<Promise*>(inner.get()), reaction);
  return Value(promise);
}

constexpr PropertySpec kShadowRealmPrototype[] = {
    PropertySpec::function("evaluate", shadow_realm_evaluate, 1),
    PropertySpec::function("importValue", shadow_realm_import_value, 2),
    PropertySpec::tag("ShadowRealm"),
};

}  // namespace

void register_shadow_realm_kinds() {
  gc::register_kind<ShadowRealm>();
  g_call_methods[static_cast<int>(CellKind::kWrappedFunction)].call = call_wrapped;
}

void initialize_shadow_realm(Agent& agent, Realm& realm) {
  define_constructor(agent, realm, {
                                       .name = "ShadowRealm",
                                       .length = 0,
                                       .function = shadow_realm_constructor,
                                       .constructor = Intrinsic::kShadowRealm,
                                       .prototype = Intrinsic::kShadowRealmPrototype,
                                       .prototype_properties = kShadowRealmPrototype,
                                   });
}

}  // namespace skein
