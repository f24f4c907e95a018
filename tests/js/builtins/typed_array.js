// TypedArray: lengths, offsets, conversions, receivers, species (see also typed_arrays.js).
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
const TypedArray = Object.getPrototypeOf(Uint8Array);
class Odd extends Uint8Array { static species; static get [Symbol.species]() { return this.species; } }
const with_species = (species, f) => { Odd.species = species; return f(new Odd(2)); };
fails(
  () => Uint8Array(1),
  () => new TypedArray(),
  () => new Uint8Array(-1),
  () => new Float64Array(2 ** 53),
  () => new Uint8Array(Symbol("s")),
  () => new Uint16Array(new ArrayBuffer(4), 1),
  () => new Uint32Array(new ArrayBuffer(5)),
  () => new Uint8Array(new ArrayBuffer(4), 5),
  () => new Uint8Array(new ArrayBuffer(4), -1),
  () => new Uint8Array(new ArrayBuffer(4), 0, 5),
  () => new Uint8Array(new ArrayBuffer(4), 0, -1),
  () => new Uint8Array([1n]),
  () => new BigInt64Array([1]),
  () => new Uint8Array(new BigInt64Array(1)),
  () => new Uint8Array({ [Symbol.iterator]: 1 }),
  () => { new Uint8Array(1)[0] = 1n; },
  () => { new BigInt64Array(1)[0] = 1; },
  () => new Uint8Array(2).set([1, 2, 3]),
  () => new Uint8Array(2).set([1], -1),
  () => new Uint8Array(2).set(new BigInt64Array(1)),
  () => new Uint8Array(2).with(2, 1),
  () => new Uint8Array(2).with(-3, 1),
  () => new Uint8Array(2).sort(1),
  () => new Uint8Array(0).reduce((a, b) => a),
  () => Uint8Array.prototype.fill.call([]),
  () => Uint8Array.prototype.length,
  () => Uint8Array.from.call(Array, []),
  () => Uint8Array.of.call({}, 1),
  () => with_species(Array, (a) => a.map((x) => x)),
  () => with_species(BigInt64Array, (a) => a.slice()),
  () => with_species(3, (a) => a.slice()),
  () => with_species(class extends Uint8Array { constructor() { super(0); } }, (a) => a.slice()),
  () => Object.defineProperty(new Uint8Array(1), 1, { value: 1 }),
  () => Object.defineProperty(new Uint8Array(1), 0, { value: 1, configurable: false }),
  () => { "use strict"; delete new Uint8Array(1)[0]; },
);
// Keys that look like numbers never reach the prototype.
const bytes = new Uint8Array(1); TypedArray.prototype["1.5"] = "seen";
bytes["-0"] = 1; bytes["1.5"] = 1; bytes["1e3"] = "named"; bytes[5] = 1;
console.log(bytes["-0"], bytes["1.5"], "Infinity" in bytes, Object.keys(bytes).join(), bytes["1e3"]);
delete TypedArray.prototype["1.5"];
console.log([...new Float32Array([1.1, NaN, -0])].map(String).join(), [...new Uint8ClampedArray([0.5, 1.5, NaN, -1, 256, "7"])].join(), [...new Int16Array([32768, -32769.9, 2 ** 40 + 5])].join(), [...new Float16Array([65519, 65520, 1 / 3])].join());
console.log(new Int8Array([3, -1, 2]).sort().join(), new Float64Array([NaN, 0, -0, -Infinity]).sort().map((x) => 1 / x).join(), new Uint8Array([1, 2, 3]).subarray(-2, -1)[0], new Uint8Array([1, 2, 3, 4]).copyWithin(1, 0, 3).join(), new Uint8Array([1, 2]).toLocaleString());
const clone = structuredClone(new Odd([1, 2]).subarray === undefined ? 0 : new Uint16Array(new ArrayBuffer(8), 2, 2));
console.log(clone.byteOffset, clone.buffer.byteLength, clone.length, new Uint8Array([3, 1]).toSorted().join(), Object.prototype.toString.call(clone));
// expect: TypeError: Constructor Uint8Array requires 'new'
// expect: TypeError: Abstract class TypedArray not directly constructable
// expect: RangeError: Invalid typed array length: -1
// expect: RangeError: Invalid typed array length: 9007199254740992
// expect: TypeError: Cannot convert a Symbol value to a number
// expect: RangeError: start offset of Uint16Array should be a multiple of 2
// expect: RangeError: byte length of Uint32Array should be a multiple of 4
// expect: RangeError: Start offset 5 is outside the bounds of the buffer
// expect: RangeError: Start offset -1 is outside the bounds of the buffer
// expect: RangeError: Invalid typed array length: 5
// expect: RangeError: Invalid typed array length: -1
// expect: TypeError: Cannot convert a BigInt value to a number
// expect: TypeError: Cannot convert 1 to a BigInt
// expect: TypeError: Cannot mix BigInt and other types, use explicit conversions
// expect: TypeError: '1' returned for property 'Symbol(Symbol.iterator)' of object '#<Object>' is not a function
// expect: TypeError: Cannot convert a BigInt value to a number
// expect: TypeError: Cannot convert 1 to a BigInt
// expect: RangeError: offset is out of bounds
// expect: RangeError: offset is out of bounds
// expect: TypeError: Cannot mix BigInt and other types, use explicit conversions
// expect: RangeError: Invalid typed array index: 2
// expect: RangeError: Invalid typed array index: -3
// expect: TypeError: The comparison function must be either a function or undefined
// expect: TypeError: Reduce of empty array with no initial value
// expect: TypeError: TypedArray.prototype.fill: [object Array] is not a typed array
// expect: TypeError: Method get TypedArray.prototype.length called on incompatible receiver #<Uint8Array>
// expect: TypeError: species constructor: [object Array] is not a typed array
// expect: TypeError: #<Object> is not a constructor
// expect: TypeError: species constructor: [object Array] is not a typed array
// expect: TypeError: Cannot mix BigInt and other types: the species constructor of a Uint8Array made a BigInt64Array
// expect: TypeError: object.constructor[Symbol.species] is not a constructor
// expect: TypeError: Derived TypedArray constructor created an array which was too small
// expect: TypeError: Invalid typed array index: 1
// expect: TypeError: Cannot redefine property: 0
// expect: TypeError: Cannot delete property '0' of #<Uint8Array>
// expect: undefined undefined false 0,1e3 named
// expect: 1.100000023841858,NaN,0 0,2,0,0,255,7 -32768,32767,5 65504,Infinity,0.333251953125
// expect: -1,2,3 0,-Infinity,Infinity,NaN 2 1,1,2,3 1,2
// expect: 2 8 2 1,3 [object Uint16Array]
