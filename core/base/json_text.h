// Text as JSON has it, for what C++ writes: profiles, reports.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace skein {

// In quotes. Bytes beyond ASCII stay as they are: `text` is UTF-8.
inline std::string json_string(std::string_view text) {
  std::string result = "\"";
  for (const char unit : text) {
    if (unit == '"' || unit == '\\') {
      result += '\\';
      result += unit;
    } else if (static_cast<unsigned char>(unit) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(unit));
      result += escape;
    } else {
      result += unit;
    }
  }
  return result + '"';
}

}  // namespace skein
