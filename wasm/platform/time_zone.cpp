#include "platform/time_zone.h"

#include <emscripten.h>
#include <stdlib.h>

namespace skein::platform {

// The zone's name in malloc'ed memory, or null.
EM_JS(char*, skein_local_time_zone, (), {
  try {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return zone ? stringToNewUTF8(zone) : 0;
  } catch (error) {
    return 0;
  }
});
EM_JS_DEPS(skein_time_zone_dependencies, "$stringToNewUTF8");

std::string local_time_zone() {
  char* name = skein_local_time_zone();
  if (name == nullptr) {
    return "UTC";
  }
  std::string zone(name);
  ::free(name);
  return zone == "Etc/UTC" ? "UTC" : zone;
}

}  // namespace skein::platform
