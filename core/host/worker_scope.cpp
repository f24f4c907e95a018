#include "core/host/worker_scope.h"

#include "core/builtins/support.h"
#include "core/concurrency/structured_clone.h"
#include "core/host/module_loader.h"
#include "core/host/program.h"
#include "core/interpreter/interpreter.h"

namespace skein {

WorkerScope::WorkerScope(AgentHost& host) : host_(host), ports_(host) {
  host.before_wait = [this](AgentHost&) { return cluster()->become_idle(id_); };
  host.after_wait = [this](AgentHost&) { cluster()->become_busy(id_); };
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
  ensure_script_side(agent);
  if (exports_.is_undefined()) return Thrown{};
  if (kind_ == WorkerKind::kWeb) TRY(call(agent, exported(agent, "becomeWebWorker"), Value::undefined()));
  return {};
}

Thrown WorkerScope::throw_missing_file(Agent& agent, const std::string& path, std::string_view reason) {
  std::string message = "Cannot find module '" + path + "'";
  if (!reason.empty()) message += ": " + std::string(reason);
  ErrorObject* error = make_error(agent, ErrorType::kError, message);
  error->add_property(agent, agent.names().code, new_string_from_utf8(agent.heap(), "MODULE_NOT_FOUND"), kDefaultAttributes);
  return agent.throw_value(error);
}

bool WorkerScope::handle_uncaught(Agent& agent, Value exception) {
  if (exports_.is_undefined()) return false;
  Root<Value> kept(agent, exception);
  Value message = new_string_from_utf8(agent.heap(), "Uncaught " + (kept.get().is_kind(CellKind::kError) ? error_header(agent, kept.get().as_object()) : to_display_string(agent, kept)));
  Value file = new_string_from_utf8(agent.heap(), path_);
  uint32_t line = 0, column = 0;
  if (auto* error = kept.get().as_if<ErrorObject>(); error != nullptr && error->frames != nullptr && !error->frames->empty()) {
    const StackFrame& frame = error->frames->front();
    file = new_string_from_utf8(agent.heap(), frame.source);
    line = frame.line;
    column = frame.column;
  }
  auto result = call(agent, exported(agent, "handleUncaught"), Value::undefined(), {kept, message, file, Value::number(line), Value::number(column)});
  if (!result.is_thrown()) return to_boolean(result.value());
  if (!agent.is_terminating()) (void)agent.take_exception();
  return false;
}

// --- The script side --------------------------------------------------------------------------------------------

void WorkerScope::ensure_script_side(Agent& agent) {
  if (!exports_.is_undefined()) return;
  auto evaluate = [&]() -> Completion<Value> {
    Root<Value> make(agent, TRY(evaluate_script(agent, agent.realm(), kWorkerScript, "skein:workers")));
    Root<Object*> natives(agent, make_worker_natives(agent, *agent.realm()));
    // The port comes last: its prototype is the natives'.
    if (pending_port_) {
      port_ = ports_.make_port(agent, std::move(pending_port_));
      pending_port_ = nullptr;
    }
    define_value(agent, natives, "port", port_);
    return call(agent, make, Value::undefined(), {natives.get()});
  };
  auto result = evaluate();
  if (!result.is_thrown()) exports_ = result.value();
  else if (!agent.is_terminating()) host_.report_exception(agent.take_exception());
}

Value WorkerScope::exported(Agent& agent, const char* name) {
  ensure_script_side(agent);
  if (exports_.is_undefined()) return exports_;
  Object* exports = exports_.as_object();
  PropertyLocation location = exports->lookup(resolve_key(agent, name));
  return exports->slot(location.slot);
}

// --- Children -----------------------------------------------------------------------------------------------------

Completion<Value> WorkerScope::start_worker(Agent& agent, WorkerRequest request, Value callback) {
  Ref<WorkerThread> thread = WorkerThread::start(cluster(), host_.queue_reference(), std::move(request));
  if (!thread) return throw_error(agent, ErrorType::kError, {"Cannot start a thread for the worker"});
  uint32_t id = thread->thread_id();
  children_[id] = {std::move(thread), callback};
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
        Root<Value> error(agent, TRY(deserialize(agent, *notice.error)));
        TRY(call(agent, callback, Value::undefined(), {text("error"), error, text(notice.message), text(notice.file), Value::number(notice.line), Value::number(notice.column)}));
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
  visit_value(visitor, exports_);
  for (auto& [id, child] : children_) visit_value(visitor, child.callback);
  ports_.trace(visitor);
}

void WorkerScope::close(Agent& agent) {
  for (auto& [id, child] : children_) child.thread->terminate();
  for (auto& [id, child] : children_) child.thread->join();
  children_.clear();
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
  return deserialize(agent, *message);
}

// A global of the script side: the first look makes it an ordinary property.
Completion<Value> lazy_global(Agent& agent, const CallInfo& info) {
  String* name = info.callee()->internal_slot(0).as_string();
  Root<Value> value(agent, info.callee()->internal_slot(1).is_true() ? info[0] : WorkerScope::of(agent).exported(agent, name->to_utf8().c_str()));
  if (agent.is_terminating()) return Thrown{};
  TRY(define_property_or_throw(agent, agent.realm()->global_object(), to_property_key(agent, name), PropertyDescriptor::data(value, kBuiltinAttributes)));
  return value.get();
}

Completion<Object*> make_worker_threads(Agent& agent) {
  Value make = WorkerScope::of(agent).exported(agent, "makeWorkerThreads");
  if (make.is_undefined()) return Thrown{};
  return TRY(call(agent, make, Value::undefined())).as_object();
}
Completion<Object*> make_events(Agent& agent) {
  Value emitter = WorkerScope::of(agent).exported(agent, "EventEmitter");
  if (emitter.is_undefined()) return Thrown{};
  return emitter.as_object();
}

}  // namespace

void register_worker_kinds() {
  gc::register_kind<HostObject>();
  PortRegistry::install_hooks();
  WorkerThread::deliver_notice = WorkerScope::deliver_notice;
  register_builtin_module("worker_threads", make_worker_threads);
  register_builtin_module("events", make_events);
  register_builtin_module("fs", make_fs_module);
}

void install_worker_globals(Agent& agent, Realm& realm) {
  WorkerScope::of(agent);
  Object* global = realm.global_object();
  define_value(agent, global, "structuredClone", make_native_function(agent, &realm, structured_clone, 1, resolve_key(agent, "structuredClone")));
  for (const char* name : {"Event", "CustomEvent", "MessageEvent", "ErrorEvent", "EventTarget", "MessagePort", "MessageChannel", "BroadcastChannel",
                           "Worker", "navigator"}) {
    PropertyKey key = resolve_key(agent, name);
    NativeFunction* accessors[2];
    for (int i = 0; i < 2; ++i) {
      accessors[i] = make_native_function(agent, &realm, lazy_global, i, key, i == 0 ? "get" : "set");
      accessors[i]->set_internal_slot(0, new_string_from_utf8(agent.heap(), name));
      accessors[i]->set_internal_slot(1, Value::boolean(i == 1));
    }
    MUST(define_own_property(agent, global, key, PropertyDescriptor::accessor(accessors[0], accessors[1], kConfigurable)));
  }
}

}  // namespace skein
