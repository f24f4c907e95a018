// Object.keys and its kin, assign, spread, rest, for-in and freeze take shortcuts for plain objects; behind a Proxy
// they go the specification's way. Both do the same.
const symbol = Symbol("s"), other = Symbol("t");
class Base { constructor() { this.own = 1; this.two = 2; } get inherited() { return 1; } method() {} }
class Private extends Base { #secret = 3; shown = 4; read() { return this.#secret; } }
function Old() { this.x = 1; }
Old.prototype.visible = "yes";
const makers = {
  empty: () => ({}),
  four: () => ({ a: 1, b: "two", c: null, d: undefined }),
  many: () => ({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10 }),
  hundreds: () => Object.fromEntries(Array.from({ length: 300 }, (_, i) => ["k" + i, i])),
  indices: () => ({ b: 1, 2: 2, a: 3, 1: 4 }),
  symbols: () => ({ [symbol]: 1, a: 2, [other]: 3, b: 4 }),
  getter: () => ({ a: 1, get b() { return this.a + 1; }, c: 3 }),
  hidden: () => Object.defineProperty({ a: 1, c: 3 }, "b", { value: 2, configurable: true }),
  readonly: () => Object.defineProperty({ a: 1 }, "b", { value: 2, enumerable: true }),
  deleted: () => { const o = { a: 1, b: 2, c: 3 }; delete o.b; return o; },
  instance: () => new Base(),
  privates: () => new Private(),
  old: () => new Old(),
  bare: () => Object.assign(Object.create(null), { a: 1, b: 2 }),
  frozen: () => Object.freeze({ a: 1, b: 2 }),
  array: () => Object.assign([1, 2, , 4], { extra: 1 }),
  function: () => Object.assign(() => 1, { a: 1 }),
  chained: () => Object.create({ p: 1, a: "hidden by" }, { a: { value: 1, enumerable: true }, q: { value: 2 } }),
  shadowing: () => Object.create({ p: 1, q: 2 }, { p: { value: 1, enumerable: false } }),
  proto: () => ({ ["__proto__"]: 1, a: 2 }),
};
const show = (value) => {
  if (typeof value !== "object" && typeof value !== "function" || value === null) return String(value);
  return Reflect.ownKeys(value).map((key) => {
    const d = Object.getOwnPropertyDescriptor(value, key);
    return String(key) + ":" + [d.writable, d.enumerable, d.configurable, d.get ? "get" : Array.isArray(d.value) ? show(d.value) : String(d.value)].join();
  }).join(" ") + (Object.isExtensible(value) ? "" : " closed");
};
const forIn = (o) => { const keys = []; for (const key in o) keys.push(key); return keys; };
const operations = {
  keys: (o) => Object.keys(o), values: (o) => Object.values(o), entries: (o) => Object.entries(o), forIn,
  spread: (o) => ({ ...o }), spreadAfter: (o) => ({ a: 0, z: 1, ...o }), spreadOverGetter: (o) => ({ get a() { return 9; }, ...o, end: 1 }),
  twice: (o) => ({ ...o, ...o }), then: (o) => { const copy = { ...o }; copy.later = 1; copy.a = 5; return copy; },
  assign: (o) => Object.assign({}, o), assignOver: (o) => Object.assign({ a: 7, other: 1 }, o),
  assignBare: (o) => Object.assign(Object.create(null), o), assignArray: (o) => Object.assign([], o),
  assignSealed: (o) => { try { return Object.assign(Object.seal({ a: 1 }), o); } catch (e) { return e.constructor.name; } },
  assignReadonly: (o) => { try { return Object.assign(Object.freeze({ a: 1 }), o); } catch (e) { return e.constructor.name; } },
  assignSetter: (o) => { const seen = []; Object.assign({ set a(v) { seen.push(v); } }, o); return seen; },
  assignInheritedSetter: (o) => { const seen = []; const t = Object.assign(Object.create({ set a(v) { seen.push(v); } }), o); return [seen, show(t)]; },
  assignInheritedReadonly: (o) => {
    try { return Object.assign(Object.create(Object.freeze({ b: 1 })), o); } catch (e) { return e.constructor.name; }
  },
  rest: ({ a, ...others }) => others, restOfNone: ({ ...others }) => others, restComputed: ({ [symbol]: s, ["b"]: b, 1: one, ...others }) => others,
  isFrozen: (o) => Object.isFrozen(o), isSealed: (o) => Object.isSealed(o),
};
// First with shapes that nobody has met, then with those that are known.
for (let round = 0; round < 3; round++)
  for (const [name, make] of Object.entries(makers))
    for (const [what, operate] of Object.entries(operations)) {
      const fast = show(operate(make())), slow = show(operate(new Proxy(make(), {})));
      if (fast !== slow) console.log(round, name, what, "\n", fast, "\n", slow);
    }
for (const [name, make] of Object.entries(makers))
  for (const level of ["freeze", "seal", "preventExtensions"]) {
    const fast = make(), slow = make();
    Object[level](fast);
    Object[level](new Proxy(slow, {}));
    if (show(fast) !== show(slow)) console.log(name, level, show(fast), show(slow));
    for (const test of ["isFrozen", "isSealed"]) if (Object[test](fast) !== Object[test](new Proxy(slow, {}))) console.log(name, level, test);
    try { (() => { "use strict"; fast.a = "changed"; })(); } catch {}
    try { (() => { "use strict"; new Proxy(slow, {}).a = "changed"; })(); } catch {}
    if (show(fast) !== show(slow)) console.log(name, level, "after a store");
  }
console.log(new Private().read(), Object.freeze(new Private()).read());                    // expect: 3 3

// for-in while the object changes.
function during(change) {
  const object = { a: 1, b: 2, c: 3, d: 4 }, keys = [];
  for (const key in object) { keys.push(key); change(object, key); }
  return keys.join("");
}
console.log(during(() => {}), during((o, k) => { if (k === "a") delete o.c; }), during((o, k) => { if (k === "b") o.e = 5; }));  // expect: abcd abd abcd
console.log(during((o, k) => { if (k === "a") Object.defineProperty(o, "b", { enumerable: false }); }));  // expect: acd
console.log(during((o, k) => { if (k === "a") { delete o.b; o.b = 1; } }));                // expect: abcd
console.log(during((o, k) => { if (k === "a") { delete o.c; Object.setPrototypeOf(o, { c: 1, z: 2 }); } }));  // expect: abdcz
console.log(during((o) => { delete o.d; }), during(() => {}));                             // expect: abc abcd
// Prototypes that get and lose something to be seen.
const plain = { own: 1 }, seen = () => forIn(plain).join();
console.log(seen());                                                                       // expect: own
Object.prototype.added = 1;
console.log(seen(), forIn([1]).join());                                                    // expect: own,added 0,added
delete Object.prototype.added;
console.log(seen(), forIn([1]).join());                                                    // expect: own 0
Object.defineProperty(Object.prototype, "added", { value: 1, enumerable: false, configurable: true });
console.log(seen());                                                                       // expect: own
Object.defineProperty(Object.prototype, "added", { enumerable: true });
console.log(seen());                                                                       // expect: own,added
delete Object.prototype.added;
// A setter that appears after the copy is known.
const source = { p: 1, q: 2 }, assigned = () => Object.keys(Object.assign({}, source)).join();
console.log(assigned(), assigned());                                                       // expect: p,q p,q
let caught = 0;
Object.defineProperty(Object.prototype, "q", { set(v) { caught = v; }, configurable: true });
console.log(assigned(), caught, Object.keys({ ...source }).join());                        // expect: p 2 p,q
delete Object.prototype.q;
console.log(assigned());                                                                   // expect: p,q
// The result of Object.keys is the caller's own.
const keys = Object.keys(source);
keys.push("more");
keys[0] = "changed";
console.log(Object.keys(source).join(), forIn(source).join());                             // expect: p,q p,q
// Descriptors with inherited and computed fields.
const described = Object.defineProperty({}, "x", Object.create({ value: 1, enumerable: true }));
console.log(show(described));                                                              // expect: x:false,true,false,1
console.log(show(Object.defineProperty({}, "x", { get value() { return 2; }, configurable: 1 })));  // expect: x:false,false,true,2
// Into objects that have properties already, again and again.
for (let i = 0; i < 4; i++) {
  const target = { z: 0, y: 1 }, wide = { w1: 1, w2: 2, w3: 3, w4: 4, w5: 5 };
  const copies = [Object.assign(target, source, wide), { first: i, ...wide, ...source, last: i }, Object.assign({ p: 9 }, source, { q: i })];
  if (i === 3) for (const copy of copies) console.log(JSON.stringify(copy));
}
// expect: {"z":0,"y":1,"p":1,"q":2,"w1":1,"w2":2,"w3":3,"w4":4,"w5":5}
// expect: {"first":3,"w1":1,"w2":2,"w3":3,"w4":4,"w5":5,"p":1,"q":2,"last":3}
// expect: {"p":1,"q":3}
// Arrays: holes, extra properties, sparse ones, subclasses.
class Sub extends Array {}
for (const list of [[1, , 3], Object.assign([1], { x: 2 }), Sub.of(1, 2), [], new Array(3), (() => { const l = []; l[9999] = 1; return l; })()])
  console.log(JSON.stringify([Object.keys(list), Object.values(list), Object.entries(list), forIn(list)]));
// expect: [["0","2"],[1,3],[["0",1],["2",3]],["0","2"]]
// expect: [["0","x"],[1,2],[["0",1],["x",2]],["0","x"]]
// expect: [["0","1"],[1,2],[["0",1],["1",2]],["0","1"]]
// expect: [[],[],[],[]]
// expect: [[],[],[],[]]
// expect: [["9999"],[1],[["9999",1]],["9999"]]
