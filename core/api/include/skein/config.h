// Skein's embedding API: versions, and what marks an exported name.
//
// The headers in this folder are the only public ones. They need C++20 and the standard library, compile
// with and without exceptions and RTTI, and throw nothing. Everything is in namespace skein::api; the
// umbrella header skein/skein.h makes it visible as skein::Context, skein::Value, ...
#pragma once

#define SKEIN_VERSION_MAJOR 0
#define SKEIN_VERSION_MINOR 1
#define SKEIN_VERSION_PATCH 0

#define SKEIN_API __attribute__((visibility("default")))
