// for-of over arrays, strings, Maps and iterators of one's own; for-in; labelled loops.
class Range {
  constructor(from, to) { this.from = from; this.to = to; }
  [Symbol.iterator]() {
    let at = this.from;
    const to = this.to;
    return { next: () => (at < to ? { value: at++, done: false } : { value: undefined, done: true }) };
  }
}

function run() {
  const list = Array.from({ length: 1000 }, (_, i) => i), map = new Map(list.map((i) => [i, i * 2]));
  let sum = 0;
  for (let round = 0; round < 20; round++) {
    for (const value of list) sum += value;
    for (const [key, value] of map) sum += value - key;
    for (const unit of "iterate over this text") sum += unit.length;
    for (const value of new Range(0, 500)) sum += value;
    for (const [index, value] of list.entries()) if (index === value) sum++;
    outer: for (const a of list) { for (const b of [1, 2, 3]) { if (b === 2) continue outer; sum += a & b; } }
  }
  return sum;
}
