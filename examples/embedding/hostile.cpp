// Scripts that nobody trusts: each hits a limit, none harms the process or its neighbour.
#include <cstdio>

#include "skein/skein.h"

int main() {
  skein::Engine engine;
  skein::ContextOptions options;
  options.globals = skein::Globals::kLanguage;
  options.limits.heap_bytes = 8 << 20;
  options.limits.stack_bytes = 512 << 10;
  options.limits.time = std::chrono::milliseconds(300);
  auto context = engine.create_context(options).value();

  const char* scripts[] = {
      "for (;;) {}",
      "try { for (;;) {} } catch {} finally { for (;;) {} }",
      "{ let list = []; for (;;) list.push(new Array(1000).fill(0)) }",
      "new ArrayBuffer(1e10)",
      "(function f() { f() })()",
      "/(a+)+$/.test('a'.repeat(50) + 'b')",
      "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
      "import('node:fs'); process.exit()",
      "'still ' + 'alive'",
  };
  for (const char* script : scripts) {
    auto result = context.evaluate(script);
    std::string outcome = result ? result->to_string().value() : std::string(describe(result.error().kind()));
    // Memory ends a script with a RangeError or at once, depending on who asked for it last.
    if (!result && result.error().kind() != skein::ErrorKind::kHeapLimit) outcome += ": " + result.error().message();
    std::printf("%-62s %s\n", script, outcome.c_str());
  }
}

// expect: for (;;) {}                                                    time limit: The time limit is exceeded
// expect: try { for (;;) {} } catch {} finally { for (;;) {} }           time limit: The time limit is exceeded
// expect: { let list = []; for (;;) list.push(new Array(1000).fill(0)) } heap limit
// expect: new ArrayBuffer(1e10)                                          heap limit
// expect: (function f() { f() })()                                       stack limit: RangeError: Maximum call stack size exceeded
// expect: /(a+)+$/.test('a'.repeat(50) + 'b')                            time limit: The time limit is exceeded
// expect: Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)   time limit: The time limit is exceeded
// expect: import('node:fs'); process.exit()                              exception: ReferenceError: process is not defined
// expect: 'still ' + 'alive'                                             still alive
