// Every frame of a stack trace has its function's name and its place: line and column of the call, not of the statement.
const place = (line) => line.endsWith("(native)") ? line : line.replace(/\(?[^( ]*stack_traces\.js:/g, "").replace(/\)$/, "");
function trace(f) {
  try { f(); } catch (e) {
    const lines = e.stack.split("\n    at ").slice(1).map(place);
    console.log(lines.slice(0, lines.findIndex((line) => line.startsWith("trace "))).join(" < "));
  }
}
function boom() { throw new Error("boom"); }

class A { static s() { boom(); } }
class B extends A { m() { return B.s(); } get g() { return this.m(); } set h(v) { this.g; } #p() { this.h = 1; } p() { this.#p(); } }
trace(() => new B().p());
trace(() => { const o = { a: { b() { boom(); } }, ["c" + 1]() { this.a.b(); }, d: () => o.c1() }; o.d(); });
function F() { this.x(); } F.prototype.x = function () { null.y; };
trace(() => new F());
class Fields { x = this.f(); static y; f() { boom(); } }
trace(() => new (class Sub extends Fields {})());
trace(() => class Static { static x = boom(); });
trace(() => class Block { static { boom(); } });
trace(() => new (class { constructor() { boom(); } })());
trace(() => Reflect.construct(class Q { constructor() { boom(); } }, []));
trace(() => [3, 1].sort(function compare() { boom(); }));
trace(() => [1].map((x) => [2].forEach((y) => JSON.parse("[1]", function revive() { boom(); }))));
trace(() => new Map([[1, 2]]).forEach(boom));
trace(() => new Promise(5));
trace(() => Promise.prototype.then.call(1));
trace(() => new Set({ [Symbol.iterator]() { boom(); } }));
trace(() => `${{ toString() { boom(); } }}`);
trace(() => +{ [Symbol.toPrimitive]: boom });
trace(() => { for (const x of { [Symbol.iterator]() { return { next() { boom(); } }; } }) ; });
trace(() => { const p = new Proxy({}, { get(target, key) { boom(); } }); p.q; });
trace(() => { const p = new Proxy(function () {}, { apply() { boom(); }, construct() { p(); } }); new p(); });
trace(() => { function* inner() { boom(); } function* outer() { yield* inner(); } [...outer()]; });
trace(() => { function defaulted(a = (() => boom())()) {} defaulted(); });
trace(() => { const { a = boom() } = {}; });
trace(() => boom.bind(null)());
trace(() => boom.call(3));
trace(() => { function tag() { boom(); } tag`a${1}b`; });
trace(() => { eval("function inside() {\n  boom(); }\ninside()"); });
trace(() => Function("f", "return f()")(boom));
trace(() => { const o = { get a() { boom(); } }; structuredClone(o); });
trace(() => { const methods = [boom]; methods[0](); });
trace(() => { (function named() { (() => { boom(); })(); })(); });
// Expressions of several lines.
trace(() => {
  const o = { a() { return this; } };
  o
    .a()
    .a()
    .b
    .c();
});
trace(() => {
  boom(1,
    2)
    ();
});
trace(() => Math.max(
  1,
  boom(),
  undefinedName));
trace(() => {
  const list = [1,
    null.x,
    2];
});
trace(() => { class D extends
  undefined {} });
trace(() => {
  class D extends Object { constructor() {
  } }
  new D();
});
// The constructors of error classes are left out, and what captureStackTrace is told to leave out.
class Mine extends Error { constructor(message) { super(message); } }
class Deeper extends Mine {}
trace(function thrower() { throw new Deeper("x"); });
function check() { const e = {}; Error.captureStackTrace(e, check); throw e; }
trace(function checker() { check(); });
// expect: boom 9:25 < B.s 11:24 < B.m 12:36 < get g 12:65 < set h 12:88 < B.#p 12:105 < B.p 12:125 < 13:21
// expect: boom 9:25 < Object.b 14:38 < Object.c1 14:72 < d 14:91 < 14:101
// expect: F.x 15:63 < new F 15:21 < 16:13
// expect: boom 9:25 < Sub.f 17:46 < <instance_members_initializer> 17:25 < new Fields 17:1 < new Sub 18:18 < 18:13
// expect: boom 9:25 < <static_initializer> 19:39 < 19:13
// expect: boom 9:25 < <static_initializer> 20:36 < 20:13
// expect: boom 9:25 < new <anonymous> 21:42 < 21:13
// expect: boom 9:25 < new Q 22:57 < Reflect.construct (native) < 22:21
// expect: boom 9:25 < compare 23:46 < Array.sort (native) < 23:20
// expect: boom 9:25 < Array.revive 24:85 < JSON.parse (native) < 24:52 < Array.forEach (native) < 24:32 < Array.map (native) < 24:17
// expect: boom 9:25 < Map.forEach (native) < 25:31
// expect: new Promise (native) < 26:13
// expect: Number.then (native) < Function.call (native) < 27:36
// expect: boom 9:25 < [Symbol.iterator] 28:45 < new Set (native) < 28:13
// expect: boom 9:25 < Object.toString 29:31 < 29:16
// expect: Object.boom 9:25 < 30:13
// expect: boom 9:25 < Object.next 31:73 < 31:31
// expect: boom 9:25 < Object.get 32:60 < 32:76
// expect: boom 9:25 < Object.apply 33:63 < Object.construct 33:88 < 33:99
// expect: boom 9:25 < inner 34:35 < Generator.next (native) < outer 34:65 < 34:87
// expect: boom 9:25 < 35:45 < defaulted 35:52 < 35:59
// expect: boom 9:25 < 36:27
// expect: boom 9:25 < 37:28
// expect: Number.boom 9:25 < Function.call (native) < 38:18
// expect: boom 9:25 < tag 39:32 < 39:42
// expect: boom 9:25 < inside (eval at 40:15, <anonymous>:2:3 < eval (eval at 40:15, <anonymous>:3:1 < 40:15
// expect: boom 9:25 < anonymous (eval at 41:13, <anonymous>:3:8 < 41:40
// expect: boom 9:25 < get a 42:37 < structuredClone (native) < 42:50
// expect: Array.boom 9:25 < 43:49
// expect: boom 9:25 < 44:44 < named 44:54 < 44:60
// expect: 52:6
// expect: boom 9:25 < 55:3
// expect: boom 9:25 < 61:3
// expect: 65:10
// expect: 69:3
// expect: new D 72:5 < 73:3
// expect: thrower 78:34
// expect: checker 80:28
