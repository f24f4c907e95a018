// EnvironmentVariables: the variables behind process.env. Agents may share one (worker_threads' SHARE_ENV).
// Thread rule: any thread.
#pragma once

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "core/base/ref_counted.h"
#include "platform/mutex.h"

namespace skein {

class EnvironmentVariables : public RefCounted<EnvironmentVariables> {
 public:
  using Variables = std::vector<std::pair<std::string, std::string>>;
  static Ref<EnvironmentVariables> create(Variables variables) { return Ref<EnvironmentVariables>::adopt(new EnvironmentVariables(std::move(variables))); }

  Variables variables() {
    platform::MutexLock lock(mutex_);
    return variables_;
  }
  void set(const std::string& name, std::string value) {
    platform::MutexLock lock(mutex_);
    version_.fetch_add(1, std::memory_order_release);
    for (auto& variable : variables_) {
      if (variable.first != name) continue;
      variable.second = std::move(value);
      return;
    }
    variables_.emplace_back(name, std::move(value));
  }
  void remove(const std::string& name) {
    platform::MutexLock lock(mutex_);
    version_.fetch_add(1, std::memory_order_release);
    std::erase_if(variables_, [&](auto& variable) { return variable.first == name; });
  }
  // Changes whenever the variables do. Acquire: whoever sees a new number finds what it is about.
  uint32_t version() const { return version_.load(std::memory_order_acquire); }

 private:
  friend class RefCounted<EnvironmentVariables>;
  explicit EnvironmentVariables(Variables variables) : variables_(std::move(variables)) {}
  ~EnvironmentVariables() = default;

  platform::Mutex mutex_;
  Variables variables_ SKEIN_GUARDED_BY(mutex_);
  std::atomic<uint32_t> version_{1};
};

}  // namespace skein
