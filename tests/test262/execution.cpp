#include "tests/test262/execution.h"

#include <unistd.h>

#include <fstream>
#include <map>
#include <memory>
#include <sstream>

#include "core/builtins/array_buffer_objects.h"
#include "core/builtins/promise.h"
#include "core/host/module_loader.h"
#include "core/host/program.h"
#include "core/interpreter/interpreter.h"
#include "core/syntax/source_text.h"
#include "tests/test262/host262.h"
#include "tests/test262/metadata.h"

namespace skein::test262 {

namespace {

std::string g_root;

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

const std::string& harness_file(const std::string& name) {
  static auto* cache = new std::map<std::string, std::string>;
  auto at = cache->find(name);
  if (at == cache->end()) at = cache->emplace(name, read_file(g_root + "/harness/" + name)).first;
  return at->second;
}

enum class Mode : uint8_t { kSloppy, kStrict, kModule, kRaw };

const char* describe(Mode mode) {
  switch (mode) {
    case Mode::kStrict: return " (strict)";
    case Mode::kModule: return " (module)";
    default: return "";
  }
}

// One test in one mode, in an agent of its own.
class Execution {
 public:
  Execution(const std::string& path, const std::string& source, const Metadata& metadata, Mode mode)
      : path_(path), source_(source), metadata_(metadata), mode_(mode), hosted_(options()) {}

  Outcome run() {
    Agent& agent = hosted_.agent();
    install_262(agent, *agent.realm());
    Completion<void> result = evaluate();
    if (!result.is_thrown()) result = hosted_.host().run_event_loop();
    close_262(agent);
    if (agent.is_terminating()) return {Verdict::kFail, "terminated"};
    if (result.is_thrown()) return judge(error_name(agent, agent.take_exception()), phase_);
    if (!uncaught_.empty()) return judge(uncaught_, phase_);
    if (metadata_.is_negative()) return {Verdict::kFail, "expected " + metadata_.negative_type + " in phase " + metadata_.negative_phase};
    if (metadata_.async && output_.find("Test262:AsyncTestComplete") == std::string::npos)
      return {Verdict::kFail, output_.empty() ? "the asynchronous test did not complete" : output_};
    return {};
  }

 private:
  HostOptions options() {
    HostOptions options;
    options.agent.can_block = !metadata_.can_block_is_false;
    options.write = [this](platform::Stream, std::string_view text) { output_ += text; };
    return options;
  }

  Outcome judge(const std::string& error, const std::string& phase) const {
    std::string name = error.substr(0, error.find(':'));
    if (metadata_.is_negative() && name == metadata_.negative_type) {
      bool phase_fits = metadata_.negative_phase == "runtime" || phase != "runtime" || mode_ == Mode::kModule;
      if (phase_fits) return {};
      return {Verdict::kFail, error + " in phase " + phase + ", not " + metadata_.negative_phase};
    }
    return {Verdict::kFail, error};
  }

  // "TypeError: message", from data properties alone.
  static std::string error_name(Agent& agent, Value value) {
    if (!value.is_object()) return "uncaught " + to_display_string(agent, value);
    Root<Value> kept(agent, value);
    auto constructor = get(agent, value.as_object(), agent.names().constructor);
    std::string name;
    if (!constructor.is_thrown() && constructor.value().is_object()) {
      auto text = get(agent, constructor.value().as_object(), agent.names().name);
      if (!text.is_thrown() && text.value().is_string()) name = text.value().as_string()->to_utf8();
    }
    auto message = get(agent, kept.get().as_object(), agent.names().message);
    std::string text = !message.is_thrown() && message.value().is_string() ? message.value().as_string()->to_utf8() : "";
    return (name.empty() ? "Error" : name) + ": " + text;
  }

  static Completion<Value> module_fulfilled(Agent&, const CallInfo&) { return Value::undefined(); }
  static Completion<Value> module_rejected(Agent& agent, const CallInfo& info) {
    current_->uncaught_ = error_name(agent, info[0]);
    return Value::undefined();
  }

  Completion<void> run_harness(const std::string& name) {
    Agent& agent = hosted_.agent();
    TRY(evaluate_script(agent, agent.realm(), harness_file(name), name));
    return {};
  }

  Completion<void> evaluate() {
    Agent& agent = hosted_.agent();
    AgentHost& host = hosted_.host();
    // A promise that nobody handles is no failure: many tests leave one behind.
    host.on_uncaught = [this](Agent& a, Value exception, bool is_rejection) {
      if (!is_rejection) uncaught_ = error_name(a, exception);
      return true;
    };
    phase_ = "harness";
    if (mode_ != Mode::kRaw) {
      TRY(run_harness("assert.js"));
      TRY(run_harness("sta.js"));
      if (metadata_.async) TRY(run_harness("doneprintHandle.js"));
      for (const std::string& include : metadata_.includes) TRY(run_harness(include));
    }
    const std::string file = g_root + "/" + path_;
    if (mode_ == Mode::kModule) {
      phase_ = "parse";
      Root<Object*> promise(agent, TRY(ModuleLoader::of(agent).run_module(agent, file, &source_)));
      phase_ = "runtime";
      // The module's own promise is the test's completion.
      current_ = this;
      g_promise_hooks.then(agent, promise, module_fulfilled, module_rejected, Value::undefined());
      TRY(host.perform_microtask_checkpoint());
      return {};
    }
    std::string text = mode_ == Mode::kStrict ? "\"use strict\";\n" + source_ : source_;
    phase_ = "runtime";
    Value name = new_string_from_utf8(agent.heap(), file);
    auto text_source = syntax::SourceText::from_utf8(text, file);
    std::string parse_probe;
    if (metadata_.negative_phase == "parse") phase_ = "parse";
    TRY(evaluate_script(agent, agent.realm(), text_source, name.as_cell()));
    phase_ = "runtime";
    return {};
  }

  static inline Execution* current_ = nullptr;  // of the test that runs; one at a time
  const std::string& path_;
  const std::string& source_;
  const Metadata& metadata_;
  const Mode mode_;
  std::string output_;
  std::string uncaught_;
  std::string phase_ = "runtime";
  HostedAgent hosted_;
};

}  // namespace

void initialize(const std::string& root) {
  g_root = root;
  initialize_engine();
}

Outcome run_test(const std::string& path) {
  std::string source = read_file(g_root + "/" + path);
  Metadata metadata = parse_metadata(source);
  std::vector<Mode> modes;
  if (metadata.module) {
    modes = {Mode::kModule};
  } else if (metadata.raw) {
    modes = {Mode::kRaw};
  } else {
    if (!metadata.only_strict) modes.push_back(Mode::kSloppy);
    if (!metadata.no_strict) modes.push_back(Mode::kStrict);
  }
  for (Mode mode : modes) {
    Outcome outcome = Execution(path, source, metadata, mode).run();
    if (outcome.verdict != Verdict::kPass) {
      outcome.message += describe(mode);
      return outcome;
    }
  }
  return {};
}

void serve(std::FILE* in, int out) {
  char* line = nullptr;
  size_t capacity = 0;
  ssize_t length;
  while ((length = getline(&line, &capacity, in)) > 0) {
    Outcome outcome = run_test(std::string(line, static_cast<size_t>(length - 1)));
    std::string reply(1, static_cast<char>(outcome.verdict));
    for (char c : outcome.message) reply += c == '\n' ? ' ' : c;
    reply += '\n';
    for (size_t sent = 0; sent < reply.size();) {
      ssize_t n = write(out, reply.data() + sent, reply.size() - sent);
      if (n <= 0) return;
      sent += static_cast<size_t>(n);
    }
  }
}

}  // namespace skein::test262
