#include "core/numeric/date/time_zone.h"

#include <array>
#include <cmath>
#include <ctime>
#include <limits>
#include <utility>

#include "core/base/hash.h"
#include "core/numeric/date/date_math.h"

namespace skein::numeric::date {
namespace {

class FixedTimeZone final : public TimeZone {
 public:
  FixedTimeZone(double offset_ms, std::string name) : offset_ms_(offset_ms), name_(std::move(name)) {}
  double offset_at_utc(double) override { return offset_ms_; }
  std::string name_at_utc(double) override { return name_; }

 private:
  double offset_ms_;
  std::string name_;
};

class SystemTimeZone final : public TimeZone {
 public:
  SystemTimeZone() { refresh(); }

  double offset_at_utc(double time) override {
    double second = std::floor(time / kMsPerSecond);
    // OPTIMIZATION: offsets have only ever changed at full minutes, so one answer serves a minute.
    double minute = std::floor(second / 60);
    Entry& entry = cache_[hash_integer(static_cast<uint64_t>(static_cast<int64_t>(minute))) % cache_.size()];
    if (entry.minute != minute) {
      std::tm fields{};
      entry = {minute,
               break_down(minute * 60, fields) ? static_cast<double>(fields.tm_gmtoff) * kMsPerSecond : 0};
    }
    return entry.offset_ms;
  }

  std::string name_at_utc(double time) override {
    std::tm fields{};
    if (!break_down(std::floor(time / kMsPerSecond), fields) || fields.tm_zone == nullptr) return {};
    return fields.tm_zone;
  }

  void refresh() override {
    tzset();  // localtime_r need not do it
    cache_.fill({std::numeric_limits<double>::quiet_NaN(), 0});
  }

 private:
  struct Entry {
    double minute;
    double offset_ms;
  };

  static bool break_down(double seconds, std::tm& fields) {
    auto time = static_cast<std::time_t>(seconds);
    return localtime_r(&time, &fields) != nullptr;
  }

  std::array<Entry, 64> cache_;
};

}  // namespace

double local_time(double utc, TimeZone& zone) {
  return utc + zone.offset_at_utc(utc);
}

double utc_time(double local, TimeZone& zone) {
  if (!std::isfinite(local)) return std::numeric_limits<double>::quiet_NaN();
  // Between these two instants there is at most one transition (in practice).
  double before = zone.offset_at_utc(local - kMsPerDay);
  double after = zone.offset_at_utc(local + kMsPerDay);
  if (before == after) return local - before;
  bool with_before = zone.offset_at_utc(local - before) == before;
  bool with_after = zone.offset_at_utc(local - after) == after;
  return local - (with_after && !with_before ? after : before);
}

std::unique_ptr<TimeZone> make_fixed_time_zone(double offset_ms, std::string name) {
  return std::make_unique<FixedTimeZone>(offset_ms, std::move(name));
}
std::unique_ptr<TimeZone> make_system_time_zone() {
  return std::make_unique<SystemTimeZone>();
}

}  // namespace skein::numeric::date
