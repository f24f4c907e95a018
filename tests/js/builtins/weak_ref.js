// WeakRef: targets, receivers, what is kept until the job ends.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => WeakRef({}),
  () => new WeakRef(),
  () => new WeakRef(Symbol.for("registered")),
  () => WeakRef.prototype.deref.call({}),
  () => structuredClone(new WeakRef({})),
);
const target = {}, ref = new WeakRef(target);
console.log(ref.deref() === target, new WeakRef(Symbol.iterator).deref() === Symbol.iterator, Object.prototype.toString.call(ref));
let kept = new WeakRef({ alive: true });
for (let i = 0; i < 1000; i++) new Array(100);
console.log(kept.deref().alive);
// expect: TypeError: Constructor WeakRef requires 'new'
// expect: TypeError: WeakRef: target must be an object or a non-registered symbol
// expect: TypeError: WeakRef: target must be an object or a non-registered symbol
// expect: TypeError: Method WeakRef.prototype.deref called on incompatible receiver #<Object>
// expect: DataCloneError: $: #<WeakRef> could not be cloned
// expect: true true [object WeakRef]
// expect: true
