#include "core/host/worker_thread.h"

#include "core/concurrency/structured_clone.h"
#include "core/host/error_report.h"
#include "core/host/program.h"
#include "core/host/spare_agent.h"
#include "core/host/worker_scope.h"
#include "core/threading/thread_pool.h"
#include "platform/file.h"

namespace skein {

void (*WorkerThread::deliver_notice)(Agent&, WorkerThread&, WorkerNotice&) = nullptr;

namespace {
// What the engine itself needs beside what script may use.
constexpr size_t kStackReserve = size_t{256} << 10;

// What an allocation throws that the heap's limit refused; nobody caught it.
bool is_out_of_memory(Agent& agent, Value exception) {
  auto* error = exception.as_if<ErrorObject>();
  return error != nullptr && agent.heap().limit() != 0 && error->exhausted == Exhausted::kMemory;
}

}  // namespace

void WorkerOutput::write(platform::Stream stream, std::string_view text) {
  const int index = stream == platform::Stream::kError ? 1 : 0;
  if (watched_[index].load(std::memory_order_relaxed)) {
    WorkerNotice notice{WorkerNotice::Kind::kOutput};
    notice.exit_code = index;
    notice.message = text;
    worker_->notify(std::move(notice));
  }
  if (captures_[index]) return;
  if (write_) write_(stream, text);
  else (void)platform::write_stream(stream, text);
}

Ref<WorkerThread> WorkerThread::start(Ref<AgentCluster> cluster, AgentCluster::MemberId id, Ref<threading::EventQueue> parent, WorkerRequest request) {
  auto worker = Ref<WorkerThread>::adopt(new WorkerThread(std::move(cluster), std::move(parent), std::move(request)));
  WorkerRequest& made = worker->request_;
  worker->id_ = id;
  worker->output_ = Ref<WorkerOutput>::adopt(new WorkerOutput(made.options.write, made.captures[0], made.captures[1]));
  worker->output_->set_worker(worker.get());
  made.options.write = [output = worker->output_](platform::Stream stream, std::string_view text) { output->write(stream, text); };
  size_t stack = kStack;
  if (made.stack_size != 0) {
    made.options.agent.native_stack = made.stack_size;
    stack = std::max(stack, made.stack_size + kStackReserve);
  }
  auto become = [worker](std::unique_ptr<HostedAgent> hosted) { worker->run(std::move(hosted)); };
  if (spare_agent::fits(made.options)) {
    const bool is_taken = spare_agent::run(become);
    spare_agent::prepare();  // the next, while this one comes up
    if (is_taken) return worker;
  }
  auto job = threading::make_job([worker] { worker->run(nullptr); });
  if (threading::ThreadPool::process().run(std::move(job), stack, "worker") != nullptr) {
    worker->cluster_->remove(worker->id_);
    return nullptr;
  }
  return worker;
}

void WorkerThread::terminate() {
  Ref<threading::AgentWaker> waker;
  {
    platform::MutexLock lock(mutex_);
    terminating_ = true;
    waker = waker_;
  }
  if (waker) waker->request(threading::Interrupt::kTerminate);
}

void WorkerThread::join() {
  // Acquire: pairs with the end of run(). The parent's waker is where the thread knocks.
  while (!finished_.load(std::memory_order_acquire)) (void)parent_->waker().park(platform::Deadline::never());
}

void WorkerThread::notify(WorkerNotice notice) {
  Ref<WorkerThread> self(this);
  auto shared = std::make_shared<WorkerNotice>(std::move(notice));
  (void)parent_->post(threading::make_task([self, shared](Agent& agent) { deliver_notice(agent, *self, *shared); }));
}

void WorkerThread::run(std::unique_ptr<HostedAgent> hosted) {
  WorkerNotice exit{WorkerNotice::Kind::kExit};
  exit.exit_code = run_agent(std::move(hosted));
  if (request_.port) request_.port->close();  // never taken by the agent
  request_.initial = nullptr;
  cluster_->begin_removal(id_);
  notify(std::move(exit));
  cluster_->remove(id_);
  // Release: everything this thread did for the worker comes before join() returns. The parent may be
  // gone right after; the queue is kept by our own reference.
  Ref<threading::EventQueue> parent = parent_;
  finished_.store(true, std::memory_order_release);
  parent->waker().wake();
}

int WorkerThread::run_agent(std::unique_ptr<HostedAgent> hosted) {
  if (hosted == nullptr) hosted = std::make_unique<HostedAgent>(std::move(request_.options));
  else hosted->host().begin(std::move(request_.options));
  Agent& agent = hosted->agent();
  AgentHost& host = hosted->host();
  {
    platform::MutexLock lock(mutex_);
    waker_ = agent.waker();
    figures_ = host.figures();
    clock_ = platform::ThreadCpuClock::of_current_thread();
    cpu_before_ = std::max<int64_t>(clock_.read(), 0);
    if (terminating_) waker_->request(threading::Interrupt::kTerminate);
  }
  host.on_uncaught = [this](Agent& agent, Value exception, bool) {
    if (is_out_of_memory(agent, exception)) send_memory_error();
    else send_error(agent, exception);
    // A web worker lives on after an error that nobody caught, a node one does not.
    if (request_.kind == WorkerKind::kNode) AgentHost::of(agent).stop(kExitUncaught);
    return true;
  };
  cluster_->set_queue(id_, host.queue_reference());

  ProgramSource source;
  source.name = request_.path;
  auto prepare = [&]() -> Completion<void> {
    WorkerScope& scope = WorkerScope::of(agent);
    scope.join(cluster_, id_);
    TRY(agent.poll());
    if (request_.code) {
      source.text = std::move(*request_.code);
    } else {
      auto text = platform::read_file(request_.path);
      if (!text.ok()) return scope.throw_missing_file(agent, request_.path, text.error().message());
      source.text = std::move(text.value());
    }
    source.kind = request_.is_module ? SourceKind::kModule : SourceKind::kScript;
    if (source.kind == SourceKind::kScript) install_commonjs_globals(agent, request_.path);
    return scope.become_worker(agent, request_);
  };
  int code;
  notify({WorkerNotice::Kind::kOnline});
  if (prepare().is_thrown()) {
    if (!agent.is_terminating()) send_error(agent, agent.take_exception());
    code = kExitUncaught;
  } else {
    code = run_program(*hosted, std::move(source));
    if (agent.termination() == TerminationReason::kMemoryLimit) {
      send_memory_error();
    }
  }
  if (agent.is_terminating() && agent.termination() != TerminationReason::kExit) code = kExitUncaught;
  platform::MutexLock lock(mutex_);
  waker_ = nullptr;
  figures_ = nullptr;
  return code;
}

Ref<LoopFigures> WorkerThread::figures() {
  platform::MutexLock lock(mutex_);
  return figures_;
}

double WorkerThread::cpu_ms() {
  platform::MutexLock lock(mutex_);
  return static_cast<double>(std::max<int64_t>(clock_.read() - cpu_before_, 0)) / 1e6;
}

void WorkerThread::send_memory_error() {
  WorkerNotice notice{WorkerNotice::Kind::kError};
  notice.message = "Uncaught Error: Worker terminated due to reaching memory limit: JS heap out of memory";
  notice.file = request_.path;
  notify(std::move(notice));
}

void WorkerThread::send_error(Agent& agent, Value exception) {
  Root<Value> kept(agent, exception);
  WorkerNotice notice{WorkerNotice::Kind::kError};
  std::string text = kept.get().is_kind(CellKind::kError) ? error_header(agent, kept.get().as_object()) : to_display_string(agent, kept);
  notice.message = "Uncaught " + text;
  notice.file = request_.path;
  if (auto* error = kept.get().as_if<ErrorObject>(); error != nullptr && error->frames != nullptr) {
    for (const StackFrame& frame : *error->frames) {
      if (frame.line == 0) continue;
      notice.file = frame.source;
      notice.line = frame.line;
      notice.column = frame.column;
      break;
    }
  }
  auto message = serialize(agent, kept, {}, ErrorNames::kKeep);
  if (message.is_thrown()) {
    if (agent.is_terminating()) return;
    (void)agent.take_exception();
    message = serialize(agent, make_error(agent, ErrorType::kError, text));
    if (message.is_thrown()) return;
  }
  notice.error = std::move(message.value());
  notify(std::move(notice));
}

}  // namespace skein
