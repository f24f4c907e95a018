// Iterator and its helpers: arguments, receivers, closing.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
const count = () => [1, 2, 3].values();
fails(
  () => Iterator(),
  () => new Iterator(),
  () => Iterator.from(5),
  () => Iterator.from({ [Symbol.iterator]() { return 1; } }),
  () => Iterator.from({}).next(),
  () => count().map(),
  () => count().filter({}),
  () => count().take(-1),
  () => count().take(NaN),
  () => count().drop("x"),
  () => count().flatMap((x) => x).next(),
  () => count().flatMap(() => "string").next(),
  () => count().reduce(1),
  () => [].values().reduce((a, b) => a),
  () => Iterator.prototype.map.call(1, (x) => x),
  () => Iterator.prototype.toArray.call({ next: 1 }),
  () => Iterator.prototype.some.call({ next() { return 1; } }, () => true),
  () => Object.getPrototypeOf(count().map((x) => x)).next.call({}),
  () => { Iterator.prototype[Symbol.toStringTag] = "x"; },
  () => { "use strict"; Iterator.prototype.constructor = 1; },
  () => Iterator.concat([1], 2),
  () => Iterator.zip([[1], [1, 2]], { mode: "strict" }).toArray(),
  () => Iterator.zip([[1]], { mode: "sideways" }),
  () => structuredClone(count().map((x) => x)),
);
let helper;
fails(() => { helper = count().map(() => helper.next()); helper.next(); });
// Who is closed, and when.
const log = [];
const source = () => ({ __proto__: Iterator.prototype, n: 0, next() { log.push("next"); return { value: this.n++, done: this.n > 5 }; }, return() { log.push("return"); return {}; } });
const take = () => log.splice(0).join(" ");
source().take(1).toArray(); console.log(take());
source().take(0).next(); console.log(take());
source().drop(10).next(); console.log(take());
source().map((x) => x).return(); console.log(take());
fails(() => source().map(() => { throw new RangeError("callback"); }).next()); console.log(take());
fails(() => source().take(-1)); console.log(take());
source().find((x) => x === 1); console.log(take());
console.log([...source().filter((x) => x % 2).flatMap((x) => [x, -x])].join(), take());
console.log(Iterator.from({ next: () => ({ done: true }) }).toArray().length, [...Iterator.concat([1], new Set([2]), "3".matchAll(/./g))].length);
// expect: TypeError: Constructor Iterator requires 'new'
// expect: TypeError: Abstract class Iterator not directly constructable
// expect: TypeError: 5 is not an object
// expect: TypeError: 1 is not an object
// expect: TypeError: undefined is not a function
// expect: TypeError: undefined is not a function
// expect: TypeError: #<Object> is not a function
// expect: RangeError: -1 must be positive
// expect: RangeError: NaN must be positive
// expect: RangeError: "x" must be positive
// expect: TypeError: 1 is not an object
// expect: TypeError: "string" is not an object
// expect: TypeError: 1 is not a function
// expect: TypeError: Reduce of a done iterator with no initial value
// expect: TypeError: Iterator.prototype.map called on non-object
// expect: TypeError: '1' returned for property 'next' of object '#<Object>' is not a function
// expect: TypeError: Iterator result 1 is not an object
// expect: TypeError: Method Iterator Helper.prototype.next called on incompatible receiver #<Object>
// expect: TypeError: Cannot assign to read only property 'Symbol(Symbol.toStringTag)' of a prototype object
// expect: TypeError: Cannot assign to read only property 'constructor' of a prototype object
// expect: TypeError: 2 is not an object
// expect: TypeError: Iterator.zip: iterators of different lengths in strict mode
// expect: TypeError: "sideways" is not a mode of Iterator.zip
// expect: DataCloneError: $: #<Iterator Helper> could not be cloned
// expect: TypeError: Generator is already running
// expect: next return
// expect: return
// expect: next next next next next next
// expect: return
// expect: RangeError: callback
// expect: next return
// expect: RangeError: -1 must be positive
// expect: return
// expect: next next return
// expect: 1,-1,3,-3 next next next next next next
// expect: 0 3
