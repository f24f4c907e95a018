// The module that wasm/skein.js wraps: programs run on threads of their own while the thread that
// loaded the module (a page's, which may never block) only starts and stops them.
//
// Every function here is called on the loading thread. Output and the end of a program are posted to it
// and arrive as calls of Module.onOutput(program, stream, bytes) and Module.onExit(program, code).
#include <emscripten.h>
#include <emscripten/threading.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/host/program.h"
#include "core/threading/thread_pool.h"
#include "platform/mutex.h"

// clang-format off
EM_JS(void, skein_post_output, (int program, int stream, const char* bytes, size_t size), {
  Module['onOutput'](program, stream, HEAPU8.slice(bytes, bytes + size));
});
EM_JS(void, skein_post_exit, (int program, int code), {
  Module['onExit'](program, code);
});
// clang-format on

namespace skein {

namespace {

// A program that prints faster than the page can show is held back at so many bytes under way.
constexpr size_t kMaxOutputUnderWay = 256 * 1024;

// Shared by the loading thread and the program's threads.
class RunningProgram {
 public:
  RunningProgram(int id, ProgramSource source) : id_(id), source_(std::move(source)) {}

  int id() const { return id_; }

  // On the program's own thread.
  int run() {
    HostOptions options;
    options.argv = {"skein", source_.name};
    options.write = [this](platform::Stream stream, std::string_view text) { write(stream, text); };
    HostedAgent hosted(std::move(options));
    enter(hosted.agent());
    if (source_.kind == SourceKind::kScript) install_commonjs_globals(hosted.agent(), source_.name);
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

 private:
  struct Output {
    RunningProgram* program;
    platform::Stream stream;
    std::string bytes;
  };

  void enter(Agent& agent) {
    platform::MutexLock lock(mutex_);
    waker_ = agent.waker();
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
  Ref<threading::AgentWaker> waker_ SKEIN_GUARDED_BY(mutex_);
  bool stopped_ SKEIN_GUARDED_BY(mutex_) = false;
};

// The loading thread's.
std::map<int, std::unique_ptr<RunningProgram>>& running_programs() {
  static auto& programs = *new std::map<int, std::unique_ptr<RunningProgram>>;
  return programs;
}
int last_program_id = 0;

struct Exit {
  RunningProgram* program;
  int code;
};

void deliver_exit(void* argument) {
  std::unique_ptr<Exit> exit(static_cast<Exit*>(argument));
  int id = exit->program->id();
  running_programs().erase(id);
  skein_post_exit(id, exit->code);
}

}  // namespace

extern "C" {

// Starts a program; its number, or 0 when no thread is to be had. `name` is an absolute path: imports are
// resolved against it. Both texts are UTF-8 and are copied.
EMSCRIPTEN_KEEPALIVE int skein_start(const char* name, const char* text, size_t size, int is_module) {
  ProgramSource source;
  source.name = name;
  source.text.assign(text, size);
  source.kind = is_module != 0 ? SourceKind::kModule : kind_of_file(source.name);
  auto program = std::make_unique<RunningProgram>(++last_program_id, std::move(source));
  RunningProgram* running = program.get();
  auto job = threading::make_job([running] {
    int code = running->run();
    emscripten_async_run_in_main_runtime_thread(EM_FUNC_SIG_VI, &deliver_exit, new Exit{running, code});
  });
  running_programs().emplace(running->id(), std::move(program));
  if (threading::ThreadPool::process().run(std::move(job)) != nullptr) {
    running_programs().erase(last_program_id);
    return 0;
  }
  return running->id();
}

// Asks a program to end: soon, whatever it does. onExit tells when it has.
EMSCRIPTEN_KEEPALIVE void skein_stop(int program) {
  auto found = running_programs().find(program);
  if (found != running_programs().end()) found->second->stop();
}

EMSCRIPTEN_KEEPALIVE const char* skein_version() { return SKEIN_VERSION; }

}  // extern "C"

}  // namespace skein
