// The command line, the same for the native program and the wasm build under Node.
#pragma once

namespace skein {

// Runs the program that the arguments name; returns its exit code. Wrong usage ends the process.
// The caller ends the process soon: pool threads may still be parked.
int run_command_line(int argc, char** argv);

}  // namespace skein
