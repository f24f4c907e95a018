// What an agent spends its time on, by samples: `skein --cpu-prof`. The result has the format that Chrome's
// DevTools, VS Code and speedscope open.
// https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile
//
// A sample is taken where the agent polls – loops, calls, long natives – once the interval is over: the time since the
// last one is then that of the stack as it is. While the loop waits nothing is sampled.
//
// Thread rule: the agent's thread.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/ref_counted.h"
#include "core/bytecode/executable.h"
#include "core/interpreter/eval.h"
#include "core/threading/watchdog.h"

namespace skein {

class AgentHost;

// Of a program and its workers.
struct CpuProfileOptions {
  std::string directory;  // where the files go, one for each agent
  std::string name;       // of the program's file, the workers' get their number; empty: as Node's
  int64_t interval_ns = 1'000'000;
};

class CpuProfile {
 public:
  CpuProfile(AgentHost& host, std::shared_ptr<const CpuProfileOptions> options);
  CpuProfile(const CpuProfile&) = delete;
  CpuProfile& operator=(const CpuProfile&) = delete;

  // The agent polls, and was asked for a sample.
  void take_sample();
  // Around a wait for something to do.
  void begin_wait();
  void end_wait();
  // Ends it. Why the file could not be written, or nothing.
  std::string write_file();

 private:
  // A function as called by those above it.
  struct Node {
    std::string function, url;
    uint32_t line = 0, column = 0;                // from 0, where the function begins
    Ref<const bytecode::Executable> executable;   // null: a native function, or none; keeps the address its own
    std::vector<uint32_t> children;
    uint32_t hits = 0;
    std::unordered_map<uint32_t, uint32_t> ticks;  // hits by line, from 1
  };
  struct Key {
    uint32_t parent;
    const void* function;
    bool operator==(const Key&) const = default;
  };
  struct HashOfKey {
    size_t operator()(const Key& key) const { return reinterpret_cast<uintptr_t>(key.function) * 31 + key.parent * 0x9E3779B9u; }
  };

  void arm();
  uint32_t add_node(uint32_t parent, std::string function);
  uint32_t child_of(uint32_t parent, const ActiveFunction& active);
  // The time up to now, but for what the collector has taken of it, goes to the node.
  void add_sample(uint32_t node);
  std::string to_json() const;
  std::string file_name() const;

  AgentHost& host_;
  const std::shared_ptr<const CpuProfileOptions> options_;
  threading::WatchdogTimer timer_;
  std::vector<Node> nodes_;
  std::unordered_map<Key, uint32_t, HashOfKey> children_;
  std::vector<ActiveFunction> stack_;  // of the sample under way
  struct Sample {
    uint32_t node;
    int64_t duration_ns;
  };
  std::vector<Sample> samples_;
  const int64_t start_ns_;
  int64_t last_ns_;
  int64_t collected_ns_;
};

}  // namespace skein
