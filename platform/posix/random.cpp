#include "platform/random.h"

#include <unistd.h>
#if defined(__APPLE__)
#include <sys/random.h>
#endif

#include <algorithm>
#include <cstdlib>

namespace skein::platform {

void random_bytes(void* buffer, size_t size) {
  constexpr size_t kMost = 256;  // per call, says POSIX
  for (size_t done = 0; done < size; done += kMost) {
    if (::getentropy(static_cast<char*>(buffer) + done, std::min(kMost, size - done)) != 0) {
      std::abort();
    }
  }
}

uint64_t random_seed() {
  uint64_t seed;
  random_bytes(&seed, sizeof(seed));
  return seed;
}

}  // namespace skein::platform
