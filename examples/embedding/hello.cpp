// The smallest program: a context, a function of C++ in it, a script.
#include <cstdio>

#include "skein/skein.h"

int main() {
  skein::Engine engine;
  auto context = engine.create_context();
  if (!context) return 1;
  auto bound = context->bind("add", [](int a, int b) { return a + b; });
  if (!bound) return 1;

  auto result = context->evaluate("`1 + 2 is ${add(1, 2)}`", "hello.js");
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().stack().c_str());
    return 1;
  }
  std::printf("%s\n", result->to<std::string>().value().c_str());

  // Errors are values, too: the exception with its place in the source.
  auto failed = context->evaluate("add(1, 'two')", "hello.js");
  std::printf("%s\n", failed.error().stack().c_str());
}

// expect: 1 + 2 is 3
// expect: TypeError: add: argument 2: expected a 32-bit integer, not a string
// expect:     at add (native)
// expect:     at hello.js:1:1
