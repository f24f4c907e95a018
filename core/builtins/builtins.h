// The standard library of ECMA-262: one pair of files per clause, listed in clauses.def.
#pragma once

namespace skein {

class Agent;
class Realm;

// Registers the cell kinds and internal methods of all clauses, and sets the hooks through which the
// runtime reaches this library (g_realm_hooks, g_promise_hooks, …). Calls after the first do nothing.
// REQUIRES: called before the first Agent is made, from one thread.
void register_builtin_kinds();

// Makes what a realm would make on demand: whatever is asked for later is there.
void make_all_intrinsics(Realm& realm);

#define SKEIN_CLAUSE(name, ...) void initialize_##name(Agent& agent, Realm& realm);
#define SKEIN_EAGER_CLAUSE(name, ...) void initialize_##name(Agent& agent, Realm& realm);
#define SKEIN_KINDS(name) void register_##name##_kinds();
#include "core/builtins/clauses.def"
#undef SKEIN_CLAUSE
#undef SKEIN_EAGER_CLAUSE
#undef SKEIN_KINDS

}  // namespace skein
