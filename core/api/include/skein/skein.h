// Skein, a JavaScript engine: the C++ embedding API.
//
//   skein::Engine engine;
//   auto context = engine.create_context().value();
//   context.bind("add", [](int a, int b) { return a + b; }).value();
//   int sum = context.evaluate("add(1, 2)").value().to<int>().value();
#pragma once

#include "skein/clone.h"
#include "skein/config.h"
#include "skein/context.h"
#include "skein/convert.h"
#include "skein/function.h"
#include "skein/pool.h"
#include "skein/result.h"
#include "skein/value.h"

#ifndef SKEIN_BUILDING
namespace skein {
using namespace api;  // the names inside skein itself are the engine's own
}
#endif
