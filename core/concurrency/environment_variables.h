// EnvironmentVariables: the variables behind process.env. Agents may share one (worker_threads' SHARE_ENV).
// Thread rule: any thread.
#pragma once

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/ref_counted.h"
#include "platform/mutex.h"

namespace skein {

class EnvironmentVariables : public RefCounted<EnvironmentVariables> {
 public:
  using Variables = std::vector<std::pair<std::string, std::string>>;
  static Ref<EnvironmentVariables> create(Variables variables) { return create(std::make_shared<const Variables>(std::move(variables))); }
  // Has the variables as they are now, and memory of its own once one of the two changes.
  static Ref<EnvironmentVariables> create(std::shared_ptr<const Variables> variables) {
    return Ref<EnvironmentVariables>::adopt(new EnvironmentVariables(std::move(variables)));
  }

  // As they are now. Never null.
  std::shared_ptr<const Variables> variables() {
    platform::MutexLock lock(mutex_);
    return variables_;
  }
  void set(const std::string& name, std::string value) {
    change([&](Variables& variables) {
      auto at = std::find_if(variables.begin(), variables.end(), [&](auto& variable) { return variable.first == name; });
      if (at == variables.end()) variables.emplace_back(name, std::move(value));
      else at->second = std::move(value);
    });
  }
  void remove(const std::string& name) {
    change([&](Variables& variables) { std::erase_if(variables, [&](auto& variable) { return variable.first == name; }); });
  }
  // Changes whenever the variables do. Acquire: whoever sees a new number finds what it is about.
  uint32_t version() const { return version_.load(std::memory_order_acquire); }

 private:
  friend class RefCounted<EnvironmentVariables>;
  explicit EnvironmentVariables(std::shared_ptr<const Variables> variables) : variables_(std::move(variables)) {}
  ~EnvironmentVariables() = default;
  template <typename F>
  void change(F&& function) {
    platform::MutexLock lock(mutex_);
    version_.fetch_add(1, std::memory_order_release);
    auto changed = std::make_shared<Variables>(*variables_);
    function(*changed);
    variables_ = std::move(changed);
  }

  platform::Mutex mutex_;
  std::shared_ptr<const Variables> variables_ SKEIN_GUARDED_BY(mutex_);
  std::atomic<uint32_t> version_{1};
};

}  // namespace skein
