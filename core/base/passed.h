// How small aggregates – spans, views – are handed to functions that are called often.
//
// Natively by value, that is in registers. In wasm an aggregate passed by value is copied in memory at every call,
// in pieces of eight bytes, right after its fields of four have been written: the processor waits some 15 cycles for
// them. There they are passed by reference; the caller's must not change while the function runs.
#pragma once

namespace skein {

#ifdef __wasm__
template <typename T>
using Passed = const T&;
#else
template <typename T>
using Passed = T;
#endif

}  // namespace skein
