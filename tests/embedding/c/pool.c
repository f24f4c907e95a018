/* The pool. */
#include "counter.h"
#include "support.h"

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

static void refuse_uncaught(void* user, skein_context* context, const skein_error* error) {
  (void)user;
  (void)context;
  EXPECT(error == NULL);
}

static void test_pool(void) {
  double start = 0;
  atomic_int freed = 0, users = 0;
  pool_state state = {new_counter_class(&start, &freed), new_counter(0), 0, 0, 0};
  skein_pool_options options = {0};
  options.threads = 4;
  options.setup = set_up;
  options.user = &state;
  options.context.on_uncaught = refuse_uncaught;
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

const test_case kPoolCases[] = {
    {"pool", test_pool},
    {"pools that cannot start", test_pools_that_cannot_start},
    {NULL, NULL},
};
