#include "platform/clock.h"

#include <time.h>

#include "platform/time_zone.h"

namespace skein::platform {

namespace {
int64_t read_clock(clockid_t clock) {
  timespec time;
  if (::clock_gettime(clock, &time) != 0) {
    return -1;
  }
  return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}
}  // namespace

int64_t monotonic_ns() {
  return read_clock(CLOCK_MONOTONIC);
}
int64_t wall_clock_ns() {
  return read_clock(CLOCK_REALTIME);
}
double wall_clock_ms() {
  timespec time;
  ::clock_gettime(CLOCK_REALTIME, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

int32_t local_utc_offset_seconds(int64_t utc_seconds) {
  time_t time = static_cast<time_t>(utc_seconds);
  tm local;
  if (::localtime_r(&time, &local) == nullptr) {
    return 0;
  }
  return static_cast<int32_t>(local.tm_gmtoff);
}

}  // namespace skein::platform
