// The pool.
#include "core/api/c/handles.h"

using namespace skein::api::c;
using skein::api::Context;
using skein::api::ContextPool;
using skein::api::Error;
using skein::api::Result;
using skein::api::Value;

struct skein_pool {
  ContextPool pool;
};

namespace {

skein::api::PoolOptions options_of_pool(const skein_pool_options* options) {
  skein::api::PoolOptions wanted;
  if (options == nullptr) return wanted;
  wanted.threads = options->threads;
  wanted.contexts = options->contexts;
  wanted.reset = options->keep ? skein::api::Reset::kKeep : skein::api::Reset::kFresh;
  wanted.jobs_per_context = options->jobs_per_context;
  wanted.context = options_of(&options->context);
  SharedUser user = share(options->user, options->free_user);
  if (options->setup != nullptr) {
    wanted.setup = [setup = options->setup, user](const Context& context) -> Result<void> {
      skein_context handle{context};
      skein_error* error = nullptr;
      skein_status status = setup(user->get(), &handle, &error);
      if (status != SKEIN_OK) return take(status, error);
      return {};
    };
  }
  return wanted;
}

}  // namespace

skein_pool* skein_pool_new(skein_engine* engine, const skein_pool_options* options) { return new skein_pool{{engine->engine, options_of_pool(options)}}; }

void skein_pool_submit(skein_pool* pool, skein_job job, void* user) {
  auto run = [job, user](const Context& context) {
    skein_context handle{context};
    job(user, &handle, nullptr);
  };
  auto refuse = [job, user](const Error& error) {
    const skein_error why{error};
    job(user, nullptr, &why);
  };
  pool->pool.submit(run, refuse);
}

void skein_pool_evaluate(skein_pool* pool, const char* source, size_t length, const char* name, skein_pool_answer answer, void* user) {
  auto tell_error = [answer, user](skein_context* context, const Error& error) {
    const skein_error why{error};
    answer(user, context, nullptr, &why);
  };
  auto run = [source = std::string(source, length), name = std::string(name == nullptr ? "<pool>" : name), answer, user, tell_error](const Context& context) {
    skein_context handle{context};
    auto result = context.evaluate(source, name);
    if (result) result = context.await(*result);
    if (!result) return tell_error(&handle, result.error());
    const skein_value value{*std::move(result)};
    answer(user, &handle, &value, nullptr);
  };
  pool->pool.submit(run, [tell_error](const Error& error) { tell_error(nullptr, error); });
}

void skein_pool_wait(skein_pool* pool) { pool->pool.wait(); }
void skein_pool_close(skein_pool* pool) { pool->pool.close(); }
void skein_pool_free(skein_pool* pool) { delete pool; }
size_t skein_pool_thread_count(const skein_pool* pool) { return pool->pool.thread_count(); }
void skein_pool_get_figures(const skein_pool* pool, skein_pool_figures* out) {
  auto figures = pool->pool.statistics();
  *out = {figures.jobs, figures.contexts_made, figures.warm, figures.waiting};
}
