// Destructuring and spread: arrays, objects, defaults, swaps, parameters.
function distance({ x: x1, y: y1 = 0 }, { x: x2, y: y2 = 1 }) {
  return Math.abs(x1 - x2) + Math.abs(y1 - y2);
}

function run() {
  let sum = 0, a = 1, b = 2;
  for (let i = 0; i < 8000; i++) {
    [a, b] = [b, (a + b) % 1009];
    const [first, , third = 7, ...others] = [i, 2, undefined, 4, 5];
    const { p, q: { r, s = 3 } } = { p: i, q: { r: 1 } };
    sum += first + third + others.length + p + r + s + distance({ x: i, y: a }, { x: b });
    const joined = [...others, a, ...[b, first]];
    sum = (sum + joined.length + joined[2]) % 1000003;
  }
  return sum;
}
