// DataView: offsets and receivers in messages, half floats, sharing.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
const view = new DataView(new ArrayBuffer(8), 2, 4);
fails(
  () => DataView(),
  () => new DataView({}),
  () => new DataView(new ArrayBuffer(4), 5),
  () => new DataView(new ArrayBuffer(4), -1),
  () => new DataView(new ArrayBuffer(4), 2, 3),
  () => new DataView(new ArrayBuffer(4), 0, -1),
  () => view.getInt8(4),
  () => view.getInt32(1),
  () => view.setFloat64(0, 1),
  () => view.getUint16(-1),
  () => view.getInt8(2 ** 53),
  () => view.setInt8(0, 1n),
  () => view.setBigInt64(0, 1),
  () => DataView.prototype.getBigUint64.call([], 0),
  () => DataView.prototype.setInt8.call(new Uint8Array(1), 0, 0),
  () => Object.getOwnPropertyDescriptor(DataView.prototype, "byteOffset").get.call(undefined),
);
view.setFloat16(0, 65504); view.setFloat16(2, -5.960464477539063e-8, true);
console.log(view.getFloat16(0), view.getFloat16(2, true), view.getUint16(0).toString(16), view.getUint16(2).toString(16));
view.setFloat16(0, 65520); console.log(view.getFloat16(0));
view.setUint8(0, -1.9); view.setInt16(2, 2 ** 32 + 0x8001);
console.log(view.getUint8(0), view.getInt16(2), view.getUint16(2, true));
view.setFloat32(0, 16777217); console.log(view.getFloat32(0));
// The value is converted before the bounds are looked at.
let asked = 0;
fails(() => view.setInt8(9, { valueOf() { asked++; return 1; } }));
console.log(asked);
// A view of what grows.
const buffer = new ArrayBuffer(2, { maxByteLength: 8 }), tracking = new DataView(buffer, 1);
console.log(tracking.byteLength); buffer.resize(8); console.log(tracking.byteLength, structuredClone(tracking).byteOffset);
buffer.resize(0); fails(() => tracking.byteLength, () => tracking.byteOffset, () => tracking.getInt8(0));
// expect: TypeError: Constructor DataView requires 'new'
// expect: TypeError: First argument to DataView constructor must be an ArrayBuffer
// expect: RangeError: Start offset 5 is outside the bounds of the buffer
// expect: RangeError: Start offset -1 is outside the bounds of the buffer
// expect: RangeError: Invalid DataView length 3
// expect: RangeError: Invalid DataView length -1
// expect: RangeError: Offset 4 is outside the bounds of the DataView
// expect: RangeError: Offset 1 is outside the bounds of the DataView
// expect: RangeError: Offset 0 is outside the bounds of the DataView
// expect: RangeError: Offset -1 is outside the bounds of the DataView
// expect: RangeError: Offset 9007199254740992 is outside the bounds of the DataView
// expect: TypeError: Cannot convert a BigInt value to a number
// expect: TypeError: Cannot convert 1 to a BigInt
// expect: TypeError: Method DataView.prototype.getBigUint64 called on incompatible receiver [object Array]
// expect: TypeError: Method DataView.prototype.setInt8 called on incompatible receiver #<Uint8Array>
// expect: TypeError: Method get DataView.prototype.byteOffset called on incompatible receiver undefined
// expect: 65504 -5.960464477539063e-8 7bff 180
// expect: Infinity
// expect: 255 -32767 384
// expect: 16777216
// expect: RangeError: Offset 9 is outside the bounds of the DataView
// expect: 1
// expect: 1
// expect: 7 1
// expect: TypeError: Cannot perform get DataView.prototype.byteLength on a detached ArrayBuffer
// expect: TypeError: Cannot perform get DataView.prototype.byteOffset on a detached ArrayBuffer
// expect: TypeError: Cannot perform DataView.prototype.getInt8 on a detached ArrayBuffer
