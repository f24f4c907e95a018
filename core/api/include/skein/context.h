// Engine, Context and the scopes in which a thread uses a context.
//
// THE THREAD RULE   A context is used by one thread at a time; which one may change whenever nobody is in
// it. Every operation enters the context for its own duration if the calling thread is not in it already;
// enter() does so for longer. When another thread is in it, an operation fails at once with an Error
// of kind kWrongThread and the message
//     Multi threaded access requested by thread <B> but context <C> is in use by thread <A>
// and has done nothing. The check is one atomic compare and is there in every build.
//
// Functions marked ANY THREAD never look at who is in the context.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "skein/clone.h"
#include "skein/convert.h"
#include "skein/function.h"
#include "skein/result.h"

namespace skein::api {

class Context;
template <typename T>
class Class;

namespace detail {
class EngineState;
struct CompiledScript;
struct Untyped;  // classes of the C API
SKEIN_API void leave(ContextState* state);
}  // namespace detail

// The number by which messages name the calling thread; no other thread of the process has or had it.
SKEIN_API uint64_t current_thread_id();

// What a context may use up. 0 everywhere: no limit.
// A script over a limit ends like one that is terminated: no catch or finally of its own runs, the
// operation that ran it fails with the kind named here, the process and other contexts go on.
struct Limits {
  // Bytes of the heap, ArrayBuffers included. kHeapLimit. When the script has ended, its garbage is
  // collected; the context can go on being used. A single large allocation that would exceed it (a buffer, a
  // long array) is refused by a RangeError first, which script may catch; uncaught, it is kHeapLimit too.
  size_t heap_bytes = 0;
  // Bytes of native stack that script may use, counted from where the thread entered the context. kStack:
  // a RangeError that script may catch. Never more than the thread has.
  size_t stack_bytes = 0;
  // Elapsed and CPU time of one run: from the outermost operation that runs script to its return; in the
  // event loop, of one turn, waiting excepted. kTimeLimit, kCpuLimit. The context can go on being used. In wasm,
  // where nobody knows the CPU time, it is the elapsed time.
  std::chrono::nanoseconds time{0};
  std::chrono::nanoseconds cpu_time{0};
  // Instructions of bytecode in one run; the same for the same script, whatever the machine. What one of them
  // has a built-in function do – a sort, a regular expression – is not counted: set cpu_time as well.
  // Scripts that are counted run more slowly, by a tenth or so. kInstructionLimit. The context can go on
  // being used.
  uint64_t instructions = 0;
  // Bytes that wait in the context's queue: messages to its ports, tasks as post() says. Who sends more gets
  // a QuotaExceededError (script) or kQueueLimit (post).
  size_t queue_bytes = 0;
  // Workers at once, those of workers included (Globals::kProgram only). Another one is a QuotaExceededError
  // at its constructor; uncaught, kWorkerLimit. heap_bytes, queue_bytes and workers hold in workers, too.
  size_t workers = 0;
};

// Where `import` finds modules. Called in the context's thread, in the context; both may evaluate script.
struct ModuleLoader {
  // The name of the module that `specifier` means in the script or module `referrer`; equal names are one
  // module. Default: specifiers that begin with "./" or "../" are taken relative to the referrer's name,
  // others are names.
  std::function<Result<std::string>(const std::string& specifier, const std::string& referrer)> resolve;
  // The source of a module, UTF-8.
  std::function<Result<std::string>(const std::string& name)> load;
};

enum class Globals : uint8_t {
  kLanguage,  // ECMA-262 alone
  kBasic,     // and console, timers, queueMicrotask, performance
  kProgram,   // all that a program of the command line has: process, Worker, node: modules. Not for code
              // that is not trusted: it reaches files and the process.
};

enum class InterruptAction : uint8_t { kContinue, kTerminate };

struct ContextOptions {
  std::string name;  // for messages; the default is its number
  Limits limits;
  Globals globals = Globals::kBasic;
  ModuleLoader modules;  // without `load`, every import fails
  // Whether Atomics.wait may block: https://tc39.es/ecma262/#sec-agentcansuspend
  bool can_block = true;
  // Where console.log and console.error write, instead of the process's streams. Called in the context.
  std::function<void(bool is_error, std::string_view text)> write;
  // Exceptions of jobs and timers and rejections that nobody handles. Called in the context. Without it
  // the next run_event_loop(), run_pending() or await() returns the first of them as its error.
  std::function<void(const Context&, const Error&)> on_uncaught;
  // Runs in the context, in the middle of its script, some time after request_interrupt().
  std::function<InterruptAction(const Context&)> on_interrupt;
};

struct EngineOptions {
  // Compiled scripts that contexts of the engine share, by name and text; 0: none. Bytes of source text.
  size_t code_cache_bytes = size_t{8} << 20;
  // What is wrong but cannot be returned (a Scope destroyed by another thread) is said here; the default
  // writes to the standard error. Any thread.
  std::function<void(std::string_view message)> on_misuse;
};

// What contexts share: compiled code, options. A handle; copies mean the same engine.
// ANY THREAD. The engine lives until the last handle and the last context are gone.
class Engine {
 public:
  SKEIN_API explicit Engine(EngineOptions options = {});

  // A new context, entered by nobody. kInvalid when the system has no memory for one.
  SKEIN_API Result<Context> create_context(ContextOptions options = {}) const;

  struct CacheStatistics {
    size_t entries = 0;
    size_t source_bytes = 0;
    uint64_t hits = 0;
    uint64_t misses = 0;
  };
  SKEIN_API CacheStatistics cache_statistics() const;

 private:
  friend class detail::ContextState;
  std::shared_ptr<detail::EngineState> state_;
};

// The calling thread is in the context until the scope is destroyed, on the same thread. Scopes nest.
class [[nodiscard]] Scope {
 public:
  Scope(Scope&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
  Scope& operator=(Scope&&) = delete;
  ~Scope() {
    if (state_ != nullptr) detail::leave(state_);
  }

 private:
  friend class Context;
  explicit Scope(detail::ContextState* state) : state_(state) {}
  detail::ContextState* state_;
};

// The thread has left the context, whatever scopes it holds, until this is destroyed on the same thread,
// which waits until the context is free. See Context::suspend. Another thread cannot end it, and it does not
// outlast the bound function that made it: both are reported to EngineOptions::on_misuse, and the thread is in
// the context again when its function returns.
class [[nodiscard]] Suspension {
 public:
  Suspension(Suspension&& other) noexcept : state_(std::exchange(other.state_, nullptr)), token_(other.token_), thread_(other.thread_), depth_(other.depth_) {}
  Suspension& operator=(Suspension&&) = delete;
  SKEIN_API ~Suspension();

 private:
  friend class Context;
  Suspension(detail::ContextState* state, uint64_t token, uint64_t thread, uint32_t depth)
      : state_(state), token_(token), thread_(thread), depth_(depth) {}
  detail::ContextState* state_;
  uint64_t token_;
  uint64_t thread_;
  uint32_t depth_;
};

// Settles a promise, from any thread, once. Copies mean the same promise. While one exists that has not
// been used, the context's event loop waits for it.
class Resolver {
 public:
  // ANY THREAD. The value is made in the context by its event loop (run_event_loop, run_pending, await).
  // The second settling of a promise does nothing. kClosed when the context is gone.
  template <typename T>
  Result<void> resolve(T value) const;
  Result<void> resolve() const { return settle({}, true); }
  // The reason: a new error object as the Error says, or its value.
  SKEIN_API Result<void> reject(Error error) const;
  // The promise itself. Usable as any Value.
  const Value& promise() const { return promise_; }

 private:
  friend class Context;
  struct Shared;
  SKEIN_API Result<void> settle(std::function<Result<Value>(const Context&)> make, bool fulfilled) const;
  std::shared_ptr<Shared> shared_;
  Value promise_;
};

// A script that is compiled, see Context::compile. A handle; copies mean the same code, which belongs to no
// context and lives as long as a handle. ANY THREAD: contexts of any engine may run it, also at once.
class Script {
 public:
  Script() = default;  // none: running it gives kInvalid
  explicit operator bool() const { return code_ != nullptr; }

 private:
  friend class Context;
  std::shared_ptr<const detail::CompiledScript> code_;
};

enum class Cancel : uint8_t { kNo, kYes };

// A realm with its heap, job queue and event loop. A handle; copies mean the same context. The context is
// closed when the last handle and the last Scope are gone, or by close().
class Context {
 public:
  Context() = default;  // no context: every operation gives kClosed
  SKEIN_API Context(const Context& other);
  Context(Context&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
  Context& operator=(Context other) noexcept {
    std::swap(state_, other.state_);
    return *this;
  }
  SKEIN_API ~Context();
  explicit operator bool() const { return state_ != nullptr; }
  friend bool operator==(const Context& a, const Context& b) { return a.state_ == b.state_; }

  // --- Who is in it. ANY THREAD ---
  SKEIN_API uint64_t id() const;         // no other context of the process has or had it
  SKEIN_API const std::string& name() const;
  SKEIN_API bool is_entered() const;     // by the calling thread
  SKEIN_API bool is_closed() const;
  // Enters. Fails at once (kWrongThread) when another thread is in it.
  SKEIN_API Result<Scope> enter() const;
  // Waits until nobody else is in it; kWrongThread where the thread must not block (a browser's main
  // thread) and when the time is over.
  SKEIN_API Result<Scope> enter_when_free(std::optional<std::chrono::nanoseconds> timeout = {}) const;

  // Leaves the context in the middle of a Scope or of a bound function so that others may enter it, until
  // the Suspension is destroyed: around blocking reads and long native work. Suspensions nest in script
  // like calls do: when a thread suspends in the middle of a bound function, and another enters, runs a
  // script and suspends in a bound function too, then the first goes on after the second has.
  // kWrongThread when the calling thread is not in it.
  SKEIN_API Result<Suspension> suspend() const;
  // Lets others in who wait for the context, if there are any; for on_interrupt callbacks and long bound
  // functions. kWrongThread when the calling thread is not in it.
  SKEIN_API Result<void> yield() const;
  // In long native work that runs in the context: collects garbage and serves interrupts when they are
  // asked for. kTerminated, kTimeLimit, ...: the script is to end, return at once.
  SKEIN_API Result<void> safepoint() const;

  // --- Ending and interrupting. ANY THREAD ---
  // Frees the heap. kWrongThread when another thread is in it, or one is suspended in it; with kYes its
  // script is ended instead (kTerminated there), and the call returns when the context is closed. In the
  // middle of the context's own script: it is closed when the thread leaves.
  SKEIN_API Result<void> close(Cancel cancel = Cancel::kNo) const;
  // Ends the script that runs now, if any; the operation that runs it gives kTerminated. The context can
  // go on being used. Async-signal-safe.
  SKEIN_API void terminate() const;
  // Has on_interrupt called soon, also out of Atomics.wait. Async-signal-safe.
  SKEIN_API void request_interrupt() const;

  // --- Scripts; each enters ---
  // https://tc39.es/ecma262/#sec-runtime-semantics-scriptevaluation: the completion value. Jobs that are
  // ready (promise reactions) run before the outermost operation returns.
  SKEIN_API Result<Value> evaluate(std::string_view source, std::string_view name = "<evaluate>") const;
  // The two halves of evaluate(). The code is compiled here and may be run in any context, as often as you
  // like. The engine's cache does the same for texts that are evaluated again; a Script is never driven out.
  SKEIN_API Result<Script> compile(std::string_view source, std::string_view name = "<evaluate>") const;
  SKEIN_API Result<Value> run(const Script& script) const;
  // A promise of the namespace object of a module with that source and name.
  SKEIN_API Result<Value> evaluate_module(std::string_view source, std::string_view name) const;
  // As import(specifier) in a script called `referrer`.
  SKEIN_API Result<Value> import_module(std::string_view specifier, std::string_view referrer = "") const;
  SKEIN_API Result<Value> global() const;

  // --- Values; each enters ---
  template <typename T>
  Result<Value> value(const T& value) const;
  SKEIN_API Result<Value> string(std::string_view utf8) const;  // invalid bytes become U+FFFD
  SKEIN_API Result<Value> bigint(int64_t value) const;
  SKEIN_API Result<Value> bigint(uint64_t value) const;
  SKEIN_API Result<Value> object() const;
  SKEIN_API Result<Value> array(std::span<const Value> elements = {}) const;
  SKEIN_API Result<Value> error(const Error& error) const;  // a new error object, or the error's value
  SKEIN_API Result<Value> parse_json(std::string_view json) const;
  SKEIN_API Result<std::string> to_json(const Value& value) const;
  // A copy of the bytes.
  SKEIN_API Result<Value> array_buffer(std::span<const uint8_t> bytes) const;
  // Over memory of the host, which stays in place: `release` is called exactly once, when no buffer uses
  // it any more (at a collection, a transfer or the context's end), in the context's thread; it must not
  // use the context. On failure it has been called.
  SKEIN_API Result<Value> external_array_buffer(std::span<uint8_t> bytes, std::function<void()> release) const;
  // A promise that C++ settles.
  SKEIN_API Result<Resolver> promise() const;

  // --- Structured clone; each enters and may run script (getters); see clone.h ---
  SKEIN_API Result<SerializedValue> serialize(const Value& value, const SerializeOptions& options = {}) const;
  // A value of this context. What has been transferred can be read once; all else as often as you like.
  SKEIN_API Result<Value> deserialize(SerializedValue& value) const;
  SKEIN_API Result<Value> deserialize(std::span<const uint8_t> bytes) const;

  // --- Binding; each enters; see function.h ---
  // The function as a global property.
  template <typename F>
  Result<void> bind(std::string_view name, F&& function) const;
  // The class as a global property, and for wrap(). Binding it twice gives the same constructor.
  template <typename T>
  Result<Value> bind(const Class<T>& definition) const;
  template <typename F>
  Result<Value> function(std::string_view name, F&& function) const;
  // An object of a class that is bound here; each call makes a new one for the same C++ object, which the
  // script's garbage collection lets go.
  template <typename T>
  Result<Value> wrap(std::shared_ptr<T> object) const;

  // --- The event loop; each enters ---
  // Runs jobs, tasks and timers until nothing can happen any more. The first uncaught error, if there is
  // no on_uncaught.
  SKEIN_API Result<void> run_event_loop() const;
  // One turn without waiting, for a host that has a loop of its own: the jobs, a task, the timers that
  // are due. False: nothing more will happen unless script runs or a task comes.
  SKEIN_API Result<bool> run_pending() const;
  // When run_pending() has something to do without being woken; nothing: not by itself.
  SKEIN_API Result<std::optional<std::chrono::nanoseconds>> time_to_next_timer() const;
  // Runs the event loop until the promise is settled: its value, or kException with its reason. Other
  // values are given back. kInvalid when nothing can happen any more and it is still pending.
  SKEIN_API Result<Value> await(const Value& value) const;
  // Called by whatever thread has given the context something to do, when run_pending() is to be called.
  // It must not use the context, only wake the host's loop. Null: none. Set it before tasks can come.
  SKEIN_API Result<void> set_wake_callback(std::function<void()> callback) const;
  // ANY THREAD. The function runs in the context as a task of its event loop. Does not keep the loop from
  // ending. `bytes` is what it counts for Limits::queue_bytes. kClosed when the context is closed,
  // kQueueLimit when too much waits.
  SKEIN_API Result<void> post(std::function<void(const Context&)> task, size_t bytes = 0) const;

  // --- Memory; each enters ---
  struct Statistics {
    size_t heap_bytes = 0;       // with buffers
    size_t external_bytes = 0;   // of buffers
    uint64_t collections = 0;
    size_t handles = 0;          // Values that refer to the heap
  };
  SKEIN_API Result<Statistics> statistics() const;
  SKEIN_API Result<void> collect_garbage() const;

 private:
  friend class Engine;
  friend class Value;
  friend class Call;
  friend class detail::ContextState;
  // Takes over a handle that is counted already.
  explicit Context(detail::ContextState* adopted) : state_(adopted) {}
  SKEIN_API Result<Value> make_function(std::string_view name, detail::Function function) const;
  SKEIN_API Result<void> set_global(std::string_view name, const Value& value) const;
  SKEIN_API Result<Value> bind_class(std::shared_ptr<const detail::ClassDefinition> definition) const;
  friend struct detail::Untyped;
  SKEIN_API Result<Value> wrap_object(const void* tag, std::shared_ptr<void> object) const;
  detail::ContextState* state_ = nullptr;
};

}  // namespace skein::api

#include "skein/context_inl.h"
