// Messages that quote the program: the expression, the property, the class, the value.
const u = undefined, n = null, o = { p: {} };
const tries = [
  () => o.x.y.z(), () => o.p.q.r, () => o.p(), () => o["a" + "b"](), () => o[0](), () => o[Symbol.iterator](), () => (void 0)(), () => o.p?.q(), () => new o.p.x(), () => new (() => {})(), () => o.p.q`text`,
  () => o
    .p // a comment
    .q(1, "(", [2])
    .r(),
  () => { u.x = 1; }, () => { n[Symbol("s")] = 1; }, () => { const { a } = u; }, () => { const { a: { b } } = o; }, () => { const { p: { a: { b } } } = o; }, () => { const { [u]: a } = n; }, () => { const {} = n; }, () => { (({ a }) => a)(); }, () => { for (const { a } of [n]) ; },
  () => { const [a] = u; }, () => { const [a] = o.p; }, () => { const [[a]] = [1]; }, () => { for (const x of o.p) ; }, () => f(...o.p), () => [...n], () => new Map([1]), () => { const [a] = { [Symbol.iterator]: () => 1 }; }, () => { const [a] = { [Symbol.iterator]: () => ({}) }; },
  () => o instanceof o.p, () => o instanceof o.x, () => o instanceof (() => {}), () => "a" in "b", () => Symbol("s") in 5, () => "x" in o.x,
  () => late, () => { late = 1; }, () => { const c = 1; c = 2; }, () => { const c = 1; c++; }, () => missing, () => { "use strict"; missing = 1; }, () => { class C extends C {} }, () => ((a = b, b) => a)(), () => { typeof late; },
  () => { class A extends u {} }, () => { class A extends (() => {}) {} }, () => { function F() {} F.prototype = 3; class A extends F {} }, () => new (class A extends null {})(), () => { class A {} A(); }, () => (class {})(),
  () => new (class A extends Object { constructor() { this.x; } })(), () => new (class A extends Object { constructor() { super(); super(); } })(), () => new (class A extends Object { constructor() { return 1; } })(), () => { class A { static ["prototype"]() {} } }, () => new (class A extends Object { constructor() { super.x(); } })(), () => ({ m() { super.x(); } }).m(),
  () => P.read({}), () => P.write({}), () => P.call({}), () => P.in(1), () => { P.method(new P()); }, () => P.get(new P()), () => P.set(new P()), () => new Q(new Q({})), () => { class S extends P {} S.own(); },
  () => Symbol() + "", () => 1n + 1, () => +1n, () => `${Object.create(null)}`, () => ({}) + { toString: () => ({}), valueOf: () => ({}) },
];
function f() {}
class P {
  #f; #m() {} get #g() { return 1; } set #s(v) {} static #o;
  static read(x) { return x.#f; } static write(x) { x.#f = 1; } static call(x) { x.#m(); } static in(x) { return #f in x; } static method(x) { x.#m = 1; } static get(x) { return x.#s; } static set(x) { x.#g = 1; } static own() { return this.#o; }
}
class Same { constructor(x) { return x; } }
class Q extends Same { #q = 1; }
for (const t of tries) { try { t(); console.log("did not throw:", String(t)); } catch (e) { console.log(`${e.name}: ${e.message}`); } }
let late;
// expect: TypeError: Cannot read properties of undefined (reading 'y')
// expect: TypeError: Cannot read properties of undefined (reading 'r')
// expect: TypeError: o.p is not a function
// expect: TypeError: o["a" + "b"] is not a function
// expect: TypeError: o[0] is not a function
// expect: TypeError: o[Symbol.iterator] is not a function
// expect: TypeError: void 0 is not a function
// expect: TypeError: o.p?.q is not a function
// expect: TypeError: o.p.x is not a constructor
// expect: TypeError: () => {} is not a constructor
// expect: TypeError: o.p.q is not a function
// expect: TypeError: o.p.q is not a function
// expect: TypeError: Cannot set properties of undefined (setting 'x')
// expect: TypeError: Cannot set properties of null (setting 'Symbol(s)')
// expect: TypeError: Cannot destructure property 'a' of 'u' as it is undefined.
// expect: TypeError: Cannot destructure property 'b' of 'a' as it is undefined.
// expect: TypeError: Cannot destructure property 'b' of 'a' as it is undefined.
// expect: TypeError: Cannot destructure 'n' as it is null.
// expect: TypeError: Cannot destructure 'n' as it is null.
// expect: TypeError: Cannot destructure property 'a' of 'undefined' as it is undefined.
// expect: TypeError: Cannot destructure property 'a' of 'null' as it is null.
// expect: TypeError: u is not iterable
// expect: TypeError: o.p is not iterable
// expect: TypeError: 1 is not iterable
// expect: TypeError: o.p is not iterable
// expect: TypeError: o.p is not iterable
// expect: TypeError: n is not iterable
// expect: TypeError: Iterator value 1 is not an entry object
// expect: TypeError: Result of the Symbol.iterator method is not an object: 1
// expect: TypeError: 'undefined' returned for property 'next' of object '#<Object>' is not a function
// expect: TypeError: Right-hand side of 'instanceof' is not callable
// expect: TypeError: Right-hand side of 'instanceof' is not an object
// expect: TypeError: Function has non-object prototype 'undefined' in instanceof check
// expect: TypeError: Cannot use 'in' operator to search for 'a' in b
// expect: TypeError: Cannot use 'in' operator to search for 'Symbol(s)' in 5
// expect: TypeError: Cannot use 'in' operator to search for 'x' in undefined
// expect: ReferenceError: Cannot access 'late' before initialization
// expect: ReferenceError: Cannot access 'late' before initialization
// expect: TypeError: Assignment to constant variable.
// expect: TypeError: Assignment to constant variable.
// expect: ReferenceError: missing is not defined
// expect: ReferenceError: missing is not defined
// expect: ReferenceError: Cannot access 'C' before initialization
// expect: ReferenceError: Cannot access 'b' before initialization
// expect: ReferenceError: Cannot access 'late' before initialization
// expect: TypeError: Class extends value undefined is not a constructor or null
// expect: TypeError: Class extends value () => {} is not a constructor or null
// expect: TypeError: Class extends value does not have valid prototype property 3
// expect: TypeError: Super constructor null of A is not a constructor
// expect: TypeError: Class constructor A cannot be invoked without 'new'
// expect: TypeError: Class constructor (anonymous) cannot be invoked without 'new'
// expect: ReferenceError: Must call super constructor in derived class before accessing 'this' or returning from derived constructor
// expect: ReferenceError: Super constructor may only be called once
// expect: TypeError: Derived constructors may only return object or undefined
// expect: TypeError: Classes may not have a static property named 'prototype'
// expect: ReferenceError: Must call super constructor in derived class before accessing 'this' or returning from derived constructor
// expect: TypeError: super.x is not a function
// expect: TypeError: Cannot read private member #f from an object whose class did not declare it
// expect: TypeError: Cannot write private member #f to an object whose class did not declare it
// expect: TypeError: Cannot read private member #m from an object whose class did not declare it
// expect: TypeError: Cannot use 'in' operator to search for '#f' in 1
// expect: TypeError: Private method '#m' is not writable
// expect: TypeError: '#s' was defined without a getter
// expect: TypeError: '#g' was defined without a setter
// expect: TypeError: Cannot initialize #q twice on the same object
// expect: TypeError: Cannot read private member #o from an object whose class did not declare it
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: TypeError: Cannot mix BigInt and other types, use explicit conversions
// expect: TypeError: Cannot convert a BigInt value to a number
// expect: TypeError: Cannot convert object to primitive value
// expect: TypeError: Cannot convert object to primitive value
