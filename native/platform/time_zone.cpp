#include "platform/time_zone.h"

#include <unistd.h>
#include <climits>

#include <string_view>

#include "platform/file.h"
#include "platform/process.h"

namespace skein::platform {

namespace {

constexpr std::string_view kDatabase = "zoneinfo/";

std::string zone_of_database_path(std::string_view path) {
  size_t start = path.find(kDatabase);
  if (start == std::string_view::npos) {
    return std::string();
  }
  std::string_view zone = path.substr(start + kDatabase.size());
  for (std::string_view variant : {"posix/", "right/"}) {
    if (zone.substr(0, variant.size()) == variant) zone.remove_prefix(variant.size());
  }
  return std::string(zone);
}

std::string zone_of_environment() {
  std::string zone = environment_variable("TZ").value_or("");
  if (!zone.empty() && zone.front() == ':') {
    zone.erase(0, 1);
  }
  return !zone.empty() && zone.front() == '/' ? zone_of_database_path(zone) : zone;
}

// The name behind /etc/localtime: where the link points to, read link by link, since the database
// itself may be full of links from one name to another.
std::string zone_of_link() {
  char target[PATH_MAX];
  ssize_t length = ::readlink("/etc/localtime", target, sizeof(target));
  return length > 0 ? zone_of_database_path(std::string_view(target, static_cast<size_t>(length)))
                    : std::string();
}

std::string zone_of_debian_file() {
  Result<std::string> text = read_file("/etc/timezone", 256);
  if (!text.ok()) {
    return std::string();
  }
  return text.value().substr(0, text.value().find_first_of(" \n"));
}

}  // namespace

std::string local_time_zone() {
  for (auto* source : {zone_of_environment, zone_of_link, zone_of_debian_file}) {
    std::string zone = source();
    if (!zone.empty()) return zone == "Etc/UTC" || zone == "UTC0" ? "UTC" : zone;
  }
  return "UTC";
}

}  // namespace skein::platform
