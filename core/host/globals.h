// The functions that every global object of the host has beyond ECMA-262.
#pragma once

#include "core/runtime/lazy_properties.h"

namespace skein {

// console, timers, queueMicrotask, performance. REQUIRES: the agent has an AgentHost.
void install_basic_globals(Agent& agent, Realm& realm);
// Those, process and workers. REQUIRES: the agent has an AgentHost.
void install_host_globals(Agent& agent, Realm& realm);
// Cell kinds and builtin modules of this library. Once per process, after the interpreter's.
void register_host_kinds();
// The value of `console`, and of `process` (argv, env, exit, …), as far as programs for Node expect it.
Value make_console(Agent& agent, Realm& realm, const LazyValue&);
Value make_process(Agent& agent, Realm& realm, const LazyValue&);

}  // namespace skein
