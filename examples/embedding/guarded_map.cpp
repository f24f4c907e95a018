// A map of C++ that contexts on many threads share, guarded by a mutex. What several steps of a script have to see
// as one is one method: `update` calls the script back under the lock.
#include <cstdio>
#include <map>
#include <mutex>
#include <thread>

#include "skein/skein.h"

namespace {

class SharedMap {
 public:
  std::optional<double> get(const std::string& key) {
    std::lock_guard lock(mutex_);
    auto at = entries_.find(key);
    return at == entries_.end() ? std::nullopt : std::optional(at->second);
  }
  void set(const std::string& key, double value) {
    std::lock_guard lock(mutex_);
    entries_[key] = value;
  }
  // map.update(key, old => new). The callback runs in the calling context; one that waits for another thread
  // which wants this map would wait for ever, as with any lock.
  skein::Result<double> update(const std::string& key, const skein::Value& change) {
    std::lock_guard lock(mutex_);
    double& entry = entries_[key];
    auto changed = change.call(entry);
    if (!changed) return changed.error();  // the script's exception goes on, and the entry is as it was
    auto number = changed->to<double>();
    if (number) entry = *number;
    return number;
  }
  std::vector<std::string> keys() {
    std::lock_guard lock(mutex_);
    std::vector<std::string> list;
    for (auto& [key, value] : entries_) list.push_back(key);
    return list;
  }

 private:
  std::recursive_mutex mutex_;  // the callback may use the map
  std::map<std::string, double> entries_;
};

}  // namespace

int main() {
  skein::Class<SharedMap> definition("SharedMap");
  definition.method("get", &SharedMap::get).method("set", &SharedMap::set).method("update", &SharedMap::update).method("keys", &SharedMap::keys);
  auto map = std::make_shared<SharedMap>();

  skein::Engine engine;
  auto run = [&](const char* source) {
    auto context = engine.create_context().value();
    context.bind(definition).value();
    context.global()->set("map", map).value();
    return context.evaluate(source, "words.js").value().to_string().value();
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      run(R"(
        for (let i = 0; i < 500; ++i)
          for (const word of 'to be or not to be'.split(' ')) map.update(word, count => count + 1);
        try { map.update('to', () => { throw new Error('changed my mind') }) } catch {}
      )");
    });
  }
  for (auto& thread : threads) thread.join();
  std::printf("%s\n", run("map.keys().map(key => key + ' ' + map.get(key)).join(', ')").c_str());
}

// expect: be 6000, not 3000, or 3000, to 6000
