// Operators on BigInts of one digit, which have ways of their own, around the borders of 64 bits; checked against
// the same on values shifted up, where they take the general way, and against laws.
const borders = [0n, 1n, 2n, 3n, 255n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 62n, 2n ** 63n, 2n ** 64n, 2n ** 65n, 2n ** 127n, 2n ** 128n];
const values = new Set();
for (const border of borders) for (const d of [-2n, -1n, 0n, 1n, 2n]) { values.add(border + d); values.add(-border + d); }
const list = [...values];
const check = (what, a, b, left, right) => { if (left !== right) console.log(what, a, b, left, right); };
const UP = 2n ** 200n;

for (const a of list) {
  check("text", a, "", BigInt(a.toString()), a);
  check("hex", a, "", BigInt((a < 0n ? -a : a).toString(16).replace(/^/, "0x")) * (a < 0n ? -1n : 1n), a);
  check("negate", a, "", -a, 0n - a);
  check("negate twice", a, "", -(-a), a);
  check("not", a, "", ~a, -a - 1n);
  let up = a; up++;
  check("increment", a, "", up, a + 1n);
  let down = a; down--;
  check("decrement", a, "", down, a - 1n);
  for (const bits of [0, 1, 7, 31, 32, 63, 64, 65, 128]) {
    const modulus = 2n ** BigInt(bits), unsigned = ((a % modulus) + modulus) % modulus;
    check("asUintN", a, bits, BigInt.asUintN(bits, a), unsigned);
    check("asIntN", a, bits, BigInt.asIntN(bits, a), bits > 0 && unsigned >= modulus / 2n ? unsigned - modulus : unsigned);
  }
  for (const count of [0n, 1n, 31n, 62n, 63n, 64n, 65n, 127n, 128n, 200n]) {
    check("<<", a, count, a << count, a * 2n ** count);
    check("<< negative", a, count, a << -count, a >> count);
    const divided = a / 2n ** count, floor = a < 0n && divided * 2n ** count !== a ? divided - 1n : divided;
    check(">>", a, count, a >> count, floor);
    check(">> negative", a, count, a >> -count, a << count);
  }
  check(">> far", a, "", a >> 2n ** 70n, a < 0n ? -1n : 0n);
  for (const b of list) {
    check("+", a, b, a + b, (a + UP) + (b - UP));
    check("-", a, b, a - b, (a + UP) - (b + UP));
    check("*", a, b, a * b, ((a * UP) * (b * UP)) / (UP * UP));
    if (b !== 0n) {
      check("/", a, b, a / b, (a * UP) / (b * UP));
      check("%", a, b, a % b, ((a * UP) % (b * UP)) / UP);
      check("/ and %", a, b, (a / b) * b + (a % b), a);
    }
    check("&", a, b, a & b, ((a << 200n) & (b << 200n)) >> 200n);
    check("|", a, b, a | b, ((a << 200n) | (b << 200n)) >> 200n);
    check("^", a, b, a ^ b, ((a << 200n) ^ (b << 200n)) >> 200n);
    check("& and |", a, b, (a & b) + (a | b), a + b);
    check("^ from |", a, b, a ^ b, (a | b) - (a & b));
    check("<", a, b, a < b, a * UP < b * UP);
    check("<=", a, b, a <= b, a * UP <= b * UP);
    check(">", a, b, a > b, a * UP > b * UP);
    check("===", a, b, a === b, a * UP === b * UP);
  }
}
console.log(list.length > 100);                                             // expect: true
console.log(Object.is(-0n, 0n), -(5n - 5n), (3n - 3n) * -1n, -3n % 3n);     // expect: true 0n 0n 0n
for (const operation of [() => 1n / 0n, () => 1n % 0n, () => 1n >>> 0n, () => 1n + 1, () => 2n ** -1n]) {
  try { operation(); } catch (error) { console.log(error.constructor.name); }
}
// expect: RangeError
// expect: RangeError
// expect: TypeError
// expect: TypeError
// expect: RangeError
