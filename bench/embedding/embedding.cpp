// What the embedding API costs: contexts, entering, calls both ways, a pool. Prints one line for
// bench/runner/embedding.py.
//
// usage: skein-bench-embedding [MILLISECONDS]   how long each figure is measured at least (100)
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "skein/skein.h"

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds = 100;
std::string figures;

void tell(const char* key, double value) {
  char text[128];
  std::snprintf(text, sizeof text, "%s\"%s\": %.6g", figures.empty() ? "" : ", ", key, value);
  figures += text;
}

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// Nanoseconds for one of `count` that `run(count)` does; the best of several trials, as others only take time away.
template <typename F>
double nanoseconds_each(F&& run) {
  constexpr int kTrials = 7;
  uint64_t count = 16;
  double took = 0;
  for (;; count *= 2) {
    auto start = Clock::now();
    run(count);
    took = seconds_since(start);
    if (took * 1e3 * kTrials >= milliseconds) break;
  }
  double best = took / static_cast<double>(count);
  for (int trial = 1; trial < kTrials; ++trial) {
    auto start = Clock::now();
    run(count);
    best = std::min(best, seconds_since(start) / static_cast<double>(count));
  }
  return best * 1e9;
}

size_t resident_bytes() {
  size_t pages = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return resident * static_cast<size_t>(sysconf(_SC_PAGESIZE));
}

void measure_contexts(const skein::Engine& engine) {
  auto create = [&](skein::Globals globals) { return engine.create_context({.globals = globals}).value(); };
  create(skein::Globals::kBasic).evaluate("1 + 1").value();  // what the process pays once
  tell("context_language", nanoseconds_each([&](uint64_t n) {
         while (n-- != 0) create(skein::Globals::kLanguage);
       }) / 1e3);
  tell("context_basic", nanoseconds_each([&](uint64_t n) {
         while (n-- != 0) create(skein::Globals::kBasic);
       }) / 1e3);
  constexpr size_t kContexts = 100;
  std::vector<skein::Context> contexts;
  const size_t before = resident_bytes();
  for (size_t i = 0; i < kContexts; ++i) {
    contexts.push_back(create(skein::Globals::kBasic));
    contexts.back().evaluate("1 + 1").value();
  }
  tell("context_memory", static_cast<double>(resident_bytes() - before) / 1024 / kContexts);
}

void measure_calls(const skein::Engine& engine) {
  auto context = engine.create_context().value();
  tell("enter", nanoseconds_each([&](uint64_t n) {
         while (n-- != 0) (void)context.enter().value();
       }));
  {
    auto outer = context.enter().value();
    tell("enter_nested", nanoseconds_each([&](uint64_t n) {
           while (n-- != 0) (void)context.enter().value();
         }));
  }
  context.bind("add", [](int a, int b) { return a + b; }).value();
  context.bind("measure", [](std::string_view text) { return static_cast<double>(text.size()); }).value();
  auto loop = context.evaluate("(n => { for (let i = 0; i < n; ++i); })").value();
  auto each = [&](const char* source) {
    auto function = context.evaluate(source).value();
    auto scope = context.enter().value();
    double empty = nanoseconds_each([&](uint64_t n) { loop.call(static_cast<double>(n)).value(); });
    return nanoseconds_each([&](uint64_t n) { function.call(static_cast<double>(n)).value(); }) - empty;
  };
  tell("host_call", each("(n => { for (let i = 0; i < n; ++i) add(i, 1); })"));
  tell("host_call_text", each("(n => { for (let i = 0; i < n; ++i) measure('some text'); })"));
  auto function = context.evaluate("(a, b) => a + b").value();
  auto object = context.evaluate("({answer: 42})").value();
  tell("call_entering", nanoseconds_each([&](uint64_t n) {
         while (n-- != 0) function.call(1, 2).value();
       }));
  auto scope = context.enter().value();
  tell("call", nanoseconds_each([&](uint64_t n) {
         while (n-- != 0) function.call(1, 2).value();
       }));
  tell("get", nanoseconds_each([&](uint64_t n) {
         while (n-- != 0) object.get("answer").value();
       }));
  tell("evaluate", nanoseconds_each([&](uint64_t n) {
         while (n-- != 0) context.evaluate("1 + 1").value();
       }));
}

// What it costs that instructions are counted.
void measure_metering(const skein::Engine& engine) {
  auto loop = [&](uint64_t instructions) {
    auto context = engine.create_context({.limits = {.instructions = instructions}}).value();
    auto function = context.evaluate("(n => { let sum = 0; for (let i = 0; i < n; ++i) sum = (sum + i * 2) | 0; return sum })").value();
    return nanoseconds_each([&](uint64_t n) { function.call(static_cast<double>(n)).value(); });
  };
  tell("loop", loop(0));
  tell("loop_counted", loop(uint64_t{1} << 62));
}

// A job of some tens of microseconds, as a small request would be.
constexpr const char* kJob = "(() => { let a = []; for (let i = 0; i < 300; ++i) a.push({id: i, name: 'n' + i}); return JSON.stringify(a).length; })()";

double cpu_seconds() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct PoolFigures {
  double jobs_per_second;
  double cpu_microseconds;  // of a job: what threads cost each other shows here on busy and on small machines, too
};

PoolFigures measure_pool(const skein::Engine& engine, size_t threads, skein::Reset reset) {
  skein::ContextPool pool(engine, {.threads = threads, .reset = reset});
  auto run = [&](size_t count) {
    std::vector<std::future<skein::Result<int>>> results;
    for (size_t i = 0; i < count; ++i) results.push_back(pool.evaluate<int>(kJob, "job.js"));
    for (auto& result : results) result.get().value();
  };
  run(threads * 4);
  constexpr size_t kBatch = 64;
  size_t jobs = 0;
  const double cpu = cpu_seconds();
  auto start = Clock::now();
  do {
    run(kBatch);
    jobs += kBatch;
  } while (seconds_since(start) * 1e3 < milliseconds * 3);
  const double count = static_cast<double>(jobs);
  return {count / seconds_since(start), (cpu_seconds() - cpu) * 1e6 / count};
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count > 1) milliseconds = std::atof(arguments[1]);
  skein::Engine engine;
  measure_contexts(engine);
  measure_calls(engine);
  measure_metering(engine);
  for (size_t threads : {1, 2, 4, 8}) {
    const std::string number = std::to_string(threads);
    PoolFigures kept = measure_pool(engine, threads, skein::Reset::kKeep);
    tell(("pool_keep_" + number).c_str(), kept.jobs_per_second);
    if (threads == 1 || threads == 8) tell(("pool_cpu_" + number).c_str(), kept.cpu_microseconds);
    tell(("pool_fresh_" + number).c_str(), measure_pool(engine, threads, skein::Reset::kFresh).jobs_per_second);
  }
  std::printf("BENCH {\"figures\": {%s}}\n", figures.c_str());
}
