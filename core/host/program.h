// Running a program in an agent: what the command line, workers and the wasm build have in common.
#pragma once

#include <memory>
#include <string>

#include "core/host/agent_host.h"

namespace skein {

// Registers every kind and hook of the engine. Any thread, any number of times.
void initialize_engine();

// An agent with its realm, interpreter and host, on the calling thread.
class HostedAgent {
 public:
  explicit HostedAgent(HostOptions options);
  ~HostedAgent();
  Agent& agent() { return *agent_; }
  AgentHost& host() { return *host_; }

 private:
  std::unique_ptr<Agent> agent_;
  std::unique_ptr<AgentHost> host_;
};

enum class SourceKind : uint8_t { kScript, kModule };

struct ProgramSource {
  std::string name;      // path, or "[eval]", "[stdin]"
  std::string text;
  SourceKind kind = SourceKind::kScript;
  bool print_result = false;  // -p
};

// .mjs is a module; .cjs and all else a script.
SourceKind kind_of_file(const std::string& path);

// Exit codes, as Node's.
inline constexpr int kExitUncaught = 1;
inline constexpr int kExitBadOption = 9;
inline constexpr int kExitUnsettledAwait = 13;
// Of Skein: the limits that end a program.
inline constexpr int kExitMemoryLimit = 70;
inline constexpr int kExitTimeLimit = 71;
inline constexpr int kExitTerminated = 72;
// Every agent waits for another: see report_deadlocks (worker_scope.h).
inline constexpr int kExitDeadlock = 73;

// Evaluates the program and runs the event loop to its end; returns the exit code. Errors have been
// written to the host's error stream.
int run_program(HostedAgent& hosted, ProgramSource source);

// require, module, exports, __filename and __dirname as globals, for a program in CommonJS style.
void install_commonjs_globals(Agent& agent, const std::string& path);

}  // namespace skein
