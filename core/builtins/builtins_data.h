// What this library keeps per agent: caches, the regular expressions' stack, the time zone.
#pragma once

#include <array>
#include <memory>

#include "core/numeric/date/time_zone.h"
#include "core/regexp/match_context.h"
#include "core/runtime/agent.h"

namespace skein {

class CompiledRegExp;

// Compiled patterns by source and flags; direct mapped, forgotten by full collections.
class RegExpCache {
 public:
  // Null when there is none.
  CompiledRegExp* find(String* source, uint8_t flags);
  void insert(String* source, uint8_t flags, CompiledRegExp* compiled);
  void clear() { entries_.fill({}); }
  void trace(gc::Visitor& visitor);

 private:
  struct Entry {
    String* source = nullptr;
    CompiledRegExp* compiled = nullptr;
    uint8_t flags = 0;
  };
  Entry& entry(String* source, uint8_t flags) { return entries_[(source->hash() + flags * 31u) % entries_.size()]; }
  std::array<Entry, 256> entries_;
};

class BuiltinsData {
 public:
  explicit BuiltinsData(Agent& agent);
  BuiltinsData(const BuiltinsData&) = delete;
  BuiltinsData& operator=(const BuiltinsData&) = delete;

  RegExpCache reg_exp_cache;
  regexp::MatchContext match_context;

  // The system's zone; looked up when first needed.
  numeric::date::TimeZone& time_zone();
  void set_time_zone(std::unique_ptr<numeric::date::TimeZone> zone) { time_zone_ = std::move(zone); }

 private:
  std::unique_ptr<numeric::date::TimeZone> time_zone_;
};

// Made on first use.
BuiltinsData& builtins_data(Agent& agent);

}  // namespace skein
