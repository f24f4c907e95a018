// Number: ranges of digits and radixes, receivers, text of the odd ones (see also number_texts.js).
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => (1).toString(1),
  () => (1).toString(37),
  () => (1).toFixed(101),
  () => (1).toFixed(-1),
  () => (1).toPrecision(0),
  () => (1).toPrecision(101),
  () => (1).toExponential(-1),
  () => (1).toExponential(Symbol("s")),
  () => Number.prototype.toFixed.call("1"),
  () => Number.prototype.valueOf.call({}),
  () => Number.prototype.toString.call(1n),
  () => Number(Symbol("s")),
  () => +{ valueOf: () => ({}), toString: () => [] },
  () => +{ [Symbol.toPrimitive]: 1 },
  () => +{ [Symbol.toPrimitive]() { return {}; } },
  () => { "use strict"; (5).x = 1; },
);
// NaN and the infinities do not look at the digits' range; the radix is looked at first.
console.log(NaN.toFixed(100), Infinity.toPrecision(500), (-Infinity).toExponential(1000), (1e21).toFixed(2), (-1.5e-7).toFixed(2), (0).toPrecision(3));
fails(() => NaN.toString(40), () => NaN.toFixed(1000));
console.log(Number(""), Number(" \n"), Number("1_0"), Number("0x"), Number("-0x10"), Number("0b11"), Number("1e1000"), Number("Infinity "), Number("infinity"), Number(null), Number(undefined), Number([5]), Number(new Date(7)), Number(10n));
console.log(Number.isInteger(5e-324), Number.isSafeInteger(2 ** 53), Number.isSafeInteger(-(2 ** 53 - 1)), Number.isNaN("NaN"), Number.isFinite("1"), Number.parseFloat === parseFloat);
console.log((0.5).toString(2), (255).toString(36), (-255.5).toString(16), (1e21).toString(7), (5e-324).toString(3).length > 100, (25).toString(undefined));
console.log(new Number(5) + 1, typeof Object(5), Object.is(Number(-0n), 0), Object.is(Number("-0"), -0), structuredClone(Object(-0)).valueOf() === 0, Reflect.construct(Number, ["7"], Object).valueOf === Object.prototype.valueOf);
// expect: RangeError: toString() radix argument must be between 2 and 36
// expect: RangeError: toString() radix argument must be between 2 and 36
// expect: RangeError: toFixed() digits argument must be between 0 and 100
// expect: RangeError: toFixed() digits argument must be between 0 and 100
// expect: RangeError: toPrecision() argument must be between 1 and 100
// expect: RangeError: toPrecision() argument must be between 1 and 100
// expect: RangeError: toExponential() argument must be between 0 and 100
// expect: TypeError: Cannot convert a Symbol value to a number
// expect: TypeError: Number.prototype.toFixed requires that 'this' be a Number
// expect: TypeError: Number.prototype.valueOf requires that 'this' be a Number
// expect: TypeError: Number.prototype.toString requires that 'this' be a Number
// expect: TypeError: Cannot convert a Symbol value to a number
// expect: TypeError: Cannot convert object to primitive value
// expect: TypeError: '1' returned for property 'Symbol(Symbol.toPrimitive)' of object '#<Object>' is not a function
// expect: TypeError: Cannot convert object to primitive value
// expect: TypeError: Cannot create property 'x' on number '5'
// expect: NaN Infinity -Infinity 1e+21 -0.00 0.00
// expect: RangeError: toString() radix argument must be between 2 and 36
// expect: RangeError: toFixed() digits argument must be between 0 and 100
// expect: 0 0 NaN NaN NaN 3 Infinity Infinity NaN 0 NaN 5 7 10
// expect: false false true false false true
// expect: 0.1 73 -ff.8 5135235413265003022600000 true 25
// expect: 6 object true true true true
