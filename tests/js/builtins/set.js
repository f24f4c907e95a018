// Set: receivers, the methods of two sets and what they ask of the other.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => Set(),
  () => new Set(3),
  () => Set.prototype.add.call(new Map(), 1),
  () => Set.prototype.forEach.call({}, () => {}),
  () => new Set().forEach(),
  () => new Set().values().next.call(new Map().values()),
  () => new (class Odd extends Set { get add() { return 1; } })([1]),
  () => new Set([1]).union([1]),
  () => new Set([1]).union(1),
  () => new Set([1]).isSubsetOf({ size: NaN }),
  () => new Set([1]).intersection({ size: -1, has() {}, keys() {} }),
  () => new Set([1]).difference({ size: 1, has: 1, keys() {} }),
  () => new Set([1]).symmetricDifference({ size: 1, has() {}, keys: 1 }),
  () => new Set([1]).union({ size: 1, has() {}, keys() { return 1; } }),
  () => structuredClone(new Set([Symbol("s")])),
);
const a = new Set([1, 2, 3]), b = new Set([3, 4]);
console.log([...a.union(b)].join(), [...a.intersection(b)].join(), [...a.difference(b)].join(), [...a.symmetricDifference(b)].join(), a.isSupersetOf(new Set([1])), a.isDisjointFrom(b));
// The smaller side is asked, in its own order; a Map will do; Infinity is a size.
console.log([...new Set([1, 2, 3]).intersection(new Set([3, 2]))].join(), [...a.union(new Map([[9, 0]]))].join());
const log = [];
const all = { size: Infinity, has(x) { log.push(x); return true; }, keys() { throw new Error("not asked"); } };
console.log(a.isSubsetOf(all), [...a.intersection(all)].join(), a.isDisjointFrom(all), log.join());
// What changes while it is walked.
const growing = new Set([1]); let rounds = 0;
for (const x of growing) if (rounds++ < 5) { growing.delete(x); growing.add(x + 1); }
console.log([...growing].join(), rounds);
const eating = new Set([1, 2, 3]);
console.log([...eating.difference({ size: 0, has: () => false, keys: () => ({ next: () => ({ done: true }) }) })].join());
console.log([...structuredClone(new Set([NaN, -0, a])).values()][2] instanceof Set, Object.is([...new Set([-0])][0], 0), new Set("aab").size);
// expect: TypeError: Constructor Set requires 'new'
// expect: TypeError: 3 is not iterable
// expect: TypeError: Method Set.prototype.add called on incompatible receiver #<Map>
// expect: TypeError: Method Set.prototype.forEach called on incompatible receiver #<Object>
// expect: TypeError: undefined is not a function
// expect: TypeError: Method Set Iterator.prototype.next called on incompatible receiver #<Map Iterator>
// expect: TypeError: '1' returned for property 'add' of object '#<Odd>' is not a function
// expect: TypeError: The 'size' property must be a number
// expect: TypeError: 1 is not an object
// expect: TypeError: The 'size' property must be a number
// expect: RangeError: '-1' is an invalid size
// expect: TypeError: The 'has' property must be a function
// expect: TypeError: The 'keys' property must be a function
// expect: TypeError: 1 is not an object
// expect: DataCloneError: ${item 0}: symbol could not be cloned
// expect: 1,2,3,4 3 1,2 1,2,4 true false
// expect: 3,2 1,2,3,9
// expect: true 1,2,3 false 1,2,3,1,2,3,1
// expect: 6 6
// expect: 1,2,3
// expect: true true 2
