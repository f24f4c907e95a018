// One context that moves between threads: whoever holds the lock goes on where the last one stopped.
#include <cstdio>
#include <thread>

#include "skein/skein.h"

int main() {
  skein::Engine engine;
  auto context = engine.create_context({.name = "moving"}).value();
  auto step = context.evaluate("let visited = []; (thread => { visited.push(thread); return visited.length })").value();

  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 3; ++round) {
        auto scope = context.enter_when_free();  // waits for its turn
        if (!scope) return;
        step.call(i).value();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  std::printf("%s visits\n", context.evaluate("String(visited.length)").value().to<std::string>().value().c_str());

  // Without waiting, a second thread is told who is there.
  auto scope = context.enter().value();
  std::thread([&] { std::printf("%s\n", step.call(9).error().message().c_str()); }).join();
}

// expect: 12 visits
// expect: Multi threaded access requested by thread ... but context moving is in use by thread ...
