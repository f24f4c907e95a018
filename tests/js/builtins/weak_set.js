// WeakSet: values, receivers.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => WeakSet(),
  () => new WeakSet([1]),
  () => new WeakSet(5),
  () => new WeakSet().add(Symbol.for("registered")),
  () => WeakSet.prototype.has.call(new Set(), {}),
  () => WeakSet.prototype.add.call(undefined, {}),
  () => new (class Odd extends WeakSet { get add() { return 1; } })([{}]),
  () => structuredClone(new WeakSet()),
);
const value = {}, set = new WeakSet([value, set_of(), value]);
function set_of() { return Symbol("s"); }
console.log(set.has(value), set.has(1), set.delete("x"), set.delete(value), set.has(value), set.add(value) === set, set.add(Symbol.iterator).has(Symbol.iterator));
// expect: TypeError: Constructor WeakSet requires 'new'
// expect: TypeError: Invalid value used in weak set: 1
// expect: TypeError: 5 is not iterable
// expect: TypeError: Invalid value used in weak set: Symbol(registered)
// expect: TypeError: Method WeakSet.prototype.has called on incompatible receiver #<Set>
// expect: TypeError: Method WeakSet.prototype.add called on incompatible receiver undefined
// expect: TypeError: '1' returned for property 'add' of object '#<Odd>' is not a function
// expect: DataCloneError: $: #<WeakSet> could not be cloned
// expect: true false false true false true true
