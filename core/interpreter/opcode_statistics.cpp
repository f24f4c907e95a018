#include "core/interpreter/opcode_statistics.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

#include "platform/mutex.h"

namespace skein {

namespace {

constexpr const char* kNames[] = {
#define OPCODE(name, ...) #name,
#include "core/bytecode/opcodes.def"
#undef OPCODE
};

std::atomic<bool> g_enabled{false};

}  // namespace

struct SumOfOpcodes {
  static SumOfOpcodes& process() {
    static SumOfOpcodes& instance = *new SumOfOpcodes;  // never destroyed: agents may outlive main
    return instance;
  }
  platform::Mutex mutex;
  OpcodeStatistics::Pairs pairs SKEIN_GUARDED_BY(mutex){};
};

void OpcodeStatistics::enable() { g_enabled.store(true, std::memory_order_relaxed); }
bool OpcodeStatistics::is_enabled() { return g_enabled.load(std::memory_order_relaxed); }

OpcodeStatistics::~OpcodeStatistics() {
  SumOfOpcodes& sum = SumOfOpcodes::process();
  platform::MutexLock lock(sum.mutex);
  for (uint32_t first = 0; first < kOpcodes; ++first)
    for (uint32_t second = 0; second < kOpcodes; ++second) sum.pairs[first][second] += pairs_[first][second];
}

void OpcodeStatistics::print(std::FILE* file) {
  constexpr size_t kMostLines = 40;
  struct Line {
    std::string name;
    uint64_t count;
  };
  std::vector<Line> singles, pairs;
  uint64_t total = 0;
  {
    SumOfOpcodes& sum = SumOfOpcodes::process();
    platform::MutexLock lock(sum.mutex);
    for (uint32_t second = 0; second < std::size(kNames); ++second) {
      uint64_t count = 0;
      for (uint32_t first = 0; first < kOpcodes; ++first) {
        const uint64_t follows = sum.pairs[first][second];
        count += follows;
        if (follows != 0 && first < std::size(kNames)) pairs.push_back({std::string(kNames[first]) + " " + kNames[second], follows});
      }
      if (count != 0) singles.push_back({kNames[second], count});
      total += count;
    }
  }
  std::fprintf(file, "%llu instructions\n", static_cast<unsigned long long>(total));
  for (auto* list : {&singles, &pairs}) {
    std::sort(list->begin(), list->end(), [](const Line& a, const Line& b) { return a.count > b.count; });
    if (list->size() > kMostLines) list->resize(kMostLines);
    std::fputc('\n', file);
    for (const Line& line : *list)
      std::fprintf(file, "%14llu  %5.2f %%  %s\n", static_cast<unsigned long long>(line.count),
                   100 * static_cast<double>(line.count) / static_cast<double>(total), line.name.c_str());
  }
}

}  // namespace skein
