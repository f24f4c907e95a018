// Value: operations on what a handle means.
#include "core/api/context_state.h"
#include "core/builtins/promise.h"
#include "core/host/inspect.h"
#include "core/numeric/number_to_text.h"
#include "core/runtime/array_buffer.h"

namespace skein::api {

using detail::ContextState;
using detail::Node;
using detail::perform;
using detail::VmValue;

const char* describe(Type type) {
  switch (type) {
    case Type::kUndefined: return "undefined";
    case Type::kNull: return "null";
    case Type::kBoolean: return "a boolean";
    case Type::kNumber: return "a number";
    case Type::kBigInt: return "a BigInt";
    case Type::kString: return "a string";
    case Type::kSymbol: return "a symbol";
    case Type::kObject: return "an object";
    case Type::kFunction: return "a function";
    case Type::kArray: return "an array";
    case Type::kError: return "an error";
    case Type::kPromise: return "a promise";
    case Type::kArrayBuffer: return "an ArrayBuffer";
    case Type::kSharedArrayBuffer: return "a SharedArrayBuffer";
    case Type::kArrayBufferView: return "a view of a buffer";
    case Type::kDate: return "a Date";
    case Type::kRegExp: return "a regular expression";
    case Type::kMap: return "a Map";
    case Type::kSet: return "a Set";
    case Type::kProxy: return "a proxy";
    case Type::kHostObject: return "a host object";
  }
  return "unknown";
}

namespace {

// Runs `operation(agent, object)` in the object's context; a primitive is the wrong type.
template <typename T, typename Operation>
Result<T> on_object(const Value& value, Operation&& operation) {
  if (!value.is_object()) return detail::wrong_type("an object", value);
  Node* node = ContextState::node_of(value);
  return perform<T>(node->owner.get(), [&](Agent& agent) { return operation(agent, node->value.as_object()); });
}

Completion<PropertyKey> make_key(Agent& agent, std::string_view utf8) {
  String* string = new_string_from_utf8(agent.heap(), utf8);
  if (string == nullptr) return throw_out_of_memory(agent);
  return skein::to_property_key(agent, string);
}

// The arguments as the engine's values, rooted.
Completion<void> read_all(ContextState& state, std::span<const Value> values, RootVector& result) {
  for (const Value& value : values) {
    VmValue read;
    if (auto error = state.from_handle(value, read)) return state.throw_error(*error);
    result.push_back(read);
  }
  return {};
}

// What is no value of this context is an error of the caller, not of the script.
template <typename... Values>
std::optional<Error> check_context(ContextState* state, const Values&... values) {
  std::optional<Error> error;
  auto check = [&](const Value& value) {
    if (!error) error = state->refuse_foreign(value);
  };
  (check(values), ...);
  return error;
}

}  // namespace

Context Value::context() const {
  Node* node = ContextState::node_of(*this);
  return node == nullptr || node->owner->is_closed() ? Context() : ContextState::handle_to(node->owner.get());
}

// --- Conversion -------------------------------------------------------------------------------------------------

namespace {
std::string number_text(double number) {
  numeric::NumberBuffer buffer;
  return std::string(numeric::number_to_text(number, buffer));
}
}  // namespace

Result<std::string> Value::to_string() const {
  switch (type_) {
    case Type::kUndefined: return std::string("undefined");
    case Type::kNull: return std::string("null");
    case Type::kBoolean: return std::string(payload_.boolean ? "true" : "false");
    case Type::kNumber: return number_text(payload_.number);
    default: break;
  }
  Node* node = payload_.node;
  return perform<std::string>(node->owner.get(), [&](Agent& agent) -> Completion<std::string> {
    return TRY(skein::to_string(agent, node->value))->to_utf8();
  });
}

Result<double> Value::to_number() const {
  switch (type_) {
    case Type::kUndefined: return __builtin_nan("");
    case Type::kNull: return 0.0;
    case Type::kBoolean: return payload_.boolean ? 1.0 : 0.0;
    case Type::kNumber: return payload_.number;
    default: break;
  }
  Node* node = payload_.node;
  return perform<double>(node->owner.get(), [&](Agent& agent) { return skein::to_number(agent, node->value); });
}

Result<bool> Value::to_boolean() const {
  switch (type_) {
    case Type::kUndefined:
    case Type::kNull: return false;
    case Type::kBoolean: return payload_.boolean;
    case Type::kNumber: return payload_.number == payload_.number && payload_.number != 0;
    default: break;
  }
  Node* node = payload_.node;
  return detail::inspect_in<bool>(node->owner.get(), [&](Agent&) -> Result<bool> { return skein::to_boolean(node->value); });
}

Result<std::string> Value::inspect() const {
  if (!has_node()) return to_string();
  Node* node = payload_.node;
  return detail::inspect_in<std::string>(node->owner.get(), [&](Agent& agent) -> Result<std::string> { return skein::inspect(agent, node->value); });
}

Result<bool> Value::strictly_equals(const Value& other) const {
  if (!has_node() && !other.has_node()) {
    if (type_ != other.type_) return false;
    if (type_ == Type::kNumber) return payload_.number == other.payload_.number;
    return type_ != Type::kBoolean || payload_.boolean == other.payload_.boolean;
  }
  if (has_node() != other.has_node()) return false;
  Node* a = payload_.node;
  Node* b = other.payload_.node;
  if (auto error = check_context(a->owner.get(), other)) return *error;
  return detail::inspect_in<bool>(a->owner.get(), [&](Agent&) -> Result<bool> { return skein::is_strictly_equal(a->value, b->value); });
}

// --- Objects ------------------------------------------------------------------------------------------------------

Result<Value> Value::get(std::string_view key) const {
  return on_object<Value>(*this, [&](Agent& agent, Object* object) -> Completion<VmValue> {
    PropertyKey name = TRY(make_key(agent, key));
    return skein::get(agent, object, name);
  });
}

Result<Value> Value::get(uint32_t index) const {
  return on_object<Value>(*this, [&](Agent& agent, Object* object) { return skein::get(agent, object, skein::to_property_key(agent, uint64_t{index})); });
}

Result<Value> Value::get(const Value& key) const {
  if (is_object())
    if (auto error = check_context(payload_.node->owner.get(), key)) return *error;
  return on_object<Value>(*this, [&](Agent& agent, Object* object) -> Completion<VmValue> {
    VmValue raw;
    (void)payload_.node->owner->from_handle(key, raw);
    PropertyKey name = TRY(skein::to_property_key(agent, raw));
    return skein::get(agent, payload_.node->value.as_object(), name);
  });
}

Result<void> Value::set_value(std::string_view key, const Value& value) const {
  if (is_object())
    if (auto error = check_context(payload_.node->owner.get(), value)) return *error;
  return on_object<void>(*this, [&](Agent& agent, Object* object) -> Completion<void> {
    PropertyKey name = TRY(make_key(agent, key));
    VmValue raw;
    (void)payload_.node->owner->from_handle(value, raw);
    return skein::set(agent, object, name, raw);
  });
}

Result<void> Value::set_value(uint32_t index, const Value& value) const {
  if (is_object())
    if (auto error = check_context(payload_.node->owner.get(), value)) return *error;
  return on_object<void>(*this, [&](Agent& agent, Object* object) -> Completion<void> {
    VmValue raw;
    (void)payload_.node->owner->from_handle(value, raw);
    return skein::set(agent, object, skein::to_property_key(agent, uint64_t{index}), raw);
  });
}

Result<bool> Value::has(std::string_view key) const {
  return on_object<bool>(*this, [&](Agent& agent, Object* object) -> Completion<bool> {
    PropertyKey name = TRY(make_key(agent, key));
    return skein::has_property(agent, object, name);
  });
}

Result<bool> Value::remove(std::string_view key) const {
  return on_object<bool>(*this, [&](Agent& agent, Object* object) -> Completion<bool> {
    PropertyKey name = TRY(make_key(agent, key));
    return skein::delete_property(agent, object, name);
  });
}

Result<std::vector<std::string>> Value::keys() const {
  return on_object<std::vector<std::string>>(*this, [&](Agent& agent, Object* object) -> Completion<std::vector<std::string>> {
    RootVector names(agent);
    TRY(skein::enumerable_own_properties(agent, object, PropertyKind::kKeys, names));
    std::vector<std::string> keys;
    for (VmValue name : names) keys.push_back(name.as_string()->to_utf8());
    return keys;
  });
}

Result<size_t> Value::length() const {
  return on_object<size_t>(*this, [&](Agent& agent, Object* object) -> Completion<size_t> {
    return static_cast<size_t>(TRY(skein::length_of_array_like(agent, object)));
  });
}

// --- Functions ----------------------------------------------------------------------------------------------------

Result<Value> Value::call_with(const Value& receiver, std::span<const Value> arguments) const {
  if (!is_function()) return detail::wrong_type("a function", *this);
  ContextState* state = payload_.node->owner.get();
  if (auto error = check_context(state, receiver)) return *error;
  for (const Value& argument : arguments)
    if (auto error = check_context(state, argument)) return *error;
  return on_object<Value>(*this, [&](Agent& agent, Object* function) -> Completion<VmValue> {
    RootVector raw(agent);
    TRY(read_all(*state, arguments, raw));
    VmValue this_value;
    (void)state->from_handle(receiver, this_value);
    return skein::call(agent, VmValue(function), this_value, std::span<const VmValue>(raw.data(), raw.size()));
  });
}

Result<Value> Value::construct_with(std::span<const Value> arguments) const {
  if (!is_function()) return detail::wrong_type("a constructor", *this);
  ContextState* state = payload_.node->owner.get();
  for (const Value& argument : arguments)
    if (auto error = check_context(state, argument)) return *error;
  return on_object<Value>(*this, [&](Agent& agent, Object* function) -> Completion<VmValue> {
    if (!function->is_constructor()) return throw_type_error(agent, {to_display_string(agent, VmValue(function)), " is not a constructor"});
    RootVector raw(agent);
    TRY(read_all(*state, arguments, raw));
    return VmValue(TRY(skein::construct(agent, function, std::span<const VmValue>(raw.data(), raw.size()))));
  });
}

// --- Promises -----------------------------------------------------------------------------------------------------

Result<PromiseState> Value::promise_state() const {
  if (!is_promise()) return detail::wrong_type("a promise", *this);
  Node* node = payload_.node;
  return detail::inspect_in<PromiseState>(node->owner.get(), [&](Agent&) -> Result<PromiseState> {
    return static_cast<PromiseState>(node->value.as<Promise>()->state());
  });
}

Result<Value> Value::promise_result() const {
  if (!is_promise()) return detail::wrong_type("a promise", *this);
  Node* node = payload_.node;
  return detail::inspect_in<Value>(node->owner.get(), [&](Agent& agent) -> Result<Value> {
    auto* promise = node->value.as<Promise>();
    if (promise->state() == Promise::State::kPending) return Value();
    if (promise->state() == Promise::State::kRejected && !promise->is_handled()) {
      promise->set_handled();
      AgentHost::of(agent).track_rejection(promise, PromiseRejectionOperation::kHandle);
    }
    return node->owner->to_handle(promise->result());
  });
}

// --- Buffers ------------------------------------------------------------------------------------------------------

Result<std::span<uint8_t>> Value::bytes() const {
  if (type_ < Type::kArrayBuffer || type_ > Type::kArrayBufferView) return detail::wrong_type("an ArrayBuffer or a view of one", *this);
  Node* node = payload_.node;
  return detail::inspect_in<std::span<uint8_t>>(node->owner.get(), [&](Agent&) -> Result<std::span<uint8_t>> {
    Object* object = node->value.as_object();
    if (type_ != Type::kArrayBufferView) {
      auto* buffer = static_cast<ArrayBuffer*>(object);
      return std::span<uint8_t>(buffer->data(), buffer->byte_length());
    }
    if (auto* view = object->as_if<TypedArray>()) {
      if (view->length() == 0) return std::span<uint8_t>();
      return std::span<uint8_t>(view->data(), view->length() * element_size(view->element_type()));
    }
    auto* view = static_cast<DataView*>(object);
    if (view->is_out_of_bounds()) return std::span<uint8_t>();
    return std::span<uint8_t>(view->buffer()->data() + view->byte_offset_slot(), view->byte_length());
  });
}

namespace detail {

Result<std::string> read_string(const Value& value) {
  if (!value.is_string()) return wrong_type("a string", value);
  return value.to_string();
}

namespace {

template <typename T>
Result<T> read_integer(const Value& value, const char* expected, T (*of_bigint)(const BigInt*), BigInt* (*to_bigint)(Agent&, T)) {
  if (value.is_number()) {
    constexpr double kTop = std::is_signed_v<T> ? 9223372036854775808.0 : 18446744073709551616.0;
    constexpr double kBottom = std::is_signed_v<T> ? -9223372036854775808.0 : 0.0;
    double number = value.as_number();
    if (!(number >= kBottom && number < kTop) || number != std::trunc(number)) return wrong_type(expected, value);
    return static_cast<T>(number);
  }
  if (!value.is_bigint()) return wrong_type(expected, value);
  Node* node = ContextState::node_of(value);
  return inspect_in<T>(node->owner.get(), [&](Agent& agent) -> Result<T> {
    const BigInt* bigint = node->value.as_bigint();
    T number = of_bigint(bigint);
    if (!skein::bigint_equals(bigint, to_bigint(agent, number))) return Error(ErrorKind::kWrongType, std::string("expected ") + expected + ", not a larger BigInt");
    return number;
  });
}

}  // namespace

Result<int64_t> read_int64(const Value& value) {
  return read_integer<int64_t>(value, "a 64-bit integer", skein::bigint_to_int64, skein::bigint_from_int64);
}
Result<uint64_t> read_uint64(const Value& value) {
  return read_integer<uint64_t>(value, "a 64-bit unsigned integer", skein::bigint_to_uint64, skein::bigint_from_uint64);
}

}  // namespace detail
}  // namespace skein::api
