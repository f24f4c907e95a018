// The zone of the user's clock. Rules for other zones come from ICU, not from here.
#pragma once

#include <cstdint>
#include <string>

namespace skein::platform {

// IANA identifier of the local zone ("Europe/Berlin"); "UTC" when the system does not say.
std::string local_time_zone();
// Seconds to add to UTC at that instant (seconds since 1970) to get local time.
int32_t local_utc_offset_seconds(int64_t utc_seconds);

}  // namespace skein::platform
