#include "tests/unit/syntax/parse_helpers.h"

namespace skein::syntax {
namespace {

struct Case {
  const char* text;
  const char* expected;
};

void expect_all(std::initializer_list<Case> cases, Goal goal = Goal::kScript) {
  for (const Case& each : cases) EXPECT_EQ(show(each.text, goal), each.expected) << each.text;
}

// The function f of the text, and its scopes.
struct Parsed {
  std::shared_ptr<const Program> program;
  const FunctionNode* function;
};

Parsed function_f(std::string_view text) {
  ParseResult result = parse(text);
  EXPECT_TRUE(result.ok()) << text << ": " << result.error.message;
  return {result.program, find_function(*result.program, "f")};
}

TEST(Scope, RegistersAndEnvironments) {
  expect_all({
      {"function f(a, b) { let c = a; var d; return c + d }",
       "(program (declare f:global (function f [a:r0 b:unused] (let c:r1=a:r0) (var d:r2) (return (+ c:r1 "
       "d:r2)))))"},
      {"function f(a) { return () => a }",
       "(program (declare f:global (function f [a:e0.0] (return (arrow [] (return a:e0.0))))))"},
      {"function f(a) { { let b; return () => a + b } }",
       "(program (declare f:global (function f [a:e0.0] (block (let b:e0.0) (return (arrow [] (return (+ "
       "a:e1.0 "
       "b:e0.0))))))))"},
      {"function f(a) { { let b; g(b); return () => a } }",
       "(program (declare f:global (function f [a:e0.0] (block (let b:r0) (call g:global b:r0) (return "
       "(arrow [] "
       "(return a:e0.0)))))))"},
      {"let x; function f() { return x }",
       "(program (let x:global) (declare f:global (function f [] (return x:global))))"},
      {"{ let x; x }", "(program (block (let x:r0) x:r0))"},
  });
}

TEST(Scope, TemporalDeadZone) {
  expect_all({
      {"{ x; let x; x }", "(program (block x:r0! (let x:r0) x:r0))"},
      {"{ let x = x }", "(program (block (let x:r0=x:r0!)))"},
      {"{ let x = 1; (() => x) }", "(program (block (let x:e0.0=1) (arrow [] (return x:e0.0))))"},
      {"{ let x = () => x }", "(program (block (let x:e0.0=(arrow [] (return x:e0.0!)))))"},
      {"{ let x = 1; function g() { x } }",
       "(program (block (let x:e0.0=1) (declare g:r0 (function g [] x:e0.0!) var:global)))"},
      {"switch (1) { case 0: let x = 1; x }", "(program (switch 1 (case 0 (let x:r0=1) x:r0!)))"},
      {"for (let x of x) x", "(program (for-of (let x:r0) x:r0! x:r0))"},
      {"function f(a = b, b = a) { a; b }",
       "(program (declare f:global (function f [a:r0=b:r1! b:r1=a:r0] a:r0 b:r1)))"},
      {"function f(a = () => b, b) { return () => b }",
       "(program (declare f:global (function f [a:unused=(arrow [] (return b:e0.0!)) b:e0.0] (return (arrow "
       "[] "
       "(return b:e0.0))))))"},
      {"{ class A { static b = A; c() { A } [A] } A }",
       "(program (block (class A:r0 (static field b A:e0.0) (method c (method [] A:e0.0)) (field [A:e0.0!])) "
       "A:r0))"},
  });
}

TEST(Scope, Loops) {
  Parsed parsed = function_f("function f() { for (let i = 0; i < 3; ++i) g(() => i) }");
  const auto* loop = parsed.function->body[0]->as<For>();
  EXPECT_TRUE(loop->scope->needs_environment);
  EXPECT_TRUE(loop->scope->copies_per_iteration);
  Parsed plain = function_f("function f() { for (let i = 0; i < 3; ++i) g(i) }");
  EXPECT_FALSE(plain.function->body[0]->as<For>()->scope->needs_environment);
  Parsed constant = function_f("function f() { for (const i = 0;;) g(() => i) }");
  EXPECT_FALSE(constant.function->body[0]->as<For>()->scope->copies_per_iteration);
}

TEST(Scope, BodyScopeOfParameterExpressions) {
  Parsed parsed = function_f("function f(a, b = () => a) { var a; a = 1; return () => a }");
  ASSERT_NE(parsed.function->scope, parsed.function->body_scope);
  EXPECT_EQ(dump(*parsed.function->scope), "function*{a:e0 b:unused}");
  EXPECT_EQ(dump(*parsed.function->body_scope), "body*{a:e0}");
  const Variable* variable = parsed.function->body_scope->variables()[0];
  ASSERT_NE(variable->initial_value, nullptr);
  EXPECT_EQ(variable->initial_value->kind, VariableKind::kParameter);
}

TEST(Scope, Arguments) {
  EXPECT_FALSE(function_f("function f(a) { a = 1 }").function->uses_arguments);
  Parsed length = function_f("function f(a) { return arguments.length + arguments[0] }");
  EXPECT_TRUE(length.function->uses_arguments);
  EXPECT_FALSE(length.function->needs_mapped_arguments);
  EXPECT_TRUE(function_f("function f(a) { a = 1; arguments[0] }").function->needs_mapped_arguments);
  EXPECT_TRUE(function_f("function f(a) { arguments[0] = 1 }").function->needs_mapped_arguments);
  EXPECT_TRUE(function_f("function f(a) { arguments[0]() }").function->needs_mapped_arguments);
  EXPECT_TRUE(function_f("function f(a) { g(arguments) }").function->needs_mapped_arguments);
  EXPECT_FALSE(function_f("function f(a) { 'use strict'; g(arguments) }").function->needs_mapped_arguments);
  EXPECT_FALSE(function_f("function f(a = 1) { g(arguments) }").function->needs_mapped_arguments);
  EXPECT_TRUE(function_f("function f(a) { return () => arguments }").function->uses_arguments);
  EXPECT_TRUE(function_f("function f(a) { var arguments; g(arguments) }").function->uses_arguments);
  EXPECT_FALSE(function_f("function f(arguments) { arguments }").function->uses_arguments);
  EXPECT_FALSE(function_f("function f() { let arguments; arguments }").function->uses_arguments);
  EXPECT_FALSE(function_f("function f() { function g() { arguments } }").function->uses_arguments);
}

TEST(Scope, PseudoVariables) {
  expect_all({
      {"this; () => this", "(program this:globalThis (arrow [] (return this:globalThis)))"},
      {"function f() { this; new.target }",
       "(program (declare f:global (function f [] this:r0 new.target:r1)))"},
      {"function f() { return () => () => this }",
       "(program (declare f:global (function f [] (return (arrow [] (return (arrow [] (return "
       "this:e0.0))))))))"},
      {"class A extends B { constructor() { this } }",
       "(program (class A:global extends B:global (derived A [] this:r0!)))"},
      {"(a = this) => this", "(program (arrow [a:unused=this:globalThis] (return this:globalThis)))"},
  });
  expect_all({{"this; () => this", "(program this:undefined (arrow [] (return this:undefined)))"}},
             Goal::kModule);
  Parsed method = function_f("class A { static x() { function f() {} } y() { return () => super.z } }");
  for (const FunctionNode* function : method.program->functions) {
    EXPECT_EQ(function->needs_home_object, function->home_object_variable != nullptr);
  }
}

TEST(Scope, FunctionNames) {
  expect_all({
      {"(function g() { g })", "(program (function g [] g:r0))"},
      {"(function g() { return () => g })", "(program (function g [] (return (arrow [] (return g:e0.0)))))"},
      {"(function g(g) { g })", "(program (function g [g:r0] g:r0))"},
      {"(function g() { var g; g })", "(program (function g [] (var g:r0) g:r0))"},
      {"(function g(a = g) { var g; g })", "(program (function g [a:unused=g:r0] (var g:r1) g:r1))"},
  });
}

TEST(Scope, ArrowParametersMoveReferencesAndFunctions) {
  expect_all({
      {"function f(x) { return (y = x, z = () => y) => z }",
       "(program (declare f:global (function f [x:e0.0] (return (arrow [y:e0.0=x:e1.0 z:r0=(arrow [] (return "
       "y:e0.0))] (return z:r0))))))"},
      {"function f(x) { return (x, y = class { [x]() { x } }) => y }",
       "(program (declare f:global (function f [x:unused] (return (arrow [x:e0.0 y:r0=(class (method "
       "[x:e0.0] "
       "(method [] x:e0.0)))] (return y:r0))))))"},
  });
}

TEST(Scope, DirectEval) {
  Parsed parsed = function_f("function f(a) { let b; { let c; eval('') } g }");
  EXPECT_TRUE(parsed.function->contains_direct_eval);
  EXPECT_TRUE(parsed.function->scope->is_extensible);
  EXPECT_EQ(dump(*parsed.function->scope), "function*{a:e0 b:e1! %this:e2 %new.target:e3 arguments:e4}");
  EXPECT_EQ(
      show("function f(a) { eval(''); a; g }"),
      "(program (declare f:global (function f [a:e0.0] (eval-call eval:dynamic \"\") a:e0.0 g:dynamic)))");
  EXPECT_EQ(
      show("function f(a) { 'use strict'; eval(''); a; g }"),
      "(program (declare f:global (function f [a:e0.0] \"use strict\" (eval-call eval:global \"\") a:e0.0 "
      "g:global)))");
  EXPECT_EQ(show("function f(a) { (0, eval)(a) }"),
            "(program (declare f:global (function f [a:r0] (call (, 0 eval:global) a:r0))))");
  EXPECT_EQ(show("eval(''); x"), "(program (eval-call eval:global \"\") x:global)");
}

TEST(Scope, With) {
  EXPECT_EQ(show("function f(o, a) { let b; with (o) { let c; a; b; c } b }"),
            "(program (declare f:global (function f [o:r0 a:e0.0] (let b:e0.1) (with o:r0 (block (let c:r1) "
            "a:dynamic "
            "b:dynamic c:r1)) b:e0.1)))");
}

TEST(Scope, BlockFunctionsHoist) {
  expect_all({
      {"function f() { { function g() {} } g }",
       "(program (declare f:global (function f [] (block (declare g:r1 (function g []) var:r0)) g:r0)))"},
      {"function f() { { function g() {} } let g }",
       "(program (declare f:global (function f [] (block (declare g:unused (function g []))) (let "
       "g:unused))))"},
      {"function f(g) { { function g() {} } }",
       "(program (declare f:global (function f [g:unused] (block (declare g:unused (function g []))))))"},
      {"function f() { 'use strict'; { function g() {} } }",
       "(program (declare f:global (function f [] \"use strict\" (block (declare g:unused (function g "
       "[]))))))"},
      {"if (1) function g() {}", "(program (if 1 (block (declare g:r0 (function g []) var:global))))"},
  });
  ParseResult result = parse("{ function g() {} } { function h() {} } let h; var i; function j() {}");
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result.program->annex_b_names.size(), 1u);
  EXPECT_EQ(result.program->annex_b_names[0]->to_utf8(), "g");
  ASSERT_EQ(result.program->var_names.size(), 1u);
  ASSERT_EQ(result.program->var_functions.size(), 1u);
  ASSERT_EQ(result.program->lexical_declarations.size(), 1u);
}

TEST(Scope, LastFunctionOfANameCounts) {
  ParseResult result = parse("function a() { 1 } function b() {} function a() { 2 }");
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result.program->var_functions.size(), 2u);
  EXPECT_EQ(result.program->var_functions[0]->binding->name->to_utf8(), "b");
  EXPECT_EQ(result.program->var_functions[1]->start, 35u);
}

// Parses `code` as a direct eval at the only eval call of `text`.
std::string eval_inside(std::string_view text, std::string_view code) {
  ParseResult outer = parse(text);
  EXPECT_TRUE(outer.ok()) << text;
  struct Finder {
    // The call is the initializer of the last statement of the function with the eval.
    static const Call* find(const Program& program) {
      for (const FunctionNode* function : program.functions) {
        for (const Statement* statement : function->body) {
          if (!statement->is<ExpressionStatement>()) continue;
          const Expression* expression = statement->as<ExpressionStatement>()->expression;
          if (expression->is<Call>() && expression->as<Call>()->eval_scope != nullptr)
            return expression->as<Call>();
        }
      }
      return nullptr;
    }
  };
  const Call* call = Finder::find(*outer.program);
  EXPECT_NE(call, nullptr);
  ParseOptions options;
  options.outer_scope = make_scope_info(*call->eval_scope, nullptr);
  options.is_strict = call->eval_scope->is_strict;
  return show(code, Goal::kEval, options);
}

TEST(Scope, EvalSeesItsSurroundings) {
  EXPECT_EQ(eval_inside("function f(a) { let b = 1; eval('') }", "a; b; c; this; new.target; arguments"),
            "(program a:e0.0 b:e0.1! c:dynamic this:e0.2 new.target:e0.3 arguments:e0.4)");
  EXPECT_EQ(eval_inside("function f(a) { return () => { let b; eval('') } }", "let c = a; (() => c + b)"),
            "(program (let c:e0.0=a:dynamic) (arrow [] (return (+ c:e0.0 b:e1.0!))))");
  EXPECT_EQ(eval_inside("function f(a) { eval('') }", "var v = 1; v; function g() {}"),
            "(program (var v:dynamic=1) v:dynamic (declare g:dynamic (function g [])))");
  EXPECT_EQ(eval_inside("function f(a) { 'use strict'; eval('') }", "var v = 1; v; w"),
            "(program (var v:r0=1) v:r0 w:global)");
  EXPECT_EQ(eval_inside("eval('')", "var v = 1; v; let w; w; new.target"),
            "error: new.target expression is not allowed here");
  EXPECT_EQ(eval_inside("eval('')", "var v = 1; v; let w; w; this"),
            "(program (var v:global=1) v:global (let w:r0) w:r0 this:globalThis)");
  EXPECT_EQ(eval_inside("class A { #p; m() { eval('') } }", "this.#p; super.x"),
            "(program (. this:e0.0 #p:e1.1) (. super x))");
  EXPECT_EQ(eval_inside("class A { #p; m() { eval('') } }", "this.#q"),
            "error: Private field '#q' must be declared in an enclosing class");
  EXPECT_EQ(eval_inside("function f() { eval('') }", "super.x"), "error: 'super' keyword unexpected here");
  EXPECT_EQ(show("arguments; this; var x; let y; x; y", Goal::kEval),
            "(program arguments:global this:globalThis (var x:global) (let y:r0) x:global y:r0)");
}

TEST(Scope, Modules) {
  expect_all(
      {
          {"import {a} from 'x'; export let b = a; let c = b; c; export function d() { return c }",
           "(program (import) (export (let b:e0.0=a:i0!)) (let c:e0.1=b:e0.0) c:e0.1 (export (declare d:e0.2 "
           "(function d [] (return c:e0.1!)))))"},
          {"let a = 1; a", "(program (let a:r0=1) a:r0)"},
      },
      Goal::kModule);
}

TEST(Scope, JumpTargets) {
  Parsed parsed = function_f("function f() { a: for (;;) { for (;;) { continue a; break; break a } } }");
  const auto* label = parsed.function->body[0]->as<Labelled>();
  const auto* outer = label->body->as<For>();
  const auto* inner = outer->body->as<Block>()->statements[0]->as<For>();
  StatementList jumps = inner->body->as<Block>()->statements;
  EXPECT_EQ(jumps[0]->as<Continue>()->target, outer->target);
  EXPECT_EQ(jumps[1]->as<Break>()->target, inner->target);
  EXPECT_EQ(jumps[2]->as<Break>()->target, label->target);
  EXPECT_TRUE(outer->target->has_continue);
  EXPECT_FALSE(outer->target->has_break);
}

}  // namespace
}  // namespace skein::syntax
