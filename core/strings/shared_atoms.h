// Atoms that all agents share: the names that the engine itself brings along – those of the runtime,
// of builtin functions, of the host's own scripts. A worker does not make them again.
//
// They are made when first asked for and never freed, which is why only texts of the engine may be added.
// As permanent cells they are never written: the collector does not mark them and no barrier sees them.
//
// An agent looks in its own table first (AtomTable): a name that it made before somebody shared it
// stays what it is for this agent.
//
// Thread rule: any thread. Looking takes no lock.
#pragma once

#include "core/strings/string.h"

namespace skein::shared_atoms {

// Null when there is none. `hash` is the text's.
FlatString* find(StringView text, uint32_t hash);
// Made when there is none.
FlatString* add(StringView text);

FlatString* empty();
FlatString* const* singles();  // 256, by unit

}  // namespace skein::shared_atoms
