/* Runs the cases of the C API, one after the other. */
#include "support.h"

const char* current_case = "";
atomic_int failures;
skein_engine* engine;

skein_context* new_context(const skein_context_options* options) {
  skein_context* context = NULL;
  OK(skein_context_new(engine, options, &context, &error));
  return context;
}

skein_value* eval(skein_context* context, const char* source) {
  skein_value* value = NULL;
  OK(skein_evaluate(context, source, strlen(source), "test.js", &value, &error));
  return value;
}

double eval_number(skein_context* context, const char* source) {
  skein_value* value = eval(context, source);
  double number = skein_value_number(value);
  skein_value_free(value);
  return number;
}

bool eval_is(skein_context* context, const char* source, const char* expected) {
  skein_value* value = eval(context, source);
  char* text = NULL;
  OK(skein_value_text(value, &text, NULL, &error));
  bool same = text != NULL && strcmp(text, expected) == 0;
  if (!same) fprintf(stderr, "%s: %s gives %s\n", current_case, source, text);
  skein_text_free(text);
  skein_value_free(value);
  return same;
}

void count_up(void* counter) { atomic_fetch_add((atomic_int*)counter, 1); }

int main(void) {
  const test_case* const groups[] = {kContextsCases, kScriptsCases, kValuesCases, kClassesCases, kPromisesCases, kPoolCases};
  int passed = 0, failed = 0;
  engine = skein_engine_new(NULL);
  for (size_t i = 0; i < sizeof groups / sizeof *groups; ++i) {
    for (const test_case* it = groups[i]; it->name != NULL; ++it) {
      int before = failures;
      current_case = it->name;
      it->run();
      if (failures == before) ++passed;
      else ++failed;
      printf("%s: %s\n", failures == before ? "ok" : "FAILED", it->name);
    }
  }
  skein_engine_free(engine);
  printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
