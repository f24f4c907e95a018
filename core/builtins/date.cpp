// https://tc39.es/ecma262/#sec-date-objects: the constructor, and dates as text.
#include <cmath>

#include "core/builtins/builtins.h"
#include "core/builtins/date_methods.h"
#include "core/builtins/locale_text.h"
#include "core/builtins/support.h"
#include "core/numeric/date/date_format.h"
#include "core/numeric/date/date_parse.h"
#include "platform/clock.h"

namespace skein {

using namespace numeric::date;

Completion<Date*> this_date(Agent& agent, const CallInfo& info) {
  Date* date = info.this_value().as_if<Date>();
  if (date == nullptr)
    return throw_type_error(agent, {builtin_title(agent, info, "Date.prototype"), ": ", to_display_string(agent, info.this_value()), " is not a Date object"});
  return date;
}

Date* make_date(Agent& agent, double time) { return make_builtin<Date>(agent, intrinsic(agent, Intrinsic::kDatePrototype), time); }

namespace {

// Parts of https://tc39.es/ecma262/#sec-todatestring. REQUIRES: `time` is not NaN
std::string date_part(Agent& agent, double time) {
  DateBuffer buffer;
  return std::string(numeric::date::date_text(decompose(to_local_time(agent, time)), buffer));
}
std::string time_part(Agent& agent, double time) {
  DateBuffer buffer;
  double local = to_local_time(agent, time);
  std::string text(time_text(decompose(local), local - time, buffer));
  std::string zone = builtins_data(agent).time_zone().name_at_utc(time);
  return zone.empty() ? text : text + " (" + zone + ")";
}

Value utf8_string(Agent& agent, std::string_view text) { return new_string_from_utf8(agent.heap(), text); }

double current_time(Agent& agent) {
  double now = agent.host().now_ms != nullptr ? agent.host().now_ms(agent) : platform::wall_clock_ms();
  return time_clip(std::floor(now));
}

double parse_text(Agent& agent, String* text) {
  TimeZone& zone = builtins_data(agent).time_zone();
  return text->view().visit([&](auto units) { return parse_to_time_value(units, zone); });
}

// Year, month, day, … as the constructor and UTC take them, to a time without a zone.
// https://tc39.es/ecma262/#sec-date step 5., https://tc39.es/ecma262/#sec-date.utc
Completion<double> time_of_components(Agent& agent, const CallInfo& info) {
  double values[7] = {NAN, 0, 1, 0, 0, 0, 0};
  for (uint32_t i = 0; i < 7; ++i)
    if (i < info.count() || i == 0) values[i] = TRY(to_number(agent, info[i]));
  double day = numeric::date::make_day(make_full_year(values[0]), values[1], values[2]);
  return numeric::date::make_date(day, make_time(values[3], values[4], values[5], values[6]));
}

// The time of `new Date(value)`.
Completion<double> time_of_value(Agent& agent, Value value) {
  if (Date* date = value.as_if<Date>()) return date->time();
  Value primitive = TRY(to_primitive(agent, value));
  if (primitive.is_string()) return parse_text(agent, primitive.as_string());
  return time_clip(TRY(to_number(agent, primitive)));
}

// https://tc39.es/ecma262/#sec-date
Completion<Value> date_constructor(Agent& agent, const CallInfo& info) {
  // 1.
  if (!info.is_construct()) return utf8_string(agent, date_text(agent, current_time(agent)));
  // 2. - 5.
  double time = 0;
  if (info.count() == 0) time = current_time(agent);
  else if (info.count() == 1) time = TRY(time_of_value(agent, info[0]));
  else time = time_clip(to_utc_time(agent, TRY(time_of_components(agent, info))));
  // 6. - 8.
  Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), Intrinsic::kDatePrototype));
  return make_builtin<Date>(agent, prototype, time);
}

// https://tc39.es/ecma262/#sec-date.now
Completion<Value> date_now(Agent& agent, const CallInfo&) { return Value::number(current_time(agent)); }

// https://tc39.es/ecma262/#sec-date.parse
Completion<Value> date_parse(Agent& agent, const CallInfo& info) {
  return Value::number(parse_text(agent, TRY(to_string(agent, info[0]))));
}

// https://tc39.es/ecma262/#sec-date.utc
Completion<Value> date_utc(Agent& agent, const CallInfo& info) {
  return Value::number(time_clip(TRY(time_of_components(agent, info))));
}

// The texts of dates: `format(time)` of a valid time.
template <typename Format>
Completion<Value> date_to_text(Agent& agent, const CallInfo& info, Format&& format) {
  double time = TRY(this_date(agent, info))->time();
  return utf8_string(agent, std::isnan(time) ? std::string("Invalid Date") : format(time));
}

// https://tc39.es/ecma262/#sec-date.prototype.todatestring
Completion<Value> date_prototype_to_date_string(Agent& agent, const CallInfo& info) {
  return date_to_text(agent, info, [&](double time) { return date_part(agent, time); });
}

// https://tc39.es/ecma262/#sec-date.prototype.toisostring
Completion<Value> date_prototype_to_iso_string(Agent& agent, const CallInfo& info) {
  double time = TRY(this_date(agent, info))->time();
  if (std::isnan(time)) return throw_range_error(agent, "Invalid time value");
  return utf8_string(agent, date_iso_text(time));
}

// https://tc39.es/ecma262/#sec-date.prototype.tojson
Completion<Value> date_prototype_to_json(Agent& agent, const CallInfo& info) {
  Root<Object*> object(agent, TRY(to_object(agent, info.this_value())));
  Value time = TRY(to_primitive(agent, object.get(), PreferredType::kNumber));
  if (time.is_number() && !std::isfinite(time.as_number())) return Value::null();
  return invoke(agent, object.get(), PropertyKey(agent.names().toISOString));
}

// https://tc39.es/ecma262/#sec-date.prototype.tolocaledatestring
Completion<Value> date_prototype_to_locale_date_string(Agent& agent, const CallInfo& info) {
  return date_to_text(agent, info, [&](double time) { return locale_date_text(decompose(to_local_time(agent, time))); });
}

// https://tc39.es/ecma262/#sec-date.prototype.tolocalestring
Completion<Value> date_prototype_to_locale_string(Agent& agent, const CallInfo& info) {
  return date_to_text(agent, info, [&](double time) {
    Fields fields = decompose(to_local_time(agent, time));
    return locale_date_text(fields) + ", " + locale_time_text(fields);
  });
}

// https://tc39.es/ecma262/#sec-date.prototype.tolocaletimestring
Completion<Value> date_prototype_to_locale_time_string(Agent& agent, const CallInfo& info) {
  return date_to_text(agent, info, [&](double time) { return locale_time_text(decompose(to_local_time(agent, time))); });
}

// https://tc39.es/ecma262/#sec-date.prototype.tostring
Completion<Value> date_prototype_to_string(Agent& agent, const CallInfo& info) {
  return utf8_string(agent, date_text(agent, TRY(this_date(agent, info))->time()));
}

// https://tc39.es/ecma262/#sec-date.prototype.totimestring
Completion<Value> date_prototype_to_time_string(Agent& agent, const CallInfo& info) {
  return date_to_text(agent, info, [&](double time) { return time_part(agent, time); });
}

// https://tc39.es/ecma262/#sec-date.prototype.toutcstring
Completion<Value> date_prototype_to_utc_string(Agent& agent, const CallInfo& info) {
  return date_to_text(agent, info, [](double time) {
    DateBuffer buffer;
    return std::string(utc_text(decompose(time), buffer));
  });
}

// https://tc39.es/ecma262/#sec-date.prototype-%symbol.toprimitive%
Completion<Value> date_prototype_to_primitive(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  if (!info.this_value().is_object()) return throw_incompatible_receiver(agent, "Date.prototype [ @@toPrimitive ]", info.this_value());
  // 3. - 5.
  if (info[0].is_string()) {
    const Names& names = agent.names();
    String* hint = info[0].as_string();
    Object* object = info.this_value().as_object();
    if (String::equals(hint, names.string) || String::equals(hint, names.default_))
      return ordinary_to_primitive(agent, object, PreferredType::kString);
    if (String::equals(hint, names.number)) return ordinary_to_primitive(agent, object, PreferredType::kNumber);
  }
  return throw_type_error(agent, {"Invalid hint: ", to_display_string(agent, info[0])});
}

constexpr PropertySpec kDateStatics[] = {
    PropertySpec::function("now", date_now, 0),
    PropertySpec::function("parse", date_parse, 1),
    PropertySpec::function("UTC", date_utc, 7),
};

constexpr PropertySpec kDateTexts[] = {
    PropertySpec::function("toDateString", date_prototype_to_date_string, 0),
    PropertySpec::function("toISOString", date_prototype_to_iso_string, 0),
    PropertySpec::function("toJSON", date_prototype_to_json, 1),
    PropertySpec::function("toLocaleDateString", date_prototype_to_locale_date_string, 0),
    PropertySpec::function("toLocaleString", date_prototype_to_locale_string, 0),
    PropertySpec::function("toLocaleTimeString", date_prototype_to_locale_time_string, 0),
    PropertySpec::function("toString", date_prototype_to_string, 0),
    PropertySpec::function("toTimeString", date_prototype_to_time_string, 0),
    PropertySpec::function("toUTCString", date_prototype_to_utc_string, 0),
    PropertySpec::alias("toGMTString", "toUTCString"),
    PropertySpec::function_with(WellKnownSymbol::kToPrimitive, date_prototype_to_primitive, 1, kConfigurable),
};

}  // namespace

std::string date_text(Agent& agent, double time) {
  if (std::isnan(time)) return "Invalid Date";
  return date_part(agent, time) + " " + time_part(agent, time);
}

std::string date_iso_text(double time) {
  DateBuffer buffer;
  return std::string(iso_text(decompose(time), buffer));
}

void register_date_kinds() { gc::register_kind<Date>(); }

void initialize_date(Agent& agent, Realm& realm) {
  define_constructor(agent, realm, {
                                       .name = "Date",
                                       .length = 7,
                                       .function = date_constructor,
                                       .constructor = Intrinsic::kDate,
                                       .prototype = Intrinsic::kDatePrototype,
                                       .statics = kDateStatics,
                                       .prototype_properties = kDateTexts,
                                   });
  define_date_fields(agent, realm, realm.intrinsic(Intrinsic::kDatePrototype));
}

}  // namespace skein
