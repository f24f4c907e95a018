// FunctionCompiler: the code of one function (or of a script, module or eval).
//
// Expressions. evaluate_into computes into a given register and writes it last: when a local is the
// destination nobody sees a halfway value, and an exception leaves it as it was. evaluate gives
// whatever register holds the value, which may be a variable's own; evaluate_before is for a value
// that must survive the evaluation of another expression, which might assign to that variable.
//
// Environments. Each scope that materialises keeps its environment in a register (environments_ has
// them, innermost last), so a reference `hops` out is one slot access: through a register inside this
// function, or `hops` minus the number of our own environments out from frame.environment.
//
// The members are defined in files by family: expressions.cpp, assignments.cpp, patterns.cpp,
// calls.cpp, literals.cpp, classes.cpp, decorators.cpp, functions.cpp, scopes.cpp, statements.cpp, loops.cpp,
// control.cpp, generators.cpp, programs.cpp.
#pragma once

#include <initializer_list>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/bytecode/builder.h"
#include "core/compiler/control.h"
#include "core/syntax/ast.h"
#include "core/syntax/program.h"

namespace skein::compiler {

using bytecode::Executable;
using bytecode::FeedbackKind;
using bytecode::StringIndex;
using namespace syntax;  // the tree: this library is nothing but its translation

// What a closure is called: [prefix and space] name, or nothing.
struct ClosureName {
  const Name* name = nullptr;
  const char* prefix = nullptr;  // "get", "set"
};

class FunctionCompiler {
 public:
  FunctionCompiler(const Program& program, const FunctionNode& function);

  Ref<const Executable> compile_function(ClosureName name);
  Ref<const Executable> compile_program();
  // The constructor of a class that declares none.
  static Ref<const Executable> compile_default_constructor(const Program& program, const ClassNode& node,
                                                           const Name* name);

 private:
  // Releases the temporaries taken since it was made.
  class Temporaries {
   public:
    explicit Temporaries(FunctionCompiler& compiler) : code_(compiler.code_), mark_(code_.mark()) {}
    ~Temporaries() { code_.release(mark_); }
    Temporaries(const Temporaries&) = delete;

   private:
    Builder& code_;
    Register mark_;
  };

  // A property key as an operand: a name, or a register for all that is computed, numeric or an index.
  struct Key {
    const Name* name = nullptr;
    Register reg = 0;
  };

  // An assignment target whose subexpressions have been evaluated: a Reference Record.
  struct Place {
    enum class Kind : uint8_t {
      kVariable,
      kResolved,      // a dynamic name: `object` is the reference
      kStrictGlobal,  // `object` says whether it was resolvable
      kProperty,      // object.key
      kPrivate,       // object.key, key a Private Name
      kSuper,         // object is the super base, receiver `this`
      kPattern,
      kInvalid,  // a call: throws when written
    };
    Kind kind = Kind::kVariable;
    const Expression* node = nullptr;
    const Expression* source = nullptr;  // of a pattern: what gives the value
    Register object = 0;
    Key key;
    Register receiver = 0;
  };

  enum class PlaceUse : uint8_t { kWrite, kReadAndWrite };

  // ---- scopes.cpp: names ----
  StringIndex string(const Name* name);
  Register variable_register(const Variable* variable);
  void assign_registers();
  Register environment_register();  // the innermost environment, loaded into a temporary if need be
  void create_environment(const Scope& scope, Register dst);
  uint32_t scope_descriptor(const Scope& scope);
  void enter_scope(const Scope* scope);
  void leave_scope(const Scope* scope);
  void instantiate_functions(const Scope& scope);
  void initialize_vars(const Scope& scope);
  template <typename Body>
  void with_scope(const Scope* scope, Body body);
  uint16_t hops_to(const Scope* from, const Scope* to) const;

  void load(const Reference& reference, const Name* name, Register dst);
  Register load(const Reference& reference, const Name* name);
  void load_import(const Reference& reference, const Name* name, Register dst);
  void load_slot(const Reference& reference, const Name* name, Register dst);
  void store(const Reference& reference, const Name* name, Register value);
  void store_slot(const Reference& reference, const Name* name, Register value);
  bool store_constant(const Reference& reference, const Name* name);
  void store_variable(const Variable& variable, Register value);  // of a scope of this function
  void load_variable(const Variable& variable, Register dst);
  Register own_environment(const Scope* scope) const;
  void load_this(const Reference& reference, Register dst);
  Register load_this(const Reference& reference);

  // ---- expressions.cpp ----
  Register evaluate(const Expression& expression);
  Register evaluate_before(const Expression& expression, std::initializer_list<const Expression*> later);
  Register evaluate_to_temporary(const Expression& expression);
  void evaluate_into(const Expression& expression, Register dst);
  // With the name for an anonymous function or class.
  void evaluate_named_into(const Expression& expression, const Name* name, Register dst);
  // The same with a name that only the register knows (a computed key).
  void evaluate_keyed_into(const Expression& expression, const Key& key, Register dst);
  void evaluate_for_effect(const Expression& expression);
  void branch(const Expression& test, bool when, Label& target);
  bool branch_comparison(const Binary& test, bool when, Label& target);
  void branch_logical(const Logical& test, bool when, Label& target);
  void binary(BinaryOperator op, Register dst, Register left, Register right);
  void binary(BinaryOperator op, Register dst, Register left, const Expression& right);
  bool binary_immediate(BinaryOperator op, Register dst, Register left, int value);
  void load_number(double value, Register dst);
  void type_of(const Expression& operand, Register dst);
  void delete_expression(const Expression& operand, Register dst);

#define V(name) void into(const name& node, Register dst);
  SKEIN_EXPRESSION_NODES(V)
#undef V

  // ---- literals.cpp ----
  Key literal_key(const Expression& key);  // not computed
  Key property_key(const Expression& key, bool is_computed);
  Register key_register(const Key& key);
  bool into_shaped_literal(const ObjectLiteral& node, Register dst);
  void define_property(Register object, const Property& property);
  void define_method(Register object, Register home, const Key& key, const FunctionNode& function,
                     unsigned flags);
  void get(Register dst, Register object, const Key& key);
  void put(Register object, const Key& key, Register value);
  void define(Register object, const Key& key, Register value);
  void append_elements(ExpressionList elements, Register array);

  // ---- functions.cpp ----
  void closure(const FunctionNode& function, ClosureName name, Register dst);
  void method(const FunctionNode& function, ClosureName name, Register home, Register dst);
  void describe(ClosureName name);
  void prologue();
  void bind_pseudo_variables();
  void bind_arguments_object();
  void bind_parameters();
  void bind_parameter(const Parameter& parameter, uint32_t index);
  void mapped_arguments(Register dst);
  void body();
  void initialize_fields();
  void static_elements();
  void field(const ClassElement& element, Register object);
  void body_statements();
  void return_undefined();

  // ---- assignments.cpp ----
  Place prepare(const Expression& target, const Expression* value, PlaceUse use = PlaceUse::kWrite);
  void read(const Place& place, Register dst);
  void write(const Place& place, Register value);
  void prepare_for_update(Place& place);
  Register assign(const Assignment& node, bool wants_value);
  Register assign_compound(const CompoundAssignment& node);
  Register assign_logical(const LogicalAssignment& node);
  Register update(const Update& node, bool wants_value);
  Register own_register(const Reference& reference);  // of a plain local, else 0
  void mark_target(const Expression& target);

  // ---- patterns.cpp ----
  // Assigns value to a target or binding, a pattern or not.
  void assign_target(const Expression& target, Register value);
  void destructure(const Expression& pattern, Register value, const Expression* source = nullptr);
  void destructure_array(const ArrayPattern& pattern, Register value, const Expression* source);
  void destructure_object(const ObjectPattern& pattern, Register value, const Expression* source);
  void mark_source(const Expression& pattern, const Expression* source);
  template <typename Produce>
  void assign_element(const PatternElement& element, Produce produce, const Expression* source = nullptr);
  void array_element(const PatternElement& element, Control& iteration, bool is_first);
  void step(Control& iteration, Register dst, bool is_first);
  void apply_default(const PatternElement& element, Register value);

  // ---- calls.cpp ----
  void callee_into(const Expression& callee, Register window);
  void arguments_into(ExpressionList arguments);
  void spread_into(const Spread& spread, Register array);
  void spread_arguments_into(ExpressionList arguments, Register array);
  bool call_method(const Call& node, Register dst);
  void call_specially(const Call& node, Register dst, Register window);
  void mark_call(const Expression& callee, uint32_t arguments_start);
  uint32_t eval_site(const Scope& scope);
  void jump_if_optional(bool is_optional, Register value);
  Register super_base(const Reference& home_object);

  // ---- classes.cpp ----
  void class_into(const ClassNode& node, const Name* name, const Key* key, Register dst);
  void declare_private_names(const Scope& scope);
  void class_elements(const ClassNode& node, Register pair);
  void class_method(const ClassElement& element, Register pair);
  void add_private_methods(const ClassNode& node, bool is_static, const Scope* from, Register object);
  void run_static_initializer(const ClassNode& node, Register self, Register home);
  void load_private_name(const ClassElement& element, const Scope* from, Register dst);

  // ---- decorators.cpp ----
  // The registers of a class element between its evaluation and its definition.
  struct ElementParts {
    Register slots = 0;   // consecutive, as in a record
    Register record = 0;  // of decorated ones
  };
  void decorators_into(std::span<Expression* const> decorators, Register dst);
  void read_record(Register record, int slot, Register dst);
  ElementParts element_parts(const ClassElement& element, Register pair, Register extras);
  const Name* element_key(const ClassElement& element, Register dst);
  void mark_element(const ClassElement& element);
  void apply_decorators(const ClassElement& element, const ElementParts& parts);
  void define_element_parts(const ClassElement& element, Register pair, const ElementParts& parts);
  void decorated_elements(const ClassNode& node, Register pair, Register static_extras);
  Register decorate_class(const ClassNode& node, const Name* name, const Key* key, Register decorators, Register dst);

  // ---- statements.cpp ----
  void statement(const Statement& statement);
  void statements(StatementList list);
#define V(name) void execute(const name& node);
  SKEIN_STATEMENT_NODES(V)
#undef V
  void try_catch(const Try& node);
  void reset_completion();
  void bind_declarator(const VariableDeclaration& node, const Declarator& declarator);
  void copy_to_var(const FunctionDeclaration& node);

  // ---- loops.cpp ----
  void loop_body(const Loop& node, Label& continue_label);
  void close_loop(const Expression* test, Label& top);
  bool compare_and_loop(const Expression& test, Label& top);
  void per_iteration_copy(const Scope* scope);
  Register for_each_subject(const ForEach& node);
  Register for_each_local(const ForEach& node);
  void for_each_binding(const ForEach& node, Register value);
  void for_each_iteration(const ForEach& node, Register value, Label& continue_label);
  void for_of_loop(const ForOf& node, Control& iteration);

  // ---- control.cpp ----
  void push(Control& control);
  void pop(Control& control);  // ends its handler range too
  void open_range(Control& control, Label& handler, Register exception);
  void close_range(Control& control);
  // Runs body with the handler ranges of the innermost entry interrupted.
  template <typename Body>
  void outside(Control& control, Body body);
  void leave(const Exit& exit, Register value);
  void leave_through(Control& control, const Exit& exit, Register value, bool& arrived);
  void close_iterator(const Control& control);
  void close_iterator_silently(const Control& control);
  void return_from_function(Register value);
  void return_value(Register value);  // a return statement: through everything
  template <typename Body, typename Finalizer>
  void with_finally(Body body, Finalizer finalizer);
  void dispatch_completion(Control& control);
  void dispose(const Control& control, Register stack, bool is_async);
  template <typename Body>
  void with_disposal(const Scope* scope, Body body);

  // ---- generators.cpp ----
  void await(Register dst, Register value);
  void yield_value(Register dst, Register value);
  void yield_delegate(const Yield& node, Register dst);
  struct Delegation;
  void delegate_next(Delegation& state);
  void delegate_throw(Delegation& state);
  void delegate_return(Delegation& state);
  void await_if_async(Register reg);
  void async_close(const Control& control);

  // ---- programs.cpp ----
  void script_prologue();
  void eval_prologue();
  void module_prologue();
  void declare_annex_b(Register environment);
  uint32_t declarations();
  std::unique_ptr<bytecode::ModuleMetadata> describe_module();
  void describe_entries(bytecode::ModuleMetadata& metadata);
  uint32_t module_slot(const Variable* variable) const;

  // ---- positions ----
  void mark(const Node& node) {
    code_.set_position({node.start, node.start, node.end});
  }
  void mark(uint32_t position, const Node& range) {
    code_.set_position({position, range.start, range.end});
  }

  bool is_generator() const {
    return function_.is_generator;
  }
  bool is_async() const {
    return function_.is_async;
  }
  uint32_t feedback(FeedbackKind kind) {
    return code_.add_feedback(kind);
  }
  bool is_strict() const {
    return is_strict_;
  }

  const Program& program_;
  const FunctionNode& function_;
  Builder code_;
  bool is_strict_;
  std::unordered_map<const Name*, StringIndex> strings_;
  std::vector<Register> variable_registers_;  // by Variable::index
  struct Environment {
    const Scope* scope;
    Register reg;
  };
  std::vector<Environment> environments_;
  // Of scopes that have a `using`, innermost last.
  std::vector<Register> disposable_stacks_;
  Control* control_ = nullptr;
  Label* optional_exit_ = nullptr;
  Register metadata_ = 0;  // of the decorated class that is being compiled
  // In a derived constructor, behind a super(…) that is a statement of the body itself.
  bool is_this_bound_ = false;
  bool wants_completion_ = false;
  Register completion_ = 0;
  // Block functions of a script or eval: whether they may be vars too (Annex B.3.3).
  std::unordered_map<const Name*, Register> annex_b_allowed_;
};

// ---- Templates of more than one file ----

template <typename Body>
void FunctionCompiler::with_scope(const Scope* scope, Body body) {
  if (scope == nullptr) return body();
  Temporaries temporaries(*this);
  enter_scope(scope);
  with_disposal(scope, body);
  leave_scope(scope);
}

template <typename Body>
void FunctionCompiler::outside(Control& control, Body body) {
  close_range(control);
  body();
  control.range_start = code_.position();
}

// Body, then finalizer(control) however body was left. The finalizer may change the completion registers.
template <typename Body, typename Finalizer>
void FunctionCompiler::with_finally(Body body, Finalizer finalizer) {
  Temporaries temporaries(*this);
  Control control{ControlKind::kFinally};
  control.completion_kind = code_.take();
  control.completion_value = code_.take();
  Label handler, entry;
  control.finalizer = &entry;
  push(control);
  open_range(control, handler, control.completion_value);
  body();
  pop(control);
  code_.load_int_(control.completion_kind, Control::kNormal);
  code_.jump_(entry);
  code_.bind(handler);
  code_.load_int_(control.completion_kind, Control::kThrow);
  code_.bind(entry);
  finalizer(control);
  dispatch_completion(control);
}

template <typename Body>
void FunctionCompiler::with_disposal(const Scope* scope, Body body) {
  if (!scope->has_using && !scope->has_await_using) return body();
  Register stack = code_.take();
  code_.create_disposable_stack_(stack);
  disposable_stacks_.push_back(stack);
  with_finally(body, [&](Control& control) { dispose(control, stack, scope->has_await_using); });
  disposable_stacks_.pop_back();
}

}  // namespace skein::compiler
