// The process: environment, memory, end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace skein::platform {

// Environment variables. Reading is safe from any thread as long as nobody sets; agents keep copies
// of their own and never call set.
std::optional<std::string> environment_variable(const char* name);
std::vector<std::pair<std::string, std::string>> environment_variables();

struct MemoryUsage {
  uint64_t resident_bytes = 0;
  uint64_t peak_resident_bytes = 0;
  uint64_t virtual_bytes = 0;  // on wasm the size of linear memory, also for resident_bytes
};
MemoryUsage process_memory_usage();
// Physical memory of the machine (on wasm: the most that linear memory may grow to).
uint64_t total_memory_bytes();

int process_id();
// "linux", "darwin", "emscripten" …; "x64", "arm64", "wasm32".
const char* operating_system_name();
const char* architecture_name();
// Path of the running program; empty when unknown.
std::string executable_path();

// Ends the process at once, whatever other threads do; runs no destructors of C++ statics.
[[noreturn]] void exit_process(int code);

}  // namespace skein::platform
