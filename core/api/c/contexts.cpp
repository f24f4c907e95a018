// Engines, contexts, who is in them, scripts, the event loop.
#include "core/api/c/handles.h"

using namespace skein::api::c;
using skein::api::Cancel;
using skein::api::Context;
using skein::api::ContextOptions;
using skein::api::Engine;
using skein::api::Error;
using skein::api::Result;

static_assert(static_cast<int>(skein::api::ErrorKind::kInvalid) + 1 == SKEIN_INVALID);
static_assert(static_cast<int>(skein::api::ErrorClass::kSyntaxError) == SKEIN_SYNTAX_ERROR);
static_assert(static_cast<int>(skein::api::Type::kHostObject) == SKEIN_HOST_OBJECT);
static_assert(static_cast<int>(skein::api::PromiseState::kRejected) == SKEIN_REJECTED);
static_assert(static_cast<int>(skein::api::CloneScope::kSameProcess) == SKEIN_SAME_PROCESS);

#define SKEIN_TEXT(x) #x
#define SKEIN_VERSION_TEXT(a, b, c) SKEIN_TEXT(a) "." SKEIN_TEXT(b) "." SKEIN_TEXT(c)
const char* skein_version(void) { return SKEIN_VERSION_TEXT(SKEIN_VERSION_MAJOR, SKEIN_VERSION_MINOR, SKEIN_VERSION_PATCH); }
const char* skein_status_text(skein_status status) {
  return status == SKEIN_OK ? "ok" : skein::api::describe(static_cast<skein::api::ErrorKind>(static_cast<int>(status) - 1));
}
const char* skein_type_text(skein_type type) { return skein::api::describe(static_cast<skein::api::Type>(type)); }
uint64_t skein_current_thread_id(void) { return skein::api::current_thread_id(); }

// --- Engines ------------------------------------------------------------------------------------------------------

skein_engine* skein_engine_new(const skein_engine_options* options) {
  skein::api::EngineOptions wanted;
  if (options != nullptr) {
    SharedUser user = share(options->user, options->free_user);
    if (options->code_cache_bytes != 0) wanted.code_cache_bytes = options->code_cache_bytes;
    if (options->no_code_cache) wanted.code_cache_bytes = 0;
    if (options->on_misuse != nullptr)
      wanted.on_misuse = [callback = options->on_misuse, user](std::string_view message) { callback(user->get(), std::string(message).c_str()); };
  }
  return new skein_engine{Engine(std::move(wanted))};
}
void skein_engine_free(skein_engine* engine) { delete engine; }
void skein_engine_cache_figures(const skein_engine* engine, skein_cache_figures* out) {
  auto figures = engine->engine.cache_statistics();
  *out = {figures.entries, figures.source_bytes, figures.hits, figures.misses};
}

// --- Contexts -----------------------------------------------------------------------------------------------------

namespace {

skein::api::Globals globals_of(skein_globals globals) {
  switch (globals) {
    case SKEIN_GLOBALS_LANGUAGE: return skein::api::Globals::kLanguage;
    case SKEIN_GLOBALS_PROGRAM: return skein::api::Globals::kProgram;
    default: return skein::api::Globals::kBasic;
  }
}

void set_callbacks(ContextOptions& wanted, const skein_context_options& options) {
  SharedUser user = share(options.user, options.free_user);
  if (options.on_interrupt != nullptr) {
    wanted.on_interrupt = [callback = options.on_interrupt, user](const Context& context) {
      skein_context handle{context};
      return callback(user->get(), &handle) ? skein::api::InterruptAction::kContinue : skein::api::InterruptAction::kTerminate;
    };
  }
  if (options.on_uncaught != nullptr) {
    wanted.on_uncaught = [callback = options.on_uncaught, user](const Context& context, const Error& error) {
      skein_context handle{context};
      const skein_error uncaught{error};
      callback(user->get(), &handle, &uncaught);
    };
  }
  if (options.write != nullptr)
    wanted.write = [callback = options.write, user](bool is_error, std::string_view text) { callback(user->get(), is_error, text.data(), text.size()); };
  if (options.resolve_module != nullptr) {
    wanted.modules.resolve = [callback = options.resolve_module, user](const std::string& specifier, const std::string& referrer) {
      skein_reply reply;
      callback(user->get(), specifier.c_str(), referrer.c_str(), &reply);
      return reply.text;
    };
  }
  if (options.load_module != nullptr) {
    wanted.modules.load = [callback = options.load_module, user](const std::string& name) {
      skein_reply reply;
      callback(user->get(), name.c_str(), &reply);
      return reply.text;
    };
  }
}

}  // namespace

ContextOptions skein::api::c::options_of(const skein_context_options* options) {
  ContextOptions wanted;
  if (options == nullptr) return wanted;
  wanted.name = text_of(options->name);
  wanted.limits.heap_bytes = options->heap_bytes;
  wanted.limits.stack_bytes = options->stack_bytes;
  wanted.limits.time = std::chrono::nanoseconds(options->time_ns);
  wanted.limits.cpu_time = std::chrono::nanoseconds(options->cpu_time_ns);
  wanted.limits.instructions = options->instructions;
  wanted.limits.queue_bytes = options->queue_bytes;
  wanted.limits.workers = options->workers;
  wanted.globals = globals_of(options->globals);
  wanted.can_block = !options->cannot_block;
  set_callbacks(wanted, *options);
  return wanted;
}

skein_status skein_context_new(skein_engine* engine, const skein_context_options* options, skein_context** out, skein_error** error) {
  return give_handle(engine->engine.create_context(options_of(options)), out, error);
}
skein_context* skein_context_retain(skein_context* context) { return new skein_context{in(context)}; }
void skein_context_free(skein_context* context) { delete context; }
skein_status skein_context_close(skein_context* context, bool cancel, skein_error** error) {
  return give(in(context).close(cancel ? Cancel::kYes : Cancel::kNo), error);
}
void skein_context_terminate(skein_context* context) { in(context).terminate(); }
void skein_context_request_interrupt(skein_context* context) { in(context).request_interrupt(); }
uint64_t skein_context_id(const skein_context* context) { return in(context).id(); }
const char* skein_context_name(const skein_context* context) { return in(context).name().c_str(); }
bool skein_context_is_entered(const skein_context* context) { return in(context).is_entered(); }
bool skein_context_is_closed(const skein_context* context) { return in(context).is_closed(); }

skein_status skein_context_enter(skein_context* context, bool wait, skein_scope** out, skein_error** error) {
  return give_handle(wait ? in(context).enter_when_free() : in(context).enter(), out, error);
}
skein_status skein_context_enter_within(skein_context* context, uint64_t timeout_ns, skein_scope** out, skein_error** error) {
  auto timeout = std::chrono::nanoseconds(std::min<uint64_t>(timeout_ns, INT64_MAX));
  return give_handle(in(context).enter_when_free(timeout), out, error);
}
void skein_scope_free(skein_scope* scope) { delete scope; }
skein_status skein_context_suspend(skein_context* context, skein_suspension** out, skein_error** error) {
  return give_handle(in(context).suspend(), out, error);
}
void skein_suspension_free(skein_suspension* suspension) { delete suspension; }
skein_status skein_context_yield(skein_context* context, skein_error** error) { return give(in(context).yield(), error); }
skein_status skein_context_safepoint(skein_context* context, skein_error** error) { return give(in(context).safepoint(), error); }

skein_status skein_context_get_figures(skein_context* context, skein_context_figures* out, skein_error** error) {
  auto figures = in(context).statistics();
  if (!figures) return fail(figures.error(), error);
  *out = {figures->heap_bytes, figures->external_bytes, figures->collections, figures->handles};
  return SKEIN_OK;
}
skein_status skein_context_collect_garbage(skein_context* context, skein_error** error) { return give(in(context).collect_garbage(), error); }

// --- Scripts and modules ------------------------------------------------------------------------------------------

skein_status skein_evaluate(skein_context* context, const char* source, size_t length, const char* name, skein_value** out, skein_error** error) {
  return give(in(context).evaluate({source, length}, name_of(name)), out, error);
}
skein_status skein_compile(skein_context* context, const char* source, size_t length, const char* name, skein_script** out, skein_error** error) {
  return give_handle(in(context).compile({source, length}, name_of(name)), out, error);
}
skein_status skein_run(skein_context* context, const skein_script* script, skein_value** out, skein_error** error) {
  return give(in(context).run(script == nullptr ? skein::api::Script() : script->script), out, error);
}
void skein_script_free(skein_script* script) { delete script; }
skein_status skein_global(skein_context* context, skein_value** out, skein_error** error) { return give(in(context).global(), out, error); }
skein_status skein_evaluate_module(skein_context* context, const char* source, size_t length, const char* name, skein_value** out, skein_error** error) {
  return give(in(context).evaluate_module({source, length}, name_of(name)), out, error);
}
skein_status skein_import_module(skein_context* context, const char* specifier, const char* referrer, skein_value** out, skein_error** error) {
  return give(in(context).import_module(text_of(specifier), text_of(referrer)), out, error);
}

// --- The event loop -----------------------------------------------------------------------------------------------

skein_status skein_run_event_loop(skein_context* context, skein_error** error) { return give(in(context).run_event_loop(), error); }
skein_status skein_run_pending(skein_context* context, bool* more, skein_error** error) {
  bool ignored;
  return give(in(context).run_pending(), more == nullptr ? &ignored : more, error);
}
skein_status skein_time_to_next_timer(skein_context* context, int64_t* out, skein_error** error) {
  auto time = in(context).time_to_next_timer();
  if (!time) return fail(time.error(), error);
  *out = *time ? std::max<int64_t>((*time)->count(), 0) : -1;
  return SKEIN_OK;
}
skein_status skein_await(skein_context* context, const skein_value* value, skein_value** out, skein_error** error) {
  return give(in(context).await(value_of(value)), out, error);
}
skein_status skein_context_set_wake_callback(skein_context* context, void (*wake)(void* user), void* user, void (*free_user)(void* user), skein_error** error) {
  SharedUser shared = share(user, free_user);
  if (wake == nullptr) return give(in(context).set_wake_callback(nullptr), error);
  return give(in(context).set_wake_callback([wake, shared] { wake(shared->get()); }), error);
}
skein_status skein_context_post(skein_context* context, void (*task)(void* user, skein_context* context), void* user, void (*free_user)(void* user), size_t bytes, skein_error** error) {
  auto run = [task, shared = share(user, free_user)](const Context& context) {
    skein_context handle{context};
    task(shared->get(), &handle);
  };
  return give(in(context).post(std::move(run), bytes), error);
}
