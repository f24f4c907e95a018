const buffer = new ArrayBuffer(16);
const bytes = new Uint8Array(buffer), words = new Uint32Array(buffer, 4, 2), view = new DataView(buffer);
words[0] = 0x01020304; view.setInt16(0, -2, true);
console.log([...bytes.subarray(0, 8)].join());  // expect: 254,255,0,0,4,3,2,1
const floats = Float64Array.from([3, NaN, -0, 0, 1]).sort();
console.log(floats, Object.is(floats[0], -0)); // expect: Float64Array(5) [ -0, 0, 1, 3, NaN ] true
const moved = buffer.transfer(4);
console.log(buffer.detached, bytes.length, moved.byteLength); // expect: true 0 4
const r = new ArrayBuffer(2, { maxByteLength: 8 }), t = new Uint8Array(r);
r.resize(6); console.log(t.length); r.resize(1); console.log(t.length); // expect: 6
// expect: 1
console.log(new Uint8ClampedArray([1.5, 2.5, 300, -5])); // expect: Uint8ClampedArray(4) [ 2, 2, 255, 0 ]
const ints = new Int32Array(new SharedArrayBuffer(8));
console.log(Atomics.add(ints, 0, 5), Atomics.compareExchange(ints, 0, 5, 9), Atomics.load(ints, 0), Atomics.notify(ints, 0));
// expect: 0 5 9 0
console.log(Atomics.wait(ints, 0, 1), Atomics.wait(ints, 0, 9, 1)); // expect: not-equal timed-out
