#include "core/syntax/dump.h"

#include <charconv>
#include <vector>

namespace skein::syntax {

namespace {

constexpr const char* kUnaryTexts[] = {"-", "+", "!", "~", "typeof", "void", "delete"};
constexpr const char* kBinaryTexts[] = {
    "+", "-",  "*",  "/",   "%",   "**", "<<", ">>", ">>>", "&",          "|",
    "^", "==", "!=", "===", "!==", "<",  "<=", ">",  ">=",  "instanceof", "in"};
constexpr const char* kLogicalTexts[] = {"&&", "||", "??"};
constexpr const char* kDeclarationTexts[] = {"var", "let", "const", "using", "await using"};
constexpr const char* kPhaseTexts[] = {"import", "import.defer", "import.source"};
constexpr const char* kFunctionTexts[] = {"program", "function",    "arrow",   "method", "get",
                                          "set",     "constructor", "derived", "fields", "static"};
constexpr const char* kScopeTexts[] = {"script", "module", "eval", "name",    "function", "body",  "block",
                                       "switch", "catch",  "for",  "foreach", "with",     "class", "static"};
constexpr const char* kElementTexts[] = {"method", "get", "set", "field", "block"};

class Dumper {
 public:
  std::string text;

  void expression(const Expression* node);
  void statement(const Statement* node);
  void function(const FunctionNode& node);

 private:
  void list(const char* head, StatementList statements);
  void expressions(ExpressionList list) {
    for (const Expression* each : list) {
      text += ' ';
      expression(each);
    }
  }
  void optional(const Expression* node) {
    if (node == nullptr) return;
    text += ' ';
    expression(node);
  }
  void word(const char* head, const Expression* operand) {
    text += std::string("(") + head;
    optional(operand);
    text += ')';
  }
  void number(double value);
  void name(const Name* name) { text += name->to_utf8(); }
  void reference(const Reference& reference);
  void literal(const Expression* node);
  void assignment(const Expression* node);
  void binary(const Expression* node);
  void property_key(const Expression* key, bool is_computed);
  void object(const ObjectLiteral& node);
  void element(const PatternElement& element);
  void array_pattern(const ArrayPattern& node);
  void object_pattern(const ObjectPattern& node);
  void template_literal(const TemplateLiteral& node);
  void member(const Expression* node);
  void call(const Expression* node);
  void class_node(const ClassNode& node);
  void class_element(const ClassElement& element);
  void declaration(const VariableDeclaration& node);
  void loop(const Statement* node);
  void try_statement(const Try& node);
  void switch_statement(const Switch& node);
  void head(const Node* node);
};

void Dumper::number(double value) {
  char buffer[40];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  text.append(buffer, end);
}

void Dumper::reference(const Reference& reference) {
  switch (reference.kind) {
    case ReferenceKind::kUnresolved:
      break;
    case ReferenceKind::kRegister:
      text += ":r" + std::to_string(reference.slot);
      break;
    case ReferenceKind::kEnvironment:
      text += ":e" + std::to_string(reference.hops) + "." + std::to_string(reference.slot);
      break;
    case ReferenceKind::kGlobal:
      text += ":global";
      break;
    case ReferenceKind::kDynamic:
      text += ":dynamic";
      break;
    case ReferenceKind::kDynamicVar:
      text += ":var";
      break;
    case ReferenceKind::kImport:
      text += ":i" + std::to_string(reference.slot);
      break;
    case ReferenceKind::kGlobalThis:
      text += ":globalThis";
      break;
    case ReferenceKind::kUndefined:
      text += ":undefined";
      break;
    case ReferenceKind::kUnused:
      text += ":unused";
      break;
  }
  if (reference.needs_tdz_check) text += '!';
}

void Dumper::literal(const Expression* node) {
  switch (node->kind) {
    case NodeKind::kNullLiteral:
      text += "null";
      break;
    case NodeKind::kBooleanLiteral:
      text += node->as<BooleanLiteral>()->value ? "true" : "false";
      break;
    case NodeKind::kNumericLiteral:
      number(node->as<NumericLiteral>()->value);
      break;
    case NodeKind::kBigIntLiteral:
      name(node->as<BigIntLiteral>()->text);
      text += 'n';
      break;
    case NodeKind::kStringLiteral:
      text += '"';
      name(node->as<StringLiteral>()->value);
      text += '"';
      break;
    default:
      text += '/';
      name(node->as<RegExpLiteral>()->pattern);
      text += '/';
      name(node->as<RegExpLiteral>()->flags);
      break;
  }
}

void Dumper::assignment(const Expression* node) {
  auto show = [this](std::string op, const Expression* target, const Expression* value) {
    text += '(' + op + "= ";
    expression(target);
    optional(value);
    text += ')';
  };
  if (node->is<Assignment>()) {
    show("", node->as<Assignment>()->target, node->as<Assignment>()->value);
  } else if (node->is<CompoundAssignment>()) {
    const auto* compound = node->as<CompoundAssignment>();
    show(kBinaryTexts[static_cast<size_t>(compound->op)], compound->target, compound->value);
  } else {
    const auto* logical = node->as<LogicalAssignment>();
    show(kLogicalTexts[static_cast<size_t>(logical->op)], logical->target, logical->value);
  }
}

// Binary and logical operators; walks down the left operands without recursion.
void Dumper::binary(const Expression* node) {
  std::vector<const Expression*> spine;
  while (node->is<Binary>() || node->is<Logical>()) {
    spine.push_back(node);
    node = node->is<Binary>() ? node->as<Binary>()->left : node->as<Logical>()->left;
  }
  for (const Expression* each : spine) {
    bool is_binary = each->is<Binary>();
    text += '(';
    text += is_binary ? kBinaryTexts[static_cast<size_t>(each->as<Binary>()->op)]
                      : kLogicalTexts[static_cast<size_t>(each->as<Logical>()->op)];
    text += ' ';
  }
  expression(node);
  for (size_t i = spine.size(); i > 0; --i) {
    const Expression* each = spine[i - 1];
    optional(each->is<Binary>() ? each->as<Binary>()->right : each->as<Logical>()->right);
    text += ')';
  }
}

void Dumper::property_key(const Expression* key, bool is_computed) {
  if (is_computed) {
    text += '[';
    expression(key);
    text += ']';
  } else if (key->is<StringLiteral>()) {
    name(key->as<StringLiteral>()->value);
  } else {
    expression(key);
  }
}

void Dumper::object(const ObjectLiteral& node) {
  text += "(object";
  for (const Property& property : node.properties) {
    text += ' ';
    if (property.kind == PropertyKind::kSpread) {
      word("...", property.value);
      continue;
    }
    if (property.kind == PropertyKind::kPrototype) text += "proto ";
    property_key(property.key, property.is_computed);
    text += '=';
    expression(property.value);
  }
  text += ')';
}

void Dumper::element(const PatternElement& element) {
  if (element.target == nullptr) {
    text += '_';
    return;
  }
  expression(element.target);
  if (element.initializer == nullptr) return;
  text += '=';
  expression(element.initializer);
}

void Dumper::array_pattern(const ArrayPattern& node) {
  text += "(array-pattern";
  for (const PatternElement& each : node.elements) {
    text += ' ';
    element(each);
  }
  if (node.rest != nullptr) {
    text += ' ';
    word("...", node.rest);
  }
  text += ')';
}

void Dumper::object_pattern(const ObjectPattern& node) {
  text += "(object-pattern";
  for (const PatternProperty& property : node.properties) {
    text += ' ';
    property_key(property.key, property.is_computed);
    text += "->";
    element(property.value);
  }
  if (node.rest != nullptr) {
    text += ' ';
    word("...", node.rest);
  }
  text += ')';
}

void Dumper::template_literal(const TemplateLiteral& node) {
  text += "(template";
  for (size_t i = 0; i < node.strings.size(); ++i) {
    text += " `";
    text += node.strings[i].cooked == nullptr ? "<undefined>" : node.strings[i].cooked->to_utf8();
    text += '`';
    if (i < node.expressions.size()) optional(node.expressions[i]);
  }
  text += ')';
}

void Dumper::member(const Expression* node) {
  switch (node->kind) {
    case NodeKind::kMember:
      text += node->as<Member>()->is_optional ? "(?. " : "(. ";
      expression(node->as<Member>()->object);
      text += ' ';
      name(node->as<Member>()->name);
      break;
    case NodeKind::kIndex:
      text += node->as<Index>()->is_optional ? "(?.[] " : "([] ";
      expression(node->as<Index>()->object);
      optional(node->as<Index>()->index);
      break;
    case NodeKind::kPrivateMember:
      text += node->as<PrivateMember>()->is_optional ? "(?. " : "(. ";
      expression(node->as<PrivateMember>()->object);
      text += ' ';
      name(node->as<PrivateMember>()->name);
      reference(node->as<PrivateMember>()->reference);
      break;
    case NodeKind::kSuperMember:
      text += "(. super ";
      name(node->as<SuperMember>()->name);
      break;
    default:
      text += "([] super";
      optional(node->as<SuperIndex>()->index);
      break;
  }
  text += ')';
}

void Dumper::call(const Expression* node) {
  switch (node->kind) {
    case NodeKind::kCall: {
      const auto* call = node->as<Call>();
      text += call->is_optional ? "(?.call " : call->eval_scope != nullptr ? "(eval-call " : "(call ";
      expression(call->callee);
      expressions(call->arguments);
      break;
    }
    case NodeKind::kNew:
      text += "(new ";
      expression(node->as<New>()->callee);
      expressions(node->as<New>()->arguments);
      break;
    case NodeKind::kSuperCall:
      text += "(super";
      expressions(node->as<SuperCall>()->arguments);
      break;
    default: {
      const auto* call = node->as<ImportCall>();
      text += std::string("(") + kPhaseTexts[static_cast<size_t>(call->phase)];
      optional(call->specifier);
      optional(call->options);
      break;
    }
  }
  text += ')';
}

void Dumper::class_element(const ClassElement& element) {
  text += std::string(" (") + (element.is_static ? "static " : "") +
          kElementTexts[static_cast<size_t>(element.kind)];
  if (element.key != nullptr && !element.is_private) {
    text += ' ';
    property_key(element.key, element.is_computed);
  }
  if (element.is_private) {
    text += ' ' + element.private_name->to_utf8();
    reference(element.private_reference);
  }
  if (element.function != nullptr) {
    text += ' ';
    function(*element.function);
  }
  optional(element.initializer);
  if (element.block != nullptr) list("", element.block->statements);
  text += ')';
}

void Dumper::class_node(const ClassNode& node) {
  text += "(class";
  if (node.binding != nullptr) optional(node.binding);
  if (node.name != nullptr && node.binding == nullptr) text += ' ' + node.name->to_utf8();
  if (node.heritage != nullptr) {
    text += " extends";
    optional(node.heritage);
  }
  if (node.constructor != nullptr) {
    text += ' ';
    function(*node.constructor);
  }
  for (const ClassElement& element : node.elements) class_element(element);
  text += ')';
}

void Dumper::expression(const Expression* node) {
  if (node == nullptr) {
    text += '_';
    return;
  }
  switch (node->kind) {
    case NodeKind::kTemplateLiteral:
      return template_literal(*node->as<TemplateLiteral>());
    case NodeKind::kTaggedTemplate:
      text += "(tagged ";
      expression(node->as<TaggedTemplate>()->tag);
      optional(node->as<TaggedTemplate>()->quasi);
      text += ')';
      return;
    case NodeKind::kIdentifier:
      name(node->as<Identifier>()->name);
      return reference(node->as<Identifier>()->reference);
    case NodeKind::kThis:
      text += "this";
      return reference(node->as<This>()->reference);
    case NodeKind::kNewTarget:
      text += "new.target";
      return reference(node->as<NewTarget>()->reference);
    case NodeKind::kImportMeta:
      text += "import.meta";
      return;
    case NodeKind::kArrayLiteral:
      text += "(array";
      expressions(node->as<ArrayLiteral>()->elements);
      text += ')';
      return;
    case NodeKind::kObjectLiteral:
      return object(*node->as<ObjectLiteral>());
    case NodeKind::kFunctionExpression:
      return function(*node->as<FunctionExpression>()->function);
    case NodeKind::kClassExpression:
      return class_node(*node->as<ClassExpression>()->node);
    case NodeKind::kUnary:
      return word(kUnaryTexts[static_cast<size_t>(node->as<Unary>()->op)], node->as<Unary>()->operand);
    case NodeKind::kUpdate: {
      const auto* update = node->as<Update>();
      std::string op = update->is_increment ? "++" : "--";
      return word((update->is_prefix ? op + "_" : "_" + op).c_str(), update->target);
    }
    case NodeKind::kBinary:
    case NodeKind::kLogical:
      return binary(node);
    case NodeKind::kPrivateIn:
      text += "(in " + node->as<PrivateIn>()->name->to_utf8();
      reference(node->as<PrivateIn>()->reference);
      optional(node->as<PrivateIn>()->right);
      text += ')';
      return;
    case NodeKind::kAssignment:
    case NodeKind::kCompoundAssignment:
    case NodeKind::kLogicalAssignment:
      return assignment(node);
    case NodeKind::kConditional:
      text += "(?";
      optional(node->as<Conditional>()->test);
      optional(node->as<Conditional>()->consequent);
      optional(node->as<Conditional>()->alternate);
      text += ')';
      return;
    case NodeKind::kSequence:
      text += "(,";
      expressions(node->as<Sequence>()->expressions);
      text += ')';
      return;
    case NodeKind::kSpread:
      return word("...", node->as<Spread>()->argument);
    case NodeKind::kYield:
      return word(node->as<Yield>()->is_delegate ? "yield*" : "yield", node->as<Yield>()->argument);
    case NodeKind::kAwait:
      return word("await", node->as<Await>()->argument);
    case NodeKind::kCall:
    case NodeKind::kNew:
    case NodeKind::kImportCall:
    case NodeKind::kSuperCall:
      return call(node);
    case NodeKind::kMember:
    case NodeKind::kIndex:
    case NodeKind::kPrivateMember:
    case NodeKind::kSuperMember:
    case NodeKind::kSuperIndex:
      return member(node);
    case NodeKind::kOptionalChain:
      return word("chain", node->as<OptionalChain>()->expression);
    case NodeKind::kArrayPattern:
      return array_pattern(*node->as<ArrayPattern>());
    case NodeKind::kObjectPattern:
      return object_pattern(*node->as<ObjectPattern>());
    default:
      return literal(node);
  }
}

// ---------------------------------------------------------------- statements

void Dumper::list(const char* head, StatementList statements) {
  text += head;
  for (const Statement* each : statements) {
    text += ' ';
    statement(each);
  }
}

void Dumper::declaration(const VariableDeclaration& node) {
  text += std::string("(") + kDeclarationTexts[static_cast<size_t>(node.declaration_kind)];
  for (const Declarator& each : node.declarators) {
    text += ' ';
    element({each.target, each.initializer});
  }
  text += ')';
}

void Dumper::head(const Node* node) {
  text += ' ';
  if (node == nullptr) {
    text += '_';
  } else if (node->is<VariableDeclaration>()) {
    declaration(*node->as<VariableDeclaration>());
  } else {
    expression(static_cast<const Expression*>(node));
  }
}

void Dumper::loop(const Statement* node) {
  switch (node->kind) {
    case NodeKind::kFor: {
      const auto* loop = node->as<For>();
      text += "(for";
      head(loop->initializer);
      head(loop->test);
      head(loop->update);
      break;
    }
    case NodeKind::kForIn:
      text += "(for-in";
      head(node->as<ForIn>()->head);
      optional(node->as<ForIn>()->right);
      break;
    case NodeKind::kForOf:
      text += node->as<ForOf>()->is_await ? "(for-await" : "(for-of";
      head(node->as<ForOf>()->head);
      optional(node->as<ForOf>()->right);
      break;
    case NodeKind::kWhile:
      text += "(while";
      optional(node->as<While>()->test);
      break;
    default:
      text += "(do";
      optional(node->as<DoWhile>()->test);
      break;
  }
  text += ' ';
  statement(static_cast<const Loop*>(node)->body);
  text += ')';
}

void Dumper::switch_statement(const Switch& node) {
  text += "(switch";
  optional(node.discriminant);
  for (const SwitchCase& each : node.cases) {
    text += " (case ";
    expression(each.test);
    list("", each.statements);
    text += ')';
  }
  text += ')';
}

void Dumper::try_statement(const Try& node) {
  text += "(try ";
  statement(node.block);
  if (node.handler != nullptr) {
    text += " (catch";
    optional(node.parameter);
    text += ' ';
    statement(node.handler);
    text += ')';
  }
  if (node.finalizer != nullptr) {
    text += " (finally ";
    statement(node.finalizer);
    text += ')';
  }
  text += ')';
}

void Dumper::statement(const Statement* node) {
  switch (node->kind) {
    case NodeKind::kVariableDeclaration:
      return declaration(*node->as<VariableDeclaration>());
    case NodeKind::kFunctionDeclaration: {
      const auto* declaration = node->as<FunctionDeclaration>();
      text += "(declare ";
      expression(declaration->binding);
      text += ' ';
      function(*declaration->function);
      if (declaration->hoists_to_var) {
        text += " var";
        reference(declaration->annex_b_var);
      }
      text += ')';
      return;
    }
    case NodeKind::kClassDeclaration:
      return class_node(*node->as<ClassDeclaration>()->node);
    case NodeKind::kExpressionStatement:
      return expression(node->as<ExpressionStatement>()->expression);
    case NodeKind::kBlock:
      list("(block", node->as<Block>()->statements);
      text += ')';
      return;
    case NodeKind::kEmptyStatement:
      text += "(empty)";
      return;
    case NodeKind::kIf: {
      size_t depth = 0;
      for (const Statement* each = node; each != nullptr;) {
        if (!each->is<If>()) {
          text += ' ';
          statement(each);
          break;
        }
        const auto* branch = each->as<If>();
        text += depth++ == 0 ? "(if" : " (if";
        optional(branch->test);
        text += ' ';
        statement(branch->consequent);
        each = branch->alternate;
      }
      text.append(depth, ')');
      return;
    }
    case NodeKind::kContinue:
      text += "(continue)";
      return;
    case NodeKind::kBreak:
      text += "(break)";
      return;
    case NodeKind::kReturn:
      return word("return", node->as<Return>()->argument);
    case NodeKind::kWith:
      text += "(with";
      optional(node->as<With>()->object);
      text += ' ';
      statement(node->as<With>()->body);
      text += ')';
      return;
    case NodeKind::kSwitch:
      return switch_statement(*node->as<Switch>());
    case NodeKind::kLabelled:
      text += "(label " + node->as<Labelled>()->label->to_utf8() + ' ';
      statement(node->as<Labelled>()->body);
      text += ')';
      return;
    case NodeKind::kThrow:
      return word("throw", node->as<Throw>()->argument);
    case NodeKind::kTry:
      return try_statement(*node->as<Try>());
    case NodeKind::kDebuggerStatement:
      text += "(debugger)";
      return;
    case NodeKind::kImportDeclaration:
      text += "(import)";
      return;
    case NodeKind::kExportDeclaration:
      text += "(export";
      if (node->as<ExportDeclaration>()->declaration != nullptr) {
        text += ' ';
        statement(node->as<ExportDeclaration>()->declaration);
      }
      text += ')';
      return;
    case NodeKind::kExportDefault: {
      const auto* exported = node->as<ExportDefault>();
      text += "(export-default ";
      if (exported->declaration != nullptr) statement(exported->declaration);
      if (exported->expression != nullptr) expression(exported->expression);
      text += ')';
      return;
    }
    default:
      return loop(node);
  }
}

void Dumper::function(const FunctionNode& node) {
  text += '(';
  if (node.is_async) text += "async ";
  text += kFunctionTexts[static_cast<size_t>(node.kind)];
  if (node.is_generator) text += '*';
  if (node.name != nullptr) text += ' ' + node.name->to_utf8();
  if (node.kind != FunctionKind::kProgram) {
    text += " [";
    for (const Parameter& each : node.parameters) {
      if (&each != node.parameters.data()) text += ' ';
      if (each.is_rest) text += "...";
      element(each.element);
    }
    text += ']';
  }
  list("", node.body);
  text += ')';
}

}  // namespace

std::string dump(const FunctionNode& function) {
  Dumper dumper;
  dumper.function(function);
  return std::move(dumper.text);
}

std::string dump(const Program& program) {
  return dump(*program.root);
}

std::string dump(const Scope& scope) {
  std::string text = kScopeTexts[static_cast<size_t>(scope.kind)];
  if (scope.needs_environment) text += '*';
  text += '{';
  for (const Variable* variable : scope.variables()) {
    if (text.back() != '{') text += ' ';
    text += variable->name->to_utf8();
    switch (variable->storage) {
      case VariableStorage::kUnused:
        text += ":unused";
        break;
      case VariableStorage::kRegister:
        text += ":r" + std::to_string(variable->index);
        break;
      case VariableStorage::kEnvironment:
        text += ":e" + std::to_string(variable->index);
        break;
      case VariableStorage::kGlobal:
        text += ":global";
        break;
      case VariableStorage::kDynamicVar:
        text += ":var";
        break;
      case VariableStorage::kImport:
        text += ":i" + std::to_string(variable->index);
        break;
    }
    if (variable->needs_tdz) text += '!';
  }
  return text + '}';
}

}  // namespace skein::syntax
