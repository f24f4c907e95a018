// WeakMap and WeakSet as side tables of short-lived objects, Symbols as keys.
const tag = Symbol("tag");

function run() {
  const data = new WeakMap(), marks = new WeakSet(), kept = [];
  let sum = 0;
  for (let i = 0; i < 10000; i++) {
    const object = { [tag]: i };
    data.set(object, { count: i });
    if (i & 1) marks.add(object);
    if ((i & 31) === 0) kept.push(object);
    const other = kept[i % kept.length];
    data.get(other).count++;
    if (marks.has(other)) sum++;
    sum += object[tag] & 1;
  }
  for (const object of kept) sum += data.get(object).count;
  return sum;
}
