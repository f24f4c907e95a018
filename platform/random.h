// Unpredictable bytes from the system, for seeds.
#pragma once

#include <cstddef>
#include <cstdint>

namespace skein::platform {

// Fills the buffer. May be called from any thread; aborts when the system has no entropy source.
void random_bytes(void* buffer, size_t size);
uint64_t random_seed();

}  // namespace skein::platform
