// Running one test262 test: a fresh agent and realm for each of its modes.
#pragma once

#include <cstdio>
#include <string>

namespace skein::test262 {

enum class Verdict : char { kPass = 'P', kFail = 'F', kSkip = 'S', kTimeout = 'T', kCrash = 'C' };

struct Outcome {
  Verdict verdict = Verdict::kPass;
  std::string message;  // why it failed, in one line
};

// Process-wide set-up: kinds, hooks. `root` is the test262 checkout.
void initialize(const std::string& root);

// `path` is relative to root. Runs in all modes that its flags ask for, until one fails.
Outcome run_test(const std::string& path);

// Runs a test per line of `in`, and writes a line for each to the file descriptor `out`: its verdict's
// letter and the message. Until there is no more line, or nobody reads.
void serve(std::FILE* in, int out);

}  // namespace skein::test262
