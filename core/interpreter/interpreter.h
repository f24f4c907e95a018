// The interpreter library's interface: what the host and the embedding API use.
//
// Thread rule: as for the Agent they take – the thread that has entered it.
#pragma once

#include <memory>
#include <string_view>

#include "core/base/ref_counted.h"
#include "core/runtime/call.h"
#include "core/runtime/realm.h"


namespace skein::syntax {
class SourceText;
}  // namespace skein::syntax
namespace skein::bytecode {
class Executable;
}  // namespace skein::bytecode

namespace skein {

// Registers the kinds of cells of this library, their internal methods and the call methods of
// closures. Calls after the first do nothing.
// REQUIRES: after register_runtime_kinds(), before the first Agent, from one thread.
void register_interpreter_kinds();

// Gives the agent the means to run script: the hooks of ScriptHooks, frames and caches.
// REQUIRES: once per agent, before script runs in it.
void install_interpreter(Agent& agent);

// From now on the agent's script may execute so many instructions of bytecode; then it is terminated
// (TerminationReason::kInstructionLimit). What a native function does within one counts as nothing.
// REQUIRES: none of its script is under way.
void limit_instructions(Agent& agent, int64_t instructions);

// https://tc39.es/ecma262/#sec-parse-script and #sec-runtime-semantics-scriptevaluation
// The completion value of the script. `host_defined` (may be null) is the referrer of import() in the script.
// A syntax error is a SyntaxError object whose `frames` (ErrorObject) begin with its place in the source.
Completion<Value> evaluate_script(Agent& agent, Realm* realm, std::shared_ptr<const syntax::SourceText> source,
                                  gc::Cell* host_defined = nullptr);
// The two halves of it: the code, which is immutable and may be run in other agents, on other threads; and
// running it.
Completion<Ref<const bytecode::Executable>> compile_script(Agent& agent, std::shared_ptr<const syntax::SourceText> source);
// The first half for a file: others may be about to run it, too, and the code is kept for them (code_cache.h).
Completion<Ref<const bytecode::Executable>> compile_shared_script(Agent& agent, std::shared_ptr<const syntax::SourceText> source);
Completion<Value> run_script(Agent& agent, Realm* realm, Ref<const bytecode::Executable> executable, gc::Cell* host_defined = nullptr);
// The same from UTF-8 text; `name` is what stack traces show.
Completion<Value> evaluate_script(Agent& agent, Realm* realm, std::string_view utf8, std::string name,
                                  gc::Cell* host_defined = nullptr);

}  // namespace skein
