// Map, Set and String iterators are stepped without a call of `next`, as long as it is theirs. Driven by hand, or by
// another `next`, they give the same.
const slowly = (iterable) => {
  const values = [], iterator = iterable[Symbol.iterator](), next = iterator.next;
  for (;;) { const { value, done } = Reflect.apply(next, iterator, []); if (done) return values; values.push(value); }
};
const map = new Map([[1, "a"], [NaN, "b"], ["c", undefined]]), set = new Set([3, "x", undefined, 0]);
const sources = [map, map.keys(), map.values(), set, set.entries(), "", "ab", "a\u{1F600}b", "\uD83Dx\uDE00", new String("xy")];
const fresh = [() => map, () => map.keys(), () => map.values(), () => set, () => set.entries(), ...sources.slice(5).map((s) => () => s)];
const ways = [(s) => [...s], (s) => Array.from(s), (s) => { const r = []; for (const v of s) r.push(v); return r; }, (s) => ((...r) => r)(...s), (s) => { const [...r] = s; return r; },
  (s) => { function* g() { yield* s; } return [...g()]; }, (s) => Iterator.from(s).toArray(), (s) => Iterator.from(s).map((v) => v).toArray()];
console.log(fresh.every((make) => ways.every((way) => JSON.stringify(way(make())) === JSON.stringify(slowly(make()))))); // expect: true
console.log(Array.from(set, (v, i) => [v, i]).join(" "), [...new Set("hello")].join(""), [...new Map(map)].length); // expect: 3,0 x,1 ,2 0,3 helo 3

// Entries that come and go meanwhile.
const growing = new Set([1]);
for (const v of growing) { if (v < 5) growing.add(v + 1); growing.delete(v); }
console.log(growing.size, [...(function* () { const m = new Map([[1, 1]]); for (const [k] of m) { yield k; if (k < 4) m.set(k + 1, 0); } })()]); // expect: 0 [ 1, 2, 3, 4 ]
// An iterator that has ended stays so; one that was left goes on.
const one = set.values();
for (const v of one) { console.log(v); break; } // expect: 3
console.log([...one].length, [...one].length, one.next().done); // expect: 3 0 true
// Other `next` methods: patched, own, of another kind.
for (const make of [() => map.keys(), () => set.values(), () => "ab"[Symbol.iterator]()]) {
  const prototype = Object.getPrototypeOf(make()), { next } = prototype;
  prototype.next = function () { const result = next.call(this); return result.done ? result : { value: "seen " + String(result.value), done: false }; };
  const patched = [...make()].join();
  prototype.next = next;
  const own = make();
  let turns = 0;
  own.next = () => ({ value: ++turns, done: turns > 2 });
  console.log(patched, [...make()].length, [...own].join());
}
// expect: seen 1,seen NaN,seen c 3 1,2
// expect: seen 3,seen x,seen undefined,seen 0 4 1,2
// expect: seen a,seen b 2 1,2
const setNext = Object.getPrototypeOf(set.values()).next, mapNext = Object.getPrototypeOf(map.keys()).next;
try { const i = set.values(); i.next = mapNext; [...i]; } catch (e) { console.log(e.constructor.name); } // expect: TypeError
try { [...{ [Symbol.iterator]: () => ({ next: setNext }) }]; } catch (e) { console.log(e.constructor.name); } // expect: TypeError
// `return` is asked for when a loop ends early.
const prototype = Object.getPrototypeOf(set.values());
prototype.return = function () { console.log("returned"); return {}; };
for (const v of set) break; // expect: returned
const [first] = set;        // expect: returned
delete prototype.return;
try { Array.from(set, () => { throw new RangeError("mapped"); }); } catch (e) { console.log(e.message); } // expect: mapped
