// https://tc39.es/ecma262/#sec-error-objects: Error, the native errors, AggregateError and
// SuppressedError, with V8's captureStackTrace and stackTraceLimit.
#include "core/builtins/builtins.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

Completion<void> define_hidden(Agent& agent, Object* object, FlatString* name, Value value) {
  return define_property_or_throw(agent, object, PropertyKey(name), PropertyDescriptor::data(value, kBuiltinAttributes));
}

// The common beginning of all error constructors: the object and its message.
Completion<ErrorObject*> create_error(Agent& agent, const CallInfo& info, Intrinsic fallback_prototype, Value message) {
  // 1. - 2.
  Object* new_target = info.is_construct() ? info.new_target().as_object() : static_cast<Object*>(info.callee());
  Object* prototype = TRY(get_prototype_from_constructor(agent, new_target, fallback_prototype));
  // 3. NOTE: ToString comes before the object is made, so that the captured stack shows the message;
  // making an ordinary object cannot be observed.
  Root<Object*> rooted_prototype(agent, prototype);
  Root<Value> text(agent);
  if (!message.is_undefined()) text = Value(TRY(to_string(agent, message)));
  Root<ErrorObject*> error(agent, make_error_object(agent, rooted_prototype));
  if (!message.is_undefined()) MUST(define_hidden(agent, error, agent.names().message, text));
  // NOTE: as in V8, the constructors of classes that extend Error are left out too.
  capture_stack_property(agent, error, info.is_construct() ? info.new_target().as_object() : info.callee());
  return error.get();
}

// https://tc39.es/ecma262/#sec-installerrorcause
Completion<void> install_error_cause(Agent& agent, Object* error, Value options) {
  if (!options.is_object()) return {};
  Root<Object*> target(agent, error);
  PropertyKey key(agent.names().cause);
  if (!TRY(has_property(agent, options.as_object(), key))) return {};
  Value cause = TRY(get(agent, options.as_object(), key));
  return define_hidden(agent, target, agent.names().cause, cause);
}

// https://tc39.es/ecma262/#sec-error-message, https://tc39.es/ecma262/#sec-nativeerror
template <Intrinsic prototype>
Completion<Value> error_constructor(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  Root<ErrorObject*> error(agent, TRY(create_error(agent, info, prototype, info[0])));
  // 4.
  TRY(install_error_cause(agent, error, info[1]));
  // 5.
  return error.get();
}

// https://tc39.es/ecma262/#sec-aggregate-error
Completion<Value> aggregate_error_constructor(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  Root<ErrorObject*> error(agent, TRY(create_error(agent, info, Intrinsic::kAggregateErrorPrototype, info[1])));
  // 4.
  TRY(install_error_cause(agent, error, info[2]));
  // 5.
  IteratorRecord record(agent);
  TRY(get_iterator(agent, info[0], IteratorKind::kSync, record));
  RootVector errors(agent);
  TRY(iterator_to_list(agent, record, errors));
  // 6. - 7.
  MUST(define_hidden(agent, error, agent.names().errors, make_array(agent, errors.values())));
  return error.get();
}

// https://tc39.es/ecma262/#sec-suppressederror
Completion<Value> suppressed_error_constructor(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  Root<ErrorObject*> error(agent, TRY(create_error(agent, info, Intrinsic::kSuppressedErrorPrototype, info[2])));
  // 4. - 6.
  MUST(define_hidden(agent, error, agent.names().error, info[0]));
  MUST(define_hidden(agent, error, agent.names().suppressed, info[1]));
  return error.get();
}

// https://tc39.es/ecma262/#sec-error.iserror
Completion<Value> error_is_error(Agent&, const CallInfo& info) { return Value::boolean(info[0].is_kind(CellKind::kError)); }

// https://v8.dev/docs/stack-trace-api: captureStackTrace(object, skipUntil)
Completion<Value> error_capture_stack_trace(Agent& agent, const CallInfo& info) {
  if (!info[0].is_object()) return throw_type_error(agent, "Invalid argument: captureStackTrace needs an object");
  Object* object = info[0].as_object();
  if (!TRY(is_extensible(agent, object))) return throw_type_error(agent, "Cannot define property stack, object is not extensible");
  Object* skip_until = is_callable(info[1]) ? info[1].as_object() : info.callee();
  capture_stack_property(agent, object, skip_until);
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-error.prototype.tostring
Completion<Value> error_prototype_to_string(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  if (!info.this_value().is_object()) return throw_incompatible_receiver(agent, "Error.prototype.toString", info.this_value());
  Object* object = info.this_value().as_object();
  // 3. - 4.
  Value name = TRY(get(agent, object, PropertyKey(agent.names().name)));
  Root<String*> name_text(agent, name.is_undefined() ? static_cast<String*>(agent.names().Error_) : TRY(to_string(agent, name)));
  // 5. - 6.
  Value message = TRY(get(agent, object, PropertyKey(agent.names().message)));
  Root<String*> message_text(agent, message.is_undefined() ? static_cast<String*>(agent.atoms().empty()) : TRY(to_string(agent, message)));
  // 7. - 9.
  if (name_text->is_empty()) return message_text.get();
  if (message_text->is_empty()) return name_text.get();
  StringBuilder builder(agent.heap());
  builder.append(name_text);
  builder.append_ascii(": ");
  builder.append(message_text);
  return TRY(finish_string(agent, builder));
}

// https://tc39.es/proposal-error-stack-accessor/#sec-get-error.prototype.stack
Completion<Value> error_prototype_get_stack(Agent& agent, const CallInfo& info) {
  if (!info.this_value().is_object()) return throw_not_object(agent, info.this_value());
  ErrorObject* error = info.this_value().as_if<ErrorObject>();
  if (error == nullptr) return Value::undefined();
  return error_stack(agent, error);
}

// https://tc39.es/proposal-error-stack-accessor/#sec-set-error.prototype.stack
Completion<Value> error_prototype_set_stack(Agent& agent, const CallInfo& info) {
  if (!info.this_value().is_object()) return throw_not_object(agent, info.this_value());
  if (!info[0].is_string()) return throw_type_error(agent, "Error.prototype.stack can only be set to a string");
  return set_ignoring_prototype(agent, info, intrinsic(agent, Intrinsic::kErrorPrototype), PropertyKey(agent.names().stack));
}

constexpr PropertySpec kErrorStatics[] = {
    PropertySpec::function("isError", error_is_error, 1),
    PropertySpec::function("captureStackTrace", error_capture_stack_trace, 2),
};

constexpr PropertySpec kErrorPrototype[] = {
    PropertySpec::string("message", ""),
    PropertySpec::string("name", "Error"),
    PropertySpec::function("toString", error_prototype_to_string, 0),
    PropertySpec::accessor("stack", error_prototype_get_stack, error_prototype_set_stack),
};

// `message` and `name` of the prototypes of the errors that inherit from Error.
#define SKEIN_PROTOTYPE(variable, text) \
  constexpr PropertySpec variable[] = {PropertySpec::string("message", ""), PropertySpec::string("name", text)};
SKEIN_PROTOTYPE(kEvalErrorPrototype, "EvalError")
SKEIN_PROTOTYPE(kRangeErrorPrototype, "RangeError")
SKEIN_PROTOTYPE(kReferenceErrorPrototype, "ReferenceError")
SKEIN_PROTOTYPE(kSyntaxErrorPrototype, "SyntaxError")
SKEIN_PROTOTYPE(kTypeErrorPrototype, "TypeError")
SKEIN_PROTOTYPE(kURIErrorPrototype, "URIError")
SKEIN_PROTOTYPE(kAggregateErrorPrototype, "AggregateError")
SKEIN_PROTOTYPE(kSuppressedErrorPrototype, "SuppressedError")
#undef SKEIN_PROTOTYPE

constexpr ConstructorSpec derived_error(const char* name, uint8_t length, NativeFunctionPointer function, Intrinsic constructor,
                                        Intrinsic prototype, std::span<const PropertySpec> prototype_properties) {
  return {.name = name,
          .length = length,
          .function = function,
          .constructor = constructor,
          .prototype = prototype,
          .prototype_properties = prototype_properties,
          .parent_constructor = Intrinsic::kError,
          .parent_prototype = Intrinsic::kErrorPrototype};
}

constexpr ConstructorSpec kDerivedErrors[] = {
    derived_error("EvalError", 1, error_constructor<Intrinsic::kEvalErrorPrototype>, Intrinsic::kEvalError,
                  Intrinsic::kEvalErrorPrototype, kEvalErrorPrototype),
    derived_error("RangeError", 1, error_constructor<Intrinsic::kRangeErrorPrototype>, Intrinsic::kRangeError,
                  Intrinsic::kRangeErrorPrototype, kRangeErrorPrototype),
    derived_error("ReferenceError", 1, error_constructor<Intrinsic::kReferenceErrorPrototype>, Intrinsic::kReferenceError,
                  Intrinsic::kReferenceErrorPrototype, kReferenceErrorPrototype),
    derived_error("SyntaxError", 1, error_constructor<Intrinsic::kSyntaxErrorPrototype>, Intrinsic::kSyntaxError,
                  Intrinsic::kSyntaxErrorPrototype, kSyntaxErrorPrototype),
    derived_error("TypeError", 1, error_constructor<Intrinsic::kTypeErrorPrototype>, Intrinsic::kTypeError,
                  Intrinsic::kTypeErrorPrototype, kTypeErrorPrototype),
    derived_error("URIError", 1, error_constructor<Intrinsic::kURIErrorPrototype>, Intrinsic::kURIError,
                  Intrinsic::kURIErrorPrototype, kURIErrorPrototype),
    derived_error("AggregateError", 2, aggregate_error_constructor, Intrinsic::kAggregateError,
                  Intrinsic::kAggregateErrorPrototype, kAggregateErrorPrototype),
    derived_error("SuppressedError", 3, suppressed_error_constructor, Intrinsic::kSuppressedError,
                  Intrinsic::kSuppressedErrorPrototype, kSuppressedErrorPrototype),
};

}  // namespace

void initialize_error(Agent& agent, Realm& realm) {
  NativeFunction* constructor = define_constructor(agent, realm, {
                                                                     .name = "Error",
                                                                     .length = 1,
                                                                     .function = error_constructor<Intrinsic::kErrorPrototype>,
                                                                     .constructor = Intrinsic::kError,
                                                                     .prototype = Intrinsic::kErrorPrototype,
                                                                     .statics = kErrorStatics,
                                                                     .prototype_properties = kErrorPrototype,
                                                                 });
  define_value(agent, constructor, "stackTraceLimit", Value::int32(10), kDefaultAttributes);
  for (const ConstructorSpec& spec : kDerivedErrors) define_constructor(agent, realm, spec);
}

}  // namespace skein
