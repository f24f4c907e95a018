#include <cstdio>

#include "core/api/clone_state.h"
#include "core/api/context_state.h"
#include "core/api/engine_state.h"
#include "core/host/program.h"

namespace skein::api {

namespace detail {

std::string CodeCache::make_key(std::string_view name, std::string_view text) {
  std::string key;
  key.reserve(name.size() + 1 + text.size());
  key += name;
  key += '\0';
  key += text;
  return key;
}

Ref<const bytecode::Executable> CodeCache::find(std::string_view name, std::string_view text) {
  if (limit_ == 0) return nullptr;
  std::string key = make_key(name, text);
  std::lock_guard lock(mutex_);
  auto at = index_.find(key);
  if (at == index_.end()) {
    ++misses_;
    return nullptr;
  }
  ++hits_;
  entries_.splice(entries_.begin(), entries_, at->second);
  return at->second->code;
}

void CodeCache::insert(std::string_view name, std::string_view text, Ref<const bytecode::Executable> code) {
  if (name.size() + text.size() > limit_ / 2) return;  // one text shall not drive all others out
  std::string key = make_key(name, text);
  std::lock_guard lock(mutex_);
  if (index_.contains(key)) return;  // two threads have compiled it
  bytes_ += key.size();
  entries_.push_front({std::move(key), std::move(code)});
  index_.emplace(entries_.front().key, entries_.begin());
  while (bytes_ > limit_) {
    bytes_ -= entries_.back().key.size();
    index_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

Engine::CacheStatistics CodeCache::statistics() {
  std::lock_guard lock(mutex_);
  return {entries_.size(), bytes_, hits_, misses_};
}

void EngineState::report_misuse(const std::string& message) const {
  if (options_.on_misuse) options_.on_misuse(message);
  else std::fprintf(stderr, "skein: %s\n", message.c_str());
}

}  // namespace detail

Engine::Engine(EngineOptions options) {
  static std::once_flag once;
  std::call_once(once, [] {
    initialize_engine();
    detail::install_clone_hooks();
  });
  state_ = std::make_shared<detail::EngineState>(std::move(options));
}

Result<Context> Engine::create_context(ContextOptions options) const {
  auto* state = new (std::nothrow) detail::ContextState(state_, std::move(options));
  if (state == nullptr) return Error(ErrorKind::kInvalid, "Not enough memory for a context");
  return Context(state);
}

Engine::CacheStatistics Engine::cache_statistics() const { return state_->cache().statistics(); }

}  // namespace skein::api
