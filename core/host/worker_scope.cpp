#include "core/host/worker_scope.h"

#include <array>

#include "core/builtins/support.h"
#include "core/concurrency/structured_clone.h"
#include "core/host/error_report.h"
#include "core/host/globals.h"
#include "core/host/module_loader.h"
#include "core/host/natives.h"
#include "core/host/program.h"
#include "core/host/spare_agent.h"
#include "core/interpreter/interpreter.h"

namespace skein {

namespace {
constexpr size_t kWorkerCharge = size_t{256} << 10;
}

WorkerScope::WorkerScope(AgentHost& host) : host_(host), ports_(host), scripts_(make_natives), realm_(host.agent().realm()) {
  host.before_wait = [this](AgentHost&) { return cluster()->become_idle(id_); };
  host.after_wait = [this](AgentHost&) { cluster()->become_busy(id_); };
}

void WorkerScope::begin_using_workers() {
  if (is_worker_ || uses_workers_) return;
  uses_workers_ = true;
  spare_agent::take_interest();
  if (spare_agent::fits(host_.options())) spare_agent::prepare();
}

WorkerScope& WorkerScope::of(Agent& agent) {
  AgentHost& host = AgentHost::of(agent);
  if (host.worker_scope == nullptr) host.worker_scope = host.attach(std::make_unique<WorkerScope>(host));
  return *host.worker_scope;
}

const Ref<AgentCluster>& WorkerScope::cluster() {
  if (!cluster_) cluster_ = AgentCluster::create(host_.queue_reference());
  return cluster_;
}

// --- Being a worker -------------------------------------------------------------------------------------------

void WorkerScope::join(Ref<AgentCluster> cluster, AgentCluster::MemberId id) {
  cluster_ = std::move(cluster);
  id_ = id;
  is_worker_ = true;
}

Completion<void> WorkerScope::become_worker(Agent& agent, WorkerRequest& request) {
  kind_ = request.kind;
  name_ = request.name;
  path_ = request.path;
  initial_ = std::move(request.initial);
  pending_port_ = std::move(request.port);
  request.port = nullptr;
  // What waits there counts against the worker's limit, whether it ever looks or not.
  if (pending_port_) pending_port_->attach(host_.queue_reference());
  if (kind_ == WorkerKind::kWeb) TRY(call(agent, TRY(scripts_.exported(agent, "worker_global", "becomeWebWorker")), Value::undefined()));
  return {};
}

Value WorkerScope::take_port(Agent& agent) {
  if (pending_port_) {
    port_ = ports_.make_port(agent, std::move(pending_port_));
    pending_port_ = nullptr;
  }
  return port_;
}

Thrown WorkerScope::throw_missing_file(Agent& agent, const std::string& path, std::string_view reason) {
  std::string message = "Cannot find module '" + path + "'";
  if (!reason.empty()) message += ": " + std::string(reason);
  ErrorObject* error = make_error(agent, ErrorType::kError, message);
  error->add_property(agent, agent.names().code, new_string_from_utf8(agent.heap(), "MODULE_NOT_FOUND"), kDefaultAttributes);
  return agent.throw_value(error);
}

// --- Listeners ------------------------------------------------------------------------------------------------

bool WorkerScope::ask_script(Agent& agent, const char* script, const char* function, std::initializer_list<Value> values) {
  RootVector kept(agent);
  for (Value value : values) kept.push_back(value);
  auto ask = [&]() -> Completion<Value> {
    Value callee = TRY(scripts_.exported(agent, script, function));
    return call(agent, callee, Value::undefined(), std::span<const Value>(kept.data(), kept.size()));
  };
  auto result = ask();
  if (!result.is_thrown()) return to_boolean(result.value());
  // A listener that throws while an error is dealt with: there is no end to that but this.
  if (!agent.is_terminating()) host_.print_exception(agent.take_exception());
  return true;
}

bool WorkerScope::notify_process(Agent& agent, const char* event, std::initializer_list<Value> values) {
  if (!scripts_.is_loaded("process")) return false;
  RootVector kept(agent);
  kept.push_back(new_text(agent, event));
  for (Value value : values) kept.push_back(value);
  auto notify = [&]() -> Completion<Value> {
    Value callee = TRY(scripts_.exported(agent, "process", "notify"));
    return call(agent, callee, Value::undefined(), std::span<const Value>(kept.data(), kept.size()));
  };
  auto result = notify();
  if (!result.is_thrown()) return to_boolean(result.value());
  if (!agent.is_terminating()) host_.print_exception(agent.take_exception());
  return true;
}

void WorkerScope::notify_exit(Agent& agent) {
  if (is_exiting_) return;
  is_exiting_ = true;
  (void)notify_process(agent, "exit", {Value::int32(host_.exit_code())});
}

bool WorkerScope::handle_uncaught(Agent& agent, Value exception) {
  Root<Value> kept(agent, exception);
  if (scripts_.is_loaded("events")) {
    Root<Value> message(agent, new_text(agent, "Uncaught " + (kept.get().is_kind(CellKind::kError) ? error_header(agent, kept.get().as_object()) : to_display_string(agent, kept))));
    Root<Value> file(agent, new_text(agent, path_));
    uint32_t line = 0, column = 0;
    if (auto* error = kept.get().as_if<ErrorObject>(); error != nullptr && error->frames != nullptr && !error->frames->empty()) {
      const StackFrame& frame = error->frames->front();
      file = new_text(agent, frame.source);
      line = frame.line;
      column = frame.column;
    }
    if (ask_script(agent, "events", "handleUncaught", {kept, message, file, Value::number(line), Value::number(column)})) return true;
    if (agent.is_terminating()) return true;
  }
  return notify_process(agent, "uncaughtException", {kept, new_text(agent, "uncaughtException")});
}

bool WorkerScope::handle_rejection(Agent& agent, Value promise, Value reason) {
  Root<Value> kept_promise(agent, promise), kept_reason(agent, reason);
  if (scripts_.is_loaded("events") && ask_script(agent, "events", "handleRejection", {promise, reason})) return true;
  if (agent.is_terminating()) return true;
  if (notify_process(agent, "unhandledRejection", {kept_reason, kept_promise})) return true;
  return false;
}

void WorkerScope::rejection_handled(Agent& agent, Object* promise) {
  if (!scripts_.is_loaded("events")) return;
  Root<Object*> kept(agent, promise);
  if (ask_script(agent, "events", "rejectionHandled", {Value(promise), rejection_reason(promise)}))
    (void)notify_process(agent, "rejectionHandled", {Value(kept.get())});
}

// --- Classes of the script side -------------------------------------------------------------------------------

void WorkerScope::add_cloneable(const std::string& name, Object* prototype, Value to_parts, Value from_parts) {
  cloneables_.push_back({name, prototype, to_parts, from_parts});
}

Completion<bool> WorkerScope::to_parts(Agent& agent, Object* object, std::string& name, RootVector& parts) {
  WorkerScope& scope = of(agent);
  // Subclasses have a longer way; nobody derives often.
  constexpr int kLongestChain = 8;
  Object* at = object->prototype();
  for (int i = 0; at != nullptr && i < kLongestChain && at->is_ordinary(); ++i, at = at->prototype()) {
    for (size_t j = 0; j < scope.cloneables_.size(); ++j) {
      const Cloneable& cloneable = scope.cloneables_[j];
      if (cloneable.prototype != at) continue;
      name = cloneable.name;
      Root<Value> list(agent, TRY(call(agent, cloneable.to_parts, Value::undefined(), {Value(object)})));
      if (!list.get().is_object()) return false;
      TRY(create_list_from_array_like(agent, list, parts));
      return true;
    }
  }
  return false;
}

Completion<Object*> WorkerScope::from_parts(Agent& agent, const std::string& name, std::span<const Value> parts) {
  WorkerScope& scope = of(agent);
  if (name == "DOMException") TRY(scope.scripts_.use(agent, "dom_exception"));
  else if (name == "Blob") TRY(scope.scripts_.use(agent, "blob"));
  for (const Cloneable& cloneable : scope.cloneables_) {
    if (cloneable.name != name) continue;
    Value object = TRY(call(agent, cloneable.from_parts, Value::undefined(), parts));
    return object.as_object();
  }
  return throw_dom_exception(agent, "DataCloneError", "The serialized value has an object of an unknown class");
}

Completion<Value> WorkerScope::make_dom_exception(Agent& agent, std::string_view name, const std::string& message) {
  Value make = TRY(of(agent).scripts_.exported(agent, "dom_exception", "makeDOMException"));
  Root<Value> name_text(agent, new_text(agent, name));
  return call(agent, make, Value::undefined(), {name_text, new_text(agent, message)});
}

// https://nodejs.org/api/worker_threads.html#workermarkasuntransferableobject
Completion<void> WorkerScope::mark(Agent& agent, Object* object, bool as_uncloneable) {
  Symbol*& name = marks_[as_uncloneable ? 0 : 1];
  if (name == nullptr) name = agent.heap().make<Symbol>(Value::undefined(), agent.next_hash(), Symbol::Type::kPrivateName);
  if (object->kind() == CellKind::kProxy || private_has(object, name)) return {};
  object->add_property(agent, PropertyKey(name), Value::boolean(true), kWritable);
  return {};
}
bool WorkerScope::is_marked(Object* object, bool as_uncloneable) const {
  Symbol* name = marks_[as_uncloneable ? 0 : 1];
  return name != nullptr && object->kind() != CellKind::kProxy && private_has(object, name);
}

// --- Locks ------------------------------------------------------------------------------------------------------

LockManager::Id WorkerScope::request_lock(std::string name, bool is_shared, bool if_available, bool steal) {
  LockManager::Id id = cluster()->locks().request({std::move(name), is_shared, if_available, steal, id_, host_.queue_reference()});
  waiting_locks_.insert(id);
  host_.add_reference();
  return id;
}

void WorkerScope::release_lock(LockManager::Id id) {
  if (waiting_locks_.erase(id) != 0) host_.drop_reference();
  cluster()->locks().release(id);
}

void WorkerScope::deliver_lock_news(Agent& agent, LockManager::Id id, LockManager::News news) {
  WorkerScope& scope = of(agent);
  if (scope.waiting_locks_.erase(id) != 0) scope.host_.drop_reference();
  const char* kind = news == LockManager::News::kGranted ? "granted" : news == LockManager::News::kStolen ? "stolen" : "unavailable";
  (void)scope.ask_script(agent, "locks", "notify", {Value::number(static_cast<double>(id)), new_text(agent, kind)});
}

// --- Children -----------------------------------------------------------------------------------------------------

Completion<Value> WorkerScope::start_worker(Agent& agent, WorkerRequest request, Value callback) {
  // What a worker takes at least counts as its parent's: who starts too many gets an error.
  threading::MemoryCharge charge;
  if (host_.memory_account() && !charge.charge(host_.memory_account(), kWorkerCharge)) {
    throw_dom_exception(agent, "QuotaExceededError", "The memory limit does not allow another worker");
    return mark_exhausted(agent, Exhausted::kMemory);
  }
  // One step: workers that start workers at the same time cannot go beyond the limit together.
  const size_t limit = host_.options().worker_limit;
  auto member = cluster()->add(request.name, limit);
  if (!member) {
    throw_dom_exception(agent, "QuotaExceededError", "There are as many workers as the limit allows: " + std::to_string(limit));
    return mark_exhausted(agent, Exhausted::kWorkers);
  }
  Ref<WorkerThread> thread = WorkerThread::start(cluster(), *member, host_.queue_reference(), std::move(request));
  if (!thread) return throw_error(agent, ErrorType::kError, {"Cannot start a thread for the worker"});
  uint32_t id = thread->thread_id();
  children_[id] = {std::move(thread), callback, true, std::move(charge)};
  host_.add_reference();
  return Value::number(id);
}

void WorkerScope::set_referenced(uint32_t thread_id, bool referenced) {
  auto at = children_.find(thread_id);
  if (at == children_.end() || at->second.referenced == referenced) return;
  at->second.referenced = referenced;
  if (referenced) host_.add_reference();
  else host_.drop_reference();
}

void WorkerScope::terminate(uint32_t thread_id) {
  auto at = children_.find(thread_id);
  if (at != children_.end()) at->second.thread->terminate();
}

WorkerThread* WorkerScope::child(uint32_t thread_id) {
  auto at = children_.find(thread_id);
  return at == children_.end() ? nullptr : at->second.thread.get();
}

void WorkerScope::deliver_notice(Agent& agent, WorkerThread& worker, WorkerNotice& notice) {
  WorkerScope& scope = of(agent);
  auto at = scope.children_.find(worker.thread_id());
  if (at == scope.children_.end()) return;
  Root<Value> callback(agent, at->second.callback);
  auto tell = [&]() -> Completion<void> {
    auto text = [&](const std::string& utf8) { return Value(new_string_from_utf8(agent.heap(), utf8)); };
    switch (notice.kind) {
      case WorkerNotice::Kind::kOnline: TRY(call(agent, callback, Value::undefined(), {text("online")})); break;
      case WorkerNotice::Kind::kError: {
        Root<Value> error(agent);
        if (notice.error != nullptr) error = TRY(deserialize(agent, *notice.error));
        TRY(call(agent, callback, Value::undefined(), {text("error"), error, text(notice.message), text(notice.file), Value::number(notice.line), notice.error == nullptr ? text("memory") : Value::number(notice.column)}));
        break;
      }
      case WorkerNotice::Kind::kOutput: {
        TypedArray* bytes = new_uint8_array(agent, notice.message);
        if (bytes != nullptr) TRY(call(agent, callback, Value::undefined(), {text("output"), Value::int32(notice.exit_code), Value(bytes)}));
        break;
      }
      case WorkerNotice::Kind::kExit:
        scope.set_referenced(worker.thread_id(), false);
        scope.children_.erase(worker.thread_id());
        TRY(call(agent, callback, Value::undefined(), {text("exit"), Value::int32(notice.exit_code)}));
        break;
    }
    return {};
  };
  if (tell().is_thrown() && !agent.is_terminating()) scope.host_.report_exception(agent.take_exception());
}

// --- The end --------------------------------------------------------------------------------------------------------

void WorkerScope::trace(gc::Visitor& visitor) {
  visit_value(visitor, port_);
  visit_value(visitor, stdin_callback_);
  visitor.visit(realm_);
  scripts_.trace(visitor);
  for (Cloneable& cloneable : cloneables_) {
    visitor.visit(cloneable.prototype);
    visit_value(visitor, cloneable.to_parts);
    visit_value(visitor, cloneable.from_parts);
  }
  for (Symbol* mark : marks_) visitor.visit(mark);
  for (auto& [id, child] : children_) visit_value(visitor, child.callback);
  ports_.trace(visitor);
  clone_cache_.trace(visitor);
}

void WorkerScope::close(Agent& agent) {
  for (auto& [id, child] : children_) child.thread->terminate();
  for (auto& [id, child] : children_) child.thread->join();
  children_.clear();
  if (uses_workers_) spare_agent::lose_interest();
  if (cluster_) cluster_->locks().release_all(id_);
  ports_.close(agent);
  initial_ = nullptr;
  if (pending_port_) pending_port_->close();
}

// --- Installation ---------------------------------------------------------------------------------------------------

namespace {

// https://html.spec.whatwg.org/multipage/structured-data.html#structured-cloning
Completion<Value> structured_clone(Agent& agent, const CallInfo& info) {
  if (info.count() == 0) return throw_type_error(agent, {"structuredClone: 1 argument required, but only 0 present"});
  RootVector transfer(agent);
  if (!info[1].is_nullish()) {
    if (!info[1].is_object()) return throw_type_error(agent, {"structuredClone: the options must be an object"});
    Value list = TRY(get(agent, info[1].as_object(), resolve_key(agent, "transfer")));
    if (!list.is_undefined()) {
      IteratorRecord record(agent);
      TRY(get_iterator(agent, list, IteratorKind::kSync, record));
      TRY(iterator_to_list(agent, record, transfer));
    }
  }
  auto message = TRY(serialize(agent, info[0], std::span<const Value>(transfer.data(), transfer.size())));
  ExternalCharge charge(agent);
  charge.add(message->total_bytes());
  return deserialize(agent, *message);
}

// --- Globals of the script side: the first look makes them ordinary properties ---

Completion<Value> lazy_global(Agent& agent, const CallInfo& info);
Completion<Value> global_handler(Agent& agent, const CallInfo& info);

// Two functions with the slot, and whether it sets, in theirs.
Value make_accessor(Agent& agent, Realm& realm, const char* name, NativeFunctionPointer function, Value slot) {
  PropertyKey key = resolve_key(agent, name);
  NativeFunction* accessors[2];
  for (int i = 0; i < 2; ++i) {
    accessors[i] = make_native_function(agent, &realm, function, i, key, i == 0 ? "get" : "set");
    accessors[i]->set_internal_slot(0, slot);
    accessors[i]->set_internal_slot(1, Value::boolean(i == 1));
  }
  return Value::cell(agent.heap().make<Accessor>(accessors[0], accessors[1]));
}

struct ScriptGlobal {
  const char* name;
  const char* script;
};
constexpr ScriptGlobal kScriptGlobals[] = {
    {"DOMException", "dom_exception"}, {"Event", "event_types"}, {"CustomEvent", "event_types"}, {"MessageEvent", "event_types"}, {"ErrorEvent", "event_types"},
    {"PromiseRejectionEvent", "event_types"}, {"EventTarget", "events"}, {"AbortSignal", "abort"}, {"AbortController", "abort"},
    {"reportError", "events"}, {"addEventListener", "events"}, {"removeEventListener", "events"}, {"dispatchEvent", "events"},
    {"MessagePort", "ports"}, {"MessageChannel", "ports"}, {"BroadcastChannel", "broadcast"}, {"Worker", "web_workers"},
    {"Blob", "blob"}, {"File", "blob"}, {"URL", "url"}, {"URLSearchParams", "url"},
    {"TextEncoder", "encoding"}, {"TextDecoder", "encoding"}, {"atob", "encoding"}, {"btoa", "encoding"},
    {"navigator", "navigator"},
};

Completion<Value> lazy_global(Agent& agent, const CallInfo& info) {
  const ScriptGlobal& global = kScriptGlobals[info.callee()->internal_slot(0).as_int32()];
  Root<Value> value(agent, info[0]);
  if (!info.callee()->internal_slot(1).is_true()) value = TRY(WorkerScope::of(agent).scripts().exported(agent, global.script, global.name));
  TRY(define_property_or_throw(agent, WorkerScope::of(agent).realm()->global_object(), resolve_key(agent, global.name), PropertyDescriptor::data(value, kBuiltinAttributes)));
  return value.get();
}

// onerror and its kin: (value) sets, () gets
Completion<Value> global_handler(Agent& agent, const CallInfo& info) {
  Root<Value> handler(agent, TRY(WorkerScope::of(agent).scripts().exported(agent, "events", "globalHandler")));
  Value arguments[] = {info.callee()->internal_slot(0), info[0]};
  return call(agent, handler, Value::undefined(), std::span<const Value>(arguments, info.callee()->internal_slot(1).is_true() ? 2 : 1));
}

constexpr PropertyAttributes kLazyAccessor = kConfigurable | kAccessorProperty;

Value make_script_global(Agent& agent, Realm& realm, const LazyValue& value) {
  int index = 0;
  while (kScriptGlobals[index].name != value.name) ++index;
  return make_accessor(agent, realm, value.name, lazy_global, Value::int32(index));
}
Value make_global_handler(Agent& agent, Realm& realm, const LazyValue& value) {
  return make_accessor(agent, realm, value.name, global_handler, new_text(agent, value.detail));
}

constexpr auto kLazyScriptGlobals = [] {
  std::array<LazyValue, std::size(kScriptGlobals)> values{};
  for (size_t i = 0; i < values.size(); ++i) values[i] = {kScriptGlobals[i].name, kLazyAccessor, make_script_global};
  return values;
}();
constexpr LazyValue kLazyHandlers[] = {
    {"onerror", kLazyAccessor, make_global_handler, "error"},
    {"onunhandledrejection", kLazyAccessor, make_global_handler, "unhandledrejection"},
    {"onrejectionhandled", kLazyAccessor, make_global_handler, "rejectionhandled"},
};
constexpr PropertySpec kGlobalFunctions[] = {PropertySpec::function("structuredClone", structured_clone, 1)};

// --- Builtin modules ---

template <const char* const& script, const char* const& name>
Completion<Object*> make_module(Agent& agent) {
  return TRY(WorkerScope::of(agent).scripts().exported(agent, script, name)).as_object();
}
#define SKEIN_MODULE(identifier, script, export_name)          \
  constexpr const char* const k##identifier##Script = script;   \
  constexpr const char* const k##identifier##Export = export_name;
SKEIN_MODULE(WorkerThreads, "worker_threads", "workerThreads")
SKEIN_MODULE(Events, "emitter", "EventEmitter")
SKEIN_MODULE(Url, "url", "urlModule")
SKEIN_MODULE(V8, "clone", "v8")
SKEIN_MODULE(Clone, "clone", "clone")
SKEIN_MODULE(Pool, "pool", "pool")
#undef SKEIN_MODULE

// Where the script of an agent stands that is about to sleep in Atomics.wait.
void note_blocked(void* context, const threading::BlockedWait* wait) {
  Agent& agent = *static_cast<Agent*>(context);
  if (agent.host_data == nullptr) return;
  WorkerScope& scope = WorkerScope::of(agent);
  if (wait == nullptr) return scope.cluster()->become_unblocked(scope.thread_id());
  std::vector<StackFrame> frames;
  agent.script->capture_stack(agent, 4, nullptr, frames);
  std::string place = "an unknown place";
  for (const StackFrame& frame : frames) {
    if (frame.line == 0) continue;
    place = frame.source + ":" + std::to_string(frame.line) + ":" + std::to_string(frame.column);
    break;
  }
  scope.cluster()->become_blocked(scope.thread_id(), *wait, std::move(place));
}

}  // namespace

void report_deadlocks(Agent& agent) {
  threading::WaiterLists::on_blocked = note_blocked;
  WorkerScope::of(agent).cluster()->report_deadlocks();
}

void register_worker_kinds() {
  gc::register_kind<HostObject>();
  PortRegistry::install_hooks();
  WorkerThread::deliver_notice = WorkerScope::deliver_notice;
  LockManager::deliver = WorkerScope::deliver_lock_news;
  g_clone_hooks.to_parts = WorkerScope::to_parts;
  g_clone_hooks.from_parts = WorkerScope::from_parts;
  g_clone_hooks.make_dom_exception = WorkerScope::make_dom_exception;
  g_clone_hooks.is_uncloneable = [](Agent& agent, Object* object) { return WorkerScope::of(agent).is_marked(object, true); };
  g_clone_hooks.cache = [](Agent& agent) { return &WorkerScope::of(agent).clone_cache_; };
  g_clone_hooks.is_untransferable = [](Agent& agent, Object* object) { return WorkerScope::of(agent).is_marked(object, false); };
  register_builtin_module("worker_threads", make_module<kWorkerThreadsScript, kWorkerThreadsExport>);
  register_builtin_module("events", make_module<kEventsScript, kEventsExport>);
  register_builtin_module("url", make_module<kUrlScript, kUrlExport>);
  register_builtin_module("v8", make_module<kV8Script, kV8Export>);
  register_builtin_module("skein:clone", make_module<kCloneScript, kCloneExport>);
  register_builtin_module("skein:pool", make_module<kPoolScript, kPoolExport>);
  register_builtin_module("fs", make_fs_module);
}

void install_worker_globals(Agent& agent, Realm& realm) {
  WorkerScope::of(agent).set_realm(&realm);
  define_properties(agent, realm, realm.global_object(), kGlobalFunctions);
  define_lazy_values(agent, realm, realm.global_object(), kLazyScriptGlobals);
  define_lazy_values(agent, realm, realm.global_object(), kLazyHandlers);
}

}  // namespace skein
