// skein-test262-host ROOT: the process that the runner starts for --host, when the engine to be tested is
// not the runner's own. Paths come in over standard input, verdicts go out.
#include <cstdio>

#include "platform/process.h"
#include "tests/test262/execution.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: skein-test262-host ROOT\n", stderr);
    return 9;
  }
  skein::test262::initialize(argv[1]);
  skein::test262::serve(stdin, 1);
  skein::platform::exit_process(0);
}
