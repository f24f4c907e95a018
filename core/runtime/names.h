// The names that the engine itself uses, the same atoms in all agents, and its symbols, made once per agent.
#pragma once

#include <cstdint>

namespace skein {

class FlatString;
class AtomTable;

struct Names {
#define SKEIN_NAME(identifier, text) FlatString* identifier;
#include "core/runtime/names.def"
#undef SKEIN_NAME
};

// https://tc39.es/ecma262/#sec-well-known-symbols
enum class WellKnownSymbol : uint8_t {
  kNone,
  kAsyncDispose,
  kAsyncIterator,
  kDispose,
  kHasInstance,
  kIsConcatSpreadable,
  kIterator,
  kMatch,
  kMatchAll,
  kMetadata,
  kReplace,
  kSearch,
  kSpecies,
  kSplit,
  kToPrimitive,
  kToStringTag,
  kUnscopables,
  kCount,
};

}  // namespace skein
