// Date.parse: the Date Time String Format, the texts of toString and toUTCString, and the looser
// forms that the web and node have come to rely on.
#pragma once

#include <cstdint>
#include <span>

#include "core/numeric/date/time_zone.h"

namespace skein::numeric::date {

struct ParsedDate {
  double time = 0;        // milliseconds since 1970, of local time if is_local
  bool is_local = false;  // the text names no offset from UTC
  bool valid = false;
};
ParsedDate parse_date(std::span<const uint8_t> latin1);
ParsedDate parse_date(std::span<const char16_t> utf16);

// https://tc39.es/ecma262/#sec-date.parse: a time value, NaN if the text is no date
double parse_to_time_value(std::span<const uint8_t> latin1, TimeZone& zone);
double parse_to_time_value(std::span<const char16_t> utf16, TimeZone& zone);

}  // namespace skein::numeric::date
