// The three standard streams, unbuffered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "platform/result.h"

namespace skein::platform {

enum class Stream : uint8_t { kInput = 0, kOutput = 1, kError = 2 };

// Writes all of it, waiting for a slow reader. kBrokenPipe when nobody reads any more (no signal is
// raised once ignore_broken_pipes was called). Chunks of one call are not mixed with those of
// another thread's call.
Error write_stream(Stream stream, std::string_view bytes);
// At least one byte, waiting for it; 0 at the end of input.
Result<size_t> read_stream(Stream stream, char* buffer, size_t size);

// A writer whose reader is gone gets an error instead of a deadly signal. Call once at start.
void ignore_broken_pipes();

bool is_terminal(Stream stream);
// Columns of the terminal; 80 when it is none or does not say.
unsigned terminal_width(Stream stream);

}  // namespace skein::platform
