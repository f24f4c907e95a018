#pragma once

namespace skein {

// Fills the collector's kind table, the internal methods and the call methods for the runtime's own
// kinds. Once per process, before the first agent; every upper layer does the same for its kinds.
void register_runtime_kinds();

}  // namespace skein
