console.log((25).toString(36), (0.1).toString(3).slice(0, 12), (-255).toString(16), (1e21).toString(7).length > 20);
// expect: p 0.0022002200 -ff true
console.log((1.005).toFixed(2), (1e21).toFixed(2), (123.456).toPrecision(4), (0.00001).toPrecision(1), (12345).toExponential(2));
// expect: 1.00 1e+21 123.5 0.00001 1.23e+4
console.log((1234567.8916).toLocaleString(), (-0.5).toLocaleString(), (1e21).toLocaleString(), (12345678901234567890n).toLocaleString());
// expect: 1,234,567.892 -0.5 1,000,000,000,000,000,000,000 12,345,678,901,234,567,890
for (const bad of [() => (1).toFixed(101), () => (1).toPrecision(0), () => (1).toExponential(-1), () => (1).toString(1), () => "x".repeat(-1)])
  try { bad(); } catch (e) { console.log(e.message); }
// expect: toFixed() digits argument must be between 0 and 100
// expect: toPrecision() argument must be between 1 and 100
// expect: toExponential() argument must be between 0 and 100
// expect: toString() radix argument must be between 2 and 36
// expect: Invalid count value: -1
console.log(Math.sumPrecise([1e20, 0.1, -1e20]), Object.is(Math.sumPrecise([]), -0), Math.f16round(1.337), Math.hypot(3, 4), Math.clz32(1));
// expect: 0.1 true 1.3369140625 5 31
