#include "core/interpreter/code_cache.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <vector>

#include "core/syntax/source_text.h"
#include "platform/mutex.h"

namespace skein::code_cache {

using bytecode::Executable;
using syntax::SourceText;

namespace {

constexpr size_t kMostPrograms = 24;
constexpr size_t kMostBytes = size_t{4} << 20;
constexpr size_t kLargestProgram = size_t{1} << 20;

std::string_view bytes_of(const SourceText& source) {
  if (source.is_latin1()) return {reinterpret_cast<const char*>(source.latin1()), source.length()};
  return {reinterpret_cast<const char*>(source.utf16()), source.length() * sizeof(char16_t)};
}

struct Entry {
  ProgramGoal goal = ProgramGoal::kScript;
  size_t hash = 0;
  size_t bytes = 0;
  uint64_t used = 0;  // when it was last asked for
  Ref<const Executable> program;

  bool is_of(ProgramGoal other_goal, size_t other_hash, const SourceText& source) const {
    if (goal != other_goal || hash != other_hash) return false;
    const SourceText& mine = *program->source;
    return mine.is_latin1() == source.is_latin1() && mine.name() == source.name() && bytes_of(mine) == bytes_of(source);
  }
};

class Cache {
 public:
  Ref<const Executable> find(ProgramGoal goal, const SourceText& source) {
    if (source.byte_size() > kLargestProgram) return nullptr;
    const size_t hash = hash_of(source);
    platform::MutexLock lock(mutex_);
    for (Entry& entry : entries_) {
      if (!entry.program || !entry.is_of(goal, hash, source)) continue;
      entry.used = ++clock_;
      return entry.program;
    }
    return nullptr;
  }

  void remember(ProgramGoal goal, const Ref<const Executable>& program) {
    const SourceText& source = *program->source;
    Entry made{goal, hash_of(source), source.byte_size() + program->byte_size(), 0, program};
    if (made.bytes > kLargestProgram) return;
    std::vector<Ref<const Executable>> gone;  // perhaps for the last time: freed when the lock has been left
    {
      platform::MutexLock lock(mutex_);
      for (const Entry& entry : entries_)
        if (entry.program && entry.is_of(goal, made.hash, source)) return;  // somebody was faster
      bytes_ += made.bytes;
      made.used = ++clock_;
      do {
        Entry& entry = oldest();
        if (entry.program) gone.push_back(std::move(entry.program));
        bytes_ -= entry.bytes;
        entry = Entry{};
      } while (bytes_ > kMostBytes);
      oldest() = std::move(made);
    }
  }

 private:
  static size_t hash_of(const SourceText& source) { return std::hash<std::string_view>()(bytes_of(source)); }

  Entry& oldest() SKEIN_REQUIRES(mutex_) {
    return *std::min_element(std::begin(entries_), std::end(entries_), [](const Entry& a, const Entry& b) { return a.used < b.used; });
  }

  platform::Mutex mutex_;
  Entry entries_[kMostPrograms] SKEIN_GUARDED_BY(mutex_);
  size_t bytes_ SKEIN_GUARDED_BY(mutex_) = 0;
  uint64_t clock_ SKEIN_GUARDED_BY(mutex_) = 0;
};

Cache& process_cache() {
  static Cache& cache = *new Cache;  // never destroyed: agents may outlive main
  return cache;
}

}  // namespace

Ref<const Executable> find(ProgramGoal goal, const SourceText& source) { return process_cache().find(goal, source); }
void remember(ProgramGoal goal, const Ref<const Executable>& program) { process_cache().remember(goal, program); }

}  // namespace skein::code_cache
