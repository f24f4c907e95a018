// `in` remembers what it found, by shape; what changes later is seen.
class A { method() {} get got() { throw new Error("not called"); } }
const names = ["own", "method", "got", "toString", "absent", "length", "0", "1", Symbol.iterator];
const make = () => [Object.assign(new A(), { own: 1 }), [1], [, 1], "text".split(""), new Uint8Array(1), new String("ab"), new Proxy({ own: 1 }, {}), Object.create(null), () => 1, new Map(),
  (function () { return arguments; })(7), Object.create(new Proxy({ absent: 1 }, {})), Object.assign([], { 5000: 1 })];
for (let round = 0; round < 3; round++)
  for (const [i, object] of make().entries())
    for (const name of names) if ((name in object) !== Reflect.has(object, name)) console.log(round, i, String(name));
const object = { a: 1 }, has = (name) => name in object;
console.log(has("a"), has("b"), has("later"));                   // expect: true false false
Object.prototype.later = 1;
console.log(has("later"), "later" in []);                        // expect: true true
delete Object.prototype.later;
console.log(has("later"), "later" in []);                        // expect: false false
delete object.a;
object.b = 1;
console.log(has("a"), has("b"));                                 // expect: false true
const list = [, 1], at = (index) => index in list;
console.log(at(0), at(1), at(2), at(-1), at("1"), at(1.5));      // expect: false true false false true false
Array.prototype[0] = "inherited";
console.log(at(0), at(2));                                       // expect: true false
delete Array.prototype[0];
console.log(at(0));                                              // expect: false
try { "a" in "text"; } catch (error) { console.log(error.constructor.name); }  // expect: TypeError
