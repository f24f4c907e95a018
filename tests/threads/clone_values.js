// expect: undefined null true -0 9007199254740993n "héllo" "日本" 1.5 -7
// expect: true true
// expect: 1,,3 3 false extra
// expect: Map(2) { 'a' => { x: 1 }, { k: 1 } => Set(2) { 1, 2 } }
// expect: TypeError boom true cause here
// expect: 1,2,3 8 16 true
// expect: shared 42
// expect: 5 99 true false
// expect: getter ran 1
// expect: 2026-01-02T03:04:05.006Z true /a\/b/giu 0
// expect: 100000
const show = (v) => Object.is(v, -0) ? "-0" : typeof v === "bigint" ? v + "n" : typeof v === "string" ? JSON.stringify(v) : String(v);
const primitives = structuredClone([undefined, null, true, -0, 9007199254740993n, "héllo", "日本", 1.5, -7]);
console.log(primitives.map(show).join(" "));
const cyclic = { list: [] };
cyclic.self = cyclic;
cyclic.list.push(cyclic.list);
const copy = structuredClone(cyclic);
console.log(copy.self === copy && copy !== cyclic, copy.list[0] === copy.list);
const holes = [1, , 3];
holes.more = "extra";
const holesCopy = structuredClone(holes);
console.log(String(holesCopy), holesCopy.length, 1 in holesCopy, holesCopy.more);
console.log(structuredClone(new Map([["a", { x: 1 }], [{ k: 1 }, new Set([1, 2])]])));
const error = structuredClone(new TypeError("boom", { cause: new Error("cause here") }));
console.log(error.name, error.message, error instanceof TypeError && error.stack.includes("clone_values"), error.cause.message);
const resizable = new ArrayBuffer(8, { maxByteLength: 16 });
const views = structuredClone({ all: new Uint8Array([1, 2, 3]), tracking: new Uint8Array(resizable), same: resizable });
console.log(String(views.all), views.tracking.length, views.same.maxByteLength, views.tracking.buffer === views.same);
const shared = new Int32Array(new SharedArrayBuffer(4));
structuredClone(shared)[0] = 42;
console.log("shared", shared[0]);
const moved = new Uint8Array([99, 1, 2, 3, 4]);
const there = structuredClone(moved, { transfer: [moved.buffer] });
console.log(there.length, there[0], moved.buffer.detached, there.buffer.detached);
let runs = 0;
structuredClone({ get x() { return ++runs; } });
console.log("getter ran", runs);
const dates = structuredClone({ when: new Date("2026-01-02T03:04:05.006Z"), never: new Date(NaN), pattern: /a\/b/giu });
console.log(dates.when.toISOString(), Number.isNaN(dates.never.getTime()), String(dates.pattern), dates.pattern.lastIndex);
let deep = {};
for (let i = 0, at = deep; i < 100000; i++) at = at.next = {};
let depth = 0;
for (let at = structuredClone(deep); at.next; at = at.next) depth++;
console.log(depth);
