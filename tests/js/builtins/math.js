// Math: conversions, the edges of the functions.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => Math.max(1, Symbol("s")),
  () => Math.abs(1n),
  () => Math.hypot(1, 1n),
  () => Math.imul(1, Symbol("s")),
  () => Math(),
  () => new Math.max(),
  () => { "use strict"; Math.PI = 3; },
  () => Math.sumPrecise(1),
  () => Math.sumPrecise([1, "2"]),
  () => Math.sumPrecise([1n]),
);
// Every argument is converted, even when the answer is known.
const order = [];
const loud = (n) => ({ valueOf() { order.push(n); return n; } });
console.log(Math.max(NaN, loud(1), loud(2)), Math.hypot(Infinity, loud(3), NaN), order.join());
console.log(Object.is(Math.max(-0, 0), 0), Object.is(Math.min(0, -0), -0), Math.max(), Math.min(), Object.is(Math.round(-0.4), -0), Math.round(0.49999999999999994), Math.round(-2.5), Math.round(2 ** 52 + 1) - 2 ** 52);
console.log(Math.fround(5.05), Math.f16round(65520), Math.f16round(2.980232238769531e-8), Math.clz32(-1), Math.clz32(0.9), Math.imul(0xffffffff, 5), Math.sign(-0) === 0, Math.trunc(-0.9) === 0);
console.log(Math.hypot(), Object.is(Math.hypot(-0), 0), Math.hypot(3e200, 4e200), [-27, 64, 1e-300, 2, 5e-324].map(Math.cbrt).join(), Math.expm1(1e-20), Math.log1p(-1), Math.atan2(-0, -0) === -Math.PI, Math.pow(NaN, 0), Math.pow(1, Infinity), (-8) ** (1 / 3));
console.log(Math.sumPrecise([1e308, 1e308, -1e308]), Math.sumPrecise([0.1, 0.2, 0.3]), Object.is(Math.sumPrecise([]), -0), Object.is(Math.sumPrecise([-0, 0]), 0), Math.sumPrecise([Infinity, -Infinity]));
console.log(Object.prototype.toString.call(Math), Object.keys(Math).length, Math.random.length, (() => { const x = Math.random(); return x >= 0 && x < 1; })());
// expect: TypeError: Cannot convert a Symbol value to a number
// expect: TypeError: Cannot convert a BigInt value to a number
// expect: TypeError: Cannot convert a BigInt value to a number
// expect: TypeError: Cannot convert a Symbol value to a number
// expect: TypeError: Math is not a function
// expect: TypeError: Math.max is not a constructor
// expect: TypeError: Cannot assign to read only property 'PI' of object '#<Math>'
// expect: TypeError: 1 is not iterable
// expect: TypeError: "2" is not a number
// expect: TypeError: 1 is not a number
// expect: NaN Infinity 1,2,3
// expect: true true -Infinity Infinity true 0 -2 1
// expect: 5.050000190734863 Infinity 0 0 32 -5 true true
// expect: 0 true 4.9999999999999995e+200 -3,4,1e-100,1.2599210498948732,1.7031839360032603e-108 1e-20 -Infinity true 1 NaN NaN
// expect: 1e+308 0.6 true true NaN
// expect: [object Math] 0 0 true
