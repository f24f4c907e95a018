// skein_run [-m] FILE… – runs scripts (or modules) in one realm that has the standard library and print().
// For work on the engine itself; the command line for users is another program.
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "core/builtins/builtins.h"
#include "core/builtins/promise.h"
#include "core/interpreter/interpreter.h"
#include "core/interpreter/module.h"
#include "core/runtime/builtin_spec.h"
#include "core/runtime/kinds.h"
#include "core/runtime/operations.h"
#include "core/syntax/source_text.h"

namespace skein {

namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    std::exit(2);
  }
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

Completion<Value> print(Agent& agent, const CallInfo& info) {
  std::string line;
  for (uint32_t i = 0; i < info.count(); ++i) {
    if (i != 0) line += ' ';
    line += info[i].is_symbol() ? to_display_string(agent, info[i]) : TRY(to_string(agent, info[i]))->to_utf8();
  }
  std::puts(line.c_str());
  return Value::undefined();
}

Completion<Value> collect(Agent& agent, const CallInfo&) {
  agent.collect_garbage(gc::CollectionType::kFull);
  return Value::undefined();
}

// Milliseconds of processor time.
Completion<Value> cpu_time(Agent&, const CallInfo&) { return Value::number(std::clock() * 1000.0 / CLOCKS_PER_SEC); }

// --- $262, as far as tests of the language need it -----------------------------------------------------------

Object* make_262(Agent& agent, Realm* realm);

Completion<Value> eval_script(Agent& agent, const CallInfo& info) {
  std::string source = TRY(to_string(agent, info[0]))->to_utf8();
  return evaluate_script(agent, info.callee()->realm(), source, "<evalScript>");
}

Completion<Value> create_realm(Agent& agent, const CallInfo&) {
  Root<Realm*> realm(agent, Realm::create(agent));
  return Value(make_262(agent, realm));
}

Object* make_262(Agent& agent, Realm* realm) {
  static constexpr PropertySpec kMembers[] = {PropertySpec::function("evalScript", eval_script, 1), PropertySpec::function("createRealm", create_realm, 0),
                                              PropertySpec::function("gc", collect, 0), PropertySpec::function("print", print, 1), PropertySpec::function("cpuTime", cpu_time, 0)};
  Object* object = make_object(agent);
  define_properties(agent, *realm, object, kMembers);
  define_properties(agent, *realm, realm->global_object(), std::span(kMembers).last(2));
  define_value(agent, object, "global", realm->global_object());
  define_value(agent, realm->global_object(), "$262", object);
  return object;
}

void report(Agent& agent, Value exception) {
  std::string text;
  if (exception.is_object()) {
    Completion<Value> stack = get(agent, exception.as_object(), agent.names().stack);
    if (!stack.is_thrown() && stack.value().is_string()) text = stack.value().as_string()->to_utf8();
  }
  if (text.empty()) text = to_display_string(agent, exception);
  std::fprintf(stderr, "Uncaught %s\n", text.c_str());
}

RootVector* g_unhandled;

void track_rejection(Agent&, Object* promise, PromiseRejectionOperation operation) {
  std::vector<Value>& list = g_unhandled->values();
  if (operation == PromiseRejectionOperation::kReject) list.push_back(promise);
  else std::erase(list, Value(promise));
}

// --- Modules: files by path, relative to the module that asks ---------------------------------------------

struct ModuleMap final : CustomRoot {
  using CustomRoot::CustomRoot;
  std::map<std::string, Module*> modules;
  void trace(gc::Visitor& visitor) override {
    for (auto& [path, module] : modules) visitor.visit(module);
  }
};
ModuleMap* g_modules;

Completion<Module*> load_module(Agent& agent, const std::string& path) {
  Module*& entry = g_modules->modules[path];
  if (entry == nullptr) {
    if (!std::filesystem::exists(path)) return throw_type_error(agent, {"Cannot find module '", path, "'"});
    entry = TRY(parse_module(agent, agent.realm(), syntax::SourceText::from_utf8(read_file(path), path), Value::undefined()));
  }
  return entry;
}

Completion<void> load_imported_module(Agent& agent, Value referrer, String* specifier, Value attributes, Value payload) {
  std::filesystem::path base = ".";
  if (referrer.is_kind(CellKind::kModule))
    base = std::filesystem::path(referrer.as<Module>()->code->executable().source->name()).parent_path();
  std::string path = (base / specifier->to_utf8()).lexically_normal().string();
  return finish_loading_imported_module(agent, referrer, specifier, attributes, payload, load_module(agent, path));
}

Completion<void> run_module(Agent& agent, const std::string& path) {
  Root<Module*> module(agent, TRY(load_module(agent, path)));
  Root<Object*> loaded(agent, TRY(load_requested_modules(agent, module, Value::undefined())));
  TRY(agent.run_jobs());
  auto* promise = loaded->as_if<Promise>();
  if (promise->state() == Promise::State::kRejected) {
    std::erase(g_unhandled->values(), Value(promise));
    return agent.throw_value(promise->result());
  }
  TRY(link_module(agent, module));
  TRY(evaluate_module(agent, module));
  return {};
}

Completion<void> run(Agent& agent, Realm* realm, const std::string& path, bool is_module) {
  if (is_module) TRY(run_module(agent, path));
  else TRY(evaluate_script(agent, realm, read_file(path), path));
  return agent.run_jobs();
}

int main_in_agent(int count, char** arguments) {
  HostHooks hooks{};
  hooks.report_exception = report;
  hooks.promise_rejection_tracker = track_rejection;
  hooks.load_imported_module = load_imported_module;
  Agent agent(AgentOptions{}, hooks);
  install_interpreter(agent);
  ModuleMap modules(agent);
  g_modules = &modules;
  Realm* realm = Realm::create(agent);
  Root<Realm*> kept(agent, realm);
  agent.set_realm(realm);
  make_262(agent, realm);
  RootVector unhandled(agent);
  g_unhandled = &unhandled;
  bool is_module = false;
  for (int i = 1; i < count; ++i) {
    if (std::string_view(arguments[i]) == "-m") {
      is_module = true;
    } else if (run(agent, realm, arguments[i], is_module).is_thrown()) {
      report(agent, agent.take_exception());
      return 1;
    }
  }
  if (!unhandled.empty()) {
    report(agent, unhandled[0].as<Promise>()->result());
    return 1;
  }
  return 0;
}

}  // namespace

}  // namespace skein

int main(int count, char** arguments) {
  skein::register_runtime_kinds();
  skein::register_interpreter_kinds();
  skein::register_builtin_kinds();
  return skein::main_in_agent(count, arguments);
}
