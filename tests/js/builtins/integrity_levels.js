// Objects that are frozen, sealed or no longer extensible share shapes; behind a Proxy each property is defined by
// itself, and what they do afterwards is the same.
const levels = { freeze: Object.freeze, seal: Object.seal, prevent: Object.preventExtensions, both: (o) => Object.freeze(Object.preventExtensions(o)), again: (o) => Object.freeze(Object.seal(o)) };
const symbol = Symbol("s");
class Point { #secret = 3; constructor(x, y) { this.x = x; this.y = y; } get secret() { return this.#secret; } set secret(v) { this.#secret = v; } }
const hidden = (o) => Object.defineProperty(o, "h", { value: 1, configurable: true, writable: true });
const makers = {
  empty: () => ({}), plain: () => ({ a: 1, b: 2, c: 3 }), symbols: () => ({ a: 1, [symbol]: 2 }), accessor: () => ({ a: 1, get b() { return 2; }, set b(v) {} }),
  point: () => new Point(1, 2), hidden: () => hidden({ a: 1 }), bare: () => Object.assign(Object.create(null), { a: 1 }),
  many: () => Object.fromEntries(Array.from({ length: 40 }, (_, i) => ["k" + i, i])), hundreds: () => Object.fromEntries(Array.from({ length: 300 }, (_, i) => ["k" + i, i])),
  deleted: () => { const o = { a: 1, b: 2, c: 3 }; delete o.b; return o; }, elements: () => ({ 1: "one", a: 2 }),
  list: () => [1, 2, 3], holes: () => [1, , 3], none: () => [], sparse: () => { const a = [1]; a[5000] = 2; return a; }, long: () => Array.from({ length: 1500 }, (_, i) => i),
  named: () => Object.assign([1, 2], { extra: 1 }), getters: () => Object.defineProperty([1, 2], 1, { get() { return 9; }, configurable: true, enumerable: true }),
  fixed: () => Object.defineProperty([1, 2], "length", { writable: false }), prototype: () => { const o = { a: 1 }; Object.create(o); return o; }, function: () => Object.assign(() => 1, { a: 1 }),
};
const attempt = (f) => { try { return String(f()); } catch (e) { return e.constructor.name + " " + e.message; } };
const describe = (o) => Reflect.ownKeys(o).map((key) => {
  const d = Object.getOwnPropertyDescriptor(o, key);
  return String(key) + [d.writable, d.enumerable, d.configurable, d.get ? "get" : String(d.value)].join();
}).join(" ");
const state = (o) => [Object.isExtensible(o), Object.isSealed(o), Object.isFrozen(o), describe(o), Object.keys(o).join(), JSON.stringify(o)].join("|");
function store(o, value) { "use strict"; o.a = value; }
function add(o, value) { "use strict"; o.added = value; }
// The caches of both have seen extensible objects of the same properties.
for (const make of Object.values(makers)) for (let i = 0; i < 3; i++) { store(make(), 7); add(make(), 8); }
const uses = [(o) => store(o, 7), (o) => add(o, 8), (o) => { "use strict"; delete o.a; }, (o) => { "use strict"; o[0] = 5; }, (o) => Array.isArray(o) && o.push(4), (o) => Array.isArray(o) && (o.length = 1),
  (o) => Object.setPrototypeOf(o, {}), (o) => Object.defineProperty(o, "a", { value: 1 }), (o) => Object.defineProperty(o, "a", { enumerable: false }), (o) => (o instanceof Point ? (o.secret = 5, o.secret) : 0),
  (o) => Object.keys({ ...o, more: 1 }), (o) => [...(Array.isArray(o) ? o : [])], (o) => { let s = ""; for (const k in o) s += k; return s; }, (o) => Object.create(o).a, (o) => state(structuredClone(typeof o === "function" || o.b ? {} : o))];
const wrong = [];
for (const [level, set] of Object.entries(levels)) for (const [maker, make] of Object.entries(makers)) {
  const fast = make(), slow = make();
  if (set(fast) !== fast) wrong.push(level + maker);
  set(new Proxy(slow, {}));
  if (state(fast) !== state(slow)) wrong.push([level, maker, state(fast), state(slow)].join("\n"));
  for (const use of uses) {
    const one = attempt(() => use(fast)), two = attempt(() => use(slow));
    if (one !== two) wrong.push([level, maker, use, one, two].join("\n"));
  }
  if (state(fast) !== state(slow)) wrong.push([level, maker, "after", state(fast), state(slow)].join("\n"));
}
console.log(wrong.join("\n\n") || "the same"); // expect: the same

// What is made extensibly afterwards is not touched by what was frozen before.
const before = { p: 1, q: 2 }, frozen = Object.freeze({ p: 1, q: 2 }), after = { p: 1, q: 2 };
add(before, 1); add(after, 2); after.p = 3;
console.log(before, frozen, after); // expect: { p: 1, q: 2, added: 1 } { p: 1, q: 2 } { p: 3, q: 2, added: 2 }
// Frozen arrays are iterated as others are.
const list = Object.freeze([1, , 3]), sum = (...values) => values.join();
console.log([...list], sum(...list), Math.max(...Object.freeze([1, 5])), Array.from(list)); // expect: [ 1, undefined, 3 ] 1,,3 5 [ 1, undefined, 3 ]
const values = Array.prototype[Symbol.iterator];
Array.prototype[Symbol.iterator] = function* () { yield "patched"; };
console.log(sum(...list), sum(...[1])); // expect: patched patched
Array.prototype[Symbol.iterator] = values;
console.log(sum(...list), sum(...[1])); // expect: 1,,3 1
