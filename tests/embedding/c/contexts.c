/* Engines, contexts and their limits. */
#include <pthread.h>
#include <sched.h>

#include "support.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#else
static void __lsan_disable(void) {}
static void __lsan_enable(void) {}
#endif

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

const test_case kContextsCases[] = {
    {"engines have options", test_engines_have_options},
    {"one thread at a time", test_one_thread_at_a_time},
    {"suspended while another runs", test_suspended_while_another_runs},
    {"interrupts", test_interrupts},
    {"limits", test_limits},
    {NULL, NULL},
};
