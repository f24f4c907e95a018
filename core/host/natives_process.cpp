// Natives for scripts/process.js: the environment, standard input, figures of the heap.
#include "core/host/natives.h"
#include "core/host/questions.h"
#include "core/runtime/lazy_properties.h"
#include "core/threading/thread_pool.h"

namespace skein {

namespace {

EnvironmentVariables& environment_of(Agent& agent) { return *AgentHost::of(agent).options().environment; }

Completion<Value> environment_version(Agent& agent, const CallInfo&) { return Value::number(environment_of(agent).version()); }
// [name, value, name, value, …]
Completion<Value> environment(Agent& agent, const CallInfo&) {
  RootVector list(agent);
  const auto variables = environment_of(agent).variables();
  for (const auto& [name, value] : *variables) {
    list.push_back(new_text(agent, name));
    list.push_back(new_text(agent, value));
  }
  return Value(make_array(agent, list.values()));
}
// (name, value); undefined removes
Completion<Value> set_environment(Agent& agent, const CallInfo& info) {
  if (info[1].is_undefined()) environment_of(agent).remove(text_of(info[0]));
  else environment_of(agent).set(text_of(info[0]), text_of(info[1]));
  return Value::undefined();
}

// (callback): the bytes of standard input as they come, then null. A thread reads; the loop lives on meanwhile.
Completion<Value> read_stdin(Agent& agent, const CallInfo& info) {
  AgentHost& host = AgentHost::of(agent);
  WorkerScope::of(agent).set_stdin_callback(info[0]);
  auto alive = std::make_shared<threading::KeepAlive>(host.queue_reference());
  Ref<threading::EventQueue> queue = host.queue_reference();
  auto deliver = [](Agent& agent, const std::string* bytes) {
    TypedArray* array = bytes == nullptr ? nullptr : new_uint8_array(agent, *bytes);
    Value callback = WorkerScope::of(agent).stdin_callback();
    if (call(agent, callback, Value::undefined(), {array == nullptr ? Value::null() : Value(array)}).is_thrown() && !agent.is_terminating())
      AgentHost::of(agent).report_exception(agent.take_exception());
  };
  auto job = threading::make_job([queue, alive, deliver]() mutable {
    char buffer[16 * 1024];
    for (;;) {
      auto count = platform::read_stream(platform::Stream::kInput, buffer, sizeof buffer);
      if (!count.ok() || count.value() == 0) break;
      auto text = std::make_shared<std::string>(buffer, count.value());
      if (queue->post(threading::make_task([text, deliver](Agent& agent) { deliver(agent, text.get()); }, text->size())) == threading::EventQueue::PostResult::kClosed) return;
    }
    (void)queue->post(threading::make_task([deliver](Agent& agent) { deliver(agent, nullptr); }));
    alive->reset();
  });
  if (threading::ThreadPool::process().run(std::move(job), 0, "stdin") != nullptr) return throw_error(agent, ErrorType::kError, {"Cannot start a thread to read standard input"});
  return Value::undefined();
}

Completion<Value> heap_figures(Agent& agent, const CallInfo&) { return Value(TRY(heap_statistics(agent))); }

constexpr PropertySpec kNatives[] = {
    PropertySpec::function("environmentVersion", environment_version, 0),
    PropertySpec::function("environment", environment, 0),
    PropertySpec::function("setEnvironment", set_environment, 2),
    PropertySpec::function("readStdin", read_stdin, 1),
    PropertySpec::function("heapStatistics", heap_figures, 0),
};

Value stdin_is_terminal(Agent&, Realm&, const LazyValue&) { return Value::boolean(platform::is_terminal(platform::Stream::kInput)); }

}  // namespace

void define_process_natives(Agent& agent, Realm& realm, Object* natives) {
  define_properties(agent, realm, natives, kNatives);
  static constexpr LazyValue kStandardInput[] = {{"stdinIsTerminal", kBuiltinAttributes, stdin_is_terminal}};
  define_lazy_values(agent, realm, natives, kStandardInput);
}

Completion<Object*> make_natives(Agent& agent) {
  WorkerScope& scope = WorkerScope::of(agent);
  Realm& realm = *scope.realm();
  Root<Object*> natives(agent, make_object(agent));
  constexpr uint32_t kNatives = 64;
  natives->reserve_properties(agent, kNatives);
  define_port_natives(agent, realm, natives);
  define_worker_natives(agent, realm, natives);
  define_text_natives(agent, realm, natives);
  define_process_natives(agent, realm, natives);
  return natives.get();
}

}  // namespace skein
