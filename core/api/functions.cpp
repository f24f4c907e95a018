// Bound functions and classes: how a call of script reaches C++ and comes back.
#include "core/api/context_state.h"
#include "core/api/wrapped_object.h"
#include "core/runtime/builtin_spec.h"

namespace skein::api {

namespace detail {

namespace {

// In slot 0 of the native function.
class FunctionData final : public HostObjectData {
 public:
  FunctionData(std::string name, Function function, std::shared_ptr<const ClassDefinition> definition)
      : name(std::move(name)), function(std::move(function)), definition(std::move(definition)) {}
  std::string name;  // for messages: "Counter.prototype.add"
  Function function;
  std::shared_ptr<const ClassDefinition> definition;  // of constructors
};

struct CallFrame {
  const CallInfo& info;
  const FunctionData& data;
};

const CallFrame& frame_of(const void* frame) { return *static_cast<const CallFrame*>(frame); }

FunctionData& data_of(NativeFunction* function) {
  return *static_cast<HostObject*>(function->internal_slot(0).as_object())->owned<FunctionData>();
}

WrappedObject* wrapped_in(VmValue value, const void* tag) {
  WrappedObject* wrapped = WrappedObject::in(value);
  return wrapped != nullptr && wrapped->definition->tag == tag ? wrapped : nullptr;
}

Error transferred(const WrappedObject& wrapped) {
  return Error(ErrorKind::kWrongType, "the object of class " + wrapped.definition->name + " has been transferred");
}

PropertyKey key_of(Agent& agent, std::string_view utf8) {
  String* string = new_string_from_utf8(agent.heap(), utf8);
  return skein::to_property_key(agent, string == nullptr ? agent.names().empty_string : string);
}

NativeFunction* make_callable(Agent& agent, NativeFunctionPointer entry, const std::string& name, std::string_view prefix,
                              FunctionData* data, bool is_constructor) {
  Realm* realm = agent.realm();
  HostObject* holder = make_host_object(agent, realm->intrinsic(Intrinsic::kObjectPrototype), HostObjectType::kPlain, data);
  NativeFunction* function =
      make_native_function(agent, realm, entry, data->function.length, key_of(agent, name), prefix, nullptr, is_constructor);
  function->set_internal_slot(0, VmValue(holder));
  return function;
}

}  // namespace

VmValue ContextState::make_function(std::string_view name, Function function) {
  auto* data = new FunctionData(std::string(name), std::move(function), nullptr);
  return make_callable(*agent_, call_function, data->name, {}, data, false);
}

Completion<VmValue> ContextState::call_function(Agent& agent, const CallInfo& info) {
  ContextState& state = of(agent);
  FunctionData& data = data_of(info.callee());
  CallFrame frame{info, data};
  Call call(&state, &frame);
  data.function.invoke(data.function.target.get(), call);
  state.ensure_entered();
  if (agent.is_terminating()) [[unlikely]] return Thrown{};
  if (call.error_) [[unlikely]] return state.throw_error(*call.error_);
  if (call.has_raw_result_) return VmValue::from_bits(call.raw_result_);
  VmValue result;
  if (auto error = state.from_handle(call.result_, result)) return state.throw_error(*error);
  return result;
}

Completion<VmValue> ContextState::call_constructor(Agent& agent, const CallInfo& info) {
  ContextState& state = of(agent);
  FunctionData& data = data_of(info.callee());
  if (!info.is_construct())
    return throw_type_error(agent, {"Class constructor ", data.name, " cannot be invoked without 'new'"});
  if (data.function.invoke == nullptr) return throw_type_error(agent, {"Illegal constructor: ", data.name, " objects are made by the host"});
  // As GetPrototypeFromConstructor, so that script can extend the class.
  VmValue found = TRY(get(agent, info.new_target().as_object(), agent.names().prototype));
  Root<VmValue> prototype(agent, found.is_object() ? found : state.classes_.at(data.definition->tag).prototype);
  CallFrame frame{info, data};
  Call call(&state, &frame);
  data.function.invoke(data.function.target.get(), call);
  state.ensure_entered();
  if (agent.is_terminating()) return Thrown{};
  if (call.error_) return state.throw_error(*call.error_);
  if (call.object_ == nullptr) return throw_type_error(agent, {"The constructor of ", data.name, " has made no object"});
  return VmValue(make_host_object(agent, prototype.get().as_object(), HostObjectType::kEmbedder,
                                  new WrappedObject(std::move(call.object_), data.definition)));
}

VmValue ContextState::bind_class(std::shared_ptr<const ClassDefinition> definition) {
  Agent& agent = *agent_;
  auto at = classes_.find(definition->tag);
  if (at != classes_.end()) return at->second.constructor;
  Root<Object*> prototype(agent, make_object(agent));
  auto* data = new FunctionData(definition->name, definition->constructor, definition);
  Root<Object*> constructor(agent, make_callable(agent, call_constructor, definition->name, {}, data, true));
  define_value(agent, constructor, "prototype", prototype.get(), kNone);
  define_value(agent, prototype, "constructor", constructor.get());
  define_value(agent, prototype, WellKnownSymbol::kToStringTag, new_string_from_utf8(agent.heap(), definition->name), kConfigurable);
  using Kind = ClassDefinition::Member::Kind;
  for (const ClassDefinition::Member& member : definition->members) {
    const bool is_static = member.kind == Kind::kStaticMethod;
    Object* target = is_static ? constructor.get() : prototype.get();
    const std::string place = definition->name + (is_static ? "." : ".prototype.") + member.name;
    auto make = [&](const Function& function, std::string_view prefix) {
      return make_callable(agent, call_function, member.name, prefix, new FunctionData(place, function, nullptr), false);
    };
    PropertyDescriptor descriptor;
    if (member.kind == Kind::kAccessor) {
      descriptor = PropertyDescriptor::accessor(make(member.function, "get"), member.setter.invoke == nullptr ? VmValue::undefined() : VmValue(make(member.setter, "set")),
                                                kConfigurable);
    } else {
      descriptor = PropertyDescriptor::data(make(member.function, {}), kBuiltinAttributes);
    }
    // New ordinary objects refuse nothing.
    (void)MUST(ordinary_define_own_property(agent, target, key_of(agent, member.name), descriptor));
  }
  classes_[definition->tag] = {definition, constructor.get(), prototype.get()};
  return constructor.get();
}

VmValue ContextState::wrap(const void* tag, std::shared_ptr<void> object) {
  auto at = classes_.find(tag);
  if (at == classes_.end()) return VmValue::empty();
  return make_host_object(*agent_, at->second.prototype.as_object(), HostObjectType::kEmbedder,
                          new WrappedObject(std::move(object), at->second.definition));
}

const char* ContextState::class_name(const void* tag) const {
  auto at = classes_.find(tag);
  return at == classes_.end() ? nullptr : at->second.definition->name.c_str();
}

namespace {

Error not_an_object_of(ContextState& state, const void* tag, VmValue value) {
  const char* name = state.class_name(tag);
  return Error(ErrorKind::kWrongType, std::string("expected an object of class ") + (name == nullptr ? "that is not bound here" : name) +
                                          ", not " + to_display_string(state.agent(), value));
}

}  // namespace

Result<std::shared_ptr<void>> unwrap(const Value& value, const void* tag) {
  Node* node = ContextState::node_of(value);
  if (node == nullptr || !value.is_object()) return wrong_type("an object of a bound class", value);
  return inspect_in<std::shared_ptr<void>>(node->owner.get(), [&](Agent&) -> Result<std::shared_ptr<void>> {
    WrappedObject* wrapped = wrapped_in(node->value, tag);
    if (wrapped == nullptr) return not_an_object_of(*node->owner, tag, node->value);
    if (wrapped->object == nullptr) return transferred(*wrapped);
    return wrapped->object;
  });
}

}  // namespace detail

using detail::frame_of;
using detail::VmValue;

size_t Call::size() const { return frame_of(info_).info.count(); }
Value Call::operator[](size_t index) const {
  return index < size() ? state_->to_handle(frame_of(info_).info[static_cast<uint32_t>(index)]) : Value();
}
Value Call::receiver() const { return state_->to_handle(frame_of(info_).info.this_value()); }
Value Call::new_target() const { return state_->to_handle(frame_of(info_).info.new_target()); }
Context Call::context() const { return detail::ContextState::handle_to(state_); }

void Call::return_text(std::string_view utf8) {
  String* string = new_string_from_utf8(state_->agent().heap(), utf8);
  if (string == nullptr) return fails(Error::range_error("Invalid string length"));
  raw_result_ = VmValue(string).bits();
  has_raw_result_ = true;
}

void Call::return_object(std::shared_ptr<void> object) { object_ = std::move(object); }

void Call::fail_argument(size_t index, const Error& error) {
  if (error.kind() != ErrorKind::kWrongType) return fails(error);
  fails(Error::type_error(frame_of(info_).data.name + ": argument " + std::to_string(index + 1) + ": " + error.message()));
}

bool Call::read_text(size_t index, std::string& text) {
  VmValue value = frame_of(info_).info[static_cast<uint32_t>(index)];
  if (!value.is_string()) {
    fail_argument(index, detail::wrong_type("a string", state_->to_handle(value)));
    return false;
  }
  text = value.as_string()->to_utf8();
  return true;
}

void* Call::read_receiver(const void* tag) {
  VmValue receiver = frame_of(info_).info.this_value();
  if (auto* wrapped = detail::wrapped_in(receiver, tag)) {
    if (wrapped->object == nullptr) fails(Error::type_error(frame_of(info_).data.name + ": " + detail::transferred(*wrapped).message()));
    return wrapped->object.get();
  }
  fails(Error::type_error(frame_of(info_).data.name + " called on incompatible receiver " + to_display_string(state_->agent(), receiver)));
  return nullptr;
}

void* Call::read_object(size_t index, const void* tag) {
  VmValue value = frame_of(info_).info[static_cast<uint32_t>(index)];
  if (auto* wrapped = detail::wrapped_in(value, tag)) {
    if (wrapped->object == nullptr) fail_argument(index, detail::transferred(*wrapped));
    return wrapped->object.get();
  }
  fail_argument(index, detail::not_an_object_of(*state_, tag, value));
  return nullptr;
}

}  // namespace skein::api
