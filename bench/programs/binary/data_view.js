// DataView: records of mixed fields in both byte orders.
function run() {
  const count = 3000, size = 24, view = new DataView(new ArrayBuffer(count * size));
  let sum = 0;
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < count; i++) {
      const at = i * size;
      view.setUint8(at, i);
      view.setInt16(at + 2, i - 1000, true);
      view.setUint32(at + 4, i * 65537);
      view.setFloat64(at + 8, i * 0.25, true);
      view.setFloat32(at + 16, i, false);
    }
    for (let i = 0; i < count; i++) {
      const at = i * size;
      sum += view.getUint8(at) + view.getInt16(at + 2, true) + (view.getUint32(at + 4) & 255);
      sum += view.getFloat64(at + 8, true) + view.getFloat32(at + 16);
    }
  }
  return sum;
}
