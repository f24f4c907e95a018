/* What the cases of the C API share: C11, one function per case. */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "skein/skein_c.h"

typedef struct test_case {
  const char* name;
  void (*run)(void);
} test_case;

/* Each file has its own; the last one has no name. */
extern const test_case kContextsCases[], kScriptsCases[], kValuesCases[], kClassesCases[], kPromisesCases[], kPoolCases[];

extern const char* current_case;
extern atomic_int failures;
extern skein_engine* engine;

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

skein_context* new_context(const skein_context_options* options);
skein_value* eval(skein_context* context, const char* source);
double eval_number(skein_context* context, const char* source);
/* Whether a script's value, as text, is that. */
bool eval_is(skein_context* context, const char* source, const char* expected);
void count_up(void* counter);
