#include "platform/process.h"

#include <emscripten.h>
#include <emscripten/heap.h>
#include <stdio.h>
#include <stdlib.h>

namespace skein::platform {

MemoryUsage process_memory_usage() {
  // Linear memory never shrinks, so now is also the peak.
  uint64_t size = emscripten_get_heap_size();
  return {size, size, size};
}

uint64_t total_memory_bytes() {
  return emscripten_get_heap_max();
}

const char* operating_system_name() {
  return "emscripten";
}
const char* architecture_name() {
  return sizeof(void*) == 4 ? "wasm32" : "wasm64";
}
std::string executable_path() {
  return std::string();
}

void exit_process(int code) {
  ::fflush(nullptr);
  emscripten_force_exit(code);
  ::abort();
}

}  // namespace skein::platform
