// A site that has seen a setter goes on asking: who the setter is, whether it is still there, whether it is one.
const log = [];
const put = (object, value) => { "use strict"; object.x = value; };
const attempt = (object, value) => { try { put(object, value); } catch (e) { log.push(e.name); } };
const take = () => log.splice(0).join(" ");

class A { set x(v) { log.push(`A${v}`); } }
const a = new A();
for (let i = 0; i < 3; i++) put(a, i);
console.log("first", take()); // expect: first A0 A1 A2
Object.defineProperty(A.prototype, "x", { set(v) { log.push(`other${v}`); }, configurable: true });
put(a, 3);
console.log("replaced", take()); // expect: replaced other3
Object.defineProperty(A.prototype, "x", { set: undefined, get: () => 1 });
attempt(a, 4);
console.log("getter only", take()); // expect: getter only TypeError
delete A.prototype.x;
put(a, 5);
console.log("deleted", take(), a.x); // expect: deleted  5
put(a, 6);
console.log("own", a.x, Object.keys(a).join()); // expect: own 6 x

// Hidden later by something nearer; and prototypes that change.
class B { set x(v) { log.push(`B${v}`); } }
class C extends B {}
const c = new C();
for (let i = 0; i < 3; i++) put(c, i);
Object.defineProperty(C.prototype, "x", { set(v) { log.push(`C${v}`); }, configurable: true });
put(c, 3);
Object.defineProperty(C.prototype, "x", { value: 0, writable: true });
put(c, 4);
console.log("hidden", take(), c.x); // expect: hidden B0 B1 B2 C3 4
const d = new C();
delete C.prototype.x;
for (let i = 0; i < 3; i++) put(d, i);
Object.setPrototypeOf(d, { set x(v) { log.push(`D${v}`); } });
put(d, 3);
Object.setPrototypeOf(d, null);
put(d, 4);
console.log("moved", take(), d.x); // expect: moved B0 B1 B2 D3 4

// Own setters, with many properties, of objects that become dictionaries; several shapes at one site.
const wide = {};
for (let i = 0; i < 40; i++) wide[`p${i}`] = i;
Object.defineProperty(wide, "x", { set(v) { log.push(`wide${v}`); }, configurable: true });
for (let i = 0; i < 3; i++) put(wide, i);
delete wide.p3;
put(wide, 3);
Object.defineProperty(wide, "x", { value: 0, writable: true });
put(wide, 4);
console.log("wide", take(), wide.x); // expect: wide wide0 wide1 wide2 wide3 4
const many = [];
for (let i = 0; i < 8; i++) many.push({ [`k${i}`]: 0, set x(v) { log.push(`${i}:${v}`); } });
for (let round = 0; round < 2; round++) for (const object of many) put(object, round);
console.log("many", take()); // expect: many 0:0 1:0 2:0 3:0 4:0 5:0 6:0 7:0 0:1 1:1 2:1 3:1 4:1 5:1 6:1 7:1
put({ y: 1 }, 1);
put(Object.freeze({ set x(v) { log.push(`frozen${v}`); } }), 1);
attempt(Object.freeze({ x: 1 }), 1);
console.log("frozen", take()); // expect: frozen frozen1 TypeError
