#include "core/host/program.h"

#include <mutex>

#include "core/builtins/builtins.h"
#include "core/builtins/promise.h"
#include "core/bytecode/executable.h"
#include "core/host/cpu_profile.h"
#include "core/host/error_report.h"
#include "core/host/globals.h"
#include "core/host/inspect.h"
#include "core/host/module_loader.h"
#include "core/host/worker_scope.h"
#include "core/interpreter/interpreter.h"
#include "core/runtime/builtin_spec.h"
#include "core/runtime/kinds.h"
#include "core/syntax/source_text.h"
#include "platform/path.h"
#include "platform/file.h"

namespace skein {

void initialize_engine() {
  static std::once_flag once;
  std::call_once(once, [] {
    register_runtime_kinds();
    register_builtin_kinds();
    register_interpreter_kinds();
    register_host_kinds();
  });
}

HostedAgent::HostedAgent(HostOptions options) {
  initialize_engine();
  agent_ = std::make_unique<Agent>(options.agent, AgentHost::hooks());
  install_interpreter(*agent_);
  host_ = std::make_unique<AgentHost>(*agent_, std::move(options));
  Realm* realm = Realm::create(*agent_);
  agent_->set_realm(realm);
  install_host_globals(*agent_, *realm);
}

HostedAgent::~HostedAgent() {
  host_.reset();
  agent_.reset();
}

SourceKind kind_of_file(const std::string& path) {
  return platform::extension(path) == ".mjs" ? SourceKind::kModule : SourceKind::kScript;
}

void install_commonjs_globals(Agent& agent, const std::string& path) {
  Realm& realm = *agent.realm();
  Object* global = realm.global_object();
  auto text = [&](const std::string& s) { return Value(new_string_from_utf8(agent.heap(), s)); };
  Object* module = make_object(agent);
  Object* exports = make_object(agent);
  define_value(agent, module, "id", text("."), kDefaultAttributes);
  define_value(agent, module, "filename", text(path), kDefaultAttributes);
  define_value(agent, module, "exports", exports, kDefaultAttributes);
  NativeFunction* require = ModuleLoader::of(agent).make_require(agent, path);
  define_value(agent, require, "main", module, kDefaultAttributes);
  define_value(agent, global, "require", require);
  define_value(agent, global, "module", module);
  define_value(agent, global, "exports", exports);
  define_value(agent, global, "__filename", text(path));
  define_value(agent, global, "__dirname", text(platform::directory_name(path)));
}

namespace {

int exit_code_of(TerminationReason reason) {
  switch (reason) {
    case TerminationReason::kMemoryLimit: return kExitMemoryLimit;
    case TerminationReason::kTimeLimit:
    case TerminationReason::kInstructionLimit:
    case TerminationReason::kCpuLimit: return kExitTimeLimit;
    default: return kExitTerminated;
  }
}

const char* describe(TerminationReason reason) {
  switch (reason) {
    case TerminationReason::kMemoryLimit: return "skein: the heap limit is exceeded\n";
    case TerminationReason::kTimeLimit: return "skein: the time limit is exceeded\n";
    case TerminationReason::kCpuLimit: return "skein: the CPU time limit is exceeded\n";
    case TerminationReason::kInstructionLimit: return "skein: the instruction limit is exceeded\n";
    default: return "skein: the program was terminated\n";
  }
}

class ProgramRun {
 public:
  ProgramRun(HostedAgent& hosted, ProgramSource source)
      : agent_(hosted.agent()), host_(hosted.host()), source_(std::move(source)), promise_(agent_) {}

  int run() {
    if (source_.name.starts_with('[')) host_.unnamed_sources.emplace(source_.name, source_.text);
    if (evaluate().is_thrown() && !agent_.is_terminating()) host_.report_exception(agent_.take_exception());
    WorkerScope& scope = WorkerScope::of(agent_);
    // https://nodejs.org/api/process.html#event-beforeexit: listeners may start something new.
    do {
      if (!agent_.is_terminating()) (void)host_.run_event_loop();
    } while (!agent_.is_terminating() && !host_.is_stopping() && scope.notify_process(agent_, "beforeExit", {Value::int32(host_.exit_code())}) && host_.is_alive());
    if (!agent_.is_terminating()) finish(scope);
    if (std::string report = scope.cluster()->deadlock_report(); !report.empty() && agent_.termination() == TerminationReason::kTerminated && scope.thread_id() == 0) {
      host_.write(platform::Stream::kError, report);
      return kExitDeadlock;
    }
    if (agent_.is_terminating() && agent_.termination() != TerminationReason::kExit) {
      if (host_.options().report_termination) host_.write(platform::Stream::kError, describe(agent_.termination()));
      return exit_code_of(agent_.termination());
    }
    return host_.exit_code();
  }

 private:
  // The program ends by itself.
  void finish(WorkerScope& scope) {
    if (host_.exit_code() == 0 && !host_.is_stopping() && awaits_for_ever()) {
      host_.write(platform::Stream::kError, "Warning: Detected unsettled top-level await at " + source_.name + "\n");
      host_.set_exit_code(kExitUnsettledAwait);
    }
    scope.notify_exit(agent_);
  }
  Completion<void> evaluate() {
    if (source_.kind == SourceKind::kModule) {
      Object* promise = TRY(ModuleLoader::of(agent_).run_module(agent_, source_.name, &source_.text));
      source_.text = std::string();
      promise_ = Value(promise);
      return {};
    }
    auto text = syntax::SourceText::from_utf8(source_.text, source_.name);
    source_.text = std::string();  // for what may be a long life
    if (text == nullptr) return throw_range_error(agent_, {source_.name, " is too long"});
    Root<Value> name(agent_, new_string_from_utf8(agent_.heap(), source_.name));
    auto program = TRY(compile_shared_script(agent_, std::move(text)));
    Value result = TRY(run_script(agent_, agent_.realm(), std::move(program), name.get().as_cell()));
    if (source_.print_result) {
      std::string shown = result.is_string() ? result.as_string()->to_utf8() : inspect(agent_, result);
      host_.write(platform::Stream::kOutput, shown + "\n");
    }
    return {};
  }

  bool awaits_for_ever() const {
    auto* promise = promise_.get().is_undefined() ? nullptr : promise_.get().as_if<Promise>();
    return promise != nullptr && promise->state() == Promise::State::kPending;
  }

  Agent& agent_;
  AgentHost& host_;
  ProgramSource source_;
  Root<Value> promise_;  // a module's evaluation
};

}  // namespace

int run_program(HostedAgent& hosted, ProgramSource source) {
  AgentHost& host = hosted.host();
  ProgramRun run(hosted, std::move(source));
  if (host.options().cpu_profile == nullptr) return run.run();
  CpuProfile profile(host, host.options().cpu_profile);
  host.cpu_profile = &profile;
  const int code = run.run();
  host.cpu_profile = nullptr;
  if (std::string problem = profile.write_file(); !problem.empty()) host.write(platform::Stream::kError, "skein: " + problem + "\n");
  return code;
}

}  // namespace skein
