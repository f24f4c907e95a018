/* A counter that scripts of many contexts share, and its class. */
#pragma once

#include <stdatomic.h>

#include "skein/skein_c.h"

typedef struct counter {
  atomic_int references;
  atomic_int value;
} counter;

/* How many are alive. */
extern atomic_int live_counters;

counter* new_counter(int value);
void release_counter(void* data);
/* Its method: adds its argument, and returns what has come of it. */
void counter_add(void* user, skein_call* call);
/* `start` is what its constructor begins with; `freed` counts one up with the class. */
skein_class* new_counter_class(double* start, atomic_int* freed);
