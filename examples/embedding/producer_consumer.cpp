// Two scripts on two threads, and between them a queue of C++ that blocks. The thread that waits leaves its
// context meanwhile, so others could use it.
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>
#include <thread>

#include "skein/skein.h"

namespace {

class BlockingQueue {
 public:
  void put(std::string item) {
    std::lock_guard lock(mutex_);
    items_.push_back(std::move(item));
    filled_.notify_one();
  }
  std::string take(const skein::Context& context) {
    auto pause = context.suspend();
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [&] { return !items_.empty(); });
    std::string item = std::move(items_.front());
    items_.pop_front();
    return item;
  }

 private:
  std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<std::string> items_;
};

}  // namespace

int main() {
  skein::Engine engine;
  skein::Class<BlockingQueue> definition("BlockingQueue");
  definition.method("put", &BlockingQueue::put).method("take", &BlockingQueue::take);
  auto queue = std::make_shared<BlockingQueue>();

  auto run = [&](const char* source) {
    auto context = engine.create_context().value();
    context.bind(definition).value();
    context.global()->set("queue", queue).value();
    return context.evaluate(source).value().to_string().value();
  };
  std::thread producer([&] { run("for (let id = 0; id < 128; ++id) queue.put(JSON.stringify({id, text: 'message ' + id})); queue.put('null')"); });
  std::thread consumer([&] {
    std::string result = run("let count = 0, last; for (let m; (m = JSON.parse(queue.take())) !== null; ++count) last = m.text; `${count} messages, the last: ${last}`");
    std::printf("%s\n", result.c_str());
  });
  producer.join();
  consumer.join();
}

// expect: 128 messages, the last: message 127
