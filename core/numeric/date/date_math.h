// Time values and calendar fields of the proleptic Gregorian calendar, without time zones.
//
// A time value is a number of milliseconds since 1970-01-01 UTC, or NaN. The functions on doubles are
// the specification's (https://tc39.es/ecma262/#sec-date-objects); those on integers serve everything
// that counts in days.
#pragma once

#include <cmath>
#include <cstdint>

namespace skein::numeric::date {

inline constexpr double kMsPerSecond = 1000;
inline constexpr double kMsPerMinute = 60'000;
inline constexpr double kMsPerHour = 3'600'000;
inline constexpr double kMsPerDay = 86'400'000;
inline constexpr double kMaxTime = 8.64e15;

// --- Days and civil dates, for every year an int64_t of days can reach ----------------------------

struct CivilDate {
  int64_t year;
  int32_t month;  // 1 to 12
  int32_t day;    // 1 to 31
};

constexpr bool is_leap_year(int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
constexpr int days_in_month(int64_t year, int month) {
  if (month == 2) return is_leap_year(year) ? 29 : 28;
  return 30 + ((month + (month >> 3)) & 1);
}
// Days since 1970-01-01. REQUIRES: 1 <= month <= 12; the day may be any number.
int64_t days_from_civil(int64_t year, int month, int64_t day);
CivilDate civil_from_days(int64_t days);
// 0 is Sunday.
constexpr int weekday_from_days(int64_t days) {
  int64_t weekday = (days + 4) % 7;
  return static_cast<int>(weekday < 0 ? weekday + 7 : weekday);
}

// --- Time values ----------------------------------------------------------------------------------

// The fields of a time value; months count from 0, as in JavaScript.
struct Fields {
  int64_t year;
  int month;
  int day;
  int hour;
  int minute;
  int second;
  int millisecond;
  int weekday;
};
// REQUIRES: the time is finite and integral
Fields decompose(double time);

// https://tc39.es/ecma262/#sec-day and #sec-timewithinday
inline double day(double time) {
  return std::floor(time / kMsPerDay);
}
inline double time_within_day(double time) {
  double rest = std::fmod(time, kMsPerDay);
  return rest < 0 ? rest + kMsPerDay : rest + 0.0;
}

// https://tc39.es/ecma262/#sec-maketime
double make_time(double hour, double minute, double second, double millisecond);
// https://tc39.es/ecma262/#sec-makeday
double make_day(double year, double month, double date);
// https://tc39.es/ecma262/#sec-makedate
double make_date(double day, double time);
// https://tc39.es/ecma262/#sec-makefullyear
double make_full_year(double year);
// https://tc39.es/ecma262/#sec-timeclip
double time_clip(double time);

}  // namespace skein::numeric::date
