// What is behind the C API's handles, and what its functions share. Built on the public C++ API.
#pragma once

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "skein/skein.h"
#include "skein/skein_c.h"

struct skein_engine {
  skein::api::Engine engine;
};
struct skein_context {
  skein::api::Context context;
};
struct skein_scope {
  skein::api::Scope scope;
};
struct skein_suspension {
  skein::api::Suspension suspension;
};
struct skein_script {
  skein::api::Script script;
};
struct skein_value {
  skein::api::Value value;
};
struct skein_error {
  skein::api::Error error;
};
struct skein_message {
  skein::api::SerializedValue message;
};
struct skein_resolver {
  skein::api::Resolver resolver;
};

namespace skein::api::c {

// The host's `user`, freed with the last callback that has it.
class User {
 public:
  User(void* user, void (*free_user)(void*)) : user_(user), free_(free_user) {}
  ~User() {
    if (free_ != nullptr) free_(user_);
  }
  User(const User&) = delete;
  User& operator=(const User&) = delete;
  void* get() const { return user_; }

 private:
  void* user_;
  void (*free_)(void*);
};
using SharedUser = std::shared_ptr<const User>;
inline SharedUser share(void* user, void (*free_user)(void*)) { return std::make_shared<const User>(user, free_user); }

inline skein_status status_of(const Error& error) { return static_cast<skein_status>(static_cast<int>(error.kind()) + 1); }

inline skein_status fail(const Error& why, skein_error** error) {
  if (error != nullptr) *error = new skein_error{why};
  return status_of(why);
}

// The outcome of an operation, as a status, into *out or *error.
inline skein_status give(const Result<void>& result, skein_error** error) { return result ? SKEIN_OK : fail(result.error(), error); }
inline skein_status give(Result<Value> result, skein_value** out, skein_error** error) {
  if (!result) return fail(result.error(), error);
  *out = new skein_value{*std::move(result)};
  return SKEIN_OK;
}
template <typename T>
skein_status give(const Result<T>& result, T* out, skein_error** error) {
  if (!result) return fail(result.error(), error);
  *out = *result;
  return SKEIN_OK;
}
// Into a handle of its own.
template <typename Handle, typename T>
skein_status give_handle(Result<T> result, Handle** out, skein_error** error) {
  if (!result) return fail(result.error(), error);
  *out = new Handle{*std::move(result)};
  return SKEIN_OK;
}
// Into memory of malloc(), with a zero behind.
inline skein_status give_text(const Result<std::string>& text, char** out, size_t* length, skein_error** error) {
  if (!text) return fail(text.error(), error);
  char* copy = static_cast<char*>(std::malloc(text->size() + 1));
  if (copy == nullptr) return fail(Error(ErrorKind::kInvalid, "Not enough memory for a text"), error);
  std::memcpy(copy, text->c_str(), text->size() + 1);
  if (length != nullptr) *length = text->size();
  *out = copy;
  return SKEIN_OK;
}

// Null handles are no context and undefined.
inline const Context& in(const skein_context* context) {
  static const Context kNone;
  return context == nullptr ? kNone : context->context;
}
inline const Value& value_of(const skein_value* value) {
  static const Value kUndefined;
  return value == nullptr ? kUndefined : value->value;
}
inline std::string_view text_of(const char* text) { return text == nullptr ? std::string_view() : std::string_view(text); }
inline std::string_view name_of(const char* name) { return name == nullptr ? "<evaluate>" : std::string_view(name); }
inline std::vector<Value> values_of(const skein_value* const* values, size_t count) {
  std::vector<Value> list;
  list.reserve(count);
  for (size_t i = 0; i < count; ++i) list.push_back(value_of(values[i]));
  return list;
}

// What a callback that may fail hands over.
inline Error take(skein_status status, skein_error* error) {
  std::unique_ptr<skein_error> owned(error);
  if (owned != nullptr) return owned->error;
  return Error(static_cast<ErrorKind>(static_cast<int>(status) - 1), "A callback of the host has failed without an error");
}

ContextOptions options_of(const skein_context_options* options);

// Data that an object of a C class owns.
struct HostData {
  void* data;
  void (*free_data)(void*);
  HostData(void* data, void (*free_data)(void*)) : data(data), free_data(free_data) {}
  ~HostData() {
    if (free_data != nullptr) free_data(data);
  }
  HostData(const HostData&) = delete;
  HostData& operator=(const HostData&) = delete;
};

}  // namespace skein::api::c

struct skein_reply {
  skein::api::Result<std::string> text = skein::api::Error("A callback of the host has not replied");
  std::shared_ptr<skein::api::c::HostData> data;
};
