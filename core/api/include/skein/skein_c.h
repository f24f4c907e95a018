/* Skein's C API, over the C++ one: for other languages and for C.
 *
 * Handles are opaque; whoever gets one through an `out` parameter or as a result frees it with the function
 * of its type, on any thread. Texts are UTF-8. A function that can fail returns a skein_status; when that is
 * not SKEIN_OK and `error` is not null, *error is set and the caller frees it; *out is then untouched.
 *
 * THREADS   As skein/context.h: a context is used by one thread at a time, every function enters it for its
 * own duration, and a second thread gets SKEIN_WRONG_THREAD. Functions marked ANY THREAD never fail so.
 */
#ifndef SKEIN_C_H
#define SKEIN_C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "skein/config.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct skein_engine skein_engine;
typedef struct skein_context skein_context;
typedef struct skein_value skein_value;
typedef struct skein_error skein_error;
typedef struct skein_scope skein_scope;
typedef struct skein_resolver skein_resolver;
typedef struct skein_call skein_call; /* of a bound function; only during the call */

/* The kinds of Error (skein/result.h). */
typedef enum skein_status {
  SKEIN_OK = 0,
  SKEIN_EXCEPTION,
  SKEIN_SYNTAX,
  SKEIN_STACK,
  SKEIN_TERMINATED,
  SKEIN_HEAP_LIMIT,
  SKEIN_TIME_LIMIT,
  SKEIN_CPU_LIMIT,
  SKEIN_INSTRUCTION_LIMIT,
  SKEIN_QUEUE_LIMIT,
  SKEIN_WORKER_LIMIT,
  SKEIN_EXIT,
  SKEIN_WRONG_THREAD,
  SKEIN_WRONG_CONTEXT,
  SKEIN_CLOSED,
  SKEIN_WRONG_TYPE,
  SKEIN_INVALID
} skein_status;

/* As skein::Type. */
typedef enum skein_type {
  SKEIN_UNDEFINED = 0,
  SKEIN_NULL,
  SKEIN_BOOLEAN,
  SKEIN_NUMBER,
  SKEIN_BIGINT,
  SKEIN_STRING,
  SKEIN_SYMBOL,
  SKEIN_OBJECT,
  SKEIN_FUNCTION,
  SKEIN_ARRAY,
  SKEIN_ERROR_OBJECT,
  SKEIN_PROMISE,
  SKEIN_ARRAY_BUFFER,
  SKEIN_SHARED_ARRAY_BUFFER,
  SKEIN_ARRAY_BUFFER_VIEW,
  SKEIN_DATE,
  SKEIN_REG_EXP,
  SKEIN_MAP,
  SKEIN_SET,
  SKEIN_PROXY,
  SKEIN_HOST_OBJECT
} skein_type;

/* 0 in any field: the default. Sizes in bytes, times in nanoseconds. */
typedef struct skein_context_options {
  const char* name;
  size_t heap_bytes;
  size_t stack_bytes;
  uint64_t time_ns;
  uint64_t cpu_time_ns;
  uint64_t instructions;
  size_t queue_bytes;
  bool language_only; /* no console and timers */
  /* Returns whether the script goes on. Called in the context after skein_context_request_interrupt. */
  bool (*on_interrupt)(void* user, skein_context* context);
  void* user; /* handed to on_interrupt */
} skein_context_options;

SKEIN_API const char* skein_version(void);

/* --- Engines and contexts. ANY THREAD --- */
SKEIN_API skein_engine* skein_engine_new(void);
SKEIN_API void skein_engine_free(skein_engine* engine);
SKEIN_API skein_status skein_context_new(skein_engine* engine, const skein_context_options* options, skein_context** out, skein_error** error);
SKEIN_API skein_context* skein_context_retain(skein_context* context); /* another handle */
SKEIN_API void skein_context_free(skein_context* context);             /* the last handle closes it */
SKEIN_API skein_status skein_context_close(skein_context* context, bool cancel, skein_error** error);
SKEIN_API void skein_context_terminate(skein_context* context);         /* async-signal-safe */
SKEIN_API void skein_context_request_interrupt(skein_context* context); /* async-signal-safe */

/* The thread is in the context until skein_scope_free on the same thread. `wait`: until nobody else is in it. */
SKEIN_API skein_status skein_context_enter(skein_context* context, bool wait, skein_scope** out, skein_error** error);
SKEIN_API void skein_scope_free(skein_scope* scope);

/* --- Scripts --- */
SKEIN_API skein_status skein_evaluate(skein_context* context, const char* source, size_t length, const char* name, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_run_event_loop(skein_context* context, skein_error** error);
SKEIN_API skein_status skein_await(skein_context* context, const skein_value* value, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_global(skein_context* context, skein_value** out, skein_error** error);

/* --- Values. Handles may be copied and freed on any thread --- */
SKEIN_API skein_value* skein_undefined(void);
SKEIN_API skein_value* skein_null(void);
SKEIN_API skein_value* skein_boolean(bool boolean);
SKEIN_API skein_value* skein_number(double number);
SKEIN_API skein_status skein_string(skein_context* context, const char* text, size_t length, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_object(skein_context* context, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_array(skein_context* context, const skein_value* const* elements, size_t count, skein_value** out, skein_error** error);
SKEIN_API skein_value* skein_value_copy(const skein_value* value);
SKEIN_API void skein_value_free(skein_value* value);
SKEIN_API skein_type skein_value_type(const skein_value* value); /* ANY THREAD */
SKEIN_API bool skein_value_boolean(const skein_value* value);    /* ANY THREAD; false if it is none */
SKEIN_API double skein_value_number(const skein_value* value);   /* ANY THREAD; NaN if it is none */
/* ToString. *out is terminated by a zero; freed with skein_text_free. `length` may be null. */
SKEIN_API skein_status skein_value_text(const skein_value* value, char** out, size_t* length, skein_error** error);
SKEIN_API void skein_text_free(char* text);
SKEIN_API skein_status skein_get(const skein_value* object, const char* key, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_get_index(const skein_value* object, uint32_t index, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_set(const skein_value* object, const char* key, const skein_value* value, skein_error** error);
/* `receiver` may be null: undefined. */
SKEIN_API skein_status skein_call_function(const skein_value* function, const skein_value* receiver, const skein_value* const* arguments, size_t count, skein_value** out, skein_error** error);

/* --- Structured clone (skein/clone.h), to bytes that may go anywhere. Hostile bytes give SKEIN_EXCEPTION --- */
/* *out is freed with skein_bytes_free. */
SKEIN_API skein_status skein_serialize(skein_context* context, const skein_value* value, uint8_t** out, size_t* length, skein_error** error);
SKEIN_API void skein_bytes_free(uint8_t* bytes);
SKEIN_API skein_status skein_deserialize(skein_context* context, const uint8_t* bytes, size_t length, skein_value** out, skein_error** error);

/* --- Binding --- */
/* The callback runs in the thread that is in the context; it sets a result or an error, else undefined. */
typedef void (*skein_callback)(void* user, skein_call* call);
/* A global function. `free_user` (may be null) is called once, when the function is collected. */
SKEIN_API skein_status skein_bind(skein_context* context, const char* name, skein_callback callback, void* user, void (*free_user)(void* user), skein_error** error);
SKEIN_API size_t skein_call_count(const skein_call* call);
SKEIN_API skein_value* skein_call_argument(const skein_call* call, size_t index); /* the caller frees it */
SKEIN_API skein_value* skein_call_receiver(const skein_call* call);
SKEIN_API skein_context* skein_call_context(const skein_call* call);
SKEIN_API void skein_call_return(skein_call* call, const skein_value* value);
SKEIN_API void skein_call_return_text(skein_call* call, const char* text, size_t length);
SKEIN_API void skein_call_throw(skein_call* call, const char* message);           /* a new TypeError */
SKEIN_API void skein_call_throw_error(skein_call* call, const skein_error* error); /* passes it on */

/* --- Promises --- */
SKEIN_API skein_status skein_promise(skein_context* context, skein_resolver** out, skein_error** error);
SKEIN_API skein_value* skein_resolver_promise(const skein_resolver* resolver);
/* ANY THREAD; once. The text becomes a string, the number a number, in the context's event loop. */
SKEIN_API skein_status skein_resolve_number(skein_resolver* resolver, double number, skein_error** error);
SKEIN_API skein_status skein_resolve_text(skein_resolver* resolver, const char* text, size_t length, skein_error** error);
SKEIN_API skein_status skein_reject(skein_resolver* resolver, const char* message, skein_error** error);
SKEIN_API void skein_resolver_free(skein_resolver* resolver);

/* --- Errors. ANY THREAD. Texts live as long as the error --- */
SKEIN_API skein_status skein_error_status(const skein_error* error);
SKEIN_API const char* skein_error_message(const skein_error* error);
SKEIN_API const char* skein_error_stack(const skein_error* error);
SKEIN_API skein_value* skein_error_value(const skein_error* error); /* what was thrown; the caller frees it */
SKEIN_API void skein_error_free(skein_error* error);

#ifdef __cplusplus
}
#endif

#endif
