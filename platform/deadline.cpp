#include <cmath>

#include "platform/clock.h"

namespace skein::platform {

Deadline Deadline::after_ns(int64_t ns) {
  int64_t now = monotonic_ns();
  return Deadline(ns >= INT64_MAX - now ? INT64_MAX : now + ns);
}

Deadline Deadline::after_ms(double ms) {
  if (std::isnan(ms)) {
    return never();
  }
  if (ms <= 0) {
    return Deadline(INT64_MIN);
  }
  double ns = std::ceil(ms * 1e6);
  return ns >= 9.2e18 ? never() : after_ns(static_cast<int64_t>(ns));
}

int64_t Deadline::remaining_ns() const {
  if (is_never()) {
    return INT64_MAX;
  }
  int64_t now = monotonic_ns();
  return ns_ <= now ? 0 : ns_ - now;
}

}  // namespace skein::platform
