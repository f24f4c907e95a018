// https://tc39.es/ecma262/#sec-date-objects
#pragma once

#include <string>

#include "core/runtime/operations.h"

namespace skein {

class Date final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kDate;
  static constexpr const char* kKindName = "Date";
  Date(Shape* shape, double time) : Object(shape, kKind), time_(time) {}

  double time() const { return time_; }  // [[DateValue]]: milliseconds since 1970 in UTC, or NaN
  void set_time(double time) { time_ = time; }

  size_t cell_size() const { return sizeof(Date); }
  void trace(gc::Visitor& visitor) { trace_properties(visitor); }

 private:
  double time_;
};

// Of the current realm's %Date.prototype%. REQUIRES: `time` is a time value
Date* make_date(Agent& agent, double time);
// https://tc39.es/ecma262/#sec-todatestring in UTF-8, in the agent's time zone: what toString gives.
std::string date_text(Agent& agent, double time);
// What toISOString gives. REQUIRES: `time` is not NaN
std::string date_iso_text(double time);

}  // namespace skein
