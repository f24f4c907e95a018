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

TEST(Parser, Operators) {
  expect_all({
      {"1 + 2 * 3 - 4", "(program (- (+ 1 (* 2 3)) 4))"},
      {"2 ** 3 ** 2", "(program (** 2 (** 3 2)))"},
      {"(-1) ** 2", "(program (** (- 1) 2))"},
      {"1 < 2 === true", "(program (=== (< 1 2) true))"},
      {"1 && 2 || 3", "(program (|| (&& 1 2) 3))"},
      {"null ?? (1 || 2)", "(program (?? null (|| 1 2)))"},
      {"1 ? 2 : 3 ? 4 : 5", "(program (? 1 2 (? 3 4 5)))"},
      {"typeof void !1", "(program (typeof (void (! 1))))"},
      {"x >>>= 1, x &&= 2, x ?\?= 3", "(program (, (>>>= x:global 1) (&&= x:global 2) (?\?= x:global 3)))"},
      {"a = b = 1", "(program (= a:global (= b:global 1)))"},
      {"++a, b--", "(program (, (++_ a:global) (_-- b:global)))"},
      {"a\n++b", "(program a:global (++_ b:global))"},
      {"a?.b.c(1)?.[2]", "(program (chain (?.[] (call (. (?. a:global b) c) 1) 2)))"},
      {"(a?.b).c", "(program (. (chain (?. a:global b)) c))"},
      {"a?.5:1", "(program (? a:global 0.5 1))"},
      {"new a.b(1).c", "(program (. (new (. a:global b) 1) c))"},
      {"new new a(1)(2)", "(program (new (new a:global 1) 2))"},
      {"import('x', {})", "(program (import \"x\" (object)))"},
      {"import.defer('x')", "(program (import.defer \"x\"))"},
  });
}

TEST(Parser, Literals) {
  expect_all({
      {"0x10, 0b11, 0o17, 017, 089, 1_000, .5e1", "(program (, 16 3 15 15 89 1000 5))"},
      {"0xFFFFFFFFFFFFFFFFF", "(program 295147905179352825856)"},
      {"1e400, 1e-400", "(program (, inf 0))"},
      {"9007199254740993", "(program 9007199254740992)"},
      {"123n, 0x1Fn", "(program (, 123n 0x1Fn))"},
      {"'a\\x41\\u{42}\\103\\\nd'", "(program \"aABCd\")"},
      {"/a[/]b/gi.x", "(program (. /a[/]b/gi x))"},
      {"a / b / c", "(program (/ (/ a:global b:global) c:global))"},
      {"`a${1}b${`c`}`", "(program (template `a` 1 `b` (template `c`) ``))"},
      {"x`\\u`", "(program (tagged x:global (template `<undefined>`)))"},
      {"[1,,2,...x]", "(program (array 1 _ 2 (... x:global)))"},
      {"({a, b: 1, [c]: 2, 'd': 3, 4: 5, ...e})",
       "(program (object a=a:global b=1 [c:global]=2 d=3 4=5 (... e:global)))"},
      {"({get a() {}, set b(c) {}, async *d() {}, get: 1, async: 2})",
       "(program (object a=(get []) b=(set [c:unused]) d=(async method* []) get=1 async=2))"},
      {"({__proto__: a})", "(program (object proto __proto__=a:global))"},
  });
}

TEST(Parser, Patterns) {
  expect_all({
      {"[a, b = 1, ...c] = d", "(program (= (array-pattern a:global b:global=1 (... c:global)) d:global))"},
      {"({a, b: c.d, e = 1, ...f} = g)",
       "(program (= (object-pattern a->a:global b->(. c:global d) e->e:global=1 (... f:global)) g:global))"},
      {"[[a.b]] = [{c} = {}] = 1",
       "(program (= (array-pattern (array-pattern (. a:global b))) (= (array-pattern (object-pattern "
       "c->c:global)=(object)) 1)))"},
      {"for ([a, b] of c);", "(program (for-of (array-pattern a:global b:global) c:global (empty)))"},
  });
}

TEST(Parser, ArrowFunctions) {
  expect_all({
      {"x => x", "(program (arrow [x:r0] (return x:r0)))"},
      {"(x, y) => { y }", "(program (arrow [x:unused y:r0] y:r0))"},
      {"() => {}", "(program (arrow []))"},
      {"({a, b = 1}, [c]) => a + b + c",
       "(program (arrow [(object-pattern a->a:r0 b->b:r1=1) (array-pattern c:r2)] (return (+ (+ a:r0 b:r1) "
       "c:r2))))"},
      {"(a, ...[b]) => b", "(program (arrow [a:unused ...(array-pattern b:r0)] (return b:r0)))"},
      {"async x => await x", "(program (async arrow [x:r0] (return (await x:r0))))"},
      {"async (x, ...y) => x", "(program (async arrow [x:r0 ...y:unused] (return x:r0)))"},
      {"async (x, ...y)", "(program (call async:global x:global (... y:global)))"},
      {"async\n(x)", "(program (call async:global x:global))"},
      {"a = b => c => b",
       "(program (= a:global (arrow [b:e0.0] (return (arrow [c:unused] (return b:e0.0))))))"},
      {"(a = (b) => b) => a", "(program (arrow [a:r0=(arrow [b:r0] (return b:r0))] (return a:r0)))"},
  });
}

TEST(Parser, Statements) {
  expect_all({
      {"if (a) b; else if (c) d; else e;",
       "(program (if a:global b:global (if c:global d:global e:global)))"},
      {"for (;;) break;", "(program (for _ _ _ (break)))"},
      {"for (var i = 0 in {});", "(program (for-in (var i:global=0) (object) (empty)))"},
      {"a: for (let x of y) continue a;", "(program (label a (for-of (let x:unused) y:global (continue))))"},
      {"do x; while (1) y", "(program (do 1 x:global) y:global)"},
      {"switch (a) { case 1: b; default: }", "(program (switch a:global (case 1 b:global) (case _)))"},
      {"try { a } catch { b } finally { c }",
       "(program (try (block a:global) (catch (block b:global)) (finally (block c:global))))"},
      {"let\na", "(program (let a:global))"},
      {"let = 1; async; of; get", "(program (= let:global 1) async:global of:global get:global)"},
      {"for (async of => 1;;);", "(program (for (async arrow [of:unused] (return 1)) _ _ (empty)))"},
      {"throw a", "(program (throw a:global))"},
      {"<!-- html\n--> more\na", "(program a:global)"},
  });
}

TEST(Parser, Classes) {
  expect_all({
      {"class A extends B { constructor() { super() } static x = 1; get y() {} }",
       "(program (class A:global extends B:global (derived A [] (super)) (static field x 1) (get y (get "
       "[]))))"},
      {"class A { static async *a() {} static static() {} get; set; async\nb() {} }",
       "(program (class A:global (static method a (async method* [])) (static method static (method [])) "
       "(field "
       "get) (field set) (field async) (method b (method []))))"},
      {"class A { static { 1 } }", "(program (class A:global (static block 1)))"},
      {"class A { #x = 1; static has(o) { return #x in o && o.#x } }",
       "(program (class A:global (field #x:e0.0 1) (static method has (method [o:r0] (return (&& (in #x:e0.0 "
       "o:r0) "
       "(. o:r0 #x:e0.0)))))))"},
  });
}

TEST(Parser, EarlyErrors) {
  expect_all({
      {"(", "error: Unexpected end of input"},
      {"a b", "error: Unexpected identifier 'b'"},
      {"f(a b)", "error: missing ) after argument list"},
      {"1 = 2", "error: Invalid left-hand side in assignment"},
      {"a++ = 1", "error: Invalid left-hand side in assignment"},
      {"++1", "error: Invalid left-hand side expression in prefix operation"},
      {"for (1 of a);", "error: Invalid left-hand side in for-loop"},
      {"({a = 1})", "error: Invalid shorthand property initializer"},
      {"({a = 1}).b", "error: Invalid shorthand property initializer"},
      {"f({a = 1})", "error: Invalid shorthand property initializer"},
      {"({__proto__: 1, __proto__: 2})",
       "error: Duplicate __proto__ fields are not allowed in object literals"},
      {"[({a})] = 1", "error: Invalid destructuring assignment target"},
      {"[...a, b] = 1", "error: Rest element must be last element"},
      {"let a; let a", "error: Identifier 'a' has already been declared"},
      {"let a; { var a }", "error: Identifier 'a' has already been declared"},
      {"{ { var a } let a }", "error: Identifier 'a' has already been declared"},
      {"function f(a) { let a }", "error: Identifier 'a' has already been declared"},
      {"function f(a = 1) { let a }", "error: Identifier 'a' has already been declared"},
      {"try {} catch (e) { let e }", "error: Identifier 'e' has already been declared"},
      {"try {} catch ([e]) { var e }", "error: Identifier 'e' has already been declared"},
      {"const a", "error: Missing initializer in const declaration"},
      {"let [a]", "error: Missing initializer in destructuring declaration"},
      {"let let = 1", "error: let is disallowed as a lexically bound name"},
      {"'use strict'; with (a);", "error: Strict mode code may not include a with statement"},
      {"'use strict'; 010", "error: Octal literals are not allowed in strict mode."},
      {"function f() { '\\1'; 'use strict' }",
       "error: Octal escape sequences are not allowed in strict mode."},
      {"function f(a = 1) { 'use strict' }",
       "error: Illegal 'use strict' directive in function with non-simple parameter list"},
      {"function eval() { 'use strict' }", "error: Unexpected eval or arguments in strict mode"},
      {"'use strict'; delete a", "error: Delete of an unqualified identifier in strict mode."},
      {"(a, a) => 1", "error: Duplicate parameter name not allowed in this context"},
      {"break", "error: Illegal break statement"},
      {"a: continue a", "error: Illegal continue statement: 'a' does not denote an iteration statement"},
      {"while (1) break b", "error: Undefined label 'b'"},
      {"a: a: 1", "error: Label 'a' has already been declared"},
      {"return", "error: Illegal return statement"},
      {"-1 ** 2",
       "error: Unary operator used immediately before exponentiation expression. Parenthesis must be used to "
       "disambiguate operator precedence"},
      {"a ?? b || c", "error: Unexpected token '||'"},
      {"new.target", "error: new.target expression is not allowed here"},
      {"super.x", "error: 'super' keyword unexpected here"},
      {"class A { constructor() {} constructor() {} }", "error: A class may only have one constructor"},
      {"class A { #a; #a }", "error: Identifier '#a' has already been declared"},
      {"a.#b", "error: Private field '#b' must be declared in an enclosing class"},
      {"class A { x = arguments }",
       "error: 'arguments' is not allowed in class field initializer or static initialization block"},
      {"'abc", "error: Unterminated string literal"},
      {"`abc", "error: Unterminated template literal"},
      {"/abc", "error: Invalid regular expression: missing /"},
      {"/a/gg", "error: Invalid regular expression flags"},
      {"'\\u{110000}'", "error: Undefined Unicode code-point"},
      {"`\\01`", "error: Octal escape sequences are not allowed in template strings"},
      {"v\\u0061r a", "error: Keyword must not contain escaped characters"},
      {"1__0", "error: Only one underscore is allowed as numeric separator"},
      {"3in []", "error: Invalid or unexpected token"},
      {"a?.b = 1", "error: Invalid left-hand side in assignment"},
      {"a?.`b`", "error: Invalid tagged template on optional chain"},
      {"({get a(b) {}})", "error: Getter must not have any formal parameters."},
      {"using x = y", "error: Using declarations are not allowed at the top level of scripts"},
      {"import a from 'b'", "error: Cannot use import statement outside a module"},
      {"function* g(a = yield) {}", "error: Yield expression not allowed in formal parameter"},
      {"async (a = await 1) => 1", "error: await is only valid in async functions and the top level bodies of modules"},
      {"async function f() { (a = await 1) => 1 }",
       "error: Illegal await-expression in formal parameters of async function"},
  });
}

TEST(Parser, ErrorPositions) {
  ParseResult result = parse("let a;\n  let a;");
  EXPECT_EQ(result.status, ParseStatus::kSyntaxError);
  EXPECT_EQ(result.error.position.line, 2u);
  EXPECT_EQ(result.error.position.column, 7u);
}

TEST(Parser, LongChainsDoNotNest) {
  std::string sum = "x";
  std::string branches;
  for (int i = 0; i < 100000; ++i) {
    sum += "+x";
    branches += "if (a) b; else ";
  }
  EXPECT_TRUE(parse(sum).ok());
  EXPECT_TRUE(parse(branches + ";").ok());
  EXPECT_FALSE(show(sum).empty());
}

TEST(Parser, DeepNestingIsRefused) {
  char here = 0;
  ParseOptions options;  // AddressSanitizer's frames use up the stack before the depth is reached
  options.stack_limit = reinterpret_cast<uintptr_t>(&here) - 4 * 1024 * 1024;
  for (const char* piece : {"(", "[", "{", "!", "a=>", "a=", "a?", "new ", "`${", "f(", "function f(){",
                            "async(", "a**", "class A extends ", "({a:", "if(1)", "for(;;)", "x=>{", "-"}) {
    std::string text;
    for (int i = 0; i < 100000; ++i) text += piece;
    EXPECT_EQ(parse(text, Goal::kScript, options).status, ParseStatus::kTooDeep) << piece;
  }
  std::string chain = "a";
  for (int i = 0; i < 100000; ++i) chain += ".b";
  EXPECT_EQ(parse(chain).status, ParseStatus::kTooDeep);
}

TEST(Parser, StackLimit) {
  char here = 0;
  ParseOptions options;
  options.max_depth = 1000000;
  options.stack_limit = reinterpret_cast<uintptr_t>(&here) - 200 * 1024;
  EXPECT_EQ(parse(std::string(100000, '['), Goal::kScript, options).status, ParseStatus::kTooDeep);
}

TEST(Parser, Interruption) {
  ParseOptions options;
  int polls = 0;
  options.interrupt_context = &polls;
  options.interrupt = [](void* context) { return ++*static_cast<int*>(context) == 3; };
  std::string text;
  for (int i = 0; i < 100000; ++i) text += "x;";
  EXPECT_EQ(parse(text, Goal::kScript, options).status, ParseStatus::kInterrupted);
  EXPECT_EQ(polls, 3);
}

TEST(Parser, MemoryLimit) {
  ParseOptions options;
  options.memory_limit = 100'000;
  std::string text;
  for (int i = 0; i < 100000; ++i) text += "x;";
  EXPECT_EQ(parse(text, Goal::kScript, options).status, ParseStatus::kOutOfMemory);
}

TEST(Parser, RegExpHook) {
  ParseOptions options;
  options.validate_regexp = [](TextView, TextView flags, std::string* message) {
    *message = "no";
    return flags.length != 0;
  };
  EXPECT_EQ(show("/a/", Goal::kScript, options), "error: Invalid regular expression: /a/: no");
  EXPECT_EQ(show("/a/g", Goal::kScript, options), "(program /a/g)");
}

TEST(Parser, Utf16AndLoneSurrogates) {
  auto source = SourceText::from_utf16(u"'\xD800x\u4E2D'; \u4E2D", "test.js");
  ParseResult result = parse_script(source);
  ASSERT_TRUE(result.ok());
  const auto* statement = result.program->root->body[0]->as<ExpressionStatement>();
  const Name* value = statement->expression->as<StringLiteral>()->value;
  EXPECT_EQ(value->to_utf16(), u"\xD800x\u4E2D");
  EXPECT_TRUE(value->has_lone_surrogate());
}

TEST(Parser, FunctionConstructor) {
  auto make = [](DynamicFunctionKind kind, std::u16string_view parameters, std::u16string_view body) {
    ParseResult result = parse_function_constructor(kind, parameters, body, "test.js");
    return result.ok() ? dump(*result.program) : "error: " + result.error.message;
  };
  EXPECT_EQ(make(DynamicFunctionKind::kNormal, u"a,b", u"return a"),
            "(function anonymous [a:r0 b:unused] (return a:r0))");
  EXPECT_EQ(make(DynamicFunctionKind::kAsyncGenerator, u"", u"yield await 1"),
            "(async function* anonymous [] (yield (await 1)))");
  EXPECT_EQ(make(DynamicFunctionKind::kNormal, u"a // b", u"a // c"), "(function anonymous [a:r0] a:r0)");
  EXPECT_EQ(make(DynamicFunctionKind::kNormal, u"a) { }, function (", u""), "error: Unexpected token ')'");
  EXPECT_EQ(make(DynamicFunctionKind::kNormal, u"", u"}, function () {"), "error: Unexpected token '}'");
  EXPECT_EQ(make(DynamicFunctionKind::kNormal, u"/*", u"*/){"), "error: Unterminated multi-line comment");
  EXPECT_EQ(make(DynamicFunctionKind::kNormal, u"a = super()", u""),
            "error: 'super' keyword unexpected here");
  EXPECT_EQ(make(DynamicFunctionKind::kNormal, u"a, a", u"'use strict'"),
            "error: Duplicate parameter name not allowed in this context");
}

TEST(Parser, FunctionSourceRanges) {
  auto text_of = [](std::string_view text, size_t id) {
    ParseResult result = parse(text);
    EXPECT_TRUE(result.ok()) << text;
    const FunctionNode* function = result.program->functions[id];
    return result.program->source->slice_utf8(function->start, function->end);
  };
  EXPECT_EQ(text_of("x = async function * f ( ) { } ;", 0), "async function * f ( ) { }");
  EXPECT_EQ(text_of("x = ( a ) => b ;", 0), "( a ) => b");
  EXPECT_EQ(text_of("x = { async * [ a ] ( ) { } }", 0), "async * [ a ] ( ) { }");
  EXPECT_EQ(text_of("class A { static get b ( ) { } }", 0), "get b ( ) { }");
  EXPECT_EQ(text_of("class A { constructor ( ) { } }", 0), "class A { constructor ( ) { } }");
}

TEST(Parser, Modules) {
  ParseResult result = parse(
      "import a, {b as c, default as d} from 'x'; import * as n from 'x'; import defer * as e from 'y' with "
      "{type: "
      "'json'}; import source s from 'z'; import 'w';"
      "export {a as f, g}; let g; export * from 'x'; export * as h from 'x'; export {i as 'j k'} from 'x';"
      "export default 1; export const k = await 2; export function l() {} export {n};",
      Goal::kModule);
  ASSERT_TRUE(result.ok()) << result.error.message;
  const Module& module = *result.program->module;
  EXPECT_TRUE(module.has_top_level_await);
  ASSERT_EQ(module.requests.size(), 4u);
  EXPECT_EQ(module.requests[1].phase, ImportPhase::kDefer);
  EXPECT_EQ(module.requests[1].attributes.size(), 1u);
  ASSERT_EQ(module.imports.size(), 6u);
  EXPECT_TRUE(module.imports[0].import_name->is(WellKnownName::default_));
  EXPECT_EQ(module.imports[3].import_name, nullptr);
  EXPECT_EQ(module.indirect_exports.size(), 4u);  // h, j k, f, n
  EXPECT_EQ(module.star_exports.size(), 1u);
  EXPECT_EQ(module.local_exports.size(), 4u);  // g, default, k, l
  expect_all(
      {
          {"export {a}", "error: Export 'a' is not defined in module"},
          {"export let a; export {a}", "error: Duplicate export of 'a'"},
          {"import a from 'x'; let a", "error: Identifier 'a' has already been declared"},
          {"function f() {} function f() {}", "error: Identifier 'f' has already been declared"},
          {"export {'a' as b}", "error: String literal module export names must be followed by a 'from' clause"},
          {"export {a as '\\uD800'} from 'x'",
           "error: Invalid module export name: contains unpaired surrogate character"},
          {"import a from 'x' with {a: 'b', a: 'c'}", "error: Import attributes has a duplicate key 'a'"},
          {"var await", "error: Unexpected reserved word"},
          {"function f() { await 1 }",
           "error: await is only valid in async functions and the top level bodies of modules"},
          {"import source from 'x'; source", "(program (import) source:i0!)"},
          {"import source from from 'x'; from", "(program (import) from:i0!)"},
          {"import.meta", "(program import.meta)"},
      },
      Goal::kModule);
}

}  // namespace
}  // namespace skein::syntax
