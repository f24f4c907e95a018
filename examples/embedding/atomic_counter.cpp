// One counter of C++, counted up by scripts in eight contexts on eight threads at once. The object is shared, the
// JavaScript objects that stand for it are not: its safety is std::atomic's.
#include <atomic>
#include <cstdio>
#include <thread>

#include "skein/skein.h"

namespace {

class AtomicInteger {
 public:
  int increment_and_get() { return ++value_; }
  bool compare_and_set(int expected, int wanted) { return value_.compare_exchange_strong(expected, wanted); }
  int get() const { return value_; }

 private:
  std::atomic<int> value_{0};
};

}  // namespace

int main() {
  skein::Class<AtomicInteger> definition("AtomicInteger");
  definition.constructor<>()
      .method("incrementAndGet", &AtomicInteger::increment_and_get)
      .method("compareAndSet", &AtomicInteger::compare_and_set)
      .property("value", &AtomicInteger::get);
  auto counter = std::make_shared<AtomicInteger>();
  auto doubled = std::make_shared<AtomicInteger>();

  skein::Engine engine;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      auto context = engine.create_context().value();
      context.bind(definition).value();
      context.global()->set("counter", counter).value();
      context.global()->set("doubled", doubled).value();
      context.evaluate(R"(
        for (let i = 0; i < 5000; ++i) {
          counter.incrementAndGet();
          for (let seen; !doubled.compareAndSet(seen = doubled.value, seen + 2););
        }
      )", "count.js").value();
    });
  }
  for (auto& thread : threads) thread.join();
  std::printf("%d, doubled %d\n", counter->get(), doubled->get());
}

// expect: 40000, doubled 80000
