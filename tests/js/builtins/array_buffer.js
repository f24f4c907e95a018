// ArrayBuffer: lengths, detaching by clones, resizing below views.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => ArrayBuffer(1),
  () => new ArrayBuffer(-1),
  () => new ArrayBuffer(2 ** 53),
  () => new ArrayBuffer(Symbol()),
  () => new ArrayBuffer(10, { maxByteLength: 5 }),
  () => new ArrayBuffer(1, { maxByteLength: -5 }),
  () => new ArrayBuffer(1).resize(2),
  () => new ArrayBuffer(1, { maxByteLength: 4 }).resize(5),
  () => ArrayBuffer.prototype.slice.call(new SharedArrayBuffer(1)),
  () => Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength").get.call({}),
);

const buffer = new ArrayBuffer(8), bytes = new Uint8Array(buffer).fill(7), view = new DataView(buffer);
const moved = structuredClone({ buffer, bytes }, { transfer: [buffer] });
console.log(buffer.detached, buffer.byteLength, bytes.length, moved.bytes.buffer === moved.buffer, moved.bytes[7]);
fails(
  () => buffer.slice(0),
  () => buffer.transfer(),
  () => new Uint8Array(buffer),
  () => new DataView(buffer),
  () => bytes.fill(1),
  () => [...bytes],
  () => view.getInt8(0),
  () => view.byteLength,
  () => structuredClone(buffer, { transfer: [buffer] }),
  () => structuredClone(moved.buffer, { transfer: [moved.buffer, moved.buffer] }),
);
console.log(moved.buffer.detached, bytes[0], bytes.at === Uint8Array.prototype.at);

const resizable = new ArrayBuffer(4, { maxByteLength: 8 });
const fixed = new Uint16Array(resizable, 0, 2), tracking = new Uint16Array(resizable);
resizable.resize(8);
console.log(fixed.length, tracking.length);
resizable.resize(3);
console.log(fixed.length, tracking.length, fixed.byteOffset, tracking.byteLength);
fails(() => fixed.fill(0), () => new DataView(resizable, 0, 4));
resizable.resize(4);
console.log(fixed.length, tracking.length);
const cloned = structuredClone(resizable);
console.log(cloned.resizable, cloned.maxByteLength, cloned.byteLength);

const immutable = moved.buffer.transferToImmutable();
fails(
  () => new Uint8Array(immutable).fill(1),
  () => { "use strict"; new Uint8Array(immutable)[0] = 1; },
  () => new DataView(immutable).setInt8(0, 1),
  () => immutable.transfer(),
  () => immutable.resize(1),
);
console.log(new Uint8Array(immutable)[0], moved.buffer.detached, Object.isFrozen(Object.freeze(new Uint8Array(immutable))));
// expect: TypeError: Constructor ArrayBuffer requires 'new'
// expect: RangeError: Invalid array buffer length: -1
// expect: RangeError: Invalid array buffer length: 9007199254740992
// expect: TypeError: Cannot convert a Symbol value to a number
// expect: RangeError: Invalid array buffer max length
// expect: RangeError: Invalid array buffer max length: -5
// expect: TypeError: Method ArrayBuffer.prototype.resize called on incompatible receiver #<ArrayBuffer>
// expect: RangeError: ArrayBuffer.prototype.resize: Invalid length parameter
// expect: TypeError: Method ArrayBuffer.prototype.slice called on incompatible receiver #<SharedArrayBuffer>
// expect: TypeError: Method get ArrayBuffer.prototype.byteLength called on incompatible receiver #<Object>
// expect: true 0 0 true 7
// expect: TypeError: Cannot perform ArrayBuffer.prototype.slice on a detached ArrayBuffer
// expect: TypeError: Cannot perform ArrayBuffer.prototype.transfer on a detached ArrayBuffer
// expect: TypeError: Cannot perform Construct on a detached ArrayBuffer
// expect: TypeError: Cannot perform DataView constructor on a detached ArrayBuffer
// expect: TypeError: Cannot perform TypedArray.prototype.fill on a detached ArrayBuffer
// expect: TypeError: Cannot perform TypedArray.prototype.values on a detached ArrayBuffer
// expect: TypeError: Cannot perform DataView.prototype.getInt8 on a detached ArrayBuffer
// expect: TypeError: Cannot perform get DataView.prototype.byteLength on a detached ArrayBuffer
// expect: DataCloneError: An object in the transfer list is detached
// expect: DataCloneError: The transfer list names an object twice
// expect: false undefined true
// expect: 2 4
// expect: 0 1 0 2
// expect: TypeError: Cannot perform TypedArray.prototype.fill on a detached ArrayBuffer
// expect: RangeError: Invalid DataView length 4
// expect: 2 2
// expect: true 8 4
// expect: TypeError: TypedArray.prototype.fill: the ArrayBuffer is immutable
// expect: TypeError: Cannot assign to read only property '0' of object '#<Uint8Array>'
// expect: TypeError: Cannot write to an immutable ArrayBuffer
// expect: TypeError: ArrayBuffer.prototype.transfer: the buffer is immutable
// expect: TypeError: Method ArrayBuffer.prototype.resize called on incompatible receiver #<ArrayBuffer>
// expect: 7 true true
