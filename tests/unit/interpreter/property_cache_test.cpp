// Inline caches against what they must notice. Each script runs a site until it is cached, changes the
// world, and runs it again.
#include "tests/unit/interpreter/script_fixture.h"

namespace skein {
namespace {

class PropertyCacheTest : public ScriptTest {};

TEST_F(PropertyCacheTest, PrototypePropertyIsShadowed) {
  EXPECT_EQ(run("let p = { x: 1 }, o = { __proto__: p }, f = o => o.x; f(o); f(o); o.x = 2; f(o)"), "2");
}

TEST_F(PropertyCacheTest, PrototypeValueChanges) {
  EXPECT_EQ(run("let p = { x: 1 }, o = { __proto__: p }, f = o => o.x; f(o); f(o); p.x = 3; f(o)"), "3");
}

TEST_F(PropertyCacheTest, PropertyAppearsBetween) {
  EXPECT_EQ(run("let q = { x: 1 }, p = { __proto__: q }, o = { __proto__: p }, f = o => o.x; f(o); f(o); p.x = 4; f(o)"), "4");
}

TEST_F(PropertyCacheTest, PrototypePropertyIsDeleted) {
  EXPECT_EQ(run("let q = { x: 1 }, p = { x: 2, __proto__: q }, o = { __proto__: p }, f = o => o.x; f(o); f(o); delete p.x; f(o)"), "1");
}

TEST_F(PropertyCacheTest, OwnPropertyIsDeleted) {
  EXPECT_EQ(run("let o = { x: 1, y: 2 }, f = o => o.x; f(o); f(o); delete o.x; '' + f(o) + f({ x: 7, y: 1 })"), "undefined7");
}

TEST_F(PropertyCacheTest, AbsentThenPresentOnThePrototype) {
  EXPECT_EQ(run("function C() {} let f = o => o.x, a = new C, b = new C; f(a); f(b); C.prototype.x = 5; f(a) + f(b)"), "10");
}

TEST_F(PropertyCacheTest, AbsentThenAddedToADictionary) {
  EXPECT_EQ(run("let o = { a: 1, b: 2 }; delete o.a; let f = o => o.x; f(o); f(o); o.x = 1; f(o)"), "1");
}

TEST_F(PropertyCacheTest, DataBecomesAccessor) {
  EXPECT_EQ(run("let o = { x: 1 }, f = o => o.x; f(o); f(o); o = { get x() { return 9 } }; f(o)"), "9");
}

TEST_F(PropertyCacheTest, GetterGetsTheReceiver) {
  EXPECT_EQ(run("let p = { get x() { return this.v } }, f = o => o.x, s = 0; for (let i = 0; i < 4; i++) s += f({ v: i, __proto__: p }); s"), "6");
}

TEST_F(PropertyCacheTest, AddMeetsASetterThatCameLater) {
  EXPECT_EQ(run("let p = {}, make = () => ({ __proto__: p }), add = o => { o.x = 1; return o }, seen = 0;"
                "add(make()); add(make()); let source = { set x(v) { seen += v } };"
                "p.__proto__; let q = { set x(v) { seen += v }, __proto__: null };"
                "let r = { __proto__: q }; add(r); seen + ('x' in r)"),
            "2");
}

TEST_F(PropertyCacheTest, AddToTheSameShapeTwice) {
  EXPECT_EQ(run("let add = o => { o.x = 1; return o }; add({}); add({}); let o = add({ y: 2 }); let p = add({}); o.x + o.y + p.x"), "4");
}

TEST_F(PropertyCacheTest, ManyShapesAtOneSite) {
  EXPECT_EQ(run("let f = o => o.x, all = []; for (let i = 0; i < 40; i++) { let o = {}; o['p' + i] = 0; o.x = i; all[i] = o }"
                "let s = 0; for (let k = 0; k < 3; k++) for (let i = 0; i < 40; i++) s += f(all[i]); s"),
            "2340");
  EXPECT_EQ(run("for (let i = 0; i < 40; i++) all[i].x = 1; let put = (o, v) => { o.x = v };"
                "for (let k = 0; k < 3; k++) for (let i = 0; i < 40; i++) put(all[i], k); let t = 0; for (let i = 0; i < 40; i++) t += f(all[i]); t"),
            "80");
}

TEST_F(PropertyCacheTest, PrimitivesFindTheirPrototypes) {
  EXPECT_EQ(run("let f = s => s.length; f('abc') + f('de') + f([1]) + f({ length: 4 })"), "10");
}

TEST_F(PropertyCacheTest, LazyPrototypeOfFunctions) {
  EXPECT_EQ(run("let f = g => g.prototype; let arrow = () => 1; f(arrow); f(arrow); typeof f(function () {})"), "object");
  EXPECT_EQ(run("let put = g => { g.extra = 1; return g }; put(() => 1); put(() => 2); let F = put(function () {}); new F; F.prototype.constructor === F"),
            "true");
}

TEST_F(PropertyCacheTest, GlobalsAreHiddenByLaterLexicals) {
  EXPECT_EQ(run("var v = 1; function read() { return v + w } globalw(); function globalw() { w = 10 } read(); read()"), "11");
  // w is a configurable property of the global object: a lexical declaration may hide it.
  EXPECT_EQ(run("let w = 20; read()"), "21");
  EXPECT_EQ(run("let v = 2"), "throws Identifier 'v' has already been declared");
  EXPECT_EQ(run("delete this.w; read()"), "21");
}

TEST_F(PropertyCacheTest, SurvivesCollections) {
  EXPECT_EQ(run("var get = o => o.x, put = o => { o.y = 2; return o }; for (let i = 0; i < 5; i++) put({ x: i }); get({ x: 1 }) + get({ a: 1, x: 2 })"), "3");
  agent_.collect_garbage(gc::CollectionType::kFull);
  agent_.collect_garbage(gc::CollectionType::kFull);
  EXPECT_EQ(run("get({ x: 5 }) + put({ x: 1 }).y + get({ b: 1, x: 3 })"), "10");
}

TEST_F(PropertyCacheTest, PrivateNamesOfTwoClasses) {
  EXPECT_EQ(run("let make = v => class { #x = v; get() { return this.#x } set(w) { this.#x = w } };"
                "let A = make(1), B = make(2), a = new A, b = new B; let s = 0;"
                "for (let i = 0; i < 3; i++) { a.set(i); b.set(i * 10); s += a.get() + b.get() } s"),
            "33");
}

}  // namespace
}  // namespace skein
