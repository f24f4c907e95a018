/* A class of the host whose objects count: shared, freed, seen from many threads. */
#include "counter.h"

#include <math.h>
#include <stdlib.h>

#include "support.h"

atomic_int live_counters;

counter* new_counter(int value) {
  counter* made = malloc(sizeof *made);
  atomic_init(&made->references, 1);
  atomic_init(&made->value, value);
  atomic_fetch_add(&live_counters, 1);
  return made;
}

void release_counter(void* data) {
  counter* self = data;
  if (atomic_fetch_sub(&self->references, 1) != 1) return;
  free(self);
  atomic_fetch_sub(&live_counters, 1);
}

static double number_argument(skein_call* call, size_t index) {
  skein_value* argument = skein_call_argument(call, index);
  double number = skein_value_number(argument);
  if (isnan(number)) skein_call_throw(call, "expected a number");
  skein_value_free(argument);
  return number;
}

static void return_number(skein_call* call, double number) {
  skein_value* value = skein_number(number);
  skein_call_return(call, value);
  skein_value_free(value);
}

static void counter_construct(void* user, skein_call* call) {
  skein_value* target = skein_call_new_target(call);
  EXPECT(skein_value_type(target) == SKEIN_FUNCTION);
  skein_value_free(target);
  double start = skein_call_count(call) == 0 ? *(double*)user : number_argument(call, 0);
  if (!isnan(start)) skein_call_construct(call, new_counter((int)start), release_counter);
}

void counter_add(void* user, skein_call* call) {
  (void)user;
  counter* self = skein_call_data(call);
  double by = number_argument(call, 0);
  if (!isnan(by)) return_number(call, atomic_fetch_add(&self->value, (int)by) + (int)by);
}

static void counter_get(void* user, skein_call* call) {
  (void)user;
  return_number(call, atomic_load(&((counter*)skein_call_data(call))->value));
}

static void counter_set(void* user, skein_call* call) {
  (void)user;
  atomic_store(&((counter*)skein_call_data(call))->value, (int)number_argument(call, 0));
}

static void counter_of_text(void* user, skein_call* call) {
  EXPECT(skein_call_data(call) == NULL);
  return_number(call, number_argument(call, 0) + *(double*)user);
}

skein_class* new_counter_class(double* start, atomic_int* freed) {
  skein_class* definition = skein_class_new("Counter");
  EXPECT(skein_class_constructor(definition, 1, counter_construct, start, NULL) == SKEIN_OK);
  EXPECT(skein_class_method(definition, "add", 1, counter_add, freed, count_up) == SKEIN_OK);
  EXPECT(skein_class_property(definition, "value", counter_get, counter_set, NULL, NULL) == SKEIN_OK);
  EXPECT(skein_class_property(definition, "fixed", counter_get, NULL, NULL, NULL) == SKEIN_OK);
  EXPECT(skein_class_static_method(definition, "plus", 1, counter_of_text, start, NULL) == SKEIN_OK);
  return definition;
}
