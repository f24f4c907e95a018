// Map: receivers, entries, changes while it is walked, keys.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => Map(),
  () => new Map(3),
  () => new Map([1]),
  () => new Map({ [Symbol.iterator]() { return 1; } }),
  () => Map.prototype.get.call({}, 1),
  () => Map.prototype.set.call(new Set(), 1, 1),
  () => Object.getOwnPropertyDescriptor(Map.prototype, "size").get.call(new WeakMap()),
  () => new Map().forEach(3),
  () => new Map().entries().next.call(new Set().values()),
  () => Map.groupBy(null, () => 1),
  () => Map.groupBy([1], 1),
  () => new (class Odd extends Map { get set() { return 1; } })([[1, 2]]),
  () => structuredClone(new Map([[() => {}, 1]])),
  () => new Map([[1, 1]]).getOrInsertComputed(2, 3),
);
const map = new Map([[NaN, "nan"], [-0, "zero"], ["k", 1]]);
console.log(map.get(NaN), Object.is([...map.keys()][1], 0), map.get(0), map.getOrInsert("k", 2), map.getOrInsertComputed("c", (key) => key + "!"), map.size);
// Deleted and added again while walking: each is seen once more at the end.
const seen = [];
const walked = new Map([[1, "a"], [2, "b"], [3, "c"]]);
for (const [key] of walked) { seen.push(key); if (key === 1 && seen.length === 1) { walked.delete(1); walked.set(1, "again"); walked.delete(2); } }
console.log(seen.join(), [...walked.keys()].join());
const iterator = walked.values(); iterator.next(); walked.clear(); walked.set(9, "late");
console.log(iterator.next().value, iterator.next().done, (walked.set(10, "x"), iterator.next().done));
// An iterable that throws is closed, and the map is lost.
let closed = 0;
fails(() => new Map({ [Symbol.iterator]: () => ({ next: () => ({ value: 5 }), return() { closed++; return {}; } }) }));
const key = {}, clone = structuredClone(new Map([[key, key], ["self", 1]]));
console.log(closed, [...clone][0][0] === [...clone][0][1], [...clone][0][0] === key, Object.prototype.toString.call(clone.entries()));
console.log([...Map.groupBy([1, 2, 3, -0], (x) => x % 2)].join("|"), new Map([[1, 2]]).set(1, 3).get(1));
// expect: TypeError: Constructor Map requires 'new'
// expect: TypeError: 3 is not iterable
// expect: TypeError: Iterator value 1 is not an entry object
// expect: TypeError: Result of the Symbol.iterator method is not an object: 1
// expect: TypeError: Method Map.prototype.get called on incompatible receiver #<Object>
// expect: TypeError: Method Map.prototype.set called on incompatible receiver #<Set>
// expect: TypeError: Method get Map.prototype.size called on incompatible receiver #<WeakMap>
// expect: TypeError: 3 is not a function
// expect: TypeError: Method Map Iterator.prototype.next called on incompatible receiver #<Set Iterator>
// expect: TypeError: null is not iterable
// expect: TypeError: 1 is not a function
// expect: TypeError: '1' returned for property 'set' of object '#<Odd>' is not a function
// expect: DataCloneError: ${key 0}: function could not be cloned
// expect: TypeError: 3 is not a function
// expect: nan true zero 1 c! 4
// expect: 1,3,1 3,1
// expect: late true true
// expect: TypeError: Iterator value 5 is not an entry object
// expect: 1 true false [object Map Iterator]
// expect: 1,1,3|0,2,0 3
