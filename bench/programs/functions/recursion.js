// Plain calls: doubly recursive, with few and with more arguments.
function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

function tak(x, y, z) {
  return y >= x ? z : tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y));
}

function run() {
  return fib(22) + tak(12, 8, 4);
}
