// The texts of Date.prototype's toISOString, toString and their parts. All write ASCII into the
// caller's buffer. Fields are those of the time value in UTC or of the local time, as the function
// wants; NaN is the caller's business.
#pragma once

#include <array>
#include <string_view>

#include "core/numeric/date/date_math.h"

namespace skein::numeric::date {

using DateBuffer = std::array<char, 64>;

// "2022-03-01T09:30:00.000Z", with years outside 0 to 9999 as "+010000" or "-000001". In UTC.
std::string_view iso_text(const Fields& utc, DateBuffer& buffer);
// https://tc39.es/ecma262/#sec-date.prototype.toutcstring: "Tue, 01 Mar 2022 09:30:00 GMT"
std::string_view utc_text(const Fields& utc, DateBuffer& buffer);
// https://tc39.es/ecma262/#sec-datestring: "Tue Mar 01 2022"
std::string_view date_text(const Fields& local, DateBuffer& buffer);
// https://tc39.es/ecma262/#sec-timestring and #sec-timezonestring, but for the zone's name:
// "10:30:00 GMT+0100"
std::string_view time_text(const Fields& local, double offset_ms, DateBuffer& buffer);

std::string_view weekday_name(int weekday);  // "Sun" …
std::string_view month_name(int month);      // "Jan" …, from 0

}  // namespace skein::numeric::date
