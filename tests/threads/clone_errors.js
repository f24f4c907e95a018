// expect: DataCloneError 25 $.a[3].fn: function could not be cloned
// expect: DataCloneError 25 $: symbol could not be cloned
// expect: DataCloneError 25 $["odd key"]{value 0}: function could not be cloned
// expect: DataCloneError true
// expect: false
// expect: Error thrown by a getter
const attempt = (make) => { try { make(); console.log("no error"); } catch (e) { return e; } };
let e = attempt(() => structuredClone({ a: [0, 1, 2, { fn() {} }] }));
console.log(e.name, e.code, e.message);
e = attempt(() => structuredClone(Symbol("s")));
console.log(e.name, e.code, e.message);
e = attempt(() => structuredClone({ "odd key": new Map([[1, () => 1]]) }));
console.log(e.name, e.code, e.message);
e = attempt(() => structuredClone(new Proxy({}, {})));
console.log(e.name, e.message.includes("Proxy"));
const buffer = new ArrayBuffer(8);
attempt(() => structuredClone([buffer, () => 1], { transfer: [buffer] }));
console.log(buffer.detached);
e = attempt(() => structuredClone({ get x() { throw new Error("thrown by a getter"); } }));
console.log(String(e).replace(":", ""));
