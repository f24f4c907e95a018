/* Promises. */
#include <pthread.h>

#include "support.h"

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

const test_case kPromisesCases[] = {
    {"promises", test_promises},
    {NULL, NULL},
};
