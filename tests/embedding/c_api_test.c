/* The C API as C sees it: C11, one function per case. */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "skein/skein_c.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#else
static void __lsan_disable(void) {}
static void __lsan_enable(void) {}
#endif

static const char* current_case = "";
static atomic_int failures;

#define EXPECT(condition)                                                             \
  do {                                                                                \
    if (!(condition)) {                                                               \
      fprintf(stderr, "%s, line %d: %s\n", current_case, __LINE__, #condition);       \
      atomic_fetch_add(&failures, 1);                                                 \
    }                                                                                 \
  } while (0)
/* An operation that must succeed. */
#define OK(operation)                                                                                              \
  do {                                                                                                             \
    skein_error* error = NULL;                                                                                     \
    if ((operation) != SKEIN_OK) {                                                                                 \
      fprintf(stderr, "%s, line %d: %s\n", current_case, __LINE__, error == NULL ? "?" : skein_error_stack(error)); \
      atomic_fetch_add(&failures, 1);                                                                              \
      skein_error_free(error);                                                                                     \
    }                                                                                                              \
  } while (0)
/* One that must fail, with that status and message. */
#define FAILS(operation, status, text)                                                                                        \
  do {                                                                                                                        \
    skein_error* error = NULL;                                                                                                \
    EXPECT((operation) == (status));                                                                                          \
    if (error == NULL || skein_error_status(error) != (status) || strcmp(skein_error_message(error), (text)) != 0) {          \
      fprintf(stderr, "%s, line %d: \"%s\"\n", current_case, __LINE__, error == NULL ? "no error" : skein_error_message(error)); \
      atomic_fetch_add(&failures, 1);                                                                                         \
    }                                                                                                                         \
    skein_error_free(error);                                                                                                  \
  } while (0)

static skein_engine* engine;

static skein_context* new_context(const skein_context_options* options) {
  skein_context* context = NULL;
  OK(skein_context_new(engine, options, &context, &error));
  return context;
}

static skein_value* eval(skein_context* context, const char* source) {
  skein_value* value = NULL;
  OK(skein_evaluate(context, source, strlen(source), "test.js", &value, &error));
  return value;
}

static double eval_number(skein_context* context, const char* source) {
  skein_value* value = eval(context, source);
  double number = skein_value_number(value);
  skein_value_free(value);
  return number;
}

/* Whether a script's value, as text, is that. */
static bool eval_is(skein_context* context, const char* source, const char* expected) {
  skein_value* value = eval(context, source);
  char* text = NULL;
  OK(skein_value_text(value, &text, NULL, &error));
  bool same = text != NULL && strcmp(text, expected) == 0;
  if (!same) fprintf(stderr, "%s: %s gives %s\n", current_case, source, text);
  skein_text_free(text);
  skein_value_free(value);
  return same;
}

static void count_up(void* counter) { atomic_fetch_add((atomic_int*)counter, 1); }

/* --- Engines and contexts --- */

static void note_misuse(void* user, const char* message) { *(int*)user = strstr(message, "was left by thread") != NULL; }

static void* free_scope(void* scope) {
  skein_scope_free((skein_scope*)scope);
  return NULL;
}

static void test_engines_have_options(void) {
  int misused = 0;
  skein_engine_options options = {0};
  options.no_code_cache = true;
  options.on_misuse = note_misuse;
  options.user = &misused;
  __lsan_disable(); /* the context stays entered, and so stays */
  skein_engine* own = skein_engine_new(&options);
  skein_context* context = NULL;
  OK(skein_context_new(own, NULL, &context, &error));
  skein_value_free(eval(context, "1"));
  skein_cache_figures figures;
  skein_engine_cache_figures(own, &figures);
  EXPECT(figures.entries == 0);
  skein_scope* scope = NULL;
  OK(skein_context_enter(context, false, &scope, &error));
  pthread_t thread; /* a scope that another thread ends is reported */
  pthread_create(&thread, NULL, free_scope, scope);
  pthread_join(thread, NULL);
  EXPECT(misused == 1 && skein_context_is_entered(context));
  skein_context_free(context);
  skein_engine_free(own);
  __lsan_enable();
}

typedef struct intruder {
  skein_context* context;
  unsigned long long owner;
} intruder;

static void* enter_busy(void* user) {
  intruder* self = user;
  char expected[200];
  skein_scope* scope = NULL;
  skein_value* value = NULL;
  snprintf(expected, sizeof expected, "Multi threaded access requested by thread %llu but context shared is in use by thread %llu",
           (unsigned long long)skein_current_thread_id(), self->owner);
  FAILS(skein_context_enter(self->context, false, &scope, &error), SKEIN_WRONG_THREAD, expected);
  FAILS(skein_context_enter_within(self->context, 1000000, &scope, &error), SKEIN_WRONG_THREAD, expected);
  FAILS(skein_evaluate(self->context, "1", 1, NULL, &value, &error), SKEIN_WRONG_THREAD, expected);
  FAILS(skein_context_close(self->context, false, &error), SKEIN_WRONG_THREAD, expected);
  EXPECT(value == NULL && scope == NULL);
  return NULL;
}

static void test_one_thread_at_a_time(void) {
  skein_context_options options = {0};
  options.name = "shared";
  skein_context* context = new_context(&options);
  EXPECT(strcmp(skein_context_name(context), "shared") == 0);
  EXPECT(skein_context_id(context) != 0);
  skein_scope* scope = NULL;
  OK(skein_context_enter(context, true, &scope, &error));
  EXPECT(skein_context_is_entered(context));
  pthread_t thread;
  intruder other = {context, skein_current_thread_id()};
  pthread_create(&thread, NULL, enter_busy, &other);
  pthread_join(thread, NULL);
  OK(skein_context_yield(context, &error));
  OK(skein_context_safepoint(context, &error));
  skein_scope_free(scope);
  EXPECT(!skein_context_is_entered(context));
  skein_context* second = skein_context_retain(context);
  skein_context_free(context);
  EXPECT(eval_number(second, "6 * 7") == 42);
  skein_value* kept = eval(second, "({})");
  skein_context* of_value = skein_value_context(kept);
  EXPECT(skein_context_id(of_value) == skein_context_id(second));
  skein_context_free(of_value);
  OK(skein_context_close(second, false, &error));
  EXPECT(skein_context_is_closed(second));
  FAILS(skein_get(kept, "x", &kept, &error), SKEIN_CLOSED, "Context shared is closed");
  FAILS(skein_evaluate(NULL, "1", 1, NULL, &kept, &error), SKEIN_CLOSED, "No context: the handle is empty");
  EXPECT(skein_value_context(kept) == NULL);
  skein_value_free(kept);
  skein_context_free(second);
}

static void* run_meanwhile(void* context) {
  EXPECT(eval_number(context, "globalThis.seen = 5") == 5);
  return NULL;
}

static void suspend_for_another(void* user, skein_call* call) {
  (void)user;
  skein_context* context = skein_call_context(call);
  skein_suspension* pause = NULL;
  OK(skein_context_suspend(context, &pause, &error));
  EXPECT(!skein_context_is_entered(context));
  pthread_t thread;
  pthread_create(&thread, NULL, run_meanwhile, context);
  pthread_join(thread, NULL);
  skein_suspension_free(pause);
  EXPECT(skein_context_is_entered(context));
  skein_context_free(context);
}

static void test_suspended_while_another_runs(void) {
  skein_context* context = new_context(NULL);
  OK(skein_bind(context, "pause", suspend_for_another, NULL, NULL, &error));
  EXPECT(eval_number(context, "pause(); seen + 1") == 6);
  skein_suspension* pause = NULL;
  EXPECT(skein_context_suspend(context, &pause, NULL) == SKEIN_WRONG_THREAD);
  EXPECT(skein_context_yield(context, NULL) == SKEIN_WRONG_THREAD);
  skein_context_free(context);
}

static bool stop(void* user, skein_context* context) {
  EXPECT(skein_context_is_entered(context));
  return ++*(int*)user < 2;
}

static void* ask_until_over(void* context) {
  while (!skein_context_is_closed(context)) {
    skein_context_request_interrupt(context);
    sched_yield();
  }
  return NULL;
}

static void test_interrupts(void) {
  int calls = 0;
  skein_context_options options = {0};
  options.on_interrupt = stop;
  options.user = &calls;
  skein_context* context = new_context(&options);
  pthread_t thread;
  pthread_create(&thread, NULL, ask_until_over, context);
  skein_value* value = NULL;
  FAILS(skein_evaluate(context, "try { for (;;) {} } finally { for (;;) {} }", 43, NULL, &value, &error), SKEIN_TERMINATED, "The script was terminated");
  EXPECT(calls >= 2);
  while (skein_context_close(context, true, NULL) != SKEIN_OK) {}
  pthread_join(thread, NULL);
  skein_context_free(context);
}

static void test_limits(void) {
  static const struct {
    const char* source;
    skein_context_options options;
    skein_status status;
  } kCases[] = {
      {"for (;;) {}", {.time_ns = 20000000}, SKEIN_TIME_LIMIT},
      {"for (;;) {}", {.instructions = 100000}, SKEIN_INSTRUCTION_LIMIT},
      {"let a = []; for (;;) a.push(new Array(1000).fill(0))", {.heap_bytes = 8 << 20}, SKEIN_HEAP_LIMIT},
      {"(function f() { f() })()", {.stack_bytes = 256 << 10}, SKEIN_STACK},
      {"const {port1} = new MessageChannel(); for (;;) port1.postMessage('x'.repeat(1000))",
       {.queue_bytes = 64 << 10, .globals = SKEIN_GLOBALS_PROGRAM}, SKEIN_QUEUE_LIMIT},
      {"for (;;) new Worker('data:text/javascript,setTimeout(() => {}, 1e6)')", {.workers = 2, .globals = SKEIN_GLOBALS_PROGRAM}, SKEIN_WORKER_LIMIT},
      {"process.exit(3)", {.globals = SKEIN_GLOBALS_PROGRAM}, SKEIN_EXIT},
      {"Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)", {.cannot_block = true}, SKEIN_EXCEPTION},
      {"1 +", {.name = "syntax"}, SKEIN_SYNTAX},
  };
  for (size_t i = 0; i < sizeof kCases / sizeof *kCases; ++i) {
    skein_context* context = new_context(&kCases[i].options);
    skein_value* value = NULL;
    skein_error* error = NULL;
    skein_status status = skein_evaluate(context, kCases[i].source, strlen(kCases[i].source), "limit.js", &value, &error);
    if (status != kCases[i].status) fprintf(stderr, "%s: %s\n", kCases[i].source, skein_status_text(status));
    EXPECT(status == kCases[i].status);
    if (status == SKEIN_EXIT) EXPECT(skein_error_exit_code(error) == 3);
    skein_error_free(error);
    skein_context_free(context);
  }
  skein_context_options language = {.globals = SKEIN_GLOBALS_LANGUAGE};
  skein_context* context = new_context(&language);
  EXPECT(eval_is(context, "typeof console", "undefined"));
  skein_context_free(context);
}

/* --- Scripts and modules --- */

static void* run_script(void* script) {
  skein_context* context = new_context(NULL);
  for (int i = 1; i <= 20; ++i) {
    skein_value* value = NULL;
    OK(skein_run(context, script, &value, &error));
    EXPECT(skein_value_number(value) == i);
    skein_value_free(value);
  }
  skein_context_free(context);
  return NULL;
}

static void test_compiled_once_run_in_many_contexts(void) {
  skein_context* context = new_context(NULL);
  skein_script* script = NULL;
  const char* source = "globalThis.n = (globalThis.n ?? 0) + 1";
  OK(skein_compile(context, source, strlen(source), "count.js", &script, &error));
  EXPECT(eval_is(context, "typeof n", "undefined"));
  skein_context_free(context); /* the script belongs to none */
  pthread_t threads[4];
  for (int i = 0; i < 4; ++i) pthread_create(&threads[i], NULL, run_script, script);
  for (int i = 0; i < 4; ++i) pthread_join(threads[i], NULL);
  skein_script_free(script);
  context = new_context(NULL);
  script = NULL;
  skein_error* error = NULL;
  EXPECT(skein_compile(context, "let let = 1", 11, "bad.js", &script, &error) == SKEIN_SYNTAX);
  EXPECT(strcmp(skein_error_file(error), "bad.js") == 0 && skein_error_line(error) == 1 && skein_error_column(error) == 5);
  EXPECT(skein_error_get_class(error) == SKEIN_SYNTAX_ERROR && script == NULL);
  skein_error_free(error);
  skein_value* value = NULL;
  FAILS(skein_run(context, NULL, &value, &error), SKEIN_INVALID, "The script is empty");
  skein_context_free(context);
}

static void resolve(void* user, const char* specifier, const char* referrer, skein_reply* reply) {
  (void)user;
  char name[100];
  snprintf(name, sizeof name, "%s<%s", specifier, referrer);
  skein_reply_text(reply, name, strlen(name));
}

static void load(void* user, const char* name, skein_reply* reply) {
  atomic_fetch_add((atomic_int*)user, 1);
  if (strcmp(name, "answer<main.mjs") == 0) skein_reply_text(reply, "export default 41", 17);
  else if (strcmp(name, "silent<main.mjs") != 0) skein_reply_throw(reply, "there is no such module");
}

static void test_modules(void) {
  atomic_int loads = 0;
  skein_context_options options = {0};
  options.resolve_module = resolve;
  options.load_module = load;
  options.user = &loads;
  skein_context* context = new_context(&options);
  const char* source = "import answer from 'answer'; export const one = await Promise.resolve(1); export const sum = answer + one";
  skein_value *promise = NULL, *name_space = NULL, *sum = NULL;
  OK(skein_evaluate_module(context, source, strlen(source), "main.mjs", &promise, &error));
  EXPECT(skein_value_type(promise) == SKEIN_PROMISE);
  OK(skein_await(context, promise, &name_space, &error));
  OK(skein_get(name_space, "sum", &sum, &error));
  EXPECT(skein_value_number(sum) == 42 && loads == 1);
  skein_value_free(sum);
  skein_value_free(name_space);
  skein_value_free(promise);
  FAILS(skein_import_module(context, "nowhere", "main.mjs", &promise, &error), SKEIN_EXCEPTION, "TypeError: there is no such module");
  FAILS(skein_import_module(context, "silent", "main.mjs", &promise, &error), SKEIN_EXCEPTION, "Error: A callback of the host has not replied");
  OK(skein_import_module(context, "answer", "main.mjs", &promise, &error));
  OK(skein_await(context, promise, &name_space, &error));
  OK(skein_get(name_space, "default", &sum, &error));
  EXPECT(skein_value_number(sum) == 41);
  skein_value_free(sum);
  skein_value_free(name_space);
  skein_value_free(promise);
  skein_context_free(context);
}

/* --- The event loop --- */

static void note_uncaught(void* user, skein_context* context, const skein_error* error) {
  (void)context;
  if (strcmp(skein_error_message(error), "RangeError: late") == 0) ++*(int*)user;
}

static void append(void* user, bool is_error, const char* text, size_t length) {
  char* all = (char*)user;
  strcat(all, is_error ? "E:" : "O:");
  strncat(all, text, length);
}

static void add_one(void* user, skein_context* context) {
  (void)user;
  skein_value_free(eval(context, "globalThis.posted = (globalThis.posted ?? 0) + 1"));
}

static void test_event_loop(void) {
  int uncaught = 0;
  skein_context_options options = {0};
  options.on_uncaught = note_uncaught;
  options.user = &uncaught;
  skein_context* context = new_context(&options);
  skein_value_free(eval(context, "setTimeout(() => { throw new RangeError('late') }, 1); setTimeout(() => { globalThis.done = 1 }, 1e5)"));
  int64_t wait = 0;
  OK(skein_time_to_next_timer(context, &wait, &error));
  EXPECT(wait >= 0);
  bool more = false;
  while (uncaught == 0) OK(skein_run_pending(context, &more, &error));
  EXPECT(more);
  OK(skein_time_to_next_timer(context, &wait, &error));
  EXPECT(wait > 1000000000);
  skein_context_free(context);

  context = new_context(NULL);
  atomic_int woken = 0, freed = 0;
  OK(skein_context_set_wake_callback(context, count_up, &woken, NULL, &error));
  OK(skein_context_post(context, add_one, &freed, count_up, 0, &error));
  OK(skein_context_post(context, add_one, &freed, count_up, 0, &error));
  EXPECT(woken >= 1);
  OK(skein_run_event_loop(context, &error));
  EXPECT(freed == 2);
  OK(skein_time_to_next_timer(context, &wait, &error));
  EXPECT(wait == -1);
  EXPECT(eval_number(context, "posted") == 2);
  OK(skein_context_set_wake_callback(context, NULL, NULL, NULL, &error));
  OK(skein_context_close(context, false, &error));
  EXPECT(skein_context_post(context, add_one, &freed, count_up, 0, NULL) == SKEIN_CLOSED);
  EXPECT(freed == 3);
  skein_context_free(context);

  char written[100] = "";
  skein_context_options writing = {.write = append, .user = written};
  context = new_context(&writing);
  skein_value_free(eval(context, "console.log('a', [1]); console.error('b')"));
  EXPECT(strcmp(written, "O:a [ 1 ]\nE:b\n") == 0);
  skein_context_free(context);
}

/* --- Values --- */

static void test_values(void) {
  skein_context* context = new_context(NULL);
  skein_value* truth = skein_boolean(true);
  skein_value* nothing = skein_null();
  skein_value* undefined = skein_undefined();
  EXPECT(skein_value_boolean(truth) && skein_value_type(nothing) == SKEIN_NULL && skein_value_type(undefined) == SKEIN_UNDEFINED);
  EXPECT(isnan(skein_value_number(truth)));
  EXPECT(strcmp(skein_type_text(SKEIN_STRING), "a string") == 0 && strcmp(skein_status_text(SKEIN_HEAP_LIMIT), "heap limit") == 0);

  skein_value *big = NULL, *huge = NULL, *text = NULL, *object = NULL, *got = NULL;
  OK(skein_bigint(context, INT64_MIN, &big, &error));
  OK(skein_bigint_unsigned(context, UINT64_MAX, &huge, &error));
  int64_t signed_number = 0;
  uint64_t unsigned_number = 0;
  OK(skein_value_int64(big, &signed_number, &error));
  OK(skein_value_uint64(huge, &unsigned_number, &error));
  EXPECT(signed_number == INT64_MIN && unsigned_number == UINT64_MAX);
  EXPECT(skein_value_int64(huge, &signed_number, NULL) == SKEIN_WRONG_TYPE);

  OK(skein_string(context, "key", 3, &text, &error));
  OK(skein_object(context, &object, &error));
  OK(skein_set(object, "key", big, &error));
  OK(skein_set_index(object, 7, truth, &error));
  bool flag = false;
  OK(skein_has(object, "key", &flag, &error));
  EXPECT(flag);
  OK(skein_get_value(object, text, &got, &error));
  OK(skein_strictly_equals(got, big, &flag, &error));
  EXPECT(flag);
  skein_value_free(got);
  char** keys = NULL;
  size_t count = 0;
  OK(skein_keys(object, &keys, &count, &error));
  EXPECT(count == 2 && strcmp(keys[0], "7") == 0 && strcmp(keys[1], "key") == 0 && keys[2] == NULL);
  skein_keys_free(keys);
  OK(skein_remove(object, "key", &flag, &error));
  OK(skein_remove(object, "never", NULL, &error));
  OK(skein_has(object, "key", &flag, &error));
  EXPECT(!flag);
  FAILS(skein_get(truth, "x", &got, &error), SKEIN_WRONG_TYPE, "expected an object, not a boolean");

  const skein_value* elements[] = {truth, text};
  skein_value* array = NULL;
  OK(skein_array(context, elements, 2, &array, &error));
  OK(skein_length(array, &count, &error));
  EXPECT(count == 2);
  OK(skein_invoke(array, "join", elements + 1, 1, &got, &error));
  char* shown = NULL;
  size_t length = 0;
  OK(skein_value_text(got, &shown, &length, &error));
  EXPECT(length == 10 && strcmp(shown, "truekeykey") == 0);
  skein_text_free(shown);
  skein_value_free(got);
  OK(skein_value_inspect(array, &shown, NULL, &error));
  EXPECT(strcmp(shown, "[ true, 'key' ]") == 0);
  skein_text_free(shown);
  OK(skein_to_json(context, array, &shown, NULL, &error));
  EXPECT(strcmp(shown, "[true,\"key\"]") == 0);
  OK(skein_parse_json(context, shown, strlen(shown), &got, &error));
  EXPECT(skein_value_type(got) == SKEIN_ARRAY);
  skein_text_free(shown);
  skein_value_free(got);
  double number = 0;
  OK(skein_value_to_number(truth, &number, &error));
  OK(skein_value_to_boolean(text, &flag, &error));
  EXPECT(number == 1 && flag);

  skein_value* date = eval(context, "Date");
  skein_value* zero = skein_number(0);
  const skein_value* arguments[] = {zero};
  OK(skein_construct(date, arguments, 1, &got, &error));
  EXPECT(skein_value_type(got) == SKEIN_DATE);
  skein_value_free(got);
  skein_context* other = new_context(NULL);
  EXPECT(skein_to_json(other, array, &shown, NULL, NULL) == SKEIN_WRONG_CONTEXT);
  skein_context_free(other);

  skein_value* all[] = {truth, nothing, undefined, big, huge, text, object, array, date, zero};
  for (size_t i = 0; i < sizeof all / sizeof *all; ++i) skein_value_free(all[i]);
  skein_context_figures figures;
  OK(skein_context_collect_garbage(context, &error));
  OK(skein_context_get_figures(context, &figures, &error));
  EXPECT(figures.heap_bytes > 0 && figures.collections > 0 && figures.handles == 0);
  skein_context_free(context);
}

static void test_buffers(void) {
  skein_context* context = new_context(NULL);
  uint8_t memory[4] = {1, 2, 3, 4};
  atomic_int released = 0;
  skein_value *copy = NULL, *external = NULL, *global = NULL;
  OK(skein_array_buffer(context, memory, 4, &copy, &error));
  OK(skein_external_array_buffer(context, memory, 4, count_up, &released, &external, &error));
  OK(skein_global(context, &global, &error));
  OK(skein_set(global, "external", external, &error));
  skein_value_free(eval(context, "new Uint8Array(external)[0] = 9"));
  EXPECT(memory[0] == 9);
  uint8_t* bytes = NULL;
  size_t length = 0;
  OK(skein_value_bytes(copy, &bytes, &length, &error));
  EXPECT(length == 4 && bytes[0] == 1);
  OK(skein_value_bytes(external, &bytes, &length, &error));
  EXPECT(bytes == memory);
  FAILS(skein_value_bytes(global, &bytes, &length, &error), SKEIN_WRONG_TYPE, "expected an ArrayBuffer or a view of one, not an object");
  skein_value_free(copy);
  skein_value_free(external);
  skein_value_free(global);
  skein_context_free(context);
  EXPECT(released == 1);
}

static void test_errors(void) {
  skein_context* context = new_context(NULL);
  skein_value* value = NULL;
  skein_error* error = NULL;
  EXPECT(skein_evaluate(context, "\n throw new RangeError('x')", 27, "thrown.js", &value, &error) == SKEIN_EXCEPTION);
  EXPECT(skein_error_get_class(error) == SKEIN_RANGE_ERROR);
  EXPECT(strcmp(skein_error_file(error), "thrown.js") == 0 && skein_error_line(error) == 2);
  EXPECT(strncmp(skein_error_stack(error), "RangeError: x\n    at ", 21) == 0);
  skein_value* thrown = skein_error_value(error);
  EXPECT(skein_value_type(thrown) == SKEIN_ERROR_OBJECT);
  skein_error* copy = skein_error_copy(error);
  OK(skein_error_object(context, copy, &value, &error));
  bool same = false;
  OK(skein_strictly_equals(value, thrown, &same, &error));
  EXPECT(same);
  skein_value_free(value);
  skein_error_free(error);
  EXPECT(strcmp(skein_error_message(copy), "RangeError: x") == 0);
  skein_error_free(copy);
  skein_value_free(thrown);
  skein_context_free(context);
}

/* --- Structured clone --- */

static void test_clones(void) {
  skein_context* a = new_context(NULL);
  skein_context* b = new_context(NULL);
  skein_value* value = eval(a, "globalThis.buffer = new ArrayBuffer(8); ({buffer, list: [1, 'two']})");
  skein_value* buffer = eval(a, "buffer");
  const skein_value* transfer[] = {buffer};
  skein_message* message = NULL;
  OK(skein_message_new(a, value, SKEIN_SAME_PROCESS, transfer, 1, &message, &error));
  EXPECT(eval_is(a, "buffer.detached", "true"));
  EXPECT(skein_message_scope(message) == SKEIN_SAME_PROCESS && skein_message_size(message) >= 8);
  const uint8_t* bytes = NULL;
  size_t length = 0;
  EXPECT(skein_message_bytes(message, &bytes, &length, NULL) == SKEIN_INVALID);
  skein_value* copy = NULL;
  OK(skein_message_read(b, message, &copy, &error));
  EXPECT(skein_value_type(copy) == SKEIN_OBJECT);
  skein_value_free(copy);
  EXPECT(skein_message_read(b, message, &copy, NULL) == SKEIN_EXCEPTION); /* once */
  skein_message_free(message);
  skein_value_free(buffer);
  skein_value_free(value);

  value = eval(a, "new Map([['key', 7n]])");
  OK(skein_message_new(a, value, SKEIN_DIFFERENT_PROCESS, NULL, 0, &message, &error));
  OK(skein_message_bytes(message, &bytes, &length, &error));
  skein_message* again = skein_message_from_bytes(bytes, length);
  skein_message_free(message);
  OK(skein_message_read(b, again, &copy, &error));
  EXPECT(skein_value_type(copy) == SKEIN_MAP);
  skein_value_free(copy);
  skein_message_free(again);
  skein_value_free(value);
  value = eval(a, "({deep: [() => 1]})");
  FAILS(skein_message_new(a, value, SKEIN_DIFFERENT_PROCESS, NULL, 0, &message, &error), SKEIN_EXCEPTION,
        "DataCloneError: $.deep[0]: function could not be cloned");
  skein_value_free(value);
  skein_context_free(a);
  skein_context_free(b);
}

/* --- Functions and classes --- */

static atomic_int live_counters;

typedef struct counter {
  atomic_int references;
  atomic_int value;
} counter;

static counter* new_counter(int value) {
  counter* made = malloc(sizeof *made);
  atomic_init(&made->references, 1);
  atomic_init(&made->value, value);
  atomic_fetch_add(&live_counters, 1);
  return made;
}

static void release_counter(void* data) {
  counter* self = data;
  if (atomic_fetch_sub(&self->references, 1) != 1) return;
  free(self);
  atomic_fetch_sub(&live_counters, 1);
}

static double number_argument(skein_call* call, size_t index) {
  skein_value* argument = skein_call_argument(call, index);
  double number = skein_value_number(argument);
  if (isnan(number)) skein_call_throw(call, "expected a number");
  skein_value_free(argument);
  return number;
}

static void return_number(skein_call* call, double number) {
  skein_value* value = skein_number(number);
  skein_call_return(call, value);
  skein_value_free(value);
}

static void counter_construct(void* user, skein_call* call) {
  skein_value* target = skein_call_new_target(call);
  EXPECT(skein_value_type(target) == SKEIN_FUNCTION);
  skein_value_free(target);
  double start = skein_call_count(call) == 0 ? *(double*)user : number_argument(call, 0);
  if (!isnan(start)) skein_call_construct(call, new_counter((int)start), release_counter);
}

static void counter_add(void* user, skein_call* call) {
  (void)user;
  counter* self = skein_call_data(call);
  double by = number_argument(call, 0);
  if (!isnan(by)) return_number(call, atomic_fetch_add(&self->value, (int)by) + (int)by);
}

static void counter_get(void* user, skein_call* call) {
  (void)user;
  return_number(call, atomic_load(&((counter*)skein_call_data(call))->value));
}

static void counter_set(void* user, skein_call* call) {
  (void)user;
  atomic_store(&((counter*)skein_call_data(call))->value, (int)number_argument(call, 0));
}

static void counter_of_text(void* user, skein_call* call) {
  EXPECT(skein_call_data(call) == NULL);
  return_number(call, number_argument(call, 0) + *(double*)user);
}

static skein_class* new_counter_class(double* start, atomic_int* freed) {
  skein_class* definition = skein_class_new("Counter");
  EXPECT(skein_class_constructor(definition, 1, counter_construct, start, NULL) == SKEIN_OK);
  EXPECT(skein_class_method(definition, "add", 1, counter_add, freed, count_up) == SKEIN_OK);
  EXPECT(skein_class_property(definition, "value", counter_get, counter_set, NULL, NULL) == SKEIN_OK);
  EXPECT(skein_class_property(definition, "fixed", counter_get, NULL, NULL, NULL) == SKEIN_OK);
  EXPECT(skein_class_static_method(definition, "plus", 1, counter_of_text, start, NULL) == SKEIN_OK);
  return definition;
}

static void test_classes(void) {
  double start = 100;
  atomic_int freed = 0;
  skein_class* definition = new_counter_class(&start, &freed);
  skein_context* context = new_context(NULL);
  skein_value *constructor = NULL, *again = NULL;
  OK(skein_bind_class(context, definition, &constructor, &error));
  OK(skein_bind_class(context, definition, &again, &error));
  bool same = false;
  OK(skein_strictly_equals(constructor, again, &same, &error));
  EXPECT(same && skein_value_type(constructor) == SKEIN_FUNCTION);
  EXPECT(skein_class_method(definition, "late", 0, counter_add, &freed, count_up) == SKEIN_INVALID);
  EXPECT(skein_class_clone_shared(definition) == SKEIN_INVALID);
  EXPECT(freed == 1);
  EXPECT(eval_is(context, "const c = new Counter(40); c.add(1); c.value += 1; [c.value, c.fixed, new Counter().value, Counter.plus(1)]", "42,42,100,101"));
  EXPECT(eval_is(context, "class More extends Counter { add(n) { return super.add(2 * n) } } new More(1).add(3)", "7"));
  EXPECT(eval_is(context, "[Counter.name, Counter.length, Counter.prototype.add.length, String(c), c instanceof Counter]", "Counter,1,1,[object Counter],true"));
  EXPECT(eval_is(context, "try { Counter.prototype.add.call({}, 1) } catch (e) { e.name }", "TypeError"));
  EXPECT(eval_is(context, "'use strict'; try { c.fixed = 1 } catch (e) { e.name }", "TypeError"));
  EXPECT(eval_is(context, "try { Counter(1) } catch (e) { e.message }", "Class constructor Counter cannot be invoked without 'new'"));
  EXPECT(eval_is(context, "try { new Counter('x') } catch (e) { e.message }", "expected a number"));

  skein_value* object = eval(context, "c");
  void* data = NULL;
  OK(skein_unwrap(object, definition, &data, &error));
  EXPECT(atomic_load(&((counter*)data)->value) == 42);
  EXPECT(skein_value_type(object) == SKEIN_HOST_OBJECT);
  EXPECT(skein_unwrap(constructor, definition, &data, NULL) == SKEIN_WRONG_TYPE);
  skein_value_free(object);
  skein_value_free(constructor);
  skein_value_free(again);
  skein_class_free(definition); /* the context keeps it */
  EXPECT(eval_number(context, "new Counter(1).add(1)") == 2);
  skein_context_free(context);
  EXPECT(live_counters == 0 && freed == 2);
}

static void test_objects_of_the_host(void) {
  atomic_int freed = 0;
  skein_class* definition = skein_class_new("Token");
  skein_context_options options = {.name = "tokens"};
  skein_context* context = new_context(&options);
  skein_value *value = NULL, *global = NULL;
  FAILS(skein_wrap(context, definition, &freed, count_up, &value, &error), SKEIN_INVALID,
        "No class is bound in context tokens for the type of this object");
  EXPECT(freed == 1);
  OK(skein_bind_class(context, definition, NULL, &error));
  OK(skein_wrap(context, definition, &freed, count_up, &value, &error));
  OK(skein_global(context, &global, &error));
  OK(skein_set(global, "token", value, &error));
  skein_value_free(value);
  OK(skein_wrap(context, definition, NULL, NULL, &value, &error)); /* no data is data, too */
  void* data = &freed;
  OK(skein_unwrap(value, definition, &data, &error));
  EXPECT(data == NULL);
  skein_value_free(value);
  EXPECT(eval_is(context, "String(token)", "[object Token]"));
  EXPECT(eval_is(context, "try { new Token() } catch (e) { e.message }", "Illegal constructor: Token objects are made by the host"));
  skein_value_free(eval(context, "token = null"));
  OK(skein_context_collect_garbage(context, &error));
  EXPECT(freed == 2);
  skein_value_free(global);
  skein_context_free(context);
  skein_class_free(definition);
}

typedef struct shared_job {
  skein_class* definition;
  counter* shared;
} shared_job;

static void* count_in_a_context(void* user) {
  shared_job* job = user;
  skein_context* context = new_context(NULL);
  skein_value *object = NULL, *global = NULL;
  OK(skein_bind_class(context, job->definition, NULL, &error));
  atomic_fetch_add(&job->shared->references, 1);
  OK(skein_wrap(context, job->definition, job->shared, release_counter, &object, &error));
  OK(skein_global(context, &global, &error));
  OK(skein_set(global, "counter", object, &error));
  skein_value_free(object);
  skein_value_free(global);
  skein_value_free(eval(context, "for (let i = 0; i < 5000; ++i) counter.add(1)"));
  skein_context_free(context);
  return NULL;
}

static void test_one_counter_in_contexts_on_many_threads(void) {
  double start = 0;
  atomic_int freed = 0;
  shared_job job = {new_counter_class(&start, &freed), new_counter(0)};
  pthread_t threads[4];
  for (int i = 0; i < 4; ++i) pthread_create(&threads[i], NULL, count_in_a_context, &job);
  for (int i = 0; i < 4; ++i) pthread_join(threads[i], NULL);
  EXPECT(job.shared->value == 20000);
  release_counter(job.shared);
  skein_class_free(job.definition);
  EXPECT(live_counters == 0);
}

static void write_counter(void* user, void* data, skein_reply* reply) {
  (void)user;
  uint8_t byte = (uint8_t)atomic_load(&((counter*)data)->value);
  skein_reply_text(reply, (const char*)&byte, 1);
}

static void read_counter(void* user, const uint8_t* bytes, size_t length, skein_reply* reply) {
  (void)user;
  if (length == 1) skein_reply_data(reply, new_counter(bytes[0]), release_counter);
  else skein_reply_throw(reply, "no counter");
}

static void test_objects_are_cloned(void) {
  double start = 0;
  atomic_int freed = 0, cloning = 0;
  skein_class* definition = new_counter_class(&start, &freed);
  EXPECT(skein_class_clone_as_bytes(definition, write_counter, read_counter, &cloning, count_up) == SKEIN_OK);
  EXPECT(skein_class_transferable(definition) == SKEIN_OK);
  skein_context* a = new_context(NULL);
  skein_context* b = new_context(NULL);
  OK(skein_bind_class(a, definition, NULL, &error));
  OK(skein_bind_class(b, definition, NULL, &error));
  skein_class_free(definition);
  skein_value* object = eval(a, "globalThis.c = new Counter(7)");
  uint8_t* bytes = NULL;
  size_t length = 0;
  OK(skein_serialize(a, object, &bytes, &length, &error));
  skein_value *copy = NULL, *value = NULL;
  OK(skein_deserialize(b, bytes, length, &copy, &error));
  OK(skein_get(copy, "value", &value, &error));
  EXPECT(skein_value_number(value) == 7);
  skein_bytes_free(bytes);
  skein_value_free(copy);
  skein_value_free(value);
  const skein_value* transfer[] = {object};
  skein_message* message = NULL;
  OK(skein_message_new(a, object, SKEIN_SAME_PROCESS, transfer, 1, &message, &error));
  EXPECT(eval_is(a, "try { c.add(1) } catch (e) { e.name }", "TypeError"));
  OK(skein_message_read(b, message, &copy, &error));
  skein_message_free(message);
  skein_value_free(copy);
  skein_value_free(object);
  skein_context_free(a);
  skein_context_free(b);
  EXPECT(live_counters == 0 && cloning == 1);
}

static void throw_passed(void* user, skein_call* call) {
  (void)user;
  skein_value* argument = skein_call_argument(call, 0);
  skein_error* error = skein_value_type(argument) == SKEIN_UNDEFINED ? skein_error_new(SKEIN_RANGE_ERROR, "of C") : skein_error_of_value(argument);
  skein_call_throw_error(call, error);
  skein_error_free(error);
  skein_value_free(argument);
}

static void tell_receiver(void* user, skein_call* call) {
  (void)user;
  skein_value* receiver = skein_call_receiver(call);
  skein_call_return_text(call, skein_type_text(skein_value_type(receiver)), strlen(skein_type_text(skein_value_type(receiver))));
  skein_value_free(receiver);
}

static void test_functions(void) {
  skein_context* context = new_context(NULL);
  atomic_int freed = 0;
  OK(skein_bind(context, "fail", throw_passed, &freed, count_up, &error));
  EXPECT(eval_is(context, "const told = []; try { fail() } catch (e) { told.push(e.name, e.message) } try { fail(42) } catch (e) { told.push(e) } told", "RangeError,of C,42"));
  skein_value *function = NULL, *result = NULL;
  OK(skein_function(context, "tell", 3, tell_receiver, NULL, NULL, &function, &error));
  skein_value* receiver = skein_null();
  OK(skein_call_function(function, receiver, NULL, 0, &result, &error));
  char* text = NULL;
  OK(skein_value_text(result, &text, NULL, &error));
  EXPECT(strcmp(text, "null") == 0);
  skein_text_free(text);
  skein_value_free(result);
  OK(skein_get(function, "length", &result, &error));
  EXPECT(skein_value_number(result) == 3);
  skein_value_free(result);
  skein_value_free(receiver);
  skein_value_free(function);
  skein_context_free(context);
  EXPECT(freed == 1);
}

/* --- Promises --- */

static skein_status make_list(void* user, skein_context* context, skein_value** out, skein_error** error) {
  (void)user;
  EXPECT(skein_context_is_entered(context));
  return skein_array(context, NULL, 0, out, error);
}

static skein_status make_nothing(void* user, skein_context* context, skein_value** out, skein_error** error) {
  (void)user;
  (void)context;
  (void)out;
  *error = skein_error_new(SKEIN_TYPE_ERROR, "not made");
  return skein_error_status(*error);
}

static void* settle(void* resolver) {
  OK(skein_resolve_text(resolver, "later", 5, &error));
  OK(skein_resolve_number(resolver, 1, &error)); /* does nothing any more */
  return NULL;
}

static void test_promises(void) {
  skein_context* context = new_context(NULL);
  skein_resolver* resolver = NULL;
  skein_value *promise = NULL, *value = NULL;
  atomic_int freed = 0;

  OK(skein_promise(context, &resolver, &error));
  promise = skein_resolver_promise(resolver);
  skein_promise_status state = SKEIN_REJECTED;
  OK(skein_promise_state(promise, &state, &error));
  EXPECT(state == SKEIN_PENDING);
  pthread_t thread;
  pthread_create(&thread, NULL, settle, resolver);
  OK(skein_await(context, promise, &value, &error));
  pthread_join(thread, NULL);
  EXPECT(skein_value_type(value) == SKEIN_STRING);
  skein_value_free(value);
  OK(skein_promise_result(promise, &value, &error));
  EXPECT(skein_value_type(value) == SKEIN_STRING);
  skein_value_free(value);
  skein_value_free(promise);
  skein_resolver_free(resolver);

  OK(skein_promise(context, &resolver, &error));
  promise = skein_resolver_promise(resolver);
  OK(skein_resolve_with(resolver, make_list, &freed, count_up, &error));
  OK(skein_await(context, promise, &value, &error));
  EXPECT(skein_value_type(value) == SKEIN_ARRAY && freed == 1);
  skein_value_free(promise);
  skein_resolver_free(resolver);

  OK(skein_promise(context, &resolver, &error));
  promise = skein_resolver_promise(resolver);
  OK(skein_resolve(resolver, value, &error)); /* any value of the context */
  skein_value_free(value);
  OK(skein_await(context, promise, &value, &error));
  EXPECT(skein_value_type(value) == SKEIN_ARRAY);
  skein_value_free(value);
  skein_value_free(promise);
  skein_resolver_free(resolver);

  OK(skein_promise(context, &resolver, &error));
  promise = skein_resolver_promise(resolver);
  OK(skein_resolve_with(resolver, make_nothing, &freed, NULL, &error));
  FAILS(skein_await(context, promise, &value, &error), SKEIN_EXCEPTION, "TypeError: not made");
  skein_value_free(promise);
  skein_resolver_free(resolver);

  OK(skein_promise(context, &resolver, &error));
  promise = skein_resolver_promise(resolver);
  skein_error* reason = skein_error_new(SKEIN_RANGE_ERROR, "reason");
  OK(skein_reject_error(resolver, reason, &error));
  skein_error_free(reason);
  FAILS(skein_await(context, promise, &value, &error), SKEIN_EXCEPTION, "RangeError: reason");
  skein_value_free(promise);
  skein_resolver_free(resolver);
  skein_context_free(context);
}

/* --- The pool --- */

typedef struct pool_state {
  skein_class* definition;
  counter* shared;
  atomic_int done;
  atomic_int refused;
  atomic_int sum;
} pool_state;

static skein_status set_up(void* user, skein_context* context, skein_error** error) {
  pool_state* state = user;
  EXPECT(skein_context_is_entered(context));
  skein_value *object = NULL, *global = NULL;
  skein_status status = skein_bind_class(context, state->definition, NULL, error);
  if (status != SKEIN_OK) return status;
  atomic_fetch_add(&state->shared->references, 1);
  status = skein_wrap(context, state->definition, state->shared, release_counter, &object, error);
  if (status == SKEIN_OK) status = skein_global(context, &global, error);
  if (status == SKEIN_OK) status = skein_set(global, "counter", object, error);
  skein_value_free(object);
  skein_value_free(global);
  return status;
}

static void count_job(void* user, skein_context* context, const skein_error* error) {
  pool_state* state = user;
  if (context == NULL) {
    EXPECT(strcmp(skein_error_message(error), "The pool is closed") == 0 && skein_error_status(error) == SKEIN_CLOSED);
    atomic_fetch_add(&state->refused, 1);
    return;
  }
  EXPECT(eval_is(context, "counter.add(1); globalThis.dirty = (globalThis.dirty ?? 0) + 1", "1"));
  atomic_fetch_add(&state->done, 1);
}

static void add_answer(void* user, skein_context* context, const skein_value* value, const skein_error* error) {
  pool_state* state = user;
  EXPECT(context != NULL);
  if (value != NULL) atomic_fetch_add(&state->sum, (int)skein_value_number(value));
  else if (strcmp(skein_error_message(error), "Error: no") == 0) atomic_fetch_add(&state->refused, 1);
}

static void test_pool(void) {
  double start = 0;
  atomic_int freed = 0, users = 0;
  pool_state state = {new_counter_class(&start, &freed), new_counter(0), 0, 0, 0};
  skein_pool_options options = {0};
  options.threads = 4;
  options.setup = set_up;
  options.user = &state;
  options.context.on_uncaught = note_uncaught;
  options.context.user = &users;
  options.context.free_user = count_up;
  skein_pool* pool = skein_pool_new(engine, &options);
  EXPECT(skein_pool_thread_count(pool) == 4);
  for (int i = 0; i < 40; ++i) skein_pool_submit(pool, count_job, &state);
  skein_pool_wait(pool);
  EXPECT(state.done == 40 && state.shared->value == 40);
  for (int i = 1; i <= 4; ++i) skein_pool_evaluate(pool, "Promise.resolve(counter.add(0))", 31, NULL, add_answer, &state);
  skein_pool_evaluate(pool, "throw new Error('no')", 21, "bad.js", add_answer, &state);
  skein_pool_wait(pool);
  EXPECT(state.sum == 160 && state.refused == 1);
  skein_pool_figures figures;
  skein_pool_get_figures(pool, &figures);
  EXPECT(figures.jobs == 45 && figures.contexts_made >= 45 && figures.waiting == 0);
  skein_pool_close(pool);
  skein_pool_submit(pool, count_job, &state);
  EXPECT(state.refused == 2 && users == 0);
  skein_pool_free(pool);
  EXPECT(users == 1);
  release_counter(state.shared);
  skein_class_free(state.definition);
  EXPECT(live_counters == 0);
}

static skein_status refuse_set_up(void* user, skein_context* context, skein_error** error) {
  (void)user;
  (void)context;
  *error = skein_error_new(SKEIN_ERROR, "no set-up");
  return skein_error_status(*error);
}

static void count_failed_set_up(void* user, skein_context* context, const skein_error* error) {
  EXPECT(context == NULL && strcmp(skein_error_message(error), "no set-up") == 0);
  count_up(user);
}

static void test_pools_that_cannot_start(void) {
  skein_pool_options options = {.threads = 2, .keep = true, .jobs_per_context = 3, .setup = refuse_set_up};
  skein_pool* pool = skein_pool_new(engine, &options);
  atomic_int failed = 0;
  for (int i = 0; i < 5; ++i) skein_pool_submit(pool, count_failed_set_up, &failed);
  skein_pool_wait(pool);
  EXPECT(failed == 5);
  skein_pool_free(pool);
}

int main(void) {
  static const struct {
    const char* name;
    void (*run)(void);
  } kCases[] = {
      {"engines have options", test_engines_have_options},
      {"one thread at a time", test_one_thread_at_a_time},
      {"suspended while another runs", test_suspended_while_another_runs},
      {"interrupts", test_interrupts},
      {"limits", test_limits},
      {"compiled once, run in many contexts", test_compiled_once_run_in_many_contexts},
      {"modules", test_modules},
      {"event loop", test_event_loop},
      {"values", test_values},
      {"buffers", test_buffers},
      {"errors", test_errors},
      {"clones", test_clones},
      {"functions", test_functions},
      {"classes", test_classes},
      {"objects of the host", test_objects_of_the_host},
      {"one counter in contexts on many threads", test_one_counter_in_contexts_on_many_threads},
      {"objects are cloned", test_objects_are_cloned},
      {"promises", test_promises},
      {"pool", test_pool},
      {"pools that cannot start", test_pools_that_cannot_start},
  };
  int passed = 0, failed = 0;
  engine = skein_engine_new(NULL);
  for (size_t i = 0; i < sizeof kCases / sizeof *kCases; ++i) {
    int before = failures;
    current_case = kCases[i].name;
    kCases[i].run();
    if (failures == before) ++passed;
    else ++failed;
    printf("%s: %s\n", failures == before ? "ok" : "FAILED", kCases[i].name);
  }
  skein_engine_free(engine);
  printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
