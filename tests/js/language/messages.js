// Type errors name the expression, as V8 words them.
let q, n = null;
const o = {};
const tries = [
  () => { const [a] = q; },
  () => { let a; [a] = o; },
  () => { for (const x of o) ; },
  () => { Math.max(...o.x); },
  () => { (function f([a]) {})(); },
  () => { const { a } = q; },
  () => { const { b: { c } } = { b: null }; },
  () => { let a; ({ a } = o.b); },
  () => { const { [q]: a } = n; },
  () => { const { ...rest } = q; },
  () => { (function f({ a }) {})(); },
  () => { q(); },
  () => { o.f.g(); },
  () => { o.f(); },
  () => { new o.f(); },
  () => { n[0] = 1; },
  () => { q.x++; },
  () => { class A extends o {} },
];
for (const f of tries) {
  try { f(); console.log("did not throw"); } catch (e) { console.log(`${e.name}: ${e.message}`); }
}
// expect: TypeError: q is not iterable
// expect: TypeError: o is not iterable
// expect: TypeError: o is not iterable
// expect: TypeError: o.x is not iterable
// expect: TypeError: undefined is not iterable (cannot read property Symbol(Symbol.iterator))
// expect: TypeError: Cannot destructure property 'a' of 'q' as it is undefined.
// expect: TypeError: Cannot destructure property 'c' of 'b' as it is null.
// expect: TypeError: Cannot destructure property 'a' of 'o.b' as it is undefined.
// expect: TypeError: Cannot destructure 'n' as it is null.
// expect: TypeError: Cannot destructure 'q' as it is undefined.
// expect: TypeError: Cannot destructure property 'a' of 'undefined' as it is undefined.
// expect: TypeError: q is not a function
// expect: TypeError: Cannot read properties of undefined (reading 'g')
// expect: TypeError: o.f is not a function
// expect: TypeError: o.f is not a constructor
// expect: TypeError: Cannot set properties of null (setting '0')
// expect: TypeError: Cannot read properties of undefined (reading 'x')
// expect: TypeError: Class extends value #<Object> is not a constructor or null
