#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <string_view>

#include "core/numeric/date/date_format.h"
#include "core/numeric/date/date_math.h"
#include "core/numeric/date/date_parse.h"
#include "core/numeric/date/time_zone.h"
#include "core/numeric/random.h"

namespace skein::numeric::date {
namespace {

// One hour ahead of UTC, two from 2022-03-27T01:00Z to 2022-10-30T01:00Z.
class SummerTimeZone final : public TimeZone {
 public:
  static constexpr double kStart = 1648342800000, kEnd = 1667091600000;
  double offset_at_utc(double time) override { return time >= kStart && time < kEnd ? 7'200'000 : 3'600'000; }
  std::string name_at_utc(double time) override { return time >= kStart && time < kEnd ? "CEST" : "CET"; }
};

double parse(std::string_view text) {
  SummerTimeZone zone;
  std::u16string wide(text.begin(), text.end());
  double time = parse_to_time_value(
      std::span<const uint8_t>(reinterpret_cast<const uint8_t*>(text.data()), text.size()), zone);
  double from_wide = parse_to_time_value(std::span<const char16_t>(wide), zone);
  EXPECT_TRUE(time == from_wide || (std::isnan(time) && std::isnan(from_wide)));
  return time;
}
std::string iso(double time) {
  if (std::isnan(time)) return "NaN";
  DateBuffer buffer;
  return std::string(iso_text(decompose(time), buffer));
}
double utc(double year, double month, double date, double hour = 0, double minute = 0) {
  return make_date(make_day(year, month, date), make_time(hour, minute, 0, 0));
}

TEST(DateMath, CivilDatesRoundTrip) {
  EXPECT_EQ(days_from_civil(1970, 1, 1), 0);
  EXPECT_EQ(days_from_civil(2000, 3, 1), 11017);
  EXPECT_EQ(days_from_civil(-271821, 4, 20), -100000000);
  EXPECT_EQ(days_from_civil(275760, 9, 13), 100000000);
  CivilDate previous = civil_from_days(-1000001);
  for (int64_t days = -1000000; days < 1000000; ++days) {
    CivilDate civil = civil_from_days(days);
    ASSERT_EQ(days_from_civil(civil.year, civil.month, civil.day), days);
    // Each day follows the one before.
    if (civil.day != 1) {
      ASSERT_EQ(civil.day, previous.day + 1);
      ASSERT_EQ(civil.month, previous.month);
    } else {
      ASSERT_EQ(previous.day, days_in_month(previous.year, previous.month));
      ASSERT_EQ(civil.month, previous.month % 12 + 1);
    }
    previous = civil;
  }
  EXPECT_EQ(weekday_from_days(0), 4);
  EXPECT_EQ(weekday_from_days(-5), 6);
}

TEST(DateMath, MakesDays) {
  EXPECT_EQ(make_day(2022, 2, 1), 19052);
  EXPECT_EQ(make_day(2022, 14, 1), make_day(2023, 2, 1));
  EXPECT_EQ(make_day(2022, -1, 0), make_day(2021, 10, 30));
  EXPECT_EQ(make_day(1970.9, 0.9, 1.9), 0);
  EXPECT_TRUE(std::isnan(make_day(std::nan(""), 0, 1)));
  EXPECT_TRUE(std::isnan(make_day(1e300, 0, 1)));
  EXPECT_TRUE(std::isnan(make_time(0, INFINITY, 0, 0)));
  EXPECT_TRUE(std::isnan(make_date(1e308, 0)));
  EXPECT_EQ(make_full_year(99.9), 1999);
  EXPECT_EQ(make_full_year(100), 100);
  EXPECT_EQ(make_full_year(-1), -1);
  EXPECT_EQ(time_clip(8.64e15), 8.64e15);
  EXPECT_TRUE(std::isnan(time_clip(8.64e15 + 1)));
  EXPECT_FALSE(std::signbit(time_clip(-0.5)));
  EXPECT_EQ(day(-1), -1);
  EXPECT_EQ(time_within_day(-1), 86399999);
}

TEST(DateFormat, Texts) {
  DateBuffer buffer;
  Fields fields = decompose(utc(2022, 2, 1, 9, 30));
  EXPECT_EQ(iso_text(fields, buffer), "2022-03-01T09:30:00.000Z");
  EXPECT_EQ(utc_text(fields, buffer), "Tue, 01 Mar 2022 09:30:00 GMT");
  EXPECT_EQ(date_text(fields, buffer), "Tue Mar 01 2022");
  EXPECT_EQ(time_text(fields, -12'600'000, buffer), "09:30:00 GMT-0330");
  EXPECT_EQ(iso(-8.64e15), "-271821-04-20T00:00:00.000Z");
  EXPECT_EQ(iso(8.64e15), "+275760-09-13T00:00:00.000Z");
  EXPECT_EQ(iso(utc(-1, 0, 1)), "-000001-01-01T00:00:00.000Z");
  EXPECT_EQ(iso(utc(0, 0, 1)), "0000-01-01T00:00:00.000Z");
  EXPECT_EQ(utc_text(decompose(utc(-7, 0, 1)), buffer), "Fri, 01 Jan -0007 00:00:00 GMT");
}

TEST(TimeZone, SkippedAndRepeatedTimes) {
  SummerTimeZone zone;
  double skipped = utc(2022, 2, 27, 2, 30);
  EXPECT_EQ(utc_time(skipped, zone), skipped - kMsPerHour);
  double repeated = utc(2022, 9, 30, 2, 30);
  EXPECT_EQ(utc_time(repeated, zone), repeated - 2 * kMsPerHour);
  double after = utc(2022, 9, 30, 3, 0);
  EXPECT_EQ(utc_time(after, zone), after - kMsPerHour);
  Random random(5);
  for (int i = 0; i < 1000; ++i) {
    double time = SummerTimeZone::kStart + std::floor((random.next_double() - 0.5) * 20 * kMsPerDay);
    EXPECT_EQ(utc_time(local_time(time, zone), zone), time);
  }
}

TEST(TimeZone, SystemZoneIsConsistent) {
  auto zone = make_system_time_zone();
  for (double time = 0; time < 50 * 365 * kMsPerDay; time += 11.3 * kMsPerDay) {
    double offset = zone->offset_at_utc(time);
    EXPECT_LE(std::fabs(offset), kMsPerDay);
    EXPECT_EQ(zone->offset_at_utc(time), offset);
  }
  auto fixed = make_fixed_time_zone(3'600'000, "CET");
  EXPECT_EQ(local_time(0, *fixed), 3'600'000);
}

TEST(DateParse, DateTimeStringFormat) {
  EXPECT_EQ(iso(parse("2022-03-01")), "2022-03-01T00:00:00.000Z");
  EXPECT_EQ(iso(parse("2022-03")), "2022-03-01T00:00:00.000Z");
  EXPECT_EQ(iso(parse("2022")), "2022-01-01T00:00:00.000Z");
  EXPECT_EQ(iso(parse("2022-03-01T10:00")), "2022-03-01T09:00:00.000Z");
  EXPECT_EQ(iso(parse("2022-07-01T10:00")), "2022-07-01T08:00:00.000Z");
  EXPECT_EQ(iso(parse("2022-03-01T10:00:05.1239Z")), "2022-03-01T10:00:05.123Z");
  EXPECT_EQ(iso(parse("2022-03-01T10:00:00-05:30")), "2022-03-01T15:30:00.000Z");
  EXPECT_EQ(iso(parse("2022-03-01T24:00Z")), "2022-03-02T00:00:00.000Z");
  EXPECT_EQ(iso(parse("-000001-01-01T00:00Z")), "-000001-01-01T00:00:00.000Z");
  EXPECT_EQ(iso(parse("+275760-09-13T00:00:00Z")), "+275760-09-13T00:00:00.000Z");
  for (const char* text :
       {"-000000-01-01", "+275760-09-13T00:00:00.001Z", "2022-13-01", "2022-03-32", "2022-03-01T24:01Z",
        "2022-03-01T10:60Z", "2022-03-01T10", "2022-03-01T", "2022-03-01T10:00:00 Z", ""}) {
    EXPECT_TRUE(std::isnan(parse(text))) << text;
  }
}

TEST(DateParse, OwnTexts) {
  EXPECT_EQ(iso(parse("Tue Mar 01 2022 10:00:00 GMT+0100 (CET)")), "2022-03-01T09:00:00.000Z");
  EXPECT_EQ(iso(parse("Tue, 01 Mar 2022 10:00:00 GMT")), "2022-03-01T10:00:00.000Z");
  EXPECT_EQ(iso(parse("Tue Mar 01 2022")), "2022-02-28T23:00:00.000Z");
  DateBuffer buffer;
  Random random(6);
  for (int i = 0; i < 1000; ++i) {
    double time = std::floor((random.next_double() - 0.3) * 1e11) * 1000;
    Fields fields = decompose(time);
    if (fields.year < 100) continue;
    EXPECT_EQ(parse(utc_text(fields, buffer)), time);
    EXPECT_EQ(parse(iso_text(fields, buffer)), time);
  }
}

TEST(DateParse, LooseForms) {
  EXPECT_EQ(iso(parse("Mar 1, 2022")), "2022-02-28T23:00:00.000Z");
  EXPECT_EQ(iso(parse("1 march 2022 10:00 PM")), "2022-03-01T21:00:00.000Z");
  EXPECT_EQ(iso(parse("2022/03/01 10:00")), "2022-03-01T09:00:00.000Z");
  EXPECT_EQ(iso(parse("3/1/22 12:00 AM Z")), "2022-03-01T00:00:00.000Z");
  EXPECT_EQ(iso(parse("3/1/70 GMT")), "1970-03-01T00:00:00.000Z");
  EXPECT_EQ(iso(parse("2022-3-1 10:00:00.25 UTC-3")), "2022-03-01T13:00:00.250Z");
  EXPECT_EQ(iso(parse("Jan 1 2020 10:00 EST")), "2020-01-01T15:00:00.000Z");
  EXPECT_EQ(iso(parse("Mar 1")), "2001-02-28T23:00:00.000Z");
  EXPECT_EQ(iso(parse("12 13 (December (sic))")), "2001-12-12T23:00:00.000Z");
  for (const char* text : {"foo", "Mar", "12:30", "20200101", "13/1/2", "1 foo 2020", "2020/1/2 25:00",
                           "1 2 3 4", "Jan 1 2020 13:00 PM", "2020-01-01 10:00 GMT+12345"}) {
    EXPECT_TRUE(std::isnan(parse(text))) << text;
  }
}

}  // namespace
}  // namespace skein::numeric::date
