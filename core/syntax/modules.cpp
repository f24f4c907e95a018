// Imports and exports. https://tc39.es/ecma262/#sec-modules
#include <algorithm>

#include "core/syntax/parser_impl.h"

namespace skein::syntax {

Statement* Parser::parse_module_item() {
  if (at(TokenKind::kAt)) {
    Decorators decorators = parse_decorators();
    if (at(TokenKind::kExport)) return parse_export_declaration(std::move(decorators));
    return parse_class_declaration(false, std::move(decorators));
  }
  if (at(TokenKind::kExport)) return parse_export_declaration();
  if (at(TokenKind::kImport)) {
    TokenKind after = peek().kind;
    if (after != TokenKind::kLeftParen && after != TokenKind::kDot) return parse_import_declaration();
  }
  return parse_statement_list_item();
}

// ---------------------------------------------------------------- requests

// with { key: "value", ... }. https://tc39.es/ecma262/#prod-WithClause
std::vector<ImportAttribute> Parser::parse_attributes() {
  std::vector<ImportAttribute> attributes;
  if (!take(TokenKind::kWith)) return attributes;
  expect(TokenKind::kLeftBrace);
  while (!at(TokenKind::kRightBrace) && !failed_) {
    Token key = token_;
    if (!is_identifier_name(key.kind) && key.kind != TokenKind::kString) unexpected();
    next();
    expect(TokenKind::kColon);
    Token value = token_;
    if (value.kind != TokenKind::kString) unexpected();
    next();
    if (failed_) break;
    for (const ImportAttribute& other : attributes) {
      if (other.key == key.name) {
        fail("Import attributes has a duplicate key '" + key.name->to_utf8() + "'", key.start, key.end);
      }
    }
    attributes.push_back({key.name, value.name});
    if (!take(TokenKind::kComma)) break;
  }
  expect(TokenKind::kRightBrace);
  // Requests are compared by their attributes in order of the keys.
  std::sort(attributes.begin(), attributes.end(),
            [](const ImportAttribute& left, const ImportAttribute& right) {
              return left.key->to_utf16() < right.key->to_utf16();
            });
  return attributes;
}

namespace {

bool same_attributes(std::span<const ImportAttribute> left, const std::vector<ImportAttribute>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const ImportAttribute& one, const ImportAttribute& other) {
                      return one.key == other.key && one.value == other.value;
                    });
}

}  // namespace

// At the specifier. The index of the request, an equal one if there is one already.
uint32_t Parser::parse_module_request(ImportPhase phase) {
  ModuleRequest request;
  request.position = token_.start;
  request.phase = phase;
  if (!at(TokenKind::kString)) unexpected();
  request.specifier = token_.name;
  next();
  std::vector<ImportAttribute> attributes = parse_attributes();
  for (size_t i = 0; i < module_.requests.size(); ++i) {
    const ModuleRequest& other = module_.requests[i];
    if (other.specifier == request.specifier && other.phase == phase &&
        same_attributes(other.attributes, attributes)) {
      return static_cast<uint32_t>(i);
    }
  }
  request.attributes = to_span(attributes);
  module_.requests.push_back(request);
  return static_cast<uint32_t>(module_.requests.size() - 1);
}

uint32_t Parser::parse_from_clause(ImportPhase phase) {
  expect_word(WellKnownName::from);
  return parse_module_request(phase);
}

// https://tc39.es/ecma262/#prod-ModuleExportName
const Name* Parser::parse_module_export_name() {
  const Name* name = token_.name;
  if (at(TokenKind::kString)) {
    if (name->has_lone_surrogate())
      fail_here("Invalid module export name: contains unpaired surrogate character");
  } else if (!is_identifier_name(token_.kind)) {
    unexpected();
    name = names_.get(WellKnownName::empty);
  }
  next();
  return name;
}

// ---------------------------------------------------------------- imports

void Parser::add_import(std::vector<ImportEntry>& entries, const Name* import_name, Identifier* local) {
  Variable* variable = builder_.declare_lexical(scope_, local->name, VariableKind::kImport, local->start);
  if (variable == nullptr) return fail_redeclared(local->name, local->start);
  ImportEntry entry;
  entry.import_name = import_name;
  entry.local_name = local->name;
  entry.variable = variable;
  entry.position = local->start;
  entries.push_back(entry);
}

// At the brace. https://tc39.es/ecma262/#prod-NamedImports
void Parser::parse_named_imports(std::vector<ImportEntry>& entries) {
  next();
  while (!at(TokenKind::kRightBrace) && !failed_) {
    bool is_plain = peek().kind == TokenKind::kComma || peek().kind == TokenKind::kRightBrace;
    if (is_plain) {
      Identifier* local = parse_binding_name();
      add_import(entries, local->name, local);
    } else {
      const Name* import_name = parse_module_export_name();
      expect_word(WellKnownName::as);
      add_import(entries, import_name, parse_binding_name());
    }
    if (at(TokenKind::kRightBrace)) break;
    expect(TokenKind::kComma);
  }
  expect(TokenKind::kRightBrace);
}

// The phase that a word behind `import` names; kEvaluation when the word is the default binding.
ImportPhase Parser::parse_import_phase() {
  if (at_word(WellKnownName::defer) && peek().kind == TokenKind::kMultiply) {
    next();
    return ImportPhase::kDefer;
  }
  if (!at_word(WellKnownName::source) || peek().kind != TokenKind::kIdentifier)
    return ImportPhase::kEvaluation;
  if (!is_word(peek(), WellKnownName::from)) {
    next();
    return ImportPhase::kSource;
  }
  // `import source from "x"` binds source; `import source from from "x"` binds from.
  Snapshot before = save();
  next();
  if (is_word(peek(), WellKnownName::from)) return ImportPhase::kSource;
  restore(before);
  return ImportPhase::kEvaluation;
}

// https://tc39.es/ecma262/#sec-imports
Statement* Parser::parse_import_declaration() {
  uint32_t start = token_.start;
  next();
  if (at(TokenKind::kString)) {
    parse_module_request(ImportPhase::kEvaluation);
    expect_semicolon();
    return make<ImportDeclaration>(start);
  }
  ImportPhase phase = parse_import_phase();
  std::vector<ImportEntry> entries;
  bool expects_more = true;
  if (at_identifier() && phase != ImportPhase::kDefer) {
    Identifier* local = parse_binding_name();
    add_import(entries, phase == ImportPhase::kSource ? nullptr : names_.get(WellKnownName::default_), local);
    expects_more = phase == ImportPhase::kEvaluation && take(TokenKind::kComma);
  }
  if (expects_more && take(TokenKind::kMultiply)) {
    expect_word(WellKnownName::as);
    add_import(entries, nullptr, parse_binding_name());
  } else if (expects_more && at(TokenKind::kLeftBrace) && phase == ImportPhase::kEvaluation) {
    parse_named_imports(entries);
  } else if (expects_more) {
    unexpected();
  }
  uint32_t request = parse_from_clause(phase);
  expect_semicolon();
  for (ImportEntry& entry : entries) {
    entry.request = request;
    entry.variable->index = static_cast<uint32_t>(module_.imports.size());
    module_.imports.push_back(entry);
  }
  return make<ImportDeclaration>(start);
}

// ---------------------------------------------------------------- exports

void Parser::add_export_name(const Name* name, uint32_t position) {
  module_.export_names.push_back({name, position});
}

// https://tc39.es/ecma262/#sec-exports
Statement* Parser::parse_export_declaration(Decorators decorators) {
  uint32_t start = token_.start;
  next();
  bool is_class = at(TokenKind::kClass) || (at(TokenKind::kDefault) && peek().kind == TokenKind::kClass);
  if (!decorators.empty() && !is_class) unexpected();
  switch (token_.kind) {
    case TokenKind::kMultiply:
      return parse_export_star(start);
    case TokenKind::kLeftBrace:
      return parse_export_clause(start);
    case TokenKind::kDefault:
      return parse_export_default(start, std::move(decorators));
    default:
      break;
  }
  Statement* declaration = nullptr;
  if (at(TokenKind::kVar)) {
    declaration = parse_variable_statement();
  } else if (at(TokenKind::kAt) || at(TokenKind::kClass)) {
    declaration = parse_class_declaration(false, std::move(decorators));
  } else if (at(TokenKind::kFunction) || at(TokenKind::kConst) || at_lexical_let() ||
             (at_word(WellKnownName::async) && peek().kind == TokenKind::kFunction &&
              !peek().newline_before)) {
    declaration = parse_statement_list_item();
  } else {
    unexpected();
    return make<ExportDeclaration>(start);
  }
  if (!failed_) export_names_of(declaration);
  auto* node = make<ExportDeclaration>(start);
  node->declaration = declaration;
  return node;
}

void Parser::export_pattern(Expression* target) {
  switch (target->kind) {
    case NodeKind::kIdentifier: {
      const Name* name = target->as<Identifier>()->name;
      add_export_name(name, target->start);
      module_.local_exports.push_back({name, name, target->start});
      break;
    }
    case NodeKind::kArrayPattern: {
      auto* pattern = target->as<ArrayPattern>();
      for (const PatternElement& element : pattern->elements) {
        if (element.target != nullptr) export_pattern(element.target);
      }
      if (pattern->rest != nullptr) export_pattern(pattern->rest);
      break;
    }
    case NodeKind::kObjectPattern: {
      auto* pattern = target->as<ObjectPattern>();
      for (const PatternProperty& property : pattern->properties) export_pattern(property.value.target);
      if (pattern->rest != nullptr) export_pattern(pattern->rest);
      break;
    }
    default:
      break;
  }
}

void Parser::export_names_of(Statement* declaration) {
  if (declaration->is<FunctionDeclaration>()) {
    export_pattern(declaration->as<FunctionDeclaration>()->binding);
  } else if (declaration->is<ClassDeclaration>()) {
    export_pattern(declaration->as<ClassDeclaration>()->node->binding);
  } else if (declaration->is<VariableDeclaration>()) {
    for (const Declarator& declarator : declaration->as<VariableDeclaration>()->declarators) {
      export_pattern(declarator.target);
    }
  }
}

Statement* Parser::parse_export_default(uint32_t start, Decorators decorators) {
  const Name* default_name = names_.get(WellKnownName::default_);
  add_export_name(default_name, token_.start);
  uint32_t position = token_.start;
  next();
  auto* node = make<ExportDefault>(start);
  uint32_t function_start = token_.start;
  const Name* local_name = names_.get(WellKnownName::default_export);
  bool is_async =
      at_word(WellKnownName::async) && peek().kind == TokenKind::kFunction && !peek().newline_before;
  if (is_async) next();
  if (at(TokenKind::kFunction)) {
    node->declaration = parse_function_declaration(function_start, is_async, true);
    local_name = node->declaration->as<FunctionDeclaration>()->binding->name;
  } else if (at(TokenKind::kAt) || at(TokenKind::kClass)) {
    node->declaration = parse_class_declaration(true, std::move(decorators));
    local_name = node->declaration->as<ClassDeclaration>()->node->binding->name;
  } else {
    node->expression = parse_assignment();
    expect_semicolon();
    Variable* variable = builder_.declare_lexical(scope_, local_name, VariableKind::kConst, position);
    if (variable != nullptr) variable->initialized_at = previous_end_;
    node->binding.is_initialization = true;
    refer(node->binding, local_name, position);
  }
  module_.local_exports.push_back({default_name, local_name, position});
  node->end = previous_end_;
  return node;
}

// export * from "x", export * as name from "x"
Statement* Parser::parse_export_star(uint32_t start) {
  next();
  if (take_word(WellKnownName::as)) {
    uint32_t position = token_.start;
    const Name* name = parse_module_export_name();
    add_export_name(name, position);
    uint32_t request = parse_from_clause(ImportPhase::kEvaluation);
    module_.indirect_exports.push_back({request, nullptr, name, position});
  } else {
    module_.star_exports.push_back({parse_from_clause(ImportPhase::kEvaluation)});
  }
  expect_semicolon();
  return make<ExportDeclaration>(start);
}

// export { a, b as c }, with or without from
Statement* Parser::parse_export_clause(uint32_t start) {
  struct Specifier {
    Token local;
    const Name* local_name;
    const Name* export_name;
  };
  std::vector<Specifier> specifiers;
  next();
  while (!at(TokenKind::kRightBrace) && !failed_) {
    Specifier specifier{token_, nullptr, nullptr};
    specifier.local_name = specifier.export_name = parse_module_export_name();
    if (take_word(WellKnownName::as)) specifier.export_name = parse_module_export_name();
    add_export_name(specifier.export_name, specifier.local.start);
    specifiers.push_back(specifier);
    if (at(TokenKind::kRightBrace)) break;
    expect(TokenKind::kComma);
  }
  expect(TokenKind::kRightBrace);
  if (at_word(WellKnownName::from)) {
    uint32_t request = parse_from_clause(ImportPhase::kEvaluation);
    for (const Specifier& each : specifiers) {
      module_.indirect_exports.push_back({request, each.local_name, each.export_name, each.local.start});
    }
  } else {
    for (const Specifier& each : specifiers) {
      // Without from the local names are references.
      if (each.local.kind == TokenKind::kString)
        fail("String literal module export names must be followed by a 'from' clause", each.local.start, each.local.end);
      if (each.local.kind != TokenKind::kIdentifier) unexpected(each.local);
      if (failed_) break;
      check_identifier(each.local_name, each.local.start, each.local.end);
      module_.local_exports.push_back({each.export_name, each.local_name, each.local.start});
    }
  }
  expect_semicolon();
  return make<ExportDeclaration>(start);
}

// https://tc39.es/ecma262/#sec-parsemodule steps 5 to 10
void Parser::finish_module() {
  if (failed_) return;
  auto& exported = module_.export_names;
  std::stable_sort(exported.begin(), exported.end(),
                   [](const auto& left, const auto& right) { return left.first->id() < right.first->id(); });
  for (size_t i = 1; i < exported.size(); ++i) {
    if (exported[i].first != exported[i - 1].first) continue;
    const Name* name = exported[i].first;
    return fail("Duplicate export of '" + name->to_utf8() + "'", exported[i].second,
                exported[i].second + name->length());
  }
  std::vector<LocalExport> local_exports;
  for (const PendingExport& each : module_.local_exports) {
    Variable* variable = scope_->find(each.local_name);
    if (variable == nullptr) {
      return fail("Export '" + each.local_name->to_utf8() + "' is not defined in module", each.position,
                  each.position + each.local_name->length());
    }
    if (variable->kind != VariableKind::kImport) {
      variable->is_exported = true;
      local_exports.push_back({each.export_name, each.local_name, variable});
      continue;
    }
    // What was imported is exported from where it came, a module as a whole (no import name) too.
    const ImportEntry& import = module_.imports[variable->index];
    module_.indirect_exports.push_back({import.request, import.import_name, each.export_name, each.position});
  }
  Module* module = arena_.make<Module>();
  module->requests = to_span(module_.requests);
  module->imports = to_span(module_.imports);
  module->local_exports = to_span(local_exports);
  module->indirect_exports = to_span(module_.indirect_exports);
  module->star_exports = to_span(module_.star_exports);
  module->has_top_level_await = program_.root->is_async;
  program_.module = module;
}

}  // namespace skein::syntax
