// Large BigInts: products, quotients, text.
function run() {
  let factorial = 1n;
  for (let i = 1n; i <= 600n; i++) factorial *= i;
  let a = 0n, b = 1n;
  for (let i = 0; i < 3000; i++) [a, b] = [b, a + b];
  const text = factorial.toString(), square = a * a, quotient = factorial / (a + 1n);
  let sum = text.length + (square % 1000003n === 0n ? 1 : 2) + quotient.toString(16).length;
  for (let i = 0; i < 20; i++) sum += (factorial >> BigInt(i * 100)).toString(16).length;
  return sum + Number(BigInt(text.slice(0, 400)) % 65521n) + Number((square * square * square) % 9973n);
}
