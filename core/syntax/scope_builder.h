// Collects scopes, declarations and references while the parser runs. Nothing is resolved yet: a
// reference may turn out to belong to an arrow function's parameters (see adopt), a var may still be
// declared, an eval may still come. ScopeResolver settles everything at the end.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/arena.h"
#include "core/syntax/ast.h"
#include "core/syntax/scope.h"

namespace skein::syntax {

struct ReferenceRecord {
  Reference* reference;
  const Name* name;
  Scope* scope;
  uint32_t position;
};

struct EvalRecord {
  Call* call;
  Scope* scope;
};

// A var declaration inside of blocks of its variable scope.
struct VarRecord {
  const Name* name;
  Scope* scope;
  uint32_t position;
};

// A sloppy function declaration in a block: Annex B.3.3 may make it a var as well.
struct BlockFunctionRecord {
  FunctionDeclaration* declaration;
  Scope* scope;
};

class ScopeBuilder {
 public:
  ScopeBuilder(Arena& arena, NameTable& names) : arena_(arena), names_(names) {}

  Scope* make_scope(ScopeKind kind, Scope* outer, bool is_strict);

  // Adds a variable without any check.
  Variable* add_variable(Scope* scope, const Name* name, VariableKind kind, uint32_t position);
  void add_function(Scope* scope, FunctionDeclaration* function) {
    scope->functions_.push_back(arena_, function);
  }

  // Declarations with their early errors. The result is null when the name is taken.
  Variable* declare_lexical(Scope* scope, const Name* name, VariableKind kind, uint32_t position);
  Variable* declare_var(Scope* scope, const Name* name, uint32_t position);
  // A function declaration at the top level of a function or script: var-like.
  Variable* declare_top_level_function(Scope* scope, const Name* name, uint32_t position);
  // `plain` is false for generators and async functions, which never may be declared twice.
  Variable* declare_block_function(Scope* scope, const Name* name, uint32_t position, bool plain);
  // Null for a duplicate private name. Getter and setter make a pair.
  Variable* declare_private_name(Scope* scope, const Name* name, PrivateNameKind kind, bool is_static,
                                 uint32_t position);

  // A var or lexical declaration of `scope`, which is the innermost one, clashing with a var that a
  // block between hoists out: checked when the whole variable scope is known. Null if there is none.
  const Variable* find_var_conflict() const;

  void add_reference(Scope* scope, Reference* reference, const Name* name, uint32_t position) {
    references.push_back({reference, name, scope, position});
  }
  void add_pseudo_reference(Scope* scope, Reference* reference, WellKnownName name, uint32_t position) {
    references.push_back({reference, names_.get(name), scope, position});
  }

  // A point in the collection, to hand what comes after it to another scope.
  struct Mark {
    uint32_t references = 0;
    uint32_t scopes = 0;
    uint32_t evals = 0;
  };
  Mark mark() const {
    return {static_cast<uint32_t>(references.size()), static_cast<uint32_t>(scopes.size()),
            static_cast<uint32_t>(evals.size())};
  }
  // What was collected in `from` since the mark belongs in `to`: the text between turned out to be an
  // arrow function's parameters.
  // Returns how much there was to look at.
  size_t adopt(Mark mark, Scope* from, Scope* to);

  // Memory outside of the arena, roughly.
  size_t bytes() const {
    return references.capacity() * sizeof(ReferenceRecord) + scopes.capacity() * sizeof(Scope*);
  }

  std::vector<Scope*> scopes;
  std::vector<FunctionNode*> functions;
  std::vector<ReferenceRecord> references;
  std::vector<EvalRecord> evals;
  std::vector<VarRecord> nested_vars;
  std::vector<BlockFunctionRecord> block_functions;

 private:
  Arena& arena_;
  NameTable& names_;
};

}  // namespace skein::syntax
