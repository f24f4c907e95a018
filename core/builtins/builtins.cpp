#include "core/builtins/builtins.h"

#include <array>
#include <cmath>

#include "core/runtime/builtin_spec.h"

namespace skein {

namespace {

enum class Clause : uint8_t {
#define SKEIN_CLAUSE(name, ...) name,
#define SKEIN_EAGER_CLAUSE(name, ...) name,
#define SKEIN_KINDS(name)
#include "core/builtins/clauses.def"
#undef SKEIN_CLAUSE
#undef SKEIN_EAGER_CLAUSE
#undef SKEIN_KINDS
  none
};
constexpr auto kClauseCount = static_cast<size_t>(Clause::none);
static_assert(kClauseCount <= 64, "Realm::clauses_made");

struct ClauseEntry {
  void (*initialize)(Agent&, Realm&);
  bool is_eager;
  std::array<const char*, 12> globals;  // null: no more
};

constexpr ClauseEntry kClauses[] = {
#define SKEIN_CLAUSE(name, ...) {initialize_##name, false, {__VA_ARGS__}},
#define SKEIN_EAGER_CLAUSE(name, ...) {initialize_##name, true, {__VA_ARGS__}},
#define SKEIN_KINDS(name)
#include "core/builtins/clauses.def"
#undef SKEIN_CLAUSE
#undef SKEIN_EAGER_CLAUSE
#undef SKEIN_KINDS
};

constexpr Clause kClauseOfIntrinsic[] = {
#define SKEIN_INTRINSIC(name, clause) Clause::clause,
#include "core/runtime/intrinsics.def"
#undef SKEIN_INTRINSIC
};

// REQUIRES: the realm is the agent's current one.
void make_clause(Agent& agent, Realm& realm, size_t clause) {
  const uint64_t bit = uint64_t{1} << clause;
  if (realm.clauses_made & bit) return;
  realm.clauses_made |= bit;
  kClauses[clause].initialize(agent, realm);
}

// https://tc39.es/ecma262/#sec-setdefaultglobalbindings
void initialize_realm(Agent& agent, Realm& realm) {
  Object* global = realm.global_object();
  define_value(agent, global, "globalThis", realm.global_this());
  define_value(agent, global, "Infinity", Value::number(INFINITY), kNone);
  define_value(agent, global, "NaN", Value::number(NAN), kNone);
  define_value(agent, global, "undefined", Value::undefined(), kNone);
  for (const ClauseEntry& clause : kClauses)
    for (const char* name : clause.globals)
      if (name != nullptr)
        global->add_property(agent, resolve_key(agent, name), Value::cell(&realm), kBuiltinAttributes | kLazyProperty);
  for (size_t clause = 0; clause < kClauseCount; ++clause)
    if (kClauses[clause].is_eager) make_clause(agent, realm, clause);
}

void make_intrinsic(Agent& agent, Realm& realm, Intrinsic which) {
  const Clause clause = kClauseOfIntrinsic[static_cast<size_t>(which)];
  if (clause != Clause::none) make_clause(agent, realm, static_cast<size_t>(clause));
}

void make_global(Agent& agent, Realm& realm, PropertyKey key) {
  for (size_t clause = 0; clause < kClauseCount; ++clause)
    for (const char* name : kClauses[clause].globals)
      if (name != nullptr && resolve_key(agent, name) == key) return make_clause(agent, realm, clause);
}

}  // namespace

void register_builtin_kinds() {
  if (g_realm_hooks.initialize != nullptr) return;
#define SKEIN_CLAUSE(name, ...)
#define SKEIN_EAGER_CLAUSE(name, ...)
#define SKEIN_KINDS(name) register_##name##_kinds();
#include "core/builtins/clauses.def"
#undef SKEIN_CLAUSE
#undef SKEIN_EAGER_CLAUSE
#undef SKEIN_KINDS
  g_realm_hooks = {initialize_realm, make_intrinsic, make_global};
}

void make_all_intrinsics(Realm& realm) {
  for (int i = 0; i < static_cast<int>(Intrinsic::kCount); ++i) realm.intrinsic(static_cast<Intrinsic>(i));
}

}  // namespace skein
