/* The smallest program in C: a context, a function of C in it, a script. */
#include <stdio.h>
#include <string.h>

#include "skein/skein_c.h"

static void add(void* user, skein_call* call) {
  (void)user;
  double sum = 0;
  for (size_t i = 0; i < skein_call_count(call); ++i) {
    skein_value* argument = skein_call_argument(call, i);
    if (skein_value_type(argument) != SKEIN_NUMBER) skein_call_throw(call, "add: expected numbers");
    sum += skein_value_number(argument);
    skein_value_free(argument);
  }
  skein_value* result = skein_number(sum);
  skein_call_return(call, result);
  skein_value_free(result);
}

/* Evaluates and prints; errors are values, too. */
static void show(skein_context* context, const char* source) {
  skein_value* value = NULL;
  skein_error* error = NULL;
  char* text = NULL;
  if (skein_evaluate(context, source, strlen(source), "hello.js", &value, &error) == SKEIN_OK &&
      skein_value_text(value, &text, NULL, &error) == SKEIN_OK)
    printf("%s\n", text);
  else
    printf("%s: %s\n", skein_status_text(skein_error_status(error)), skein_error_message(error));
  skein_text_free(text);
  skein_value_free(value);
  skein_error_free(error);
}

int main(void) {
  skein_engine* engine = skein_engine_new(NULL);
  skein_context* context = NULL;
  if (skein_context_new(engine, NULL, &context, NULL) != SKEIN_OK) return 1;
  if (skein_bind(context, "add", add, NULL, NULL, NULL) != SKEIN_OK) return 1;
  show(context, "`1 + 2 is ${add(1, 2)}`");
  show(context, "add(1, 'two')");
  skein_context_free(context);
  skein_engine_free(engine);
  return 0;
}

/* What it prints:
// expect: 1 + 2 is 3
// expect: exception: TypeError: add: expected numbers
*/
