#include "core/builtins/builtins_data.h"

#include "core/builtins/reg_exp_object.h"

namespace skein {

CompiledRegExp* RegExpCache::find(String* source, uint8_t flags) {
  Entry& candidate = entry(source, flags);
  if (candidate.source == nullptr || candidate.flags != flags || !String::equals(candidate.source, source)) return nullptr;
  return candidate.compiled;
}

void RegExpCache::insert(String* source, uint8_t flags, CompiledRegExp* compiled) { entry(source, flags) = {source, compiled, flags}; }

void RegExpCache::trace(gc::Visitor& visitor) {
  for (Entry& each : entries_) {
    visitor.visit(each.source);
    visitor.visit(each.compiled);
  }
}

BuiltinsData::BuiltinsData(Agent& agent) {
  match_context.set_poll([](void* data) { return !static_cast<Agent*>(data)->stop_requested(); }, &agent);
  match_context.set_charge(
      [](void* data, ptrdiff_t bytes) {
        gc::Heap& heap = static_cast<Agent*>(data)->heap();
        if (bytes > 0) return heap.charge_external(static_cast<size_t>(bytes));
        heap.discharge_external(static_cast<size_t>(-bytes));
        return true;
      },
      &agent);
}

numeric::date::TimeZone& BuiltinsData::time_zone() {
  if (time_zone_ == nullptr) time_zone_ = numeric::date::make_system_time_zone();
  return *time_zone_;
}

BuiltinsData& builtins_data(Agent& agent) {
  if (agent.builtins == nullptr) [[unlikely]] {
    agent.builtins = new BuiltinsData(agent);
    agent.delete_builtins = [](BuiltinsData* data) { delete data; };
    agent.trace_builtins = [](BuiltinsData* data, gc::Visitor& visitor) {
      if (visitor.heap().is_full_collection()) data->reg_exp_cache.clear();
      else data->reg_exp_cache.trace(visitor);
    };
  }
  return *agent.builtins;
}

}  // namespace skein
