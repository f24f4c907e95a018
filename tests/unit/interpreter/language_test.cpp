// The language without its library: each case is a script and the text of its completion value.
#include "tests/unit/interpreter/script_fixture.h"

namespace skein {
namespace {

struct Case {
  const char* source;
  const char* expected;
};

class LanguageTest : public ScriptTest {
 protected:
  void expect(std::initializer_list<Case> cases) {
    for (const Case& c : cases) {
      use_new_realm();
      EXPECT_EQ(run(c.source), c.expected) << c.source;
    }
  }
};

TEST_F(LanguageTest, Arithmetic) {
  expect({
      {"1 + 2 * 3", "7"},
      {"2147483647 + 1", "2147483648"},
      {"-2147483648 - 1", "-2147483649"},
      {"65536 * 65536", "4294967296"},
      {"1 / (0 * -1)", "-Infinity"},
      {"-5 % 5 === 0 && 1 / (-5 % 5)", "-Infinity"},
      {"7 % 4 + -7 % 4", "0"},
      {"2 ** 10", "1024"},
      {"1 << 31", "-2147483648"},
      {"-1 >>> 0", "4294967295"},
      {"5.5 | 0", "5"},
      {"'a' + 1 + 2", "a12"},
      {"let x = 2147483647; ++x", "2147483648"},
      {"NaN === NaN", "false"},
      {"1 < 2 && 2 <= 2 && !(NaN < 1) && !(NaN >= 1)", "true"},
      {"'b' > 'a'", "true"},
      {"10n ** 20n", "100000000000000000000"},
      {"typeof undefinedName", "undefined"},
      {"void 0 ?? 'x'", "x"},
      {"null?.a.b.c", "undefined"},
  });
}

TEST_F(LanguageTest, Calls) {
  expect({
      {"function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) } fib(15)", "610"},
      {"(function (a, b = a + 1, ...c) { return a + b + c.length })(1, undefined, 3, 4)", "5"},
      {"(function () { return arguments.length + arguments[1] })(1, 2, 3)", "5"},
      {"(function (a) { arguments[0] = 9; return a })(1)", "9"},
      {"(function (a) { 'use strict'; arguments[0] = 9; return a })(1)", "1"},
      {"(function (a, b, c) { return c })(1)", "undefined"},
      {"({ x: 3, m() { return this.x } }).m()", "3"},
      {"({ x: 3, m() { return (() => this.x)() } }).m()", "3"},
      {"function P(x) { this.x = x } new P(4).x", "4"},
      {"function Q() { return { y: 1 } } new Q().y", "1"},
      {"function R() { return 5 } typeof new R()", "object"},
      {"(function f(n) { return new.target === undefined })()", "true"},
      {"let n = 0; twice(x => n += x); n", "3"},
      {"let f = (...a) => a.length; f(...[1, 2], 3, ...[4])", "4"},
      {"`a${1}b${2}`", "a1b2"},
      {"((s, ...v) => s.raw[0] + v[0] + s[1])`x\\n${1}y`", "x\\n1y"},
  });
}

TEST_F(LanguageTest, Properties) {
  expect({
      {"let o = { a: 1 }; o.b = 2; o.a + o.b", "3"},
      {"let o = { get x() { return this.y }, set x(v) { this.y = v } }; o.x = 8; o.x", "8"},
      {"let o = { ['a' + 1]: 5, __proto__: { z: 6 } }; o.a1 + o.z", "11"},
      {"let { a, ...r } = { a: 1, b: 2, c: 3 }; r.b + r.c + (r.a === undefined)", "6"},
      {"let o = { a: 1 }; delete o.a; o.a", "undefined"},
      {"'a' in { a: 1 } && !('b' in {})", "true"},
      {"let a = [1, 2]; a[2] = 3; a.length", "3"},
      {"let a = []; a[5] = 1; a.length", "6"},
      {"let s = 'abc'; s[1] + s.length", "b3"},
      {"let o = {}; o.x ?\?= 5; o.x ||= 6; o.x &&= 7; o.x", "7"},
      {"let f = o => o.v; let t = 0; for (let i = 0; i < 9; i++) t += f([{ v: 1 }, { a: 0, v: 2 }, { b: 0, v: 3 }, { c: 0, v: 4 }, { d: 0, v: 5 }, "
       "{ e: 0, v: 6 }][i % 6]); t",
       "27"},
      {"function F() {} let before = F.prototype; F.prototype.m = function () { return 1 }; let o = new F; let r = o.m(); F.prototype.m = function () { "
       "return 2 }; r + o.m()",
       "3"},
      {"let get = o => o.x; let p = {}; let o = { __proto__: p }; get(o); get(o); p.x = 1; get(o)", "1"},
      {"'use strict'; let o = { get x() { return 1 } }; o.x = 2", "throws Cannot set property x of #<Object> which has only a getter"},
  });
}

TEST_F(LanguageTest, ControlFlow) {
  expect({
      {"let s = 0; for (let i = 0; i < 10; i++) { if (i === 3) continue; if (i === 6) break; s += i } s", "12"},
      {"let s = 0; for (const x of [1, 2, 3]) s += x; s", "6"},
      {"let s = ''; for (const k in { a: 1, __proto__: { b: 2, a: 3 } }) s += k; s", "ab"},
      {"let o = { a: 1, b: 2, c: 3 }, s = ''; for (const k in o) { s += k; delete o.b } s", "ac"},
      {"let f = []; for (let i = 0; i < 3; i++) f[i] = () => i; f[0]() + f[1]() + f[2]()", "3"},
      {"outer: for (;;) { for (;;) break outer } 7", "7"},
      {"let r = (() => { try { return 1 } finally { r2 = 2 } })(); var r2; r + r2", "3"},
      {"(() => { try { throw 1 } catch (e) { return e + 1 } finally { } })()", "2"},
      {"(() => { for (;;) try { return 1 } finally { break } return 5 })()", "5"},
      {"switch (3) { case 1: 'a'; break; case 3: 'c'; default: 'd' }", "d"},
      {"let [a, [b = 5], ...c] = [1, [], 2, 3]; a + b + c.length", "8"},
  });
}

TEST_F(LanguageTest, Classes) {
  expect({
      {"class A { constructor(x) { this.x = x } get d() { return this.x * 2 } static s() { return 's' } } new A(4).d + A.s()", "8s"},
      {"class A { m() { return 1 } } class B extends A { m() { return super.m() + 1 } } new B().m()", "2"},
      {"class A { constructor() { this.t = new.target === B } } class B extends A { } new B().t", "true"},
      {"class A { #p = 1; inc() { return ++this.#p } static has(o) { return #p in o } } let a = new A; a.inc() + a.inc() + A.has(a) + A.has({})", "6"},
      {"class A { #m() { return 3 } get #g() { return 4 } r() { return this.#m() + this.#g } } new A().r()", "7"},
      {"class A { x = 1; ['y'] = this.x + 1; static z = 5 } let a = new A; a.x + a.y + A.z", "8"},
      {"class A { static { this.q = 9 } } A.q", "9"},
      {"class A {} A()", "throws Class constructor A cannot be invoked without 'new'"},
      {"class A extends null { constructor() { } } new A",
       "throws Must call super constructor in derived class before accessing 'this' or returning from derived constructor"},
      {"class A { constructor(a, b) { this.s = a + b } } class B extends A {} new B(1, 2).s", "3"},
      {"(class Foo {}).name + (class { static name = 'x' }).name", "Foox"},
  });
}

TEST_F(LanguageTest, Generators) {
  expect({
      {"function* g() { yield 1 } typeof g()", "object"},
  });
}

TEST_F(LanguageTest, Scopes) {
  expect({
      {"x; let x = 1", "throws Cannot access 'x' before initialization"},
      {"const c = 1; c = 2", "throws Assignment to constant variable."},
      {"var v1 = 1; { let v1 = 2 } v1", "1"},
      {"with ({ a: 5 }) a", "5"},
      {"let w = { a: 5 }; with (w) { a = 6; var b2 = a } w.a + b2", "12"},
      {"(function f() { f = 1; return typeof f })()", "function"},
      {"typeof hoisted; function hoisted() {}", "function"},
      {"undeclared = 3; delete globalThing; undeclared", "3"},
      {"'use strict'; undeclared2 = 3", "throws undeclared2 is not defined"},
  });
}

TEST_F(LanguageTest, Messages) {
  expect({
      {"let o = {}; o.f()", "throws o.f is not a function"},
      {"let o = {}; o.a.b", "throws Cannot read properties of undefined (reading 'b')"},
      {"null[3]", "throws Cannot read properties of null (reading '3')"},
      {"undefined.x = 1", "throws Cannot set properties of undefined (setting 'x')"},
      {"nowhere", "throws nowhere is not defined"},
      {"let arrow = () => 1; new arrow", "throws arrow is not a constructor"},
      {"for (let q of 5);", "throws 5 is not iterable"},
      {"1 in 2", "throws Cannot use 'in' operator to search for '1' in 2"},
      {"throw 'up'", "throws up"},
      {"(function f() { f() })()", "throws Maximum call stack size exceeded"},
      {"let f = () => twice(f); f()", "throws Maximum call stack size exceeded"},
  });
}

TEST_F(LanguageTest, ScriptsShareGlobals) {
  EXPECT_EQ(run("let shared = 1; function inc() { return ++shared } var v = 5"), "undefined");
  EXPECT_EQ(run("inc() + inc() + v"), "10");
  EXPECT_EQ(run("let shared"), "throws Identifier 'shared' has already been declared");
  EXPECT_EQ(run("for (let i = 0; i < 3; i++) v; let w = 1; w"), "1");
}

TEST_F(LanguageTest, SyntaxErrorsKnowTheirPlace) {
  Completion<Value> result = evaluate_script(agent_, realm_, "1;\n  let = = 2", "test.js");
  ASSERT_TRUE(result.is_thrown());
  auto* error = agent_.take_exception().as_if<ErrorObject>();
  ASSERT_NE(error, nullptr);
  ASSERT_NE(error->frames, nullptr);
  EXPECT_EQ(error->frames->front().line, 2u);
  EXPECT_EQ(error->frames->front().source, "test.js");
}

// Wide forms: more registers, strings and caches than a byte or 16 bits can name.
TEST_F(LanguageTest, WideInstructions) {
  std::string source = "(function () { ";
  for (int i = 0; i < 400; ++i) source += "let a" + std::to_string(i) + " = " + std::to_string(i) + "; ";
  source += "let s = 0; for (let i = 0; i < 3; i++) { s = s + a399 * a0 + a398; } let o = { f(x) { return x + a397 } }; return o.f(s) + [a1, a300].length })()";
  EXPECT_EQ(run(source), "1593");
  std::string call = "function many(";
  for (int i = 0; i < 300; ++i) call += (i ? ",p" : "p") + std::to_string(i);
  call += ") { return p299 + p0 } many(";
  for (int i = 0; i < 300; ++i) call += (i ? "," : "") + std::to_string(i);
  EXPECT_EQ(run(call + ")"), "299");
}

}  // namespace
}  // namespace skein
