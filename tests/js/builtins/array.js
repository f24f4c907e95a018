// Array: what its messages name, lengths at their limits, what a failing method leaves behind.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => [].map(3),
  () => [].findLast("text"),
  () => [].sort("text"),
  () => [].reduce((a, b) => a),
  () => [1].with(5, 0),
  () => [1].with(-3, 0),
  () => new Array(-1),
  () => { [].length = 1.5; },
  () => Array.from({ [Symbol.iterator]: 3 }),
  () => Array.from([], {}),
  () => Array.prototype.flatMap.call(null, (x) => x),
  () => Array.prototype[Symbol.iterator].call(undefined),
  () => [].keys().next.call([]),
  () => Array.prototype.push.call({ length: 2 ** 53 - 1 }, 1),
  () => [1].concat({ length: 2 ** 53, [Symbol.isConcatSpreadable]: true }),
  () => [Symbol("s")].join(),
);
console.log(new Array(2 ** 32 - 1).length, Array.of(7).length);
fails(() => { const a = []; a[2 ** 32 - 2] = 1; a.push(2); });

// Methods that write say why they cannot.
const frozen = Object.freeze([2, 1]), fixed = Object.defineProperty([1], "length", { writable: false });
fails(
  () => frozen.push(3),
  () => frozen.pop(),
  () => frozen.reverse(),
  () => frozen.sort(),
  () => frozen.fill(0),
  () => frozen.copyWithin(0, 1),
  () => frozen.splice(0, 1),
  () => frozen.unshift(0),
  () => fixed.push(2),
  () => fixed.pop(),
  () => { "use strict"; Object.preventExtensions([])[0] = 1; },
  () => { "use strict"; Object.defineProperty([1, 2, 3], 1, { configurable: false }).length = 0; },
  () => Object.defineProperty(fixed, 3, { value: 1 }),
);
console.log(frozen, fixed);

// The push that failed at the limit has stored its element all the same.
const full = { length: 2 ** 53 - 2 };
fails(() => Array.prototype.push.call(full, "a", "b"));
console.log(Object.keys(full).join());
const most = [];
most.length = 2 ** 32 - 1;
fails(() => most.push("x", "y"));
console.log(most.length, most[2 ** 32 - 1], most[2 ** 32]);

// A subclass whose species misbehaves.
class Odd extends Array { static get [Symbol.species]() { return 3; } }
fails(() => new Odd(1, 2).map((x) => x));
class Self extends Array { static get [Symbol.species]() { return function () { return frozen; }; } }
fails(() => Self.of(1).map((x) => x));

// Copies go through structured clones with holes, and without what is not an element.
const holes = [, 1, , 3]; holes.extra = { deep: [holes] };
const copy = structuredClone(holes);
console.log(copy, copy.extra.deep[0] === copy, 0 in copy, copy.length);
// expect: TypeError: 3 is not a function
// expect: TypeError: "text" is not a function
// expect: TypeError: The comparison function must be either a function or undefined
// expect: TypeError: Reduce of empty array with no initial value
// expect: RangeError: Invalid index : 5
// expect: RangeError: Invalid index : -3
// expect: RangeError: Invalid array length
// expect: RangeError: Invalid array length
// expect: TypeError: '3' returned for property 'Symbol(Symbol.iterator)' of object '#<Object>' is not a function
// expect: TypeError: #<Object> is not a function
// expect: TypeError: Array.prototype.flatMap called on null or undefined
// expect: TypeError: Array.prototype.values called on null or undefined
// expect: TypeError: Method Array Iterator.prototype.next called on incompatible receiver [object Array]
// expect: TypeError: Pushing 1 elements on an array-like of length 9007199254740991 is disallowed by ECMA-262, as the total length exceeds 2^53 - 1
// expect: TypeError: Invalid array length
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: 4294967295 1
// expect: RangeError: Invalid array length
// expect: TypeError: Cannot add property 2, object is not extensible
// expect: TypeError: Cannot delete property '1' of [object Array]
// expect: TypeError: Cannot assign to read only property '0' of object '[object Array]'
// expect: TypeError: Cannot assign to read only property '0' of object '[object Array]'
// expect: TypeError: Cannot assign to read only property '0' of object '[object Array]'
// expect: TypeError: Cannot assign to read only property '0' of object '[object Array]'
// expect: TypeError: Cannot assign to read only property '0' of object '[object Array]'
// expect: TypeError: Cannot add property 2, object is not extensible
// expect: TypeError: Cannot assign to read only property 'length' of object '[object Array]'
// expect: TypeError: Cannot assign to read only property 'length' of object '[object Array]'
// expect: TypeError: Cannot add property 0, object is not extensible
// expect: TypeError: Cannot delete property '1' of [object Array]
// expect: TypeError: Cannot define property 3, the array's length is not writable
// expect: [ 2, 1 ] [ <1 empty item> ]
// expect: TypeError: Pushing 2 elements on an array-like of length 9007199254740990 is disallowed by ECMA-262, as the total length exceeds 2^53 - 1
// expect: length
// expect: RangeError: Invalid array length
// expect: 4294967295 x y
// expect: TypeError: object.constructor[Symbol.species] is not a constructor
// expect: TypeError: Cannot redefine property: 0
// expect: <ref *1> [
// expect:   <1 empty item>,
// expect:   1,
// expect:   <1 empty item>,
// expect:   3,
// expect:   extra: { deep: [ [Circular *1] ] }
// expect: ] true false 4
