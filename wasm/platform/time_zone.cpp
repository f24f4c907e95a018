#include "platform/time_zone.h"

#include <emscripten.h>

namespace skein::platform {

// Writes the zone's name, with its end, into the buffer; false when the host does not say.
// clang-format off
EM_JS(int, skein_local_time_zone, (char* buffer, int size), {
  try {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone) return 0;
    stringToUTF8(zone, buffer, size);
    return 1;
  } catch (error) {
    return 0;
  }
});
// clang-format on
EM_JS_DEPS(skein_time_zone_dependencies, "$stringToUTF8");

std::string local_time_zone() {
  char name[128] = {};  // identifiers have at most 14 characters a part, and three parts
  if (skein_local_time_zone(name, sizeof(name)) == 0) {
    return "UTC";
  }
  std::string zone(name);
  return zone == "Etc/UTC" ? "UTC" : zone;
}

}  // namespace skein::platform
