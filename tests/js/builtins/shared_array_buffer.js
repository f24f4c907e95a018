// SharedArrayBuffer: growing, clones that share, views that see it.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => SharedArrayBuffer(),
  () => new SharedArrayBuffer(-1),
  () => new SharedArrayBuffer(4, { maxByteLength: 2 }),
  () => new SharedArrayBuffer(4).grow(4),
  () => new SharedArrayBuffer(4, { maxByteLength: 8 }).grow(2),
  () => new SharedArrayBuffer(4, { maxByteLength: 8 }).grow(9),
  () => SharedArrayBuffer.prototype.slice.call(new ArrayBuffer(1)),
  () => Object.getOwnPropertyDescriptor(SharedArrayBuffer.prototype, "growable").get.call(1),
  () => structuredClone(1, { transfer: [new SharedArrayBuffer(1)] }),
);
const shared = new SharedArrayBuffer(4, { maxByteLength: 16 });
const tracking = new Int32Array(shared), clone = structuredClone({ shared, tracking });
tracking[0] = 42;
console.log(clone.shared === shared, clone.tracking[0], clone.tracking.buffer === clone.shared);
shared.grow(12);
console.log(tracking.length, clone.tracking.length, clone.shared.byteLength, clone.shared.growable, clone.shared.maxByteLength);
clone.tracking[2] = -1;
console.log(tracking[2], new DataView(shared).getUint8(11));
const piece = shared.slice(0, 4);
new Int32Array(piece)[0] = 1;
console.log(piece.growable, piece.byteLength, tracking[0]);
console.log(Object.prototype.toString.call(shared), "detached" in SharedArrayBuffer.prototype);
// expect: TypeError: Constructor SharedArrayBuffer requires 'new'
// expect: RangeError: Invalid array buffer length: -1
// expect: RangeError: Invalid shared array buffer max length
// expect: TypeError: Method SharedArrayBuffer.prototype.grow called on incompatible receiver #<SharedArrayBuffer>
// expect: RangeError: SharedArrayBuffer.prototype.grow: Invalid length parameter
// expect: RangeError: SharedArrayBuffer.prototype.grow: Invalid length parameter
// expect: TypeError: Method SharedArrayBuffer.prototype.slice called on incompatible receiver #<ArrayBuffer>
// expect: TypeError: Method get SharedArrayBuffer.prototype.growable called on incompatible receiver 1
// expect: DataCloneError: #<SharedArrayBuffer> in the transfer list is not transferable
// expect: false 42 true
// expect: 3 3 12 true 16
// expect: -1 255
// expect: false 4 42
// expect: [object SharedArrayBuffer] false
