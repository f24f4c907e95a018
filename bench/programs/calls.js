// Calls: recursion, closures, methods.
function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
function run() {
  let total = fib(27);
  const add = a => b => a + b;
  const object = { n: 0, up(by) { this.n += by; return this; } };
  for (let i = 0; i < 300000; i++) { total = (total + add(i)(1)) | 0; object.up(1).up(2); }
  return total + object.n;
}
