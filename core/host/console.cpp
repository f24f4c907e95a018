#include "core/host/console.h"

#include <cstdio>

#include "core/host/globals.h"
#include "core/host/inspect.h"

namespace skein {

namespace {

void print(Agent& agent, platform::Stream stream, std::string text) {
  size_t indentation = ConsoleState::of(agent).indentation;
  if (indentation != 0) {
    std::string padded(indentation, ' ');
    for (char c : text) {
      padded += c;
      if (c == '\n') padded.append(indentation, ' ');
    }
    text = std::move(padded);
  }
  text += '\n';
  AgentHost::of(agent).write(stream, text);
}

InspectOptions inspect_options(Agent& agent) {
  InspectOptions options;
  options.colors = AgentHost::of(agent).options().colors;
  return options;
}

Completion<Value> log_to(Agent& agent, platform::Stream stream, std::span<const Value> values) {
  print(agent, stream, TRY(format_log(agent, values, inspect_options(agent))));
  return Value::undefined();
}

// https://console.spec.whatwg.org/#logging
Completion<Value> console_log(Agent& agent, const CallInfo& info) {
  return log_to(agent, platform::Stream::kOutput, info.arguments());
}
Completion<Value> console_error(Agent& agent, const CallInfo& info) {
  return log_to(agent, platform::Stream::kError, info.arguments());
}

Completion<Value> console_trace(Agent& agent, const CallInfo& info) {
  std::string text = TRY(format_log(agent, info.arguments(), inspect_options(agent)));
  std::vector<StackFrame> frames;
  agent.script->capture_stack(agent, 10, info.callee(), frames);
  print(agent, platform::Stream::kError, "Trace" + (text.empty() ? text : ": " + text) + format_stack_frames(frames));
  return Value::undefined();
}

Completion<Value> console_assert(Agent& agent, const CallInfo& info) {
  if (to_boolean(info[0])) return Value::undefined();
  std::string text = TRY(format_log(agent, info.arguments_from(1), inspect_options(agent)));
  print(agent, platform::Stream::kError, text.empty() ? "Assertion failed" : "Assertion failed: " + text);
  return Value::undefined();
}

Completion<Value> console_dir(Agent& agent, const CallInfo& info) {
  print(agent, platform::Stream::kOutput, inspect(agent, info[0], inspect_options(agent)));
  return Value::undefined();
}

// https://console.spec.whatwg.org/#grouping
Completion<Value> console_group(Agent& agent, const CallInfo& info) {
  if (info.count() != 0) TRY(console_log(agent, info));
  ConsoleState::of(agent).indentation += 2;
  return Value::undefined();
}

Completion<Value> console_group_end(Agent& agent, const CallInfo&) {
  size_t& indentation = ConsoleState::of(agent).indentation;
  indentation -= indentation >= 2 ? 2 : 0;
  return Value::undefined();
}

Completion<std::string> label(Agent& agent, const CallInfo& info) {
  if (info[0].is_undefined()) return std::string("default");
  return TRY(to_string(agent, info[0]))->to_utf8();
}

// https://console.spec.whatwg.org/#counting
Completion<Value> console_count(Agent& agent, const CallInfo& info) {
  std::string name = TRY(label(agent, info));
  uint64_t count = ++ConsoleState::of(agent).counts[name];
  print(agent, platform::Stream::kOutput, name + ": " + std::to_string(count));
  return Value::undefined();
}

Completion<Value> console_count_reset(Agent& agent, const CallInfo& info) {
  ConsoleState::of(agent).counts.erase(TRY(label(agent, info)));
  return Value::undefined();
}

// https://console.spec.whatwg.org/#timing
Completion<Value> console_time(Agent& agent, const CallInfo& info) {
  std::string name = TRY(label(agent, info));
  ConsoleState::of(agent).timers.emplace(name, AgentHost::of(agent).now());
  return Value::undefined();
}

Completion<Value> report_time(Agent& agent, const CallInfo& info, bool end) {
  std::string name = TRY(label(agent, info));
  auto& timers = ConsoleState::of(agent).timers;
  auto at = timers.find(name);
  if (at == timers.end()) return Value::undefined();
  double elapsed = AgentHost::of(agent).now() - at->second;
  if (end) timers.erase(at);
  char buffer[64];
  if (elapsed >= 1000) std::snprintf(buffer, sizeof buffer, ": %.3fs", elapsed / 1000);
  else std::snprintf(buffer, sizeof buffer, ": %.3fms", elapsed);
  std::string text = name + buffer;
  if (info.count() > 1) text += " " + TRY(format_log(agent, info.arguments_from(1), inspect_options(agent)));
  print(agent, platform::Stream::kOutput, text);
  return Value::undefined();
}
Completion<Value> console_time_log(Agent& agent, const CallInfo& info) { return report_time(agent, info, false); }
Completion<Value> console_time_end(Agent& agent, const CallInfo& info) { return report_time(agent, info, true); }

constexpr PropertySpec kConsole[] = {
    PropertySpec::function_with("log", console_log, 0, kDefaultAttributes),
    PropertySpec::function_with("warn", console_error, 0, kDefaultAttributes),
    PropertySpec::function_with("dir", console_dir, 0, kDefaultAttributes),
    PropertySpec::function_with("time", console_time, 0, kDefaultAttributes),
    PropertySpec::function_with("timeEnd", console_time_end, 0, kDefaultAttributes),
    PropertySpec::function_with("timeLog", console_time_log, 0, kDefaultAttributes),
    PropertySpec::function_with("trace", console_trace, 0, kDefaultAttributes),
    PropertySpec::function_with("assert", console_assert, 0, kDefaultAttributes),
    PropertySpec::function_with("count", console_count, 0, kDefaultAttributes),
    PropertySpec::function_with("countReset", console_count_reset, 0, kDefaultAttributes),
    PropertySpec::function_with("group", console_group, 0, kDefaultAttributes),
    PropertySpec::function_with("groupCollapsed", console_group, 0, kDefaultAttributes),
    PropertySpec::function_with("groupEnd", console_group_end, 0, kDefaultAttributes),
    PropertySpec::function_with("debug", console_log, 0, kDefaultAttributes),
    PropertySpec::function_with("info", console_log, 0, kDefaultAttributes),
    PropertySpec::function_with("error", console_error, 0, kDefaultAttributes),
    PropertySpec::tag("console"),
};

}  // namespace

ConsoleState& ConsoleState::of(Agent& agent) { return AgentHost::of(agent).console(); }

ConsoleState& AgentHost::console() {
  if (console_ == nullptr) console_ = attach(std::make_unique<ConsoleState>());
  return *console_;
}

Value make_console(Agent& agent, Realm& realm, const LazyValue&) {
  // https://console.spec.whatwg.org/#console-namespace: its prototype is an empty object of its own.
  Object* prototype = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kObjectPrototype));
  Object* console = make_object_with_prototype(agent, prototype);
  define_properties(agent, realm, console, kConsole);
  return console;
}

}  // namespace skein
