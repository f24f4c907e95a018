#include <skein/skein_c.h>
#include <stdio.h>
#include <string.h>

static int freed = 0;

static void add(void* user, skein_call* call) {
  double sum = *(double*)user;
  for (size_t i = 0; i < skein_call_count(call); ++i) {
    skein_value* argument = skein_call_argument(call, i);
    if (skein_value_type(argument) != SKEIN_NUMBER) skein_call_throw(call, "add wants numbers");
    sum += skein_value_number(argument);
    skein_value_free(argument);
  }
  skein_value* result = skein_number(sum);
  skein_call_return(call, result);
  skein_value_free(result);
}

static void count_free(void* user) {
  (void)user;
  ++freed;
}

static bool stop(void* user, skein_context* context) {
  (void)context;
  *(int*)user += 1;
  return false;
}

#define CHECK(condition)                                        \
  do {                                                          \
    if (!(condition)) {                                         \
      fprintf(stderr, "line %d: %s\n", __LINE__, #condition);   \
      return 1;                                                 \
    }                                                           \
  } while (0)

int main(void) {
  double start = 30;
  int stops = 0;
  skein_engine* engine = skein_engine_new(NULL);
  skein_context_options options = {0};
  options.name = "from C";
  options.time_ns = 50 * 1000 * 1000;
  options.on_interrupt = stop;
  options.user = &stops;
  skein_context* context = NULL;
  skein_value* value = NULL;
  skein_error* error = NULL;
  CHECK(skein_context_new(engine, &options, &context, &error) == SKEIN_OK);
  CHECK(skein_bind(context, "add", add, &start, count_free, &error) == SKEIN_OK);

  const char* source = "[add(5, 7)]";
  CHECK(skein_evaluate(context, source, strlen(source), "c.js", &value, &error) == SKEIN_OK);
  CHECK(skein_value_type(value) == SKEIN_ARRAY);
  skein_value* element = NULL;
  CHECK(skein_get_index(value, 0, &element, &error) == SKEIN_OK);
  CHECK(skein_value_number(element) == 42);
  skein_value_free(element);
  char* text = NULL;
  size_t length = 0;
  CHECK(skein_value_text(value, &text, &length, &error) == SKEIN_OK);
  CHECK(length == 2 && strcmp(text, "42") == 0);
  skein_text_free(text);
  skein_value_free(value);

  CHECK(skein_evaluate(context, "add('x')", 8, "c.js", &value, &error) == SKEIN_EXCEPTION);
  CHECK(strcmp(skein_error_message(error), "TypeError: add wants numbers") == 0);
  skein_error_free(error);
  CHECK(skein_evaluate(context, "for (;;) {}", 11, "c.js", &value, &error) == SKEIN_TIME_LIMIT);
  CHECK(skein_error_status(error) == SKEIN_TIME_LIMIT);
  skein_error_free(error);
  skein_context_request_interrupt(context);
  CHECK(skein_evaluate(context, "for (;;) {}", 11, "c.js", &value, NULL) == SKEIN_TERMINATED);
  CHECK(stops == 1);

  CHECK(skein_evaluate(context, "({list: [1, 'two']})", 20, "c.js", &value, &error) == SKEIN_OK);
  uint8_t* bytes = NULL;
  CHECK(skein_serialize(context, value, &bytes, &length, &error) == SKEIN_OK);
  skein_value_free(value);
  CHECK(skein_deserialize(context, bytes, length, &value, &error) == SKEIN_OK);
  CHECK(skein_value_type(value) == SKEIN_OBJECT);
  skein_value_free(value);
  CHECK(skein_deserialize(context, bytes, length / 2, &value, NULL) == SKEIN_EXCEPTION);
  skein_bytes_free(bytes);

  skein_resolver* resolver = NULL;
  CHECK(skein_promise(context, &resolver, &error) == SKEIN_OK);
  skein_value* promise = skein_resolver_promise(resolver);
  CHECK(skein_resolve_text(resolver, "later", 5, &error) == SKEIN_OK);
  CHECK(skein_await(context, promise, &value, &error) == SKEIN_OK);
  CHECK(skein_value_type(value) == SKEIN_STRING);
  skein_value_free(value);
  skein_value_free(promise);
  skein_resolver_free(resolver);

  skein_scope* scope = NULL;
  CHECK(skein_context_enter(context, false, &scope, &error) == SKEIN_OK);
  skein_scope_free(scope);
  CHECK(skein_context_close(context, false, &error) == SKEIN_OK);
  CHECK(freed == 1);
  CHECK(skein_evaluate(context, "1", 1, NULL, &value, NULL) == SKEIN_CLOSED);
  skein_context_free(context);
  skein_engine_free(engine);
  printf("C API of Skein %s works\n", skein_version());
  return 0;
}
