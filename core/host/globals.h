// The functions that every global object of the host has beyond ECMA-262.
#pragma once

#include "core/runtime/builtin_spec.h"

namespace skein {

// console, timers, queueMicrotask, performance. REQUIRES: the agent has an AgentHost.
void install_basic_globals(Agent& agent, Realm& realm);
// Those, process and workers. REQUIRES: the agent has an AgentHost.
void install_host_globals(Agent& agent, Realm& realm);
// Cell kinds and builtin modules of this library. Once per process, after the interpreter's.
void register_host_kinds();
void install_console(Agent& agent, Realm& realm);
// process (argv, env, exit, …), as far as programs for Node expect it.
void install_process(Agent& agent, Realm& realm);

}  // namespace skein
