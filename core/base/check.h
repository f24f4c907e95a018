// Assertions. SKEIN_CHECK stays in every build (memory safety depends on it); SKEIN_DCHECK is for
// builds without NDEBUG.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace skein::internal {
[[noreturn]] inline void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: check failed: %s\n", file, line, condition);
  std::abort();
}
}  // namespace skein::internal

#define SKEIN_CHECK(condition) \
  ((condition) ? (void)0 : ::skein::internal::check_failed(#condition, __FILE__, __LINE__))

#ifdef NDEBUG
#define SKEIN_DCHECK(condition) ((void)0)
#else
#define SKEIN_DCHECK(condition) SKEIN_CHECK(condition)
#endif

#define SKEIN_UNREACHABLE() ::skein::internal::check_failed("unreachable", __FILE__, __LINE__)
