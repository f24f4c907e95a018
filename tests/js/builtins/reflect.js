// Reflect: no conversions of targets, results instead of exceptions.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => Reflect.apply(1),
  () => Reflect.apply(() => {}, null),
  () => Reflect.apply(() => {}, null, 1),
  () => Reflect.construct(1, []),
  () => Reflect.construct(() => {}, []),
  () => Reflect.construct(function () {}, [], () => {}),
  () => Reflect.construct(function () {}),
  () => Reflect.get(1, "a"),
  () => Reflect.set("text", "a", 1),
  () => Reflect.has(null, "a"),
  () => Reflect.ownKeys(1),
  () => Reflect.defineProperty({}, "a", 1),
  () => Reflect.deleteProperty(undefined, "a"),
  () => Reflect.getPrototypeOf(1),
  () => Reflect.setPrototypeOf({}, 1),
  () => Reflect.isExtensible(1),
  () => Reflect.preventExtensions(1),
  () => Reflect.getOwnPropertyDescriptor(1, "a"),
  () => Reflect.get({ get a() { throw new RangeError("getter"); } }, "a"),
);
const frozen = Object.freeze({ a: 1 });
console.log(Reflect.set(frozen, "a", 2), Reflect.deleteProperty(frozen, "a"), Reflect.defineProperty(frozen, "b", {}), Reflect.setPrototypeOf(frozen, {}), Reflect.setPrototypeOf(frozen, Object.prototype), Reflect.preventExtensions(frozen));
// The receiver is another object: the property is made there, accessors see it.
const receiver = {}, target = { a: 1, get b() { return this; }, set b(v) { this.seen = v; } };
console.log(Reflect.set(target, "a", 2, receiver), target.a, receiver.a, Reflect.get(target, "b", receiver) === receiver, Reflect.set(target, "b", 3, receiver), receiver.seen, Reflect.set(target, "a", 4, 5), Reflect.set({}, "a", 1, frozen));
console.log(Reflect.construct(Array, [3], Map) instanceof Map, Array.isArray(Reflect.construct(Array, [3], Map)), Reflect.construct(function () { return new.target; }, [], Date) === Date);
console.log(Reflect.ownKeys({ b: 1, 10: 1, [Symbol.iterator]: 1, 9: 1, a: 1 }).map(String).join(), Object.prototype.toString.call(Reflect));
console.log(Reflect.set([], "length", 5), Reflect.set(Object.freeze([]), "length", 0), Reflect.defineProperty([], "length", { value: 2, writable: true }), Reflect.set(new Uint8Array(1), 5, 1), Reflect.set(new Uint8Array(1), 5, 1, {}));
// expect: TypeError: 1 is not a function
// expect: TypeError: CreateListFromArrayLike called on non-object
// expect: TypeError: CreateListFromArrayLike called on non-object
// expect: TypeError: 1 is not a constructor
// expect: TypeError: () => {} is not a constructor
// expect: TypeError: () => {} is not a constructor
// expect: TypeError: CreateListFromArrayLike called on non-object
// expect: TypeError: Reflect.get called on non-object
// expect: TypeError: Reflect.set called on non-object
// expect: TypeError: Reflect.has called on non-object
// expect: TypeError: Reflect.ownKeys called on non-object
// expect: TypeError: Property description must be an object: 1
// expect: TypeError: Reflect.deleteProperty called on non-object
// expect: TypeError: Reflect.getPrototypeOf called on non-object
// expect: TypeError: Object prototype may only be an Object or null: 1
// expect: TypeError: Reflect.isExtensible called on non-object
// expect: TypeError: Reflect.preventExtensions called on non-object
// expect: TypeError: Reflect.getOwnPropertyDescriptor called on non-object
// expect: RangeError: getter
// expect: false false false false true true
// expect: true 1 2 true true 3 false false
// expect: true true true
// expect: 9,10,b,a,Symbol(Symbol.iterator) [object Reflect]
// expect: true false true true true
