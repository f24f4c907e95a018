// Most of the standard library is made when it is first asked for; no script can tell.
const names = Object.getOwnPropertyNames(globalThis);
console.log(names.indexOf("Math") > 0, names.indexOf("Math") < names.indexOf("Map")); // expect: true true

// A deleted or replaced global stays so when the engine needs what it named.
console.log(delete globalThis.Promise, (async () => {})().constructor.name, "Promise" in globalThis); // expect: true Promise false
globalThis.RegExp = 5;
console.log(/a/.test("a"), RegExp); // expect: true 5
Object.defineProperty(globalThis, "DataView", { value: 1 });
console.log(DataView, Object.getOwnPropertyDescriptor(globalThis, "WeakRef").writable); // expect: 1 true
delete globalThis.Iterator;
console.log([1, 2].values().map((x) => x + 1).toArray(), typeof Iterator); // expect: [ 2, 3 ] undefined

// What is made late does not see what scripts have done meanwhile.
const original = Array.prototype.toString;
Array.prototype.toString = () => "replaced";
globalThis.parseFloat = null;
console.log(Uint8Array.prototype.toString === original, new Uint8Array(2).toString()); // expect: true 0,0
console.log(Number.parseFloat("1.5"), parseFloat); // expect: 1.5 null
Object.prototype.polluted = 1;
Function.prototype.call = null;
console.log(Object.keys(Math).length, Math.max(1, 2), [..."ab"].length, `${new Set([1]).size}`); // expect: 0 2 2 1
delete Object.prototype.polluted;

// Declarations see them.
var Atomics;
console.log(typeof Atomics.load); // expect: function
console.log(Object.isFrozen(Object.freeze({ ...globalThis }))); // expect: true
