// Small integers: arithmetic, shifts, masks, remainders, loops.
function collatz(n) {
  let steps = 0;
  while (n !== 1) { n = n & 1 ? 3 * n + 1 : n >> 1; steps++; }
  return steps;
}

function run() {
  let hash = 0x811c9dc5 | 0, sum = 0;
  for (let i = 0; i < 150000; i++) {
    hash = Math.imul(hash ^ (i & 255), 16777619);
    hash = (hash << 5) | (hash >>> 27);
    sum = (sum + (hash >>> 3) % 97) | 0;
  }
  for (let i = 1; i < 1200; i++) sum += collatz(i);
  for (let a = 1; a < 200; a++) {
    let x = a, y = 360;
    while (y) { const t = x % y; x = y; y = t; }
    sum += x;
  }
  return sum;
}
