// BigInts of one or two digits: counters, modular powers, 64-bit hashes.
function power(base, exponent, modulus) {
  let result = 1n;
  for (base %= modulus; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % modulus;
    base = (base * base) % modulus;
  }
  return result;
}

function run() {
  let sum = 0n, hash = 14695981039346656037n;
  for (let i = 0n; i < 8000n; i++) {
    hash = BigInt.asUintN(64, (hash ^ (i & 255n)) * 1099511628211n);
    sum += hash & 1023n;
  }
  for (let i = 1n; i < 120n; i++) sum += power(i, 1000003n, 4294967291n);
  return sum.toString();
}
