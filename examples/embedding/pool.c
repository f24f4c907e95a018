/* A server in C: each job is a script in a context of its own, on one of 8 threads; the jobs share a counter of C. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "skein/skein_c.h"

typedef struct server {
  skein_class* definition; /* Counter: what script sees of `hits` */
  atomic_int hits;
  atomic_int answers;
  atomic_int errors;
} server;

/* Counter.prototype.hit */
static void hit(void* user, skein_call* call) {
  (void)user;
  atomic_int* hits = skein_call_data(call);
  skein_value* result = skein_number(atomic_fetch_add(hits, 1) + 1);
  skein_call_return(call, result);
  skein_value_free(result);
}

/* Makes each new context ready. `hits` outlives them all, so there is nothing to free. */
static skein_status set_up(void* user, skein_context* context, skein_error** error) {
  server* self = user;
  skein_value *counter = NULL, *global = NULL;
  skein_status status = skein_bind_class(context, self->definition, NULL, error);
  if (status == SKEIN_OK) status = skein_wrap(context, self->definition, &self->hits, NULL, &counter, error);
  if (status == SKEIN_OK) status = skein_global(context, &global, error);
  if (status == SKEIN_OK) status = skein_set(global, "counter", counter, error);
  skein_value_free(counter);
  skein_value_free(global);
  return status;
}

/* On a thread of the pool, which is in the context. */
static void answered(void* user, skein_context* context, const skein_value* value, const skein_error* error) {
  server* self = user;
  (void)context;
  if (value != NULL && skein_value_type(value) == SKEIN_STRING) atomic_fetch_add(&self->answers, 1);
  if (error != NULL && skein_error_status(error) == SKEIN_TIME_LIMIT) atomic_fetch_add(&self->errors, 1);
}

int main(void) {
  server self = {skein_class_new("Counter"), 0, 0, 0};
  skein_class_method(self.definition, "hit", 0, hit, NULL, NULL);
  skein_engine* engine = skein_engine_new(NULL);
  skein_pool_options options = {0};
  options.threads = 8;
  options.context.time_ns = 300 * 1000 * 1000;
  options.context.heap_bytes = 64 << 20;
  options.setup = set_up;
  options.user = &self;
  skein_pool* pool = skein_pool_new(engine, &options);

  const char* handler = "(async () => { const n = counter.hit(); await null; return 'you are visitor ' + n })()";
  const char* hostile = "for (;;) {}";
  for (int i = 0; i < 200; ++i) {
    const char* source = i % 50 == 49 ? hostile : handler;
    skein_pool_evaluate(pool, source, strlen(source), "request.js", answered, &self);
  }
  skein_pool_wait(pool);
  printf("%d answers, %d hits, %d that took too long\n", self.answers, self.hits, self.errors);
  skein_pool_free(pool);
  skein_engine_free(engine);
  skein_class_free(self.definition);
  return 0;
}

/* What it prints:
// expect: 196 answers, 196 hits, 4 that took too long
*/
