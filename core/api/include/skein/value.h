// Value: a JavaScript value in the hands of C++.
//
// THREADS    A Value may be kept, copied, moved and dropped on any thread, before and after its context
//            has been closed. Type questions (type(), is_...()) and as_boolean()/as_number() of immediates
//            work anywhere. Everything that says "enters" looks into the context's heap: it enters the
//            context for the call if the thread has not; when another thread is in it, the result is an
//            Error of kind kWrongThread, and nothing has happened.
// LIFETIME   A Value keeps its object alive as long as the context lives. It does not keep the context
//            open; after that its operations give kClosed.
// COST       undefined, null, booleans and numbers are held in the Value itself. Everything else is a
//            reference-counted node, one allocation.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "skein/config.h"

namespace skein::api {

class Context;
class Value;
template <typename T = void>
class Result;

namespace detail {
struct Node;
class ContextState;
SKEIN_API void retain(Node* node);
SKEIN_API void release(Node* node);
}  // namespace detail

// What a value is. The kinds from kObject on are all objects.
enum class Type : uint8_t {
  kUndefined,
  kNull,
  kBoolean,
  kNumber,
  kBigInt,
  kString,
  kSymbol,
  kObject,
  kFunction,
  kArray,
  kError,
  kPromise,
  kArrayBuffer,        // unshared
  kSharedArrayBuffer,
  kArrayBufferView,    // a typed array or DataView
  kDate,
  kRegExp,
  kMap,
  kSet,
  kProxy,
  kHostObject,         // made by a bound class or Context::wrap
};
// "undefined", "a number", "an array", ... for messages.
SKEIN_API const char* describe(Type type);

// https://tc39.es/ecma262/#sec-promise-objects
enum class PromiseState : uint8_t { kPending, kFulfilled, kRejected };

class Value {
 public:
  Value() = default;  // undefined
  static Value undefined() { return Value(); }
  static Value null() {
    Value value;
    value.type_ = Type::kNull;
    return value;
  }
  template <std::same_as<bool> T>  // not pointers
  Value(T boolean) : type_(Type::kBoolean) {
    payload_.boolean = boolean;
  }
  Value(double number) : type_(Type::kNumber) { payload_.number = number; }
  Value(float number) : Value(static_cast<double>(number)) {}
  Value(int8_t number) : Value(static_cast<double>(number)) {}
  Value(uint8_t number) : Value(static_cast<double>(number)) {}
  Value(int16_t number) : Value(static_cast<double>(number)) {}
  Value(uint16_t number) : Value(static_cast<double>(number)) {}
  Value(int32_t number) : Value(static_cast<double>(number)) {}
  Value(uint32_t number) : Value(static_cast<double>(number)) {}

  Value(const Value& other) : payload_(other.payload_), type_(other.type_) {
    if (has_node()) detail::retain(payload_.node);
  }
  Value(Value&& other) noexcept : payload_(other.payload_), type_(std::exchange(other.type_, Type::kUndefined)) {}
  Value& operator=(const Value& other) {
    Value copy(other);
    swap(copy);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    Value taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~Value() {
    if (has_node()) detail::release(payload_.node);
  }
  void swap(Value& other) noexcept {
    std::swap(payload_, other.payload_);
    std::swap(type_, other.type_);
  }

  // --- Any thread, any time ---
  Type type() const { return type_; }
  bool is_undefined() const { return type_ == Type::kUndefined; }
  bool is_null() const { return type_ == Type::kNull; }
  bool is_nullish() const { return type_ <= Type::kNull; }
  bool is_boolean() const { return type_ == Type::kBoolean; }
  bool is_number() const { return type_ == Type::kNumber; }
  bool is_bigint() const { return type_ == Type::kBigInt; }
  bool is_string() const { return type_ == Type::kString; }
  bool is_symbol() const { return type_ == Type::kSymbol; }
  bool is_object() const { return type_ >= Type::kObject; }
  bool is_function() const { return type_ == Type::kFunction; }
  bool is_array() const { return type_ == Type::kArray; }
  bool is_error() const { return type_ == Type::kError; }
  bool is_promise() const { return type_ == Type::kPromise; }
  // REQUIRES: is_boolean(); is_number(). Otherwise false; NaN.
  bool as_boolean() const { return type_ == Type::kBoolean && payload_.boolean; }
  double as_number() const { return type_ == Type::kNumber ? payload_.number : __builtin_nan(""); }
  // The context that the value lives in; an empty handle for immediates and once it is closed.
  SKEIN_API Context context() const;

  // --- Conversion as the language does it; each enters ---
  // https://tc39.es/ecma262/#sec-tostring: UTF-8; lone surrogates become U+FFFD. May run script.
  SKEIN_API Result<std::string> to_string() const;
  // https://tc39.es/ecma262/#sec-tonumber. May run script.
  SKEIN_API Result<double> to_number() const;
  // https://tc39.es/ecma262/#sec-toboolean
  SKEIN_API Result<bool> to_boolean() const;
  // As console.log would show it; runs no script.
  SKEIN_API Result<std::string> inspect() const;
  // https://tc39.es/ecma262/#sec-isstrictlyequal. Values of two contexts: kWrongContext.
  SKEIN_API Result<bool> strictly_equals(const Value& other) const;
  // Without coercion, see convert.h: a value of another type gives kWrongType.
  template <typename T>
  Result<T> to() const;

  // --- Objects; each enters and may run script (getters, setters, proxies) ---
  // A primitive gives kWrongType.
  SKEIN_API Result<Value> get(std::string_view key) const;
  SKEIN_API Result<Value> get(uint32_t index) const;
  SKEIN_API Result<Value> get(const Value& key) const;
  // Fails as strict code does: a read-only property is a TypeError.
  template <typename T>
  Result<void> set(std::string_view key, const T& value) const;
  template <typename T>
  Result<void> set(uint32_t index, const T& value) const;
  SKEIN_API Result<bool> has(std::string_view key) const;
  SKEIN_API Result<bool> remove(std::string_view key) const;
  // Own enumerable string keys, as Object.keys.
  SKEIN_API Result<std::vector<std::string>> keys() const;
  // The property `length`, as https://tc39.es/ecma262/#sec-lengthofarraylike.
  SKEIN_API Result<size_t> length() const;

  // --- Functions; each enters and runs script ---
  // With `this` undefined.
  template <typename... Arguments>
  Result<Value> call(const Arguments&... arguments) const;
  template <typename... Arguments>
  Result<Value> call_on(const Value& receiver, const Arguments&... arguments) const;
  // this[method](...arguments)
  template <typename... Arguments>
  Result<Value> invoke(std::string_view method, const Arguments&... arguments) const;
  // new this(...arguments)
  template <typename... Arguments>
  Result<Value> construct(const Arguments&... arguments) const;
  SKEIN_API Result<Value> call_with(const Value& receiver, std::span<const Value> arguments) const;
  SKEIN_API Result<Value> construct_with(std::span<const Value> arguments) const;

  // --- Promises; each enters. A value that is no promise gives kWrongType. ---
  SKEIN_API Result<PromiseState> promise_state() const;
  // The value or the reason; undefined while pending. Counts as handling a rejection.
  SKEIN_API Result<Value> promise_result() const;

  // --- Buffers; enters ---
  // The bytes of an ArrayBuffer, typed array or DataView, in place: good until the context runs script
  // that detaches or resizes the buffer, or the buffer is collected. A shared buffer's bytes change under
  // the reader (use std::atomic_ref).
  SKEIN_API Result<std::span<uint8_t>> bytes() const;

 private:
  friend class detail::ContextState;
  friend class Context;
  bool has_node() const { return type_ >= Type::kBigInt; }
  Value(Type type, detail::Node* adopted) : type_(type) { payload_.node = adopted; }
  SKEIN_API Result<void> set_value(std::string_view key, const Value& value) const;
  SKEIN_API Result<void> set_value(uint32_t index, const Value& value) const;

  union Payload {
    bool boolean;
    double number;
    detail::Node* node;
  };
  Payload payload_{};
  Type type_ = Type::kUndefined;
};

}  // namespace skein::api
