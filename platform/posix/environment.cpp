#include <stdlib.h>
#include <unistd.h>

#include <string_view>

#include "platform/process.h"

extern "C" char** environ;

namespace skein::platform {

std::optional<std::string> environment_variable(const char* name) {
  const char* value = ::getenv(name);
  return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

std::vector<std::pair<std::string, std::string>> environment_variables() {
  std::vector<std::pair<std::string, std::string>> variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    std::string_view text = *entry;
    size_t equals = text.find('=', 1);
    if (equals != std::string_view::npos) {
      variables.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return variables;
}

int process_id() {
  return ::getpid();
}

}  // namespace skein::platform
