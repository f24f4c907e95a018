/* Skein's C API, over the C++ one: for other languages and for C. docs/embedding/c.md has a table of it.
 *
 * OWNERSHIP  Handles are opaque; whoever gets one through an `out` parameter or as a result frees it with the
 *            function of its type, on any thread; that of a null pointer does nothing. Handles that a callback
 *            gets as arguments live until it returns. Texts and bytes that go in are copied.
 * ERRORS     A function that can fail returns a skein_status. When that is not SKEIN_OK and `error` is not
 *            null, *error is set and the caller frees it; *out is then untouched.
 * THREADS    As skein/context.h: a context is used by one thread at a time, a function enters it for its own
 *            duration, and a second thread gets SKEIN_WRONG_THREAD. Those marked ANY THREAD never look at who
 *            is in the context.
 * TEXTS      UTF-8. A `const char*` without a length ends with a zero.
 * CALLBACKS  `user` is handed back to them as it is. `free_user`, which may be null, is called with it exactly
 *            once, when the last callback that has it can never be called again; also when the function fails.
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
typedef struct skein_scope skein_scope;
typedef struct skein_suspension skein_suspension;
typedef struct skein_script skein_script;
typedef struct skein_value skein_value;
typedef struct skein_error skein_error;
typedef struct skein_message skein_message;
typedef struct skein_class skein_class;
typedef struct skein_resolver skein_resolver;
typedef struct skein_pool skein_pool;
typedef struct skein_call skein_call;   /* of a bound function; only during the call */
typedef struct skein_reply skein_reply; /* what a callback of the host answers; only during the callback */

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

/* As skein::ErrorClass. */
typedef enum skein_error_class {
  SKEIN_ERROR = 0,
  SKEIN_TYPE_ERROR,
  SKEIN_RANGE_ERROR,
  SKEIN_REFERENCE_ERROR,
  SKEIN_SYNTAX_ERROR
} skein_error_class;

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

/* As skein::Globals, but for the order: what 0 gives is what most want. */
typedef enum skein_globals {
  SKEIN_GLOBALS_BASIC = 0, /* ECMA-262, console, timers */
  SKEIN_GLOBALS_LANGUAGE,  /* ECMA-262 alone */
  SKEIN_GLOBALS_PROGRAM    /* process, Worker, node: modules: reaches files; not for code that is not trusted */
} skein_globals;

typedef enum skein_clone_scope {
  SKEIN_DIFFERENT_PROCESS = 0, /* bytes alone */
  SKEIN_SAME_PROCESS           /* shared memory is shared, and what is transferred moves */
} skein_clone_scope;

typedef enum skein_promise_status { SKEIN_PENDING = 0, SKEIN_FULFILLED, SKEIN_REJECTED } skein_promise_status;

/* 0 in any field: the default. */
typedef struct skein_engine_options {
  size_t code_cache_bytes; /* of source text; the default is 8 MB */
  bool no_code_cache;
  /* What is wrong but cannot be returned; the default writes to the standard error. Any thread. */
  void (*on_misuse)(void* user, const char* message);
  void* user;
  void (*free_user)(void* user);
} skein_engine_options;

/* 0 in any field: the default. Sizes in bytes, times in nanoseconds; see skein::Limits and ContextOptions. */
typedef struct skein_context_options {
  const char* name;
  size_t heap_bytes;
  size_t stack_bytes;
  uint64_t time_ns;
  uint64_t cpu_time_ns;
  uint64_t instructions;
  size_t queue_bytes;
  size_t workers; /* at once; SKEIN_GLOBALS_PROGRAM only */
  skein_globals globals;
  bool cannot_block; /* Atomics.wait throws */
  /* Callbacks, each may be null; called in the context. */
  /* Returns whether the script goes on. Some time after skein_context_request_interrupt. */
  bool (*on_interrupt)(void* user, skein_context* context);
  /* An exception of a job or timer, or a rejection, that nobody handles. */
  void (*on_uncaught)(void* user, skein_context* context, const skein_error* error);
  /* What console writes. */
  void (*write)(void* user, bool is_error, const char* text, size_t length);
  /* The name of the module that `specifier` means in `referrer`; null: see skein::ModuleLoader. */
  void (*resolve_module)(void* user, const char* specifier, const char* referrer, skein_reply* reply);
  /* The source of a module; null: every import fails. */
  void (*load_module)(void* user, const char* name, skein_reply* reply);
  void* user; /* handed to all of these; freed when the context has been closed and its last value is gone */
  void (*free_user)(void* user);
} skein_context_options;

/* ANY THREAD; static texts. */
SKEIN_API const char* skein_version(void);
SKEIN_API const char* skein_status_text(skein_status status); /* "heap limit" */
SKEIN_API const char* skein_type_text(skein_type type);       /* "a string" */
/* The number by which messages name the calling thread. ANY THREAD */
SKEIN_API uint64_t skein_current_thread_id(void);

/* --- Engines. ANY THREAD --- */
/* `options` may be null. An engine lives as long as its contexts need it. */
SKEIN_API skein_engine* skein_engine_new(const skein_engine_options* options);
SKEIN_API void skein_engine_free(skein_engine* engine);
typedef struct skein_cache_figures {
  size_t entries;
  size_t source_bytes;
  uint64_t hits;
  uint64_t misses;
} skein_cache_figures;
SKEIN_API void skein_engine_cache_figures(const skein_engine* engine, skein_cache_figures* out);

/* --- Contexts. ANY THREAD --- */
/* Entered by nobody. `options` may be null. */
SKEIN_API skein_status skein_context_new(skein_engine* engine, const skein_context_options* options, skein_context** out, skein_error** error);
SKEIN_API skein_context* skein_context_retain(skein_context* context); /* another handle */
SKEIN_API void skein_context_free(skein_context* context);             /* the last handle closes it */
/* Frees the heap. SKEIN_WRONG_THREAD while another thread is in it or suspended in it; `cancel` ends its script
 * instead and waits. */
SKEIN_API skein_status skein_context_close(skein_context* context, bool cancel, skein_error** error);
SKEIN_API void skein_context_terminate(skein_context* context);         /* what runs now; async-signal-safe */
SKEIN_API void skein_context_request_interrupt(skein_context* context); /* async-signal-safe */
SKEIN_API uint64_t skein_context_id(const skein_context* context);
SKEIN_API const char* skein_context_name(const skein_context* context); /* lives as long as the handle */
SKEIN_API bool skein_context_is_entered(const skein_context* context);  /* by the calling thread */
SKEIN_API bool skein_context_is_closed(const skein_context* context);

/* --- Who is in it --- */
/* The thread is in the context until skein_scope_free on the same thread. `wait`: until nobody else is in it. */
SKEIN_API skein_status skein_context_enter(skein_context* context, bool wait, skein_scope** out, skein_error** error);
/* Waits at most so long; then SKEIN_WRONG_THREAD. */
SKEIN_API skein_status skein_context_enter_within(skein_context* context, uint64_t timeout_ns, skein_scope** out, skein_error** error);
SKEIN_API void skein_scope_free(skein_scope* scope);
/* IN THE CONTEXT. The thread has left it, so that others may enter, until skein_suspension_free on the same
 * thread, which waits until the context is free. */
SKEIN_API skein_status skein_context_suspend(skein_context* context, skein_suspension** out, skein_error** error);
SKEIN_API void skein_suspension_free(skein_suspension* suspension);
/* IN THE CONTEXT. Lets others in who wait. */
SKEIN_API skein_status skein_context_yield(skein_context* context, skein_error** error);
/* In long native work: lets the collector and interrupts in. Not SKEIN_OK: return at once. */
SKEIN_API skein_status skein_context_safepoint(skein_context* context, skein_error** error);

/* --- Scripts --- */
/* `name` may be null. The completion value; jobs that are ready run before it returns. */
SKEIN_API skein_status skein_evaluate(skein_context* context, const char* source, size_t length, const char* name, skein_value** out, skein_error** error);
/* Compiled once, run in any context, on any thread, also at once. */
SKEIN_API skein_status skein_compile(skein_context* context, const char* source, size_t length, const char* name, skein_script** out, skein_error** error);
SKEIN_API skein_status skein_run(skein_context* context, const skein_script* script, skein_value** out, skein_error** error);
SKEIN_API void skein_script_free(skein_script* script);
SKEIN_API skein_status skein_global(skein_context* context, skein_value** out, skein_error** error);
/* *out is a promise of the module's namespace object: skein_await gives that. */
SKEIN_API skein_status skein_evaluate_module(skein_context* context, const char* source, size_t length, const char* name, skein_value** out, skein_error** error);
/* As import(specifier) in a script called `referrer`, which may be null. Likewise. */
SKEIN_API skein_status skein_import_module(skein_context* context, const char* specifier, const char* referrer, skein_value** out, skein_error** error);

/* --- The event loop --- */
SKEIN_API skein_status skein_run_event_loop(skein_context* context, skein_error** error);
/* One turn without waiting. *more, if not null: whether anything can happen later by itself. */
SKEIN_API skein_status skein_run_pending(skein_context* context, bool* more, skein_error** error);
/* *out: nanoseconds until skein_run_pending has something to do, -1: not without being woken. */
SKEIN_API skein_status skein_time_to_next_timer(skein_context* context, int64_t* out, skein_error** error);
/* Runs the event loop until the promise is settled; other values are given back. */
SKEIN_API skein_status skein_await(skein_context* context, const skein_value* value, skein_value** out, skein_error** error);
/* `wake` is called on whatever thread has given the context something to do, when skein_run_pending is to be
 * called; it must not use the context. Null: none. */
SKEIN_API skein_status skein_context_set_wake_callback(skein_context* context, void (*wake)(void* user), void* user, void (*free_user)(void* user), skein_error** error);
/* ANY THREAD. The task runs in the context, in its event loop; `bytes` is what it counts for queue_bytes. */
SKEIN_API skein_status skein_context_post(skein_context* context, void (*task)(void* user, skein_context* context), void* user, void (*free_user)(void* user), size_t bytes, skein_error** error);

/* --- Values. Handles may be copied and freed on any thread, also when the context is closed --- */
/* ANY THREAD */
SKEIN_API skein_value* skein_undefined(void);
SKEIN_API skein_value* skein_null(void);
SKEIN_API skein_value* skein_boolean(bool boolean);
SKEIN_API skein_value* skein_number(double number);
SKEIN_API skein_value* skein_value_copy(const skein_value* value);
SKEIN_API void skein_value_free(skein_value* value);
SKEIN_API skein_type skein_value_type(const skein_value* value);
SKEIN_API bool skein_value_boolean(const skein_value* value);  /* false if it is none */
SKEIN_API double skein_value_number(const skein_value* value); /* NaN if it is none */
SKEIN_API skein_context* skein_value_context(const skein_value* value); /* null of immediates, and once it is closed */

/* New ones; text and bytes are copied. */
SKEIN_API skein_status skein_string(skein_context* context, const char* text, size_t length, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_bigint(skein_context* context, int64_t number, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_bigint_unsigned(skein_context* context, uint64_t number, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_object(skein_context* context, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_array(skein_context* context, const skein_value* const* elements, size_t count, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_array_buffer(skein_context* context, const uint8_t* bytes, size_t length, skein_value** out, skein_error** error);
/* Over memory of the host, in place. `release` is called once, when no buffer uses it any more, in the context's
 * thread, and must not use the context; also on failure. */
SKEIN_API skein_status skein_external_array_buffer(skein_context* context, uint8_t* bytes, size_t length, void (*release)(void* user), void* user, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_parse_json(skein_context* context, const char* text, size_t length, skein_value** out, skein_error** error);
/* A new error object, or the value that was thrown. */
SKEIN_API skein_status skein_error_object(skein_context* context, const skein_error* error_of, skein_value** out, skein_error** error);

/* Conversion as the language does it. Texts end with a zero and are freed with skein_text_free; `length` may be
 * null. */
SKEIN_API skein_status skein_value_text(const skein_value* value, char** out, size_t* length, skein_error** error); /* ToString */
SKEIN_API skein_status skein_value_inspect(const skein_value* value, char** out, size_t* length, skein_error** error); /* as console.log; runs no script */
SKEIN_API skein_status skein_to_json(skein_context* context, const skein_value* value, char** out, size_t* length, skein_error** error);
SKEIN_API void skein_text_free(char* text); /* ANY THREAD */
SKEIN_API skein_status skein_value_to_number(const skein_value* value, double* out, skein_error** error);
SKEIN_API skein_status skein_value_to_boolean(const skein_value* value, bool* out, skein_error** error);
SKEIN_API skein_status skein_strictly_equals(const skein_value* a, const skein_value* b, bool* out, skein_error** error);
/* Exactly, from numbers and BigInts; else SKEIN_WRONG_TYPE. */
SKEIN_API skein_status skein_value_int64(const skein_value* value, int64_t* out, skein_error** error);
SKEIN_API skein_status skein_value_uint64(const skein_value* value, uint64_t* out, skein_error** error);
/* Of an ArrayBuffer or view, in place: until script runs that detaches or resizes it, or it is collected. */
SKEIN_API skein_status skein_value_bytes(const skein_value* value, uint8_t** out, size_t* length, skein_error** error);

/* Objects; may run script. A primitive is SKEIN_WRONG_TYPE. */
SKEIN_API skein_status skein_get(const skein_value* object, const char* key, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_get_index(const skein_value* object, uint32_t index, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_get_value(const skein_value* object, const skein_value* key, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_set(const skein_value* object, const char* key, const skein_value* value, skein_error** error);
SKEIN_API skein_status skein_set_index(const skein_value* object, uint32_t index, const skein_value* value, skein_error** error);
SKEIN_API skein_status skein_has(const skein_value* object, const char* key, bool* out, skein_error** error);
SKEIN_API skein_status skein_remove(const skein_value* object, const char* key, bool* out, skein_error** error); /* `out` may be null */
SKEIN_API skein_status skein_length(const skein_value* object, size_t* out, skein_error** error);
/* As Object.keys. *out is freed with skein_keys_free, all at once. */
SKEIN_API skein_status skein_keys(const skein_value* object, char*** out, size_t* count, skein_error** error);
SKEIN_API void skein_keys_free(char** keys); /* ANY THREAD */

/* Functions; run script. `receiver` may be null: undefined. */
SKEIN_API skein_status skein_call_function(const skein_value* function, const skein_value* receiver, const skein_value* const* arguments, size_t count, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_invoke(const skein_value* object, const char* method, const skein_value* const* arguments, size_t count, skein_value** out, skein_error** error);
SKEIN_API skein_status skein_construct(const skein_value* constructor, const skein_value* const* arguments, size_t count, skein_value** out, skein_error** error);

/* --- Structured clone (skein/clone.h) --- */
/* To bytes that may go anywhere; *out is freed with skein_bytes_free. Hostile bytes give SKEIN_EXCEPTION. */
SKEIN_API skein_status skein_serialize(skein_context* context, const skein_value* value, uint8_t** out, size_t* length, skein_error** error);
SKEIN_API void skein_bytes_free(uint8_t* bytes); /* ANY THREAD */
SKEIN_API skein_status skein_deserialize(skein_context* context, const uint8_t* bytes, size_t length, skein_value** out, skein_error** error);
/* A value on its way, which belongs to no context; one thread at a time. `transfer` (SKEIN_SAME_PROCESS) moves. */
SKEIN_API skein_status skein_message_new(skein_context* context, const skein_value* value, skein_clone_scope scope, const skein_value* const* transfer, size_t count, skein_message** out, skein_error** error);
SKEIN_API skein_message* skein_message_from_bytes(const uint8_t* bytes, size_t length); /* ANY THREAD */
/* With transferred things: once; else as often as you like. */
SKEIN_API skein_status skein_message_read(skein_context* context, skein_message* message, skein_value** out, skein_error** error);
/* ANY THREAD. *out lives as long as the message; SKEIN_INVALID in the scope SKEIN_SAME_PROCESS. */
SKEIN_API skein_status skein_message_bytes(const skein_message* message, const uint8_t** out, size_t* length, skein_error** error);
SKEIN_API skein_clone_scope skein_message_scope(const skein_message* message); /* ANY THREAD */
SKEIN_API size_t skein_message_size(const skein_message* message);             /* ANY THREAD */
SKEIN_API void skein_message_free(skein_message* message);                     /* ANY THREAD; what nobody has read is let go */

/* --- Binding --- */
/* The callback runs in the thread that is in the context, and in several threads at once if it is bound in
 * several contexts; it sets a result or an error, else undefined is returned. */
typedef void (*skein_callback)(void* user, skein_call* call);
/* A global function; `user` is freed when it is collected. */
SKEIN_API skein_status skein_bind(skein_context* context, const char* name, skein_callback callback, void* user, void (*free_user)(void* user), skein_error** error);
/* A function without a global. `length` is its property. */
SKEIN_API skein_status skein_function(skein_context* context, const char* name, int length, skein_callback callback, void* user, void (*free_user)(void* user), skein_value** out, skein_error** error);
/* IN THE CONTEXT, during the call. Handles that are returned are freed by the caller. */
SKEIN_API size_t skein_call_count(const skein_call* call);
SKEIN_API skein_value* skein_call_argument(const skein_call* call, size_t index); /* undefined beyond */
SKEIN_API skein_value* skein_call_receiver(const skein_call* call);
SKEIN_API skein_value* skein_call_new_target(const skein_call* call);
SKEIN_API skein_context* skein_call_context(const skein_call* call);
SKEIN_API void* skein_call_data(const skein_call* call); /* of the receiver, in methods and accessors of a class; else null */
SKEIN_API void skein_call_return(skein_call* call, const skein_value* value);
SKEIN_API void skein_call_return_text(skein_call* call, const char* text, size_t length);
SKEIN_API void skein_call_throw(skein_call* call, const char* message);            /* a new TypeError */
SKEIN_API void skein_call_throw_error(skein_call* call, const skein_error* error); /* passes it on */
/* In a constructor: what the new object owns. `free_data`, which may be null, is called once, on whatever thread
 * uses the context when the object is collected or the context closed; it must not use the context. */
SKEIN_API void skein_call_construct(skein_call* call, void* data, void (*free_data)(void* data));

/* --- Classes --- */
/* What a class looks like to script: made complete, by one thread; then bound in any number of contexts. The
 * functions that add to it give SKEIN_INVALID, and free `user`, once it has been bound. Callbacks of methods
 * and accessors are called with objects of the class alone; on any other receiver script gets a TypeError. */
SKEIN_API skein_class* skein_class_new(const char* name);
SKEIN_API void skein_class_free(skein_class* definition); /* contexts that have it keep it */
/* `new Name(...)`: the callback calls skein_call_construct. Without one, `new` throws a TypeError. */
SKEIN_API skein_status skein_class_constructor(skein_class* definition, int length, skein_callback callback, void* user, void (*free_user)(void* user));
SKEIN_API skein_status skein_class_method(skein_class* definition, const char* name, int length, skein_callback callback, void* user, void (*free_user)(void* user));
SKEIN_API skein_status skein_class_static_method(skein_class* definition, const char* name, int length, skein_callback callback, void* user, void (*free_user)(void* user));
/* An accessor; `setter` may be null. */
SKEIN_API skein_status skein_class_property(skein_class* definition, const char* name, skein_callback getter, skein_callback setter, void* user, void (*free_user)(void* user));
/* Structured clone, see skein::Class. `write` answers with skein_reply_text, `read`, which must not trust the
 * bytes, with skein_reply_data. */
SKEIN_API skein_status skein_class_clone_as_bytes(skein_class* definition, void (*write)(void* user, void* data, skein_reply* reply), void (*read)(void* user, const uint8_t* bytes, size_t length, skein_reply* reply), void* user, void (*free_user)(void* user));
SKEIN_API skein_status skein_class_clone_shared(skein_class* definition);
SKEIN_API skein_status skein_class_transferable(skein_class* definition);
/* As a global. *out, if `out` is not null, is the constructor; binding it twice gives the same. */
SKEIN_API skein_status skein_bind_class(skein_context* context, skein_class* definition, skein_value** out, skein_error** error);
/* An object of a class that is bound here, made by the host. `free_data` as in skein_call_construct, also on
 * failure. Data that several contexts are to share is counted by the host: each object frees its own share. */
SKEIN_API skein_status skein_wrap(skein_context* context, const skein_class* definition, void* data, void (*free_data)(void* data), skein_value** out, skein_error** error);
/* The data of an object of the class, good as long as that lives; SKEIN_WRONG_TYPE for anything else. */
SKEIN_API skein_status skein_unwrap(const skein_value* value, const skein_class* definition, void** out, skein_error** error);

/* --- Replies. During the callback; the last one counts, and a callback without one has failed --- */
SKEIN_API void skein_reply_text(skein_reply* reply, const char* text, size_t length); /* copied; bytes, too */
SKEIN_API void skein_reply_data(skein_reply* reply, void* data, void (*free_data)(void* data));
SKEIN_API void skein_reply_throw(skein_reply* reply, const char* message); /* script sees a new TypeError */
SKEIN_API void skein_reply_throw_error(skein_reply* reply, const skein_error* error);

/* --- Promises --- */
SKEIN_API skein_status skein_promise(skein_context* context, skein_resolver** out, skein_error** error);
SKEIN_API skein_value* skein_resolver_promise(const skein_resolver* resolver); /* ANY THREAD */
/* ANY THREAD; the second settling does nothing. What is made is made in the context, by its event loop. */
SKEIN_API skein_status skein_resolve(skein_resolver* resolver, const skein_value* value, skein_error** error); /* a value of its context, or an immediate */
SKEIN_API skein_status skein_resolve_number(skein_resolver* resolver, double number, skein_error** error);
SKEIN_API skein_status skein_resolve_text(skein_resolver* resolver, const char* text, size_t length, skein_error** error);
/* `make` is called in the context. Not SKEIN_OK: the promise is rejected with *error, which it hands over. */
SKEIN_API skein_status skein_resolve_with(skein_resolver* resolver, skein_status (*make)(void* user, skein_context* context, skein_value** out, skein_error** error), void* user, void (*free_user)(void* user), skein_error** error);
SKEIN_API skein_status skein_reject(skein_resolver* resolver, const char* message, skein_error** error); /* with a new Error */
SKEIN_API skein_status skein_reject_error(skein_resolver* resolver, const skein_error* reason, skein_error** error);
SKEIN_API void skein_resolver_free(skein_resolver* resolver); /* ANY THREAD */
SKEIN_API skein_status skein_promise_state(const skein_value* promise, skein_promise_status* out, skein_error** error);
/* The value or the reason; undefined while pending. Counts as handling a rejection. */
SKEIN_API skein_status skein_promise_result(const skein_value* promise, skein_value** out, skein_error** error);

/* --- The pool: threads with warm contexts (skein/pool.h) --- */
/* 0 in any field: the default. */
typedef struct skein_pool_options {
  size_t threads;  /* as many as processors */
  size_t contexts; /* kept warm: as many as threads */
  bool keep;       /* contexts are used again as they are; else each job has a fresh one */
  size_t jobs_per_context; /* with `keep`: replaced after so many */
  skein_context_options context; /* its user is freed after the last context */
  /* Makes a new context ready, on any thread of the pool, which is in it. Not SKEIN_OK: the context is not used,
   * and the job that needed it gets *error, which it hands over. */
  skein_status (*setup)(void* user, skein_context* context, skein_error** error);
  void* user;
  void (*free_user)(void* user);
} skein_pool_options;
/* Called exactly once: on a thread of the pool, which is in `context`; or, with `context` null and `error` saying
 * why, when none could be made (there), or the pool is closed (in the call that submits). */
typedef void (*skein_job)(void* user, skein_context* context, const skein_error* error);
/* A job that is a script: exactly one of `value` (of the context; promises are awaited) and `error` is given. */
typedef void (*skein_pool_answer)(void* user, skein_context* context, const skein_value* value, const skein_error* error);
typedef struct skein_pool_figures {
  uint64_t jobs;
  uint64_t contexts_made;
  size_t warm;    /* contexts that wait */
  size_t waiting; /* jobs that wait */
} skein_pool_figures;
/* ANY THREAD; wait, close and free: not one of the pool's own. `options` may be null. */
SKEIN_API skein_pool* skein_pool_new(skein_engine* engine, const skein_pool_options* options);
SKEIN_API void skein_pool_submit(skein_pool* pool, skein_job job, void* user);
SKEIN_API void skein_pool_evaluate(skein_pool* pool, const char* source, size_t length, const char* name, skein_pool_answer answer, void* user);
SKEIN_API void skein_pool_wait(skein_pool* pool);  /* until no job waits or runs */
SKEIN_API void skein_pool_close(skein_pool* pool); /* waits until all jobs have run, and ends the threads */
SKEIN_API void skein_pool_free(skein_pool* pool);  /* closes it first */
SKEIN_API size_t skein_pool_thread_count(const skein_pool* pool);
SKEIN_API void skein_pool_get_figures(const skein_pool* pool, skein_pool_figures* out);

/* --- Memory --- */
typedef struct skein_context_figures {
  size_t heap_bytes;     /* with buffers */
  size_t external_bytes; /* of buffers */
  uint64_t collections;
  size_t handles; /* values that refer to the heap */
} skein_context_figures;
SKEIN_API skein_status skein_context_get_figures(skein_context* context, skein_context_figures* out, skein_error** error);
SKEIN_API skein_status skein_context_collect_garbage(skein_context* context, skein_error** error);

/* --- Errors. ANY THREAD. Texts live as long as the error --- */
SKEIN_API skein_error* skein_error_new(skein_error_class error_class, const char* message); /* for callbacks: script sees a new object */
SKEIN_API skein_error* skein_error_of_value(const skein_value* value);                      /* throws any value */
SKEIN_API skein_error* skein_error_copy(const skein_error* error);
SKEIN_API skein_status skein_error_status(const skein_error* error);
SKEIN_API skein_error_class skein_error_get_class(const skein_error* error);
SKEIN_API const char* skein_error_message(const skein_error* error);
SKEIN_API const char* skein_error_stack(const skein_error* error);
SKEIN_API const char* skein_error_file(const skein_error* error); /* "" and line 0 when unknown; both count from 1 */
SKEIN_API uint32_t skein_error_line(const skein_error* error);
SKEIN_API uint32_t skein_error_column(const skein_error* error);
SKEIN_API int skein_error_exit_code(const skein_error* error);      /* SKEIN_EXIT */
SKEIN_API skein_value* skein_error_value(const skein_error* error); /* what was thrown; the caller frees it */
SKEIN_API void skein_error_free(skein_error* error);

#ifdef __cplusplus
}
#endif

#endif
