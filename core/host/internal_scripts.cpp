#include "core/host/internal_scripts.h"

#include <memory>

#include "core/bytecode/executable.h"
#include "core/host/worker_scope.h"
#include "core/interpreter/closure.h"
#include "core/interpreter/constants.h"
#include "core/interpreter/interpreter.h"
#include "core/runtime/builtin_spec.h"
#include "core/strings/shared_atoms.h"
#include "core/syntax/source_text.h"
#include "platform/mutex.h"

namespace skein {

namespace {

int index_of(std::string_view name) {
  for (int i = 0; i < kInternalScriptCount; ++i)
    if (name == kInternalScripts[i].name) return i;
  SKEIN_UNREACHABLE();
}

// The names of a script of ours are the same in every agent.
void share_strings(const bytecode::Executable& executable) {
  for (uint32_t i = 0; i < executable.strings.size(); ++i) (void)shared_atoms::add(string_view(executable, i));
  for (const auto& function : executable.functions) share_strings(*function);
}

// Compiled scripts, shared by all agents; made when first needed and kept.
Completion<Ref<const bytecode::Executable>> compiled(Agent& agent, int index) {
  constexpr int kMost = 32;
  static platform::Mutex mutex;
  static Ref<const bytecode::Executable>* const executables = new Ref<const bytecode::Executable>[kMost];
  SKEIN_CHECK(index < kMost);
  {
    platform::MutexLock lock(mutex);
    if (executables[index]) return executables[index];
  }
  auto source = syntax::SourceText::from_utf8(kInternalScripts[index].text, std::string("skein:") + kInternalScripts[index].name);
  Ref<const bytecode::Executable> executable = TRY(compile_script(agent, std::move(source)));
  share_strings(*executable);
  platform::MutexLock lock(mutex);
  executables[index] = executable;
  return executable;
}

Completion<Value> use_script(Agent& agent, const CallInfo& info) {
  return Value(TRY(WorkerScope::of(agent).scripts().use(agent, info[0].as_string()->to_utf8())));
}

}  // namespace

Completion<Object*> InternalScripts::use(Agent& agent, std::string_view name) {
  auto at = exports_.find(name);
  if (at != exports_.end()) return at->second.as_object();
  std::string kept_name(name);
  Realm* realm = WorkerScope::of(agent).realm();
  Root<Value> make(agent, TRY(run_script(agent, realm, TRY(compiled(agent, index_of(name))))));
  if (natives_.is_undefined()) {
    natives_ = TRY(make_natives_(agent));
    use_ = make_native_function(agent, realm, use_script, 1, resolve_key(agent, "use"));
  }
  Value exports = TRY(call(agent, make, Value::undefined(), {natives_, use_}));
  exports_[kept_name] = exports;
  static_cast<Closure*>(make.get().as_object())->code()->unlink(agent.heap());
  return exports.as_object();
}

Completion<Value> InternalScripts::exported(Agent& agent, std::string_view script, const char* name) {
  // Somebody asks for workers: while the scripts are loaded, an agent for the first can be made.
  if (script == "worker_threads" || script == "web_workers") WorkerScope::of(agent).begin_using_workers();
  Object* exports = TRY(use(agent, script));
  PropertyLocation location = exports->lookup(resolve_key(agent, name));
  SKEIN_CHECK(location.found);
  return exports->slot(location.slot);
}

void InternalScripts::trace(gc::Visitor& visitor) {
  visit_value(visitor, natives_);
  visit_value(visitor, use_);
  for (auto& [name, exports] : exports_) visit_value(visitor, exports);
}

}  // namespace skein
