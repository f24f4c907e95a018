// Closures: made in loops, reading and writing what they captured.
function makeCounter(start) {
  let value = start;
  return { next: () => ++value, reset: () => { value = start; } };
}

const compose = (f, g) => (x) => f(g(x));

function run() {
  let total = 0;
  for (let i = 0; i < 20000; i++) {
    const counter = makeCounter(i & 15);
    counter.next();
    counter.next();
    if (i % 3 === 0) counter.reset();
    total += counter.next();
    const both = compose((x) => x + i, (x) => x * 2);
    total = (total + both(3)) % 1000003;
  }
  return total;
}
