// skein:clone: structured clones as bytes, to be kept or sent; and the part of https://nodejs.org/api/v8.html
// that is about this.
(function (native, use) {
"use strict";
const serialize = (value) => native.serializeBytes(value);
const deserialize = (bytes) => {
  if (!ArrayBuffer.isView(bytes) && !native.isBuffer(bytes)) throw new TypeError("deserialize: the argument must be an ArrayBuffer or a view of one");
  return native.deserializeBytes(bytes);
};
const v8 = {
  serialize, deserialize,
  getHeapStatistics: () => native.heapStatistics(),
  setFlagsFromString() {},
};
return { clone: { serialize, deserialize }, v8 };
});
