// The host-defined functions that test262 asks for: print and $262.
// https://github.com/tc39/test262/blob/main/INTERPRETING.md#host-defined-functions
#pragma once

#include "core/runtime/agent.h"
#include "core/runtime/realm.h"

namespace skein::test262 {

// Defines print and $262 on the realm's global object.
void install_262(Agent& agent, Realm& realm);

// Ends the agents that this one started, and forgets their reports.
void close_262(Agent& agent);

}  // namespace skein::test262
