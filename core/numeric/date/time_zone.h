// Local time: offsets from UTC and the name of the zone, behind an interface.
#pragma once

#include <memory>
#include <string>

namespace skein::numeric::date {

// Belongs to one agent; implementations may cache and need no locks.
class TimeZone {
 public:
  virtual ~TimeZone() = default;

  // Milliseconds to add to the UTC time `time` to get local time. REQUIRES: time is finite
  virtual double offset_at_utc(double time) = 0;
  // What toString puts in parentheses for a UTC time, in UTF-8; may be empty.
  virtual std::string name_at_utc(double time) = 0;
  // Forgets what was cached, after the system's zone has changed.
  virtual void refresh() {}
};

// https://tc39.es/ecma262/#sec-localtime
double local_time(double utc, TimeZone& zone);
// https://tc39.es/ecma262/#sec-utc-t: times that a clock skips or repeats are taken with the offset
// before the transition.
double utc_time(double local, TimeZone& zone);

// One offset for all times.
std::unique_ptr<TimeZone> make_fixed_time_zone(double offset_ms, std::string name);
// The zone that the C library knows (TZ, the system's setting).
std::unique_ptr<TimeZone> make_system_time_zone();

}  // namespace skein::numeric::date
