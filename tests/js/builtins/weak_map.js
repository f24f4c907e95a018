// WeakMap: keys, receivers.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => WeakMap(),
  () => new WeakMap([[1, 2]]),
  () => new WeakMap([1]),
  () => new WeakMap().set("text", 1),
  () => new WeakMap().set(Symbol.for("registered"), 1),
  () => new WeakMap().getOrInsert(null, 1),
  () => new WeakMap().getOrInsertComputed({}, 1),
  () => WeakMap.prototype.get.call(new Map(), {}),
  () => WeakMap.prototype.set.call(1, {}, 1),
  () => structuredClone(new WeakMap()),
);
const key = {}, symbol = Symbol("s"), map = new WeakMap([[key, 1], [symbol, 2], [Symbol.iterator, 3]]);
console.log(map.get(key), map.get(symbol), map.get(Symbol.iterator), map.get(1), map.has("x"), map.delete(1), map.delete(key), map.has(key), map.getOrInsertComputed(key, (k) => k === key), "size" in map);
map.set(map, map); console.log(map.get(map) === map, Object.isFrozen(Object.freeze(map)), map.set(key, 2).get(key));
// expect: TypeError: Constructor WeakMap requires 'new'
// expect: TypeError: Invalid value used as weak map key: 1
// expect: TypeError: Iterator value 1 is not an entry object
// expect: TypeError: Invalid value used as weak map key: "text"
// expect: TypeError: Invalid value used as weak map key: Symbol(registered)
// expect: TypeError: Invalid value used as weak map key: null
// expect: TypeError: 1 is not a function
// expect: TypeError: Method WeakMap.prototype.get called on incompatible receiver #<Map>
// expect: TypeError: Method WeakMap.prototype.set called on incompatible receiver 1
// expect: DataCloneError: $: #<WeakMap> could not be cloned
// expect: 1 2 3 undefined false false true false true false
// expect: true true 2
