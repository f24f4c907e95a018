/* Scripts, modules and the event loop. */
#include <pthread.h>

#include "support.h"

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

const test_case kScriptsCases[] = {
    {"compiled once, run in many contexts", test_compiled_once_run_in_many_contexts},
    {"modules", test_modules},
    {"event loop", test_event_loop},
    {NULL, NULL},
};
