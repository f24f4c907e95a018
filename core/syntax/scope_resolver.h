// Scope analysis proper: runs once, when a program is parsed, over what ScopeBuilder collected.
#pragma once

#include "core/syntax/parser.h"
#include "core/syntax/program.h"
#include "core/syntax/scope_builder.h"

namespace skein::syntax {

class ScopeResolver {
 public:
  // REQUIRES: all outlive the resolver.
  ScopeResolver(Program& program, ScopeBuilder& builder, const ParseOptions& options)
      : program_(program), builder_(builder), options_(options) {}

  // False when the options' hook interrupted the work, or when a private name is declared nowhere:
  // then unresolved_private_name() tells which.
  [[nodiscard]] bool resolve();
  bool was_interrupted() const { return unresolved_private_name_ == nullptr; }
  const ReferenceRecord& unresolved_private_name() const { return *unresolved_private_name_; }

 private:
  // What a walk outwards from a reference found.
  struct Lookup {
    Variable* variable = nullptr;
    const ScopeInfo::Binding* outer = nullptr;  // found in the chain around an eval
    uint32_t outer_hops = 0;                    // materialised scopes of that chain before it
    bool is_dynamic = false;                    // passed a with or a scope that may grow
    FunctionNode* entered = nullptr;            // outermost function between the variable's and the reference
  };

  // A block function that Annex B.3.3 makes a var too. `variable` is null at the top level of scripts
  // and evals.
  struct HoistedFunction {
    FunctionDeclaration* declaration;
    Scope* scope;
    Scope* target;
    Variable* variable;
  };

  void link_functions();
  void hoist_block_functions();
  bool can_hoist(const BlockFunctionRecord& record) const;
  void mark_direct_evals();
  void declare_for_eval(FunctionNode* function);

  bool resolve_reference(const ReferenceRecord& record);
  bool resolve_references();
  void resolve_pseudo(const ReferenceRecord& record);
  void resolve_pseudo_outside(Reference& reference, VariableKind kind);
  Lookup look_up(const ReferenceRecord& record);
  void look_up_outside(const Name* name, Lookup& lookup) const;
  void settle(const ReferenceRecord& record, const Lookup& lookup);
  bool needs_tdz_check(const ReferenceRecord& record, const Variable& variable, FunctionNode* entered) const;
  Variable* arguments_of(Scope* scope);
  Variable* pseudo_variable(FunctionNode* function, VariableKind kind);
  void adopt_arguments_vars();
  void settle_mapped_arguments();
  void bind_body_variables();
  void place_function_names();
  void allocate_scope(Scope* scope);
  void drop_shadowed_functions(Scope* scope);
  VariableStorage storage_of(const Scope& scope, const Variable& variable) const;
  void finish_reference(Reference& reference, const Scope* scope);
  void finish_hoisted(const HoistedFunction& hoisted);
  uint32_t count_hops(const Scope* from, const Scope* to) const;
  void describe_program();
  void finish_functions();

  Program& program_;
  ScopeBuilder& builder_;
  const ParseOptions& options_;
  std::vector<HoistedFunction> hoisted_;
  std::vector<const Name*> annex_b_names_;
  const ReferenceRecord* unresolved_private_name_ = nullptr;
};

}  // namespace skein::syntax
