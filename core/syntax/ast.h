// The syntax tree. Nodes live in the arena of their Program, are linked by plain pointers and are
// immutable once the parser hands the Program out.
//
// Depth: a tree is never deeper than a small multiple of ParseOptions::max_depth, so that walkers
// may recurse, with two exceptions that they must iterate over: the left operands of Binary and
// Logical nodes (a + b + c + ...), and `alternate` of If (else if ...).
#pragma once

#include <cstdint>
#include <span>

#include "core/syntax/name.h"
#include "core/syntax/scope.h"

namespace skein::syntax {

#define SKEIN_EXPRESSION_NODES(V)                                                                        \
  V(NullLiteral) V(BooleanLiteral) V(NumericLiteral) V(BigIntLiteral) V(StringLiteral) V(RegExpLiteral)  \
  V(TemplateLiteral) V(TaggedTemplate) V(Identifier) V(This) V(NewTarget) V(ImportMeta) V(ArrayLiteral)  \
  V(ObjectLiteral) V(FunctionExpression) V(ClassExpression) V(Unary) V(Update) V(Binary) V(Logical)      \
  V(PrivateIn) V(Assignment) V(CompoundAssignment) V(LogicalAssignment) V(Conditional) V(Sequence)       \
  V(Spread) V(Yield) V(Await) V(Call) V(New) V(ImportCall) V(SuperCall) V(Member) V(Index)               \
  V(PrivateMember) V(SuperMember) V(SuperIndex) V(OptionalChain) V(ArrayPattern) V(ObjectPattern)

#define SKEIN_STATEMENT_NODES(V)                                                                         \
  V(VariableDeclaration) V(FunctionDeclaration) V(ClassDeclaration) V(ExpressionStatement) V(Block)      \
  V(EmptyStatement) V(If) V(For) V(ForIn) V(ForOf) V(While) V(DoWhile) V(Continue) V(Break) V(Return)    \
  V(With) V(Switch) V(Labelled) V(Throw) V(Try) V(DebuggerStatement) V(ImportDeclaration)                \
  V(ExportDeclaration) V(ExportDefault)

enum class NodeKind : uint8_t {
#define V(name) k##name,
  SKEIN_EXPRESSION_NODES(V) SKEIN_STATEMENT_NODES(V)
#undef V
};

struct Node {
  NodeKind kind;
  bool is_parenthesized = false;  // expressions: ( ) around it, which its range leaves out
  uint32_t start = 0;             // source offsets, end exclusive
  uint32_t end = 0;

  template <typename T>
  bool is() const {
    return kind == T::kKind;
  }
  // REQUIRES: is<T>()
  template <typename T>
  T* as() {
    SKEIN_DCHECK(kind == T::kKind);
    return static_cast<T*>(this);
  }
  template <typename T>
  const T* as() const {
    SKEIN_DCHECK(kind == T::kKind);
    return static_cast<const T*>(this);
  }
};

struct Expression : Node {};
struct Statement : Node {};

using ExpressionList = std::span<Expression* const>;
using StatementList = std::span<Statement* const>;

struct FunctionNode;
struct ClassNode;
struct Identifier;
struct Block;
struct VariableDeclaration;

// ---------------------------------------------------------------- literals

struct NullLiteral : Expression {
  static constexpr NodeKind kKind = NodeKind::kNullLiteral;
};

struct BooleanLiteral : Expression {
  static constexpr NodeKind kKind = NodeKind::kBooleanLiteral;
  bool value = false;
};

struct NumericLiteral : Expression {
  static constexpr NodeKind kKind = NodeKind::kNumericLiteral;
  double value = 0;
};

struct BigIntLiteral : Expression {
  static constexpr NodeKind kKind = NodeKind::kBigIntLiteral;
  const Name* text = nullptr;  // with 0x, 0o or 0b if any; without separators and the final n
};

struct StringLiteral : Expression {
  static constexpr NodeKind kKind = NodeKind::kStringLiteral;
  const Name* value = nullptr;
};

struct RegExpLiteral : Expression {
  static constexpr NodeKind kKind = NodeKind::kRegExpLiteral;
  const Name* pattern = nullptr;
  const Name* flags = nullptr;
};

struct TemplateElement {
  const Name* cooked = nullptr;  // null is undefined: a tagged template with an invalid escape
  const Name* raw = nullptr;
};

struct TemplateLiteral : Expression {
  static constexpr NodeKind kKind = NodeKind::kTemplateLiteral;
  std::span<const TemplateElement> strings;  // one more than expressions
  ExpressionList expressions;
};

struct TaggedTemplate : Expression {
  static constexpr NodeKind kKind = NodeKind::kTaggedTemplate;
  Expression* tag = nullptr;
  TemplateLiteral* quasi = nullptr;
};

struct ArrayLiteral : Expression {
  static constexpr NodeKind kKind = NodeKind::kArrayLiteral;
  ExpressionList elements;  // null is a hole; Spread nodes spread
  bool has_comma_after_spread = false;  // [...a,] is no pattern
};

enum class PropertyKind : uint8_t {
  kValue,      // key: value, and { shorthand } with the Identifier as value
  kMethod,     // value is a FunctionExpression
  kGetter,
  kSetter,
  kSpread,     // ...value; no key
  kPrototype,  // __proto__: value sets the prototype
};

struct Property {
  PropertyKind kind = PropertyKind::kValue;
  bool is_computed = false;
  bool is_shorthand = false;
  // StringLiteral, NumericLiteral or BigIntLiteral, or any expression when computed. An identifier
  // as key is a StringLiteral.
  Expression* key = nullptr;
  Expression* value = nullptr;
  // { name = initializer }: only valid as a pattern, never in a finished ObjectLiteral.
  Expression* cover_initializer = nullptr;
  uint32_t start = 0;
};

struct ObjectLiteral : Expression {
  static constexpr NodeKind kKind = NodeKind::kObjectLiteral;
  std::span<Property> properties;
  bool has_comma_after_spread = false;  // {...a,} is no pattern
};

struct FunctionExpression : Expression {  // also arrow functions and methods
  static constexpr NodeKind kKind = NodeKind::kFunctionExpression;
  FunctionNode* function = nullptr;
};

struct ClassExpression : Expression {
  static constexpr NodeKind kKind = NodeKind::kClassExpression;
  ClassNode* node = nullptr;
};

// ---------------------------------------------------------------- names

// A use of a name, or the place that binds it (then reference.is_initialization, or a plain write
// for `var`).
struct Identifier : Expression {
  static constexpr NodeKind kKind = NodeKind::kIdentifier;
  const Name* name = nullptr;
  Reference reference;
};

struct This : Expression {
  static constexpr NodeKind kKind = NodeKind::kThis;
  Reference reference;  // needs_tdz_check: in derived constructors `this` may be uninitialised
};

struct NewTarget : Expression {
  static constexpr NodeKind kKind = NodeKind::kNewTarget;
  Reference reference;
};

struct ImportMeta : Expression {
  static constexpr NodeKind kKind = NodeKind::kImportMeta;
};

// ---------------------------------------------------------------- operators

enum class UnaryOperator : uint8_t { kMinus, kPlus, kNot, kBitNot, kTypeof, kVoid, kDelete };

struct Unary : Expression {
  static constexpr NodeKind kKind = NodeKind::kUnary;
  UnaryOperator op = UnaryOperator::kMinus;
  Expression* operand = nullptr;
};

struct Update : Expression {
  static constexpr NodeKind kKind = NodeKind::kUpdate;
  bool is_increment = true;
  bool is_prefix = true;
  Expression* target = nullptr;  // Identifier, Member, Index, ..., or an invalid Call (see Assignment)
};

enum class BinaryOperator : uint8_t {
  kAdd, kSubtract, kMultiply, kDivide, kRemainder, kExponentiate,
  kShiftLeft, kShiftRight, kShiftRightUnsigned, kBitAnd, kBitOr, kBitXor,
  kEqual, kNotEqual, kStrictEqual, kStrictNotEqual,
  kLess, kLessEqual, kGreater, kGreaterEqual, kInstanceof, kIn,
};

struct Binary : Expression {
  static constexpr NodeKind kKind = NodeKind::kBinary;
  BinaryOperator op = BinaryOperator::kAdd;
  uint32_t operator_start = 0;
  Expression* left = nullptr;
  Expression* right = nullptr;
};

enum class LogicalOperator : uint8_t { kAnd, kOr, kNullish };

struct Logical : Expression {
  static constexpr NodeKind kKind = NodeKind::kLogical;
  LogicalOperator op = LogicalOperator::kAnd;
  Expression* left = nullptr;
  Expression* right = nullptr;
};

struct PrivateIn : Expression {  // #name in right
  static constexpr NodeKind kKind = NodeKind::kPrivateIn;
  const Name* name = nullptr;  // with its #
  Reference reference;
  Expression* right = nullptr;
};

// target = value. The target is an Identifier, a property (Member, Index, PrivateMember, SuperMember,
// SuperIndex), an ArrayPattern or ObjectPattern, or, in sloppy code only (Annex B web reality), a Call:
// then evaluate the call and throw a ReferenceError.
struct Assignment : Expression {
  static constexpr NodeKind kKind = NodeKind::kAssignment;
  Expression* target = nullptr;
  Expression* value = nullptr;
};

struct CompoundAssignment : Expression {  // target op= value
  static constexpr NodeKind kKind = NodeKind::kCompoundAssignment;
  BinaryOperator op = BinaryOperator::kAdd;
  Expression* target = nullptr;
  Expression* value = nullptr;
};

struct LogicalAssignment : Expression {  // target &&= value
  static constexpr NodeKind kKind = NodeKind::kLogicalAssignment;
  LogicalOperator op = LogicalOperator::kAnd;
  Expression* target = nullptr;
  Expression* value = nullptr;
};

struct Conditional : Expression {
  static constexpr NodeKind kKind = NodeKind::kConditional;
  Expression* test = nullptr;
  Expression* consequent = nullptr;
  Expression* alternate = nullptr;
};

struct Sequence : Expression {
  static constexpr NodeKind kKind = NodeKind::kSequence;
  ExpressionList expressions;  // two or more
};

struct Spread : Expression {  // in array literals and arguments
  static constexpr NodeKind kKind = NodeKind::kSpread;
  Expression* argument = nullptr;
};

struct Yield : Expression {
  static constexpr NodeKind kKind = NodeKind::kYield;
  bool is_delegate = false;
  Expression* argument = nullptr;  // may be null
};

struct Await : Expression {
  static constexpr NodeKind kKind = NodeKind::kAwait;
  Expression* argument = nullptr;
};

// ---------------------------------------------------------------- calls and properties

struct Call : Expression {
  static constexpr NodeKind kKind = NodeKind::kCall;
  Expression* callee = nullptr;
  ExpressionList arguments;  // may hold Spread
  bool is_optional = false;  // callee?.(...)
  bool has_spread = false;
  // Set when this may be a direct eval: the scope that the eval'd code would run in. Whether it is
  // one depends on the callee's value being %eval%.
  const Scope* eval_scope = nullptr;
  uint32_t arguments_start = 0;  // of the parenthesis
};

struct New : Expression {
  static constexpr NodeKind kKind = NodeKind::kNew;
  Expression* callee = nullptr;
  ExpressionList arguments;
  bool has_spread = false;
};

enum class ImportPhase : uint8_t { kEvaluation, kDefer, kSource };

struct ImportCall : Expression {
  static constexpr NodeKind kKind = NodeKind::kImportCall;
  ImportPhase phase = ImportPhase::kEvaluation;
  Expression* specifier = nullptr;
  Expression* options = nullptr;  // may be null
};

struct SuperCall : Expression {
  static constexpr NodeKind kKind = NodeKind::kSuperCall;
  ExpressionList arguments;
  bool has_spread = false;
  Reference this_reference;  // is_initialization
  Reference new_target;
  Reference active_function;
};

struct Member : Expression {  // object.name
  static constexpr NodeKind kKind = NodeKind::kMember;
  bool is_optional = false;  // object?.name
  uint32_t name_start = 0;
  Expression* object = nullptr;
  const Name* name = nullptr;
};

struct Index : Expression {  // object[index]
  static constexpr NodeKind kKind = NodeKind::kIndex;
  bool is_optional = false;
  Expression* object = nullptr;
  Expression* index = nullptr;
};

struct PrivateMember : Expression {  // object.#name
  static constexpr NodeKind kKind = NodeKind::kPrivateMember;
  bool is_optional = false;
  uint32_t name_start = 0;
  Expression* object = nullptr;
  const Name* name = nullptr;  // with its #
  Reference reference;         // of the private name, a kPrivateName variable of a kClass scope
};

struct SuperMember : Expression {  // super.name
  static constexpr NodeKind kKind = NodeKind::kSuperMember;
  uint32_t name_start = 0;
  const Name* name = nullptr;
  Reference home_object;
  Reference this_reference;
};

struct SuperIndex : Expression {  // super[index]
  static constexpr NodeKind kKind = NodeKind::kSuperIndex;
  Expression* index = nullptr;
  Reference home_object;
  Reference this_reference;
};

// The whole of a?.b.c(d): every is_optional node inside `expression` (not inside a nested
// OptionalChain) makes this node undefined when its object is nullish. `delete` and calls look
// through it: (a?.b)() still passes a as this.
struct OptionalChain : Expression {
  static constexpr NodeKind kKind = NodeKind::kOptionalChain;
  Expression* expression = nullptr;
};

// ---------------------------------------------------------------- patterns

// A binding or an assignment target with its default. For bindings `target` is an Identifier or a
// pattern; for assignments any valid target.
struct PatternElement {
  Expression* target = nullptr;       // null is an elision of an array pattern
  Expression* initializer = nullptr;  // may be null
};

struct ArrayPattern : Expression {
  static constexpr NodeKind kKind = NodeKind::kArrayPattern;
  std::span<const PatternElement> elements;
  Expression* rest = nullptr;  // may be null
};

struct PatternProperty {
  bool is_computed = false;
  Expression* key = nullptr;  // as in Property
  PatternElement value;
};

struct ObjectPattern : Expression {
  static constexpr NodeKind kKind = NodeKind::kObjectPattern;
  std::span<const PatternProperty> properties;
  Expression* rest = nullptr;  // may be null
};

// ---------------------------------------------------------------- functions

enum class FunctionKind : uint8_t {
  kProgram,            // the code of a script, module or eval itself
  kNormal,
  kArrow,
  kMethod,
  kGetter,
  kSetter,
  kBaseConstructor,
  kDerivedConstructor,
  kInstanceInitializer,  // made by the parser: evaluates a class's instance fields, `this` is the object
  kStaticInitializer,    // likewise its static fields and blocks, `this` is the class
};

struct Parameter {
  PatternElement element;
  bool is_rest = false;
};

struct FunctionNode {
  FunctionKind kind = FunctionKind::kNormal;
  bool is_async : 1 = false;  // for kProgram: a module with top-level await
  bool is_generator : 1 = false;
  bool is_strict : 1 = false;
  bool is_expression_body : 1 = false;     // x => expression: the body is one Return
  bool has_simple_parameters : 1 = true;
  bool has_parameter_expressions : 1 = false;
  bool has_rest_parameter : 1 = false;
  bool has_duplicate_parameters : 1 = false;
  // After scope analysis:
  bool uses_arguments : 1 = false;       // `arguments` must exist: see arguments_variable
  // Sloppy code with simple parameters may see that the elements of `arguments` and the parameters
  // (all in the environment then) are aliases. Otherwise nobody can tell, so need not be made so.
  bool needs_mapped_arguments : 1 = false;
  bool uses_this : 1 = false;            // by itself or by an arrow function or eval inside
  bool uses_new_target : 1 = false;
  bool needs_home_object : 1 = false;    // uses super properties, or an eval inside might
  bool uses_active_function : 1 = false;
  bool contains_direct_eval : 1 = false;   // in this function's own code, arrow functions included
  bool is_class_static : 1 = false;        // a static method
  bool is_declaration : 1 = false;         // of a function declaration: hoisted

  // The declared name, or null. The name property of an anonymous function comes from its context.
  const Name* name = nullptr;
  uint32_t expected_argument_count = 0;  // the `length` property
  std::span<const Parameter> parameters;
  StatementList body;
  // Range of the whole function for toString(); for initializers that of the class.
  uint32_t start = 0;
  uint32_t end = 0;
  uint32_t body_start = 0;  // end of the parameters
  uint32_t id = 0;          // counts the program's functions in order of their end; the program has its own

  FunctionNode* outer = nullptr;  // the function around it; null for the program
  Scope* name_scope = nullptr;    // see scope.h; null unless a named function expression needs it
  Scope* scope = nullptr;         // parameters (kFunction), or the program's scope
  Scope* body_scope = nullptr;    // where the body's declarations live; often the same
  // How many variables have VariableStorage::kRegister.
  uint32_t register_count = 0;

  // Variables that the function must fill on entry when they are not null.
  Variable* name_variable = nullptr;  // the named function expression itself
  Variable* arguments_variable = nullptr;
  Variable* this_variable = nullptr;  // uninitialised at first in derived constructors
  Variable* new_target_variable = nullptr;
  Variable* home_object_variable = nullptr;
  Variable* active_function_variable = nullptr;

  ClassNode* class_node = nullptr;  // of class elements and initializers

  bool is_arrow() const { return kind == FunctionKind::kArrow; }
  bool is_constructor() const {
    return kind == FunctionKind::kBaseConstructor || kind == FunctionKind::kDerivedConstructor;
  }
  bool is_initializer() const {
    return kind == FunctionKind::kInstanceInitializer || kind == FunctionKind::kStaticInitializer;
  }
};

enum class ClassElementKind : uint8_t { kMethod, kGetter, kSetter, kField, kStaticBlock, kAccessor };

struct ClassElement {
  ClassElementKind kind = ClassElementKind::kMethod;
  bool is_static = false;
  bool is_computed = false;
  bool is_private = false;
  uint32_t start = 0;
  Expression* key = nullptr;  // as in Property; null when private or a static block
  // Private elements: the name with its # and how the class scope (or an initializer) reaches it.
  const Name* private_name = nullptr;
  // From the initializer (fields, and methods of instances) or the class scope (static methods).
  Reference private_reference;
  Variable* private_variable = nullptr;
  FunctionNode* function = nullptr;     // methods and accessors
  Expression* initializer = nullptr;    // fields; null is undefined
  Block* block = nullptr;               // static blocks, with their kStaticBlock scope
  // Computed fields: ToPropertyKey(key) is stored here when the class is defined and read through
  // key_reference when the initializer runs.
  Variable* key_variable = nullptr;
  Reference key_reference;        // from the initializer
  std::span<Expression* const> decorators;
  // Decorated fields and auto-accessors: the record of interpreter/decorators.cpp, for the initializer.
  Variable* record_variable = nullptr;
  Reference record_reference;
  // Auto-accessors: the Private Name of the value.
  Variable* storage_variable = nullptr;
  Reference storage_reference;
};

struct ClassNode {
  Identifier* binding = nullptr;  // the declared name (outer binding of a declaration), or null
  const Name* name = nullptr;
  Variable* inner_name = nullptr;  // the immutable binding in `scope`; null when anonymous
  Reference inner_name_reference;  // initialises inner_name from the class scope
  Expression* heritage = nullptr;
  FunctionNode* constructor = nullptr;  // null: the default one
  std::span<ClassElement> elements;     // in order, without the constructor
  // Null when there is nothing to run. Bodies are empty: walk `elements`.
  FunctionNode* instance_initializer = nullptr;
  FunctionNode* static_initializer = nullptr;
  Scope* scope = nullptr;
  uint32_t start = 0;  // for toString()
  uint32_t end = 0;
  bool has_private_instance_methods = false;  // methods or accessors: instances need the brand
  std::span<Expression* const> decorators;    // of the class; they belong to the scope around it
  bool has_decorated_elements = false;
  // What decorators of instance methods gave to addInitializer; null when there are none.
  Variable* extras_variable = nullptr;
  Reference extras_reference;  // from the instance initializer
};

// ---------------------------------------------------------------- statements

// What break and continue jump to. Loops, switches and labelled statements own one each.
struct JumpTarget {
  bool has_break = false;
  bool has_continue = false;
};

struct Declarator {
  Expression* target = nullptr;       // Identifier or pattern
  Expression* initializer = nullptr;  // may be null
};

enum class DeclarationKind : uint8_t { kVar, kLet, kConst, kUsing, kAwaitUsing };

struct VariableDeclaration : Statement {
  static constexpr NodeKind kKind = NodeKind::kVariableDeclaration;
  DeclarationKind declaration_kind = DeclarationKind::kVar;
  std::span<const Declarator> declarators;
};

struct FunctionDeclaration : Statement {
  static constexpr NodeKind kKind = NodeKind::kFunctionDeclaration;
  // Instantiated when its scope is entered (Scope::functions); evaluating the statement does nothing
  // unless hoists_to_var.
  FunctionNode* function = nullptr;
  Identifier* binding = nullptr;
  // Annex B.3.3: evaluating the declaration also copies the block's binding (`value`) into the
  // function-level var (`var`).
  bool hoists_to_var = false;
  Reference annex_b_value;
  Reference annex_b_var;
};

struct ClassDeclaration : Statement {
  static constexpr NodeKind kKind = NodeKind::kClassDeclaration;
  ClassNode* node = nullptr;
};

struct ExpressionStatement : Statement {
  static constexpr NodeKind kKind = NodeKind::kExpressionStatement;
  Expression* expression = nullptr;
};

struct Block : Statement {
  static constexpr NodeKind kKind = NodeKind::kBlock;
  Scope* scope = nullptr;  // null when nothing is declared in it
  StatementList statements;
};

struct EmptyStatement : Statement {
  static constexpr NodeKind kKind = NodeKind::kEmptyStatement;
};

struct If : Statement {
  static constexpr NodeKind kKind = NodeKind::kIf;
  Expression* test = nullptr;
  Statement* consequent = nullptr;
  Statement* alternate = nullptr;  // may be null
};

struct Loop : Statement {
  JumpTarget* target = nullptr;
  Statement* body = nullptr;
};

struct For : Loop {
  static constexpr NodeKind kKind = NodeKind::kFor;
  Scope* scope = nullptr;      // kFor; null without lexical declarations
  Node* initializer = nullptr;  // VariableDeclaration, Expression or null
  Expression* test = nullptr;
  Expression* update = nullptr;
};

// for (head in right), for (head of right).
struct ForEach : Loop {
  Scope* scope = nullptr;  // kForEach; null without lexical declarations
  // A VariableDeclaration of one declarator, or an assignment target (Expression). A sloppy
  // `for (var x = e in o)` keeps its initializer.
  Node* head = nullptr;
  Expression* right = nullptr;
};

struct ForIn : ForEach {
  static constexpr NodeKind kKind = NodeKind::kForIn;
};

struct ForOf : ForEach {
  static constexpr NodeKind kKind = NodeKind::kForOf;
  bool is_await = false;
};

struct While : Loop {
  static constexpr NodeKind kKind = NodeKind::kWhile;
  Expression* test = nullptr;
};

struct DoWhile : Loop {
  static constexpr NodeKind kKind = NodeKind::kDoWhile;
  Expression* test = nullptr;
};

struct Continue : Statement {
  static constexpr NodeKind kKind = NodeKind::kContinue;
  const JumpTarget* target = nullptr;  // of a loop
};

struct Break : Statement {
  static constexpr NodeKind kKind = NodeKind::kBreak;
  const JumpTarget* target = nullptr;  // of a loop, switch or Labelled
};

struct Return : Statement {
  static constexpr NodeKind kKind = NodeKind::kReturn;
  Expression* argument = nullptr;  // may be null
};

struct With : Statement {
  static constexpr NodeKind kKind = NodeKind::kWith;
  Expression* object = nullptr;
  Scope* scope = nullptr;  // kWith
  Statement* body = nullptr;
};

struct SwitchCase {
  Expression* test = nullptr;  // null is default
  StatementList statements;
  uint32_t start = 0;
};

struct Switch : Statement {
  static constexpr NodeKind kKind = NodeKind::kSwitch;
  Expression* discriminant = nullptr;
  Scope* scope = nullptr;  // null when nothing is declared in the case block
  std::span<const SwitchCase> cases;
  JumpTarget* target = nullptr;
};

struct Labelled : Statement {
  static constexpr NodeKind kKind = NodeKind::kLabelled;
  const Name* label = nullptr;
  // For `break label`; `continue label` names the loop's own target.
  JumpTarget* target = nullptr;
  Statement* body = nullptr;
};

struct Throw : Statement {
  static constexpr NodeKind kKind = NodeKind::kThrow;
  Expression* argument = nullptr;
};

struct Try : Statement {
  static constexpr NodeKind kKind = NodeKind::kTry;
  Block* block = nullptr;
  Scope* catch_scope = nullptr;     // kCatch; null without a parameter
  Expression* parameter = nullptr;  // Identifier, pattern or null
  Block* handler = nullptr;         // null without a catch
  Block* finalizer = nullptr;       // null without a finally
};

struct DebuggerStatement : Statement {
  static constexpr NodeKind kKind = NodeKind::kDebuggerStatement;
};

// Nothing to evaluate: the program's Module has the entries.
struct ImportDeclaration : Statement {
  static constexpr NodeKind kKind = NodeKind::kImportDeclaration;
};

// export of a declaration; `declaration` is null for the forms that evaluate nothing.
struct ExportDeclaration : Statement {
  static constexpr NodeKind kKind = NodeKind::kExportDeclaration;
  Statement* declaration = nullptr;
};

// export default. Either a FunctionDeclaration or ClassDeclaration (with a binding named *default*
// and the name "default" when anonymous), or an expression that initialises *default*.
struct ExportDefault : Statement {
  static constexpr NodeKind kKind = NodeKind::kExportDefault;
  Statement* declaration = nullptr;
  Expression* expression = nullptr;
  Reference binding;  // of *default*, with `expression`
};

}  // namespace skein::syntax
