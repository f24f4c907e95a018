// A server: each job is a script, run in a context of its own on one of 8 threads. What the jobs share is
// a C++ object that is safe to share.
#include <cstdio>
#include <mutex>

#include "skein/skein.h"

namespace {

// A map that every context sees, guarded by a mutex.
class Cache {
 public:
  std::optional<std::string> get(const std::string& key) {
    std::lock_guard lock(mutex_);
    auto at = entries_.find(key);
    return at == entries_.end() ? std::nullopt : std::optional(at->second);
  }
  void set(const std::string& key, const std::string& value) {
    std::lock_guard lock(mutex_);
    entries_[key] = value;
  }
  size_t size() {
    std::lock_guard lock(mutex_);
    return entries_.size();
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::string> entries_;
};

constexpr const char* kHandler = R"(
  async function handle(request) {
    const {user, items} = JSON.parse(request);
    const key = 'total:' + user;
    const total = items.reduce((sum, item) => sum + item.price * item.count, Number(cache.get(key) ?? 0));
    cache.set(key, String(total));
    await null;
    return `${user}: ${total}`;
  }
)";

}  // namespace

int main() {
  skein::Class<Cache> definition("Cache");
  definition.method("get", &Cache::get).method("set", &Cache::set);
  auto cache = std::make_shared<Cache>();

  skein::PoolOptions options;
  options.threads = 8;
  options.context.limits.time = std::chrono::seconds(1);
  options.context.limits.heap_bytes = 64 << 20;
  options.setup = [&](const skein::Context& context) -> skein::Result<void> {
    if (auto bound = context.bind(definition); !bound) return bound.error();
    if (auto set = context.global()->set("cache", cache); !set) return set;
    auto loaded = context.evaluate(kHandler, "handler.js");
    return loaded ? skein::Result<void>() : skein::Result<void>(loaded.error());
  };
  skein::ContextPool pool(skein::Engine(), options);

  std::vector<std::future<skein::Result<std::string>>> answers;
  for (int i = 0; i < 200; ++i) {
    std::string request = R"({"user": "user)" + std::to_string(i) + R"(", "items": [{"price": )" + std::to_string(i) + R"(, "count": 2}]})";
    answers.push_back(pool.run([](const skein::Context& context, const std::string& request) -> skein::Result<std::string> {
      auto promise = context.global()->get("handle")->call(request);
      if (!promise) return promise.error();
      auto answer = context.await(*promise);
      return answer ? answer->to<std::string>() : skein::Result<std::string>(answer.error());
    }, request));
  }
  int good = 0;
  for (auto& answer : answers) good += answer.get().ok();
  std::printf("%d answers, %zu users\n", good, cache->size());
}

// expect: 200 answers, 200 users
