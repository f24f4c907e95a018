// Values, structured clone, promises, errors.
#include <span>

#include "core/api/c/handles.h"

using namespace skein::api::c;
using skein::api::Context;
using skein::api::Error;
using skein::api::ErrorKind;
using skein::api::Result;
using skein::api::SerializedValue;
using skein::api::Value;

skein_value* skein_undefined(void) { return new skein_value{}; }
skein_value* skein_null(void) { return new skein_value{Value::null()}; }
skein_value* skein_boolean(bool boolean) { return new skein_value{Value(boolean)}; }
skein_value* skein_number(double number) { return new skein_value{Value(number)}; }
skein_value* skein_value_copy(const skein_value* value) { return new skein_value{value_of(value)}; }
void skein_value_free(skein_value* value) { delete value; }
skein_type skein_value_type(const skein_value* value) { return static_cast<skein_type>(value_of(value).type()); }
bool skein_value_boolean(const skein_value* value) { return value_of(value).as_boolean(); }
double skein_value_number(const skein_value* value) { return value_of(value).as_number(); }
skein_context* skein_value_context(const skein_value* value) {
  Context context = value_of(value).context();
  return context ? new skein_context{std::move(context)} : nullptr;
}

// --- New ones -----------------------------------------------------------------------------------------------------

skein_status skein_string(skein_context* context, const char* text, size_t length, skein_value** out, skein_error** error) {
  return give(in(context).string({text, length}), out, error);
}
skein_status skein_bigint(skein_context* context, int64_t number, skein_value** out, skein_error** error) { return give(in(context).bigint(number), out, error); }
skein_status skein_bigint_unsigned(skein_context* context, uint64_t number, skein_value** out, skein_error** error) {
  return give(in(context).bigint(number), out, error);
}
skein_status skein_object(skein_context* context, skein_value** out, skein_error** error) { return give(in(context).object(), out, error); }
skein_status skein_array(skein_context* context, const skein_value* const* elements, size_t count, skein_value** out, skein_error** error) {
  return give(in(context).array(values_of(elements, count)), out, error);
}
skein_status skein_array_buffer(skein_context* context, const uint8_t* bytes, size_t length, skein_value** out, skein_error** error) {
  return give(in(context).array_buffer({bytes, length}), out, error);
}
skein_status skein_external_array_buffer(skein_context* context, uint8_t* bytes, size_t length, void (*release)(void* user), void* user, skein_value** out, skein_error** error) {
  auto call = [release, user] {
    if (release != nullptr) release(user);
  };
  return give(in(context).external_array_buffer({bytes, length}, call), out, error);
}
skein_status skein_parse_json(skein_context* context, const char* text, size_t length, skein_value** out, skein_error** error) {
  return give(in(context).parse_json({text, length}), out, error);
}
skein_status skein_error_object(skein_context* context, const skein_error* error_of, skein_value** out, skein_error** error) {
  return give(in(context).error(error_of->error), out, error);
}

// --- Conversions --------------------------------------------------------------------------------------------------

skein_status skein_value_text(const skein_value* value, char** out, size_t* length, skein_error** error) {
  return give_text(value_of(value).to_string(), out, length, error);
}
skein_status skein_value_inspect(const skein_value* value, char** out, size_t* length, skein_error** error) {
  return give_text(value_of(value).inspect(), out, length, error);
}
skein_status skein_to_json(skein_context* context, const skein_value* value, char** out, size_t* length, skein_error** error) {
  return give_text(in(context).to_json(value_of(value)), out, length, error);
}
void skein_text_free(char* text) { std::free(text); }
skein_status skein_value_to_number(const skein_value* value, double* out, skein_error** error) { return give(value_of(value).to_number(), out, error); }
skein_status skein_value_to_boolean(const skein_value* value, bool* out, skein_error** error) { return give(value_of(value).to_boolean(), out, error); }
skein_status skein_strictly_equals(const skein_value* a, const skein_value* b, bool* out, skein_error** error) {
  return give(value_of(a).strictly_equals(value_of(b)), out, error);
}
skein_status skein_value_int64(const skein_value* value, int64_t* out, skein_error** error) { return give(value_of(value).to<int64_t>(), out, error); }
skein_status skein_value_uint64(const skein_value* value, uint64_t* out, skein_error** error) { return give(value_of(value).to<uint64_t>(), out, error); }
skein_status skein_value_bytes(const skein_value* value, uint8_t** out, size_t* length, skein_error** error) {
  auto bytes = value_of(value).bytes();
  if (!bytes) return fail(bytes.error(), error);
  *out = bytes->data();
  *length = bytes->size();
  return SKEIN_OK;
}

// --- Objects and functions ----------------------------------------------------------------------------------------

skein_status skein_get(const skein_value* object, const char* key, skein_value** out, skein_error** error) {
  return give(value_of(object).get(text_of(key)), out, error);
}
skein_status skein_get_index(const skein_value* object, uint32_t index, skein_value** out, skein_error** error) {
  return give(value_of(object).get(index), out, error);
}
skein_status skein_get_value(const skein_value* object, const skein_value* key, skein_value** out, skein_error** error) {
  return give(value_of(object).get(value_of(key)), out, error);
}
skein_status skein_set(const skein_value* object, const char* key, const skein_value* value, skein_error** error) {
  return give(value_of(object).set(text_of(key), value_of(value)), error);
}
skein_status skein_set_index(const skein_value* object, uint32_t index, const skein_value* value, skein_error** error) {
  return give(value_of(object).set(index, value_of(value)), error);
}
skein_status skein_has(const skein_value* object, const char* key, bool* out, skein_error** error) {
  return give(value_of(object).has(text_of(key)), out, error);
}
skein_status skein_remove(const skein_value* object, const char* key, bool* out, skein_error** error) {
  bool ignored;
  return give(value_of(object).remove(text_of(key)), out == nullptr ? &ignored : out, error);
}
skein_status skein_length(const skein_value* object, size_t* out, skein_error** error) { return give(value_of(object).length(), out, error); }

skein_status skein_keys(const skein_value* object, char*** out, size_t* count, skein_error** error) {
  auto keys = value_of(object).keys();
  if (!keys) return fail(keys.error(), error);
  // One block: the pointers, then the texts.
  size_t size = sizeof(char*) * (keys->size() + 1);
  for (const std::string& key : *keys) size += key.size() + 1;
  auto** list = static_cast<char**>(std::malloc(size));
  if (list == nullptr) return fail(Error(ErrorKind::kInvalid, "Not enough memory for the keys"), error);
  char* at = reinterpret_cast<char*>(list + keys->size() + 1);
  for (size_t i = 0; i < keys->size(); ++i) {
    const std::string& key = (*keys)[i];
    std::memcpy(at, key.c_str(), key.size() + 1);
    list[i] = at;
    at += key.size() + 1;
  }
  list[keys->size()] = nullptr;
  *count = keys->size();
  *out = list;
  return SKEIN_OK;
}
void skein_keys_free(char** keys) { std::free(keys); }

skein_status skein_call_function(const skein_value* function, const skein_value* receiver, const skein_value* const* arguments, size_t count, skein_value** out, skein_error** error) {
  return give(value_of(function).call_with(value_of(receiver), values_of(arguments, count)), out, error);
}
skein_status skein_invoke(const skein_value* object, const char* method, const skein_value* const* arguments, size_t count, skein_value** out, skein_error** error) {
  auto function = value_of(object).get(text_of(method));
  if (!function) return fail(function.error(), error);
  return give(function->call_with(value_of(object), values_of(arguments, count)), out, error);
}
skein_status skein_construct(const skein_value* constructor, const skein_value* const* arguments, size_t count, skein_value** out, skein_error** error) {
  return give(value_of(constructor).construct_with(values_of(arguments, count)), out, error);
}

// --- Structured clone ---------------------------------------------------------------------------------------------

skein_status skein_serialize(skein_context* context, const skein_value* value, uint8_t** out, size_t* length, skein_error** error) {
  auto serialized = in(context).serialize(value_of(value));
  if (!serialized) return fail(serialized.error(), error);
  std::span<const uint8_t> bytes = serialized->bytes().value();
  auto* copy = static_cast<uint8_t*>(std::malloc(bytes.size()));
  if (copy == nullptr) return fail(Error(ErrorKind::kInvalid, "Not enough memory for a serialized value"), error);
  std::memcpy(copy, bytes.data(), bytes.size());
  *length = bytes.size();
  *out = copy;
  return SKEIN_OK;
}
void skein_bytes_free(uint8_t* bytes) { std::free(bytes); }
skein_status skein_deserialize(skein_context* context, const uint8_t* bytes, size_t length, skein_value** out, skein_error** error) {
  return give(in(context).deserialize(std::span(bytes, length)), out, error);
}

skein_status skein_message_new(skein_context* context, const skein_value* value, skein_clone_scope scope, const skein_value* const* transfer, size_t count, skein_message** out, skein_error** error) {
  std::vector<Value> moved = values_of(transfer, count);
  return give_handle(in(context).serialize(value_of(value), {static_cast<skein::api::CloneScope>(scope), moved}), out, error);
}
skein_message* skein_message_from_bytes(const uint8_t* bytes, size_t length) { return new skein_message{SerializedValue::from_bytes({bytes, length})}; }
skein_status skein_message_read(skein_context* context, skein_message* message, skein_value** out, skein_error** error) {
  return give(in(context).deserialize(message->message), out, error);
}
skein_status skein_message_bytes(const skein_message* message, const uint8_t** out, size_t* length, skein_error** error) {
  auto bytes = message->message.bytes();
  if (!bytes) return fail(bytes.error(), error);
  *out = bytes->data();
  *length = bytes->size();
  return SKEIN_OK;
}
skein_clone_scope skein_message_scope(const skein_message* message) { return static_cast<skein_clone_scope>(message->message.scope()); }
size_t skein_message_size(const skein_message* message) { return message->message.size(); }
void skein_message_free(skein_message* message) { delete message; }

// --- Promises -----------------------------------------------------------------------------------------------------

namespace skein::api {

namespace c {
// What skein_resolve_with makes, in the context.
struct Making {
  skein_status (*make)(void* user, skein_context* context, skein_value** out, skein_error** error);
  SharedUser user;
};
}  // namespace c

template <>
struct Converter<c::Making> {
  static Result<Value> to(const Context& context, const c::Making& making) {
    skein_context handle{context};
    skein_value* value = nullptr;
    skein_error* error = nullptr;
    skein_status status = making.make(making.user->get(), &handle, &value, &error);
    std::unique_ptr<skein_value> owned(value);
    if (status != SKEIN_OK) return c::take(status, error);
    return c::value_of(value);
  }
};

}  // namespace skein::api

skein_status skein_promise(skein_context* context, skein_resolver** out, skein_error** error) { return give_handle(in(context).promise(), out, error); }
skein_value* skein_resolver_promise(const skein_resolver* resolver) { return new skein_value{resolver->resolver.promise()}; }
skein_status skein_resolve(skein_resolver* resolver, const skein_value* value, skein_error** error) { return give(resolver->resolver.resolve(value_of(value)), error); }
skein_status skein_resolve_number(skein_resolver* resolver, double number, skein_error** error) { return give(resolver->resolver.resolve(number), error); }
skein_status skein_resolve_text(skein_resolver* resolver, const char* text, size_t length, skein_error** error) {
  return give(resolver->resolver.resolve(std::string(text, length)), error);
}
skein_status skein_resolve_with(skein_resolver* resolver, skein_status (*make)(void* user, skein_context* context, skein_value** out, skein_error** error), void* user, void (*free_user)(void* user), skein_error** error) {
  return give(resolver->resolver.resolve(Making{make, share(user, free_user)}), error);
}
skein_status skein_reject(skein_resolver* resolver, const char* message, skein_error** error) {
  return give(resolver->resolver.reject(Error(std::string(text_of(message)))), error);
}
skein_status skein_reject_error(skein_resolver* resolver, const skein_error* reason, skein_error** error) {
  return give(resolver->resolver.reject(reason->error), error);
}
void skein_resolver_free(skein_resolver* resolver) { delete resolver; }

skein_status skein_promise_state(const skein_value* promise, skein_promise_status* out, skein_error** error) {
  auto state = value_of(promise).promise_state();
  if (!state) return fail(state.error(), error);
  *out = static_cast<skein_promise_status>(*state);
  return SKEIN_OK;
}
skein_status skein_promise_result(const skein_value* promise, skein_value** out, skein_error** error) {
  return give(value_of(promise).promise_result(), out, error);
}

// --- Errors -------------------------------------------------------------------------------------------------------

skein_error* skein_error_new(skein_error_class error_class, const char* message) {
  return new skein_error{Error::of_class(static_cast<skein::api::ErrorClass>(error_class), std::string(text_of(message)))};
}
skein_error* skein_error_of_value(const skein_value* value) { return new skein_error{Error::of_value(value_of(value))}; }
skein_error* skein_error_copy(const skein_error* error) { return new skein_error{error->error}; }
skein_status skein_error_status(const skein_error* error) { return status_of(error->error); }
skein_error_class skein_error_get_class(const skein_error* error) { return static_cast<skein_error_class>(error->error.error_class()); }
const char* skein_error_message(const skein_error* error) { return error->error.message().c_str(); }
const char* skein_error_stack(const skein_error* error) { return error->error.stack().c_str(); }
const char* skein_error_file(const skein_error* error) { return error->error.file().c_str(); }
uint32_t skein_error_line(const skein_error* error) { return error->error.line(); }
uint32_t skein_error_column(const skein_error* error) { return error->error.column(); }
int skein_error_exit_code(const skein_error* error) { return error->error.exit_code(); }
skein_value* skein_error_value(const skein_error* error) { return new skein_value{error->error.value()}; }
void skein_error_free(skein_error* error) { delete error; }
