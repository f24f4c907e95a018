// BigInt: mixing, conversions, the limit of 2^30 bits.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => new BigInt(1),
  () => 1n + 1,
  () => 1n >>> 1n,
  () => 1n / 0n,
  () => 1n % 0n,
  () => 2n ** -1n,
  () => +1n,
  () => Math.max(1n),
  () => BigInt(1.5),
  () => BigInt(NaN),
  () => BigInt("12x"),
  () => BigInt(null),
  () => BigInt(Symbol("s")),
  () => BigInt.asIntN(-1, 1n),
  () => BigInt.asUintN(2 ** 53, 1n),
  () => BigInt.asIntN(8, 1),
  () => (1n).toString(1),
  () => BigInt.prototype.toString.call(1),
  () => JSON.stringify({ deep: [1n] }),
);
fails(
  () => 1n << 2n ** 30n,
  () => 2n ** 2n ** 31n,
  () => -1n << 2n ** 64n,
);
// Shifts by more than there is, comparisons across types, strings with white space.
console.log(5n >> 2n ** 64n, -5n >> 2n ** 64n, 0n << 2n ** 64n, BigInt.asUintN(0, 5n), BigInt.asIntN(1, 1n));
console.log(2n ** 53n + 1n > 2 ** 53, 2n ** 1024n < Infinity, 1n == "1", 1n == "x", 0n == "", 10n > "9", 1n < "x");
console.log(BigInt("  0b101\n"), BigInt(""), BigInt("-0"), BigInt(1e21), Number(2n ** 53n + 1n), Number(2n ** 53n + 3n), Number(-(2n ** 1024n)));
console.log(typeof Object(1n), Object(1n) + 1n, [3n, 1, 2n].sort().join(), new Map([[1n, "one"]]).get(1n), [1n].includes(1n));
console.log((-255n).toString(16), (2n ** 70n).toLocaleString(), structuredClone([-(2n ** 65n), Object(5n)]));
// expect: TypeError: BigInt is not a constructor
// expect: TypeError: Cannot mix BigInt and other types, use explicit conversions
// expect: TypeError: BigInts have no unsigned right shift, use >> instead
// expect: RangeError: Division by zero
// expect: RangeError: Division by zero
// expect: RangeError: Exponent must be non-negative
// expect: TypeError: Cannot convert a BigInt value to a number
// expect: TypeError: Cannot convert a BigInt value to a number
// expect: RangeError: The number 1.5 cannot be converted to a BigInt because it is not an integer
// expect: RangeError: The number NaN cannot be converted to a BigInt because it is not an integer
// expect: SyntaxError: Cannot convert 12x to a BigInt
// expect: TypeError: Cannot convert null to a BigInt
// expect: TypeError: Cannot convert Symbol(s) to a BigInt
// expect: RangeError: Invalid number of bits: -1
// expect: RangeError: Invalid number of bits: 9007199254740992
// expect: TypeError: Cannot convert 1 to a BigInt
// expect: RangeError: toString() radix argument must be between 2 and 36
// expect: TypeError: BigInt.prototype.toString requires that 'this' be a BigInt
// expect: TypeError: Do not know how to serialize a BigInt
// expect: RangeError: Maximum BigInt size exceeded
// expect: RangeError: Maximum BigInt size exceeded
// expect: RangeError: Maximum BigInt size exceeded
// expect: 0n -1n 0n 0n -1n
// expect: true true true false true true false
// expect: 5n 0n 0n 1000000000000000000000n 9007199254740992 9007199254740996 -Infinity
// expect: object 2n 1,2,3 one true
// expect: -ff 1,180,591,620,717,411,303,424 [ -36893488147419103232n, [BigInt: 5n] ]
