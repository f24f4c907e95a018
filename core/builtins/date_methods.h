// What the files of the Date clause share.
#pragma once

#include "core/builtins/builtins_data.h"
#include "core/builtins/date_object.h"
#include "core/numeric/date/date_math.h"
#include "core/runtime/builtin_spec.h"

namespace skein {

Completion<Date*> this_date(Agent& agent, const CallInfo& info);  // no script
inline double to_local_time(Agent& agent, double time) { return numeric::date::local_time(time, builtins_data(agent).time_zone()); }
inline double to_utc_time(Agent& agent, double local) { return numeric::date::utc_time(local, builtins_data(agent).time_zone()); }

// date_fields.cpp: the methods get… and set…
void define_date_fields(Agent& agent, Realm& realm, Object* prototype);

}  // namespace skein
