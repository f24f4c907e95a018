#include "core/numeric/date/date_math.h"

#include <limits>

#include "core/numeric/conversions.h"

namespace skein::numeric::date {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// The Gregorian calendar repeats after 400 years, an era. Years are counted from March on, so that
// the leap day is the last one of its year; day 0 of era 0 is 0000-03-01.
constexpr int64_t kDaysPerEra = 146097;
constexpr int64_t kDaysFromEraToEpoch = 719468;

constexpr int64_t floor_divide(int64_t dividend, int64_t divisor) {
  int64_t quotient = dividend / divisor;
  return quotient - (dividend % divisor < 0 ? 1 : 0);
}

}  // namespace

int64_t days_from_civil(int64_t year, int month, int64_t day) {
  if (month <= 2) --year;
  int64_t era = floor_divide(year, 400);
  int64_t year_of_era = year - era * 400;
  int64_t month_from_march = month > 2 ? month - 3 : month + 9;
  // Months from March on have 31, 30, 31, 30, 31 days, over and over.
  int64_t day_of_year = (153 * month_from_march + 2) / 5;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysPerEra + day_of_era - kDaysFromEraToEpoch + (day - 1);
}

CivilDate civil_from_days(int64_t days) {
  days += kDaysFromEraToEpoch;
  int64_t era = floor_divide(days, kDaysPerEra);
  int64_t day_of_era = days - era * kDaysPerEra;
  // Take the leap days out (one in 4 years, none in 100, one in 400), then years have 365 days.
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t month_from_march = (5 * day_of_year + 2) / 153;
  auto day = static_cast<int32_t>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
  auto month = static_cast<int32_t>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

Fields decompose(double time) {
  auto milliseconds = static_cast<int64_t>(time);
  constexpr auto kDay = static_cast<int64_t>(kMsPerDay);
  int64_t days = floor_divide(milliseconds, kDay);
  auto within_day = static_cast<int32_t>(milliseconds - days * kDay);
  CivilDate civil = civil_from_days(days);
  return {civil.year,
          civil.month - 1,
          civil.day,
          within_day / 3'600'000,
          within_day / 60'000 % 60,
          within_day / 1000 % 60,
          within_day % 1000,
          weekday_from_days(days)};
}

double make_time(double hour, double minute, double second, double millisecond) {
  if (!std::isfinite(hour) || !std::isfinite(minute) || !std::isfinite(second) ||
      !std::isfinite(millisecond)) {
    return kNaN;
  }
  double h = to_integer_or_infinity(hour), m = to_integer_or_infinity(minute);
  double s = to_integer_or_infinity(second), milli = to_integer_or_infinity(millisecond);
  // Step 6 wants the roundings of this very order.
  return ((h * kMsPerHour + m * kMsPerMinute) + s * kMsPerSecond) + milli;
}

double make_day(double year, double month, double date) {
  if (!std::isfinite(year) || !std::isfinite(month) || !std::isfinite(date)) return kNaN;
  double y = to_integer_or_infinity(year), m = to_integer_or_infinity(month),
         d = to_integer_or_infinity(date);
  double full_year = y + std::floor(m / 12);
  // Far outside of what a time value can be, whatever the date adds, and safe to compute with.
  constexpr double kYearLimit = 1e11;
  if (!(std::fabs(full_year) <= kYearLimit)) return kNaN;
  double month_of_year = std::fmod(m, 12);
  if (month_of_year < 0) month_of_year += 12;
  int64_t first = days_from_civil(static_cast<int64_t>(full_year), static_cast<int>(month_of_year) + 1, 1);
  return static_cast<double>(first) + d - 1;
}

double make_date(double day, double time) {
  if (!std::isfinite(day) || !std::isfinite(time)) return kNaN;
  double result = day * kMsPerDay + time;
  return std::isfinite(result) ? result : kNaN;
}

double make_full_year(double year) {
  if (std::isnan(year)) return kNaN;
  double truncated = to_integer_or_infinity(year);
  return truncated >= 0 && truncated <= 99 ? 1900 + truncated : truncated;
}

double time_clip(double time) {
  if (!(std::fabs(time) <= kMaxTime)) return kNaN;
  return to_integer_or_infinity(time);
}

}  // namespace skein::numeric::date
