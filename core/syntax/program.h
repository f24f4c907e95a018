// Program: what a successful parse yields.
#pragma once

#include <memory>
#include <span>

#include "core/base/arena.h"
#include "core/syntax/ast.h"
#include "core/syntax/name.h"
#include "core/syntax/source_text.h"

namespace skein::syntax {

enum class ProgramKind : uint8_t { kScript, kModule, kEval, kFunction };

struct ImportAttribute {
  const Name* key = nullptr;
  const Name* value = nullptr;
};

// https://tc39.es/ecma262/#modulerequest-record
struct ModuleRequest {
  const Name* specifier = nullptr;
  ImportPhase phase = ImportPhase::kEvaluation;
  std::span<const ImportAttribute> attributes;
  uint32_t position = 0;
};

// https://tc39.es/ecma262/#importentry-record
struct ImportEntry {
  uint32_t request = 0;               // index into Module::requests
  const Name* import_name = nullptr;  // null: the module namespace object (or the source, by phase)
  const Name* local_name = nullptr;
  Variable* variable = nullptr;
  uint32_t position = 0;
};

// https://tc39.es/ecma262/#exportentry-record
struct LocalExport {
  const Name* export_name = nullptr;
  const Name* local_name = nullptr;  // *default* for an anonymous default export
  Variable* variable = nullptr;
};

struct IndirectExport {
  uint32_t request = 0;
  const Name* import_name = nullptr;  // null: export * as name
  const Name* export_name = nullptr;
  uint32_t position = 0;
};

struct StarExport {
  uint32_t request = 0;
};

struct Module {
  std::span<const ModuleRequest> requests;  // in source order, without duplicates
  std::span<const ImportEntry> imports;
  std::span<const LocalExport> local_exports;
  std::span<const IndirectExport> indirect_exports;  // includes re-exported imports
  std::span<const StarExport> star_exports;
  bool has_top_level_await = false;
};

// Owns the tree, its names and a share of the source. Immutable; any thread may read it.
struct Program {
  explicit Program(std::shared_ptr<const SourceText> text) : source(std::move(text)), names(arena) {}

  std::shared_ptr<const SourceText> source;
  Arena arena;
  NameTable names;
  ProgramKind kind = ProgramKind::kScript;
  // The code itself: kind kProgram, with the top-level declarations in its scope. For
  // ProgramKind::kFunction (the Function constructors) the one function made.
  FunctionNode* root = nullptr;
  // All functions of the program, by FunctionNode::id.
  std::span<FunctionNode* const> functions;
  const Module* module = nullptr;  // of modules

  // For GlobalDeclarationInstantiation and EvalDeclarationInstantiation:
  std::span<const Name* const> var_names;               // VarDeclaredNames without functions
  std::span<FunctionDeclaration* const> var_functions;  // functionsToInitialize, in source order
  // Names of functions in blocks that Annex B.3.3 would make vars, if the global object or the
  // enclosing scopes of the eval allow it. Not in var_names.
  std::span<const Name* const> annex_b_names;
  std::span<Variable* const> lexical_declarations;  // let, const, using, class at top level

  // What a direct eval was parsed against.
  std::shared_ptr<const ScopeInfo> outer_scope;
};

}  // namespace skein::syntax
