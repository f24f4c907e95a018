// Edit distances between all pairs of some words, by two rows of a table.
function distance(a, b) {
  let previous = [], current = [];
  for (let j = 0; j <= b.length; j++) previous[j] = j;
  for (let i = 1; i <= a.length; i++) {
    current[0] = i;
    const code = a.charCodeAt(i - 1);
    for (let j = 1; j <= b.length; j++) {
      const change = previous[j - 1] + (code === b.charCodeAt(j - 1) ? 0 : 1);
      current[j] = Math.min(previous[j] + 1, current[j - 1] + 1, change);
    }
    [previous, current] = [current, previous];
  }
  return previous[b.length];
}

const WORDS = "constellation consternation interpretation interruption representative precipitation transformation information conflagration reformation".split(" ");

function run() {
  let sum = 0;
  for (let round = 0; round < 2; round++) for (const a of WORDS) for (const b of WORDS) sum += distance(a, b);
  return sum;
}
