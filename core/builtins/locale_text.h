// What toLocaleString and its kin say without ECMA-402: the texts of locale en-US with default
// options. intl/ replaces the functions that use them.
#pragma once

#include <string>

#include "core/numeric/date/date_math.h"

namespace skein {

// "1,234,567.891": groups of three digits, at most three behind the point.
std::string locale_number_text(double value);
// The same for the decimal digits of an integer, with or without a sign.
std::string locale_integer_text(std::string_view digits);

std::string locale_date_text(const numeric::date::Fields& local);  // "3/1/2022"
std::string locale_time_text(const numeric::date::Fields& local);  // "10:30:00 AM"

}  // namespace skein
