// Atomics: what they refuse and how they say it; operands beyond the element's range.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
const ints = new Int32Array(2), shared = new Int32Array(new SharedArrayBuffer(8));
fails(
  () => Atomics.load([], 0),
  () => Atomics.load(undefined, 0),
  () => Atomics.add(new Float32Array(1), 0, 1),
  () => Atomics.store(new Uint8ClampedArray(1), 0, 1),
  () => Atomics.load(ints, 2),
  () => Atomics.load(ints, -1),
  () => Atomics.store(ints, 0, 1n),
  () => Atomics.store(new BigInt64Array(1), 0, 1),
  () => Atomics.xor(ints, 0, Symbol("s")),
  () => Atomics.wait(ints, 0, 0),
  () => Atomics.wait(new Uint8Array(new SharedArrayBuffer(4)), 0, 0),
  () => Atomics.waitAsync(ints, 0, 0),
  () => Atomics.wait(shared, 2, 0),
  () => Atomics.notify(new Float64Array(1), 0),
  () => Atomics.pause("x"),
);
// Values wrap; store returns what was asked for.
const bytes = new Int8Array(1);
console.log(Atomics.store(bytes, 0, 300.7), bytes[0], Atomics.add(bytes, 0, 100), bytes[0], Atomics.sub(bytes, 0, -1), bytes[0]);
console.log(Object.is(Atomics.store(ints, 0, -0), 0), Atomics.exchange(ints, 0, "0x10"), ints[0]);
const wide = new BigUint64Array(1);
console.log(Atomics.sub(wide, 0, 1n), wide[0], Atomics.and(wide, 0, -1n << 32n), wide[0], Atomics.or(wide, 0, 2n ** 64n + 1n), wide[0]);
console.log(Atomics.compareExchange(bytes, 0, 256 + bytes[0], 5), bytes[0]);
// Nobody waits, and nothing can be waited for.
console.log(Atomics.notify(ints, 0), Atomics.notify(shared, 0, 0), Atomics.wait(shared, 0, 1), Atomics.wait(shared, 0, 0, 0));
const { async, value } = Atomics.waitAsync(shared, 0, 1);
console.log(async, value, Atomics.waitAsync(shared, 0, 0, 0).value);
const waiting = Atomics.waitAsync(shared, 1, 0);
console.log(waiting.async, Atomics.notify(shared, 1, Infinity), Atomics.notify(shared, 1));
waiting.value.then((text) => console.log(text));
// A conversion that detaches the buffer is noticed.
const victim = new Int32Array(4);
fails(() => Atomics.add(victim, 0, { valueOf() { structuredClone(victim.buffer, { transfer: [victim.buffer] }); return 1; } }));
const shrinking = new Int32Array(new ArrayBuffer(16, { maxByteLength: 16 }));
fails(() => Atomics.store(shrinking, 3, { valueOf() { shrinking.buffer.resize(8); return 1; } }));
// expect: TypeError: Atomics.load: [object Array] is not an integer typed array
// expect: TypeError: Atomics.load: undefined is not an integer typed array
// expect: TypeError: Atomics.add: #<Float32Array> is not an integer typed array
// expect: TypeError: Atomics.store: #<Uint8ClampedArray> is not an integer typed array
// expect: RangeError: Invalid atomic access index: 2
// expect: RangeError: Invalid atomic access index: -1
// expect: TypeError: Cannot convert a BigInt value to a number
// expect: TypeError: Cannot convert 1 to a BigInt
// expect: TypeError: Cannot convert a Symbol value to a number
// expect: TypeError: Atomics.wait: #<Int32Array> is not a view of a SharedArrayBuffer
// expect: TypeError: Atomics.wait: #<Uint8Array> is not an Int32Array or BigInt64Array
// expect: TypeError: Atomics.waitAsync: #<Int32Array> is not a view of a SharedArrayBuffer
// expect: RangeError: Invalid atomic access index: 2
// expect: TypeError: Atomics.notify: #<Float64Array> is not an Int32Array or BigInt64Array
// expect: TypeError: Atomics.pause: the iteration number must be an integral number
// expect: 300 44 44 -112 -112 -111
// expect: true 0 16
// expect: 0n 18446744073709551615n 18446744073709551615n 18446744069414584320n 18446744069414584320n 18446744069414584321n
// expect: -111 5
// expect: 0 0 not-equal timed-out
// expect: false not-equal timed-out
// expect: true 1 0
// expect: TypeError: Cannot perform Atomics.add on a detached ArrayBuffer
// expect: RangeError: Invalid atomic access index: 3
// expect: ok
