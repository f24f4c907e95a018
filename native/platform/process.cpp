#include "platform/process.h"

#include <sys/resource.h>
#include <unistd.h>

#include <climits>
#include <cstdio>

#include "platform/virtual_memory.h"

namespace skein::platform {

MemoryUsage process_memory_usage() {
  MemoryUsage usage;
  rusage resources;
  if (::getrusage(RUSAGE_SELF, &resources) == 0) {
#if defined(__APPLE__)
    usage.peak_resident_bytes = static_cast<uint64_t>(resources.ru_maxrss);
#else
    usage.peak_resident_bytes = static_cast<uint64_t>(resources.ru_maxrss) * 1024;
#endif
  }
  usage.resident_bytes = usage.peak_resident_bytes;
#if defined(__linux__)
  if (std::FILE* file = std::fopen("/proc/self/statm", "re")) {
    unsigned long long total_pages = 0;
    unsigned long long resident_pages = 0;
    if (std::fscanf(file, "%llu %llu", &total_pages, &resident_pages) == 2) {
      usage.virtual_bytes = total_pages * page_size();
      usage.resident_bytes = resident_pages * page_size();
    }
    std::fclose(file);
  }
#endif
  return usage;
}

uint64_t total_memory_bytes() {
  long pages = ::sysconf(_SC_PHYS_PAGES);
  return pages > 0 ? static_cast<uint64_t>(pages) * page_size() : 0;
}

const char* operating_system_name() {
#if defined(__linux__)
  return "linux";
#elif defined(__APPLE__)
  return "darwin";
#elif defined(__FreeBSD__)
  return "freebsd";
#elif defined(__OpenBSD__)
  return "openbsd";
#else
  return "unix";
#endif
}

const char* architecture_name() {
#if defined(__x86_64__)
  return "x64";
#elif defined(__aarch64__)
  return "arm64";
#elif defined(__riscv) && __riscv_xlen == 64
  return "riscv64";
#elif defined(__powerpc64__)
  return "ppc64";
#elif defined(__s390x__)
  return "s390x";
#elif defined(__i386__)
  return "ia32";
#elif defined(__arm__)
  return "arm";
#else
  return "unknown";
#endif
}

std::string executable_path() {
#if defined(__linux__)
  char buffer[PATH_MAX];
  ssize_t length = ::readlink("/proc/self/exe", buffer, sizeof(buffer));
  if (length > 0) {
    return std::string(buffer, static_cast<size_t>(length));
  }
#endif
  return std::string();
}

void exit_process(int code) {
  std::fflush(nullptr);
  ::_exit(code);
}

}  // namespace skein::platform
