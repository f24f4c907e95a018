// skein:clone: clones as bytes
// expect: true 2 1970-01-01T00:00:00.000Z true /x/g
// expect: DataCloneError DataCloneError
// expect: DataCloneError DataCloneError DataCloneError
// expect: v8 5
const { serialize, deserialize } = require("skein:clone");
const value = { list: [1, , 3], map: new Map([["k", new Date(0)]]), big: 2n ** 70n, pattern: /x/g };
value.self = value;
const bytes = serialize(value);
const copy = deserialize(bytes);
console.log(copy.self === copy, Object.keys(copy.list).length, copy.map.get("k").toISOString(), copy.big === value.big, copy.pattern);
const name = (f) => { try { f(); } catch (e) { return e.name; } };
console.log(name(() => serialize(new SharedArrayBuffer(1))), name(() => serialize({ f() {} })));
console.log(name(() => deserialize(new Uint8Array())), name(() => deserialize(bytes.slice(0, -3))), name(() => deserialize(new Uint8Array(40))));
const v8 = require("node:v8");
console.log("v8", v8.deserialize(v8.serialize({ x: 5 })).x);
