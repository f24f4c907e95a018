#include "skein/skein_c.h"

#include <chrono>
#include <cstdlib>
#include <cstring>

#include "skein/skein.h"

using skein::api::Call;
using skein::api::Context;
using skein::api::Engine;
using skein::api::Error;
using skein::api::ErrorKind;
using skein::api::Resolver;
using skein::api::Result;
using skein::api::Scope;
using skein::api::Value;

struct skein_engine {
  Engine engine;
};
struct skein_context {
  Context context;
};
struct skein_value {
  Value value;
};
struct skein_error {
  Error error;
};
struct skein_scope {
  Scope scope;
};
struct skein_resolver {
  Resolver resolver;
};
struct skein_call {
  Call& call;
};

namespace {

static_assert(static_cast<int>(ErrorKind::kInvalid) + 1 == SKEIN_INVALID);
static_assert(static_cast<int>(skein::api::Type::kHostObject) == SKEIN_HOST_OBJECT);

skein_status status_of(const Error& error) { return static_cast<skein_status>(static_cast<int>(error.kind()) + 1); }

skein_status fail(const Error& why, skein_error** error) {
  if (error != nullptr) *error = new skein_error{why};
  return status_of(why);
}

skein_status give(Result<Value> result, skein_value** out, skein_error** error) {
  if (!result) return fail(result.error(), error);
  *out = new skein_value{*std::move(result)};
  return SKEIN_OK;
}

skein_status give(const Result<void>& result, skein_error** error) { return result ? SKEIN_OK : fail(result.error(), error); }

std::string_view text_of(const char* text) { return text == nullptr ? std::string_view() : std::string_view(text); }

std::vector<Value> values_of(const skein_value* const* values, size_t count) {
  std::vector<Value> list;
  for (size_t i = 0; i < count; ++i) list.push_back(values[i]->value);
  return list;
}

// What a bound C function owns.
struct Callback {
  skein_callback function;
  void* user;
  void (*free_user)(void*);
  ~Callback() {
    if (free_user != nullptr) free_user(user);
  }
};

}  // namespace

#define SKEIN_TEXT(x) #x
#define SKEIN_VERSION_TEXT(a, b, c) SKEIN_TEXT(a) "." SKEIN_TEXT(b) "." SKEIN_TEXT(c)
const char* skein_version(void) { return SKEIN_VERSION_TEXT(SKEIN_VERSION_MAJOR, SKEIN_VERSION_MINOR, SKEIN_VERSION_PATCH); }

skein_engine* skein_engine_new(void) { return new skein_engine{Engine()}; }
void skein_engine_free(skein_engine* engine) { delete engine; }

skein_status skein_context_new(skein_engine* engine, const skein_context_options* options, skein_context** out, skein_error** error) {
  skein::api::ContextOptions wanted;
  if (options != nullptr) {
    wanted.name = text_of(options->name);
    wanted.limits.heap_bytes = options->heap_bytes;
    wanted.limits.stack_bytes = options->stack_bytes;
    wanted.limits.time = std::chrono::nanoseconds(options->time_ns);
    wanted.limits.cpu_time = std::chrono::nanoseconds(options->cpu_time_ns);
    wanted.limits.instructions = options->instructions;
    wanted.limits.queue_bytes = options->queue_bytes;
    if (options->language_only) wanted.globals = skein::api::Globals::kLanguage;
    if (options->on_interrupt != nullptr) {
      wanted.on_interrupt = [callback = options->on_interrupt, user = options->user](const Context& context) {
        skein_context handle{context};
        return callback(user, &handle) ? skein::api::InterruptAction::kContinue : skein::api::InterruptAction::kTerminate;
      };
    }
  }
  auto context = engine->engine.create_context(std::move(wanted));
  if (!context) return fail(context.error(), error);
  *out = new skein_context{*std::move(context)};
  return SKEIN_OK;
}

skein_context* skein_context_retain(skein_context* context) { return new skein_context{context->context}; }
void skein_context_free(skein_context* context) { delete context; }
skein_status skein_context_close(skein_context* context, bool cancel, skein_error** error) {
  return give(context->context.close(cancel ? skein::api::Cancel::kYes : skein::api::Cancel::kNo), error);
}
void skein_context_terminate(skein_context* context) { context->context.terminate(); }
void skein_context_request_interrupt(skein_context* context) { context->context.request_interrupt(); }

skein_status skein_context_enter(skein_context* context, bool wait, skein_scope** out, skein_error** error) {
  auto scope = wait ? context->context.enter_when_free() : context->context.enter();
  if (!scope) return fail(scope.error(), error);
  *out = new skein_scope{*std::move(scope)};
  return SKEIN_OK;
}
void skein_scope_free(skein_scope* scope) { delete scope; }

skein_status skein_evaluate(skein_context* context, const char* source, size_t length, const char* name, skein_value** out, skein_error** error) {
  return give(context->context.evaluate({source, length}, name == nullptr ? "<evaluate>" : name), out, error);
}
skein_status skein_run_event_loop(skein_context* context, skein_error** error) { return give(context->context.run_event_loop(), error); }
skein_status skein_await(skein_context* context, const skein_value* value, skein_value** out, skein_error** error) {
  return give(context->context.await(value->value), out, error);
}
skein_status skein_global(skein_context* context, skein_value** out, skein_error** error) { return give(context->context.global(), out, error); }

skein_value* skein_undefined(void) { return new skein_value{}; }
skein_value* skein_null(void) { return new skein_value{Value::null()}; }
skein_value* skein_boolean(bool boolean) { return new skein_value{Value(boolean)}; }
skein_value* skein_number(double number) { return new skein_value{Value(number)}; }
skein_status skein_string(skein_context* context, const char* text, size_t length, skein_value** out, skein_error** error) {
  return give(context->context.string({text, length}), out, error);
}
skein_status skein_object(skein_context* context, skein_value** out, skein_error** error) { return give(context->context.object(), out, error); }
skein_status skein_array(skein_context* context, const skein_value* const* elements, size_t count, skein_value** out, skein_error** error) {
  return give(context->context.array(values_of(elements, count)), out, error);
}
skein_value* skein_value_copy(const skein_value* value) { return new skein_value{value->value}; }
void skein_value_free(skein_value* value) { delete value; }
skein_type skein_value_type(const skein_value* value) { return static_cast<skein_type>(value->value.type()); }
bool skein_value_boolean(const skein_value* value) { return value->value.as_boolean(); }
double skein_value_number(const skein_value* value) { return value->value.as_number(); }

skein_status skein_value_text(const skein_value* value, char** out, size_t* length, skein_error** error) {
  auto text = value->value.to_string();
  if (!text) return fail(text.error(), error);
  char* copy = static_cast<char*>(std::malloc(text->size() + 1));
  if (copy == nullptr) return fail(Error(ErrorKind::kInvalid, "Not enough memory for a text"), error);
  std::memcpy(copy, text->c_str(), text->size() + 1);
  if (length != nullptr) *length = text->size();
  *out = copy;
  return SKEIN_OK;
}
void skein_text_free(char* text) { std::free(text); }

skein_status skein_get(const skein_value* object, const char* key, skein_value** out, skein_error** error) {
  return give(object->value.get(text_of(key)), out, error);
}
skein_status skein_get_index(const skein_value* object, uint32_t index, skein_value** out, skein_error** error) {
  return give(object->value.get(index), out, error);
}
skein_status skein_set(const skein_value* object, const char* key, const skein_value* value, skein_error** error) {
  return give(object->value.set(text_of(key), value->value), error);
}
skein_status skein_call_function(const skein_value* function, const skein_value* receiver, const skein_value* const* arguments, size_t count, skein_value** out, skein_error** error) {
  return give(function->value.call_with(receiver == nullptr ? Value() : receiver->value, values_of(arguments, count)), out, error);
}

skein_status skein_serialize(skein_context* context, const skein_value* value, uint8_t** out, size_t* length, skein_error** error) {
  auto serialized = context->context.serialize(value->value);
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
  return give(context->context.deserialize(std::span(bytes, length)), out, error);
}

skein_status skein_bind(skein_context* context, const char* name, skein_callback callback, void* user, void (*free_user)(void* user), skein_error** error) {
  auto owned = std::make_shared<Callback>(callback, user, free_user);
  auto function = context->context.function(text_of(name), [owned](Call& call) {
    skein_call handle{call};
    owned->function(owned->user, &handle);
  });
  if (!function) return fail(function.error(), error);
  auto global = context->context.global();
  if (!global) return fail(global.error(), error);
  return give(global->set(text_of(name), *function), error);
}
size_t skein_call_count(const skein_call* call) { return call->call.size(); }
skein_value* skein_call_argument(const skein_call* call, size_t index) { return new skein_value{call->call[index]}; }
skein_value* skein_call_receiver(const skein_call* call) { return new skein_value{call->call.receiver()}; }
skein_context* skein_call_context(const skein_call* call) { return new skein_context{call->call.context()}; }
void skein_call_return(skein_call* call, const skein_value* value) { call->call.returns(value->value); }
void skein_call_return_text(skein_call* call, const char* text, size_t length) { call->call.return_text({text, length}); }
void skein_call_throw(skein_call* call, const char* message) { call->call.fails(Error::type_error(message)); }
void skein_call_throw_error(skein_call* call, const skein_error* error) { call->call.fails(error->error); }

skein_status skein_promise(skein_context* context, skein_resolver** out, skein_error** error) {
  auto resolver = context->context.promise();
  if (!resolver) return fail(resolver.error(), error);
  *out = new skein_resolver{*std::move(resolver)};
  return SKEIN_OK;
}
skein_value* skein_resolver_promise(const skein_resolver* resolver) { return new skein_value{resolver->resolver.promise()}; }
skein_status skein_resolve_number(skein_resolver* resolver, double number, skein_error** error) { return give(resolver->resolver.resolve(number), error); }
skein_status skein_resolve_text(skein_resolver* resolver, const char* text, size_t length, skein_error** error) {
  return give(resolver->resolver.resolve(std::string(text, length)), error);
}
skein_status skein_reject(skein_resolver* resolver, const char* message, skein_error** error) {
  return give(resolver->resolver.reject(Error(std::string(text_of(message)))), error);
}
void skein_resolver_free(skein_resolver* resolver) { delete resolver; }

skein_status skein_error_status(const skein_error* error) { return status_of(error->error); }
const char* skein_error_message(const skein_error* error) { return error->error.message().c_str(); }
const char* skein_error_stack(const skein_error* error) { return error->error.stack().c_str(); }
skein_value* skein_error_value(const skein_error* error) { return new skein_value{error->error.value()}; }
void skein_error_free(skein_error* error) { delete error; }
