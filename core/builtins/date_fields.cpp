// Date.prototype's methods that read and write fields of a date, in local time and UTC.
#include <algorithm>
#include <cmath>

#include "core/builtins/date_methods.h"
#include "core/builtins/support.h"

namespace skein {
namespace {

using namespace numeric::date;

enum class Clock : uint8_t { kLocal, kUtc };
enum Component : uint8_t { kYear, kMonth, kDayOfMonth, kHours, kMinutes, kSeconds, kMilliseconds, kWeekday };

double component(const Fields& fields, Component which) {
  switch (which) {
    case kYear: return static_cast<double>(fields.year);
    case kMonth: return fields.month;
    case kDayOfMonth: return fields.day;
    case kHours: return fields.hour;
    case kMinutes: return fields.minute;
    case kSeconds: return fields.second;
    case kMilliseconds: return fields.millisecond;
    case kWeekday: return fields.weekday;
  }
  SKEIN_UNREACHABLE();
}

// https://tc39.es/ecma262/#sec-date.prototype.getdate and its kin
template <Component kComponent, Clock kClock>
Completion<Value> get_field(Agent& agent, const CallInfo& info) {
  double time = TRY(this_date(agent, info))->time();
  if (std::isnan(time)) return Value::number(time);
  if (kClock == Clock::kLocal) time = to_local_time(agent, time);
  return Value::number(component(decompose(time), kComponent));
}

// https://tc39.es/ecma262/#sec-date.prototype.gettime, #sec-date.prototype.valueof
Completion<Value> date_prototype_get_time(Agent& agent, const CallInfo& info) { return Value::number(TRY(this_date(agent, info))->time()); }

// https://tc39.es/ecma262/#sec-date.prototype.gettimezoneoffset
Completion<Value> date_prototype_get_timezone_offset(Agent& agent, const CallInfo& info) {
  double time = TRY(this_date(agent, info))->time();
  if (std::isnan(time)) return Value::number(time);
  return Value::number((time - to_local_time(agent, time)) / kMsPerMinute);
}

// https://tc39.es/ecma262/#sec-date.prototype.getyear
Completion<Value> date_prototype_get_year(Agent& agent, const CallInfo& info) {
  double time = TRY(this_date(agent, info))->time();
  if (std::isnan(time)) return Value::number(time);
  return Value::number(component(decompose(to_local_time(agent, time)), kYear) - 1900);
}

Value store_time(Date* date, double time) {
  date->set_time(time);
  return Value::number(time);
}

// https://tc39.es/ecma262/#sec-date.prototype.setdate and its kin: replaces the fields from kFirst on by
// the arguments, at most kCount.
template <Component kFirst, int kCount, Clock kClock>
Completion<Value> set_fields(Agent& agent, const CallInfo& info) {
  // The time is read before, and used after, conversions that may change the date.
  Date* date = TRY(this_date(agent, info));
  double time = date->time();
  int given = std::clamp<int>(static_cast<int>(std::min<uint32_t>(info.count(), kCount)), 1, kCount);
  double arguments[kCount];
  for (int i = 0; i < given; ++i) arguments[i] = TRY(to_number(agent, info[static_cast<uint32_t>(i)]));
  if (std::isnan(time)) {
    if (kFirst != kYear) return Value::number(time);
    time = 0;
  } else if (kClock == Clock::kLocal) {
    time = to_local_time(agent, time);
  }
  Fields fields = decompose(time);
  double values[kWeekday];
  for (int i = 0; i < kWeekday; ++i) values[i] = component(fields, static_cast<Component>(i));
  std::copy_n(arguments, given, values + kFirst);
  double day = make_day(values[kYear], values[kMonth], values[kDayOfMonth]);
  double new_time = make_date(day, make_time(values[kHours], values[kMinutes], values[kSeconds], values[kMilliseconds]));
  if (kClock == Clock::kLocal) new_time = to_utc_time(agent, new_time);
  return store_time(date, time_clip(new_time));
}

// https://tc39.es/ecma262/#sec-date.prototype.settime
Completion<Value> date_prototype_set_time(Agent& agent, const CallInfo& info) {
  Date* date = TRY(this_date(agent, info));
  return store_time(date, time_clip(TRY(to_number(agent, info[0]))));
}

// https://tc39.es/ecma262/#sec-date.prototype.setyear
Completion<Value> date_prototype_set_year(Agent& agent, const CallInfo& info) {
  // 1. - 5.
  Date* date = TRY(this_date(agent, info));
  double time = date->time();
  double year = TRY(to_number(agent, info[0]));
  time = std::isnan(time) ? 0 : to_local_time(agent, time);
  // 6. - 10.
  Fields fields = decompose(time);
  double day = make_day(make_full_year(year), fields.month, fields.day);
  return store_time(date, time_clip(to_utc_time(agent, make_date(day, time_within_day(time)))));
}

constexpr Clock kLocal = Clock::kLocal;
constexpr Clock kUtc = Clock::kUtc;

constexpr PropertySpec kFields[] = {
    PropertySpec::function("getDate", get_field<kDayOfMonth, kLocal>, 0),
    PropertySpec::function("getDay", get_field<kWeekday, kLocal>, 0),
    PropertySpec::function("getFullYear", get_field<kYear, kLocal>, 0),
    PropertySpec::function("getHours", get_field<kHours, kLocal>, 0),
    PropertySpec::function("getMilliseconds", get_field<kMilliseconds, kLocal>, 0),
    PropertySpec::function("getMinutes", get_field<kMinutes, kLocal>, 0),
    PropertySpec::function("getMonth", get_field<kMonth, kLocal>, 0),
    PropertySpec::function("getSeconds", get_field<kSeconds, kLocal>, 0),
    PropertySpec::function("getTime", date_prototype_get_time, 0),
    PropertySpec::function("getTimezoneOffset", date_prototype_get_timezone_offset, 0),
    PropertySpec::function("getUTCDate", get_field<kDayOfMonth, kUtc>, 0),
    PropertySpec::function("getUTCDay", get_field<kWeekday, kUtc>, 0),
    PropertySpec::function("getUTCFullYear", get_field<kYear, kUtc>, 0),
    PropertySpec::function("getUTCHours", get_field<kHours, kUtc>, 0),
    PropertySpec::function("getUTCMilliseconds", get_field<kMilliseconds, kUtc>, 0),
    PropertySpec::function("getUTCMinutes", get_field<kMinutes, kUtc>, 0),
    PropertySpec::function("getUTCMonth", get_field<kMonth, kUtc>, 0),
    PropertySpec::function("getUTCSeconds", get_field<kSeconds, kUtc>, 0),
    PropertySpec::function("setDate", set_fields<kDayOfMonth, 1, kLocal>, 1),
    PropertySpec::function("setFullYear", set_fields<kYear, 3, kLocal>, 3),
    PropertySpec::function("setHours", set_fields<kHours, 4, kLocal>, 4),
    PropertySpec::function("setMilliseconds", set_fields<kMilliseconds, 1, kLocal>, 1),
    PropertySpec::function("setMinutes", set_fields<kMinutes, 3, kLocal>, 3),
    PropertySpec::function("setMonth", set_fields<kMonth, 2, kLocal>, 2),
    PropertySpec::function("setSeconds", set_fields<kSeconds, 2, kLocal>, 2),
    PropertySpec::function("setTime", date_prototype_set_time, 1),
    PropertySpec::function("setUTCDate", set_fields<kDayOfMonth, 1, kUtc>, 1),
    PropertySpec::function("setUTCFullYear", set_fields<kYear, 3, kUtc>, 3),
    PropertySpec::function("setUTCHours", set_fields<kHours, 4, kUtc>, 4),
    PropertySpec::function("setUTCMilliseconds", set_fields<kMilliseconds, 1, kUtc>, 1),
    PropertySpec::function("setUTCMinutes", set_fields<kMinutes, 3, kUtc>, 3),
    PropertySpec::function("setUTCMonth", set_fields<kMonth, 2, kUtc>, 2),
    PropertySpec::function("setUTCSeconds", set_fields<kSeconds, 2, kUtc>, 2),
    PropertySpec::function("valueOf", date_prototype_get_time, 0),
    // https://tc39.es/ecma262/#sec-additional-properties-of-the-date.prototype-object
    PropertySpec::function("getYear", date_prototype_get_year, 0),
    PropertySpec::function("setYear", date_prototype_set_year, 1),
};

}  // namespace

void define_date_fields(Agent& agent, Realm& realm, Object* prototype) { define_properties(agent, realm, prototype, kFields); }

}  // namespace skein
