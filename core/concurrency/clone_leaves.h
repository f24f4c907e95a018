// Dates and regular expressions, as clones need them.
#pragma once

#include "core/runtime/operations.h"
#if __has_include("core/builtins/reg_exp_object.h")
#include "core/builtins/reg_exp_object.h"
#define SKEIN_CLONES_REG_EXP 1
#endif
#if __has_include("core/builtins/date_object.h")
#include "core/builtins/date_object.h"
#define SKEIN_CLONES_DATE 1
#endif
