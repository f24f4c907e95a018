// CodeCache: programs that were compiled a moment ago, for all agents of the process. Workers are mostly
// started on a file that others run already: they get its code instead of parsing it again, and keep one
// copy between them.
//
// It holds a few programs of moderate size, those that were asked for last. What an agent runs counts
// against its heap's limit as if the code were its own (Code).
//
// Thread rule: any thread.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/ref_counted.h"
#include "core/bytecode/executable.h"

namespace skein {

enum class ProgramGoal : uint8_t { kScript, kModule };
// Whether others may have compiled the same text already, and may want to.
enum class CodeSharing : uint8_t { kNone, kShared };

namespace code_cache {

// The program with this text and name, or null.
Ref<const bytecode::Executable> find(ProgramGoal goal, const syntax::SourceText& source);
// REQUIRES: the executable is a whole program, with its source
void remember(ProgramGoal goal, const Ref<const bytecode::Executable>& program);

}  // namespace code_cache
}  // namespace skein
