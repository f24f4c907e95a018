// A cache that replaces its oldest entries: objects that die in middle age, old objects that point to young.
const SIZE = 4000, cache = new Array(SIZE).fill(null);

function run() {
  let sum = 0, seed = 1;
  for (let i = 0; i < 40000; i++) {
    seed = (seed * 48271) % 2147483647;
    const slot = seed % SIZE, before = cache[slot];
    cache[slot] = { serial: i, text: "entry" + (i & 63), payload: [i, i + 1, i + 2], before: (i & 7) === 0 && before ? before.payload : null };
    if (before) sum = (sum + before.payload[1]) & 0xffff;
  }
  sum = 0;
  for (const entry of cache) if (entry) sum = (sum + entry.payload[0]) & 0xffffff;
  return sum;
}
