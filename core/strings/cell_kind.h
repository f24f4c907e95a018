// Every kind of heap cell. Objects come last, so that "is an object" is one comparison; callable
// objects are told apart by a flag, not by kind.
#pragma once

#include <cstdint>

namespace skein {

enum class CellKind : uint8_t {
  kString = 1,
  kSymbol,
  kBigInt,
  kShape,
  kPropertyTable,
  kTransitionTable,
  kValueArray,      // out-of-line slots, dense elements, generic arrays of values
  kSparseElements,
  kAccessor,        // getter and setter of an accessor property
  kEnvironment,
  kCode,            // an agent's own side of an Executable: linked constants, feedback
  kGeneratorState,  // a suspended frame
  kModule,
  kRealm,
  kJob,
  kPromiseReaction,
  kPromiseCapability,
  kPrivateEnvironment,
  kHashTable,       // the ordered table behind Map and Set
  kWeakCell,
  kHostCell,
  kCompiledRegExp,
  kRegExpState,
  // Of the interpreter:
  kEnvironmentNames,  // the names of an environment whose bindings are looked up at run time
  kImportReference,   // an imported binding
  kDisposeCapability,
  kFastIterator,      // stands for an array iterator that nobody can see
  kEnumerator,        // of for-in
  kModuleLoad,        // what waits for imported modules
  kLazyProperties,    // builtin functions that nobody has looked at yet

  // Objects
  kObject = 32,
  kFirstObject = kObject,
  kArray,
  kClosure,
  kNativeFunction,
  kBoundFunction,
  kError,
  kBooleanObject,
  kNumberObject,
  kStringObject,
  kSymbolObject,
  kBigIntObject,
  kArguments,        // unmapped, or mapped onto an environment
  kDate,
  kRegExp,
  kMap,
  kSet,
  kWeakMap,
  kWeakSet,
  kWeakRef,
  kFinalizationRegistry,
  kPromise,
  kProxy,
  kArrayBuffer,
  kSharedArrayBuffer,
  kTypedArray,
  kDataView,
  kGenerator,
  kAsyncGenerator,
  kModuleNamespace,
  kArrayIterator,
  kStringIterator,
  kMapIterator,
  kSetIterator,
  kRegExpStringIterator,
  kForInIterator,
  kIteratorHelper,
  kWrapForValidIterator,
  kAsyncFromSyncIterator,
  kDisposableStack,
  kAsyncDisposableStack,
  kGlobalObject,
  kHostObject,       // objects of the host layer: events, ports, workers, timers
  kShadowRealm,
  kWrappedFunction,
  kIntlObject,
  kTemporalObject,
  kRawJson,
};

}  // namespace skein
