// Scopes, variables and resolved references: the result of scope analysis.
//
// Every construct of the language that opens an environment record has a Scope. After parsing, each
// variable has a home (a register of its function, a slot of its scope's environment, a global, ...)
// and each identifier's Reference says how to reach it. A scope *materialises* (needs_environment)
// when one of its variables lives in a slot, or when a `with` or a direct eval needs it at run time;
// only such scopes are counted as hops. The materialised scopes on the way out from a reference are
// exactly the environments on the run-time chain.
//
// Order of scopes around a function's code, from the outside in:
//   kFunctionName   only for a named function expression whose own name needs a place of its own;
//                   belongs to the function: create it on entry, not when the closure is made
//   kFunction       parameters, `arguments`, the pseudo-variables, and, when the parameters have no
//                   expressions, the body's vars and lexical declarations too
//   kFunctionBody   only with parameter expressions: the body's vars and lexical declarations. A var
//                   that shares its name with a parameter starts with the parameter's value.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/arena.h"
#include "core/syntax/name.h"

namespace skein::syntax {

struct FunctionNode;
struct FunctionDeclaration;
struct ScopeInfo;
class Scope;

enum class ScopeKind : uint8_t {
  kScript,        // top level of a script; its variables are globals
  kModule,        // top level of a module
  kEval,          // top level of an eval; vars go to the caller's variable environment unless strict
  kFunctionName,  // see above
  kFunction,
  kFunctionBody,
  kBlock,
  kSwitch,  // the case block: use before initialisation cannot be told from positions
  kCatch,   // the catch parameter (the handler's block is a kBlock inside)
  kFor,     // let/const/using of a for statement; see copies_per_iteration
  kForEach,  // let/const/using of for-in and for-of: made once for the right-hand side (everything
             // uninitialised), then anew for every iteration
  kWith,     // an object environment: always materialises, its references are dynamic
  kClass,    // the class's inner name, private names, hidden computed keys
  kStaticBlock,  // a class static block: its vars live here; runs inside the static initializer
};

enum class VariableKind : uint8_t {
  kVar,
  kFunction,  // a function declaration, at function level or in a block
  kLet,
  kConst,
  kUsing,
  kAwaitUsing,
  kClass,
  kParameter,
  kCatchParameter,
  kFunctionName,  // immutable; assignment throws in strict code and is ignored elsewhere
  kClassName,     // the immutable inner name of a class
  kArguments,
  kImport,
  kPrivateName,
  // Made by the parser:
  kThis,
  kNewTarget,
  kHomeObject,      // [[HomeObject]] of the running method, for super.x
  kActiveFunction,  // the running constructor, for super()
  kComputedKey,     // the evaluated key of a class field, kept for the initializer
};

enum class VariableStorage : uint8_t {
  kUnused,       // never referenced and nobody can: needs no home (evaluate initialisers all the same)
  kRegister,     // private to its function; `index` counts the function's register variables from 0
  kEnvironment,  // slot `index` of the environment of `scope`
  kGlobal,       // top-level of a script: global object property or global lexical binding, by name
  kDynamicVar,   // var of a sloppy eval: declared by name in the caller's variable environment
  kImport,       // `index` into Module::imports
};

enum class PrivateNameKind : uint8_t { kField, kMethod, kGetter, kSetter, kAccessor };

struct Variable {
  const Name* name = nullptr;
  Scope* scope = nullptr;
  VariableKind kind = VariableKind::kVar;
  VariableStorage storage = VariableStorage::kUnused;
  PrivateNameKind private_kind = PrivateNameKind::kField;
  uint32_t index = 0;
  uint32_t declared_at = 0;  // source offset of the declaration
  // Straight-line code of the same function from this offset on sees it initialised.
  uint32_t initialized_at = UINT32_MAX;
  bool is_captured : 1 = false;  // used by an inner function, or reachable by a direct eval or a with
  bool is_referenced : 1 = false;
  bool is_assigned : 1 = false;  // by anything but its declaration
  // Some reference may come before initialisation: start it in the uninitialised state.
  bool needs_tdz : 1 = false;
  bool is_exported : 1 = false;
  bool is_static : 1 = false;          // private names
  bool is_plain_function : 1 = false;  // kFunction: neither generator nor async
  bool has_function : 1 = false;       // a declaration of it is listed in Scope::functions
  bool escapes : 1 = false;            // kArguments: used for more than reading its properties
  // A var of a function body that must start with the value of the parameter of the same name (see
  // kFunctionBody), or of `arguments`.
  Variable* initial_value = nullptr;

  bool is_lexical() const {
    return kind == VariableKind::kLet || kind == VariableKind::kConst || kind == VariableKind::kUsing ||
           kind == VariableKind::kAwaitUsing || kind == VariableKind::kClass;
  }
  // Assigning to it throws a TypeError.
  bool is_constant() const {
    return kind == VariableKind::kConst || kind == VariableKind::kUsing ||
           kind == VariableKind::kAwaitUsing || kind == VariableKind::kClassName ||
           kind == VariableKind::kImport;
  }
};

enum class ReferenceKind : uint8_t {
  kUnresolved,
  kRegister,     // variable is a register of the same function
  kEnvironment,  // `hops` environments out, slot `slot`; variable is null when an outer eval scope has it
  kGlobal,       // by name, global lexical bindings first, then the global object
  kDynamic,      // by name through the run-time chain: a with or a sloppy direct eval is in between
  kDynamicVar,   // by name, in the caller's variable environment (vars declared by a sloppy eval)
  kImport,       // `slot` indexes Module::imports; the module's environment is `hops` environments out
  kGlobalThis,   // `this` at the top level of a script
  kUndefined,    // `this` at the top level of a module
  kUnused,       // initialises a variable that nobody reads: drop the value
};

// How one occurrence of a name reaches its variable.
struct Reference {
  Variable* variable = nullptr;  // may be null; see ReferenceKind
  uint32_t slot = 0;
  uint16_t hops = 0;
  ReferenceKind kind = ReferenceKind::kUnresolved;
  VariableKind variable_kind = VariableKind::kVar;  // valid for all but kGlobal and kDynamic
  // Look-ups by name (kGlobal, kDynamic) always check.
  bool needs_tdz_check : 1 = false;
  bool is_write : 1 = false;        // assigned to
  bool is_initialization : 1 = false;  // the binding's own declaration: initialises, checks nothing
  bool is_property_base : 1 = false;   // the x of a plain read of x.name or x[index]
};

class Scope {
 public:
  ScopeKind kind = ScopeKind::kBlock;
  bool is_strict : 1 = false;
  // The environment exists at run time. Fixed after parsing, like all that follows.
  bool needs_environment : 1 = false;
  // A direct eval lies in this scope or in one inside it: all variables are captured, and the
  // compiler attaches a ScopeInfo to that eval.
  bool contains_direct_eval : 1 = false;
  // A sloppy direct eval may add vars to this variable scope while it runs.
  bool is_extensible : 1 = false;
  // Names are looked up here at run time (kDynamic references): the environment must know them.
  bool exposes_names : 1 = false;
  // kFor: closures capture a `let` of the head; each iteration gets a copy of the environment.
  bool copies_per_iteration : 1 = false;
  bool has_using : 1 = false;
  bool has_await_using : 1 = false;
  bool is_handler_block : 1 = false;  // kBlock: the block of a catch clause

  Scope* outer = nullptr;
  // The function whose code runs in this scope (also for kFunctionName).
  FunctionNode* function = nullptr;
  // In order of declaration. Environment slots are numbered 0 to environment_size - 1.
  std::span<Variable* const> variables() const { return variables_.span(); }
  // Function declarations to instantiate on entry, in source order. Of several with one name in a
  // variable scope only the last is listed.
  std::span<FunctionDeclaration* const> functions() const { return functions_.span(); }
  uint32_t environment_size = 0;
  // kClass: where the body starts. The heritage before it sees the private names of outer classes only.
  uint32_t class_body_start = 0;

  // Where this scope came from in a direct eval's chain; only set on the outermost scope of an eval.
  const ScopeInfo* outer_info = nullptr;

  bool is_variable_scope() const {
    return kind == ScopeKind::kScript || kind == ScopeKind::kModule || kind == ScopeKind::kEval ||
           kind == ScopeKind::kFunction || kind == ScopeKind::kFunctionBody ||
           kind == ScopeKind::kStaticBlock;
  }
  // The variable of that name declared in this very scope, or null.
  Variable* find(const Name* name) const;

 private:
  friend class ScopeBuilder;
  friend class ScopeResolver;

  void add(Arena& arena, Variable* variable);
  void insert(Variable* variable);

  ArenaVector<Variable*> variables_;
  ArenaVector<FunctionDeclaration*> functions_;
  // A hash table once the scope has more than a handful of variables.
  Variable** table_ = nullptr;
  uint32_t table_mask_ = 0;
};

// What must be known about a direct eval's surroundings to parse its code later: a self-contained
// copy of the chain of scopes, with no tie to the syntax tree it came from.
struct ScopeInfo {
  struct Binding {
    std::u16string name;
    VariableKind kind = VariableKind::kVar;
    VariableStorage storage = VariableStorage::kEnvironment;
    PrivateNameKind private_kind = PrivateNameKind::kField;
    bool is_static = false;
    bool needs_tdz = false;
    uint32_t index = 0;
  };

  ScopeKind kind = ScopeKind::kBlock;
  bool is_strict = false;
  bool needs_environment = false;
  bool is_extensible = false;
  // For kFunction (arrow functions do not count: look further out).
  bool is_arrow_function = false;
  bool allows_super_property = false;
  bool allows_super_call = false;
  bool is_class_initializer = false;  // `arguments` is an early error
  std::vector<Binding> bindings;
  std::shared_ptr<const ScopeInfo> outer;
};

// The description of `scope` and everything around it. Scopes of an eval continue into the chain
// that the eval itself was parsed against (`eval_outer`, may be null).
std::shared_ptr<const ScopeInfo> make_scope_info(const Scope& scope,
                                                 std::shared_ptr<const ScopeInfo> eval_outer);

}  // namespace skein::syntax
