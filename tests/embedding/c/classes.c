/* Functions and classes of the host. */
#include <pthread.h>

#include "counter.h"
#include "support.h"

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

const test_case kClassesCases[] = {
    {"functions", test_functions},
    {"classes", test_classes},
    {"objects of the host", test_objects_of_the_host},
    {"one counter in contexts on many threads", test_one_counter_in_contexts_on_many_threads},
    {"objects are cloned", test_objects_are_cloned},
    {NULL, NULL},
};
