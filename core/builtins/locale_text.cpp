#include "core/builtins/locale_text.h"

#include <cmath>
#include <cstdio>

#include "core/numeric/number_to_text.h"

namespace skein {
namespace {

// "1.25e+24" as "1250000000000000000000000".
std::string expand_exponent(std::string_view text) {
  size_t e = text.find('e');
  if (e == std::string_view::npos) return std::string(text);
  std::string digits;
  for (char c : text.substr(0, e))
    if (c != '.') digits += c;
  int exponent = 0;
  for (char c : text.substr(e + 2)) exponent = exponent * 10 + (c - '0');
  digits.resize(static_cast<size_t>(exponent) + 1, '0');
  return digits;
}

}  // namespace

std::string locale_integer_text(std::string_view digits) {
  std::string result;
  if (!digits.empty() && digits[0] == '-') {
    result = '-';
    digits.remove_prefix(1);
  }
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) result += ',';
    result += digits[i];
  }
  return result;
}

std::string locale_number_text(double value) {
  if (std::isnan(value)) return "NaN";
  std::string sign = std::signbit(value) ? "-" : "";
  if (std::isinf(value)) return sign + "\u221E";
  double magnitude = std::fabs(value);
  if (magnitude >= 1e21) {
    numeric::NumberBuffer buffer;
    return sign + locale_integer_text(expand_exponent(numeric::number_to_text(magnitude, buffer)));
  }
  numeric::FormatBuffer buffer;
  std::string_view text = numeric::to_fixed(magnitude, 3, buffer);
  std::string_view fraction = text.substr(text.size() - 4);
  while (fraction.back() == '0') fraction.remove_suffix(1);
  if (fraction == ".") fraction = {};
  return sign + locale_integer_text(text.substr(0, text.size() - 4)) + std::string(fraction);
}

std::string locale_date_text(const numeric::date::Fields& local) {
  // Years before 1 are counted back from 1 BC, as the calendar of that locale does.
  std::string year = std::to_string(local.year > 0 ? local.year : 1 - local.year);
  return std::to_string(local.month + 1) + "/" + std::to_string(local.day) + "/" + year;
}

std::string locale_time_text(const numeric::date::Fields& local) {
  int hour = local.hour % 12 == 0 ? 12 : local.hour % 12;
  char text[32];
  std::snprintf(text, sizeof text, "%d:%02d:%02d %s", hour, local.minute, local.second, local.hour < 12 ? "AM" : "PM");
  return text;
}

}  // namespace skein
