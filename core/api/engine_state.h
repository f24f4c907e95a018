// EngineState: what the contexts of an engine share – options and the cache of compiled scripts.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "core/bytecode/executable.h"
#include "skein/context.h"

namespace skein::api::detail {

// Compiled scripts by name and text; the least recently used go first. Any thread.
class CodeCache {
 public:
  explicit CodeCache(size_t limit) : limit_(limit) {}
  Ref<const bytecode::Executable> find(std::string_view name, std::string_view text);
  void insert(std::string_view name, std::string_view text, Ref<const bytecode::Executable> code);
  Engine::CacheStatistics statistics();

 private:
  struct Entry {
    std::string key;
    Ref<const bytecode::Executable> code;
  };
  static std::string make_key(std::string_view name, std::string_view text);

  std::mutex mutex_;
  std::list<Entry> entries_;  // the most recently used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> index_;
  const size_t limit_;
  size_t bytes_ = 0;
  uint64_t hits_ = 0;
  uint64_t misses_ = 0;
};

class EngineState {
 public:
  explicit EngineState(EngineOptions options) : options_(std::move(options)), cache_(options_.code_cache_bytes) {}
  CodeCache& cache() { return cache_; }
  void report_misuse(const std::string& message) const;

 private:
  EngineOptions options_;
  CodeCache cache_;
};

}  // namespace skein::api::detail
