// The module that wasm/skein.js wraps: programs run on threads of their own while the thread that
// loaded the module (a page's, which may never block) only starts and stops them.
//
// Every function here is called on the loading thread. Output and the end of a program are posted to it
// and arrive as calls of Module.onOutput(program, stream, bytes) and Module.onExit(program, code, threads),
// where `threads` is how many the program had at once at most.
#include <emscripten.h>
#include <emscripten/threading.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/host/program.h"
#include "core/host/worker_scope.h"
#include "core/threading/thread_pool.h"
#include "core/threading/watchdog.h"
#include "platform/mutex.h"

// clang-format off
EM_JS(void, skein_post_output, (int program, int stream, const char* bytes, size_t size), {
  Module['onOutput'](program, stream, HEAPU8.slice(bytes, bytes + size));
});
EM_JS(void, skein_post_exit, (int program, int code, int threads), {
  Module['onExit'](program, code, threads);
});
// clang-format on

namespace skein {

namespace {

// A program that prints faster than the page can show is held back at so many bytes under way.
constexpr size_t kMaxOutputUnderWay = 256 * 1024;
constexpr size_t kProgramStack = size_t{2} << 20;  // as workers'

// Shared by the loading thread and the program's threads.
class RunningProgram {
 public:
  RunningProgram(int id, ProgramSource source) : id_(id), source_(std::move(source)) {
    options.argv = {"skein", source_.name};
  }

  // The loading thread's, before the start.
  HostOptions options;
  double time_limit = 0;  // seconds; 0: none

  int id() const { return id_; }

  // On the program's own thread.
  int run() {
    options.write = [this](platform::Stream stream, std::string_view text) { write(stream, text); };
    HostedAgent hosted(std::move(options));
    Agent& agent = hosted.agent();
    enter(agent);
    report_deadlocks(agent);
    threading::WatchdogTimer timer;
    if (time_limit > 0)
      timer.arm(platform::Deadline::after_ms(time_limit * 1000), agent.waker(), threading::Interrupt::kDeadline);
    if (source_.kind == SourceKind::kScript) install_commonjs_globals(agent, source_.name);
    int code = run_program(hosted, source_);
    leave();
    return code;
  }

  // On the loading thread.
  void stop() {
    platform::MutexLock lock(mutex_);
    stopped_ = true;
    if (waker_) waker_->request(threading::Interrupt::kTerminate);
  }
  size_t threads() {
    platform::MutexLock lock(mutex_);
    return cluster_ ? cluster_->size() : 0;
  }
  size_t peak_threads() {
    platform::MutexLock lock(mutex_);
    return cluster_ ? cluster_->peak_size() : 0;
  }

 private:
  struct Output {
    RunningProgram* program;
    platform::Stream stream;
    std::string bytes;
  };

  void enter(Agent& agent) {
    platform::MutexLock lock(mutex_);
    waker_ = agent.waker();
    cluster_ = WorkerScope::of(agent).cluster();
    if (stopped_) waker_->request(threading::Interrupt::kTerminate);
  }
  void leave() {
    platform::MutexLock lock(mutex_);
    waker_ = nullptr;
  }

  // On any of the program's threads. Posts are delivered in order; the last one is the program's end, so
  // `this` outlives them.
  void write(platform::Stream stream, std::string_view text) {
    auto* output = new Output{this, stream, std::string(text)};
    // Relaxed: an estimate.
    size_t under_way = output_under_way_.fetch_add(text.size(), std::memory_order_relaxed);
    if (under_way < kMaxOutputUnderWay) {
      emscripten_async_run_in_main_runtime_thread(EM_FUNC_SIG_VI, &deliver, output);
    } else {
      emscripten_sync_run_in_main_runtime_thread(EM_FUNC_SIG_VI, &deliver, output);
    }
  }
  static void deliver(void* argument) {
    std::unique_ptr<Output> output(static_cast<Output*>(argument));
    RunningProgram& program = *output->program;
    program.output_under_way_.fetch_sub(output->bytes.size(), std::memory_order_relaxed);
    skein_post_output(program.id_, static_cast<int>(output->stream), output->bytes.data(), output->bytes.size());
  }

  const int id_;
  const ProgramSource source_;
  std::atomic<size_t> output_under_way_{0};
  platform::Mutex mutex_;
  Ref<threading::AgentWaker> waker_ SKEIN_GUARDED_BY(mutex_);  // while the agent lives
  Ref<AgentCluster> cluster_ SKEIN_GUARDED_BY(mutex_);         // from then on
  bool stopped_ SKEIN_GUARDED_BY(mutex_) = false;
};

// The loading thread's.
std::map<int, std::unique_ptr<RunningProgram>>& running_programs() {
  static auto& programs = *new std::map<int, std::unique_ptr<RunningProgram>>;
  return programs;
}
int last_program_id = 0;

// REQUIRES: it was created, and has not ended
RunningProgram& program_of(int id) { return *running_programs().find(id)->second; }

struct Exit {
  RunningProgram* program;
  int code;
};

void deliver_exit(void* argument) {
  std::unique_ptr<Exit> exit(static_cast<Exit*>(argument));
  int id = exit->program->id();
  int threads = static_cast<int>(exit->program->peak_threads());
  running_programs().erase(id);
  skein_post_exit(id, exit->code, threads);
}

}  // namespace

extern "C" {

// A program that waits for its start; its number, which is not 0. `name` is an absolute path: imports are
// resolved against it. Both texts are UTF-8 and are copied.
EMSCRIPTEN_KEEPALIVE int skein_create(const char* name, const char* text, size_t size, int is_module) {
  ProgramSource source;
  source.name = name;
  source.text.assign(text, size);
  source.kind = is_module != 0 ? SourceKind::kModule : kind_of_file(source.name);
  int id = ++last_program_id;
  running_programs().emplace(id, std::make_unique<RunningProgram>(id, std::move(source)));
  return id;
}

// Before the start: the next of process.argv.
EMSCRIPTEN_KEEPALIVE void skein_add_argument(int program, const char* text) {
  program_of(program).options.argv.emplace_back(text);
}

// Before the start: what the program may use, in bytes, seconds and workers at once; 0: no limit.
EMSCRIPTEN_KEEPALIVE void skein_set_limits(int program, double heap_bytes, double seconds, unsigned workers) {
  program_of(program).options.worker_limit = workers;
  if (heap_bytes > 0) program_of(program).options.agent.heap_limit = static_cast<size_t>(heap_bytes);
  program_of(program).time_limit = seconds;
}

// Before the start: what navigator.hardwareConcurrency says; 0: what the browser says.
EMSCRIPTEN_KEEPALIVE void skein_set_hardware_concurrency(int program, unsigned count) {
  program_of(program).options.hardware_concurrency = count;
}

// Runs the program on a thread of its own. False when there is none to be had; the program is gone then.
EMSCRIPTEN_KEEPALIVE int skein_start(int program) {
  RunningProgram* running = &program_of(program);
  auto job = threading::make_job([running] {
    int code = running->run();
    emscripten_async_run_in_main_runtime_thread(EM_FUNC_SIG_VI, &deliver_exit, new Exit{running, code});
  });
  if (threading::ThreadPool::process().run(std::move(job), kProgramStack, "program") == nullptr) return 1;
  running_programs().erase(program);
  return 0;
}

// Asks a program to end: soon, whatever it does. onExit tells when it has.
EMSCRIPTEN_KEEPALIVE void skein_stop(int program) {
  auto found = running_programs().find(program);
  if (found != running_programs().end()) found->second->stop();
}

// How many threads a program has now: its own and its workers'.
EMSCRIPTEN_KEEPALIVE int skein_threads(int program) {
  auto found = running_programs().find(program);
  return found == running_programs().end() ? 0 : static_cast<int>(found->second->threads());
}

EMSCRIPTEN_KEEPALIVE const char* skein_version() { return SKEIN_VERSION; }

}  // extern "C"

}  // namespace skein
