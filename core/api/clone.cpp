// Structured clone, and how objects of bound classes take part in it.
//
// In the stream such an object has the name of its class behind a '#', and one part: its bytes in a buffer,
// or the number of the C++ object in the side table of the value that is being serialized.
#include "core/api/clone_state.h"

#include "core/api/context_state.h"
#include "core/api/wrapped_object.h"
#include "core/concurrency/structured_clone.h"
#include "core/runtime/array_buffer.h"

namespace skein::api {

using detail::ContextState;
using detail::SerializedState;
using detail::VmValue;
using detail::WrappedObject;

SerializedValue::SerializedValue() = default;
SerializedValue::SerializedValue(std::unique_ptr<SerializedState> state) : state_(std::move(state)) {}
SerializedValue::SerializedValue(SerializedValue&&) noexcept = default;
SerializedValue& SerializedValue::operator=(SerializedValue&&) noexcept = default;
SerializedValue::~SerializedValue() = default;

SerializedValue SerializedValue::from_bytes(std::span<const uint8_t> bytes) {
  auto state = std::make_unique<SerializedState>();
  state->message = std::make_unique<SerializedMessage>();
  state->message->bytes.append(bytes);
  return SerializedValue(std::move(state));
}

CloneScope SerializedValue::scope() const { return state_ == nullptr ? CloneScope::kDifferentProcess : state_->scope; }

Result<std::span<const uint8_t>> SerializedValue::bytes() const {
  if (state_ == nullptr) return Error(ErrorKind::kInvalid, "The serialized value is empty");
  if (state_->scope == CloneScope::kSameProcess)
    return Error(ErrorKind::kInvalid, "A value that is serialized for the same process is more than bytes");
  return state_->message->bytes.span();
}

size_t SerializedValue::size() const { return state_ == nullptr ? 0 : state_->message->total_bytes(); }

// --- Objects of bound classes -------------------------------------------------------------------------------------

namespace detail {

namespace {

// What the host knows to clone; set once.
CloneHooks g_host_hooks;

constexpr std::string_view kClassPrefix = "#";

Completion<bool> object_to_parts(Agent& agent, Object* object, std::string& name, RootVector& parts) {
  WrappedObject* wrapped = AgentHost::of(agent).embedder == nullptr ? nullptr : WrappedObject::in(object);
  if (wrapped == nullptr) return g_host_hooks.to_parts(agent, object, name, parts);
  return ContextState::of(agent).object_to_parts(object, name, parts);
}

Completion<Object*> object_from_parts(Agent& agent, const std::string& name, std::span<const VmValue> parts) {
  if (AgentHost::of(agent).embedder == nullptr || !name.starts_with(kClassPrefix)) return g_host_hooks.from_parts(agent, name, parts);
  return ContextState::of(agent).object_from_parts(std::string_view(name).substr(kClassPrefix.size()), parts);
}

Thrown throw_clone_error(Agent& agent, const std::string& message) { return throw_dom_exception(agent, "DataCloneError", message); }

Thrown throw_not_cloned(Agent& agent, std::string_view name, std::string_view why) {
  return throw_clone_error(agent, "An object of class " + std::string(name) + " cannot be cloned: " + std::string(why));
}

// For the time of a serialization or deserialization.
class CloneUnderWay {
 public:
  CloneUnderWay(SerializedState*& slot, SerializedState* state) : slot_(slot), saved_(std::exchange(slot, state)) {}
  ~CloneUnderWay() { slot_ = saved_; }

 private:
  SerializedState*& slot_;
  SerializedState* saved_;
};

}  // namespace

void install_clone_hooks() {
  g_host_hooks = g_clone_hooks;
  g_clone_hooks.to_parts = object_to_parts;
  g_clone_hooks.from_parts = object_from_parts;
}

Completion<bool> ContextState::object_to_parts(Object* object, std::string& name, RootVector& parts) {
  WrappedObject* wrapped = WrappedObject::in(object);
  const ClassDefinition& definition = *wrapped->definition;
  name = std::string(kClassPrefix) + definition.name;
  if (wrapped->object == nullptr) return throw_not_cloned(*agent_, definition.name, "it has been transferred");
  SerializedState* clone = clone_under_way_;
  if (clone != nullptr && clone->scope == CloneScope::kSameProcess && (definition.is_shared || clone->is_transferred(object))) {
    parts.push_back(VmValue::number(static_cast<double>(clone->serial)));
    parts.push_back(VmValue::number(static_cast<double>(clone->objects.size())));
    clone->objects.push_back({definition.tag, wrapped->object});
    return true;
  }
  if (!definition.write) return false;
  auto bytes = definition.write(wrapped->object.get());
  if (!bytes) return throw_error(bytes.error());
  ArrayBuffer* buffer = make_array_buffer(*agent_, bytes->size());
  if (buffer == nullptr) return throw_buffer_allocation_failed(*agent_);
  std::copy(bytes->begin(), bytes->end(), buffer->data());
  parts.push_back(buffer);
  return true;
}

Completion<Object*> ContextState::object_from_parts(std::string_view name, std::span<const VmValue> parts) {
  const BoundClass* bound = nullptr;
  for (auto& [tag, entry] : classes_)
    if (entry.definition->name == name) bound = &entry;
  if (bound == nullptr) return throw_not_cloned(*agent_, name, "no such class is bound in context " + this->name());
  const ClassDefinition& definition = *bound->definition;
  std::shared_ptr<void> object;
  SerializedState* clone = clone_under_way_;
  if (parts.size() == 1 && parts[0].is_kind(CellKind::kArrayBuffer) && definition.read) {
    auto* buffer = static_cast<ArrayBuffer*>(parts[0].as_object());
    const std::vector<uint8_t> bytes(buffer->data(), buffer->data() + buffer->byte_length());
    auto read = definition.read(bytes);
    if (!read) return throw_error(read.error());
    object = *std::move(read);
  } else if (parts.size() == 2 && clone != nullptr && parts[0].is_number() && parts[0].as_number() == static_cast<double>(clone->serial) && parts[1].is_number()) {
    const double index = parts[1].as_number();
    if (index >= 0 && index < static_cast<double>(clone->objects.size())) {
      const SerializedState::SharedObject& shared = clone->objects[static_cast<size_t>(index)];
      if (shared.tag == definition.tag) object = shared.object;
    }
  }
  if (object == nullptr) return throw_not_cloned(*agent_, name, "the serialized value does not hold it");
  return wrap(definition.tag, std::move(object)).as_object();
}

// --- Both ways ----------------------------------------------------------------------------------------------------

Completion<void> ContextState::sort_transfer(std::span<const Value> transfer, SerializedState& clone, RootVector& others) {
  for (const Value& value : transfer) {
    VmValue raw;
    if (auto error = from_handle(value, raw)) return throw_error(*error);
    WrappedObject* wrapped = WrappedObject::in(raw);
    if (wrapped == nullptr) {
      others.push_back(raw);
      continue;
    }
    const std::string& name = wrapped->definition->name;
    if (!wrapped->definition->is_transferable || wrapped->object == nullptr || clone.is_transferred(raw.as_object()))
      return throw_clone_error(*agent_, "An object of class " + name + " in the transfer list cannot be transferred");
    clone.transferred.push_back(raw.as_object());  // the handle keeps it
  }
  return {};
}

Completion<std::unique_ptr<SerializedState>> ContextState::serialize(VmValue value, const SerializeOptions& options) {
  Agent& agent = *agent_;
  auto clone = std::make_unique<SerializedState>();
  clone->scope = options.scope;
  RootVector others(agent);
  TRY(sort_transfer(options.transfer, *clone, others));
  if (options.scope == CloneScope::kDifferentProcess && !options.transfer.empty())
    return throw_clone_error(agent, "Nothing can be transferred to another process");
  {
    CloneUnderWay under_way(clone_under_way_, clone.get());
    clone->message = TRY(skein::serialize(agent, value, std::span<const VmValue>(others.data(), others.size())));
  }
  if (options.scope == CloneScope::kDifferentProcess && !clone->message->shared_blocks.empty())
    return throw_clone_error(agent, "Shared memory cannot leave the process, so a SharedArrayBuffer cannot be written to bytes");
  for (Object* object : clone->transferred) {
    WrappedObject* wrapped = WrappedObject::in(object);
    if (wrapped->object != nullptr) clone->objects.push_back({wrapped->definition->tag, std::move(wrapped->object)});
    wrapped->object = nullptr;
  }
  clone->is_read_once = !options.transfer.empty();
  clone->transferred.clear();
  return clone;
}

Completion<VmValue> ContextState::deserialize(SerializedState& clone) {
  if (clone.is_read_once && std::exchange(clone.is_read, true))
    return throw_clone_error(*agent_, "A serialized value with transferred objects can be read once");
  CloneUnderWay under_way(clone_under_way_, &clone);
  return skein::deserialize(*agent_, *clone.message);
}

}  // namespace detail

Result<SerializedValue> Context::serialize(const Value& value, const SerializeOptions& options) const {
  if (state_ == nullptr) return Error(ErrorKind::kClosed, "No context: the handle is empty");
  if (auto error = state_->refuse_foreign(value)) return *error;
  for (const Value& entry : options.transfer)
    if (auto error = state_->refuse_foreign(entry)) return *error;
  auto state = detail::perform<std::unique_ptr<SerializedState>>(state_, [&](Agent&) -> Completion<std::unique_ptr<SerializedState>> {
    VmValue raw;
    if (auto error = state_->from_handle(value, raw)) return state_->throw_error(*error);
    return state_->serialize(raw, options);
  });
  if (!state) return state.error();
  return SerializedValue(*std::move(state));
}

Result<Value> Context::deserialize(SerializedValue& value) const {
  if (value.state_ == nullptr) return Error(ErrorKind::kInvalid, "The serialized value is empty");
  return detail::perform<Value>(state_, [&](Agent&) { return state_->deserialize(*value.state_); });
}

Result<Value> Context::deserialize(std::span<const uint8_t> bytes) const {
  SerializedValue value = SerializedValue::from_bytes(bytes);
  return deserialize(value);
}

}  // namespace skein::api
