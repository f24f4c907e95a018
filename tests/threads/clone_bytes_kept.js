// Bytes that were written once, by any build, are read by every build, and written again they are the same bytes.
// The first lines are what earlier versions of the format looked like.
// expect: version 1: {"a":-1,"b":[1,null,"é"]}
// expect: read: same
// expect: written: same
// expect: again: same
const { serialize, deserialize } = require("skein:clone");
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));

console.log("version 1:", JSON.stringify(deserialize(bytes("536b4301" + "12" + "080161" + "0501" + "080162" + "1303" + "0502" + "02" + "0801e9" + "00" + "00"))));

const shared = { x: 1, y: -1.5 };
const list = [1, , "two", shared];
list.extra = true;
const view = new Uint16Array(new Uint16Array([1, 2, 65535, 4]).buffer, 2, 2);
const value = {
  list, shared, again: { x: 2, y: NaN }, 7: "index", sparse: Object.assign([], { 100000: "far", length: 200000 }),
  kinds: [undefined, null, true, false, 0, -0, 2147483647, -2147483648, 4294967296, 5e-324, Infinity, "", "é", "€\ud800"],
  big: [0n, -1n, 2n ** 64n, -(2n ** 130n)], boxes: [Object(true), Object(1), Object("s"), Object(-3n)],
  date: new Date(86400000), never: new Date(NaN), pattern: /a(?<n>b)\/c/giu,
  map: new Map([[shared, "object"], [NaN, -0]]), set: new Set(["a", shared]),
  buffer: new Uint8Array([0, 1, 254, 255]).buffer, resizable: new ArrayBuffer(2, { maxByteLength: 8 }), view, data: new DataView(view.buffer, 1, 3),
};
value.self = value;
const kept =
  "536b4302120801370805696e64657808046c697374130405020a080374776f200002080178080179050206000000000000f8bf08056578" +
  "747261040008067368617265640b020805616761696e2000050406000000000000f87f080673706172736514c09a0c0806313030303030" +
  "08036661720008056b696e6473130e01020403050006000000000000008005feffffff0f05ffffffff0f06000000000000f04106010000" +
  "000000000006000000000000f07f08000801e90902ac2000d8000803626967130407000007010101000000000000000700020000000000" +
  "0000000100000000000000070103000000000000000000000000000000000400000000000000000805626f78657313040c040d05020e08" +
  "01730f07010103000000000000000008046461746510000000007099944108056e6576657210000000000000f87f08077061747465726e" +
  "11080b61283f3c6e3e62295c2f63080367697508036d617015020b0208066f626a65637406000000000000f87f06000000000000008008" +
  "0373657416020801610b02080662756666657218040001feff0809726573697a61626c6519020800000804766965771d04020318080100" +
  "0200ffff04000804646174611e01040b14080473656c660b0000";
const copy = deserialize(bytes(kept));
console.log("read:", copy.self === copy && copy.list[3] === copy.shared && !(1 in copy.list) && copy.list.extra && copy.map.get(copy.shared) === "object" && copy.view.buffer === copy.data.buffer &&
  Object.is(copy.kinds[5], -0) && copy.big[3] === value.big[3] && copy.sparse.length === 200000 && copy.resizable.maxByteLength === 8 && copy.view[1] === 65535 ? "same" : "different");
const written = hex(serialize(value));
console.log("written:", written === kept ? "same" : written);
console.log("again:", hex(serialize(copy)) === kept ? "same" : hex(serialize(copy)));
